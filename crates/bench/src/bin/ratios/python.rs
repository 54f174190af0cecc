//! Python's workbook libraries on the same cells.

use std::env;
use std::fs;
use std::process::Command;
use std::time::Duration;

use jixiao_bench::drawn::Book;

use crate::Outcome;

/// Times each library by itself, without its start.
const SCRIPT: &str = include_str!("workbooks.py");

/// The time that each library takes over `drawn`, or over the workbook `bytes` that holds it.
pub(crate) fn measure(drawn: &Book, bytes: &[u8]) -> Outcome<Vec<(String, Duration)>> {
    let folder = tempfile::tempdir()?;
    let (cells, book) = (folder.path().join("cells.json"), folder.path().join("book.xlsx"));
    fs::write(&cells, serde_json::to_vec(drawn)?)?;
    fs::write(&book, bytes)?;
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let output = Command::new(python).args(["-c", SCRIPT]).args([cells, book]).output()?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(error.trim().lines().last().unwrap_or_default().to_owned().into());
    }
    let times: Vec<(String, u64)> = serde_json::from_slice(&output.stdout)?;
    Ok(times.into_iter().map(|(library, nanoseconds)| (library, Duration::from_nanos(nanoseconds))).collect())
}
