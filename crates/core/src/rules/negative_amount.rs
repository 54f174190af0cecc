//! F108.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, fund_label};
use super::location::Location;
use crate::FundField;

struct NegativeAmount<'a> {
    row: usize,
    label: &'a str,
    column: FundField,
    amount: Decimal,
}

impl Violation for NegativeAmount<'_> {
    fn location(&self) -> Location {
        Location::fund(self.row, self.column)
    }

    fn message(&self) -> String {
        format!("「{}」的{}为负数：{}", self.label, fund_label(self.column), self.amount)
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.amount)
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for (row, fund) in audit.form.funds.rows.iter().enumerate() {
        for (column, amount) in [
            (FundField::InitialBudget, fund.initial_budget),
            (FundField::AnnualBudget, fund.annual_budget),
            (FundField::Executed, fund.executed),
        ] {
            if let Some(amount) = amount.filter(|amount| *amount < Decimal::ZERO) {
                report.push(&NegativeAmount { row, label: &fund.label, column, amount });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn every_negative_amount_is_found() {
        let mut form = valid_form();
        form.funds.rows[1].executed = dec("-0.01");
        form.funds.rows[1].initial_budget = dec("-5");
        assert_eq!(places("F108", &form), [place(1, "initial_budget"), place(1, "executed")]);
        assert_eq!(found("F108", &form)[0].message, "「当年财政拨款」的年初预算数为负数：-5");
    }

    #[test]
    fn zero_and_minus_zero_are_not_negative() {
        let mut form = valid_form();
        form.funds.rows[1].executed = dec("-0.00");
        form.funds.rows[1].initial_budget = None;
        assert!(found("F108", &form).is_empty());
    }
}
