//! S301.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, named};
use super::hypotheses::{ExecutionScore, Hypothesis, actual_as_weight, exchanged, swapped};
use super::location::Location;
use crate::scoring::{Quantity, score_agrees};
use crate::{FundField, Indicator, IndicatorField};

struct ScoreOutOfRange {
    /// The cell of the score.
    location: Location,
    /// The cell of the weight.
    weight_place: Location,
    whose: String,
    score: Decimal,
    /// The nearest score that is possible.
    limit: Decimal,
    hypotheses: Vec<Hypothesis>,
}

impl Violation for ScoreOutOfRange {
    fn location(&self) -> Location {
        self.location.clone()
    }

    fn message(&self) -> String {
        let Self { whose, score, limit, .. } = self;
        if *score < Decimal::ZERO {
            format!("{whose}的得分 {score} 为负数")
        } else {
            format!("{whose}的得分 {score} 超过分值 {limit}")
        }
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.score)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.limit)
    }

    fn inputs(&self) -> Vec<Location> {
        vec![self.weight_place.clone()]
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        self.hypotheses.clone()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(found) = of_execution(audit) {
        report.push(&found);
    }
    for (row, indicator) in audit.indicators() {
        if let Some(found) = of_indicator(audit, row, indicator) {
            report.push(&found);
        }
    }
}

fn of_execution(audit: Audit<'_>) -> Option<ScoreOutOfRange> {
    let (row, total) = audit.total_row()?;
    let (score, limit) = out_of_range(total.score, total.weight)?;
    let [location, weight_place] = [FundField::Score, FundField::Weight].map(|field| Location::fund(row, field));
    let hypotheses = ExecutionScore::of(audit, row, total).and_then(|score| score.exchanged()).into_iter().collect();
    Some(ScoreOutOfRange { location, weight_place, whose: "执行率".to_owned(), score, limit, hypotheses })
}

fn of_indicator(audit: Audit<'_>, row: usize, indicator: &Indicator) -> Option<ScoreOutOfRange> {
    let (score, limit) = out_of_range(indicator.score, indicator.weight)?;
    let places = [IndicatorField::Score, IndicatorField::Weight];
    let [location, weight_place] = places.map(|field| Location::indicator(row, field));
    let found = [exchanged(audit, row, indicator), actual_as_weight(audit, row, indicator), due(audit, indicator)];
    let hypotheses = found.into_iter().flatten().collect();
    Some(ScoreOutOfRange { location, weight_place, whose: named(indicator), score, limit, hypotheses })
}

/// The rule score with two of its digits the wrong way round.
fn due(audit: Audit<'_>, indicator: &Indicator) -> Option<Hypothesis> {
    let due = Quantity::of(indicator)?.rule_score(indicator.weight?, audit.profile.reverse)?;
    swapped(indicator.score?, |meant| score_agrees(meant, &due))
}

/// The score with the limit it breaks.
fn out_of_range(score: Option<Decimal>, weight: Option<Decimal>) -> Option<(Decimal, Decimal)> {
    let score = score?;
    if score < Decimal::ZERO {
        return Some((score, Decimal::ZERO));
    }
    weight.filter(|weight| score > *weight).map(|weight| (score, weight))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn scores_above_the_weight_or_below_zero_are_found() {
        let mut form = valid_form();
        form.funds.rows[0].score = dec("10.01");
        form.indicators[1].score = dec("20.5");
        form.indicators[2].score = dec("-1");
        assert_eq!(places("S301", &form), [place(0, "score"), place(1, "score"), place(2, "score")]);
        let messages: Vec<_> = found("S301", &form).into_iter().map(|finding| finding.message).collect();
        assert_eq!(
            messages,
            [
                "执行率的得分 10.01 超过分值 10",
                "指标「工程质量」的得分 20.5 超过分值 20",
                "指标「单位造价」的得分 -1 为负数"
            ]
        );
    }

    #[test]
    fn the_limits_themselves_are_in_range() {
        let mut form = valid_form();
        form.indicators[1].score = dec("20.00");
        form.indicators[2].score = dec("0");
        assert!(found("S301", &form).is_empty());
    }

    #[test]
    fn without_a_weight_only_a_negative_score_is_found() {
        let mut form = valid_form();
        form.indicators[1].weight = None;
        form.indicators[1].score = dec("500");
        assert!(found("S301", &form).is_empty());
        form.indicators[1].score = dec("-5");
        assert_eq!(places("S301", &form), [place(1, "score")]);
    }
}
