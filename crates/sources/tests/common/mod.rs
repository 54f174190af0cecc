//! What the tests of all kinds of documents share.

#[allow(dead_code, clippy::float_arithmetic, reason = "not every test draws; lengths on a page")]
pub(crate) mod canvas;
#[allow(dead_code, clippy::float_arithmetic, reason = "not every test draws; lengths on a page")]
pub(crate) mod families;
#[allow(dead_code, clippy::float_arithmetic, reason = "not every test draws; lengths on a page")]
pub(crate) mod form;

use jixiao_core::fold::without_space;
use jixiao_parser::document::{Block, Document};
use serde_json::Value;

#[allow(dead_code, reason = "not every test shows blocks")]
/// The blocks of a document, one a line: cells with their row, column and spans, then their place.
pub(crate) fn shown(document: &Document) -> String {
    let mut lines = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Line(line) => lines.push(format!("{:?} @ {}", line.text, line.place)),
            Block::Table(grid) => {
                lines.push("table".to_owned());
                lines.extend(grid.cells.iter().map(|cell| {
                    let spans = format!("{}+{} {}+{}", cell.row, cell.row_span, cell.column, cell.column_span);
                    format!("  {spans} {:?} @ {}", cell.text, cell.place)
                }));
            }
        }
    }
    lines.extend(document.diagnostics.iter().map(|diagnostic| format!("{}: {}", diagnostic.code, diagnostic.message)));
    lines.join("\n")
}

#[allow(dead_code, reason = "not every test reads forms")]
/// The leaves of the forms read from `document` that differ from `truth`, white space aside.
pub(crate) fn differences(document: &Document, truth: &Value) -> Vec<String> {
    let forms: Vec<_> = jixiao_parser::document::read(document).records.into_iter().map(|record| record.form).collect();
    let mut found = Vec::new();
    compare("", truth, &serde_json::to_value(forms).unwrap(), &mut found);
    found
}

fn compare(path: &str, wanted: &Value, got: &Value, found: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            for key in wanted.keys().chain(got.keys().filter(|key| !wanted.contains_key(*key))) {
                let [wanted, got] = [wanted, got].map(|object| object.get(key).unwrap_or(&Value::Null));
                compare(&format!("{path}.{key}"), wanted, got, found);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            let pairs = wanted.iter().zip(got).enumerate();
            pairs.for_each(|(index, (wanted, got))| compare(&format!("{path}[{index}]"), wanted, got, found));
        }
        (Value::String(wanted), Value::String(got)) if without_space(wanted) == without_space(got) => {}
        _ if wanted == got => {}
        _ => found.push(format!("{path}: wanted {wanted}, got {got}")),
    }
}
