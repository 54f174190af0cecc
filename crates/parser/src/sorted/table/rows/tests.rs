use jixiao_core::IndicatorField;

use super::super::{Stand, words};
use super::*;
use crate::stream::doc::Doc;
use crate::stream::rows::column::Column;
use crate::text::Text;

const COLUMNS: [IndicatorField; 7] = [
    IndicatorField::Level1,
    IndicatorField::Level2,
    IndicatorField::Level3,
    IndicatorField::Target,
    IndicatorField::Actual,
    IndicatorField::Weight,
    IndicatorField::Score,
];

/// The cells of the best row that has all lines of `text`, apart by `|`; names, targets and actuals have these widths.
fn row(text: &str, widths: [i32; 3], loose: Option<Stand>) -> String {
    best_row(text, widths, |sheet| sheet.loose = loose.map(|stand| (2, stand)))
}

/// As [`row`], of a sheet that `set` sets up.
fn best_row(text: &str, [name, target, actual]: [i32; 3], set: impl Fn(&mut Sheet)) -> String {
    let text = Text::new(text);
    let doc = Doc::new(&text);
    let tokens: Vec<usize> = (0..doc.tokens.len()).collect();
    let columns: Vec<Column> = COLUMNS.map(Column::Field).to_vec();
    let (lines, widths) =
        (words::lines(&doc, &tokens), vec![None, None, Some(name), Some(target), Some(actual), None, None]);
    let mut sheet = Sheet { doc: &doc, lines, columns, widths, pointed: true, merged: false, loose: None };
    set(&mut sheet);
    let rows = candidates(&sheet, 4);
    let whole = rows.iter().filter(|row| row.lines == (0..sheet.lines.len()));
    let best = whole.min_by_key(|row| row.cost).expect("a row of all lines");
    let words = |column: usize| -> String {
        let lines = best.roles.iter().zip(&sheet.lines);
        let own = lines.flat_map(|(roles, line)| roles.iter().zip(line));
        own.filter(|(role, _)| usize::from(**role) == column).map(|(_, word)| word.token.plain.as_str()).collect()
    };
    (2..COLUMNS.len()).map(words).collect::<Vec<_>>().join("|")
}

#[test]
fn cells_of_even_and_odd_lines_interleave() {
    let text = "航标灯更换并且\n已经全部更\n数量指标 试运行合格座数 按计划完成 8 8\n换完\n的时限";
    assert_eq!(row(text, [14, 10, 10], None), "航标灯更换并且试运行合格座数的时限|按计划完成|已经全部更换完|8|8");
}

#[test]
fn a_line_of_level_names_stands_between_those_of_a_row() {
    let text = "航标灯更换并且试\n产出指标\n运行合格的座数和 ≥8座 8座 8 8\n时限";
    assert_eq!(row(text, [16, 12, 10], None), "航标灯更换并且试运行合格的座数和时限|≥8座|8座|8|8");
}

#[test]
fn a_row_cut_by_a_page_begins_with_all_its_cells() {
    let text = "航标灯更换并且试 按计划完成更 全部更换 8 8\n运行合格座数及其 换和试运行\n情况";
    assert_eq!(
        row(text, [16, 12, 10], None),
        "航标灯更换并且试运行合格座数及其情况|按计划完成更换和试运行|全部更换|8|8"
    );
}

#[test]
fn names_may_stand_at_the_top_of_their_rows() {
    let text = "航标灯数\n按计划完成更\n换和试运行的 全部更换 8 8\n各项工作";
    assert_eq!(row(text, [8, 12, 10], Some(Stand::Top)), "航标灯数|按计划完成更换和试运行的各项工作|全部更换|8|8");
}

#[test]
fn a_cell_of_even_lines_has_one_on_the_line_of_the_figures_where_lines_are_merged() {
    let text = "航标灯更换并且\n数量指标 试运行合格 按计划完成 已经全部更 8 8\n换完";
    let found = best_row(text, [14, 20, 10], |sheet| sheet.merged = true);
    assert_eq!(found, "航标灯更换并且试运行合格|按计划完成|已经全部更换完|8|8");
    let text = "航标灯更换并且\n数量指标 试运行合格 按计划完成 已经更换 8 8";
    let found = best_row(text, [14, 10, 10], |sheet| sheet.merged = true);
    assert_eq!(found, "航标灯更换并且试运行合格|按计划完成|已经更换|8|8");
}
