//! Which files the inputs on the command line stand for, in an order that does not depend on the disk.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::messages::{Problem, show, unreadable};

/// One input to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// The file, or `-`.
    pub(crate) path: PathBuf,
    /// True where the user named the file, false where it was found in a folder.
    pub(crate) named: bool,
}

/// The inputs that `arguments` stand for, folders walked; what cannot be walked is a problem in its place.
pub(crate) fn collect(arguments: &[PathBuf]) -> Vec<Result<Input, Problem>> {
    let mut inputs = Vec::new();
    for argument in arguments {
        if argument != Path::new("-") && argument.is_dir() {
            walk(argument, &mut inputs);
        } else {
            inputs.push(Ok(Input { path: argument.clone(), named: true }));
        }
    }
    inputs
}

/// Links to files are followed; links to folders too, and walkdir reports the ones that lead back to themselves.
fn walk(folder: &Path, inputs: &mut Vec<Result<Input, Problem>>) {
    let before = inputs.len();
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name();
    for entry in entries.into_iter().filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name())) {
        match entry {
            Ok(entry) if is_file(&entry) => inputs.push(Ok(Input { path: entry.into_path(), named: false })),
            Ok(_) => {}
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => inputs.push(Err(walk_problem(folder, &error))),
        }
    }
    if inputs.len() == before {
        inputs.push(Err(Problem::new(format!("文件夹「{}」里没有可读的文件", show(folder)))));
    }
}

/// Devices and sockets in a folder are no documents, and reading a pipe there would never end.
fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_file()
}

/// Dot files, and the lock files that Office leaves beside an open document.
fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".") || name.starts_with(b"~$")
}

fn walk_problem(folder: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(folder);
    match error.io_error() {
        Some(error) => unreadable(path, error),
        None => Problem::new(format!("无法读取「{}」", show(path))).cause(error),
    }
}
