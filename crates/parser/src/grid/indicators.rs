//! The indicator table: its column header and its rows.

mod head;
mod target;

use jixiao_core::IndicatorField;
use jixiao_core::fold::is_blank;
use jixiao_core::vocab::Scope;

use super::GridCell;
use super::book::{Book, CellId, Row};
use super::draft::Draft;
use super::fields;
use super::frame::{LevelName, Table, TableColumn};
use super::header_row::Columns;
use crate::raw::{RawCell, RawIndicator};
use crate::template::{is_dots, is_number_alone};

pub(super) use head::head;

/// What an indicator column holds. Columns without a key of their own carry their printed label.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Field(IndicatorField),
    /// 指标性质: the comparator of the target.
    Nature(String),
    /// 度量单位: the unit of the target.
    Unit(String),
    Unkept(String),
}

/// A level name and how far its cell reaches.
#[derive(Debug, Clone)]
struct Level {
    id: CellId,
    cell: RawCell,
    row_end: u32,
    merged: bool,
}

/// The columns of the table and the level names in force.
#[derive(Debug, Clone, Default)]
pub(super) struct Indicators {
    columns: Columns<Kind>,
    level1: Option<Level>,
    level2: Option<Level>,
    /// True once 指标性质 has held a class (定量指标) instead of a comparator: then only the value is the target.
    classed: bool,
}

/// The cells of one row by column.
type Slots = Vec<(Kind, CellId)>;

impl Indicators {
    /// The field whose column `cell` stands in.
    pub(super) fn field_at(&self, cell: &GridCell) -> Option<IndicatorField> {
        match self.columns.at(cell) {
            Some(Kind::Field(field)) => Some(*field),
            _ => None,
        }
    }

    /// The table as a frame, its first row `first_row`.
    fn frame(&self, first_row: u32) -> Table {
        let column = |kind: &Kind| match kind {
            Kind::Field(field) => TableColumn::Field(*field),
            Kind::Nature(_) => TableColumn::Nature,
            Kind::Unit(_) => TableColumn::Unit,
            Kind::Unkept(_) => TableColumn::Unkept,
        };
        let columns = self.columns.ranges().iter().map(|(range, kind)| (range.clone(), column(kind))).collect();
        Table { columns, first_row, ..Table::default() }
    }

    /// The first grid column of `field`.
    pub(super) fn start_of(&self, field: IndicatorField) -> Option<u32> {
        let own = |(_, kind): &&(_, Kind)| *kind == Kind::Field(field);
        self.columns.ranges().iter().find(own).map(|(range, _)| range.start)
    }

    /// True where the table has a column of `field`.
    pub(super) fn has(&self, field: IndicatorField) -> bool {
        self.columns.kinds().any(|kind| *kind == Kind::Field(field))
    }

    /// True where `row` is a labelled field below or between the rows of the table. A label in the column of the
    /// level-3 names is a name.
    pub(super) fn is_foot(&self, row: &Row, book: &Book<'_>) -> bool {
        let Some((id, cell)) = book.first_of(row) else { return false };
        if row.len() == 1 && self.lies_below(cell) {
            return true;
        }
        let name = self.has(IndicatorField::Level1) && self.field_at(cell) == Some(IndicatorField::Level3);
        let levels = [Scope::Level1, Scope::Level2];
        let level = levels.into_iter().any(|scope| book.label(id, scope).is_some());
        let labelled =
            fields::field_label(Scope::Foot, book.labels(id)).is_some() || fields::is_inline(cell, Scope::Foot);
        labelled && !name && !level
    }

    /// True where `cell` reaches from the side label of the block over the columns of names and targets: a line that
    /// closes the form, such as one for signatures, and no indicator.
    fn lies_below(&self, cell: &GridCell) -> bool {
        let left = self.columns.ranges().iter().map(|(range, _)| range.start).min();
        let covers = |field| self.columns.covers(cell, |kind| *kind == Kind::Field(field));
        left.is_some_and(|left| cell.column < left) && covers(IndicatorField::Level3) && covers(IndicatorField::Target)
    }

    /// Reads `row` as a row of the table; `false` where no cell stands in a column.
    pub(super) fn row(&mut self, row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> bool {
        let (slots, doubt) = self.slots(row, book, draft);
        if slots.is_empty() {
            return false;
        }
        let slots = self.take_levels(slots, book, draft);
        if slots.is_empty() {
            return true;
        }
        if is_placeholder(&slots, book) {
            slots.iter().for_each(|(_, id)| book.mark(*id));
        } else if is_continuation(&slots) && !draft.raw.indicators.is_empty() {
            continue_row(&slots, book, draft);
        } else {
            let raw = self.indicator(slots, doubt, row, book, draft);
            draft.raw.indicators.push(raw);
        }
        true
    }

    /// The cells by column, and what is doubtful about the row.
    fn slots(&self, row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> (Slots, Option<String>) {
        let mut slots = Slots::new();
        let mut doubt = None;
        for (id, cell) in book.row(row) {
            match self.columns.at(cell) {
                Some(Kind::Field(field)) if is_level(*field) && self.covers_level3(cell) => {
                    slots.push((Kind::Field(IndicatorField::Level3), id));
                    let name = cell.text.trim();
                    doubt = Some(format!("「{name}」合并了指标级别与三级指标两栏，读作三级指标。"));
                }
                // The label of the whole block may stand above the names of the first level.
                Some(Kind::Field(IndicatorField::Level1)) if book.is_block(id) => draft.block_label(id, book),
                Some(kind) => slots.push((kind.clone(), id)),
                None => fields::side_label(id, book, draft),
            }
        }
        (slots, doubt)
    }

    fn covers_level3(&self, cell: &GridCell) -> bool {
        self.columns.covers(cell, |kind| *kind == Kind::Field(IndicatorField::Level3))
    }

    /// Takes the level names out of `slots`. A new level 1 ends the level 2 above it.
    fn take_levels(&mut self, slots: Slots, book: &mut Book<'_>, draft: &mut Draft) -> Slots {
        let mut rest = Slots::new();
        for (kind, id) in slots {
            let (Kind::Field(field @ (IndicatorField::Level1 | IndicatorField::Level2)), Some(cell)) =
                (&kind, book.cell(id))
            else {
                rest.push((kind, id));
                continue;
            };
            let level = Level::new(id, cell, book);
            frame_level(*field, &level, cell, draft);
            if *field == IndicatorField::Level1 {
                draft.label(&level.cell.text);
                self.level1 = Some(level);
                self.level2 = None;
            } else {
                self.level2 = Some(level);
            }
        }
        rest
    }

    fn indicator(
        &mut self,
        slots: Slots,
        doubt: Option<String>,
        row: &Row,
        book: &mut Book<'_>,
        draft: &mut Draft,
    ) -> RawIndicator {
        let at = book.cell(row.start).map_or(0, |cell| cell.row);
        let mut raw = RawIndicator { cells: Vec::new(), doubt };
        let levels = [(IndicatorField::Level1, &self.level1), (IndicatorField::Level2, &self.level2)];
        for (field, level) in levels {
            let Some(level) = level.as_ref().filter(|level| level.holds(at)) else { continue };
            book.mark(level.id);
            raw.cells.push((field, level.cell.clone()));
        }
        frame_name(&slots, at, book, draft);
        let slots = self.take_target(slots, &mut raw, book, draft);
        for (kind, id) in slots {
            add_cell(kind, id, &mut raw, book, draft);
        }
        if raw.get(IndicatorField::Level3).is_none() && raw.doubt.is_none() {
            raw.doubt = Some("本行没有三级指标名称，可能属于上一指标。".to_owned());
        }
        raw
    }
}

/// Remembers the name of a level.
fn frame_level(field: IndicatorField, level: &Level, cell: &GridCell, draft: &mut Draft) {
    if let Some(table) = draft.frame.tables.last_mut() {
        let rows = cell.row..level.row_end;
        table.levels.push(LevelName { field, name: level.cell.text.clone(), rows });
    }
}

/// Remembers the name of an indicator.
fn frame_name(slots: &Slots, row: u32, book: &Book<'_>, draft: &mut Draft) {
    let name = slots.iter().find(|(kind, _)| *kind == Kind::Field(IndicatorField::Level3));
    if let (Some((_, id)), Some(table)) = (name, draft.frame.tables.last_mut()) {
        table.names.push((row, book.text(*id)));
    }
}

impl Level {
    /// A level name counts as read once a row has it; the known names are labels even where no row does.
    fn new(id: CellId, cell: &GridCell, book: &mut Book<'_>) -> Self {
        let text = book.peek(id);
        if [Scope::Level1, Scope::Level2].into_iter().any(|scope| book.label(id, scope).is_some()) {
            book.mark(id);
        }
        Self { id, cell: text, row_end: cell.row_end(), merged: cell.row_span > 1 }
    }

    /// A merged cell names the rows it spans; a single one, where merges are lost, all rows down to the next.
    const fn holds(&self, row: u32) -> bool {
        !self.merged || row < self.row_end
    }
}

const fn is_level(field: IndicatorField) -> bool {
    matches!(field, IndicatorField::Level1 | IndicatorField::Level2)
}

fn add_cell(kind: Kind, id: CellId, raw: &mut RawIndicator, book: &mut Book<'_>, draft: &mut Draft) {
    match kind {
        Kind::Field(field) if raw.get(field).is_none() => {
            let text = field == IndicatorField::Deviation;
            raw.cells.push((field, if text { book.take_text(id) } else { book.take(id) }));
        }
        Kind::Field(_) => {}
        Kind::Nature(label) | Kind::Unit(label) | Kind::Unkept(label) => draft.unkept(&label, book.take_unkept(id)),
    }
}

/// Only a deviation or columns without a key: the end of the row above.
fn is_continuation(slots: &Slots) -> bool {
    let own = |kind: &Kind| matches!(kind, Kind::Field(field) if *field != IndicatorField::Deviation);
    !slots.iter().any(|(kind, _)| own(kind))
}

fn continue_row(slots: &Slots, book: &mut Book<'_>, draft: &mut Draft) {
    for (kind, id) in slots {
        match kind {
            Kind::Field(field) => {
                let cell = book.take_text(*id);
                if let Some(last) = draft.raw.indicators.last_mut() {
                    append(last, *field, cell);
                }
            }
            Kind::Nature(label) | Kind::Unit(label) | Kind::Unkept(label) => {
                let cell = book.take_unkept(*id);
                draft.unkept(label, cell);
            }
        }
    }
}

fn append(row: &mut RawIndicator, field: IndicatorField, cell: RawCell) {
    match row.cells.iter_mut().find(|(candidate, _)| *candidate == field) {
        Some((_, above)) => {
            above.doubt = Some("由上下两行的单元格接成，可能分属两行。".to_owned());
            above.text.push_str(&cell.text);
            above.places.extend(cell.places);
        }
        None => row.cells.push((field, cell)),
    }
}

/// Rows of the template that hold nothing: `指标2：` or `……` alone, or only slashes and dashes.
fn is_placeholder(slots: &Slots, book: &Book<'_>) -> bool {
    slots.iter().all(|(kind, id)| {
        let Some(cell) = book.cell(*id) else { return true };
        let name = *kind == Kind::Field(IndicatorField::Level3);
        is_blank(&cell.text) || is_dots(&cell.text) || (name && is_number_alone(&cell.text))
    })
}
