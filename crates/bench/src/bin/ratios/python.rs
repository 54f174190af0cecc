//! Python's workbook libraries on the same cells.

use std::env;
use std::fs;
use std::process::Command;
use std::time::Duration;

use jixiao_bench::bare::{Sheet, Value};
use serde_json::json;

use crate::Outcome;

/// Times each library by itself, without its start.
const SCRIPT: &str = include_str!("workbooks.py");

/// The time that each library takes over `sheets`, or over the workbook `bytes` that holds them.
pub(crate) fn measure(sheets: &[Sheet], bytes: &[u8]) -> Outcome<Vec<(String, Duration)>> {
    let folder = tempfile::tempdir()?;
    let (cells, book) = (folder.path().join("cells.json"), folder.path().join("book.xlsx"));
    fs::write(&cells, cells_json(sheets))?;
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

fn cells_json(sheets: &[Sheet]) -> String {
    let cell = |(row, column, value): &(u32, u16, Value)| match value {
        Value::Text(text) => json!([row, column, text]),
        Value::Number(number) => json!([row, column, number]),
    };
    let sheet = |sheet: &Sheet| {
        let cells: Vec<_> = sheet.cells.iter().map(cell).collect();
        json!({ "name": sheet.name, "cells": cells, "merged": sheet.merged })
    };
    json!(sheets.iter().map(sheet).collect::<Vec<_>>()).to_string()
}
