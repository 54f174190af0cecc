//! Dialects of text that mark where their cells end: pipes, tabs, commas, semicolons.
//!
//! [`recognise`] finds the stretches of a text that are written in one of them and which one it is; each dialect turns
//! its stretch into cells ([`cells`]), the layout gives the cells their rows and columns ([`layout`]), and the grid
//! reader reads them as it reads every grid. A stretch that holds no form is left to the reader of drawn text.

mod aligned;
mod broken;
mod cells;
pub(crate) mod columns;
mod heads;
mod layout;
mod lead;
mod pipes;
mod place;
mod recognise;
mod repeated;
mod tabs;
#[cfg(test)]
mod tests;

use std::ops::Range;

use jixiao_core::FormRecord;

use crate::grid::{self, Fate};
use crate::ledger::{Ledger, Use};
use crate::text::Text;
use recognise::{Dialect, Region, recognise};

/// The forms of the stretches of `text` that mark their cells, in order, and those stretches as ranges of characters.
/// Separators, labels and placeholders are booked in `ledger`.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> (Vec<FormRecord>, Vec<Range<usize>>) {
    let mut records = Vec::new();
    let mut taken = Vec::new();
    for region in recognise(text) {
        if let Some(found) = read_region(text, &region, ledger) {
            records.extend(found);
            taken.push(region.chars);
        }
    }
    (records, taken)
}

/// The forms of one region; `None` where it holds no table of indicators.
fn read_region(text: &Text, region: &Region, ledger: &mut Ledger) -> Option<Vec<FormRecord>> {
    let marked = match region.dialect {
        Dialect::PipeRows | Dialect::PipeCells => pipes::cells(text, region),
        Dialect::Tabs | Dialect::Commas | Dialect::Semicolons => tabs::cells(text, region),
    };
    let cells = match region.dialect {
        Dialect::Tabs => broken::rejoin(text, marked.cells),
        _ => marked.cells,
    };
    let placed = layout::lay_out(text, cells);
    let read = grid::read_with_labels(&placed.grid, placed.labels, &placed.doubts);
    if read.parsed.records.iter().all(|record| record.form.indicators.is_empty()) {
        return None;
    }
    for copy in &placed.copies {
        book_label(text, ledger, copy);
    }
    marked.marks.iter().for_each(|mark| ledger.book(*mark, mark + 1, Use::Furniture));
    for (cell, _) in placed.ranges.iter().zip(&read.fates).filter(|(_, fate)| **fate == Fate::Read) {
        book_label(text, ledger, cell);
    }
    Some(read.parsed.records)
}

/// Books the whole of a cell that was read; what ended in a field is booked again by its provenance.
fn book_label(text: &Text, ledger: &mut Ledger, cell: &Range<usize>) {
    for index in cell.clone().filter(|index| text.is_ink(*index)) {
        ledger.book(index, index + 1, Use::Label);
    }
}
