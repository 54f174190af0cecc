//! I502.

use super::audit::{Audit, Report, Violation, named};
use super::location::Location;
use crate::scoring::units_conflict;
use crate::{Indicator, IndicatorField};

struct UnitConflict<'a> {
    row: usize,
    indicator: &'a Indicator,
}

impl Violation for UnitConflict<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Actual)
    }

    fn message(&self) -> String {
        let printed = |unit: &Option<String>| unit.clone().unwrap_or_default();
        let (target, actual) = (printed(&self.indicator.target.unit), printed(&self.indicator.actual.unit));
        format!("{}的年度指标值以「{target}」计，实际完成值以「{actual}」计，无法比较", named(self.indicator))
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, indicator) in audit.indicators() {
        if units_conflict(&indicator.target, &indicator.actual) {
            report.push(&UnitConflict { row, indicator });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn different_units_are_found() {
        let mut form = valid_form();
        form.indicators[0].actual.unit = Some("米".to_owned());
        assert_eq!(places("I502", &form), [place(0, "actual")]);
        assert_eq!(
            found("I502", &form)[0].message,
            "指标「修缮步道长度」的年度指标值以「公里」计，实际完成值以「米」计，无法比较"
        );
    }

    #[test]
    fn spellings_of_percent_are_one_unit() {
        let mut form = valid_form();
        for unit in ["％", "%", "百分比", " % "] {
            form.indicators[3].actual.unit = Some(unit.to_owned());
            assert!(found("I502", &form).is_empty(), "{unit}");
        }
    }

    #[test]
    fn a_missing_unit_never_conflicts() {
        let mut form = valid_form();
        form.indicators[0].actual.unit = None;
        assert!(found("I502", &form).is_empty());
    }
}
