//! Where a form keeps its fields, the blank ones included: what a program must know to fill in a template.
//!
//! The reader writes it down as it reads, so that a filled cell is read back as the field that it was filled for.

use std::collections::BTreeMap;
use std::ops::Range;

use jixiao_core::vocab::Label;
use jixiao_core::{FieldPath, IndicatorField};

use super::GridCell;

/// A cell by its row and column, 0-based; of a merged cell, any cell of its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spot {
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

impl Spot {
    /// The first cell of `cell`.
    pub(super) const fn of(cell: &GridCell) -> Self {
        Self { row: cell.row, column: cell.column }
    }

    /// The cell right of `cell`, in its first row.
    pub(super) fn right_of(cell: &GridCell) -> Self {
        Self { row: cell.row, column: cell.column_end() }
    }

    /// The cell below `cell`, in its first column.
    pub(super) fn below(cell: &GridCell) -> Self {
        Self { row: cell.row_end(), column: cell.column }
    }
}

/// Where the value of a field stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The cell.
    pub spot: Spot,
    /// The bytes of the cell's text, where the cell also holds a label.
    pub part: Option<Range<usize>>,
    /// True where a value is printed, which a new one replaces; else the cell, or its part, must be blank to take one.
    pub printed: bool,
}

impl Slot {
    /// A cell without a value.
    pub(super) const fn blank(spot: Spot) -> Self {
        Self { spot, part: None, printed: false }
    }

    /// A cell that holds the value.
    pub(super) const fn printed(cell: &GridCell) -> Self {
        Self { spot: Spot::of(cell), part: None, printed: true }
    }

    /// A part of a cell that holds the label too.
    pub(super) const fn within(cell: &GridCell, part: Range<usize>, printed: bool) -> Self {
        Self { spot: Spot::of(cell), part: Some(part), printed }
    }
}

/// A field without a key of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraSlot {
    /// The label as stored in `extra`.
    pub label: String,
    /// True for a note of the template itself, such as how to fill it in.
    pub note: bool,
    /// Where its value stands.
    pub slot: Slot,
}

/// What a column of the indicators holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableColumn {
    /// A field of its own.
    Field(IndicatorField),
    /// 指标性质: the comparator of a target printed over several columns.
    Nature,
    /// 度量单位: the unit of such a target.
    Unit,
    /// Nothing that the model keeps.
    Unkept,
}

/// The name of a level and the rows that its cell covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelName {
    /// Level 1 or level 2.
    pub field: IndicatorField,
    /// The name as printed.
    pub name: String,
    /// The rows of the cell.
    pub rows: Range<u32>,
}

/// A table of indicators.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The columns, in printed order, each with the grid columns of its label.
    pub columns: Vec<(Range<u32>, TableColumn)>,
    /// The row below the column labels.
    pub first_row: u32,
    /// The row that ends the table; `None` where nothing follows it.
    pub end_row: Option<u32>,
    /// The names of levels, in printed order.
    pub levels: Vec<LevelName>,
    /// The level-3 names printed already, by row; placeholders such as `指标1：` are none.
    pub names: Vec<(u32, String)>,
}

impl Table {
    /// The first grid column of `wanted`.
    #[must_use]
    pub fn column(&self, wanted: TableColumn) -> Option<u32> {
        self.columns.iter().find(|(_, column)| *column == wanted).map(|(range, _)| range.start)
    }

    /// The name of a level in force at `row`, as the reader understands merged and single cells.
    #[must_use]
    pub fn level_at(&self, field: IndicatorField, row: u32) -> Option<&LevelName> {
        let above = self.levels.iter().filter(|level| level.rows.start <= row);
        let mut found: Option<&LevelName> = None;
        for level in above {
            if level.field == field {
                found = Some(level);
            } else if level.field == IndicatorField::Level1 {
                // A new level 1 ends the level 2 above it.
                found = found.filter(|last| last.rows.start >= level.rows.start);
            }
        }
        found.filter(|level| level.rows.len() <= 1 || level.rows.contains(&row))
    }
}

/// Where a form keeps its fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The fields of the header, the funds, the goals and the total. Rows of the funds count as in the form.
    pub fields: BTreeMap<FieldPath, Slot>,
    /// Cells that take a field that has no label of its own on this form: the year below the title, the grade behind
    /// the total score.
    pub unlabelled: BTreeMap<FieldPath, Slot>,
    /// Other labelled fields, in printed order.
    pub extra: Vec<ExtraSlot>,
    /// The indicator tables; most forms have one.
    pub tables: Vec<Table>,
}

/// A field whose slot may still turn out to stand elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Path(FieldPath),
    Extra(usize),
}

impl Frame {
    /// Remembers where the value of `label` stands; the first place of a field counts.
    pub(super) fn hold(&mut self, label: Label, printed: &str, slot: Slot) -> Held {
        match path(label) {
            Some(path) => {
                self.fields.entry(path).or_insert(slot);
                Held::Path(path)
            }
            None => {
                self.extra.push(ExtraSlot { label: printed.to_owned(), note: label == Label::Note, slot });
                Held::Extra(self.extra.len() - 1)
            }
        }
    }

    /// The value was found: it stands in `slot`.
    pub(super) fn settle(&mut self, held: Held, slot: Slot) {
        let known = match held {
            Held::Path(path) => self.fields.get_mut(&path),
            Held::Extra(index) => self.extra.get_mut(index).map(|extra| &mut extra.slot),
        };
        if let Some(known) = known.filter(|known| !known.printed) {
            *known = slot;
        }
    }

    /// Remembers where the field `path` stands; the first place counts, but a printed value counts more.
    pub(super) fn at(&mut self, path: FieldPath, slot: Slot) {
        let known = self.fields.entry(path).or_insert_with(|| slot.clone());
        if slot.printed && !known.printed {
            *known = slot;
        }
    }

    /// The value of `label` was found: it stands in `cell`.
    pub(super) fn print(&mut self, label: Label, printed: &str, cell: &GridCell) {
        let held = path(label).map(Held::Path).or_else(|| {
            let index = self.extra.iter().rposition(|extra| extra.label == printed)?;
            Some(Held::Extra(index))
        });
        if let Some(held) = held {
            self.settle(held, Slot::printed(cell));
        }
    }

    /// Ends the open indicator table at `row`.
    pub(super) fn end_table(&mut self, row: u32) {
        if let Some(table) = self.tables.last_mut().filter(|table| table.end_row.is_none()) {
            table.end_row = Some(row.max(table.first_row));
        }
    }
}

const fn path(label: Label) -> Option<FieldPath> {
    match label {
        Label::ProjectName => Some(FieldPath::ProjectName),
        Label::Department => Some(FieldPath::Department),
        Label::Unit => Some(FieldPath::Unit),
        Label::TotalScore => Some(FieldPath::TotalScore),
        Label::Grade => Some(FieldPath::Grade),
        Label::Expected => Some(FieldPath::GoalsExpected),
        Label::Actual => Some(FieldPath::GoalsActual),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(field: IndicatorField, name: &str, rows: Range<u32>) -> LevelName {
        LevelName { field, name: name.to_owned(), rows }
    }

    #[test]
    fn levels_reach_as_far_as_the_reader_lets_them() {
        let (one, two) = (IndicatorField::Level1, IndicatorField::Level2);
        let levels = vec![
            level(one, "产出指标", 5..8),
            level(two, "数量指标", 5..7),
            level(one, "效益指标", 8..9),
            level(two, "社会效益", 9..10),
        ];
        let table = Table { levels, ..Table::default() };
        let at = |field, row| table.level_at(field, row).map(|level| level.name.as_str());
        assert_eq!((at(one, 4), at(one, 5), at(one, 7)), (None, Some("产出指标"), Some("产出指标")));
        assert_eq!((at(two, 6), at(two, 7), at(two, 8)), (Some("数量指标"), None, None));
        assert_eq!((at(one, 20), at(two, 20)), (Some("效益指标"), Some("社会效益")));
    }

    #[test]
    fn the_first_place_counts_unless_it_is_blank() {
        let slot = |column, printed| Slot { spot: Spot { row: 1, column }, part: None, printed };
        let mut frame = Frame::default();
        frame.at(FieldPath::TotalScore, slot(2, false));
        frame.at(FieldPath::TotalScore, slot(3, false));
        assert_eq!(frame.fields[&FieldPath::TotalScore].spot.column, 2);
        frame.at(FieldPath::TotalScore, slot(4, true));
        assert_eq!(frame.fields[&FieldPath::TotalScore].spot.column, 4);
    }
}
