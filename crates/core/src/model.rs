//! The form as printed: one typed record of every value, nothing computed.
//!
//! The JSON contract is `jixiao/1`: decimals are strings with the printed scale, blank cells are null.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The JSON form of a decimal: a string, never a JSON number, so that no reader passes it through a binary float.
#[derive(JsonSchema)]
#[schemars(transparent, inline)]
#[expect(dead_code, reason = "stands in for Decimal in the generated JSON Schema")]
pub(crate) struct DecimalText(#[schemars(regex(pattern = r"^-?[0-9]+(\.[0-9]+)?$"))] String);

/// The layout family a form belongs to: which labels, columns and blocks it prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// 项目支出绩效自评表 of the Ministry of Finance (财预〔2020〕10号) and its provincial copies.
    #[default]
    Mof,
    /// 部门预算项目支出绩效自评表 of Sichuan.
    Sichuan,
    /// 绩效目标自评表 of poverty-relief and rural-revitalisation funds.
    Rural,
    /// 转移支付区域（项目）绩效目标自评表: no weights, no scores.
    Transfer,
    /// 县级专项资金绩效目标自评表 of Hunan.
    CountySpecial,
    /// 部门整体（支出）绩效自评表: a whole department, not a project.
    Department,
    /// Hubei's 项目自评表: no weight column, execution worth 20 points.
    Hubei,
    /// Process-type and unknown layouts.
    Other,
}

impl Family {
    /// Every family, in the order of the specification.
    pub const ALL: [Self; 8] = [
        Self::Mof,
        Self::Sichuan,
        Self::Rural,
        Self::Transfer,
        Self::CountySpecial,
        Self::Department,
        Self::Hubei,
        Self::Other,
    ];

    /// The name used in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mof => "mof",
            Self::Sichuan => "sichuan",
            Self::Rural => "rural",
            Self::Transfer => "transfer",
            Self::CountySpecial => "county-special",
            Self::Department => "department",
            Self::Hubei => "hubei",
            Self::Other => "other",
        }
    }
}

/// One self-evaluation form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The layout family.
    #[serde(default)]
    pub family: Family,
    /// The title as printed, without white space and without the year in brackets.
    #[serde(default)]
    pub title: Option<String>,
    /// The budget year, from the title or the bracket under it; `None` where the form prints none.
    #[serde(default)]
    pub year: Option<i32>,
    /// 项目名称.
    #[serde(default)]
    pub project_name: Option<String>,
    /// 主管部门.
    #[serde(default)]
    pub department: Option<String>,
    /// 实施单位.
    #[serde(default)]
    pub unit: Option<String>,
    /// 项目资金.
    #[serde(default)]
    pub funds: Funds,
    /// 年度总体目标.
    #[serde(default)]
    pub goals: Goals,
    /// 绩效指标, one entry a level-3 indicator, in printed order.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
    /// 总分.
    #[serde(default)]
    pub total: Total,
    /// 评分等级, where the form prints one.
    #[serde(default)]
    pub grade: Option<Grade>,
    /// Every other labelled field, in printed order.
    #[serde(default)]
    pub extra: Vec<ExtraField>,
}

/// The funds block 项目资金.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Funds {
    /// The unit of every amount of the block.
    #[serde(default)]
    pub amount_unit: Option<AmountUnit>,
    /// The fund rows in printed order; the total row 年度资金总额 usually comes first.
    #[serde(default)]
    pub rows: Vec<FundRow>,
}

/// The unit in which money is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum AmountUnit {
    /// 元.
    #[serde(rename = "元")]
    Yuan,
    /// 万元, ten thousand yuan.
    #[serde(rename = "万元")]
    TenThousandYuan,
}

impl AmountUnit {
    /// The unit as printed on forms.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousandYuan => "万元",
        }
    }
}

/// One fund row: three amounts in the form's unit, a weight and a score in points, a rate in percent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundRow {
    /// Row label without a leading `其中：` and without colons.
    pub label: String,
    /// 年初预算数: the amount budgeted at the start of the year.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub initial_budget: Option<Decimal>,
    /// 全年预算数: the budget after adjustments.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub annual_budget: Option<Decimal>,
    /// 全年执行数: the amount spent.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub executed: Option<Decimal>,
    /// 分值: the points the execution rate is worth.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub weight: Option<Decimal>,
    /// 执行率 in percent (`98.12%` is `98.12`), as printed.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub execution_rate: Option<Decimal>,
    /// 得分.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub score: Option<Decimal>,
}

/// The two texts of 年度总体目标.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goals {
    /// 预期目标.
    #[serde(default)]
    pub expected: Option<String>,
    /// 实际完成情况.
    #[serde(default)]
    pub actual: Option<String>,
}

/// One level-3 indicator with its target, actual, weight and score.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// 一级指标, without a trailing weight such as `(50分)`.
    #[serde(default)]
    pub level1: Option<String>,
    /// 二级指标, without a trailing weight.
    #[serde(default)]
    pub level2: Option<String>,
    /// 三级指标, as printed.
    pub level3: String,
    /// 年度指标值.
    #[serde(default)]
    pub target: Target,
    /// 实际完成值.
    #[serde(default)]
    pub actual: Actual,
    /// 分值, in points.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub weight: Option<Decimal>,
    /// 得分, in points.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub score: Option<Decimal>,
    /// 偏差原因分析及改进措施.
    #[serde(default)]
    pub deviation: Option<String>,
}

/// A target as printed, and what it says as a quantity.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The cell as printed.
    #[serde(default)]
    pub text: Option<String>,
    /// The comparator, where one is printed.
    #[serde(default)]
    pub comparator: Option<Comparator>,
    /// The number; `None` for a qualitative target.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub value: Option<Decimal>,
    /// The unit behind the number, as printed.
    #[serde(default)]
    pub unit: Option<String>,
}

/// An actual as printed, and what it says as a quantity.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Actual {
    /// The cell as printed.
    #[serde(default)]
    pub text: Option<String>,
    /// The number; `None` for a qualitative actual.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub value: Option<Decimal>,
    /// The unit behind the number, as printed.
    #[serde(default)]
    pub unit: Option<String>,
}

/// How an actual is compared with its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Comparator {
    /// `>`.
    #[serde(rename = ">")]
    Greater,
    /// `≥`, also printed `>=` or `≧`.
    #[serde(rename = "≥")]
    AtLeast,
    /// `=`.
    #[serde(rename = "=")]
    Equal,
    /// `≤`, also printed `<=` or `≦`.
    #[serde(rename = "≤")]
    AtMost,
    /// `<`.
    #[serde(rename = "<")]
    Less,
}

impl Comparator {
    /// The characters a sign begins with, folded.
    pub const SIGNS: [char; 5] = ['>', '<', '=', '≥', '≤'];

    /// The sign of the JSON contract.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Greater => ">",
            Self::AtLeast => "≥",
            Self::Equal => "=",
            Self::AtMost => "≤",
            Self::Less => "<",
        }
    }
}

/// The 总分 row.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// The weight printed in the total row, usually 100.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub weight: Option<Decimal>,
    /// The total score as printed.
    #[serde(default, with = "rust_decimal::serde::str_option")]
    #[schemars(with = "Option<DecimalText>")]
    pub score: Option<Decimal>,
}

/// 评分等级.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Grade {
    /// 优.
    #[serde(rename = "优")]
    Excellent,
    /// 良.
    #[serde(rename = "良")]
    Good,
    /// 中.
    #[serde(rename = "中")]
    Fair,
    /// 差.
    #[serde(rename = "差")]
    Poor,
}

impl Grade {
    /// The grade as printed.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Excellent => "优",
            Self::Good => "良",
            Self::Fair => "中",
            Self::Poor => "差",
        }
    }

    /// The grade that a printed cell names, if it names one.
    #[must_use]
    pub fn from_label(text: &str) -> Option<Self> {
        match text.trim() {
            "优" | "优秀" => Some(Self::Excellent),
            "良" | "良好" => Some(Self::Good),
            "中" | "中等" => Some(Self::Fair),
            "差" | "较差" => Some(Self::Poor),
            _ => None,
        }
    }
}

/// A labelled field that has no key of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtraField {
    /// The label as printed, without the colon.
    pub label: String,
    /// The field's text as printed.
    pub text: String,
}
