//! What the blank form tells the person who fills it in.

use jixiao_core::{FieldPath, FundField, IndicatorField};

/// The guidance for a cell or column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hint {
    /// Title of the message shown when the cell is selected.
    pub(super) title: &'static str,
    /// The message.
    pub(super) message: &'static str,
    /// What is said when the entry breaks the rule of the cell.
    pub(super) complaint: &'static str,
    /// A note on the column's heading.
    pub(super) note: Option<&'static str>,
}

/// What 指标性质 may hold. The full-width sign of equality begins no formula.
pub(super) const TARGET_NATURES: &[&str] = &["≥", "＞", "＝", "≤", "＜", "定性"];

/// The guidance for the comparator of a target in several columns.
pub(super) const TARGET_NATURE: Hint = noted(
    complaining(plain("指标性质", "从下拉列表中选择。"), "指标性质应为 ≥、＞、＝、≤、＜ 或 定性。"),
    "定量指标选比较符：≥、＞、＝、≤、＜。定性指标选「定性」，并在「指标值」写可以核对的标准，「度量单位」留空。",
);

/// The guidance for the value of a target in several columns.
pub(super) const TARGET_VALUE: Hint =
    plain("指标值", "定量指标只写数字；定性指标写标准，如 优良中低差。应与年初批复的绩效目标一致。");

/// The guidance for the unit of a target in several columns.
pub(super) const TARGET_UNIT: Hint = plain("度量单位", "指标值的单位，如 %、米、人次；定性指标留空。");

/// The single cells that have guidance.
pub(super) const HEADER_FIELDS: &[FieldPath] = &[
    FieldPath::Year,
    FieldPath::ProjectName,
    FieldPath::Department,
    FieldPath::Unit,
    FieldPath::GoalsExpected,
    FieldPath::GoalsActual,
];

const fn plain(title: &'static str, message: &'static str) -> Hint {
    Hint { title, message, complaint: "内容与要求不符，确定要保留吗？", note: None }
}

const fn amount(title: &'static str, message: &'static str) -> Hint {
    Hint {
        title,
        message,
        complaint: "金额应为不小于 0 的数字，单位见表中「项目资金」，不要写单位和千分位。",
        note: None,
    }
}

const fn noted(hint: Hint, note: &'static str) -> Hint {
    Hint { note: Some(note), ..hint }
}

const fn complaining(hint: Hint, complaint: &'static str) -> Hint {
    Hint { complaint, ..hint }
}

/// The guidance for `field`; `None` where nothing needs saying.
pub(super) const fn of(field: FieldPath) -> Option<Hint> {
    match field {
        FieldPath::Year => Some(plain("年度", "填预算年度，如（2024年度）。")),
        FieldPath::ProjectName => Some(plain("项目名称", "与预算批复中的项目名称一致。")),
        FieldPath::Department => Some(plain("主管部门", "填一级预算部门全称。")),
        FieldPath::Unit => Some(plain("实施单位", "填具体组织实施项目的单位全称。")),
        FieldPath::GoalsExpected => Some(plain("预期目标", "填年初批复的绩效目标，原文照录。")),
        FieldPath::GoalsActual => {
            Some(plain("实际完成情况", "对照预期目标逐条填写截至年末的完成情况，写明数量、质量和效果。"))
        }
        FieldPath::Fund(_, column) => fund(column),
        FieldPath::Indicator(_, column) => indicator(column),
        _ => None,
    }
}

const fn fund(column: FundField) -> Option<Hint> {
    match column {
        FundField::InitialBudget => Some(amount("年初预算数", "填年初批复的预算，只写数字；没有的留空。")),
        FundField::AnnualBudget => Some(noted(
            amount("全年预算数", "填调整后的全年预算，只写数字；未调整的与年初预算数相同。"),
            "全年预算数是追加、调剂以后的预算。执行率＝全年执行数÷全年预算数，不按年初预算数计算。",
        )),
        FundField::Executed => Some(noted(
            amount("全年执行数", "填截至年末的实际支出，只写数字。"),
            "年度资金总额应等于以下各来源之和；执行数一般不大于全年预算数。",
        )),
        FundField::Weight => {
            Some(complaining(plain("分值", "预算执行率的分值，一般为 10 分。"), "分值应为 0 到 100 之间的数字。"))
        }
        FundField::ExecutionRate | FundField::Score | FundField::Label => None,
    }
}

const fn indicator(column: IndicatorField) -> Option<Hint> {
    match column {
        IndicatorField::Level1 => Some(complaining(
            plain("一级指标", "从下拉列表中选择；各行都要填写。"),
            "不是常用的一级指标名称，确定要保留吗？",
        )),
        IndicatorField::Level2 => Some(complaining(
            plain("二级指标", "从下拉列表中选择；各行都要填写。"),
            "不是常用的二级指标名称，确定要保留吗？",
        )),
        IndicatorField::Level3 => Some(plain("三级指标", "填具体指标名称，一行一个；用不到的行留空。")),
        IndicatorField::Target => Some(noted(
            plain("年度指标值", "定量的写比较符、数值和单位，如 ≥95%、≤30天；定性的写明标准。"),
            "定量指标写「比较符＋数值＋单位」，比较符用 ≥、＞、＝、≤、＜。定性指标写可以核对的标准。应与年初批复的绩效目标一致。",
        )),
        IndicatorField::Actual => Some(noted(
            plain("实际完成值", "写实际数值和单位，如 96.5%、28天；单位与年度指标值一致。"),
            "单位须与年度指标值一致，才能自动核算得分。定性指标写达成情况，不要照抄年度指标值。",
        )),
        IndicatorField::Weight => Some(noted(
            complaining(plain("分值", "该指标的分值，只写数字。"), "分值应为 0 到 100 之间的数字。"),
            "除特殊情况外：产出指标 50 分，效益指标 30 分，服务对象满意度指标 10 分，预算执行率 10 分，合计 100 分。",
        )),
        IndicatorField::Score => Some(noted(
            complaining(plain("得分", "该指标的得分，只写数字，不超过分值。"), "得分应为 0 到该行分值之间的数字。"),
            "定量指标：完成的得满分，未完成的按完成比例计分。定性指标：达成 80%–100%，部分达成 60%–80%，未达成 0%–60%。",
        )),
        IndicatorField::Deviation => Some(noted(
            plain("偏差原因分析及改进措施", "未完成或明显超过指标值的，说明原因和改进措施；没有偏差的留空。"),
            "未达到指标值、扣了分，或超过指标值 30% 以上的，都要说明原因并提出改进措施。",
        )),
    }
}
