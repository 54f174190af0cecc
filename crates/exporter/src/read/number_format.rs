//! How a stored number is displayed under a number format (ECMA-376 part 1, 18.8.30 and 18.8.31).
//!
//! Digits, decimals, thousands, percent and literal characters are followed, as they are what a form prints.
//! Sections for negative numbers and zero only change the look and are not: the value keeps its sign.

use jixiao_core::Decimal;
use rust_decimal::RoundingStrategy;

use super::date;

/// Digits that spreadsheet programs compute with; what lies behind them is noise of the binary float.
const SIGNIFICANT_DIGITS: u32 = 15;
/// Characters that hold no more digits than that.
const SHORT: usize = SIGNIFICANT_DIGITS as usize;
/// Decimals that such a number can be padded to.
const MOST_PLAIN_PLACES: usize = 9;

/// The text that a cell shows for the stored number `raw` under the format `code`.
pub(crate) fn display(raw: &str, code: &str, epoch_1904: bool) -> String {
    let Some(value) = exact(raw) else { return raw.to_owned() };
    if date::is_date_format(code) {
        return date::display(value, code, epoch_1904).unwrap_or_else(|| general(value));
    }
    match Pattern::parse(code) {
        Some(pattern) => pattern.apply(value).unwrap_or_else(|| general(value)),
        None => general(value),
    }
}

/// The decimal that the stored text stands for: `98.119999999999997` is 98.12.
fn exact(raw: &str) -> Option<Decimal> {
    if is_short(raw) {
        return raw.parse().ok();
    }
    let float: f64 = raw.trim().parse().ok()?;
    // The shortest text that reads back as the same float, never with an exponent.
    let value: Decimal = format!("{float}").parse().ok()?;
    value.round_sf_with_strategy(SIGNIFICANT_DIGITS, RoundingStrategy::MidpointAwayFromZero)
}

/// True for plain digits that a binary float holds as they are: most numbers need not become one.
fn is_short(raw: &str) -> bool {
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction) && digits.len() <= SHORT
}

fn general(value: Decimal) -> String {
    value.normalize().to_string()
}

/// What one section of a format says.
#[derive(Debug, Default)]
struct Pattern {
    prefix: String,
    suffix: String,
    digits: bool,
    general: bool,
    point: bool,
    least_whole: usize,
    least_places: usize,
    most_places: usize,
    thousands: bool,
    /// Commas behind the last digit, each of which divides by a thousand.
    thousandths: u32,
    percents: u32,
}

impl Pattern {
    /// Reads the first section of `code`; `None` where it shows the number in a way of its own (scientific, fractions).
    fn parse(code: &str) -> Option<Self> {
        let mut pattern = Self::default();
        let mut chars = code.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '"' => pattern.literal(&chars.by_ref().take_while(|c| *c != '"').collect::<String>()),
                '\\' => pattern.literal(&chars.next().map(String::from).unwrap_or_default()),
                '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    pattern.literal(currency(&inner));
                }
                '0' | '#' | '?' => pattern.digit(c),
                '.' => pattern.point = true,
                ',' => pattern.thousandths += 1,
                '%' => {
                    pattern.percents += 1;
                    pattern.literal("%");
                }
                'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => return None,
                '/' | '@' => return None,
                'G' | 'g' => {
                    pattern.general = true;
                    while chars.peek().is_some_and(char::is_ascii_alphabetic) {
                        chars.next();
                    }
                }
                other => pattern.literal(&other.to_string()),
            }
        }
        Some(pattern)
    }

    fn literal(&mut self, text: &str) {
        if self.digits || self.general { self.suffix.push_str(text) } else { self.prefix.push_str(text) }
    }

    fn digit(&mut self, c: char) {
        self.digits = true;
        // A comma between digits groups them; one behind the last digit divides.
        if self.thousandths > 0 {
            self.thousands = true;
            self.thousandths = 0;
        }
        if self.point {
            self.most_places += 1;
            self.least_places = if c == '#' { self.least_places } else { self.most_places };
        } else if c == '0' {
            self.least_whole += 1;
        }
    }

    fn apply(&self, value: Decimal) -> Option<String> {
        let mut value = value;
        for _ in 0..self.percents {
            value = value.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..self.thousandths {
            value = value.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let magnitude = value.abs();
        let digits = if self.digits {
            self.shape(magnitude)
        } else if self.general {
            general(magnitude)
        } else {
            return None;
        };
        let negative = value.is_sign_negative() && digits.bytes().any(|b| matches!(b, b'1'..=b'9'));
        let sign = if negative { "-" } else { "" };
        Some(format!("{sign}{}{digits}{}", self.prefix, self.suffix))
    }

    /// True of `0`, `0.00` and the like, as most formats are: all decimals and no more are shown.
    const fn is_plain(&self) -> bool {
        let padded = self.least_places == self.most_places && self.most_places <= MOST_PLAIN_PLACES;
        padded && self.least_whole == 1 && !self.thousands
    }

    /// The digits of a magnitude: rounded half up, padded and grouped.
    fn shape(&self, magnitude: Decimal) -> String {
        let places = u32::try_from(self.most_places).unwrap_or(u32::MAX).min(Decimal::MAX_SCALE);
        let mut rounded = magnitude.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
        if self.is_plain() {
            rounded.rescale(places);
            return rounded.to_string();
        }
        let rounded = rounded.normalize();
        let text = rounded.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = format!("{:0>width$}", whole, width = self.least_whole);
        let whole = if self.thousands { grouped(&whole) } else { whole };
        let fraction = format!("{:0<width$}", fraction, width = self.least_places);
        if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
    }
}

/// The currency sign of `$¥-804`; colours, conditions and locales show nothing.
fn currency(inner: &str) -> &str {
    inner.strip_prefix('$').map_or("", |rest| rest.split('-').next().unwrap_or_default())
}

fn grouped(whole: &str) -> String {
    let count = whole.chars().count();
    let mut text = String::new();
    for (index, c) in whole.chars().enumerate() {
        if index > 0 && (count - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(raw: &str, code: &str) -> String {
        display(raw, code, false)
    }

    #[test]
    fn a_percentage_is_shown_as_one() {
        assert_eq!(shown("0.9812", "0.00%"), "98.12%");
        assert_eq!(shown("1", "0%"), "100%");
        assert_eq!(shown("0.98119999999999996", "0.0#%"), "98.12%");
        assert_eq!(shown("0.5", "0.0#%"), "50.0%");
    }

    #[test]
    fn decimals_are_kept_as_the_format_has_them() {
        assert_eq!(shown("10", "0.00"), "10.00");
        assert_eq!(shown("9.8000000000000007", "General"), "9.8");
        assert_eq!(shown("98.119999999999997", "General"), "98.12");
        assert_eq!(shown("0.30000000000000004", "General"), "0.3");
        assert_eq!(shown("2.5", "0"), "3");
        assert_eq!(shown("0.004", "0.00"), "0.00");
        assert_eq!(shown("-0.004", "0.00"), "0.00");
        assert_eq!(shown("123456789012345", "0"), "123456789012345");
        assert_eq!(shown("1E+21", "General"), "1000000000000000000000");
    }

    #[test]
    fn plain_formats_show_what_the_long_way_shows() {
        for value in ["0", "0.005", "12", "9.995", "123456789012345", "0.1", "99999.99999"] {
            for places in 0..=MOST_PLAIN_PLACES {
                let of = |thousands| Pattern {
                    least_whole: 1,
                    least_places: places,
                    most_places: places,
                    thousands,
                    ..Pattern::default()
                };
                let (plain, grouped) = (of(false), of(true));
                assert!(plain.is_plain() && !grouped.is_plain());
                let value = value.parse().unwrap();
                assert_eq!(plain.shape(value), grouped.shape(value).replace(',', ""), "{value} {places}");
            }
        }
    }

    #[test]
    fn thousands_literals_and_padding() {
        assert_eq!(shown("1234567.5", "#,##0.00"), "1,234,567.50");
        assert_eq!(shown("1234567", "0.0,"), "1234.6");
        assert_eq!(shown("36", "0\"万元\""), "36万元");
        assert_eq!(shown("-36.5", "#,##0.00_);[Red](#,##0.00)"), "-36.50");
        assert_eq!(shown("36", "[$¥-804]#,##0"), "¥36");
        assert_eq!(shown("7", "000"), "007");
        assert_eq!(shown("12", "General\"条\""), "12条");
        assert_eq!(shown("0", "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)"), "0.00");
    }

    #[test]
    fn formats_of_their_own_kind_show_the_plain_number() {
        for code in ["0.00E+00", "# ?/?", "@", "\"text only\""] {
            assert_eq!(shown("1.5", code), "1.5", "{code}");
        }
        assert_eq!(shown("not a number", "0.00"), "not a number");
        assert_eq!(shown("1e400", "0.00"), "1e400");
    }
}
