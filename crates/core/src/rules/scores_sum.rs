//! S302.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, blank_in_words, difference, shown_sum, sum_in_words, summed};
use super::hypotheses::{Hypothesis, HypothesisKind, Sum, columns_exchanged};
use super::location::Location;
use super::points::{Points, blank_scores, counterpart};
use crate::exact::Exact;
use crate::scoring::{POINTS_TOLERANCE, differs};

struct ScoresSum<'a> {
    audit: Audit<'a>,
    reported: Decimal,
    scores: Points,
}

impl<'a> ScoresSum<'a> {
    fn find(audit: Audit<'a>) -> Option<Self> {
        let reported = audit.form.total.score?;
        let scores = Points::scores(audit.form);
        let found = !scores.parts.is_empty() && differs(reported, &scores.sum, POINTS_TOLERANCE);
        found.then_some(Self { audit, reported, scores })
    }
}

impl Violation for ScoresSum<'_> {
    fn location(&self) -> Location {
        Location::total("score")
    }

    fn message(&self) -> String {
        let Self { reported, scores: Points { indicators, funds, sum, .. }, .. } = self;
        let funds = funds.map_or_else(String::new, |score| format!(" + 执行率 {score}"));
        let (total, indicators, difference) = (shown_sum(sum), shown_sum(indicators), difference(*reported, sum));
        format!("总分填为 {reported}，各项得分合计为 {total}（指标 {indicators}{funds}），相差 {difference}")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.reported)
    }

    fn expected(&self) -> Option<Decimal> {
        summed(&self.scores.sum)
    }

    fn arithmetic(&self) -> Option<String> {
        Some(sum_in_words(self.scores.parts.iter().map(|(_, score)| *score), &self.scores.sum))
    }

    fn inputs(&self) -> Vec<Location> {
        self.scores.parts.iter().map(|(place, _)| place.clone()).collect()
    }

    fn blanks(&self) -> Vec<(Location, String)> {
        let missing = Exact::from(self.reported) - self.scores.sum.clone();
        let places = if missing > Exact::zero() { blank_scores(self.audit.form, &missing) } else { Vec::new() };
        places.into_iter().map(|place| (place, blank_in_words(&missing))).collect()
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        let Self { audit, reported, scores: Points { parts, sum, .. } } = self;
        let sum = Sum { total: *reported, parts, sum, tolerance: POINTS_TOLERANCE };
        let weight = |place: &Location| counterpart(audit.form, place);
        let found = [
            columns_exchanged(*audit),
            sum.row_left_out(),
            sum.other_column(HypothesisKind::DeductionLeftOut, "分值", |place, score| {
                weight(place).filter(|weight| *weight > score)
            }),
            sum.other_column(HypothesisKind::ColumnsExchanged, "分值", |place, score| {
                weight(place).filter(|weight| *weight < score)
            }),
            sum.digits_swapped(),
        ];
        found.into_iter().flatten().collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(found) = ScoresSum::find(audit) {
        report.push(&found);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::HypothesisKind;
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
    fn a_blank_score_that_would_complete_the_sum_is_named() {
        let mut form = valid_form();
        form.indicators[1].score = None;
        form.indicators[2].score = None;
        let related: Vec<_> =
            found("S302", &form)[0].related.iter().map(|place| (place.location.row, place.message.clone())).collect();
        assert_eq!(related, [], "30 points are more than either row can earn");
        form.total.score = dec("77.60");
        let finding = &found("S302", &form)[0];
        let rows: Vec<_> = finding.related.iter().map(|place| place.location.row).collect();
        assert_eq!(rows, [Some(1), Some(2)]);
        assert_eq!(finding.related[0].message, "空白，按 0 计；若为 10，合计相符");
    }

    /// Row 3 has the score 28 of a weight of 30.
    #[test]
    fn a_deduction_left_out_of_the_total_is_named() {
        let mut form = valid_form();
        form.total.score = dec("99.60");
        let finding = &found("S302", &form)[0];
        let told = finding.hypotheses.iter().map(|found| (found.kind, found.arithmetic.as_str()));
        assert_eq!(told.collect::<Vec<_>>(), [(HypothesisKind::DeductionLeftOut, "97.6 − 28 + 30 = 99.60")]);
    }

    #[test]
    fn a_total_near_the_one_without_the_deduction_is_not_explained_by_it() {
        for score in ["99.62", "99.58", "98.60"] {
            let mut form = valid_form();
            form.total.score = dec(score);
            let kinds: Vec<_> = found("S302", &form)[0].hypotheses.iter().map(|found| found.kind).collect();
            assert!(!kinds.contains(&HypothesisKind::DeductionLeftOut), "{score}: {kinds:?}");
        }
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
