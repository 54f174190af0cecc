//! What a reader said about its reading.

use std::fmt::Write;

use jixiao_core::{Diagnostic, FormRecord, Severity};
use jixiao_parser::codes::Code;

use super::snippet::{Remark, Spot, render};
use super::{place_words, printable};
use crate::input::Loaded;

/// More remarks on one input than this scroll away unread; the rest is counted.
const MAX_SHOWN: usize = 20;

/// More places than this in one line are no help.
const MAX_PLACES: usize = 5;

/// The remarks outside of any form, and those of the forms where `forms` asks for them.
pub(crate) fn all(loaded: &Loaded, forms: bool, color: bool) -> String {
    let outside = loaded.diagnostics.iter().map(|diagnostic| (None, diagnostic));
    let inside = loaded
        .records
        .iter()
        .filter(|_| forms)
        .flat_map(|record| record.diagnostics.iter().map(move |diagnostic| (Some(record), diagnostic)));
    let (infos, remarks): (Vec<_>, Vec<_>) =
        outside.chain(inside).partition(|(_, diagnostic)| diagnostic.severity == Severity::Info);
    let mut text = String::new();
    for (record, diagnostic) in remarks.iter().take(MAX_SHOWN) {
        text.push_str(&one(loaded, *record, diagnostic, color));
    }
    let path = loaded.path.to_string_lossy();
    if remarks.len() > MAX_SHOWN {
        let rest = remarks.len() - MAX_SHOWN;
        let _ = writeln!(text, "说明：「{}」另有 {rest} 条读取提醒没有列出", printable(&path));
    }
    text + &summary(&infos, &path)
}

fn one(loaded: &Loaded, record: Option<&FormRecord>, diagnostic: &Diagnostic, color: bool) -> String {
    let path = record.map_or_else(|| loaded.path.to_string_lossy().into_owned(), |record| record.path.clone());
    let notes = record.and_then(|record| record.form.project_name.as_ref());
    let remark = Remark {
        severity: diagnostic.severity,
        code: &diagnostic.code,
        message: &diagnostic.message,
        notes: notes.map(|name| ("项目", printable(name))).into_iter().collect(),
    };
    let places = diagnostic.span.as_slice();
    render(&remark, &Spot { path: &path, source: loaded.source.as_ref(), places }, color)
}

/// One line for each kind of remark that is only for information, such as text around the forms.
fn summary(infos: &[(Option<&FormRecord>, &Diagnostic)], path: &str) -> String {
    let mut text = String::new();
    for code in Code::ALL {
        let these: Vec<_> = infos.iter().filter(|(_, diagnostic)| diagnostic.code == code.name()).collect();
        if these.is_empty() {
            continue;
        }
        let places = these.iter().filter_map(|(_, diagnostic)| diagnostic.span.as_ref());
        let places: Vec<_> = places.take(MAX_PLACES).map(place_words).collect();
        let more = if these.len() > places.len() { "等" } else { "" };
        let places = if places.is_empty() { String::new() } else { format!("（{}{more}）", places.join("、")) };
        let _ = writeln!(text, "说明：「{}」{} {} 处{places}", printable(path), code.title(), these.len());
    }
    text
}
