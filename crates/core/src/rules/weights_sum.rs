//! W201.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, blank_in_words, shown_sum, sum_in_words, summed};
use super::hypotheses::{Hypothesis, HypothesisKind, Sum, actual_as_weight, columns_exchanged};
use super::location::Location;
use super::points::{Points, blank_weights, counterpart};
use crate::exact::Exact;
use crate::scoring::{POINTS_TOLERANCE, differs};

struct WeightsSum<'a>(Audit<'a>);

impl Violation for WeightsSum<'_> {
    fn location(&self) -> Location {
        Location::total("weight")
    }

    fn message(&self) -> String {
        let Points { indicators, funds, sum, .. } = self.0.weights;
        let funds = funds.map_or_else(String::new, |weight| format!(" + 执行率 {weight}"));
        let total = if self.0.form.total.weight.is_some() { "总分值" } else { "满分" };
        let (sum, indicators) = (shown_sum(sum), shown_sum(indicators));
        format!("分值合计为 {sum}（指标 {indicators}{funds}），不等于{total} {}", self.0.total_weight())
    }

    fn reported(&self) -> Option<Decimal> {
        summed(&self.0.weights.sum)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.0.total_weight())
    }

    fn arithmetic(&self) -> Option<String> {
        let Points { parts, sum, .. } = self.0.weights;
        Some(sum_in_words(parts.iter().map(|(_, weight)| *weight), sum))
    }

    fn inputs(&self) -> Vec<Location> {
        self.0.weights.parts.iter().map(|(place, _)| place.clone()).collect()
    }

    fn blanks(&self) -> Vec<(Location, String)> {
        let Self(audit) = self;
        let missing = Exact::from(audit.total_weight()) - audit.weights.sum.clone();
        let places = if missing > Exact::zero() { blank_weights(audit.form, &missing) } else { Vec::new() };
        places.into_iter().map(|place| (place, blank_in_words(&missing))).collect()
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        let Self(audit) = self;
        let Points { parts, sum, .. } = audit.weights;
        let sum = Sum { total: audit.total_weight(), parts, sum, tolerance: POINTS_TOLERANCE };
        let score = |place: &Location, weight| counterpart(audit.form, place).filter(|score| *score > weight);
        let found = [
            columns_exchanged(*audit),
            audit.indicators().find_map(|(row, indicator)| actual_as_weight(*audit, row, indicator)),
            sum.other_column(HypothesisKind::ColumnsExchanged, "得分", score),
            sum.row_left_out(),
            sum.digits_swapped(),
        ];
        found.into_iter().flatten().collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if !audit.is_weighted() {
        return;
    }
    if differs(audit.total_weight(), &audit.weights.sum, POINTS_TOLERANCE) {
        report.push(&WeightsSum(audit));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn weights_that_do_not_add_up_are_found() {
        let mut form = valid_form();
        form.indicators[0].weight = dec("15");
        form.indicators[0].score = dec("15");
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
    fn a_blank_weight_that_would_complete_the_sum_is_named() {
        let mut form = valid_form();
        form.indicators[0].weight = None;
        let related = &found("W201", &form)[0].related;
        let words: Vec<_> = related.iter().map(|place| (place.location.row, place.message.as_str())).collect();
        assert_eq!(words, [(Some(0), "空白，按 0 计；若为 20，合计相符")]);
        form.indicators[0].score = dec("21");
        assert!(found("W201", &form)[0].related.is_empty());
    }

    #[test]
    fn a_form_without_weights_is_not_judged() {
        let mut form = valid_form();
        form.indicators.iter_mut().for_each(|indicator| indicator.weight = None);
        assert!(found("W201", &form).is_empty());
    }
}
