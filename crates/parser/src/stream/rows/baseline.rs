//! What it says that one cell begins on the line where the cell before it ended.
//!
//! A new line begins where the baseline changes. Cells of one row are aligned alike, so whether two neighbouring
//! cells meet on a line depends only on how many lines they have, always in the same way within a document. How, is
//! learned from a first reading.

use jixiao_core::IndicatorField;

use super::Evidence;
use super::column::Column;
use super::state::{MAX_COLUMNS, Node, State, Step};

/// The cost of two cells that meet, or fail to meet, against the habit of the document.
const UNUSUAL: i32 = 9;

/// Lines of two cells beyond one each: none, one, more.
const CLASSES: usize = 3;

/// Whether neighbouring cells meet on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Habit {
    Meet,
    Part,
    #[default]
    Unknown,
}

/// The habits of a table, by the later column and the number of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Baselines {
    habits: [[Habit; CLASSES]; MAX_COLUMNS],
}

impl Baselines {
    /// What holds before anything is learned: values of one line each meet.
    pub(super) fn assumed(columns: &[Column]) -> Self {
        let mut habits = [[Habit::Unknown; CLASSES]; MAX_COLUMNS];
        for (column, kind) in columns.iter().enumerate().take(MAX_COLUMNS) {
            if matches!(kind, Column::Field(IndicatorField::Actual | IndicatorField::Weight)) {
                habits[column][0] = Habit::Meet;
            }
        }
        Self { habits }
    }

    /// The cost of how the finished cell of `column` stands to the cell before it.
    pub(super) fn cost(&self, state: &State, column: usize) -> i32 {
        let cell = &state.cells[column];
        let Some(before) = cell.after.filter(|_| !state.resumed) else { return 0 };
        let class = class(state.cells[usize::from(before)].lines, cell.lines);
        match self.habits[column][class] {
            Habit::Meet if cell.led => UNUSUAL,
            Habit::Part if !cell.led => UNUSUAL,
            _ => 0,
        }
    }

    /// The habits that a reading shows.
    pub(super) fn learn(evidence: &Evidence, path: &[Node]) -> Self {
        let mut counts = [[(0_usize, 0_usize); CLASSES]; MAX_COLUMNS];
        let mut cells: Vec<Seen> = Vec::new();
        for node in path {
            if node.step == Step::Row {
                tally(evidence, &cells, &mut counts);
                cells.clear();
            }
            see(evidence, &mut cells, node);
        }
        tally(evidence, &cells, &mut counts);
        let assumed = Self::assumed(&evidence.columns);
        let mut habits = assumed.habits;
        for (row, counts) in habits.iter_mut().zip(counts) {
            for (habit, (meet, part)) in row.iter_mut().zip(counts) {
                *habit = match (meet, part) {
                    (meet, part) if meet >= 2 && meet >= 4 * part => Habit::Meet,
                    (meet, part) if part >= 2 && part >= 4 * meet => Habit::Part,
                    (0, 0) => *habit,
                    _ => Habit::Unknown,
                };
            }
        }
        Self { habits }
    }
}

/// One cell of a row of the reading.
struct Seen {
    column: usize,
    lines: u16,
    last_line: usize,
    led: bool,
}

fn see(evidence: &Evidence, cells: &mut Vec<Seen>, node: &Node) {
    let Some(token) = evidence.tokens.get(node.token as usize) else { return };
    let (column, line) = (usize::from(node.column), token.piece.line);
    match cells.last_mut().filter(|cell| cell.column == column) {
        Some(cell) if cell.last_line != line => {
            cell.lines = cell.lines.saturating_add(1);
            cell.last_line = line;
        }
        Some(_) => {}
        None => cells.push(Seen { column, lines: 1, last_line: line, led: token.piece.leads }),
    }
}

/// Counts the pairs of neighbouring cells of a row whose cells come in order, each once.
fn tally(evidence: &Evidence, cells: &[Seen], counts: &mut [[(usize, usize); CLASSES]; MAX_COLUMNS]) {
    if cells.windows(2).any(|pair| pair[0].column >= pair[1].column) {
        return;
    }
    for pair in cells.windows(2) {
        let level = evidence.columns.get(pair[0].column).is_none_or(|kind| kind.level_scope().is_some());
        if level {
            continue;
        }
        let (meet, part) = &mut counts[pair[1].column][class(pair[0].lines, pair[1].lines)];
        *(if pair[1].led { part } else { meet }) += 1;
    }
}

fn class(before: u16, after: u16) -> usize {
    usize::from(before.saturating_add(after)).saturating_sub(2).min(CLASSES - 1)
}
