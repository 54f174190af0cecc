//! The line on the middle of a row: the one that has its figures.

use super::super::Sheet;
use super::super::cells::{JOINED, joined_cost};
use super::super::words::{MOST_LEVELS, Word};
use super::{HOPELESS, LEVEL};
use crate::stream::rows::column::{RowSoFar, open_cost};

/// The most words of a line.
const MOST_WORDS: usize = 24;

/// The most readings of a middle line that are followed.
const MOST_ANCHORS: usize = 7;

/// The likeliest readings of the line `at` as the middle of a row: a first guess of the cost, and the column of each
/// word.
pub(super) fn anchors(sheet: &Sheet, at: usize) -> Vec<(i32, Vec<u8>)> {
    let line = sheet.line(at);
    if line.len() > MOST_WORDS {
        return Vec::new();
    }
    let own: Vec<u8> = sheet.own().filter_map(|at| u8::try_from(at).ok()).collect();
    let mut readings: Vec<(i32, Vec<u8>)> = vec![(0, Vec::new())];
    for (index, word) in line.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| line.get(before));
        let mut next = Vec::new();
        for (cost, roles) in &readings {
            for (more, role) in roles_of(sheet, before, word, roles, &own) {
                let mut roles = roles.clone();
                roles.push(role);
                next.push((cost + more, roles));
            }
        }
        next.sort();
        next.retain(|(cost, _)| *cost < HOPELESS);
        next.truncate(MOST_ANCHORS * 4);
        readings = next;
    }
    readings.retain(|(_, roles)| roles.iter().any(|role| *role != LEVEL));
    for (cost, roles) in &mut readings {
        let last = roles.last().copied().unwrap_or(LEVEL);
        *cost += blanks(sheet, own.iter().copied().filter(|column| *column > last));
    }
    readings.sort();
    readings.truncate(MOST_ANCHORS);
    readings
}

/// What `word` may be behind words of `roles`, with a first guess of the cost.
fn roles_of(sheet: &Sheet, before: Option<&Word>, word: &Word, roles: &[u8], own: &[u8]) -> Vec<(i32, u8)> {
    const MOST: i32 = 30;
    let mut choices = Vec::new();
    let last = roles.last().copied();
    if last.is_none_or(|last| last == LEVEL) && roles.len() < MOST_LEVELS {
        choices.push((word.as_level, LEVEL));
    }
    let last = last.filter(|last| *last != LEVEL);
    for column in own.iter().copied().filter(|column| last.is_none_or(|last| *column > last)) {
        let kind = sheet.column(usize::from(column));
        let cost = open_cost(kind, &word.token, &word.look, RowSoFar::default());
        let skipped = own.iter().copied().filter(|skipped| last.is_none_or(|last| *skipped > last));
        let blank = blanks(sheet, skipped.filter(|skipped| *skipped < column));
        choices.push((blank + if kind.is_points() { cost } else { cost.min(MOST) }, column));
    }
    if let Some(last) = last.filter(|last| !sheet.column(usize::from(*last)).is_points()) {
        choices.push((before.map_or(JOINED, |before| joined_cost(before, word)), last));
    }
    choices
}

/// The cost of columns that have nothing on a middle line: figures are missed, texts may have an even number of lines.
fn blanks(sheet: &Sheet, columns: impl Iterator<Item = u8>) -> i32 {
    const EVEN: i32 = 6;
    let cost = |column: u8| {
        let kind = sheet.column(usize::from(column));
        match sheet.loose {
            Some((loose, _)) if loose == column => 0,
            _ if kind.is_points() => sheet.blank_cost(usize::from(column)),
            _ => kind.blank_cost().min(EVEN),
        }
    };
    columns.map(cost).sum()
}
