//! Learning the columns' widths from a reading.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Evidence;
use super::state::{Node, Step};
use crate::stream::wrap;

/// One line of a cell.
#[derive(Debug, Clone, Copy)]
struct Line {
    number: usize,
    width: i32,
    doubt: i32,
    /// Width of its first unbreakable run.
    head: i32,
    /// Its last character may hang over the edge.
    hangs: bool,
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
        match lines.last_mut().filter(|line| line.number == token.piece.line && !evidence.soft) {
            Some(line) => {
                line.width += 1 + width;
                line.doubt += wrap::doubt(token);
                line.hangs = token.shape.closed;
            }
            None => lines.push(Line {
                number: token.piece.line,
                width,
                doubt: wrap::doubt(token),
                head: token.shape.head,
                hangs: token.shape.closed,
            }),
        }
    }
    cells.extend(row);
    cells
}

/// The width that the lines show: most of those that go on below have no room left for what follows, and few lines
/// are wider.
fn width(cells: &[&Vec<Line>]) -> Option<i32> {
    let breaks = || cells.iter().flat_map(|lines| lines.iter().zip(lines.iter().skip(1)));
    let all = || cells.iter().flat_map(|lines| lines.iter());
    let score = |width: i32| -> i32 {
        let fits = breaks().filter(|(line, next)| {
            line.width - line.doubt <= width + wrap::hang(line.hangs) && line.width + line.doubt + next.head > width
        });
        let exceeds = all().filter(|line| line.width - line.doubt > width + wrap::hang(line.hangs));
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 4);
        count(fits.count()).saturating_mul(2).saturating_sub(count(exceeds.count()))
    };
    let candidates: BTreeSet<i32> = breaks().map(|(line, _)| line.width).collect();
    let ranked = candidates.into_iter().map(|width| (score(width), Reverse(width)));
    ranked.filter(|(score, _)| *score > 0).max().map(|(_, Reverse(width))| width)
}
