//! Tables that write every column of every row: a row ends where it has the cells of the widest.

use super::fields::own_lines;
use super::{Lines, Seam, may_touch};
use crate::text::Text;

/// Fewest lines that are a whole row.
const FEWEST_WHOLE: usize = 3;

/// Fewest columns of such a table: fields have two, and many tables of them have rows of four.
const FEWEST_COLUMNS: usize = 5;

/// The line ends within cells; `None` where the lines do not add up to rows of one width.
pub(super) fn seams(text: &Text, lines: &Lines<'_>) -> Option<Vec<Seam>> {
    let width = (0..lines.count()).map(|line| lines.width(line)).max().filter(|width| *width >= FEWEST_COLUMNS)?;
    if (0..lines.count()).filter(|line| lines.width(*line) == width).count() < FEWEST_WHOLE {
        return None;
    }
    let own = own_lines(text, lines);
    let mut seams = Vec::new();
    // The cells of the row that is open; a whole one may still go on in its last cell.
    let mut filled = width;
    for line in 0..lines.count() {
        let cells = lines.width(line);
        let touches = line.checked_sub(1).and_then(|before| lines.last(before)).zip(lines.first(line));
        let touches = touches.is_some_and(|(left, right)| may_touch(text, left, right));
        if filled < width {
            filled += cells.saturating_sub(1);
            seams.push(Seam::sure(line));
            if filled > width || !touches || lines.begins(line) || is_level(lines, line) {
                return None;
            }
        } else if cells > 1 {
            filled = cells;
        } else if let Some(unsure) = own.get(line).copied().flatten().filter(|_| touches) {
            seams.push(Seam { line, unsure });
        } else {
            filled = width;
        }
    }
    (filled == width).then_some(seams)
}

/// The line begins with the printed name of a level, so that a row may begin there.
fn is_level(lines: &Lines<'_>, line: usize) -> bool {
    lines.first(line).is_some_and(|cell| cell.shape().is_level())
}
