//! The table of rules: which code is which rule, how serious, on what basis.

use serde::Serialize;

use super::audit::{Audit, Report};
use super::cross::{Among, CrossReport, Pair};
use crate::Severity;
use crate::Severity::{Error, Info, Warning};

/// A rule as the catalogue lists it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RuleInfo {
    /// The stable code, such as `F105`.
    pub code: &'static str,
    /// The name, such as `execution-score-mismatch`.
    pub name: &'static str,
    /// How serious its findings are, unless the profile says otherwise.
    pub severity: Severity,
    /// Whether it may still change.
    pub status: Status,
    /// One Chinese line that says what is wrong.
    pub title: &'static str,
    /// The regulation, or the logic of the form, that the rule rests on.
    pub basis: &'static str,
    /// The keys of the profile that the rule reads.
    pub parameters: &'static [&'static str],
    /// The documentation page in Markdown, in Chinese.
    pub page: &'static str,
    #[serde(skip)]
    pub(super) check: Check,
}

impl RuleInfo {
    /// True for a rule that compares forms with each other, false for one that looks at one form alone.
    #[must_use]
    pub const fn is_across_forms(&self) -> bool {
        !matches!(self.check, Check::Form(_))
    }
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// One form alone.
    Form(fn(Audit<'_>, &mut Report<'_>)),
    /// All forms of a run.
    Among(fn() -> Box<dyn Among>),
    /// A form and the form of the same project of the year before.
    Previous(fn(&Pair<'_>, &mut CrossReport<'_>)),
}

/// Whether a rule may still change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its code and meaning stay.
    Stable,
    /// On trial: its meaning may change.
    Preview,
}

/// The rule of that code.
#[must_use]
pub fn find_rule(code: &str) -> Option<&'static RuleInfo> {
    RULES.iter().find(|rule| rule.code == code)
}

const EXECUTION: &str = "财预〔2020〕10号：预算执行得分为分值乘以执行数与预算数之比，以分值为限";
const ADJUSTMENT: &str = "财预〔2020〕10号：单位自评须反映预算执行情况并分析原因";
const QUANTITATIVE: &str = "财预〔2020〕10号：定量指标完成目标的得满分，未完成的按完成值与目标值的比例计分";
const OVERSHOOT: &str = "财预〔2020〕10号：完成值高于目标值较多的，要分析原因，目标值明显偏低的要调减得分";
const DEVIATION: &str = "财预〔2020〕10号：偏离绩效目标的，要分析说明偏差原因及改进措施";
const QUALITATIVE: &str = "财预〔2020〕10号：定性指标按达成程度分三档计分";
const SPLIT: &str = "财预〔2020〕10号：原则上执行率 10 分，产出指标 50 分，效益指标 30 分，服务对象满意度指标 10 分";
const GRADE: &str = "财预〔2020〕10号：90（含）–100 分为优，80（含）–90 分为良，60（含）–80 分为中，60 分以下为差";
const FILLING: &str = "财预〔2020〕10号所附项目支出绩效自评表：各栏应填写完整";
const ACROSS: &str = "自评表的表间勾稽关系";
const ACROSS_TEXT: &str = "自评表的表间比对：每张表应如实反映本项目、本年度的情况";
const PREVIOUS: &str = "自评表的年度间比对：目标值和分值应与往年的实际水平相衔接";
const LOGIC: &str = "自评表的表内勾稽关系";

macro_rules! rules {
    ($(@$kind:ident $(
        $code:ident $name:literal $severity:ident $($module:ident)::+ $title:literal, $basis:expr, $parameters:expr;
    )*)*) => {
        /// Every rule, in the order of the catalogue.
        pub static RULES: &[RuleInfo] = &[$($(RuleInfo {
            code: stringify!($code),
            name: $name,
            severity: $severity,
            status: Status::Stable,
            title: $title,
            basis: $basis,
            parameters: &$parameters,
            page: include_str!(concat!("pages/", stringify!($code), ".md")),
            check: Check::$kind(super::$($module)::+::check),
        },)*)*];
    };
}

rules! {
    @Form
    H001 "missing-header" Warning missing_header
        "项目名称、主管部门或实施单位未填", FILLING, [];
    F101 "fund-sources-sum" Error fund_sources_sum
        "资金合计不等于各资金来源之和", LOGIC, ["amount_tolerance"];
    F102 "executed-over-budget" Error executed_over_budget
        "执行数超过全年预算数", LOGIC, ["amount_tolerance"];
    F103 "execution-rate-mismatch" Error execution_rate_mismatch
        "执行率与金额算出的不符", EXECUTION, ["execution_basis"];
    F104 "execution-rate-rounding" Info execution_rate_rounding
        "执行率末位未按四舍五入", EXECUTION, ["execution_basis"];
    F105 "execution-score-mismatch" Error execution_score_mismatch
        "执行率得分与金额算出的不符", EXECUTION, ["execution_basis"];
    F106 "large-budget-adjustment" Warning large_budget_adjustment
        "预算调整幅度大", ADJUSTMENT, ["budget_adjustment"];
    F107 "low-execution-rate" Warning low_execution_rate
        "预算执行率低", ADJUSTMENT, ["execution_basis", "execution_rate_floor"];
    F108 "negative-amount" Error negative_amount
        "金额为负数", LOGIC, [];
    W201 "weights-sum" Error weights_sum
        "分值之和不等于总分值", LOGIC, [];
    W202 "level1-weight-nonstandard" Info level1_weight_nonstandard
        "一级指标分值与规定的分配不同", SPLIT, ["weights"];
    S301 "score-out-of-range" Error score_out_of_range
        "得分超过分值或为负数", LOGIC, [];
    S302 "scores-sum" Error scores_sum
        "总分不等于各项得分之和", LOGIC, [];
    S303 "full-marks-unattained" Warning full_marks_unattained
        "未达标却得满分", QUANTITATIVE, [];
    S304 "score-above-proportion" Warning score_above_proportion
        "得分高于按完成比例应得的分", QUANTITATIVE, ["reverse"];
    S305 "deduction-unexplained" Warning deduction_unexplained
        "已达标却扣分且未说明原因", QUANTITATIVE, [];
    S306 "grade-mismatch" Error grade_mismatch
        "评分等级与总分不符", GRADE, ["grades"];
    S307 "score-below-proportion" Info score_below_proportion
        "得分低于按完成比例应得的分", QUANTITATIVE, ["reverse"];
    D401 "shortfall-unexplained" Warning shortfall_unexplained
        "未达标且未说明偏差原因", DEVIATION, [];
    D402 "overshoot-unexplained" Warning overshoot_unexplained
        "远超目标且未说明偏差原因", OVERSHOOT, ["over_attainment"];
    I501 "qualitative-copied" Info qualitative_copied
        "定性指标的完成情况照抄目标", QUALITATIVE, [];
    I502 "unit-conflict" Warning unit_conflict
        "目标值与完成值单位不一致", LOGIC, [];
    I503 "level1-missing" Warning level1_missing
        "缺少一类一级指标", SPLIT, [];
    I504 "duplicate-indicator" Warning duplicate_indicator
        "指标重复", FILLING, [];
    I505 "incomplete-indicator" Warning incomplete_indicator
        "指标行有空缺", FILLING, [];
    G601 "goal-missing" Warning goal_missing
        "年度总体目标未填", FILLING, [];
    G602 "goal-copied" Info goal_copied
        "实际完成情况照抄预期目标", FILLING, [];
    @Among
    X101 "same-project-differs" Warning cross::same_project_differs
        "同一项目同一年度的两张表数字不同", ACROSS, [];
    X201 "shared-goal" Warning cross::shared_goal
        "不同项目的年度总体目标一字不差", ACROSS_TEXT, ["copied_text_length"];
    X202 "shared-deviation" Info cross::shared_deviation
        "不同项目的偏差原因一字不差", ACROSS_TEXT, ["copied_text_length"];
    X301 "unit-target-differs" Info cross::unit_target_differs
        "同一单位同一指标的年度指标值不一", ACROSS, [];
    @Previous
    X401 "target-lowered" Warning cross::target_lowered
        "年度指标值调低，且低于上年实际完成值", PREVIOUS, [];
    X402 "target-below-last-actual" Info cross::target_below_last_actual
        "年度指标值低于上年实际完成值", PREVIOUS, [];
    X403 "result-carried-over" Warning cross::result_carried_over
        "完成情况或偏差原因照抄上年", ACROSS_TEXT, ["copied_text_length"];
    X404 "goal-carried-over" Info cross::goal_carried_over
        "预期目标照抄上年", ACROSS_TEXT, ["copied_text_length"];
    X405 "weight-moved" Info cross::weight_moved
        "指标分值与上年不同", PREVIOUS, [];
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: [&str; 6] = ["检查内容", "为什么重要", "依据", "示例", "例外", "参数"];

    #[test]
    fn codes_and_names_are_unique_and_found() {
        for (number, rule) in RULES.iter().enumerate() {
            assert_eq!(find_rule(rule.code).map(|found| found.name), Some(rule.name));
            assert!(RULES.iter().skip(number + 1).all(|other| other.name != rule.name), "{}", rule.name);
        }
        assert!(find_rule("F1").is_none());
    }

    #[test]
    fn every_page_has_the_title_and_the_headings_in_order() {
        for rule in RULES {
            let title = format!("# {} {}", rule.code, rule.title);
            assert_eq!(rule.page.lines().next(), Some(title.as_str()));
            let headings: Vec<_> = rule.page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
            assert_eq!(headings, HEADINGS, "{}", rule.code);
        }
    }

    #[test]
    fn every_page_names_the_parameters_of_its_rule() {
        for rule in RULES {
            let (_, section) = rule.page.split_once("## 参数").unwrap();
            let named: Vec<_> = section.split('`').skip(1).step_by(2).collect();
            assert_eq!(named, rule.parameters, "{}", rule.code);
        }
    }

    #[test]
    fn every_heading_is_followed_by_text() {
        for rule in RULES {
            for section in rule.page.split("## ").skip(1) {
                let body = section.split_once('\n').map_or("", |(_, body)| body);
                assert!(!body.trim().is_empty(), "{}: {section}", rule.code);
            }
        }
    }
}
