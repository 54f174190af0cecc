//! Teaching the reader a new document: copy it into fixtures/, look at what is read, accept the snapshot.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use walkdir::WalkDir;

use crate::workspace;

const FIXTURES: &str = "fixtures";
/// What insta appends to a snapshot that waits for review.
const PENDING: &str = "snap.new";
const NEXT_STEPS: &str = "\
Next:
  1. Compare each pending snapshot with the document, field by field.
  2. Wrong? Mend the reader, then run `cargo test -p jixiao-parser`; the snapshot follows.
  3. Right? `cargo xtask fixture accept`.
  4. Write the truth by hand as fixtures/<name>.json (an array of `form` objects) and commit all three files.";

/// Copies `files` into the fixtures folder, prints what is read from each and writes pending snapshots.
pub(crate) fn add(files: &[PathBuf]) -> anyhow::Result<()> {
    for file in files {
        let fixture = copy(file)?;
        println!("== {}", fixture.display());
        let shown = fixture.to_str().context("the file name is not Unicode")?;
        workspace::run(&mut workspace::cargo(&[
            "run",
            "--quiet",
            "-p",
            "jixiao-cli",
            "--",
            "parse",
            shown,
            "--format",
            "table",
        ])?)?;
        write_snapshot(&fixture)?;
    }
    review()?;
    println!("{NEXT_STEPS}");
    Ok(())
}

/// Lists the snapshots that wait for review.
pub(crate) fn review() -> anyhow::Result<()> {
    let waiting = pending()?;
    match waiting.len() {
        0 => println!("No snapshot waits for review."),
        count => println!("{count} snapshot(s) to review:"),
    }
    for snapshot in waiting {
        println!("  {}", snapshot.display());
    }
    Ok(())
}

/// Puts every waiting snapshot in the place of the accepted one.
pub(crate) fn accept() -> anyhow::Result<()> {
    for snapshot in pending()? {
        let accepted = snapshot.with_extension("");
        fs::rename(&snapshot, &accepted).with_context(|| format!("cannot accept {}", snapshot.display()))?;
        println!("accepted {}", accepted.display());
    }
    Ok(())
}

/// Copies one document, unless another one of that name is there; returns its path from the workspace root.
fn copy(file: &Path) -> anyhow::Result<PathBuf> {
    let name = file.file_name().with_context(|| format!("{} names no file", file.display()))?;
    let fixture = Path::new(FIXTURES).join(name);
    let target = workspace::root()?.join(&fixture);
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    if target.exists() {
        ensure!(fs::read(&target)? == bytes, "{} exists with other content: choose another name", fixture.display());
    } else {
        fs::write(&target, bytes).with_context(|| format!("cannot write {}", target.display()))?;
    }
    Ok(fixture)
}

/// Runs the snapshot test on one fixture, writing what it finds as a pending snapshot instead of failing.
fn write_snapshot(fixture: &Path) -> anyhow::Result<()> {
    let Some(name) = fixture.file_name() else { bail!("{} names no file", fixture.display()) };
    let mut test = workspace::cargo(&[
        "test",
        "--quiet",
        "-p",
        "jixiao-parser",
        "--test",
        "fixtures",
        "every_fixture_reads_as_its_snapshot",
    ])?;
    test.env("INSTA_UPDATE", "new").env("INSTA_FORCE_PASS", "1").env("INSTA_GLOB_FILTER", name);
    workspace::run(&mut test)
}

fn pending() -> anyhow::Result<Vec<PathBuf>> {
    let folder = workspace::root()?.join("crates");
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let path = entry?.into_path();
        if path.to_string_lossy().ends_with(PENDING) {
            found.push(path);
        }
    }
    Ok(found)
}
