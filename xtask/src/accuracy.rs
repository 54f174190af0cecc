//! How well the release binary reads the shared corpus, and the floor below which no figure may fall.
//!
//! The corpus is not part of this repository; where it is missing the task says so and succeeds.

mod figures;
mod floor;
mod measure;

use anyhow::{Context, bail, ensure};

use crate::workspace;

/// The corpora with their dialects; a corpus without dialects holds texts beside their truth.
const CORPORA: [(&str, &[&str]); 3] = [
    ("seeds", &[]),
    ("variants", &[]),
    ("dev", &["tika", "tika_ff", "pdftotext", "pdftotext_layout", "pdfplumber", "xlsx"]),
];
const README: &str = "README.md";
const BEGIN: &str = "<!-- accuracy: begin -->\n";
const END: &str = "<!-- accuracy: end -->";

/// Measures, prints the table, then compares with the floor (`check`) or replaces it (`update`).
pub(crate) fn run(check: bool, update: bool) -> anyhow::Result<()> {
    let Some(measured) = measure::all()? else {
        println!("no shared corpus beside the workspace: nothing to measure");
        return Ok(());
    };
    let table = figures::markdown(&measured);
    print!("{table}");
    if check {
        compare(&measured)?;
    }
    if update {
        floor::write(&measured)?;
        update_readme(&table)?;
    }
    Ok(())
}

/// Fails with every figure that is worse than its floor.
fn compare(measured: &[figures::Figures]) -> anyhow::Result<()> {
    let drops = floor::read()?.drops(measured);
    ensure!(drops.is_empty(), "accuracy fell below {}:\n{}", floor::FILE, drops.join("\n"));
    println!("no figure below its floor");
    Ok(())
}

fn update_readme(table: &str) -> anyhow::Result<()> {
    let path = workspace::root()?.join(README);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {README}"))?;
    let Some((before, rest)) = text.split_once(BEGIN) else { bail!("{README} lacks the line {BEGIN}") };
    let Some((_, after)) = rest.split_once(END) else { bail!("{README} lacks the line {END}") };
    std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}"))
        .with_context(|| format!("cannot write {README}"))
}
