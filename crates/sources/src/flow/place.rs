//! Which rows and columns the cells of a table fill.

use super::{Cell, Table};
use crate::limits::{MAX_COLUMNS, MAX_ROW_SPAN};

/// A cell and what it fills; rows and columns are 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed<'t> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) row_span: u32,
    pub(super) column_span: u32,
    pub(super) cell: &'t Cell,
}

/// The cells of a table in their places, and those that merged cells cover.
#[derive(Debug, Default)]
pub(super) struct Places<'t> {
    pub(super) cells: Vec<Placed<'t>>,
    pub(super) covered: Vec<Placed<'t>>,
    pub(super) rows: u32,
    pub(super) columns: u32,
}

/// A column while rows are filled from top to bottom.
#[derive(Debug, Clone, Copy, Default)]
struct Column {
    /// The first row that no cell from above reaches into.
    free_from: u32,
    /// The cell that fills it, by its number.
    cell: Option<usize>,
}

/// Places the cells as browsers and word processors do: each in the first column that no cell from above reaches into.
pub(super) fn placed(table: &Table) -> Places<'_> {
    let rows = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    let mut places = Places { rows, ..Places::default() };
    let mut columns: Vec<Column> = Vec::new();
    for (number, row) in (0..rows).zip(&table.rows) {
        let mut at = row.before.min(MAX_COLUMNS);
        for cell in &row.cells {
            at = next_free(&columns, at, number);
            at = places.put(cell, (number, at), &mut columns);
        }
    }
    places.columns = u32::try_from(columns.len()).unwrap_or(MAX_COLUMNS);
    places
}

/// The first column from `at` on that is free in `row`.
fn next_free(columns: &[Column], at: u32, row: u32) -> u32 {
    let taken = columns.iter().skip(at as usize).take_while(|column| column.free_from > row).count();
    at.saturating_add(u32::try_from(taken).unwrap_or(MAX_COLUMNS))
}

impl<'t> Places<'t> {
    /// Puts a cell at row and column; returns the column behind it. Columns beyond the limit are all the last one.
    fn put(&mut self, cell: &'t Cell, (row, column): (u32, u32), columns: &mut Vec<Column>) -> u32 {
        let column = column.min(MAX_COLUMNS - 1);
        let column_span = cell.span.columns.clamp(1, MAX_COLUMNS - column);
        let row_span = cell.span.rows.clamp(1, MAX_ROW_SPAN).min(self.rows - row);
        let placed = Placed { row, column, row_span, column_span, cell };
        let end = column + column_span;
        if columns.len() < end as usize {
            columns.resize(end as usize, Column::default());
        }
        let filled = columns.get_mut(column as usize..end as usize).unwrap_or_default();
        if cell.span.continues && self.extend(filled, row) {
            self.covered.push(placed);
            return end;
        }
        let number = self.cells.len();
        filled.fill(Column { free_from: row + row_span, cell: Some(number) });
        self.cells.push(placed);
        end
    }

    /// Lets the cell above, which the columns `filled` belong to, reach through `row`.
    fn extend(&mut self, filled: &mut [Column], row: u32) -> bool {
        let above = filled.first().filter(|column| column.free_from == row).and_then(|column| column.cell);
        let Some(above) = above.and_then(|number| self.cells.get_mut(number)) else { return false };
        above.row_span = row + 1 - above.row;
        filled.iter_mut().for_each(|column| column.free_from = row + 1);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Row, Span};
    use super::*;

    fn cell(columns: u32, rows: u32, continues: bool) -> Cell {
        Cell { span: Span { columns, rows, continues }, content: Vec::new() }
    }

    fn table(rows: &[&[(u32, u32, bool)]]) -> Table {
        let row = |cells: &[(u32, u32, bool)]| Row {
            before: 0,
            cells: cells.iter().map(|(columns, rows, continues)| cell(*columns, *rows, *continues)).collect(),
        };
        Table { rows: rows.iter().map(|cells| row(cells)).collect() }
    }

    fn outlines(table: &Table) -> Vec<(u32, u32, u32, u32)> {
        let cells = placed(table).cells;
        cells.iter().map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span)).collect()
    }

    #[test]
    fn cells_stand_right_of_those_that_reach_down() {
        let table = table(&[&[(1, 9, false), (2, 1, false)], &[(1, 1, false), (1, 1, false)]]);
        assert_eq!(outlines(&table), [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]);
    }

    #[test]
    fn a_further_part_lengthens_the_cell_above() {
        let table =
            table(&[&[(1, 1, false), (1, 1, false)], &[(1, 1, true), (1, 1, false)], &[(1, 1, true), (1, 1, false)]]);
        assert_eq!(outlines(&table), [(0, 0, 3, 1), (0, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1)]);
        assert_eq!(placed(&table).covered.len(), 2);
    }

    #[test]
    fn a_further_part_of_nothing_is_a_cell() {
        assert_eq!(outlines(&table(&[&[(1, 1, true)]])), [(0, 0, 1, 1)]);
    }
}
