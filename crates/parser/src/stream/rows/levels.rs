//! Level names apply to the rows below them, but for where a page broke.

use jixiao_core::IndicatorField::{Level1, Level2};
use jixiao_core::{IndicatorField, vocab};

use crate::raw::{RawCell, RawIndicator};

/// How many rows above a page break a name behind the break may belong to.
const HELD_BACK: usize = 2;

/// Gives every row the level names of its group. `breaks` tells which rows begin a page.
pub(super) fn spread(rows: &mut [RawIndicator], breaks: &[bool]) {
    let own: Vec<bool> = rows.iter().map(|row| row.get(Level1).is_some()).collect();
    let doubts = [Level1, Level2].map(|field| (field, held_back(rows, field, breaks)));
    for field in [Level1, Level2] {
        inherit(rows, field);
    }
    for (field, doubted) in doubts {
        doubt(rows, field, &doubted);
    }
    for (index, own) in own.into_iter().enumerate() {
        if own {
            claim_rows_above(rows, index);
        }
    }
}

/// The rows without a name of their own above a page break behind which a name follows: where the cell of the name goes
/// over the break, it may be theirs.
fn held_back(rows: &[RawIndicator], field: IndicatorField, breaks: &[bool]) -> Vec<usize> {
    let named = |row: usize| rows.get(row).is_some_and(|row| row.get(field).is_some());
    let pages = breaks.iter().enumerate().filter(|(row, breaks)| **breaks && named(*row));
    pages.flat_map(|(page, _)| (0..page).rev().take_while(|row| !named(*row)).take(HELD_BACK)).collect()
}

fn doubt(rows: &mut [RawIndicator], field: IndicatorField, doubted: &[usize]) {
    for row in doubted {
        let cells = rows.get_mut(*row).into_iter().flat_map(|row| row.cells.iter_mut());
        for (_, cell) in cells.filter(|(other, _)| *other == field) {
            cell.doubt.get_or_insert_with(|| "名称印在换页之后，这一行也可能属于换页后的名称".to_owned());
        }
    }
}

/// A row without a name has that of the row above; rows above the first name were cut off from it by a page break.
fn inherit(rows: &mut [RawIndicator], field: IndicatorField) {
    let mut current = rows.iter().find_map(|row| row.get(field)).cloned();
    for row in rows.iter_mut() {
        match row.get(field) {
            Some(cell) => current = Some(cell.clone()),
            None => row.cells.extend(current.clone().map(|cell| (field, cell))),
        }
    }
}

/// A level-1 name that a page break held back belongs to the rows above it whose level 2 the official table has under
/// it and not under the name they would inherit.
fn claim_rows_above(rows: &mut [RawIndicator], index: usize) {
    let Some(name) = rows.get(index).and_then(|row| row.get(Level1)).cloned() else { return };
    for row in rows.iter_mut().take(index).rev() {
        let stem = row.get(Level2).and_then(|cell| vocab::official_level1_stem(&cell.text));
        let belongs = |level1: &RawCell| stem.is_some_and(|stem| level1.text.contains(stem));
        let inherited = row.cells.iter_mut().find(|(field, _)| *field == Level1);
        match inherited {
            Some((_, cell)) if !belongs(cell) && belongs(&name) => *cell = name.clone(),
            _ => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Place, TextSpan};

    use super::*;

    fn levels(rows: &[(&str, &str)]) -> Vec<(String, String)> {
        let cell = |text: &str| RawCell::new(text, Place::Text(TextSpan::lines(1, 1)));
        let mut rows: Vec<RawIndicator> = rows
            .iter()
            .map(|(level1, level2)| {
                let named = [(Level1, *level1), (Level2, *level2)].into_iter().filter(|(_, text)| !text.is_empty());
                RawIndicator { cells: named.map(|(field, text)| (field, cell(text))).collect(), doubt: None }
            })
            .collect();
        spread(&mut rows, &[]);
        let text = |row: &RawIndicator, field| row.get(field).map(|cell| cell.text.clone()).unwrap_or_default();
        rows.iter().map(|row| (text(row, Level1), text(row, Level2))).collect()
    }

    #[test]
    fn names_go_down_and_the_first_one_up() {
        let read = levels(&[("", ""), ("产出指标", "数量指标"), ("", ""), ("", "质量指标")]);
        assert_eq!(read[0], ("产出指标".to_owned(), "数量指标".to_owned()));
        assert_eq!(read[2].1, "数量指标");
        assert_eq!(read[3], ("产出指标".to_owned(), "质量指标".to_owned()));
    }

    #[test]
    fn a_late_name_takes_the_rows_that_are_officially_its_own() {
        let read = levels(&[("产出", "数量"), ("", "时效"), ("", "社会效益"), ("效益", ""), ("", "可持续影响")]);
        let level1: Vec<&str> = read.iter().map(|(level1, _)| level1.as_str()).collect();
        assert_eq!(level1, ["产出", "产出", "效益", "效益", "效益"]);
    }
}
