//! I501.

use super::audit::{Audit, Report, Violation, named};
use super::location::Location;
use crate::fold::without_space;
use crate::{Indicator, IndicatorField};

struct QualitativeCopied<'a> {
    row: usize,
    indicator: &'a Indicator,
}

impl Violation for QualitativeCopied<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Actual)
    }

    fn message(&self) -> String {
        format!("{}的实际完成值与年度指标值一字不差，没有说明实际完成情况", named(self.indicator))
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, indicator) in audit.indicators() {
        let (Some(target), Some(actual)) = (&indicator.target.text, &indicator.actual.text) else { continue };
        if indicator.target.value.is_none() && without_space(target) == without_space(actual) {
            report.push(&QualitativeCopied { row, indicator });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn a_copied_target_is_found_white_space_aside() {
        let mut form = valid_form();
        form.indicators[1].actual.text = Some("验收 合格\n".to_owned());
        assert_eq!(places("I501", &form), [place(1, "actual")]);
        assert_eq!(
            found("I501", &form)[0].message,
            "指标「工程质量」的实际完成值与年度指标值一字不差，没有说明实际完成情况"
        );
    }

    #[test]
    fn a_quantity_may_be_equal_and_one_character_makes_a_difference() {
        let mut form = valid_form();
        form.indicators[0].actual.text = form.indicators[0].target.text.clone();
        form.indicators[1].actual.text = Some("验收合格。".to_owned());
        assert!(found("I501", &form).is_empty());
    }

    #[test]
    fn without_texts_nothing_is_found() {
        let mut form = valid_form();
        form.indicators[1].target.text = None;
        form.indicators[1].actual.text = None;
        assert!(found("I501", &form).is_empty());
    }
}
