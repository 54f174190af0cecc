//! Numbers within a cell: how they are printed, how many there are, and whether two run into each other.

use jixiao_core::Comparator;

use super::words::UNITS;
use crate::value;

/// How many decimals a number is printed with, and whether the last of them is a zero, which only a fixed number of
/// decimals prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Decimals {
    count: u8,
    padded: bool,
}

impl Decimals {
    pub(super) fn of(plain: &str) -> Self {
        let Some((_, decimals)) = plain.split_once('.') else { return Self::default() };
        let decimals = decimals.trim_end_matches(|c: char| !c.is_ascii_digit());
        Self { count: u8::try_from(decimals.len()).unwrap_or(u8::MAX), padded: decimals.ends_with('0') }
    }

    /// The numbers of one column cannot be printed both ways.
    pub(super) const fn clashes(self, other: Self) -> bool {
        self.count != other.count && (self.padded || other.padded)
    }
}

/// A number is printed without leading zeros.
pub(super) fn is_proper(plain: &str) -> bool {
    let digits = plain.trim_start_matches(Comparator::SIGNS).trim_start_matches(['-', '+']);
    let padded = digits.starts_with('0') && digits.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    !padded && !digits.starts_with('.')
}

/// Numbers in a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    pub(super) count: u32,
    /// Nothing parts the cells, and two of the numbers stand side by side.
    pub(super) two: bool,
}

/// Numbers in a text, those aside that begin a date, a point of a list or a bracket.
pub(super) fn figures(plain: &str, glued: bool) -> Figures {
    let mut figures = Figures::default();
    let mut before = None;
    let mut rest = plain;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let opened = rest.get(..start).and_then(|text| text.chars().next_back()).or(before);
        let tail = rest.get(start..).unwrap_or_default();
        let length = tail.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '%').unwrap_or(tail.len());
        let (digits, after) = tail.split_at(length);
        let listed =
            digits.ends_with('.') || after.starts_with(['年', '月', '日', '、', ':', ')', '-', '~', '号', '级']);
        let dated = after.starts_with(['年', '月', '日']);
        let two = glued && !dated && is_two(digits, after);
        figures.two |= two;
        figures.count += if two { GLUED_FIGURES } else { u32::from(!listed && opened != Some('(')) };
        before = digits.chars().next_back();
        rest = after;
    }
    figures
}

/// What two numbers without anything between them count for: they are cells of their own.
const GLUED_FIGURES: u32 = 3;

/// True where `digits` before `after` are a weight and a score rather than one number.
fn is_two(digits: &str, after: &str) -> bool {
    let is_unit = |unit: &str| after.strip_prefix(unit).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    is_glued(digits) || (is_twice(digits) && !UNITS.iter().copied().any(is_unit))
}

/// `6.676.67`, which is no number, and no date such as `2023.12.25`.
fn is_glued(digits: &str) -> bool {
    let parts: Vec<&str> = digits.trim_end_matches(['.', '%']).split('.').collect();
    let is_date =
        matches!(parts.as_slice(), [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2);
    parts.len() > 2 && !is_date
}

/// A weight and the score that is the same: `1313`, `44.00`.
pub(super) fn is_twice(digits: &str) -> bool {
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    // Equal numbers without leading zeros begin alike; of a long text that leaves few places to read numbers at.
    let alike = |at: &usize| digits.as_bytes().get(*at) == digits.as_bytes().first();
    let cuts = (1..digits.len()).filter(alike).filter_map(|at| digits.split_at_checked(at));
    let number = |digits: &str| Some(digits).filter(|digits| is_proper(digits)).and_then(value::number);
    cuts.into_iter().any(|(weight, score)| number(weight).is_some_and(|weight| number(score) == Some(weight)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_numbers_side_by_side_are_told_from_one() {
        assert!(["1313", "44.00", "6.676.67", "10.0010.00"].iter().all(|digits| is_two(digits, "清淤长度")));
        assert!(!["12", "40.00", "2023.12.25", "1921043.00"].iter().any(|digits| is_two(digits, "清淤长度")));
        assert!(!is_two("22", "家") && is_two("22", "家企业"));
    }

    #[test]
    fn dates_are_no_numbers_side_by_side() {
        for text in ["11月30日前", "2020年12月", "22日内办结", "完成44年"] {
            assert!(!figures(text, true).two, "{text}");
        }
        assert!(figures("1111清淤长度", true).two);
    }

    #[test]
    fn a_column_prints_a_fixed_number_of_decimals_or_drops_zeros() {
        let clash = |one: &str, other: &str| Decimals::of(one).clashes(Decimals::of(other));
        assert!(clash("10.00", "5") && clash("2.5", "10.00"));
        assert!(!clash("10.00", "2.75") && !clash("8", "3.92"));
    }
}
