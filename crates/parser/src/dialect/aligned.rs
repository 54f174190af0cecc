//! Tables whose rows keep every column, blank cells and those covered by merged ones included: a cell's number in its
//! row is its column.

use jixiao_core::IndicatorField;
use jixiao_core::vocab::Scope;

use super::cells::{Break, Cell};
use super::columns::Kind;
use super::layout::Placed;
use crate::text::Text;

/// Of the level-2 names, this share in percent stands under its column label where a table is aligned.
const ALIGNED_PERCENT: usize = 80;

/// A row with this many labels is a header: its cells reach over the blank ones behind them.
const HEADER_LABELS: usize = 2;

/// True where the level-2 names stand under 二级指标, counted in cells from the start of their rows.
pub(super) fn is_aligned(cells: &[Cell]) -> bool {
    let (mut column, mut names, mut under) = (None, 0_usize, 0_usize);
    let (mut above, mut gaps) = (0_usize, 0_usize);
    for row in rows(cells) {
        if column.is_none() && row.iter().filter(|cell| !cell.is_empty()).count() > 1 {
            above += 1;
            gaps += usize::from(has_gap(row));
        }
        for (at, cell) in row.iter().enumerate() {
            if Kind::of_indicator_label(cell.label(Scope::IndicatorColumn)) == Kind::Indicator(IndicatorField::Level2) {
                column = Some(at);
            } else if column.is_some() && cell.is(Scope::Level2) && !cell.is(Scope::Level1) {
                names += 1;
                under += usize::from(column == Some(at));
            }
        }
    }
    let single = cells.iter().skip(1).all(|cell| cell.before != Break::None);
    let kept = above == 0 || gaps * 2 > above || (gaps > 0 && are_even(cells));
    !single && kept && names > 0 && under * 100 >= names * ALIGNED_PERCENT
}

/// Of the rows with several cells, this share in percent has as many in a table that keeps all columns.
const EVEN_PERCENT: usize = 95;

/// True where nearly all rows have as many cells, and no row has more.
fn are_even(cells: &[Cell]) -> bool {
    let widths: Vec<usize> = rows(cells).map(<[Cell]>::len).filter(|width| *width > 1).collect();
    let widest = widths.iter().copied().max().unwrap_or_default();
    widths.iter().filter(|width| **width == widest).count() * 100 >= widths.len() * EVEN_PERCENT
}

/// True for a row with a blank cell before one with ink: cells above the indicators reach over several of their
/// columns, so that rows which keep all columns have blank ones between.
fn has_gap(row: &[Cell]) -> bool {
    let last = row.iter().rposition(|cell| !cell.is_empty()).unwrap_or_default();
    row.get(..last).unwrap_or_default().iter().skip_while(|cell| cell.is_empty()).any(Cell::is_empty)
}

fn rows(cells: &[Cell]) -> impl Iterator<Item = &[Cell]> {
    cells.chunk_by(|_, next| next.before != Break::Hard)
}

/// The grid of `cells`, each in the column of its number.
pub(super) fn lay_out(text: &Text, cells: &[Cell]) -> Placed {
    let mut placed = Placed::default();
    let mut above: Vec<usize> = Vec::new();
    for (row, cells) in (0_u32..).zip(rows(cells)) {
        let labels = cells.iter().filter(|cell| is_label(cell)).count();
        for (column, cell) in (0_u32..).zip(cells) {
            let rest = cells.get(column as usize + 1..).unwrap_or_default();
            let blank =
                |(offset, cell): &(usize, &Cell)| cell.is_empty() && !above.contains(&(column as usize + 1 + offset));
            let blanks = rest.iter().enumerate().take_while(blank).count();
            let reach = if labels >= HEADER_LABELS { u32::try_from(blanks).unwrap_or_default() } else { 0 };
            placed.put(text, cell, row, column..column.saturating_add(reach).saturating_add(1), None);
        }
        // The label of a column that reaches over two rows of a header stands in the upper one.
        above = if labels >= HEADER_LABELS { label_columns(cells) } else { Vec::new() };
    }
    placed
}

fn label_columns(cells: &[Cell]) -> Vec<usize> {
    cells.iter().enumerate().filter(|(_, cell)| is_label(cell)).map(|(column, _)| column).collect()
}

fn is_label(cell: &Cell) -> bool {
    [Scope::FundColumn, Scope::Goal, Scope::IndicatorColumn].iter().any(|scope| cell.is(*scope))
}
