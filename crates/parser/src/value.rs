//! The values of cells: numbers, amounts, rates, quantities, years. Combinators over folded text.

use jixiao_core::{Actual, Comparator, Decimal, Target};

/// What a cell says as a quantity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quantity {
    /// The comparator, where one is printed.
    pub comparator: Option<Comparator>,
    /// The number.
    pub value: Option<Decimal>,
    /// The unit behind the number, as printed, brackets removed.
    pub unit: Option<String>,
}

/// The number that the whole of `text` is: any digit width, thousands separators, a sign; the printed scale is kept.
#[must_use]
pub fn number(_text: &str) -> Option<Decimal> {
    None
}

/// An amount: a number with an optional unit 元 or 万元 behind it.
#[must_use]
pub fn amount(_text: &str) -> Option<Decimal> {
    None
}

/// A rate in percent: a number with an optional percent sign.
#[must_use]
pub fn percent(_text: &str) -> Option<Decimal> {
    None
}

/// The quantity that the whole of `text` is; all `None` for a qualitative text (the comparator then stays `None` too).
#[must_use]
pub fn quantity(_text: &str) -> Quantity {
    Quantity::default()
}

/// The target that a cell prints; a blank cell is all `None`.
#[must_use]
pub fn target(_text: &str) -> Target {
    Target::default()
}

/// The actual that a cell prints; a blank cell is all `None`.
#[must_use]
pub fn actual(_text: &str) -> Actual {
    Actual::default()
}

/// The budget year in `（2022年度）`, `2022年度…` or `(2022 年度)`.
#[must_use]
pub fn year(_text: &str) -> Option<i32> {
    None
}
