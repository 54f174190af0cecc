//! `jixiao`: reads, audits, scores and exports project-expenditure performance self-evaluation forms.

mod args;
mod batch;
mod binder;
mod book;
mod commands;
mod console;
mod file_names;
mod help;
mod input;
mod interrupt;
mod journal;
mod messages;
mod output;
mod overrides;
mod profiles;
mod progress;
mod render;
mod size;
mod source;
mod split;
mod spool;

use std::process::ExitCode;

use clap::Parser;

use crate::args::Cli;
use crate::commands::Status;

fn main() -> ExitCode {
    let status = match Cli::try_parse() {
        Ok(cli) => commands::run(&cli),
        Err(message) if help::print(&message) => Status::Failure,
        Err(_) => Status::Success,
    };
    ExitCode::from(status as u8)
}
