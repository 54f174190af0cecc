//! The indicator table: from tokens in drawing order to rows of cells.

mod ahead;
mod baseline;
pub(crate) mod column;
mod cost;
mod furniture;
mod glue;
mod indents;
mod levels;
pub(crate) mod look;
mod search;
mod state;
mod widths;

use std::collections::BTreeMap;

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::Label;
use jixiao_core::{Comparator, IndicatorField};

use self::baseline::Baselines;
use self::column::Column;
pub(super) use self::furniture::table_tokens;
use self::indents::{Indents, Lead};
use self::look::Look;
use self::search::{Reading, search};
use self::state::{MAX_COLUMNS, Node, Step};
use super::doc::{Doc, Token};
use crate::raw::{RawCell, RawIndicator};
use crate::remarks::see_original;

/// How often widths are learned from a reading and the table is read again with them.
const ROUNDS: usize = 4;

/// A rival reading this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 14;

/// The cost of two tokens above which a table is not in drawing order. Measured: of tables in drawing order nine in ten
/// cost up to four for two tokens, the same tables sorted by height or cut into blocks from six up.
const FITTING_COST_OF_TWO: i32 = 5;

/// Said of what is read from a text that is not in drawing order.
pub(crate) const MISFIT: &str = see_original!("这段文字的先后次序与表格不符（可能按高度或按栏抽取），各格可能错位，");

/// Said of a row of which only the target or only the actual is printed.
pub(crate) const ONE_SIDED: &str = "年度指标值和实际完成值只印了一个，也可能是另一个";

/// The cost of a blank that stands for a line break.
const SOFT_BREAK: i32 = 2;

/// What the indicators must add up to, in ten-thousandths, where the form says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Sums {
    /// Total weight less the fund row's.
    pub(crate) weights: Option<i64>,
    /// Total score less the fund row's.
    pub(crate) scores: Option<i64>,
}

/// What the search weighs.
pub(super) struct Evidence<'a> {
    doc: &'a Doc<'a>,
    tokens: Vec<&'a Token>,
    looks: Vec<Look>,
    columns: Vec<Column>,
    widths: Vec<Option<i32>>,
    /// A width that no column is likely to exceed.
    widest: i32,
    baselines: Baselines,
    leads: Vec<Option<Lead>>,
    indents: Indents,
    table: &'a Table<'a>,
    /// Line breaks mean something: the text is not all on one line.
    lines_tell: bool,
    /// A line break within a cell may be printed as a blank.
    soft: bool,
    /// Targets that are quantities have a comparator.
    compares: bool,
    /// A reading had a row that cost more than those of tables in drawing order do.
    steep: bool,
}

impl Evidence<'_> {
    fn set_widths(&mut self, widths: Vec<Option<i32>>) {
        self.widest = widths.iter().flatten().max().map_or(i32::MAX / 2, |widest| widest * 2);
        self.widths = widths;
    }

    /// The cell that the character `ranges` make up.
    fn cell(&self, ranges: &[(usize, usize)]) -> Option<RawCell> {
        let ranges = ranges.iter().copied();
        if self.soft { self.doc.cell_without_breaks(ranges) } else { self.doc.cell_of(ranges) }
    }

    /// The cost of a line break within a cell, as far as blank lines or a blank in its place tell.
    fn break_cost(&self, token: &Token) -> i32 {
        if !token.piece.leads {
            return SOFT_BREAK;
        }
        let blanks = i32::try_from(token.piece.blanks_above.min(2)).unwrap_or(2);
        if token.piece.page_start {
            return 2;
        }
        if self.table.airy { (blanks - 1).max(0) * 4 } else { blanks * 4 }
    }

    fn row_openers(&self) -> impl Iterator<Item = usize> + use<'_> {
        (0..self.columns.len()).filter(|column| self.columns[*column].opens_row())
    }
}

/// The table of one form.
pub(crate) struct Table<'a> {
    /// The header's labels.
    pub(crate) labels: &'a [Label],
    /// The tokens of its rows.
    pub(crate) tokens: Vec<usize>,
    /// What its rows must add up to.
    pub(crate) sums: Sums,
    /// Figures are set off with blanks within texts.
    pub(crate) spaced: bool,
    /// Blank lines stand between the lines of one cell.
    pub(crate) airy: bool,
}

/// The rows of a table and the widths that its columns showed.
pub(crate) struct Rows {
    /// The rows.
    pub(crate) indicators: Vec<RawIndicator>,
    /// The width of each column, where it is known.
    pub(crate) widths: Vec<Option<i32>>,
    /// How ill the reading fits.
    pub(crate) cost: i32,
    /// The text is in drawing order, as far as the table tells.
    pub(crate) fits: bool,
    columns: Vec<Column>,
}

impl Rows {
    /// Rows found in another way than by the search for rows in drawing order.
    pub(crate) fn found(indicators: Vec<RawIndicator>, cost: i32, fits: bool) -> Self {
        Self { indicators, widths: Vec::new(), cost, fits, columns: Vec::new() }
    }

    /// The rows, each in doubt where the table does not fit the order in which it was read.
    pub(super) fn into_indicators(self) -> Vec<RawIndicator> {
        let doubt = (!self.fits).then(|| MISFIT.to_owned());
        let doubted = |row: RawIndicator| RawIndicator { doubt: row.doubt.or_else(|| doubt.clone()), ..row };
        self.indicators.into_iter().map(doubted).collect()
    }

    /// The least width of what stands above names and targets: both of them, and two columns of level names.
    pub(super) fn least_expected_width(&self) -> Option<i32> {
        const LEVEL_NAMES: i32 = 16;
        let width = |field| {
            let column = self.columns.iter().position(|column| *column == Column::Field(field))?;
            self.widths.get(column).copied().flatten()
        };
        Some(width(IndicatorField::Level3)? + width(IndicatorField::Target)? + LEVEL_NAMES)
    }
}

/// What a line break within a cell is printed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    /// A line break.
    Lines,
    /// A line break, or a blank.
    Blanks,
}

/// Reads a table whose columns have the widths `known` as far as other tables showed them. `None` where its header
/// names no column, or too many.
pub(super) fn read<'a>(doc: &'a Doc, table: &'a Table, known: &[Option<i32>], breaks: Breaks) -> Option<Rows> {
    let mut evidence = evidence(doc, table, known)?;
    evidence.soft = breaks == Breaks::Blanks;
    let first = found(&mut evidence, known);
    if first.fits {
        return Some(first);
    }
    // Widths learned from an ill reading hold it back; what else it showed may be right.
    evidence.set_widths(widths_of(&evidence, known));
    let second = found(&mut evidence, known);
    Some(if second.cost < first.cost { second } else { first })
}

/// The rows that the evidence shows.
fn found(evidence: &mut Evidence, known: &[Option<i32>]) -> Rows {
    let reading = read_again(evidence, known);
    Rows {
        indicators: assemble(evidence, &reading),
        fits: fits(evidence, &reading),
        widths: evidence.widths.clone(),
        cost: reading.cost,
        columns: evidence.columns.clone(),
    }
}

/// The reading costs no more than those of texts in drawing order do.
fn fits(evidence: &Evidence, reading: &Reading) -> bool {
    let count = i32::try_from(evidence.tokens.len()).unwrap_or(i32::MAX);
    reading.cost.saturating_mul(2) <= count.saturating_mul(FITTING_COST_OF_TWO)
}

/// What the table's tokens show before anything is read.
fn evidence<'a>(doc: &'a Doc, table: &'a Table, known: &[Option<i32>]) -> Option<Evidence<'a>> {
    let columns: Vec<Column> = table.labels.iter().filter_map(|label| Column::of(*label)).collect();
    if columns.is_empty() || columns.len() > MAX_COLUMNS {
        return None;
    }
    let tokens: Vec<&Token> = table.tokens.iter().filter_map(|index| doc.tokens.get(*index)).collect();
    let lines = tokens.iter().filter(|token| token.piece.leads).count();
    let mut evidence = Evidence {
        doc,
        looks: tokens.iter().map(|token| Look::of(token)).collect(),
        lines_tell: lines * 12 >= tokens.len(),
        tokens,
        columns,
        widths: Vec::new(),
        widest: 0,
        baselines: Baselines::default(),
        leads: Vec::new(),
        indents: Indents::default(),
        table,
        soft: false,
        compares: false,
        steep: false,
    };
    evidence.set_widths(widths_of(&evidence, known));
    evidence.leads = indents::leads(&evidence);
    evidence.indents = Indents::assumed(&evidence);
    evidence.baselines = Baselines::assumed(&evidence);
    Some(evidence)
}

/// The widths `known`, one for each column.
fn widths_of(evidence: &Evidence, known: &[Option<i32>]) -> Vec<Option<i32>> {
    (0..evidence.columns.len()).map(|column| known.get(column).copied().flatten()).collect()
}

/// Reads the table, learns from the reading, and reads it again until nothing new is learned.
fn read_again(evidence: &mut Evidence, known: &[Option<i32>]) -> Reading {
    let mut reading = search(evidence);
    for _ in 1..ROUNDS {
        if !learn(evidence, &path(&reading), known) {
            break;
        }
        reading = search(evidence);
    }
    reading
}

/// Takes in what the reading `path` shows; false where it shows nothing new.
fn learn(evidence: &mut Evidence, path: &[Node], known: &[Option<i32>]) -> bool {
    let baselines = Baselines::learn(evidence, path);
    let indents = Indents::learn(evidence, path);
    let compares = compares(evidence, path);
    let mut widths = widths::learn(evidence, path);
    for (width, known) in widths.iter_mut().zip(known) {
        *width = known.or(*width);
    }
    let news = widths != evidence.widths
        || baselines != evidence.baselines
        || indents != evidence.indents
        || compares != evidence.compares;
    (evidence.baselines, evidence.indents, evidence.compares) = (baselines, indents, compares);
    evidence.set_widths(widths);
    news
}

/// True where nearly every target that is a quantity has a comparator.
fn compares(evidence: &Evidence, path: &[Node]) -> bool {
    let target = Column::Field(IndicatorField::Target);
    let opens =
        |node: &&Node| node.step != Step::Continue && evidence.columns.get(usize::from(node.column)) == Some(&target);
    let tokens = path.iter().filter(opens).filter_map(|node| evidence.tokens.get(node.token as usize));
    let (mut with, mut without) = (0_usize, 0_usize);
    for token in tokens {
        with += usize::from(token.shape.comparator);
        without += usize::from(cost::is_plain_quantity(token));
    }
    with >= 3 && with >= 4 * without
}

/// The width of each column that most tables with the same header show, where at least two agree.
pub(super) fn consensus(tables: &[&Rows]) -> Vec<Option<i32>> {
    let columns = tables.iter().map(|rows| rows.widths.len()).max().unwrap_or(0);
    (0..columns)
        .map(|column| {
            let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
            for width in tables.iter().filter_map(|rows| rows.widths.get(column).copied().flatten()) {
                *counts.entry(width).or_default() += 1;
            }
            counts.into_iter().max_by_key(|(width, count)| (*count, *width)).filter(|(_, n)| *n >= 2).map(|(w, _)| w)
        })
        .collect()
}

/// The decisions of the reading, first to last.
fn path(reading: &Reading) -> Vec<Node> {
    chain(&reading.nodes, reading.last)
}

fn chain(nodes: &[Node], mut last: u32) -> Vec<Node> {
    let mut path = Vec::new();
    while let Some(node) = nodes.get(last as usize) {
        path.push(*node);
        last = node.previous;
    }
    path.reverse();
    path
}

type Ranges = BTreeMap<usize, Vec<(usize, usize)>>;

fn assemble(evidence: &Evidence, reading: &Reading) -> Vec<RawIndicator> {
    let path = path(reading);
    let mut rows: Vec<Ranges> = Vec::new();
    for node in &path {
        if node.step == Step::Row {
            rows.push(Ranges::new());
        }
        if let Some(row) = rows.last_mut() {
            row.entry(usize::from(node.column)).or_default().push(node.chars);
        }
    }
    let doubts = doubts(evidence, reading, &path);
    let mut indicators: Vec<RawIndicator> =
        rows.iter().enumerate().map(|(index, row)| indicator(evidence, row, index, &doubts)).collect();
    for row in &mut indicators {
        doubt_one_sided(evidence, row);
    }
    let broken = |row: &Ranges| first_token(evidence, row).is_some_and(|token| token.piece.page_start);
    let breaks: Vec<bool> = rows.iter().map(broken).collect();
    levels::spread(&mut indicators, &breaks);
    indicators
}

/// The token with which a row begins.
fn first_token<'a>(evidence: &Evidence<'a>, row: &Ranges) -> Option<&'a Token> {
    let start = row.values().flatten().map(|(start, _)| *start).min()?;
    evidence.tokens.iter().find(|token| token.piece.start == start).copied()
}

fn indicator(evidence: &Evidence, row: &Ranges, index: usize, doubts: &Doubts) -> RawIndicator {
    let mut indicator = RawIndicator::default();
    for (column, ranges) in row {
        let Some(field) = evidence.columns.get(*column).and_then(|kind| kind.field()) else { continue };
        let Some(mut cell) = evidence.cell(ranges) else { continue };
        cell.doubt = doubts.get(&(index, *column)).cloned();
        match indicator.cells.iter_mut().find(|(other, _)| *other == field) {
            Some((_, joined)) => join(joined, &cell),
            None => indicator.cells.push((field, cell)),
        }
    }
    indicator
}

/// A blank leaves no trace: a row with one value only has its target or its actual, and unless the value is printed as
/// targets are, both are in doubt.
fn doubt_one_sided(evidence: &Evidence, row: &mut RawIndicator) {
    let (target, actual) = (IndicatorField::Target, IndicatorField::Actual);
    let printed = [target, actual].map(|field| evidence.columns.contains(&Column::Field(field)));
    let blank = match (row.get(target), row.get(actual)) {
        (Some(cell), None) if !prints_target(&cell.text) => actual,
        (None, Some(_)) => target,
        _ => return,
    };
    if printed != [true, true] {
        return;
    }
    for (_, cell) in row.cells.iter_mut().filter(|(field, _)| [target, actual].contains(field)) {
        cell.doubt.get_or_insert_with(|| ONE_SIDED.to_owned());
    }
    row.cells.push((blank, RawCell { doubt: Some(ONE_SIDED.to_owned()), ..RawCell::default() }));
}

/// A value printed as only targets are: with a comparator or a bound.
pub(crate) fn prints_target(text: &str) -> bool {
    let plain = squeeze(text);
    plain.starts_with(Comparator::SIGNS) || column::is_bound(&plain)
}

fn join(cell: &mut RawCell, more: &RawCell) {
    cell.text.push_str(&more.text);
    cell.places.extend(more.places.iter().cloned());
    cell.doubt = cell.doubt.take().or_else(|| more.doubt.clone());
}

type Doubts = BTreeMap<(usize, usize), String>;

/// The cells for which a near rival reading differs.
fn doubts(evidence: &Evidence, reading: &Reading, path: &[Node]) -> Doubts {
    let mut doubts = Doubts::new();
    let mut rivals: Vec<u32> = path
        .iter()
        .filter_map(|node| node.rival)
        .filter(|(margin, _)| *margin < RIVAL_MARGIN)
        .map(|(_, node)| node)
        .collect();
    rivals.extend(reading.rival.filter(|(margin, _)| *margin < RIVAL_MARGIN).map(|(_, node)| node));
    let rows = rows_of(path);
    for rival in rivals {
        for node in chain(&reading.nodes, rival) {
            let Some((row, own)) = rows.get(&node.token) else { continue };
            if own.column == node.column && (own.step == Step::Row) == (node.step == Step::Row) {
                continue;
            }
            let words = evidence.doc.text.printed(node.chars.0, node.chars.1);
            for column in [own.column, node.column] {
                let doubt = format!("「{words}」也可能属于相邻的栏或行");
                doubts.entry((*row, usize::from(column))).or_insert(doubt);
            }
        }
    }
    doubts
}

/// For every token its row and decision.
fn rows_of(path: &[Node]) -> BTreeMap<u32, (usize, Node)> {
    let mut row = 0_usize;
    let mut out = BTreeMap::new();
    for (index, node) in path.iter().enumerate() {
        if node.step == Step::Row && index > 0 {
            row += 1;
        }
        out.insert(node.token, (row, *node));
    }
    out
}
