//! The labelled fields above the tables: each value stands beside its label, before it or behind it.

use std::ops::Range;

use jixiao_core::vocab::Label;

use super::words::{Sort, Word};
use super::{Sheet, UNSURE};
use crate::raw::{RawCell, RawField};

/// A run of text and the labels beside it, as indices of words.
#[derive(Debug)]
struct Run {
    words: Range<usize>,
    before: Option<usize>,
    after: Option<usize>,
}

/// Reads the fields among the words of `zone`.
pub(super) fn read(sheet: &mut Sheet, zone: Range<usize>) {
    let mut runs = runs(sheet.words, zone);
    spread(sheet, &mut runs);
    while !runs.is_empty() {
        let sure = runs.iter().position(|run| run.before.is_some() != run.after.is_some());
        let run = runs.swap_remove(sure.unwrap_or(0));
        let Some(label) = run.before.or(run.after) else { continue };
        let cell = sheet.cell(run.words.clone());
        put(sheet, label, cell.map(|cell| if sure.is_some() { cell } else { doubted(cell) }));
        for other in &mut runs {
            other.before = other.before.filter(|taken| *taken != label);
            other.after = other.after.filter(|taken| *taken != label);
        }
    }
}

fn doubted(cell: RawCell) -> RawCell {
    RawCell { doubt: Some(UNSURE.to_owned()), ..cell }
}

fn runs(words: &[Word], zone: Range<usize>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let field = |at: usize| words.get(at).is_some_and(Word::is_field).then_some(at);
    for at in zone.clone() {
        if words.get(at).is_none_or(|word| word.sort != Sort::Text) {
            continue;
        }
        match runs.last_mut().filter(|run| run.words.end == at) {
            Some(run) => run.words.end = at + 1,
            None => runs.push(Run { words: at..at + 1, before: at.checked_sub(1).and_then(field), after: None }),
        }
    }
    for run in &mut runs {
        run.after = field(run.words.end).filter(|at| zone.contains(at));
    }
    runs.retain(|run| run.before.is_some() || run.after.is_some());
    runs
}

/// Several labels and behind them as many values, in the same order.
fn spread(sheet: &mut Sheet, runs: &mut Vec<Run>) {
    let words = sheet.words;
    runs.retain(|run| {
        let count = run.words.len();
        let Some(first) = run.words.start.checked_sub(count).filter(|_| count > 1) else { return true };
        if !(first..run.words.start).all(|at| words.get(at).is_some_and(Word::is_field)) {
            return true;
        }
        for (label, value) in (first..).zip(run.words.clone()) {
            let cell = sheet.cell(value..value + 1);
            put(sheet, label, cell.map(doubted));
        }
        false
    });
}

fn put(sheet: &mut Sheet, label: usize, cell: Option<RawCell>) {
    let name = sheet.cell(label..label + 1);
    let raw = &mut sheet.raw;
    let slot = match sheet.words.get(label).and_then(Word::label) {
        Some(Label::ProjectName) => &mut raw.project_name,
        Some(Label::Department) => &mut raw.department,
        Some(Label::Unit) => &mut raw.unit,
        Some(Label::TotalScore) => &mut raw.total_score,
        Some(Label::Extra) => {
            raw.extra.extend(name.zip(cell).map(|(name, cell)| RawField { label: name.text, cell }));
            return;
        }
        _ => return,
    };
    if slot.is_none() {
        *slot = cell;
    }
}
