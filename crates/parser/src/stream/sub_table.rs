//! 资金管理情况 of transfer forms: rows of a label, what was done, and what was wrong.

use jixiao_core::vocab::{Label, MAIN_COLUMN, Scope};

use super::Booking;
use super::doc::Doc;
use crate::raw::{RawCell, RawField, RawForm};
use crate::remarks::TEXT_OF_NEIGHBOUR;

/// Reads the rows and the labels of blocks between `start` and `until`.
pub(super) fn read(doc: &Doc, start: usize, until: usize, booking: &mut Booking, raw: &mut RawForm) {
    let mut second: Option<String> = None;
    let mut main = false;
    let mut at = start;
    while at < until {
        if let Some(hit) = doc.label_at(Scope::Block, at).filter(|hit| hit.end <= until) {
            let name = spelled(doc, hit.start, hit.end);
            if main && hit.label == Label::Heading {
                second.get_or_insert_with(|| name.clone());
            }
            main = name == MAIN_COLUMN;
            booking.label(doc, hit.start, hit.end);
            at = hit.end;
        } else if let Some(hit) = row_at(doc, at) {
            let end = (hit..until).find(|index| ends(doc, *index)).unwrap_or(until);
            booking.label(doc, at, hit);
            row(doc, (at, hit, end), second.as_deref(), raw);
            at = end;
        } else {
            at += 1;
        }
    }
}

/// One past the label of a row that begins at `at`.
fn row_at(doc: &Doc, at: usize) -> Option<usize> {
    let leads = doc.tokens.get(at).is_some_and(|token| token.piece.leads);
    doc.label_at(Scope::SubRow, at).filter(|_| leads).map(|hit| hit.end)
}

/// The label of a row or of a block ends the texts of a row.
fn ends(doc: &Doc, at: usize) -> bool {
    let leads = doc.tokens.get(at).is_some_and(|token| token.piece.leads);
    row_at(doc, at).is_some() || (leads && doc.label_at(Scope::Block, at).is_some())
}

fn spelled(doc: &Doc, start: usize, end: usize) -> String {
    doc.tokens.get(start..end).unwrap_or_default().iter().map(|token| token.plain.as_str()).collect()
}

/// Keeps the texts `label_end..end` of the row whose label begins at `start`.
fn row(doc: &Doc, (start, label_end, end): (usize, usize, usize), second: Option<&str>, raw: &mut RawForm) {
    let Some(label) = doc.cell(start..label_end) else { return };
    let (cut, sure) = if second.is_some() { cut(doc, label_end, end) } else { (end, true) };
    let doubted = |cell: RawCell| RawCell { doubt: (!sure).then(|| TEXT_OF_NEIGHBOUR.to_owned()), ..cell };
    let name = label.text.split_whitespace().collect::<String>();
    if let Some(cell) = doc.cell(label_end..cut) {
        raw.extra.push(RawField { label: name.clone(), cell: doubted(cell) });
    }
    if let (Some(cell), Some(second)) = (doc.cell(cut..end), second) {
        raw.extra.push(RawField { label: format!("{name}/{second}"), cell: doubted(cell) });
    }
}

/// Where the second of the two texts of a row begins, and whether that is sure: it is where a line holds both, or
/// where each has one line.
fn cut(doc: &Doc, start: usize, end: usize) -> (usize, bool) {
    let inner = |index: &usize| doc.tokens.get(*index).is_some_and(|token| !token.piece.leads);
    let leads = |index: &usize| doc.tokens.get(*index).is_some_and(|token| token.piece.leads);
    let within: Vec<usize> = (start + 1..end).filter(inner).collect();
    let lines: Vec<usize> = (start + 1..end).filter(leads).collect();
    match (within.as_slice(), lines.as_slice()) {
        ([], []) => (end, true),
        ([cut], []) | ([], [cut]) => (*cut, true),
        ([cut, ..], _) => (*cut, false),
        ([], [cut, ..]) => (*cut, false),
    }
}
