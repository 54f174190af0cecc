//! Amounts in 元 among amounts in 万元, or the other way round.

use super::{Hypothesis, HypothesisKind};
use crate::Decimal;
use crate::exact::{Exact, Interval};
use crate::rules::location::Location;

/// 元 in a 万元.
const FACTOR: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
/// A match proves something only where it could easily have failed: the printed number is at least this many times as
/// large as half a unit of its last decimal.
const LEAST_PRECISION: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

/// What an amount is in the other unit, with the words for it.
pub(super) fn conversions(amount: &Exact) -> Vec<(Exact, &'static str)> {
    let to_larger = amount.clone().over(FACTOR).map(|converted| (converted, "由元折合为万元"));
    to_larger.into_iter().chain([(amount.clone() * FACTOR, "由万元折合为元")]).collect()
}

/// True where `printed` stands for `number`, and is precise enough for that to be no accident.
pub(super) fn closely(printed: Decimal, number: &Exact) -> bool {
    let half_unit = Exact::from(Decimal::new(5, printed.scale().saturating_add(1).min(Decimal::MAX_SCALE)));
    let is_precise = Exact::from(printed) >= half_unit * LEAST_PRECISION;
    is_precise && Interval::of(printed, printed.scale()).contains(number)
}

/// The explanation of a budget that was adjusted by the factor between the units and nothing else.
pub(in crate::rules) fn adjusted_by_unit(initial: (Decimal, Location), annual: Decimal) -> Option<Hypothesis> {
    let (initial, place) = initial;
    let same = |(converted, words): (Exact, &'static str)| (closely(annual, &converted)).then_some(words);
    let words = conversions(&Exact::from(initial)).into_iter().find_map(same)?;
    let message = format!("年初预算数 {initial} {words}即全年预算数 {annual}，两栏的单位可能不同");
    let sign = if Exact::from(annual) < Exact::from(initial) { '÷' } else { '×' };
    let found = Hypothesis::new(HypothesisKind::UnitConfused, message, format!("{initial} {sign} 10000 = {annual}"));
    Some(found.blaming([place]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FundField;
    use crate::rules::testing::dec;

    fn adjusted(initial: &str, annual: &str) -> Option<String> {
        let place = Location::fund(0, FundField::InitialBudget);
        adjusted_by_unit((dec(initial)?, place), dec(annual)?).map(|found| found.arithmetic)
    }

    #[test]
    fn the_same_amount_in_the_other_unit_is_seen() {
        assert_eq!(adjusted("3456789.00", "345.68").as_deref(), Some("3456789.00 ÷ 10000 = 345.68"));
        assert_eq!(adjusted("345.5", "3455000").as_deref(), Some("345.5 × 10000 = 3455000"));
    }

    #[test]
    fn another_amount_is_not() {
        assert_eq!(adjusted("3456789.00", "345.67"), None);
        assert_eq!(adjusted("345.5", "3455001"), None);
        assert_eq!(adjusted("0", "0"), None);
    }

    #[test]
    fn a_match_of_a_single_digit_proves_nothing() {
        assert!(closely(dec("12").unwrap(), &Exact::from(dec("12.3").unwrap())));
        assert!(!closely(dec("0.01").unwrap(), &Exact::from(dec("0.012").unwrap())));
        assert!(!closely(dec("0").unwrap(), &Exact::zero()));
    }
}
