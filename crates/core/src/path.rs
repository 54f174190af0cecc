//! The name of a field within a form, such as `indicators[3].target`.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A column of the funds block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FundField {
    /// The row's label.
    Label,
    /// 年初预算数.
    InitialBudget,
    /// 全年预算数.
    AnnualBudget,
    /// 全年执行数.
    Executed,
    /// 分值.
    Weight,
    /// 执行率.
    ExecutionRate,
    /// 得分.
    Score,
}

impl FundField {
    /// Every column in the official order.
    pub const ALL: [Self; 7] = [
        Self::Label,
        Self::InitialBudget,
        Self::AnnualBudget,
        Self::Executed,
        Self::Weight,
        Self::ExecutionRate,
        Self::Score,
    ];

    /// The columns that hold amounts of money, in the official order.
    pub const MONEY: [Self; 3] = [Self::InitialBudget, Self::AnnualBudget, Self::Executed];

    /// True for a column that holds amounts of money.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(self, Self::InitialBudget | Self::AnnualBudget | Self::Executed)
    }

    /// The JSON key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::InitialBudget => "initial_budget",
            Self::AnnualBudget => "annual_budget",
            Self::Executed => "executed",
            Self::Weight => "weight",
            Self::ExecutionRate => "execution_rate",
            Self::Score => "score",
        }
    }
}

/// A column of the indicator table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IndicatorField {
    /// 一级指标.
    Level1,
    /// 二级指标.
    Level2,
    /// 三级指标.
    Level3,
    /// 年度指标值.
    Target,
    /// 实际完成值.
    Actual,
    /// 分值.
    Weight,
    /// 得分.
    Score,
    /// 偏差原因分析及改进措施.
    Deviation,
}

impl IndicatorField {
    /// Every column in the official order.
    pub const ALL: [Self; 8] = [
        Self::Level1,
        Self::Level2,
        Self::Level3,
        Self::Target,
        Self::Actual,
        Self::Weight,
        Self::Score,
        Self::Deviation,
    ];

    /// The JSON key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Level1 => "level1",
            Self::Level2 => "level2",
            Self::Level3 => "level3",
            Self::Target => "target",
            Self::Actual => "actual",
            Self::Weight => "weight",
            Self::Score => "score",
            Self::Deviation => "deviation",
        }
    }
}

/// A field, row or part of a form. Serialises as its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldPath {
    /// `family`.
    Family,
    /// `title`.
    Title,
    /// `year`.
    Year,
    /// `project_name`.
    ProjectName,
    /// `department`.
    Department,
    /// `unit`.
    Unit,
    /// `funds`: the whole block.
    Funds,
    /// `funds.amount_unit`.
    AmountUnit,
    /// `funds.rows[i]`: a whole fund row.
    FundRow(usize),
    /// `funds.rows[i].<column>`.
    Fund(usize, FundField),
    /// `goals`: both texts.
    Goals,
    /// `goals.expected`.
    GoalsExpected,
    /// `goals.actual`.
    GoalsActual,
    /// `indicators`: the whole table.
    Indicators,
    /// `indicators[i]`: a whole row.
    IndicatorRow(usize),
    /// `indicators[i].<column>`.
    Indicator(usize, IndicatorField),
    /// `total`: the whole row.
    Total,
    /// `total.weight`.
    TotalWeight,
    /// `total.score`.
    TotalScore,
    /// `grade`.
    Grade,
    /// `extra[i]`.
    Extra(usize),
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FundRow(row) => write!(f, "funds.rows[{row}]"),
            Self::Fund(row, field) => write!(f, "funds.rows[{row}].{}", field.key()),
            Self::IndicatorRow(row) => write!(f, "indicators[{row}]"),
            Self::Indicator(row, field) => write!(f, "indicators[{row}].{}", field.key()),
            Self::Extra(row) => write!(f, "extra[{row}]"),
            fixed => f.write_str(fixed.fixed_name().unwrap_or_default()),
        }
    }
}

impl FieldPath {
    const FIXED: [(Self, &'static str); 16] = [
        (Self::Family, "family"),
        (Self::Title, "title"),
        (Self::Year, "year"),
        (Self::ProjectName, "project_name"),
        (Self::Department, "department"),
        (Self::Unit, "unit"),
        (Self::Funds, "funds"),
        (Self::AmountUnit, "funds.amount_unit"),
        (Self::Goals, "goals"),
        (Self::GoalsExpected, "goals.expected"),
        (Self::GoalsActual, "goals.actual"),
        (Self::Indicators, "indicators"),
        (Self::Total, "total"),
        (Self::TotalWeight, "total.weight"),
        (Self::TotalScore, "total.score"),
        (Self::Grade, "grade"),
    ];

    fn fixed_name(self) -> Option<&'static str> {
        Self::FIXED.iter().find(|(path, _)| *path == self).map(|(_, name)| *name)
    }
}

/// A text that names no field of a form.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` names no field of a form")]
pub struct UnknownField(String);

impl FromStr for FieldPath {
    type Err = UnknownField;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || UnknownField(text.to_owned());
        if let Some((path, _)) = Self::FIXED.iter().find(|(_, name)| *name == text) {
            return Ok(*path);
        }
        let (head, rest) = text.split_once('[').ok_or_else(unknown)?;
        let (number, tail) = rest.split_once(']').ok_or_else(unknown)?;
        let row: usize = number.parse().map_err(|_| unknown())?;
        let column = tail.strip_prefix('.');
        let path = match (head, column) {
            ("extra", None) => Some(Self::Extra(row)),
            ("funds.rows", None) => Some(Self::FundRow(row)),
            ("indicators", None) => Some(Self::IndicatorRow(row)),
            ("funds.rows", Some(key)) => {
                FundField::ALL.into_iter().find(|field| field.key() == key).map(|field| Self::Fund(row, field))
            }
            ("indicators", Some(key)) => IndicatorField::ALL
                .into_iter()
                .find(|field| field.key() == key)
                .map(|field| Self::Indicator(row, field)),
            _ => None,
        };
        path.ok_or_else(unknown)
    }
}

impl Serialize for FieldPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FieldPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for FieldPath {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FieldPath".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "The path of a field within the form, such as `indicators[3].target`."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_survives_printing_and_parsing() {
        let mut paths: Vec<FieldPath> = FieldPath::FIXED.iter().map(|(path, _)| *path).collect();
        paths.extend([FieldPath::Extra(0), FieldPath::FundRow(3), FieldPath::IndicatorRow(12)]);
        paths.extend(FundField::ALL.map(|field| FieldPath::Fund(1, field)));
        paths.extend(IndicatorField::ALL.map(|field| FieldPath::Indicator(7, field)));
        for path in paths {
            assert_eq!(path.to_string().parse::<FieldPath>().unwrap(), path);
        }
    }

    #[test]
    fn other_texts_name_no_field() {
        for text in ["", "indicators[", "indicators[x]", "indicators[1].colour", "rows[1]", "extra[0].label"] {
            assert!(text.parse::<FieldPath>().is_err(), "{text}");
        }
    }
}
