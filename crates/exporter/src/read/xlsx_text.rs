//! Strings of .xlsx parts: rich text, phonetic hints, escaped characters.

use crate::error::ImportError;
use jixiao_package::{Token, Xml};

/// Reads the runs of a string up to the end of the element `until`; phonetic hints are not part of the text.
pub(super) fn read_string(xml: &mut Xml<'_, '_>, until: &str) -> Result<String, ImportError> {
    let mut text = String::new();
    let mut in_run = false;
    let mut in_hint = false;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(start) => match start.local_name().as_ref() {
                "t" => in_run = true,
                "rPh" => in_hint = true,
                _ => {}
            },
            Token::Text(run) if in_run && !in_hint => text.push_str(&run),
            Token::Text(_) => {}
            Token::End(end) => match end.local_name().as_ref() {
                "t" => in_run = false,
                "rPh" => in_hint = false,
                end if end == until => break,
                _ => {}
            },
        }
    }
    Ok(if text.contains("_x") { unescape(&text) } else { text })
}

/// Resolves `_x000D_`, the way in which characters that XML does not allow are stored.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        let (before, tail) = rest.split_at(start);
        out.push_str(before);
        match escaped_char(tail) {
            Some(c) => {
                out.push(c);
                rest = tail.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = tail.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character of a leading `_xHHHH_`.
fn escaped_char(text: &str) -> Option<char> {
    let digits = text.get(2..6)?;
    let closed = text.get(6..7)? == "_";
    let hexadecimal = digits.bytes().all(|b| b.is_ascii_hexdigit());
    (closed && hexadecimal).then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters_are_resolved() {
        assert_eq!(unescape("甲_x000D_\n乙"), "甲\r\n乙");
        assert_eq!(unescape("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescape("_x_xZZZZ_ _x12 _x123绩_"), "_x_xZZZZ_ _x12 _x123绩_");
        assert_eq!(unescape("_xD800_"), "_xD800_");
    }
}
