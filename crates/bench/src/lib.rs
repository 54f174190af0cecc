//! What the benchmarks work on, made from the fixtures of the repository.

#![expect(clippy::float_arithmetic, reason = "widths of columns are no money")]

pub mod bare;
pub mod drawn;

use std::fs;
use std::path::{Path, PathBuf};

use jixiao_core::Form;
use jixiao_exporter::{ExportError, Layout, Page, WriteOptions, write_workbook};

/// The dialects of texts, each with the fixtures that are written in it.
pub const DIALECTS: [(&str, &[&str]); 9] = [
    ("drawing order", &["mof-2022-eight-forms", "mof-2022-initial-budget-basis", "mof-2023-dense-rows"]),
    ("pipes", &["mof-pipe-rows", "hubei-pipe-no-weights", "transfer-pipe-blocks", "sichuan-pipe-cells"]),
    ("tabs", &["mof-tabs-workbook", "rural-tabs-web", "department-tabs-flat"]),
    ("a row a line", &["mof-rows-template", "other-rows-process", "hubei-rows-web"]),
    ("a cell a line", &["county-special-cell-lines", "transfer-cell-lines", "mof-2023-piece-per-line"]),
    ("one line", &["mof-line-one", "mof-line-split-target", "sichuan-line-one"]),
    ("glued", &["rural-glued", "sichuan-glued"]),
    ("columns by spaces", &["mof-2023-spaced-columns"]),
    ("sorted by height", &["mof-2022-by-height", "mof-by-height-two-columns"]),
];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The bytes of the fixtures of that name.
///
/// # Panics
///
/// One of them is not there.
#[must_use]
pub fn documents(names: &[&str]) -> Vec<Vec<u8>> {
    let read = |name: &&str| match fs::read(fixtures().join(format!("{name}.txt"))) {
        Ok(bytes) => bytes,
        Err(error) => panic!("fixture {name}: {error}"),
    };
    names.iter().map(read).collect()
}

/// `count` forms: the true forms of the fixtures over and over, each under a name of its own.
///
/// # Panics
///
/// The fixtures hold no form.
#[must_use]
pub fn forms(count: usize) -> Vec<Form> {
    let names = DIALECTS.iter().flat_map(|(_, names)| *names);
    let read = |name: &&str| -> Vec<Form> {
        let json = fs::read(fixtures().join(format!("{name}.json"))).unwrap_or_default();
        serde_json::from_slice(&json).unwrap_or_default()
    };
    let forms: Vec<Form> = names.flat_map(read).collect();
    assert!(!forms.is_empty(), "no fixture has a truth");
    let named = |(number, form): (usize, &Form)| {
        let name = form.project_name.as_deref().unwrap_or_default();
        Form { project_name: Some(format!("{number} {name}")), ..form.clone() }
    };
    forms.iter().cycle().take(count).enumerate().map(named).collect()
}

/// The workbook of `forms` in the official layouts.
///
/// # Errors
///
/// A form does not fit a sheet.
pub fn workbook(forms: &[Form]) -> Result<Vec<u8>, ExportError> {
    let pages: Vec<Page<'_>> =
        forms.iter().map(|form| Page { form, layout: Layout::of(form), findings: None }).collect();
    Ok(write_workbook(&pages, &WriteOptions::default())?.bytes)
}
