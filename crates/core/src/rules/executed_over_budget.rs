//! F102.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, difference};
use super::hypotheses::{Hypothesis, overspending};
use super::location::Location;
use crate::FundField;
use crate::exact::Exact;

struct ExecutedOverBudget<'a> {
    row: usize,
    label: &'a str,
    executed: Decimal,
    budget: Decimal,
    /// The rate as the row prints it.
    rate: Option<Decimal>,
}

impl Violation for ExecutedOverBudget<'_> {
    fn location(&self) -> Location {
        Location::fund(self.row, FundField::Executed)
    }

    fn message(&self) -> String {
        let Self { label, executed, budget, .. } = self;
        let excess = difference(*executed, &Exact::from(*budget));
        format!("「{label}」的全年执行数 {executed} 超过全年预算数 {budget}，多出 {excess}")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.executed)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.budget)
    }

    fn arithmetic(&self) -> Option<String> {
        let Self { executed, budget, .. } = self;
        Some(format!("{executed} − {budget} = {}", difference(*executed, &Exact::from(*budget))))
    }

    fn inputs(&self) -> Vec<Location> {
        vec![Location::fund(self.row, FundField::AnnualBudget)]
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        overspending(self.executed, self.budget, self.rate)
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, fund) in audit.form.funds.rows.iter().enumerate() {
        let (Some(executed), Some(budget)) = (fund.executed, fund.annual_budget) else { continue };
        if Exact::from(executed) > Exact::from(budget) + audit.profile.amount_tolerance {
            report.push(&ExecutedOverBudget { row, label: &fund.label, executed, budget, rate: fund.execution_rate });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn spending_over_the_budget_is_found_on_any_row() {
        let mut form = valid_form();
        form.funds.rows[2].executed = dec("41.50");
        assert_eq!(places("F102", &form), [place(2, "executed")]);
        assert_eq!(found("F102", &form)[0].message, "「其他资金」的全年执行数 41.50 超过全年预算数 40.00，多出 1.5");
    }

    #[test]
    fn spending_within_the_tolerance_is_not_found() {
        let mut form = valid_form();
        form.funds.rows[2].executed = dec("40.01");
        assert!(found("F102", &form).is_empty());
    }

    #[test]
    fn without_a_budget_nothing_is_found() {
        let mut form = valid_form();
        form.funds.rows[2].annual_budget = None;
        form.funds.rows[2].executed = dec("900");
        assert!(found("F102", &form).is_empty());
    }
}
