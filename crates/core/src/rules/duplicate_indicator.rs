//! I504.

use std::collections::HashMap;

use super::audit::{Audit, Report, Violation, named};
use super::location::Location;
use crate::{Indicator, IndicatorField};

struct DuplicateIndicator<'a> {
    row: usize,
    first: usize,
    indicator: &'a Indicator,
}

impl Violation for DuplicateIndicator<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Level3)
    }

    fn message(&self) -> String {
        let (first, row) = (self.first + 1, self.row + 1);
        format!("第 {row} 行{}与第 {first} 行的指标和年度指标值完全相同", named(self.indicator))
    }

    fn inputs(&self) -> Vec<Location> {
        vec![Location::indicator(self.first, IndicatorField::Level3)]
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let mut seen = HashMap::new();
    for (row, indicator) in audit.indicators() {
        let key = (&indicator.level1, &indicator.level2, &indicator.level3, &indicator.target.text);
        let first = *seen.entry(key).or_insert(row);
        if first != row {
            report.push(&DuplicateIndicator { row, first, indicator });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn every_repetition_is_found() {
        let mut form = valid_form();
        form.indicators.push(form.indicators[1].clone());
        form.indicators.push(form.indicators[1].clone());
        assert_eq!(places("I504", &form), [place(5, "level3"), place(6, "level3")]);
        assert_eq!(found("I504", &form)[0].message, "第 6 行指标「工程质量」与第 2 行的指标和年度指标值完全相同");
    }

    #[test]
    fn another_target_makes_another_indicator() {
        let mut form = valid_form();
        form.indicators.push(form.indicators[1].clone());
        form.indicators[5].target.text = Some("评为优质工程".to_owned());
        assert!(found("I504", &form).is_empty());
    }

    #[test]
    fn missing_targets_and_levels_are_equal_too() {
        let mut form = valid_form();
        form.indicators.truncate(1);
        form.indicators[0].level1 = None;
        form.indicators[0].target.text = None;
        assert!(found("I504", &form).is_empty());
        form.indicators.push(form.indicators[0].clone());
        assert_eq!(places("I504", &form), [place(1, "level3")]);
    }
}
