//! The rows that fit all lines of a table best.

use std::collections::BTreeMap;

use super::Sheet;
use super::rows::{RowFit, names_cost, rows_around};

/// The cost of a word that is read as nothing.
const UNREAD: i32 = 35;

/// A rival reading this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 9;

/// Rows of the same lines that are kept.
const MOST_ALIKE: usize = 2;

/// One step over some lines of a table.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// A row, and whether a rival reading is near.
    Row(RowFit, bool),
    /// A line of level names.
    Names(usize),
    /// A line that fits nowhere.
    Unread,
}

/// A reading of a table.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Its parts from top to bottom.
    pub(super) parts: Vec<Part>,
    /// How ill it fits.
    pub(super) cost: i32,
}

/// The best reading.
pub(super) fn best(sheet: &Sheet) -> Found {
    let rows = candidates(sheet);
    let count = sheet.lines.len();
    let single = |at: usize| names_cost(sheet.line(at)).unwrap_or_else(|| unread(sheet, at));
    let forward = sums(count, &rows, single);
    let backward = sums_back(count, &rows, single);
    let total = forward.last().map_or(0, |(cost, _)| *cost);
    let mut parts = Vec::new();
    let mut at = count;
    while at > 0 {
        let step = forward.get(at).and_then(|(_, row)| *row).and_then(|row| rows.get(row));
        if let Some(row) = step {
            let rival = has_rival(row, &rows, &forward, &backward, total);
            parts.push(Part::Row(row.clone(), rival));
            at = row.lines.start.min(at - 1);
        } else {
            at -= 1;
            parts.push(if names_cost(sheet.line(at)).is_some() { Part::Names(at) } else { Part::Unread });
        }
    }
    parts.reverse();
    Found { parts, cost: total }
}

fn unread(sheet: &Sheet, at: usize) -> i32 {
    const MOST: usize = 1_000;
    UNREAD * i32::try_from(sheet.line(at).len().min(MOST)).unwrap_or(1)
}

/// The rows worth trying: the best ones of each stretch of lines.
fn candidates(sheet: &Sheet) -> Vec<RowFit> {
    let mut alike: BTreeMap<(usize, usize), Vec<RowFit>> = BTreeMap::new();
    // A row of figures has a line on its middle.
    let gaps: &[bool] =
        if sheet.pointed && sheet.columns.iter().any(|column| column.is_points()) { &[false] } else { &[false, true] };
    for middle in 0..sheet.lines.len() {
        for row in gaps.iter().flat_map(|between| rows_around(sheet, middle, *between)) {
            let rows = alike.entry((row.lines.start, row.lines.end)).or_default();
            rows.push(row);
            rows.sort_by_key(|row| row.cost);
            rows.truncate(MOST_ALIKE);
        }
    }
    let mut rows: Vec<RowFit> = alike.into_values().flatten().collect();
    rows.sort_by_key(|row| row.lines.end);
    rows
}

/// For each line the least cost of the lines above it, and the row that ends there.
fn sums(count: usize, rows: &[RowFit], single: impl Fn(usize) -> i32) -> Vec<(i32, Option<usize>)> {
    let mut best: Vec<(i32, Option<usize>)> = vec![(0, None)];
    let mut next = rows.iter().enumerate().peekable();
    for end in 1..=count {
        let mut choice = (best.last().map_or(0, |(cost, _)| *cost) + single(end - 1), None);
        while let Some((index, row)) = next.next_if(|(_, row)| row.lines.end == end) {
            let cost = best.get(row.lines.start).map_or(i32::MAX / 4, |(cost, _)| *cost) + row.cost;
            if cost < choice.0 {
                choice = (cost, Some(index));
            }
        }
        best.push(choice);
    }
    best
}

/// For each line the least cost of it and those below it.
fn sums_back(count: usize, rows: &[RowFit], single: impl Fn(usize) -> i32) -> Vec<i32> {
    let mut by_start: Vec<Vec<&RowFit>> = vec![Vec::new(); count];
    for row in rows {
        if let Some(starting) = by_start.get_mut(row.lines.start) {
            starting.push(row);
        }
    }
    let mut best = vec![0; count + 1];
    for start in (0..count).rev() {
        let below = |at: usize| best.get(at).copied().unwrap_or(0);
        let rows = by_start.get(start).into_iter().flatten().map(|row| row.cost + below(row.lines.end));
        let least = rows.chain([single(start) + below(start + 1)]).min().unwrap_or(0);
        if let Some(slot) = best.get_mut(start) {
            *slot = least;
        }
    }
    best
}

/// Another row of the same lines, in a reading of the whole table that fits nearly as well.
fn has_rival(row: &RowFit, rows: &[RowFit], forward: &[(i32, Option<usize>)], backward: &[i32], total: i32) -> bool {
    let rival = |other: &&RowFit| {
        let overlaps = other.lines.start < row.lines.end && row.lines.start < other.lines.end;
        let before = forward.get(other.lines.start).map_or(0, |(cost, _)| *cost);
        let after = backward.get(other.lines.end).copied().unwrap_or(0);
        overlaps && *other != row && before + other.cost + after < total + RIVAL_MARGIN
    };
    let near = rows.partition_point(|other| other.lines.end <= row.lines.start);
    rows.get(near..)
        .unwrap_or_default()
        .iter()
        .take_while(|other| other.lines.end < row.lines.end + 64)
        .any(|o| rival(&o))
}
