//! What a rule says about one place of a form.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::DecimalText;
use crate::{FieldPath, FundField, IndicatorField, Severity};

/// One finding of one rule.
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
    /// The number that the rule expects, rounded half-up to two decimals where it has more.
    #[serde(with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub expected: Option<Decimal>,
    /// The hypothesis that reproduces the printed number.
    pub explanation: Option<Explanation>,
    /// The regulation or the logic of the form that the rule rests on.
    pub basis: String,
}

impl Finding {
    /// The field that the finding is about; of a row or block as a whole, that row or block.
    #[must_use]
    pub fn field_path(&self) -> Option<FieldPath> {
        self.location.field_path()
    }
}

/// A place on a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Location {
    /// The part of the form.
    pub section: Section,
    /// 0-based row within `funds.rows` or `indicators`.
    pub row: Option<usize>,
    /// The JSON key of the field, or the name of a level-1 indicator.
    pub field: Option<String>,
}

impl Location {
    pub(crate) fn header(field: &str) -> Self {
        Self::of(Section::Header, None, field)
    }

    pub(crate) fn fund(row: usize, field: FundField) -> Self {
        Self::of(Section::Funds, Some(row), field.key())
    }

    pub(crate) fn goals(field: &str) -> Self {
        Self::of(Section::Goals, None, field)
    }

    pub(crate) fn indicator(row: usize, field: IndicatorField) -> Self {
        Self::of(Section::Indicators, Some(row), field.key())
    }

    pub(crate) fn level1(name: &str) -> Self {
        Self::of(Section::Indicators, None, name)
    }

    pub(crate) fn total(field: &str) -> Self {
        Self::of(Section::Total, None, field)
    }

    fn of(section: Section, row: Option<usize>, field: &str) -> Self {
        Self { section, row, field: Some(field.to_owned()) }
    }

    fn field_path(&self) -> Option<FieldPath> {
        let field = self.field.as_deref();
        let path = match (self.section, self.row) {
            (Section::Header, _) => return field?.parse().ok(),
            (Section::Funds, None) => return Some(FieldPath::Funds),
            (Section::Funds, Some(row)) => {
                let column = FundField::ALL.into_iter().find(|column| Some(column.key()) == field);
                column.map_or(FieldPath::FundRow(row), |column| FieldPath::Fund(row, column))
            }
            (Section::Goals, _) => match field {
                Some("expected") => FieldPath::GoalsExpected,
                Some("actual") => FieldPath::GoalsActual,
                _ => FieldPath::Goals,
            },
            (Section::Indicators, None) => FieldPath::Indicators,
            (Section::Indicators, Some(row)) => {
                let column = IndicatorField::ALL.into_iter().find(|column| Some(column.key()) == field);
                column.map_or(FieldPath::IndicatorRow(row), |column| FieldPath::Indicator(row, column))
            }
            (Section::Total, _) => match field {
                Some("weight") => FieldPath::TotalWeight,
                Some("score") => FieldPath::TotalScore,
                Some("grade") => FieldPath::Grade,
                _ => FieldPath::Total,
            },
        };
        Some(path)
    }
}

/// A part of the form, in printed order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Section {
    /// Project, department, unit.
    Header,
    /// 项目资金.
    Funds,
    /// 年度总体目标.
    Goals,
    /// 绩效指标.
    Indicators,
    /// 总分 and 评分等级.
    Total,
}

/// A hypothesis that reproduces a printed number.
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

    #[test]
    fn a_location_leads_to_its_field() {
        for (location, path) in [
            (Location::header("unit"), "unit"),
            (Location::fund(2, FundField::Executed), "funds.rows[2].executed"),
            (Location::goals("actual"), "goals.actual"),
            (Location::indicator(4, IndicatorField::Score), "indicators[4].score"),
            (Location::level1("产出指标"), "indicators"),
            (Location::total("score"), "total.score"),
            (Location::total("grade"), "grade"),
        ] {
            assert_eq!(location.field_path().map(|path| path.to_string()).as_deref(), Some(path));
        }
    }

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
        };
        let json = concat!(
            r#"{"code":"F105","name":"execution-score-mismatch","severity":"error","message":"。","#,
            r#""location":{"section":"funds","row":0,"field":"score"},"reported":"9.80","expected":null,"#,
            r#""explanation":"initial_budget_basis","basis":"依据"}"#
        );
        assert_eq!(serde_json::to_string(&finding).unwrap(), json);
    }
}
