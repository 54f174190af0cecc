//! Texts as the parts of a workbook store them between tags, and how much they hold.

use std::fmt::{self, Display, Formatter};

/// The longest text of a cell in every spreadsheet program, in UTF-16 units.
pub(crate) const MAX_TEXT: usize = 32_767;
/// Rows of a sheet in every spreadsheet program.
pub(crate) const MAX_ROWS: u32 = 1_048_576;

/// A text as a part stores it. Characters that XML does not allow become `_x000B_`, and so does what looks like one of
/// these already (ECMA-376 part 1, 22.4.2.4).
pub(crate) struct Stored<'t>(pub(crate) &'t str);

impl Display for Stored<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let text = self.0;
        let mut copied = 0;
        for at in text.bytes().enumerate().filter(|(_, byte)| may_begin_a_code(*byte)).map(|(at, _)| at) {
            let rest = text.get(at..).unwrap_or_default();
            let Some((c, code)) = rest.chars().next().and_then(|c| Some((c, code_of(c, rest)?))) else { continue };
            out.write_str(text.get(copied..at).unwrap_or_default())?;
            match code {
                Code::Entity(entity) => out.write_str(entity)?,
                Code::Number => write!(out, "_x{:04X}_", u32::from(c))?,
            }
            copied = at + c.len_utf8();
        }
        out.write_str(text.get(copied..).unwrap_or_default())
    }
}

/// True for the first bytes of the characters that do not stand for themselves: 0xC2 begins the controls above ASCII, and
/// 0xEF what is no character at all.
const fn may_begin_a_code(byte: u8) -> bool {
    matches!(byte, 0..=0x1f | b'&' | b'<' | b'>' | b'_' | 0x7f | 0xc2 | 0xef)
}

/// How a character is stored that cannot stand for itself.
enum Code {
    Entity(&'static str),
    Number,
}

fn code_of(c: char, rest: &str) -> Option<Code> {
    match c {
        '&' => Some(Code::Entity("&amp;")),
        '<' => Some(Code::Entity("&lt;")),
        '>' => Some(Code::Entity("&gt;")),
        '_' => is_escape(rest).then_some(Code::Number),
        '\n' | '\t' => None,
        '\u{fffe}' | '\u{ffff}' => Some(Code::Number),
        c => c.is_control().then_some(Code::Number),
    }
}

/// True for `_x000D_…`.
fn is_escape(text: &str) -> bool {
    let digits = text.strip_prefix("_x").and_then(|rest| rest.get(..5));
    digits.is_some_and(|digits| digits.ends_with('_') && digits.bytes().take(4).all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_stored_by_its_number() {
        for (text, stored) in [
            ("绩效", "绩效"),
            ("甲<乙>&\"'", "甲&lt;乙&gt;&amp;\"'"),
            ("甲\u{b}\r\n\t乙", "甲_x000B__x000D_\n\t乙"),
            ("_x000D_ _x_ _xZZZZ_", "_x005F_x000D_ _x_ _xZZZZ_"),
            ("\u{7f}\u{85}°\u{ffff}\u{ff01}", "_x007F__x0085_°_xFFFF_\u{ff01}"),
        ] {
            assert_eq!(Stored(text).to_string(), stored);
        }
    }
}
