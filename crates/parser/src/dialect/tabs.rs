//! Tables with tabs between their cells, as copied from a workbook, a document or a page: a row a line, cells with
//! line breaks in double quotes.

use super::cells::{Break, Cell, Marked};
use super::recognise::Region;
use crate::text::Text;

/// A quoted cell is at most this many characters long: an unpaired quotation mark opens none.
const LONGEST_QUOTED: usize = 4_000;

/// The cells of `region`.
pub(super) fn cells(text: &Text, region: &Region) -> Marked {
    let mut marked = Marked::default();
    let end = region.chars.end;
    let (mut at, mut before) = (region.chars.start, Break::Hard);
    while at < end {
        let (from, to, next) = quoted(text, at, end).unwrap_or_else(|| plain(text, at, end));
        let ends_row = text.chars.get(next) != Some(&'\t');
        if from > at {
            marked.marks.extend([from - 1, to]);
        }
        marked.cells.push(Cell::new(text, from..to, before));
        before = if ends_row { Break::Hard } else { Break::None };
        at = next + 1;
    }
    marked
}

/// An unquoted cell: its characters, and the tab or line end behind it.
fn plain(text: &Text, at: usize, end: usize) -> (usize, usize, usize) {
    let next = (at..end).find(|index| is_end(text, *index)).unwrap_or(end);
    (at, next, next)
}

fn is_end(text: &Text, index: usize) -> bool {
    matches!(text.chars.get(index), Some('\t' | '\n' | '\r') | None)
}

/// A cell in double quotes with a line break in it, doubled quotes within; `None` where the quotes do not close in
/// front of a tab or line end.
fn quoted(text: &Text, at: usize, end: usize) -> Option<(usize, usize, usize)> {
    let quote = |index: usize| text.chars.get(index) == Some(&'"');
    if !quote(at) {
        return None;
    }
    let end = end.min(at + LONGEST_QUOTED);
    let mut index = at + 1;
    while index < end {
        if quote(index) && quote(index + 1) {
            index += 2;
        } else if quote(index) {
            return is_end(text, index + 1).then_some((at + 1, index, index + 1));
        } else {
            index += 1;
        }
    }
    None
}
