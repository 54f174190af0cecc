//! Reads forms from a grid of cells with row and column spans: pipe tables, columns kept by spaces, workbook
//! sheets, and later pages and HTML tables.
//!
//! Rows are read from top to bottom. A row that heads a block (fund columns, goal columns, indicator columns) fixes
//! where the columns of the rows below it stand; every other row is read by the block it stands in.

mod book;
mod draft;
mod fields;
pub mod frame;
mod funds;
mod goals;
mod header_row;
mod indicators;
mod place;
mod reader;
mod subtable;
mod total;
mod year;

use jixiao_core::Place;
use jixiao_core::vocab::Labels;

use crate::Parsed;
use frame::Frame;

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
    /// Where the cell stands; in a text, exactly where `text` is printed.
    pub place: Place,
}

impl GridCell {
    /// The row below the cell.
    pub(crate) fn row_end(&self) -> u32 {
        self.row.saturating_add(self.row_span.max(1))
    }

    /// The column right of the cell.
    pub(crate) fn column_end(&self) -> u32 {
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
    reader::read(&grid.cells, labels(grid), &[], true).parsed
}

/// As [`read`], with where each form keeps its fields, in the order of the forms.
#[must_use]
pub fn read_with_frames(grid: &Grid) -> (Parsed, Vec<Frame>) {
    let read = reader::read(&grid.cells, labels(grid), &[], true);
    (read.parsed, read.frames)
}

/// What became of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It belongs to no form or to no part of it.
    Unread,
    /// It is a label, a placeholder or a field.
    Read,
    /// It stands in a column that the model does not have.
    Unkept,
}

/// The forms of a grid and what became of its cells.
#[derive(Debug)]
pub(crate) struct BookedRead {
    pub(crate) parsed: Parsed,
    /// One for each form.
    pub(crate) frames: Vec<Frame>,
    /// One for each cell.
    pub(crate) fates: Vec<Fate>,
}

/// As [`read`], but leaves it to the caller to quote the cells that were not read. `doubts` says for each cell why it
/// may stand in the wrong column.
pub(crate) fn read_with_book(grid: &Grid, doubts: &[Option<String>]) -> BookedRead {
    read_with_labels(grid, labels(grid), doubts)
}

/// As [`read_with_book`], where it is known which labels the cells are.
pub(crate) fn read_with_labels(grid: &Grid, labels: Vec<Labels>, doubts: &[Option<String>]) -> BookedRead {
    reader::read(&grid.cells, labels, doubts, false)
}

fn labels(grid: &Grid) -> Vec<Labels> {
    grid.cells.iter().map(|cell| Labels::of(&cell.text)).collect()
}

#[cfg(test)]
mod tests;
