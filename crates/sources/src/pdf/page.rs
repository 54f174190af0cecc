//! One page: its tables with their text, and the lines around them.

use super::frame::{self, Lattice};
use super::half;
use super::ink::Ink;
use super::rules;
use super::runs::{self, Run, TextLine};
use super::stacks;
use super::turn;
use super::units::Area;
use super::visible::{self, Sorted, quoted};

/// A cell of a table on a page, blank ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageCell {
    /// First row and the row behind the last.
    pub(super) rows: (usize, usize),
    pub(super) area: Area,
    pub(super) text: String,
    /// How far the text stands above the middle of the cell, below it where negative; `None` for a blank cell.
    pub(super) raised: Option<i32>,
    /// Its last line leaves no room for more.
    pub(super) full: bool,
    /// 0-based column, as counted on the page.
    pub(super) column: usize,
    /// Why the cell may be another than it seems.
    pub(super) doubt: Option<String>,
}

/// A table on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PageTable {
    /// The edges of the columns.
    pub(super) columns: Vec<i32>,
    pub(super) rows: usize,
    pub(super) cells: Vec<PageCell>,
    pub(super) area: Area,
    /// True where its cells were told by how texts line up.
    pub(super) aligned: bool,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    Table(PageTable),
    Line(TextLine),
}

/// A page in reading order.
#[derive(Debug, Default)]
pub(super) struct PageParts {
    pub(super) parts: Vec<Part>,
    pub(super) width: i32,
    pub(super) height: i32,
    /// The ruling lines as drawn.
    pub(super) rules: Vec<Area>,
    /// The number of its runs.
    pub(super) runs: usize,
    /// The size of most letters.
    pub(super) letter: i32,
    /// Watermarks and stamps, for quoting.
    pub(super) marks: String,
    /// Text that nobody sees, for quoting.
    pub(super) unseen: String,
    /// True where a limit cut the page short.
    pub(super) cut: bool,
    /// True where it has too many texts or rules for tables without rules to be looked for among all of them.
    pub(super) crowded: bool,
    /// True for a picture without any text.
    pub(super) is_picture: bool,
}

/// Reads the page that `ink` was drawn on.
pub(super) fn parts(mut ink: Ink) -> PageParts {
    turn::upright(&mut ink);
    let sorted = visible::sorted(&mut ink);
    let (frames, cut_rules) = rules::frames(&ink.rules);
    let lattices: Vec<Lattice> =
        frames.iter().filter_map(frame::lattice).filter(|table| table.boxes.len() > 1).collect();
    let mut walls: Vec<_> = frames.iter().flat_map(|frame| frame.vertical.iter().copied()).collect();
    walls.sort_unstable_by_key(|wall| wall.at);
    let runs = runs::runs(&sorted.text, &walls);
    let count = runs.len();
    let (tables, outside) = assigned(runs, lattices);
    PageParts {
        parts: ordered(tables, runs::lines(outside)),
        width: ink.width,
        height: ink.height,
        rules: ink.rules,
        runs: count,
        letter: visible::usual_size(&sorted.text),
        marks: quoted(&sorted.marks),
        unseen: quoted(&sorted.unseen),
        cut: ink.cut || cut_rules,
        crowded: false,
        is_picture: ink.pictures > 0 && is_blank(&sorted),
    }
}

fn is_blank(sorted: &Sorted) -> bool {
    sorted.text.iter().all(|glyph| glyph.text.trim().is_empty())
}

/// The tables with the runs whose middle stands in their cells, and the runs that stand in none, or in a table that lacks
/// most of its rules.
fn assigned(runs: Vec<Run>, lattices: Vec<Lattice>) -> (Vec<PageTable>, Vec<Run>) {
    let mut cells: Vec<Vec<Vec<Run>>> = lattices.iter().map(|table| vec![Vec::new(); table.boxes.len()]).collect();
    let mut outside = Vec::new();
    let sides = |(table, cell): (usize, usize)| {
        let cell = lattices.get(table).and_then(|table| table.boxes.get(cell));
        cell.map_or((i32::MIN, i32::MAX), |cell| (cell.area.top, cell.area.bottom))
    };
    let slots = stacks::slots(&runs, |position| innermost(&lattices, position), sides);
    for (run, slot) in runs.into_iter().zip(slots) {
        let slot = slot.and_then(|(table, cell)| cells.get_mut(table).and_then(|cells| cells.get_mut(cell)));
        match slot {
            Some(slot) => slot.push(run),
            None => outside.push(run),
        }
    }
    let mut tables = Vec::new();
    for (lattice, runs) in lattices.into_iter().zip(cells) {
        if half::is_half_ruled(&lattice, &runs) {
            outside.extend(runs.into_iter().flatten());
        } else {
            tables.push(table(lattice, runs));
        }
    }
    (tables, outside)
}

/// The smallest cell around a position.
fn innermost(lattices: &[Lattice], position: (i32, i32)) -> Option<(usize, usize)> {
    let around = lattices.iter().enumerate().filter(|(_, table)| table.area().holds(position));
    let cells = around.filter_map(|(number, table)| {
        let cell = table.at(position)?;
        let area = table.boxes.get(cell)?.area;
        Some((i64::from(area.width()) * i64::from(area.height()), (number, cell)))
    });
    cells.min().map(|(_, cell)| cell)
}

fn table(lattice: Lattice, runs: Vec<Vec<Run>>) -> PageTable {
    let cells = lattice.boxes.iter().zip(runs).map(|(cell, runs)| {
        let raised = runs.iter().map(|run| run.area).reduce(Area::around);
        let raised = raised.map(|text| cell.area.centre().1 - text.centre().1);
        let lines = runs::lines(runs);
        let texts: Vec<String> = lines.iter().map(TextLine::text).collect();
        PageCell {
            rows: cell.rows,
            area: cell.area,
            text: texts.join("\n"),
            raised,
            full: lines.last().is_some_and(|line| is_full(line, cell.area)),
            column: cell.columns.0,
            doubt: None,
        }
    });
    let cells = cells.collect();
    PageTable {
        area: lattice.area(),
        rows: lattice.rows.len().saturating_sub(1),
        columns: lattice.columns,
        cells,
        aligned: false,
    }
}

/// The line leaves less room in its cell than a word and the usual margins take.
fn is_full(line: &TextLine, cell: Area) -> bool {
    (cell.width() - line.area.width()) * 2 < line.area.height() * 7
}

/// Tables and lines from top to bottom; a line beside a table comes before it.
fn ordered(tables: Vec<PageTable>, lines: Vec<TextLine>) -> Vec<Part> {
    let beside = |line: &TextLine| {
        let middle = line.area.centre().1;
        let table = tables.iter().find(|table| (table.area.top..=table.area.bottom).contains(&middle));
        table.map_or(middle, |table| table.area.top)
    };
    let mut keyed: Vec<(i32, u8, Part)> = lines.into_iter().map(|line| (beside(&line), 0, Part::Line(line))).collect();
    keyed.extend(tables.into_iter().map(|table| (table.area.top, 1, Part::Table(table))));
    keyed.sort_by_key(|(top, kind, _)| (*top, *kind));
    keyed.into_iter().map(|(_, _, part)| part).collect()
}
