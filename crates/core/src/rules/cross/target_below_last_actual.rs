//! X402.

use super::lowering::{EasyTarget, easy_targets};
use super::{CrossReport, Pair};
use crate::rules::Location;
use crate::rules::audit::{Violation, named};
use crate::{Decimal, IndicatorField};

struct TargetBelowLastActual<'a>(EasyTarget<'a>);

impl Violation for TargetBelowLastActual<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.0.same.row, IndicatorField::Target)
    }

    fn message(&self) -> String {
        let easy = &self.0;
        let (target, actual) = (easy.target(), easy.actual_before());
        format!("{}的年度指标值为 {target}，上年已完成 {actual}，目标值没有达到上年的水平", named(easy.same.now))
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.0.value)
    }
}

pub(in crate::rules) fn check(pair: &Pair<'_>, report: &mut CrossReport<'_>) {
    for easy in easy_targets(pair).filter(|easy| !easy.lowered) {
        let before = Location::indicator(easy.same.row_before, IndicatorField::Actual);
        pair.report(report, &TargetBelowLastActual(easy), before);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::cross::testing::{last_year, since};
    use crate::rules::testing::{dec, place, valid_form};

    #[test]
    fn an_unchanged_target_that_last_year_bettered_is_found() {
        let found = since("X402", last_year(), valid_form());
        let places: Vec<_> = found.iter().map(|found| found.place()).collect();
        assert_eq!(places, [place(2, "target"), place(4, "target")]);
        assert_eq!(
            found[1].finding.message,
            "指标「市民满意度」的年度指标值为 ≥90%，上年已完成 95%，目标值没有达到上年的水平"
        );
    }

    #[test]
    fn a_target_at_last_years_level_or_lowered_is_not_found() {
        let mut now = valid_form();
        now.indicators[2].target.value = dec("19.2");
        now.indicators[4].target.value = dec("85");
        assert!(since("X402", last_year(), now).is_empty());
    }

    #[test]
    fn without_a_number_last_year_nothing_is_found() {
        let mut before = last_year();
        before.indicators.iter_mut().for_each(|indicator| indicator.actual.value = None);
        assert!(since("X402", before, valid_form()).is_empty());
    }
}
