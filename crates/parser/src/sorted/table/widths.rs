//! The widths of the columns: those with which the table reads best.

use std::collections::BTreeMap;

use super::path::total;
use super::rows::RowFit;
use super::{Sheet, wraps};

/// A table and the rows that are worth trying.
pub(super) type Tried<'d> = (Sheet<'d>, Vec<RowFit>);

/// How often every column is tried.
const PASSES: usize = 2;

/// The most widths of a column that are tried.
const MOST_WIDTHS: usize = 20;

/// The cost of a column whose width is not known: it explains less.
const UNKNOWN: i32 = 2;

/// The widths, one for each column, with which the best readings of `tables`, whose columns are the same, cost least.
pub(super) fn learn(tables: &[Tried]) -> Vec<Option<i32>> {
    let Some((sheet, _)) = tables.first() else { return Vec::new() };
    let mut widths: Vec<Option<i32>> = vec![None; sheet.columns.len()];
    let wrapping: Vec<usize> = sheet.own().filter(|at| !sheet.column(*at).is_points()).collect();
    for _ in 0..PASSES {
        let before = widths.clone();
        for column in &wrapping {
            let best = best_width(tables, &widths, *column);
            if let Some(slot) = widths.get_mut(*column) {
                *slot = best;
            }
        }
        if widths == before {
            break;
        }
    }
    widths
}

/// The best width of `column`, those of the others given.
fn best_width(tables: &[Tried], widths: &[Option<i32>], column: usize) -> Option<i32> {
    let mut given = widths.to_vec();
    if let Some(slot) = given.get_mut(column) {
        *slot = None;
    }
    let own = |row: &RowFit, width| {
        let cell = row.cells.iter().find(|(at, _)| *at == column);
        cell.map_or(0, |(_, lines)| wraps::cost(lines, width))
    };
    let base = |rows: &Vec<RowFit>| rows.iter().map(|row| row.weighed(&given) - own(row, None)).collect();
    let bases: Vec<Vec<i32>> = tables.iter().map(|(_, rows)| base(rows)).collect();
    let cost = |width: Option<i32>| {
        let totals = tables.iter().zip(&bases).map(|((sheet, rows), base)| {
            let costs: Vec<i32> = base.iter().zip(rows).map(|(base, row)| base + own(row, width)).collect();
            total(sheet, rows, &costs)
        });
        totals.fold(if width.is_none() { UNKNOWN } else { 0 }, i32::saturating_add)
    };
    let tries = std::iter::once(None).chain(line_widths(tables, column).into_iter().map(Some));
    tries.min_by_key(|width| cost(*width)).flatten()
}

/// The widths of lines that go on below, the commonest in front.
fn line_widths(tables: &[Tried], column: usize) -> Vec<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for (_, lines) in
        tables.iter().flat_map(|(_, rows)| rows).flat_map(|row| &row.cells).filter(|(at, _)| *at == column)
    {
        for line in lines.iter().rev().skip(1) {
            *counts.entry(line.width).or_default() += 1;
        }
    }
    let mut widths: Vec<(usize, i32)> = counts.into_iter().map(|(width, count)| (count, width)).collect();
    widths.sort_unstable_by(|left, right| right.cmp(left));
    widths.into_iter().take(MOST_WIDTHS).map(|(_, width)| width).collect()
}
