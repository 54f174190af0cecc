//! Places within a cell.

use std::ops::Range;

use jixiao_core::{Place, TextSpan};

use super::GridCell;

/// Where the bytes `range` of the cell's text stand: in a text, one place for each line with ink; elsewhere the cell's
/// own place.
pub(super) fn places(cell: &GridCell, range: Range<usize>) -> Vec<Place> {
    let Place::Text(TextSpan { line_start, column_start: Some(column), .. }) = cell.place else {
        return vec![cell.place.clone()];
    };
    if !cell.text.contains(['\n', '\r']) {
        return within_line(&cell.text, range, (line_start, column)).into_iter().collect();
    }
    let mut places: Vec<Place> = Vec::new();
    let (mut line, mut column) = (line_start, column);
    let mut open: Option<(usize, usize)> = None;
    let mut rest = cell.text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if range.contains(&at) && !c.is_whitespace() {
            open = Some((open.map_or(column, |(first, _)| first), column));
        }
        column += 1;
        let ends_line = c == '\n' || (c == '\r' && rest.peek().is_none_or(|(_, next)| *next != '\n'));
        if ends_line {
            places.extend(open.take().map(|(first, last)| TextSpan::in_line(line, first, last).into()));
            (line, column) = (line + 1, 1);
        }
    }
    places.extend(open.map(|(first, last)| Place::from(TextSpan::in_line(line, first, last))));
    places
}

/// Where the ink of the bytes `range` of a text of one line stands, which begins at that line and column.
fn within_line(text: &str, range: Range<usize>, (line, column): (usize, usize)) -> Option<Place> {
    let part = text.get(range.clone())?;
    let inked = part.trim_start();
    let first = column + text.get(..range.end - inked.len())?.chars().count();
    let length = inked.trim_end().chars().count();
    (length > 0).then(|| TextSpan::in_line(line, first, first + length - 1).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_cell_has_its_place() {
        let place = TextSpan { line_start: 3, column_start: Some(5), line_end: 5, column_end: Some(3) }.into();
        let text = "注：甲\r\n  乙\r丙 丁".to_owned();
        let cell = GridCell { row: 0, column: 0, row_span: 1, column_span: 1, text, place };
        let all: Vec<Place> =
            [(3, 5, 7), (4, 3, 3), (5, 1, 3)].map(|(line, from, to)| TextSpan::in_line(line, from, to).into()).into();
        assert_eq!(places(&cell, 0..cell.text.len()), all);
        assert_eq!(places(&cell, 6..9), [TextSpan::in_line(3, 7, 7).into()]);
        let whole = |text: &str| {
            let place = TextSpan::in_line(3, 5, 9).into();
            GridCell { text: text.to_owned(), place, ..cell.clone() }
        };
        assert_eq!(places(&whole("注： 甲 "), 6..11), [TextSpan::in_line(3, 8, 8).into()]);
        assert_eq!(places(&whole("注： 甲 乙"), 0..14), [TextSpan::in_line(3, 5, 10).into()]);
        assert!(places(&whole("注： "), 6..7).is_empty());
    }
}
