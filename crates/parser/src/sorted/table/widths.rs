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
    let wrapping = sheet.own().filter(|at| !sheet.column(*at).is_points());
    let mut columns: Vec<Tries> = wrapping.map(|column| Tries::new(tables, column)).collect();
    for _ in 0..PASSES {
        let before: Vec<usize> = columns.iter().map(|column| column.chosen).collect();
        for at in 0..columns.len() {
            let best = best_width(tables, &columns, at);
            if let Some(column) = columns.get_mut(at) {
                column.chosen = best;
            }
        }
        if columns.iter().map(|column| column.chosen).eq(before) {
            break;
        }
    }
    let mut widths = vec![None; sheet.columns.len()];
    for column in &columns {
        if let Some(slot) = widths.get_mut(column.column) {
            *slot = column.widths.get(column.chosen).copied().flatten();
        }
    }
    widths
}

/// The widths that are tried for a column, and what each row of each table costs with them.
struct Tries {
    column: usize,
    /// First of all, none.
    widths: Vec<Option<i32>>,
    /// By width, table and row.
    costs: Vec<Vec<Vec<i32>>>,
    /// Which of the widths the column is taken to have.
    chosen: usize,
}

impl Tries {
    fn new(tables: &[Tried], column: usize) -> Self {
        let known = line_widths(tables, column).into_iter().map(Some);
        let widths: Vec<Option<i32>> = std::iter::once(None).chain(known).collect();
        let own = |row: &RowFit, width| {
            let cell = row.cells.iter().find(|(at, _)| *at == column);
            cell.map_or(0, |(_, lines)| wraps::cost(lines, width))
        };
        let table = |width, rows: &Vec<RowFit>| rows.iter().map(|row| own(row, width)).collect();
        let costs = widths.iter().map(|width| tables.iter().map(|(_, rows)| table(*width, rows)).collect()).collect();
        Self { column, widths, costs, chosen: 0 }
    }

    /// What each row of `table` costs with the width `at`.
    fn costs(&self, at: usize, table: usize) -> &[i32] {
        self.costs.get(at).and_then(|tables| tables.get(table)).map_or(&[], Vec::as_slice)
    }
}

/// The best width of the column `at`, those of the others given.
fn best_width(tables: &[Tried], columns: &[Tries], at: usize) -> usize {
    let Some(own) = columns.get(at) else { return 0 };
    let others = || columns.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, column)| column);
    let base = |(table, (_, rows)): (usize, &Tried)| -> Vec<i32> {
        let mut costs: Vec<i32> = rows.iter().map(RowFit::fixed).collect();
        for column in others() {
            costs.iter_mut().zip(column.costs(column.chosen, table)).for_each(|(sum, cost)| *sum += cost);
        }
        costs
    };
    let bases: Vec<Vec<i32>> = tables.iter().enumerate().map(base).collect();
    let cost = |width: usize| {
        let totals = tables.iter().zip(&bases).enumerate().map(|(table, ((sheet, rows), base))| {
            let costs: Vec<i32> = base.iter().zip(own.costs(width, table)).map(|(base, own)| base + own).collect();
            total(sheet, rows, &costs)
        });
        totals.fold(if width == 0 { UNKNOWN } else { 0 }, i32::saturating_add)
    };
    (0..own.widths.len()).min_by_key(|width| cost(*width)).unwrap_or(0)
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
