//! The rows of an indicator table whose lines are sorted by height.

mod cells;
mod emit;
mod groups;
mod heights;
mod levels;
mod naming;
mod path;
mod rows;
mod widths;
mod words;
mod wraps;

use self::path::Found;
use self::widths::Tried;
use self::words::Word;
use crate::stream::doc::Doc;
use crate::stream::rows::column::Column;
use crate::stream::rows::{Rows, Table};
use jixiao_core::IndicatorField;

/// Most columns of a table; a header with more is no indicator header.
const MAX_COLUMNS: usize = 16;

/// How many rows of the same lines are weighed: many as long as the widths of the columns are not known.
const MOST_ALIKE_AT_FIRST: usize = 12;
const MOST_ALIKE: usize = 6;

/// The cost of a word above which a table is not sorted by height.
const FITTING_COST: i32 = 4;

/// A table that costs less than one for so many words has all its cells centred.
const WELL_CENTRED: i32 = 4;

/// A table that costs no more than this for a word is not written with its lines merged.
const CENTRED: i32 = 1;

/// A table that costs more than this for a word is read no better when a column is not centred.
const HOPELESS: i32 = 12;

/// How much better a reading must be in which one column is not centred.
const LOOSE: i32 = 12;

/// More words a line on average, and the text is not in the lines of the page.
const MOST_WORDS_A_LINE: usize = 14;

/// Fewer words on four lines, and the text has a cell a line: the lines of a page hold a row each, in part at least.
const FEWEST_WORDS_ON_FOUR_LINES: usize = 5;

/// A table with fewer than one figure in so many lines has blank columns of points.
const FEWEST_FIGURES: usize = 6;

/// The cost of a table without a row.
const UNREADABLE: i32 = i32::MAX / 64;

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
    /// Lines that overlap in height are written as one.
    merged: bool,
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

    fn width(&self, at: usize) -> Option<i32> {
        self.widths.get(at).copied().flatten()
    }

    fn line(&self, at: usize) -> &[Word] {
        self.lines.get(at).map_or(&[], Vec::as_slice)
    }
}

/// The rows of every table.
pub(super) fn read(doc: &Doc, tables: &[Option<Table>]) -> Vec<Option<Rows>> {
    let mut read: Vec<Option<Rows>> = tables.iter().map(|_| None).collect();
    let mut left: Vec<usize> = (0..tables.len()).filter(|at| tables.get(*at).is_some_and(Option::is_some)).collect();
    while let Some(first) = left.first().copied() {
        let labels = |at: usize| tables.get(at).and_then(Option::as_ref).map(|table| table.labels);
        let (alike, others): (Vec<usize>, Vec<usize>) = left.iter().partition(|at| labels(**at) == labels(first));
        let sheets = alike.iter().filter_map(|at| Some((*at, sheet(doc, tables.get(*at)?.as_ref()?)?)));
        let (at, sheets): (Vec<usize>, Vec<Sheet>) = sheets.unzip();
        for (at, (sheet, found)) in at.into_iter().zip(likeliest(&sheets)) {
            if let Some(slot) = read.get_mut(at) {
                *slot = Some(rows(&sheet, &found));
            }
        }
        left = others;
    }
    read
}

/// The lines of a table. `None` where its header names no column, or too many, or where they hold a word each.
fn sheet<'d>(doc: &'d Doc, table: &Table) -> Option<Sheet<'d>> {
    let columns: Vec<Column> = table.labels.iter().filter_map(|label| Column::of(*label)).collect();
    if columns.is_empty() || columns.len() > MAX_COLUMNS {
        return None;
    }
    let lines = words::lines(doc, &table.tokens);
    if table.tokens.len() * 4 < lines.len() * FEWEST_WORDS_ON_FOUR_LINES {
        return None;
    }
    let figures = lines.iter().flatten().filter(|word| word.token.shape.number.is_some() && !word.token.shape.percent);
    let pointed = figures.count() * FEWEST_FIGURES >= lines.len();
    let widths = vec![None; columns.len()];
    Some(Sheet { doc, lines, columns, widths, pointed, merged: false, loose: None })
}

/// The rows of a table, and how well they fit.
fn rows(sheet: &Sheet, found: &Found) -> Rows {
    let indicators = emit::indicators(sheet, found);
    let words: usize = sheet.lines.iter().map(Vec::len).sum();
    let readable = sheet.lines.len() * MOST_WORDS_A_LINE >= words && !indicators.is_empty();
    let cost = if readable { found.cost } else { UNREADABLE };
    Rows::found(indicators, cost, cost <= count(words).saturating_mul(FITTING_COST))
}

fn count(words: usize) -> i32 {
    i32::try_from(words).unwrap_or(i32::MAX)
}

/// The readings of tables with the same columns: with all cells centred, or where that does not fit, with names that
/// stand at the top or the bottom, or with lines that overlap in height merged.
fn likeliest<'d>(sheets: &[Sheet<'d>]) -> Vec<(Sheet<'d>, Found)> {
    let Some(columns) = sheets.first().map(|sheet| &sheet.columns) else { return Vec::new() };
    let name = columns.iter().position(|column| *column == Column::Field(IndicatorField::Level3));
    let name = name.and_then(|name| u8::try_from(name).ok());
    let words = count(sheets.iter().flat_map(|sheet| &sheet.lines).map(Vec::len).sum());
    let cost = |read: &[(Sheet, Found)]| read.iter().map(|(_, found)| found.cost).fold(0, i32::saturating_add);
    let mut best = learned(sheets.to_vec());
    for loose in name.into_iter().flat_map(|name| [Stand::Top, Stand::Bottom].map(|stand| Some((name, stand)))) {
        if cost(&best).saturating_mul(WELL_CENTRED) <= words || cost(&best) > words.saturating_mul(HOPELESS) {
            break;
        }
        let rival = learned(sheets.iter().map(|sheet| Sheet { loose, ..sheet.clone() }).collect());
        let centred = best.first().is_some_and(|(sheet, _)| sheet.loose.is_none());
        let (least, most) = (cost(&rival), cost(&best));
        if least < if centred { (most - LOOSE) / 2 } else { most } {
            best = rival;
        }
    }
    if cost(&best) > words.saturating_mul(CENTRED) {
        let rival = learned(sheets.iter().map(|sheet| Sheet { merged: true, ..sheet.clone() }).collect());
        if cost(&rival) < (cost(&best) - LOOSE) / 2 {
            best = rival;
        }
    }
    best
}

/// The best readings, with the widths that fit best.
fn learned(sheets: Vec<Sheet<'_>>) -> Vec<(Sheet<'_>, Found)> {
    let unknown: Vec<Tried> = sheets.into_iter().map(|sheet| tried(sheet, MOST_ALIKE_AT_FIRST)).collect();
    let widths = widths::learn(&unknown);
    let again = unknown.into_iter().map(|(sheet, _)| tried(Sheet { widths: widths.clone(), ..sheet }, MOST_ALIKE));
    let tables: Vec<Tried> = again.collect();
    let widths = widths::learn(&tables);
    let read = tables.into_iter().map(|(sheet, mut rows)| {
        rows.iter_mut().for_each(|row| row.weigh(&widths));
        let found = path::best(&sheet, &rows);
        (Sheet { widths: widths.clone(), ..sheet }, found)
    });
    read.collect()
}

fn tried(sheet: Sheet<'_>, alike: usize) -> Tried<'_> {
    let rows = rows::candidates(&sheet, alike);
    (sheet, rows)
}
