//! A completion rate that was rounded before it was multiplied by the weight.

use super::execution::cut_rates;
use super::{Hypothesis, HypothesisKind};
use crate::Decimal;
use crate::exact::Exact;
use crate::scoring::{score_agrees, score_of_rate};

/// The explanation of a score by a completion `share` cut to a rounder percentage first.
pub(in crate::rules) fn rounded_first(score: Decimal, weight: Decimal, share: &Exact) -> Option<Hypothesis> {
    let exact = share.clone() * Decimal::ONE_HUNDRED;
    let fits = |rate: &Decimal| {
        Exact::from(*rate) != exact && score_of_rate(weight, *rate).is_some_and(|due| score_agrees(score, &due))
    };
    let (rate, words) = cut_rates(&exact).find(|(rate, _)| fits(rate))?;
    Some(Hypothesis::new(
        HypothesisKind::RateRoundedFirst,
        format!("完成率先{words}为 {rate}% 再乘以分值，与所填得分一致"),
        format!("{rate}% × {weight} = {score}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::dec;

    fn explained(score: &str, weight: &str, actual: &str, target: &str) -> Option<String> {
        let share = Exact::from(dec(actual)?).over(dec(target)?)?;
        rounded_first(dec(score)?, dec(weight)?, &share).map(|found| found.arithmetic)
    }

    #[test]
    fn a_share_rounded_to_whole_percents_is_seen() {
        assert_eq!(explained("20.10", "30", "2", "3").as_deref(), Some("67% × 30 = 20.10"));
        assert_eq!(explained("19.80", "30", "2", "3").as_deref(), Some("66% × 30 = 19.80"));
        assert_eq!(explained("10", "10", "199", "200").as_deref(), Some("100% × 10 = 10"));
    }

    #[test]
    fn another_score_is_not() {
        assert_eq!(explained("20.20", "30", "2", "3"), None);
    }
}
