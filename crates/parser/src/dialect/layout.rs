//! From a sequence of cells to a grid: every block's cells are placed under its column header.

use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Label, Labels, Scope, find, is_title};

use super::aligned;
use super::cells::{Break, Cell};
use super::columns::{Kind, printed};
use super::heads::{Block, Head, find_head};
use super::place::{Habits, Spot, place};
use super::repeated;
use crate::grid::{Grid, GridCell};
use crate::text::Text;
use crate::value;

/// What a row costs that begins where the text leaves it open, in a table whose rows mostly have sure ends.
const SOFT_BREAK: u32 = 6;

/// Blank cells within rows from which on a table counts as one that keeps them.
const FEWEST_BLANKS: usize = 2;

/// Why a cell of several lines is doubtful.
const BROKEN: &str = "单元格内有换行，断开的文字也可能属于上一行或下一行。";

/// A grid, and for each of its cells the characters it fills, the labels it is and what is doubtful about its place.
#[derive(Debug, Default)]
pub(super) struct Placed {
    pub(super) grid: Grid,
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) labels: Vec<Labels>,
    pub(super) doubts: Vec<Option<String>>,
    /// The characters of cells that only repeat another one.
    pub(super) copies: Vec<Range<usize>>,
}

impl Placed {
    /// The same cells in the order of a grid: cells that found no column stand behind the others of their row.
    fn sorted(self) -> Self {
        let Self { grid, ranges, labels, doubts, copies } = self;
        let about = ranges.into_iter().zip(labels.into_iter().zip(doubts));
        let mut all: Vec<_> = grid.cells.into_iter().zip(about).collect();
        all.sort_by_key(|(cell, _)| (cell.row, cell.column));
        let (cells, (ranges, (labels, doubts))) = all.into_iter().unzip();
        Self { grid: Grid { cells }, ranges, labels, doubts, copies }
    }

    /// Adds a cell with ink.
    pub(super) fn put(&mut self, text: &Text, cell: &Cell, row: u32, columns: Range<u32>, doubt: Option<String>) {
        if cell.is_empty() {
            return;
        }
        let column_span = columns.end.saturating_sub(columns.start).max(1);
        let place = text.place(cell.start, cell.end);
        let (column, text) = (columns.start, cell.text.clone());
        self.grid.cells.push(GridCell { row, column, row_span: 1, column_span, text, place });
        self.ranges.push(cell.start..cell.end);
        self.labels.push(cell.labels);
        self.doubts.push(doubt.or_else(|| cell.unsure.then(|| BROKEN.to_owned())));
    }
}

/// The grid of `cells`.
pub(super) fn lay_out(text: &Text, cells: Vec<Cell>) -> Placed {
    if repeated::is_repeated(&cells) {
        return repeated::lay_out(text, &cells);
    }
    if aligned::is_aligned(&cells) {
        return aligned::lay_out(text, &cells);
    }
    let (cells, habits) = trimmed(cells);
    let mut layout =
        Layout { text, cells: &cells, habits, row: 0, column: 0, at: 0, table: Vec::new(), placed: Placed::default() };
    layout.run();
    layout.placed.sorted()
}

/// The cells without the blank ones at the end of rows, and the table's habits.
fn trimmed(mut cells: Vec<Cell>) -> (Vec<Cell>, Habits) {
    let hard = cells.iter().filter(|cell| cell.before == Break::Hard).count();
    let single = hard * 3 < cells.len() && !cells.iter().any(|cell| cell.before == Break::None);
    let mut kept = Vec::with_capacity(cells.len());
    for row in cells.chunk_by(|_, next| next.before != Break::Hard) {
        let length = row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        kept.extend((0..row.len()).map(|at| at < length));
    }
    let mut kept = kept.into_iter();
    cells.retain(|_| kept.next().unwrap_or(true));
    let blanks = cells.iter().filter(|cell| cell.is_empty()).count();
    let habits = Habits { kept: blanks >= FEWEST_BLANKS, soft_break: if single { 0 } else { SOFT_BREAK } };
    (cells, habits)
}

struct Layout<'a> {
    text: &'a Text,
    cells: &'a [Cell],
    habits: Habits,
    /// The row that is open.
    row: u32,
    /// The next column of it.
    column: u32,
    /// The next cell.
    at: usize,
    /// The columns of the last table of indicators.
    table: Vec<Kind>,
    placed: Placed,
}

impl Layout<'_> {
    fn run(&mut self) {
        while let Some(cell) = self.cells.get(self.at) {
            let head =
                Some(cell).filter(|cell| cell.before != Break::None).and_then(|_| find_head(self.cells, self.at));
            match head {
                Some(head) => self.block(&head),
                None => self.field(),
            }
        }
    }

    fn new_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }

    /// Rows of one table of one cell a line have no sure ends.
    const fn is_single(&self) -> bool {
        self.habits.soft_break == 0
    }

    /// A cell outside of the blocks: behind the one before it, unless a row or field begins.
    fn field(&mut self) {
        let Some(cell) = self.cells.get(self.at) else { return };
        if cell.before == Break::Hard || (cell.before == Break::Soft && self.starts_row(cell)) {
            self.new_row();
        }
        let column = self.column;
        self.placed.put(self.text, cell, self.row, column..column + 1, None);
        self.column = column.saturating_add(1).max(self.total_column(cell));
        self.at += 1;
    }

    /// A field, or a title that is no value of the label before it: names of projects may end like titles.
    fn starts_row(&self, cell: &Cell) -> bool {
        let last = self.at.checked_sub(1).and_then(|last| self.cells.get(last));
        let awaited = last.is_some_and(|last| last.is(Scope::Header) && self.column > 0);
        starts_field(cell) && !(awaited && is_title(&cell.text))
    }

    /// The number behind 总分 stands under the weights, or where there are none, the scores.
    fn total_column(&self, cell: &Cell) -> u32 {
        let total = cell.label(Scope::Foot) == Some(Label::Total);
        let points = [Kind::Indicator(IndicatorField::Weight), Kind::Indicator(IndicatorField::Score)];
        let column = points.iter().find_map(|kind| self.table.iter().position(|own| own == kind));
        column.filter(|_| total).map_or(0, index)
    }

    fn block(&mut self, head: &Head) {
        self.sides(&head.sides);
        self.at = head.end();
        match head.block {
            Block::Funds => self.funds(head),
            Block::Goals => self.texts(head, 0),
            Block::SubTable => self.texts(head, 1),
            Block::Indicators => self.indicators(head),
        }
    }

    /// The labels of blocks in front of a header have a row of their own.
    fn sides(&mut self, sides: &Range<usize>) {
        self.new_row();
        for cell in self.cells.get(sides.clone()).unwrap_or_default() {
            self.placed.put(self.text, cell, self.row, self.column..self.column + 1, None);
            self.column += 1;
        }
        self.new_row();
    }

    /// Puts the header's labels into the columns from `first` on.
    fn labels(&mut self, labels: &Range<usize>, first: usize) {
        for (offset, cell) in self.cells.get(labels.clone()).unwrap_or_default().iter().enumerate() {
            let column = index(first + offset);
            self.placed.put(self.text, cell, self.row, column..column + 1, None);
        }
    }

    fn funds(&mut self, head: &Head) {
        let own = self.cells.get(head.labels.clone()).unwrap_or_default();
        let (columns, front) = fund_columns(own);
        self.labels(&head.labels, front);
        let end = self.body_end(|cell| cell.is(Scope::Block) || cell.is(Scope::Header) || cell.is(Scope::Goal));
        self.place(end, &columns);
    }

    fn indicators(&mut self, head: &Head) {
        let flat = Flat::new(self.cells, head);
        self.table = [&[Kind::Side], flat.kinds.as_slice()].concat();
        for (row, (cell, columns)) in flat.spots(self.cells, head) {
            let columns = columns.start + 1..columns.end + 1;
            self.placed.put(self.text, cell, self.row.saturating_add(row), columns, None);
        }
        self.row = self.row.saturating_add(u32::from(!head.lower.is_empty()));
        let end = self.body_end(is_foot);
        let columns = self.table.clone();
        self.place(end, &columns);
    }

    /// One past the last cell of the block that is open: `ends` is true for cells that begin what follows.
    fn body_end(&self, ends: impl Fn(&Cell) -> bool) -> usize {
        let starts = |at: &usize| {
            let Some(cell) = self.cells.get(*at).filter(|cell| cell.before != Break::None) else { return false };
            let ends = |cell: &Cell| ends(cell) || is_title(&cell.text);
            ends(cell) || self.behind_side(*at).is_some_and(ends) || find_head(self.cells, *at).is_some()
        };
        (self.at..self.cells.len()).find(starts).unwrap_or(self.cells.len())
    }

    /// The cell behind the label of a block that a table repeats in front of every row of the block.
    fn behind_side(&self, at: usize) -> Option<&Cell> {
        let side = self.cells.get(at).filter(|cell| cell.before == Break::Hard && cell.is(Scope::Block));
        side.and(self.cells.get(at + 1)).filter(|cell| cell.before == Break::None && cell.is(Scope::Foot))
    }

    /// Places the cells up to `end` under `columns`.
    fn place(&mut self, end: usize, columns: &[Kind]) {
        let cells = self.cells.get(self.at..end).unwrap_or_default();
        let mut spots = place(cells, columns, self.habits);
        bare_sums(cells, columns, &mut spots);
        let labels = self.labels_of(columns);
        let mut crowded = index(columns.len());
        for (cell, spot) in cells.iter().zip(spots) {
            if spot.new_row {
                self.new_row();
            }
            let column = spot.column.map_or(crowded, index);
            crowded = crowded.saturating_add(u32::from(spot.column.is_none()));
            self.placed.put(self.text, cell, self.row, column..column + 1, doubt(&spot, &labels));
        }
        self.at = end.max(self.at);
        self.new_row();
    }

    /// The printed labels of the columns of the header that was put last.
    fn labels_of(&self, columns: &[Kind]) -> Vec<String> {
        let mut labels = vec![String::new(); columns.len()];
        let rows = self.row.saturating_sub(1)..=self.row;
        for cell in self.placed.grid.cells.iter().rev().take_while(|cell| rows.contains(&cell.row)) {
            if let Some(label) = labels.get_mut(cell.column as usize).filter(|label| label.is_empty()) {
                label.clone_from(&cell.text);
            }
        }
        labels
    }

    /// Rows of texts under their labels, behind `front` cells that label the row.
    fn texts(&mut self, head: &Head, front: usize) {
        self.labels(&head.labels, 1);
        let width = head.labels.len() + front;
        let end = self.body_end(starts_field);
        let end = if self.is_single() && front == 0 { end.min(self.at + width) } else { end };
        while self.at < end {
            let row = self.text_row(end, width);
            let covered = front == 0 && row.len() > width && self.cells.get(row.start).is_some_and(is_side);
            if let Some(side) = self.cells.get(row.start).filter(|side| covered && !side.is_empty()) {
                self.placed.copies.push(side.start..side.end);
            }
            let row = row.start + usize::from(covered)..row.end;
            self.new_row();
            let missing = front == 0 && row.len() < width && !self.habits.kept;
            for (offset, cell) in self.cells.get(row.clone()).unwrap_or_default().iter().enumerate() {
                let column = index(offset + 1 - front.min(1));
                let doubt = missing.then(|| "同行另有空白单元格，可能属于旁边一栏。".to_owned());
                self.placed.put(self.text, cell, self.row, column..column + 1, doubt);
            }
            self.at = row.end.max(self.at + 1);
        }
        self.new_row();
    }

    /// The cells of the row that begins with the next cell.
    fn text_row(&self, end: usize, width: usize) -> Range<usize> {
        let sure = |at: &usize| self.cells.get(*at).is_none_or(|cell| cell.before == Break::Hard);
        let next = (self.at + 1..end).find(sure).unwrap_or(end);
        self.at..if self.is_single() { next.min(self.at + width) } else { next }
    }
}

/// A row of nothing but two numbers holds the sums of the weights and of the scores.
fn bare_sums(cells: &[Cell], columns: &[Kind], spots: &mut [Spot]) {
    let column = |field| columns.iter().position(|kind| *kind == Kind::Indicator(field));
    let (Some(weight), Some(score)) = (column(IndicatorField::Weight), column(IndicatorField::Score)) else { return };
    let mut start = 0;
    for row in cells.chunk_by(|_, next| next.before != Break::Hard) {
        let inked: Vec<usize> = (0..row.len()).filter(|at| row.get(*at).is_some_and(|cell| !cell.is_empty())).collect();
        let sums = row.iter().filter(|cell| !cell.is_empty()).all(|cell| value::points(&cell.text).is_some());
        if let ([one, next], true) = (inked.as_slice(), sums) {
            for (at, column) in [(*one, weight), (*next, score)] {
                if let Some(spot) = spots.get_mut(start + at) {
                    *spot = Spot { column: Some(column), rival: None, ..*spot };
                }
            }
        }
        start += row.len();
    }
}

/// The columns of funds under the header `labels`, and the number of those in front of it.
pub(super) fn fund_columns(labels: &[Cell]) -> (Vec<Kind>, usize) {
    let kinds: Vec<Kind> = labels.iter().map(|cell| Kind::of_fund_label(cell.label(Scope::FundColumn))).collect();
    let front: &[Kind] = if kinds.contains(&Kind::RowLabel) { &[Kind::Side] } else { &[Kind::Side, Kind::RowLabel] };
    ([front, &kinds].concat(), front.len())
}

/// A header of one or two rows as one row of columns.
pub(super) struct Flat {
    pub(super) kinds: Vec<Kind>,
    /// The number of upper labels in front of the lower ones.
    front: usize,
    /// The lower labels stand under the upper label behind those in front.
    grouped: bool,
}

impl Flat {
    pub(super) fn new(cells: &[Cell], head: &Head) -> Self {
        let kinds = |range: &Range<usize>| -> Vec<Kind> {
            let cells = cells.get(range.clone()).unwrap_or_default();
            cells.iter().map(|cell| Kind::of_indicators(&printed(cell))).collect()
        };
        let (upper, lower) = (kinds(&head.labels), kinds(&head.lower));
        let group = upper.iter().position(|kind| *kind != Kind::Other && lower.contains(kind));
        let front = if lower.is_empty() { upper.len() } else { group.unwrap_or(0) };
        let behind = upper.get(front + usize::from(group.is_some())..).unwrap_or_default();
        let kinds = [upper.get(..front).unwrap_or_default(), &lower, behind].concat();
        Self { kinds, front, grouped: group.is_some() }
    }

    /// Each label of the header with its row and columns, in the order of a grid.
    fn spots<'c>(&self, cells: &'c [Cell], head: &Head) -> Vec<(u32, (&'c Cell, Range<u32>))> {
        let one = |column: usize| index(column)..index(column) + 1;
        let width = head.lower.len();
        let upper = cells.get(head.labels.clone()).unwrap_or_default().iter().enumerate().map(|(at, cell)| {
            let columns = match at.cmp(&self.front) {
                std::cmp::Ordering::Less => one(at),
                std::cmp::Ordering::Equal if self.grouped => self.group(width),
                _ => one(at + width - usize::from(self.grouped)),
            };
            (0, (cell, columns))
        });
        let lower = cells.get(head.lower.clone()).unwrap_or_default().iter().enumerate();
        upper.chain(lower.map(|(at, cell)| (1, (cell, one(self.front + at))))).collect()
    }

    /// The columns under the group: those of the target among the lower labels.
    fn group(&self, width: usize) -> Range<u32> {
        let lower = self.front..self.front + width;
        let target = |column: &usize| {
            let kind = self.kinds.get(*column);
            matches!(kind, Some(Kind::Nature | Kind::Unit | Kind::Indicator(IndicatorField::Target)))
        };
        let start = lower.clone().find(target).unwrap_or(lower.start);
        index(start)..index(lower.end)
    }
}

fn index(column: usize) -> u32 {
    u32::try_from(column).unwrap_or(u32::MAX - 1)
}

fn doubt(spot: &Spot, labels: &[String]) -> Option<String> {
    let label = labels.get(spot.rival?)?;
    Some(format!("空白单元格没有留位，也可能属于「{label}」一栏。"))
}

/// True for what stands in front of the rows of a block: its label, or what is left of the cell it reaches into.
fn is_side(cell: &Cell) -> bool {
    cell.is_empty() || cell.is(Scope::Block)
}

/// True where a field or title begins.
pub(super) fn starts_field(cell: &Cell) -> bool {
    let scopes = [Scope::Header, Scope::Block, Scope::Foot];
    let inline = || {
        let label = cell.text.split([':', '：']).next().filter(|label| label.len() < cell.text.len());
        label.is_some_and(|label| scopes.iter().any(|scope| find(*scope, label).is_some()))
    };
    scopes.iter().any(|scope| cell.is(*scope)) || is_title(&cell.text) || inline()
}

/// True for the labels below the indicators.
pub(super) fn is_foot(cell: &Cell) -> bool {
    let label = cell.text.split([':', '：']).next().unwrap_or_default();
    cell.is(Scope::Foot) || (label.len() < cell.text.len() && find(Scope::Foot, label).is_some())
}
