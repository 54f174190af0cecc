//! Rows that a page break cuts: what fits on the page hangs from its upper edge, each cell beginning on the first
//! line.

use super::super::Sheet;
use super::deal::{MOST_SKIPPED, Run, deals, idle_runs};
use super::grow::{keep, likeliest};
use super::{Growing, Laid, Roles, RowFit, wrapping};

/// Far fewer rows are cut than not.
const CUT: i32 = 15;

/// The most lines of such a row.
const MOST_LINES: usize = 32;

/// Every likely row whose first line is `first`, with words of `roles`.
pub(super) fn hanging(sheet: &Sheet, first: usize, roles: &[u8]) -> Vec<RowFit> {
    let columns: Vec<u8> = wrapping(sheet).into_iter().filter(|column| roles.contains(column)).collect();
    let lines = vec![Laid { at: first, slot: Some(0), roles: Roles::from(roles) }];
    let place = Growing { up: first, down: first + 1, anchor: 2 * first, ..Growing::default() };
    let seed = Growing { odd: columns, lines, cost: CUT, hangs: true, ..place };
    let mut found = Vec::new();
    let mut layer = vec![seed];
    for depth in 1..MOST_LINES {
        let longer: Vec<Growing> = layer.iter().flat_map(|row| longer(sheet, row, depth)).collect();
        layer = likeliest(sheet, longer);
        layer.iter().for_each(|row| keep(sheet, row, &mut found));
        if layer.is_empty() {
            break;
        }
    }
    found
}

/// `row` with one line more.
fn longer(sheet: &Sheet, row: &Growing, depth: usize) -> Vec<Growing> {
    let mut found = Vec::new();
    for below in idle_runs(sheet, row, false, MOST_SKIPPED) {
        let row = row.with(&Run::default(), &below);
        let mut columns = row.odd.clone();
        columns.extend(sheet.loose.map(|(loose, _)| loose));
        columns.sort_unstable();
        for deal in deals(sheet, sheet.line(row.down), &columns) {
            let slot = i32::try_from(2 * depth).ok();
            let mut next = row.clone();
            next.lines.push(Laid { at: row.down, slot, roles: deal.roles });
            next.down += 1;
            next.odd = deal.columns;
            found.push(next);
        }
    }
    found
}
