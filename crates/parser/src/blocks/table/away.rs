//! Cells that are told apart from the points of their row.
//!
//! Most rows are told from left to right, their points last; some cells come earlier or later, column by column. Such
//! a cell is first numbered within its column, and finds its row when all words are dealt: the rows that lack a cell
//! take those cells in order.

use std::collections::{HashMap, HashSet};

use jixiao_core::IndicatorField;

use super::Sheet;
use super::cost::Ask;
use super::outcome::Found;
use super::points::Points;
use super::state::{Arena, Move, NONE, State};
use crate::stream::rows::column::Column;

/// Rows from here on are numbers of cells told apart; a table with more rows is read without its points.
pub(super) const AWAY: u16 = 64;

/// The cost of a cell told apart, of one behind another one of its column, of one beside another one on its line, and
/// of any that is no name.
const APART: i32 = 10;
const STACKED: i32 = 5;
const BESIDE: i32 = 3;
const NO_NAME: i32 = 3;
/// A cell left of one that was told before it, or of a row whose neighbours are not told here, and points whose target or actual is told elsewhere.
const LEFTWARDS: i32 = 12;
const GAP: i32 = 4;
const BROKEN_OFF: i32 = 6;
const LACKS_NAME: i32 = 2;
const LACKS_ONE: i32 = 8;
const LACKS_BOTH: i32 = 5;
/// A cell that some row still lacks.
const OWED: i32 = 3;
/// A cell more than there are rows.
const TOO_MANY: i32 = 40;

/// Where the word `index` may go: on in the last cell of a column, into the row told here, or into some other.
pub(super) fn moves(sheet: &Sheet, arena: &Arena, state: &State, points: &Points, index: usize) -> Vec<Move> {
    if let Some(step) = points.at(index) {
        return vec![step];
    }
    let mut moves = Vec::new();
    let columns = (0..sheet.columns.len()).filter(|column| !sheet.column(*column).is_points());
    for column in columns {
        let (Ok(number), Some(begun)) = (u8::try_from(column), state.rows.get(column)) else { continue };
        if let Some(last) = state.last.get(column).and_then(|node| arena.get(*node)) {
            moves.push(Move { column: number, row: last.row, opens: false });
        }
        if sheet.is_level(column) {
            moves.push(Move { column: number, row: (*begun).min(AWAY), opens: true });
            continue;
        }
        if state.count(column) >= points.rows {
            continue;
        }
        let home = home(sheet, points, column, index).filter(|row| !state.has(column, *row));
        let apart = AWAY + state.away(column);
        let rows = home.into_iter().chain([apart]).filter(|row| !state.has(column, *row));
        moves.extend(rows.map(|row| Move { column: number, row, opens: true }));
    }
    moves
}

/// The row whose cells are told here: behind its points what it missed, in front of them all else.
fn home(sheet: &Sheet, points: &Points, column: usize, index: usize) -> Option<u16> {
    let next = points.next(index);
    let behind = sheet.column(column) == Column::Field(IndicatorField::Deviation);
    if behind { next.checked_sub(1) } else { Some(next).filter(|row| *row < points.rows) }
}

/// How well a cell that begins in `column` and `row` fits the place where it is told.
pub(super) fn place_cost(ask: &Ask, points: &Points, column: usize, row: u16) -> i32 {
    if points.at(ask.index).is_some() {
        let weight = ask.sheet.column(column) == Column::Field(IndicatorField::Weight);
        return if weight { lacks(ask, row) + broken_off(ask, row) } else { 0 };
    }
    let (last_column, last_row) = (usize::from(ask.state.place.0), ask.state.place.1);
    let told = ask.state.node != NONE;
    if row >= AWAY {
        let stacked = told && last_column <= column && last_row >= AWAY;
        let name = ask.sheet.column(column) == Column::Field(IndicatorField::Level3);
        return match (is_beside(ask), stacked) {
            (true, _) => BESIDE,
            (false, true) => STACKED,
            (false, false) => APART + if name { 0 } else { NO_NAME },
        };
    }
    let behind = ask.sheet.column(column) == Column::Field(IndicatorField::Deviation);
    let right = (column + 1..ask.sheet.columns.len()).any(|at| ask.state.has(at, row));
    if (behind && told && last_row != row) || (!behind && right) {
        return LEFTWARDS;
    }
    let from = if told && last_row == row { last_column } else { column };
    GAP * ask.blanks_between(from, column, row) + if behind { 0 } else { broken_off(ask, row) }
}

/// The word stands right of a word of another cell, names of levels aside.
fn is_beside(ask: &Ask) -> bool {
    let before = ask.arena.get(ask.state.node).map(|node| usize::from(node.column));
    !ask.word.token.piece.leads && before.is_some_and(|column| !ask.sheet.is_level(column))
}

/// Some other cell was told since the last one of the row `row`.
fn broken_off(ask: &Ask, row: u16) -> i32 {
    let begun = (0..ask.sheet.columns.len()).any(|column| ask.state.has(column, row));
    if begun && ask.state.place.1 != row { BROKEN_OFF } else { 0 }
}

/// What the cells that rows above the word `index` lack will cost at least, by experience.
pub(super) fn lag(sheet: &Sheet, points: &Points, index: usize, count: impl Fn(usize) -> u16) -> i32 {
    let steady = (0..sheet.columns.len()).filter(|at| !sheet.column(*at).is_points() && sheet.blank_cost(*at) >= 20);
    steady.map(|at| i32::from(points.next(index).saturating_sub(count(at))) * OWED).sum()
}

/// What the row `row` lacks when its points come.
fn lacks(ask: &Ask, row: u16) -> i32 {
    let lacks = |field| ask.sheet.find(field).is_some_and(|column| !ask.state.has(column, row));
    let name = if lacks(IndicatorField::Level3) { LACKS_NAME } else { 0 };
    name + match (lacks(IndicatorField::Target), lacks(IndicatorField::Actual)) {
        (false, false) => 0,
        (true, true) => LACKS_BOTH,
        _ => LACKS_ONE,
    }
}

/// The cost of cells that are missing in a column, or too many.
pub(super) fn count_cost(sheet: &Sheet, points: &Points, state: &State, column: usize) -> i32 {
    let blank = i32::from(points.rows) - i32::from(state.count(column));
    if blank < 0 { -blank * TOO_MANY } else { blank * sheet.blank_cost(column) }
}

/// Gives the cells told apart the rows that lack one. A row that is found by what it lacks is a guess, and doubtful.
pub(super) fn settle(sheet: &Sheet, found: &mut Found) {
    let Some(points) = &sheet.points else { return };
    found.rows = points.rows;
    let mut rows: HashMap<(u8, u16), u16> = HashMap::new();
    for column in (0..sheet.columns.len()).filter(|column| !sheet.is_level(*column)) {
        let Ok(number) = u8::try_from(column) else { continue };
        let mut filled: HashSet<u16> = HashSet::new();
        let mut apart: Vec<u16> = Vec::new();
        for cell in found.cells.iter().flatten().filter(|cell| cell.opens && cell.column == number) {
            if cell.row >= AWAY {
                apart.push(cell.row);
            } else {
                filled.insert(cell.row);
            }
        }
        let mut holes: Vec<u16> = (0..points.rows).filter(|row| !filled.contains(row)).collect();
        if sheet.column(column) == Column::Field(IndicatorField::Deviation) {
            let lost: Vec<u16> = holes.iter().copied().filter(|row| is_lost(sheet, found, *row)).collect();
            holes = if lost.len() < apart.len() { holes } else { lost };
        }
        let dealt = deal(sheet, found, column, &apart, &holes);
        for (cell, row) in apart.iter().zip(dealt) {
            rows.insert((number, *cell), row);
            found.doubtful.insert((number, row));
        }
    }
    for cell in found.cells.iter_mut().flatten() {
        cell.row = rows.get(&(cell.column, cell.row)).copied().unwrap_or(cell.row);
    }
    found.doubtful.extend(points.doubtful.iter().flat_map(|row| points.columns.map(|column| (column, *row))));
}

/// The row of each of the cells `apart`, in order.
fn deal(sheet: &Sheet, found: &Found, column: usize, apart: &[u16], holes: &[u16]) -> Vec<u16> {
    if apart.len() >= holes.len() {
        let last = found.rows.saturating_sub(1);
        return (0..apart.len()).map(|at| holes.get(at).copied().unwrap_or(last)).collect();
    }
    let nearest = apart.iter().map(|cell| near(sheet, found, column, *cell)).collect::<Vec<_>>();
    let cost = |cell: usize, hole: usize| -> i64 {
        let (Some(row), Some(near)) = (holes.get(hole), nearest.get(cell)) else { return 0 };
        i64::from(row.abs_diff(*near))
    };
    let chosen = choose(apart.len(), holes.len(), cost);
    chosen.into_iter().filter_map(|hole| holes.get(hole)).copied().collect()
}

/// For each of `cells` in order one of `holes` in order, with the least cost. There are more holes than cells.
fn choose(cells: usize, holes: usize, cost: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    let mut best: Vec<Vec<(i64, usize)>> = Vec::new();
    for cell in 0..cells {
        let mut least = (i64::MAX, 0);
        let mut row: Vec<(i64, usize)> = Vec::new();
        for hole in 0..holes {
            let before = if cell == 0 {
                Some(0)
            } else {
                let above = best.last().and_then(|above| above.get(hole.checked_sub(1)?));
                above.map(|(cost, _)| *cost).filter(|cost| *cost < i64::MAX)
            };
            let own = before.map_or(i64::MAX, |before| before.saturating_add(cost(cell, hole)));
            least = least.min((own, hole));
            row.push(least);
        }
        best.push(row);
    }
    let mut chosen = Vec::new();
    let mut end = holes;
    for row in best.iter().rev() {
        let Some((_, hole)) = end.checked_sub(1).and_then(|last| row.get(last)) else { break };
        chosen.push(*hole);
        end = *hole;
    }
    chosen.reverse();
    chosen
}

/// The row whose points are told next to the cell.
fn near(sheet: &Sheet, found: &Found, column: usize, row: u16) -> u16 {
    let is_cell = |cell: &Option<Move>| cell.is_some_and(|cell| usize::from(cell.column) == column && cell.row == row);
    let at = found.cells.iter().position(is_cell).unwrap_or(0);
    sheet.points.as_ref().map_or(0, |points| points.next(at))
}

/// The row scored less than its weight.
fn is_lost(sheet: &Sheet, found: &Found, row: u16) -> bool {
    let number = |field| {
        let column = sheet.find(field)?;
        let own = |cell: &Option<Move>| cell.is_some_and(|c| usize::from(c.column) == column && c.row == row);
        sheet.words.get(found.cells.iter().position(own)?)?.token.shape.number
    };
    number(IndicatorField::Score) < number(IndicatorField::Weight)
}
