//! Page numbers and the like: lines that belong to no cell, even in the middle of one.

use jixiao_core::vocab::{continues_table, is_page_number};

use super::Booking;
use super::doc::{Doc, Token};

/// Books every line that holds only a page number and takes it out of `doc`; a page begins behind it.
pub(crate) fn drop_numbers(doc: &mut Doc, booking: &mut Booking) {
    let mut kept = Vec::with_capacity(doc.tokens.len());
    let mut at = 0;
    let mut page_start = false;
    while at < doc.tokens.len() {
        if let Some(end) = page_number(&doc.tokens, at) {
            booking.furniture(doc, at, end);
            at = end;
            page_start = true;
            continue;
        }
        let mut token = doc.tokens[at].clone();
        token.piece.page_start |= std::mem::take(&mut page_start);
        kept.push(token);
        at += 1;
    }
    doc.tokens = kept;
}

/// One past a line that holds only a page number or says that the table goes on: `-1-`, `第 3 页`, `— 2 —`, `第4页，共5页`.
fn page_number(tokens: &[Token], at: usize) -> Option<usize> {
    const MOST: usize = 9;
    let line = tokens.get(at).filter(|token| token.piece.leads)?.piece.line;
    let end = at + tokens[at..].iter().take_while(|token| token.piece.line == line).take(MOST).count();
    let spelled: String = tokens[at..end].iter().map(|token| token.plain.as_str()).collect();
    is_page_mark(&spelled).then_some(end)
}

/// True for a line that stands where a page ends or begins, and says nothing of the form.
pub(crate) fn is_page_mark(line: &str) -> bool {
    is_page_number(line) || continues_table(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_told_from_figures() {
        for line in ["-1-", "-12-", "第3页", "第4页,共5页", "第4页/共5页", "(续表)", "(续)", "续表1:", "接上页"]
        {
            assert!(is_page_mark(line), "{line}");
        }
        for line in ["12", "-", "-5", "第3季度", "100", "—", "续建道路", "手续", "续"] {
            assert!(!is_page_mark(line), "{line}");
        }
    }
}
