//! Tables with tabs, commas or semicolons between their cells, as copied from a workbook, a document or a page, or saved as CSV: a
//! row a line, cells with line breaks in double quotes.

use super::cells::{Break, Cell, Marked};
use super::recognise::{Dialect, Region};
use crate::text::Text;

/// A quoted cell is at most this many characters long: an unpaired quotation mark opens none.
const LONGEST_QUOTED: usize = 10_000;

/// The cells of `region`.
pub(super) fn cells(text: &Text, region: &Region) -> Marked {
    let mut marked = Marked::default();
    let end = region.chars.end;
    let separator = match region.dialect {
        Dialect::Commas => ',',
        Dialect::Semicolons => ';',
        _ => '\t',
    };
    let sheet = Sheet { text, end, separator };
    let (mut at, mut before) = (region.chars.start, Break::Hard);
    while at < end {
        let (from, to, next) = sheet.quoted(at).unwrap_or_else(|| sheet.plain(at));
        let ends_row = text.chars.get(next) != Some(&sheet.separator);
        if from > at {
            marked.marks.extend([from - 1, to]);
        }
        if !ends_row && sheet.separator != '\t' {
            marked.marks.push(next);
        }
        marked.cells.push(Cell::new(text, from..to, before));
        before = if ends_row { Break::Hard } else { Break::None };
        at = next + 1;
    }
    marked
}

/// A stretch of text and what parts its cells.
struct Sheet<'a> {
    text: &'a Text,
    end: usize,
    separator: char,
}

impl Sheet<'_> {
    /// An unquoted cell: its characters, and the separator or line end behind it.
    fn plain(&self, at: usize) -> (usize, usize, usize) {
        let next = (at..self.end).find(|index| self.is_end(*index)).unwrap_or(self.end);
        (at, next, next)
    }

    fn is_end(&self, index: usize) -> bool {
        self.text.chars.get(index).is_none_or(|c| matches!(c, '\n' | '\r') || *c == self.separator)
    }

    fn quote(&self, index: usize) -> bool {
        self.text.chars.get(index) == Some(&'"')
    }

    /// A cell in double quotes, doubled quotes within; `None` where the quotes do not close in front of a separator or
    /// line end.
    fn quoted(&self, at: usize) -> Option<(usize, usize, usize)> {
        if !self.quote(at) {
            return None;
        }
        let end = self.end.min(at + LONGEST_QUOTED);
        let mut index = at + 1;
        while index < end {
            if self.quote(index) && self.quote(index + 1) {
                index += 2;
            } else if self.quote(index) {
                return self.is_end(index + 1).then_some((at + 1, index, index + 1));
            } else {
                index += 1;
            }
        }
        None
    }
}
