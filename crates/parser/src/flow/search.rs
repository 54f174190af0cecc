//! The cheapest way to cut a body into cells and to give the cells their columns: a beam over the atoms.
//!
//! Cells come in the order of the columns, row by row. A cell is one atom or several; what it costs follows from what
//! its text looks like in its column, from the cells that a row lacks, and from the form's own arithmetic. Where two
//! readings cost nearly the same, the cells that differ are remembered as doubtful.

use std::collections::hash_map::Entry;
use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Scope, find};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::atoms::{AGAINST, Atom, spells_level};
use super::cost::{self, Segment, Table};
use super::facts::{Facts, Future};
use super::ink::Ink;
use super::spots::{Spot, doubt};
use crate::dialect::columns::Kind;

/// Readings kept after each atom.
const BEAM: usize = 80;

/// Most atoms of a cell that is no running text.
const MOST_JOINED: usize = 24;

/// A rival that costs at most this much more is near.
const NEAR: u32 = 3;

/// Rivals remembered of one cell.
const MOST_RIVALS: usize = 4;

/// A reading this much worse than the best is dropped.
const SPREAD: u32 = 24;

#[derive(Debug, Clone, Default)]
struct State {
    cost: u32,
    facts: Facts,
    /// The cell taken last, and the cells before it.
    spot: Option<Spot>,
    before: Option<usize>,
}

/// A reading that goes on with one more cell, before it is known whether it is kept: most are not.
#[derive(Debug, Clone)]
struct Candidate {
    cost: u32,
    /// The number of atoms that the reading has read before, and its place and that of the cell among those of there.
    at: usize,
    state: usize,
    segment: usize,
    column: usize,
    new_row: bool,
}

/// The readings kept after some atoms, and the cells that can follow.
#[derive(Debug, Default)]
struct Stage {
    states: Vec<State>,
    segments: Vec<Segment>,
}

impl State {
    fn column(&self) -> Option<usize> {
        self.spot.as_ref().map(|spot| spot.column)
    }
}

/// A cell taken, and the reading that lost to it.
#[derive(Debug, Clone)]
struct Node {
    before: Option<usize>,
    spot: Spot,
    /// The readings that lost to it by little.
    rivals: Vec<usize>,
}

/// Costs begin here, so that what a reading is worth can be taken off.
const GROUND: u32 = 1 << 20;

type Key = (Option<usize>, Future);

/// The cells of the best reading of `atoms`.
pub(super) fn search(ink: &Ink, atoms: &[Atom], table: &Table) -> Vec<Spot> {
    let mut search = Search {
        ink,
        atoms,
        table,
        skips: sums_of_skips(table),
        values: values(table),
        nodes: Vec::new(),
        stages: Vec::with_capacity(atoms.len()),
        open: vec![Vec::new(); atoms.len() + 1],
        least: vec![u32::MAX; atoms.len() + 1],
    };
    for at in 0..atoms.len() {
        search.step(at);
    }
    search.finish()
}

/// For each column, and behind the last, what it costs that a row lacks all columns before it.
fn sums_of_skips(table: &Table) -> Vec<u32> {
    let mut sum = 0;
    let sums = table.columns.iter().map(|kind| {
        sum += cost::skip(*kind, table.kept);
        sum
    });
    [0].into_iter().chain(sums).collect()
}

fn values(table: &Table) -> Option<Range<usize>> {
    let column = |field| table.columns.iter().position(|kind| *kind == Kind::Indicator(field));
    let (target, actual) = (column(IndicatorField::Target)?, column(IndicatorField::Actual)?);
    table.glued.then(|| target.min(actual)..target.max(actual) + 1)
}

/// The places of the candidates that cost little more than the best, the cheapest first and equals in their order.
fn cheapest_first(candidates: &[Candidate]) -> impl Iterator<Item = usize> + use<> {
    let limit = candidates.iter().map(|candidate| candidate.cost).min().map_or(0, |cost| cost.saturating_add(SPREAD));
    let near = candidates.iter().enumerate().filter(|(_, candidate)| candidate.cost <= limit);
    let mut places: Vec<(u32, usize)> = near.map(|(place, candidate)| (candidate.cost, place)).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place)
}

struct Search<'a> {
    ink: &'a Ink<'a>,
    atoms: &'a [Atom],
    table: &'a Table<'a>,
    /// What it costs to skip the columns in front of each column.
    skips: Vec<u32>,
    /// The columns from the target to the actual, where nothing parts the cells.
    values: Option<Range<usize>>,
    nodes: Vec<Node>,
    /// What was kept, by the number of atoms read; what no cell reaches back to is dropped.
    stages: Vec<Stage>,
    /// Readings by the number of atoms they have read.
    open: Vec<Vec<Candidate>>,
    /// The least cost among them.
    least: Vec<u32>,
}

impl Search<'_> {
    fn step(&mut self, at: usize) {
        let states = self.best(at);
        let segments = if states.is_empty() { Vec::new() } else { self.segments(at) };
        let closed: Vec<u32> = states.iter().map(|state| self.close_row(state)).collect();
        for (number, segment) in segments.iter().enumerate() {
            for (place, (state, closed)) in states.iter().zip(&closed).enumerate() {
                let next = Candidate { cost: 0, at, state: place, segment: number, column: 0, new_row: false };
                self.take(state, *closed, segment, &next);
            }
        }
        self.stages.push(Stage { states, segments });
        if let Some(passed) = at.checked_sub(MOST_JOINED).and_then(|passed| self.stages.get_mut(passed)) {
            *passed = Stage::default();
        }
    }

    /// The best readings of the first `at` atoms, one for each future.
    fn best(&mut self, at: usize) -> Vec<State> {
        if at == 0 {
            return vec![State { cost: GROUND, ..State::default() }];
        }
        let candidates = self.open.get_mut(at).map(std::mem::take).unwrap_or_default();
        let mut places: FxHashMap<Key, usize> = FxHashMap::with_capacity_and_hasher(BEAM, FxBuildHasher);
        let mut kept: Vec<State> = Vec::with_capacity(BEAM.min(candidates.len()));
        for place in cheapest_first(&candidates) {
            if kept.len() == BEAM {
                break;
            }
            let Some(mut state) = candidates.get(place).and_then(|candidate| self.state(candidate)) else { continue };
            match places.entry((state.column(), state.facts.future())) {
                Entry::Occupied(better) => self.note_rival(kept.get(*better.get()), state),
                Entry::Vacant(place) => {
                    place.insert(kept.len());
                    state.before = self.enter(&state);
                    kept.push(state);
                }
            }
        }
        kept
    }

    /// The reading that `candidate` stands for.
    fn state(&self, candidate: &Candidate) -> Option<State> {
        let Candidate { cost, at, column, new_row, .. } = *candidate;
        let stage = self.stages.get(at)?;
        let (state, segment) = (stage.states.get(candidate.state)?, stage.segments.get(candidate.segment)?);
        let mut facts = state.facts.next(new_row);
        facts.take(*self.table.columns.get(column)?, segment, self.table.sums);
        let spot = Spot { from: at, to: segment.to, column, new_row, doubtful: false };
        Some(State { cost, facts, spot: Some(spot), before: state.before })
    }

    /// Keeps the last cell of `state` for good: its number.
    fn enter(&mut self, state: &State) -> Option<usize> {
        let spot = state.spot.clone()?;
        self.nodes.push(Node { before: state.before, spot, rivals: Vec::new() });
        Some(self.nodes.len() - 1)
    }

    fn note_rival(&mut self, better: Option<&State>, worse: State) {
        let Some(better) = better.filter(|better| worse.cost - better.cost <= NEAR) else { return };
        let Some(own) =
            better.before.filter(|own| self.nodes.get(*own).is_some_and(|node| node.rivals.len() < MOST_RIVALS))
        else {
            return;
        };
        let rival = self.enter(&worse);
        if let Some(node) = self.nodes.get_mut(own) {
            node.rivals.extend(rival);
        }
    }

    /// The cells that can begin with the atom `at`.
    fn segments(&self, at: usize) -> Vec<Segment> {
        let mut segments = Vec::new();
        let mut joined = 0_u32;
        for to in at + 1..=self.atoms.len().min(at + MOST_JOINED) {
            let Some(last) = self.atoms.get(to - 1) else { break };
            let Some(first) = self.atoms.get(at) else { break };
            if to > at + 1 {
                if last.range.is_empty() || first.range.is_empty() {
                    break;
                }
                joined = joined.saturating_add(last.join);
            }
            let range = first.range.start..last.range.end;
            let one_name = spells_level(self.ink, range.clone()) && !(self.table.stems && self.is_two_levels(at, to));
            let cost = if one_name { 0 } else { joined };
            if cost >= 2 * AGAINST {
                break;
            }
            let segment = Segment::new(self.ink, range, to, cost, self.table);
            if !segment.columns.is_empty() {
                segments.push(segment);
            }
        }
        segments
    }

    /// The atoms `at..to` spell a name of level 1 and, behind it, one of level 2.
    fn is_two_levels(&self, at: usize, to: usize) -> bool {
        let plain = |from: usize, to: usize| {
            let ends = self.atoms.get(from).zip(to.checked_sub(1).and_then(|last| self.atoms.get(last)));
            ends.map(|(first, last)| self.ink.plain(first.range.start..last.range.end)).unwrap_or_default()
        };
        let is = |scope, from, to| find(scope, &plain(from, to)).is_some();
        (at + 1..to).any(|cut| is(Scope::Level1, at, cut) && is(Scope::Level2, cut, to))
    }

    /// Every way to go on from `state`, whose row costs `closed` to end, with the cell `segment`: readings like `next`.
    fn take(&mut self, state: &State, closed: u32, segment: &Segment, next: &Candidate) {
        let Some(atom) = self.atoms.get(next.at) else { return };
        let closed = closed + atom.row;
        for (column, own) in &segment.columns {
            let base = own.saturating_add(segment.joined).saturating_add(atom.cut);
            let fresh = base.saturating_add(closed.saturating_add(self.skipped(0, *column)));
            self.push(state, segment, fresh, Candidate { column: *column, new_row: true, ..*next });
            if let Some(last) = state.column().filter(|last| last < column) {
                let next_line = if self.is_level(last) { 0 } else { atom.along };
                let along = next_line + self.skipped(last + 1, *column) + self.level2_missing(last, *column);
                let along = base.saturating_add(along);
                self.push(state, segment, along, Candidate { column: *column, new_row: false, ..*next });
            }
        }
    }

    /// Opens the reading `next` of `state` and `segment`, unless its `price` is too high.
    fn push(&mut self, state: &State, segment: &Segment, price: u32, next: Candidate) {
        let Some(kind) = self.table.columns.get(next.column) else { return };
        let (Some(open), Some(least)) = (self.open.get_mut(segment.to), self.least.get_mut(segment.to)) else { return };
        if state.cost.saturating_add(price) > least.saturating_add(SPREAD) {
            return;
        }
        let arithmetic = state.facts.next(next.new_row).take(*kind, segment, self.table.sums);
        let spent = i64::from(state.cost) + i64::from(price) + arithmetic;
        let cost = u32::try_from(spent.max(0)).unwrap_or(u32::MAX);
        *least = cost.min(*least);
        open.push(Candidate { cost, ..next });
    }

    /// What the rest of the row costs that the reading is in.
    fn close_row(&self, state: &State) -> u32 {
        let Some(last) = state.column() else { return 0 };
        match self.table.columns.get(last) {
            Some(Kind::Side) => 0,
            Some(Kind::Indicator(IndicatorField::Level1 | IndicatorField::Level2)) => cost::EMPTY_LEVEL,
            _ if state.facts.placeholder => 0,
            _ => self.skipped(last + 1, self.table.columns.len()),
        }
    }

    fn skipped(&self, from: usize, to: usize) -> u32 {
        let sum = |at: usize| self.skips.get(at).copied().unwrap_or_default();
        let merged = self.values.as_ref().is_some_and(|values| from <= values.start && values.end <= to);
        sum(to).saturating_sub(sum(from)).saturating_sub(if merged { cost::MERGED_LESS } else { 0 })
    }

    /// Levels' names are broken over lines, and what stands beside them follows on the next.
    fn is_level(&self, column: usize) -> bool {
        let kind = self.table.columns.get(column);
        matches!(kind, Some(Kind::Side | Kind::Indicator(IndicatorField::Level1 | IndicatorField::Level2)))
    }

    fn level2_missing(&self, from: usize, to: usize) -> u32 {
        let level = |at: usize, field| self.table.columns.get(at) == Some(&Kind::Indicator(field));
        let missing = level(from, IndicatorField::Level1) && !level(to, IndicatorField::Level2);
        if missing { cost::LEVEL2_MISSING } else { 0 }
    }

    /// The best reading of all atoms, with the cells in doubt.
    fn finish(mut self) -> Vec<Spot> {
        let last = self.atoms.len();
        let mut open = self.open.pop().unwrap_or_default();
        for candidate in &mut open {
            let closing = self.state(candidate).map_or(0, |state| self.closing(&state));
            candidate.cost += closing;
        }
        self.open.push(open);
        let ends = self.best(last);
        let Some(best) = ends.first() else { return Vec::new() };
        let mut spots = self.trace(best.before);
        if let Some(rival) = ends.get(1).filter(|rival| rival.cost - best.cost <= NEAR) {
            doubt(&mut spots, &self.trace(rival.before), self.table.columns);
        }
        self.doubt_rivals(best.before, &mut spots);
        spots
    }

    /// What it costs to end with `state`.
    fn closing(&self, state: &State) -> u32 {
        self.close_row(state) + state.facts.close(self.table.sums)
    }

    /// Doubts what the rivals of the cells from `node` back have not got.
    fn doubt_rivals(&self, mut node: Option<usize>, spots: &mut [Spot]) {
        while let Some(own) = node.and_then(|node| self.nodes.get(node)) {
            let end = spots.partition_point(|spot| spot.to <= own.spot.to);
            for rival in &own.rivals {
                doubt(spots.get_mut(..end).unwrap_or_default(), &self.trace(Some(*rival)), self.table.columns);
            }
            node = own.before;
        }
    }

    fn trace(&self, mut node: Option<usize>) -> Vec<Spot> {
        let mut spots = Vec::new();
        while let Some(own) = node.and_then(|node| self.nodes.get(node)) {
            spots.push(own.spot.clone());
            node = own.before;
        }
        spots.reverse();
        spots
    }
}
