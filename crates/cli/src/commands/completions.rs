//! `jixiao completions`: a completion script for a shell.

use clap::CommandFactory;

use super::Status;
use crate::args::{Cli, CompletionsArgs};
use crate::messages::Problem;
use crate::output::{Output, WriteFailure};

/// Runs the command.
pub(super) fn run(args: &CompletionsArgs) -> Result<Status, WriteFailure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "jixiao", &mut script);
    let script = String::from_utf8(script).map_err(|error| Problem::new("无法生成补全脚本").caused_by(&error))?;
    let mut output = Output::open(None)?;
    output.write(&script)?;
    output.finish()?;
    Ok(Status::Success)
}
