//! Which stretches of a text mark their cells, and how.

use std::ops::Range;

use super::{drawn, lead};
use crate::text::{Text, is_space};

/// How a stretch of text marks its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Cells parted by `|`, a row on a line or, where cells hold line breaks, on several.
    PipeRows,
    /// One cell a line, each closed by `|`; a line of nothing else is a blank cell.
    PipeCells,
    /// Cells between drawn lines, across and down.
    Drawn,
    /// Cells parted by tabs, a row on a line; cells with line breaks stand in double quotes.
    Tabs,
    /// Cells parted by commas, as in CSV files: like [`Dialect::Tabs`] otherwise.
    Commas,
    /// Cells parted by semicolons, as in CSV files where the comma parts decimals.
    Semicolons,
}

/// A stretch of text in one dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) dialect: Dialect,
    /// Its characters.
    pub(super) chars: Range<usize>,
    /// Where its first marked line starts; unmarked lines above it hold the title and fields.
    pub(super) table: usize,
    /// The marks of its lines from there on.
    pub(super) lines: Vec<Line>,
}

/// Fewest marked lines of a table.
const FEWEST_LINES: usize = 3;

/// Fewest rules of a table that is drawn.
const FEWEST_RULES: usize = 2;

/// Most unmarked lines between two marked lines of a table: the lines of a wrapped cell.
const LONGEST_GAP: usize = 24;

/// Most lines of a cell in double quotes: the goals of large projects fill dozens.
const LONGEST_QUOTED: usize = 200;

/// Lines within which a table shows how it is drawn or separated: a form's header and its first rows. What does not show
/// it there is looked at no further, or a text of nothing but such lines would be read again from each of them.
const SHOWN_WITHIN: usize = 256;

/// In a table of one cell a line, this share of the marked lines, in percent, holds one cell.
const ONE_CELL_PERCENT: usize = 70;

/// The marks of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Line {
    /// Number of `|`.
    pub(super) pipes: usize,
    /// Number of tabs.
    pub(super) tabs: usize,
    /// Commas outside of double quotes.
    pub(super) commas: usize,
    /// Semicolons outside of double quotes.
    pub(super) semicolons: usize,
    /// The number of double quotes is odd: a quoted cell opens or closes here.
    pub(super) turns: bool,
    /// The first ink is a `|`.
    pub(super) opens: bool,
    /// The last ink is a `|`.
    pub(super) closes: bool,
    /// The line ends in a `|` behind a blank cell.
    pub(super) padded: bool,
    /// The line is drawn: it ends a row.
    pub(super) rule: bool,
    /// The line has ink.
    pub(super) ink: bool,
}

impl Line {
    /// True for a line that any dialect would cut into cells.
    pub(super) const fn parts_cells(self) -> bool {
        self.pipes > 0 || self.rule || self.tabs > 0 || self.commas >= FEWEST_COMMAS || self.semicolons >= FEWEST_COMMAS
    }
}

/// The marks of the characters `range`.
fn line(text: &Text, range: Range<usize>) -> Line {
    let folded = text.folded.get(range.clone()).unwrap_or_default();
    let printed = text.chars.get(range).unwrap_or_default();
    let mut line = Line::default();
    let (mut quoted, mut last, mut before_last) = (false, None, None);
    for (plain, c) in folded.iter().zip(printed) {
        line.pipes += usize::from(*plain == '|');
        line.tabs += usize::from(*plain == '\t');
        line.turns ^= *plain == '"';
        quoted ^= *c == '"';
        // The wide comma and semicolon of Chinese prose part no cells.
        line.commas += usize::from(*c == ',' && !quoted);
        line.semicolons += usize::from(*c == ';' && !quoted);
        if !is_space(*c) {
            line.opens |= last.is_none() && *plain == '|';
            (before_last, last) = (last, Some(*plain));
        }
    }
    line.rule = drawn::is_rule(printed);
    line.ink = last.is_some();
    line.closes = last == Some('|');
    line.padded = line.closes && before_last == last;
    line
}

/// The stretches that mark their cells, in order.
pub(super) fn recognise(text: &Text) -> Vec<Region> {
    let lines: Vec<Line> = (0..text.line_count()).map(|at| line(text, text.line_range(at))).collect();
    let mut regions: Vec<Region> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some((dialect, end)) = table(&lines, at) else {
            at += 1;
            continue;
        };
        let floor = regions.last().map_or(0, |region| region.chars.end);
        let first = lead::first_line(text, at, floor);
        let last = lead::last_line(text, end, &lines);
        let chars = text.line_range(first).start.max(floor)..text.line_range(last).end;
        let marks = lines.get(at..=last).unwrap_or_default().to_vec();
        regions.push(Region { dialect, chars, table: text.line_range(at).start, lines: marks });
        at = last + 1;
    }
    regions
}

/// The dialect of the table that begins with line `at`, and its last line.
fn table(lines: &[Line], at: usize) -> Option<(Dialect, usize)> {
    let first = lines.get(at)?;
    if let Some(end) = drawn(lines, at) {
        return Some((Dialect::Drawn, end));
    }
    if first.pipes > 0 {
        let (count, end) = run(lines, at, |line| line.pipes > 0);
        return (count >= FEWEST_LINES).then(|| (pipe_dialect(lines.get(at..=end).unwrap_or_default()), end));
    }
    if first.tabs > 0 {
        let (count, end) = run(lines, at, |line| line.tabs > 0);
        return (count >= FEWEST_LINES).then_some((Dialect::Tabs, end));
    }
    let semicolons = separated(lines, at, |line| line.semicolons).map(|end| (Dialect::Semicolons, end));
    semicolons.or_else(|| separated(lines, at, |line| line.commas).map(|end| (Dialect::Commas, end)))
}

/// The last line of a table drawn with lines of characters, that begins with line `at`.
fn drawn(lines: &[Line], at: usize) -> Option<usize> {
    let belongs = |line: &Line| line.pipes > 0 || line.rule;
    lines.get(at).filter(|line| belongs(line))?;
    let shown = shown(lines, at, belongs);
    let rules = shown.iter().filter(|line| line.rule).count();
    let rows = shown.iter().filter(|line| line.pipes > 0 && !line.rule).count();
    (rules >= FEWEST_RULES && rows >= FEWEST_LINES).then(|| run(lines, at, belongs).1)
}

/// The lines from `at` on to the last that is marked, as far as they are looked at to know a table.
fn shown(lines: &[Line], at: usize, marked: impl Fn(&Line) -> bool) -> &[Line] {
    let near = lines.get(..lines.len().min(at + SHOWN_WITHIN)).unwrap_or_default();
    let (_, end) = run(near, at, marked);
    near.get(at..=end).unwrap_or_default()
}

/// Fewest commas in a row of a table: prose has fewer in a line, and never the same number on line after line.
const FEWEST_COMMAS: usize = 3;

/// The last line of a table in CSV, which writes the same number of separators in every row; a row with a line end in a
/// cell may hold fewer on its first line.
fn separated(lines: &[Line], at: usize, marks: impl Fn(&Line) -> usize) -> Option<usize> {
    let own = lines.get(at).map(&marks).filter(|own| *own >= FEWEST_COMMAS)?;
    let shown = shown(lines, at, |line| marks(line) == own);
    let count = shown.iter().filter(|line| marks(line) == own).count();
    let marked = shown.iter().filter(|line| marks(line) > 0).count();
    (count >= FEWEST_LINES && count * 2 > marked).then(|| run(lines, at, |line| marks(line) == own).1)
}

/// How many lines from `at` on are marked, with no long gap between, and the last of them.
fn run(lines: &[Line], at: usize, marked: impl Fn(&Line) -> bool) -> (usize, usize) {
    let (mut count, mut end, mut quoted, mut gap) = (0, at, false, 0);
    for (index, line) in lines.iter().enumerate().skip(at) {
        let inside = quoted;
        quoted ^= line.turns;
        if marked(line) {
            (count, end, gap) = (count + 1, index, 0);
            continue;
        }
        gap += usize::from(!inside && !quoted);
        if gap > LONGEST_GAP || index - end > LONGEST_QUOTED {
            break;
        }
    }
    (count, end)
}

fn pipe_dialect(lines: &[Line]) -> Dialect {
    let marked = lines.iter().filter(|line| line.pipes > 0).count();
    let single = lines.iter().filter(|line| line.pipes == 1 && line.closes).count();
    if single * 100 >= marked * ONE_CELL_PERCENT { Dialect::PipeCells } else { Dialect::PipeRows }
}
