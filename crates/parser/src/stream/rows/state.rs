//! One hypothesis of the search: which cell is being filled, and what of the rows so far bears on the rest.

use super::baseline::Low;
use super::column::{LevelMatch, RowSoFar};
use crate::stream::doc::Token;
use crate::stream::wrap;

/// Most columns of a table; a header with more is no indicator header.
pub(super) const MAX_COLUMNS: usize = 16;

/// No node.
pub(super) const ROOT: u32 = u32::MAX;

/// One cell of the row being filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Cell {
    /// Lines so far; 0 for a cell that has not begun.
    pub(super) lines: u16,
    /// Width of the last line.
    pub(super) width: i32,
    /// How far that width may be off.
    pub(super) doubt: i32,
    /// Width of the widest line.
    pub(super) widest: i32,
    /// Brackets left open.
    pub(super) depth: i32,
    /// The last line ends as a paragraph ends.
    pub(super) full_stop: bool,
    /// The last character, folded.
    pub(super) ends: Option<char>,
    /// Number of the last line in the text.
    pub(super) line: usize,
    /// Whether its text is a level's name, in a column of levels.
    pub(super) level: LevelMatch,
    /// How low the line lay on which the cell before it in the row ended.
    pub(super) after: Low,
    /// Its first token leads its line.
    pub(super) led: bool,
}

impl Cell {
    /// The cell has begun.
    pub(super) const fn is_open(&self) -> bool {
        self.lines > 0
    }
}

/// How a token joined the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// It begins a row.
    Row,
    /// It begins a cell of the row.
    Open,
    /// It goes on in a cell.
    Continue,
}

/// A decision, linked to the one before it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    /// The decision before.
    pub(super) previous: u32,
    /// The token decided on.
    pub(super) token: u32,
    /// Its characters: all of the token's, or a part where cells are glued.
    pub(super) chars: (usize, usize),
    /// The column it went to.
    pub(super) column: u8,
    /// How.
    pub(super) step: Step,
    /// What the reading costs up to here.
    pub(super) cost: i32,
    /// Set where another reading of the rows before came near: how near, and its last decision.
    pub(super) rival: Option<(i32, u32)>,
}

/// A hypothesis.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// How ill it fits so far.
    pub(super) cost: i32,
    /// Its last decision.
    pub(super) node: u32,
    /// The column being filled; `None` before the first token.
    pub(super) column: Option<usize>,
    /// The column in which the last line began.
    pub(super) line_column: Option<u8>,
    /// How low the last line lies, the cell being filled aside.
    pub(super) low: Low,
    /// The cells of the row being filled.
    pub(super) cells: [Cell; MAX_COLUMNS],
    /// The row goes on after a page break: its cells are taken up again in order.
    pub(super) resumed: bool,
    /// What of the row bears on its next cell.
    pub(super) row: RowSoFar,
    /// Token with which the last level-2 name began, [`ROOT`] for none.
    pub(super) level2: u32,
    /// Token with which the row began.
    pub(super) row_start: u32,
    /// Sum of the weights, in ten-thousandths.
    pub(super) weights: i64,
    /// Sum of the scores, in ten-thousandths.
    pub(super) scores: i64,
}

impl State {
    /// The hypothesis before the first token.
    pub(super) fn start() -> Self {
        Self {
            cost: 0,
            node: ROOT,
            column: None,
            line_column: None,
            low: None,
            cells: [Cell::default(); MAX_COLUMNS],
            resumed: false,
            row: RowSoFar::default(),
            level2: ROOT,
            row_start: 0,
            weights: 0,
            scores: 0,
        }
    }

    /// Forgets the row: a new one begins at `token`.
    pub(super) fn begin_row(&mut self, token: u32) {
        self.cells = [Cell::default(); MAX_COLUMNS];
        self.resumed = false;
        self.row = RowSoFar::default();
        self.row_start = token;
    }

    /// What its future depends on.
    pub(super) fn key(&self) -> Key {
        Key {
            row_start: self.row_start,
            column: self.column.unwrap_or(MAX_COLUMNS),
            lines: self.cells.map(|cell| cell.lines),
            line_column: self.line_column,
            resumed: self.resumed,
            weights: self.weights,
            scores: self.scores,
        }
    }

    /// The key of the hypothesis that goes on with `token` in `column`. Hypotheses with equal keys have the same
    /// future: only the best one is kept.
    pub(super) fn key_on(&self, token: &Token, column: usize, soft: bool, resumed: bool) -> Key {
        let mut lines = self.cells.map(|cell| cell.lines);
        if let (Some(count), Some(cell)) = (lines.get_mut(column), self.cells.get(column)) {
            *count = count.saturating_add(u16::from(!cell.takes_on_line(token, soft)));
        }
        let (weights, scores) = (self.weights, self.scores);
        Key {
            row_start: self.row_start,
            column,
            lines,
            line_column: self.begun(token, column),
            resumed,
            weights,
            scores,
        }
    }

    /// The key of the hypothesis that begins a row with the token `number` in `column`.
    pub(super) fn key_of_row(&self, token: &Token, number: u32, column: usize) -> Key {
        let mut lines = [0; MAX_COLUMNS];
        if let Some(count) = lines.get_mut(column) {
            *count = 1;
        }
        let (weights, scores) = self.settled();
        let line_column = self.begun(token, column);
        Key { row_start: number, column, lines, line_column, resumed: false, weights, scores }
    }

    fn begun(&self, token: &Token, column: usize) -> Option<u8> {
        if token.piece.leads { u8::try_from(column).ok() } else { self.line_column }
    }

    /// The sums of weights and scores with the row's own.
    pub(super) fn settled(&self) -> (i64, i64) {
        let add = |sum: i64, own: Option<i64>| sum.saturating_add(own.unwrap_or(0));
        (add(self.weights, self.row.weight), add(self.scores, self.row.score))
    }
}

/// What the future of a hypothesis depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    row_start: u32,
    column: usize,
    lines: [u16; MAX_COLUMNS],
    line_column: Option<u8>,
    resumed: bool,
    weights: i64,
    scores: i64,
}

impl Key {
    /// A number that differs for nearly all different keys.
    pub(super) fn fingerprint(&self) -> u64 {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let mix = |sum: u64, value: u64| (sum ^ value).wrapping_mul(FACTOR).rotate_left(23);
        let place = u64::from(self.row_start) << 32 | (self.column as u64) << 16 | u64::from(self.resumed) << 9;
        let begun = self.line_column.map_or(0x100, u64::from);
        let parts = [place | begun, self.weights.cast_unsigned(), self.scores.cast_unsigned()];
        let sum = parts.into_iter().fold(FACTOR, mix);
        self.lines.iter().fold(sum, |sum, lines| mix(sum, u64::from(*lines)))
    }
}

impl Cell {
    /// The token stands on the cell's last line, where blanks are not `soft`.
    fn takes_on_line(&self, token: &Token, soft: bool) -> bool {
        self.is_open() && self.line == token.piece.line && !soft
    }

    /// Adds a token: to the last line where it stands on it and blanks are not `soft`, else as a further line.
    pub(super) fn push(&mut self, token: &Token, soft: bool) {
        let same_line = self.takes_on_line(token, soft);
        if same_line {
            self.width += 1 + token.width;
            self.doubt += wrap::doubt(token);
        } else {
            if !self.is_open() {
                self.led = token.piece.leads;
            }
            self.lines = self.lines.saturating_add(1);
            self.width = token.width;
            self.doubt = wrap::doubt(token);
        }
        self.widest = self.widest.max(self.width);
        self.depth += token.shape.depth;
        self.full_stop = token.shape.full_stop;
        self.ends = token.plain.chars().next_back();
        self.line = token.piece.line;
    }

    /// The cell's last character is a digit, a letter or a sign.
    pub(super) fn ends_narrow(&self) -> bool {
        self.ends.is_some_and(|c| c.is_ascii())
    }
}
