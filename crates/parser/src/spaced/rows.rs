//! Cuts the lines of a table into rows.
//!
//! The cells of a row are centred on each other (or begin together), so the lines of its cells lie evenly about the
//! line on which its one-line cells stand. The cut that keeps most rows even is found by a dynamic program over
//! lines.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sheet::{Sheet, Word};
use super::stand::{Frame, Stand};
use crate::stream::doc::closes_text;
use crate::stream::rows::look::is_tail;
use crate::text::Metric;

/// The most lines of one row.
const MAX_LINES: usize = 48;

/// A row that costs this much or more is doubtful.
const DOUBTFUL: i32 = 24;

/// A rival border this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 4;

/// The most lines that are tried on the other side of a border.
const MOST_MOVED: usize = 4;

const UNANCHORED: i32 = 25;
const UNNAMED: i32 = 45;
const BLANK_WITHIN: i32 = 4;
const BAD_START: i32 = 40;
const OPEN_BRACKET: i32 = 12;
const SECOND_NAME: i32 = 40;
const UNNUMBERED: i32 = 20;
const MOST_SLACK: i32 = 8;
const IMPOSSIBLE: i32 = 1_000_000;

/// One line of a table by column.
#[derive(Debug, Clone, Default)]
pub(super) struct TableLine {
    /// The words of each column.
    pub(super) cells: Vec<Vec<Word>>,
    /// Index in the sheet.
    pub(super) line: usize,
}

/// What the columns of a table are to its rows.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// The columns that belong to single rows; the others are merged over rows or stand at the side.
    pub(super) own: Range<usize>,
    /// Where each row has a name.
    pub(super) name: Option<usize>,
    /// The lines that begin no other row with them: those of one-line figures.
    pub(super) anchors: Vec<bool>,
}

/// A row: lines of the table, and whether another cut was near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Its lines.
    pub(super) lines: Range<usize>,
    /// Nothing says for certain that these lines are one row.
    pub(super) doubtful: bool,
    /// The columns with a line that may as well belong to the row above or below.
    pub(super) doubted: BTreeSet<usize>,
}

/// The rows of `lines`: cut as if all cells were centred, and again as the columns then show their cells to stand.
pub(super) fn cut(sheet: &Sheet<'_>, lines: &[TableLine], plan: &Plan) -> Vec<Row> {
    let mut table = Table::new(sheet, lines, plan);
    let first = table.cut();
    table.stands = plan.own.clone().map(|column| table.stand(column, &first)).collect();
    let mut rows = table.cut();
    table.doubt_borders(&mut rows);
    rows
}

struct Table<'a> {
    sheet: &'a Sheet<'a>,
    lines: &'a [TableLine],
    plan: &'a Plan,
    /// How many anchors stand above each line.
    anchors_above: Vec<usize>,
    /// Most rows have figures.
    anchored: bool,
    /// Most rows have numbered names.
    numbered: bool,
    /// The widest line of each column.
    widths: Vec<i32>,
    /// How the cells of each of the rows' own columns stand.
    stands: Vec<Stand>,
}

impl<'a> Table<'a> {
    fn new(sheet: &'a Sheet<'a>, lines: &'a [TableLine], plan: &'a Plan) -> Self {
        let mut anchors_above = vec![0];
        for anchor in &plan.anchors {
            anchors_above.push(anchors_above.last().copied().unwrap_or(0) + usize::from(*anchor));
        }
        let anchored = plan.anchors.contains(&true);
        let count = lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        let widest = |column: usize| {
            lines.iter().filter_map(|line| line.cells.get(column)).map(|cell| width(sheet, cell)).max().unwrap_or(0)
        };
        let widths = (0..count).map(widest).collect();
        let names = lines.iter().filter_map(|line| line.cells.get(plan.name?));
        let numbers = names.filter(|cell| is_numbered(&sheet.spelled(*cell))).count();
        let numbered = numbers * 2 > plan.anchors.iter().filter(|anchor| **anchor).count();
        Self { sheet, lines, plan, anchors_above, anchored, numbered, widths, stands: Vec::new() }
    }

    fn cut(&self) -> Vec<Row> {
        let count = self.lines.len();
        let mut best = vec![(0, 0)];
        for end in 1..=count {
            let mut choice = (IMPOSSIBLE * 2, end - 1);
            for start in (end.saturating_sub(MAX_LINES)..end).rev() {
                if self.figures(start..end) > 1 {
                    break;
                }
                let before = best.get(start).map_or(IMPOSSIBLE, |(cost, _)| *cost);
                choice = choice.min((before.saturating_add(self.cost(start..end)), start));
            }
            best.push(choice);
        }
        let mut rows = Vec::new();
        let mut end = count;
        while end > 0 {
            let start = best.get(end).map_or(0, |(_, start)| *start).min(end - 1);
            let doubtful = self.cost(start..end) >= DOUBTFUL;
            rows.push(Row { lines: start..end, doubtful, doubted: BTreeSet::new() });
            end = start;
        }
        rows.reverse();
        rows
    }

    /// Marks the columns of `rows` that have a line which as well may be on the other side of a border.
    fn doubt_borders(&self, rows: &mut [Row]) {
        for at in 1..rows.len() {
            let Some([above, below]) = rows.get_mut(at - 1..=at) else { continue };
            let lines = self.movable(above.lines.clone(), below.lines.clone());
            let holds = |column: &usize| !self.lines_of(*column, lines.clone()).is_empty();
            let columns: BTreeSet<usize> = self.plan.own.clone().filter(holds).collect();
            above.doubted.extend(&columns);
            below.doubted.extend(&columns);
        }
    }

    /// The lines next to the border between two rows that may as well be on its other side.
    fn movable(&self, above: Range<usize>, below: Range<usize>) -> Range<usize> {
        let cost = |border: usize| self.cost(above.start..border).saturating_add(self.cost(border..below.end));
        let limit = cost(above.end).saturating_add(RIVAL_MARGIN);
        let near = |border: &usize| cost(*border) < limit;
        let up = (above.start + 1..above.end).rev().take(MOST_MOVED).take_while(near).count();
        let down = (below.start + 1..below.end).take(MOST_MOVED).take_while(near).count();
        above.end - up..below.start + down
    }

    /// How most cells of `column` stand in `rows` that are higher than they.
    fn stand(&self, column: usize, rows: &[Row]) -> Stand {
        let mut votes: Vec<(usize, Stand)> = self.allowed().iter().map(|stand| (0, *stand)).collect();
        for row in rows {
            let cells: Vec<Vec<usize>> =
                self.plan.own.clone().map(|column| self.lines_of(column, row.lines.clone())).collect();
            let cell = self.lines_of(column, row.lines.clone());
            let (Some(frame), false) = (self.frame(row.lines.clone(), &cells), cell.is_empty()) else { continue };
            let fits: Vec<bool> = votes.iter().map(|(_, stand)| frame.off(&cell, *stand) == 0).collect();
            if !fits.iter().all(|fits| *fits) {
                votes.iter_mut().zip(fits).for_each(|((count, _), fits)| *count += usize::from(fits));
            }
        }
        // The first of those that most cells fit: every even cell is rounded too.
        votes.into_iter().rev().max_by_key(|(count, _)| *count).map_or(Stand::Centre, |(_, stand)| stand)
    }

    /// The lines on which the cells of `range` stand.
    fn frame(&self, range: Range<usize>, cells: &[Vec<usize>]) -> Option<Frame> {
        let centre = self.centre(range.clone(), cells)?;
        let first = cells.iter().filter_map(|cell| cell.first()).min().copied()?;
        let last = cells.iter().filter_map(|cell| cell.last()).max().copied()?;
        Some(Frame { centre, first, last, stands: self.allowed() })
    }

    /// Lines of a text that keeps the true distances of words stand where they were drawn.
    const fn allowed(&self) -> &'static [Stand] {
        Stand::of(self.sheet.measure)
    }

    fn figures(&self, range: Range<usize>) -> usize {
        let above = |line: usize| self.anchors_above.get(line).copied().unwrap_or(0);
        above(range.end) - above(range.start)
    }

    /// How ill `range` makes one row.
    fn cost(&self, range: Range<usize>) -> i32 {
        let figures = self.figures(range.clone());
        if figures > 1 {
            return IMPOSSIBLE;
        }
        let cells: Vec<Vec<usize>> = self.plan.own.clone().map(|column| self.lines_of(column, range.clone())).collect();
        let Some(frame) = self.frame(range.clone(), &cells) else { return IMPOSSIBLE };
        let mut cost = if figures == 0 && self.anchored { UNANCHORED } else { 0 };
        let named = self.plan.name.and_then(|name| cells.get(name.checked_sub(self.plan.own.start)?));
        if named.is_some_and(Vec::is_empty) {
            cost += UNNAMED;
        }
        let broken = self.broken(range.clone());
        let stands = self.stands.iter().copied().chain(std::iter::repeat(Stand::Centre));
        cost += cells.iter().zip(stands).map(|(cell, stand)| frame.uneven(cell, stand, broken)).sum::<i32>();
        cost += self.plan.own.clone().map(|column| self.text_cost(column, range.clone())).sum::<i32>();
        cost + self.blanks(range.clone(), &cells)
    }

    /// The lines of `range` that have words in `column`.
    fn lines_of(&self, column: usize, range: Range<usize>) -> Vec<usize> {
        let filled = |line: &usize| {
            self.lines.get(*line).and_then(|line| line.cells.get(column)).is_some_and(|cell| !cell.is_empty())
        };
        range.filter(filled).collect()
    }

    /// Twice the number of the line on which the row is centred.
    fn centre(&self, mut range: Range<usize>, cells: &[Vec<usize>]) -> Option<usize> {
        if let Some(anchor) = range.find(|line| self.plan.anchors.get(*line) == Some(&true)) {
            return Some(2 * anchor);
        }
        if let Some([only]) = cells.iter().map(Vec::as_slice).find(|cell| cell.len() == 1) {
            return Some(2 * only);
        }
        let tallest = cells.iter().filter(|cell| !cell.is_empty()).max_by_key(|cell| cell.len())?;
        let (below, above) = (tallest.get(tallest.len() / 2)?, tallest.get((tallest.len() - 1) / 2)?);
        Some(below + above)
    }

    /// A page ends within or at an end of `range`: rows cut by it begin together.
    fn broken(&self, range: Range<usize>) -> bool {
        let page =
            |line: Option<usize>| line.and_then(|line| self.lines.get(line)).map(|line| self.sheet.page(line.line));
        let before = range.start.checked_sub(1);
        let inside = page(Some(range.start)) != page(range.end.checked_sub(1));
        let at_start = before.is_some() && page(before) != page(Some(range.start));
        inside || at_start || (range.end < self.lines.len() && page(Some(range.end)) != page(range.end.checked_sub(1)))
    }

    fn blanks(&self, range: Range<usize>, cells: &[Vec<usize>]) -> i32 {
        let first = cells.iter().filter_map(|cell| cell.first()).min().copied().unwrap_or(range.start);
        let last = cells.iter().filter_map(|cell| cell.last()).max().copied().unwrap_or(first);
        let within = self.lines.get(first + 1..last + 1).unwrap_or_default();
        let blank = |line: &&TableLine| self.sheet.lines.get(line.line).is_some_and(|line| line.blanks_above > 0);
        i32::try_from(within.iter().filter(blank).count()).unwrap_or(i32::MAX / 64) * BLANK_WITHIN
    }

    /// A cell that begins as no cell begins, or leaves a bracket open.
    fn text_cost(&self, column: usize, range: Range<usize>) -> i32 {
        let lines = self.lines.get(range).unwrap_or_default();
        let words = || lines.iter().filter_map(|line| line.cells.get(column)).flatten();
        let Some(first) = words().next() else { return 0 };
        let begin = self.sheet.text.folded.get(first.start).copied().unwrap_or(' ');
        let bad = closes_text(begin) || is_tail(&self.sheet.plain(first));
        let depth: i32 = words().flat_map(|word| word.start..word.end).map(|at| self.depth(at)).sum();
        let names = if self.plan.name == Some(column) { self.name_cost(lines, column) } else { 0 };
        i32::from(bad) * BAD_START + i32::from(depth != 0) * OPEN_BRACKET + self.wrap_cost(lines, column) + names
    }

    /// `指标2：` begins a name.
    fn name_cost(&self, lines: &[TableLine], column: usize) -> i32 {
        let cells = lines.iter().filter_map(|line| line.cells.get(column)).filter(|cell| !cell.is_empty());
        let begins = cells.map(|cell| is_numbered(&self.sheet.spelled(cell)));
        let later = begins.clone().skip(1).filter(|begins| *begins).count();
        let bare = begins.take(1).any(|begins| !begins && self.numbered);
        i32::try_from(later).unwrap_or(1) * SECOND_NAME + i32::from(bare) * UNNUMBERED
    }

    /// Lines that break where the next one would have fitted.
    fn wrap_cost(&self, lines: &[TableLine], column: usize) -> i32 {
        let cells: Vec<&Vec<Word>> =
            lines.iter().filter_map(|line| line.cells.get(column)).filter(|cell| !cell.is_empty()).collect();
        let full = self.widths.get(column).copied().unwrap_or(0);
        let slack = cells.windows(2).map(|pair| match pair {
            [line, next] => {
                let head = next.first().map_or(0, |word| self.head(word));
                (full - width(self.sheet, line) - head - 1).clamp(0, MOST_SLACK)
            }
            _ => 0,
        });
        slack.sum()
    }

    /// Width of what cannot be cut off the front of `word`.
    fn head(&self, word: &Word) -> i32 {
        let plain = self.sheet.plain(word);
        let narrow = plain.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '%' | '-')).count();
        i32::try_from(narrow).unwrap_or(0).max(2)
    }

    fn depth(&self, at: usize) -> i32 {
        match self.sheet.text.folded.get(at) {
            Some('(' | '[' | '《' | '“') => 1,
            Some(')' | ']' | '》' | '”') => -1,
            _ => 0,
        }
    }
}

fn width(sheet: &Sheet<'_>, words: &[Word]) -> i32 {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return 0 };
    sheet.text.width(first.start, last.end, Metric::default())
}

/// True for `指标2：……`.
fn is_numbered(plain: &str) -> bool {
    let number = plain.strip_prefix("指标").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    number.is_some_and(|rest| rest.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// Rows of a table of two columns, the second of which holds figures; columns are parted at position `at`.
    fn rows(text: &str, at: usize) -> Vec<Range<usize>> {
        let text = Text::new(text);
        let sheet = Sheet::new(&text);
        let line = |line: usize| {
            let (left, right) = sheet.line(line).iter().copied().partition(|word: &Word| word.x < at);
            TableLine { cells: vec![left, right], line }
        };
        let lines: Vec<TableLine> = (0..sheet.lines.len()).map(line).collect();
        let anchors = lines.iter().map(|line| line.cells.get(1).is_some_and(|cell| !cell.is_empty())).collect();
        let plan = Plan { own: 0..2, name: Some(0), anchors };
        cut(&sheet, &lines, &plan).into_iter().map(|row| row.lines).collect()
    }

    #[test]
    fn a_wrapped_name_lies_evenly_about_its_figure() {
        assert_eq!(
            rows("灯塔检修\n           5\n次数\n雾笛值守    6\n航标灯更新\n完成率     7\n情况\n", 8),
            [0..3, 3..4, 4..7]
        );
    }

    #[test]
    fn names_may_stand_at_the_foot_of_their_rows() {
        let text = "           5\n灯塔\n           6\n雾笛\n           7\n航标\n";
        assert_eq!(rows(text, 8), [0..2, 2..4, 4..6]);
    }

    #[test]
    fn what_goes_on_from_the_line_above_begins_no_row() {
        let text = "灯塔用电十二万   5\n元,已节约\n航标更新三十二处 6\n";
        assert_eq!(rows(text, 16), [0..2, 2..3]);
    }

    #[test]
    fn a_numbered_name_begins_a_row() {
        assert_eq!(rows("指标1:灯塔\n           5\n检修\n指标2:\n指标3:雾笛 6\n", 11), [0..3, 3..4, 4..5]);
    }
}
