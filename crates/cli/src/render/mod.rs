//! Results and remarks as text for people.

pub(crate) mod diagnostics;
pub(crate) mod findings;
pub(crate) mod form;
pub(crate) mod json;
mod snippet;

use jixiao_core::{FormRecord, Place};

/// `text` from an input, safe to print: a control character could steer the terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// The heading of a form: its project, number and place.
fn heading(record: &FormRecord, style: anstyle::Style) -> String {
    let form = &record.form;
    let name = [&form.project_name, &form.unit, &form.department].into_iter().flatten().next();
    let name = name.map_or_else(|| "（没有项目名称）".to_owned(), |name| printable(name));
    let place = record.span.as_ref().map(|span| format!("，{}", place_words(span))).unwrap_or_default();
    let path = printable(&crate::messages::show(std::path::Path::new(&record.path)));
    format!("{style}{name}{style:#}（{path}，第{}张表{place}）\n", record.index + 1)
}

/// The heading of a form without emphasis.
pub(crate) fn heading_line(record: &FormRecord) -> String {
    heading(record, anstyle::Style::new())
}

/// A place in short words: `第3–60行`.
fn place_words(place: &Place) -> String {
    match place {
        Place::Text(span) if span.line_end > span.line_start => format!("第{}–{}行", span.line_start, span.line_end),
        other => printable(&other.to_string()),
    }
}
