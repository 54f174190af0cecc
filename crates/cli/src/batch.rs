//! Many inputs at once: work in parallel, results in input order, memory for a few inputs only.

use rayon::prelude::*;

use crate::args::Inputs;
use crate::console::Console;
use crate::input::{Input, Loaded, Skipped, collect, load};
use crate::interrupt;
use crate::messages::Problem;
use crate::output::{Interrupted, WriteFailure};

/// Inputs taken in hand at once, for each thread: enough to keep all busy, few enough to keep memory flat.
const CHUNK_PER_THREAD: usize = 16;

/// What became of a batch.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Inputs of which something could not be read.
    pub(crate) failed: usize,
    /// Forms read.
    pub(crate) forms: usize,
    /// Everything that was reported as not read, in the order of the inputs.
    pub(crate) unread: Vec<Problem>,
    /// Files in folders that are no documents.
    ignored: usize,
}

/// Reads every input, does `work` on each in parallel and hands the results to `emit` in input order, one at a time.
///
/// Problems are reported as they come; `emit` sees only what was read.
pub(crate) fn run<T: Send>(
    arguments: &Inputs,
    console: &mut Console,
    work: impl Fn(Loaded) -> T + Sync,
    emit: impl FnMut(T, &Console) -> Result<(), WriteFailure>,
) -> Result<Tally, WriteFailure> {
    run_on(collect(&arguments.inputs), arguments.max_file_size, console, work, emit)
}

/// As [`run`], on inputs that are collected already.
pub(crate) fn run_on<T: Send>(
    inputs: Vec<Result<Input, Problem>>,
    max_bytes: u64,
    console: &mut Console,
    work: impl Fn(Loaded) -> T + Sync,
    mut emit: impl FnMut(T, &Console) -> Result<(), WriteFailure>,
) -> Result<Tally, WriteFailure> {
    let step = |input: &Result<Input, Problem>| step(input, max_bytes, &work);
    let mut tally = Tally::default();
    let mut done = 0;
    console.start_progress(inputs.len());
    for chunk in inputs.chunks(CHUNK_PER_THREAD * rayon::current_num_threads()) {
        let results: Vec<_> = chunk.par_iter().map(|input| (!interrupt::asked()).then(|| step(input))).collect();
        for result in results {
            let Some((report, result)) = result else {
                return Err(WriteFailure::Interrupted(Interrupted { done, total: inputs.len() }));
            };
            report.tell(console, &mut tally);
            emit(result, console)?;
            console.advance();
            done += 1;
        }
    }
    console.end_progress();
    if tally.ignored > 0 {
        console.note(format!("跳过文件夹中 {} 个不是文档的文件", tally.ignored));
    }
    Ok(tally)
}

/// What is said about an input besides its results.
struct Report {
    problems: Vec<Problem>,
    skipped: Option<Skipped>,
    forms: usize,
}

fn step<T>(input: &Result<Input, Problem>, max_bytes: u64, work: &(impl Fn(Loaded) -> T + Sync)) -> (Report, T) {
    let mut loaded = match input {
        Ok(input) => load(input, max_bytes),
        Err(problem) => Loaded { problems: vec![problem.clone()], ..Loaded::default() },
    };
    let report = Report {
        problems: std::mem::take(&mut loaded.problems),
        skipped: loaded.skipped.take(),
        forms: loaded.records.len(),
    };
    (report, work(loaded))
}

impl Report {
    fn tell(self, console: &Console, tally: &mut Tally) {
        tally.failed += usize::from(!self.problems.is_empty());
        tally.forms += self.forms;
        for problem in self.problems {
            console.error(&problem);
            tally.unread.push(problem);
        }
        match self.skipped {
            Some(Skipped::Unreadable(problem)) => {
                console.warn(&problem);
                tally.unread.push(problem);
            }
            Some(Skipped::Other) => tally.ignored += 1,
            None => {}
        }
    }
}
