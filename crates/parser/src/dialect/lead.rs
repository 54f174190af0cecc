//! The lines around a table that belong to its form: title and fields above it, notes below it.

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{Label, Scope, find, is_title};

use super::recognise::Line;
use crate::text::Text;

/// The title stands at most this many lines above the table.
const LEAD_LINES: usize = 12;

/// The title, where the table holds it itself, is among its first lines.
const TITLE_LINES: usize = 4;

/// Most lines of the notes below a table.
const NOTE_LINES: usize = 24;

/// The line with which the form of the table at line `table` begins: that of the title, if one stands shortly above.
pub(super) fn first_line(text: &Text, table: usize, floor: usize) -> usize {
    let title = |line: &usize| is_title(&printed(text, *line));
    let within = (table..table + TITLE_LINES).any(|line| {
        let printed = printed(text, line);
        printed.split(['|', '｜', '\t', ',', ';']).any(is_title)
    });
    let above = table.saturating_sub(LEAD_LINES)..table;
    let found = above.rev().take_while(|line| text.line_range(*line).start >= floor).find(title);
    found.filter(|_| !within).unwrap_or(table)
}

/// The last line of the form whose table ends with line `table`: notes below it belong to it.
pub(super) fn last_line(text: &Text, table: usize, lines: &[Line]) -> usize {
    let mut last = table;
    let below = (table + 1..lines.len()).take(NOTE_LINES);
    for line in below.take_while(|line| lines.get(*line).is_some_and(|marks| !marks.parts_cells())) {
        let printed = squeeze(&printed(text, line));
        let numbered = last > table && printed.starts_with(|c: char| c.is_ascii_digit() || c == '(');
        if numbered || is_foot(&printed) {
            last = line;
        } else if !printed.is_empty() {
            break;
        }
    }
    last
}

/// True for 注：… and other labelled fields below a table.
fn is_foot(line: &str) -> bool {
    let label = line.split(':').next().unwrap_or_default();
    line.contains(':') && matches!(find(Scope::Foot, label), Some(Label::Note | Label::Extra | Label::Grade))
}

/// A line as printed.
pub(super) fn printed(text: &Text, line: usize) -> String {
    let range = text.line_range(line);
    text.printed(range.start, range.end)
}
