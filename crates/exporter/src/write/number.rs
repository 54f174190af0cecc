//! Exact decimals as cells.

use jixiao_core::Decimal;

use super::plan::{Content, NumberLook};

/// Digits that a cell's binary float holds exactly; a longer number is written as text so that none is lost.
const EXACT_DIGITS: usize = 15;

/// `value` as a number that shows the decimals it was printed with, or as text where a cell cannot hold it exactly.
pub(crate) fn number(value: Decimal) -> Content {
    if significant_digits(value) > EXACT_DIGITS || is_negative_zero(value) {
        return Content::Text(value.to_string());
    }
    Content::Number { value, look: NumberLook { places: value.scale(), percent: false } }
}

/// A rate in percent: stored as the fraction, shown with its percent sign.
pub(crate) fn percentage(value: Decimal) -> Content {
    let fraction = value.checked_mul(Decimal::new(1, 2));
    match fraction {
        Some(fraction) if significant_digits(value) <= EXACT_DIGITS && !is_negative_zero(value) => {
            Content::Number { value: fraction, look: NumberLook { places: value.scale(), percent: true } }
        }
        _ => Content::Text(format!("{value}%")),
    }
}

/// A text that is a plain number in the very way a cell shows one becomes that number, any other stays text.
pub(crate) fn text_or_number(text: &str) -> Content {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let plain = all_digits(whole) && fraction.is_none_or(all_digits) && (whole == "0" || !whole.starts_with('0'));
    match text.parse::<Decimal>() {
        Ok(value) if plain && value.to_string() == text => number(value),
        _ => Content::Text(text.to_owned()),
    }
}

fn significant_digits(value: Decimal) -> usize {
    value.mantissa().unsigned_abs().to_string().len()
}

/// A spreadsheet shows a negative zero without its sign.
fn is_negative_zero(value: Decimal) -> bool {
    value.is_zero() && value.is_sign_negative()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(content: &Content) -> (String, String) {
        match content {
            Content::Number { value, look } => (value.to_string(), look.code()),
            Content::Text(text) => (text.clone(), "text".to_owned()),
            Content::Blank => (String::new(), "blank".to_owned()),
        }
    }

    #[test]
    fn a_number_keeps_its_printed_decimals() {
        assert_eq!(shown(&number("9.80".parse().unwrap())), ("9.80".into(), "0.00".into()));
        assert_eq!(shown(&number("10".parse().unwrap())), ("10".into(), "0".into()));
        assert_eq!(shown(&percentage("98.12".parse().unwrap())), ("0.9812".into(), "0.00%".into()));
    }

    #[test]
    fn a_number_too_long_for_a_cell_is_text() {
        let long = "1234567890123456.78";
        assert_eq!(shown(&number(long.parse().unwrap())), (long.into(), "text".into()));
        assert_eq!(shown(&percentage("12.34567890123456".parse().unwrap())).1, "text");
    }

    #[test]
    fn only_plain_numbers_become_numbers() {
        for text in ["12", "12.50", "0", "0.5", "-3"] {
            assert_eq!(shown(&text_or_number(text)).0, text);
            assert_ne!(shown(&text_or_number(text)).1, "text", "{text}");
        }
        for text in ["007", "1,234", "100%", "≥5", "5.", ".5", "-", "1e3", "１２", "=1+1", "12345678901234567", "-0"]
        {
            assert_eq!(shown(&text_or_number(text)), (text.to_owned(), "text".to_owned()));
        }
    }
}
