//! What it says that one cell begins on the line where the cell before it ended.
//!
//! A new line begins where the baseline changes. The cells of a row are aligned alike, so whether two neighbouring
//! cells meet on a line depends only on how many lines they have, always in the same way within a text. In which way
//! is learned from a first reading.

use super::Evidence;
use super::column::Column;
use super::state::{Node, State, Step};

/// The cost of two cells that meet, or fail to meet, against what is assumed before anything is learned.
const ODD: i32 = 9;

/// The same, against the habit that the text has shown.
const UNUSUAL: i32 = 14;

/// How the cells of a row stand to each other, and what an extractor takes for one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// Centred in height; a shift by half a line opens no new line.
    CentreLoose,
    /// Centred in height; a shift by half a line opens a new line.
    CentreStrict,
    /// Aligned at the top.
    Top,
    /// Aligned at the bottom.
    Bottom,
    /// Every cell on a line of its own.
    Apart,
}

impl Habit {
    const ALL: [Self; 5] = [Self::CentreLoose, Self::CentreStrict, Self::Top, Self::Bottom, Self::Apart];

    /// A cell of `lines` lines begins on a line where a cell has ended that has `low` lines more than one.
    const fn meets(self, low: u16, lines: u16) -> bool {
        let high = lines.saturating_sub(1);
        match self {
            Self::CentreLoose => low.saturating_add(high) <= 1,
            Self::CentreStrict => low == 0 && high == 0,
            Self::Top => low == 0,
            Self::Bottom => high == 0,
            Self::Apart => false,
        }
    }
}

/// How low the baselines of a text line lie within their row: the most lines beyond one of the cells that end on it;
/// `None` where that is not known.
pub(super) type Low = Option<u16>;

/// `low` with a cell of `lines` lines of the column `kind` ending on the line. Level names stand amid several rows.
pub(super) fn lower(low: Low, kind: Column, lines: u16) -> Low {
    low.filter(|_| kind.level_scope().is_none()).map(|low| low.max(lines.saturating_sub(1)))
}

/// The habits that a table may have, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Baselines {
    habits: Vec<Habit>,
}

impl Baselines {
    /// What holds before anything is learned: cells of one line each meet, unless every piece stands on its own line.
    pub(super) fn assumed(evidence: &Evidence) -> Self {
        Self { habits: if every_piece_leads(evidence) { vec![Habit::Apart] } else { Vec::new() } }
    }

    /// Every cell stands on lines of its own.
    pub(super) fn apart(&self) -> bool {
        self.habits == [Habit::Apart]
    }

    /// The cost of how the finished cell of `column` stands to the cell before it.
    pub(super) fn cost(&self, state: &State, column: usize) -> i32 {
        let cell = &state.cells[column];
        let Some(low) = cell.after.filter(|_| !state.resumed) else { return 0 };
        if self.habits.is_empty() {
            return if low == 0 && cell.lines == 1 && cell.led { ODD } else { 0 };
        }
        let odd = self.habits.iter().all(|habit| habit.meets(low, cell.lines) == cell.led);
        if odd { UNUSUAL } else { 0 }
    }

    /// The habits that a reading shows: those that all but a few pairs of neighbouring cells keep.
    pub(super) fn learn(evidence: &Evidence, path: &[Node]) -> Self {
        let mut seen = Seen::default();
        let mut cells: Vec<Cell> = Vec::new();
        for node in path {
            if node.step == Step::Row {
                seen.add(&cells);
                cells.clear();
            }
            see(evidence, &mut cells, node);
        }
        seen.add(&cells);
        let habits = seen.conclude();
        if habits.is_empty() { Self::assumed(evidence) } else { Self { habits } }
    }
}

/// Hardly a line holds more than one piece.
fn every_piece_leads(evidence: &Evidence) -> bool {
    let pieces = evidence.tokens.len();
    let behind = evidence.tokens.iter().filter(|token| !token.piece.leads).count();
    pieces >= 12 && behind * 12 <= pieces
}

/// One cell of a row of the reading.
struct Cell {
    column: usize,
    lines: u16,
    last_line: usize,
    led: bool,
    /// How low the line lay on which the cell before it ended.
    after: Low,
    /// How low its last line lies, itself aside.
    low: Low,
}

fn see(evidence: &Evidence, cells: &mut Vec<Cell>, node: &Node) {
    let Some(token) = evidence.tokens.get(node.token as usize) else { return };
    let (column, line) = (usize::from(node.column), token.piece.line);
    match cells.last_mut().filter(|cell| cell.column == column) {
        Some(cell) if cell.last_line != line || evidence.soft => {
            cell.lines = cell.lines.saturating_add(1);
            cell.last_line = line;
            cell.low = Some(0);
        }
        Some(_) => {}
        None => {
            let kind = |at: usize| evidence.columns.get(at).copied().unwrap_or(Column::Unkept);
            let after = cells.last().and_then(|before| lower(before.low, kind(before.column), before.lines));
            let low = if token.piece.leads { Some(0) } else { after };
            cells.push(Cell { column, lines: 1, last_line: line, led: token.piece.leads, after, low });
        }
    }
}

/// How often each habit would have been broken.
#[derive(Default)]
struct Seen {
    misses: [usize; Habit::ALL.len()],
    /// Pairs that are not of one line each.
    telling: usize,
}

impl Seen {
    /// Counts the pairs of neighbouring cells of a row whose cells come in order, each once.
    fn add(&mut self, cells: &[Cell]) {
        if cells.windows(2).any(|pair| pair[0].column >= pair[1].column) {
            return;
        }
        for cell in cells {
            let Some(low) = cell.after else { continue };
            self.telling += usize::from(low > 0 || cell.lines > 1);
            for (misses, habit) in self.misses.iter_mut().zip(Habit::ALL) {
                *misses += usize::from(habit.meets(low, cell.lines) == cell.led);
            }
        }
    }

    /// The habits broken least, where that is seldom.
    fn conclude(&self) -> Vec<Habit> {
        let least = self.misses.iter().copied().min().unwrap_or(0);
        if self.telling < 3 || least * 6 > self.telling {
            return Vec::new();
        }
        let near = Habit::ALL.into_iter().zip(self.misses).filter(|(_, misses)| *misses <= least + 1);
        near.map(|(habit, _)| habit).collect()
    }
}
