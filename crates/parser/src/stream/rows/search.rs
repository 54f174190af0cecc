//! The search for the best reading of an indicator table: a beam over cell boundaries.
//!
//! Tokens come in the order in which the cells were drawn: row by row, and within a row cell by cell. Each token
//! goes on in the current cell, begins a later cell of the row, begins a row, or, after a page break, takes an
//! earlier cell of the row up again. Every choice has a cost from the evidence: what the token looks like, whether
//! the line before it was full, the vocabulary of level names, blank cells, brackets. What the rows add up to
//! decides among the hypotheses that are left at the end.

use jixiao_core::IndicatorField;

use super::column::{Column, Kind, LevelMatch, NEVER, level_match, open_cost};
use super::state::{Cell, Node, ROOT, State, Step};
use super::{Evidence, Sums, glue};
use crate::stream::doc::Token;
use crate::stream::wrap;

/// Hypotheses kept after each token.
const BEAM: usize = 48;

/// What it is worth that an actual begins as its target does.
const ECHO: i32 = 6;

/// Lines of a level-3 name that are nothing unusual.
const NAME_LINES: u16 = 3;

/// Hypotheses this much worse than the best are dropped.
const SPREAD: i32 = 160;

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

/// A hypothesis about to take a decision.
pub(super) struct Candidate {
    pub(super) state: State,
    pub(super) node: Node,
    /// Decisions before `node` where the token holds the first lines of several cells.
    pub(super) glued: Vec<Node>,
}

/// Finds the best reading of the evidence's tokens.
pub(super) fn search(evidence: &Evidence) -> Reading {
    let mut nodes = Vec::new();
    let mut beam = vec![State::start()];
    for index in 0..evidence.tokens.len() {
        let mut candidates = Vec::new();
        for state in &beam {
            expand(evidence, &nodes, state, index, &mut candidates);
        }
        beam = prune(candidates, &mut nodes);
    }
    rank(evidence, nodes, beam)
}

/// Closes every hypothesis and ranks them with what the form adds up to.
fn rank(evidence: &Evidence, nodes: Vec<Node>, beam: Vec<State>) -> Reading {
    let mut ranked: Vec<(i32, State)> = beam
        .into_iter()
        .map(|mut state| {
            let cost = state.cost + close_row_cost(evidence, &nodes, &state);
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
    state.weights = state.weights.saturating_add(state.row.weight.unwrap_or(0));
    state.scores = state.scores.saturating_add(state.row.score.unwrap_or(0));
}

fn sums_cost(sums: Sums, state: &State) -> i32 {
    let off = |expected: Option<i64>, sum: i64| expected.is_some_and(|expected| (expected - sum).abs() > 100);
    i32::from(off(sums.weights, state.weights)) * 30 + i32::from(off(sums.scores, state.scores)) * 20
}

/// Keeps the best hypotheses, one for each future, and enters their decisions.
fn prune(mut candidates: Vec<Candidate>, nodes: &mut Vec<Node>) -> Vec<State> {
    candidates.sort_by_key(|candidate| candidate.state.cost);
    let limit = candidates.first().map_or(0, |best| best.state.cost.saturating_add(SPREAD));
    let mut kept: Vec<Candidate> = Vec::with_capacity(BEAM);
    for candidate in candidates {
        if candidate.state.cost > limit {
            break;
        }
        let key = candidate.state.key();
        match kept.iter().position(|other| other.state.key() == key) {
            Some(better) => note_rival(&mut kept[better], &candidate),
            None if kept.len() < BEAM => kept.push(candidate),
            None => {}
        }
    }
    kept.into_iter().map(|candidate| enter(candidate, nodes)).collect()
}

/// Remembers the nearest rival of the rows before a new row.
fn note_rival(better: &mut Candidate, worse: &Candidate) {
    if better.node.step == Step::Row && better.node.rival.is_none() {
        better.node.rival = Some((worse.state.cost - better.state.cost, worse.node.previous));
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

/// Every decision that the token `index` can take after `state`.
fn expand(evidence: &Evidence, nodes: &[Node], state: &State, index: usize, out: &mut Vec<Candidate>) {
    let token = &evidence.tokens[index];
    let mut offer = |column: usize, step: Step, resumed: bool, cost: i32| {
        if cost < NEVER {
            out.push(take(evidence, state, index, column, step, resumed, cost));
        }
    };
    let Some(current) = state.column else {
        for column in evidence.row_openers() {
            offer(column, Step::Row, false, opening_cost(evidence, nodes, state, index, column, true));
        }
        return;
    };
    offer(current, Step::Continue, state.resumed, continue_cost(evidence, nodes, state, token, current));
    let close = close_cell_cost(evidence, nodes, state, current);
    for column in current + 1..evidence.columns.len() {
        if let Some(cost) = onward_cost(evidence, nodes, state, index, column) {
            let step = if state.cells[column].is_open() { Step::Continue } else { Step::Open };
            offer(column, step, state.resumed, close + cost);
        }
    }
    for column in 0..=current {
        if let Some((step, cost)) = resume_cost(evidence, nodes, state, index, column) {
            offer(column, step, true, close + cost);
        }
    }
    let close_row = close_row_cost(evidence, nodes, state);
    for column in evidence.row_openers() {
        offer(column, Step::Row, false, close_row + opening_cost(evidence, nodes, state, index, column, true));
    }
    out.extend(evidence.row_openers().filter_map(|column| glue::cut(evidence, state, index, column, close_row)));
}

/// The cost of going on to a later column of the row.
fn onward_cost(evidence: &Evidence, nodes: &[Node], state: &State, index: usize, column: usize) -> Option<i32> {
    let token = &evidence.tokens[index];
    if state.cells[column].is_open() {
        return state.resumed.then(|| 2 + continue_cost(evidence, nodes, state, token, column));
    }
    let current = state.column?;
    let skipped = (current + 1..column).filter(|skipped| !state.cells[*skipped].is_open());
    let blanks: i32 = skipped.map(|skipped| blank_cost(evidence, state, skipped)).sum();
    Some(blanks + opening_cost(evidence, nodes, state, index, column, false))
}

/// The cost of taking an earlier cell up again, or of a level name that comes late: both only where a page broke.
fn resume_cost(evidence: &Evidence, nodes: &[Node], state: &State, index: usize, column: usize) -> Option<(Step, i32)> {
    let token = &evidence.tokens[index];
    if !token.piece.leads || (column == state.column? && !state.resumed) {
        return None;
    }
    let base = if token.piece.page_start { 6 } else { 34 };
    let cell = &state.cells[column];
    if cell.is_open() {
        let points = evidence.columns[column].is_points() || Some(column) == state.column;
        return (!points).then(|| (Step::Continue, base + continue_cost(evidence, nodes, state, token, column)));
    }
    let late_level = evidence.columns[column].level_scope().is_some();
    late_level.then(|| (Step::Open, base + 2 + opening_cost(evidence, nodes, state, index, column, false)))
}

/// The cost of a cell of `column` beginning with the token.
fn opening_cost(evidence: &Evidence, nodes: &[Node], state: &State, index: usize, column: usize, new_row: bool) -> i32 {
    let token = &evidence.tokens[index];
    let kind = evidence.columns[column];
    let row = if new_row { super::column::RowSoFar::default() } else { state.row };
    let mut cost = open_cost(kind, token, row);
    cost += match evidence.widths[column] {
        Some(full) => wrap::excess_cost(token.width, wrap::doubt(token), full),
        None => wrap::excess_cost(token.width, wrap::doubt(token), evidence.widest()) / 2,
    };
    if new_row && !token.piece.leads && evidence.lines_tell {
        cost += 90;
    }
    if kind == Column::Field(IndicatorField::Actual) && echoes_target(evidence, nodes, state, token) {
        cost -= ECHO;
    }
    cost + line_cost(evidence, state, token, kind)
}

/// A qualitative actual often begins with the words of its target.
fn echoes_target(evidence: &Evidence, nodes: &[Node], state: &State, token: &Token) -> bool {
    let target = Column::Field(IndicatorField::Target);
    let Some(column) = evidence.columns.iter().position(|kind| *kind == target) else { return false };
    if state.row.target != Kind::Text {
        return false;
    }
    let first: String = token.plain.chars().take(3).collect();
    first.chars().count() == 3 && spelled(evidence, nodes, state.node, column).starts_with(&first)
}

/// Weight and score stand on one line; a text behind the score on its line is the deviation.
fn line_cost(evidence: &Evidence, state: &State, token: &Token, kind: Column) -> i32 {
    if !evidence.lines_tell {
        return 0;
    }
    let same_line = state.column.is_some_and(|column| state.cells[column].line == token.piece.line);
    match kind {
        Column::Field(IndicatorField::Score) if state.row.weight.is_some() && !same_line => 30,
        Column::Field(IndicatorField::Deviation) if same_line && state.row.score.is_some() => -10,
        _ => 0,
    }
}

/// The cost of the token going on in the cell of `column`.
fn continue_cost(evidence: &Evidence, nodes: &[Node], state: &State, token: &Token, column: usize) -> i32 {
    let kind = evidence.columns[column];
    let cell = &state.cells[column];
    if kind.is_points() {
        return NEVER;
    }
    if let Some(scope) = kind.level_scope() {
        let spelled = spelled(evidence, nodes, state.node, column) + &token.plain;
        return match level_match(scope, &spelled) {
            LevelMatch::None => 30 + wrap_cost(evidence, cell, token, column),
            LevelMatch::Alike => 4 + wrap_cost(evidence, cell, token, column),
            LevelMatch::Whole | LevelMatch::Beginning => 0,
        };
    }
    let shape = match token.shape {
        shape if shape.dash => 30,
        shape if shape.number.is_some() && cell.depth <= 0 => 8,
        _ if super::column::is_numbered_name(&token.plain) => 25,
        _ => 0,
    };
    if cell.line != token.piece.line {
        shape + wrap_cost(evidence, cell, token, column)
    } else {
        shape + blank_within_cost(evidence, cell, token, kind)
    }
}

/// The cost of a line break within a cell.
fn wrap_cost(evidence: &Evidence, cell: &Cell, token: &Token, column: usize) -> i32 {
    let doubt = wrap::doubt(token);
    let known = evidence.widths[column];
    let shown = (cell.lines >= 2 || token.width - doubt > cell.width).then(|| cell.widest.max(token.width - doubt));
    let full = known.or(shown);
    let mut cost = full.map_or(3, |full| wrap::slack_cost(cell.width, cell.doubt, token, full));
    cost += wrap::excess_cost(token.width, doubt, full.unwrap_or(cell.widest).max(cell.width + cell.doubt));
    if cell.full_stop && crate::stream::goals::ordinal(&token.plain).is_some() {
        cost = cost.min(6);
    }
    let name = evidence.columns[column] == Column::Field(IndicatorField::Level3);
    if name && cell.lines > NAME_LINES {
        cost += 5;
    }
    if token.shape.bad_start || cell.depth > 0 {
        cost /= 2;
    }
    let name = if super::column::is_level_name(&token.plain) { 25 } else { 0 };
    cost + name + evidence.blank_line_cost(token)
}

/// The cost of a blank within a line of a cell.
fn blank_within_cost(evidence: &Evidence, cell: &Cell, token: &Token, kind: Column) -> i32 {
    if cell.depth > 0 || token.shape.bad_start || cell.full_stop {
        return 8;
    }
    let first = token.plain.chars().next().unwrap_or(' ');
    let joins_figure = cell.ends_narrow() != first.is_ascii();
    match (joins_figure, evidence.table.spaced) {
        (true, true) if kind == Column::Field(IndicatorField::Level3) => 9,
        (true, true) => 4,
        (true, false) => 10,
        (false, _) => 32,
    }
}

/// The text of the cell of `column` in the row of `node`, folded.
fn spelled(evidence: &Evidence, nodes: &[Node], mut node: u32, column: usize) -> String {
    let mut parts = Vec::new();
    while let Some(decision) = nodes.get(node as usize) {
        if usize::from(decision.column) == column {
            parts.push(evidence.doc.text.plain(decision.chars.0, decision.chars.1));
        }
        if decision.step == Step::Row {
            break;
        }
        node = decision.previous;
    }
    parts.reverse();
    parts.concat()
}

/// The cost of leaving the cell being filled; a page break may still bring the rest of it.
fn close_cell_cost(evidence: &Evidence, nodes: &[Node], state: &State, column: usize) -> i32 {
    let brackets = if state.cells[column].depth > 0 { 8 } else { 0 };
    let Some(scope) = evidence.columns[column].level_scope() else {
        return brackets + evidence.baselines.cost(state, column);
    };
    match level_match(scope, &spelled(evidence, nodes, state.node, column)) {
        LevelMatch::Whole => brackets,
        LevelMatch::Alike => brackets + 2,
        LevelMatch::Beginning => brackets + 8,
        LevelMatch::None => brackets + 26,
    }
}

/// The cost of leaving the row: its last cell, what its cells lack, and the cells that stayed blank.
fn close_row_cost(evidence: &Evidence, nodes: &[Node], state: &State) -> i32 {
    let Some(current) = state.column else { return 0 };
    let open = (0..evidence.columns.len()).filter(|column| state.cells[*column].is_open());
    let lacks: i32 = open.map(|column| lack_cost(evidence, nodes, state, column)).sum();
    let behind = current + 1..evidence.columns.len();
    let blanks = behind.filter(|column| !state.cells[*column].is_open()).map(|c| blank_cost(evidence, state, c));
    let blank_sum: i32 = blanks.sum();
    close_cell_cost(evidence, nodes, state, current) + lacks + blank_sum
}

/// The cost of a cell that is left for good with a bracket open or half a level name.
fn lack_cost(evidence: &Evidence, nodes: &[Node], state: &State, column: usize) -> i32 {
    let brackets = if state.cells[column].depth > 0 { 8 } else { 0 };
    let Some(scope) = evidence.columns[column].level_scope() else { return brackets };
    match level_match(scope, &spelled(evidence, nodes, state.node, column)) {
        LevelMatch::Beginning => brackets + 24,
        _ => brackets,
    }
}

fn blank_cost(evidence: &Evidence, state: &State, column: usize) -> i32 {
    let lost = matches!((state.row.weight, state.row.score), (Some(weight), Some(score)) if score < weight);
    match evidence.columns[column] {
        Column::Field(IndicatorField::Deviation) if lost => 3,
        Column::Field(IndicatorField::Level2) if opened_level1(evidence, state) => 12,
        kind => kind.blank_cost(),
    }
}

fn opened_level1(evidence: &Evidence, state: &State) -> bool {
    let level1 = Column::Field(IndicatorField::Level1);
    evidence.columns.iter().position(|kind| *kind == level1).is_some_and(|column| state.cells[column].is_open())
}

/// `state` after the decision.
fn take(
    evidence: &Evidence,
    state: &State,
    index: usize,
    column: usize,
    step: Step,
    resumed: bool,
    cost: i32,
) -> Candidate {
    let mut candidate = take_part(evidence, state, index, evidence.tokens[index], column, step, cost);
    candidate.state.resumed = resumed;
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
        next.cells[column].after = state.column.and_then(|before| u8::try_from(before).ok());
    }
    next.column = Some(column);
    next.cells[column].push(part);
    note(&mut next, evidence.columns[column], part, step);
    let node = Node {
        previous: state.node,
        token: number,
        chars: (part.piece.start, part.piece.end),
        column: u8::try_from(column).unwrap_or(u8::MAX),
        step,
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
