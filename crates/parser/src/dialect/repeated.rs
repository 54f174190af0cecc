//! Tables that write a merged cell once for every column it covers, as programs do that ask a document for each cell of
//! each row: equal neighbours are one cell.
//!
//! Neighbours may be equal by chance: a target and what was reached, a weight and a score. Below a header cells are one
//! only where their columns are.

use std::ops::Range;

use jixiao_core::vocab::{Label, Scope, is_title};

use super::cells::{Break, Cell};
use super::layout::Placed;
use crate::grid::{Grid, GridCell};
use crate::text::Text;

/// From this many labels on that stand beside themselves a table counts as one that repeats cells.
const FEWEST_REPEATED: usize = 4;

/// A row with this many different labels of columns is a header.
const HEADER_LABELS: usize = 2;

/// The cell above is looked for among this many: two rows of the widest table that is read.
const MOST_COLUMNS: usize = 256;

/// The labels that merged cells hold.
const LABELS: [Scope; 7] =
    [Scope::Header, Scope::Block, Scope::FundColumn, Scope::FundRow, Scope::Goal, Scope::IndicatorColumn, Scope::Foot];

/// From this many words on that stand twice beside themselves a table counts as one that repeats cells, whatever it
/// labels: rows of a field over many columns have several each.
const FEWEST_TRIPLES: usize = 4;

/// A text of fewer characters may stand beside itself by chance.
const SHORTEST_WORD: usize = 3;

/// True where labels and titles stand beside themselves, or other words twice.
pub(super) fn is_repeated(cells: &[Cell]) -> bool {
    let pairs = cells.windows(2).filter(|pair| matches!(pair, [one, next] if is_repeat(one, next) && is_label(one)));
    let triple = |three: &&[Cell]| matches!(three, [one, next, last] if is_word(one) && is_repeat(one, next) && is_repeat(next, last));
    pairs.count() >= FEWEST_REPEATED || cells.windows(3).filter(triple).count() >= FEWEST_TRIPLES
}

/// Neither a value nor a mark of a blank cell: those may be equal in neighbouring columns.
fn is_word(cell: &Cell) -> bool {
    cell.text.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST_WORD && !cell.shape().is_quantity()
}

/// The grid of `cells`, each under the columns of all its copies.
pub(super) fn lay_out(text: &Text, cells: &[Cell]) -> Placed {
    let mut placed = Placed::default();
    let mut header: Vec<usize> = Vec::new();
    for (row, cells) in (0_u32..).zip(cells.chunk_by(|_, next| next.before != Break::Hard)) {
        let labels = groups(cells, |at| is_repeated_at(cells, at));
        if is_header(cells, &labels) {
            header = columns_of(&labels);
        } else if cells.first().is_some_and(opens_fields) {
            header.clear();
        }
        let one = |at: usize| header.is_empty() || header.get(at) == header.get(at - 1) || is_own_label(cells, at);
        for group in groups(cells, |at| is_repeated_at(cells, at) && one(at)) {
            put(text, &mut placed, cells, row, group);
        }
    }
    placed
}

/// Puts the first cell of a group; the others only repeat it.
fn put(text: &Text, placed: &mut Placed, cells: &[Cell], row: u32, group: Range<usize>) {
    let column = |at: usize| u32::try_from(at).unwrap_or(u32::MAX - 1);
    let Some((cell, copies)) = cells.get(group.clone()).and_then(<[Cell]>::split_first) else { return };
    if goes_on(&mut placed.grid, cell, row, column(group.start)) {
        placed.copies.extend(cells.get(group).into_iter().flatten().map(|copy| copy.start..copy.end));
        return;
    }
    placed.put(text, cell, row, column(group.start)..column(group.end), None);
    placed.copies.extend(copies.iter().map(|copy| copy.start..copy.end));
}

/// True where the label of a block stands below itself: the cell above reaches down to `row`.
fn goes_on(grid: &mut Grid, cell: &Cell, row: u32, column: u32) -> bool {
    let ends_here = |above: &&mut GridCell| above.column == column && above.row.saturating_add(above.row_span) == row;
    let above = grid.cells.iter_mut().rev().take(MOST_COLUMNS).find(ends_here);
    let Some(above) = above.filter(|above| cell.is(Scope::Block) && above.text == cell.text) else { return false };
    above.row_span = above.row_span.saturating_add(1);
    true
}

fn is_repeat(one: &Cell, next: &Cell) -> bool {
    next.before == Break::None && !one.is_empty() && one.text == next.text
}

fn is_repeated_at(cells: &[Cell], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| cells.get(before));
    before.zip(cells.get(at)).is_some_and(|(one, next)| is_repeat(one, next))
}

/// The stretches of cells that `joins` joins to the cell before.
fn groups(cells: &[Cell], joins: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for at in 0..cells.len() {
        match groups.last_mut().filter(|_| joins(at)) {
            Some(group) => group.end = at + 1,
            None => groups.push(at..at + 1),
        }
    }
    groups
}

/// For each cell of a row the number of its group.
fn columns_of(groups: &[Range<usize>]) -> Vec<usize> {
    groups.iter().enumerate().flat_map(|(number, group)| group.clone().map(move |_| number)).collect()
}

fn is_header(cells: &[Cell], groups: &[Range<usize>]) -> bool {
    let heads = [Scope::FundColumn, Scope::Goal, Scope::IndicatorColumn];
    let label =
        |group: &&Range<usize>| cells.get(group.start).is_some_and(|cell| heads.iter().any(|scope| cell.is(*scope)));
    groups.iter().filter(label).count() >= HEADER_LABELS
}

/// True where a row of fields or of a title begins; the sums stand under the header of the points.
fn opens_fields(cell: &Cell) -> bool {
    let below = cell.label(Scope::Foot).is_some_and(|label| label != Label::Total);
    below || cell.is(Scope::Header) || is_title(&cell.text)
}

/// True for a label of rows, which may reach over several columns of the header: 总分.
fn is_own_label(cells: &[Cell], at: usize) -> bool {
    let scopes = [Scope::Foot, Scope::FundRow, Scope::Block];
    cells.get(at).is_some_and(|cell| scopes.iter().any(|scope| cell.is(*scope)))
}

fn is_label(cell: &Cell) -> bool {
    LABELS.iter().any(|scope| cell.is(*scope)) || is_title(&cell.text)
}
