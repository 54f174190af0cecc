//! What a partial reading of a table has decided.

use rustc_hash::FxHashMap;

use super::MAX_COLUMNS;

/// The most rows of a table: the largest published forms have some 80.
pub(super) const MOST_ROWS: u16 = 127;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// The column of a word that belongs to no cell.
pub(super) const UNREAD: u8 = u8::MAX;

/// One word dealt to a cell; readings share the nodes of their common beginnings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The word before.
    pub(super) parent: u32,
    /// The node of the word before in the same column.
    pub(super) above: u32,
    pub(super) word: u32,
    pub(super) column: u8,
    pub(super) row: u16,
    /// The word begins its cell.
    pub(super) opens: bool,
    /// Another reading of the words up to this one was nearly as good, and differed in this one.
    pub(super) rival: u32,
}

/// A partial reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    pub(super) cost: i32,
    /// The last word's node.
    pub(super) node: u32,
    /// One past the lowest row begun in each column.
    pub(super) rows: [u16; MAX_COLUMNS],
    /// The rows that have a cell in each column; of a level, nothing.
    pub(super) filled: [u128; MAX_COLUMNS],
    /// The last node of each column, and its word.
    pub(super) last: [u32; MAX_COLUMNS],
    pub(super) words: [u32; MAX_COLUMNS],
    /// The cells of each row so far, as a number of [`Lineups`].
    pub(super) lineups: [u32; MOST_ROWS as usize + 1],
    /// One more than the lowest row begun in this block.
    pub(super) block_rows: u16,
    /// Column and row of the last cell begun, levels aside.
    pub(super) place: (u8, u16),
    /// Weights so far, in ten-thousandths.
    pub(super) weights: i64,
    /// A number for [`State::filled`] and [`State::words`].
    pub(super) print: u64,
}

impl State {
    pub(super) const fn new() -> Self {
        Self {
            cost: 0,
            node: NONE,
            rows: [0; MAX_COLUMNS],
            filled: [0; MAX_COLUMNS],
            last: [NONE; MAX_COLUMNS],
            words: [NONE; MAX_COLUMNS],
            lineups: [Lineups::EMPTY; MOST_ROWS as usize + 1],
            block_rows: 0,
            place: (0, 0),
            weights: 0,
            print: 0,
        }
    }
}

impl State {
    /// The column has a cell in `row`.
    pub(super) fn has(&self, column: usize, row: u16) -> bool {
        self.filled.get(column).is_some_and(|rows| rows >> u32::from(row.min(MOST_ROWS)) & 1 == 1)
    }

    /// The topmost row without a cell in `column`.
    pub(super) fn hole(&self, column: usize) -> u16 {
        let rows = self.filled.get(column).copied().unwrap_or(0);
        u16::try_from(rows.trailing_ones()).unwrap_or(MOST_ROWS)
    }

    /// The cells of `row` so far.
    pub(super) fn lineup(&self, row: u16) -> u32 {
        self.lineups.get(usize::from(row)).copied().unwrap_or(Lineups::EMPTY)
    }

    /// How many rows have a cell in `column`.
    pub(super) fn count(&self, column: usize) -> u16 {
        let rows = self.filled.get(column).copied().unwrap_or(0);
        u16::try_from(rows.count_ones()).unwrap_or(MOST_ROWS)
    }
}

/// Where a word goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) column: u8,
    pub(super) row: u16,
    pub(super) opens: bool,
}

/// The words that begin the cells of a row, by column, and how ill they fit each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lineup {
    pub(super) words: [u32; MAX_COLUMNS],
    pub(super) cost: i32,
}

/// The rows of all readings: what is asked of a row is the same in each reading that has it.
#[derive(Debug)]
pub(super) struct Lineups {
    rows: Vec<Lineup>,
    numbers: FxHashMap<[u32; MAX_COLUMNS], u32>,
}

impl Default for Lineups {
    fn default() -> Self {
        let words = [NONE; MAX_COLUMNS];
        Self { rows: vec![Lineup { words, cost: 0 }], numbers: FxHashMap::from_iter([(words, Self::EMPTY)]) }
    }
}

impl Lineups {
    /// The row without a cell.
    pub(super) const EMPTY: u32 = 0;

    pub(super) fn get(&self, row: u32) -> Option<&Lineup> {
        self.rows.get(usize::try_from(row).ok()?)
    }

    /// The number of `row`.
    pub(super) fn enter(&mut self, row: Lineup) -> u32 {
        let next = u32::try_from(self.rows.len()).unwrap_or(NONE);
        let number = *self.numbers.entry(row.words).or_insert(next);
        if number == next {
            self.rows.push(row);
        }
        number
    }
}

/// The nodes of all readings.
#[derive(Debug, Default)]
pub(super) struct Arena {
    nodes: Vec<Node>,
}

impl Arena {
    pub(super) fn get(&self, node: u32) -> Option<&Node> {
        self.nodes.get(usize::try_from(node).ok()?)
    }

    pub(super) fn push(&mut self, node: Node) -> u32 {
        let at = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(node);
        at
    }

    /// The nodes from `node` back to the first word.
    pub(super) fn chain(&self, mut node: u32) -> impl Iterator<Item = (u32, &Node)> {
        std::iter::from_fn(move || {
            let at = node;
            let found = self.get(at)?;
            node = found.parent;
            Some((at, found))
        })
    }

    /// The nodes of one column from `node` upwards.
    pub(super) fn column(&self, mut node: u32) -> impl Iterator<Item = &Node> {
        std::iter::from_fn(move || {
            let found = self.get(node)?;
            node = found.above;
            Some(found)
        })
    }
}
