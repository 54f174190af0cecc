//! A sheet as any workbook format gives it, and its way to a grid.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use jixiao_core::{Diagnostic, Place};
use jixiao_parser::grid::{Grid, GridCell};

use super::address::range_name;
use super::limits::{MAX_CELLS, MAX_MERGED_AREAS, MAX_TEXT_BYTES};
use super::remarks;
use crate::error::ImportError;

/// The last row and column (0-based) that any spreadsheet program knows.
pub(crate) const LAST_ROW: u32 = 1_048_575;
/// See [`LAST_ROW`].
pub(crate) const LAST_COLUMN: u32 = 16_383;

/// A cell's position: row and column, 0-based.
pub(crate) type Position = (u32, u32);

/// A merged area by its first and last cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merged {
    pub(crate) first: Position,
    pub(crate) last: Position,
}

impl Merged {
    /// True where the area covers `position`.
    pub(crate) const fn holds(self, position: Position) -> bool {
        let rows = self.first.0 <= position.0 && position.0 <= self.last.0;
        rows && self.first.1 <= position.1 && position.1 <= self.last.1
    }
}

/// One sheet.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    /// The part of the archive that holds an .xlsx sheet.
    pub(crate) part: String,
    /// True where a cell of an .xlsx sheet holds a formula.
    pub(crate) computes: bool,
    pub(crate) hidden: bool,
    /// The displayed text of the non-blank cells, in any order.
    pub(crate) cells: Vec<(Position, String)>,
    pub(crate) merged: Vec<Merged>,
    /// Hidden rows, from the first to the last of each run: they are read like any other.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    /// Hidden columns, likewise.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// Cells with a formula that stores no value.
    pub(super) without_value: Vec<Position>,
    /// Cells that show an error such as `#DIV/0!`.
    pub(super) errors: Vec<(Position, String)>,
}

/// Counts what the sheets of a workbook hold, against the limits; sheets may be read side by side.
#[derive(Debug, Default)]
pub(super) struct Tally {
    cells: AtomicUsize,
    text_bytes: AtomicUsize,
    merged: AtomicUsize,
}

impl Tally {
    /// Counts one more cell and its text.
    pub(super) fn cell(&self, text: &str) -> Result<(), ImportError> {
        let cells = self.cells.fetch_add(1, Ordering::Relaxed);
        // Many cells may share one long string. No text is longer than all parts may unpack to, so nothing overflows.
        let text_bytes = self.text_bytes.fetch_add(text.len(), Ordering::Relaxed).saturating_add(text.len());
        match (cells >= MAX_CELLS, text_bytes > MAX_TEXT_BYTES) {
            (true, _) => Err(ImportError::TooManyCells),
            (_, true) => Err(ImportError::TooMuchText),
            _ => Ok(()),
        }
    }

    /// Counts one more merged area.
    pub(super) fn merged(&self) -> Result<(), ImportError> {
        let merged = self.merged.fetch_add(1, Ordering::Relaxed);
        if merged >= MAX_MERGED_AREAS { Err(ImportError::TooManyMergedAreas) } else { Ok(()) }
    }
}

impl Sheet {
    /// Adds a cell unless it is blank.
    pub(super) fn push(&mut self, position: Position, text: String, tally: &Tally) -> Result<(), ImportError> {
        if text.trim().is_empty() || position.0 > LAST_ROW || position.1 > LAST_COLUMN {
            return Ok(());
        }
        tally.cell(&text)?;
        self.cells.push((position, text));
        Ok(())
    }

    /// Adds a merged area unless it is out of bounds or a single cell.
    pub(super) fn merge(&mut self, area: Merged, tally: &Tally) -> Result<(), ImportError> {
        let ordered = area.first.0 <= area.last.0 && area.first.1 <= area.last.1;
        if !ordered || area.first == area.last || area.last.0 > LAST_ROW || area.last.1 > LAST_COLUMN {
            return Ok(());
        }
        tally.merged()?;
        self.merged.push(area);
        Ok(())
    }

    /// Puts the cells in reading order and takes out those that a merged area covers: no program shows them.
    ///
    /// Returns the covered cells.
    fn uncover(&mut self) -> Vec<(Position, String)> {
        self.cells.sort_by_key(|(position, _)| *position);
        self.cells.dedup_by_key(|(position, _)| *position);
        self.merged.sort_by_key(|area| area.first);
        let mut areas = self.merged.iter().peekable();
        // The latest area by first column; areas do not overlap, so a new one ends those in its columns.
        let mut open: BTreeMap<u32, Merged> = BTreeMap::new();
        let mut covered = Vec::new();
        self.cells.retain(|(position, text)| {
            while let Some(area) = areas.next_if(|area| area.first <= *position) {
                let ended: Vec<u32> = open.range(area.first.1..=area.last.1).map(|(column, _)| *column).collect();
                for column in ended {
                    open.remove(&column);
                }
                open.insert(area.first.1, *area);
            }
            let around = open.range(..=position.1).next_back().map(|(_, area)| *area);
            let hidden = around.is_some_and(|area| area.first != *position && area.holds(*position));
            if hidden {
                covered.push((*position, text.clone()));
            }
            !hidden
        });
        covered
    }

    /// The cells as a grid, each with the span of the area it begins, and what must be said about the sheet.
    pub(crate) fn into_grid(mut self) -> (Grid, Vec<Diagnostic>) {
        let covered = self.uncover();
        let diagnostics = remarks::about(&self, &covered);
        let cells = std::mem::take(&mut self.cells);
        let cells = cells.into_iter().map(|(position, text)| {
            let last = self.area_from(position).map_or(position, |area| area.last);
            GridCell {
                row: position.0,
                column: position.1,
                row_span: last.0 - position.0 + 1,
                column_span: last.1 - position.1 + 1,
                text,
                place: self.place(position, last),
            }
        });
        (Grid { cells: cells.collect() }, diagnostics)
    }

    /// The area that begins with `position`; the areas are in order.
    fn area_from(&self, position: Position) -> Option<Merged> {
        let behind = self.merged.partition_point(|area| area.first <= position);
        self.merged.get(behind.checked_sub(1)?).copied().filter(|area| area.first == position)
    }

    /// The place of the cells from `first` to `last`.
    pub(super) fn place(&self, first: Position, last: Position) -> Place {
        Place::Sheet { sheet: self.name.clone(), range: range_name(first, last) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[Position], merged: &[(Position, Position)]) -> Sheet {
        let tally = Tally::default();
        let mut sheet = Sheet { name: "表".to_owned(), ..Sheet::default() };
        for position in cells {
            sheet.push(*position, format!("{position:?}"), &tally).unwrap();
        }
        for (first, last) in merged {
            sheet.merge(Merged { first: *first, last: *last }, &tally).unwrap();
        }
        sheet
    }

    #[test]
    fn a_merged_cell_spans_its_area() {
        let (grid, diagnostics) = sheet(&[(4, 3), (0, 0)], &[((0, 0), (1, 9))]).into_grid();
        let spans: Vec<_> = grid.cells.iter().map(|cell| (cell.row, cell.row_span, cell.column_span)).collect();
        assert_eq!(spans, [(0, 2, 10), (4, 1, 1)]);
        assert_eq!(grid.cells[0].place, Place::Sheet { sheet: "表".to_owned(), range: "A1:J2".to_owned() });
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn a_covered_cell_is_quoted_not_read() {
        // The narrow area in column D ends before the wide one begins.
        let merged = [((0, 3), (1, 3)), ((2, 1), (9, 5))];
        let (grid, diagnostics) = sheet(&[(1, 3), (2, 1), (5, 4), (5, 6)], &merged).into_grid();
        let places: Vec<_> = grid.cells.iter().map(|cell| (cell.row, cell.column)).collect();
        assert_eq!(places, [(2, 1), (5, 6)]);
        assert_eq!(diagnostics.iter().filter(|d| d.code == "covered-cell").count(), 2);
    }

    #[test]
    fn the_last_cell_of_all_costs_one_cell() {
        let (grid, _) = sheet(&[(0, 0), (LAST_ROW, LAST_COLUMN)], &[]).into_grid();
        assert_eq!(grid.cells.len(), 2);
    }
}
