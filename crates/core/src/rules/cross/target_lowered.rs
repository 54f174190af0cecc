//! X401.

use super::lowering::{EasyTarget, easy_targets};
use super::{CrossReport, Pair};
use crate::rules::Location;
use crate::rules::audit::{Violation, named};
use crate::{Decimal, IndicatorField};

struct TargetLowered<'a>(EasyTarget<'a>);

impl Violation for TargetLowered<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.0.same.row, IndicatorField::Target)
    }

    fn message(&self) -> String {
        let easy = &self.0;
        format!(
            "{}的年度指标值由上年的 {} 降为 {}，低于上年实际完成值 {} 的水平",
            named(easy.same.now),
            easy.target_before(),
            easy.target(),
            easy.actual_before()
        )
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.0.value)
    }
}

pub(in crate::rules) fn check(pair: &Pair<'_>, report: &mut CrossReport<'_>) {
    for easy in easy_targets(pair).filter(|easy| easy.lowered) {
        let before = Location::indicator(easy.same.row_before, IndicatorField::Actual);
        pair.report(report, &TargetLowered(easy), before);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::cross::testing::{last_year, since};
    use crate::rules::testing::{dec, place, valid_form};

    #[test]
    fn a_target_lowered_below_last_years_actual_is_found() {
        let mut now = valid_form();
        now.indicators[4].target.value = dec("85");
        now.indicators[4].target.text = Some("≥85%".to_owned());
        let found = since("X401", last_year(), now);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place(), place(4, "target"));
        assert_eq!(
            found[0].finding.message,
            "指标「市民满意度」的年度指标值由上年的 ≥90% 降为 ≥85%，低于上年实际完成值 95% 的水平"
        );
        let elsewhere = &found[0].elsewhere[0];
        assert!(elsewhere.previous && elsewhere.year == Some(2022));
        assert_eq!(elsewhere.location.field.as_deref(), Some("actual"));
    }

    #[test]
    fn a_ceiling_is_lowered_by_raising_it() {
        let mut now = valid_form();
        now.indicators[2].target.value = dec("22");
        assert_eq!(since("X401", last_year(), now.clone())[0].place(), place(2, "target"));
        now.indicators[2].target.value = dec("19");
        assert!(since("X401", last_year(), now).is_empty());
    }

    #[test]
    fn a_target_that_last_year_did_not_reach_may_be_lowered() {
        let mut now = valid_form();
        now.indicators[3].target.value = dec("14");
        assert!(since("X401", last_year(), now).is_empty());
    }

    #[test]
    fn without_numbers_or_in_other_units_nothing_is_found() {
        let mut now = valid_form();
        now.indicators[4].target.value = dec("85");
        let mut before = last_year();
        before.indicators[4].actual.value = None;
        assert!(since("X401", before, now.clone()).is_empty());
        let mut before = last_year();
        before.indicators[4].actual.unit = Some("分".to_owned());
        assert!(since("X401", before, now.clone()).is_empty());
        let mut before = last_year();
        before.indicators[4].target.value = None;
        assert!(since("X401", before, now).is_empty());
    }
}
