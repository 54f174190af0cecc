//! Rows to bands: rows below each other whose blocks stand in the same columns.

use std::collections::BTreeSet;
use std::ops::Range;

use super::blocks::Block;
use super::rows::Row;
use crate::pdf::units::POINT;

/// Rows that share their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    pub(super) rows: Range<usize>,
    /// From left to right, as wide as the text in them.
    pub(super) columns: Vec<Column>,
}

/// A column of a band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) left: i32,
    pub(super) right: i32,
    /// The rows in which it holds text.
    rows: BTreeSet<usize>,
}

/// Neighbouring texts may overlap by so much.
const SLACK: i32 = POINT / 2;
/// Rows of the same pattern are taken together; a band of more patterns is not looked for.
const MOST_ATOMS: usize = 24;
/// What a band, each of its columns, each text over several columns, and each text that has no column of its own count,
/// where the bands with the least are looked for.
const COSTS: (usize, usize, usize, usize) = (4, 2, 3, 16);

/// What bands cost; where that is equal, those are better whose texts line up, and then those that begin with the labels
/// of their columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Cost {
    cost: usize,
    off: usize,
    headless: usize,
}

impl Cost {
    const MOST: Self = Self { cost: usize::MAX / 2, off: 0, headless: 0 };

    const fn plus(self, other: Self) -> Self {
        Self { cost: self.cost + other.cost, off: self.off + other.off, headless: self.headless + other.headless }
    }
}

/// Rows with fewer blocks follow any pattern.
const FEWEST_BLOCKS: usize = 3;

/// The bands of `rows`, which follow each other.
pub(super) fn bands(rows: &[Row]) -> Vec<Band> {
    let atoms = atoms(rows);
    let titles = titles(rows);
    let mut best: Vec<(Cost, usize)> = vec![(Cost::default(), 0)];
    for end in 1..=atoms.len() {
        // No band reaches over a title.
        let first = atoms.get(..end).unwrap_or_default().iter().rposition(|atom| titles.contains(&atom.start));
        let starts = end.saturating_sub(MOST_ATOMS).max(first.unwrap_or(0))..end;
        let options = starts.filter_map(|start| {
            let range = atoms.get(start)?.start..atoms.get(end - 1)?.end;
            Some((best.get(start)?.0.plus(fit(rows, range).1), start))
        });
        best.push(options.min().unwrap_or((Cost::MOST, end - 1)));
    }
    let mut bands = Vec::new();
    let mut end = atoms.len();
    while let Some((_, start)) = best.get(end).copied().filter(|_| end > 0) {
        let ends = atoms.get(start).zip(atoms.get(end - 1));
        bands.extend(ends.map(|(first, last)| fit(rows, first.start..last.end).0));
        end = start;
    }
    bands.reverse();
    bands
}

/// The rows of a single text in larger letters than most.
fn titles(rows: &[Row]) -> BTreeSet<usize> {
    let mut sizes: Vec<i32> = rows.iter().flat_map(|row| &row.blocks).map(|block| block.size).collect();
    sizes.sort_unstable();
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    let is_title = |row: &Row| matches!(row.blocks.as_slice(), [only] if only.size * 4 > usual * 5);
    rows.iter().enumerate().filter(|(_, row)| is_title(row)).map(|(number, _)| number).collect()
}

/// Stretches of rows each block of which stands in a column of its own.
fn atoms(rows: &[Row]) -> Vec<Range<usize>> {
    let mut atoms: Vec<Range<usize>> = Vec::new();
    let mut sides: Vec<(i32, i32)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let own = row.blocks.iter().map(|block| block.sides());
        let columns: Vec<Option<usize>> = own.clone().map(|block| only(&sides, block)).collect();
        let distinct: BTreeSet<usize> = columns.iter().flatten().copied().collect();
        let fits = row.blocks.len() >= FEWEST_BLOCKS && distinct.len() == row.blocks.len();
        match atoms.last_mut().filter(|_| fits) {
            Some(atom) => {
                atom.end = number + 1;
                for (block, column) in own.zip(columns) {
                    if let Some(side) = column.and_then(|column| sides.get_mut(column)) {
                        *side = (side.0.min(block.0), side.1.max(block.1));
                    }
                }
            }
            None => {
                atoms.push(number..number + 1);
                sides = own.collect();
            }
        }
    }
    atoms
}

/// The only one of `sides` that overlaps `block`.
fn only(sides: &[(i32, i32)], block: (i32, i32)) -> Option<usize> {
    let mut hits = sides.iter().enumerate().filter(|(_, side)| overlaps(**side, block)).map(|(number, _)| number);
    let first = hits.next();
    first.filter(|_| hits.next().is_none())
}

const fn overlaps(one: (i32, i32), other: (i32, i32)) -> bool {
    one.0 + SLACK < other.1 && other.0 + SLACK < one.1
}

/// The columns that hold the blocks of a stretch of rows, and what they cost.
fn fit(rows: &[Row], range: Range<usize>) -> (Band, Cost) {
    let mut blocks: Vec<(BTreeSet<usize>, &Block, usize)> = Vec::new();
    for (number, row) in range.clone().zip(rows.get(range.clone()).unwrap_or_default()) {
        let own = BTreeSet::from([number]);
        blocks.extend(row.blocks.iter().map(|block| (own.clone(), block, row.blocks.len())));
        blocks.extend(row.merged.iter().map(|block| (beside(rows, &range, number, block), block, FEWEST_BLOCKS)));
    }
    // Rows with many cells tell the columns; wide texts may reach over several.
    blocks.sort_by_key(|(own, block, count)| (std::cmp::Reverse(*count), block.area.width(), own.first().copied()));
    let mut columns: Vec<Column> = Vec::new();
    let (mut spans, mut homeless) = (0, 0);
    for (own, block, _) in blocks {
        match insert(&mut columns, own, block) {
            Inserted::Column => {}
            Inserted::Span => spans += 1,
            Inserted::Nowhere => homeless += 1,
        }
    }
    let headings = headings(rows, &range);
    join_halves(&mut columns, rows, &headings);
    let loose = if heads_nothing(rows, &range) { LOOSE_HEADING } else { 0 };
    let cost = COSTS.0 + COSTS.1 * columns.len() + COSTS.2 * spans + COSTS.3 * homeless + loose;
    let headless = usize::from(!rows.get(range.start).is_some_and(begins));
    let band = Band { rows: range, columns };
    let off = out_of_line(rows, &band);
    (band, Cost { cost, off, headless })
}

/// How many texts line up with no other in their columns.
fn out_of_line(rows: &[Row], band: &Band) -> usize {
    let own = band.rows.clone().zip(rows.get(band.rows.clone()).unwrap_or_default());
    let texts: Vec<(usize, usize, &Block)> = own
        .flat_map(|(number, row)| row.blocks.iter().map(move |block| (number, block)))
        .map(|(number, block)| (band.columns_of(block).start, number, block))
        .collect();
    let mut lined = BTreeSet::new();
    for side in
        [|block: &Block| block.area.left, |block: &Block| block.area.centre().0, |block: &Block| block.area.right]
    {
        let mut sides: Vec<(usize, i32, usize, usize)> =
            texts.iter().enumerate().map(|(at, (column, row, block))| (*column, side(block), *row, at)).collect();
        sides.sort_unstable();
        for pair in sides.windows(2) {
            let [one, other] = pair else { continue };
            if one.0 == other.0 && other.1 - one.1 <= POINT && one.2 != other.2 {
                lined.extend([one.3, other.3]);
            }
        }
    }
    texts.len() - lined.len()
}

/// The rows that a block which begins in row `number` stands beside.
fn beside(rows: &[Row], range: &Range<usize>, number: usize, block: &Block) -> BTreeSet<usize> {
    let page = rows.get(number).map(|row| row.page);
    let (top, bottom) = block.reach.unwrap_or((block.area.top, block.area.bottom));
    let within = |row: &Row| Some(row.page) == page && (top..=bottom).contains(&row.middle());
    let beside = range.clone().filter(|other| rows.get(*other).is_some_and(within));
    beside.chain([number]).collect()
}

enum Inserted {
    Column,
    Span,
    Nowhere,
}

/// Makes a column wide enough for `block`, or a new one; a block that would make one of two that stand side by side in
/// some row reaches over both.
fn insert(columns: &mut Vec<Column>, rows: BTreeSet<usize>, block: &Block) -> Inserted {
    let sides = block.sides();
    let hits: Vec<usize> = (0..columns.len())
        .filter(|number| columns.get(*number).is_some_and(|column| overlaps((column.left, column.right), sides)))
        .collect();
    let Some((first, last)) = hits.first().copied().zip(hits.last().copied()) else {
        let at = columns.partition_point(|column| column.left < sides.0);
        columns.insert(at, Column { left: sides.0, right: sides.1, rows });
        return Inserted::Column;
    };
    let hit = columns.get(first..=last).unwrap_or_default();
    let mut all = rows;
    if !hit.iter().flat_map(|column| &column.rows).all(|row| all.insert(*row)) {
        return if hits.len() > 1 { Inserted::Span } else { Inserted::Nowhere };
    }
    let left = hit.iter().map(|column| column.left).min().unwrap_or(sides.0).min(sides.0);
    let right = hit.iter().map(|column| column.right).max().unwrap_or(sides.1).max(sides.1);
    columns.splice(first..=last, [Column { left, right, rows: all }]);
    Inserted::Column
}

/// The rows that may head columns: several texts, or two above as many, and no digit in them.
fn headings(rows: &[Row], range: &Range<usize>) -> BTreeSet<usize> {
    let heads = |number: &usize| {
        rows.get(*number).is_some_and(|row| {
            let below = rows.get(number + 1).filter(|_| number + 1 < range.end).map_or(0, |row| row.blocks.len());
            has_words(row) && (row.blocks.len() > FEWEST_BLOCKS || row.blocks.len() == 2 && below == 2)
        })
    };
    range.clone().filter(heads).collect()
}

/// What a band costs that ends with the labels of columns, so that they head none.
const LOOSE_HEADING: usize = 12;
/// So many texts without a digit are labels of columns, and no fields with their labels.
const MANY_LABELS: usize = 5;

/// So many figures below words are those of columns that the words head.
const FEWEST_FIGURES: usize = 2;

/// True where the labels of columns are the last row of a band, and texts stand below them.
fn heads_nothing(rows: &[Row], range: &Range<usize>) -> bool {
    let Some(number) = range.end.checked_sub(1) else { return false };
    let many = rows.get(number).is_some_and(|row| row.blocks.len() >= MANY_LABELS && has_words(row));
    heads_figures(rows, number) || many && rows.get(range.end).is_some_and(|below| below.blocks.len() > 1)
}

/// True for a row of words with figures below several of them.
pub(super) fn heads_figures(rows: &[Row], number: usize) -> bool {
    let Some((labels, below)) = rows.get(number).zip(rows.get(number + 1)) else { return false };
    let figures = below.blocks.iter().filter(|block| is_figure(block));
    let headed = figures.filter(|figure| labels.blocks.iter().any(|label| label.is_in_column_of(figure)));
    has_words(labels) && labels.page == below.page && headed.count() >= FEWEST_FIGURES
}

fn is_figure(block: &Block) -> bool {
    let text = block.text();
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'))
}

/// True for a row that a band may begin with: texts side by side without a digit.
fn begins(row: &Row) -> bool {
    row.blocks.len() > 1 && has_words(row)
}

fn has_words(row: &Row) -> bool {
    row.blocks.iter().all(Block::is_words)
}

/// Joins a label that heads a column with the column of texts that stands beside it, as numbers set to the right do; that
/// column may hold texts below the label as well, where the other has no label of its own.
fn join_halves(columns: &mut Vec<Column>, rows: &[Row], headings: &BTreeSet<usize>) {
    let mut at = 0;
    while let (Some(one), Some(other)) = (columns.get(at), columns.get(at + 1)) {
        let heads = |column: &Column| column.rows.is_subset(headings);
        let headed = |column: &Column| !column.rows.is_disjoint(headings);
        let near = side_by_side(one, other) || columns.len() <= MOST_FEW;
        let halves = heads(one) != heads(other) || headed(one) != headed(other);
        // Words on the left of a label are labels of rows.
        let halves = halves && (!heads(other) || heads(one) || has_figures(rows, one, headings));
        if halves && one.rows.is_disjoint(&other.rows) && near {
            let rows = one.rows.union(&other.rows).copied().collect();
            let joined = Column { left: one.left, right: other.right, rows };
            columns.splice(at..at + 2, [joined]);
        }
        at += 1;
    }
}

/// True where a column holds a digit in rows that head none.
fn has_figures(rows: &[Row], column: &Column, headings: &BTreeSet<usize>) -> bool {
    let sides = (column.left, column.right);
    let own = column.rows.difference(headings).filter_map(|row| rows.get(*row)).flat_map(|row| &row.blocks);
    own.filter(|block| overlaps(sides, block.sides())).any(|block| block.text().chars().any(|c| c.is_ascii_digit()))
}

/// Labels of so few columns head them from however far.
const MOST_FEW: usize = 5;

/// True where two columns are not farther apart than both are wide.
const fn side_by_side(one: &Column, other: &Column) -> bool {
    other.left - one.right <= (one.right - one.left) + (other.right - other.left)
}

impl Band {
    /// The columns that a block stands in: those that it overlaps by more than a sliver.
    pub(super) fn columns_of(&self, block: &Block) -> Range<usize> {
        let sides = block.sides();
        let shared = |column: &Column| column.right.min(sides.1) - column.left.max(sides.0);
        let least = (sides.1 - sides.0) / 5;
        let mut hits = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| shared(column) > least.min(column.right - column.left) / 2);
        let first = hits.next().map(|(number, _)| number);
        let last = hits.next_back().map(|(number, _)| number).or(first);
        match first.zip(last) {
            Some((first, last)) => first..last + 1,
            None => {
                let at = self
                    .columns
                    .partition_point(|column| column.right < sides.0)
                    .min(self.columns.len().saturating_sub(1));
                at..at + 1
            }
        }
    }

    /// The columns of the blocks of a row, none of which shares one with the next if it can help it.
    pub(super) fn columns_in(&self, row: &Row) -> Vec<Range<usize>> {
        let mut columns: Vec<Range<usize>> = row.blocks.iter().map(|block| self.columns_of(block)).collect();
        for at in 1..columns.len() {
            let (before, behind) = columns.split_at_mut(at);
            let (Some(one), Some(other)) = (before.last_mut(), behind.first_mut()) else { continue };
            if one.start < other.start {
                one.end = one.end.min(other.start);
            } else if one.end < other.end {
                other.start = other.start.max(one.end);
            }
        }
        columns
    }

    /// The edges of the columns between `left` and `right`.
    pub(super) fn edges(&self, left: i32, right: i32) -> Vec<i32> {
        let inner = self.columns.windows(2).filter_map(|pair| Some((pair.first()?.right + pair.get(1)?.left) / 2));
        [left].into_iter().chain(inner).chain([right]).collect()
    }
}

#[cfg(test)]
mod tests;
