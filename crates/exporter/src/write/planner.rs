//! From a form and a layout to the plan of a sheet.

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{Diagnostic, FieldPath, Form};

use super::blocks;
use super::height::{MAX_ROW_HEIGHT, capacity, stacked_height, text_height};
use super::plan::{Area, Content, Look, Part, Plan, PlannedCell};
use super::{extras, unplaced};
use crate::layout::{Block, Columns, ExtraHome, Heading, Layout, Side};

/// What a null shows where a blank could be mistaken for a merged cell.
pub(super) const DASH: &str = "—";

/// One cell of a row that is about to be placed.
pub(super) struct RowCell {
    pub(super) columns: Columns,
    pub(super) content: Content,
    pub(super) look: Look,
    pub(super) field: Option<FieldPath>,
    pub(super) part: Part,
}

impl RowCell {
    /// A printed label.
    pub(super) fn label(columns: Columns, words: &str) -> Self {
        Self { content: Content::Text(words.to_owned()), look: Look::Label, ..Self::blank(columns) }
    }

    /// A field of the form.
    pub(super) const fn field(columns: Columns, content: Content, look: Look, field: FieldPath) -> Self {
        Self { columns, content, look, field: Some(field), part: Part::Main }
    }

    /// The place of a field that the form may lack.
    pub(super) const fn place(columns: Columns, content: Content, look: Look, field: Option<FieldPath>) -> Self {
        Self { columns, content, look, field, part: Part::Main }
    }

    /// An empty cell that is there for its borders.
    pub(super) const fn blank(columns: Columns) -> Self {
        Self { columns, content: Content::Blank, look: Look::Centre, field: None, part: Part::Main }
    }
}

/// The sheet rows that one printed row takes: more than one where its text is higher than a row may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rows {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// Places the blocks of a layout one below the other.
pub(super) struct Planner<'a> {
    pub(super) form: &'a Form,
    pub(super) layout: &'a Layout,
    plan: Plan,
    /// The place of every extra field.
    homes: Vec<ExtraHome>,
}

/// The plan of the sheet that shows `form`, and what the layout has no place for.
pub(crate) fn plan(form: &Form, layout: &Layout) -> (Plan, Vec<Diagnostic>) {
    let homes = extras::homes(form, layout);
    let mut planner = Planner { form, layout, plan: Plan::default(), homes };
    planner.place_blocks(layout.blocks);
    planner.make_merged_text_fit();
    let diagnostics = unplaced::report(form, layout, &planner.plan);
    (planner.plan, diagnostics)
}

impl Planner<'_> {
    fn place_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.place_block(block);
        }
    }

    fn place_block(&mut self, block: &Block) {
        match block {
            Block::Title { with_year } => blocks::title(self, *with_year),
            Block::Year => blocks::year(self),
            Block::Fields(slots) => blocks::fields(self, slots),
            Block::ExtraFields(slots) => extras::slots(self, slots),
            Block::HeaderExtras(pair) => extras::list(self, ExtraHome::Header, *pair),
            Block::Group { name, columns, blocks } => self.group(name, *columns, blocks),
            Block::Funds(table) => super::funds::place(self, table),
            Block::Goals(goals) => blocks::goals(self, goals),
            Block::Indicators(table) => super::indicators::place(self, table),
            Block::Total(total) => blocks::total(self, total),
            Block::Grade(pair) => blocks::grade(self, *pair),
            Block::FootExtras(pair) => extras::list(self, ExtraHome::Foot, *pair),
        }
    }

    fn group(&mut self, name: &str, columns: Columns, blocks: &[Block]) {
        let first = self.next_row();
        self.place_blocks(blocks);
        self.name_down(columns, name, first);
    }

    /// The extra fields that are printed at `home`, by their number.
    pub(super) fn extra_at(&self, home: ExtraHome) -> impl Iterator<Item = usize> + '_ {
        self.homes.iter().enumerate().filter(move |(_, own)| **own == home).map(|(index, _)| index)
    }

    /// Places one printed row, at least `floor` points high.
    pub(super) fn row(&mut self, cells: Vec<RowCell>, floor: u32) -> Rows {
        let needed = cells
            .iter()
            .map(|cell| self.needed_height(cell.columns, &cell.content, cell.look))
            .max()
            .unwrap_or_default();
        let needed = needed.max(floor);
        let count = needed.div_ceil(MAX_ROW_HEIGHT).max(1);
        let first = self.next_row();
        let height = u16::try_from(needed.div_ceil(count)).unwrap_or(u16::MAX);
        self.plan.heights.extend((0..count).map(|_| height));
        let rows = Rows { first, last: first + count - 1 };
        for cell in cells {
            self.place(rows, cell);
        }
        rows
    }

    /// Places a cell down rows that exist already.
    pub(super) fn place(&mut self, rows: Rows, cell: RowCell) {
        let RowCell { columns, content, look, field, part } = cell;
        let area = Area { first_row: rows.first, last_row: rows.last, columns };
        self.plan.cells.push(PlannedCell { area, content, look, field, part });
    }

    /// Prints the name of a block above its rows, where the layout wants it there.
    pub(super) fn heading_above(&mut self, heading: Heading, words: &str) {
        if matches!(heading.side, Side::Above) {
            self.row(vec![RowCell::label(self.layout.columns(), words)], blocks::ROW_FLOOR);
        }
    }

    /// Prints the name of a block down its rows from `first` on, where the layout wants it there.
    pub(super) fn side_label(&mut self, heading: Heading, words: &str, first: u32) {
        if let Side::Left(columns) = heading.side {
            self.name_down(columns, words, first);
        }
    }

    fn name_down(&mut self, columns: Columns, words: &str, first: u32) {
        let rows = Rows { first, last: self.next_row().saturating_sub(1) };
        // Digits and brackets do not stand well one below the other.
        let stacks = columns.0 == columns.1 && words.chars().all(char::is_alphabetic);
        let look = if stacks { Look::Side } else { Look::Label };
        self.place(rows, RowCell { look, ..RowCell::label(columns, words) });
    }

    /// The row below the last.
    pub(super) fn next_row(&self) -> u32 {
        u32::try_from(self.plan.heights.len()).unwrap_or(u32::MAX)
    }

    /// Makes the rows so far the ones that every printed page repeats.
    pub(super) fn repeat_rows_so_far(&mut self) {
        self.plan.repeated_rows = self.next_row();
    }

    fn needed_height(&self, columns: Columns, content: &Content, look: Look) -> u32 {
        match content {
            Content::Text(text) if look == Look::Side => stacked_height(text),
            Content::Text(text) => text_height(text, self.capacity_of(columns)),
            Content::Number { .. } | Content::Blank => 0,
        }
    }

    fn capacity_of(&self, columns: Columns) -> u32 {
        let range = usize::from(columns.0)..=usize::from(columns.1);
        capacity(self.layout.widths.get(range).unwrap_or_default())
    }

    /// Heightens the rows of every merged area whose text is higher than they are together.
    fn make_merged_text_fit(&mut self) {
        for index in 0..self.plan.cells.len() {
            let Some(cell) = self.plan.cells.get(index) else { return };
            let area = cell.area;
            let needed = self.needed_height(area.columns, &cell.content, cell.look);
            let rows = usize::try_from(area.first_row).unwrap_or_default()
                ..=usize::try_from(area.last_row).unwrap_or_default();
            if let Some(heights) = self.plan.heights.get_mut(rows) {
                grow(heights, needed);
            }
        }
    }
}

/// Heightens rows, each by the same, until they are `needed` points high together.
fn grow(heights: &mut [u16], needed: u32) {
    let present: u32 = heights.iter().map(|height| u32::from(*height)).sum();
    let count = u32::try_from(heights.len()).unwrap_or(u32::MAX);
    let more = needed.saturating_sub(present).div_ceil(count.max(1));
    for height in heights {
        let grown = u32::from(*height).saturating_add(more).min(MAX_ROW_HEIGHT);
        *height = u16::try_from(grown).unwrap_or(*height);
    }
}

/// The fund row that the others are parts of; the first where none is labelled so.
pub(super) fn total_row(form: &Form) -> usize {
    let is_total = |label: &str| matches!(vocab::find(Scope::FundRow, label), Some(Label::FundRow { total: true }));
    form.funds.rows.iter().position(|row| is_total(&row.label)).unwrap_or(0)
}
