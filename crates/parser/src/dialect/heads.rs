//! Where the column headers of a form's blocks stand in a sequence of cells.

use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Label, MAIN_COLUMN, Scope};

use super::cells::{Break, Cell};
use super::columns::Kind;

/// A header has at most this many cells; official forms have at most 16 columns.
const MOST_COLUMNS: usize = 24;

/// A header of the indicators names at least this many columns.
const FEWEST_COLUMNS: usize = 3;

/// Which block a header opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Funds,
    Goals,
    SubTable,
    Indicators,
}

/// A column header: labels of blocks, then labels of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) block: Block,
    /// The labels of blocks in front.
    pub(super) sides: Range<usize>,
    /// The labels of the columns.
    pub(super) labels: Range<usize>,
    /// A second row of labels; empty for most.
    pub(super) lower: Range<usize>,
}

impl Head {
    /// One past the header's last cell.
    pub(super) fn end(&self) -> usize {
        self.lower.end.max(self.labels.end)
    }
}

/// The header that begins with cell `at`.
pub(super) fn find_head(cells: &[Cell], at: usize) -> Option<Head> {
    indicators(cells, at).or_else(|| funds(cells, at)).or_else(|| goals(cells, at)).or_else(|| sub_table(cells, at))
}

/// The cells from `at` on of which `holds` is true, within one row.
fn run(cells: &[Cell], at: usize, holds: impl Fn(&Cell) -> bool) -> Range<usize> {
    let rest = cells.get(at..).unwrap_or_default().iter().enumerate().take(MOST_COLUMNS);
    let within = rest.take_while(|(index, cell)| (*index == 0 || cell.before != Break::Hard) && holds(cell));
    at..at + within.count()
}

/// The run of `run` behind `at`, which may stand in the row of the cell before it only.
fn behind(cells: &[Cell], at: usize, holds: impl Fn(&Cell) -> bool) -> Range<usize> {
    let same_row = cells.get(at).is_some_and(|cell| cell.before != Break::Hard);
    if same_row { run(cells, at, holds) } else { at..at }
}

fn split(cells: &[Cell], at: usize, scope: Scope) -> (Range<usize>, Range<usize>) {
    let side = |cell: &Cell| cell.is_empty() || (cell.is(Scope::Block) && !cell.is(scope));
    let starts = cells.get(at).is_some_and(|cell| !cell.is_empty());
    let sides = if starts { run(cells, at, side) } else { at..at };
    let label = |cell: &Cell| cell.is(scope);
    let labels = if sides.is_empty() { run(cells, at, label) } else { behind(cells, sides.end, label) };
    (sides, labels)
}

fn funds(cells: &[Cell], at: usize) -> Option<Head> {
    let (sides, labels) = split(cells, at, Scope::FundColumn);
    let own = cells.get(labels.clone())?;
    let money = own.iter().any(|cell| {
        let kind = Kind::of_fund_label(cell.label(Scope::FundColumn));
        matches!(kind, Kind::Fund(field) if field.is_money())
    });
    (labels.len() >= 2 && money).then_some(Head { block: Block::Funds, sides, lower: labels.end..labels.end, labels })
}

fn goals(cells: &[Cell], at: usize) -> Option<Head> {
    let is_goal = |cell: &Cell| cell.is(Scope::Goal);
    let run = run(cells, at, |cell| cell.is(Scope::Block) || is_goal(cell));
    let first = run.clone().rev().take_while(|index| cells.get(*index).is_some_and(is_goal)).last()?;
    let side = run.end - first > 2 && cells.get(first).is_some_and(|cell| cell.is(Scope::Block));
    let labels = first + usize::from(side)..run.end;
    let end = labels.end;
    (labels.len() >= 2).then_some(Head { block: Block::Goals, sides: at..labels.start, labels, lower: end..end })
}

fn sub_table(cells: &[Cell], at: usize) -> Option<Head> {
    let heading = |cell: &Cell| cell.label(Scope::Block) == Some(Label::Heading);
    if !cells.get(at).is_some_and(heading) {
        return None;
    }
    let run = run(cells, at, |cell| heading(cell) || cell.is_empty());
    let main = run.clone().find(|index| cells.get(*index).is_some_and(|cell| cell.squeezed() == MAIN_COLUMN))?;
    Some(Head { block: Block::SubTable, sides: at..main, labels: main..run.end, lower: run.end..run.end })
}

fn indicators(cells: &[Cell], at: usize) -> Option<Head> {
    let (sides, labels) = split(cells, at, Scope::IndicatorColumn);
    if labels.len() < 2 {
        return None;
    }
    let labels = labels.start..row_end(cells, &labels);
    let (labels, lower) = match group_end(cells, &labels) {
        Some(end) => (labels.start..end, end..labels.end),
        None => (labels.clone(), lower(cells, labels.end)),
    };
    let named = |range: &Range<usize>| {
        let kinds = cells
            .get(range.clone())
            .unwrap_or_default()
            .iter()
            .map(|cell| Kind::of_indicator_label(cell.label(Scope::IndicatorColumn)));
        kinds.filter(|kind| *kind == Kind::Indicator(IndicatorField::Level3)).count() > 0
    };
    let enough = labels.len() + lower.len() >= FEWEST_COLUMNS && (named(&labels) || named(&lower));
    enough.then_some(Head { block: Block::Indicators, sides, labels, lower })
}

/// Where the labels of a second row begin, in a text that does not part rows: 一级指标 behind the label of a group.
fn group_end(cells: &[Cell], labels: &Range<usize>) -> Option<usize> {
    let kind = |at: usize| cells.get(at).map(|cell| Kind::of_indicator_label(cell.label(Scope::IndicatorColumn)));
    let group = kind(labels.start) == Some(Kind::Indicator(IndicatorField::Target));
    let level1 = labels.clone().find(|at| kind(*at) == Some(Kind::Indicator(IndicatorField::Level1)));
    level1.filter(|at| group && *at > labels.start)
}

/// A row whose end is sure may have columns that no table names.
fn row_end(cells: &[Cell], labels: &Range<usize>) -> usize {
    let rest = cells.get(labels.end..).unwrap_or_default().iter().take(MOST_COLUMNS);
    let same_row = rest.take_while(|cell| cell.before == Break::None).count();
    let end = labels.end + same_row;
    let sure = cells.get(end).is_none_or(|cell| cell.before == Break::Hard);
    if sure && labels.len() >= FEWEST_COLUMNS { end } else { labels.end }
}

/// A row below a header of which every cell is a label too.
fn lower(cells: &[Cell], at: usize) -> Range<usize> {
    if cells.get(at).is_none_or(|cell| cell.before != Break::Hard) {
        return at..at;
    }
    let labels = run(cells, at, |cell| cell.is(Scope::IndicatorColumn));
    let whole = cells.get(labels.end).is_none_or(|cell| cell.before == Break::Hard);
    if whole && labels.len() >= 2 { labels } else { at..at }
}
