//! S305.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, named, quantity_inputs};
use super::hypotheses::{Hypothesis, actual_as_weight, swapped};
use super::location::Location;
use crate::scoring::Quantity;
use crate::{Indicator, IndicatorField};

struct DeductionUnexplained<'a> {
    row: usize,
    indicator: &'a Indicator,
    quantity: Quantity,
    score: Decimal,
    weight: Decimal,
    hypotheses: Vec<Hypothesis>,
}

impl Violation for DeductionUnexplained<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Score)
    }

    fn message(&self) -> String {
        let Quantity { comparator, target, actual } = self.quantity;
        let Self { score, weight, .. } = self;
        let (whose, sign) = (named(self.indicator), comparator.sign());
        format!("{whose}目标 {sign}{target}，实际 {actual}，已达标却只得 {score}（分值 {weight}），且未说明原因")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.score)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.weight)
    }

    fn inputs(&self) -> Vec<Location> {
        quantity_inputs(self.row)
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        self.hypotheses.clone()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, indicator, quantity) in audit.quantities() {
        let (Some(score), Some(weight)) = (indicator.score, indicator.weight) else { continue };
        if quantity.attained() && score < weight && indicator.deviation.is_none() {
            let found = [swapped(score, |meant| meant == weight), actual_as_weight(audit, row, indicator)];
            let hypotheses = found.into_iter().flatten().collect();
            report.push(&DeductionUnexplained { row, indicator, quantity, score, weight, hypotheses });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_deduction_without_a_reason_is_found() {
        let mut form = valid_form();
        form.indicators[0].score = dec("18");
        assert_eq!(places("S305", &form), [place(0, "score")]);
        assert_eq!(
            found("S305", &form)[0].message,
            "指标「修缮步道长度」目标 ≥10，实际 10，已达标却只得 18（分值 20），且未说明原因"
        );
    }

    #[test]
    fn a_deduction_with_a_reason_is_not_found() {
        let mut form = valid_form();
        form.indicators[0].score = dec("18");
        form.indicators[0].deviation = Some("验收滞后。".to_owned());
        assert!(found("S305", &form).is_empty());
    }

    #[test]
    fn a_qualitative_indicator_and_one_without_weight_are_not_judged() {
        let mut form = valid_form();
        form.indicators[1].score = dec("15");
        form.indicators[0].score = dec("15");
        form.indicators[0].weight = None;
        assert!(found("S305", &form).is_empty());
    }
}
