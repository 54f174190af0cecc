//! W201.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, shown_sum, sum_in_words, summed};
use super::location::Location;
use super::points::Points;
use crate::exact::Exact;
use crate::scoring::{FULL_POINTS, POINTS_TOLERANCE, differs};

struct WeightsSum {
    sum: Exact,
    indicators: Exact,
    /// Every weight with its place, in the order of the form.
    parts: Vec<(Location, Decimal)>,
    funds: Option<Decimal>,
    /// The total weight as printed.
    printed: Option<Decimal>,
}

impl WeightsSum {
    fn total(&self) -> Decimal {
        self.printed.unwrap_or(FULL_POINTS)
    }
}

impl Violation for WeightsSum {
    fn location(&self) -> Location {
        Location::total("weight")
    }

    fn message(&self) -> String {
        let funds = self.funds.map_or_else(String::new, |weight| format!(" + 执行率 {weight}"));
        let total = if self.printed.is_some() { "总分值" } else { "满分" };
        let (sum, indicators) = (shown_sum(&self.sum), shown_sum(&self.indicators));
        format!("分值合计为 {sum}（指标 {indicators}{funds}），不等于{total} {}", self.total())
    }

    fn reported(&self) -> Option<Decimal> {
        summed(&self.sum)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.total())
    }

    fn arithmetic(&self) -> Option<String> {
        Some(sum_in_words(self.parts.iter().map(|(_, weight)| *weight), &self.sum))
    }

    fn inputs(&self) -> Vec<Location> {
        self.parts.iter().map(|(place, _)| place.clone()).collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if !audit.is_weighted() {
        return;
    }
    let Points { parts, indicators, funds, sum } = Points::weights(audit);
    let found = WeightsSum { sum, indicators, parts, funds, printed: audit.form.total.weight };
    if differs(found.total(), &found.sum, POINTS_TOLERANCE) {
        report.push(&found);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn weights_that_do_not_add_up_are_found() {
        let mut form = valid_form();
        form.indicators[0].weight = dec("15");
        assert_eq!(places("W201", &form), [place(None, "weight")]);
        let finding = &found("W201", &form)[0];
        assert_eq!(finding.message, "分值合计为 95（指标 85 + 执行率 10），不等于总分值 100");
        assert_eq!((finding.reported, finding.expected), (dec("95"), dec("100")));
        form.total.weight = None;
        assert!(found("W201", &form)[0].message.ends_with("不等于满分 100"));
    }

    #[test]
    fn a_hundredth_is_tolerated_and_a_missing_weight_is_nothing() {
        let mut form = valid_form();
        form.indicators[0].weight = dec("19.99");
        assert!(found("W201", &form).is_empty());
        form.indicators[0].weight = None;
        form.indicators[1].weight = dec("40");
        assert!(found("W201", &form).is_empty());
    }

    #[test]
    fn a_form_without_weights_is_not_judged() {
        let mut form = valid_form();
        form.indicators.iter_mut().for_each(|indicator| indicator.weight = None);
        assert!(found("W201", &form).is_empty());
    }
}
