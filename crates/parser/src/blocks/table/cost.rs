//! What it costs to deal a word to a cell.

use std::cell::RefCell;
use std::hash::Hash;

use jixiao_core::IndicatorField;
use rustc_hash::FxHashMap;

use super::away;
use super::state::{Arena, Lineup, Lineups, Move, NONE, State, UNREAD};
use super::{MAX_COLUMNS, Sheet, Word};
use crate::stream::rows::column::{Column, LevelMatch, NEVER, RowSoFar, open_cost};

/// Cells of one row that are not told one behind the other.
const FAR_ROW: i32 = 2;
const FARTHEST_ROWS: i32 = 5;
const LEFTWARDS: i32 = 10;
const GAP: i32 = 4;
const BARE_TARGET: i32 = 10;
const BARE_ACTUAL: i32 = 4;
/// A cell that begins on the line behind another one of its column.
const TIGHT: i32 = 3;
/// A line above what stands above it in its block.
const UPWARDS: i32 = 25;
/// Cells side by side that are not.
const WRONG_SIDE: i32 = 35;
/// The next line of a block in another column, where some line of the block holds several cells and where none does.
const CHANGES_MIXED: i32 = 2;
const CHANGES: i32 = 9;
/// Two words of a cell on one line.
const JOINED: i32 = 9;
const JOINED_FIGURE: i32 = 2;
const LEVEL_ELSEWHERE: i32 = 20;
/// A cell that was left out and comes late, in the order of such cells and not; a row left out for the time being.
const LATE: i32 = 6;
const OUT_OF_ORDER: i32 = 24;
const SKIPPED: i32 = 6;

/// A word about to be dealt, and what has been decided.
pub(super) struct Ask<'a> {
    pub(super) sheet: &'a Sheet<'a>,
    pub(super) arena: &'a Arena,
    pub(super) lineups: &'a Lineups,
    pub(super) told: &'a Told,
    pub(super) state: &'a State,
    pub(super) word: &'a Word,
    pub(super) index: usize,
}

/// What has been asked of one word: readings that share a row or a cell share what it costs to go on with it.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// By row and column.
    fits: RefCell<FxHashMap<(u32, usize), i32>>,
    /// By column, last node of the column, and whether the word begins a cell.
    cells: RefCell<FxHashMap<(usize, u32, bool), i32>>,
}

/// The answer known for `key`, or the one that `find` gives.
fn once<K: Eq + Hash>(known: &RefCell<FxHashMap<K, i32>>, key: K, find: impl FnOnce() -> i32) -> i32 {
    if let Some(answer) = known.borrow().get(&key) {
        return *answer;
    }
    let answer = find();
    known.borrow_mut().insert(key, answer);
    answer
}

impl<'a> Ask<'a> {
    pub(super) fn word_at(&self, index: u32) -> Option<&'a Word> {
        self.sheet.words.get(usize::try_from(index).ok()?)
    }

    /// The last word of `column`.
    pub(super) fn last(&self, column: usize) -> Option<&'a Word> {
        let node = self.arena.get(self.state.last.get(column).copied().unwrap_or(NONE))?;
        self.word_at(node.word)
    }

    /// The words of the last cell of `column`, the last one first.
    pub(super) fn open_cell(&self, column: usize) -> Vec<&'a Word> {
        let mut words = Vec::new();
        for node in self.arena.column(self.state.last.get(column).copied().unwrap_or(NONE)) {
            words.extend(self.word_at(node.word));
            if node.opens {
                break;
            }
        }
        words
    }

    /// The cost of the move `step`.
    pub(super) fn cost(&self, step: Move) -> i32 {
        let column = usize::from(step.column);
        let own = match (self.sheet.is_level(column), step.opens) {
            (false, true) => self.open(column, step.row),
            (level, opens) => {
                let last = self.state.last.get(column).copied().unwrap_or(NONE);
                once(&self.told.cells, (column, last, opens), || match (level, opens) {
                    (_, true) => self.open_level(column),
                    (true, false) => self.go_on_level(column),
                    (false, false) => self.go_on(column),
                })
            }
        };
        if own >= NEVER { NEVER } else { own + self.beside(step) + self.below(step) }
    }

    /// The cells of a row with the word as that of `column`.
    pub(super) fn joined(&self, row: u32, column: usize) -> Lineup {
        let mut words = self.lineups.get(row).map_or([NONE; MAX_COLUMNS], |row| row.words);
        if let Some(slot) = words.get_mut(column) {
            *slot = self.index_u32();
        }
        Lineup { words, cost: self.row_cost(&words) }
    }

    /// How the word fits with what stands left of it on its line.
    fn beside(&self, step: Move) -> i32 {
        if self.word.token.piece.leads {
            return 0;
        }
        let Some(before) = self.arena.get(self.state.node) else { return 0 };
        let same_line = self.word_at(before.word).is_some_and(|word| {
            word.token.piece.line == self.word.token.piece.line && before.word + 1 == self.index_u32()
        });
        if !same_line {
            return 0;
        }
        if before.column == step.column && !step.opens {
            return if self.joins_figure(before.word) { JOINED_FIGURE } else { JOINED };
        }
        let levels = self.sheet.is_level(usize::from(step.column)) || self.sheet.is_level(usize::from(before.column));
        if before.column >= step.column || (!levels && before.row != step.row) { WRONG_SIDE } else { 0 }
    }

    fn index_u32(&self) -> u32 {
        u32::try_from(self.index).unwrap_or(NONE)
    }

    /// Figures are set off with blanks within a text.
    fn joins_figure(&self, before: u32) -> bool {
        let ascii = |word: &Word| {
            let plain = &word.token.plain;
            plain.chars().next().zip(plain.chars().last()).is_some_and(|(a, b)| a.is_ascii() || b.is_ascii())
        };
        ascii(self.word) || self.word_at(before).is_some_and(ascii)
    }

    /// How the word fits with what stands above it in its block: the lines of a block that lies in one column stay in
    /// that column, and in any block they do not go up again.
    fn below(&self, step: Move) -> i32 {
        let Some(before) = self.arena.get(self.state.node) else { return 0 };
        let Some(above) = self.word_at(before.word).filter(|above| above.block == self.word.block) else { return 0 };
        let level = self.sheet.is_level(usize::from(step.column));
        let upwards = if !level && step.row + 1 < self.state.block_rows { UPWARDS } else { 0 };
        let next_line = above.token.piece.line != self.word.token.piece.line;
        let beside_level = level || self.sheet.is_level(usize::from(before.column));
        let changes = next_line && before.column != step.column && before.column != UNREAD;
        upwards
            + match changes {
                false => 0,
                true if self.word.mixed || beside_level => CHANGES_MIXED,
                true => CHANGES,
            }
    }

    fn open(&self, column: usize, row: u16) -> i32 {
        let kind = self.sheet.column(column);
        let shape = self.word.token.shape;
        if kind.is_points() && shape.number.is_none() && !shape.dash {
            return NEVER;
        }
        let lineup = self.state.lineup(row);
        let fit = once(&self.told.fits, (lineup, column), || {
            self.joined(lineup, column).cost - self.lineups.get(lineup).map_or(0, |row| row.cost)
        });
        let tight = self.last(column).is_some_and(|last| last.block == self.word.block);
        let place = match &self.sheet.points {
            Some(points) => away::place_cost(self, points, column, row),
            None => self.order(column, row) + self.far(column, row),
        };
        fit + place + if tight { TIGHT } else { 0 }
    }

    /// The cost of a cell above others of its column that were printed before it, and of rows left out.
    fn order(&self, column: usize, row: u16) -> i32 {
        let begun = self.state.rows.get(column).copied().unwrap_or(0);
        if row < begun {
            return if self.state.hole(column) == row { LATE } else { OUT_OF_ORDER };
        }
        let blank = self.sheet.blank_cost(column).min(SKIPPED);
        i32::from(row - begun) * blank
    }

    /// How far the cell is from the one begun before it.
    fn far(&self, column: usize, row: u16) -> i32 {
        let (last_column, last_row) = self.state.place;
        if self.state.node == NONE {
            return FAR_ROW * i32::from(row);
        }
        let rows = (i32::from(row) - i32::from(last_row)).abs();
        match rows {
            0 if column > usize::from(last_column) => GAP * self.blanks_between(usize::from(last_column), column, row),
            0 if self.sheet.column(column).is_points() => LEFTWARDS,
            0 => FAR_ROW,
            1 if row > last_row && column == self.first_own() => 0,
            rows => FAR_ROW * rows.min(FARTHEST_ROWS),
        }
    }

    /// Columns between two cells of one row that are still blank and seldom stay so.
    pub(super) fn blanks_between(&self, from: usize, to: usize, row: u16) -> i32 {
        let row = self.lineups.get(self.state.lineup(row));
        let filled = |at: usize| row.and_then(|row| row.words.get(at)).is_some_and(|word| *word != NONE);
        let blank = |at: &usize| self.sheet.blank_cost(*at) >= 20 && !filled(*at);
        i32::try_from((from + 1..to).filter(blank).count()).unwrap_or(0)
    }

    fn first_own(&self) -> usize {
        (0..self.sheet.columns.len()).find(|at| !self.sheet.is_level(*at)).unwrap_or(0)
    }

    /// How well the first words of a row's cells fit their columns and each other.
    fn row_cost(&self, words: &[u32; MAX_COLUMNS]) -> i32 {
        let mut row = RowSoFar::default();
        let mut cost = 0;
        for (column, word) in words.iter().enumerate() {
            let Some(word) = self.word_at(*word) else { continue };
            let kind = self.sheet.column(column);
            let echo = if kind == Column::Field(IndicatorField::Actual) { row.echo(&word.token).min(2) } else { 0 };
            let level = if begins_level(word) { LEVEL_ELSEWHERE } else { 0 };
            cost += open_cost(kind, &word.token, &word.look, row) - 2 * echo + bare_cost(kind, word) + level;
            match kind {
                Column::Field(IndicatorField::Target) => row.see_target(&word.token),
                Column::Field(IndicatorField::Actual) => row.see_actual(&word.token),
                Column::Field(IndicatorField::Weight) => row.weight = word.token.shape.number,
                Column::Field(IndicatorField::Score) => row.score = word.token.shape.number,
                _ => {}
            }
        }
        cost
    }
}

/// A piece of a level's name cut by a line end: no other cell begins like that.
pub(super) fn begins_level(word: &Word) -> bool {
    const LEAST: usize = 3;
    let cut = [word.look.level1, word.look.level2].contains(&LevelMatch::Beginning) && !word.look.is_level;
    (cut && word.token.plain.chars().count() >= LEAST) || word.token.plain == "指标"
}

/// Targets and actuals seldom are numbers without comparator and unit; points always are.
fn bare_cost(kind: Column, word: &Word) -> i32 {
    let bare = word.token.shape.number.is_some() && !word.token.shape.percent;
    match kind {
        Column::Field(IndicatorField::Target) if bare => BARE_TARGET,
        Column::Field(IndicatorField::Actual) if bare => BARE_ACTUAL,
        _ => 0,
    }
}
