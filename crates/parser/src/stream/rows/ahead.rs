//! Every decision that the next token can take, as far as it is worth taking.

use super::Evidence;
use super::column::NEVER;
use super::cost::{
    LEAST_RESUMED, MOST_GAINED, blank_cost, close_cell_cost, close_row_cost, continue_cost, onward_cost, opening_cost,
    resume_cost,
};
use super::glue::{self, Cut};
use super::search::Candidate;
use super::state::{Node, State, Step};

/// A decision on the next token, not yet taken.
pub(super) struct Move {
    /// The hypothesis it follows, as an index into the beam.
    pub(super) parent: usize,
    pub(super) column: usize,
    pub(super) step: Step,
    pub(super) resumed: bool,
    /// The cost of the hypothesis with the decision.
    pub(super) cost: i32,
    /// Set where the token is cut into several cells.
    pub(super) glued: Option<Box<Candidate>>,
}

/// The decisions on a token that are worth taking.
pub(super) struct Moves {
    list: Vec<Move>,
    /// How much worse than the best they may be.
    spread: i32,
    /// The highest cost that is worth it, as far as decisions are known.
    limit: i32,
}

impl Moves {
    pub(super) const fn new(spread: i32) -> Self {
        Self { list: Vec::new(), spread, limit: i32::MAX }
    }

    fn add(&mut self, decision: Move) {
        self.limit = self.limit.min(decision.cost.saturating_add(self.spread));
        if decision.cost <= self.limit {
            self.list.push(decision);
        }
    }

    /// No decision is worth taking that costs `cost` before what the token looks like in its column.
    const fn is_beyond(&self, cost: i32) -> bool {
        cost.saturating_sub(MOST_GAINED) > self.limit
    }

    /// The decisions, the cheapest first; none are left.
    pub(super) fn sorted(&mut self) -> impl Iterator<Item = Move> {
        let limit = std::mem::replace(&mut self.limit, i32::MAX);
        self.list.retain(|decision| decision.cost <= limit);
        self.list.sort_by_key(|decision| decision.cost);
        self.list.drain(..)
    }
}

/// One hypothesis before the next token.
pub(super) struct Ahead<'a> {
    pub(super) evidence: &'a Evidence<'a>,
    pub(super) nodes: &'a [Node],
    pub(super) state: &'a State,
    /// Its place in the beam.
    pub(super) parent: usize,
    /// The token.
    pub(super) index: usize,
}

impl Ahead<'_> {
    /// Every decision that the token can take.
    pub(super) fn expand(&self, cuts: &[Cut], moves: &mut Moves) {
        if moves.is_beyond(self.state.cost) {
            return;
        }
        let Some(current) = self.state.column else { return self.begin_row(0, moves) };
        self.go_on(current, moves);
        let close_row = close_row_cost(self.evidence, self.state);
        if !moves.is_beyond(self.state.cost + close_row) {
            self.begin_row(close_row, moves);
            self.begin_cut_row(close_row, cuts, moves);
        }
    }

    fn offer(&self, moves: &mut Moves, column: usize, step: Step, resumed: bool, cost: i32) {
        if cost < NEVER {
            let cost = self.state.cost + cost;
            moves.add(Move { parent: self.parent, column, step, resumed, cost, glued: None });
        }
    }

    /// The token goes on in the row: in its cell, a later one, or after a page break an earlier one.
    fn go_on(&self, current: usize, moves: &mut Moves) {
        let Self { evidence, nodes, state, index, .. } = *self;
        self.offer(
            moves,
            current,
            Step::Continue,
            state.resumed,
            continue_cost(evidence, nodes, state, index, current),
        );
        let close = close_cell_cost(evidence, state, current);
        let mut skipped = 0;
        for column in current + 1..evidence.columns.len() {
            if moves.is_beyond(state.cost + close + skipped) {
                break;
            }
            let open = state.cells[column].is_open();
            if let Some(cost) = onward_cost(evidence, nodes, state, index, column, skipped) {
                let step = if open { Step::Continue } else { Step::Open };
                self.offer(moves, column, step, state.resumed, close + cost);
            }
            skipped += if open { 0 } else { blank_cost(evidence, state, column) };
        }
        if moves.is_beyond(state.cost + close + LEAST_RESUMED) {
            return;
        }
        for column in 0..=current {
            if let Some((step, cost)) = resume_cost(evidence, nodes, state, index, column) {
                self.offer(moves, column, step, true, close + cost);
            }
        }
    }

    /// The token begins a row, where to leave the one before costs `close`.
    fn begin_row(&self, close: i32, moves: &mut Moves) {
        for column in self.evidence.row_openers() {
            let cost = close + opening_cost(self.evidence, self.state, self.index, column, true);
            self.offer(moves, column, Step::Row, false, cost);
        }
    }

    /// The token is the first lines of several cells of a row.
    fn begin_cut_row(&self, close: i32, cuts: &[Cut], moves: &mut Moves) {
        for cut in cuts {
            if let Some(row) = glue::row(self.evidence, self.state, self.index, cut, close).map(Box::new) {
                let (column, cost) = (cut.column, row.state.cost);
                let step = Step::Row;
                moves.add(Move { parent: self.parent, column, step, resumed: false, cost, glued: Some(row) });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(cost: i32) -> Move {
        Move { parent: 0, column: 0, step: Step::Open, resumed: false, cost, glued: None }
    }

    #[test]
    fn decisions_far_behind_the_best_are_dropped_whenever_it_comes() {
        let mut moves = Moves::new(40);
        assert!(!moves.is_beyond(i32::MAX));
        [100, 90, 131, 50, 91].into_iter().for_each(|cost| moves.add(decision(cost)));
        // What the token looks like may still make up for some of it.
        assert!(!moves.is_beyond(90 + MOST_GAINED) && moves.is_beyond(91 + MOST_GAINED));
        assert_eq!(moves.sorted().map(|decision| decision.cost).collect::<Vec<_>>(), [50, 90]);
        moves.add(decision(900));
        assert_eq!(moves.sorted().count(), 1);
    }
}
