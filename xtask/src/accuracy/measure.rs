//! Running the scoring tool.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use serde::Deserialize;

use super::figures::{Counts, Figures};
use super::{CORPORA, DERIVED, DOCUMENTS, derive};
use crate::workspace;

/// The part of the scoring tool's report that is used.
#[derive(Deserialize)]
struct Report {
    overall: Overall,
}

#[derive(Deserialize)]
struct Overall {
    counts: Counts,
}

/// The figures of every corpus and dialect; `None` where there is no corpus to measure on.
pub(crate) fn all() -> anyhow::Result<Option<Vec<Figures>>> {
    let root = workspace::root()?;
    let shared = root.join("../shared");
    let tool = shared.join("tools/accuracy/run.py");
    if !tool.exists() {
        return Ok(None);
    }
    let binary = build()?;
    let mut measured = Vec::new();
    for (corpus, dialects) in CORPORA {
        let folder = shared.join("corpus").join(corpus);
        let names = if dialects.is_empty() { &[""] } else { dialects };
        for dialect in names.iter().filter(|name| folder.join(name).is_dir()) {
            let counts = one(&tool, &binary, &folder, dialect)?;
            measured.push(Figures { corpus: corpus.to_owned(), dialect: (*dialect).to_owned(), counts });
        }
    }
    let made = tempfile::tempdir()?;
    let (dev, own) = (made.path().join("dev"), made.path().join("documents"));
    derive::with_fewer_rules(&shared.join("corpus/dev"), &dev)?;
    derive::by_kind(&root.join("crates/sources/tests/documents"), &root.join("fixtures"), &own)?;
    for (corpus, folder, dialects) in [("dev", &dev, DERIVED.as_slice()), ("documents", &own, &DOCUMENTS)] {
        for dialect in dialects {
            let counts = one(&tool, &binary, folder, dialect)?;
            measured.push(Figures { corpus: corpus.to_owned(), dialect: (*dialect).to_owned(), counts });
        }
    }
    Ok(Some(measured))
}

fn build() -> anyhow::Result<PathBuf> {
    workspace::run(&mut workspace::cargo(&["build", "--release", "--quiet", "-p", "jixiao-cli"])?)?;
    Ok(workspace::target_dir()?.join("release/jixiao"))
}

fn one(tool: &Path, binary: &Path, folder: &Path, dialect: &str) -> anyhow::Result<Counts> {
    let report = tempfile::NamedTempFile::new()?;
    let mut command = Command::new("python3");
    command.arg(tool).arg("--cmd").arg(format!("'{}' parse {{}} --format json", binary.display()));
    command.arg(folder).arg("--json").arg(report.path()).stdout(std::process::Stdio::null());
    if !dialect.is_empty() {
        command.args(["--dialects", dialect]);
    }
    workspace::run(&mut command)?;
    let text = std::fs::read_to_string(report.path())?;
    let report: Report = serde_json::from_str(&text).context("the scoring tool's report is not what was expected")?;
    Ok(report.overall.counts)
}
