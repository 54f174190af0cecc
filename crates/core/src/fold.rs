//! Folding printed characters to their plain kin for comparison; stored text is never folded.
//!
//! Every fold maps one character to one character, so a position in folded text is a position in the original.

use std::borrow::Cow;

/// The plain kin of a printed character: half-width letters, digits and punctuation, one dash, one comparator.
#[must_use]
#[inline]
pub const fn fold_char(c: char) -> char {
    match c {
        _ if is_plain(c) => c,
        '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => ' ',
        '＝' | '﹦' | '═' => '=',
        '﹥' => '>',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '﹤' => '<',
        '﹪' | '％' => '%',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '－' | '﹣' => '-',
        '〔' | '【' | '［' | '﹝' => '[',
        '〕' | '】' | '］' | '﹞' => ']',
        '。' | '｡' => '。',
        '︰' | '﹕' | '∶' => ':',
        '！'..='～' => match char::from_u32(c as u32 - 0xfee0) {
            Some(plain) => plain,
            None => c,
        },
        _ => c,
    }
}

/// `text` with every character folded; as many characters as before.
#[must_use]
pub fn fold(text: &str) -> String {
    gathered(text, text.chars().map(fold_char))
}

/// As [`fold`], without a copy where `text` is plain as it stands.
#[must_use]
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fold_char(c) == c) { Cow::Borrowed(text) } else { Cow::Owned(fold(text)) }
}

/// `text` folded and without white space: the form in which labels are compared.
#[must_use]
pub fn squeeze(text: &str) -> String {
    gathered(text, squeezed_chars(text))
}

/// The characters of [`squeeze`], one after the other.
pub fn squeezed_chars(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().map(fold_char).filter(|c| !c.is_whitespace())
}

/// `chars` of `text` in a string that need not grow: no character has a longer plain kin.
fn gathered(text: &str, chars: impl Iterator<Item = char>) -> String {
    let mut gathered = String::with_capacity(text.len());
    gathered.extend(chars);
    gathered
}

/// As [`squeeze`], without a copy where `text` is plain as it stands.
#[must_use]
pub fn squeezed(text: &str) -> Cow<'_, str> {
    let plain = |c| is_plain(c) || (fold_char(c) == c && !c.is_whitespace());
    if text.chars().all(plain) { Cow::Borrowed(text) } else { Cow::Owned(squeeze(text)) }
}

/// Visible, and its own plain kin: what most texts are made of.
const fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | '\u{4e00}'..='\u{9fff}')
}

/// `text` without white space, otherwise as printed: the form in which two printed texts are compared.
#[must_use]
pub fn without_space(text: &str) -> String {
    gathered(text, text.chars().filter(|c| !c.is_whitespace()))
}

/// True for a cell that says nothing: empty, or only a dash or slash.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    let mut plain = squeezed_chars(text);
    matches!(
        (plain.next(), plain.next(), plain.next()),
        (None | Some('-' | '/' | '\\'), None, _) | (Some('-'), Some('-'), None)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_fold_to_their_plain_kin() {
        assert_eq!(fold("≧１００．５％（Ａ）＞＝"), "≥100.5%(A)>=");
        assert_eq!(folded("≧１００"), "≥100");
        assert!(matches!(folded("≥ 100条"), Cow::Borrowed("≥ 100条")));
        assert_eq!(squeeze(" 产 出\u{3000}指 标 "), "产出指标");
    }

    #[test]
    fn folding_keeps_the_number_of_characters() {
        let text = "≧１００％（Ａ）——／　。";
        assert_eq!(fold(text).chars().count(), text.chars().count());
    }

    #[test]
    fn a_dash_or_slash_is_blank() {
        for text in ["", "  ", "-", "—", "－", "/", "\\", "——"] {
            assert!(is_blank(text), "{text}");
        }
        assert!(!is_blank("无"));
    }
}
