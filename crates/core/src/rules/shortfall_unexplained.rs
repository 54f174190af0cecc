//! D401.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, named, quantity_inputs};
use super::location::Location;
use crate::scoring::Quantity;
use crate::{Indicator, IndicatorField};

struct ShortfallUnexplained<'a> {
    row: usize,
    indicator: &'a Indicator,
    quantity: Quantity,
}

impl Violation for ShortfallUnexplained<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Deviation)
    }

    fn message(&self) -> String {
        let Quantity { comparator, target, actual } = self.quantity;
        let (whose, sign) = (named(self.indicator), comparator.sign());
        format!("{whose}目标 {sign}{target}，实际 {actual}，未达标，须说明偏差原因及改进措施")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.quantity.actual)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.quantity.target)
    }

    fn inputs(&self) -> Vec<Location> {
        quantity_inputs(self.row)
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, indicator, quantity) in audit.quantities() {
        if quantity.falls_short() && indicator.deviation.is_none() {
            report.push(&ShortfallUnexplained { row, indicator, quantity });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_missed_target_without_a_reason_is_found() {
        let mut form = valid_form();
        form.indicators[3].deviation = None;
        form.indicators[2].actual.value = dec("20.1");
        assert_eq!(places("D401", &form), [place(2, "deviation"), place(3, "deviation")]);
        assert_eq!(
            found("D401", &form)[1].message,
            "指标「游客增长率」目标 ≥15，实际 14，未达标，须说明偏差原因及改进措施"
        );
    }

    #[test]
    fn a_missed_target_with_a_reason_and_a_target_of_zero_are_not_found() {
        let mut form = valid_form();
        form.indicators[0].target.value = dec("0");
        form.indicators[0].actual.value = dec("-1");
        assert!(found("D401", &form).is_empty());
    }

    #[test]
    fn without_a_target_value_nothing_is_found() {
        let mut form = valid_form();
        form.indicators[3].deviation = None;
        form.indicators[3].target.value = None;
        assert!(found("D401", &form).is_empty());
    }
}
