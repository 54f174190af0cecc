//! Many inputs at once: work in parallel, results in input order, memory for a few inputs only.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::args::Inputs;
use crate::console::Console;
use crate::input::{Input, Loaded, Skipped, collect, load};
use crate::interrupt;
use crate::messages::Problem;
use crate::output::{Interrupted, WriteFailure};

/// Inputs taken in hand at once, for each thread: enough to keep all busy, few enough to keep memory flat. The results
/// of as many more wait to be told.
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
    in_turn(&inputs, step, |result| {
        let Some((report, result)) = result else {
            return Err(WriteFailure::Interrupted(Interrupted { done, total: inputs.len() }));
        };
        report.tell(console, &mut tally);
        emit(result, console)?;
        console.advance();
        done += 1;
        Ok(())
    })?;
    console.end_progress();
    if tally.ignored > 0 {
        console.note(format!("跳过文件夹中 {} 个不是文档的文件", tally.ignored));
    }
    Ok(tally)
}

/// Does `work` on each of `items` in parallel and hands what comes of it to `tell`, in order; `None` stands for what was
/// not done because the person asked to stop. Nothing more is begun once `tell` has failed.
fn in_turn<I: Sync, O: Send>(
    items: &[I],
    work: impl Fn(&I) -> O + Sync,
    mut tell: impl FnMut(Option<O>) -> Result<(), WriteFailure>,
) -> Result<(), WriteFailure> {
    let failed = AtomicBool::new(false);
    let given_up = || interrupt::asked() || failed.load(Ordering::Relaxed);
    let results_of = |chunk: &[I]| chunk.par_iter().map(|item| (!given_up()).then(|| work(item))).collect();
    let mut chunks = items.chunks(CHUNK_PER_THREAD * rayon::current_num_threads());
    let mut ready: Option<Vec<Option<O>>> = chunks.next().map(results_of);
    while let Some(results) = ready.take() {
        // The next chunk is in hand while this one is told, so that no thread waits for the output.
        rayon::in_place_scope(|scope| {
            if let Some(chunk) = chunks.next() {
                scope.spawn(|_| ready = Some(results_of(chunk)));
            }
            let told = results.into_iter().try_for_each(&mut tell);
            failed.store(told.is_err(), Ordering::Relaxed);
            told
        })?;
    }
    Ok(())
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn results_are_told_in_the_order_of_the_inputs() {
        let items: Vec<usize> = (0..500).collect();
        let mut told = Vec::new();
        let told_all = in_turn(
            &items,
            |item| *item,
            |item| {
                told.extend(item);
                Ok(())
            },
        );
        assert!(told_all.is_ok());
        assert_eq!(told, items);
    }

    #[test]
    fn nothing_more_is_begun_once_nobody_listens() {
        let items = vec![(); 100_000];
        let begun = AtomicUsize::new(0);
        let told = in_turn(&items, |()| begun.fetch_add(1, Ordering::Relaxed), |_| Err(WriteFailure::Closed));
        assert!(matches!(told, Err(WriteFailure::Closed)));
        assert!(begun.into_inner() <= 2 * CHUNK_PER_THREAD * rayon::current_num_threads());
    }
}
