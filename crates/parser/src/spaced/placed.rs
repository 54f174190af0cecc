//! From the records that the grid reader makes of a text's cells back to the text: the exact places of every piece,
//! what is doubtful about them, and the account of every character.

use std::collections::{BTreeMap, BTreeSet};

use jixiao_core::{FieldPath, FormRecord, IndicatorField, Place};

use crate::Parsed;
use crate::codes::Code;
use crate::ledger::{Ledger, Use};
use crate::text::Text;

/// A grid cell and the characters it is made of.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The place that the grid knows: from the first to the last character.
    pub(super) place: Place,
    /// The first row of the grid that it covers.
    pub(super) row: usize,
    /// The text that the grid knows.
    pub(super) text: String,
    /// The character ranges in reading order.
    pub(super) ranges: Vec<(usize, usize)>,
    /// What is doubtful about the cell.
    pub(super) cell_doubt: Option<CellDoubt>,
    /// What is doubtful about the whole row.
    pub(super) row_doubt: Option<&'static str>,
}

/// Why a cell is doubtful, and in which of the rows of the grid that it covers, counted from the first one.
#[derive(Debug, Clone)]
pub(super) struct CellDoubt {
    /// What is doubtful.
    pub(super) why: &'static str,
    /// The rows.
    pub(super) rows: BTreeSet<usize>,
}

/// Gives every field of `parsed` its exact places, books labels, and leaves what the grid reader could not use
/// unbooked, to be quoted.
pub(super) fn settle(text: &Text, parsed: Parsed, cells: &[Placed], ledger: &mut Ledger) -> Vec<FormRecord> {
    let by_place: BTreeMap<_, &Placed> = cells.iter().filter_map(|cell| Some((key(&cell.place)?, cell))).collect();
    let mut unread = BTreeSet::new();
    let mut records = parsed.records;
    for remark in records.iter_mut().flat_map(|record| &mut record.diagnostics).chain(&mut parsed.diagnostics.clone()) {
        if is_unread(&remark.code) {
            unread.extend(
                cells.iter().filter(|cell| remark.message.contains(&quoted(cell))).filter_map(|c| key(&c.place)),
            );
        }
    }
    for cell in cells.iter().filter(|cell| key(&cell.place).is_some_and(|key| !unread.contains(&key))) {
        for (start, end) in &cell.ranges {
            ledger.book(*start, *end, Use::Label);
        }
    }
    for record in &mut records {
        record.diagnostics.retain(|remark| !is_unread(&remark.code));
        doubts(record, &by_place);
        for places in record.provenance.values_mut() {
            *places = places.iter().flat_map(|place| exact(text, place, &by_place)).collect();
        }
    }
    records
}

type Key = (usize, Option<usize>);

/// Where a place begins: no two cells of a text begin at the same character.
fn key(place: &Place) -> Option<Key> {
    match place {
        Place::Text(span) => Some((span.line_start, span.column_start)),
        _ => None,
    }
}

fn quoted(cell: &Placed) -> String {
    format!("「{}」", cell.text.trim())
}

fn is_unread(code: &str) -> bool {
    code == Code::UnreadText.name() || code == Code::TextOutsideForm.name()
}

fn exact(text: &Text, place: &Place, cells: &BTreeMap<Key, &Placed>) -> Vec<Place> {
    match key(place).and_then(|key| cells.get(&key)) {
        Some(cell) => cell.ranges.iter().map(|(start, end)| text.place(*start, *end)).collect(),
        None => vec![place.clone()],
    }
}

/// Remarks what is doubtful about the cells of a record, once a row.
fn doubts(record: &mut FormRecord, cells: &BTreeMap<Key, &Placed>) {
    let rows = grid_rows(record, cells);
    let mut said = BTreeSet::new();
    let mut remarks = Vec::new();
    for (path, places) in &record.provenance {
        let Some(cell) = places.first().and_then(key).and_then(|key| cells.get(&key)) else { continue };
        let own = row_of(path).and_then(|row| rows.get(&row));
        let place = Some(cell.place.clone());
        if let (Some(why), FieldPath::Indicator(row, _)) = (cell.row_doubt, path)
            && own.is_none_or(|own| own.contains(&cell.row))
            && said.insert(*row)
        {
            let path = FieldPath::IndicatorRow(*row);
            remarks.push(Code::UncertainRow.diagnostic(why.to_owned(), Some(path), place.clone()));
        }
        let within = |row: &usize| row.checked_sub(cell.row);
        let in_doubt = |doubt: &&CellDoubt| match own {
            Some(own) => own.iter().filter_map(within).any(|row| doubt.rows.contains(&row)),
            None => doubt.rows.contains(&0),
        };
        if let Some(doubt) = cell.cell_doubt.as_ref().filter(in_doubt) {
            let message = format!("「{}」的读法不唯一：{}", cell.text.trim(), doubt.why);
            remarks.push(Code::UncertainCell.diagnostic(message, Some(*path), place));
        }
    }
    record.diagnostics.extend(remarks);
}

/// The rows of the grid that each indicator was read from. Rows of a template that hold no values are no indicators, and
/// a row may go on behind a page break, so that the two are not counted alike. Only names of levels cover several rows.
fn grid_rows(record: &FormRecord, cells: &BTreeMap<Key, &Placed>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut rows: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    for (path, places) in &record.provenance {
        let FieldPath::Indicator(row, field) = path else { continue };
        if !matches!(field, IndicatorField::Level1 | IndicatorField::Level2) {
            let own = places.iter().filter_map(key).filter_map(|key| cells.get(&key)).map(|cell| cell.row);
            rows.entry(*row).or_default().extend(own);
        }
    }
    rows
}

/// The number of an indicator.
const fn row_of(path: &FieldPath) -> Option<usize> {
    match path {
        FieldPath::Indicator(row, _) => Some(*row),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Form, TextSpan};

    use super::*;

    fn place(line: usize) -> Place {
        Place::Text(TextSpan::lines(line, line))
    }

    fn placed(row: usize, cell_doubt: Option<CellDoubt>, row_doubt: Option<&'static str>) -> (Key, Placed) {
        let placed =
            Placed { place: place(row), row, text: "疏浚".to_owned(), ranges: Vec::new(), cell_doubt, row_doubt };
        (key(&placed.place).unwrap(), placed)
    }

    /// Names in the rows 11 and 13 of the grid, which are two indicators; row 12 holds none. The name of a level in row 10
    /// covers them all.
    fn doubted(cell_rows: &[usize], row_doubt: Option<&'static str>) -> Vec<String> {
        let doubt = CellDoubt { why: "近旁", rows: cell_rows.iter().copied().collect() };
        let cells =
            BTreeMap::from([placed(10, Some(doubt), row_doubt), placed(11, None, None), placed(13, None, None)]);
        let cells: BTreeMap<Key, &Placed> = cells.iter().map(|(key, cell)| (*key, cell)).collect();
        let mut record = FormRecord::from(Form::default());
        for (row, line) in [(0, 11), (1, 13)] {
            record.provenance.insert(FieldPath::Indicator(row, IndicatorField::Level2), vec![place(10)]);
            record.provenance.insert(FieldPath::Indicator(row, IndicatorField::Level3), vec![place(line)]);
        }
        doubts(&mut record, &cells);
        record.diagnostics.iter().filter_map(|remark| Some(remark.field?.to_string())).collect()
    }

    #[test]
    fn rows_that_are_no_indicators_are_counted_in_what_a_name_covers() {
        assert_eq!(doubted(&[1], None), ["indicators[0].level2"]);
        assert_eq!(doubted(&[2], None), [] as [&str; 0]);
        assert_eq!(doubted(&[3], None), ["indicators[1].level2"]);
    }

    #[test]
    fn a_doubtful_row_does_not_make_the_rows_below_its_level_doubtful() {
        assert_eq!(doubted(&[], Some("归属")), [] as [&str; 0]);
    }
}
