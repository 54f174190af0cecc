//! The forms of the fixtures that stand between tabs, told again without geometry: what is read wrong is flagged.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{files, text_of};
use jixiao_core::FormRecord;
use jixiao_core::fold::without_space;
use serde_json::Value;

/// The documents whose cells stand between tabs, without quotation marks, which would part otherwise.
fn documents() -> Vec<PathBuf> {
    let tabs = |path: &PathBuf| {
        let text = text_of(path);
        let whole = text.contains('\t') && !text.contains('"') && !repeats(&text);
        whole && path.with_extension("json").exists() && !is_broken(&text, &path.with_extension("json"))
    };
    files(&["txt"]).into_iter().filter(tabs).collect()
}

/// The names of indicators stand on several lines: the lines of such a text are no rows to tell again.
fn is_broken(text: &str, truth: &Path) -> bool {
    let forms: Value = serde_json::from_slice(&fs::read(truth).unwrap()).unwrap();
    let rows = forms.as_array().unwrap().iter().flat_map(|form| form["indicators"].as_array().unwrap());
    let mut names = rows.map(|row| without_space(row["level3"].as_str().unwrap()));
    let lines: Vec<String> = text.lines().map(without_space).collect();
    names.any(|name| !lines.iter().any(|line| line.contains(&name)))
}

/// A merged cell is written once for each of its columns: none of the retold kinds does that.
fn repeats(text: &str) -> bool {
    let twice = |line: &str| {
        let mut cells = line.split('\t');
        cells.next().is_some_and(|first| !first.trim().is_empty() && cells.next() == Some(first))
    };
    text.lines().any(twice)
}

/// The cells of a row, those that hold nothing left out.
fn cells(row: &str) -> impl Iterator<Item = String> {
    row.split('\t').map(without_space).filter(|cell| !cell.is_empty())
}

/// The cells of `text`, parted by `part` within a row, rows parted by `row`.
fn retold(text: &str, part: &str, row: &str) -> String {
    let rows = text.lines().map(|line| cells(line).collect::<Vec<_>>().join(part));
    rows.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(row) + "\n"
}

#[test]
fn what_is_read_wrong_of_a_retold_form_is_flagged() {
    let documents = documents();
    assert!(!documents.is_empty());
    let mut silent = Vec::new();
    for path in documents {
        let truth: Value = serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap();
        for (name, part, row) in [("a row a line", " ", "\n"), ("a cell a line", "\n", "\n"), ("one line", " ", " ")] {
            let records = jixiao_parser::parse(&retold(&text_of(&path), part, row)).records;
            let wanted = truth.as_array().unwrap();
            assert_eq!(records.len(), wanted.len(), "{} as {name}", path.display());
            for (record, wanted) in records.iter().zip(wanted) {
                let wrong = wrong_fields(wanted, record);
                silent.extend(wrong.into_iter().map(|field| format!("{} as {name}: {field}", path.display())));
            }
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

/// The fields of `record` that differ from the truth and that no diagnostic names.
fn wrong_fields(wanted: &Value, record: &FormRecord) -> Vec<String> {
    let flagged: Vec<String> =
        record.diagnostics.iter().filter_map(|diagnostic| Some(diagnostic.field?.to_string())).collect();
    let mut wrong = Vec::new();
    compare("", wanted, &serde_json::to_value(&record.form).unwrap(), &mut wrong);
    let names = |path: &String| flagged.iter().any(|field| path.starts_with(field.as_str()));
    wrong.into_iter().filter(|path| !path.starts_with("extra") && !names(path)).collect()
}

fn compare(path: &str, wanted: &Value, got: &Value, wrong: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            for (key, wanted) in wanted {
                let dot = if path.is_empty() { "" } else { "." };
                compare(&format!("{path}{dot}{key}"), wanted, got.get(key).unwrap_or(&Value::Null), wrong);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (index, (wanted, got)) in wanted.iter().zip(got).enumerate() {
                compare(&format!("{path}[{index}]"), wanted, got, wrong);
            }
        }
        (Value::String(wanted), Value::String(got)) if without_space(wanted) == without_space(got) => {}
        (wanted, got) if wanted == got => {}
        (wanted, got) => wrong.push(format!("{path} (truth {wanted}, got {got})")),
    }
}
