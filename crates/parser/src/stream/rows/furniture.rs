//! What stands between the rows of a table and belongs to none: side labels, repeated headers, page numbers,
//! placeholder rows.

use jixiao_core::vocab::{Label, Scope};

use super::column::is_level_name;
use crate::stream::Booking;
use crate::stream::doc::Doc;
use crate::stream::segment::Region;
use crate::template::{is_dots, is_number_alone, is_numbered_name};

/// The tokens `start..end` that belong to rows; the others are booked.
pub(in crate::stream) fn table_tokens(
    doc: &Doc,
    region: &Region,
    start: usize,
    end: usize,
    booking: &mut Booking,
) -> Vec<usize> {
    let mut tokens = Vec::new();
    let mut at = start;
    while at < end {
        if let Some(header) = region.repeats.iter().find(|header| header.start == at) {
            booking.label(doc, header.start, header.end);
            at = header.end;
        } else if let Some(after) = side_label(doc, at) {
            booking.label(doc, at, after);
            at = after;
        } else if is_placeholder(doc, at) {
            booking.furniture(doc, at, at + 1);
            at += 1;
        } else {
            tokens.push(at);
            at += 1;
        }
    }
    tokens
}

/// One past the side label 绩效指标 that begins at `at`, printed down the side or alone.
fn side_label(doc: &Doc, at: usize) -> Option<usize> {
    let hit = doc.label_at(Scope::Block, at).filter(|hit| matches!(hit.label, Label::Indicators | Label::Goals))?;
    let down = doc.tokens[hit.start..hit.end].iter().all(|token| token.piece.leads);
    down.then_some(hit.end)
}

/// `……` and `指标2：` alone on a line: template rows that were not filled in.
fn is_placeholder(doc: &Doc, at: usize) -> bool {
    let plain = &doc.tokens[at].plain;
    is_dots(plain) || (is_numbered_name(plain) && is_number_alone(plain) && nothing_follows(doc, at + 1))
}

/// The row that a placeholder names is blank: the next line begins another row or level.
fn nothing_follows(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_none_or(|next| {
        let other = is_dots(&next.plain) || is_numbered_name(&next.plain) || is_level_name(&next.plain);
        let level = [Scope::Level1, Scope::Level2].into_iter().any(|scope| doc.label_at(scope, at).is_some());
        next.piece.leads && (other || level || doc.label_at(Scope::Foot, at).is_some())
    })
}
