//! From the rows found to cells.

use super::Sheet;
use super::naming::name_rows;
use super::path::{Found, Part};
use super::rows::RowFit;
use super::words::Word;
use crate::raw::{RawCell, RawIndicator};

/// A row that costs as much may hold pieces of another one.
const ILL_FITTING: i32 = 16;

const ROW: &str = "这几行文字按高度排列，各行各格混在一起，也可能有别的读法";
const CELL: &str = "这几行按高度排列，左右各格的文字混在一起，也可能有别的分法";

/// The rows of `found`.
pub(super) fn indicators(sheet: &Sheet, found: &Found) -> Vec<RawIndicator> {
    let rows = found.parts.iter().filter_map(|part| match part {
        Part::Row(row, doubted) => Some((row, doubted)),
        _ => None,
    });
    let limit = if fits_well(sheet, found) { ILL_FITTING } else { ILL_FITTING / 2 };
    let (mut indicators, ill): (Vec<RawIndicator>, Vec<bool>) =
        rows.map(|(row, doubted)| (indicator(sheet, row, doubted), row.cost >= limit)).unzip();
    for ((indicator, unread), ill) in indicators.iter_mut().zip(near_unread(found)).zip(ill) {
        indicator.doubt = (unread || ill).then(|| ROW.to_owned());
    }
    name_rows(sheet, found, &mut indicators);
    indicators
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
