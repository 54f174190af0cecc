//! What moves when rows are inserted: references, ranges and formulas, in whatever part they stand.

use super::formula::{Move, moved};
use super::rows::RowMap;
use super::xml::{Piece, escaped, unescaped, with_attributes};
use crate::read::address::{parse_range, range_name};

/// The rows inserted in the sheets of a workbook.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// The sheets that get rows, by name.
    pub(super) sheets: Vec<(String, RowMap)>,
}

impl Moves {
    /// True where nothing moves.
    pub(super) fn is_empty(&self) -> bool {
        self.sheets.iter().all(|(_, rows)| rows.is_empty())
    }

    /// The rows inserted in `sheet`.
    pub(super) fn of(&self, sheet: &str) -> Option<&RowMap> {
        self.sheets.iter().find(|(name, rows)| name == sheet && !rows.is_empty()).map(|(_, rows)| rows)
    }

    /// A formula that stands on the sheet `home`, or on none.
    pub(super) fn formula(&self, formula: &str, home: Option<&str>) -> String {
        let moving = self.sheets.iter().filter(|(_, rows)| !rows.is_empty());
        moving.fold(formula.to_owned(), |text, (sheet, rows)| moved(&text, Move::Insert { rows, sheet, home }))
    }

    /// True where a formula of `xml` may name a sheet that gets rows.
    pub(super) fn concern(&self, xml: &str) -> bool {
        self.sheets.iter().any(|(sheet, rows)| !rows.is_empty() && xml.contains(&*escaped(sheet)))
    }
}

/// A list of ranges parted by blanks, such as those that a drop-down applies to: inserted rows belong to the range
/// that ends above them.
pub(super) fn ranges(list: &str, rows: &RowMap) -> String {
    let moved = list.split_ascii_whitespace().map(|range| match parse_range(range) {
        Some(area) => range_name((rows.row(area.first.0), area.first.1), (rows.last_row(area.last.0), area.last.1)),
        None => range.to_owned(),
    });
    moved.collect::<Vec<_>>().join(" ")
}

/// A cell, or a range that grows only where rows are inserted in it.
pub(super) fn range(text: &str, rows: &RowMap) -> String {
    let Some(area) = parse_range(text) else { return text.to_owned() };
    let last = if area.first.0 < area.last.0 { rows.last_row(area.last.0) } else { rows.row(area.last.0) };
    range_name((rows.row(area.first.0), area.first.1), (last, area.last.1))
}

/// The tag of a sheet's part with its references moved; `None` where there are none.
pub(super) fn tag(piece: &Piece<'_>, rows: &RowMap) -> Option<String> {
    let element = piece.begins()?;
    with_attributes(piece, |name, value| match (element, name) {
        (_, "sqref") => Some(ranges(value, rows)),
        (_, "topLeftCell" | "activeCell") => Some(range(value, rows)),
        (
            "dimension" | "hyperlink" | "autoFilter" | "sortState" | "sortCondition" | "comment" | "threadedComment"
            | "table",
            "ref",
        ) => Some(range(value, rows)),
        // The number of the row above the break.
        ("brk", "id") => {
            let above = value.parse::<u32>().ok()?.checked_sub(1)?;
            Some((rows.last_row(above) + 1).to_string())
        }
        _ => None,
    })
}

/// What the text of an element says about rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Formula,
    Ranges,
    /// The 0-based row of an anchor.
    Row,
    /// The anchor of an old comment: column, offset, row, offset, twice.
    Anchor,
}

impl Words {
    /// What the text of `element` says.
    pub(super) fn of(element: &str) -> Option<Self> {
        match element {
            "f" | "formula" | "formula1" | "formula2" | "definedName" => Some(Self::Formula),
            "sqref" => Some(Self::Ranges),
            "row" | "Row" => Some(Self::Row),
            "Anchor" => Some(Self::Anchor),
            _ => None,
        }
    }

    /// The raw text moved; `rows` are those of the sheet that the text belongs to.
    pub(super) fn moved(self, raw: &str, moves: &Moves, rows: Option<&RowMap>, home: Option<&str>) -> String {
        let plain = unescaped(raw.into());
        let new = match (self, rows) {
            (Self::Formula, _) => moves.formula(&plain, home),
            (Self::Ranges, Some(rows)) => ranges(&plain, rows),
            (Self::Row, Some(rows)) => row(&plain, rows),
            (Self::Anchor, Some(rows)) => anchor(&plain, rows),
            (_, None) => return raw.to_owned(),
        };
        if new == plain { raw.to_owned() } else { quick_xml::escape::partial_escape(new).into_owned() }
    }
}

fn row(text: &str, rows: &RowMap) -> String {
    text.trim().parse::<u32>().map_or_else(|_| text.to_owned(), |row| rows.row(row).to_string())
}

fn anchor(text: &str, rows: &RowMap) -> String {
    let numbers = text.split(',').enumerate();
    let moved = numbers.map(|(at, number)| if at % 4 == 2 { row(number, rows) } else { number.trim().to_owned() });
    moved.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moves() -> Moves {
        let mut rows = RowMap::default();
        rows.insert(9, 2);
        Moves { sheets: vec![("甲".to_owned(), rows)] }
    }

    #[test]
    fn lists_take_in_the_rows_below_them() {
        let moves = moves();
        let rows = moves.of("甲").unwrap();
        assert_eq!(ranges("B10 C5:C10 D11:D12 全", rows), "B10:B12 C5:C12 D13:D14 全");
        assert_eq!((range("B10", rows), range("A1:J10", rows)), ("B10".to_owned(), "A1:J12".to_owned()));
    }

    #[test]
    fn anchors_move_by_their_rows() {
        let moves = moves();
        let rows = moves.of("甲");
        let anchor = Words::Anchor.moved("1, 15, 9, 10, 3, 31, 10, 5", &moves, rows, None);
        assert_eq!(anchor, "1, 15, 9, 10, 3, 31, 12, 5");
        assert_eq!(Words::Row.moved("10", &moves, rows, None), "12");
        assert_eq!(Words::Formula.moved("甲!A11&amp;A11", &moves, None, Some("乙")), "甲!A13&amp;A11");
        assert_eq!(Words::Row.moved("10", &moves, None, None), "10");
    }
}
