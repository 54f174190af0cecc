//! From the rules of a table to its cells.

use super::rules::{Frame, Groups, Rule};
use super::units::{Area, POINT, clustered, nearest};
use crate::limits::MAX_PAGE_CELLS;

/// Edges this near to each other are one: rules end a little before or behind each other.
const SAME_EDGE: i32 = 3 * POINT;

/// A cell between rules; rows and columns are 0-based, ends exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) rows: (usize, usize),
    pub(super) columns: (usize, usize),
    pub(super) area: Area,
}

/// The table within a frame.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lattice {
    /// The edges of the columns, from left to right.
    pub(super) columns: Vec<i32>,
    /// The edges of the rows, from top to bottom.
    pub(super) rows: Vec<i32>,
    pub(super) boxes: Vec<Room>,
    /// For each field between neighbouring edges, row by row, the number of its cell.
    fields: Vec<usize>,
}

impl Lattice {
    /// The whole table.
    pub(super) fn area(&self) -> Area {
        let edge = |edges: &[i32], last: bool| (if last { edges.last() } else { edges.first() }).copied().unwrap_or(0);
        Area {
            left: edge(&self.columns, false),
            top: edge(&self.rows, false),
            right: edge(&self.columns, true),
            bottom: edge(&self.rows, true),
        }
    }

    /// The cell at a position.
    pub(super) fn at(&self, (x, y): (i32, i32)) -> Option<usize> {
        let column = field_at(&self.columns, x)?;
        let row = field_at(&self.rows, y)?;
        self.fields.get(row * self.columns.len().saturating_sub(1) + column).copied()
    }

    /// The lattice of the cells `boxes`.
    fn new(columns: Vec<i32>, rows: Vec<i32>, boxes: Vec<Room>) -> Self {
        let width = columns.len().saturating_sub(1);
        let mut fields = vec![usize::MAX; width * rows.len().saturating_sub(1)];
        for (number, cell) in boxes.iter().enumerate() {
            for row in cell.rows.0..cell.rows.1 {
                let range = row * width + cell.columns.0..row * width + cell.columns.1;
                fields.get_mut(range).into_iter().for_each(|fields| fields.fill(number));
            }
        }
        Self { columns, rows, boxes, fields }
    }
}

/// The number of the stretch between `edges` that holds `at`.
fn field_at(edges: &[i32], at: i32) -> Option<usize> {
    let behind = edges.partition_point(|edge| *edge <= at);
    if at == *edges.last()? { behind.checked_sub(2) } else { behind.checked_sub(1).filter(|_| behind < edges.len()) }
}

/// The cells that the rules of `frame` part from each other; `None` where they are more than any page has room for.
///
/// Where the outer rules are missing, the ends of the others stand for them.
pub(super) fn lattice(frame: &Frame) -> Option<Lattice> {
    let columns = edges(&frame.vertical, &frame.horizontal);
    let rows = edges(&frame.horizontal, &frame.vertical);
    let (width, height) = (columns.len().saturating_sub(1), rows.len().saturating_sub(1));
    if width * height > MAX_PAGE_CELLS {
        return None;
    }
    let mut groups = Groups::new(width * height);
    let walls = Walls::new(&frame.vertical, &columns, &rows);
    let floors = Walls::new(&frame.horizontal, &rows, &columns);
    for row in 0..height {
        for column in 0..width {
            let number = row * width + column;
            if column + 1 < width && !walls.stands(column + 1, row) {
                groups.join(number, number + 1);
            }
            if row + 1 < height && !floors.stands(row + 1, column) {
                groups.join(number, number + width);
            }
        }
    }
    let boxes = boxes(&mut groups, &columns, &rows);
    Some(Lattice::new(columns, rows, boxes))
}

/// The positions of the rules, and the outermost ends of those across.
fn edges(rules: &[Rule], across: &[Rule]) -> Vec<i32> {
    let mut positions: Vec<i32> = rules.iter().map(|rule| rule.at).collect();
    let ends = [across.iter().map(|rule| rule.from).min(), across.iter().map(|rule| rule.to).max()];
    for end in ends.into_iter().flatten() {
        if positions.iter().all(|position| (position - end).abs() > SAME_EDGE) {
            positions.push(end);
        }
    }
    clustered(positions, SAME_EDGE)
}

/// Which stretches of the edges of one direction have a rule.
struct Walls {
    stands: Vec<bool>,
    stretches: usize,
}

impl Walls {
    fn new(rules: &[Rule], edges: &[i32], across: &[i32]) -> Self {
        let stretches = across.len().saturating_sub(1);
        let mut stands = vec![false; edges.len() * stretches];
        for rule in rules {
            let edge = nearest(edges, rule.at);
            for (stretch, ends) in across.windows(2).enumerate() {
                let (Some(from), Some(to)) = (ends.first(), ends.get(1)) else { continue };
                let covered = rule.to.min(*to) - rule.from.max(*from);
                // Most of it: rules that are drawn short still part cells.
                if covered * 2 > to - from {
                    stands.get_mut(edge * stretches + stretch).into_iter().for_each(|wall| *wall = true);
                }
            }
        }
        Self { stands, stretches }
    }

    fn stands(&self, edge: usize, stretch: usize) -> bool {
        self.stands.get(edge * self.stretches + stretch).copied().unwrap_or(false)
    }
}

/// The cells: what no rule parts. A shape that is no rectangle is cut into rows.
fn boxes(groups: &mut Groups, columns: &[i32], rows: &[i32]) -> Vec<Room> {
    let (width, height) = (columns.len().saturating_sub(1), rows.len().saturating_sub(1));
    let mut outlines: Vec<Option<Outline>> = vec![None; width * height];
    for number in 0..width * height {
        let outline = Outline {
            rows: (number / width, number / width + 1),
            columns: (number % width, number % width + 1),
            count: 1,
        };
        let slot = outlines.get_mut(groups.root(number));
        slot.into_iter().for_each(|slot| *slot = Some(slot.map_or(outline, |whole| whole.around(outline))));
    }
    let mut boxes: Vec<Room> = Vec::new();
    for (root, outline) in outlines.iter().enumerate().filter_map(|(root, outline)| Some((root, (*outline)?))) {
        if outline.is_full() {
            boxes.extend(placed(outline, columns, rows));
        } else {
            boxes.extend(cut(root, outline, groups, width).into_iter().filter_map(|part| placed(part, columns, rows)));
        }
    }
    boxes.sort_by_key(|cell| (cell.rows.0, cell.columns.0));
    boxes
}

/// The rectangle around the fields of a group, and how many fields there are.
#[derive(Debug, Clone, Copy)]
struct Outline {
    rows: (usize, usize),
    columns: (usize, usize),
    count: usize,
}

impl Outline {
    fn around(self, other: Self) -> Self {
        Self {
            rows: (self.rows.0.min(other.rows.0), self.rows.1.max(other.rows.1)),
            columns: (self.columns.0.min(other.columns.0), self.columns.1.max(other.columns.1)),
            count: self.count + other.count,
        }
    }

    const fn is_full(&self) -> bool {
        (self.rows.1 - self.rows.0) * (self.columns.1 - self.columns.0) == self.count
    }
}

/// The stretches of each row of a group that is no rectangle.
fn cut(root: usize, outline: Outline, groups: &mut Groups, width: usize) -> Vec<Outline> {
    let mut parts: Vec<Outline> = Vec::new();
    for row in outline.rows.0..outline.rows.1 {
        for column in outline.columns.0..outline.columns.1 {
            if groups.root(row * width + column) != root {
                continue;
            }
            let field = Outline { rows: (row, row + 1), columns: (column, column + 1), count: 1 };
            match parts.last_mut().filter(|last| last.rows == field.rows && last.columns.1 == column) {
                Some(last) => *last = last.around(field),
                None => parts.push(field),
            }
        }
    }
    parts
}

fn placed(outline: Outline, columns: &[i32], rows: &[i32]) -> Option<Room> {
    let area = Area {
        left: *columns.get(outline.columns.0)?,
        top: *rows.get(outline.rows.0)?,
        right: *columns.get(outline.columns.1)?,
        bottom: *rows.get(outline.rows.1)?,
    };
    Some(Room { rows: outline.rows, columns: outline.columns, area })
}
