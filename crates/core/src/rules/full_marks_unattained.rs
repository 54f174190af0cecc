//! S303.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, named, quantity_inputs, rounded, shown};
use super::hypotheses::{Hypothesis, rounded_first};
use super::location::Location;
use crate::exact::Exact;
use crate::profile::Reverse;
use crate::scoring::Quantity;
use crate::{Indicator, IndicatorField};

struct FullMarksUnattained<'a> {
    row: usize,
    indicator: &'a Indicator,
    quantity: Quantity,
    score: Decimal,
    weight: Decimal,
    reverse: Reverse,
    /// The score that the profile's formula gives.
    rule_score: Option<Exact>,
}

impl Violation for FullMarksUnattained<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Score)
    }

    fn message(&self) -> String {
        let Quantity { comparator, target, actual } = self.quantity;
        let (whose, sign, score) = (named(self.indicator), comparator.sign(), self.score);
        format!("{whose}目标 {sign}{target}，实际 {actual}，未达标却得满分 {score}")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.score)
    }

    fn expected(&self) -> Option<Decimal> {
        self.rule_score.as_ref().and_then(rounded)
    }

    fn arithmetic(&self) -> Option<String> {
        let rule_score = self.rule_score.as_ref()?;
        Some(format!("{} = {}", self.quantity.arithmetic(self.weight, self.reverse), shown(rule_score)))
    }

    fn inputs(&self) -> Vec<Location> {
        quantity_inputs(self.row)
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        let rounded =
            self.quantity.rule_share(self.reverse).and_then(|share| rounded_first(self.score, self.weight, &share));
        rounded.into_iter().collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, indicator, quantity) in audit.quantities() {
        let (Some(score), Some(weight)) = (indicator.score, indicator.weight) else { continue };
        if quantity.falls_short() && score >= weight {
            let reverse = audit.profile.reverse;
            let rule_score = quantity.rule_score(weight, reverse);
            report.push(&FullMarksUnattained { row, indicator, quantity, score, weight, reverse, rule_score });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn full_marks_for_a_missed_target_are_found() {
        let mut form = valid_form();
        form.indicators[0].actual.value = dec("9");
        form.indicators[2].actual.value = dec("25");
        assert_eq!(places("S303", &form), [place(0, "score"), place(2, "score")]);
        let findings = found("S303", &form);
        assert_eq!(findings[0].message, "指标「修缮步道长度」目标 ≥10，实际 9，未达标却得满分 20");
        assert_eq!((findings[0].expected, findings[1].expected), (dec("18"), dec("8")));
    }

    #[test]
    fn a_target_just_met_is_not_found() {
        let mut form = valid_form();
        form.indicators[0].actual.value = dec("10.00");
        form.indicators[2].actual.value = dec("20");
        assert!(found("S303", &form).is_empty());
    }

    #[test]
    fn one_short_of_a_strict_target_misses_it_by_no_share() {
        let mut form = valid_form();
        form.indicators[0].target.comparator = Some(crate::Comparator::Greater);
        assert!(found("S303", &form).is_empty());
    }

    #[test]
    fn without_an_actual_or_with_conflicting_units_nothing_is_found() {
        let mut form = valid_form();
        form.indicators[0].actual.value = dec("9");
        form.indicators[0].actual.unit = Some("米".to_owned());
        assert!(found("S303", &form).is_empty());
        form.indicators[0].actual.unit = None;
        assert_eq!(found("S303", &form).len(), 1);
        form.indicators[0].actual.value = None;
        assert!(found("S303", &form).is_empty());
    }
}
