//! The official table and what workbooks make of it.

use jixiao_core::{AmountUnit, Family, FieldPath, Grade, Place};

use super::*;

/// The rows of the official table (财预〔2020〕10号) on ten columns.
const OFFICIAL: &[&[Cell<'static>]] = &[
    &[(0, 10, 1, "项目支出绩效自评表")],
    &[(0, 10, 1, "（2022年度）")],
    &[(0, 2, 1, "项目名称"), (2, 8, 1, "灯塔维护")],
    &[(0, 2, 1, "主管部门"), (2, 3, 1, "海湾县航道局"), (5, 2, 1, "实施单位"), (7, 3, 1, "海湾县灯塔站")],
    &[
        (0, 2, 5, "项目资金\n（万元）"),
        (4, 1, 1, "年初预算数"),
        (5, 1, 1, "全年预算数"),
        (6, 1, 1, "全年\n执行数"),
        (7, 1, 1, "分值"),
        (8, 1, 1, "执行率"),
        (9, 1, 1, "得分"),
    ],
    &[
        (2, 2, 1, "年度资金总额"),
        (4, 1, 1, "1,200.00"),
        (5, 1, 1, "1,180.50"),
        (6, 1, 1, "1,180.50"),
        (7, 1, 1, "10"),
        (8, 1, 1, "100.00%"),
        (9, 1, 1, "10.00"),
    ],
    &[(2, 2, 1, "其中：当年财政拨款"), (5, 1, 1, "1,180.50"), (7, 1, 1, "—"), (8, 1, 1, "—"), (9, 1, 1, "—")],
    &[(2, 2, 1, "上年结转资金"), (7, 1, 1, "—"), (8, 1, 1, "—"), (9, 1, 1, "—")],
    &[(2, 2, 1, "其他资金"), (7, 1, 1, "—"), (8, 1, 1, "—"), (9, 1, 1, "—")],
    &[(0, 1, 2, "年度\n总体\n目标"), (1, 5, 1, "预期目标"), (6, 4, 1, "实际完成情况")],
    &[(1, 5, 1, "检修灯塔三座。\n更换灯器。"), (6, 4, 1, "已检修三座。")],
    &[
        (0, 1, 6, "绩\n效\n指\n标"),
        (1, 1, 1, "一级指标"),
        (2, 1, 1, "二级指标"),
        (3, 1, 1, "三级指标"),
        (4, 1, 1, "年度\n指标值"),
        (5, 1, 1, "实际\n完成值"),
        (6, 1, 1, "分值"),
        (7, 1, 1, "得分"),
        (8, 2, 1, "偏差原因分析及改进措施"),
    ],
    &[
        (1, 1, 3, "产\n出\n指\n标"),
        (2, 1, 2, "数量指标"),
        (3, 1, 1, "检修灯塔"),
        (4, 1, 1, "≥3座"),
        (5, 1, 1, "3座"),
        (6, 1, 1, "25"),
        (7, 1, 1, "25"),
    ],
    &[
        (3, 1, 1, "更换灯器"),
        (4, 1, 1, "12套"),
        (5, 1, 1, "11套"),
        (6, 1, 1, "25"),
        (7, 1, 1, "20"),
        (8, 2, 1, "一套缺货。"),
    ],
    &[(3, 1, 1, "指标3："), (2, 1, 1, "质量指标")],
    &[
        (1, 1, 1, "效益指标"),
        (2, 1, 1, "社会效益指标"),
        (3, 1, 1, "航行安全"),
        (4, 1, 1, "有所改善"),
        (5, 1, 1, "有所改善"),
        (6, 1, 1, "30"),
        (7, 1, 1, "30"),
    ],
    &[
        (1, 1, 1, "满意度指标"),
        (2, 1, 1, "服务对象满意度指标"),
        (3, 1, 1, "渔民满意度"),
        (4, 1, 1, "≥95%"),
        (5, 1, 1, "97%"),
        (6, 1, 1, "10"),
        (7, 1, 1, "10"),
    ],
    &[(0, 6, 1, "总分"), (6, 1, 1, "100"), (7, 1, 1, "95.00"), (8, 2, 1, "优")],
];

/// [`OFFICIAL`] with its rows sorted by column, as grids are.
fn official() -> Grid {
    let mut grid = grid(OFFICIAL);
    grid.cells.sort_by_key(|cell| (cell.row, cell.column));
    grid
}

#[test]
fn the_official_table_is_read_whole() {
    let record = only(&official());
    let form = &record.form;
    assert_eq!((form.family, form.title.as_deref(), form.year), (Family::Mof, Some("项目支出绩效自评表"), Some(2022)));
    assert_eq!(form.project_name.as_deref(), Some("灯塔维护"));
    assert_eq!(form.department.as_deref(), Some("海湾县航道局"));
    assert_eq!(form.unit.as_deref(), Some("海湾县灯塔站"));
    assert_eq!(form.funds.amount_unit, Some(AmountUnit::TenThousandYuan));
    assert_eq!(fund(&record, 0), "年度资金总额 1200.00 1180.50 1180.50 10 100.00 10.00");
    assert_eq!(fund(&record, 1), "当年财政拨款 - 1180.50 - - - -");
    assert_eq!(form.funds.rows.len(), 4);
    assert_eq!(form.goals.expected.as_deref(), Some("检修灯塔三座。\n更换灯器。"));
    assert_eq!(form.goals.actual.as_deref(), Some("已检修三座。"));
    assert_eq!(row(&record, 0), "产出指标 数量指标 检修灯塔 ≥3座 3座 25 25 -");
    assert_eq!(row(&record, 1), "产出指标 数量指标 更换灯器 12套 11套 25 20 一套缺货。");
    assert_eq!(row(&record, 2), "效益指标 社会效益指标 航行安全 有所改善 有所改善 30 30 -");
    assert_eq!(row(&record, 3), "满意度指标 服务对象满意度指标 渔民满意度 ≥95% 97% 10 10 -");
    assert_eq!(form.indicators.len(), 4);
    assert_eq!((form.total.weight, form.total.score), (Some(100.into()), "95.00".parse().ok()));
    assert_eq!(form.grade, Some(Grade::Excellent));
    assert_eq!(codes(&record), [""; 0]);
}

#[test]
fn a_line_across_the_table_closes_it_and_is_no_indicator() {
    let mut rows = OFFICIAL.to_vec();
    rows.pop();
    rows.push(&[(0, 10, 1, "填表人签字：")]);
    let mut grid = grid(&rows);
    grid.cells.sort_by_key(|cell| (cell.row, cell.column));
    let record = only(&grid);
    assert_eq!(record.form.indicators.len(), 4);
    assert!(record.form.indicators.iter().all(|row| !row.level3.contains("签字")));
}

#[test]
fn lines_of_a_page_break_end_no_table() {
    for line in ["（续表）", "- 2 -", "第 2 页"] {
        let mut rows = OFFICIAL.to_vec();
        let line = [(0, 10, 1, line)];
        let last_indicator = rows.len() - 3;
        rows.insert(last_indicator, &line);
        let mut grid = grid(&rows);
        grid.cells.sort_by_key(|cell| (cell.row, cell.column));
        let record = only(&grid);
        assert_eq!(record.form.indicators.len(), 4);
        assert_eq!(codes(&record), [""; 0]);
    }
}

#[test]
fn a_form_knows_its_range_and_the_places_of_its_fields() {
    let record = only(&official());
    let sheet = "表1".to_owned();
    assert_eq!(record.span, Some(Place::Sheet { sheet: sheet.clone(), range: "A1:J18".to_owned() }));
    let range = "R14C9".to_owned();
    let deviation = "indicators[1].deviation".parse::<FieldPath>().unwrap();
    assert_eq!(record.provenance.get(&deviation), Some(&vec![Place::Sheet { sheet, range }]));
}

#[test]
fn forms_below_each_other_are_told_apart() {
    let mut grid = official();
    let last = grid.cells.last().unwrap().row;
    let second: Vec<GridCell> = official().cells;
    grid.cells.extend(second.into_iter().map(|cell| GridCell {
        row: cell.row + last + 3,
        column: cell.column * 2,
        column_span: cell.column_span * 2,
        ..cell
    }));
    let parsed = read(&grid);
    assert_eq!(parsed.records.len(), 2);
    assert_eq!(parsed.records[0].form, parsed.records[1].form);
    assert_eq!((parsed.records[1].index, parsed.diagnostics.len()), (1, 0));
}

#[test]
fn lost_merges_leave_the_names_in_force() {
    let mut grid = official();
    grid.cells.iter_mut().for_each(|cell| cell.row_span = 1);
    assert_eq!(row(&only(&grid), 1), "产出指标 数量指标 更换灯器 12套 11套 25 20 一套缺货。");
}

#[test]
fn a_total_row_without_its_label_is_known_by_its_columns() {
    let mut grid = official();
    grid.cells.retain(|cell| cell.text != "总分");
    let record = only(&grid);
    assert_eq!((record.form.total.weight, record.form.grade), (Some(100.into()), Some(Grade::Excellent)));
    assert_eq!(record.form.indicators.len(), 4);
}

#[test]
fn a_label_broken_over_two_rows_heads_its_column() {
    let record = only(&plain(
        "项目支出绩效自评表\n项目名称|灯塔维护\n|一级指标|二级指标|三级指标|年度|实际|分值|得分\n||||指标值|完成值||\n\
         |产出指标|数量指标|检修灯塔|3座|2座|50|40",
    ));
    assert_eq!(row(&record, 0), "产出指标 数量指标 检修灯塔 3座 2座 50 40 -");
}

#[test]
fn a_bracket_below_a_label_belongs_to_it_but_a_year_does_not() {
    let form = |below: &str| {
        let head = "项目支出绩效自评表\n项目名称|灯塔维护\n一级指标|二级指标|三级指标|年初目标值|实际完成值|得分";
        only(&plain(&format!("{head}\n|||{below}\n产出指标|数量指标|检修灯塔|3座|2座|40")))
    };
    assert_eq!(form("（A）|（B）").form.indicators.len(), 1);
    assert_eq!(form("（2022年）|").form.indicators.len(), 2);
}

#[test]
fn text_around_a_form_is_quoted() {
    let mut grid = official();
    grid.cells.iter_mut().for_each(|cell| cell.row += 2);
    let stray = |row: u32, text: &str| GridCell {
        row,
        column: 0,
        row_span: 1,
        column_span: 1,
        text: text.to_owned(),
        place: Place::Sheet { sheet: "表1".to_owned(), range: "A1".to_owned() },
    };
    grid.cells.insert(0, stray(0, "附件3"));
    grid.cells.push(stray(40, "第二部分 其他情况"));
    let parsed = read(&grid);
    assert_eq!(parsed.records.len(), 1);
    let messages: Vec<&str> = parsed.diagnostics.iter().map(|remark| remark.message.as_str()).collect();
    assert_eq!(messages, ["不属于任何自评表的内容：「附件3」。", "不属于任何自评表的内容：「第二部分 其他情况」。"]);
}

#[test]
fn a_fund_table_in_a_narrative_is_no_form() {
    let parsed = read(&plain("资金使用情况\n项目资金|年初预算数|全年预算数|全年执行数\n年度资金总额|1|2|3"));
    assert_eq!(parsed.records, []);
    assert!(parsed.diagnostics[0].message.contains("「年度资金总额」"));
}

#[test]
fn far_cells_cost_nothing() {
    let mut grid = official();
    let mut far = grid.cells[0].clone();
    (far.row, far.column, far.text) = (1_048_575, 16_383, "远".to_owned());
    (far.row_span, far.column_span) = (u32::MAX, u32::MAX);
    grid.cells.push(far);
    assert_eq!(read(&grid).records.len(), 1);
}
