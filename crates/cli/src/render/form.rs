//! A form as a table to look at.

use std::fmt::Write;

use anstyle::Style;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};
use jixiao_core::vocab::{Label, Scope, official};
use jixiao_core::{Decimal, Form, FormRecord, FundField, FundRow, Indicator, IndicatorField};

use super::{heading, printable};

/// The width of a table that is not printed on a terminal, in columns of a half-width character.
const WIDTH: u16 = 120;

/// The whole form: header, funds, goals, indicators, total.
pub(crate) fn table(record: &FormRecord, color: bool) -> String {
    let style = if color { Style::new().bold() } else { Style::new() };
    let form = &record.form;
    let mut text = heading(record, style);
    text.push_str(&lines(&header(form)));
    if !form.funds.rows.is_empty() {
        let unit = form.funds.amount_unit.map_or("", |unit| unit.label());
        let _ = writeln!(text, "项目资金{}\n{}", bracket(unit), funds(&form.funds.rows));
    }
    text.push_str(&lines(&goals(form)));
    if !form.indicators.is_empty() {
        let _ = writeln!(text, "绩效指标\n{}", indicators(&form.indicators));
    }
    text.push_str(&lines(&foot(form)));
    text.push('\n');
    text
}

fn bracket(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!("（{unit}）") }
}

fn lines(fields: &[(String, String)]) -> String {
    fields.iter().map(|(label, text)| format!("{}：{}\n", printable(label), printable(text))).collect()
}

fn header(form: &Form) -> Vec<(String, String)> {
    let title = form.title.as_ref().map(|title| {
        let year = form.year.map(|year| format!("（{year}年度）")).unwrap_or_default();
        format!("{title}{year}")
    });
    let fields = [
        ("表名", title),
        ("项目名称", form.project_name.clone()),
        ("主管部门", form.department.clone()),
        ("实施单位", form.unit.clone()),
    ];
    fields.into_iter().filter_map(|(label, text)| Some((label.to_owned(), text?))).collect()
}

fn goals(form: &Form) -> Vec<(String, String)> {
    let fields = [("预期目标", &form.goals.expected), ("实际完成情况", &form.goals.actual)];
    fields.into_iter().filter_map(|(label, text)| Some((label.to_owned(), text.clone()?))).collect()
}

fn foot(form: &Form) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if form.total.score.is_some() || form.total.weight.is_some() {
        let weight = form.total.weight.map(|weight| format!("（满分 {weight}）")).unwrap_or_default();
        let grade = form.grade.map(|grade| format!("，{}", grade.label())).unwrap_or_default();
        fields.push(("总分".to_owned(), format!("{}{weight}{grade}", number(form.total.score))));
    } else if let Some(grade) = form.grade {
        fields.push(("评分等级".to_owned(), grade.label().to_owned()));
    }
    fields.extend(form.extra.iter().map(|field| (field.label.clone(), field.text.clone())));
    fields
}

fn funds(rows: &[FundRow]) -> Table {
    let heads = FundField::ALL.map(|field| official(Scope::FundColumn, Label::FundColumn(field)).unwrap_or("资金来源"));
    let mut table = empty_table(&heads);
    for row in rows {
        let mut cells = vec![Cell::new(printable(&row.label))];
        cells.extend([row.initial_budget, row.annual_budget, row.executed, row.weight].map(figure));
        let rate = row.execution_rate.map(|rate| format!("{rate}%")).unwrap_or_default();
        cells.push(Cell::new(rate).set_alignment(CellAlignment::Right));
        cells.push(figure(row.score));
        table.add_row(cells);
    }
    table
}

fn indicators(rows: &[Indicator]) -> Table {
    let heads = IndicatorField::ALL
        .map(|field| official(Scope::IndicatorColumn, Label::IndicatorColumn(field)).unwrap_or_default());
    let mut table = empty_table(&heads);
    for row in rows {
        let text = |text: &Option<String>| Cell::new(printable(text.as_deref().unwrap_or_default()));
        table.add_row(vec![
            text(&row.level1),
            text(&row.level2),
            Cell::new(printable(&row.level3)),
            text(&row.target.text),
            text(&row.actual.text),
            figure(row.weight),
            figure(row.score),
            text(&row.deviation),
        ]);
    }
    table
}

fn empty_table(heads: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    // Colour is decided for the whole program; the library must not decide it again.
    table.force_no_tty();
    table.set_width(terminal_width()).set_header(heads.to_vec());
    table
}

fn terminal_width() -> u16 {
    Table::new().width().unwrap_or(WIDTH)
}

fn number(value: Option<Decimal>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn figure(value: Option<Decimal>) -> Cell {
    Cell::new(number(value)).set_alignment(CellAlignment::Right)
}
