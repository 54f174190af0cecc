//! What it costs that some words make up the cells of a row.

use jixiao_core::IndicatorField;

use super::{Sheet, Word};
use crate::stream::rows::column::{Column, NEVER, RowSoFar, open_cost};
use crate::stream::wrap;

/// The cost of a blank within a line of a cell.
pub(super) const JOINED: i32 = 24;

const OPEN_BRACKET: i32 = 8;
const NUMBER_WITHIN: i32 = 8;
const DASH_WITHIN: i32 = 30;
const NUMBERED_WITHIN: i32 = 25;
const LEVEL_WITHIN: i32 = 20;
const UNKNOWN_WIDTH: i32 = 3;
const LONG_NAME: i32 = 5;
const NAME_LINES: usize = 3;
const ECHO: i32 = 4;
const DONE_AS_NAME: i32 = 8;

/// How an actual begins, and seldom a name.
const SAYS_DONE: [&str; 5] = ["已", "基本", "有所", "达成", "未"];

/// The words of one cell by line.
pub(super) type CellLines<'a> = Vec<Vec<&'a Word>>;

/// How ill `cells`, one for each column, make one row.
pub(super) fn row_cost(sheet: &Sheet, cells: &[CellLines]) -> i32 {
    let (mut row, mut name) = (RowSoFar::default(), RowSoFar::default());
    let mut cost = 0;
    for (column, cell) in cells.iter().enumerate() {
        let kind = sheet.column(column);
        if kind.level_scope().is_some() {
            continue;
        }
        let Some(first) = cell.first().and_then(|line| line.first()) else {
            cost += blank_cost(sheet, column, row);
            continue;
        };
        cost += open_cost(kind, &first.token, &first.look, row) + lines_cost(sheet, column, cell);
        match kind {
            Column::Field(IndicatorField::Level3) => {
                cost += if SAYS_DONE.iter().any(|word| first.token.plain.starts_with(word)) { DONE_AS_NAME } else { 0 };
                name.see_target(&first.token);
            }
            Column::Field(IndicatorField::Target) => {
                cost -= ECHO * name.echo(&first.token);
                row.see_target(&first.token);
            }
            Column::Field(IndicatorField::Actual) => {
                cost -= ECHO * row.echo(&first.token);
                row.see_actual(&first.token);
            }
            Column::Field(IndicatorField::Weight) => row.weight = first.token.shape.number,
            Column::Field(IndicatorField::Score) => row.score = first.token.shape.number,
            _ => {}
        }
    }
    cost
}

fn blank_cost(sheet: &Sheet, column: usize, row: RowSoFar) -> i32 {
    let kind = sheet.column(column);
    let lost = matches!((row.weight, row.score), (Some(weight), Some(score)) if score < weight);
    if kind == Column::Field(IndicatorField::Deviation) && lost { 3 } else { sheet.blank_cost(column) }
}

/// How ill the lines of one cell follow each other.
fn lines_cost(sheet: &Sheet, column: usize, cell: &CellLines) -> i32 {
    let kind = sheet.column(column);
    let measured: Vec<(i32, i32)> = cell.iter().map(|line| measure(line)).collect();
    let words: usize = cell.iter().map(Vec::len).sum();
    if kind.is_points() && words > 1 {
        return NEVER;
    }
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 256);
    let widest = measured.iter().map(|(width, doubt)| width - doubt).max().unwrap_or(0);
    let full = sheet.widths.get(column).copied().flatten();
    let mut cost = JOINED * count(words - cell.len());
    for (index, (line, (width, doubt))) in cell.iter().zip(&measured).enumerate() {
        let closed = line.last().is_some_and(|word| word.token.shape.closed);
        cost += full.map_or(0, |full| wrap::excess_cost(*width, *doubt, closed, full));
        let Some(next) = cell.get(index + 1).and_then(|next| next.first()) else { continue };
        let slack = match full {
            None if cell.len() == 2 => UNKNOWN_WIDTH,
            _ => wrap::slack_cost(*width, *doubt, &next.token, full.unwrap_or(widest)),
        };
        let ends = line.last().is_some_and(|word| word.token.shape.full_stop);
        cost += if ends { slack.min(UNKNOWN_WIDTH) } else { slack };
    }
    cost + within_cost(cell) + if is_name(kind) { LONG_NAME * count(cell.len().saturating_sub(NAME_LINES)) } else { 0 }
}

fn is_name(kind: Column) -> bool {
    kind == Column::Field(IndicatorField::Level3)
}

/// Words behind the first one that look like the beginning of a cell, and brackets left open.
fn within_cost(cell: &CellLines) -> i32 {
    let mut depth = 0;
    let mut cost = 0;
    for (index, word) in cell.iter().flatten().enumerate() {
        let shape = word.token.shape;
        if index > 0 {
            cost += match shape {
                shape if shape.dash => DASH_WITHIN,
                shape if shape.number.is_some() && depth <= 0 => NUMBER_WITHIN,
                shape if shape.comparator => NUMBERED_WITHIN,
                _ if word.look.numbered => NUMBERED_WITHIN,
                _ if word.look.is_level => LEVEL_WITHIN,
                _ => 0,
            };
        }
        depth += shape.depth;
    }
    cost + if depth == 0 { 0 } else { OPEN_BRACKET }
}

/// Width of a line, and how far it may be off.
pub(super) fn measure(line: &[&Word]) -> (i32, i32) {
    let gaps = i32::try_from(line.len().saturating_sub(1)).unwrap_or(0);
    let width: i32 = line.iter().map(|word| word.token.width).sum();
    (width + gaps, line.iter().map(|word| wrap::doubt(&word.token)).sum())
}
