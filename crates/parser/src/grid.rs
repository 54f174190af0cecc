//! Reads forms from a grid of cells with row and column spans: pipe tables, columns kept by spaces, workbook
//! sheets, and later pages and HTML tables.

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

/// A table, or a whole sheet: its non-blank cells in row order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The cells, sorted by row and column.
    pub cells: Vec<GridCell>,
}

/// Reads every form of `grid`, in row order. Cells that belong to no form are quoted in diagnostics.
#[must_use]
pub fn read(_grid: &Grid) -> Parsed {
    Parsed::default()
}
