//! Filling the user's own workbook: what is filled reads back, and everything else stays as it is.

#![expect(clippy::unwrap_used, reason = "a failure to build, fill or read a workbook is a failed test")]

mod bureau;
mod fixtures;
#[path = "../forms/generated.rs"]
mod generated;
mod heights;
mod kept;
mod refused;
mod rows;
mod values;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use jixiao_core::{Form, FormRecord};
use jixiao_exporter::{Written, fill_template, read_workbook};
use zip::ZipArchive;

/// The parts of an archive, unpacked.
fn parts(workbook: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        parts.insert(file.name().unwrap().into_owned(), bytes);
    }
    parts
}

/// The text of one part.
fn part(workbook: &[u8], name: &str) -> String {
    String::from_utf8(parts(workbook)[name].clone()).unwrap()
}

fn fill(template: &[u8], form: &Form) -> Written {
    fill_template(template, std::slice::from_ref(form)).unwrap()
}

/// The only form of a workbook.
fn only(workbook: &[u8]) -> FormRecord {
    let mut records = read_workbook(workbook).unwrap().records;
    assert_eq!(records.len(), 1);
    records.remove(0)
}

/// The codes of the remarks.
fn codes(written: &Written) -> Vec<&str> {
    written.diagnostics.iter().map(|(_, remark)| remark.code.as_str()).collect()
}
