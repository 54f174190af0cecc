//! Learning the columns' widths from a reading.

use std::collections::BTreeMap;

use super::Evidence;
use super::state::{Node, Step};
use crate::stream::wrap;

/// How much narrower than its column a full line may be: punctuation carried over, a word that did not fit.
const SHORTFALL: i32 = 3;

/// One line of a cell.
#[derive(Debug, Clone, Copy)]
struct Line {
    number: usize,
    width: i32,
    doubt: i32,
}

/// The width of each column, where cells that wrap show it.
pub(super) fn learn(evidence: &Evidence, path: &[Node]) -> Vec<Option<i32>> {
    let cells = cells(evidence, path);
    (0..evidence.columns.len())
        .map(|column| {
            let points = evidence.columns[column].is_points();
            let own: Vec<&Vec<Line>> = cells.iter().filter(|(at, _)| *at == column).map(|(_, lines)| lines).collect();
            if points { None } else { width(&own) }
        })
        .collect()
}

/// Every cell of the reading as lines.
fn cells(evidence: &Evidence, path: &[Node]) -> Vec<(usize, Vec<Line>)> {
    let mut cells: Vec<(usize, Vec<Line>)> = Vec::new();
    let mut row: BTreeMap<usize, Vec<Line>> = BTreeMap::new();
    for node in path {
        if node.step == Step::Row {
            cells.extend(std::mem::take(&mut row));
        }
        let Some(token) = evidence.tokens.get(node.token as usize) else { continue };
        let width = evidence.doc.text.width(node.chars.0, node.chars.1, evidence.doc.metric);
        let lines = row.entry(usize::from(node.column)).or_default();
        match lines.last_mut().filter(|line| line.number == token.piece.line) {
            Some(line) => {
                line.width += 1 + width;
                line.doubt += wrap::doubt(token);
            }
            None => lines.push(Line { number: token.piece.line, width, doubt: wrap::doubt(token) }),
        }
    }
    cells.extend(row);
    cells
}

/// The width that most lines which go on below are just short of, and that few lines exceed.
fn width(cells: &[&Vec<Line>]) -> Option<i32> {
    let full: Vec<Line> = cells.iter().flat_map(|lines| lines.iter().rev().skip(1)).copied().collect();
    let all: Vec<Line> = cells.iter().flat_map(|lines| lines.iter()).copied().collect();
    let candidates = full.iter().map(|line| line.width);
    let score = |width: i32| -> i32 {
        let fits = full.iter().filter(|line| line.width <= width && line.width + line.doubt + SHORTFALL >= width);
        let exceeds = all.iter().filter(|line| line.width - line.doubt > width + 1);
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 4);
        count(fits.count()).saturating_mul(2).saturating_sub(count(exceeds.count()))
    };
    candidates.map(|width| (score(width), width)).filter(|(score, _)| *score > 0).max().map(|(_, width)| width)
}
