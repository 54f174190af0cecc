//! Cells of several lines: figures broken at the width of their column, fields below each other, notes that go on.

use super::*;

const TABLE: &str = "\
项目支出绩效自评表
项目名称|渡槽加固
主管部门|某县灌区局|实施单位|某县渡槽站
项目资金（元）|全年预算数|全年执行数|分值|执行率|得分
年度资金总额|1180000⏎.00|1121000⏎.00|10|95.00⏎%|9.50
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|加固渡槽|≥2座|2座|90|88.⏎5
总分|||||100|98.0⏎0";

#[test]
fn figures_that_wrap_are_one_figure() {
    let record = only(&plain(TABLE));
    assert_eq!(fund(&record, 0), "年度资金总额 - 1180000.00 1121000.00 10 95.00 9.50");
    assert_eq!(row(&record, 0), "产出指标 数量指标 加固渡槽 ≥2座 2座 90 88.5 -");
    assert_eq!(record.form.total.score.map(|score| score.to_string()).as_deref(), Some("98.00"));
}

#[test]
fn figures_that_may_be_two_are_doubted() {
    let record = only(&plain(TABLE));
    let doubted: Vec<String> = record.diagnostics.iter().filter_map(|remark| Some(remark.field?.to_string())).collect();
    assert_eq!(doubted, ["total.score"], "{:?}", record.diagnostics);
}

#[test]
fn a_list_of_fields_begins_behind_its_lead_and_ends_with_blank_ones() {
    let table = TABLE.replace("主管部门|某县灌区局|实施单位", "县级预算单位名称");
    let list =
        "其中：一般公共预算：860.20万元⏎政府性基金拨款：⏎其他资金：|其中：基本支出：500.20万元⏎项目支出：360.00万元";
    let table = table.replace("一级指标|", &format!("按收入性质分|按支出性质分\n{list}\n一级指标|"));
    let record = only(&plain(&table));
    let wanted = [("一般公共预算", "860.20万元"), ("基本支出", "500.20万元"), ("项目支出", "360.00万元")];
    assert_eq!(extra(&record), wanted);
}

#[test]
fn a_report_behind_a_note_is_no_part_of_it() {
    let noted = |note: &str| {
        let record = only(&plain(&format!("{TABLE}\n{note}")));
        record.form.extra.first().map(|field| field.text.clone())
    };
    assert_eq!(noted("备注|渡槽为石砌。\n二、改进措施").as_deref(), Some("渡槽为石砌。"));
    assert_eq!(noted("备注：渡槽为石砌。\n二、改进措施").as_deref(), Some("渡槽为石砌。"));
    assert_eq!(noted("注：1.渡槽为石砌。\n2.长二里。").as_deref(), Some("1.渡槽为石砌。2.长二里。"));
}
