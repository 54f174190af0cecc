//! A form without a fault, for the tests of the rules to spoil.

use rust_decimal::Decimal;

use super::{Finding, check};
use crate::profile::Profile;
use crate::{Actual, AmountUnit, Comparator, Family, Form, FundRow, Funds, Goals, Grade, Indicator, Target, Total};

/// The decimal that `text` prints.
pub(crate) fn dec(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

/// The findings of one rule under `mof-2020`.
pub(crate) fn found(code: &str, form: &Form) -> Vec<Finding> {
    found_under(&Profile::default(), code, form)
}

/// The findings of one rule under `profile`.
pub(crate) fn found_under(profile: &Profile, code: &str, form: &Form) -> Vec<Finding> {
    check(form, profile).into_iter().filter(|finding| finding.code == code).collect()
}

/// The row and field of every finding of one rule.
pub(crate) fn places(code: &str, form: &Form) -> Vec<(Option<usize>, String)> {
    let place = |finding: Finding| (finding.location.row, finding.location.field.unwrap_or_default());
    found(code, form).into_iter().map(place).collect()
}

/// A row and field as [`places`] gives them.
pub(crate) fn place(row: impl Into<Option<usize>>, field: &str) -> (Option<usize>, String) {
    (row.into(), field.to_owned())
}

/// A complete and consistent form of an invented project, in which no rule finds anything.
///
/// Rows of the indicators: 0 `≥` forward, 1 qualitative, 2 `≤` ceiling, 3 unmet and explained, 4 satisfaction.
pub(crate) fn valid_form() -> Form {
    Form {
        family: Family::Mof,
        title: text("项目支出绩效自评表"),
        year: Some(2023),
        project_name: text("湿地步道修缮"),
        department: text("青禾市园林局"),
        unit: text("青禾市湿地公园管理所"),
        funds: Funds { amount_unit: Some(AmountUnit::TenThousandYuan), rows: fund_rows() },
        goals: Goals {
            expected: text("修缮步道十公里。"), actual: text("步道已修缮，市民反映良好。")
        },
        indicators: indicators(),
        total: Total { weight: dec("100"), score: dec("97.60") },
        grade: Some(Grade::Excellent),
        extra: Vec::new(),
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn fund_rows() -> Vec<FundRow> {
    let total = FundRow {
        weight: dec("10"),
        execution_rate: dec("96.00"),
        score: dec("9.60"),
        ..fund_row("年度资金总额", "190.00", "200.00", "192.00")
    };
    vec![total, fund_row("当年财政拨款", "150.00", "160.00", "152.00"), fund_row("其他资金", "40.00", "40.00", "40.00")]
}

fn fund_row(label: &str, initial: &str, annual: &str, executed: &str) -> FundRow {
    FundRow {
        label: label.to_owned(),
        initial_budget: dec(initial),
        annual_budget: dec(annual),
        executed: dec(executed),
        ..FundRow::default()
    }
}

fn indicators() -> Vec<Indicator> {
    let numbers = [
        indicator(["产出指标", "数量指标", "修缮步道长度"], (Comparator::AtLeast, "10", "公里"), "10", ["20", "20"]),
        qualitative(["产出指标", "质量指标", "工程质量"], "验收合格", "已通过竣工验收", ["20", "20"]),
        indicator(["产出指标", "成本指标", "单位造价"], (Comparator::AtMost, "20", "万元/公里"), "19.2", ["10", "10"]),
        indicator(["效益指标", "社会效益指标", "游客增长率"], (Comparator::AtLeast, "15", "%"), "14", ["30", "28"]),
        indicator(
            ["满意度指标", "服务对象满意度指标", "市民满意度"],
            (Comparator::AtLeast, "90", "%"),
            "95",
            ["10", "10"],
        ),
    ];
    let mut rows = Vec::from(numbers);
    rows[3].deviation = text("雨季较长，游客减少，次年加强宣传。");
    rows
}

fn indicator(levels: [&str; 3], target: (Comparator, &str, &str), actual: &str, points: [&str; 2]) -> Indicator {
    let (comparator, value, unit) = target;
    let mut indicator =
        qualitative(levels, &format!("{}{value}{unit}", comparator.sign()), &format!("{actual}{unit}"), points);
    indicator.target = Target { comparator: Some(comparator), value: dec(value), unit: text(unit), ..indicator.target };
    indicator.actual = Actual { value: dec(actual), unit: text(unit), ..indicator.actual };
    indicator
}

fn qualitative(levels: [&str; 3], target: &str, actual: &str, points: [&str; 2]) -> Indicator {
    Indicator {
        level1: text(levels[0]),
        level2: text(levels[1]),
        level3: levels[2].to_owned(),
        target: Target { text: text(target), ..Target::default() },
        actual: Actual { text: text(actual), ..Actual::default() },
        weight: dec(points[0]),
        score: dec(points[1]),
        deviation: None,
    }
}

#[test]
fn the_form_without_a_fault_has_no_findings() {
    for name in ["mof-2020", "sichuan", "hubei"] {
        assert_eq!(check(&valid_form(), &Profile::builtin(name).unwrap()), []);
    }
}

#[test]
fn an_empty_form_lacks_only_its_texts() {
    let codes: Vec<_> = check(&Form::default(), &Profile::default()).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["H001", "H001", "H001", "G601", "G601"]);
}
