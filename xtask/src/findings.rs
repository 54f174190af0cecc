//! Whether the rules find in the forms of the shared corpus exactly what is expected of them.
//!
//! The corpus is not part of this repository; where it is missing the task says so and succeeds.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use jixiao_core::Form;
use jixiao_core::profile::Profile;
use jixiao_core::rules::{Finding, check};
use serde::Deserialize;

use crate::workspace;

/// What is expected of a finding.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Expected {
    code: String,
    section: serde_json::Value,
    row: Option<usize>,
    field: Option<String>,
    explanation: Option<String>,
}

/// Compares every form of the seeds with its expected findings.
pub(crate) fn run() -> anyhow::Result<()> {
    let folder = workspace::root()?.join("../shared/corpus/seeds");
    if !folder.is_dir() {
        println!("no shared corpus beside the workspace: nothing to compare");
        return Ok(());
    }
    let (mut forms, mut findings) = (0, 0);
    for path in expected_files(&folder)? {
        let expected: Vec<Vec<Expected>> = read(&path)?;
        let truth: Vec<Form> = read(&path.with_extension("").with_extension("json"))?;
        ensure!(truth.len() == expected.len(), "{}: another number of forms", path.display());
        for (number, (form, expected)) in truth.iter().zip(expected).enumerate() {
            findings += compare(form, expected).with_context(|| format!("{}, form {number}", path.display()))?;
            forms += 1;
        }
    }
    println!("{forms} forms with {findings} findings, all as expected");
    Ok(())
}

fn expected_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let is_expected = |path: &PathBuf| path.to_string_lossy().ends_with(".findings.json");
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).filter(is_expected).collect();
    files.sort();
    Ok(files)
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> anyhow::Result<T> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not what was expected", path.display()))
}

/// The number of findings, where they are the expected ones.
fn compare(form: &Form, mut expected: Vec<Expected>) -> anyhow::Result<usize> {
    let found = check(form, &Profile::for_family(form.family));
    let mut found = found.iter().map(as_expected).collect::<anyhow::Result<Vec<_>>>()?;
    let order = |one: &Expected| (one.code.clone(), one.row, one.field.clone());
    found.sort_by_key(order);
    expected.sort_by_key(order);
    ensure!(found == expected, "found {found:#?}\nexpected {expected:#?}");
    Ok(found.len())
}

fn as_expected(finding: &Finding) -> anyhow::Result<Expected> {
    Ok(Expected {
        code: finding.code.to_owned(),
        section: serde_json::to_value(finding.location.section)?,
        row: finding.location.row,
        field: finding.location.field.clone(),
        explanation: finding.explanation.map(|explanation| explanation.name().to_owned()),
    })
}
