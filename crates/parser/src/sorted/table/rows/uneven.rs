//! Rows of texts that write lines which overlap in height as one: a cell of an even number of lines then has one line
//! more above the middle of its row than below, or one less, as the other cells and their places decide.

use super::columns::Columns;
use super::deal::{MOST_SKIPPED, Run};
use super::grow::{keep, likeliest};
use super::{Growing, Laid, Page, RowFit, wrapping};

/// The most lines above the middle of a row, and below it.
const REACH: i32 = 9;

/// The cost of each line that a cell has above its middle and not below, or the other way round, but for the first.
const UNEVEN: i32 = 5;
const ROUNDED: i32 = 1;

/// The side of its middle on which a row grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// Every likely row whose middle is `seed`.
pub(super) fn grown(page: &Page, seed: Growing) -> Vec<RowFit> {
    let mut found = Vec::new();
    let mut layer = vec![seed];
    for height in 0..=REACH {
        let mut lower = layer.clone();
        for depth in 1..=REACH {
            lower.iter().for_each(|row| keep(page.sheet, &row.rounded(), &mut found));
            lower = likeliest(page.sheet, lower.iter().flat_map(|row| longer(page, row, Side::Below, depth)).collect());
        }
        layer =
            likeliest(page.sheet, layer.iter().flat_map(|row| longer(page, row, Side::Above, height + 1)).collect());
        if layer.is_empty() {
            break;
        }
    }
    found
}

/// `row` with one line more on `side`, the `distance`-th there.
fn longer(page: &Page, row: &Growing, side: Side, distance: i32) -> Vec<Growing> {
    let sheet = page.sheet;
    let mut found = Vec::new();
    for run in page.idle_runs(row, side == Side::Above, MOST_SKIPPED).iter() {
        let row = match side {
            Side::Above => row.with(run, &Run::default()),
            Side::Below => row.with(&Run::default(), run),
        };
        let at = if side == Side::Above { row.up.checked_sub(1) } else { Some(row.down) };
        let Some(at) = at.filter(|at| *at < sheet.lines.len() && !has_points(page, *at)) else { continue };
        let columns = row.open(side, wrapping(sheet));
        for deal in page.deals(at, columns).iter().filter(|deal| !deal.columns.is_empty()) {
            let mut next = row.clone();
            let slot = Some(if side == Side::Above { -2 * distance } else { 2 * distance });
            next.lines.push(Laid { at, slot, roles: deal.roles.clone() });
            if side == Side::Above {
                next.up -= 1;
            } else {
                next.down += 1;
            }
            found.push(next);
        }
    }
    found
}

/// Two figures next to each other are the points of a row: they stand on its middle.
fn has_points(page: &Page, at: usize) -> bool {
    let shapes = || page.sheet.line(at).iter().map(|word| word.token.shape);
    let plain = shapes().map(|shape| shape.number.is_some() && !shape.percent);
    plain.clone().zip(plain.skip(1)).any(|(left, right)| left && right)
}

impl Growing {
    /// The columns that may go on on `side`: those of its last line, and those that are not on the middle and have no
    /// line on this side yet.
    fn open(&self, side: Side, wrapping: Columns) -> Columns {
        let on = |slot: i32| (slot > 0) == (side == Side::Below);
        let own = |line: &&Laid| line.slot.is_some();
        let far = |line: &&Laid| line.slot.unwrap_or(0).abs();
        let last = self.lines.iter().filter(own).filter(|line| line.slot == Some(0) || line.slot.is_some_and(on));
        let last = last.max_by_key(far).map(|line| Columns::of(&line.roles)).unwrap_or_default();
        let taken = self.lines.iter().filter(|line| line.slot == Some(0) || line.slot.is_some_and(on));
        let fresh = taken.fold(wrapping, |fresh, line| fresh.without(Columns::of(&line.roles)));
        let joined: Columns = last.iter().chain(fresh.iter()).collect();
        wrapping.shared(joined)
    }

    /// The row with the cost of the cells that do not stand evenly about its middle.
    fn rounded(&self) -> Self {
        let all: Columns =
            self.lines.iter().flat_map(|line| Columns::of(&line.roles).iter().collect::<Vec<_>>()).collect();
        let cost = |column: u8| {
            let has = |line: &&Laid| line.roles.contains(&column);
            let slots = || self.lines.iter().filter(has).filter_map(|line| line.slot);
            let middle = slots().any(|slot| slot == 0);
            let off = slots().map(i32::signum).sum::<i32>().abs();
            if middle && off > 0 { ROUNDED + UNEVEN * (off - 1) } else { UNEVEN * off }
        };
        let mut row = self.clone();
        row.cost += all.iter().map(cost).sum::<i32>();
        row
    }
}
