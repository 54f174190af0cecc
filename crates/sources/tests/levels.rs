//! PDF files of a form whose names span several rows, with rules between the rows alone, or none, and over page breaks.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::canvas::{Canvas, Coding, pdf};
use common::form::{Anchor, Cell, LEVEL_ROWS, Ruling, draw_anchored, draw_title, level_cells};
use jixiao_core::{Form, FormRecord};
use jixiao_sources::read_pdf;

fn record(pages: &[Canvas]) -> FormRecord {
    let mut records = jixiao_parser::document::read(&read_pdf(&pdf(pages)).unwrap()).records;
    assert_eq!(records.len(), 1);
    records.remove(0)
}

fn page(ruling: Ruling, anchor: Anchor) -> Canvas {
    let mut canvas = Canvas::new(Coding::Gbk);
    draw_title(&mut canvas, 800.0);
    draw_anchored(&mut canvas, &level_cells(0, LEVEL_ROWS), 760.0, ruling, anchor);
    canvas
}

const FUNDS: [&str; 4] = [
    "年度资金总额 80000 76000 10 95 9.50",
    "当年财政拨款 80000 76000 - - -",
    "上年结转资金 - - - - -",
    "其他资金 - - - - -",
];

const ROWS: [&str; 8] = [
    "产出指标/数量指标/更换护栏长度 ≥300米 300米 20 20",
    "产出指标/数量指标/补种行道树棵数 ≥40棵 31棵 10 8",
    "产出指标/数量指标/立牌块数 ≥6块 6块 10 10",
    "产出指标/质量指标/护栏验收合格率 100% 100% 10 10",
    "产出指标/质量指标/苗木成活率 ≥90% 92% 10 10",
    "效益指标/社会效益指标/沿河行人落水事故 ≤1起 0起 10 10",
    "效益指标/生态效益指标/河岸绿化改善情况 有所改善 有所改善 10 9",
    "满意度指标/服务对象满意度/沿河居民满意度 ≥90% 91% 10 10",
];

fn shown<T: ToString>(value: Option<&T>) -> String {
    value.map_or_else(|| "-".to_owned(), T::to_string)
}

fn funds(form: &Form) -> Vec<String> {
    let row = |row: &jixiao_core::FundRow| {
        let figures = [&row.annual_budget, &row.executed, &row.weight, &row.execution_rate, &row.score];
        let figures: Vec<String> = figures.into_iter().map(|figure| shown(figure.as_ref())).collect();
        format!("{} {}", row.label, figures.join(" "))
    };
    form.funds.rows.iter().map(row).collect()
}

fn rows(form: &Form) -> Vec<String> {
    let row = |row: &jixiao_core::Indicator| {
        let names = [shown(row.level1.as_ref()), shown(row.level2.as_ref()), row.level3.clone()].join("/");
        let texts = [shown(row.target.text.as_ref()), shown(row.actual.text.as_ref())].join(" ");
        format!("{names} {texts} {} {}", shown(row.weight.as_ref()), shown(row.score.as_ref()))
    };
    form.indicators.iter().map(row).collect()
}

#[track_caller]
fn assert_form(record: &FormRecord) {
    let form = &record.form;
    assert_eq!(funds(form), FUNDS);
    assert_eq!(rows(form), ROWS);
    assert_eq!(form.goals.expected.as_deref(), Some("更换护栏300米，补种行道树。"));
    assert_eq!(form.goals.actual.as_deref(), Some("更换护栏300米。"));
    assert_eq!(form.total.score.map(|score| score.to_string()).as_deref(), Some("96.5"));
}

#[test]
fn names_span_the_rows_that_no_rule_parts() {
    for anchor in [Anchor::Middle, Anchor::Corner] {
        assert_form(&record(&[page(Ruling::Strokes, anchor)]));
        assert_form(&record(&[page(Ruling::Rows, anchor)]));
    }
}

/// Without any rule, a name at the upper side of its cell stands beside the first of its rows.
#[test]
fn names_at_the_top_reach_down_to_the_next() {
    assert_eq!(rows(&record(&[page(Ruling::Unruled, Anchor::Corner)]).form), ROWS);
}

#[test]
fn rules_between_rows_go_on_over_the_page() {
    for cut in [6, 12, 14] {
        let mut pages = [Canvas::new(Coding::Gbk), Canvas::new(Coding::Gbk)];
        draw_title(&mut pages[0], 800.0);
        draw_anchored(&mut pages[0], &level_cells(0, cut), 760.0, Ruling::Rows, Anchor::Corner);
        draw_anchored(&mut pages[1], &level_cells(cut, LEVEL_ROWS), 780.0, Ruling::Rows, Anchor::Corner);
        assert_form(&record(&pages));
    }
}

/// A label of four lines in a cell that a page break leaves one row of: it reaches into the row above, and off the table.
#[test]
fn a_label_that_reaches_over_its_cell_stays_whole() {
    for ruling in [Ruling::Strokes, Ruling::Rows] {
        let mut pages = [Canvas::new(Coding::Gbk), Canvas::new(Coding::Gbk)];
        draw_title(&mut pages[0], 800.0);
        let mut head = level_cells(0, 8);
        let goals = |cell: &&mut Cell| cell.text == "年度总体目标";
        head.iter_mut().filter(goals).for_each(|cell| cell.text = "年\n度\n总体\n目标".to_owned());
        draw_anchored(&mut pages[0], &head, 760.0, ruling, Anchor::Middle);
        draw_anchored(&mut pages[1], &level_cells(8, LEVEL_ROWS), 780.0, ruling, Anchor::Middle);
        assert_form(&record(&pages));
    }
}
