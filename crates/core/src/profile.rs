//! Profiles (评分方案): every number that the rules depend on, as a TOML file that users can copy and change.
//!
//! Source: 财预〔2020〕10号 for `mof-2020`; the provincial tables for the others.

mod read;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::rules::Selection;
use crate::{Family, FundField, FundRow, Severity};

pub use read::ProfileError;

const BUILTIN: [(&str, &str); 3] = [
    ("mof-2020", include_str!("../profiles/mof-2020.toml")),
    ("hubei", include_str!("../profiles/hubei.toml")),
    ("sichuan", include_str!("../profiles/sichuan.toml")),
];

/// The parameters of the rules and of scoring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name, as printed with a finding's basis.
    pub name: String,
    /// One Chinese sentence on where the profile applies.
    pub description: String,
    /// The budget that spending is compared with.
    pub execution_basis: ExecutionBasis,
    /// The points of the parts of the form.
    pub weights: Weights,
    /// The lowest total score of each grade.
    pub grades: Grades,
    /// How far over the target is too far, as a share of the target.
    pub over_attainment: Decimal,
    /// How much a budget may be adjusted, as a share of the initial budget.
    pub budget_adjustment: Decimal,
    /// The lowest execution rate that needs no remark, in percent.
    pub execution_rate_floor: Decimal,
    /// By how much a sum of amounts may differ, in the form's unit.
    pub amount_tolerance: Decimal,
    /// The formula for a ceiling that is exceeded.
    pub reverse: Reverse,
    /// Where the bands of a qualitative indicator part, in percent of its weight, descending.
    pub qualitative_bands: [Decimal; 2],
    /// Texts of at least this many characters, white space aside, are compared between forms.
    pub copied_text_length: usize,
    /// Which rules are on.
    pub selection: Selection,
    /// Rules whose severity differs from the catalogue's, by code.
    pub severity: BTreeMap<String, Severity>,
}

/// The budget that spending is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExecutionBasis {
    /// 全年预算数, after adjustments.
    AnnualBudget,
    /// 年初预算数.
    InitialBudget,
}

impl ExecutionBasis {
    /// Every basis.
    pub const ALL: [Self; 2] = [Self::AnnualBudget, Self::InitialBudget];

    /// The name used in a profile.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.field().key()
    }

    /// The column that holds it.
    #[must_use]
    pub const fn field(self) -> FundField {
        match self {
            Self::AnnualBudget => FundField::AnnualBudget,
            Self::InitialBudget => FundField::InitialBudget,
        }
    }

    /// The budget of `row`.
    #[must_use]
    pub const fn budget(self, row: &FundRow) -> Option<Decimal> {
        match self {
            Self::AnnualBudget => row.annual_budget,
            Self::InitialBudget => row.initial_budget,
        }
    }
}

/// The formula for a ceiling (`≤`, `<`) that is exceeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reverse {
    /// weight × target ÷ actual.
    Ratio,
    /// weight × max(0, 1 − (actual − target) ÷ target), of some provincial systems.
    Linear,
}

impl Reverse {
    /// Every formula.
    pub const ALL: [Self; 2] = [Self::Ratio, Self::Linear];

    /// The name used in a profile.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Linear => "linear",
        }
    }
}

/// The points of the parts of a form; `None` where the profile does not prescribe them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weights {
    /// The execution rate.
    pub execution: Option<Decimal>,
    /// 产出指标.
    pub output: Option<Decimal>,
    /// 效益指标.
    pub benefit: Option<Decimal>,
    /// 满意度指标.
    pub satisfaction: Option<Decimal>,
}

/// The lowest total score of 优, 良 and 中; below is 差.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grades {
    /// 优.
    pub excellent: Decimal,
    /// 良.
    pub good: Decimal,
    /// 中.
    pub fair: Decimal,
}

/// `mof-2020`, which a profile that leaves a key out falls back on.
impl Default for Profile {
    fn default() -> Self {
        let points = |points: i64| Some(Decimal::from(points));
        Self {
            name: "mof-2020".to_owned(),
            description: "财政部《项目支出绩效评价管理办法》（财预〔2020〕10号）单位自评".to_owned(),
            execution_basis: ExecutionBasis::AnnualBudget,
            weights: Weights {
                execution: points(10),
                output: points(50),
                benefit: points(30),
                satisfaction: points(10),
            },
            grades: Grades { excellent: Decimal::from(90), good: Decimal::from(80), fair: Decimal::from(60) },
            over_attainment: Decimal::new(30, 2),
            budget_adjustment: Decimal::new(20, 2),
            execution_rate_floor: Decimal::from(80),
            amount_tolerance: Decimal::new(1, 2),
            reverse: Reverse::Ratio,
            qualitative_bands: [Decimal::from(80), Decimal::from(60)],
            copied_text_length: 20,
            selection: Selection::default(),
            severity: BTreeMap::new(),
        }
    }
}

impl Profile {
    /// The names of the built-in profiles.
    pub const BUILTIN_NAMES: [&'static str; 3] = [BUILTIN[0].0, BUILTIN[1].0, BUILTIN[2].0];

    /// The built-in profile of that name.
    #[must_use]
    pub fn builtin(name: &str) -> Option<Self> {
        Self::builtin_toml(name).and_then(|text| Self::from_toml(text).ok())
    }

    /// The TOML of the built-in profile of that name, to start one's own from.
    #[must_use]
    pub fn builtin_toml(name: &str) -> Option<&'static str> {
        BUILTIN.iter().find(|(builtin, _)| *builtin == name).map(|(_, text)| *text)
    }

    /// The built-in profile that fits a family: what `--profile auto` takes.
    #[must_use]
    pub fn for_family(family: Family) -> Self {
        match family {
            Family::Hubei | Family::Sichuan => Self::builtin(family.name()).unwrap_or_default(),
            _ => Self::default(),
        }
    }

    /// Reads a profile. Keys that are left out are those of `mof-2020`, except that a `[weights]` table is taken
    /// as it stands: a part it does not name has no prescribed weight.
    ///
    /// # Errors
    ///
    /// Text that is no TOML, an unknown key, a value that does not fit: each names the line, and the key where
    /// there is one.
    pub fn from_toml(text: &str) -> Result<Self, ProfileError> {
        read::profile(text)
    }
}

#[cfg(test)]
mod tests;
