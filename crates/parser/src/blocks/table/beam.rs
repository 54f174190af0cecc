//! The search: every word in turn goes on in a cell or begins one, and the best readings so far are followed.

use std::collections::hash_map::Entry;

use jixiao_core::IndicatorField;
use rustc_hash::FxHashMap;

use super::away;
use super::cost::{Ask, Told};
use super::future::Future;
use super::outcome::{Found, found};
use super::state::{Arena, Lineups, MOST_ROWS, Move, NONE, Node, State, UNREAD};
use super::{Sheet, Word};
use crate::stream::rows::column::{Column, NEVER};

/// How many readings are followed.
const BREADTH: usize = 80;

/// How much worse than the best one a reading may be.
const WINDOW: i32 = 90;

/// The cost of a word that is dealt to no cell.
const UNREAD_COST: i32 = 60;

/// The most steps that are weighed for one word.
const MOST_STEPS: usize = 4 * BREADTH;

/// What a cell that is still missing is taken to cost.
const LAG: i32 = 5;

/// How many rows a deviation may come late.
const NEAR_ROWS: u16 = 6;

/// A rival reading this near is worth a diagnostic.
pub(super) const RIVAL_MARGIN: i32 = 10;

/// Columns that are not in the same row where a page ends.
const UNEVEN_PAGE: i32 = 8;

/// The weights do not add up.
const WRONG_SUM: i32 = 20;

/// What readings share.
#[derive(Debug, Default)]
struct Pool {
    arena: Arena,
    lineups: Lineups,
}

/// A step that is weighed: what the reading costs that takes it, and which one that is.
type Step = (i32, usize, Move);

/// A reading that is followed: the step taken, and one nearly as good that leads to the same future.
struct Next {
    cost: i32,
    from: usize,
    step: Move,
    rival: Option<(usize, Move)>,
    /// What will have to be paid later.
    lag: i32,
}

/// The best reading of `sheet`.
pub(super) fn search(sheet: &Sheet) -> Found {
    let mut pool = Pool::default();
    let mut states = vec![State::new()];
    for (index, word) in sheet.words.iter().enumerate() {
        states = advance(sheet, &mut pool, &states, index, word);
    }
    for state in &mut states {
        state.cost += end_cost(sheet, &pool, state);
    }
    states.sort_by_key(|state| state.cost);
    let mut found = found(sheet, &pool.arena, &states);
    away::settle(sheet, &mut found);
    found
}

/// The readings of the words up to `index`.
fn advance(sheet: &Sheet, pool: &mut Pool, states: &[State], index: usize, word: &Word) -> Vec<State> {
    let turns = index.checked_sub(1).and_then(|before| sheet.words.get(before)).is_some_and(|w| w.page != word.page);
    let told = Told::default();
    let mut steps: Vec<Step> = Vec::new();
    let mut places = Vec::new();
    let mut limit = i32::MAX;
    for (from, state) in states.iter().enumerate() {
        let before = state.cost + if turns { uneven(sheet, state) } else { 0 };
        let ask = Ask { sheet, arena: &pool.arena, lineups: &pool.lineups, told: &told, state, word, index };
        moves(sheet, &pool.arena, state, index, &mut places);
        for step in places.drain(..) {
            let own = if step.column == UNREAD { UNREAD_COST } else { ask.cost(step) };
            if own < NEVER && before + own <= limit {
                steps.push((before + own, from, step));
                limit = limit.min(before + own + WINDOW);
            }
        }
    }
    let chosen = choose(sheet, states, index, cheapest(&steps, limit));
    chosen.into_iter().map(|next| enter(sheet, pool, &told, states, index, &next)).collect()
}

/// The first of `steps` by their costs, none above `limit`; of equal ones those that come first.
fn cheapest(steps: &[Step], limit: i32) -> impl Iterator<Item = Step> {
    let near = steps.iter().enumerate().filter(|(_, (cost, ..))| *cost <= limit);
    let mut ranked: Vec<(i32, usize)> = near.map(|(at, (cost, ..))| (*cost, at)).collect();
    if ranked.len() > MOST_STEPS {
        ranked.select_nth_unstable(MOST_STEPS);
        ranked.truncate(MOST_STEPS);
    }
    ranked.sort_unstable();
    ranked.into_iter().filter_map(|(_, at)| steps.get(at).copied())
}

/// The best readings after one of `steps` each.
fn choose(sheet: &Sheet, states: &[State], index: usize, steps: impl Iterator<Item = Step>) -> Vec<Next> {
    let mut kept: Vec<Next> = Vec::new();
    let mut known: FxHashMap<Future, usize> = FxHashMap::default();
    for (cost, from, step) in steps {
        let Some(state) = states.get(from) else { continue };
        match known.entry(Future::new(sheet, state, index, step)) {
            Entry::Occupied(better) => {
                if let Some(better) = kept.get_mut(*better.get()).filter(|better| cost - better.cost < RIVAL_MARGIN) {
                    better.rival.get_or_insert((from, step));
                }
            }
            Entry::Vacant(slot) => {
                let lag = lag(sheet, slot.key(), index);
                slot.insert(kept.len());
                kept.push(Next { cost, from, step, rival: None, lag });
            }
        }
    }
    kept.sort_by_key(|next| next.cost + next.lag);
    kept.truncate(BREADTH);
    kept
}

/// What the cells that are still missing will cost at least, by experience.
fn lag(sheet: &Sheet, future: &Future, index: usize) -> i32 {
    let begun = if future.own { future.step.row + 1 } else { 0 };
    let top = top(sheet, future.state).max(begun);
    let count = |column| match future.column() == column && future.own {
        true => u16::try_from(future.filled.count_ones()).unwrap_or(MOST_ROWS),
        false => future.state.count(column),
    };
    if let Some(points) = &sheet.points {
        return away::lag(sheet, points, index, count);
    }
    steady(sheet).map(|column| i32::from(top - count(column).min(top)) * LAG).sum()
}

/// How many rows have been begun.
pub(super) fn top(sheet: &Sheet, state: &State) -> u16 {
    own(sheet).filter_map(|column| state.rows.get(column)).max().copied().unwrap_or(0)
}

/// Every place where the next word may go, by row.
fn moves(sheet: &Sheet, arena: &Arena, state: &State, index: usize, moves: &mut Vec<Move>) {
    moves.push(Move { column: UNREAD, row: 0, opens: false });
    if let Some(points) = &sheet.points {
        moves.extend(away::moves(sheet, arena, state, points, index));
        return;
    }
    let top = top(sheet, state).min(MOST_ROWS - 1);
    for column in 0..sheet.columns.len() {
        let (Ok(number), Some(begun)) = (u8::try_from(column), state.rows.get(column)) else { continue };
        if let Some(last) = state.last.get(column).and_then(|node| arena.get(*node)) {
            moves.push(Move { column: number, row: last.row, opens: false });
        }
        let mut rows = if sheet.is_level(column) {
            vec![(*begun).min(MOST_ROWS - 1)]
        } else {
            vec![state.hole(column), *begun, state.place.1, state.place.1 + 1, top.saturating_sub(1), top]
        };
        if sheet.column(column) == Column::Field(IndicatorField::Deviation) {
            rows.extend(top.saturating_sub(NEAR_ROWS)..top);
        }
        rows.sort_unstable();
        rows.dedup();
        let free = rows.into_iter().filter(|row| *row <= top || sheet.is_level(column));
        moves.extend(free.filter(|row| !state.has(column, *row)).map(|row| Move { column: number, row, opens: true }));
    }
    moves.sort_by_key(|step| (step.opens, step.row));
}

fn own<'s>(sheet: &'s Sheet) -> impl Iterator<Item = usize> + 's {
    (0..sheet.columns.len()).filter(|at| !sheet.is_level(*at))
}

/// The reading `next`, and its rival, for good.
fn enter(sheet: &Sheet, pool: &mut Pool, told: &Told, states: &[State], index: usize, next: &Next) -> State {
    let Some(state) = states.get(next.from) else { return State::new() };
    let node = |from: usize, step: Move, rival: u32| {
        let state = states.get(from)?;
        let above = state.last.get(usize::from(step.column)).copied().unwrap_or(NONE);
        let word = u32::try_from(index).unwrap_or(NONE);
        Some(Node { parent: state.node, above, word, column: step.column, row: step.row, opens: step.opens, rival })
    };
    let rival = next.rival.and_then(|(from, step)| node(from, step, NONE));
    let rival = rival.map_or(NONE, |rival| pool.arena.push(rival));
    let number = node(next.from, next.step, rival).map_or(NONE, |node| pool.arena.push(node));
    let mut followed = follow(sheet, state, index, next, number);
    let Move { column, row, opens } = next.step;
    let column = usize::from(column);
    if let (Some(word), Some(slot)) = (sheet.words.get(index), followed.lineups.get_mut(usize::from(row)))
        && opens
        && !sheet.is_level(column)
    {
        let ask = Ask { sheet, arena: &pool.arena, lineups: &pool.lineups, told, state, word, index };
        let joined = ask.joined(*slot, column);
        *slot = pool.lineups.enter(joined);
    }
    followed
}

/// The reading `state` with the word `index` dealt as `next` says, at the node `number`.
fn follow(sheet: &Sheet, state: &State, index: usize, next: &Next, number: u32) -> State {
    let future = Future::new(sheet, state, index, next.step);
    let (filled, own, place, weights, print) =
        (future.filled, future.own, future.place, future.weights, future.content);
    let mut next = State { cost: next.cost, node: number, place, weights, print, ..*state };
    let Move { column, row, .. } = future.step;
    let column = usize::from(column);
    if let (Some(last), Some(word), Some(rows)) =
        (next.last.get_mut(column), next.words.get_mut(column), next.rows.get_mut(column))
    {
        *last = number;
        *word = future.word;
        *rows = (*rows).max(row + 1);
    }
    let block = |index: usize| sheet.words.get(index).map(|word| word.block);
    if index.checked_sub(1).and_then(block) != block(index) {
        next.block_rows = 0;
    }
    if !own {
        return next;
    }
    if let Some(slot) = next.filled.get_mut(column) {
        *slot = filled;
    }
    next.block_rows = next.block_rows.max(row + 1);
    next
}

/// The columns that have a cell in nearly every row.
fn steady<'s>(sheet: &'s Sheet) -> impl Iterator<Item = usize> + 's {
    own(sheet).filter(|column| {
        let field = sheet.column(*column).field();
        field.is_some_and(|field| field != IndicatorField::Deviation) && sheet.blank_cost(*column) >= 20
    })
}

/// Rows that end on different pages in different columns.
fn uneven(sheet: &Sheet, state: &State) -> i32 {
    if sheet.points.is_some() {
        return 0;
    }
    let top = steady(sheet).map(|column| state.count(column)).max().unwrap_or(0);
    steady(sheet).map(|column| i32::from(top - state.count(column))).sum::<i32>() * UNEVEN_PAGE
}

/// Cells that are missing, names that are not whole, weights that do not add up.
fn end_cost(sheet: &Sheet, pool: &Pool, state: &State) -> i32 {
    let top = top(sheet, state);
    let blank = |column: usize| match &sheet.points {
        Some(points) => away::count_cost(sheet, points, state, column),
        None => i32::from(top - state.count(column).min(top)) * sheet.blank_cost(column),
    };
    let missing: i32 = own(sheet).map(blank).sum();
    let Some(word) = sheet.words.last() else { return 0 };
    let (arena, lineups, told) = (&pool.arena, &pool.lineups, &Told::default());
    let ask = Ask { sheet, arena, lineups, told, state, word, index: 0 };
    let broken: i32 = (0..sheet.columns.len()).filter(|at| sheet.is_level(*at)).map(|at| ask.broken(at)).sum();
    let wrong = sheet.sums.weights.is_some_and(|sum| sum != state.weights) && sheet.pointed;
    missing + broken + if wrong { WRONG_SUM } else { 0 }
}
