//! How many rows a cell spans whose text stands in the middle of them.

use std::ops::Range;

use crate::pdf::units::POINT;

/// A row of a column: its page, and its sides with half of the room to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stretch {
    pub(super) page: usize,
    pub(super) top: i32,
    pub(super) bottom: i32,
    /// Where the text of a cell of this row alone stands.
    pub(super) middle: i32,
    /// True for a row of a text or two, which needs no name.
    pub(super) sparse: bool,
}

/// The text of a cell: its page and the height of its middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) page: usize,
    pub(super) middle: i32,
    pub(super) height: i32,
}

/// A row without a cell costs as much as a text so far from its place.
const BLANK_ROW: i32 = 8 * POINT;
/// The same for a row that needs none.
const SPARSE_ROW: i32 = POINT;
/// A cell that a page break cuts costs so much more than one that stands whole.
const CUT: i32 = 2 * POINT;
/// A text no farther than this from the middle of its rows is sure to span them.
const SURE: i32 = 4 * POINT;
/// Texts are this far from their place at most.
const FARTHEST: i32 = 12 * POINT;
/// More rows and texts than this are not looked at together.
const MOST: usize = 400;

/// The rows that one of `names` spans, and whether that is doubtful.
pub(super) type Span = (Range<usize>, bool);

/// The better of the two answers of [`spans`] to two guesses at where the rows end; doubtful where the answers differ.
pub(super) fn agreed(guesses: [&[Stretch]; 2], names: &[Name]) -> Option<Vec<Span>> {
    let [one, other] = guesses.map(|rows| spans(rows, names));
    let (Some((one_cost, one)), Some((other_cost, other))) = (&one, &other) else {
        return one.or(other).map(|(_, spans)| spans.into_iter().map(|(span, _)| (span, true)).collect());
    };
    let (best, rest) = if one_cost <= other_cost { (one, other) } else { (other, one) };
    let pairs = best.iter().zip(rest);
    Some(pairs.map(|((span, doubt), (other, _))| (span.clone(), *doubt || span != other)).collect())
}

/// The rows that each of `names` spans and what that costs; `None` where the texts do not stand in the middle of rows that follow each
/// other, but beside one row each.
fn spans(rows: &[Stretch], names: &[Name]) -> Option<(i32, Vec<Span>)> {
    if names.is_empty() || rows.len() > MOST || names.len() > rows.len() {
        return None;
    }
    let (rows, names) = unpaged(rows, names);
    let tiling = Tiling { rows: &rows, names: &names };
    let (cost, spans) = tiling.best()?;
    let alone: i32 = names.iter().map(|name| tiling.nearest_row(name)).sum();
    let count = i32::try_from(names.len()).unwrap_or(i32::MAX);
    let begins = names.first().zip(rows.first()).is_some_and(|(name, row)| (name.middle - row.middle).abs() <= POINT);
    let beside = begins && alone <= count.saturating_mul(POINT);
    let limit = if beside { alone + BLANK_ROW } else { (alone * 2).saturating_add(FARTHEST.saturating_mul(count)) };
    let with_doubt = |(name, span): (usize, Range<usize>)| {
        let off = tiling.cost(name, span.clone()).unwrap_or(FARTHEST);
        (span, off > SURE)
    };
    (cost <= limit).then(|| (cost, spans.into_iter().enumerate().map(with_doubt).collect()))
}

/// The rows and texts as if on one page: a cell that a page break cuts has its text where its middle falls.
fn unpaged(rows: &[Stretch], names: &[Name]) -> (Vec<Stretch>, Vec<Name>) {
    let (mut rows, mut names) = (rows.to_vec(), names.to_vec());
    let mut end: Option<i32> = None;
    for page in rows.chunk_by_mut(|one, other| one.page == other.page) {
        let Some(first) = page.first().copied() else { continue };
        let shift = end.map_or(0, |end| end - first.top);
        for row in page.iter_mut() {
            row.top += shift;
            row.bottom += shift;
            row.middle += shift;
        }
        names.iter_mut().filter(|name| name.page == first.page).for_each(|name| name.middle += shift);
        end = page.last().map(|row| row.bottom);
    }
    (rows, names)
}

struct Tiling<'t> {
    rows: &'t [Stretch],
    names: &'t [Name],
}

/// The least cost of the first rows, and the row from which on the last name spans them, if it does.
type Step = Option<(i32, Option<usize>)>;

impl Tiling<'_> {
    fn best(&self) -> Option<(i32, Vec<Range<usize>>)> {
        let mut table: Vec<Vec<Step>> = vec![vec![None; self.rows.len() + 1]; self.names.len() + 1];
        for placed in 0..=self.names.len() {
            for end in 0..=self.rows.len() {
                let step = self.step(&table, placed, end);
                table.get_mut(placed).and_then(|row| row.get_mut(end)).into_iter().for_each(|slot| *slot = step);
            }
        }
        let at = |placed: usize, end: usize| table.get(placed)?.get(end).copied().flatten();
        let (mut placed, mut end) = (self.names.len(), self.rows.len());
        let (cost, _) = at(placed, end)?;
        let mut spans = Vec::new();
        while placed > 0 {
            match at(placed, end)?.1 {
                Some(start) => {
                    spans.push(start..end);
                    (placed, end) = (placed - 1, start);
                }
                None => end = end.checked_sub(1)?,
            }
        }
        spans.reverse();
        Some((cost, spans))
    }

    fn step(&self, table: &[Vec<Step>], placed: usize, end: usize) -> Step {
        if (placed, end) == (0, 0) {
            return Some((0, None));
        }
        let at = |placed: usize, end: usize| table.get(placed)?.get(end).copied().flatten().map(|(cost, _)| cost);
        let blank = end.checked_sub(1).and_then(|row| Some((at(placed, row)? + self.blank_cost(row), None)));
        let spanned = placed.checked_sub(1).and_then(|name| {
            let starts = (0..end).rev();
            starts.filter_map(|start| Some((at(name, start)? + self.cost(name, start..end)?, Some(start)))).min()
        });
        blank.into_iter().chain(spanned).min_by_key(|(cost, _)| *cost)
    }

    fn blank_cost(&self, row: usize) -> i32 {
        if self.rows.get(row).is_some_and(|row| row.sparse) { SPARSE_ROW } else { BLANK_ROW }
    }

    /// How far a name is from the middle of rows.
    fn cost(&self, name: usize, span: Range<usize>) -> Option<i32> {
        let name = self.names.get(name)?;
        let (first, last) = (self.rows.get(span.start)?, self.rows.get(span.end - 1)?);
        let off = (name.middle - (first.top + last.bottom) / 2).abs();
        if span.len() == 1 {
            return Some(off.min((name.middle - first.middle).abs()));
        }
        if first.page == last.page {
            return Some(off);
        }
        Some(off.min(self.cut_cost(name, span)?))
    }

    /// The same for rows of several pages, where some programs set the text in the middle of the part on one page, or at
    /// the top of the cell.
    fn cut_cost(&self, name: &Name, span: Range<usize>) -> Option<i32> {
        let first = self.rows.get(span.start)?;
        let mut own = self.rows.get(span)?.iter().filter(|row| row.page == name.page);
        let top = own.next()?;
        let bottom = own.next_back().unwrap_or(top).bottom;
        let part = (name.middle - (top.top + bottom) / 2).abs();
        let at_top = (name.middle - name.height / 2 - first.top).abs();
        Some(part.min(at_top) + CUT)
    }

    fn nearest_row(&self, name: &Name) -> i32 {
        self.rows.iter().map(|row| (row.middle - name.middle).abs()).min().unwrap_or(FARTHEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(heights: &[i32]) -> Vec<Stretch> {
        let mut top = 0;
        let row = |height: &i32| {
            let bottom = top + height * POINT;
            let row = Stretch { page: 0, top, bottom, middle: (top + bottom) / 2, sparse: false };
            top = bottom;
            row
        };
        heights.iter().map(row).collect()
    }

    fn name(points: i32) -> Name {
        Name { page: 0, middle: points * POINT, height: 10 * POINT }
    }

    /// The spans, if all are sure.
    fn sure(rows: &[Stretch], names: &[Name]) -> Option<Vec<Range<usize>>> {
        let spans = agreed([rows, rows], names)?;
        spans.into_iter().map(|(span, doubt)| (!doubt).then_some(span)).collect()
    }

    #[test]
    fn names_span_the_rows_around_their_middle() {
        let rows = rows(&[20, 20, 40, 20, 20]);
        assert_eq!(sure(&rows, &[name(40), name(100)]), Some(vec![0..3, 3..5]));
        assert_eq!(sure(&rows, &[name(20), name(70), name(110)]), Some(vec![0..2, 2..4, 4..5]));
    }

    #[test]
    fn names_beside_their_first_row_span_nothing() {
        let rows = rows(&[20, 20, 20, 20, 20, 20]);
        assert_eq!(sure(&rows, &[name(10), name(90)]), None);
    }

    #[test]
    fn a_name_stands_on_one_page_for_rows_of_two() {
        let mut rows = rows(&[20, 20, 20, 20]);
        for row in &mut rows[2..] {
            row.page = 1;
            row.top += 500 * POINT;
            row.bottom += 500 * POINT;
        }
        let names = [name(10), Name { page: 1, middle: 550 * POINT, height: 10 * POINT }];
        assert_eq!(sure(&rows, &names), Some(vec![0..1, 1..4]));
    }
}
