//! What a rule says about one place of a form.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::hypotheses::Hypothesis;
use super::location::Location;
use crate::model::DecimalText;
use crate::{FieldPath, Severity};

/// One finding of one rule: what is printed, what is due, and the evidence for both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Finding {
    /// The code of the rule, such as `F105`.
    pub code: &'static str,
    /// The name of the rule, such as `execution-score-mismatch`.
    pub name: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// One Chinese sentence that stands alone, with the numbers in it.
    pub message: String,
    /// Where on the form.
    pub location: Location,
    /// The number as printed, where the finding is about one.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub reported: Option<Decimal>,
    /// The number that the rule expects: a sum exactly, a quotient rounded half-up to two decimals.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub expected: Option<Decimal>,
    /// Which of the two explanations of F105 holds; null for every other rule, whose explanations are `hypotheses`.
    pub explanation: Option<Explanation>,
    /// The regulation or the logic of the form that the rule rests on.
    pub basis: String,
    /// `reported` minus `expected`.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub difference: Option<Decimal>,
    /// The computation in words with its result, such as `323.81 ÷ 330.00 × 10 = 9.81`.
    pub arithmetic: Option<String>,
    /// Other places that belong to the matter: cells that could be the wrong ones, cells of the computation that have
    /// findings of their own.
    pub related: Vec<Related>,
    /// How the printed number may have come about, the best explanation first. Each reproduces it.
    pub hypotheses: Vec<Hypothesis>,
}

impl Finding {
    /// The field that the finding is about; of a row or block as a whole, that row or block.
    #[must_use]
    pub fn field_path(&self) -> Option<FieldPath> {
        self.location.field_path()
    }
}

/// A place that belongs to a finding about another place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Related {
    /// Where on the form.
    pub location: Location,
    /// One Chinese clause on what it has to do with the finding.
    pub message: String,
    /// The codes of the findings about that place.
    pub codes: Vec<&'static str>,
}

/// The explanations of F105 that the contract of `check` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Explanation {
    /// Computed on the initial instead of the annual budget.
    InitialBudgetBasis,
    /// Computed from the rate as printed.
    ReportedRateBasis,
}

impl Explanation {
    /// The name used in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InitialBudgetBasis => "initial_budget_basis",
            Self::ReportedRateBasis => "reported_rate_basis",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FundField;

    #[test]
    fn a_finding_prints_the_keys_of_the_contract() {
        let finding = Finding {
            code: "F105",
            name: "execution-score-mismatch",
            severity: Severity::Error,
            message: "。".to_owned(),
            location: Location::fund(0, FundField::Score),
            reported: Some(Decimal::new(980, 2)),
            expected: None,
            explanation: Some(Explanation::InitialBudgetBasis),
            basis: "依据".to_owned(),
            difference: Some(Decimal::new(-1, 2)),
            arithmetic: Some("1 + 1 = 2".to_owned()),
            related: Vec::new(),
            hypotheses: Vec::new(),
        };
        let json = concat!(
            r#"{"code":"F105","name":"execution-score-mismatch","severity":"error","message":"。","#,
            r#""location":{"section":"funds","row":0,"field":"score"},"reported":"9.80","expected":null,"#,
            r#""explanation":"initial_budget_basis","basis":"依据","difference":"-0.01","arithmetic":"1 + 1 = 2","#,
            r#""related":[],"hypotheses":[]}"#
        );
        assert_eq!(serde_json::to_string(&finding).unwrap(), json);
    }
}
