use jixiao_core::FormRecord;

use super::is_in_blocks;
use crate::assemble::assemble;
use crate::ledger::Ledger;
use crate::parse;
use crate::text::Text;

/// A form whose rows come row by row, with a level's name and a displaced name of an indicator.
const FORM: &str = "项目支出绩效自评表\n（2022年度）\n项目名称\n\n鹭洲渡口灯塔维护\n\n主管部门\n\n鹭洲县交通运输局\n\n实施单位\n\n\
鹭洲县航道所\n\n项目资金\n（万元）\n\n年初预算数\n\n全年预算数\n\n全年执行数\n\n分值\n\n执行率\n\n得分\n\n年度资金总额\n\n\
20.00\n\n20.00\n\n19.00\n\n10\n\n95.00%\n\n9.50\n\n其中：当年财政拨款\n\n20.00\n\n20.00\n\n19.00\n\n—\n\n95.00%\n\n—\n\n\
预期目标\n\n实际完成情况\n\n维护渡口灯塔12座，保障夜航安全。\n\n已维护渡口灯塔12座，夜航安全有保障。\n\n\
一级指标\n\n二级指标\n\n三级指标\n\n年度\n指标值\n\n实际\n完成值\n\n分值\n\n得分\n\n偏差原因分析及\n改进措施\n\n\
产出指标\n\n数量指标\n\n维护灯塔数量\n\n≥12座\n\n12座\n\n30\n\n30\n\n质量指标\n\n≥98%\n\n99%\n\n20\n\n20\n\n\
灯塔完好率\n\n效益指标\n\n社会效益指标\n\n夜航安全保障\n\n明显改善\n\n有所改善\n\n30\n\n28.5\n\n\
两座灯塔的透镜到\n货较晚\n\n满意度指标\n\n服务对象\n满意度指标\n\n渡口乘客满意度\n\n≥90%\n\n93%\n\n10\n\n10\n\n总分\n\n100\n\n98.00\n";

fn read(text: &str) -> Vec<FormRecord> {
    let text = Text::new(text);
    let mut ledger = Ledger::new(text.chars.len());
    super::read(&text, &mut ledger).forms.iter().map(|raw| assemble(raw, 0)).collect()
}

#[test]
fn figures_alone_between_blank_lines_show_blocks() {
    assert!(is_in_blocks(&Text::new(FORM)));
    assert!(!is_in_blocks(&Text::new(&FORM.replace("\n\n", "\n"))));
    assert!(!is_in_blocks(&Text::new(&FORM.replace("\n\n", " "))));
    assert!(!is_in_blocks(&Text::new("没有表格的文字。\n\n12\n\n第二段。")));
}

#[test]
fn rows_are_read_from_blocks() {
    let records = read(FORM);
    let [record] = records.as_slice() else { panic!("one form") };
    let form = &record.form;
    assert_eq!(form.project_name.as_deref(), Some("鹭洲渡口灯塔维护"));
    assert_eq!(form.unit.as_deref(), Some("鹭洲县航道所"));
    let rates: Vec<String> =
        form.funds.rows.iter().filter_map(|row| row.execution_rate).map(|rate| rate.to_string()).collect();
    assert_eq!(rates, ["95.00", "95.00"]);
    assert_eq!(form.goals.actual.as_deref(), Some("已维护渡口灯塔12座，夜航安全有保障。"));
    let names: Vec<&str> = form.indicators.iter().map(|row| row.level3.as_str()).collect();
    assert_eq!(names, ["维护灯塔数量", "灯塔完好率", "夜航安全保障", "渡口乘客满意度"]);
    let scores: Vec<String> =
        form.indicators.iter().filter_map(|row| row.score).map(|score| score.to_string()).collect();
    assert_eq!(scores, ["30", "20", "28.5", "10"]);
    assert_eq!(form.indicators[2].deviation.as_deref(), Some("两座灯塔的透镜到货较晚"));
    assert_eq!(form.indicators[3].level2.as_deref(), Some("服务对象满意度指标"));
}

#[test]
fn stacked_labels_take_stacked_values() {
    let text = FORM.replace(
        "项目名称\n\n鹭洲渡口灯塔维护\n\n主管部门\n\n鹭洲县交通运输局",
        "项目名称\n主管部门\n\n鹭洲渡口灯塔维护\n鹭洲县交通运输局",
    );
    let records = read(&text);
    assert_eq!(records[0].form.department.as_deref(), Some("鹭洲县交通运输局"));
}

#[test]
fn a_label_that_comes_late_names_its_row() {
    let text = FORM.replace("年度资金总额\n\n20.00", "20.00").replace("预期目标\n\n", "年度资金总额\n\n预期目标\n\n");
    let records = read(&text);
    let labels: Vec<&str> = records[0].form.funds.rows.iter().map(|row| row.label.as_str()).collect();
    assert_eq!(labels, ["年度资金总额", "当年财政拨款"]);
}

#[test]
fn a_point_of_a_goal_is_no_piece_of_a_label() {
    // 目标 would make 年度目标指标值 of the column label, and 年度总体目标 of the label down the side.
    let text = FORM
        .replace("维护渡口灯塔12座，保障", "目标 1：维护渡口灯塔12座，保障")
        .replace("年度\n指标值", "年度\n\n指标值");
    let expected = read(&text)[0].form.goals.expected.clone().unwrap_or_default();
    assert_eq!(expected.replace(' ', ""), "目标1：维护渡口灯塔12座，保障夜航安全。");
}

#[test]
fn names_of_levels_above_the_table_are_no_value_of_the_header() {
    let text = FORM.replace("鹭洲县航道所\n\n项目资金", "鹭洲县航道所\n\n产出指标\n\n项目资金");
    let text = text.replace("改进措施\n\n产出指标\n\n数量", "改进措施\n\n数量");
    let form = read(&text)[0].form.clone();
    assert_eq!(form.unit.as_deref(), Some("鹭洲县航道所"));
    assert_eq!(form.indicators[0].level1.as_deref(), Some("产出指标"));
}

#[test]
fn hostile_blocks_stay_cheap() {
    let rows = "产出指标\n\n数量指标\n\n12\n\n".repeat(700);
    let text = FORM.replace("总分\n\n", &format!("{rows}总分\n\n"));
    assert!(parse(&text).records.len() <= 1);
    let said = read(&text).into_iter().flat_map(|record| record.diagnostics);
    assert!(said.into_iter().any(|said| said.message.contains("最多读 1600 段")));
}

#[test]
fn a_form_too_long_to_be_put_in_order_says_so() {
    let rows = "产出指标\n\n数量指标\n\n12\n\n".repeat(1_400);
    let records = read(&FORM.replace("总分\n\n", &format!("{rows}总分\n\n")));
    let mut said = records.iter().flat_map(|record| &record.diagnostics);
    assert!(said.any(|said| said.message.contains("最多整理 4000 段")));
}

#[test]
fn names_told_behind_all_rows_find_the_rows_that_lack_one() {
    let text = FORM
        .replace("维护灯塔数量\n\n", "")
        .replace("渡口乘客满意度\n\n", "")
        .replace("灯塔完好率\n\n", "")
        .replace("总分\n\n", "维护灯塔数量\n\n灯塔完好率\n\n渡口乘客满意度\n\n总分\n\n");
    let records = read(&text);
    let rows: Vec<(&str, Option<&str>)> =
        records[0].form.indicators.iter().map(|row| (row.level3.as_str(), row.target.text.as_deref())).collect();
    let expected = [
        ("维护灯塔数量", Some("≥12座")),
        ("灯塔完好率", Some("≥98%")),
        ("夜航安全保障", Some("明显改善")),
        ("渡口乘客满意度", Some("≥90%")),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn actuals_without_a_unit_are_no_points() {
    let records = read(&FORM.replace("\n\n12座\n\n", "\n\n12\n\n").replace("\n\n93%\n\n", "\n\n93\n\n"));
    let rows = records[0].form.indicators.iter();
    let figures: Vec<String> = rows.filter_map(|row| Some(format!("{} {}", row.weight?, row.score?))).collect();
    assert_eq!(figures, ["30 30", "20 20", "30 28.5", "10 10"]);
    assert_eq!(records[0].form.indicators[0].actual.value.map(|value| value.to_string()).as_deref(), Some("12"));
}

#[test]
fn a_total_without_its_label_and_a_grade_among_the_cells_are_found() {
    let text = FORM
        .replace("总分\n\n100\n\n98.00", "100\n\n98.00")
        .replace("效益指标\n\n社会", "评分等级\n\n优\n\n效益指标\n\n社会");
    let records = read(&text);
    let form = &records[0].form;
    assert_eq!(form.total.score.map(|score| score.to_string()).as_deref(), Some("98.00"));
    assert_eq!(form.grade.map(jixiao_core::Grade::label), Some("优"));
    assert_eq!(form.indicators.len(), 4);
}

#[test]
fn labels_in_pieces_are_put_together() {
    let text = FORM.replace("年度\n指标值\n\n实际\n完成值\n\n", "值\n\n年度\n\n指标值\n\n实际完成\n\n");
    let records = read(&text);
    let actuals: Vec<Option<&str>> = records[0].form.indicators.iter().map(|row| row.actual.text.as_deref()).collect();
    assert_eq!(actuals, [Some("12座"), Some("99%"), Some("有所改善"), Some("93%")]);
}

/// The funds of [`FORM`] and more rows of them, told column by column behind the first label of the goals.
const STACKED_FUNDS: &str = "年度资金总额\n\n其中：当年财政拨款\n上年结转资金\n\n预期目标\n\n\
20.00\n\n15.00\n5.00\n\n20.00\n15.00\n5.00\n\n19.00\n\n15.00\n4.00\n\n10\n\n—\n—\n\n\
95.00%\n100.00%\n80.00%\n\n9.50\n\n—\n—\n\n实际完成情况\n\n";

fn with_funds(funds: &str) -> String {
    let (before, rest) = FORM.split_once("年度资金总额").unwrap();
    let (_, behind) = rest.split_once("实际完成情况\n\n").unwrap();
    format!("{before}{funds}{behind}")
}

fn fund_rows(text: &str) -> Vec<String> {
    let rows = read(text)[0].form.funds.rows.clone();
    let figure = |figure: Option<jixiao_core::Decimal>| figure.map_or("-".to_owned(), |figure| figure.to_string());
    let line = |row: &jixiao_core::FundRow| {
        let figures = [row.initial_budget, row.annual_budget, row.executed, row.weight, row.execution_rate, row.score];
        format!("{} {}", row.label, figures.map(figure).join(" "))
    };
    rows.iter().map(line).collect()
}

#[test]
fn figures_told_by_column_are_dealt_by_what_they_add_up_to() {
    let rows = fund_rows(&with_funds(STACKED_FUNDS));
    let expected = [
        "年度资金总额 20.00 20.00 19.00 10 95.00 9.50",
        "当年财政拨款 15.00 15.00 15.00 - 100.00 -",
        "上年结转资金 5.00 5.00 4.00 - 80.00 -",
    ];
    assert_eq!(rows, expected);
}

/// No sum tells which source a figure belongs to.
#[test]
fn sources_keep_the_order_in_which_they_are_printed() {
    let funds = STACKED_FUNDS.replace("其中：当年财政拨款\n上年结转资金", "其中：其他资金\n当年财政拨款");
    let rows = fund_rows(&with_funds(&funds));
    let expected = [
        "年度资金总额 20.00 20.00 19.00 10 95.00 9.50",
        "其他资金 15.00 15.00 15.00 - 100.00 -",
        "当年财政拨款 5.00 5.00 4.00 - 80.00 -",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn labels_behind_all_figures_are_those_of_the_figures_in_front_of_all_labels() {
    let rows = fund_rows(&with_funds(
        "20.00\n\n20.00\n\n19.00\n\n10\n\n95.00%\n\n9.50\n\n15.00\n\n15.00\n\n15.00\n\n—\n\n100.00%\n\n—\n\n\
         上年结转资金\n\n5.00\n\n5.00\n\n4.00\n\n—\n\n80.00%\n\n—\n\n年度资金总额\n其他资金\n\n预期目标\n\n实际完成情况\n\n",
    ));
    let expected = [
        "年度资金总额 20.00 20.00 19.00 10 95.00 9.50",
        "其他资金 15.00 15.00 15.00 - 100.00 -",
        "上年结转资金 5.00 5.00 4.00 - 80.00 -",
    ];
    assert_eq!(rows, expected);
}

#[test]
fn figures_that_prove_nothing_are_read_row_by_row() {
    let rows = fund_rows(&FORM.replace("20.00\n\n20.00", "20.00\n\n60.00"));
    assert_eq!(rows[0], "年度资金总额 20.00 60.00 19.00 10 95.00 9.50");
}

#[test]
fn a_value_in_front_of_its_label_finds_it() {
    let text = FORM.replace(
        "（2022年度）\n项目名称\n\n鹭洲渡口灯塔维护\n\n主管部门\n\n鹭洲县交通运输局\n\n实施单位\n\n鹭洲县航道所",
        "（2022年度）\n\n鹭洲渡口灯塔维护\n\n鹭洲县交通运输局\n\n实施单位\n\n鹭洲县航道所\n\n项目名称\n主管部门",
    );
    let form = read(&text)[0].form.clone();
    assert_eq!(form.project_name.as_deref(), Some("鹭洲渡口灯塔维护"));
    assert_eq!(form.department.as_deref(), Some("鹭洲县交通运输局"));
    assert_eq!(form.unit.as_deref(), Some("鹭洲县航道所"));
}

#[test]
fn points_may_come_column_by_column() {
    let points =
        [("12座\n\n30\n\n30", "12座"), ("20\n\n20\n\n", ""), ("30\n\n28.5\n\n", ""), ("93%\n\n10\n\n10", "93%")];
    let text = points.iter().fold(FORM.to_owned(), |text, (from, to)| text.replace(from, to));
    let text = text.replace("总分", "30\n20\n30\n\n10\n\n30\n20\n28.5\n\n10\n\n总分");
    let indicators = read(&text)[0].form.indicators.clone();
    let points: Vec<String> = indicators
        .iter()
        .map(|row| format!("{} {}", row.weight.unwrap_or_default(), row.score.unwrap_or_default()))
        .collect();
    assert_eq!(points, ["30 30", "20 20", "30 28.5", "10 10"]);
}
