//! F107.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, fund_label, rounded, shown};
use super::location::Location;
use crate::FundField;
use crate::exact::Exact;
use crate::scoring::execution_rate;

struct LowExecutionRate {
    row: usize,
    executed: Decimal,
    budget: Decimal,
    basis: FundField,
    rate: Exact,
    floor: Decimal,
}

impl LowExecutionRate {
    fn find(audit: Audit<'_>) -> Option<Self> {
        let (row, total) = audit.total_row()?;
        let rate = execution_rate(total, audit.profile)?;
        let (executed, budget) = (total.executed?, audit.profile.execution_basis.budget(total)?);
        let (floor, basis) = (audit.profile.execution_rate_floor, audit.profile.execution_basis.field());
        (rate < Exact::from(floor)).then_some(Self { row, executed, budget, basis, rate, floor })
    }
}

impl Violation for LowExecutionRate {
    fn location(&self) -> Location {
        Location::fund(self.row, FundField::Executed)
    }

    fn message(&self) -> String {
        let Self { executed, budget, rate, floor, .. } = self;
        let budget_label = fund_label(self.basis);
        format!("{budget_label} {budget} 只执行 {executed}，执行率 {}%，低于 {floor}%", shown(rate))
    }

    fn reported(&self) -> Option<Decimal> {
        rounded(&self.rate)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.floor)
    }

    fn arithmetic(&self) -> Option<String> {
        let Self { executed, budget, rate, .. } = self;
        Some(format!("{executed} ÷ {budget} × 100% = {}%", shown(rate)))
    }

    fn inputs(&self) -> Vec<Location> {
        vec![Location::fund(self.row, self.basis)]
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(low) = LowExecutionRate::find(audit) {
        report.push(&low);
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;
    use crate::rules::testing::{dec, found, found_under, place, places, valid_form};

    #[test]
    fn a_low_rate_is_found_whatever_rate_is_printed() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("150.00");
        assert_eq!(places("F107", &form), [place(0, "executed")]);
        assert_eq!(found("F107", &form)[0].message, "全年预算数 200.00 只执行 150.00，执行率 75%，低于 80%");
    }

    #[test]
    fn the_floor_itself_is_not_low_and_is_a_parameter() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("160.00");
        assert!(found("F107", &form).is_empty());
        assert_eq!(found_under(&Profile::builtin("sichuan").unwrap(), "F107", &form).len(), 1);
    }

    #[test]
    fn without_amounts_nothing_is_found() {
        let mut form = valid_form();
        form.funds.rows[0].executed = None;
        assert!(found("F107", &form).is_empty());
        form.funds.rows.clear();
        assert!(found("F107", &form).is_empty());
    }
}
