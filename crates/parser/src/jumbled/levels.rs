//! The names of the levels: each row has its level 2, and level 1 is the one under which that level 2 stands.

use std::ops::Range;

use jixiao_core::vocab::{official_level1, official_level1_stem};

use super::Sheet;
use super::words::Sort;

/// Words of the names of both levels: one of them printed twice, or with a longer name, is a level 1.
const OF_BOTH: [&str; 2] = ["满意", "成本"];

/// The words that are names of level 1 and of level 2, in printed order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Levels {
    pub(super) first: Vec<usize>,
    pub(super) second: Vec<usize>,
}

impl Levels {
    /// The word of the level 2 of `row`, where each of `rows` rows has its own.
    pub(super) fn second_of(&self, row: usize, rows: usize) -> Option<usize> {
        if self.second.len() == rows { self.second.get(row).copied() } else { None }
    }

    /// The word of the level 1 that the level 2 `second` stands under.
    pub(super) fn first_of(&self, sheet: &Sheet, second: Option<usize>) -> Option<usize> {
        if let [only] = self.first.as_slice() {
            return Some(*only);
        }
        let name = sheet.plain(second?);
        let stem = official_level1_stem(&name).or_else(|| official_level1(&name))?;
        self.first.iter().copied().find(|at| sheet.plain(*at).contains(stem))
    }
}

/// The level names among the words of `zone`, for `rows` rows.
pub(super) fn levels(sheet: &Sheet, zone: Range<usize>, rows: usize) -> Levels {
    let mut levels = Levels::default();
    let mut both = Vec::new();
    for at in zone {
        match sheet.sort(at) {
            Sort::Level(true, true) => both.push(at),
            Sort::Level(true, false) => levels.first.push(at),
            Sort::Level(false, true) => levels.second.push(at),
            _ => {}
        }
    }
    for at in both.clone() {
        if is_first(sheet, at, &both, &levels, rows) { levels.first.push(at) } else { levels.second.push(at) }
    }
    levels.first.sort_unstable();
    levels.second.sort_unstable();
    levels
}

/// A name of both levels is a level 1 where another name of its kind is printed that is longer or comes later.
fn is_first(sheet: &Sheet, at: usize, both: &[usize], levels: &Levels, rows: usize) -> bool {
    let name = sheet.plain(at);
    let Some(word) = OF_BOTH.into_iter().find(|word| name.contains(word)) else { return false };
    let kin = both.iter().chain(&levels.second).copied().filter(|other| *other != at);
    let kin: Vec<(usize, usize)> = kin
        .map(|other| (other, sheet.plain(other)))
        .filter(|(_, name)| name.contains(word))
        .map(|(at, name)| (name.len(), at))
        .collect();
    match kin.iter().max() {
        Some(longest) => *longest > (name.len(), at),
        None => levels.second.len() >= rows,
    }
}
