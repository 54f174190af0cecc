//! Names of levels: which pieces spell one, and at which heights they stand. All heights are in hundredths of a line.

use jixiao_core::vocab::{Scope, find, level_name, official_level1_stem};

use super::words::Word;
use crate::stream::rows::column::{LevelMatch, level_match};

/// Height of a line.
pub(super) const LINE: i64 = 100;

/// How far the height of a word may be off.
pub(super) const TOLERANCE: i64 = 25;

/// The most readings of the pieces that are followed, and that are held against the rows.
const MOST_READINGS: usize = 40;
const MOST_TRIED: usize = 10;

const FAR_PIECE: i64 = 20;
const BROKEN_NAME: i32 = 24;
const UNKNOWN_NAME: i32 = 14;
const SAME_AGAIN: i32 = 12;
const PRINTED_AGAIN: i32 = 1;

/// A word of the columns of levels, and between which heights it stands.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) word: &'a Word,
    pub(super) low: i64,
    pub(super) high: i64,
    /// The line of the table that it stands on.
    pub(super) line: usize,
}

/// A name and its pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Name<'a> {
    pub(super) spelled: String,
    pub(super) pieces: Vec<Piece<'a>>,
}

impl Name<'_> {
    /// How far the name is from standing with its middle at the height `middle`.
    pub(super) fn off(&self, middle: i64) -> i64 {
        let mut lines: Vec<&Piece> = self.pieces.iter().collect();
        lines.dedup_by_key(|piece| piece.line);
        let count = i64::try_from(lines.len()).unwrap_or(1).max(1);
        let first = middle - (count - 1) * LINE / 2;
        let off = lines.iter().zip(0..).map(|(piece, index)| {
            let y = first + index * LINE;
            (piece.low - y).max(y - piece.high).max(0)
        });
        off.max().unwrap_or(0)
    }

    /// The height of its lines.
    pub(super) fn height(&self) -> i64 {
        let mut lines: Vec<usize> = self.pieces.iter().map(|piece| piece.line).collect();
        lines.dedup();
        i64::try_from(lines.len()).unwrap_or(1) * LINE
    }
}

/// The names of both levels.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading<'a> {
    pub(super) cost: i32,
    pub(super) names: [Vec<Name<'a>>; 2],
}

const SCOPES: [Scope; 2] = [Scope::Level1, Scope::Level2];

/// The pieces of each line, from top to bottom, read as names of level 1 and level 2: the likeliest readings.
pub(super) fn readings<'a>(lines: &[Vec<Piece<'a>>], levels: [bool; 2]) -> Vec<Reading<'a>> {
    let mut readings = vec![Reading::default()];
    for line in lines {
        let mut next: Vec<Reading> = readings.iter().flat_map(|reading| dealt(reading, line, levels)).collect();
        next.sort_by_key(|reading| reading.cost);
        next.truncate(MOST_READINGS);
        readings = next;
    }
    for reading in &mut readings {
        reading.cost += (0..2).map(|level| close_cost(reading, level)).sum::<i32>();
    }
    readings.sort_by_key(|reading| reading.cost);
    readings.truncate(MOST_TRIED);
    readings
}

/// Every way to deal the pieces of one line to the levels: those of level 1 stand left.
fn dealt<'a>(reading: &Reading<'a>, line: &[Piece<'a>], levels: [bool; 2]) -> Vec<Reading<'a>> {
    let cuts = (0..=line.len()).filter(|cut| (levels[0] || *cut == 0) && (levels[1] || *cut == line.len()));
    let each = |cut: usize| -> Vec<Reading<'a>> {
        let mut dealt = vec![reading.clone()];
        for (index, piece) in line.iter().enumerate() {
            let level = usize::from(index >= cut);
            let joined = index > 0 && index != cut;
            dealt = dealt.iter().flat_map(|reading| add(reading, piece, level, joined)).collect();
        }
        dealt
    };
    cuts.flat_map(each).collect()
}

/// `piece` as going on in the last name of `level`, and as beginning the next one.
fn add<'a>(reading: &Reading<'a>, piece: &Piece<'a>, level: usize, same_line: bool) -> Vec<Reading<'a>> {
    let scope = SCOPES[level];
    let mut next = Vec::new();
    if let Some(last) = reading.names[level].last() {
        let spelled = last.spelled.clone() + &piece.word.token.plain;
        let far = if same_line { 0 } else { last.pieces.last().map_or(0, |last| far_cost(last, piece)) };
        let mut joined = reading.clone();
        joined.cost += far + added_cost(scope, &spelled, &last.spelled);
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

/// The cost of two pieces of a name that do not stand a line apart.
fn far_cost(above: &Piece, below: &Piece) -> i32 {
    let (least, most) = (below.low - above.high, below.high - above.low);
    let off = (least - LINE - TOLERANCE).max(LINE - TOLERANCE - most).max(0);
    i32::try_from((off / 4).min(FAR_PIECE)).unwrap_or(0)
}

/// The cost of what was spelled `before` going on to be `spelled`: each piece more that makes no name costs more.
fn added_cost(scope: Scope, spelled: &str, before: &str) -> i32 {
    match name_cost(scope, spelled) {
        cost if cost >= UNKNOWN_NAME => cost,
        cost => cost - name_cost(scope, before).min(UNKNOWN_NAME),
    }
}

/// How unlike a name, or the beginning of one, `spelled` is.
fn name_cost(scope: Scope, spelled: &str) -> i32 {
    let of_level1 = scope == Scope::Level2 && find(Scope::Level1, spelled).is_some();
    let several = spelled.matches("指标").nth(1).is_some();
    match level_match(scope, spelled) {
        LevelMatch::Alike if several => UNKNOWN_NAME,
        LevelMatch::Alike if of_level1 => UNKNOWN_NAME,
        LevelMatch::Whole | LevelMatch::Beginning => 0,
        LevelMatch::Alike => 4,
        LevelMatch::None if scope == Scope::Level1 => 3 * UNKNOWN_NAME,
        LevelMatch::None => UNKNOWN_NAME,
    }
}

/// The cost of the last name of `level` being whole as it stands.
fn close_cost(reading: &Reading, level: usize) -> i32 {
    let Some((last, before)) = reading.names[level].split_last() else { return 0 };
    let broken = match level_match(SCOPES[level], &last.spelled) {
        LevelMatch::Beginning => BROKEN_NAME,
        _ => 0,
    };
    let satisfied = |name: &Name| name.spelled.contains("满意");
    let again = before.last().map_or(0, |before| match before.spelled == last.spelled {
        true => PRINTED_AGAIN,
        false if satisfied(before) && satisfied(last) => SAME_AGAIN,
        false => 0,
    });
    broken + again
}

/// A level-2 name that belongs under another level-1 name in every official table.
pub(super) fn is_elsewhere(level1: &Name, level2: &Name) -> bool {
    home(level2).is_some_and(|stem| !level1.spelled.contains(stem))
}

/// A level-2 name that belongs under this level-1 name in every official table.
pub(super) fn belongs(level1: &Name, level2: &Name) -> bool {
    home(level2).is_some_and(|stem| level1.spelled.contains(stem))
}

fn home(level2: &Name) -> Option<&'static str> {
    official_level1_stem(&level_name(&level2.spelled))
}
