//! The generated parts of README.md: the worked example and the accuracy table, each between two marks.

use std::fs;

use anyhow::{Context, ensure};

use crate::workspace;

const FILE: &str = "README.md";
const EXAMPLE: &str = "example";
/// The worked example's document: its execution score was computed on the initial instead of the annual budget.
const DOCUMENT: &str = "fixtures/mof-2022-initial-budget-basis.txt";
const STALE: &str = "the worked example in README.md is stale: run `cargo xtask readme` and commit the result";

/// Puts the program's real output into the worked example, or with `check` fails where it differs.
pub(crate) fn run(check: bool) -> anyhow::Result<()> {
    let text = read()?;
    let wanted = replaced(&text, EXAMPLE, &format!("```text\n{}```\n", output()?))?;
    if check {
        ensure!(wanted == text, STALE);
        println!("the worked example in {FILE} is up to date");
        return Ok(());
    }
    write(&wanted)
}

/// Replaces what stands between the marks `name: begin` and `name: end`.
pub(crate) fn update(name: &str, body: &str) -> anyhow::Result<()> {
    write(&replaced(&read()?, name, body)?)
}

/// What `check` prints about the example's document.
fn output() -> anyhow::Result<String> {
    let mut program = workspace::cargo(&["run", "--quiet", "-p", "jixiao-cli", "--", "--quiet", "check", DOCUMENT])?;
    let output = program.output().with_context(|| format!("cannot start {program:?}"))?;
    // 1: there are findings, which is what the example is for.
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.code() == Some(1), "{program:?} ended with {}:\n{told}", output.status);
    String::from_utf8(output.stdout).context("the program printed bytes that are no UTF-8")
}

fn replaced(text: &str, name: &str, body: &str) -> anyhow::Result<String> {
    let (begin, end) = (format!("<!-- {name}: begin -->\n"), format!("<!-- {name}: end -->"));
    let (before, rest) = text.split_once(&begin).with_context(|| format!("{FILE} lacks the line {begin}"))?;
    let (_, after) = rest.split_once(&end).with_context(|| format!("{FILE} lacks the line {end}"))?;
    Ok(format!("{before}{begin}{body}{end}{after}"))
}

fn read() -> anyhow::Result<String> {
    fs::read_to_string(workspace::root()?.join(FILE)).with_context(|| format!("cannot read {FILE}"))
}

fn write(text: &str) -> anyhow::Result<()> {
    fs::write(workspace::root()?.join(FILE), text).with_context(|| format!("cannot write {FILE}"))?;
    println!("wrote {FILE}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let text = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb";
        assert_eq!(replaced(text, "x", "new\n").unwrap(), "a\n<!-- x: begin -->\nnew\n<!-- x: end -->\nb");
        assert!(replaced(text, "y", "new\n").is_err());
    }
}
