//! References in formulas, moved along with the rows that they name (ECMA-376 part 1, 18.17.2).
//!
//! A reference that cannot be told for sure (of another workbook, of several sheets, of a table's columns) stays as
//! it is.

use super::rows::RowMap;
use crate::read::address::parse_cell;

/// How the references of a formula change.
#[derive(Debug, Clone, Copy)]
pub(super) enum Move<'m> {
    /// Rows were inserted in the sheet `sheet`; the formula stands on the sheet `home`.
    Insert { rows: &'m RowMap, sheet: &'m str, home: Option<&'m str> },
    /// The formula is copied so many rows down and columns to the right: relative references follow.
    Copy { rows: i64, columns: i64 },
}

/// The formula with its references moved.
pub(super) fn moved(formula: &str, how: Move<'_>) -> String {
    let mut out = String::with_capacity(formula.len());
    let mut rest = formula;
    while !rest.is_empty() {
        let token = Token::first(rest);
        let (text, tail) = rest.split_at(token.length());
        match token {
            Token::Reference { ref sheet, .. } if applies(how, sheet.as_deref()) => {
                let cells = text.get(text.len() - token.cells_length()..).unwrap_or_default();
                out.push_str(text.get(..text.len() - cells.len()).unwrap_or_default());
                out.push_str(&moved_cells(cells, how).unwrap_or_else(|| cells.to_owned()));
            }
            _ => out.push_str(text),
        }
        rest = tail;
    }
    out
}

fn applies(how: Move<'_>, named: Option<&str>) -> bool {
    match how {
        Move::Copy { .. } => true,
        Move::Insert { sheet, home, .. } => named.or(home).is_some_and(|name| name.eq_ignore_ascii_case(sheet)),
    }
}

/// A piece of a formula.
enum Token {
    /// A reference: the sheet that it names, its bytes, and how many of them name cells.
    Reference { sheet: Option<String>, length: usize, cells: usize },
    /// Anything else, so many bytes of it.
    Other(usize),
}

impl Token {
    /// The first piece of a text that is not empty.
    fn first(text: &str) -> Self {
        let Some(c) = text.chars().next() else { return Self::Other(0) };
        match c {
            '"' => Self::Other(quoted(text, '"')),
            '[' => Self::Other(bracketed(text)),
            '\'' => Self::behind_sheet(text, quoted(text, '\'')),
            c if is_word(c) => {
                let word = text.find(|c| !is_word(c)).unwrap_or(text.len());
                if text.get(word..).is_some_and(|rest| rest.starts_with('!')) {
                    Self::behind_sheet(text, word)
                } else {
                    Self::cells(text, word)
                }
            }
            c => Self::Other(c.len_utf8()),
        }
    }

    /// What follows the sheet name of `name` bytes.
    fn behind_sheet(text: &str, name: usize) -> Self {
        let (sheet, rest) = text.split_at(name);
        let Some(cells) = rest.strip_prefix('!') else { return Self::Other(name) };
        let bare = sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let sheet = bare.map_or_else(|| sheet.to_owned(), |name| name.replace("''", "'"));
        let length = cells_length(cells);
        if length == 0 {
            return Self::Other(name + 1);
        }
        Self::Reference { sheet: Some(sheet), length: name + 1 + length, cells: length }
    }

    fn cells(text: &str, word: usize) -> Self {
        let length = cells_length(text);
        let called = text.get(length..).is_some_and(|rest| rest.starts_with('('));
        // LOG10( is a function, and the end of 3D references such as 一:三!A1 is behind a sheet's name.
        if length == 0 || called || text.get(length..).is_some_and(|rest| rest.starts_with('!')) {
            return Self::Other(word);
        }
        Self::Reference { sheet: None, length, cells: length }
    }

    const fn length(&self) -> usize {
        match self {
            Self::Reference { length, .. } | Self::Other(length) => *length,
        }
    }

    const fn cells_length(&self) -> usize {
        match self {
            Self::Reference { cells, .. } => *cells,
            Self::Other(_) => 0,
        }
    }
}

const fn is_ascii_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '\\' | '?')
}

fn is_word(c: char) -> bool {
    is_ascii_word(c) || !c.is_ascii()
}

/// The bytes up to the end of a quotation, in which a doubled mark stands for itself.
fn quoted(text: &str, mark: char) -> usize {
    let mut at = mark.len_utf8();
    while let Some(end) = text.get(at..).and_then(|rest| rest.find(mark)) {
        at += end + mark.len_utf8();
        if !text.get(at..).is_some_and(|rest| rest.starts_with(mark)) {
            return at;
        }
        at += mark.len_utf8();
    }
    text.len()
}

/// The bytes up to the end of a bracket, and of the name behind it: `[1]表!A1`, `Table[[#All],[列]]`.
fn bracketed(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            let rest = text.get(at + 1..).unwrap_or_default();
            let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let behind = rest.get(word..).unwrap_or_default();
            // The cells behind the name of another workbook's sheet are not ours.
            let foreign = behind.strip_prefix('!').map_or(0, |cells| 1 + cells_length(cells));
            return at + 1 + if foreign > 0 { word + foreign } else { 0 };
        }
    }
    text.len()
}

/// The bytes of a cell, a range of cells or a range of rows at the start of `text`; 0 where there is none.
fn cells_length(text: &str) -> usize {
    let end = text.find(|c| !is_word(c)).unwrap_or(text.len());
    let (first, rest) = text.split_at(end);
    let second = rest.strip_prefix(':').map(|rest| rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len())).0);
    match second {
        Some(second) if is_cell(first) && is_cell(second) || row(first).is_some() && row(second).is_some() => {
            end + 1 + second.len()
        }
        _ if is_cell(first) => end,
        _ => 0,
    }
}

fn is_cell(word: &str) -> bool {
    word.is_ascii() && parse_cell(word).is_some()
}

/// The row that `$5` names, 0-based.
fn row(word: &str) -> Option<u32> {
    let digits = word.strip_prefix('$').unwrap_or(word);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse::<u32>().ok().filter(|_| plain)?.checked_sub(1)
}

fn moved_cells(cells: &str, how: Move<'_>) -> Option<String> {
    let Some((first, last)) = cells.split_once(':') else { return moved_end(cells, how, false) };
    let grows = row_of(last)? > row_of(first)?;
    Some(format!("{}:{}", moved_end(first, how, false)?, moved_end(last, how, grows)?))
}

fn row_of(end: &str) -> Option<u32> {
    row(end).or_else(|| parse_cell(end).map(|(row, _)| row))
}

/// One end of a reference; `grows` where rows inserted below it belong to the range.
fn moved_end(end: &str, how: Move<'_>, grows: bool) -> Option<String> {
    let split = end.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (letters, digits) = end.split_at(split);
    let fixed_row = letters.ends_with('$');
    let column = letters.trim_end_matches('$');
    let mark = if fixed_row { "$" } else { "" };
    let row = digits.parse::<u32>().ok()?.checked_sub(1)?;
    match how {
        Move::Insert { rows, .. } => {
            let row = if grows { rows.last_row(row) } else { rows.row(row) };
            Some(format!("{column}{mark}{}", row + 1))
        }
        Move::Copy { rows, columns } => {
            let row = if fixed_row { i64::from(row) } else { i64::from(row).checked_add(rows)? };
            Some(format!("{}{mark}{}", moved_column(column, columns)?, row.checked_add(1).filter(|row| *row > 0)?))
        }
    }
}

fn moved_column(column: &str, by: i64) -> Option<String> {
    if column.starts_with('$') || column.is_empty() || by == 0 {
        return Some(column.to_owned());
    }
    let (_, number) = parse_cell(&format!("{column}1"))?;
    let number = u32::try_from(i64::from(number).checked_add(by)?).ok()?;
    Some(crate::read::address::column_name(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inserted(formula: &str) -> String {
        let mut rows = RowMap::default();
        rows.insert(9, 3);
        moved(formula, Move::Insert { rows: &rows, sheet: "自评表", home: Some("自评表") })
    }

    #[test]
    fn references_follow_their_rows() {
        for (before, after) in [
            ("SUM(G5:G10)+G11", "SUM(G5:G13)+G14"),
            ("$G$10*G$11&\"G11\"", "$G$10*G$14&\"G11\""),
            ("SUM(G10:H10)", "SUM(G10:H10)"),
            ("自评表!A11+'自评表'!A11+另表!A11", "自评表!A14+'自评表'!A14+另表!A11"),
            ("'王''家'!A11+[1]自评表!A11+表1[[#All],[A11]]", "'王''家'!A11+[1]自评表!A11+表1[[#All],[A11]]"),
            ("LOG10(A11)+A11B+年初A11", "LOG10(A14)+A11B+年初A11"),
            ("$1:$10,自评表!$11:$12", "$1:$13,自评表!$14:$15"),
            ("IF(A1048576>0,XFE11,A:A)", "IF(A1048576>0,XFE11,A:A)"),
            ("#REF!+自评表!#REF!+\"引\"\"A11\"\"号\"", "#REF!+自评表!#REF!+\"引\"\"A11\"\"号\""),
        ] {
            assert_eq!(inserted(before), after);
        }
    }

    #[test]
    fn copies_move_their_relative_references() {
        let copied = |formula: &str| moved(formula, Move::Copy { rows: 2, columns: 1 });
        assert_eq!(copied("IF(F12=\"\",0,G12*$H12/H$12)"), "IF(G14=\"\",0,H14*$H14/I$12)");
        assert_eq!(copied("SUM($A$1:Z1)"), "SUM($A$1:AA3)");
        assert_eq!(moved("A2", Move::Copy { rows: -5, columns: 0 }), "A2");
    }

    #[test]
    fn any_text_comes_out_again() {
        for text in ["", "'", "\"", "[", "A1:", ":", "$", "'甲'!", "甲!", "A1!B2", "𠮷A1"] {
            assert_eq!(moved(text, Move::Copy { rows: 0, columns: 0 }), text);
        }
    }
}
