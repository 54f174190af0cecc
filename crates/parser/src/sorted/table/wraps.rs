//! What the lines of a wrapped cell say about the width of its column.

use super::words::Word;
use crate::stream::wrap;

/// The cost of a line break in a column of unknown width.
const UNKNOWN_WIDTH: i32 = 3;

/// One line of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measure {
    /// Its width, and how far that may be off.
    pub(super) width: i32,
    pub(super) doubt: i32,
    /// It ends with a mark that may hang over.
    closed: bool,
    /// It ends as a paragraph ends.
    ends: bool,
    /// Width of the first run that could not be broken.
    head: i32,
}

/// The measures of a line of words.
pub(super) fn measure(line: &[Word]) -> Measure {
    let gaps = i32::try_from(line.len().saturating_sub(1)).unwrap_or(0);
    let last = line.last().map(|word| word.token.shape);
    Measure {
        width: gaps + line.iter().map(|word| word.token.width).sum::<i32>(),
        doubt: line.iter().map(|word| wrap::doubt(&word.token)).sum(),
        closed: last.is_some_and(|shape| shape.closed),
        ends: last.is_some_and(|shape| shape.full_stop),
        head: line.first().map_or(0, |word| word.token.shape.head),
    }
}

/// How ill `lines` make one cell of a column of width `full`.
pub(super) fn cost(lines: &[Measure], full: Option<i32>) -> i32 {
    let widest = lines.iter().map(|line| line.width - line.doubt).max().unwrap_or(0);
    let width = full.unwrap_or(widest);
    let excess: i32 = lines.iter().map(|line| wrap::excess_cost(line.width, line.doubt, line.closed, width)).sum();
    let breaks = lines.iter().zip(lines.iter().skip(1)).map(|(line, next)| match full {
        None if lines.len() == 2 => UNKNOWN_WIDTH,
        _ => {
            let slack = wrap::slack(line.width, line.doubt, next.head, width);
            let slack = if line.ends { slack.min(UNKNOWN_WIDTH) } else { slack };
            if full.is_some() { slack } else { slack.max(UNKNOWN_WIDTH) }
        }
    });
    excess + breaks.sum::<i32>()
}
