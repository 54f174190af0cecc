//! What a cell may hold, clause by clause: numbers as text and text as numbers, percentages, dates, formulas, rich text,
//! line breaks, and what is hidden.

use jixiao_core::{Decimal, FieldPath, Form};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{only, read};

/// Rows and columns of the table, 0-based.
const TOTAL_FUNDS: u32 = 4;
const FIRST: u32 = 6;
const TARGET: u16 = 3;
const ACTUAL: u16 = 4;
const WEIGHT: u16 = 5;
const SCORE: u16 = 6;

/// A small table of an office's own, changed by `change`.
fn table(change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    draw(book.add_worksheet(), change);
    book.save_to_buffer().unwrap()
}

fn draw(sheet: &mut Worksheet, change: impl FnOnce(&mut Worksheet)) {
    let rows: [&[&str]; 9] = [
        &["项目支出绩效自评表"],
        &["（2023年度）"],
        &["项目名称", "湖岸栈道维护", "主管部门", "云汀市园林局", "实施单位", "云汀市湖区站"],
        &["项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        &["", "年度资金总额"],
        &["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        &["产出指标", "数量指标", "维护长度"],
        &["满意度指标", "服务对象满意度指标", "游客满意度"],
        &["总分"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
    change(sheet);
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(text.parse().unwrap())
}

fn form(change: impl FnOnce(&mut Worksheet)) -> Form {
    only(&table(change)).form
}

#[test]
fn numbers_stored_as_text_are_numbers() {
    let form = form(|sheet| {
        for (column, text) in
            [(2, "1,200.50"), (3, " 1200.50 "), (4, "１１００"), (5, "10"), (6, "91.66%"), (7, "9.17")]
        {
            sheet.write_string(TOTAL_FUNDS, column, text).unwrap();
        }
        sheet.write_string(FIRST, WEIGHT, "50").unwrap();
    });
    let row = &form.funds.rows[0];
    let numbers = [row.initial_budget, row.annual_budget, row.executed, row.weight, row.execution_rate, row.score];
    assert_eq!(numbers, ["1200.50", "1200.50", "1100", "10", "91.66", "9.17"].map(decimal));
    assert_eq!(form.indicators[0].weight, decimal("50"));
}

#[test]
fn texts_stored_as_numbers_are_texts() {
    let form = form(|sheet| {
        sheet.write_number(2, 1, 20230101).unwrap();
        sheet.write_number_with_format(FIRST, TARGET, 12.5, &Format::new().set_num_format("0.00")).unwrap();
        sheet.write_number_with_format(FIRST, ACTUAL, 12, &Format::new().set_num_format("0\"公里\"")).unwrap();
    });
    assert_eq!(form.project_name.as_deref(), Some("20230101"));
    let row = &form.indicators[0];
    assert_eq!((row.target.text.as_deref(), row.target.value), (Some("12.50"), decimal("12.50")));
    assert_eq!((row.actual.text.as_deref(), row.actual.unit.as_deref()), (Some("12公里"), Some("公里")));
}

#[test]
fn percentages_and_thousands_read_as_they_are_shown() {
    let form = form(|sheet| {
        let (percent, thousands) = (Format::new().set_num_format("0.00%"), Format::new().set_num_format("#,##0.00"));
        sheet.write_number_with_format(TOTAL_FUNDS, 6, 0.9812, &percent).unwrap();
        sheet.write_number_with_format(TOTAL_FUNDS, 4, 1_234_567.5, &thousands).unwrap();
        sheet.write_number_with_format(FIRST, ACTUAL, 0.5, &Format::new().set_num_format("0%")).unwrap();
    });
    let row = &form.funds.rows[0];
    assert_eq!((row.execution_rate, row.executed), (decimal("98.12"), decimal("1234567.50")));
    assert_eq!(form.indicators[0].actual.text.as_deref(), Some("50%"));
}

#[test]
fn dates_read_as_they_are_shown() {
    let form = form(|sheet| {
        let date = ExcelDateTime::from_ymd(2023, 11, 5).unwrap();
        sheet
            .write_with_format(FIRST, TARGET, &date, &Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\""))
            .unwrap();
        sheet.write_with_format(FIRST, ACTUAL, &date, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    });
    let row = &form.indicators[0];
    assert_eq!((row.target.text.as_deref(), row.target.value), (Some("2023年11月5日"), None));
    assert_eq!(row.actual.text.as_deref(), Some("2023-11-05"));
}

#[test]
fn formulas_give_their_stored_value() {
    let workbook = table(|sheet| {
        sheet.write_formula(FIRST, SCORE, Formula::new("=F7*0.9").set_result("45")).unwrap();
        sheet.write_formula(FIRST + 1, ACTUAL, Formula::new("=93&\"%\"").set_result("93%")).unwrap();
        sheet.write_formula(FIRST + 2, SCORE, Formula::new("=SUM(G7:G8)").set_result("95.5")).unwrap();
    });
    let record = only(&workbook);
    assert_eq!(record.form.indicators[0].score, decimal("45"));
    assert_eq!(record.form.indicators[1].actual.value, decimal("93"));
    assert_eq!(record.form.total.score, decimal("95.5"));
}

#[test]
fn rich_text_and_line_breaks_are_one_text() {
    let red = Format::new().set_font_color("red");
    let form = form(|sheet| {
        let plain = Format::new();
        sheet.write_rich_string(2, 1, &[(&red, "湖岸"), (&plain, "栈道"), (&red, "修缮")]).unwrap();
        sheet.write_string(FIRST, 2, "维护\n长度").unwrap();
        sheet.write_string(FIRST, 7, "一、汛期停工；\n二、次年补足。").unwrap();
    });
    assert_eq!(form.project_name.as_deref(), Some("湖岸栈道修缮"));
    assert_eq!(form.indicators[0].level3, "维护长度");
    assert_eq!(
        form.indicators[0].deviation.as_deref().map(|text| text.replace('\n', "")).as_deref(),
        Some("一、汛期停工；二、次年补足。")
    );
}

#[test]
fn hidden_rows_and_sheets_are_read_and_named() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    draw(sheet, |sheet| {
        sheet.set_row_hidden(FIRST + 1).unwrap();
    });
    let second = book.add_worksheet().set_name("底稿").unwrap().set_hidden(true);
    draw(second, |_| {});
    let parsed = read(&book.save_to_buffer().unwrap());
    assert_eq!(parsed.records.len(), 2);
    assert!(parsed.records.iter().all(|record| record.form.indicators.len() == 2));
    let all = parsed.records.iter().flat_map(|record| &record.diagnostics).chain(&parsed.diagnostics);
    let codes: Vec<&str> = all.map(|said| said.code.as_str()).collect();
    assert!(codes.contains(&"hidden-sheet") && codes.contains(&"hidden-row"), "{codes:?}");
}

#[test]
fn every_field_knows_its_cell() {
    let record = only(&table(|sheet| {
        sheet.write_number(FIRST, WEIGHT, 50).unwrap();
    }));
    let place = |path: &str| record.provenance[&path.parse::<FieldPath>().unwrap()][0].to_string();
    assert!(place("indicators[0].weight").ends_with("F7"), "{}", place("indicators[0].weight"));
    assert!(place("project_name").ends_with("B3"));
}
