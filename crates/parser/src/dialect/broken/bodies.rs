//! The bodies of blocks: which line ends under a column header are within cells.

use std::ops::Range;

use jixiao_core::vocab::{Scope, is_title};

use super::rows::{Table, seams_of};
use super::{Lines, Seam, fields};
use crate::dialect::cells::Cell;
use crate::dialect::columns::Kind;
use crate::dialect::heads::{Block, Head, find_head};
use crate::dialect::layout::{Flat, fund_columns, is_foot, starts_field};
use crate::text::Text;

/// The line ends within the cells of blocks, and of the fields between them.
pub(super) fn seams(text: &Text, lines: &Lines<'_>) -> Vec<Seam> {
    let mut seams = Vec::new();
    let mut fields = fields::seams(text, lines);
    let mut line = 0;
    while line < lines.count() {
        let Some(head) = head_of(lines, line) else {
            line += 1;
            continue;
        };
        let first = (line..lines.count()).find(|line| starts_at(lines, *line) >= head.end()).unwrap_or(lines.count());
        let end = (first..lines.count()).find(|line| ends(lines, *line, head.block)).unwrap_or(lines.count());
        seams.extend(seams_of(text, lines, first..end, &table(lines.cells, &head)));
        fields.retain(|seam| !(line..end).contains(&seam.line));
        line = end.max(line + 1);
    }
    seams.extend(fields);
    seams.sort_by_key(|seam| seam.line);
    seams
}

fn starts_at(lines: &Lines<'_>, line: usize) -> usize {
    lines.lines.get(line).map_or(usize::MAX, |range| range.start)
}

fn head_of(lines: &Lines<'_>, line: usize) -> Option<Head> {
    find_head(lines.cells, starts_at(lines, line))
}

/// The line begins what follows the block.
fn ends(lines: &Lines<'_>, line: usize, block: Block) -> bool {
    let Some(first) = lines.first(line) else { return true };
    let own = match block {
        Block::Funds => [Scope::Block, Scope::Header, Scope::Goal].iter().any(|scope| first.is(*scope)),
        Block::Indicators => is_foot(first) || behind_side(lines, line).is_some_and(is_foot),
        Block::Goals | Block::SubTable => starts_field(first),
    };
    own || is_title(&first.text) || head_of(lines, line).is_some()
}

/// The cell behind the label of a block at the side.
fn behind_side<'a>(lines: &Lines<'a>, line: usize) -> Option<&'a Cell> {
    match lines.of(line) {
        [side, next, ..] if side.is(Scope::Block) => Some(next),
        _ => None,
    }
}

/// The columns under `head`, and the one that every row fills.
fn table(cells: &[Cell], head: &Head) -> Table {
    let texts = |front: &[Kind]| [front, &vec![Kind::Other; head.labels.len()]].concat();
    let own = cells.get::<Range<usize>>(head.labels.clone()).unwrap_or_default();
    match head.block {
        Block::Funds => Table::new(fund_columns(own).0, |kind| kind == Kind::RowLabel, false),
        Block::Goals => Table::new(texts(&[Kind::Side]), |kind| kind == Kind::Other, true),
        Block::SubTable => Table::new(texts(&[Kind::Side, Kind::Other]), |kind| kind == Kind::Other, true),
        Block::Indicators => {
            let columns = [&[Kind::Side], Flat::new(cells, head).kinds.as_slice()].concat();
            Table::new(columns, Kind::is_name, false)
        }
    }
}
