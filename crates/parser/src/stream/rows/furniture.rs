//! What stands between the rows of a table and belongs to none: side labels, repeated headers, page numbers,
//! placeholder rows.

use jixiao_core::vocab::{Label, Scope};

use crate::stream::Booking;
use crate::stream::doc::Doc;
use crate::stream::segment::Region;

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
        } else if is_page_number(doc, at) || is_placeholder(doc, at) {
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

/// A line that holds only a page number: `-1-`, `第 3 页`, `— 2 —`.
pub(in crate::stream) fn is_page_number(doc: &Doc, at: usize) -> bool {
    let token = &doc.tokens[at];
    let alone = token.piece.leads && doc.tokens.get(at + 1).is_none_or(|next| next.piece.leads);
    let bare = token.plain.trim_matches('-');
    let numbered = bare.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')).unwrap_or(bare);
    let marked = numbered.len() < token.plain.len();
    alone && marked && !numbered.is_empty() && numbered.len() <= 4 && numbered.chars().all(|c| c.is_ascii_digit())
}

/// `……` and `指标2：` alone on a line: template rows that were not filled in.
fn is_placeholder(doc: &Doc, at: usize) -> bool {
    let token = &doc.tokens[at];
    let ends_line = doc.tokens.get(at + 1).is_none_or(|next| next.piece.leads);
    let dots = !token.plain.is_empty() && token.plain.chars().all(|c| matches!(c, '…' | '.' | '·'));
    let unnamed = token.plain.strip_prefix("指标").is_some_and(|rest| {
        let number = rest.trim_end_matches(':');
        number.len() < rest.len() && number.chars().all(|c| c.is_ascii_digit())
    });
    dots || (unnamed && ends_line)
}
