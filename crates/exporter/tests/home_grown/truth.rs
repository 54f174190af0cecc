//! An invented form in each family: with what the family has no column for left out.

use jixiao_core::{
    Actual, AmountUnit, Decimal, Family, Form, FundField, FundRow, Funds, Goals, Indicator, IndicatorField, Target,
    Total,
};
use jixiao_parser::value;

use super::families::FamilyLabels;

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn number(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

/// The filled form.
pub(crate) fn of(family: &FamilyLabels) -> Form {
    Form {
        family: family.family,
        title: text(family.title),
        year: Some(2023),
        project_name: family.project.and_then(|_| text("行道树补植")),
        department: family.department.and_then(|_| text("云汀市园林局")),
        unit: family.unit.and_then(|_| text("云汀市绿化站")),
        funds: Funds { amount_unit: Some(AmountUnit::TenThousandYuan), rows: funds(family) },
        goals: goals(family),
        indicators: indicators(family),
        total: total(family),
        ..Form::default()
    }
}

/// The form at the beginning of the year: without all that is known at its end.
pub(crate) fn planned(family: &FamilyLabels) -> Form {
    let mut form = of(family);
    form.goals.actual = None;
    form.total.score = None;
    for row in &mut form.funds.rows {
        (row.executed, row.execution_rate, row.score) = (None, None, None);
    }
    for row in &mut form.indicators {
        (row.actual, row.score, row.deviation) = (Actual::default(), None, None);
    }
    form
}

/// The form that nobody has filled in; its table has rows for the indicators.
pub(crate) fn blank(family: &FamilyLabels) -> Form {
    let mut form = planned(family);
    (form.year, form.project_name, form.department, form.unit) = (None, None, None, None);
    (form.goals, form.total) = (Goals::default(), Total::default());
    for row in &mut form.funds.rows {
        (row.initial_budget, row.annual_budget, row.weight) = (None, None, None);
    }
    for row in &mut form.indicators {
        *row = Indicator::default();
    }
    form
}

fn funds(family: &FamilyLabels) -> Vec<FundRow> {
    let labels = family.fund_rows.iter().filter(|label| !label.is_empty());
    let row = |(index, label): (usize, &&str)| {
        let total = index == 0;
        let keep = |field, number: Option<Decimal>| number.filter(|_| family.has_fund(field));
        // Hubei prints the weight of the execution with the block's name.
        let in_name = if family.family == Family::Hubei { number("20") } else { None };
        FundRow {
            label: label.trim_start_matches("其中：").to_owned(),
            initial_budget: keep(FundField::InitialBudget, number(if total { "46.5" } else { "40" })),
            annual_budget: keep(FundField::AnnualBudget, number(if total { "50" } else { "42" })),
            executed: keep(FundField::Executed, number(if total { "48" } else { "40.25" })),
            weight: keep(FundField::Weight, number("10")).or(in_name).filter(|_| total),
            execution_rate: keep(FundField::ExecutionRate, number("96.00")).filter(|_| total),
            score: keep(FundField::Score, number("9.6")).filter(|_| total),
        }
    };
    labels.enumerate().map(row).collect()
}

fn goals(family: &FamilyLabels) -> Goals {
    match family.goals {
        Some(_) => Goals {
            expected: text("补植行道树，街道成荫。"), actual: text("补植完成，个别路段待补。")
        },
        None => Goals::default(),
    }
}

fn indicators(family: &FamilyLabels) -> Vec<Indicator> {
    let rows = if family.family == Family::Other {
        [
            ("项目决策", "项目立项", "立项依据充分性", "充分", "充分", "10", None),
            ("项目产出", "产出数量", "补植株数", "≥120株", "118株", "50", text("两处管线未迁，次年三月前补植")),
            ("项目产出", "产出质量", "成活率", "≥95%", "97%", "20", None),
            ("项目效益", "社会效益", "市民满意度", "≥90%", "93.5%", "10", None),
        ]
    } else {
        [
            ("产出指标", "数量指标", "补植株数", "≥120株", "118株", "40", text("两处管线未迁，次年三月前补植")),
            ("产出指标", "质量指标", "成活率", "≥95%", "97%", "20", None),
            ("效益指标", "社会效益指标", "遮荫改善", "明显改善", "明显改善", "20", None),
            ("满意度指标", "服务对象满意度指标", "市民满意度", "≥90%", "93.5%", "10", None),
        ]
    };
    let row =
        |(level1, level2, level3, target, actual, weight, deviation): (_, _, &str, _, _, &str, Option<String>)| {
            let keep = |field, number: Option<Decimal>| number.filter(|_| family.has(field));
            Indicator {
                level1: text(level1),
                level2: text(level2),
                level3: level3.to_owned(),
                target: target_of(family, target),
                actual: value::actual(actual),
                weight: keep(IndicatorField::Weight, number(weight)),
                score: keep(IndicatorField::Score, number(weight)),
                deviation: deviation.filter(|_| family.has(IndicatorField::Deviation)),
            }
        };
    rows.map(row).into()
}

/// Where 指标性质 has a column of its own, what is no quantity is introduced as 定性.
fn target_of(family: &FamilyLabels, text: &str) -> Target {
    let target = value::target(text);
    let split = family.columns.iter().any(|(_, holds)| *holds == super::families::Holds::Nature);
    if split && target.value.is_none() { value::target(&format!("定性{text}")) } else { target }
}

fn total(family: &FamilyLabels) -> Total {
    let has_weight = family.total.is_some() && family.has(IndicatorField::Weight);
    let has_score = family.total.is_some() || family.total_in_header.is_some();
    Total { weight: number("100").filter(|_| has_weight), score: number("99.6").filter(|_| has_score) }
}
