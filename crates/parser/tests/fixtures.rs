//! Every document of the fixtures folder reads as its snapshot, and as its truth where it has one.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::fs;
use std::path::Path;

use common::{files, text_of};
use jixiao_core::fold::without_space;
use serde_json::Value;

/// What is read from a document: encoding, remarks, and the forms without their provenance, which would
/// triple the snapshots; `provenance_points_at_the_printed_text` holds it to the document instead.
#[test]
fn every_fixture_reads_as_its_snapshot() {
    insta::glob!("../../../fixtures", "**/*.txt", |path| {
        let decoded = jixiao_parser::decode(&fs::read(path).unwrap());
        let mut parsed = jixiao_parser::parse(&decoded.text);
        for record in &mut parsed.records {
            record.provenance.clear();
        }
        insta::assert_json_snapshot!((decoded.encoding, decoded.diagnostics, parsed.diagnostics, parsed.records));
    });
}

#[test]
fn every_fixture_reads_as_its_truth() {
    let truths = files(&["json"]);
    assert!(!truths.is_empty());
    let wrong: Vec<String> = truths.iter().flat_map(|truth| differences_of_document(truth)).collect();
    assert!(wrong.is_empty(), "{} fields differ from the truth:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn provenance_points_at_the_printed_text() {
    for path in files(&["txt"]) {
        let text = text_of(&path);
        for record in jixiao_parser::parse(&text).records {
            let names = record.form.indicators.iter().enumerate();
            for (row, indicator) in names {
                let field = jixiao_core::FieldPath::Indicator(row, jixiao_core::IndicatorField::Level3);
                let places = record.provenance.get(&field).map(Vec::as_slice).unwrap_or_default();
                let printed: String = places.iter().map(|place| printed_at(&text, place)).collect();
                assert_eq!(without_space(&printed), without_space(&indicator.level3), "{}: {field}", path.display());
            }
        }
    }
}

/// The characters of `text` at `place`.
fn printed_at(text: &str, place: &jixiao_core::Place) -> String {
    let jixiao_core::Place::Text(span) = place else { panic!("a text has only places in text: {place:?}") };
    assert_eq!(span.line_start, span.line_end, "a piece of a cell stands in one line");
    let line = text.lines().nth(span.line_start - 1).unwrap();
    let (first, last) = (span.column_start.unwrap(), span.column_end.unwrap());
    line.chars().skip(first - 1).take(last + 1 - first).collect()
}

/// The differences of one document from the truth file beside it.
fn differences_of_document(truth: &Path) -> Vec<String> {
    let name = truth.file_stem().unwrap().to_string_lossy();
    let wanted: Value = serde_json::from_slice(&fs::read(truth).unwrap()).unwrap();
    let text = text_of(&truth.with_extension("txt"));
    let forms: Vec<_> = jixiao_parser::parse(&text).records.into_iter().map(|record| record.form).collect();
    let mut found = Vec::new();
    compare(&name, &wanted, &serde_json::to_value(forms).unwrap(), &mut found);
    found
}

/// Notes every leaf of `wanted` and `got` that differs, white space aside.
fn compare(path: &str, wanted: &Value, got: &Value, found: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            for key in wanted.keys().chain(got.keys().filter(|key| !wanted.contains_key(*key))) {
                let [wanted, got] = [wanted, got].map(|object| object.get(key).unwrap_or(&Value::Null));
                compare(&format!("{path}.{key}"), wanted, got, found);
            }
        }
        (Value::Array(wanted), Value::Array(got)) => {
            for index in 0..wanted.len().max(got.len()) {
                let [wanted, got] = [wanted, got].map(|array| array.get(index).unwrap_or(&Value::Null));
                compare(&format!("{path}[{index}]"), wanted, got, found);
            }
        }
        (Value::String(wanted), Value::String(got)) if without_space(wanted) == without_space(got) => {}
        (wanted, got) if wanted == got => {}
        (wanted, got) => found.push(format!("{path}\n    truth {wanted}\n    got   {got}")),
    }
}
