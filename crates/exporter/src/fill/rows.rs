//! Inserted rows, and where everything else comes to stand because of them.

use std::collections::BTreeMap;

use crate::read::sheet::LAST_ROW;

/// How many rows are inserted below which rows, all 0-based as the template counts them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct RowMap {
    inserted: BTreeMap<u32, u32>,
}

impl RowMap {
    /// Inserts `count` more rows below `row`.
    pub(super) fn insert(&mut self, row: u32, count: u32) {
        if count > 0 {
            *self.inserted.entry(row).or_default() += count;
        }
    }

    /// True where nothing moves.
    pub(super) fn is_empty(&self) -> bool {
        self.inserted.is_empty()
    }

    /// The rows inserted right below `row`.
    pub(super) fn below(&self, row: u32) -> u32 {
        self.inserted.get(&row).copied().unwrap_or_default()
    }

    /// Where the row comes to stand.
    pub(super) fn row(&self, row: u32) -> u32 {
        let moved: u32 = self.inserted.range(..row).map(|(_, count)| *count).fold(0, u32::saturating_add);
        row.saturating_add(moved).min(LAST_ROW)
    }

    /// Where the last row of a range comes to stand that takes in the rows inserted below it.
    pub(super) fn last_row(&self, row: u32) -> u32 {
        self.row(row).saturating_add(self.below(row)).min(LAST_ROW)
    }

    /// The row that a row of the filled sheet stands for: itself, or the one it is a copy of.
    pub(super) fn source(&self, filled: u32) -> u32 {
        let mut added = 0_u32;
        for (row, count) in &self.inserted {
            let at = row.saturating_add(added);
            if filled <= at {
                break;
            }
            if filled <= at.saturating_add(*count) {
                return *row;
            }
            added = added.saturating_add(*count);
        }
        filled.saturating_sub(added)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_below_an_insertion_move_down() {
        let mut map = RowMap::default();
        map.insert(5, 2);
        map.insert(9, 1);
        map.insert(9, 1);
        map.insert(20, 0);
        assert_eq!([0, 5, 6, 9, 10].map(|row| map.row(row)), [0, 5, 8, 11, 14]);
        assert_eq!((map.last_row(5), map.last_row(9), map.last_row(8)), (7, 13, 10));
        assert_eq!(map.row(LAST_ROW), LAST_ROW);
        assert_eq!([0, 5, 6, 7, 8, 11, 12, 13, 14].map(|row| map.source(row)), [0, 5, 5, 5, 6, 9, 9, 9, 10]);
    }
}
