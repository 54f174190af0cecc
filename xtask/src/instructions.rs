//! How many instructions reading and auditing take: a guard against slow changes that needs no clock, and so gives the
//! same answer on a busy machine.
//!
//! The count comes from callgrind; without valgrind the task says so and succeeds. `JIXIAO` names the release program
//! to count; without it, it is built.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use anyhow::{Context, bail};

use crate::workspace::{cargo, root, run, target_dir};

/// The recorded counts, from the workspace root.
const FILE: &str = "instructions.toml";
const HEADER: &str = "\
# Instructions that the release program takes over documents of fixtures/, as callgrind counts them. Written by
# `cargo xtask instructions --update`; `--check` fails where a count is more than a twentieth above.\n";

/// A count may grow by one part in so many: compilers and hash seeds differ that much, a lost optimisation more.
const TOLERANCE: u64 = 20;

/// What is counted: a name, the command, and documents without their extension.
const WORKS: [(&str, &str, &str, &[&str]); 5] = [
    ("parse drawing order", "parse", "txt", &["mof-2022-eight-forms", "mof-2023-dense-rows"]),
    ("parse pipes and tabs", "parse", "txt", &["mof-pipe-rows", "sichuan-pipe-cells", "rural-tabs-web"]),
    ("parse columns by spaces", "parse", "txt", &["mof-2023-spaced-columns"]),
    ("parse sorted by height", "parse", "txt", &["mof-2022-by-height", "mof-by-height-two-columns"]),
    ("check of JSON", "check", "json", &["mof-2022-eight-forms", "mof-2023-dense-rows", "mof-pipe-rows"]),
];

type Counts = BTreeMap<String, u64>;

/// Counts, and compares with the recorded counts or records new ones.
pub(crate) fn count(check: bool, update: bool) -> anyhow::Result<()> {
    if !Command::new("valgrind").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success()) {
        println!("valgrind is not installed: no instructions counted");
        return Ok(());
    }
    let program = program()?;
    let counted = WORKS.iter().map(|work| Ok((work.0.to_owned(), instructions(&program, work)?)));
    let counted: Counts = counted.collect::<anyhow::Result<_>>()?;
    let file = root()?.join(FILE);
    if update {
        fs::write(&file, format!("{HEADER}\n{}", toml::to_string(&counted)?))?;
    }
    let recorded: Counts = toml::from_str(&fs::read_to_string(&file).context("run with --update first")?)?;
    let grown = report(&counted, &recorded);
    if check && !grown.is_empty() {
        bail!(
            "{}\nwhere that is the price of something, record it with `cargo xtask instructions --update`",
            grown.join("\n")
        );
    }
    Ok(())
}

fn program() -> anyhow::Result<PathBuf> {
    if let Some(program) = env::var_os("JIXIAO") {
        return Ok(env::current_dir()?.join(program));
    }
    run(&mut cargo(&["build", "--release", "--locked", "--quiet", "-p", "jixiao-cli"])?)?;
    Ok(target_dir()?.join("release/jixiao"))
}

fn instructions(program: &Path, work: &(&str, &str, &str, &[&str])) -> anyhow::Result<u64> {
    let (name, command, extension, documents) = work;
    let files = documents.iter().map(|document| format!("fixtures/{document}.{extension}"));
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]).arg(program).arg(command);
    valgrind.args(["--quiet", "--jobs", "1", "--format", "ndjson"]).args(files).current_dir(root()?);
    let output = valgrind.stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    collected(&said).with_context(|| format!("{name}: valgrind counted nothing:\n{said}"))
}

/// The number in valgrind's line `==123== Collected : 456`.
fn collected(said: &str) -> Option<u64> {
    let line = said.lines().find_map(|line| line.split_once("Collected :"))?;
    line.1.trim().parse().ok()
}

/// Prints every count, and gives a line for each that is too high or not recorded.
fn report(counted: &Counts, recorded: &Counts) -> Vec<String> {
    let mut grown = Vec::new();
    for (name, now) in counted {
        let Some(before) = recorded.get(name) else {
            grown.push(format!("{name}: not recorded"));
            continue;
        };
        println!("{name}: {now} instructions, {before} recorded");
        if *now > before + before / TOLERANCE {
            grown.push(format!("{name}: {now} instructions, recorded are {before}"));
        }
    }
    grown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_found_in_what_valgrind_says() {
        assert_eq!(collected("==7== Events    : Ir\n==7== Collected : 1234\n==7=="), Some(1234));
        assert_eq!(collected("==7== no program"), None);
    }

    #[test]
    fn a_count_may_grow_by_a_twentieth() {
        let counts = |count| Counts::from([("parse".to_owned(), count)]);
        assert!(report(&counts(105), &counts(100)).is_empty());
        assert_eq!(report(&counts(106), &counts(100)), ["parse: 106 instructions, recorded are 100"]);
        assert!(report(&counts(1), &counts(100)).is_empty());
        assert_eq!(report(&counts(1), &Counts::new()), ["parse: not recorded"]);
    }
}
