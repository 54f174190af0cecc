//! What a blank template leaves behind in a form: dots, and numbers for names that nobody wrote.

use jixiao_core::fold::{squeezed, squeezed_chars};

/// True for `……` and its kin; also for nothing at all.
pub(crate) fn is_dots(text: &str) -> bool {
    squeezed_chars(text).all(|c| matches!(c, '…' | '.' | '·' | '⋯'))
}

/// True for `指标2：…`: a level-3 name that begins with the template's number. `plain` is folded.
pub(crate) fn is_numbered_name(plain: &str) -> bool {
    plain.strip_prefix("指标").is_some_and(|rest| {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        digits > 0 && rest[digits..].starts_with(':')
    })
}

/// True for `指标2：` alone: a number that no name follows, or only dots or the slash of a blank cell. The colon may be missing.
pub(crate) fn is_number_alone(text: &str) -> bool {
    let bare = squeezed(text);
    let number = bare.trim_end_matches(['/', '-', '\\', ':', '…', '⋯', '.']).strip_prefix("指标");
    number.is_some_and(|number| number.chars().all(|c| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_told_from_the_name_behind_it() {
        assert!(is_numbered_name("指标2:巡灯次数") && !is_number_alone("指标2：巡灯次数"));
        assert!(is_numbered_name("指标2:") && is_number_alone("指标2：") && is_number_alone("指标2"));
        assert!(is_number_alone("指标1：/") && is_number_alone("指标3：……") && !is_number_alone("指标1：/亩均补助"));
        assert!(!is_numbered_name("指标完成率") && !is_number_alone("指标完成率"));
        assert!(is_dots("……") && is_dots("⋯") && !is_dots("…2"));
    }
}
