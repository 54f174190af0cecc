//! Which dialect a text is in, where its cells end, and that no cell is lost on the way to the grid.

use proptest::prelude::*;

use super::cells::{Break, Marked};
use super::layout::{Placed, lay_out};
use super::recognise::{Dialect, Region, recognise};
use super::{drawn, pipes, tabs};
use crate::text::Text;

fn cells(text: &Text, region: &Region) -> Marked {
    match region.dialect {
        Dialect::Drawn => drawn::cells(text, region).marked,
        Dialect::PipeRows | Dialect::PipeCells => pipes::cells(text, region),
        Dialect::Tabs | Dialect::Commas | Dialect::Semicolons => tabs::cells(text, region),
    }
}

/// The cells of the only region of `printed`, rows parted by ` / `, open row ends marked `~`.
fn cut(printed: &str) -> String {
    let text = Text::new(printed);
    let regions = recognise(&text);
    assert_eq!(regions.len(), 1, "{regions:?}");
    let marked = cells(&text, &regions[0]);
    let mark = |before| match before {
        Break::None => "|",
        Break::Soft => "~",
        Break::Hard => " / ",
    };
    let parts = marked.cells.iter().map(|cell| format!("{}{}", mark(cell.before), cell.text.replace('\n', "⏎")));
    parts.collect()
}

/// Row and column of every cell of the only region.
fn placed(printed: &str) -> Vec<(u32, u32, String)> {
    let text = Text::new(printed);
    let marked = cells(&text, &recognise(&text)[0]);
    let Placed { grid, .. } = lay_out(&text, marked.cells);
    grid.cells.into_iter().map(|cell| (cell.row, cell.column, cell.text)).collect()
}

#[test]
fn the_marks_tell_the_dialect() {
    for (text, dialects) in [
        ("甲|乙|丙\n丁|戊|己\n庚|辛|壬", &[Dialect::PipeRows][..]),
        ("甲 |\n乙 |\n\n|\n丁 |", &[Dialect::PipeCells]),
        ("甲\t乙\n丙\t丁\n戊\t己", &[Dialect::Tabs]),
        ("\t甲 乙\n\t丙 丁\n戊 己", &[]),
        ("甲 乙\n丙|丁\n戊 己", &[]),
        ("", &[]),
    ] {
        let found: Vec<Dialect> = recognise(&Text::new(text)).iter().map(|region| region.dialect).collect();
        assert_eq!(found, dialects, "{text:?}");
    }
}

/// What is looked at from each line to know a table is bounded: without a bound, these texts take minutes.
#[test]
fn lines_that_are_nearly_tables_are_not_read_again_from_each() {
    for lines in ["──────\n", "甲,乙,丙,丁\n,,,,\n,,,,,\n", "甲;乙;丙;丁\n;;;;\n;;;;;\n"] {
        assert_eq!(recognise(&Text::new(&lines.repeat(60_000))), []);
    }
}

#[test]
fn padded_rows_end_in_their_padding() {
    let text = "| 甲 | ||\n| 乙 |\n丙 |\n||\n|\n丁⏎戊 |\n己 | ||\n";
    assert_eq!(cut(text), " / 甲|| / 乙~丙~| / 丁⏎戊~己||");
}

#[test]
fn rows_without_padding_end_with_their_line() {
    assert_eq!(cut("甲 | 乙 |\n丙 | 丁 |\n戊 | 己 |\n"), " / 甲|乙 / 丙|丁 / 戊|己");
    assert_eq!(cut("甲 | 乙\n丙 | 丁\n戊 | 己"), " / 甲|乙 / 丙|丁 / 戊|己");
    assert_eq!(cut("| 甲 | 乙 |\n| 丙 | 丁\n戊 |\n| 己 | 庚 |"), " / 甲|乙 / 丙|丁⏎戊 / 己|庚");
}

#[test]
fn a_broken_label_in_front_of_a_row_is_one_cell() {
    let text = "项目名称 | 灯塔 | ||\n产\n出\n指\n标 |\n数量指标 | 检修 | ||\n质量指标 | 合格 | ||";
    assert_eq!(cut(text), " / 项目名称|灯塔|| / 产⏎出⏎指⏎标~数量指标|检修|| / 质量指标|合格||");
}

#[test]
fn a_line_that_begins_and_ends_with_a_mark_is_a_row() {
    let text = "自评表\n| 甲 | 乙 |\n|---|:--:|\n|  | 丙<br>丁 |\n| 戊 |  |\n注：无\n| 己 | 庚 |";
    assert_eq!(cut(text), " / 自评表 / 甲|乙 / |丙    丁 / 戊| / 注：无 / 己|庚");
}

#[test]
fn marks_between_cells_only_leave_the_last_cell_blank() {
    assert_eq!(
        cut("甲 | 乙 | 丙\n | 丁 | \n戊 | 己 | 庚\n题\n辛 | 壬 | "),
        " / 甲|乙|丙 / |丁| / 戊|己|庚 / 题 / 辛|壬|"
    );
}

#[test]
fn commas_part_cells_where_every_row_has_as_many() {
    let text = "题,,,\n甲,,\"乙，\n丙\",\n丁,\"1,200\",,戊\n己,,,庚\n";
    assert_eq!(cut(text), " / 题||| / 甲||乙，⏎丙| / 丁|1,200||戊 / 己|||庚");
    assert!(recognise(&Text::new("甲,乙,丙,丁\n戊,己\n庚,辛,壬\n")).is_empty());
}

#[test]
fn a_long_quoted_cell_does_not_end_its_table() {
    let text = format!("甲\t乙\n丙\t\"{}\"\n丁\t戊\n己\t庚", "一行\n".repeat(60));
    let regions = recognise(&Text::new(&text));
    let regions: Vec<_> = regions.iter().map(|region| (region.chars.start, region.chars.end)).collect();
    assert_eq!(regions, [(0, text.chars().count())]);
}

#[test]
fn a_cell_written_for_each_of_its_columns_is_one() {
    let text = "项目名称\t项目名称\t灯塔\t灯塔\t灯塔\t灯塔\n\
        指标\t一级指标\t三级指标\t三级指标\t分值\t得分\n\
        指标\t产出指标\t检修\t检修\t10\t10\n\
        指标\t总分\t总分\t总分\t100\t100";
    let cells = placed(text);
    let row =
        |row: u32| cells.iter().filter(|cell| cell.0 == row).map(|cell| (cell.1, cell.2.as_str())).collect::<Vec<_>>();
    assert_eq!(row(0), [(0, "项目名称"), (2, "灯塔")]);
    assert_eq!(row(2)[row(2).len() - 4..], [(1, "产出指标"), (2, "检修"), (4, "10"), (5, "10")]);
    assert_eq!(row(3)[row(3).len() - 3..], [(1, "总分"), (4, "100"), (5, "100")]);
}

#[test]
fn a_row_of_two_numbers_holds_the_sums() {
    let text = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因\n\
        产出指标|数量指标|检修|3座|3座|50|50|无\n质量指标|合格|1座|1座|50|48|无\n|100|98|";
    let cells = placed(text);
    assert_eq!(cells.iter().rev().take(2).map(|cell| cell.1).collect::<Vec<_>>(), [7, 6]);
}

#[test]
fn quoted_cells_keep_their_line_breaks() {
    assert_eq!(cut("甲\t\"乙\n丙\"\n丁\t戊\n\"己\t庚\n辛\t壬"), " / 甲|乙⏎丙 / 丁|戊 / \"己|庚 / 辛|壬");
}

#[test]
fn cells_find_the_columns_they_fit_where_blank_ones_are_gone() {
    let text = "项目名称 | 灯塔 | |||||||\n\
        一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 | |\n\
        产出指标 | 数量指标 | 检修 | ≥3座 | 2座 | 40 | 30 | 大雾停工 | |\n\
        加固 | 5座 | 5座 | 20 | 20 | |||||\n\
        质量指标 | 合格 | 30 | 30 | |||||||\n\
        满意度指标 | 服务对象满意度指标 | 船员满意 | ≥90% | 95% | 10 | 10 | |||";
    let columns = |name: &str| -> Vec<u32> {
        let cells = placed(text);
        let row = cells.iter().find(|(_, _, text)| text == name).map(|(row, ..)| *row);
        cells.iter().filter(|cell| Some(cell.0) == row).map(|cell| cell.1).collect()
    };
    assert_eq!(columns("检修"), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert_eq!(columns("加固"), [3, 4, 5, 6, 7]);
    assert_eq!(columns("合格"), [2, 3, 6, 7]);
    assert_eq!(columns("船员满意"), [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn rows_are_found_where_every_cell_has_its_line() {
    let text = "一级指标 |\n二级指标 |\n三级指标 |\n年度指标值 |\n实际完成值 |\n分值 |\n得分 |\n产出指标 |\n数量指标 |\n检修 |\n\
        3座 |\n|\n50 |\n|\n加固 |\n5座 |\n5座 |\n40 |\n40 |\n";
    let cells = placed(text);
    let at = |name: &str| cells.iter().filter(|cell| cell.2 == name).map(|cell| (cell.0, cell.1)).collect::<Vec<_>>();
    let row = at("检修")[0].0;
    assert_eq!(at("产出指标"), [(row, 1)]);
    assert_eq!(at("检修"), [(row, 3)]);
    assert_eq!(at("50"), [(row, 6)]);
    assert_eq!(at("加固"), [(row + 1, 3)]);
    assert_eq!(at("40"), [(row + 1, 6), (row + 1, 7)]);
}

#[test]
fn pairs_of_marks_part_cells_where_all_of_them_are_pairs() {
    assert_eq!(cut("|| 甲 || 乙 ||\n|| 丙 || ||\n|| 丁 || 戊 ||\n"), " / 甲|乙 / 丙| / 丁|戊");
    assert_eq!(cut("甲||乙||丙\n丁||||戊\n己||庚||辛"), " / 甲|乙|丙 / 丁||戊 / 己|庚|辛");
}

/// The cells of the only region, which is drawn: rows parted by ` / `.
fn cut_drawn(printed: &str) -> String {
    let text = Text::new(printed);
    let regions = recognise(&text);
    assert_eq!(regions.iter().map(|region| region.dialect).collect::<Vec<_>>(), [Dialect::Drawn], "{printed}");
    let marked = drawn::cells(&text, &regions[0]).marked;
    let mark = |before| if before == Break::Hard { " / " } else { "|" };
    marked.cells.iter().map(|cell| format!("{}{}", mark(cell.before), cell.text.replace('\n', "⏎"))).collect()
}

#[test]
fn drawn_rows_end_at_their_rules() {
    let text = "┌────┬────┐\n│ 甲 │ 乙 │\n│    │ 丙 │\n├────┼────┤\n│ 丁 │    │\n├────┼────┤\n│ 戊 │ 己 │\n\
        ├────┼────┤\n│ 庚 │ 辛 │\n├────┼────┤\n│ 壬 │ 癸 │\n└────┴────┘\n";
    assert_eq!(cut_drawn(text), " / 甲|乙⏎丙 / 丁| / 戊|己 / 庚|辛 / 壬|癸");
}

#[test]
fn a_rule_below_the_header_only_leaves_every_line_a_row() {
    assert_eq!(
        cut_drawn("题\n+----+----+\n| 甲 | 乙 |\n+====+====+\n| 丙 | 丁 |\n| 戊 |    |\n+----+----+"),
        " / 甲|乙 / 丙|丁 / 戊|"
    );
}

#[test]
fn a_cell_reaches_over_rules_that_leave_it_out() {
    let text = "┌────┬────┬────┐\n│ 题           │\n├────┬────┬────┤\n│ 甲 │ 乙 │ 丙 │\n│    ├────┼────┤\n│ 丁 │ 戊 │ 己 │\n\
        ├────┼────┴────┤\n│ 庚 │ 辛      │\n├────┼────┬────┤\n│ 壬 │ 癸 │    │\n└────┴────┴────┘";
    assert_eq!(cut_drawn(text), " / 题 / 甲⏎丁|乙|丙 / |戊|己 / 庚|辛 / 壬|癸|");
}

const PARTS: &[&str] = &[
    "|",
    " | ",
    " |\n",
    "||||\n",
    "\n",
    "\n\n",
    "\t",
    "\"",
    "\r\n",
    "项目名称",
    "项目支出绩效自评表",
    "项目资金（万元）",
    "年初预算数",
    "全年执行数",
    "情况说明",
    "预期目标",
    "实际完成情况",
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "指标性质",
    "分值",
    "得分",
    "产出指标",
    "数量指标",
    "总分",
    "注：",
    "≥3座",
    "12.5",
    "98%",
    "—",
    "灯塔",
    "年度资金总额",
    ",",
    ",,,,",
    "| --- | --- |\n",
    " || ",
    "+---+---+\n",
    "├──┼──┤\n",
    "│",
    "\n│",
    "绩效指标\t绩效指标\t总分\t总分\n",
];

proptest! {
    #[test]
    fn every_character_is_a_mark_or_in_one_cell(parts in prop::collection::vec(prop::sample::select(PARTS), 0..250)) {
        let printed = parts.concat();
        let text = Text::new(&printed);
        let mut uses = vec![0_u32; text.chars.len()];
        for region in recognise(&text) {
            let drawn = (region.dialect == Dialect::Drawn).then(|| drawn::cells(&text, &region));
            let marked = drawn.as_ref().map_or_else(|| cells(&text, &region), |drawn| drawn.marked.clone());
            let origin = |at: usize| drawn.as_ref().map_or(at, |drawn| drawn.origin(at));
            marked.marks.iter().for_each(|mark| uses[*mark] += 1);
            let own = drawn.as_ref().map_or(&text, |drawn| &drawn.text);
            let placed = lay_out(own, marked.cells);
            prop_assert!(placed.grid.cells.is_sorted_by_key(|cell| (cell.row, cell.column)));
            let taken = placed.grid.cells.windows(2).filter(|pair| (pair[0].row, pair[0].column) == (pair[1].row, pair[1].column));
            prop_assert_eq!(taken.count(), 0, "two cells in one place: {:?}", printed);
            let filled = placed.ranges.iter().chain(&placed.copies).cloned().flatten();
            filled.filter(|at| own.is_ink(*at)).for_each(|at| uses[origin(at)] += 1);
            let lost: Vec<usize> = region.chars.filter(|at| text.is_ink(*at) && uses[*at] != 1).collect();
            prop_assert!(lost.is_empty(), "{lost:?} of {printed:?}");
        }
    }
}
