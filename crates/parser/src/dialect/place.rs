//! Gives the cells of a block their rows and columns: the cheapest of all ways to write them down in order.
//!
//! Text copies drop cells that a merged cell above covers, and often blank ones, so that a cell's number in its row is
//! not its column. Cells keep their order; each either follows the one before it in the same row, in a later column,
//! or, where the text allows a break, begins a row.

use jixiao_core::IndicatorField;

use super::cells::{Break, Cell};
use super::columns::{Kind, Shape};

/// Cells placed in one go; the cost of placing is linear in the cells, this bounds the memory.
const MOST_CELLS: usize = 4_096;

/// A cell that stands in no column of its own.
const CROWDED: u32 = 20;

/// A level-1 name without the level-2 name beside it.
const LEVEL2_MISSING: u32 = 3;

/// A rival place counts as near where it costs at most this much more.
const NEAR: u32 = 2;

/// How a table writes its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Habits {
    /// Blank cells keep their place.
    pub(super) kept: bool,
    /// What a row that begins without a sure sign costs.
    pub(super) soft_break: u32,
}

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) new_row: bool,
    /// The column; `None` for a cell that found none.
    pub(super) column: Option<usize>,
    /// A column in which the cell would stand nearly as well.
    pub(super) rival: Option<usize>,
}

/// Places `cells` in `columns`: one spot for each cell.
pub(super) fn place(cells: &[Cell], columns: &[Kind], habits: Habits) -> Vec<Spot> {
    let table = Table::new(columns, habits);
    cells.chunks(MOST_CELLS).flat_map(|chunk| table.place(chunk)).collect()
}

struct Table<'a> {
    columns: &'a [Kind],
    habits: Habits,
    /// What skipping the first columns costs, for each number of columns.
    skips: Vec<u32>,
    /// The same where the rest of a row is missing: blank cells at its end need not be marked.
    tails: Vec<u32>,
}

/// The cheapest way to place a cell in a column.
#[derive(Debug, Clone, Copy)]
struct Step {
    cost: u32,
    from: usize,
    new_row: bool,
}

impl<'a> Table<'a> {
    fn new(columns: &'a [Kind], habits: Habits) -> Self {
        let sums = |kept: bool| {
            let mut sum = 0;
            let costs = columns.iter().map(|kind| {
                sum += kind.skip(kept);
                sum
            });
            [0].into_iter().chain(costs).collect::<Vec<u32>>()
        };
        // A row with a sure end may lack its last blank cells.
        let tail_kept = habits.kept && habits.soft_break == 0;
        Self { columns, habits, skips: sums(habits.kept), tails: sums(tail_kept) }
    }

    fn place(&self, cells: &[Cell]) -> Vec<Spot> {
        let shapes: Vec<Shape> = cells.iter().map(Cell::shape).collect();
        let width = self.columns.len();
        // The steps of one cell behind those of the other.
        let mut steps: Vec<Step> = Vec::with_capacity(cells.len() * width);
        let mut row = Vec::with_capacity(width);
        for (cell, shape) in cells.iter().zip(&shapes) {
            let before = steps.len().checked_sub(width).and_then(|before| steps.get(before..));
            row.clear();
            row.extend(self.steps(cell, shape, before));
            steps.extend_from_slice(&row);
        }
        let mut spots = self.trace(&steps);
        self.find_rivals(&shapes, &mut spots);
        spots
    }

    /// The cheapest step to each column; `before` are those of the cell before.
    fn steps(&self, cell: &Cell, shape: &Shape, before: Option<&[Step]>) -> impl Iterator<Item = Step> {
        let fresh = before.map_or(Step { cost: 0, from: 0, new_row: true }, |before| self.end_row(cell, before));
        let before = before.filter(|_| cell.before != Break::Hard);
        self.columns.iter().enumerate().map(move |(column, kind)| {
            let own = shape.cost(*kind);
            let head = Step { cost: fresh.cost.saturating_add(self.skipped(0, column)), ..fresh };
            let along = before.and_then(|before| self.along(before, column));
            let best = along.filter(|step| step.cost < head.cost || cell.before == Break::None).unwrap_or(head);
            Step { cost: best.cost.saturating_add(own), ..best }
        })
    }

    /// Ending the row behind the cell before.
    fn end_row(&self, cell: &Cell, before: &[Step]) -> Step {
        let end = self.tails.last().copied().unwrap_or_default();
        let tail = |column: usize| end - self.tails.get(column + 1).copied().unwrap_or(end);
        let ends = before.iter().enumerate().map(|(column, step)| (step.cost.saturating_add(tail(column)), column));
        let (cost, from) = ends.min().unwrap_or_default();
        let price = match cell.before {
            Break::Hard => 0,
            Break::Soft => self.habits.soft_break,
            Break::None => 100 * CROWDED,
        };
        Step { cost: cost.saturating_add(price), from, new_row: true }
    }

    /// Going on in the row of the cell before, or crowding into its column.
    fn along(&self, before: &[Step], column: usize) -> Option<Step> {
        let steps = before.iter().enumerate().take(column + 1).map(|(from, step)| {
            let skipped = if from == column { CROWDED } else { self.skipped(from + 1, column) };
            let price = skipped + self.level2_missing(from, column);
            Step { cost: step.cost.saturating_add(price), from, new_row: false }
        });
        steps.min_by_key(|step| step.cost)
    }

    fn skipped(&self, from: usize, to: usize) -> u32 {
        let sum = |at: usize| self.skips.get(at).copied().unwrap_or_default();
        sum(to).saturating_sub(sum(from))
    }

    fn level2_missing(&self, from: usize, to: usize) -> u32 {
        let kind = |at: usize| self.columns.get(at);
        let level1 = kind(from) == Some(&Kind::Indicator(IndicatorField::Level1));
        if level1 && kind(to) != Some(&Kind::Indicator(IndicatorField::Level2)) { LEVEL2_MISSING } else { 0 }
    }

    /// The cheapest way, from its last cell back.
    fn trace(&self, steps: &[Step]) -> Vec<Spot> {
        let end = self.tails.last().copied().unwrap_or_default();
        let mut rows = steps.rchunks_exact(self.columns.len().max(1)).peekable();
        let ends = rows.peek().copied().unwrap_or_default().iter().enumerate();
        let tail = |column: usize| end - self.tails.get(column + 1).copied().unwrap_or(end);
        let last = ends.map(|(column, step)| (step.cost.saturating_add(tail(column)), column)).min();
        let mut column = last.map_or(0, |(_, column)| column);
        let mut spots = Vec::with_capacity(rows.len());
        for steps in rows {
            let Some(step) = steps.get(column) else { break };
            let crowded = !step.new_row && step.from == column;
            spots.push(Spot { new_row: step.new_row, column: Some(column).filter(|_| !crowded), rival: None });
            column = step.from;
        }
        spots.reverse();
        spots
    }

    /// Notes where a number, in a row that lost its blank cells, would stand nearly as well in a free column beside its own.
    fn find_rivals(&self, shapes: &[Shape], spots: &mut [Spot]) {
        if self.habits.kept {
            return;
        }
        for index in 0..spots.len() {
            let rival = self.rival(shapes, spots, index);
            if let Some(spot) = spots.get_mut(index) {
                spot.rival = rival;
            }
        }
    }

    fn rival(&self, shapes: &[Shape], spots: &[Spot], index: usize) -> Option<usize> {
        let shape = shapes.get(index).filter(|shape| shape.is_number())?;
        let spot = spots.get(index)?;
        let own = spot.column?;
        let row_goes_on = |at: usize| spots.get(at).filter(|next| !next.new_row).and_then(|next| next.column);
        let first = if spot.new_row { 0 } else { spots.get(index.checked_sub(1)?)?.column? + 1 };
        let end = row_goes_on(index + 1).unwrap_or(self.columns.len());
        let price = |column: usize| {
            let kind = self.columns.get(column)?;
            // In this column instead of its own: its own is skipped, and this one is not.
            Some((shape.cost(*kind) + self.columns.get(own)?.skip(false)).saturating_sub(kind.skip(false)))
        };
        let cost = shape.cost(*self.columns.get(own)?);
        let fits = |column: &usize| *column != own && price(*column).is_some_and(|price| price <= cost + NEAR);
        let kin =
            |column: &usize| self.columns.get(*column).zip(self.columns.get(own)).is_some_and(|(a, b)| a.is_kin(*b));
        (first..end).filter(kin).find(fits)
    }
}
