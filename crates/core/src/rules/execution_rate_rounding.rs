//! F104.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, rounded};
use super::execution_rate_mismatch::WrongRate;
use super::location::Location;

struct ExecutionRateRounding<'a>(WrongRate<'a>);

impl Violation for ExecutionRateRounding<'_> {
    fn location(&self) -> Location {
        self.0.location()
    }

    fn message(&self) -> String {
        format!("执行率填为 {}%，末位未按四舍五入，{}", self.0.reported, self.0.arithmetic())
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
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if let Some(wrong) = WrongRate::of(audit).filter(|wrong| wrong.is_rounding()) {
        report.push(&ExecutionRateRounding(wrong));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_rate_cut_off_or_rounded_up_is_found_and_is_no_mismatch() {
        let mut form = valid_form();
        for (executed, rate) in [("193.99", "96"), ("192.02", "97")] {
            form.funds.rows[0].executed = dec(executed);
            form.funds.rows[0].execution_rate = dec(rate);
            assert_eq!(places("F104", &form), [place(0, "execution_rate")], "{executed} {rate}");
            assert!(found("F103", &form).is_empty());
        }
    }

    #[test]
    fn exactly_half_a_unit_may_be_rounded_either_way() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("193.99");
        for rate in ["96.99", "97.00"] {
            form.funds.rows[0].execution_rate = dec(rate);
            assert!(found("F104", &form).is_empty() && found("F103", &form).is_empty());
        }
    }

    #[test]
    fn the_message_shows_the_computed_rate() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("133.33");
        form.funds.rows[0].execution_rate = dec("66.6");
        let finding = &found("F104", &form)[0];
        assert_eq!(finding.message, "执行率填为 66.6%，末位未按四舍五入，133.33 ÷ 200.00 × 100% = 66.67%");
        assert_eq!(finding.expected, dec("66.67"));
    }

    #[test]
    fn a_rate_two_units_off_is_a_mismatch_instead() {
        let mut form = valid_form();
        form.funds.rows[0].executed = dec("133.33");
        form.funds.rows[0].execution_rate = dec("66.5");
        assert!(found("F104", &form).is_empty());
        assert_eq!(found("F103", &form).len(), 1);
    }

    #[test]
    fn without_amounts_nothing_is_found() {
        let mut form = valid_form();
        form.funds.rows[0].executed = None;
        form.funds.rows[0].execution_rate = dec("66.6");
        assert!(found("F104", &form).is_empty());
    }
}
