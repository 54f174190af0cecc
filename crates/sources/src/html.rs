//! Web pages, and what office programs save as such.

mod decode;
mod walk;

use html5ever::ParseOpts;
use html5ever::driver::parse_document;
use html5ever::tendril::{StrTendril, TendrilSink};
use jixiao_parser::document::Document;
use scraper::{Html, HtmlTreeSink};

use crate::error::SourceError;
use crate::flow;
use crate::limits::{MAX_HTML_BYTES, MAX_HTML_DEPTH, MAX_HTML_NODES};

/// How much is parsed between two looks at the limits, in bytes: one tag can reopen all formatting elements.
const PIECE: usize = 4096;

/// Reads an HTML page in whatever encoding it declares or its bytes show.
///
/// Only what a browser shows is read; forms of web pages give the values filled into them.
///
/// # Errors
///
/// The page is larger or deeper than any that holds forms.
pub fn read_html(bytes: &[u8]) -> Result<Document, SourceError> {
    if bytes.len() > MAX_HTML_BYTES {
        return Err(SourceError::PageTooLarge);
    }
    let decoded = decode::decode(bytes);
    let html = parse(&decoded.text)?;
    let mut document = flow::document(&walk::content(&html)?);
    document.diagnostics.extend(decoded.diagnostics);
    Ok(document)
}

fn parse(text: &str) -> Result<Html, SourceError> {
    if depth(text) > MAX_HTML_DEPTH {
        return Err(SourceError::PageTooDeep);
    }
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    for piece in pieces(text) {
        parser.process(StrTendril::from_slice(piece));
        let sink = &parser.tokenizer.sink.sink;
        if sink.0.borrow().tree.nodes().len() > MAX_HTML_NODES {
            return Err(SourceError::PageTooDeep);
        }
    }
    Ok(parser.finish())
}

/// `text` in pieces of [`PIECE`] bytes, cut between characters.
fn pieces(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (piece, rest) = text.split_at(text.floor_char_boundary(PIECE));
        text = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Elements that end by themselves, or where the next of their kind begins.
const UNCLOSED: [&str; 33] = [
    "area", "base", "basefont", "bgsound", "body", "br", "col", "colgroup", "dd", "dt", "embed", "frame", "head", "hr",
    "html", "img", "input", "keygen", "li", "link", "meta", "optgroup", "option", "p", "param", "rp", "rt", "source",
    "tbody", "td", "th", "tr", "wbr",
];

/// About how many elements stand within each other at the most. The time that a parser takes grows with the square of
/// this, so it is found out beforehand, from the tags alone.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for tag in text.split('<').skip(1) {
        let (ends, name) = tag.strip_prefix('/').map_or((false, tag), |name| (true, name));
        let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let name = name.get(..length).unwrap_or_default().to_ascii_lowercase();
        if name.is_empty() || UNCLOSED.contains(&name.as_str()) || is_closed_at_once(tag) {
            continue;
        }
        open = if ends { open.saturating_sub(1) } else { open + 1 };
        deepest = deepest.max(open);
    }
    deepest
}

/// True for `<o:p/>`: office programs write them, and parsers leave such elements open only where nothing follows.
fn is_closed_at_once(tag: &str) -> bool {
    tag.split_once('>').is_some_and(|(tag, _)| tag.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_end_by_themselves_do_not_count_as_depth() {
        let list = "<ul>".to_owned() + &"<li>一<p>二<br>".repeat(5_000) + "</ul>";
        assert_eq!(depth(&list), 1);
        assert!(read_html(list.as_bytes()).is_ok());
    }

    #[test]
    fn hostile_pages_are_refused() {
        let deep = "<div>".repeat(100_000);
        assert_eq!(read_html(deep.as_bytes()), Err(SourceError::PageTooDeep));
        let marks: String = (0..400).map(|number| format!("<b class=a{number}>")).collect();
        let reopened = format!("<p>{marks}{}", "<p>甲".repeat(20_000));
        assert!(matches!(read_html(reopened.as_bytes()), Err(SourceError::PageTooDeep)));
        let wide = "<table><tr><td colspan=4000000000 rowspan=4000000000>甲".to_owned() + &"<td>乙".repeat(5_000);
        assert!(read_html(wide.as_bytes()).is_ok());
    }
}
