//! Explanations of a total that its parts do not add up to.

use super::digits::{swapped, swaps};
use super::unit::{closely, conversions};
use super::{Hypothesis, HypothesisKind};
use crate::Decimal;
use crate::exact::Exact;
use crate::report::place_words;
use crate::rules::audit::shown_sum;
use crate::rules::location::Location;
use crate::scoring::differs;

/// The message names at most this many rows; `places` has them all.
const NAMED_ROWS: usize = 3;

/// A total and its parts, which differ.
pub(in crate::rules) struct Sum<'a> {
    pub(in crate::rules) total: Decimal,
    /// Every part with its place.
    pub(in crate::rules) parts: &'a [(Location, Decimal)],
    /// The sum of the parts.
    pub(in crate::rules) sum: &'a Exact,
    /// By how much the two may differ.
    pub(in crate::rules) tolerance: Decimal,
}

/// A part that the total is right with, instead of the printed one.
struct Substitute {
    part: usize,
    meant: Exact,
    words: &'static str,
}

impl Sum<'_> {
    /// One part left out.
    pub(in crate::rules) fn row_left_out(&self) -> Option<Hypothesis> {
        let rows =
            self.mended_by(|part| vec![(Exact::zero(), "")].into_iter().filter(move |_| !part.is_zero()).collect());
        let value = self.parts.get(rows.first()?.part)?.1;
        let message = format!("不计{}的 {value}，合计正好为 {}", self.named(&rows), self.total);
        let arithmetic = format!("{} − {value} = {}", shown_sum(self.sum), self.total);
        let found = Hypothesis::new(HypothesisKind::RowLeftOut, message, arithmetic);
        Some(found.blaming(self.places(&rows)))
    }

    /// Digits of the total, or of one part, the wrong way round.
    pub(in crate::rules) fn digits_swapped(&self) -> Option<Hypothesis> {
        let is_due = |meant| !differs(meant, self.sum, self.tolerance);
        swapped(self.total, is_due).or_else(|| {
            let rows = self.mended_by(|part| swaps(part).map(|meant| (Exact::from(meant), "")).collect());
            self.substituted(HypothesisKind::DigitsSwapped, &rows, |value, meant| {
                format!("若为 {meant}（所填 {value} 相邻两位数字对调）")
            })
        })
    }

    /// The total, or one part, in the other unit of money.
    pub(in crate::rules) fn unit_confused(&self) -> Option<Hypothesis> {
        self.total_in_other_unit().or_else(|| {
            let is_sizeable =
                |(amount, _): &(Exact, _)| amount.clone().distance(Decimal::ZERO) > Exact::from(self.tolerance);
            let converted = |part| conversions(&Exact::from(part)).into_iter().filter(is_sizeable).collect();
            let rows = self.mended_by(converted);
            let words = rows.first()?.words;
            let told = |value, meant: &str| format!("{value} {words}即 {meant}");
            self.substituted(HypothesisKind::UnitConfused, &rows, told)
        })
    }

    fn total_in_other_unit(&self) -> Option<Hypothesis> {
        let fits = |(converted, _): &(Exact, &str)| closely(self.total, converted);
        let (_, words) = conversions(self.sum).into_iter().find(fits)?;
        let sign = if Exact::from(self.total) < *self.sum { '÷' } else { '×' };
        let message = format!("各行之和{words}即所填的 {}，合计与各行的单位可能不同", self.total);
        let arithmetic = format!("{} {sign} 10000 = {}", shown_sum(self.sum), self.total);
        Some(Hypothesis::new(HypothesisKind::UnitConfused, message, arithmetic))
    }

    /// One part replaced by what stands in another column of its row.
    pub(in crate::rules) fn other_column(
        &self,
        kind: HypothesisKind,
        label: &str,
        other: impl Fn(&Location, Decimal) -> Option<Decimal>,
    ) -> Option<Hypothesis> {
        let others = |(place, part): &(Location, Decimal)| other(place, *part).map(|meant| (Exact::from(meant), ""));
        let rows: Vec<_> =
            self.parts.iter().enumerate().filter_map(|(at, part)| self.mended(at, others(part)?)).collect();
        self.substituted(kind, &rows, |_, meant| format!("若按{label} {meant} 计"))
    }

    /// The parts that one of their alternatives makes the total right with.
    fn mended_by(&self, alternatives: impl Fn(Decimal) -> Vec<(Exact, &'static str)>) -> Vec<Substitute> {
        let with_alternatives = self.parts.iter().enumerate().map(|(at, (_, part))| (at, alternatives(*part)));
        with_alternatives.filter_map(|(at, meant)| meant.into_iter().find_map(|meant| self.mended(at, meant))).collect()
    }

    fn mended(&self, part: usize, (meant, words): (Exact, &'static str)) -> Option<Substitute> {
        let (_, printed) = self.parts.get(part)?;
        let sum = self.sum.clone() - *printed + meant.clone();
        (!differs(self.total, &sum, self.tolerance)).then_some(Substitute { part, meant, words })
    }

    /// The explanation by the first substitute, all of their rows blamed.
    fn substituted(
        &self,
        kind: HypothesisKind,
        rows: &[Substitute],
        told: impl Fn(Decimal, &str) -> String,
    ) -> Option<Hypothesis> {
        let first = rows.first()?;
        let (place, printed) = self.parts.get(first.part)?;
        let meant = shown_sum(&first.meant);
        let message = format!("{}{}，合计正好为 {}", place_words(place), told(*printed, &meant), self.total);
        let arithmetic = format!("{} − {printed} + {meant} = {}", shown_sum(self.sum), self.total);
        Some(Hypothesis::new(kind, message, arithmetic).blaming(self.places(rows)))
    }

    fn places(&self, rows: &[Substitute]) -> Vec<Location> {
        rows.iter().filter_map(|row| self.parts.get(row.part)).map(|(place, _)| place.clone()).collect()
    }

    fn named(&self, rows: &[Substitute]) -> String {
        let places: Vec<_> = self.places(rows).iter().take(NAMED_ROWS).map(place_words).collect();
        let more = if rows.len() > NAMED_ROWS { format!("等 {} 行之一", rows.len()) } else { String::new() };
        places.join("或") + &more
    }
}

#[cfg(test)]
mod tests;
