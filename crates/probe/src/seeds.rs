//! What the search for bad inputs begins with: the repository's documents, and workbooks and pages made from them.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao_core::profile::Profile;
use jixiao_core::report::CheckRecord;
use jixiao_core::rules::check;
use jixiao_core::{Form, FormRecord};
use jixiao_exporter::{Layout, Page, WriteOptions, html_form, write_template, write_workbook};

use crate::parts;

/// Where the documents of the repository stand, from this crate.
const FOLDERS: [&str; 4] =
    ["../../fixtures", "../../fixtures/bad", "../sources/tests/documents", "../sources/tests/documents/refused"];

/// What a target's search begins with, each with a file name.
#[must_use]
pub fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    match target {
        "text" => files("txt"),
        "grid" => files("txt").into_iter().map(|(name, bytes)| (name, tabbed(&bytes))).collect(),
        "workbook" => workbooks(),
        "parts" => {
            workbooks().into_iter().chain(files("docx")).map(|(name, zip)| (name, parts::listing(&zip))).collect()
        }
        "html" => files("html").into_iter().chain(reports()).collect(),
        "profile" => profiles(),
        "form" => truths(),
        other => files(other),
    }
}

/// The true forms of the fixtures.
#[must_use]
pub fn forms() -> Vec<FormRecord> {
    let read = |(_, json): (String, Vec<u8>)| serde_json::from_slice::<Vec<Form>>(&json).unwrap_or_default();
    files("json").into_iter().flat_map(read).map(FormRecord::from).collect()
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The documents whose names end in that extension, in the order of their names.
fn files(extension: &str) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let Ok(entries) = fs::read_dir(here(folder)) else { continue };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        for path in paths.filter(|path| path.extension().is_some_and(|found| found == extension)) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.extend(fs::read(&path).ok().map(|bytes| (name, bytes)));
        }
    }
    files.sort();
    files
}

/// The cells of a text between tabs, as `grid` reads them.
fn tabbed(bytes: &[u8]) -> Vec<u8> {
    String::from_utf8_lossy(bytes).replace(" | ", "\t").replace(['|', ' '], "\t").into_bytes()
}

fn workbooks() -> Vec<(String, Vec<u8>)> {
    let written = forms().into_iter().enumerate().filter_map(|(number, record)| {
        let page = Page { form: &record.form, layout: Layout::of(&record.form), findings: None };
        let written = write_workbook(&[page], &WriteOptions { formulas: number % 2 == 0 }).ok()?;
        Some((format!("{number}.xlsx"), written.bytes))
    });
    let blank = Layout::ALL
        .iter()
        .filter_map(|layout| Some((format!("{}.xlsx", layout.name), write_template(layout, Some(2023), 3).ok()?)));
    written.chain(blank).collect()
}

/// Each form as the section that `check --format html` writes of it.
fn reports() -> Vec<(String, Vec<u8>)> {
    let report = |(number, record): (usize, FormRecord)| {
        let found = CheckRecord::new(&record, check(&record.form, &Profile::default()));
        (format!("{number}.html"), html_form(number, &record, &found, None).into_bytes())
    };
    forms().into_iter().enumerate().map(report).collect()
}

fn profiles() -> Vec<(String, Vec<u8>)> {
    let builtin =
        ["mof-2020", "hubei", "sichuan"].into_iter().filter_map(|name| Some((name, Profile::builtin_toml(name)?)));
    builtin.map(|(name, toml)| (name.to_owned(), toml.as_bytes().to_vec())).collect()
}

/// The true forms of the fixtures, each as a record.
fn truths() -> Vec<(String, Vec<u8>)> {
    let json = |(number, record)| (format!("{number}.json"), serde_json::to_vec(&record).unwrap_or_default());
    forms().iter().enumerate().map(json).collect()
}
