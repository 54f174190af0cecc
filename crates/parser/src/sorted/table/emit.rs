//! From the rows found to cells.

use super::Sheet;
use super::naming::name_rows;
use super::path::{Found, Part};
use super::rows::RowFit;
use super::words::Word;
use super::wraps;
use crate::raw::{RawCell, RawIndicator};
use crate::stream::rows::column::Column;
use jixiao_core::IndicatorField;

/// In a row that costs as much, some cells may hold pieces of another one.
const ILL_FITTING: i32 = 16;

/// A row that costs as much may hold pieces of another one anywhere.
const HARDLY_FITTING: i32 = 2 * ILL_FITTING;

const ROW: &str = "这几行文字按高度排列，各行各格混在一起，也可能有别的读法";
/// What the names of the indicators say whose level asks for it.
const CONTENT: &str = "满意";

const CELL: &str = "这几行按高度排列，左右各格的文字混在一起，也可能有别的分法";

/// The rows of `found`.
pub(super) fn indicators(sheet: &Sheet, found: &Found) -> Vec<RawIndicator> {
    let rows = found.parts.iter().filter_map(|part| match part {
        Part::Row(row, doubted) => Some((row, doubted)),
        _ => None,
    });
    let limit = if fits_well(sheet, found) { ILL_FITTING } else { ILL_FITTING / 2 };
    let read = rows.map(|(row, doubted)| read(sheet, row, doubted, limit));
    let mut indicators: Vec<RawIndicator> = read.collect();
    for (indicator, unread) in indicators.iter_mut().zip(near_unread(found)) {
        indicator.doubt = indicator.doubt.take().or_else(|| unread.then(|| ROW.to_owned()));
    }
    name_rows(sheet, found, &mut indicators);
    indicators.iter_mut().for_each(doubt_cut_name);
    indicators
}

/// The indicator of `row`, in which near rivals read the columns `doubted` otherwise; a row that costs `limit` or more
/// fits ill.
fn read(sheet: &Sheet, row: &RowFit, doubted: &[u8], limit: i32) -> RawIndicator {
    let ill = row.cost >= limit;
    let mut doubted = doubted.to_vec();
    if ill {
        doubted.extend(broken(sheet, row));
        doubted.extend(lacking(sheet, row, &[IndicatorField::Target, IndicatorField::Actual]));
    }
    let pointless = !lacking(sheet, row, &[IndicatorField::Weight, IndicatorField::Score]).is_empty();
    let mut indicator = indicator(sheet, row, &doubted);
    let misnamed = is_misnamed(sheet, &doubted);
    let doubtful = misnamed || row.cost >= HARDLY_FITTING || (ill && sheet.pointed && pointless);
    indicator.doubt = doubtful.then(|| ROW.to_owned());
    indicator
}

/// The columns `doubted` hold the name and what the row asks for: the row may be another one.
fn is_misnamed(sheet: &Sheet, doubted: &[u8]) -> bool {
    let holds = |field| doubted.iter().any(|at| sheet.column(usize::from(*at)) == Column::Field(field));
    holds(IndicatorField::Level3) && holds(IndicatorField::Target)
}

/// The columns of `row` whose cells have several lines, if any of these break where they should not.
fn broken(sheet: &Sheet, row: &RowFit) -> Vec<u8> {
    let breaks = row.cells.iter().any(|(column, lines)| wraps::cost(lines, sheet.width(*column)) > 0);
    let wrapped = row.cells.iter().filter(|(_, lines)| breaks && lines.len() > 1);
    wrapped.filter_map(|(column, _)| u8::try_from(*column).ok()).collect()
}

/// The columns of `fields`, if the table has them and `row` lacks one of their cells.
fn lacking(sheet: &Sheet, row: &RowFit, fields: &[IndicatorField]) -> Vec<u8> {
    let of = |field: &IndicatorField| sheet.columns.iter().position(|column| *column == Column::Field(*field));
    let columns: Vec<u8> = fields.iter().filter_map(of).filter_map(|at| u8::try_from(at).ok()).collect();
    let filled = |column: &u8| row.roles.iter().any(|roles| roles.contains(column));
    if columns.iter().all(filled) { Vec::new() } else { columns }
}

/// Under a level that says whose content is asked, a name that does not say so may have lost its end to the level.
fn doubt_cut_name(indicator: &mut RawIndicator) {
    let says = |field| indicator.get(field).is_some_and(|cell| cell.text.contains(CONTENT));
    let asked = says(IndicatorField::Level1) || says(IndicatorField::Level2);
    if !asked || says(IndicatorField::Level3) {
        return;
    }
    let may_be_cut = |field| matches!(field, IndicatorField::Level2 | IndicatorField::Level3);
    for (_, cell) in indicator.cells.iter_mut().filter(|(field, _)| may_be_cut(*field)) {
        cell.doubt.get_or_insert_with(|| CELL.to_owned());
    }
}

/// The rows cost so little for their words that what is wrong is wrong in single rows.
fn fits_well(sheet: &Sheet, found: &Found) -> bool {
    const WORDS_FOR_ONE: i32 = 2;
    let words: usize = sheet.lines.iter().map(Vec::len).sum();
    found.cost.saturating_mul(WORDS_FOR_ONE) <= i32::try_from(words).unwrap_or(i32::MAX)
}

/// For each row whether a line next to it was not read.
fn near_unread(found: &Found) -> Vec<bool> {
    let is_unread = |at: Option<usize>| at.is_some_and(|at| matches!(found.parts.get(at), Some(Part::Unread)));
    let rows = found.parts.iter().enumerate().filter(|(_, part)| matches!(part, Part::Row(..)));
    rows.map(|(at, _)| is_unread(at.checked_sub(1)) || is_unread(Some(at + 1))).collect()
}

fn indicator(sheet: &Sheet, row: &RowFit, doubted: &[u8]) -> RawIndicator {
    let mut indicator = RawIndicator::default();
    for column in sheet.own() {
        let Some(field) = sheet.column(column).field() else { continue };
        let words = row.lines.clone().zip(&row.roles).flat_map(|(at, roles)| {
            roles
                .iter()
                .zip(sheet.line(at))
                .filter(move |(role, _)| usize::from(**role) == column)
                .map(|(_, word)| word)
        });
        let doubt = doubted.iter().any(|doubted| usize::from(*doubted) == column).then(|| CELL.to_owned());
        let cell = cell(sheet, words).or_else(|| doubt.is_some().then(RawCell::default));
        let Some(cell) = cell.map(|cell| RawCell { doubt, ..cell }) else { continue };
        indicator.add(field, cell);
    }
    indicator
}

pub(super) fn cell<'w>(sheet: &Sheet, words: impl IntoIterator<Item = &'w Word>) -> Option<RawCell> {
    sheet.doc.cell_of(words.into_iter().map(|word| (word.token.piece.start, word.token.piece.end)))
}
