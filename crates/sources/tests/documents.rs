//! Every document of the folder reads as the truth beside it, and those written by hand as their snapshot.
//!
//! The others were printed from the workbooks that the exporter writes for the forms of `fixtures/`: PDF and HTML from
//! the spreadsheet, .docx and PDF from the text program of an office suite; their truth is the one kept there. Every
//! family is among them, and `.ci/print-documents` prints further ones.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::fs;
use std::path::Path;

use jixiao_parser::document::Document;
use jixiao_sources::{SourceError, read_docx, read_html, read_pdf};
use serde_json::Value;

fn read(path: &Path) -> Document {
    let bytes = fs::read(path).unwrap();
    let read = match path.extension().unwrap().to_str().unwrap() {
        "pdf" => read_pdf(&bytes),
        "docx" => read_docx(&bytes),
        _ => read_html(&bytes),
    };
    read.unwrap()
}

fn truth(path: &Path) -> Value {
    let beside = path.with_extension("json");
    let name = beside.file_name().unwrap();
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(name);
    let file = if beside.exists() { beside } else { shared };
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

#[test]
fn every_page_written_by_hand_reads_as_its_snapshot() {
    insta::glob!("documents", "web-*.html", |path| {
        insta::assert_snapshot!(common::shown(&read(path)));
    });
}

#[test]
fn every_document_reads_as_its_truth() {
    let mut count = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() || path.extension().is_some_and(|extension| extension == "json") {
            continue;
        }
        count += 1;
        let found = common::differences(&read(&path), &truth(&path));
        assert!(found.is_empty(), "{}:\n{}", path.display(), found.join("\n"));
    }
    assert!(count > 10);
}

#[test]
fn a_password_is_asked_to_be_taken_off() {
    let bytes = include_bytes!("documents/refused/locked.pdf");
    assert_eq!(read_pdf(bytes), Err(SourceError::EncryptedPdf));
}
