//! The rows of an indicator table whose text was cut into blocks.
//!
//! What survives of the page is the order from top to bottom within each column: the words are a shuffle of the
//! columns. A search deals them out again, one word after the other, so that every column has a cell in every row.

mod away;
mod beam;
mod cost;
mod emit;
mod future;
mod levels;
mod naming;
mod outcome;
mod points;
mod state;
mod topic;
mod widths;
mod within;
mod zones;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use jixiao_core::IndicatorField;
use jixiao_core::vocab::Scope;

use self::outcome::Found;
use self::points::Points;
use super::Layers;
use crate::stream::doc::{Doc, Token};
use crate::stream::rows::column::{Column, LevelMatch, level_match};
use crate::stream::rows::look::Look;
use crate::stream::rows::{Rows, Sums, Table};

/// Most columns of a table; a header with more is no indicator header.
pub(super) const MAX_COLUMNS: usize = 16;

/// Most words of a table. The largest published forms have some 80 indicators of ten pieces; the search takes time in
/// proportion to this number, so a hostile table stays cheap.
pub(super) const MOST_WORDS: usize = 1_600;

/// How often widths are learned from a reading and the table is read again with them.
const ROUNDS: usize = 3;

/// The cost of two words above which a table does not fit: what is read from it is hardly better than a guess.
const FITTING_COST_OF_TWO: i32 = 3;

/// A word of a table.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) look: Look,
    /// The block of lines that it stands in.
    pub(super) block: usize,
    /// The page.
    pub(super) page: usize,
    /// Some line of the block holds several words.
    pub(super) mixed: bool,
}

/// A table as words.
pub(super) struct Sheet<'d> {
    pub(super) doc: &'d Doc<'d>,
    pub(super) words: Vec<Word>,
    pub(super) columns: Vec<Column>,
    /// The width of each column, where it is known.
    pub(super) widths: Vec<Option<i32>>,
    /// The columns of points hold figures: some forms print them and leave them blank.
    pub(super) pointed: bool,
    /// Blank lines stand between the lines of one cell.
    pub(super) airy: bool,
    /// The kinds of costs are printed as names of level 2.
    pub(super) cost_kinds: bool,
    /// What the points add up to.
    pub(super) sums: Sums,
    /// Weights and scores, where they are sure.
    pub(super) points: Option<Points>,
    /// What has been asked of [`level_match`].
    known: RefCell<HashMap<(Scope, String), LevelMatch>>,
}

impl Sheet<'_> {
    /// As [`level_match`], which looks through the whole vocabulary, but once for each name.
    pub(super) fn level_match(&self, scope: Scope, spelled: String) -> LevelMatch {
        let mut known = self.known.borrow_mut();
        let entry = known.entry((scope, spelled));
        *entry.or_insert_with_key(|(scope, spelled)| level_match(*scope, spelled))
    }

    pub(super) fn column(&self, at: usize) -> Column {
        self.columns.get(at).copied().unwrap_or(Column::Unkept)
    }

    pub(super) fn is_level(&self, at: usize) -> bool {
        self.column(at).level_scope().is_some()
    }

    pub(super) fn find(&self, field: IndicatorField) -> Option<usize> {
        self.columns.iter().position(|column| *column == Column::Field(field))
    }

    /// The cost of the column `at` being blank in a row.
    pub(super) fn blank_cost(&self, at: usize) -> i32 {
        let column = self.column(at);
        if column.is_points() && !self.pointed { 0 } else { column.blank_cost() }
    }
}

/// The rows of every table.
pub(super) fn read(doc: &mut Doc, layers: &Layers, tables: &[Option<Table>]) -> Vec<Option<Rows>> {
    let mut readings = Vec::new();
    for metric in doc.metrics() {
        doc.measure(metric);
        let rows: Vec<Option<Rows>> = tables.iter().map(|table| read_one(doc, layers, table.as_ref()?)).collect();
        let cost = rows.iter().flatten().map(|rows| rows.cost).fold(0, i32::saturating_add);
        readings.push((cost, rows));
    }
    readings.into_iter().min_by_key(|(cost, _)| *cost).map(|(_, rows)| rows).unwrap_or_default()
}

fn read_one(doc: &Doc, layers: &Layers, table: &Table) -> Option<Rows> {
    let columns: Vec<Column> = table.labels.iter().filter_map(|label| Column::of(*label)).collect();
    if columns.is_empty() || columns.len() > MAX_COLUMNS || table.tokens.len() > MOST_WORDS {
        return None;
    }
    let widths = vec![None; columns.len()];
    let mut words: Vec<Word> =
        table.tokens.iter().filter_map(|at| doc.tokens.get(*at)).map(|token| word(token, layers)).collect();
    let mixed: HashSet<usize> = words.iter().filter(|word| !word.token.piece.leads).map(|word| word.block).collect();
    words.iter_mut().for_each(|word| word.mixed = mixed.contains(&word.block));
    let figures = words.iter().filter(|word| word.token.shape.number.is_some() && !word.token.shape.percent).count();
    let pointed = figures * 10 >= words.len();
    let count = i32::try_from(words.len()).unwrap_or(i32::MAX);
    let cost_kinds = words.iter().any(|word| topic::COST_KINDS.iter().any(|kind| word.token.plain.starts_with(kind)));
    let known = RefCell::default();
    let (airy, sums) = (table.airy, table.sums);
    let mut sheet = Sheet { doc, words, columns, widths, pointed, airy, cost_kinds, sums, points: None, known };
    sheet.points = points::find(&sheet);
    let found = learned(&mut sheet);
    let indicators = emit::indicators(&sheet, &found);
    let proved = sheet.points.as_ref().is_none_or(|points| points.proved);
    let fits =
        proved && !indicators.is_empty() && found.cost.saturating_mul(2) <= count.saturating_mul(FITTING_COST_OF_TWO);
    Some(Rows::found(indicators, found.cost, fits))
}

/// The best reading, with the widths that it shows itself.
fn learned(sheet: &mut Sheet) -> Found {
    let mut found = beam::search(sheet);
    for _ in 1..ROUNDS {
        let learned = widths::learn(sheet, &found);
        if learned == sheet.widths {
            break;
        }
        sheet.widths = learned;
        found = beam::search(sheet);
    }
    found
}

fn word(token: &Token, layers: &Layers) -> Word {
    let (block, page) = layers.of(token);
    Word { look: Look::of(token), token: token.clone(), block, page, mixed: false }
}
