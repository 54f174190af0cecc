//! F103, and the comparison it shares with F104.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, rounded, shown};
use super::hypotheses::{ExecutionRate, Hypothesis};
use super::location::Location;
use crate::exact::{Exact, RoundingMode};
use crate::scoring::{self, MAX_SCALE};
use crate::{FundField, FundRow};

/// A printed execution rate that is not the computed one.
pub(super) struct WrongRate<'a> {
    row: usize,
    total: &'a FundRow,
    executed: Decimal,
    budget: Decimal,
    pub(super) reported: Decimal,
    pub(super) rate: Exact,
    basis: FundField,
}

impl<'a> WrongRate<'a> {
    /// The printed rate of the total row, where it does not agree with the amounts.
    pub(super) fn of(audit: Audit<'a>) -> Option<Self> {
        let (row, total) = audit.total_row()?;
        let reported = total.execution_rate?;
        let rate = scoring::execution_rate(total, audit.profile)?;
        let basis = audit.profile.execution_basis;
        let (executed, budget, basis) = (total.executed?, basis.budget(total)?, basis.field());
        let wrong = Self { row, total, executed, budget, reported, rate, basis };
        (!scoring::rate_agrees(reported, &wrong.rate)).then_some(wrong)
    }

    /// True where the rate was cut off or rounded up at its last printed decimal.
    pub(super) fn is_rounding(&self) -> bool {
        let scale = self.reported.scale().min(MAX_SCALE);
        let cut = |mode| self.rate.rounded(scale, mode) == Some(self.reported);
        cut(RoundingMode::Down) || cut(RoundingMode::Up)
    }

    pub(super) fn location(&self) -> Location {
        Location::fund(self.row, FundField::ExecutionRate)
    }

    /// The computation in words.
    pub(super) fn arithmetic(&self) -> String {
        let Self { executed, budget, rate, .. } = self;
        format!("{executed} ÷ {budget} × 100% = {}%", shown(rate))
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        let Self { row, total, executed, budget, reported, ref rate, .. } = *self;
        ExecutionRate { row, total, executed, budget, reported, rate }.hypotheses()
    }

    /// The amounts that the rate is computed from.
    pub(super) fn inputs(&self) -> Vec<Location> {
        [self.basis, FundField::Executed].map(|field| Location::fund(self.row, field)).into()
    }
}

struct ExecutionRateMismatch<'a>(WrongRate<'a>);

impl Violation for ExecutionRateMismatch<'_> {
    fn location(&self) -> Location {
        self.0.location()
    }

    fn message(&self) -> String {
        format!("执行率填为 {}%，按金额应为 {}", self.0.reported, self.0.arithmetic())
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.0.reported)
    }

    fn expected(&self) -> Option<Decimal> {
        rounded(&self.0.rate)
    }

    fn arithmetic(&self) -> Option<String> {
        Some(self.0.arithmetic())
    }

    fn inputs(&self) -> Vec<Location> {
        self.0.inputs()
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        self.0.hypotheses()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(wrong) = WrongRate::of(audit).filter(|wrong| !wrong.is_rounding()) {
        report.push(&ExecutionRateMismatch(wrong));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_rate_that_the_amounts_do_not_give_is_found() {
        let mut form = valid_form();
        form.funds.rows[0].execution_rate = dec("103");
        assert_eq!(places("F103", &form), [place(0, "execution_rate")]);
        let finding = &found("F103", &form)[0];
        assert_eq!(finding.message, "执行率填为 103%，按金额应为 192.00 ÷ 200.00 × 100% = 96%");
        assert_eq!((finding.reported, finding.expected), (dec("103"), dec("96")));
    }

    #[test]
    fn a_whole_rate_is_compared_whole() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("192.90");
        form.funds.rows[0].execution_rate = dec("96");
        assert!(found("F103", &form).is_empty() && found("F104", &form).is_empty());
        form.funds.rows[0].execution_rate = dec("96.0");
        assert_eq!(places("F103", &form), [place(0, "execution_rate")]);
    }

    #[test]
    fn without_amounts_or_with_a_zero_budget_nothing_is_found() {
        let mut form = valid_form();
        form.funds.rows[0].execution_rate = dec("50");
        form.funds.rows[0].annual_budget = dec("0.00");
        assert!(found("F103", &form).is_empty());
        form.funds.rows[0].annual_budget = None;
        assert!(found("F103", &form).is_empty());
    }
}
