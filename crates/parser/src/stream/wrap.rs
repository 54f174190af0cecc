//! What line breaks say about cells: a cell breaks its lines at its column's width, so a line that goes on below
//! is full, and no line is wider than the column.

use super::doc::{Doc, Token};
use crate::ordinal::ordinal;

/// Narrow characters per column of doubt: digits and letters are not exactly half as wide as a 汉字.
const NARROW_DOUBT: i32 = 4;

/// Punctuation may be hung over or carried to the next line with the character before it.
const HANGING: i32 = 2;

/// How far the width of a line may be off.
pub(crate) fn doubt(token: &Token) -> i32 {
    (token.shape.narrow + 1) / NARROW_DOUBT
}

/// How far a line may reach over the edge of its column: a closing mark hangs over.
pub(crate) fn hang(closed: bool) -> i32 {
    if closed { HANGING } else { 0 }
}

/// The cost of a line of width `line` being followed by `next` in the same cell of width `full`: nothing where
/// `next` would not have fitted behind it.
pub(crate) fn slack_cost(line: i32, line_doubt: i32, next: &Token, full: i32) -> i32 {
    slack(line, line_doubt, next.shape.head, full)
}

/// As [`slack_cost`], with the width `head` of what would have had to fit.
pub(crate) fn slack(line: i32, line_doubt: i32, head: i32, full: i32) -> i32 {
    let room = full - line - line_doubt - head;
    if room < 0 { 0 } else { (6 + 3 * room).min(36) }
}

/// The cost of a line wider than its column.
pub(crate) fn excess_cost(line: i32, line_doubt: i32, closed: bool, full: i32) -> i32 {
    let excess = line - line_doubt - full - hang(closed);
    if excess <= 0 { 0 } else { (10 + 4 * excess).min(60) }
}

/// One printed line of a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    width: i32,
    doubt: i32,
    /// Width of the first unbreakable run.
    head: i32,
    /// Ends as a paragraph ends.
    full_stop: bool,
    /// Ends with a closing mark.
    closed: bool,
    /// Begins as a paragraph begins.
    opens: bool,
    /// Line number in the text.
    number: usize,
    /// A blank line stands above.
    blank: bool,
}

/// The lines of a text cell, and how ill they fit one column.
#[derive(Debug, Clone)]
pub(crate) struct Paragraph {
    lines: std::collections::VecDeque<Line>,
    known: Option<i32>,
    /// Blank lines stand only where a cell or a paragraph begins.
    tight: bool,
    /// Sentences that end before a blank within a line.
    gaps: i32,
}

impl Paragraph {
    /// An empty cell of a column of width `known`.
    pub(crate) fn new(known: Option<i32>) -> Self {
        Self { lines: std::collections::VecDeque::new(), known, tight: false, gaps: 0 }
    }

    /// The cell in a text whose blank lines stand only where a cell or a paragraph begins.
    pub(crate) fn tight(self, tight: bool) -> Self {
        Self { tight, ..self }
    }

    /// Adds the token `index` behind.
    pub(crate) fn push(&mut self, doc: &Doc, index: usize) {
        self.add(line_of(&doc.tokens[index]));
    }

    /// Adds the words `line` behind.
    pub(crate) fn add(&mut self, line: Line) {
        match self.lines.back_mut() {
            Some(last) if last.number == line.number => {
                self.gaps += i32::from(last.full_stop);
                last.width += line.width + 1;
                last.doubt += line.doubt;
                last.full_stop = line.full_stop;
                last.closed = line.closed;
            }
            _ => self.lines.push_back(line),
        }
    }

    /// Adds the token `index` in front.
    pub(crate) fn push_front(&mut self, doc: &Doc, index: usize) {
        let line = line_of(&doc.tokens[index]);
        match self.lines.front_mut() {
            Some(first) if first.number == line.number => {
                self.gaps += i32::from(line.full_stop);
                first.width += line.width + 1;
                first.doubt += line.doubt;
                first.head = line.head;
                first.opens = line.opens;
            }
            _ => self.lines.push_front(line),
        }
    }

    /// The width at which the lines break, where they show one.
    fn full(&self) -> i32 {
        let widest = self.lines.iter().map(|line| line.width - line.doubt - hang(line.closed)).max().unwrap_or(0);
        self.known.unwrap_or(widest)
    }

    /// The cost of all lines making one cell. Linear in the number of lines.
    pub(crate) fn cost(&self) -> i32 {
        let full = self.full();
        let breaks = self.lines.iter().zip(self.lines.iter().skip(1)).map(|(line, next)| break_cost(line, next, full));
        let excess = self.lines.iter().map(|line| excess_cost(line.width, line.doubt, line.closed, full));
        breaks.sum::<i32>() + excess.sum::<i32>() + 8 * self.gaps + self.blank_cost()
    }
}

impl Paragraph {
    /// The cost of blank lines within the paragraphs of a text whose line pitch leaves none.
    fn blank_cost(&self) -> i32 {
        const WITHIN: i32 = 10;
        if !self.tight {
            return 0;
        }
        let pairs = self.lines.iter().zip(self.lines.iter().skip(1));
        let within = pairs.filter(|(line, next)| next.blank && !line.full_stop && !next.opens).count();
        i32::try_from(within).unwrap_or(i32::MAX / WITHIN).saturating_mul(WITHIN)
    }
}

/// A line of nothing but `token`.
pub(crate) fn line_of(token: &Token) -> Line {
    Line {
        width: token.width,
        doubt: doubt(token),
        head: token.shape.head,
        full_stop: token.shape.full_stop,
        closed: token.shape.closed,
        opens: ordinal(&token.plain).is_some() || token.plain.starts_with(['[', '(']),
        number: token.piece.line,
        blank: token.piece.leads && token.piece.blanks_above > 0 && !token.piece.page_start,
    }
}

fn break_cost(line: &Line, next: &Line, full: i32) -> i32 {
    let room = full - line.width - line.doubt - next.head;
    if room < 0 {
        return 0;
    }
    match (line.full_stop, next.opens) {
        (true, true) => 0,
        (true, false) | (false, true) => 5,
        (false, false) => (8 + room).min(20),
    }
}

/// The width at which the tokens `start..end` break, where at least two of their lines do.
pub(crate) fn full_width(doc: &Doc, start: usize, end: usize) -> Option<i32> {
    let mut paragraph = Paragraph::new(None);
    for index in start..end {
        paragraph.push(doc, index);
    }
    (paragraph.lines.len() > 2).then(|| paragraph.full())
}
