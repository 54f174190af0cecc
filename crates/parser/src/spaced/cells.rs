//! The cells found so far, as a grid, with the words of each.

use std::collections::{BTreeMap, BTreeSet};

use jixiao_core::{Place, TextSpan};

use super::placed::{CellDoubt, Placed};
use super::sheet::{Sheet, Word};
use crate::grid::GridCell;

/// The grid column of side labels.
pub(super) const SIDE: usize = 0;

/// Cells in row order.
#[derive(Debug, Default)]
pub(super) struct Cells {
    /// The cells.
    pub(super) grid: Vec<GridCell>,
    ranges: Vec<Vec<(usize, usize)>>,
    row_doubts: BTreeMap<u32, &'static str>,
    cell_doubts: BTreeMap<usize, CellDoubt>,
    rows: u32,
}

impl Cells {
    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.rows = self.rows.saturating_add(1);
    }

    /// Adds the cell of `words` to the row; nothing where there are none. Cells of a row come from left to right.
    pub(super) fn put(&mut self, sheet: &Sheet<'_>, column: usize, rows: usize, words: &[Word]) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        let (from, to) = (sheet.text.span(first.start, first.end), sheet.text.span(last.start, last.end));
        let span = TextSpan { line_end: to.line_end, column_end: to.column_end, ..from };
        self.grid.push(GridCell {
            row: self.rows,
            column: u32::try_from(column).unwrap_or(u32::MAX),
            row_span: u32::try_from(rows).unwrap_or(u32::MAX),
            column_span: 1,
            text: sheet.printed(words),
            place: Place::Text(span),
        });
        self.ranges.push(words.iter().map(|word| (word.start, word.end)).collect());
    }

    /// What the grid's cells are made of.
    pub(super) fn places(&self) -> Vec<Placed> {
        let cells = self.grid.iter().zip(&self.ranges).enumerate();
        let placed = cells.map(|(index, (cell, ranges))| Placed {
            place: cell.place.clone(),
            row: usize::try_from(cell.row).unwrap_or(usize::MAX),
            text: cell.text.clone(),
            ranges: ranges.clone(),
            cell_doubt: self.cell_doubts.get(&index).cloned(),
            row_doubt: self.row_doubts.get(&cell.row).copied(),
        });
        placed.collect()
    }

    /// The row is doubtful.
    pub(super) fn doubt(&mut self, why: &'static str) {
        self.row_doubts.insert(self.rows, why);
    }

    /// The cell put last is doubtful in those `rows`, counted from the first one that it covers.
    pub(super) fn doubt_last(&mut self, why: &'static str, rows: &BTreeSet<usize>) {
        if let Some(last) = self.grid.len().checked_sub(1).filter(|_| !rows.is_empty()) {
            self.cell_doubts.insert(last, CellDoubt { why, rows: rows.clone() });
        }
    }
}
