//! Developer tasks: teach the reader a new document, write derived files, measure accuracy.

#![expect(clippy::print_stdout, reason = "a command-line program prints its results")]

mod accuracy;
mod bench;
mod findings;
mod fixture;
mod instructions;
mod readme;
mod rules;
mod schema;
mod workspace;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// Developer tasks of jixiao.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Teach the reader a new document.
    #[command(subcommand)]
    Fixture(FixtureTask),
    /// Write schema/jixiao-1.schema.json from the Rust types.
    Schema {
        /// Only compare; fail when the committed schema is stale.
        #[arg(long)]
        check: bool,
    },
    /// Write the catalogue of the rules, docs/rules.md and docs/rules.json, from their table and pages.
    Rules {
        /// Only compare; fail when a committed file is stale.
        #[arg(long)]
        check: bool,
    },
    /// Put the program's real output into README.md.
    Readme {
        /// Only compare; fail when the committed example is stale.
        #[arg(long)]
        check: bool,
    },
    /// Compare the findings on the shared corpus, where there is one, with the expected ones.
    Findings,
    /// Measure the release binary on the shared corpus, where there is one, and print a Markdown table.
    Accuracy {
        /// Fail when a figure is below the committed floor.
        #[arg(long, conflicts_with = "update")]
        check: bool,
        /// Write the figures as the new floor and into README.md.
        #[arg(long)]
        update: bool,
    },
    /// Measure the release program beside the bare libraries on the same work, and print one table.
    Bench,
    /// Count the instructions of reading and auditing with valgrind, where there is one.
    Instructions {
        /// Fail when a count is above the recorded one.
        #[arg(long, conflicts_with = "update")]
        check: bool,
        /// Record the counts.
        #[arg(long)]
        update: bool,
    },
}

#[derive(Subcommand)]
enum FixtureTask {
    /// Copy documents into fixtures/, show what is read from them and leave snapshots to review.
    Add {
        /// The documents.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// List the snapshots that wait for review.
    Review,
    /// Accept the waiting snapshots after review.
    Accept,
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().task {
        Task::Fixture(FixtureTask::Add { files }) => fixture::add(&files),
        Task::Fixture(FixtureTask::Review) => fixture::review(),
        Task::Fixture(FixtureTask::Accept) => fixture::accept(),
        Task::Schema { check } => schema::run(check),
        Task::Findings => findings::run(),
        Task::Rules { check } => rules::run(check),
        Task::Readme { check } => readme::run(check),
        Task::Accuracy { check, update } => accuracy::run(check, update),
        Task::Bench => bench::table(),
        Task::Instructions { check, update } => instructions::count(check, update),
    }
}
