//! From the words dealt to cells.

use std::collections::BTreeMap;

use jixiao_core::IndicatorField;

use super::Sheet;
use super::levels::naming;
use super::outcome::Found;
use crate::raw::{RawCell, RawIndicator};

const CELL: &str = "文字按分块抽取，这格的文字也可能属于相邻的格";
const ROW: &str = "文字按分块抽取，这一行有的格没有找到文字";
const NAME: &str = "文字按分块抽取，级别名称从哪一行管到哪一行不能确定";

/// The rows of `found`.
pub(super) fn indicators(sheet: &Sheet, found: &Found) -> Vec<RawIndicator> {
    let mut words: BTreeMap<(u16, u8), Vec<usize>> = BTreeMap::new();
    for (at, cell) in found.cells.iter().enumerate() {
        if let Some(cell) = cell.filter(|cell| !sheet.is_level(usize::from(cell.column))) {
            words.entry((cell.row, cell.column)).or_default().push(at);
        }
    }
    let mut indicators = vec![RawIndicator::default(); usize::from(found.rows)];
    for ((row, column), words) in &words {
        let field = sheet.column(usize::from(*column)).field();
        let indicator = indicators.get_mut(usize::from(*row));
        if let (Some(field), Some(indicator), Some(mut cell)) = (field, indicator, cell(sheet, words)) {
            cell.doubt = found.doubtful.contains(&(*column, *row)).then(|| CELL.to_owned());
            indicator.add(field, cell);
        }
    }
    for indicator in &mut indicators {
        indicator.doubt = is_short(sheet, indicator).then(|| ROW.to_owned());
    }
    name_rows(sheet, found, &mut indicators);
    indicators
}

fn cell(sheet: &Sheet, words: &[usize]) -> Option<RawCell> {
    let pieces = words.iter().filter_map(|at| sheet.words.get(*at)).map(|word| word.token.piece);
    sheet.doc.cell_of(pieces.map(|piece| (piece.start, piece.end)))
}

/// A column that has a cell in nearly every row has none in this one.
fn is_short(sheet: &Sheet, indicator: &RawIndicator) -> bool {
    let steady = (0..sheet.columns.len()).filter(|column| sheet.blank_cost(*column) >= 20);
    steady.filter_map(|column| sheet.column(column).field()).any(|field| indicator.get(field).is_none())
}

fn name_rows(sheet: &Sheet, found: &Found, indicators: &mut [RawIndicator]) {
    let naming = naming(sheet, found);
    let fields = [IndicatorField::Level1, IndicatorField::Level2];
    for ((field, names), groups) in fields.into_iter().zip(&naming.names).zip(&naming.groups) {
        for (name, group) in names.iter().zip(groups) {
            let Some(cell) = cell(sheet, &name.words) else { continue };
            for row in group.units.clone() {
                let Some(indicator) = indicators.get_mut(row) else { continue };
                let doubt = group.doubtful.contains(&row).then(|| NAME.to_owned());
                indicator.cells.push((field, RawCell { doubt, ..cell.clone() }));
            }
        }
    }
}
