//! F105.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, rounded, shown};
use super::finding::Explanation;
use super::hypotheses::{ExecutionScore, Hypothesis, capped};
use super::location::Location;
use crate::FundField;
use crate::exact::Exact;
use crate::profile::ExecutionBasis;
use crate::scoring::{execution_score, score_agrees};

struct ExecutionScoreMismatch<'a> {
    score: ExecutionScore<'a>,
    basis: ExecutionBasis,
    expected: Exact,
}

impl<'a> ExecutionScoreMismatch<'a> {
    fn find(audit: Audit<'a>) -> Option<Self> {
        let (row, total) = audit.total_row()?;
        let score = ExecutionScore::of(audit, row, total)?;
        let expected = execution_score(score.weight, score.executed, score.budget)?;
        let is_wrong = !score_agrees(score.reported, &expected);
        is_wrong.then_some(Self { score, basis: audit.profile.execution_basis, expected })
    }

    fn computation(&self) -> String {
        let ExecutionScore { weight, executed, budget, .. } = &self.score;
        format!("{executed} ÷ {budget} × {weight}{} = {}", capped(executed > budget), shown(&self.expected))
    }
}

impl Violation for ExecutionScoreMismatch<'_> {
    fn location(&self) -> Location {
        Location::fund(self.score.row, FundField::Score)
    }

    fn message(&self) -> String {
        format!("执行率得分填为 {}，应为 {}", self.score.reported, self.computation())
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.score.reported)
    }

    fn expected(&self) -> Option<Decimal> {
        rounded(&self.expected)
    }

    fn explanation(&self) -> Option<Explanation> {
        self.hypotheses().iter().find_map(|hypothesis| hypothesis.kind.explanation())
    }

    fn arithmetic(&self) -> Option<String> {
        Some(self.computation())
    }

    fn inputs(&self) -> Vec<Location> {
        let fields = [self.basis.field(), FundField::Executed, FundField::ExecutionRate, FundField::Weight];
        fields.map(|field| Location::fund(self.score.row, field)).into()
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        self.score.hypotheses()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(mismatch) = ExecutionScoreMismatch::find(audit) {
        report.push(&mismatch);
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::{ExecutionBasis, Profile};
    use crate::rules::Explanation;
    use crate::rules::testing::{dec, found, found_under, place, places, valid_form};

    #[test]
    fn a_score_that_the_amounts_do_not_give_is_found() {
        let mut form = valid_form();
        form.funds.rows[0].score = dec("9.80");
        assert_eq!(places("F105", &form), [place(0, "score")]);
        let finding = &found("F105", &form)[0];
        assert_eq!(finding.message, "执行率得分填为 9.80，应为 192.00 ÷ 200.00 × 10 = 9.6");
        assert_eq!((finding.reported, finding.expected, finding.explanation), (dec("9.80"), dec("9.60"), None));
    }

    #[test]
    fn a_score_on_the_initial_budget_is_explained() {
        let mut form = valid_form();
        form.funds.rows[0].score = dec("10");
        let finding = &found("F105", &form)[0];
        assert_eq!(finding.explanation, Some(Explanation::InitialBudgetBasis));
        assert!(finding.message.ends_with("；所填得分与按年初预算数 190.00 计算的结果一致"));
    }

    #[test]
    fn a_score_on_the_printed_rate_is_explained() {
        let mut form = valid_form();
        form.funds.rows[0].execution_rate = dec("92.50");
        form.funds.rows[0].score = dec("9.25");
        let finding = &found("F105", &form)[0];
        assert_eq!(finding.explanation, Some(Explanation::ReportedRateBasis));
        assert!(finding.message.ends_with("；所填得分与按表内执行率 92.50% 计算的结果一致"));
    }

    #[test]
    fn spending_over_the_budget_earns_no_more_than_the_weight() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("220.00");
        form.funds.rows[0].score = dec("11.00");
        let finding = &found("F105", &form)[0];
        assert_eq!(finding.message, "执行率得分填为 11.00，应为 220.00 ÷ 200.00 × 10，以分值为限 = 10");
        form.funds.rows[0].score = dec("10");
        assert!(found("F105", &form).is_empty());
    }

    #[test]
    fn a_score_within_half_a_unit_is_not_found() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("191.10");
        form.funds.rows[0].score = dec("9.6");
        assert!(found("F105", &form).is_empty());
        form.funds.rows[0].score = dec("9.60");
        assert_eq!(found("F105", &form).len(), 1);
    }

    #[test]
    fn the_profile_may_prescribe_the_initial_budget() {
        let profile = Profile { execution_basis: ExecutionBasis::InitialBudget, ..Profile::default() };
        let mut form = valid_form();
        form.funds.rows[0].score = dec("10");
        assert!(found_under(&profile, "F105", &form).is_empty());
    }

    #[test]
    fn without_a_weight_or_with_a_zero_budget_nothing_is_found() {
        let mut form = valid_form();
        form.funds.rows[0].score = dec("3");
        form.funds.rows[0].annual_budget = dec("0");
        assert!(found("F105", &form).is_empty());
        form.funds.rows[0].annual_budget = dec("200");
        form.funds.rows[0].weight = None;
        assert!(found("F105", &form).is_empty());
    }
}
