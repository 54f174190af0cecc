//! Cell addresses in A1 notation.

use std::borrow::Cow;

use super::sheet::{LAST_COLUMN, LAST_ROW, Merged, Position};

/// The length of most names.
const LONGEST_NAME: usize = 8;

/// `C7`, or `A1:J20` for more than one cell.
pub(crate) fn range_name(first: Position, last: Position) -> String {
    let mut name = cell_name(first);
    if first != last {
        name.push(':');
        name.push_str(&cell_name(last));
    }
    name
}

/// `C7`.
pub(crate) fn cell_name((row, column): Position) -> String {
    let mut name = column_name(column);
    name.push_str(&(u64::from(row) + 1).to_string());
    name
}

/// `C`.
pub(crate) fn column_name(column: u32) -> String {
    let mut letters = String::with_capacity(LONGEST_NAME);
    let mut rest = column;
    loop {
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        match (rest / 26).checked_sub(1) {
            Some(next) => rest = next,
            None => return letters,
        }
    }
}

/// The position that an address such as `$C$7` names.
pub(crate) fn parse_cell(text: &str) -> Option<Position> {
    let bare = if text.contains('$') { Cow::Owned(text.replace('$', "")) } else { Cow::Borrowed(text) };
    let split = bare.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = bare.split_at(split);
    let row = digits.parse::<u32>().ok()?.checked_sub(1)?;
    let column = parse_column(letters)?;
    (row <= LAST_ROW && column <= LAST_COLUMN).then_some((row, column))
}

fn parse_column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let number = letters.chars().try_fold(0_u32, |number, c| {
        let digit = u32::from(c.to_ascii_uppercase()).checked_sub(u32::from('A')).filter(|digit| *digit < 26)?;
        Some(number * 26 + digit + 1)
    })?;
    number.checked_sub(1)
}

/// The area that a range such as `B2:C5` names.
pub(crate) fn parse_range(text: &str) -> Option<Merged> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some(Merged { first: parse_cell(first)?, last: parse_cell(last)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_survive_both_ways() {
        for (position, name) in
            [((0, 0), "A1"), ((6, 25), "Z7"), ((0, 26), "AA1"), ((LAST_ROW, LAST_COLUMN), "XFD1048576")]
        {
            assert_eq!(range_name(position, position), name);
            assert_eq!(parse_cell(name), Some(position));
        }
        assert_eq!(range_name((0, 0), (19, 9)), "A1:J20");
        assert_eq!(parse_range("$B$2:C5"), Some(Merged { first: (1, 1), last: (4, 2) }));
    }

    #[test]
    fn impossible_addresses_are_refused() {
        for text in ["", "A", "1", "A0", "XFE1", "A1048577", "AAAA1", "A99999999999", "甲1", "A1B"] {
            assert_eq!(parse_cell(text), None, "{text}");
        }
    }
}
