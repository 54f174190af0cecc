//! Two neighbouring digits that stand the wrong way round: 9.18 for 9.81.

use super::{Hypothesis, HypothesisKind};
use crate::Decimal;

/// The explanation of `reported` by a swap after which `is_due` holds.
pub(in crate::rules) fn swapped(reported: Decimal, is_due: impl Fn(Decimal) -> bool) -> Option<Hypothesis> {
    let meant = swaps(reported).find(|meant| is_due(*meant))?;
    Some(Hypothesis::new(
        HypothesisKind::DigitsSwapped,
        format!("所填 {reported} 与应填的 {meant} 只差相邻两位数字对调"),
        format!("{meant} → {reported}"),
    ))
}

/// Every other number that differs from `number` by the order of two neighbouring digits.
pub(super) fn swaps(number: Decimal) -> impl Iterator<Item = Decimal> {
    let text: Vec<char> = number.to_string().chars().collect();
    let digits: Vec<usize> = (0..text.len()).filter(|at| text.get(*at).is_some_and(char::is_ascii_digit)).collect();
    let pairs: Vec<(usize, usize)> = digits.iter().copied().zip(digits.iter().skip(1).copied()).collect();
    pairs.into_iter().filter_map(move |(first, second)| {
        let mut swapped = text.clone();
        swapped.swap(first, second);
        let meant: Decimal = swapped.iter().collect::<String>().parse().ok()?;
        (swapped != text && !starts_with_zero(&swapped)).then_some(meant)
    })
}

/// True for `01.5`, which nobody writes; not for `0.15`.
fn starts_with_zero(text: &[char]) -> bool {
    let mut digits = text.iter().skip_while(|c| **c == '-');
    digits.next() == Some(&'0') && digits.next().is_some_and(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::dec;

    fn swaps_of(text: &str) -> Vec<String> {
        swaps(dec(text).unwrap()).map(|meant| meant.to_string()).collect()
    }

    #[test]
    fn neighbours_are_swapped_across_the_point_too() {
        assert_eq!(swaps_of("9.81"), ["8.91", "9.18"]);
        assert_eq!(swaps_of("-12"), ["-21"]);
    }

    #[test]
    fn equal_digits_and_leading_zeros_are_no_swap() {
        assert_eq!(swaps_of("11"), Vec::<String>::new());
        assert_eq!(swaps_of("10"), Vec::<String>::new());
        assert_eq!(swaps_of("1.05"), ["0.15", "1.50"]);
    }

    #[test]
    fn only_the_swap_that_is_due_explains() {
        let due = dec("9.81").unwrap();
        let found = swapped(dec("9.18").unwrap(), |meant| meant == due).unwrap();
        assert_eq!((found.kind, found.arithmetic.as_str()), (HypothesisKind::DigitsSwapped, "9.81 → 9.18"));
        assert_eq!(swapped(dec("9.19").unwrap(), |meant| meant == due), None);
        assert_eq!(swapped(dec("1.89").unwrap(), |meant| meant == due), None);
    }
}
