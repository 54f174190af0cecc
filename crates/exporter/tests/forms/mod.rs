//! An invented form that fills every field of the official table.

use jixiao_core::{AmountUnit, Decimal, Form, FundRow, Grade, Indicator, Total};
use jixiao_parser::value;

/// The decimal that `text` prints.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

/// One indicator of 10 points.
pub(crate) fn indicator(levels: (Option<&str>, Option<&str>), name: &str, target: &str, actual: &str) -> Indicator {
    Indicator {
        level1: levels.0.map(str::to_owned),
        level2: levels.1.map(str::to_owned),
        level3: name.to_owned(),
        target: value::target(target),
        actual: value::actual(actual),
        weight: decimal("10"),
        score: decimal("9.80"),
        deviation: None,
    }
}

/// A fund row: three amounts, then weight, rate and score.
pub(crate) fn fund(label: &str, amounts: [&str; 3], points: Option<[&str; 3]>) -> FundRow {
    let [weight, rate, score] = points.map_or([None; 3], |points| points.map(|text| text.parse().ok()));
    FundRow {
        label: label.to_owned(),
        initial_budget: amounts[0].parse().ok(),
        annual_budget: amounts[1].parse().ok(),
        executed: amounts[2].parse().ok(),
        weight,
        execution_rate: rate,
        score,
    }
}

/// A form that fills every field of the official table.
pub(crate) fn full_form() -> Form {
    let mut form = Form {
        title: Some("项目支出绩效自评表".to_owned()),
        year: Some(2023),
        project_name: Some("河滨步道照明改造".to_owned()),
        department: Some("青岚市城市管理局".to_owned()),
        unit: Some("青岚市路灯所".to_owned()),
        grade: Some(Grade::Excellent),
        total: Total { weight: decimal("100"), score: decimal("96.50") },
        ..Form::default()
    };
    form.funds.amount_unit = Some(AmountUnit::TenThousandYuan);
    form.funds.rows = vec![
        fund("年度资金总额", ["120.00", "118.50", "116.27"], Some(["10", "98.12", "9.81"])),
        fund("当年财政拨款", ["100.00", "98.50", "96.27"], None),
        fund("上年结转资金", ["20.00", "20.00", "20.00"], None),
        fund("其他资金", ["0", "0", "0"], None),
    ];
    form.goals.expected = Some("1.更换路灯300盏；\n2.夜间照明达标。".to_owned());
    form.goals.actual = Some("已更换路灯300盏。".to_owned());
    form.indicators = vec![
        indicator((Some("产出指标"), Some("数量指标")), "更换路灯", "≥300盏", "300盏"),
        indicator((Some("产出指标"), Some("数量指标")), "巡查次数", "12", "12.00"),
        indicator((Some("产出指标"), Some("质量指标")), "验收合格率", "=100%", "98.50%"),
        indicator((Some("效益指标"), Some("社会效益指标")), "夜间出行", "明显改善", "明显改善"),
    ];
    form
}
