//! S304, and the comparison it shares with S307.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, named, quantity_inputs, rounded, shown};
use super::hypotheses::{Hypothesis, actual_as_weight, rounded_first, swapped};
use super::location::Location;
use crate::exact::Exact;
use crate::scoring::{Quantity, score_agrees};
use crate::{Indicator, IndicatorField};

/// A reduced score of a missed target that is not in proportion to what was achieved.
pub(super) struct Disproportion<'a> {
    audit: Audit<'a>,
    row: usize,
    indicator: &'a Indicator,
    quantity: Quantity,
    weight: Decimal,
    score: Decimal,
    rule_score: Exact,
}

impl<'a> Disproportion<'a> {
    /// Every score on the given side of its rule score.
    pub(super) fn all(audit: Audit<'a>, side: Ordering) -> impl Iterator<Item = Self> {
        audit
            .quantities()
            .filter_map(move |(row, indicator, quantity)| Self::of(audit, row, indicator, quantity))
            .filter(move |found| Exact::from(found.score).cmp(&found.rule_score) == side)
    }

    fn of(audit: Audit<'a>, row: usize, indicator: &'a Indicator, quantity: Quantity) -> Option<Self> {
        let (score, weight) = (indicator.score?, indicator.weight?);
        if quantity.attained() || score >= weight {
            return None;
        }
        let rule_score = quantity.rule_score(weight, audit.profile.reverse)?;
        let found = Self { audit, row, indicator, quantity, weight, score, rule_score };
        (!score_agrees(score, &found.rule_score)).then_some(found)
    }

    fn computation(&self) -> String {
        format!("{} = {}", self.quantity.arithmetic(self.weight, self.audit.profile.reverse), shown(&self.rule_score))
    }
}

impl Violation for Disproportion<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Score)
    }

    fn message(&self) -> String {
        let Self { score, rule_score, .. } = self;
        let side = if Exact::from(*score) > *rule_score { "高于" } else { "低于" };
        format!("{}得分 {score}，{side}按完成比例应得的 {}", named(self.indicator), self.computation())
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.score)
    }

    fn expected(&self) -> Option<Decimal> {
        rounded(&self.rule_score)
    }

    fn arithmetic(&self) -> Option<String> {
        Some(self.computation())
    }

    fn inputs(&self) -> Vec<Location> {
        quantity_inputs(self.row)
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        let Self { audit, row, indicator, quantity, weight, score, ref rule_score } = *self;
        let share = quantity.rule_share(audit.profile.reverse);
        let found = [
            share.and_then(|share| rounded_first(score, weight, &share)),
            swapped(score, |meant| score_agrees(meant, rule_score)),
            actual_as_weight(audit, row, indicator),
        ];
        found.into_iter().flatten().collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for found in Disproportion::all(audit, Ordering::Greater) {
        report.push(&found);
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::{Profile, Reverse};
    use crate::rules::testing::{dec, found, found_under, place, places, valid_form};

    #[test]
    fn a_score_above_the_share_achieved_is_found() {
        let mut form = valid_form();
        form.indicators[3].score = dec("29");
        assert_eq!(places("S304", &form), [place(3, "score")]);
        let finding = &found("S304", &form)[0];
        assert_eq!(finding.message, "指标「游客增长率」得分 29，高于按完成比例应得的 14 ÷ 15 × 30 = 28");
        assert_eq!((finding.reported, finding.expected), (dec("29"), dec("28")));
    }

    #[test]
    fn a_ceiling_exceeded_is_judged_by_the_formula_of_the_profile() {
        let mut form = valid_form();
        form.indicators[2].actual.value = dec("25");
        form.indicators[2].score = dec("8");
        assert!(found("S304", &form).is_empty());
        let linear = Profile { reverse: Reverse::Linear, ..Profile::default() };
        let finding = &found_under(&linear, "S304", &form)[0];
        assert_eq!(finding.message, "指标「单位造价」得分 8，高于按完成比例应得的 10 × [1 − (25 − 20) ÷ 20] = 7.5");
    }

    #[test]
    fn full_marks_and_rounding_are_not_found() {
        let mut form = valid_form();
        form.indicators[3].score = dec("30");
        assert!(found("S304", &form).is_empty());
        form.indicators[3].actual.value = dec("13");
        form.indicators[3].weight = dec("10");
        form.indicators[3].score = dec("8.7");
        assert!(found("S304", &form).is_empty());
    }

    #[test]
    fn without_a_score_or_for_a_share_of_zero_nothing_is_found() {
        let mut form = valid_form();
        form.indicators[3].score = None;
        form.indicators[2].target.value = dec("-1");
        form.indicators[2].actual.value = dec("0");
        form.indicators[2].score = dec("1");
        assert!(found("S304", &form).is_empty());
    }
}
