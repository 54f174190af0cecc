//! Where things are, and how other programs are run.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// The workspace root: the parent of this package.
pub(crate) fn root() -> anyhow::Result<PathBuf> {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(package.parent().context("the package has no parent folder")?.to_owned())
}

/// A `cargo` command that runs in the workspace root.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: &[S]) -> anyhow::Result<Command> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root()?);
    Ok(command)
}

/// Runs `command` to its end; an error where it fails.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(())
}

/// The folder that cargo builds into.
pub(crate) fn target_dir() -> anyhow::Result<PathBuf> {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => Ok(root()?.join(folder)),
        None => Ok(root()?.join("target")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The lints of the workspace forbid unsafe code; a package is held to them only where its manifest says so.
    #[test]
    fn every_package_keeps_the_lints_of_the_workspace() {
        let root = root().unwrap();
        let crates = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
        let read = |path: PathBuf| fs::read_to_string(path).unwrap().parse::<toml::Table>().unwrap();
        for package in crates.chain([root.join("xtask")]) {
            let manifest = read(package.join("Cargo.toml"));
            assert_eq!(manifest["lints"]["workspace"].as_bool(), Some(true), "{}", package.display());
        }
        let workspace = read(root.join("Cargo.toml"));
        assert_eq!(workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
    }
}
