//! A folder of results, one or more files an input, that a later run can go on with.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::console::Console;
use crate::file_names::FileNames;
use crate::input::Input;
use crate::journal::{Journal, Stamp};
use crate::messages::Problem;
use crate::output::refuse_input;

/// The folder that `--split` names.
pub(crate) struct SplitFolder<'a> {
    folder: &'a Path,
    /// The files and folders that are read and must never change.
    sources: Vec<PathBuf>,
    force: bool,
    journal: Journal,
    names: FileNames,
    /// Inputs of which not all results could be written.
    pub(crate) failed: usize,
}

/// The results of one input.
pub(crate) struct Results {
    /// What an earlier run wrote for the same input, which may be written over.
    earlier: HashSet<String>,
    written: Vec<String>,
    whole: bool,
}

impl<'a> SplitFolder<'a> {
    /// Opens the folder, making it where it is missing.
    pub(crate) fn open(folder: &'a Path, sources: Vec<PathBuf>, resume: bool, force: bool) -> Result<Self, Problem> {
        let journal = Journal::open(folder, resume)?;
        let mut names = FileNames::default();
        journal.outputs().for_each(|name| names.reserve(name));
        Ok(Self { folder, sources, force, journal, names, failed: 0 })
    }

    /// The inputs that still have to be done.
    pub(crate) fn rest(
        &self,
        mut inputs: Vec<Result<Input, Problem>>,
        console: &Console,
    ) -> Vec<Result<Input, Problem>> {
        let all = inputs.len();
        inputs.retain(|input| input.as_ref().map_or(true, |input| !self.journal.is_done(&input.path)));
        if inputs.len() < all {
            console.note(format!("{} 个输入上次已做完，也没有变过，不再处理", all - inputs.len()));
        }
        inputs
    }

    /// Begins with an input.
    pub(crate) fn begin(&mut self, input: &Path) -> Results {
        let earlier: HashSet<String> = self.journal.outputs_of(input).iter().cloned().collect();
        earlier.iter().for_each(|name| self.names.release(name));
        Results { earlier, written: Vec::new(), whole: true }
    }

    /// Has one result written by `write`, which is given the path and whether it may be written over.
    pub(crate) fn write(
        &mut self,
        results: &mut Results,
        (name, extension): (&str, &str),
        write: impl FnOnce(&Path, bool) -> Result<(), Problem>,
        console: &Console,
    ) {
        let name = self.names.take(name, extension);
        let path = self.folder.join(&name);
        let own = results.earlier.contains(&name);
        // What an earlier run wrote is no input, even where the folder lies in one.
        let allowed = if own { Ok(()) } else { refuse_input(Some(&path), &self.sources) };
        match allowed.and_then(|()| write(&path, self.force || own)) {
            Ok(()) => results.written.push(name),
            Err(problem) => {
                console.error(&problem);
                results.whole = false;
            }
        }
    }

    /// Ends with an input. One of which something could not be read or written is done again by a later run.
    pub(crate) fn end(&mut self, input: &Path, stamp: Option<Stamp>, results: Results, console: &Console) {
        self.failed += usize::from(!results.whole);
        if let Some(stamp) = stamp.filter(|_| results.whole)
            && let Err(problem) = self.journal.add(input, stamp, results.written)
        {
            console.warn(&problem);
        }
    }
}
