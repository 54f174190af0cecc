//! How wide the columns and how high the rows of a template are.

use std::collections::{BTreeMap, HashMap};

use super::looks::hundredths;
use super::xml::{Piece, attribute};

/// The height of a row that says none, on a sheet that says none, in hundredths of a point.
const ROW_HEIGHT: u32 = 1_350;
/// The width of a column that says none, on a sheet that says none, in pixels.
const COLUMN_WIDTH: u32 = 61;
/// Pixels of a character of the usual default fonts.
const CHARACTER: u32 = 7;

/// The height of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowHeight {
    /// In hundredths of a point.
    pub(super) height: u32,
    /// True where programs must keep it; they fit others to their unmerged cells.
    pub(super) fixed: bool,
}

/// The sizes of a sheet.
#[derive(Debug)]
pub(super) struct Sizes {
    /// Pixels of columns, by the last of them, with the first.
    columns: BTreeMap<u32, (u32, u32)>,
    rows: HashMap<u32, RowHeight>,
    column: u32,
    row: u32,
}

impl Default for Sizes {
    fn default() -> Self {
        Self { columns: BTreeMap::new(), rows: HashMap::new(), column: COLUMN_WIDTH, row: ROW_HEIGHT }
    }
}

impl Sizes {
    /// Takes note of a piece of the sheet; `row` is the number of the row that it opens.
    pub(super) fn note(&mut self, piece: &Piece<'_>, row: u32) {
        let value = |name: &str| piece.tag().and_then(|tag| attribute(tag, name));
        let number = |name: &str| value(name).as_deref().and_then(hundredths);
        let is_set = |name: &str| value(name).is_some_and(|value| matches!(&*value, "1" | "true"));
        match piece.begins() {
            Some("sheetFormatPr") => {
                self.row = number("defaultRowHeight").unwrap_or(self.row);
                self.column = number("defaultColWidth").map_or(self.column, pixels);
            }
            Some("col") => {
                let edge =
                    |name: &str| value(name).and_then(|at| at.parse::<u32>().ok()).and_then(|at| at.checked_sub(1));
                if let (Some(first), Some(last)) = (edge("min"), edge("max")) {
                    let width = number("width").map_or(self.column, pixels);
                    self.columns(first, last, if is_set("hidden") { 0 } else { width });
                }
            }
            Some("row") => {
                let fixed = is_set("customHeight");
                self.rows.extend(number("ht").map(|height| (row, RowHeight { height, fixed })));
            }
            _ => {}
        }
    }

    /// States a width. Some programs state one for several columns and another for the last of them.
    fn columns(&mut self, first: u32, last: u32, width: u32) {
        if let Some((before, wide)) = self.columns.insert(last, (first, width))
            && before < first
        {
            self.columns.insert(first - 1, (before, wide));
        }
    }

    /// Pixels across the columns from `first` to `last`.
    pub(super) fn across(&self, first: u32, last: u32) -> u32 {
        (first..=last).map(|column| self.width(column)).fold(0, u32::saturating_add)
    }

    fn width(&self, column: u32) -> u32 {
        let stated = self.columns.range(column..).next().filter(|(_, (first, _))| *first <= column);
        stated.map_or(self.column, |(_, (_, width))| *width)
    }

    /// The height that the row states.
    pub(super) fn stated(&self, row: u32) -> Option<RowHeight> {
        self.rows.get(&row).copied()
    }

    /// The height of the row before anything is filled.
    pub(super) fn height(&self, row: u32) -> u32 {
        self.stated(row).map_or(self.row, |stated| stated.height)
    }
}

/// Stored widths take in the free space at the sides (ECMA-376 part 1, 18.3.1.13).
const fn pixels(hundredths: u32) -> u32 {
    hundredths.saturating_mul(CHARACTER) / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fill::xml::Pieces;

    #[test]
    fn widths_and_heights_are_as_stated_else_the_sheets() {
        let xml = "<w><sheetFormatPr defaultRowHeight=\"15\" defaultColWidth=\"10\"/><cols><col min=\"2\" max=\"3\" width=\"12.71\"/>\
                   <col min=\"5\" max=\"5\" width=\"9\" hidden=\"1\"/>\
                   <col min=\"7\" max=\"8\" width=\"3\"/><col min=\"8\" max=\"8\" width=\"4\"/></cols><row ht=\"33\" customHeight=\"1\"/></w>";
        let mut sizes = Sizes::default();
        let mut pieces = Pieces::of(xml);
        while let Some(piece) = pieces.next().unwrap() {
            sizes.note(&piece, 7);
        }
        assert_eq!([0, 1, 2, 3, 4, 6, 7].map(|column| sizes.width(column)), [70, 88, 88, 70, 0, 21, 28]);
        assert_eq!(sizes.across(1, 4), 246);
        assert_eq!((sizes.height(7), sizes.height(8)), (3_300, 1_500));
        assert_eq!(sizes.stated(7), Some(RowHeight { height: 3_300, fixed: true }));
    }
}
