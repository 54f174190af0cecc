//! The rows of an indicator table whose lines are sorted by height.

mod cells;
mod emit;
mod levels;
mod path;
mod rows;
mod widths;

use self::path::Found;
use crate::stream::doc::{Doc, Token};
use crate::stream::rows::column::{Column, LevelMatch, Look};
use crate::stream::rows::{Rows, Table};
use jixiao_core::IndicatorField;
use jixiao_core::vocab::{self, Scope};

/// Most columns of a table; a header with more is no indicator header.
const MAX_COLUMNS: usize = 16;

/// How often widths are learned from a reading and the table is read again with them.
const ROUNDS: usize = 3;

/// The cost of a word above which a table is not sorted by height.
const FITTING_COST: i32 = 4;

/// More words a line on average, and the text is not in the lines of the page.
const MOST_WORDS_A_LINE: usize = 14;

/// A table with fewer than one figure in so many lines has blank columns of points.
const FEWEST_FIGURES: usize = 6;

/// The cost of a table without a row.
const UNREADABLE: i32 = i32::MAX / 64;

/// A word of a table.
#[derive(Debug, Clone)]
struct Word {
    token: Token,
    look: Look,
    /// What it costs to take it for a piece of a level's name.
    as_level: i32,
}

/// A table as lines of words.
#[derive(Clone)]
struct Sheet<'d> {
    doc: &'d Doc<'d>,
    lines: Vec<Vec<Word>>,
    columns: Vec<Column>,
    /// The width of each column, where it is known.
    widths: Vec<Option<i32>>,
    /// The columns of points hold figures: some forms print them and leave them blank.
    pointed: bool,
    /// A column whose cells are not centred on the others, and where they stand.
    loose: Option<(u8, Stand)>,
}

/// Where the cells of a column stand in a row that is higher than they.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Top,
    Bottom,
}

impl Sheet<'_> {
    /// The columns that belong to single rows.
    fn own(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.columns.len()).filter(|at| self.column(*at).level_scope().is_none())
    }

    /// The cost of the column `at` being blank in a row.
    fn blank_cost(&self, at: usize) -> i32 {
        let column = self.column(at);
        if column.is_points() && !self.pointed { 0 } else { column.blank_cost() }
    }

    fn column(&self, at: usize) -> Column {
        self.columns.get(at).copied().unwrap_or(Column::Unkept)
    }

    fn line(&self, at: usize) -> &[Word] {
        self.lines.get(at).map_or(&[], Vec::as_slice)
    }
}

/// The rows of every table.
pub(super) fn read(doc: &Doc, tables: &[Option<Table>]) -> Vec<Option<Rows>> {
    tables.iter().map(|table| read_one(doc, table.as_ref()?)).collect()
}

fn read_one(doc: &Doc, table: &Table) -> Option<Rows> {
    let columns: Vec<Column> = table.labels.iter().filter_map(|label| Column::of(*label)).collect();
    if columns.is_empty() || columns.len() > MAX_COLUMNS {
        return None;
    }
    let widths = vec![None; columns.len()];
    let name = columns.iter().position(|column| *column == Column::Field(IndicatorField::Level3));
    let name = name.and_then(|name| u8::try_from(name).ok());
    let lines = lines(doc, &table.tokens);
    let figures = lines.iter().flatten().filter(|word| word.token.shape.number.is_some() && !word.token.shape.percent);
    let pointed = figures.count() * FEWEST_FIGURES >= lines.len();
    let mut sheet = Sheet { doc, lines, columns, widths, pointed, loose: None };
    let words = i32::try_from(table.tokens.len()).unwrap_or(i32::MAX);
    let mut found = learned(&mut sheet);
    if found.cost > words {
        let stands = name.into_iter().flat_map(|name| [Stand::Top, Stand::Bottom].map(|stand| (name, stand)));
        for loose in stands {
            let mut other = Sheet { loose: Some(loose), widths: vec![None; sheet.columns.len()], ..sheet.clone() };
            let rival = learned(&mut other);
            if rival.cost < found.cost {
                (sheet, found) = (other, rival);
            }
        }
    }
    let indicators = emit::indicators(&sheet, &found);
    let in_lines = sheet.lines.len() * MOST_WORDS_A_LINE >= table.tokens.len();
    let readable = in_lines && !indicators.is_empty();
    let cost = if readable { found.cost } else { UNREADABLE };
    Some(Rows::found(indicators, cost, cost <= words.saturating_mul(FITTING_COST)))
}

/// The best reading, with the widths that it shows itself.
fn learned(sheet: &mut Sheet) -> Found {
    let mut found = path::best(sheet);
    for _ in 1..ROUNDS {
        let learned = widths::learn(sheet, &found);
        if learned == sheet.widths {
            break;
        }
        sheet.widths = learned;
        found = path::best(sheet);
    }
    found
}

fn lines(doc: &Doc, tokens: &[usize]) -> Vec<Vec<Word>> {
    let tokens: Vec<&Token> = tokens.iter().filter_map(|at| doc.tokens.get(*at)).collect();
    let same = |left: &&Token, right: &&Token| left.piece.line == right.piece.line;
    let words = |line: &[&Token]| line.iter().flat_map(|token| unglued(doc, token)).collect();
    tokens.chunk_by(same).map(words).collect()
}

/// A full level name touches the name behind it: they are two words.
fn unglued(doc: &Doc, token: &Token) -> Vec<Word> {
    const LEAST_REST: usize = 2;
    let glued = |(name, _): (&'static str, vocab::Label)| {
        let rest = token.plain.strip_prefix(name)?;
        let whole = name.ends_with("指标") && rest.chars().count() >= LEAST_REST && !rest.starts_with(['(', ':']);
        whole.then(|| name.chars().count())
    };
    let names = [Scope::Level1, Scope::Level2].into_iter().flat_map(vocab::spellings);
    let Some(length) = names.filter_map(glued).max() else { return vec![word(token)] };
    let (start, cut, end) = (token.piece.start, token.piece.start + length, token.piece.end);
    vec![word(&doc.part(token, start, cut)), word(&doc.part(token, cut, end))]
}

fn word(token: &Token) -> Word {
    let look = Look::of(token);
    Word { token: token.clone(), look, as_level: level_cost(&token.plain, &look) }
}

/// How unlike a piece of a level's name `plain` is.
fn level_cost(plain: &str, look: &Look) -> i32 {
    const UNLIKE: i32 = 26;
    let part = |scope| vocab::spellings(scope).any(|(name, _)| name.contains(plain));
    let bracket =
        plain.contains(['(', ')']) && plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | '分' | '.'));
    let best = [look.level1, look.level2].into_iter().map(|level| match level {
        LevelMatch::Whole | LevelMatch::Beginning => 0,
        LevelMatch::Alike => 4,
        LevelMatch::None => UNLIKE,
    });
    let best = best.min().unwrap_or(UNLIKE);
    if best == UNLIKE && (bracket || part(Scope::Level1) || part(Scope::Level2)) { 2 } else { best }
}
