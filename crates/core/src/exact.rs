//! Exact rational numbers: every rule compares without rounding, and no printed number is too large.
//!
//! `Decimal` holds 28 digits and rounds or panics beyond them; a quotient such as 323.81 ÷ 330 has no end. A rule
//! that compared rounded numbers could contradict the form by half a unit, so rules compute here and round once.

use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;

/// How a number with more decimals than are printed is cut to the printed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoundingMode {
    /// 四舍五入: to the nearest, halves away from zero. What the rules prescribe.
    HalfUp,
    /// To the next at or below.
    Down,
    /// To the next at or above.
    Up,
}

/// The numbers that a printed one may stand for, both ends included.
///
/// 9.81 stands for every number from 9.805 to 9.815: half a unit of its last decimal to either side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Interval {
    low: Exact,
    high: Exact,
}

impl Interval {
    /// What `printed` stands for when read with `scale` decimals.
    pub(crate) fn of(printed: Decimal, scale: u32) -> Self {
        let half_unit = || Exact(BigRational::new(BigInt::from(5), BigInt::from(10).pow(scale + 1)));
        Self { low: Exact::from(printed) - half_unit(), high: Exact::from(printed) + half_unit() }
    }

    /// True where the printed number may stand for `number`.
    pub(crate) fn contains(&self, number: &Exact) -> bool {
        (&self.low..=&self.high).contains(&number)
    }
}

/// An exact rational number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exact(BigRational);

impl Exact {
    pub(crate) fn zero() -> Self {
        Self::from(Decimal::ZERO)
    }

    pub(crate) fn one() -> Self {
        Self::from(Decimal::ONE)
    }

    /// The sum of the values that are present.
    pub(crate) fn sum(values: impl IntoIterator<Item = Option<Decimal>>) -> Self {
        values.into_iter().flatten().fold(Self::zero(), |sum, value| sum + Self::from(value))
    }

    /// `self ÷ divisor`; `None` for a division by zero.
    pub(crate) fn over(self, divisor: impl Into<Self>) -> Option<Self> {
        let divisor = divisor.into();
        (divisor != Self::zero()).then(|| Self(self.0 / divisor.0))
    }

    /// The distance between two numbers.
    pub(crate) fn distance(self, other: impl Into<Self>) -> Self {
        let other = other.into();
        if self > other { self - other } else { other - self }
    }

    /// The number with `scale` decimals; `None` where `Decimal` cannot hold it.
    pub(crate) fn rounded(&self, scale: u32, mode: RoundingMode) -> Option<Decimal> {
        let shifted = self.shifted(scale);
        let whole = match mode {
            RoundingMode::HalfUp => shifted.round(),
            RoundingMode::Down => shifted.floor(),
            RoundingMode::Up => shifted.ceil(),
        };
        to_decimal(&whole, scale)
    }

    /// The number itself, with no more decimals than it has; `None` for one that has no end, or too long a one.
    pub(crate) fn as_decimal(&self) -> Option<Decimal> {
        let scale = (0..=Decimal::MAX_SCALE).find(|scale| self.shifted(*scale).is_integer())?;
        self.rounded(scale, RoundingMode::HalfUp)
    }

    fn shifted(&self, scale: u32) -> BigRational {
        &self.0 * BigInt::from(10).pow(scale)
    }
}

fn to_decimal(whole: &BigRational, scale: u32) -> Option<Decimal> {
    let mantissa = i128::try_from(whole.to_integer()).ok()?;
    Decimal::try_from_i128_with_scale(mantissa, scale).ok()
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(BigRational::new(BigInt::from(value.mantissa()), BigInt::from(10).pow(value.scale())))
    }
}

impl<T: Into<Self>> Add<T> for Exact {
    type Output = Self;

    fn add(self, other: T) -> Self {
        Self(self.0 + other.into().0)
    }
}

impl<T: Into<Self>> Sub<T> for Exact {
    type Output = Self;

    fn sub(self, other: T) -> Self {
        Self(self.0 - other.into().0)
    }
}

impl<T: Into<Self>> Mul<T> for Exact {
    type Output = Self;

    fn mul(self, other: T) -> Self {
        Self(self.0 * other.into().0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn quotient(dividend: &str, divisor: &str) -> Exact {
        Exact::from(decimal(dividend)).over(decimal(divisor)).unwrap()
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (dividend, divisor, rounded) in [("1", "8", "0.13"), ("-1", "8", "-0.13"), ("2", "3", "0.67")] {
            assert_eq!(quotient(dividend, divisor).rounded(2, RoundingMode::HalfUp), Some(decimal(rounded)));
        }
    }

    #[test]
    fn rounding_down_and_up_brackets_the_number() {
        let rate = quotient("200", "3");
        assert_eq!(rate.rounded(1, RoundingMode::Down), Some(decimal("66.6")));
        assert_eq!(rate.rounded(1, RoundingMode::Up), Some(decimal("66.7")));
    }

    #[test]
    fn a_printed_number_stands_for_half_a_unit_to_either_side() {
        let printed = Interval::of(decimal("9.81"), 2);
        for (number, stands) in [("9.8049", false), ("9.805", true), ("9.815", true), ("9.8151", false)] {
            assert_eq!(printed.contains(&Exact::from(decimal(number))), stands, "{number}");
        }
        assert!(Interval::of(decimal("10"), 1).contains(&Exact::from(decimal("9.95"))));
        assert!(Interval::of(Decimal::MAX, 28).contains(&Exact::from(Decimal::MAX)));
    }

    #[test]
    fn a_number_with_an_end_is_kept_whole() {
        assert_eq!((quotient("1", "8")).as_decimal(), Some(decimal("0.125")));
        assert_eq!(Exact::from(decimal("190.00")).as_decimal().map(|sum| sum.to_string()).as_deref(), Some("190"));
        assert_eq!(quotient("1", "3").as_decimal(), None);
    }

    #[test]
    fn a_third_times_three_is_one() {
        assert_eq!(quotient("1", "3") * decimal("3"), Exact::one());
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        assert_eq!(Exact::one().over(Decimal::ZERO), None);
    }

    #[test]
    fn the_largest_numbers_neither_panic_nor_round() {
        let square = Exact::from(Decimal::MAX) * Decimal::MAX;
        assert_eq!(square.rounded(2, RoundingMode::HalfUp), None);
        assert_eq!(square.over(Decimal::MAX), Some(Exact::from(Decimal::MAX)));
        assert_eq!(Exact::from(Decimal::MAX).distance(Decimal::MIN), Exact::from(Decimal::MAX) * decimal("2"));
    }
}
