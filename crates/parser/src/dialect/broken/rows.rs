//! The cheapest way to join the lines under a header into rows.

use std::ops::Range;

use super::{Lines, Seam, may_touch};
use crate::dialect::cells::Cell;
use crate::dialect::columns::{Kind, MISFIT, Shape};
use crate::stream::doc::closes_text;
use crate::text::Text;

/// Most lines that are looked at for one row: goals of large projects fill dozens.
const MOST_LINES: usize = 64;

/// Most columns of a table whose rows are joined: the forms have a dozen, and the cost of a row is that of each place its
/// cells may begin.
const MOST_COLUMNS: usize = 64;

/// What a line end within a cell costs.
const SEAM: u32 = 2;

/// What each column costs that a row lacks at its end, where tables write blank cells down.
const LACKING: u32 = 2;

/// The same in tables of texts, whose cells all look alike.
const LACKING_TEXT: u32 = 14;

/// A row without the name of its indicator, or its label.
const NAMELESS: u32 = 3 * MISFIT;

/// Two readings of a line end are near where their costs differ by no more.
const NEAR: u32 = 2;

/// The columns of a block.
pub(super) struct Table {
    columns: Vec<Kind>,
    /// The column that every row fills.
    key: usize,
    lacking: u32,
}

impl Table {
    pub(super) fn new(columns: Vec<Kind>, is_key: impl Fn(Kind) -> bool, texts: bool) -> Self {
        let key = columns.iter().position(|kind| is_key(*kind)).unwrap_or_default();
        Self { columns, key, lacking: if texts { LACKING_TEXT } else { LACKING } }
    }

    /// How badly cells of these shapes fill a row: the first columns may be covered by merged cells, the last left out.
    fn cost(&self, shapes: &[Shape]) -> u32 {
        let Some(spare) = self.columns.len().checked_sub(shapes.len()) else { return 0 };
        let from = |start: usize| {
            let columns = self.columns.iter().skip(start);
            let misfits: u32 = columns.zip(shapes).map(|(kind, shape)| shape.cost(*kind)).sum();
            let key = self.key.checked_sub(start).and_then(|key| shapes.get(key));
            let nameless = if key.is_none_or(Shape::is_blank) { NAMELESS } else { 0 };
            let lacking = u32::try_from(spare - start).unwrap_or_default() * self.lacking;
            misfits + nameless + lacking
        };
        (0..=spare).map(from).min().unwrap_or_default()
    }
}

/// The line ends among the lines `body` that are within cells.
pub(super) fn seams_of(text: &Text, lines: &Lines<'_>, body: Range<usize>, table: &Table) -> Vec<Seam> {
    if table.columns.len() > MOST_COLUMNS {
        return Vec::new();
    }
    let segments = segments(text, lines, &body, table);
    let count = body.len();
    let (before, after) = (forward(&segments, count), backward(&segments, count));
    let Some(best) = before.last().map(|(cost, _)| *cost) else { return Vec::new() };
    let mut ends = vec![false; count + 1];
    let mut at = count;
    while let Some((_, from)) = before.get(at).filter(|_| at > 0) {
        if let Some(end) = ends.get_mut(at) {
            *end = true;
        }
        at = *from;
    }
    let parted = |at: usize| before.get(at).zip(after.get(at)).map_or(u32::MAX, |((one, _), other)| one + other);
    let within = (1..count).filter(|at| ends.get(*at) == Some(&false));
    within.map(|at| Seam { line: body.start + at, unsure: parted(at) <= best + NEAR }).collect()
}

/// A row of the lines `from..to`, counted from the first of the body.
struct Segment {
    from: usize,
    to: usize,
    cost: u32,
}

fn forward(segments: &[Segment], count: usize) -> Vec<(u32, usize)> {
    let mut best = vec![(u32::MAX / 4, 0); count + 1];
    if let Some(first) = best.first_mut() {
        *first = (0, 0);
    }
    // Segments are sorted by their first line.
    for segment in segments {
        let cost = best.get(segment.from).map_or(u32::MAX / 4, |(cost, _)| cost.saturating_add(segment.cost));
        if let Some(slot) = best.get_mut(segment.to).filter(|slot| cost < slot.0) {
            *slot = (cost, segment.from);
        }
    }
    best
}

fn backward(segments: &[Segment], count: usize) -> Vec<u32> {
    let mut best = vec![u32::MAX / 4; count + 1];
    if let Some(last) = best.last_mut() {
        *last = 0;
    }
    for segment in segments.iter().rev() {
        let cost = best.get(segment.to).map_or(u32::MAX / 4, |cost| cost.saturating_add(segment.cost));
        if let Some(slot) = best.get_mut(segment.from) {
            *slot = cost.min(*slot);
        }
    }
    best
}

/// A row that begins with the mark at the end of a sentence or bracket.
const BEGINS_WITHIN: u32 = 8;

/// Every row that the lines `body` may hold.
fn segments(text: &Text, lines: &Lines<'_>, body: &Range<usize>, table: &Table) -> Vec<Segment> {
    let mut segments = Vec::new();
    for first in body.clone() {
        let within = lines.first(first).is_some_and(|cell| cell.squeezed().starts_with(closes_text));
        let mut row = Row { seams: if within { BEGINS_WITHIN } else { 0 }, ..Row::default() };
        for line in (first..body.end).take(MOST_LINES) {
            if !row.add(text, lines.of(line)) || (line > first && row.shapes.len() > table.columns.len()) {
                break;
            }
            let cost = table.cost(&row.shapes).saturating_add(row.seams);
            segments.push(Segment { from: first - body.start, to: line + 1 - body.start, cost });
        }
    }
    segments
}

/// A row that grows line by line.
#[derive(Default)]
struct Row {
    shapes: Vec<Shape>,
    /// What its line ends cost.
    seams: u32,
    /// Its last cell.
    last: Option<Cell>,
}

impl Row {
    /// Adds a line; `false` where it cannot go on with the one before.
    fn add(&mut self, text: &Text, cells: &[Cell]) -> bool {
        let Some((first, rest)) = cells.split_first() else { return false };
        let first = match &self.last {
            None => first.clone(),
            Some(left) if !may_touch(text, left, first) => return false,
            Some(left) => {
                self.seams += SEAM + seam(left, first);
                self.shapes.pop();
                super::one(text, left, first, false)
            }
        };
        self.shapes.push(first.shape());
        self.shapes.extend(rest.iter().map(Cell::shape));
        self.last = Some(rest.last().cloned().unwrap_or(first));
        true
    }
}

/// What speaks against a line end within a cell: no cell begins or ends with one, and whole labels and numbers do not
/// go on.
fn seam(left: &Cell, right: &Cell) -> u32 {
    let (one, other) = (left.shape(), right.shape());
    let blank = left.is_empty() || right.is_empty();
    let label = other.is_row_label() || other.is_level();
    let figures = (one.is_number() && other.is_number()) || one.is_row_label();
    let ended = left.squeezed().ends_with(['。', ';']);
    [(blank, MISFIT), (label, MISFIT), (figures, MISFIT), (ended, 1)]
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, cost)| cost)
        .sum()
}
