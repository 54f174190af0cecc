//! From the records that the grid reader makes of a text's cells back to the text: the exact places of every piece,
//! what is doubtful about them, and the account of every character.

use std::collections::{BTreeMap, BTreeSet};

use jixiao_core::{FieldPath, FormRecord, Place};

use crate::Parsed;
use crate::codes::Code;
use crate::ledger::{Ledger, Use};
use crate::text::Text;

/// A grid cell and the characters it is made of.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// The place that the grid knows: from the first to the last character.
    pub(super) place: Place,
    /// The text that the grid knows.
    pub(super) text: String,
    /// The character ranges in reading order.
    pub(super) ranges: Vec<(usize, usize)>,
    /// What is doubtful about the cell.
    pub(super) cell_doubt: Option<CellDoubt>,
    /// What is doubtful about the whole row.
    pub(super) row_doubt: Option<&'static str>,
}

/// Why a cell is doubtful, and in which of the rows that it covers, counted from the first one.
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
    let mut rows = BTreeSet::new();
    let mut covered: BTreeMap<Key, usize> = BTreeMap::new();
    let mut remarks = Vec::new();
    for (path, places) in &record.provenance {
        let Some(key) = places.first().and_then(key) else { continue };
        let Some(cell) = cells.get(&key) else { continue };
        let row = row_of(path);
        let offset = row.saturating_sub(*covered.entry(key).or_insert(row));
        let place = Some(cell.place.clone());
        if let (Some(why), FieldPath::Indicator(row, _)) = (cell.row_doubt, path)
            && rows.insert(*row)
        {
            let path = FieldPath::IndicatorRow(*row);
            remarks.push(Code::UncertainRow.diagnostic(why.to_owned(), Some(path), place.clone()));
        }
        if let Some(doubt) = cell.cell_doubt.as_ref().filter(|doubt| doubt.rows.contains(&offset)) {
            let message = format!("「{}」的读法不唯一：{}", cell.text.trim(), doubt.why);
            remarks.push(Code::UncertainCell.diagnostic(message, Some(*path), place));
        }
    }
    record.diagnostics.extend(remarks);
}

/// The row of an indicator; places are in the order of their rows.
const fn row_of(path: &FieldPath) -> usize {
    match path {
        FieldPath::Indicator(row, _) => *row,
        _ => 0,
    }
}
