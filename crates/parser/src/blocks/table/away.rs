//! Cells dealt around the points of their rows.
//!
//! A cell belongs to the row that is told where it stands, or else to the next row of its column: what survives in
//! blocks is the order from top to bottom. A few blocks come late, and fill a row that was left out.

use jixiao_core::IndicatorField;

use super::Sheet;
use super::cost::Ask;
use super::outcome::Found;
use super::points::Points;
use super::state::{Arena, Move, NONE, State};
use super::zones::Zone;
use crate::stream::rows::column::Column;

/// The cost of a cell in the next row of its column: right behind another one, around the points and among them.
const STACKED: i32 = 3;
const AROUND: i32 = 5;
const AHEAD: i32 = 10;
/// A cell above one that was told before it, and each row left out in between.
const LATE: i32 = 14;
const SKIPS: i32 = 8;
const MOST_SKIPS: i32 = 3;
/// A deviation of a row that is not told here, and of one that lost no points.
const ELSEWHERE: i32 = 8;
const UNCALLED: i32 = 14;
/// How many rows a deviation, which most rows lack, may be below the last one.
const FARTHEST: usize = 12;
/// A cell left of one that was told before it, or of a row whose neighbours are not told here, and points whose target or actual is told elsewhere.
const LEFTWARDS: i32 = 12;
const GAP: i32 = 4;
const BROKEN_OFF: i32 = 6;
const LACKS_NAME: i32 = 2;
const LACKS_ONE: i32 = 8;
const LACKS_BOTH: i32 = 5;
/// A cell that some row still lacks.
const OWED: i32 = 3;

/// Where the word `index` may go.
pub(super) fn moves(sheet: &Sheet, arena: &Arena, state: &State, points: &Points, index: usize) -> Vec<Move> {
    if let Some(step) = points.at(index) {
        return vec![step];
    }
    let mut moves = Vec::new();
    let zone = points.zone(index);
    let columns = (0..sheet.columns.len()).filter(|column| !sheet.column(*column).is_points());
    for column in columns {
        let (Ok(number), Some(begun)) = (u8::try_from(column), state.rows.get(column)) else { continue };
        let last = state.last.get(column).and_then(|node| arena.get(*node));
        if let Some(last) = last {
            moves.push(Move { column: number, row: last.row, opens: false });
        }
        if sheet.is_level(column) {
            moves.push(Move { column: number, row: (*begun).min(points.rows), opens: true });
            continue;
        }
        let mut rows = rows(sheet, state, &zone, column, last.map(|last| last.row));
        rows.sort_unstable();
        rows.dedup();
        moves.extend(rows.into_iter().map(|row| Move { column: number, row, opens: true }));
    }
    moves
}

/// The rows where a cell of `column` may begin.
fn rows(sheet: &Sheet, state: &State, zone: &Zone, column: usize, last: Option<u16>) -> Vec<u16> {
    let deviation = sheet.column(column) == Column::Field(IndicatorField::Deviation);
    let free = |from: u16| (from..zone.rows.end).filter(|row| !state.has(column, *row));
    let first = zone.rows.start;
    let behind = behind(zone, last);
    let mut rows: Vec<u16> = Vec::new();
    if deviation {
        rows.extend(zone.next.checked_sub(1).filter(|row| !state.has(column, *row)));
        rows.extend(free(behind).take(FARTHEST));
    } else {
        rows.extend(free(behind).take(2));
    }
    rows.extend(free(zone.next).next());
    rows.extend(free(first).next());
    rows
}

/// The row below the last one that was told on the page.
fn behind(zone: &Zone, last: Option<u16>) -> u16 {
    last.filter(|last| zone.rows.contains(last)).map_or(zone.rows.start, |last| last + 1)
}

/// How well a cell that begins in `column` and `row` fits the place where it is told.
pub(super) fn place_cost(ask: &Ask, points: &Points, column: usize, row: u16) -> i32 {
    if points.at(ask.index).is_some() {
        let weight = ask.sheet.column(column) == Column::Field(IndicatorField::Weight);
        return if weight { lacks(ask, row) + broken_off(ask, row) } else { 0 };
    }
    let zone = points.zone(ask.index);
    let deviation = ask.sheet.column(column) == Column::Field(IndicatorField::Deviation);
    if deviation {
        let told = row + 1 == zone.next || row == zone.next;
        let blank = ask.word.look.nothing || ask.word.token.shape.dash;
        return if told { 0 } else { ELSEWHERE } + if blank || points.is_lost(row) { 0 } else { UNCALLED };
    }
    if row == zone.next && zone.within {
        return home_cost(ask, column, row);
    }
    let last = ask.state.last.get(column).and_then(|node| ask.arena.get(*node)).map(|node| node.row);
    let behind = behind(&zone, last);
    if row < behind {
        return LATE;
    }
    let skipped = (behind..row).filter(|above| !ask.state.has(column, *above)).count();
    let (last_column, last_row) = (usize::from(ask.state.place.0), ask.state.place.1);
    let below = ask.state.node != NONE && last_column == column && last_row < row;
    SKIPS * i32::try_from(skipped).unwrap_or(0).min(MOST_SKIPS)
        + if below {
            STACKED
        } else if zone.within {
            AHEAD
        } else {
            AROUND
        }
}

/// The cost of a cell in the row that is told here.
fn home_cost(ask: &Ask, column: usize, row: u16) -> i32 {
    if (column + 1..ask.sheet.columns.len()).any(|at| ask.state.has(at, row)) {
        return LEFTWARDS;
    }
    let (last_column, last_row) = (usize::from(ask.state.place.0), ask.state.place.1);
    let from = if ask.state.node != NONE && last_row == row { last_column } else { column };
    GAP * ask.blanks_between(from, column, row) + broken_off(ask, row)
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

/// The cost of cells that are missing in a column.
pub(super) fn count_cost(sheet: &Sheet, points: &Points, state: &State, column: usize) -> i32 {
    let blank = i32::from(points.rows) - i32::from(state.count(column));
    blank.max(0) * sheet.blank_cost(column)
}

/// A row that is not told where its cell stands is a guess, and doubtful.
pub(super) fn settle(sheet: &Sheet, found: &mut Found) {
    let Some(points) = &sheet.points else { return };
    found.rows = points.rows;
    for (at, cell) in found.cells.iter().enumerate() {
        let Some(cell) = cell.filter(|cell| cell.opens && points.at(at).is_none()) else { continue };
        let (column, next) = (usize::from(cell.column), points.zone(at).next);
        let deviation = sheet.column(column) == Column::Field(IndicatorField::Deviation);
        let told = cell.row == next || (deviation && cell.row + 1 == next);
        if !sheet.is_level(column) && !told {
            found.doubtful.insert((cell.column, cell.row));
        }
    }
    found.doubtful.extend(points.doubtful.iter().flat_map(|row| points.columns.map(|column| (column, *row))));
}
