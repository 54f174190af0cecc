//! Level names apply to the rows below them, but for where a page broke.

use jixiao_core::IndicatorField::{Level1, Level2};
use jixiao_core::{IndicatorField, vocab};

use crate::raw::{RawCell, RawIndicator};

/// Gives every row the level names of its group.
pub(super) fn spread(rows: &mut [RawIndicator]) {
    let own: Vec<bool> = rows.iter().map(|row| row.get(Level1).is_some()).collect();
    for field in [Level1, Level2] {
        inherit(rows, field);
    }
    for (index, own) in own.into_iter().enumerate() {
        if own {
            claim_rows_above(rows, index);
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
        spread(&mut rows);
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
