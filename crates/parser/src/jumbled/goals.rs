//! The two goal texts.

use std::ops::Range;

use jixiao_core::vocab::Label;

use super::words::Sort;
use super::{Sheet, UNSURE};
use crate::raw::RawCell;

/// Reads the goal texts among the words of `zone`.
pub(super) fn read(sheet: &mut Sheet, zone: Range<usize>) {
    let label = |wanted: Label| zone.clone().find(|at| sheet.label(*at) == Some(wanted));
    let (expected, actual) = (label(Label::Expected), label(Label::Actual));
    let texts: Vec<usize> = zone.clone().filter(|at| sheet.is_free(*at) && sheet.sort(*at) == Sort::Text).collect();
    let between = expected.zip(actual).map(|(expected, actual)| expected..actual).unwrap_or_default();
    let (first, rest): (Vec<usize>, Vec<usize>) = texts.iter().partition(|at| between.contains(at));
    if !first.is_empty() {
        sheet.raw.expected = sheet.cell_of(&first);
        sheet.raw.actual = sheet.cell_of(&rest);
        return;
    }
    let (cut, sure) = cut(sheet, &rest);
    let (first, second) = rest.split_at(cut);
    let doubt = |cell: RawCell| RawCell { doubt: (!sure).then(|| UNSURE.to_owned()), ..cell };
    sheet.raw.expected = sheet.cell_of(first).map(doubt);
    sheet.raw.actual = sheet.cell_of(second).map(doubt);
}

/// Where the second text begins, and whether nothing else is possible: behind the one word that ends a sentence.
fn cut(sheet: &Sheet, texts: &[usize]) -> (usize, bool) {
    let last = texts.len().saturating_sub(1);
    let ends = (1..=last).filter(|cut| texts.get(cut - 1).is_some_and(|at| sheet.ends_sentence(*at)));
    let ends: Vec<usize> = ends.collect();
    match ends.as_slice() {
        [only] => (*only, true),
        _ => (ends.get(ends.len() / 2).copied().unwrap_or(texts.len().min(1)), false),
    }
}
