//! What is written reads back as the same form: every text equal, every number equal in value and printed scale.

#![expect(clippy::unwrap_used, reason = "a failure to write or read is a failed test")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, read_to_string};

use jixiao_core::fold::without_space;
use jixiao_core::{Actual, Decimal, ExtraField, Family, Form, FundRow, Indicator, Target, Total};
use jixiao_exporter::{Layout, Page, WriteOptions, Written, read_workbook, write_workbook};
use jixiao_parser::value;
use proptest::prelude::*;
use zip::ZipArchive;

mod forms;
#[path = "forms/generated.rs"]
mod generated;

use forms::{decimal, full_form, fund, indicator};
use generated::{any_form, words};

fn write(forms: &[Form], layout: &'static Layout) -> Written {
    let pages: Vec<Page<'_>> = forms.iter().map(|form| Page { form, layout, findings: None }).collect();
    write_workbook(&pages, &WriteOptions::default()).unwrap()
}

fn read(written: &Written) -> Vec<Form> {
    read_workbook(&written.bytes).unwrap().records.into_iter().map(|record| record.form).collect()
}

fn round_trip(forms: &[Form], layout: &'static Layout) -> Vec<Form> {
    read(&write(forms, layout))
}

/// The paths of the fields that the writer says it could not keep.
fn lost(written: &Written) -> Vec<String> {
    written.diagnostics.iter().filter_map(|(_, remark)| remark.field.map(|field| field.to_string())).collect()
}

/// What a layout has no place for.
fn without_place(layout: &Layout, form: &Form) -> Vec<&'static str> {
    let in_title = form.title.as_deref().is_some_and(|title| value::year(title).is_some());
    match layout.name {
        "shanghai-2023" if form.year.is_some() && !in_title => vec!["year"],
        "sichuan" if form.grade.is_some() => vec!["grade"],
        _ => Vec::new(),
    }
}

/// `form` without the fields of `paths`.
fn kept(form: &Form, paths: &[&str]) -> Form {
    let mut form = form.clone();
    for path in paths {
        match *path {
            "year" => form.year = None,
            "grade" => form.grade = None,
            other => panic!("{other}"),
        }
    }
    form
}

#[track_caller]
fn survives(form: &Form) {
    let back = round_trip(std::slice::from_ref(form), <&Layout>::default());
    assert_eq!(back, std::slice::from_ref(form));
}

#[test]
fn a_full_form_survives_every_layout() {
    for layout in Layout::ALL {
        let form = full_form();
        let written = write(std::slice::from_ref(&form), layout);
        let gone = without_place(layout, &form);
        assert_eq!(lost(&written), gone, "{}", layout.name);
        assert_eq!(read(&written), [kept(&form, &gone)], "{}", layout.name);
    }
}

#[test]
fn what_has_no_place_is_said_in_chinese() {
    let written = write(&[full_form()], Layout::named("sichuan").unwrap());
    let [(0, remark)] = written.diagnostics.as_slice() else { panic!("{:?}", written.diagnostics) };
    assert_eq!(remark.code, "no-place-for-grade");
    assert_eq!(remark.message, "表式 sichuan 没有「评分等级」一栏，「优」没有写入工作簿");
}

#[test]
fn what_reads_differently_is_said() {
    let mut form = full_form();
    form.unit = Some("主管部门".to_owned());
    form.goals.actual = Some("—".to_owned());
    let written = write(&[form], <&Layout>::default());
    let told: Vec<&str> = written.diagnostics.iter().map(|(_, remark)| remark.message.as_str()).collect();
    assert!(told.contains(&"年度总体目标「实际完成情况」的「—」写入工作簿后，再读出来是空白"), "{told:?}");
    assert!(lost(&written).contains(&"unit".to_owned()), "{told:?}");
}

#[test]
fn of_a_great_many_forms_only_those_that_read_differently_are_named() {
    let mut forms = vec![full_form(); 1_600];
    forms[1_532].unit = Some("主管部门".to_owned());
    let written = write(&forms, <&Layout>::default());
    let named: BTreeSet<usize> = written.diagnostics.iter().map(|(index, _)| *index).collect();
    assert_eq!(named.into_iter().collect::<Vec<_>>(), [1_532]);
}

/// Spreadsheet programs repair a sheet that lists a row twice.
#[test]
fn every_row_of_a_sheet_is_listed_once() {
    for count in [1, 3, 201] {
        let written = write(&vec![full_form(); count], <&Layout>::default());
        let mut archive = ZipArchive::new(Cursor::new(written.bytes.as_slice())).unwrap();
        for sheet in 1..=count {
            let sheet = archive.by_name(&format!("xl/worksheets/sheet{sheet}.xml")).unwrap();
            let xml = read_to_string(sheet).unwrap();
            let number = |row: &str| row.split_once('"').unwrap().0.parse().unwrap();
            let rows: Vec<usize> = xml.split("<row r=\"").skip(1).map(number).collect();
            assert_eq!(rows, (1..=rows.len()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn the_same_forms_give_the_same_bytes() {
    for layout in Layout::ALL {
        let forms = [full_form(), full_form()];
        assert_eq!(write(&forms, layout).bytes, write(&forms, layout).bytes, "{}", layout.name);
    }
}

#[test]
fn sichuans_fixed_fields_stand_in_their_places() {
    let field = |label: &str, text: &str| ExtraField { label: label.to_owned(), text: text.to_owned() };
    let mut form = full_form();
    form.family = Family::Sichuan;
    form.title = Some("部门预算项目支出绩效自评表".to_owned());
    form.grade = None;
    form.indicators[0].target = value::target("≥200.00(条)");
    form.indicators[1].target = value::target("定性优良中低差");
    form.indicators[2].target = value::target("≥ 95 %");
    form.extra = vec![
        field("报表编号", "510000_0013zp"),
        field("2.项目实施内容及过程概述", "分两批更换，按月巡查。"),
        field("原因", "按中标价调减。"),
        field("评价结论", "总体较好。"),
        field("改进措施", "加快进度。"),
        field("项目负责人", "林某"),
        field("审核意见", "同意。"),
    ];
    let layout = Layout::of(&form);
    assert_eq!(layout.name, "sichuan");
    let written = write(std::slice::from_ref(&form), layout);
    assert_eq!(written.diagnostics, []);
    assert_eq!(read(&written), [form.clone()]);
    // Out of order, they are printed in the list at the end, and none is lost.
    form.extra.reverse();
    assert_eq!(round_trip(std::slice::from_ref(&form), layout), [form]);
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
    let page = Page { form: &form, layout: <&Layout>::default(), findings: None };
    let written = write_workbook(&[page], &options).unwrap();
    let back = read_workbook(&written.bytes).unwrap();
    assert_eq!(back.records[0].form, form);
}

/// Words of invented names: no label of a form among them.
fn any_layout() -> impl Strategy<Value = &'static str> {
    let names: Vec<&str> = Layout::ALL.iter().map(|layout| layout.name).collect();
    prop::sample::select(names)
}

/// Texts that no form prints: labels, marks and titles where values belong, white space, signs of every kind.
fn wild_text() -> impl Strategy<Value = String> {
    let odd = vec![
        "",
        " ",
        "—",
        "/",
        "项目名称",
        "主管部门：",
        "总分",
        "合计",
        "一级指标",
        "三级指标",
        "年度资金总额",
        "其中：",
        "指标2：",
        "……",
        "产出指标（50分）",
        "项目支出绩效自评表",
        "（2022年度）",
        "注：",
        "=1+1",
        "-2",
        "1,234.50",
        "007",
        "98%",
        "≥ 90 %",
        "（20分）",
        "a\nb",
        "\r\n",
        "\t",
        "_x000D_",
        "<&>\"'",
        "😀",
        "\u{1}",
    ];
    prop_oneof![prop::sample::select(odd).prop_map(str::to_owned), words(0, 6), "\\PC{0,12}"]
}

fn wild_decimal() -> impl Strategy<Value = Option<Decimal>> {
    prop::option::of((any::<i64>(), 0..=18_u32).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale)))
}

prop_compose! {
    fn wild_indicator()(
        texts in prop::array::uniform6(prop::option::of(wild_text())),
        numbers in prop::array::uniform2(wild_decimal()),
    ) -> Indicator {
        let [level1, level2, level3, target, actual, deviation] = texts;
        Indicator {
            level1,
            level2,
            level3: level3.unwrap_or_default(),
            target: target.as_deref().map(value::target).unwrap_or_default(),
            actual: actual.as_deref().map(value::actual).unwrap_or_default(),
            weight: numbers[0],
            score: numbers[1],
            deviation,
        }
    }
}

prop_compose! {
    fn wild_fund()(label in wild_text(), numbers in prop::array::uniform6(wild_decimal())) -> FundRow {
        let [initial_budget, annual_budget, executed, weight, execution_rate, score] = numbers;
        FundRow { label, initial_budget, annual_budget, executed, weight, execution_rate, score }
    }
}

prop_compose! {
    /// A form of anything the model can hold.
    fn wild_form()(
        form in any_form(),
        texts in prop::array::uniform6(prop::option::of(wild_text())),
        year in prop::option::of(any::<i32>()),
        rows in prop::collection::vec(wild_fund(), 0..4),
        indicators in prop::collection::vec(wild_indicator(), 0..5),
        total in prop::array::uniform2(wild_decimal()),
        extra in prop::collection::vec((wild_text(), wild_text()), 0..4),
    ) -> Form {
        let [title, project_name, department, unit, expected, actual] = texts;
        let mut form = Form { title, year, project_name, department, unit, indicators, ..form };
        form.goals = jixiao_core::Goals { expected, actual };
        form.funds.rows = rows;
        form.total = Total { weight: total[0], score: total[1] };
        form.extra = extra.into_iter().map(|(label, text)| ExtraField { label, text }).collect();
        form
    }
}

/// The values of a form by the path of their field, white space aside.
fn leaves(form: &Form) -> BTreeMap<String, String> {
    fn walk(path: &str, value: &serde_json::Value, leaves: &mut BTreeMap<String, String>) {
        match value {
            serde_json::Value::Object(fields) => {
                for (key, value) in fields {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    walk(&path, value, leaves);
                }
            }
            serde_json::Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| walk(&format!("{path}[{index}]"), item, leaves));
            }
            serde_json::Value::Null => {}
            leaf => {
                let text = leaf.as_str().map_or_else(|| leaf.to_string(), str::to_owned);
                leaves.insert(path.to_owned(), without_space(&text));
            }
        }
    }
    let mut values = BTreeMap::new();
    walk("", &serde_json::to_value(form).unwrap(), &mut values);
    values
}

proptest! {
    // The default of 256 cases; PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig::default())]

    /// A form of any family comes back from any layout, but for what that layout has no place for; and of exactly that
    /// the writer speaks.
    #[test]
    fn any_plausible_form_survives(form in any_form(), layout in any_layout()) {
        let layout = Layout::named(layout).unwrap();
        let written = write(std::slice::from_ref(&form), layout);
        let gone = without_place(layout, &form);
        prop_assert_eq!(&lost(&written), &gone);
        let mut expected = vec![kept(&form, &gone)];
        if form.project_name.is_none() && form.indicators.is_empty() && form.funds.rows.is_empty() {
            expected.clear();
        }
        prop_assert_eq!(read(&written), expected);
    }

    /// Whatever the model holds, the writer names every field that does not come back.
    #[test]
    fn no_loss_is_silent(form in wild_form(), layout in any_layout()) {
        let layout = Layout::named(layout).unwrap();
        let written = write(std::slice::from_ref(&form), layout);
        let lost = lost(&written);
        let back = read(&written);
        let Some(back) = back.first() else {
            prop_assert!(written.diagnostics.iter().any(|(_, remark)| remark.field.is_none()));
            return Ok(());
        };
        let (sent, got) = (leaves(&form), leaves(back));
        for path in sent.keys().chain(got.keys()) {
            let told = lost.iter().any(|lost| path.starts_with(lost.as_str()));
            prop_assert!(told || sent.get(path) == got.get(path), "{}: {:?} {:?}", path, sent.get(path), got.get(path));
        }
    }
}
