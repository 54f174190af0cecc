//! The binary as its users meet it: exit status, standard output, standard error.

#![expect(clippy::unwrap_used, reason = "a helper that fails fails its test")]

mod bad_input;
mod batch;
mod check;
mod cross;
mod documents;
mod export;
mod failures;
mod hostile;
mod hostile_documents;
mod page;
mod parse;
mod resume;
mod score;
mod usage;
mod world;
