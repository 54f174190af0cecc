//! Rows of tables between tabs whose cells hold line breaks.
//!
//! A copied page writes a line end within a cell as it writes the end of a row. What tells them apart is the number of
//! cells: a row is complete when it has as many as the header above it names, or fewer by those that a merged cell
//! covers, and a label is complete when it is one. Where two ways to join the lines are nearly as good, the cells
//! concerned are marked as unsure.

mod bodies;
mod fields;
mod labels;
mod rows;
#[cfg(test)]
mod tests;
mod whole;

use std::ops::Range;

use jixiao_core::vocab::{Scope, is_title};

use super::cells::{Break, Cell};
use crate::text::Text;

/// A line end that is within a cell: the first cell of the line `line` goes on with the last one of the line before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seam {
    line: usize,
    /// The line might as well begin a row.
    unsure: bool,
}

impl Seam {
    const fn sure(line: usize) -> Self {
        Self { line, unsure: false }
    }
}

/// The cells of a table between tabs, those that line ends broke whole again.
pub(super) fn rejoin(text: &Text, cells: Vec<Cell>) -> Vec<Cell> {
    let cells = without_blank_lines(cells);
    if is_unbroken(&cells) {
        return cells;
    }
    let cells = joined(text, cells, labels::seams);
    let own = Lines::new(&cells);
    if let Some(seams) = whole::seams(text, &own) {
        return merged(text, &cells, &seams);
    }
    joined(text, cells, bodies::seams)
}

/// As many cells in every line, more than one: no line can be part of a row.
fn is_unbroken(cells: &[Cell]) -> bool {
    let mut widths = Lines::new(cells).lines.into_iter().map(|line| line.len());
    widths.next().is_some_and(|first| first > 1 && widths.all(|width| width == first))
}

fn joined(text: &Text, cells: Vec<Cell>, seams: impl Fn(&Text, &Lines<'_>) -> Vec<Seam>) -> Vec<Cell> {
    let found = seams(text, &Lines::new(&cells));
    if found.is_empty() { cells } else { merged(text, &cells, &found) }
}

/// The cells without those of lines that hold nothing.
fn without_blank_lines(mut cells: Vec<Cell>) -> Vec<Cell> {
    let blank = |row: &[Cell]| matches!(row, [only] if only.is_empty());
    let mut kept = Vec::with_capacity(cells.len());
    for row in cells.chunk_by(|_, next| next.before != Break::Hard) {
        kept.extend(row.iter().map(|_| !blank(row)));
    }
    let mut kept = kept.into_iter();
    cells.retain(|_| kept.next().unwrap_or(true));
    cells
}

/// The cells with the two at each seam as one.
fn merged(text: &Text, cells: &[Cell], seams: &[Seam]) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::with_capacity(cells.len());
    let mut seams = seams.iter().peekable();
    let mut line = 0;
    for (index, cell) in cells.iter().enumerate() {
        line += usize::from(index > 0 && cell.before == Break::Hard);
        let starts = cell.before == Break::Hard;
        let seam = seams.next_if(|seam| starts && seam.line == line);
        match (seam, out.last_mut()) {
            (Some(seam), Some(last)) => *last = one(text, last, cell, seam.unsure),
            _ => out.push(cell.clone()),
        }
    }
    out
}

/// Two cells as one.
fn one(text: &Text, left: &Cell, right: &Cell, unsure: bool) -> Cell {
    let unsure = unsure || left.unsure || right.unsure;
    let range = match (left.is_empty(), right.is_empty()) {
        (_, true) => left.start..left.end,
        (true, _) => right.start..right.end,
        _ => left.start..right.end,
    };
    Cell { unsure, ..Cell::new(text, range, left.before) }
}

/// The cells by the lines on which they stand.
struct Lines<'a> {
    cells: &'a [Cell],
    lines: Vec<Range<usize>>,
}

impl<'a> Lines<'a> {
    fn new(cells: &'a [Cell]) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for row in cells.chunk_by(|_, next| next.before != Break::Hard) {
            lines.push(start..start + row.len());
            start += row.len();
        }
        Self { cells, lines }
    }

    fn count(&self) -> usize {
        self.lines.len()
    }

    /// The cells of a line.
    fn of(&self, line: usize) -> &'a [Cell] {
        self.lines.get(line).and_then(|line| self.cells.get(line.clone())).unwrap_or_default()
    }

    /// The number of cells of a line.
    fn width(&self, line: usize) -> usize {
        self.of(line).len()
    }

    fn first(&self, line: usize) -> Option<&'a Cell> {
        self.of(line).first()
    }

    fn last(&self, line: usize) -> Option<&'a Cell> {
        self.of(line).last()
    }

    /// The line begins a field, a block or a title, so that it is no part of a cell.
    fn begins(&self, line: usize) -> bool {
        self.first(line).is_some_and(begins)
    }
}

/// True for a cell that begins a row, whatever stands before it.
fn begins(cell: &Cell) -> bool {
    let scopes = [Scope::Header, Scope::Block, Scope::FundRow, Scope::Goal, Scope::IndicatorColumn, Scope::Foot];
    scopes.iter().any(|scope| cell.is(*scope)) || is_title(&cell.text)
}

/// Nothing but white space stands between two cells: quotation marks there say that both are whole.
fn may_touch(text: &Text, left: &Cell, right: &Cell) -> bool {
    left.end <= right.start && !(left.end..right.start).any(|index| text.is_ink(index))
}
