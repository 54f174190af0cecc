//! Rows that a page break cuts: what fits on the page hangs from its upper edge, each cell beginning on the first
//! line.

use super::columns::Columns;
use super::deal::{MOST_SKIPPED, Run};
use super::grow::{keep, likeliest};
use super::{Growing, Laid, Page, Roles, RowFit, wrapping};

/// Far fewer rows are cut than not.
const CUT: i32 = 15;

/// The most lines of such a row.
const MOST_LINES: usize = 32;

/// Every likely row whose first line is `first`, with words of `roles`.
pub(super) fn hanging(page: &Page, first: usize, roles: &[u8]) -> Vec<RowFit> {
    let sheet = page.sheet;
    let columns = wrapping(sheet).shared(Columns::of(roles));
    let lines = vec![Laid { at: first, slot: Some(0), roles: Roles::from(roles) }];
    let place = Growing { up: first, down: first + 1, anchor: 2 * first, ..Growing::default() };
    let seed = Growing { odd: columns, lines, cost: CUT, hangs: true, ..place };
    let mut found = Vec::new();
    let mut layer = vec![seed];
    for depth in 1..MOST_LINES {
        let longer: Vec<Growing> = layer.iter().flat_map(|row| longer(page, row, depth)).collect();
        layer = likeliest(sheet, longer);
        layer.iter().for_each(|row| keep(sheet, row, &mut found));
        if layer.is_empty() {
            break;
        }
    }
    found
}

/// `row` with one line more.
fn longer(page: &Page, row: &Growing, depth: usize) -> Vec<Growing> {
    let mut found = Vec::new();
    for below in page.idle_runs(row, false, MOST_SKIPPED).iter() {
        let row = row.with(&Run::default(), below);
        let columns = row.odd.with(page.sheet.loose.map(|(loose, _)| loose));
        for deal in page.deals(row.down, columns).iter() {
            let slot = i32::try_from(2 * depth).ok();
            let mut next = row.clone();
            next.lines.push(Laid { at: row.down, slot, roles: deal.roles.clone() });
            next.down += 1;
            next.odd = deal.columns;
            found.push(next);
        }
    }
    found
}
