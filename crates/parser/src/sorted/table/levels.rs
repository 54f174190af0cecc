//! Names of levels, centred on the rows they are merged over.

use std::ops::Range;

use jixiao_core::vocab::{Scope, level_name, official_level1_stem};

use super::Word;
use crate::stream::rows::column::{LevelMatch, level_match};

/// Height of a line.
pub(super) const LINE: i64 = 100;

/// The most rows that one name is merged over.
const MOST_ROWS: usize = 64;

/// The most readings of the pieces that are followed.
const MOST_READINGS: usize = 24;

/// A name this ill placed is doubtful.
const DOUBTFUL: i64 = 40;

const IMPOSSIBLE: i64 = 1 << 40;
const OTHER_LEVEL: i64 = 400;
const FARTHEST: i64 = 600;
const AT_TOP: i64 = 60;
const FAR_PIECE: i32 = 20;
const BROKEN_NAME: i32 = 24;
const UNKNOWN_NAME: i32 = 14;

/// A word of the columns of levels, and how high it stands in hundredths of a line.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) word: &'a Word,
    pub(super) y: i64,
}

/// A name and its pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Name<'a> {
    pub(super) spelled: String,
    pub(super) pieces: Vec<Piece<'a>>,
}

impl Name<'_> {
    fn centre(&self) -> i64 {
        let (first, last) = (self.pieces.first(), self.pieces.last());
        first.zip(last).map_or(0, |(first, last)| i64::midpoint(first.y, last.y))
    }
}

/// The names of both levels.
#[derive(Debug, Clone, Default)]
struct Reading<'a> {
    cost: i32,
    names: [Vec<Name<'a>>; 2],
}

const SCOPES: [Scope; 2] = [Scope::Level1, Scope::Level2];

/// The pieces of each line, from top to bottom, read as names of level 1 and level 2.
pub(super) fn names<'a>(lines: &[Vec<Piece<'a>>], levels: [bool; 2]) -> [Vec<Name<'a>>; 2] {
    let mut readings = vec![Reading::default()];
    for line in lines {
        let mut next: Vec<Reading> = readings.iter().flat_map(|reading| dealt(reading, line, levels)).collect();
        next.sort_by_key(|reading| reading.cost);
        next.truncate(MOST_READINGS);
        readings = next;
    }
    let ended = readings.into_iter().map(|reading| {
        let open: i32 = (0..2).map(|level| close_cost(&reading, level)).sum();
        (reading.cost + open, reading)
    });
    ended.min_by_key(|(cost, _)| *cost).map(|(_, reading)| reading.names).unwrap_or_default()
}

/// Every way to deal the pieces of one line to the levels: those of level 1 stand left.
fn dealt<'a>(reading: &Reading<'a>, line: &[Piece<'a>], levels: [bool; 2]) -> Vec<Reading<'a>> {
    let mut readings = vec![reading.clone()];
    let cuts = (0..=line.len()).filter(|cut| (levels[0] || *cut == 0) && (levels[1] || *cut == line.len()));
    let each = |cut: usize, readings: &[Reading<'a>]| -> Vec<Reading<'a>> {
        let mut dealt = readings.to_vec();
        for (index, piece) in line.iter().enumerate() {
            let level = usize::from(index >= cut);
            let joined = index > 0 && usize::from(index > cut) == level && index != cut;
            dealt = dealt.iter().flat_map(|reading| add(reading, piece, level, joined)).collect();
        }
        dealt
    };
    readings = cuts.flat_map(|cut| each(cut, &readings)).collect();
    readings
}

/// `piece` as going on in the last name of `level`, and as beginning the next one.
fn add<'a>(reading: &Reading<'a>, piece: &Piece<'a>, level: usize, same_line: bool) -> Vec<Reading<'a>> {
    let scope = SCOPES[level];
    let mut next = Vec::new();
    if let Some(last) = reading.names[level].last() {
        let spelled = last.spelled.clone() + &piece.word.token.plain;
        let gap = last.pieces.last().map_or(0, |last| piece.y - last.y);
        let far = if (LINE / 2..=LINE * 3 / 2).contains(&gap) || same_line { 0 } else { FAR_PIECE };
        let mut joined = reading.clone();
        joined.cost += far + name_cost(scope, &spelled) - name_cost(scope, &last.spelled).min(UNKNOWN_NAME);
        if let Some(last) = joined.names[level].last_mut() {
            last.spelled = spelled;
            last.pieces.push(piece.clone());
        }
        next.push(joined);
    }
    let mut opened = reading.clone();
    opened.cost += close_cost(reading, level) + name_cost(scope, &piece.word.token.plain);
    opened.names[level].push(Name { spelled: piece.word.token.plain.clone(), pieces: vec![piece.clone()] });
    next.push(opened);
    next
}

/// How unlike a name, or the beginning of one, `spelled` is.
fn name_cost(scope: Scope, spelled: &str) -> i32 {
    match level_match(scope, spelled) {
        LevelMatch::Whole | LevelMatch::Beginning => 0,
        LevelMatch::Alike => 4,
        LevelMatch::None if scope == Scope::Level1 => 3 * UNKNOWN_NAME,
        LevelMatch::None => UNKNOWN_NAME,
    }
}

/// The cost of the last name of `level` being whole as it stands.
fn close_cost(reading: &Reading, level: usize) -> i32 {
    let Some(last) = reading.names[level].last() else { return 0 };
    match level_match(SCOPES[level], &last.spelled) {
        LevelMatch::Beginning => BROKEN_NAME,
        _ => 0,
    }
}

/// Consecutive units under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) units: Range<usize>,
    /// The name stands far from the centre of its units.
    pub(super) doubtful: bool,
}

/// Deals `units` (upper and lower edges) out to `names` in order: each name stands in the middle of its units.
/// `misplaced` counts what speaks against units being under a name. With the cost.
pub(super) fn groups(
    names: &[Name],
    units: &[(i64, i64)],
    misplaced: impl Fn(usize, Range<usize>) -> usize,
) -> (i64, Vec<Group>) {
    let cost = |name: usize, from: usize, to: usize| -> i64 {
        let edges = units.get(from).zip(units.get(to - 1));
        let Some(((top, _), (_, bottom))) = edges else { return IMPOSSIBLE };
        let Some(name_at) = names.get(name) else { return IMPOSSIBLE };
        let off = |distance: i64| (distance * distance / LINE).min(FARTHEST);
        let centred = off(i64::midpoint(*top, *bottom) - name_at.centre());
        // Where a page broke, the name may stand at the top.
        let first = name_at.pieces.first().map_or(0, |piece| piece.y);
        let at_top = off(first - top - LINE / 2) + AT_TOP;
        let wrong = misplaced(name, from..to);
        centred.min(at_top) + OTHER_LEVEL * i64::try_from(wrong).unwrap_or(0)
    };
    let mut best: Vec<Vec<(i64, usize)>> =
        vec![(0..=units.len()).map(|to| (if to == 0 { 0 } else { IMPOSSIBLE }, 0)).collect()];
    for name in 0..names.len() {
        let before = best.last().cloned().unwrap_or_default();
        let ends = (0..=units.len()).map(|to| {
            let from = to.saturating_sub(MOST_ROWS)..to;
            from.map(|from| (before.get(from).map_or(IMPOSSIBLE, |(cost, _)| *cost) + cost(name, from, to), from))
                .min()
                .unwrap_or((IMPOSSIBLE, 0))
        });
        let row = ends.collect();
        best.push(row);
    }
    let total = best.last().and_then(|row| row.last()).map_or(IMPOSSIBLE, |(cost, _)| *cost);
    if total >= IMPOSSIBLE {
        return (total, Vec::new());
    }
    let mut groups = Vec::new();
    let mut to = units.len();
    for name in (0..names.len()).rev() {
        let from = best.get(name + 1).and_then(|row| row.get(to)).map_or(0, |(_, from)| *from);
        groups.push(Group { units: from..to, doubtful: cost(name, from, to.max(from + 1)) > DOUBTFUL });
        to = from;
    }
    groups.reverse();
    (total, groups)
}

/// A level-2 name that belongs under another level-1 name in every official table.
pub(super) fn is_elsewhere(level1: &Name, level2: &Name) -> bool {
    let stem = official_level1_stem(&level_name(&level2.spelled));
    stem.is_some_and(|stem| !level1.spelled.contains(stem))
}
