//! Reads forms from a grid of cells with row and column spans: pipe tables, columns kept by spaces, workbook
//! sheets, and later pages and HTML tables.
//!
//! Rows are read from top to bottom. A row that heads a block (fund columns, goal columns, indicator columns) fixes
//! where the columns of the rows below it stand; every other row is read by the block it stands in.

mod book;
mod draft;
mod fields;
mod funds;
mod goals;
mod header_row;
mod indicators;
mod reader;
mod subtable;
mod total;

use jixiao_core::Place;

use crate::Parsed;

/// One cell of a grid. Rows and columns are 0-based; a merged cell is one cell with spans above 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridCell {
    /// First row.
    pub row: u32,
    /// First column.
    pub column: u32,
    /// Rows covered, at least 1.
    pub row_span: u32,
    /// Columns covered, at least 1.
    pub column_span: u32,
    /// The text as printed or displayed; never empty: blank cells are left out.
    pub text: String,
    /// Where the cell stands.
    pub place: Place,
}

impl GridCell {
    /// The row below the cell.
    fn row_end(&self) -> u32 {
        self.row.saturating_add(self.row_span.max(1))
    }

    /// The column right of the cell.
    fn column_end(&self) -> u32 {
        self.column.saturating_add(self.column_span.max(1))
    }
}

/// A table, or a whole sheet: its non-blank cells in row order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The cells, sorted by row and column.
    pub cells: Vec<GridCell>,
}

/// Reads every form of `grid`, in row order. Cells that belong to no form are quoted in diagnostics.
///
/// Every character of every cell ends in a field, in a known label, in a placeholder row of the template, or in a
/// diagnostic that quotes it. Time and memory grow with the number of cells, not with the area they span.
#[must_use]
pub fn read(grid: &Grid) -> Parsed {
    reader::read(&grid.cells)
}

#[cfg(test)]
mod tests;
