//! The binary as its users meet it: exit status, standard output, standard error.

mod bad_input;
mod batch;
mod check;
mod export;
mod parse;
mod usage;
mod world;
