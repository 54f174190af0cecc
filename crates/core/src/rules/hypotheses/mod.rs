//! How a printed number that is not the computed one may have come about.
//!
//! The one place for such explanations. Each is given only where it reproduces the printed number at its printed
//! precision; a rule asks for those that make sense for its number, and gets them with the best first.

mod execution;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Explanation;
use super::location::Location;

pub(super) use execution::{ExecutionScore, capped};

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

/// What may have happened to a printed number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum HypothesisKind {
    /// Computed on the initial instead of the annual budget.
    InitialBudgetBasis,
    /// Computed from the rate as printed.
    ReportedRateBasis,
}

impl HypothesisKind {
    /// The same as the contract of `check` names it for F105.
    pub(super) const fn explanation(self) -> Option<Explanation> {
        match self {
            Self::InitialBudgetBasis => Some(Explanation::InitialBudgetBasis),
            Self::ReportedRateBasis => Some(Explanation::ReportedRateBasis),
        }
    }
}
