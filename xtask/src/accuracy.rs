//! How well the release binary reads the shared corpus, and the floor below which no figure may fall.
//!
//! The corpus is not part of this repository; where it is missing the task says so and succeeds.

mod derive;
mod figures;
mod floor;
mod measure;
mod ruling;

use anyhow::ensure;

use crate::readme;

/// The corpora with their dialects; a corpus without dialects holds texts beside their truth.
const CORPORA: [(&str, &[&str]); 3] = [
    ("seeds", &[]),
    ("variants", &[]),
    ("dev", &["tika", "tika_ff", "pdftotext", "pdftotext_layout", "pdfplumber", "xlsx", "pdf", "docx"]),
];

/// The dialects made while measuring from the PDF of the corpus `dev`.
const DERIVED: [&str; 3] = ["pdf_rows", "pdf_columns", "pdf_unruled"];
/// The kinds of the documents of this repository, every family of forms in each.
const DOCUMENTS: [&str; 6] = ["pdf", "pdf_rows", "pdf_columns", "pdf_unruled", "docx", "html"];

/// Measures, replaces the floor (`update`), prints the table, and compares with the floor (`check`).
pub(crate) fn run(check: bool, update: bool) -> anyhow::Result<()> {
    let Some(measured) = measure::all()? else {
        println!("no shared corpus beside the workspace: nothing to measure");
        return Ok(());
    };
    let table = figures::markdown(&measured);
    if update {
        // Before anything is printed: whoever listens may stop, and floor and table must not part.
        floor::write(&measured)?;
        readme::update("accuracy", &table)?;
    }
    print!("{table}");
    if check { compare(&measured) } else { Ok(()) }
}

/// Fails with every figure that is worse than its floor.
fn compare(measured: &[figures::Figures]) -> anyhow::Result<()> {
    let drops = floor::read()?.drops(measured);
    ensure!(drops.is_empty(), "accuracy fell below {}:\n{}", floor::FILE, drops.join("\n"));
    println!("no figure below its floor");
    Ok(())
}
