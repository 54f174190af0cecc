//! Which stretches of a text mark their cells, and how.

use std::ops::Range;

use super::lead;
use crate::text::Text;

/// How a stretch of text marks its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Cells parted by `|`, a row on a line or, where cells hold line breaks, on several.
    PipeRows,
    /// One cell a line, each closed by `|`; a line of nothing else is a blank cell.
    PipeCells,
    /// Cells parted by tabs, a row on a line; cells with line breaks stand in double quotes.
    Tabs,
}

/// A stretch of text in one dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) dialect: Dialect,
    /// Its characters.
    pub(super) chars: Range<usize>,
    /// Where its first marked line starts; unmarked lines above it hold the title and fields.
    pub(super) table: usize,
}

/// Fewest marked lines of a table.
const FEWEST_LINES: usize = 3;

/// Most unmarked lines between two marked lines of a table: the lines of a wrapped cell.
const LONGEST_GAP: usize = 24;

/// In a table of one cell a line, this share of the marked lines, in percent, holds one cell.
const ONE_CELL_PERCENT: usize = 70;

/// The marks of one line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Line {
    /// Number of `|`.
    pub(super) pipes: usize,
    /// Tabs with ink before and behind them.
    pub(super) tabs: usize,
    /// The first ink is a `|`.
    pub(super) opens: bool,
    /// The last ink is a `|`.
    pub(super) closes: bool,
    /// The line ends in a `|` behind a blank cell.
    pub(super) padded: bool,
    /// The line has ink.
    pub(super) ink: bool,
}

/// The marks of the characters `range`.
pub(super) fn line(text: &Text, range: Range<usize>) -> Line {
    let chars = text.folded.get(range.clone()).unwrap_or_default();
    let inked: Vec<char> =
        range.filter(|index| text.is_ink(*index)).filter_map(|i| text.folded.get(i).copied()).collect();
    let inner = chars.iter().skip_while(|c| c.is_whitespace() && **c != '\t');
    Line {
        pipes: inked.iter().filter(|c| **c == '|').count(),
        tabs: inner.filter(|c| **c == '\t').count(),
        opens: inked.first() == Some(&'|'),
        closes: inked.last() == Some(&'|'),
        padded: inked.ends_with(&['|', '|']),
        ink: !inked.is_empty(),
    }
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
        regions.push(Region { dialect, chars, table: text.line_range(at).start });
        at = last + 1;
    }
    regions
}

/// The dialect of the table that begins with line `at`, and its last line.
fn table(lines: &[Line], at: usize) -> Option<(Dialect, usize)> {
    let first = lines.get(at)?;
    if first.pipes > 0 {
        let (count, end) = run(lines, at, |line| line.pipes > 0);
        return (count >= FEWEST_LINES).then(|| (pipe_dialect(lines.get(at..=end).unwrap_or_default()), end));
    }
    if first.tabs > 0 {
        let (count, end) = run(lines, at, |line| line.tabs > 0);
        return (count >= FEWEST_LINES).then_some((Dialect::Tabs, end));
    }
    None
}

/// How many lines from `at` on are marked, with no long gap between, and the last of them.
fn run(lines: &[Line], at: usize, marked: impl Fn(&Line) -> bool) -> (usize, usize) {
    let (mut count, mut end) = (0, at);
    for (index, line) in lines.iter().enumerate().skip(at) {
        if marked(line) {
            count += 1;
            end = index;
        } else if index - end > LONGEST_GAP {
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
