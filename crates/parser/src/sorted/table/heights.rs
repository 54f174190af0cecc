//! How high the rows of a table are, and where the pieces of level names stand between and beside them. All heights
//! are in hundredths of a line.

use super::Sheet;
use super::levels::{LINE, Piece, TOLERANCE};
use super::path::{Found, Part};
use super::rows::{LEVEL, RowFit};
use super::words::Word;

/// Below and above everything.
const FAR: i64 = 1 << 30;

/// The heights of a table.
pub(super) struct Heights<'a> {
    /// Upper and lower edge of each row.
    pub(super) rows: Vec<(i64, i64)>,
    /// The pieces of names on each line that has some.
    pub(super) pieces: Vec<Vec<Piece<'a>>>,
}

/// The heights of the rows of `found`, if each is `padding` higher than its lines.
pub(super) fn heights<'a>(sheet: &'a Sheet, found: &Found, padding: i64) -> Heights<'a> {
    let mut top = 0;
    let mut rows = Vec::new();
    let mut lines: Vec<(Option<i64>, usize, Vec<&Word>)> = Vec::new();
    for part in &found.parts {
        match part {
            Part::Row(row, _) => {
                let height = lines_high(sheet, row) * LINE + padding;
                let zero = if row.hangs { top + (LINE + padding) / 2 } else { top + height / 2 };
                for ((at, slot), roles) in row.lines.clone().zip(&row.slots).zip(&row.roles) {
                    let names = roles.iter().zip(sheet.line(at)).filter(|(role, _)| **role == LEVEL);
                    let y = slot.map(|slot| zero + i64::from(slot) * LINE / 2);
                    lines.push((y, at, names.map(|(_, word)| word).collect()));
                }
                rows.push((top, top + height));
                top += height;
            }
            Part::Names(at) => lines.push((None, *at, sheet.line(*at).iter().collect())),
            Part::Unread => {}
        }
    }
    let ranges = ranges(&lines.iter().map(|(y, ..)| *y).collect::<Vec<_>>());
    let pieces = lines.into_iter().zip(ranges).map(|((_, line, words), (low, high))| {
        words.into_iter().map(|word| Piece { word, low, high, line }).collect::<Vec<Piece>>()
    });
    Heights { rows, pieces: pieces.filter(|line| !line.is_empty()).collect() }
}

/// How many lines high a row is: as its highest cell, or where a name stands above or below all others, twice as high
/// as it reaches.
fn lines_high(sheet: &Sheet, row: &RowFit) -> i64 {
    let tall =
        |column: usize| row.roles.iter().filter(|roles| roles.iter().any(|role| usize::from(*role) == column)).count();
    let tallest = i64::try_from(sheet.own().map(tall).max().unwrap_or(1)).unwrap_or(1);
    let Some((loose, _)) = sheet.loose else { return tallest };
    let idle: Vec<bool> =
        row.slots.iter().zip(&row.roles).map(|(slot, roles)| slot.is_none() && roles.contains(&loose)).collect();
    let outside = |idle: &mut dyn Iterator<Item = &bool>| idle.take_while(|idle| **idle).count();
    let beyond = outside(&mut idle.iter()).max(outside(&mut idle.iter().rev()));
    let reach = row.slots.iter().flatten().map(|slot| i64::from(slot.abs())).max().unwrap_or(0);
    tallest.max(reach + 2 * i64::try_from(beyond).unwrap_or(0))
}

/// Between which heights each line stands; those whose height is not known stand between their neighbours.
fn ranges(known: &[Option<i64>]) -> Vec<(i64, i64)> {
    let signed = |count: usize| i64::try_from(count).unwrap_or(0);
    let gap = |count: usize| TOLERANCE * signed(count + 1);
    let range = |at: usize| match known.get(at).copied().flatten() {
        Some(y) => (y - TOLERANCE, y + TOLERANCE),
        None => {
            let above = known.iter().take(at).rev().enumerate().find_map(|(count, y)| Some((*y)? + gap(count)));
            let below = known.iter().skip(at + 1).enumerate().find_map(|(count, y)| Some((*y)? - gap(count)));
            (above.unwrap_or(-FAR), below.unwrap_or(FAR))
        }
    };
    (0..known.len()).map(range).collect()
}
