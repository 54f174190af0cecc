//! Exact rational numbers: every rule compares without rounding, and no printed number is too large.
//!
//! `Decimal` holds 28 digits and rounds or panics beyond them; a quotient such as 323.81 ÷ 330 has no end. A rule
//! that compared rounded numbers could contradict the form by half a unit, so rules compute here and round once.

use std::ops::{Add, Mul, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use rust_decimal::Decimal;

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

    /// The number rounded to `scale` decimals, halves away from zero; `None` where `Decimal` cannot hold it.
    pub(crate) fn rounded(&self, scale: u32) -> Option<Decimal> {
        to_decimal(&self.shifted(scale).round(), scale)
    }

    /// The next number with `scale` decimals at or below this one.
    pub(crate) fn rounded_down(&self, scale: u32) -> Option<Decimal> {
        to_decimal(&self.shifted(scale).floor(), scale)
    }

    /// The next number with `scale` decimals at or above this one.
    pub(crate) fn rounded_up(&self, scale: u32) -> Option<Decimal> {
        to_decimal(&self.shifted(scale).ceil(), scale)
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
            assert_eq!(quotient(dividend, divisor).rounded(2), Some(decimal(rounded)));
        }
    }

    #[test]
    fn rounding_down_and_up_brackets_the_number() {
        let rate = quotient("200", "3");
        assert_eq!(rate.rounded_down(1), Some(decimal("66.6")));
        assert_eq!(rate.rounded_up(1), Some(decimal("66.7")));
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
        assert_eq!(square.rounded(2), None);
        assert_eq!(square.over(Decimal::MAX), Some(Exact::from(Decimal::MAX)));
        assert_eq!(Exact::from(Decimal::MAX).distance(Decimal::MIN), Exact::from(Decimal::MAX) * decimal("2"));
    }
}
