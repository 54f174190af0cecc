//! The title, the year and the labelled fields above the tables.

use std::ops::Range;

use jixiao_core::vocab::{Label, Scope};

use super::Booking;
use super::doc::{Doc, Hit};
use super::segment::Region;
use crate::raw::{RawCell, RawField, RawForm};
use crate::value;

/// Reads everything between the start of the form and its first table.
pub(crate) fn read(doc: &Doc, region: &Region, until: usize, booking: &mut Booking, raw: &mut RawForm) {
    let mut at = region.start;
    if let Some((start, end)) = region.title {
        read_fields(doc, at..start, booking, raw);
        read_title(doc, start, end, raw);
        at = end;
    }
    while at < until {
        at = match hit_at(doc, at) {
            Some(hit) => read_hit(doc, hit, until, booking, raw),
            None => read_loose(doc, at, booking, raw),
        };
    }
}

/// Reads the labelled fields of `range`, which stands between two blocks.
pub(crate) fn read_fields(doc: &Doc, range: Range<usize>, booking: &mut Booking, raw: &mut RawForm) {
    let mut at = range.start;
    while at < range.end {
        at = match hit_at(doc, at) {
            Some(hit) => read_hit(doc, hit, range.end, booking, raw),
            None => read_loose(doc, at, booking, raw),
        };
    }
}

/// The first token of `range` that begins a labelled field on a line of its own; its end where none does.
pub(crate) fn first_field(doc: &Doc, range: Range<usize>) -> usize {
    let begins = |at: &usize| {
        let leads = doc.tokens.get(*at).is_some_and(|token| token.piece.leads);
        leads && doc.label_at(Scope::Header, *at).is_some_and(|hit| hit.label == Label::Extra)
    };
    range.clone().find(begins).unwrap_or(range.end)
}

/// The labels printed between the start of the form and its first table, as spelled, folded.
pub(crate) fn labels(doc: &Doc, region: &Region, until: usize) -> Vec<String> {
    let hits = (region.start..until).filter_map(|at| hit_at(doc, at));
    hits.map(|hit| doc.tokens[hit.start..hit.end].iter().map(|token| token.plain.as_str()).collect()).collect()
}

fn hit_at(doc: &Doc, at: usize) -> Option<Hit> {
    let field = doc.label_at(Scope::Header, at);
    field.or_else(|| doc.label_at(Scope::Block, at))
}

/// The title and, where it prints one, the year.
fn read_title(doc: &Doc, start: usize, end: usize, raw: &mut RawForm) {
    let cell = doc.cell(start..end);
    let dated = cell.as_ref().is_some_and(|cell| value::year(&cell.text).is_some());
    raw.year = if dated { cell.clone() } else { None };
    raw.title = cell;
}

fn read_hit(doc: &Doc, hit: Hit, until: usize, booking: &mut Booking, raw: &mut RawForm) -> usize {
    let end = value_end(doc, hit.end, until);
    match hit.label {
        Label::Funds | Label::Goals | Label::Indicators | Label::Heading => {
            booking.label(doc, hit.start, hit.end);
            note_amount_unit(doc, hit.start, hit.end, raw);
            return hit.end;
        }
        Label::Extra => {
            if let (Some(label), Some(cell)) = (doc.cell(hit.start..hit.end), doc.cell(hit.end..end)) {
                raw.extra.push(RawField { label: label.text, cell });
            }
        }
        label => {
            if let Some(slot) = slot(raw, label) {
                if slot.is_some() {
                    return hit.end;
                }
                *slot = doc.cell(hit.end..end);
            }
        }
    }
    booking.label(doc, hit.start, hit.end);
    end
}

fn slot(raw: &mut RawForm, label: Label) -> Option<&mut Option<RawCell>> {
    match label {
        Label::ProjectName => Some(&mut raw.project_name),
        Label::Department => Some(&mut raw.department),
        Label::Unit => Some(&mut raw.unit),
        Label::TotalScore => Some(&mut raw.total_score),
        _ => None,
    }
}

/// One past the last token of the value that begins at `at`: it ends at the next label.
fn value_end(doc: &Doc, at: usize, until: usize) -> usize {
    (at..until).find(|index| hit_at(doc, *index).is_some() || is_amount_unit(doc, *index)).unwrap_or(until)
}

/// A token that belongs to no label: the year's bracket, the unit of the amounts.
fn read_loose(doc: &Doc, at: usize, booking: &mut Booking, raw: &mut RawForm) -> usize {
    if is_amount_unit(doc, at) {
        note_amount_unit(doc, at, at + 1, raw);
        booking.label(doc, at, at + 1);
        return at + 1;
    }
    if raw.year.is_none() && raw.project_name.is_none() {
        let line = doc.tokens.get(at).map(|token| token.piece.line);
        let end = at + doc.tokens[at..].iter().take_while(|token| Some(token.piece.line) == line).count();
        if let Some(cell) = doc.cell(at..end).filter(|cell| value::year(&cell.text).is_some()) {
            raw.year = Some(cell);
            return end;
        }
    }
    at + 1
}

fn is_amount_unit(doc: &Doc, at: usize) -> bool {
    let plain = doc.tokens.get(at).map_or("", |token| token.plain.as_str());
    let bare = plain.trim_matches(['(', ')']);
    plain.starts_with('(') && matches!(bare.trim_start_matches("单位:"), "元" | "万元")
}

/// Keeps the cell that names the unit, such as `（万元）` or `项目资金（元）`.
fn note_amount_unit(doc: &Doc, start: usize, end: usize, raw: &mut RawForm) {
    let Some(cell) = doc.cell(start..end) else { return };
    if raw.amount_unit.is_none() && cell.text.contains('元') {
        raw.amount_unit = Some(cell);
    }
}
