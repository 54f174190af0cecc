//! The search: every word in turn goes on in a cell or begins one, and the best readings so far are followed.

use std::collections::{HashMap, HashSet};

use jixiao_core::IndicatorField;

use super::cost::Ask;
use super::state::{Arena, MOST_ROWS, Move, NONE, Node, State, UNREAD};
use super::{MAX_COLUMNS, Sheet, Word};
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
const RIVAL_MARGIN: i32 = 10;

/// Columns that are not in the same row where a page ends.
const UNEVEN_PAGE: i32 = 8;

/// The weights do not add up.
const WRONG_SUM: i32 = 20;

/// The words of a table dealt to cells.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The cell of each word.
    pub(super) cells: Vec<Option<Move>>,
    /// Cells (column and row) that another reading nearly as good fills differently.
    pub(super) doubtful: HashSet<(u8, u16)>,
    /// How many rows there are.
    pub(super) rows: u16,
    /// How ill the reading fits.
    pub(super) cost: i32,
}

/// The best reading of `sheet`.
pub(super) fn search(sheet: &Sheet) -> Found {
    let mut arena = Arena::default();
    let mut states = vec![State::new()];
    for (index, word) in sheet.words.iter().enumerate() {
        states = advance(sheet, &mut arena, &states, index, word);
    }
    for state in &mut states {
        state.cost += end_cost(sheet, &arena, state);
    }
    states.sort_by_key(|state| state.cost);
    found(sheet, &arena, &states)
}

/// The readings of the words up to `index`.
fn advance(sheet: &Sheet, arena: &mut Arena, states: &[State], index: usize, word: &Word) -> Vec<State> {
    let turns = index.checked_sub(1).and_then(|before| sheet.words.get(before)).is_some_and(|w| w.page != word.page);
    let mut steps: Vec<(i32, usize, Move)> = Vec::new();
    for (from, state) in states.iter().enumerate() {
        let turned = if turns { uneven(sheet, state) } else { 0 };
        let ask = Ask { sheet, arena, state, word, index };
        let mut row = ask.row(0);
        for step in moves(sheet, arena, state) {
            if step.column == UNREAD {
                steps.push((state.cost + turned + UNREAD_COST, from, step));
                continue;
            }
            if row.row != step.row && step.opens {
                row = ask.row(step.row);
            }
            let cost = ask.cost(step, &row);
            if cost < NEVER {
                steps.push((state.cost + turned + cost, from, step));
            }
        }
    }
    choose(sheet, arena, states, index, steps)
}

/// The best readings after one of `steps` each.
fn choose(
    sheet: &Sheet,
    arena: &mut Arena,
    states: &[State],
    index: usize,
    mut steps: Vec<(i32, usize, Move)>,
) -> Vec<State> {
    steps.sort_by_key(|(cost, ..)| *cost);
    let limit = steps.first().map_or(0, |(cost, ..)| cost + WINDOW);
    let mut kept: Vec<State> = Vec::new();
    let mut known = HashMap::new();
    for (cost, from, step) in steps.into_iter().take_while(|(cost, ..)| *cost <= limit).take(MOST_STEPS) {
        let Some(state) = states.get(from) else { continue };
        let next = follow(sheet, arena, state, index, step, cost);
        match known.get(&key(arena, &next)).and_then(|at: &usize| kept.get(*at)) {
            Some(better) if cost - better.cost < RIVAL_MARGIN => arena.set_rival(better.node, next.node),
            Some(_) => {}
            None => {
                known.insert(key(arena, &next), kept.len());
                kept.push(next);
            }
        }
    }
    kept.sort_by_cached_key(|state| state.cost + lag(sheet, state));
    kept.truncate(BREADTH);
    kept
}

/// What the cells that are still missing will cost at least, by experience.
fn lag(sheet: &Sheet, state: &State) -> i32 {
    let top = top(sheet, state);
    steady(sheet).map(|column| i32::from(top - state.count(column).min(top)) * LAG).sum()
}

/// How many rows have been begun.
fn top(sheet: &Sheet, state: &State) -> u16 {
    own(sheet).filter_map(|column| state.rows.get(column)).max().copied().unwrap_or(0)
}

type Key = ([u128; MAX_COLUMNS], [u32; MAX_COLUMNS], (u8, u16), i64);

/// What bears on the words to come.
fn key(arena: &Arena, state: &State) -> Key {
    let last = state.last.map(|node| arena.get(node).map_or(NONE, |node| node.word));
    (state.filled, last, state.place, state.weights)
}

/// Every place where the next word may go, by row.
fn moves(sheet: &Sheet, arena: &Arena, state: &State) -> Vec<Move> {
    let mut moves = vec![Move { column: UNREAD, row: 0, opens: false }];
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
    moves
}

fn own<'s>(sheet: &'s Sheet) -> impl Iterator<Item = usize> + 's {
    (0..sheet.columns.len()).filter(|at| !sheet.is_level(*at))
}

/// The reading `state` with the word `index` dealt as `step` says.
fn follow(sheet: &Sheet, arena: &mut Arena, state: &State, index: usize, step: Move, cost: i32) -> State {
    let mut next = State { cost, ..*state };
    let column = usize::from(step.column);
    let word = u32::try_from(index).unwrap_or(NONE);
    let above = state.last.get(column).copied().unwrap_or(NONE);
    let Move { column: number, row, opens } = step;
    next.node = arena.push(Node { parent: state.node, above, word, column: number, row, opens, rival: NONE });
    if number == UNREAD {
        return next;
    }
    if let (Some(last), Some(rows)) = (next.last.get_mut(column), next.rows.get_mut(column)) {
        *last = next.node;
        *rows = (*rows).max(row + 1);
    }
    if sheet.is_level(column) {
        return next;
    }
    if let Some(filled) = next.filled.get_mut(column) {
        *filled |= 1 << u32::from(row.min(MOST_ROWS));
    }
    let current = sheet.words.get(index);
    let block = |index: usize| sheet.words.get(index).map(|word| word.block);
    if index.checked_sub(1).and_then(block) != block(index) {
        next.block_rows = 0;
    }
    next.block_rows = next.block_rows.max(row + 1);
    if opens {
        next.place = (number, row);
        if sheet.column(column) == Column::Field(IndicatorField::Weight) {
            next.weights += current.and_then(|word| word.token.shape.number).unwrap_or(0);
        }
    }
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
    let top = steady(sheet).map(|column| state.count(column)).max().unwrap_or(0);
    steady(sheet).map(|column| i32::from(top - state.count(column))).sum::<i32>() * UNEVEN_PAGE
}

/// Cells that are missing, names that are not whole, weights that do not add up.
fn end_cost(sheet: &Sheet, arena: &Arena, state: &State) -> i32 {
    let top = top(sheet, state);
    let blank = |column: usize| i32::from(top - state.count(column).min(top)) * sheet.blank_cost(column);
    let missing: i32 = own(sheet).map(blank).sum();
    let Some(word) = sheet.words.last() else { return 0 };
    let ask = Ask { sheet, arena, state, word, index: 0 };
    let broken: i32 = (0..sheet.columns.len()).filter(|at| sheet.is_level(*at)).map(|at| ask.broken(at)).sum();
    let wrong = sheet.sums.weights.is_some_and(|sum| sum != state.weights) && sheet.pointed;
    missing + broken + if wrong { WRONG_SUM } else { 0 }
}

fn found(sheet: &Sheet, arena: &Arena, states: &[State]) -> Found {
    let Some(best) = states.first() else { return Found::default() };
    let mut found = Found {
        cells: vec![None; sheet.words.len()],
        doubtful: HashSet::new(),
        rows: own(sheet).filter_map(|column| best.rows.get(column)).max().copied().unwrap_or(0),
        cost: best.cost,
    };
    for (_, node) in arena.chain(best.node) {
        let at = usize::try_from(node.word).unwrap_or(usize::MAX);
        if let Some(cell) = found.cells.get_mut(at).filter(|_| node.column != UNREAD) {
            *cell = Some(Move { column: node.column, row: node.row, opens: node.opens });
        }
        if node.rival != NONE {
            differ(sheet, arena, node, node.rival, &mut found.doubtful);
        }
    }
    let rivals = states.iter().skip(1).take_while(|state| state.cost - best.cost < RIVAL_MARGIN);
    for rival in rivals {
        if let Some(node) = arena.get(best.node) {
            differ(sheet, arena, node, rival.node, &mut found.doubtful);
        }
    }
    found
}

/// Marks the cells that two readings fill differently, back to where they part.
fn differ(sheet: &Sheet, arena: &Arena, best: &Node, rival: u32, doubtful: &mut HashSet<(u8, u16)>) {
    let mut texts: [HashMap<(u8, u16), String>; 2] = [HashMap::new(), HashMap::new()];
    let mut add = |side: usize, node: &Node| {
        let word = usize::try_from(node.word).ok().and_then(|at| sheet.words.get(at));
        let text = texts.get_mut(side).map(|texts| texts.entry((node.column, node.row)).or_default());
        if let (Some(word), Some(text)) = (word, text) {
            text.push_str(&word.token.plain);
        }
    };
    let mut best = *best;
    for (_, other) in arena.chain(rival) {
        add(0, &best);
        add(1, other);
        if best.parent == other.parent {
            break;
        }
        let Some(parent) = arena.get(best.parent) else { break };
        best = *parent;
    }
    let [own, others] = &texts;
    let cells = own.keys().chain(others.keys());
    doubtful.extend(cells.filter(|cell| own.get(cell) != others.get(cell)));
}
