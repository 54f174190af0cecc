//! Names of levels that a page break cuts.
//!
//! A merged cell over a page break is printed as two: its name stands on one of the pages, wherever its middle falls, or
//! in parts on both. Geometry cannot tell such a cell from two cells; that the whole is a name and the parts are not can.

use jixiao_core::Place;
use jixiao_core::vocab::{Scope, find};

use crate::grid::GridCell;

/// No merged cell on a page spans more rows.
const MOST_ROWS: u32 = 200;

/// Makes one cell of the parts of each level name that a page break cuts. `cells` are sorted by row and column.
pub(super) fn mend(cells: &mut Vec<GridCell>) {
    for row in first_rows(cells) {
        mend_row(cells, row);
    }
    cells.sort_by_key(|cell| (cell.row, cell.column));
}

/// The rows that begin a page other than that of the row above.
fn first_rows(cells: &[GridCell]) -> Vec<u32> {
    let pages: Vec<(u32, u32)> = cells.iter().filter_map(|cell| Some((cell.row, page(cell)?))).collect();
    let starts = pages.windows(2).filter_map(|pair| match pair {
        [(_, before), (row, page)] if before < page => Some(*row),
        _ => None,
    });
    starts.collect()
}

const fn page(cell: &GridCell) -> Option<u32> {
    match &cell.place {
        Place::Page(spot) => Some(spot.page),
        _ => None,
    }
}

/// Mending keeps the order of the rows above `row`, which the search by row relies on: it changes cells of `row` only, or
/// makes cells above longer.
fn mend_row(cells: &mut Vec<GridCell>, row: u32) {
    let below = cells.partition_point(|cell| cell.row < row)..cells.partition_point(|cell| cell.row <= row);
    let mut merged = Vec::new();
    for id in below {
        let Some(cell) = cells.get(id).cloned() else { continue };
        match above(cells, &cell) {
            Some(above) => merged.extend(join(cells, above, &cell).then_some(id)),
            None if is_level(&cell.text) => raise(cells, id),
            None => {}
        }
    }
    for id in merged.into_iter().rev() {
        cells.remove(id);
    }
}

/// The cell of the same columns that ends right above.
fn above(cells: &[GridCell], cell: &GridCell) -> Option<usize> {
    let same = |other: &GridCell| (other.column, other.column_span) == (cell.column, cell.column_span);
    let start = cells.partition_point(|other| other.row < cell.row.saturating_sub(MOST_ROWS));
    let found = cells.get(start..)?.iter().rposition(|other| other.row_end() == cell.row && same(other))?;
    Some(start + found)
}

/// Joins the parts of a name; `false` where they are none.
fn join(cells: &mut [GridCell], above: usize, cell: &GridCell) -> bool {
    let Some(above) = cells.get_mut(above) else { return false };
    let whole = format!("{}{}", above.text, cell.text);
    if is_level(&above.text) || is_level(&cell.text) || !is_level(&whole) {
        return false;
    }
    above.text = whole;
    above.row_span = above.row_span.saturating_add(cell.row_span);
    true
}

/// Lets a name reach over the rows above in which its columns are blank.
fn raise(cells: &mut [GridCell], id: usize) {
    let Some(cell) = cells.get(id) else { return };
    let (row, columns) = (cell.row, cell.column..cell.column_end());
    let over = |other: &&GridCell| other.column < columns.end && columns.start < other.column_end();
    let start = cells.partition_point(|other| other.row < row.saturating_sub(MOST_ROWS));
    let earlier = cells.iter().skip(start).take_while(|other| other.row < row);
    let covered = earlier.filter(over).map(GridCell::row_end).max();
    let top = covered.unwrap_or(row).min(row);
    if let Some(cell) = cells.get_mut(id) {
        cell.row_span = cell.row_span.saturating_add(row - top);
        cell.row = top;
    }
}

fn is_level(text: &str) -> bool {
    [Scope::Level1, Scope::Level2].into_iter().any(|scope| find(scope, text).is_some())
}

#[cfg(test)]
mod tests {
    use jixiao_core::{PageArea, PageSpot};

    use super::*;

    fn cell(page: u32, row: u32, row_span: u32, text: &str) -> GridCell {
        let area = PageArea { left: 0, top: 0, right: 0, bottom: 0 };
        let place = Place::Page(PageSpot { page, table: Some(0), row: None, column: None, area });
        GridCell { row, column: 1, row_span, column_span: 1, text: text.to_owned(), place }
    }

    fn mended(mut cells: Vec<GridCell>) -> Vec<(u32, u32, String)> {
        mend(&mut cells);
        cells.into_iter().map(|cell| (cell.row, cell.row_span, cell.text)).collect()
    }

    #[test]
    fn the_parts_of_a_name_are_one_cell() {
        let cells = vec![cell(1, 3, 1, "质量指"), cell(2, 4, 2, "标")];
        assert_eq!(mended(cells), [(3, 3, "质量指标".to_owned())]);
    }

    #[test]
    fn whole_names_stay_apart() {
        let cells = vec![cell(1, 3, 1, "数量指标"), cell(2, 4, 2, "质量指标")];
        assert_eq!(mended(cells.clone()), mended(cells));
    }

    #[test]
    fn a_name_reaches_over_blank_rows_before_the_break() {
        let other = GridCell { column: 2, ..cell(1, 4, 1, "某事") };
        let cells = vec![cell(1, 3, 1, "数量指标"), other, cell(2, 5, 1, "质量指标")];
        assert_eq!(mended(cells)[1], (4, 2, "质量指标".to_owned()));
    }
}
