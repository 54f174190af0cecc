//! How a stored date or time is displayed.

use jixiao_core::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Days from the epoch of the 1900 system (1899-12-30, which makes up for the leap day that 1900 never had) to
/// the epoch of the 1904 system.
const EPOCH_1904_DAYS: i64 = 1462;
/// Days from 0000-03-01 to 1899-12-30.
const EPOCH_1900_FROM_MARCH_ZERO: i64 = 693_899;
/// The serial of 9999-12-31, the last date of any spreadsheet program.
const LAST_SERIAL: i64 = 2_958_465;
const SECONDS_A_DAY: i64 = 86_400;

/// The format code that a program in Chinese shows a built-in date format with (ECMA-376 part 1, 18.8.30).
pub(super) fn builtin_code(id: u32) -> Option<&'static str> {
    Some(match id {
        14 => "yyyy/m/d",
        15 => "d-m-yy",
        16 => "d-m",
        17 => "m-yy",
        18 | 20 => "h:mm",
        19 | 21 => "h:mm:ss",
        22 => "yyyy/m/d h:mm",
        27 | 36 | 50 | 52 | 57 => "yyyy年m月",
        28 | 29 | 51 | 53 | 54 | 58 => "m月d日",
        30 => "m-d-yy",
        31 => "yyyy年m月d日",
        32 | 34 | 55 => "h时mm分",
        33 | 35 | 56 => "h时mm分ss秒",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        _ => return None,
    })
}

/// True for a format that shows dates or times.
pub(super) fn is_date_format(code: &str) -> bool {
    pieces(code).iter().any(|piece| matches!(piece, Piece::Field(..)))
}

/// The text of the serial date `value`; `None` where it is out of the range of dates.
pub(super) fn display(value: Decimal, code: &str, epoch_1904: bool) -> Option<String> {
    let seconds = value.checked_mul(Decimal::from(SECONDS_A_DAY))?.round().to_i64()?;
    let days = seconds.div_euclid(SECONDS_A_DAY) + if epoch_1904 { EPOCH_1904_DAYS } else { 0 };
    if !(0..=LAST_SERIAL).contains(&days) {
        return None;
    }
    let moment = Moment::new(days, seconds.rem_euclid(SECONDS_A_DAY));
    let pieces = pieces(code);
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(literal) => text.push_str(literal),
            Piece::Field(letter, count) => {
                let minutes = *letter == 'm' && is_minutes(&pieces, index);
                text.push_str(&moment.field(if minutes { 'n' } else { *letter }, *count));
            }
        }
    }
    Some(text)
}

/// One piece of a date format.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// A run of one of the letters y, m, d, h, s, and its length.
    Field(char, usize),
}

/// The pieces of the first section of `code`.
fn pieces(code: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '"' => pieces.push(Piece::Literal(chars.by_ref().take_while(|c| *c != '"').collect())),
            '\\' => pieces.extend(chars.next().map(|c| Piece::Literal(c.to_string()))),
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect::<String>().to_lowercase();
                if matches!(inner.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss") {
                    pieces.extend(inner.chars().next().map(|letter| Piece::Field(letter, inner.len())));
                }
            }
            'G' | 'g' => return Vec::new(),
            'A' | 'a' | 'P' | 'p' if chars.peek().is_some_and(|next| matches!(next, 'M' | 'm' | '/')) => {
                chars.next();
            }
            letter if matches!(letter.to_ascii_lowercase(), 'y' | 'm' | 'd' | 'h' | 's') => {
                let letter = letter.to_ascii_lowercase();
                match pieces.last_mut() {
                    Some(Piece::Field(last, count)) if *last == letter => *count += 1,
                    _ => pieces.push(Piece::Field(letter, 1)),
                }
            }
            other => pieces.push(Piece::Literal(other.to_string())),
        }
    }
    pieces
}

/// True where the `m` at `index` stands behind hours or before seconds.
fn is_minutes(pieces: &[Piece], index: usize) -> bool {
    let letter = |piece: &Piece| match piece {
        Piece::Field(letter, _) => Some(*letter),
        Piece::Literal(_) => None,
    };
    let before = pieces.iter().take(index).rev().find_map(letter);
    let after = pieces.iter().skip(index.saturating_add(1)).find_map(letter);
    before == Some('h') || after == Some('s')
}

/// A date and time of day.
struct Moment {
    year: i64,
    month: i64,
    day: i64,
    seconds: i64,
}

impl Moment {
    /// The moment `seconds` into the day of serial `days`, by the proleptic Gregorian calendar counted from
    /// 1 March, so that the leap day is the last of a year.
    const fn new(days: i64, seconds: i64) -> Self {
        let days = days + EPOCH_1900_FROM_MARCH_ZERO;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        Self { year, month, day: day_of_year - (153 * shifted_month + 2) / 5 + 1, seconds }
    }

    fn field(&self, letter: char, count: usize) -> String {
        let number = match letter {
            'y' if count > 2 => self.year,
            'y' => return format!("{:02}", self.year.rem_euclid(100)),
            'm' => self.month,
            'd' => self.day,
            'h' => self.seconds / 3600,
            'n' => self.seconds / 60 % 60,
            _ => self.seconds % 60,
        };
        if count == 2 { format!("{number:02}") } else { number.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(serial: &str, code: &str) -> String {
        display(serial.parse().unwrap(), code, false).unwrap()
    }

    #[test]
    fn serials_are_dates() {
        assert_eq!(shown("44927", "yyyy/m/d"), "2023/1/1");
        assert_eq!(shown("45351", "yyyy\"年\"m\"月\"d\"日\""), "2024年2月29日");
        assert_eq!(shown("44927.75", "yyyy-mm-dd hh:mm:ss"), "2023-01-01 18:00:00");
        assert_eq!(shown("0.5", "h:mm"), "12:00");
        assert_eq!(display("43465".parse().unwrap(), "yyyy/m/d", true).unwrap(), "2023/1/1");
    }

    #[test]
    fn only_date_formats_are_dates() {
        for code in ["yyyy/m/d", "[h]:mm:ss", "m月d日", "[$-804]yyyy\"年\"m\"月\""] {
            assert!(is_date_format(code), "{code}");
        }
        for code in ["General", "0.00", "#,##0.00_);[Red](#,##0.00)", "0\"days\"", "[Magenta]0.0%", "@"] {
            assert!(!is_date_format(code), "{code}");
        }
    }

    #[test]
    fn what_no_calendar_knows_is_no_date() {
        assert_eq!(display("-1".parse().unwrap(), "yyyy", false), None);
        assert_eq!(display("2958466".parse().unwrap(), "yyyy", false), None);
        assert_eq!(display("79228162514264337593543950335".parse().unwrap(), "yyyy", false), None);
    }
}
