//! The rows that fit all lines of a table best, and what their near rivals say otherwise.

use super::Sheet;
use super::rows::{LEVEL, RowFit, names_cost};

/// The cost of a word that is read as nothing.
const UNREAD: i32 = 35;

/// A rival reading this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 8;

/// How far below a row a rival may end, in lines.
const RIVAL_REACH: usize = 64;

/// One step over some lines of a table.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// A row, and the columns that a near rival reads otherwise.
    Row(RowFit, Vec<u8>),
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

/// The best reading out of `rows`, which are ordered by their ends.
pub(super) fn best(sheet: &Sheet, rows: &[RowFit]) -> Found {
    let costs: Vec<i32> = rows.iter().map(|row| row.cost).collect();
    let forward = sums(sheet, rows, &costs);
    let backward = sums_back(sheet, rows);
    let total = forward.last().map_or(0, |(cost, _)| *cost);
    let mut parts = Vec::new();
    let mut at = sheet.lines.len();
    while at > 0 {
        let step = forward.get(at).and_then(|(_, row)| *row).and_then(|row| rows.get(row));
        if let Some(row) = step {
            let rivals = rivals(row, rows).filter(|other| {
                let before = forward.get(other.lines.start).map_or(0, |(cost, _)| *cost);
                let after = backward.get(other.lines.end).copied().unwrap_or(0);
                before + other.cost + after < total + RIVAL_MARGIN
            });
            let mut doubted: Vec<u8> = rivals.flat_map(|other| otherwise(row, other)).collect();
            doubted.sort_unstable();
            doubted.dedup();
            parts.push(Part::Row(row.clone(), doubted));
            at = row.lines.start.min(at - 1);
        } else {
            at -= 1;
            parts.push(if names_cost(sheet.line(at)).is_some() { Part::Names(at) } else { Part::Unread });
        }
    }
    parts.reverse();
    Found { parts, cost: total }
}

/// The cost of the best reading out of `rows` when each costs what `costs` says.
pub(super) fn total(sheet: &Sheet, rows: &[RowFit], costs: &[i32]) -> i32 {
    sums(sheet, rows, costs).last().map_or(0, |(cost, _)| *cost)
}

/// The cost of a line outside of all rows.
fn single(sheet: &Sheet, at: usize) -> i32 {
    const MOST: usize = 1_000;
    let line = sheet.line(at);
    names_cost(line).unwrap_or_else(|| UNREAD * i32::try_from(line.len().min(MOST)).unwrap_or(1))
}

/// For each line the least cost of the lines above it, and the row that ends there.
fn sums(sheet: &Sheet, rows: &[RowFit], costs: &[i32]) -> Vec<(i32, Option<usize>)> {
    let mut best: Vec<(i32, Option<usize>)> = vec![(0, None)];
    let mut next = rows.iter().zip(costs).enumerate().peekable();
    for end in 1..=sheet.lines.len() {
        let mut choice = (best.last().map_or(0, |(cost, _)| *cost).saturating_add(single(sheet, end - 1)), None);
        while let Some((index, (row, cost))) = next.next_if(|(_, (row, _))| row.lines.end <= end) {
            let cost = best.get(row.lines.start).map_or(i32::MAX / 4, |(before, _)| *before).saturating_add(*cost);
            if cost < choice.0 {
                choice = (cost, Some(index));
            }
        }
        best.push(choice);
    }
    best
}

/// For each line the least cost of it and those below it.
fn sums_back(sheet: &Sheet, rows: &[RowFit]) -> Vec<i32> {
    let count = sheet.lines.len();
    let mut by_start: Vec<Vec<&RowFit>> = vec![Vec::new(); count];
    for row in rows {
        if let Some(starting) = by_start.get_mut(row.lines.start) {
            starting.push(row);
        }
    }
    let mut best = vec![0; count + 1];
    for start in (0..count).rev() {
        let below = |at: usize| best.get(at).copied().unwrap_or(0);
        let rows = by_start.get(start).into_iter().flatten().map(|row| row.cost.saturating_add(below(row.lines.end)));
        let least = rows.chain([single(sheet, start).saturating_add(below(start + 1))]).min().unwrap_or(0);
        if let Some(slot) = best.get_mut(start) {
            *slot = least;
        }
    }
    best
}

/// The other rows that have lines of `row`.
fn rivals<'r>(row: &'r RowFit, rows: &'r [RowFit]) -> impl Iterator<Item = &'r RowFit> {
    let near = rows.partition_point(|other| other.lines.end <= row.lines.start);
    let overlaps = move |other: &&RowFit| other.lines.start < row.lines.end && *other != row;
    let within = move |other: &&RowFit| other.lines.end < row.lines.end + RIVAL_REACH;
    rows.get(near..).unwrap_or_default().iter().take_while(within).filter(overlaps)
}

/// The columns of `row` that `other` reads otherwise.
fn otherwise(row: &RowFit, other: &RowFit) -> Vec<u8> {
    let mut columns = Vec::new();
    let of = |row: &RowFit, at: usize| at.checked_sub(row.lines.start).and_then(|index| row.roles.get(index)).cloned();
    for at in row.lines.start.max(other.lines.start)..row.lines.end.min(other.lines.end) {
        let (Some(own), Some(others)) = (of(row, at), of(other, at)) else { continue };
        let roles = own.iter().copied().zip(others.iter().copied());
        let differ = roles.filter(|(left, right)| left != right || row.anchor != other.anchor);
        columns.extend(differ.flat_map(|(left, right)| [left, right]).filter(|role| *role != LEVEL));
    }
    columns
}
