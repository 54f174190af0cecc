//! D402.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, named, shown};
use super::location::Location;
use crate::exact::Exact;
use crate::scoring::Quantity;
use crate::{Indicator, IndicatorField};

struct OvershootUnexplained<'a> {
    row: usize,
    indicator: &'a Indicator,
    quantity: Quantity,
    /// The excess as a share of the target.
    excess: Exact,
}

impl<'a> OvershootUnexplained<'a> {
    fn of(audit: Audit<'_>, row: usize, indicator: &'a Indicator, quantity: Quantity) -> Option<Self> {
        if !quantity.is_forward() || quantity.target <= Decimal::ZERO || indicator.deviation.is_some() {
            return None;
        }
        let excess = quantity.actual_to_target()? - Exact::one();
        (excess > Exact::from(audit.profile.over_attainment)).then_some(Self { row, indicator, quantity, excess })
    }
}

impl OvershootUnexplained<'_> {
    fn percent(&self) -> String {
        shown(&(self.excess.clone() * Decimal::ONE_HUNDRED))
    }
}

impl Violation for OvershootUnexplained<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, IndicatorField::Actual)
    }

    fn message(&self) -> String {
        let Quantity { comparator, target, actual } = self.quantity;
        let (whose, sign) = (named(self.indicator), comparator.sign());
        let excess = self.percent();
        format!("{whose}目标 {sign}{target}，实际 {actual}，超出 {excess}%，须说明原因；目标值偏低的应调减得分")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.quantity.actual)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.quantity.target)
    }

    fn arithmetic(&self) -> Option<String> {
        let Quantity { target, actual, .. } = self.quantity;
        Some(format!("({actual} − {target}) ÷ {target} × 100% = {}%", self.percent()))
    }

    fn inputs(&self) -> Vec<Location> {
        vec![Location::indicator(self.row, IndicatorField::Target)]
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, indicator, quantity) in audit.quantities() {
        if let Some(found) = OvershootUnexplained::of(audit, row, indicator, quantity) {
            report.push(&found);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Comparator;
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_result_far_over_the_target_is_found() {
        let mut form = valid_form();
        form.indicators[0].actual.value = dec("13.5");
        for comparator in [None, Some(Comparator::Equal), Some(Comparator::Greater), Some(Comparator::AtLeast)] {
            form.indicators[0].target.comparator = comparator;
            assert_eq!(places("D402", &form), [place(0, "actual")]);
        }
        assert_eq!(
            found("D402", &form)[0].message,
            "指标「修缮步道长度」目标 ≥10，实际 13.5，超出 35%，须说明原因；目标值偏低的应调减得分"
        );
    }

    #[test]
    fn the_limit_itself_a_reason_and_a_ceiling_are_not_found() {
        let mut form = valid_form();
        form.indicators[0].actual.value = dec("13");
        form.indicators[2].actual.value = dec("200");
        assert!(found("D402", &form).is_empty());
        form.indicators[0].actual.value = dec("30");
        form.indicators[0].deviation = Some("追加任务。".to_owned());
        assert!(found("D402", &form).is_empty());
    }

    #[test]
    fn a_target_of_zero_or_none_is_not_judged() {
        let mut form = valid_form();
        form.indicators[0].actual.value = dec("30");
        for target in [None, dec("0"), dec("-1")] {
            form.indicators[0].target.value = target;
            assert!(found("D402", &form).is_empty());
        }
    }
}
