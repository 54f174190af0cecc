//! The cheapest way to cut a body into cells and to give the cells their columns: a beam over the atoms.
//!
//! Cells come in the order of the columns, row by row. A cell is one atom or several; what it costs follows from what
//! its text looks like in its column, from the cells that a row lacks, and from the form's own arithmetic. Where two
//! readings cost nearly the same, the cells that differ are remembered as doubtful.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Scope, find};

use super::atoms::{AGAINST, Atom, spells_level};
use super::cost::{self, Segment};
use super::facts::{Facts, Future};
use super::ink::Ink;
use crate::dialect::columns::Kind;

/// Readings kept after each atom.
const BEAM: usize = 40;

/// Most atoms of a cell that is no running text.
const MOST_JOINED: usize = 24;

/// A rival that costs at most this much more is near.
const NEAR: u32 = 3;

/// Rivals remembered of one cell.
const MOST_RIVALS: usize = 4;

/// A reading this much worse than the best is dropped.
const SPREAD: u32 = 45;

/// The columns of a body and what its figures must add up to.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    pub(super) columns: &'a [Kind],
    /// The text marks blank cells.
    pub(super) kept: bool,
    /// What the weights and the scores must add up to.
    pub(super) sums: cost::Sums,
    /// Names of level 1 are printed without 指标, so that 产出 beside 数量 is one.
    pub(super) stems: bool,
}

/// A cell of the best reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its atoms.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) column: usize,
    pub(super) new_row: bool,
    /// A near rival cuts or places the cell otherwise.
    pub(super) doubtful: bool,
}

#[derive(Debug, Clone)]
struct State {
    cost: u32,
    facts: Facts,
    /// The cell taken last, and the cells before it.
    spot: Option<Spot>,
    before: Option<usize>,
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
        nodes: Vec::new(),
        open: vec![Vec::new(); atoms.len() + 1],
        least: vec![u32::MAX; atoms.len() + 1],
    };
    if let Some(first) = search.open.first_mut() {
        first.push(State { cost: GROUND, facts: Facts::default(), spot: None, before: None });
    }
    for at in 0..atoms.len() {
        search.step(at);
    }
    search.finish()
}

struct Search<'a> {
    ink: &'a Ink<'a>,
    atoms: &'a [Atom],
    table: &'a Table<'a>,
    nodes: Vec<Node>,
    /// Readings by the number of atoms they have read.
    open: Vec<Vec<State>>,
    /// The least cost among them.
    least: Vec<u32>,
}

impl Search<'_> {
    fn step(&mut self, at: usize) {
        let states = self.best(at);
        if states.is_empty() {
            return;
        }
        for segment in self.segments(at) {
            for state in &states {
                self.take(state, at, &segment);
            }
        }
    }

    /// The best readings of the first `at` atoms, one for each future.
    fn best(&mut self, at: usize) -> Vec<State> {
        let mut states = self.open.get_mut(at).map(std::mem::take).unwrap_or_default();
        states.sort_by_key(|state| state.cost);
        let limit = states.first().map_or(0, |state| state.cost.saturating_add(SPREAD));
        let mut places: HashMap<Key, usize> = HashMap::new();
        let mut kept: Vec<State> = Vec::new();
        for mut state in states {
            if state.cost > limit || kept.len() == BEAM {
                break;
            }
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
            let segment = Segment::new(self.ink, range, to, cost, self.table.columns);
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

    /// Every way to go on from `state` with the cell `segment`.
    fn take(&mut self, state: &State, at: usize, segment: &Segment) {
        let Some(atom) = self.atoms.get(at) else { return };
        let closed = self.close_row(state) + atom.row;
        for (column, own) in &segment.columns {
            let base = own.saturating_add(segment.joined).saturating_add(atom.cut);
            let fresh = closed.saturating_add(self.skipped(0, *column));
            self.push(state, at, segment, *column, true, base.saturating_add(fresh));
            if let Some(last) = state.column().filter(|last| last < column) {
                let next_line = if self.is_level(last) { 0 } else { atom.along };
                let along = next_line + self.skipped(last + 1, *column) + self.level2_missing(last, *column);
                self.push(state, at, segment, *column, false, base.saturating_add(along));
            }
        }
    }

    fn push(&mut self, state: &State, at: usize, segment: &Segment, column: usize, new_row: bool, price: u32) {
        let Some(kind) = self.table.columns.get(column) else { return };
        let least = self.least.get(segment.to).copied().unwrap_or(u32::MAX);
        if state.cost.saturating_add(price) > least.saturating_add(SPREAD) {
            return;
        }
        let mut facts = if new_row { state.facts.next_row() } else { state.facts.clone() };
        let arithmetic = facts.take(*kind, segment, self.table.sums);
        let spent = i64::from(state.cost) + i64::from(price) + arithmetic;
        let cost = u32::try_from(spent.max(0)).unwrap_or(u32::MAX);
        let spot = Spot { from: at, to: segment.to, column, new_row, doubtful: false };
        if let (Some(open), Some(least)) = (self.open.get_mut(segment.to), self.least.get_mut(segment.to)) {
            *least = cost.min(*least);
            open.push(State { cost, facts, spot: Some(spot), before: state.before });
        }
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
        let skipped = self.table.columns.get(from..to).unwrap_or_default();
        skipped.iter().map(|kind| cost::skip(*kind, self.table.kept)).sum()
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
        if let Some(open) = self.open.last().cloned() {
            let closed = open.into_iter().map(|mut state| {
                state.cost = state.cost + self.close_row(&state) + state.facts.close(self.table.sums);
                state
            });
            let closed = closed.collect();
            self.open[last] = closed;
        }
        let ends = self.best(last);
        let Some(best) = ends.first() else { return Vec::new() };
        let mut spots = self.trace(best.before);
        if let Some(rival) = ends.get(1).filter(|rival| rival.cost - best.cost <= NEAR) {
            doubt(&mut spots, &self.trace(rival.before), self.table.columns);
        }
        self.doubt_rivals(best.before, &mut spots);
        spots
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

/// Marks the cells that the rival has not got.
fn doubt(spots: &mut [Spot], rival: &[Spot], columns: &[Kind]) {
    let known: HashSet<Place> = places(rival, columns).into_iter().collect();
    let own = places(spots, columns);
    for (spot, own) in spots.iter_mut().zip(own) {
        spot.doubtful |= !known.contains(&own);
    }
}

/// The atoms and the column of a cell.
type Place = (usize, usize, usize);

/// The place of each cell; those of one target printed over several columns are one.
fn places(spots: &[Spot], columns: &[Kind]) -> Vec<Place> {
    let target = |spot: &Spot| {
        let kind = columns.get(spot.column);
        matches!(kind, Some(Kind::Nature | Kind::Unit | Kind::Indicator(IndicatorField::Target)))
    };
    let groups = spots.chunk_by(|left, right| !right.new_row && target(left) && target(right));
    groups
        .flat_map(|group| {
            let (from, to) = (group.first().map_or(0, |spot| spot.from), group.last().map_or(0, |spot| spot.to));
            let column = if group.first().is_some_and(target) {
                columns.len()
            } else {
                group.first().map_or(0, |spot| spot.column)
            };
            std::iter::repeat_n((from, to, column), group.len())
        })
        .collect()
}
