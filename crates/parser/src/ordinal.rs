//! The numbers that points and sections of Chinese prose begin with.

/// One to ten, in order.
const NUMERALS: &str = "一二三四五六七八九十";

/// True for a digit of a Chinese number.
pub(crate) fn is_numeral(c: char) -> bool {
    NUMERALS.contains(c)
}

/// The heading of a section of the report around a form, `三、下一步改进措施`: notes and goals count their points with
/// digits.
pub(crate) fn opens_section(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(is_numeral);
    rest.len() < text.len() && rest.starts_with('、')
}

/// The ordinal that a line begins with: `1、`, `2.`, `（3）`, `目标1`, `一、`. `plain` is folded.
pub(crate) fn ordinal(plain: &str) -> Option<u32> {
    let bare = plain.trim_start_matches(['(', '[']).trim_start_matches("目标").trim_start_matches(['第', ' ']);
    let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
    let rest = &bare[digits.len()..];
    if !digits.is_empty() && digits.len() <= 2 {
        let decimal = rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        return (rest.starts_with(['、', '.', ')', ':', ',']) && !decimal).then(|| digits.parse().ok()).flatten();
    }
    let first = bare.chars().next()?;
    let place = NUMERALS.chars().position(|c| c == first)?;
    let rest = &bare[first.len_utf8()..];
    (rest.starts_with(['、', ')', '是'])).then(|| u32::try_from(place + 1).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_not_figures() {
        assert_eq!(ordinal("1、储备"), Some(1));
        assert_eq!(ordinal("(12)维护"), Some(12));
        assert_eq!(ordinal("目标3:清理"), Some(3));
        assert_eq!(ordinal("二是"), Some(2));
        assert_eq!(ordinal("1.5万元"), None);
        assert_eq!(ordinal("2023年"), None);
    }

    #[test]
    fn sections_begin_with_a_number_word() {
        for text in ["三、下一步措施", "  十一、附表"] {
            assert!(opens_section(text), "{text}");
        }
        for text in ["3、清理沟渠", "、措施", "一是清理沟渠", ""] {
            assert!(!opens_section(text), "{text}");
        }
    }
}
