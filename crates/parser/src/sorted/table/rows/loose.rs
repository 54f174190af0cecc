//! Where the lines of a cell stand that is not centred on its row but begins at its top, or ends at its bottom.
//!
//! All lengths are in hundredths of a line, measured downwards from the middle of the row.

use super::super::{Sheet, Stand};
use super::{LEVEL, Laid};

/// Height of a line.
const LINE: i64 = 100;

/// Half of how far two words on one line may stand apart in height.
const TOLERANCE: i64 = 24;

/// How far a row may reach above its highest cell.
const PADDING: i64 = 160;

/// Half lines are at most this many hundredths apart.
const HALF: i64 = 50;

const FAR: i64 = 1 << 20;

/// The cost of a cell's line half a line from where it should be, and the most that it may cost.
const MISPLACED: i64 = 14;
const MOST: i64 = 120;

/// How ill the lines of the loose column stand.
pub(super) fn cost(sheet: &Sheet, lines: &[&Laid]) -> i32 {
    let Some((column, stand)) = sheet.loose else { return 0 };
    let others = lines.iter().filter(|line| line.slot.is_some());
    let others = others.filter(|line| line.roles.iter().any(|role| *role != LEVEL && *role != column));
    let highest = others.filter_map(|line| line.slot).map(|slot| i64::from(slot.abs()) * HALF).max().unwrap_or(0);
    as_cost(misplaced(&own(lines, column), highest, stand))
}

/// How ill the lines of the loose column follow each other, as far as the row goes. `lines` are in order.
pub(super) fn spacing_cost(sheet: &Sheet, lines: &[&Laid]) -> i32 {
    let Some((column, _)) = sheet.loose else { return 0 };
    let (low, high) = first(&own(lines, column));
    as_cost((low - high).max(0))
}

fn as_cost(off: i64) -> i32 {
    i32::try_from((MISPLACED * off / HALF).min(MOST)).unwrap_or(0)
}

/// Between which heights the lines of `column` stand.
fn own(lines: &[&Laid], column: u8) -> Vec<(i64, i64)> {
    let own = lines.iter().zip(ranges(lines)).filter(|(line, _)| line.roles.contains(&column));
    own.map(|(_, range)| range).collect()
}

/// Where the first of the lines `own` stands, if they are a line apart.
fn first(own: &[(i64, i64)]) -> (i64, i64) {
    let first = own.iter().zip(0..).map(|((low, high), index)| (low - index * LINE, high - index * LINE));
    first.fold((-FAR, FAR), |(low, high), range| (low.max(range.0), high.min(range.1)))
}

/// Between which heights each line stands.
fn ranges(lines: &[&Laid]) -> Vec<(i64, i64)> {
    let height = |line: &Laid| line.slot.map(|slot| i64::from(slot) * HALF);
    let range = |at: usize| match lines.get(at).and_then(|line| height(line)) {
        Some(y) => (y - TOLERANCE, y + TOLERANCE),
        None => {
            let above = lines.iter().take(at).filter_map(|line| height(line)).next_back();
            let below = lines.iter().skip(at).find_map(|line| height(line));
            (above.map_or(-FAR, |y| y + TOLERANCE), below.map_or(FAR, |y| y - TOLERANCE))
        }
    };
    (0..lines.len()).map(range).collect()
}

/// How far the lines between `own` heights are from standing a line apart, the first one at the top of a row whose
/// other cells reach `highest` above its middle.
fn misplaced(own: &[(i64, i64)], highest: i64, stand: Stand) -> i64 {
    let count = i64::try_from(own.len()).unwrap_or(0);
    if count == 0 {
        return 0;
    }
    let (low, high) = first(own);
    // The upper edge of the cell's first line, as far as its own height and that of the row allow.
    let centred = -(count - 1) * LINE / 2;
    let (least, most) = match stand {
        Stand::Top => (centred.min(-highest) - PADDING, centred.min(-highest)),
        Stand::Bottom => {
            let last = centred.max(highest - (count - 1) * LINE);
            (last, last + PADDING)
        }
    };
    (low - high).max(0) + (low - most).max(0) + (least - high).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_at_the_top_begins_with_the_highest_one() {
        assert_eq!(misplaced(&[(-124, -76), (-24, 24)], 100, Stand::Top), 0);
        assert!(misplaced(&[(-24, 24), (76, 124)], 100, Stand::Top) > 0);
        assert_eq!(misplaced(&[(-24, 24), (76, 124)], 100, Stand::Bottom), 0);
    }

    #[test]
    fn its_lines_stand_a_line_apart() {
        assert!(misplaced(&[(-224, -176), (-24, 24)], 200, Stand::Top) > 0);
        assert_eq!(misplaced(&[(-FAR, -24)], 0, Stand::Top), 0);
    }
}
