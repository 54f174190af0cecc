//! The cells of a grid in rows, and which of them have been read.

use std::ops::Range;

use super::GridCell;
use crate::raw::RawCell;

/// A number of a cell within its grid.
pub(super) type CellId = usize;

/// The cells of one row, by their numbers.
pub(super) type Row = Range<CellId>;

/// The cells and which of them have been read.
#[derive(Debug)]
pub(super) struct Book<'g> {
    cells: &'g [GridCell],
    read: Vec<bool>,
}

impl<'g> Book<'g> {
    pub(super) fn new(cells: &'g [GridCell]) -> Self {
        Self { cells, read: vec![false; cells.len()] }
    }

    /// The rows, as ranges of cells.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut start = 0;
        let lengths = self.cells.chunk_by(|left, right| left.row == right.row).map(<[GridCell]>::len);
        lengths
            .map(|length| {
                let row = start..start + length;
                start += length;
                row
            })
            .collect()
    }

    /// The cells of a row with their numbers.
    pub(super) fn row(&self, row: &Row) -> impl DoubleEndedIterator<Item = (CellId, &'g GridCell)> + use<'g> {
        let cells = self.cells.get(row.clone()).unwrap_or_default();
        row.clone().zip(cells)
    }

    /// The cell after `id`.
    pub(super) fn cell(&self, id: CellId) -> Option<&'g GridCell> {
        self.cells.get(id)
    }

    /// Marks a cell as read: a known label, or a placeholder.
    pub(super) fn mark(&mut self, id: CellId) {
        if let Some(read) = self.read.get_mut(id) {
            *read = true;
        }
    }

    /// Reads a cell of one line: its wrapped lines are joined.
    pub(super) fn take(&mut self, id: CellId) -> RawCell {
        self.mark(id);
        self.peek(id)
    }

    /// What [`Book::take`] reads, without marking it as read.
    pub(super) fn peek(&self, id: CellId) -> RawCell {
        self.cell_with(id, |text| text.lines().map(str::trim).collect())
    }

    /// Reads a cell of running text: its line breaks are kept.
    pub(super) fn take_text(&mut self, id: CellId) -> RawCell {
        self.mark(id);
        self.cell_with(id, |text| text.trim().to_owned())
    }

    fn cell_with(&self, id: CellId, clean: impl FnOnce(&str) -> String) -> RawCell {
        self.cell(id).map(|cell| RawCell::new(clean(&cell.text), cell.place.clone())).unwrap_or_default()
    }

    /// True where a cell has been read.
    pub(super) fn is_read(&self, id: CellId) -> bool {
        self.read.get(id).copied().unwrap_or_default()
    }

    /// Takes back what was read of `cells`.
    pub(super) fn forget(&mut self, cells: Range<CellId>) {
        if let Some(read) = self.read.get_mut(cells) {
            read.fill(false);
        }
    }

    /// The cells of `cells` that have not been read.
    pub(super) fn unread(&self, cells: Range<CellId>) -> impl Iterator<Item = &'g GridCell> {
        cells.filter(|id| !self.is_read(*id)).filter_map(|id| self.cell(id))
    }
}
