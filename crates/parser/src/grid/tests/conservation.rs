//! Every character of every cell ends in a field, in a known label, in a placeholder, or in a quotation.

use jixiao_core::fold::{is_blank, squeeze, without_space};
use jixiao_core::vocab::{Scope, find, is_title, stored_label};
use proptest::prelude::*;

use super::*;

/// What may stand in a cell of the generated grids: labels of every scope, values, placeholders, running text.
const WORDS: &[&str] = &[
    "项目支出绩效自评表",
    "（2022年度）",
    "项目名称",
    "主管部门",
    "实施单位：",
    "填报日期：3月2日",
    "联络员",
    "项目资金（万元）",
    "预算执行情况（20分）",
    "年初预算数",
    "全年预算数",
    "全年执行数",
    "分值",
    "执行率",
    "得分",
    "年度资金总额",
    "其中：其他资金",
    "其中：",
    "资金管理情况",
    "情况说明",
    "年度总体目标",
    "预期目标",
    "实际完成情况",
    "绩效指标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标性质",
    "年度指标值",
    "度量单位",
    "实际完成值",
    "完成率",
    "偏差原因分析及改进措施",
    "产出指标（50分）",
    "数量指标",
    "指标2：",
    "……",
    "总分",
    "评分等级",
    "优",
    "备注：据实填写",
    "注",
    "≥95%",
    "1,200.50",
    "12套",
    "十分",
    "/",
    "—",
    "修好了两座桥。",
    "桥",
];

/// The text of the records that a reader of the JSON sees: values, and what diagnostics quote.
fn visible(parsed: &Parsed) -> String {
    let records = parsed.records.iter().map(|record| serde_json::to_string(record).unwrap());
    let outside = parsed.diagnostics.iter().map(|remark| remark.message.clone());
    squeeze(&records.chain(outside).collect::<String>().replace("\\n", ""))
}

/// A cell that need not be seen: a printed label, a blank, a placeholder.
fn is_furniture(text: &str) -> bool {
    let bare = squeeze(text);
    Scope::ALL.iter().any(|scope| find(*scope, text).is_some())
        || is_blank(text)
        || is_title(text)
        || matches!(bare.as_str(), "……" | "指标2:" | "其中:")
}

/// A cell is kept where its text, or its number without marks, is seen.
fn is_kept(text: &str, visible: &str) -> bool {
    let plain = squeeze(text);
    let number = crate::value::amount(text).or(crate::value::percent(text)).or(crate::value::points(text));
    let parts = text.split_once('：').map(|(label, value)| [squeeze(&stored_label(label)), squeeze(value)]);
    visible.contains(&plain)
        || number.is_some_and(|number| visible.contains(&number.to_string()))
        || crate::value::year(text).is_some_and(|year| visible.contains(&year.to_string()))
        || parts.is_some_and(|parts| parts.iter().all(|part| visible.contains(part.as_str())))
}

fn assert_conserved(grid: &Grid) {
    let visible = visible(&read(grid));
    for cell in grid.cells.iter().filter(|cell| !is_furniture(&cell.text)) {
        assert!(is_kept(&cell.text, &visible), "「{}」 at {:?} is lost in {visible}", cell.text, cell.place);
    }
}

/// A grid of known labels and values in any arrangement.
fn any_grid() -> impl Strategy<Value = Grid> {
    let cell = (0_u32..30, 0_u32..12, 1_u32..4, 1_u32..4, prop::sample::select(WORDS));
    prop::collection::vec(cell, 0..120).prop_map(|cells| {
        let mut grid = Grid::default();
        for (row, column, row_span, column_span, text) in cells {
            let place = Place::Sheet { sheet: "表1".to_owned(), range: format!("R{row}C{column}") };
            grid.cells.push(GridCell { row, column, row_span, column_span, text: text.to_owned(), place });
        }
        grid.cells.sort_by_key(|cell| (cell.row, cell.column));
        grid.cells.dedup_by_key(|cell| (cell.row, cell.column));
        grid
    })
}

/// A form in good order with values of any kind, so that every block is reached.
fn any_form() -> impl Strategy<Value = Grid> {
    let value =
        || prop::sample::select(&["", "12", "1,3", "98.5%", "—", "十分", "桥", "3万元", "优", "/", "≥2座", "注"][..]);
    prop::collection::vec(value(), 40).prop_map(|values| {
        let at = |index: usize| values[index];
        let fund = |label: &str, from: usize| {
            let cells: Vec<&str> = (from..from + 6).map(at).collect();
            format!("|{label}|{}", cells.join("|"))
        };
        let indicator = |from: usize| (from..from + 8).map(at).collect::<Vec<_>>().join("|");
        plain(&format!(
            "项目支出绩效自评表\n项目名称|灯塔|{}\n项目资金||年初预算数|全年预算数|全年执行数|分值|执行率|得分\n{}\n{}\n\
             |一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|完成率\n|{}\n|{}\n总分|{}|{}|||{}|{}|{}",
            at(0),
            fund("年度资金总额", 1),
            fund("杂项", 7),
            indicator(13),
            indicator(21),
            at(29),
            at(30),
            at(31),
            at(32),
            at(33),
        ))
    })
}

#[test]
fn stray_cells_are_quoted_with_their_place() {
    let grid = plain(
        "项目支出绩效自评表\n项目名称|灯塔\n|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分\n|产出指标|数量指标|检修|3座|3座|50|十分||游离",
    );
    let record = only(&grid);
    let stray = record.diagnostics.iter().find(|remark| remark.code == "unread-text").unwrap();
    assert!(stray.message.contains("「游离」"));
    assert_eq!(stray.span, grid.cells.last().map(|cell| cell.place.clone()));
    assert_conserved(&grid);
}

#[test]
fn text_without_any_form_is_quoted() {
    assert_conserved(&plain("关于自评工作的说明|2022年\n一、概况。|\n项目名称|灯塔"));
    assert!(without_space(&visible(&read(&plain("甲|乙")))).contains("「甲」「乙」"));
}

proptest! {
    #[test]
    fn nothing_is_lost_in_any_arrangement(grid in any_grid()) {
        assert_conserved(&grid);
    }

    #[test]
    fn nothing_is_lost_in_a_form(grid in any_form()) {
        assert_conserved(&grid);
    }
}
