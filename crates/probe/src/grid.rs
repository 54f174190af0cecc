//! Grids written as text, so that a table between tabs is a grid and every change of a byte another one.

use jixiao_core::Place;
use jixiao_parser::grid::{Grid, GridCell};

/// The grid of `text`: a line a row, its cells between tabs, blank ones left out. A cell may begin with how many rows
/// and columns it covers (`2x3:`), and a line of `@` and a number moves on to that row.
pub(crate) fn cells(text: &str) -> Grid {
    let mut grid = Grid::default();
    let mut row = 0_u32;
    for line in text.lines() {
        if let Some(target) = line.strip_prefix('@').and_then(|number| number.parse().ok()) {
            // A grid is sorted by rows.
            row = row.max(target);
            continue;
        }
        for (column, cell) in (0..).zip(line.split('\t')) {
            grid.cells.extend(grid_cell(row, column, cell));
        }
        row = row.saturating_add(1);
    }
    grid
}

fn grid_cell(row: u32, column: u32, cell: &str) -> Option<GridCell> {
    let (row_span, column_span, text) = spans(cell).unwrap_or((1, 1, cell));
    let text = text.trim().replace('↵', "\n");
    let place = Place::Table { table: 0, row: Some(row), column: Some(column) };
    (!text.is_empty()).then_some(GridCell { row, column, row_span, column_span, text, place })
}

fn spans(cell: &str) -> Option<(u32, u32, &str)> {
    let (spans, text) = cell.split_once(':')?;
    let (rows, columns) = spans.split_once('x')?;
    Some((rows.parse().ok()?, columns.parse().ok()?, text))
}
