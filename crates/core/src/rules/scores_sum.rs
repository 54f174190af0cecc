//! S302.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, difference, shown_sum, sum_in_words, summed};
use super::location::Location;
use super::points::Points;
use crate::exact::Exact;
use crate::scoring::{POINTS_TOLERANCE, differs};

struct ScoresSum {
    reported: Decimal,
    sum: Exact,
    indicators: Exact,
    /// Every score with its place, in the order of the form.
    parts: Vec<(Location, Decimal)>,
    funds: Option<Decimal>,
}

impl ScoresSum {
    fn find(audit: Audit<'_>) -> Option<Self> {
        let reported = audit.form.total.score?;
        let Points { parts, indicators, funds, sum } = Points::scores(audit);
        let found = !parts.is_empty() && differs(reported, &sum, POINTS_TOLERANCE);
        found.then_some(Self { reported, sum, indicators, parts, funds })
    }
}

impl Violation for ScoresSum {
    fn location(&self) -> Location {
        Location::total("score")
    }

    fn message(&self) -> String {
        let Self { reported, sum, indicators, funds, .. } = self;
        let funds = funds.map_or_else(String::new, |score| format!(" + 执行率 {score}"));
        let (total, indicators, difference) = (shown_sum(sum), shown_sum(indicators), difference(*reported, sum));
        format!("总分填为 {reported}，各项得分合计为 {total}（指标 {indicators}{funds}），相差 {difference}")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.reported)
    }

    fn expected(&self) -> Option<Decimal> {
        summed(&self.sum)
    }

    fn arithmetic(&self) -> Option<String> {
        Some(sum_in_words(self.parts.iter().map(|(_, score)| *score), &self.sum))
    }

    fn inputs(&self) -> Vec<Location> {
        self.parts.iter().map(|(place, _)| place.clone()).collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(found) = ScoresSum::find(audit) {
        report.push(&found);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_total_that_is_not_the_sum_is_found() {
        let mut form = valid_form();
        form.total.score = dec("98.6");
        assert_eq!(places("S302", &form), [place(None, "score")]);
        let finding = &found("S302", &form)[0];
        assert_eq!(finding.message, "总分填为 98.6，各项得分合计为 97.6（指标 88 + 执行率 9.60），相差 1");
        assert_eq!((finding.reported, finding.expected), (dec("98.6"), dec("97.6")));
    }

    #[test]
    fn a_hundredth_is_tolerated_and_a_missing_score_is_nothing() {
        let mut form = valid_form();
        form.total.score = dec("97.61");
        assert!(found("S302", &form).is_empty());
        form.indicators[0].score = None;
        form.total.score = dec("77.60");
        assert!(found("S302", &form).is_empty());
    }

    #[test]
    fn without_a_total_or_without_scores_nothing_is_found() {
        let mut form = valid_form();
        form.total.score = None;
        assert!(found("S302", &form).is_empty());
        let mut form = valid_form();
        form.funds.rows[0].score = None;
        form.indicators.iter_mut().for_each(|indicator| indicator.score = None);
        assert!(found("S302", &form).is_empty());
    }
}
