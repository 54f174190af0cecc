//! Rows that head a block: where its columns stand.

use std::ops::Range;

use super::GridCell;

/// The most columns of one block; further ones are not told apart. Official forms have at most 16.
const MAX_COLUMNS: usize = 64;

/// Where each column of a block stands.
#[derive(Debug, Clone)]
pub(super) struct Columns<K> {
    columns: Vec<(Range<u32>, K)>,
}

impl<K> Default for Columns<K> {
    fn default() -> Self {
        Self { columns: Vec::new() }
    }
}

impl<K> Columns<K> {
    /// Adds the column that `cell` heads.
    pub(super) fn push(&mut self, cell: &GridCell, kind: K) {
        if self.columns.len() < MAX_COLUMNS {
            self.columns.push((cell.column..cell.column_end(), kind));
        }
    }

    /// The column that `cell` stands in: the one that holds its first grid column, else the first it covers.
    pub(super) fn at(&self, cell: &GridCell) -> Option<&K> {
        let holds = |(range, _): &&(Range<u32>, K)| range.contains(&cell.column);
        let covers = |(range, _): &&(Range<u32>, K)| cell.column < range.end && range.start < cell.column_end();
        self.columns.iter().find(holds).or_else(|| self.columns.iter().find(covers)).map(|(_, kind)| kind)
    }

    /// True where `cell` covers a column of which `wanted` holds.
    pub(super) fn covers(&self, cell: &GridCell, wanted: impl Fn(&K) -> bool) -> bool {
        self.columns
            .iter()
            .any(|(range, kind)| wanted(kind) && cell.column < range.end && range.start < cell.column_end())
    }

    /// The columns, in printed order.
    pub(super) fn ranges(&self) -> &[(Range<u32>, K)] {
        &self.columns
    }

    /// The kinds, in printed order.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &K> {
        self.columns.iter().map(|(_, kind)| kind)
    }

    /// The first grid column of the block.
    pub(super) fn start(&self) -> Option<u32> {
        self.columns.iter().map(|(range, _)| range.start).min()
    }
}
