//! The figures of the total row.

use std::ops::Range;

use super::ink::{Gap, Ink};
use crate::value;

/// The figures behind 总分.
#[derive(Debug, Clone, Default)]
pub(super) struct Total {
    /// The cells: weight, score, grade, as far as printed.
    pub(super) cells: Vec<Range<usize>>,
    /// In hundredths.
    pub(super) weight: Option<i64>,
    /// In hundredths.
    pub(super) score: Option<i64>,
    /// The figures are glued and could be parted otherwise.
    pub(super) doubt: bool,
}

/// A number in hundredths.
pub(super) fn hundredths(plain: &str) -> Option<i64> {
    use rust_decimal::prelude::ToPrimitive;
    let number = value::points(plain)?;
    number.checked_mul(jixiao_core::Decimal::ONE_HUNDRED)?.to_i64()
}

/// The cells of `points`: what stands between blanks; glued figures begin with the full weight.
pub(super) fn read(ink: &Ink, points: Range<usize>) -> Total {
    let mut cells: Vec<Range<usize>> = Vec::new();
    for at in points.clone() {
        let digit = |at: usize| ink.char(at).is_some_and(|c| c.is_ascii_digit() || c == '.');
        let begins = at == points.start || ink.gap(at) > Gap::None || !digit(at) || !digit(at - 1);
        match cells.last_mut().filter(|_| !begins) {
            Some(cell) => cell.end = at + 1,
            None => cells.push(at..at + 1),
        }
    }
    let doubt = part_glued(ink, &mut cells);
    let number = |at: usize| cells.get(at).and_then(|cell: &Range<usize>| hundredths(&ink.plain(cell.clone())));
    let (weight, score) = (number(0), number(1));
    Total { weight: weight.filter(|_| score.is_some()), score, cells, doubt }
}

/// Parts `10096.5` into the full weight and the score; `true` where other readings are left.
fn part_glued(ink: &Ink, cells: &mut Vec<Range<usize>>) -> bool {
    const FULL: &str = "100";
    let Some(first) = cells.first().cloned() else { return false };
    let plain = ink.plain(first.clone());
    let Some(rest) = plain.strip_prefix(FULL).filter(|rest| !rest.is_empty()) else { return false };
    if cells.get(1).is_some_and(|next| ink.char(next.start).is_some_and(|c| c.is_ascii_digit())) {
        return false;
    }
    let cents = rest.strip_prefix(".00").filter(|rest| !rest.is_empty());
    let (length, rest) = cents.map_or((FULL.len(), rest), |rest| (FULL.len() + 3, rest));
    let whole = hundredths(rest).is_some_and(|score| (0..=10_000).contains(&score)) && !rest.starts_with('.');
    if !whole {
        return false;
    }
    let cut = first.start + length;
    cells.splice(..1, [first.start..cut, cut..first.end]);
    false
}
