//! What a run into a folder has done, kept in that folder so that a later run with `--resume` goes on from there.
//!
//! One line of JSON an input, added when all its results are written. A line that a kill cut short is ignored, and so
//! its input is simply done again.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::messages::{Problem, unreadable, unwritable};

/// A hidden name, so that a folder of results given as an input does not contain it.
const NAME: &str = ".jixiao-done.ndjson";

/// Size and time of change of a file: where both are the same, so is taken to be the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    bytes: u64,
    changed: Duration,
}

impl Stamp {
    /// The stamp of a file; `None` for what has none, such as the standard input.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let data = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        let changed = data.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(Self { bytes: data.len(), changed })
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    input: PathBuf,
    stamp: Stamp,
    /// File names in the folder.
    outputs: Vec<String>,
}

/// The journal of one folder.
pub(crate) struct Journal {
    folder: PathBuf,
    file: File,
    done: HashMap<PathBuf, Entry>,
}

impl Journal {
    /// Opens the journal of `folder`, which is made where it is missing. What earlier runs did counts with `resume`
    /// only.
    pub(crate) fn open(folder: &Path, resume: bool) -> Result<Self, Problem> {
        fs::create_dir_all(folder).map_err(|error| unwritable(folder, &error))?;
        let path = folder.join(NAME);
        let earlier = match fs::read(&path) {
            Ok(bytes) if resume => bytes,
            Err(error) if resume && path.exists() => return Err(unreadable(&path, &error)),
            _ => Vec::new(),
        };
        let file = File::options().create(true).append(true).open(&path).map_err(|error| unwritable(&path, &error))?;
        Ok(Self { folder: folder.to_owned(), file, done: entries(&earlier) })
    }

    /// True where an earlier run wrote all results of the input, the input is as it was, and the results are there.
    pub(crate) fn is_done(&self, input: &Path) -> bool {
        self.done.get(&absolute(input)).is_some_and(|entry| {
            Stamp::of(input) == Some(entry.stamp) && entry.outputs.iter().all(|name| self.folder.join(name).is_file())
        })
    }

    /// The names of files that earlier runs wrote for `input`: the ones that may be written over.
    pub(crate) fn outputs_of(&self, input: &Path) -> &[String] {
        self.done.get(&absolute(input)).map_or(&[], |entry| &entry.outputs)
    }

    /// The names of all files that earlier runs wrote.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = &str> {
        self.done.values().flat_map(|entry| &entry.outputs).map(String::as_str)
    }

    /// Notes that all results of an input are written.
    pub(crate) fn add(&mut self, input: &Path, stamp: Stamp, outputs: Vec<String>) -> Result<(), Problem> {
        let entry = Entry { input: absolute(input), stamp, outputs };
        // A path that JSON cannot hold belongs to an input that is done again.
        let Ok(mut line) = serde_json::to_string(&entry) else { return Ok(()) };
        line.insert(0, '\n');
        self.file.write_all(line.as_bytes()).map_err(|error| unwritable(&self.folder.join(NAME), &error))
    }
}

/// Each line begins with its line end, so that what follows a cut line is whole again.
fn entries(bytes: &[u8]) -> HashMap<PathBuf, Entry> {
    let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Entry>(line).ok());
    lines.map(|entry| (entry.input.clone(), entry)).collect()
}

/// The same input must be known again from another working folder.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
