//! The cells of a template's sheet as they lie: merged areas, styles, formulas, printed texts.

use std::collections::{BTreeMap, HashMap, HashSet};

use jixiao_core::IndicatorField;
use jixiao_core::fold::is_blank;
use jixiao_parser::grid::frame::{Table, TableColumn};

use super::sizes::Sizes;
use super::xml::{Pieces, attribute};
use crate::error::{ExportError, ImportError};
use crate::read::address::parse_cell;
use crate::read::limits::MAX_LISTED_CELLS;
use crate::read::sheet::{Merged, Position};

/// The style and formula of every cell of a sheet that the file lists.
#[derive(Debug, Default)]
pub(super) struct CellIndex {
    styles: HashMap<Position, u32>,
    formulas: HashSet<Position>,
    row_styles: HashMap<u32, u32>,
    /// Styles of whole columns, by their last column.
    column_styles: BTreeMap<u32, (u32, u32)>,
    sizes: Sizes,
}

impl CellIndex {
    /// Lists the cells of the worksheet `xml`.
    ///
    /// # Errors
    ///
    /// The part is no well-formed XML.
    pub(super) fn of(xml: &str) -> Result<Self, ExportError> {
        let mut index = Self::default();
        let mut pieces = Pieces::of(xml);
        let mut at: Position = (0, 0);
        let mut next: Position = (0, 0);
        while let Some(piece) = pieces.next()? {
            let value = |name: &str| piece.tag().and_then(|tag| attribute(tag, name));
            let number = |name: &str| value(name).and_then(|value| value.trim().parse::<u32>().ok());
            match piece.begins() {
                Some("row") => {
                    next = (number("r").and_then(|row| row.checked_sub(1)).unwrap_or(next.0), 0);
                    index.row_styles.extend(number("s").map(|style| (next.0, style)));
                }
                Some("c") => {
                    at = value("r").as_deref().and_then(parse_cell).unwrap_or(next);
                    next = (at.0, at.1.saturating_add(1));
                    index.styles.insert(at, number("s").unwrap_or_default());
                    if index.styles.len() > MAX_LISTED_CELLS {
                        return Err(ImportError::TooManyCells.into());
                    }
                }
                Some("f") => {
                    index.formulas.insert(at);
                }
                Some("col") => {
                    if let (Some(first), Some(last), Some(style)) = (number("min"), number("max"), number("style")) {
                        index.column_styles.insert(last.saturating_sub(1), (first.saturating_sub(1), style));
                    }
                }
                _ => {}
            }
            index.sizes.note(&piece, next.0);
            if piece.ends() == Some("row") {
                next = (next.0.saturating_add(1), 0);
            }
        }
        Ok(index)
    }

    /// The widths and heights.
    pub(super) const fn sizes(&self) -> &Sizes {
        &self.sizes
    }

    /// The style of a cell, listed or not.
    pub(super) fn style(&self, at: Position) -> Option<u32> {
        let column = || {
            let (_, (first, style)) = self.column_styles.range(at.1..).next()?;
            (*first <= at.1).then_some(*style)
        };
        self.styles.get(&at).copied().or_else(|| self.row_styles.get(&at.0).copied()).or_else(column)
    }

    /// True where the file lists the cell.
    pub(super) fn lists(&self, at: Position) -> bool {
        self.styles.contains_key(&at)
    }

    /// True where the cell computes its value.
    pub(super) fn computes(&self, at: Position) -> bool {
        self.formulas.contains(&at)
    }
}

/// A sheet of the template as it lies.
#[derive(Debug)]
pub(super) struct SheetLayout<'t> {
    pub(super) cells: CellIndex,
    pub(super) merged: &'t [Merged],
    pub(super) texts: &'t HashMap<Position, String>,
}

impl SheetLayout<'_> {
    /// The merged area of a cell; the cell alone where it is not merged.
    pub(super) fn area(&self, at: Position) -> Merged {
        let alone = Merged { first: at, last: at };
        self.merged.iter().copied().find(|area| area.holds(at)).unwrap_or(alone)
    }

    /// True where the cell is the first of its area, or stands in its first row.
    pub(super) fn begins_at(&self, at: Position) -> bool {
        let area = self.area(at);
        area.first.0 == at.0 && (area.first.1 == at.1 || self.text(area.first).is_none())
    }

    /// What the cell prints; `None` for a blank one.
    pub(super) fn text(&self, at: Position) -> Option<&str> {
        self.texts.get(&at).map(String::as_str).filter(|text| !is_blank(text))
    }

    /// The row below a table: what the reader found to end it, else the end of its side label, else of its cells.
    pub(super) fn end_of(&self, table: &Table) -> u32 {
        if let Some(end) = table.end_row {
            return end;
        }
        let first_column = table.columns.iter().map(|(range, _)| range.start).min().unwrap_or_default();
        let side = first_column.checked_sub(1).map(|column| self.area((table.first_row, column)));
        if let Some(side) = side.filter(|side| side.first.0 < table.first_row && self.text(side.first).is_some()) {
            return side.last.0.saturating_add(1);
        }
        let column = table.column(TableColumn::Field(IndicatorField::Level3)).unwrap_or_default();
        let listed = (table.first_row..).take_while(|row| self.cells.lists((*row, column)));
        listed.last().map_or(table.first_row, |row| row.saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_is_not_listed_has_the_style_of_its_row_or_column() {
        let xml = "<worksheet><cols><col min=\"2\" max=\"3\" style=\"5\"/></cols><sheetData><row r=\"2\" s=\"7\"><c r=\"B2\" s=\"1\"/>\
                   <c><f>1</f></c></row><row><c s=\"2\"/></row></sheetData></worksheet>";
        let index = CellIndex::of(xml).unwrap();
        let styles = [(1, 1), (1, 2), (1, 9), (2, 0), (8, 2), (8, 3)].map(|at| index.style(at));
        assert_eq!(styles, [Some(1), Some(0), Some(7), Some(2), Some(5), None]);
        assert!(index.computes((1, 2)) && !index.computes((1, 1)) && index.lists((2, 0)) && !index.lists((8, 2)));
    }
}
