//! Learning the columns' widths from a reading.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::Evidence;
use super::state::{Node, Step};
use crate::stream::doc::Token;
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
    /// It is the points behind a level's name: forms print them on a line of their own, however wide the column is.
    apart: bool,
}

impl Line {
    /// The line that begins with `token` in a column of names of a `level`, or another one.
    fn new(token: &Token, width: i32, level: bool) -> Self {
        Self {
            number: token.piece.line,
            width,
            doubt: wrap::doubt(token),
            head: token.shape.head,
            hangs: token.shape.closed,
            apart: level && token.plain.starts_with('('),
        }
    }
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
        let level = evidence.columns.get(usize::from(node.column)).is_some_and(|column| column.level_scope().is_some());
        match lines.last_mut().filter(|line| line.number == token.piece.line && !evidence.soft) {
            Some(line) => {
                line.width += 1 + width;
                line.doubt += wrap::doubt(token);
                line.hangs = token.shape.closed;
            }
            None => lines.push(Line::new(token, width, level)),
        }
    }
    cells.extend(row);
    cells
}

/// The width that the lines show: most of those that go on below have no room left for what follows, and few lines
/// are wider.
fn width(cells: &[&Vec<Line>]) -> Option<i32> {
    let breaks =
        || cells.iter().flat_map(|lines| lines.iter().zip(lines.iter().skip(1))).filter(|(_, next)| !next.apart);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::doc::Doc;
    use crate::text::Text;

    /// Two names of four letters with points below, and one of six that wraps.
    fn cells(level: bool) -> Vec<Vec<Line>> {
        let text = Text::new("产出指标\n(50分)\n效益指标\n(30分)\n服务对象满意\n度指标\n");
        let tokens = Doc::new(&text).tokens;
        let lines = tokens.iter().map(|token| Line::new(token, token.width, level));
        lines.collect::<Vec<_>>().chunks(2).map(<[Line]>::to_vec).collect()
    }

    #[test]
    fn points_on_a_line_of_their_own_do_not_show_how_wide_levels_are() {
        let width_of = |level| width(&cells(level).iter().collect::<Vec<_>>());
        assert_eq!(width_of(false), Some(8));
        assert_eq!(width_of(true), Some(12));
    }
}
