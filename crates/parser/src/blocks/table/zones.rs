//! Where the words of a table stand to the points of their rows.
//!
//! Of the blocks of a page that stand in line with each other, poppler makes a table, which it tells row by row and from
//! left to right; all other blocks come before it or behind it, from top to bottom within each column. So a cell among
//! the points belongs to the row that is told there, and one around them to a row of the page that still lacks it.

use std::ops::Range;

use super::Sheet;
use super::points::Points;

/// Where a word stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Zone {
    /// The rows of its page.
    pub(super) rows: Range<u16>,
    /// The row of the next points.
    pub(super) next: u16,
    /// It stands among the points.
    pub(super) within: bool,
}

/// The zone of each word.
pub(super) fn zones(sheet: &Sheet, points: &Points) -> Vec<Zone> {
    let mut zones = Vec::with_capacity(sheet.words.len());
    let mut from = 0;
    while let Some(first) = sheet.words.get(from) {
        let count =
            sheet.words.get(from..).unwrap_or_default().iter().take_while(|word| word.page == first.page).count();
        page(sheet, points, from..from + count, &mut zones);
        from += count;
    }
    zones
}

fn page(sheet: &Sheet, points: &Points, words: Range<usize>, zones: &mut Vec<Zone>) {
    let found: Vec<usize> = words.clone().filter(|at| points.at(*at).is_some()).collect();
    let (first, last) = (found.first().copied(), found.last().copied());
    let block = |at: Option<usize>| at.and_then(|at| sheet.words.get(at)).map(|word| word.block);
    let row = |at: usize| points.at(at).map(|step| step.row);
    let start = found.iter().filter_map(|at| row(*at)).min().unwrap_or_else(|| points.next(words.start));
    let end = found.iter().filter_map(|at| row(*at)).max().map_or(start, |row| row + 1);
    let end = end.max(start + u16::from(found.is_empty())).min(points.rows).max(start);
    for at in words {
        let own = block(Some(at));
        let within = first.zip(last).is_some_and(|(first, last)| {
            (first..=last).contains(&at) || own == block(Some(first)) || own == block(Some(last))
        });
        zones.push(Zone { rows: start..end, next: points.next(at), within });
    }
}
