//! Texts: reading by dialect, and what auditing adds.

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jixiao_bench::{DIALECTS, documents};
use jixiao_core::profile::Profile;
use jixiao_core::rules::check;
use jixiao_parser::{Parsed, decode, parse};

use crate::Outcome;
use crate::clock::{best, rate, ratio};
use crate::table::Table;

/// One reading of a small document is too short for a clock: works are repeated for so long, but not oftener than so.
const ENOUGH: Duration = Duration::from_millis(60);
const MOST_REPEATS: usize = 200;

pub(crate) fn measure(table: &mut Table) -> Outcome<()> {
    for (dialect, names) in DIALECTS {
        let texts: Vec<String> = documents(names).iter().map(|bytes| decode(bytes).text).collect();
        let bytes: usize = texts.iter().map(String::len).sum();
        let forms: usize = texts.iter().map(|text| parse(text).records.len()).sum();
        let mut read = || texts.iter().for_each(|text| drop(black_box(parse(text))));
        let count = repeats(&mut read);
        let [time] = best([&mut || (0..count).for_each(|_| read())]);
        let speed = format!("{:.2} MB/s", rate(bytes * count, time) / 1e6);
        table.row(format!("text: {dialect}"), &speed, format!("{:.0} forms/s on one core", rate(forms * count, time)));
    }
    audit(table)
}

/// How often `work` must be done for the clock to tell.
fn repeats(work: &mut impl FnMut()) -> usize {
    let start = Instant::now();
    work();
    let fitting = ENOUGH.as_nanos() / start.elapsed().as_nanos().max(1);
    usize::try_from(fitting).unwrap_or(MOST_REPEATS).clamp(1, MOST_REPEATS)
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
    let [whole, reading] =
        best([&mut || files.iter().for_each(audited), &mut || files.iter().for_each(|file| drop(read(file)))]);
    let speed = format!("{:.0} files/s", rate(files.len(), whole));
    table.row("check of text files", &speed, format!("{:.2} × reading and parsing them", ratio(whole, reading)));
    Ok(())
}

fn read(path: &Path) -> Parsed {
    black_box(parse(&decode(&fs::read(path).unwrap_or_default()).text))
}
