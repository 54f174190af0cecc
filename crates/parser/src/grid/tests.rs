//! Forms of every family as hand-made grids, and the promise that no character is lost.

mod conservation;
mod families;
mod layouts;
mod wrapped;

use jixiao_core::{FormRecord, Place};

use super::{Grid, GridCell, read};
use crate::Parsed;

/// A cell: column, columns covered, rows covered, text.
type Cell<'a> = (u32, u32, u32, &'a str);

fn grid(rows: &[&[Cell<'_>]]) -> Grid {
    let cell = |row: u32, (column, column_span, row_span, text): &Cell<'_>| GridCell {
        row,
        column: *column,
        row_span: *row_span,
        column_span: *column_span,
        text: (*text).to_owned(),
        place: Place::Sheet { sheet: "表1".to_owned(), range: format!("R{}C{}", row + 1, column + 1) },
    };
    let rows = (0_u32..).zip(rows);
    Grid { cells: rows.flat_map(|(row, cells)| cells.iter().map(move |each| cell(row, each))).collect() }
}

/// A grid without spans: one line a row, cells parted by `|`, blank cells left out.
fn plain(lines: &str) -> Grid {
    let mut cells = Vec::new();
    for (row, line) in (0_u32..).zip(lines.lines()) {
        for (column, text) in (0_u32..).zip(line.split('|')).filter(|(_, text)| !text.trim().is_empty()) {
            let place = Place::Sheet { sheet: "表1".to_owned(), range: format!("R{}C{}", row + 1, column + 1) };
            let text = text.trim().replace('⏎', "\n");
            cells.push(GridCell { row, column, row_span: 1, column_span: 1, text, place });
        }
    }
    Grid { cells }
}

/// The only form of `grid`.
fn only(grid: &Grid) -> FormRecord {
    let Parsed { mut records, .. } = read(grid);
    assert_eq!(records.len(), 1, "one form");
    records.remove(0)
}

fn codes(record: &FormRecord) -> Vec<&str> {
    record.diagnostics.iter().map(|remark| remark.code.as_str()).collect()
}

/// Level 1, level 2, level 3, target, actual, weight, score and deviation of a row, with `-` for null.
fn row(record: &FormRecord, index: usize) -> String {
    let row = &record.form.indicators[index];
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let number = |value: Option<jixiao_core::Decimal>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    [
        text(&row.level1),
        text(&row.level2),
        row.level3.clone(),
        text(&row.target.text),
        text(&row.actual.text),
        number(row.weight),
        number(row.score),
        text(&row.deviation),
    ]
    .join(" ")
}

/// Label, three amounts, weight, rate and score of a fund row, with `-` for null.
fn fund(record: &FormRecord, index: usize) -> String {
    let row = &record.form.funds.rows[index];
    let numbers = [row.initial_budget, row.annual_budget, row.executed, row.weight, row.execution_rate, row.score];
    let numbers = numbers.map(|value| value.map_or_else(|| "-".to_owned(), |value| value.to_string()));
    format!("{} {}", row.label, numbers.join(" "))
}

fn extra(record: &FormRecord) -> Vec<(&str, &str)> {
    record.form.extra.iter().map(|field| (field.label.as_str(), field.text.as_str())).collect()
}
