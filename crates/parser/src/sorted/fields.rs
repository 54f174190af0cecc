//! Labelled fields: the lines of a wrapped value stand evenly above and below the line of its label.

use std::ops::Range;

use jixiao_core::vocab::{Scope, find};

use super::lines::{Line, spelled};
use super::order::Order;
use crate::stream::doc::Token;

/// Puts the fields of the lines `range` in order, each value behind its label.
pub(super) fn arrange(lines: &[Line], range: Range<usize>, scope: Scope, order: &mut Order) {
    let mut above: Vec<&Line> = Vec::new();
    let mut row: Option<Row> = None;
    for line in range.filter_map(|at| lines.get(at)).filter(|line| !line.is_empty()) {
        let labelled = line.iter().any(|token| is_label(scope, token));
        if labelled || is_heading(line) {
            let lacks = row.as_ref().map_or(0, |row| row.above);
            let below: Vec<&Line> = above.drain(..lacks.min(above.len())).collect();
            let own = std::mem::take(&mut above);
            close(row.take(), &below, scope, order);
            row = Some(Row { label: line, above: own.len(), lines: own });
        } else {
            above.push(line);
        }
    }
    let lacks = row.as_ref().map_or(0, |row| row.above).min(above.len());
    let rest = above.split_off(lacks);
    close(row, &above, scope, order);
    rest.into_iter().for_each(|line| order.run(line.iter().cloned()));
}

/// A line with labels, and the lines above it that belong to its values.
struct Row<'a> {
    label: &'a Line,
    above: usize,
    lines: Vec<&'a Line>,
}

fn is_label(scope: Scope, token: &Token) -> bool {
    let heads = token.plain.split(':').next().unwrap_or_default();
    let known = |text: &str| find(scope, text).is_some() || find(Scope::Header, text).is_some();
    known(&token.plain) || (token.plain.contains(':') && known(heads))
}

/// A label of a block on a line of its own.
fn is_heading(line: &Line) -> bool {
    find(Scope::Block, &spelled(line)).is_some()
}

/// Puts a row in order: each label, then the lines of its value from top to bottom.
fn close(row: Option<Row>, below: &[&Line], scope: Scope, order: &mut Order) {
    let Some(row) = row else { return };
    if row.lines.is_empty() && below.is_empty() {
        order.run(row.label.iter().cloned());
        return;
    }
    let mut cells: Vec<Cell> = Vec::new();
    for token in row.label {
        match cells.last_mut() {
            Some(cell) if !is_label(scope, token) => cell.middle.push(token),
            _ => cells.push(Cell { label: token, middle: Vec::new(), above: Vec::new(), below: Vec::new() }),
        }
    }
    let uneven = row.lines.len() != below.len();
    for line in &row.lines {
        deal(line, &mut cells, |cell| &mut cell.above, order);
    }
    for line in below {
        deal(line, &mut cells, |cell| &mut cell.below, order);
    }
    for cell in cells {
        if uneven {
            order.doubt(cell.above.iter().chain(&cell.middle).chain(&cell.below).copied());
        }
        order.run(std::iter::once(cell.label).chain(cell.above).cloned());
        order.run(cell.middle.into_iter().cloned());
        order.down(cell.below.into_iter().cloned());
    }
}

/// A label and the words of its value above, on and below its line.
struct Cell<'a> {
    label: &'a Token,
    middle: Vec<&'a Token>,
    above: Vec<&'a Token>,
    below: Vec<&'a Token>,
}

/// Deals the words of `line` out: one to each value, or all to the one that has an even number of lines, which has
/// none on the line of its label.
fn deal<'a>(
    line: &'a Line,
    cells: &mut [Cell<'a>],
    slot: impl for<'c> Fn(&'c mut Cell<'a>) -> &'c mut Vec<&'a Token>,
    order: &mut Order,
) {
    let even: Vec<usize> = (0..cells.len()).filter(|at| cells.get(*at).is_some_and(|c| c.middle.is_empty())).collect();
    let all: Vec<usize> = (0..cells.len()).collect();
    let wrapped = if even.is_empty() { all } else { even };
    if wrapped.len() > 1 && wrapped.len() != line.len() {
        order.doubt(line);
        order.doubt(cells.iter().flat_map(|cell| cell.middle.iter().copied()));
    }
    for (index, token) in line.iter().enumerate() {
        let at = wrapped.get(index).or(wrapped.last()).copied().unwrap_or(0);
        if let Some(cell) = cells.get_mut(at) {
            slot(cell).push(token);
        }
    }
}
