//! Dialects of text that mark where their cells end: pipes, tabs, commas, semicolons, drawn lines.
//!
//! [`recognise`] finds the stretches of a text that are written in one of them and which one it is; each dialect turns
//! its stretch into cells ([`cells`]), the layout gives the cells their rows and columns ([`layout`]), and the grid
//! reader reads them as it reads every grid. A stretch that holds no form is left to the reader of drawn text.

mod aligned;
mod broken;
mod cells;
pub(crate) mod columns;
pub(crate) mod drawn;
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
use cells::Marked;
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
        Dialect::Drawn => return read_drawn(text, region, ledger),
        Dialect::PipeRows | Dialect::PipeCells => pipes::cells(text, region),
        Dialect::Commas | Dialect::Semicolons => tabs::cells(text, region),
        Dialect::Tabs => {
            let marked = tabs::cells(text, region);
            Marked { cells: broken::rejoin(text, marked.cells), ..marked }
        }
    };
    read_cells(text, marked, ledger, |index| index)
}

/// The forms of a region between drawn lines, whose cells are read as a text of their own.
fn read_drawn(text: &Text, region: &Region, ledger: &mut Ledger) -> Option<Vec<FormRecord>> {
    let drawn = drawn::cells(text, region);
    let mut records = read_cells(&drawn.text, drawn.marked.clone(), ledger, |index| drawn.origin(index))?;
    records.iter_mut().for_each(|record| drawn.tell_back(text, record));
    Some(records)
}

/// The forms of the cells of `text`, of which each character is booked as the one that `origin` tells.
fn read_cells(
    text: &Text,
    marked: Marked,
    ledger: &mut Ledger,
    origin: impl Fn(usize) -> usize,
) -> Option<Vec<FormRecord>> {
    let placed = layout::lay_out(text, marked.cells);
    let read = grid::read_with_labels(&placed.grid, placed.labels, &placed.doubts);
    if read.parsed.records.iter().all(|record| record.form.indicators.is_empty()) {
        return None;
    }
    marked.marks.iter().for_each(|mark| ledger.book(*mark, mark + 1, Use::Furniture));
    let used = placed.ranges.iter().zip(&read.fates).filter(|(_, fate)| **fate == Fate::Read).map(|(cell, _)| cell);
    // The whole of a cell that was read; what ended in a field is booked again by its provenance.
    for index in placed.copies.iter().chain(used).cloned().flatten().filter(|index| text.is_ink(*index)) {
        ledger.book(origin(index), origin(index) + 1, Use::Label);
    }
    Some(read.parsed.records)
}
