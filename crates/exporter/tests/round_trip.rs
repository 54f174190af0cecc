//! What is written reads back as the same form: every text equal, every number equal in value and printed scale.

#![expect(clippy::unwrap_used, reason = "a failure to write or read is a failed test")]

use jixiao_core::{Actual, AmountUnit, Decimal, ExtraField, Family, Form, FundRow, Grade, Indicator, Target, Total};
use jixiao_exporter::{Layout, WriteOptions, read_workbook, write_workbook};
use jixiao_parser::value;
use proptest::prelude::*;

fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

fn indicator(levels: (Option<&str>, Option<&str>), name: &str, target: &str, actual: &str) -> Indicator {
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

fn fund(label: &str, amounts: [&str; 3], points: Option<[&str; 3]>) -> FundRow {
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
fn full_form() -> Form {
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

fn round_trip(forms: &[Form], layout: &Layout) -> Vec<Form> {
    let written = write_workbook(forms, layout, &WriteOptions::default()).unwrap();
    read_workbook(&written.bytes).unwrap().records.into_iter().map(|record| record.form).collect()
}

#[track_caller]
fn survives(form: &Form) {
    let back = round_trip(std::slice::from_ref(form), <&Layout>::default());
    assert_eq!(back, std::slice::from_ref(form));
}

#[test]
fn a_full_form_survives_every_layout() {
    for layout in Layout::ALL {
        let mut form = full_form();
        if layout.name == "shanghai-2023" {
            form.year = None;
        }
        assert_eq!(round_trip(std::slice::from_ref(&form), layout), [form], "{}", layout.name);
    }
}

#[test]
fn several_forms_survive_behind_their_list() {
    let mut other = full_form();
    other.project_name = Some("[夜景]/亮化: 二期?".to_owned());
    let same_name = full_form();
    let forms = [full_form(), other, same_name];
    assert_eq!(round_trip(&forms, <&Layout>::default()), forms);
}

#[test]
fn blanks_stay_blank() {
    let mut form = full_form();
    form.goals = jixiao_core::Goals::default();
    form.grade = None;
    form.year = None;
    form.department = None;
    form.total = Total::default();
    form.funds.amount_unit = None;
    for row in &mut form.funds.rows {
        *row = FundRow { label: row.label.clone(), ..FundRow::default() };
    }
    for indicator in &mut form.indicators {
        indicator.target = Target::default();
        indicator.actual = Actual::default();
        indicator.score = None;
    }
    survives(&form);
}

#[test]
fn more_and_fewer_fund_rows_survive() {
    let mut form = full_form();
    form.funds.rows.truncate(1);
    survives(&form);
    let mut form = full_form();
    form.funds.rows.push(fund("市级资金", ["1", "2", "3.50"], None));
    form.funds.rows.push(fund("财政专户管理资金", ["1", "2", "3.50"], Some(["10", "100", "10"])));
    survives(&form);
}

#[test]
fn a_form_without_indicators_survives() {
    let form = Form { indicators: Vec::new(), ..full_form() };
    survives(&form);
}

#[test]
fn a_group_without_a_name_takes_none_from_the_group_above() {
    let mut form = full_form();
    form.indicators = vec![
        indicator((Some("产出指标"), Some("数量指标")), "更换路灯", "≥300盏", "300盏"),
        indicator((Some("产出指标"), None), "巡查次数", "≥12次", "12次"),
        indicator((None, None), "夜间出行", "明显改善", "明显改善"),
        indicator((None, Some("社会效益指标")), "投诉下降", "≥10%", "12%"),
        indicator((Some("满意度指标"), Some("满意度指标")), "居民满意度", "≥90%", "95%"),
    ];
    survives(&form);
    for indicator in &mut form.indicators {
        indicator.level1 = None;
        indicator.level2 = None;
    }
    survives(&form);
}

#[test]
fn forms_without_weights_of_another_family_survive() {
    let mut form = full_form();
    form.family = Family::Transfer;
    form.title = Some("公共照明补助资金绩效自评表".to_owned());
    form.total = Total::default();
    form.grade = None;
    form.funds.rows =
        vec![fund("年度资金总额", ["", "118.50", "116.27"], None), fund("中央补助", ["", "98.50", "96.27"], None)];
    form.funds.rows[0].execution_rate = decimal("98.12");
    for indicator in &mut form.indicators {
        indicator.weight = None;
        indicator.score = None;
    }
    survives(&form);
}

#[test]
fn other_fields_survive_above_and_below() {
    let mut form = full_form();
    let field = |label: &str, text: &str| ExtraField { label: label.to_owned(), text: text.to_owned() };
    form.extra = vec![
        field("项目负责人", "林某"),
        field("联系电话", "0000-1234567"),
        field("评价结论", "项目按期完成，效果较好。"),
        field("专家意见", "建议下年度继续安排。"),
        field("注", "1.金额保留两位小数。\n2.执行率按全年预算数计算。"),
    ];
    survives(&form);
}

#[test]
fn fields_that_no_vocabulary_knows_survive_below() {
    let mut form = full_form();
    let field = |label: &str, text: &str| ExtraField { label: label.to_owned(), text: text.to_owned() };
    form.extra = vec![
        field("分配科学性", "按需求测算分配。"),
        field("预算绩效管理情况/存在问题和改进措施", "监控不够及时，已建立台账。"),
        field("原因", "无"),
        field("审核人、复核人", "何某、许某"),
    ];
    survives(&form);
}

#[test]
fn text_is_never_a_formula_and_digits_are_never_lost() {
    let mut form = full_form();
    form.goals.expected = Some("=1+1".to_owned());
    form.goals.actual = Some("@完成".to_owned());
    form.indicators[0].deviation = Some("+5%，因追加任务".to_owned());
    form.indicators[1].deviation = Some("-按计划推进".to_owned());
    form.indicators[2].actual = value::actual("00012");
    form.funds.rows[0].initial_budget = decimal("1234567890123456.78");
    survives(&form);
}

#[test]
fn a_text_longer_than_a_row_is_high_survives() {
    let mut form = full_form();
    form.goals.expected = Some("分批更换老旧灯具并做好夜间巡查。".repeat(120));
    form.indicators[0].deviation = Some("受雨季影响推迟。".repeat(80));
    survives(&form);
}

#[test]
fn formulas_keep_the_reported_figures() {
    let form = full_form();
    let options = WriteOptions { formulas: true };
    let written = write_workbook(std::slice::from_ref(&form), <&Layout>::default(), &options).unwrap();
    let back = read_workbook(&written.bytes).unwrap();
    assert_eq!(back.records[0].form, form);
}

/// Words of invented names: no label of a form among them.
fn words(least: usize, most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "河道",
        "清淤",
        "绿化",
        "步行桥",
        "照明",
        "巡护",
        "课程",
        "图书",
        "消防",
        "器材",
        "更新",
        "培训",
        "宣传",
        "完成",
        "及时",
        "，",
        "、",
        "（二期）",
        "A区",
        "第3批",
        "“双随机”",
        "；",
    ]);
    prop::collection::vec(word, least..=most).prop_map(|words| format!("新{}", words.concat()))
}

fn number(most: i64, scale: u32) -> impl Strategy<Value = Decimal> {
    (0..=most, 0..=scale).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn quantity() -> impl Strategy<Value = String> {
    let comparator = prop::sample::select(vec!["", "≥", "＝", "<=", "＞"]);
    let unit = prop::sample::select(vec!["", "%", "（条）", "万元", "人次", "％"]);
    prop_oneof![
        (comparator, number(1_000_000, 3), unit).prop_map(|(sign, number, unit)| format!("{sign}{number}{unit}")),
        words(1, 12),
    ]
}

fn levels() -> impl Strategy<Value = (Option<String>, Option<String>)> {
    let level1 = prop::sample::select(vec![None, Some("产出指标"), Some("效益指标"), Some("满意度指标")]);
    let level2 = prop::sample::select(vec![None, Some("数量指标"), Some("质量指标"), Some("社会效益指标")]);
    (level1, level2).prop_map(|(level1, level2)| (level1.map(str::to_owned), level2.map(str::to_owned)))
}

prop_compose! {
    fn any_indicator()(
        levels in levels(),
        name in words(1, 8),
        target in prop::option::of(quantity()),
        actual in prop::option::of(quantity()),
        weight in prop::option::of(number(3000, 2)),
        score in prop::option::of(number(3000, 2)),
        deviation in prop::option::of(words(1, 60)),
    ) -> Indicator {
        Indicator {
            level1: levels.0,
            level2: levels.1,
            level3: name,
            target: target.as_deref().map(value::target).unwrap_or_default(),
            actual: actual.as_deref().map(value::actual).unwrap_or_default(),
            weight,
            score,
            deviation,
        }
    }
}

prop_compose! {
    fn any_fund(label: &'static str)(
        amounts in prop::array::uniform3(prop::option::of(number(9_999_999_999, 4))),
        weight in prop::option::of(number(20, 0)),
        rate in prop::option::of(number(12_000, 2)),
        score in prop::option::of(number(2000, 2)),
    ) -> FundRow {
        let [initial_budget, annual_budget, executed] = amounts;
        FundRow { label: label.to_owned(), initial_budget, annual_budget, executed, weight, execution_rate: rate, score }
    }
}

fn any_funds() -> impl Strategy<Value = Vec<FundRow>> {
    let rows = ("年度资金总额", "当年财政拨款", "上年结转资金", "其他资金", "单位资金");
    (any_fund(rows.0), any_fund(rows.1), any_fund(rows.2), any_fund(rows.3), any_fund(rows.4), 1..=5_usize).prop_map(
        |(a, b, c, d, e, count)| {
            let mut rows = vec![a, b, c, d, e];
            rows.truncate(count);
            rows
        },
    )
}

prop_compose! {
    fn any_form()(
        year in prop::option::of(2015..2035_i32),
        names in prop::array::uniform3(words(1, 14)),
        unit in prop::option::of(prop::sample::select(vec![AmountUnit::Yuan, AmountUnit::TenThousandYuan])),
        funds in any_funds(),
        goals in prop::array::uniform2(prop::option::of(words(1, 200))),
        indicators in prop::collection::vec(any_indicator(), 0..14),
        total in prop::array::uniform2(prop::option::of(number(10_000, 2))),
        grade in prop::option::of(prop::sample::select(vec![Grade::Excellent, Grade::Good, Grade::Fair, Grade::Poor])),
        note in prop::option::of(words(1, 40)),
    ) -> Form {
        let [project, department, implementer] = names;
        let [expected, actual] = goals;
        let mut form = Form {
            title: Some("项目支出绩效自评表".to_owned()),
            year,
            project_name: Some(project),
            department: Some(department),
            unit: Some(implementer),
            indicators,
            total: Total { weight: total[0], score: total[1] },
            grade,
            ..Form::default()
        };
        form.funds.amount_unit = unit;
        form.funds.rows = funds;
        form.goals.expected = expected;
        form.goals.actual = actual;
        form.extra = note.map(|text| ExtraField { label: "注".to_owned(), text }).into_iter().collect();
        form
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_plausible_form_survives(form in any_form()) {
        let back = round_trip(std::slice::from_ref(&form), <&Layout>::default());
        prop_assert_eq!(back, vec![form]);
    }
}
