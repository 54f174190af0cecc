//! How fast the release program is, beside what its work costs at least.

use crate::workspace::{cargo, run, target_dir};

/// Builds the program and the benchmarks, and prints one table.
pub(crate) fn table() -> anyhow::Result<()> {
    run(&mut cargo(&["build", "--release", "--locked", "-p", "jixiao-cli", "-p", "jixiao-bench"])?)?;
    let release = target_dir()?.join("release");
    run(std::process::Command::new(release.join("ratios")).env("JIXIAO", release.join("jixiao")))
}
