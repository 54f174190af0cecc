//! S302.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, difference, rounded, shown};
use super::finding::Location;
use crate::exact::Exact;
use crate::scoring::{POINTS_TOLERANCE, differs};

struct ScoresSum {
    reported: Decimal,
    sum: Exact,
    indicators: Exact,
    funds: Option<Decimal>,
}

impl ScoresSum {
    fn find(audit: Audit<'_>) -> Option<Self> {
        let reported = audit.form.total.score?;
        let funds = audit.total_row().and_then(|(_, total)| total.score);
        let scores = || audit.form.indicators.iter().map(|indicator| indicator.score);
        if funds.is_none() && scores().all(|score| score.is_none()) {
            return None;
        }
        let indicators = Exact::sum(scores());
        let sum = indicators.clone() + Exact::sum([funds]);
        differs(reported, &sum, POINTS_TOLERANCE).then_some(Self { reported, sum, indicators, funds })
    }
}

impl Violation for ScoresSum {
    fn location(&self) -> Location {
        Location::total("score")
    }

    fn message(&self) -> String {
        let Self { reported, sum, indicators, funds } = self;
        let funds = funds.map_or_else(String::new, |score| format!(" + 执行率 {score}"));
        let (shown_sum, indicators, difference) = (shown(sum), shown(indicators), difference(*reported, sum));
        format!("总分填为 {reported}，各项得分合计为 {shown_sum}（指标 {indicators}{funds}），相差 {difference}")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.reported)
    }

    fn expected(&self) -> Option<Decimal> {
        rounded(&self.sum)
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
