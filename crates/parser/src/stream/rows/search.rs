//! The search for the best reading of an indicator table: a beam over cell boundaries.
//!
//! Tokens come in the order in which the cells were drawn: row by row, and within a row cell by cell. Each token
//! goes on in the current cell, begins a later cell of the row, begins a row, or, after a page break, takes an
//! earlier cell of the row up again. Every choice has a cost from the evidence: what the token looks like, whether
//! the line before it was full, the vocabulary of level names, blank cells, brackets. What the rows add up to
//! decides among the hypotheses that are left at the end.

use jixiao_core::IndicatorField;

use super::ahead::{Ahead, Move, Moves};
use super::baseline::lower;
use super::column::{Column, level_match};
use super::cost::{close_row_cost, spelled};
use super::glue;
use super::state::{Key, Node, ROOT, State, Step};
use super::{Evidence, Sums};
use crate::stream::doc::Token;

/// Hypotheses kept after each token.
const BEAM: usize = 24;

/// Decisions that are taken after each token to find the hypotheses to keep: most lead to different futures.
const MOST_TAKEN: usize = 4 * BEAM;

/// Hypotheses this much worse than the best are dropped.
const SPREAD: i32 = 160;

/// The same in a first search. It is enough where no row of what it finds costs as much: what was dropped had then to be
/// made up for by a row that costs less than nothing. Nearly all tables in drawing order are such, and it takes a third
/// of the time.
const NARROW: i32 = 40;

/// The best reading of a table.
#[derive(Debug)]
pub(super) struct Reading {
    /// Every decision considered; those of the reading are linked from `last`.
    pub(super) nodes: Vec<Node>,
    /// The last decision.
    pub(super) last: u32,
    /// How ill it fits.
    pub(super) cost: i32,
    /// The best reading that adds up differently: how much worse, and its last decision.
    pub(super) rival: Option<(i32, u32)>,
}

/// A hypothesis that has taken a decision.
pub(super) struct Candidate {
    pub(super) state: State,
    pub(super) node: Node,
    /// Decisions before `node` where the token holds the first lines of several cells.
    pub(super) glued: Vec<Node>,
}

/// Finds the best reading of the evidence's tokens.
pub(super) fn search(evidence: &mut Evidence) -> Reading {
    if !evidence.steep {
        let near = search_within(evidence, NARROW);
        if steepest(&near) < NARROW {
            return near;
        }
        evidence.steep = true;
    }
    search_within(evidence, SPREAD)
}

/// What the costliest row of the reading costs.
fn steepest(reading: &Reading) -> i32 {
    let (mut most, mut end, mut at) = (0, reading.cost, reading.last);
    while let Some(node) = reading.nodes.get(at as usize) {
        if node.step == Step::Row {
            let before = reading.nodes.get(node.previous as usize).map_or(0, |node| node.cost);
            most = most.max(end - before);
            end = before;
        }
        at = node.previous;
    }
    most
}

fn search_within(evidence: &Evidence, spread: i32) -> Reading {
    let mut nodes = Vec::new();
    let mut beam = vec![State::start()];
    let mut moves = Moves::new(spread);
    for index in 0..evidence.tokens.len() {
        let cuts = glue::cuts(evidence, index);
        for (parent, state) in beam.iter().enumerate() {
            Ahead { evidence, nodes: &nodes, state, parent, index }.expand(&cuts, &mut moves);
        }
        let kept = keep(evidence, &nodes, &beam, index, &mut moves);
        beam = kept.into_iter().map(|candidate| enter(candidate, &mut nodes)).collect();
    }
    rank(evidence, nodes, beam)
}

/// Closes every hypothesis and ranks them with what the form adds up to.
fn rank(evidence: &Evidence, nodes: Vec<Node>, beam: Vec<State>) -> Reading {
    let mut ranked: Vec<(i32, State)> = beam
        .into_iter()
        .map(|mut state| {
            let cost = state.cost + close_row_cost(evidence, &state);
            settle(&mut state);
            (cost + sums_cost(evidence.table.sums, &state), state)
        })
        .collect();
    ranked.sort_by_key(|(cost, _)| *cost);
    let best = ranked.first().map(|(cost, state)| (*cost, state.node));
    let rival = best.and_then(|(cost, _)| ranked.get(1).map(|(next, state)| (next - cost, state.node)));
    Reading { nodes, last: best.map_or(ROOT, |(_, node)| node), cost: best.map_or(0, |(cost, _)| cost), rival }
}

/// Adds the row's points to the sums.
fn settle(state: &mut State) {
    (state.weights, state.scores) = state.settled();
}

fn sums_cost(sums: Sums, state: &State) -> i32 {
    let off = |expected: Option<i64>, sum: i64| expected.is_some_and(|expected| (expected - sum).abs() > 100);
    i32::from(off(sums.weights, state.weights)) * 30 + i32::from(off(sums.scores, state.scores)) * 20
}

/// Takes the cheapest decisions, one for each future, until the beam is full.
fn keep(evidence: &Evidence, nodes: &[Node], beam: &[State], index: usize, moves: &mut Moves) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(BEAM);
    let mut keys: Vec<(u64, Key)> = Vec::with_capacity(BEAM);
    for decision in moves.sorted().take(MOST_TAKEN) {
        if kept.len() == BEAM {
            break;
        }
        let key = key(evidence, beam, index, &decision);
        let entry = (key.fingerprint(), key);
        match keys.iter().position(|known| *known == entry) {
            Some(place) => note_rival(&mut kept[place], decision.cost, beam[decision.parent].node),
            None => {
                keys.push(entry);
                kept.push(take(evidence, nodes, beam, index, decision));
            }
        }
    }
    kept
}

/// What the future of the hypothesis after `decision` depends on.
fn key(evidence: &Evidence, beam: &[State], index: usize, decision: &Move) -> Key {
    let (before, token, column) = (&beam[decision.parent], evidence.tokens[index], decision.column);
    let number = u32::try_from(index).unwrap_or(u32::MAX);
    match (&decision.glued, decision.step) {
        (Some(glued), _) => glued.state.key(),
        (None, Step::Row) => before.key_of_row(token, number, column),
        (None, _) => before.key_on(token, column, evidence.soft, decision.resumed),
    }
}

/// Remembers the nearest rival of the rows before a new row: its cost and its last decision.
fn note_rival(better: &mut Candidate, cost: i32, node: u32) {
    if better.node.step == Step::Row && better.node.rival.is_none() {
        better.node.rival = Some((cost - better.state.cost, node));
    }
}

fn enter(candidate: Candidate, nodes: &mut Vec<Node>) -> State {
    let Candidate { mut state, node, glued } = candidate;
    for part in glued.into_iter().chain([node]) {
        nodes.push(Node { previous: state.node, ..part });
        state.node = u32::try_from(nodes.len() - 1).unwrap_or(ROOT);
    }
    state
}

/// The hypothesis that `decision` leads to.
fn take(evidence: &Evidence, nodes: &[Node], beam: &[State], index: usize, decision: Move) -> Candidate {
    if let Some(glued) = decision.glued {
        return *glued;
    }
    let Move { parent, column, step, resumed, cost, .. } = decision;
    let (before, part) = (&beam[parent], evidence.tokens[index]);
    let mut candidate = take_part(evidence, before, index, part, column, step, cost - before.cost);
    candidate.state.resumed = resumed;
    if let Some(scope) = evidence.columns[column].level_scope() {
        let begun = if step == Step::Continue { spelled(evidence, nodes, before.node, column) } else { String::new() };
        candidate.state.cells[column].level = level_match(scope, &(begun + &part.plain));
    }
    candidate
}

/// `state` after the decision on `part` of the token `index`.
pub(super) fn take_part(
    evidence: &Evidence,
    state: &State,
    index: usize,
    part: &Token,
    column: usize,
    step: Step,
    cost: i32,
) -> Candidate {
    let number = u32::try_from(index).unwrap_or(u32::MAX);
    let mut next = state.clone();
    if step == Step::Row {
        settle(&mut next);
        next.begin_row(number);
    }
    next.cost += cost;
    if step == Step::Open {
        next.low =
            state.column.and_then(|before| lower(state.low, evidence.columns[before], state.cells[before].lines));
        next.cells[column].after = next.low;
    }
    next.column = Some(column);
    if part.piece.leads {
        next.line_column = u8::try_from(column).ok();
        next.low = Some(0);
    }
    next.cells[column].push(part, evidence.soft);
    if step != Step::Continue && evidence.columns[column] == Column::Field(IndicatorField::Level2) {
        next.level2 = number;
    }
    note(&mut next, evidence.columns[column], part, step);
    let node = Node {
        previous: state.node,
        token: number,
        chars: (part.piece.start, part.piece.end),
        column: u8::try_from(column).unwrap_or(u8::MAX),
        step,
        cost: next.cost,
        rival: None,
    };
    Candidate { state: next, node, glued: Vec::new() }
}

/// Keeps what the token says about the row.
fn note(state: &mut State, kind: Column, token: &Token, step: Step) {
    if step == Step::Continue {
        return;
    }
    match kind {
        Column::Nature | Column::Field(IndicatorField::Target) => state.row.see_target(token),
        Column::Field(IndicatorField::Actual) => state.row.see_actual(token),
        Column::Field(IndicatorField::Weight) => state.row.weight = token.shape.number,
        Column::Field(IndicatorField::Score) => state.row.score = token.shape.number,
        _ => {}
    }
}
