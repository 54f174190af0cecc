//! A target printed over several columns: 指标性质, 指标值, 度量单位.

use jixiao_core::fold::fold;

/// What 指标性质 prints for a target that is no quantity.
const QUALITATIVE: &str = "定性";
const COMPARATORS: &[&str] = &[">=", "<=", "≥", "≤", ">", "<", "="];

/// The printed parts of a target. Together they are the text: nothing is added, dropped or respelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    pub(crate) nature: &'a str,
    pub(crate) value: &'a str,
    pub(crate) unit: &'a str,
}

/// The parts of `text`. A text that is neither a quantity nor introduced as 定性 is all value, and so is one with white
/// space between the parts, which three cells would lose.
pub(crate) fn parts(text: &str) -> Parts<'_> {
    let whole = Parts { nature: "", value: text, unit: "" };
    let Some((nature, rest)) = nature(text) else { return whole };
    let quantity = jixiao_parser::value::quantity(rest);
    let (value, unit) = if quantity.value.is_some() { number_and_unit(rest) } else { (rest, "") };
    let parts = Parts { nature, value, unit };
    let spaced = [nature, value, unit].into_iter().any(|part| part.trim() != part);
    if spaced || value.is_empty() { whole } else { parts }
}

/// What stands before the value, and the rest.
fn nature(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix(QUALITATIVE) {
        return text.get(..QUALITATIVE.len()).map(|nature| (nature, rest));
    }
    let plain = fold(text);
    let sign = COMPARATORS.iter().find(|sign| plain.starts_with(**sign)).map_or(0, |sign| sign.chars().count());
    text.split_at_checked(text.chars().take(sign).map(char::len_utf8).sum())
}

fn number_and_unit(text: &str) -> (&str, &str) {
    let digits = fold(text).chars().take_while(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | ',')).count();
    let length = text.chars().take(digits).map(char::len_utf8).sum();
    text.split_at_checked(length).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_has_three_parts_and_a_judgement_two() {
        for (text, nature, value, unit) in [
            ("≥200.00(条)", "≥", "200.00", "(条)"),
            (">=300人次", ">=", "300", "人次"),
            ("＝100％", "＝", "100", "％"),
            ("12期", "", "12", "期"),
            ("12", "", "12", ""),
            ("定性优良中低差", "定性", "优良中低差", ""),
            ("≥按期完成", "≥", "按期完成", ""),
            ("制度齐全", "", "制度齐全", ""),
            ("2023年12月底前", "", "2023年12月底前", ""),
        ] {
            assert_eq!(parts(text), Parts { nature, value, unit }, "{text}");
        }
    }

    #[test]
    fn what_three_cells_would_lose_stays_in_one() {
        for text in ["≥ 90 %", "≥90 %", "定性", "≥"] {
            assert_eq!(parts(text), Parts { nature: "", value: text, unit: "" }, "{text}");
        }
    }
}
