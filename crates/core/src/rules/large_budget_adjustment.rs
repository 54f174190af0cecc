//! F106.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, operand, shown};
use super::hypotheses::{Hypothesis, adjusted_by_unit};
use super::location::Location;
use crate::FundField;
use crate::exact::Exact;

struct LargeBudgetAdjustment {
    row: usize,
    initial: Decimal,
    annual: Decimal,
    /// The adjustment as a share of the initial budget.
    share: Exact,
    limit: Decimal,
}

impl Violation for LargeBudgetAdjustment {
    fn location(&self) -> Location {
        Location::fund(self.row, FundField::AnnualBudget)
    }

    fn message(&self) -> String {
        let Self { initial, annual, share, limit, .. } = self;
        let direction = if annual > initial { "调增" } else { "调减" };
        let (share, limit) = (percent(share), percent(&Exact::from(*limit)));
        format!("全年预算数 {annual} 较年初预算数 {initial} {direction} {share}%，超过 {limit}%")
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.annual)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.initial)
    }

    fn arithmetic(&self) -> Option<String> {
        let Self { initial, annual, share, .. } = self;
        let (more, less) = if annual > initial { (annual, initial) } else { (initial, annual) };
        Some(format!("({more} − {less}) ÷ {} × 100% = {}%", operand(*initial), percent(share)))
    }

    fn inputs(&self) -> Vec<Location> {
        vec![Location::fund(self.row, FundField::InitialBudget)]
    }

    fn hypotheses(&self) -> Vec<Hypothesis> {
        let place = Location::fund(self.row, FundField::InitialBudget);
        adjusted_by_unit((self.initial, place), self.annual).into_iter().collect()
    }
}

fn percent(share: &Exact) -> String {
    shown(&(share.clone() * Decimal::ONE_HUNDRED))
}

impl LargeBudgetAdjustment {
    fn find(audit: Audit<'_>) -> Option<Self> {
        let (row, total) = audit.total_row()?;
        let (initial, annual) = (total.initial_budget?, total.annual_budget?);
        let share = Exact::from(annual).distance(initial).over(initial)?;
        let limit = audit.profile.budget_adjustment;
        (share > Exact::from(limit)).then_some(Self { row, initial, annual, share, limit })
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(adjustment) = LargeBudgetAdjustment::find(audit) {
        report.push(&adjustment);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_large_adjustment_is_found_both_ways() {
        let mut form = valid_form();
        form.funds.rows[0].initial_budget = dec("160.00");
        assert_eq!(places("F106", &form), [place(0, "annual_budget")]);
        assert_eq!(found("F106", &form)[0].message, "全年预算数 200.00 较年初预算数 160.00 调增 25%，超过 20%");
        form.funds.rows[0].initial_budget = dec("300.00");
        assert_eq!(found("F106", &form)[0].message, "全年预算数 200.00 较年初预算数 300.00 调减 33.33%，超过 20%");
    }

    #[test]
    fn an_adjustment_of_exactly_the_limit_is_not_found() {
        let mut form = valid_form();
        form.funds.rows[0].initial_budget = dec("250.00");
        assert!(found("F106", &form).is_empty());
    }

    #[test]
    fn without_an_initial_budget_nothing_is_found() {
        let mut form = valid_form();
        for initial in [None, dec("0.00")] {
            form.funds.rows[0].initial_budget = initial;
            assert!(found("F106", &form).is_empty());
        }
    }
}
