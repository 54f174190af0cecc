//! Characters of symbol fonts.

/// The character that a code of a symbol font shows, where it is one of the marks of tick rows; the code itself in the
/// private area of Unicode elsewhere. Wingdings 2 has its boxes at other codes than Wingdings.
pub(super) fn symbol(font: &str, code: &str) -> Option<char> {
    let code = u32::from_str_radix(code, 16).ok()?;
    let second = font.eq_ignore_ascii_case("Wingdings 2");
    let shown = match (second, code & 0xff) {
        (false, 0xfe) | (true, 0x52) => '☑',
        (false, 0xfd) | (true, 0x51) => '☒',
        (false, 0xa8 | 0x6f) | (true, 0xa3) => '□',
        (false, 0x6e) => '■',
        (false, 0xfc) | (true, 0x50) => '√',
        _ => return char::from_u32(code),
    };
    let known = font.to_ascii_lowercase().starts_with("wingdings");
    if known { Some(shown) } else { char::from_u32(code) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_of_both_fonts_are_told_apart() {
        assert_eq!(symbol("Wingdings", "F0FE"), Some('☑'));
        assert_eq!(symbol("Wingdings 2", "F052"), Some('☑'));
        assert_eq!(symbol("Wingdings 2", "F0A3"), Some('□'));
        assert_eq!(symbol("Symbol", "F0B3"), Some('\u{f0b3}'));
        assert_eq!(symbol("Wingdings", "ZZ"), None);
    }
}
