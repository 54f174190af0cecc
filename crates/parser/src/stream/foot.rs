//! The total row, the grade and the labelled fields below the table.

use jixiao_core::vocab::{Label, Scope};

use super::Booking;
use super::doc::{Doc, Hit};
use crate::ordinal::opens_section;
use crate::raw::{RawField, RawForm};

/// Reads the total row at `hit` and what follows it up to `until`; returns the first token that was not read.
pub(crate) fn read_total(doc: &Doc, hit: Hit, until: usize, booking: &mut Booking, raw: &mut RawForm) -> usize {
    booking.label(doc, hit.start, hit.end);
    read_points(doc, hit.end, until, booking, raw)
}

/// Reads weight, score and grade of a total row from token `at` on.
pub(crate) fn read_points(doc: &Doc, at: usize, until: usize, booking: &mut Booking, raw: &mut RawForm) -> usize {
    let line = |index: usize| doc.tokens.get(index).map(|token| token.piece.line);
    let is_points = |index: usize| doc.tokens.get(index).is_some_and(|t| t.shape.number.is_some() || t.shape.dash);
    let end = (at..until.min(at + 2)).find(|index| !is_points(*index)).unwrap_or(until.min(at + 2));
    raw.total_weight = doc.cell(at..end.min(at + 1));
    raw.total_score = doc.cell((at + 1).min(end)..end);
    let mut next = end;
    while next < until && line(next) == line(at) && doc.tokens[next].shape.dash {
        booking.furniture(doc, next, next + 1);
        next += 1;
    }
    if next < until && line(next) == line(at) && is_grade(doc, next) {
        raw.grade = doc.cell([next]);
        next += 1;
    }
    next
}

/// Reads labelled fields from `at` on; a token that no label claims ends the form.
pub(crate) fn read_fields(doc: &Doc, mut at: usize, until: usize, booking: &mut Booking, raw: &mut RawForm) -> usize {
    while let Some(hit) = field_at(doc, at).filter(|hit| hit.start < until) {
        let end = field_end(doc, hit.end, until);
        booking.label(doc, hit.start, hit.end);
        at = match hit.label {
            Label::Total => read_points(doc, hit.end, until, booking, raw),
            Label::Grade if is_grade(doc, hit.end) => {
                raw.grade = doc.cell([hit.end]);
                hit.end + 1
            }
            Label::Grade => hit.end,
            _ => {
                if let (Some(label), Some(cell)) = (doc.cell(hit.start..hit.end), doc.cell(hit.end..end)) {
                    raw.extra.push(RawField { label: label.text, cell });
                }
                end
            }
        };
    }
    at
}

/// A label of the foot, or one of the header's that some forms print below the table (填报人, 填报日期).
fn field_at(doc: &Doc, at: usize) -> Option<Hit> {
    let header = || doc.label_at(Scope::Header, at).filter(|hit| hit.label == Label::Extra);
    doc.label_at(Scope::Foot, at).or_else(header)
}

fn is_grade(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_some_and(|token| jixiao_core::Grade::from_label(&token.plain).is_some())
}

/// A field's text ends at the next label, or where the page is left blank below it.
fn field_end(doc: &Doc, at: usize, until: usize) -> usize {
    let ends = |index: &usize| {
        let token = &doc.tokens[*index];
        let page_ends = token.piece.leads && token.piece.blanks_above >= 2;
        // 项目负责人 甲 财务负责人 乙: pairs of a label and a word on one line.
        let labelled = token.piece.leads || token.plain.ends_with(':') || *index == at + 1;
        let section = *index > at && token.piece.leads && opens_section(&token.plain);
        page_ends || section || (labelled && field_at(doc, *index).is_some())
    };
    (at..until).find(ends).unwrap_or(until)
}
