//! How a printed number that is not the computed one may have come about.
//!
//! The one place for such explanations. Each is given only where it reproduces the printed number at its printed
//! precision; a rule asks for those that make sense for its number, and gets them with the best first.

mod columns;
mod digits;
mod execution;
mod proportion;
mod sum;
mod unit;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Explanation;
use super::location::Location;

pub(super) use columns::{actual_as_weight, columns_exchanged, exchanged};
pub(super) use digits::swapped;
pub(super) use execution::{ExecutionRate, ExecutionScore, capped, overspending};
pub(super) use proportion::rounded_first;
pub(super) use sum::Sum;
pub(super) use unit::adjusted_by_unit;

/// An explanation that reproduces the printed number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hypothesis {
    /// What may have happened.
    pub kind: HypothesisKind,
    /// One Chinese clause that says so, with the numbers in it.
    pub message: String,
    /// The computation in words that ends at the printed number.
    pub arithmetic: String,
    /// The cells that would be the wrong ones, where they are others than the finding's own.
    pub places: Vec<Location>,
}

impl Hypothesis {
    const fn new(kind: HypothesisKind, message: String, arithmetic: String) -> Self {
        Self { kind, message, arithmetic, places: Vec::new() }
    }

    fn blaming(mut self, places: impl IntoIterator<Item = Location>) -> Self {
        self.places.extend(places);
        self
    }
}

/// What may have happened to a printed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HypothesisKind {
    /// Computed on the initial instead of the annual budget.
    InitialBudgetBasis,
    /// Computed from the rate as printed.
    ReportedRateBasis,
    /// The rate was rounded before it was multiplied.
    RateRoundedFirst,
    /// Printed as a fraction of one where a percentage belongs.
    FractionForPercent,
    /// Two neighbouring digits stand the wrong way round.
    DigitsSwapped,
    /// An amount in 元 stands among amounts in 万元, or the other way round.
    UnitConfused,
    /// One row was left out of the sum.
    RowLeftOut,
    /// A row entered the sum with its full weight instead of its score.
    DeductionLeftOut,
    /// Score and weight stand in each other's column.
    ColumnsExchanged,
    /// The actual was typed into the column of the weight.
    ActualAsWeight,
}

impl HypothesisKind {
    /// The same as the contract of `check` names it for F105; `None` for what the contract has no name for.
    pub(super) const fn explanation(self) -> Option<Explanation> {
        match self {
            Self::InitialBudgetBasis => Some(Explanation::InitialBudgetBasis),
            Self::ReportedRateBasis => Some(Explanation::ReportedRateBasis),
            _ => None,
        }
    }
}
