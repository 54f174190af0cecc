//! Blank cells between rules: a cell that a page break cuts has its text on one of the pages.

use std::ops::Range;

use super::columns::Band;
use super::ruled::Ruling;
use super::{Cell, Layout};

impl<'r> Layout<'r> {
    /// Blank cells at the upper and lower end of the rows of a page, as far as no rule parts them.
    pub(super) fn outer_blanks(&self, rows: &Range<usize>, ruling: &Ruling, cells: &[&Cell<'r>]) -> Vec<Cell<'r>> {
        let page = Page { rows, ruling, cells };
        let last = rows.end.saturating_sub(1);
        let down: Vec<usize> = rows.clone().collect();
        let up: Vec<usize> = rows.clone().rev().collect();
        let first = self.blanks_from(&page, rows.start, &down);
        let mut blanks = first.into_iter().chain(self.blanks_from(&page, last, &up)).collect::<Vec<_>>();
        blanks.dedup_by(|one, other| (&one.rows, one.sides) == (&other.rows, other.sides));
        blanks
    }

    /// A blank cell for each column of the band of row `from`, as many of `rows`, which begin there, as it reaches over.
    fn blanks_from(&self, page: &Page<'_, 'r>, from: usize, rows: &[usize]) -> Vec<Cell<'r>> {
        let Some(band) = self.bands.iter().find(|band| band.rows.contains(&from)) else { return Vec::new() };
        let column = |column: usize| self.blank_from(page, band, column, rows);
        (0..band.columns.len()).filter_map(column).collect()
    }

    fn blank_from(&self, page: &Page<'_, 'r>, band: &Band, column: usize, rows: &[usize]) -> Option<Cell<'r>> {
        let mut blank = self.cell(band, 0..0, column..column + 1, None, None);
        let middle = (blank.sides.0 + blank.sides.1) / 2;
        let top = |row: usize| self.rows.get(row).map(|row| row.top);
        let goes_on = |pair: &[usize]| {
            let [one, other] = pair else { return false };
            top(*one.max(other)).is_some_and(|top| page.ruling.is_open(middle, top))
        };
        let is_blank = |row: &usize| self.rows.get(*row).is_some_and(|row| row.ruled) && page.is_blank(*row, middle);
        let open = rows.windows(2).take_while(|pair| goes_on(pair)).count() + 1;
        let reached: Vec<usize> = rows.iter().take(open).copied().take_while(is_blank).collect();
        blank.rows = *reached.iter().min()?..*reached.iter().max()? + 1;
        Some(blank)
    }
}

/// The rows of a page, with its rules and cells.
struct Page<'p, 'r> {
    rows: &'p Range<usize>,
    ruling: &'p Ruling,
    cells: &'p [&'p Cell<'r>],
}

impl Page<'_, '_> {
    fn is_blank(&self, row: usize, middle: i32) -> bool {
        let holds = |cell: &&Cell<'_>| cell.rows.contains(&row) && cell.sides.0 < middle && middle < cell.sides.1;
        self.rows.contains(&row) && !self.cells.iter().any(holds)
    }
}
