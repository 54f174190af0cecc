//! Rates that follow from the amounts beside them.

use jixiao_core::Decimal;

/// Whether a printed rate is what was executed of the annual budget, to one percent: in percent, or as a ratio. `None`
/// where the amounts give no rate.
pub(crate) fn follows(rate: Decimal, annual: Decimal, executed: Decimal) -> Option<bool> {
    let exact = executed.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(annual)?;
    let near = |rate: Decimal| rate.checked_sub(exact).is_some_and(|gap| gap.abs() < Decimal::ONE);
    Some(near(rate) || rate.checked_mul(Decimal::ONE_HUNDRED).is_some_and(near))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_follows_in_percent_and_as_a_ratio() {
        let follows = |rate, annual, executed| {
            let [rate, annual, executed] = [rate, annual, executed].map(|x: &str| x.parse().unwrap());
            follows(rate, annual, executed)
        };
        assert_eq!(follows("90.5", "200", "180"), Some(true));
        assert_eq!(follows("0.9", "200", "180"), Some(true));
        assert_eq!(follows("91", "200", "180"), Some(false));
        assert_eq!(follows("90", "0", "180"), None);
    }
}
