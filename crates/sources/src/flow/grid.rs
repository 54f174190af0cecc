//! A table with the tables in its cells as one grid.
//!
//! A table within a cell divides the cell: its rows share the height of the cell and its columns the width. Cell edges
//! are first numbers on a fine scale and then counted off, so that a row around a table of three rows becomes three.

use jixiao_core::Place;
use jixiao_parser::grid::{Grid, GridCell};

use super::place::placed;
use super::{Content, Flow, Table};

/// The length of a row or column of the outermost table on the fine scale.
const UNIT: u64 = 1 << 32;

/// A stretch on the fine scale.
type Stretch = (u64, u64);

/// A cell with its edges on the fine scale.
#[derive(Debug)]
struct Fine {
    rows: Stretch,
    columns: Stretch,
    text: String,
    place: Place,
}

impl Flow {
    /// The grid of a table with the number `number`.
    pub(super) fn grid(&mut self, table: &Table, number: u32) -> Grid {
        let mut cells = Vec::new();
        let places = placed(table);
        let whole = ((0, u64::from(places.rows) * UNIT), (0, u64::from(places.columns) * UNIT));
        self.divide(table, number, whole, &mut cells);
        counted_off(cells)
    }

    /// Lays the cells of `table` into the area of `rows` and `columns`.
    fn divide(&mut self, table: &Table, number: u32, (rows, columns): (Stretch, Stretch), cells: &mut Vec<Fine>) {
        let places = placed(table);
        for cell in places.covered {
            let place = Place::Table { table: number, row: Some(cell.row), column: Some(cell.column) };
            cell.cell.content.iter().for_each(|part| self.covered(part, &place));
        }
        for cell in places.cells {
            let place = Place::Table { table: number, row: Some(cell.row), column: Some(cell.column) };
            let height = part(rows, cell.row, cell.row_span, places.rows);
            let width = part(columns, cell.column, cell.column_span, places.columns);
            self.cell(&cell.cell.content, place, (height, width), cells);
        }
    }

    /// Quotes the text of a cell that no program shows.
    fn covered(&mut self, part: &Content, place: &Place) {
        match part {
            Content::Text(text) => self.hidden(text, place.clone()),
            Content::Table(table) => {
                table.contents().for_each(|part| self.covered(part, place));
            }
        }
    }

    /// Lays the content of a cell into its area: text takes one row, a table as many as it has.
    fn cell(&mut self, content: &[Content], place: Place, (rows, columns): (Stretch, Stretch), cells: &mut Vec<Fine>) {
        let heights: Vec<u32> = content.iter().map(height).collect();
        let total = heights.iter().fold(0_u32, |sum, height| sum.saturating_add(*height));
        let mut at = 0;
        for (part_of_cell, height) in content.iter().zip(heights) {
            let rows = part(rows, at, height, total);
            at = at.saturating_add(height);
            match part_of_cell {
                Content::Text(text) => cells.push(Fine { rows, columns, text: text.clone(), place: place.clone() }),
                Content::Table(table) => {
                    let number = self.number();
                    self.divide(table, number, (rows, columns), cells);
                }
            }
        }
    }
}

fn height(part: &Content) -> u32 {
    match part {
        Content::Text(_) => 1,
        Content::Table(table) => u32::try_from(table.rows.len()).unwrap_or(u32::MAX).max(1),
    }
}

/// The stretch of the parts `at..at + count` of `total` equal parts of `whole`; at least one step long.
fn part(whole: Stretch, at: u32, count: u32, total: u32) -> Stretch {
    let length = u128::from(whole.1 - whole.0);
    let edge = |number: u32| {
        let offset = length * u128::from(number.min(total)) / u128::from(total.max(1));
        whole.0 + u64::try_from(offset).unwrap_or(0)
    };
    let (start, end) = (edge(at), edge(at.saturating_add(count)));
    (start, end.max(start + 1))
}

/// The cells with their edges numbered.
fn counted_off(fine: Vec<Fine>) -> Grid {
    let rows = edges(fine.iter().map(|cell| cell.rows));
    let columns = edges(fine.iter().map(|cell| cell.columns));
    let mut cells: Vec<GridCell> = fine
        .into_iter()
        .map(|cell| {
            let ((row, row_span), (column, column_span)) = (counted(cell.rows, &rows), counted(cell.columns, &columns));
            GridCell { row, column, row_span, column_span, text: cell.text, place: cell.place }
        })
        .collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    Grid { cells }
}

fn edges(stretches: impl Iterator<Item = Stretch>) -> Vec<u64> {
    let mut edges: Vec<u64> = stretches.flat_map(|(start, end)| [start, end]).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The number of the first part of a stretch, and how many parts it has.
fn counted((start, end): Stretch, edges: &[u64]) -> (u32, u32) {
    let number = |edge: u64| u32::try_from(edges.partition_point(|other| *other < edge)).unwrap_or(u32::MAX);
    (number(start), number(end).saturating_sub(number(start)).max(1))
}
