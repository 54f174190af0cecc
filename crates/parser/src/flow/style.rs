//! How a stretch of text without geometry parts its cells.

use super::forms::{self, Form};
use super::ink::{Gap, Ink};
use super::labels::Parted;

/// How the cells of a form are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Not at all.
    Glued,
    /// By blanks, all of it on one line.
    Line,
    /// By blanks, a row a line.
    Rows,
    /// By line ends; between two cells there are that many blank lines, more stand for blank cells.
    Cells { between: usize },
}

/// A line this long, in characters, holds more than one row.
const LONG_LINE: usize = 160;

/// What stands this long behind a header, in characters, is more than the end of a label.
const LONG_REST: usize = 40;

impl Style {
    pub(super) const fn parted(self) -> Parted {
        match self {
            Self::Glued => Parted::Never,
            Self::Line | Self::Rows | Self::Cells { .. } => Parted::ByBlanks,
        }
    }

    /// True where a line ends no cell in its middle.
    pub(super) const fn keeps_lines(self) -> bool {
        matches!(self, Self::Rows | Self::Cells { .. })
    }
}

/// The forms of `ink` with their styles.
pub(super) fn forms(ink: &Ink) -> Vec<(Form, Style)> {
    let parted = forms::forms(ink, Parted::ByBlanks);
    if !parted.is_empty() {
        return parted
            .into_iter()
            .filter_map(|form| Some((style(ink, &form)?, form)))
            .map(|(style, form)| (form, style))
            .collect();
    }
    forms::forms(ink, Parted::Never).into_iter().map(|form| (form, Style::Glued)).collect()
}

fn style(ink: &Ink, form: &Form) -> Option<Style> {
    let mut lines: Vec<usize> = Vec::new();
    let mut spaces = 0_usize;
    let mut blanks: Vec<usize> = Vec::new();
    let mut start = form.start;
    for at in form.start + 1..=form.end {
        match ink.gap(at) {
            Gap::Line(blank) => {
                lines.push(at - start);
                blanks.push(blank);
                start = at;
            }
            Gap::Space => spaces += 1,
            Gap::None => {}
        }
    }
    if has_rows_in_line(ink, form) {
        return Some(Style::Line);
    }
    if spaces * 6 < lines.len() {
        blanks.sort_unstable();
        let between = blanks.get(blanks.len() / 3).copied().unwrap_or_default();
        return Some(Style::Cells { between });
    }
    Some(Style::Rows)
}

/// The rows of the indicators go on in the line of their header, or most of them stand on one line.
fn has_rows_in_line(ink: &Ink, form: &Form) -> bool {
    let Some(body) = form.indicators() else { return false };
    let rest = ink.line_end(body.start).min(form.end) - body.start.min(form.end);
    let goes_on = ink.gap(body.start) == Gap::Space && rest >= LONG_REST;
    let mut longest = 0;
    let mut start = body.start;
    while start < form.end {
        let end = ink.line_end(start).min(form.end);
        longest = longest.max(end - start);
        start = end;
    }
    goes_on || (longest >= LONG_LINE && longest * 2 > body.len())
}
