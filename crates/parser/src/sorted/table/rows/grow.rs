//! Rows that grow from their middle, line by line above and below.

use super::super::Sheet;
use super::super::cells::within_cost;
use super::super::wraps::{self, measure};
use super::columns::Columns;
use super::deal::{Deal, MOST_SKIPPED, Run};
use super::{Growing, HOPELESS, LEVEL, Laid, Page, RowFit, loose};

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
pub(super) fn grown(page: &Page, seeds: Vec<Growing>) -> Vec<RowFit> {
    let sheet = page.sheet;
    let mut found: Vec<RowFit> = Vec::new();
    seeds.iter().filter(|seed| !seed.lines.is_empty()).for_each(|seed| end(page, seed, &mut found));
    let mut layer = seeds;
    for slot in 1..=REACH {
        let wider = likeliest(sheet, layer.iter().flat_map(|row| wider(page, row, slot)).collect());
        wider.iter().for_each(|row| end(page, row, &mut found));
        layer = wider.into_iter().chain(layer.iter().filter_map(|row| row.without(slot))).collect();
        if layer.is_empty() || found.len() > MOST_ROWS {
            break;
        }
    }
    found
}

impl Growing {
    /// The columns that may have lines `slot` half lines from the middle.
    const fn columns(&self, slot: usize) -> Columns {
        if slot % 2 == 1 { self.even } else { self.odd }
    }

    /// The row whose cells of the kind of `slot` have ended; those of the other kind may go on.
    fn without(&self, slot: usize) -> Option<Self> {
        let goes_on = !self.columns(slot + 1).is_empty();
        goes_on.then(|| {
            let mut row = self.clone();
            *(if slot % 2 == 1 { &mut row.even } else { &mut row.odd }) = Columns::default();
            row
        })
    }
}

/// The run may lie between two lines of a row: lines of names, and one of the loose column.
fn may_be_skipped(run: &&Run) -> bool {
    run.lines.iter().filter(|(_, roles)| roles.iter().any(|role| *role != LEVEL)).count() <= 1
}

/// `row` with a line above and one below it, both `slot` half lines from the middle.
fn wider(page: &Page, row: &Growing, slot: usize) -> Vec<Growing> {
    let mut found = Vec::new();
    if row.columns(slot).is_empty() {
        return found;
    }
    let below = page.idle_runs(row, false, MOST_SKIPPED);
    for above in page.idle_runs(row, true, MOST_SKIPPED).iter().filter(may_be_skipped) {
        for below in below.iter().filter(may_be_skipped) {
            pair(page, row, (above, below), slot, &mut found);
        }
    }
    found.truncate(MOST_WIDER);
    found
}

/// Adds `row` with idle lines above and below it, and behind them the next line above and the next line below, which
/// hold words of the same columns.
fn pair(page: &Page, row: &Growing, (above, below): (&Run, &Run), slot: usize, found: &mut Vec<Growing>) {
    let (up, down) = (row.up.checked_sub(above.lines.len() + 1), row.down + below.lines.len());
    let Some(up) = up.filter(|_| down < page.sheet.lines.len()) else { return };
    let columns = row.columns(slot).with(page.sheet.loose.map(|(loose, _)| loose));
    let bottoms = page.deals(down, columns);
    let mut skipped = None;
    for top in page.deals(up, columns).iter().filter(|top| !top.columns.is_empty()) {
        for bottom in bottoms.iter().filter(|bottom| bottom.columns == top.columns) {
            let row = skipped.get_or_insert_with(|| row.with(above, below));
            found.push(row.paired(slot, top, bottom));
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
        *(if slot % 2 == 1 { &mut row.even } else { &mut row.odd }) = top.columns;
        row
    }
}

/// The rows that look best as far as they go.
pub(super) fn likeliest(sheet: &Sheet, rows: Vec<Growing>) -> Vec<Growing> {
    let mut ranked: Vec<(i32, Growing)> = Vec::new();
    for row in rows {
        let limit = ranked.get(MOST_GROWING - 1).map_or(HOPELESS, |(worst, _)| *worst);
        let cost = so_far(sheet, &row, limit);
        if cost < limit {
            ranked.insert(ranked.partition_point(|(other, _)| *other <= cost), (cost, row));
            ranked.truncate(MOST_GROWING);
        }
    }
    ranked.into_iter().map(|(_, row)| row).collect()
}

/// How ill the lines of the cells follow each other, whatever stands above and below them; a row that costs `limit` or
/// more is not looked at further.
fn so_far(sheet: &Sheet, row: &Growing, limit: i32) -> i32 {
    let (cells, levels) = row.cells(sheet);
    let spaced = if row.hangs || sheet.loose.is_none() { 0 } else { loose::spacing_cost(sheet, &row.in_order()) };
    let mut cost = row.cost + levels + spaced;
    let mut lines = Vec::new();
    for (at, cell) in cells.iter() {
        if cost >= limit {
            break;
        }
        lines.clear();
        lines.extend(cell.iter().map(|(_, line)| measure(line)));
        cost += within_cost(sheet.column(at), cell) + wraps::cost(&lines, sheet.width(at));
    }
    cost
}

/// Adds the row as it stands.
pub(super) fn keep(sheet: &Sheet, row: &Growing, found: &mut Vec<RowFit>) {
    found.extend(row.finish(sheet));
}

/// Adds the row as it stands, and with the lines of a name that reaches beyond the other cells.
fn end(page: &Page, row: &Growing, found: &mut Vec<RowFit>) {
    let sheet = page.sheet;
    keep(sheet, row, found);
    if sheet.loose.is_none() {
        return;
    }
    let has_name = |run: &&Run| run.lines.last().is_none_or(|(_, roles)| roles.iter().any(|role| *role != LEVEL));
    let below = page.idle_runs(row, false, MOST_NAME_LINES);
    for above in page.idle_runs(row, true, MOST_NAME_LINES).iter().filter(has_name) {
        for below in below.iter().filter(has_name).filter(|below| !(above.lines.is_empty() && below.lines.is_empty())) {
            let row = row.with(above, below);
            if loose::spacing_cost(sheet, &row.in_order()) < HOPELESS / 4 {
                keep(sheet, &row, found);
            }
        }
    }
}
