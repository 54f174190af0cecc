//! Rows that grow from their middle, line by line above and below.

use super::super::Sheet;
use super::super::cells::within_cost;
use super::super::wraps::{self, measure};
use super::deal::{Deal, MOST_SKIPPED, Run, deals, idle_runs};
use super::{Growing, HOPELESS, LEVEL, Laid, RowFit, loose};

/// How far a row reaches above and below its middle, in half lines.
const REACH: usize = 48;

/// The most rows of one reach that are followed.
const MOST_GROWING: usize = 8;

/// The most rows that grow from one middle.
const MOST_ROWS: usize = 160;

/// The most ways to go on with a row that are weighed.
const MOST_WIDER: usize = 60;

/// The most lines of a name above or below all other cells of its row.
const MOST_NAME_LINES: usize = 5;

/// Every likely row that begins as one of `seeds`.
pub(super) fn grown(sheet: &Sheet, seeds: Vec<Growing>) -> Vec<RowFit> {
    let mut found: Vec<RowFit> = Vec::new();
    seeds.iter().filter(|seed| !seed.lines.is_empty()).for_each(|seed| end(sheet, seed, &mut found));
    let mut layer = seeds;
    for slot in 1..=REACH {
        let wider = likeliest(sheet, layer.iter().flat_map(|row| wider(sheet, row, slot)).collect());
        wider.iter().for_each(|row| end(sheet, row, &mut found));
        layer = wider.into_iter().chain(layer.iter().filter_map(|row| row.without(slot))).collect();
        if layer.is_empty() || found.len() > MOST_ROWS {
            break;
        }
    }
    found
}

impl Growing {
    /// The columns that may have lines `slot` half lines from the middle.
    fn columns(&self, slot: usize) -> &Vec<u8> {
        if slot % 2 == 1 { &self.even } else { &self.odd }
    }

    /// The row whose cells of the kind of `slot` have ended; those of the other kind may go on.
    fn without(&self, slot: usize) -> Option<Self> {
        let goes_on = !self.columns(slot + 1).is_empty();
        goes_on.then(|| {
            let mut row = self.clone();
            *(if slot % 2 == 1 { &mut row.even } else { &mut row.odd }) = Vec::new();
            row
        })
    }
}

/// The lines that may lie between two lines of a row: of names, and one of the loose column.
fn skipped(sheet: &Sheet, row: &Growing, up: bool) -> Vec<Run> {
    let mut runs = idle_runs(sheet, row, up, MOST_SKIPPED);
    let loose = |run: &Run| run.lines.iter().filter(|(_, roles)| roles.iter().any(|role| *role != LEVEL)).count();
    runs.retain(|run| loose(run) <= 1);
    runs
}

/// `row` with a line above and one below it, both `slot` half lines from the middle.
fn wider(sheet: &Sheet, row: &Growing, slot: usize) -> Vec<Growing> {
    let mut found = Vec::new();
    if row.columns(slot).is_empty() {
        return found;
    }
    let below = skipped(sheet, row, false);
    for above in skipped(sheet, row, true) {
        for below in &below {
            pair(sheet, &row.with(&above, below), slot, &mut found);
        }
    }
    found.truncate(MOST_WIDER);
    found
}

/// Adds `row` with the next line above and the next line below, which hold words of the same columns.
fn pair(sheet: &Sheet, row: &Growing, slot: usize, found: &mut Vec<Growing>) {
    let Some(up) = row.up.checked_sub(1).filter(|_| row.down < sheet.lines.len()) else { return };
    let mut columns = row.columns(slot).clone();
    columns.extend(sheet.loose.map(|(loose, _)| loose));
    columns.sort_unstable();
    let bottoms = deals(sheet, sheet.line(row.down), &columns);
    for top in deals(sheet, sheet.line(up), &columns) {
        for bottom in bottoms.iter().filter(|bottom| bottom.columns == top.columns && !top.columns.is_empty()) {
            found.push(row.paired(slot, &top, bottom));
        }
    }
}

impl Growing {
    fn paired(&self, slot: usize, top: &Deal, bottom: &Deal) -> Self {
        let height = i32::try_from(slot).unwrap_or(0);
        let mut row = self.clone();
        row.up -= 1;
        row.lines.push(Laid { at: row.up, slot: Some(-height), roles: top.roles.clone() });
        row.lines.push(Laid { at: row.down, slot: Some(height), roles: bottom.roles.clone() });
        row.down += 1;
        *(if slot % 2 == 1 { &mut row.even } else { &mut row.odd }) = top.columns.clone();
        row
    }
}

/// The rows that look best as far as they go.
pub(super) fn likeliest(sheet: &Sheet, rows: Vec<Growing>) -> Vec<Growing> {
    let mut ranked: Vec<(i32, Growing)> = rows.into_iter().map(|row| (so_far(sheet, &row), row)).collect();
    ranked.retain(|(cost, _)| *cost < HOPELESS);
    ranked.sort_by_key(|(cost, _)| *cost);
    ranked.truncate(MOST_GROWING);
    ranked.into_iter().map(|(_, row)| row).collect()
}

/// How ill the lines of the cells follow each other, whatever stands above and below them.
fn so_far(sheet: &Sheet, row: &Growing) -> i32 {
    let (cells, levels) = row.cells(sheet);
    let cost = |(at, cell): (usize, &super::CellLines)| {
        let lines: Vec<_> = cell.iter().map(|line| measure(line)).collect();
        within_cost(sheet.column(at), cell) + wraps::cost(&lines, sheet.widths.get(at).copied().flatten())
    };
    let spaced = if row.hangs { 0 } else { loose::spacing_cost(sheet, &row.lines) };
    row.cost + levels + spaced + cells.iter().enumerate().map(cost).sum::<i32>()
}

/// Adds the row as it stands.
pub(super) fn keep(sheet: &Sheet, row: &Growing, found: &mut Vec<RowFit>) {
    let fit = row.finish(sheet);
    if fit.cost < HOPELESS {
        found.push(fit);
    }
}

/// Adds the row as it stands, and with the lines of a name that reaches beyond the other cells.
fn end(sheet: &Sheet, row: &Growing, found: &mut Vec<RowFit>) {
    keep(sheet, row, found);
    if sheet.loose.is_none() {
        return;
    }
    let has_name = |run: &&Run| run.lines.last().is_none_or(|(_, roles)| roles.iter().any(|role| *role != LEVEL));
    let below = idle_runs(sheet, row, false, MOST_NAME_LINES);
    for above in idle_runs(sheet, row, true, MOST_NAME_LINES).iter().filter(has_name) {
        for below in below.iter().filter(has_name).filter(|below| !(above.lines.is_empty() && below.lines.is_empty())) {
            let row = row.with(above, below);
            if loose::spacing_cost(sheet, &row.lines) < HOPELESS / 4 {
                keep(sheet, &row, found);
            }
        }
    }
}
