//! Lines between the rows of fields: a value that goes on, or a line of its own.

use jixiao_core::fold::squeeze;

use super::{Lines, Seam, may_touch};
use crate::dialect::cells::Cell;
use crate::text::Text;

/// The line ends within the values of fields. Fields are pairs of a label and a value: an odd number of cells that
/// does not begin with a label goes on with the line before.
pub(super) fn seams(text: &Text, lines: &Lines<'_>) -> Vec<Seam> {
    let widest = (0..lines.count()).map(|line| lines.width(line)).max().unwrap_or_default();
    let seam = |(line, goes_on): (usize, Option<bool>)| {
        let odd = lines.width(line) % 2 == 1 && lines.width(line) < widest;
        goes_on.filter(|_| odd).map(|unsure| Seam { line, unsure })
    };
    own_lines(text, lines).into_iter().enumerate().filter_map(seam).collect()
}

/// For each line that may go on with the row before it, whether that is unsure; `None` for a line of its own: a label,
/// a title, or what stands above a title.
pub(super) fn own_lines(text: &Text, lines: &Lines<'_>) -> Vec<Option<bool>> {
    let mut found = vec![None; lines.count()];
    // The last cell of the row that is open, while it may go on.
    let mut open: Option<&Cell> = None;
    let mut from = 0;
    for line in 0..lines.count() {
        let (Some(first), Some(last)) = (lines.first(line), lines.last(line)) else { continue };
        let touches = line.checked_sub(1).and_then(|before| lines.last(before));
        let touches = touches.is_some_and(|left| may_touch(text, left, first) && !is_gap(text, left, first));
        let goes_on = open.filter(|left| touches && !first.is_empty() && !lines.begins(line) && !left.is_empty());
        if let Some(slot) = found.get_mut(line) {
            *slot = goes_on.map(is_done);
        }
        if jixiao_core::vocab::is_title(&first.text) && lines.width(line) == 1 {
            // What stands above a title belongs to it.
            found.iter_mut().take(line).skip(from).for_each(|slot| *slot = None);
        }
        if goes_on.is_none() || lines.width(line) > 1 {
            from = line + 1;
        }
        let row = lines.width(line) > 1 || goes_on.is_some();
        open = Some(last).filter(|last| row && !super::begins(last) && !is_number(last));
    }
    found
}

/// A blank line stands between the two.
fn is_gap(text: &Text, left: &Cell, right: &Cell) -> bool {
    text.line_of(right.start) > text.line_of(left.end.saturating_sub(1)) + 1
}

/// A number is whole.
fn is_number(cell: &Cell) -> bool {
    cell.shape().is_number()
}

/// A sentence has ended.
fn is_done(cell: &Cell) -> bool {
    squeeze(&cell.text).ends_with(['。', ';', '!', '.'])
}
