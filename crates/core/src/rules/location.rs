//! Where on a form a finding stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{FieldPath, FundField, IndicatorField};

/// A place on a form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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

    /// The field that is meant; of a row or block as a whole, that row or block.
    #[must_use]
    pub fn field_path(&self) -> Option<FieldPath> {
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
}
