//! Tokens that hold the first lines of several cells: where full lines of neighbouring cells stand on one baseline,
//! no blank is left between them, and an extractor writes them as one run.

use super::Evidence;
use super::column::SINGLE;
use super::look::Look;
use super::search::{Candidate, take_part};
use super::state::{State, Step};
use crate::stream::doc::Token;
use crate::stream::wrap;

/// The cost of each border that no blank shows.
const CUT_COST: i32 = 6;

/// A token cut at the widths of the columns from `column` on: its parts, at least two.
pub(super) struct Cut {
    pub(super) column: usize,
    parts: Vec<Token>,
}

/// Every way to cut the token `index` as the beginning of a row.
pub(super) fn cuts(evidence: &Evidence, index: usize) -> Vec<Cut> {
    let Some(token) = evidence.tokens.get(index) else { return Vec::new() };
    let cut = |column| Some(Cut { column, parts: parts(evidence, token, column)? });
    evidence.row_openers().filter_map(cut).collect()
}

/// The row that begins with the token `index`, which is `cut`.
pub(super) fn row(evidence: &Evidence, state: &State, index: usize, cut: &Cut, cost: i32) -> Option<Candidate> {
    let Cut { column, parts } = cut;
    let mut next: Option<Candidate> = None;
    for (offset, part) in parts.iter().enumerate() {
        let step = if offset == 0 { Step::Row } else { Step::Open };
        let before = next.as_ref().map_or(state, |candidate| &candidate.state);
        let border = if offset == 0 { cost } else { CUT_COST + part_cost(part) };
        let mut taken = take_part(evidence, before, index, part, column + offset, step, border);
        if let Some(done) = next {
            taken.glued = done.glued;
            taken.glued.push(done.node);
        }
        next = Some(taken);
    }
    next
}

/// A full line of the cell before hangs over with its last character oftener than a cell begins with it alone.
fn part_cost(part: &Token) -> i32 {
    let look = Look::of(part);
    if look.single || look.tail { SINGLE } else { 0 }
}

/// The token's parts, at least two, each but the last as wide as its column.
fn parts(evidence: &Evidence, token: &Token, column: usize) -> Option<Vec<Token>> {
    let mut parts = Vec::new();
    let mut start = token.piece.start;
    for at in column..evidence.columns.len() {
        let kind = evidence.columns[at];
        if kind.is_points() || kind.level_scope().is_some() {
            return None;
        }
        let full = evidence.widths[at]?;
        let rest = evidence.doc.part(token, start, token.piece.end);
        if rest.width - wrap::doubt(&rest) <= full {
            parts.push(rest);
            return (parts.len() > 1).then_some(parts);
        }
        let end = fitting(evidence, start, token.piece.end, full)?;
        parts.push(evidence.doc.part(token, start, end));
        start = end;
    }
    None
}

/// One past the last character that fits into `full`, where the line is then full.
fn fitting(evidence: &Evidence, start: usize, end: usize, full: i32) -> Option<usize> {
    let width = |to: usize| evidence.doc.text.width(start, to, evidence.doc.metric);
    let fit = (start + 1..end).take_while(|to| width(*to) <= full).last()?;
    (width(fit) + 1 >= full).then_some(fit)
}
