//! Texts: reading by dialect, and what auditing adds.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use jixiao_bench::{DIALECTS, documents};
use jixiao_core::profile::Profile;
use jixiao_core::rules::check;
use jixiao_parser::{Parsed, decode, parse};

use crate::Outcome;
use crate::clock::{best, rate, ratio};
use crate::table::Table;

/// One reading of a small document is too short for a clock.
const REPEATS: usize = 20;

pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    for (dialect, names) in DIALECTS {
        let texts: Vec<String> = documents(names).iter().map(|bytes| decode(bytes).text).collect();
        let bytes: usize = texts.iter().map(String::len).sum();
        let forms: usize = texts.iter().map(|text| parse(text).records.len()).sum();
        let [time] = best([&mut || repeat(&texts, |text| drop(black_box(parse(text))))]);
        let speed = format!("{:.2} MB/s", rate(bytes * REPEATS, time) / 1e6);
        table.row(format!("text: {dialect}"), speed, format!("{:.0} forms/s on one core", rate(forms * REPEATS, time)));
    }
    audit(table)
}

fn repeat<T>(items: &[T], work: impl Fn(&T)) {
    for _ in 0..REPEATS {
        items.iter().for_each(&work);
    }
}

/// Reading files and auditing their forms, beside reading them only.
fn audit(table: &mut Table) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut files: Vec<PathBuf> = Vec::new();
    for (number, bytes) in DIALECTS.iter().flat_map(|(_, names)| documents(names)).enumerate() {
        files.push(folder.path().join(number.to_string()));
        fs::write(folder.path().join(number.to_string()), bytes)?;
    }
    let profile = Profile::default();
    let audited = |file: &PathBuf| {
        for record in read(file).records {
            black_box(check(&record.form, &profile));
        }
    };
    let [whole, reading] = best([&mut || repeat(&files, audited), &mut || repeat(&files, |file| drop(read(file)))]);
    let speed = format!("{:.0} files/s", rate(files.len() * REPEATS, whole));
    table.row("check of text files", speed, format!("{:.2} × reading and parsing them", ratio(whole, reading)));
    Ok(())
}

fn read(path: &Path) -> Parsed {
    black_box(parse(&decode(&fs::read(path).unwrap_or_default()).text))
}
