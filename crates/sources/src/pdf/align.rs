//! Tables without rules, or with too few: their cells by how texts line up.
//!
//! Lines drawn below each other are a block, blocks side by side a row, rows whose blocks stand below each other share
//! columns; a text between rows belongs to a cell that spans them.

mod blanks;
mod blocks;
mod columns;
mod heights;
mod lines;
mod pairs;
mod rows;
mod ruled;
mod sections;
mod spans;
mod stretch;

use std::ops::Range;

use self::blocks::Block;
use self::columns::Band;
use self::heights::Sides;
use self::pairs::Pairs;
use self::rows::Row;
use self::ruled::{Reach, Ruling};
use self::sections::{Placed, aligned, is_heading, leading, sections};
use self::spans::{Name, Span, Stretch};
use self::stretch::{replace, runs_of, stretches};
use super::page::{PageCell, PageParts, PageTable};
use super::runs::Run;
use super::units::{Area, POINT};

/// A stretch of lines is a table where at least so many rows have at least so many cells.
const TABLE: (usize, usize) = (3, 3);
/// A page with more runs than this is not looked at.
const MOST_RUNS: usize = 4_000;
/// Edges of columns in different rows nearer than this are one.
const SAME_EDGE: i32 = 4 * POINT;
/// Texts this near to the middle of all texts are centred.
const CENTRED: i32 = 12 * POINT;

/// Makes tables of the stretches of lines that are some.
pub(super) fn tables(pages: &mut [PageParts]) {
    for stretch in stretches(pages) {
        let runs: Vec<Vec<Run>> = stretch.iter().map(|(page, parts)| runs_of(pages, *page, parts.clone())).collect();
        if runs.iter().any(|runs| runs.len() > MOST_RUNS) {
            mark_crowded(
                pages,
                stretch.iter().zip(&runs).filter(|(_, runs)| runs.len() > MOST_RUNS).map(|(own, _)| own.0),
            );
            continue;
        }
        let ruling = |page: usize| pages.get(page).map(Ruling::of_page).unwrap_or_default();
        let rulings: Vec<(usize, Ruling)> = stretch.iter().map(|(page, _)| (*page, ruling(*page))).collect();
        mark_crowded(pages, rulings.iter().filter(|(_, ruling)| ruling.is_cut()).map(|(page, _)| *page));
        let runs = runs.into_iter().zip(rulings.iter().map(|(_, ruling)| ruling));
        let blocks = stretch.iter().zip(blocks::blocks(runs.collect()));
        let mut rows: Vec<Row> = blocks.flat_map(|((page, _), blocks)| rows::rows(*page, blocks)).collect();
        let full = rows.iter().filter(|row| row.blocks.len() >= TABLE.1).count();
        if full >= TABLE.0 {
            sections::fold_names(&mut rows);
            let tables = Layout::new(&rows, &rulings).tables();
            replace(pages, &stretch, tables);
        }
    }
}

fn mark_crowded(pages: &mut [PageParts], crowded: impl Iterator<Item = usize>) {
    for page in crowded {
        pages.get_mut(page).into_iter().for_each(|page| page.crowded = true);
    }
}

/// The rows of a stretch in their bands.
struct Layout<'r> {
    rows: &'r [Row],
    /// The rules of each page.
    rulings: &'r [(usize, Ruling)],
    bands: Vec<Band>,
    /// Labels above texts.
    pairs: Vec<Pairs<'r>>,
    /// The edges of the columns of all bands.
    edges: Vec<i32>,
    left: i32,
    right: i32,
}

/// A cell of a stretch.
struct Cell<'r> {
    rows: Range<usize>,
    /// The edges of its columns in the layout, and the number of its column in its band.
    sides: (i32, i32),
    column: usize,
    block: Option<&'r Block>,
    doubt: Option<String>,
}

impl<'r> Layout<'r> {
    fn new(rows: &'r [Row], rulings: &'r [(usize, Ruling)]) -> Self {
        let blocks = || rows.iter().flat_map(|row| row.blocks.iter().chain(&row.merged));
        let left = blocks().map(|block| block.area.left).min().unwrap_or(0);
        let right = blocks().map(|block| block.area.right).max().unwrap_or(0);
        let bands = columns::bands(rows);
        let pairs: Vec<Pairs<'r>> = bands.iter().flat_map(|band| pairs::of_band(rows, band)).collect();
        let mut all: Vec<i32> = bands.iter().flat_map(|band| band.edges(left, right)).collect();
        all.extend(pairs.iter().filter_map(|pair| pair.from));
        all.sort_unstable();
        let mut edges: Vec<i32> = Vec::new();
        for edge in all {
            if edges.last().is_none_or(|last| edge - last > SAME_EDGE) {
                edges.push(edge);
            }
        }
        Self { rows, rulings, bands, pairs, edges, left, right }
    }

    /// The table of each page.
    fn tables(&self) -> Vec<(usize, PageTable)> {
        let mut cells: Vec<Cell<'_>> = self.bands.iter().flat_map(|band| self.cells(band)).collect();
        self.part_from_sides(&mut cells);
        let mut tables = Vec::new();
        let mut start = 0;
        for rows in self.rows.chunk_by(|one, other| one.page == other.page) {
            let range = start..start + rows.len();
            let page = rows.first().map_or(0, |row| row.page);
            let own: Vec<&Cell<'_>> = cells.iter().filter(|cell| range.contains(&cell.rows.start)).collect();
            let ruling = self.rulings.iter().find(|(other, _)| *other == page);
            let blanks = ruling.map(|(_, ruling)| self.outer_blanks(&range, ruling, &own)).unwrap_or_default();
            let cells = own.into_iter().chain(&blanks).map(|cell| self.page_cell(cell, &range)).collect();
            let area = Area {
                left: self.left,
                top: self.stretch(range.start).top,
                right: self.right,
                bottom: self.stretch(range.end - 1).bottom,
            };
            let columns = self.edges.clone();
            tables.push((page, PageTable { columns, rows: rows.len(), cells, area, aligned: true }));
            start = range.end;
        }
        tables
    }

    fn page_cell(&self, cell: &Cell<'_>, range: &Range<usize>) -> PageCell {
        let (first, last) = (self.stretch(cell.rows.start), self.stretch(cell.rows.end - 1));
        let area = Area { left: cell.sides.0, top: first.top, right: cell.sides.1, bottom: last.bottom };
        PageCell {
            rows: (cell.rows.start - range.start, cell.rows.end.min(range.end) - range.start),
            area,
            text: cell.block.map(Block::text).unwrap_or_default(),
            raised: cell.block.map(|_| 0),
            full: true,
            column: cell.column,
            doubt: cell.doubt.clone(),
        }
    }

    /// A row with half of the room to its neighbours.
    fn stretch(&self, row: usize) -> Stretch {
        let Some(own) = self.rows.get(row) else { return Stretch::default() };
        let same = |other: &&Row| other.page == own.page;
        let above = row.checked_sub(1).and_then(|above| self.rows.get(above)).filter(same);
        let below = self.rows.get(row + 1).filter(same);
        let top = above.map_or(own.top - POINT, |above| (above.bottom + own.top) / 2);
        let bottom = below.map_or(own.bottom + POINT, |below| (own.bottom + below.top) / 2);
        Stretch { page: own.page, top, bottom, middle: own.middle(), sparse: own.is_sparse() }
    }

    /// The rows of a section by their texts behind the columns that names of several rows stand in.
    fn heights(&self, band: &Band, rows: &Range<usize>, leading: usize) -> Vec<Stretch> {
        let whole = |row: &Row| Sides { page: row.page, top: row.top, bottom: row.bottom, sparse: row.is_sparse() };
        let inner = |row: &Row| {
            let blocks = row.blocks.iter().filter(|block| band.columns_of(block).start >= leading);
            let area = blocks.map(|block| block.area).reduce(Area::around);
            area.map_or_else(|| whole(row), |area| Sides { top: area.top, bottom: area.bottom, ..whole(row) })
        };
        let own: Vec<Sides> = self.rows.get(rows.clone()).unwrap_or_default().iter().map(inner).collect();
        let before = rows.start.checked_sub(1).and_then(|above| self.rows.get(above)).map(whole);
        heights::stretches(&own, before, self.rows.get(rows.end).map(whole))
    }

    /// The cells of a band.
    fn cells(&self, band: &Band) -> Vec<Cell<'r>> {
        let mut cells = Vec::new();
        for rows in sections(self.rows, band) {
            self.section(band, rows, &mut cells);
        }
        cells
    }

    /// The cells of the rows between two headings of a band.
    fn section(&self, band: &Band, rows: Range<usize>, cells: &mut Vec<Cell<'r>>) {
        let leading = leading(self.rows, band, &rows);
        let heights = self.heights(band, &rows, leading);
        let mut levels: Vec<Vec<(usize, &Block)>> = vec![Vec::new(); leading];
        let core = self.core(&rows);
        let mut barriers: Vec<(usize, usize)> = sections::below_heading(self.rows, band, &rows, leading);
        for number in rows.clone() {
            let Some(row) = self.rows.get(number) else { continue };
            let heading = number == rows.start && is_heading(self.rows, number, band);
            let pair: Vec<_> = self.pairs.iter().flat_map(|pairs| pairs.in_row(number)).cloned().collect();
            for (block, columns) in pair.iter().cloned() {
                barriers.extend(columns.clone().map(|column| (number, column)));
                cells.push(self.cell(band, number..number + 1, columns, Some(block), None));
            }
            let others = |block: &Block| !pair.iter().any(|(own, _)| std::ptr::eq(*own, block));
            let own = row.blocks.iter().zip(band.columns_in(row)).filter(|(block, _)| others(block));
            let own = own.map(|(block, columns)| (block, columns, false));
            let merged = row.merged.iter().map(|block| (block, band.columns_of(block), true));
            for (block, columns, merged) in own.chain(merged) {
                let alone =
                    row.blocks.len() == 1 && columns.len() > 1 && (columns.start == 0 || self.is_centred(block));
                if let Some(reach) = block.reach {
                    let rows = self.reached(number, reach);
                    let free = row.merged.is_empty() && !cells.iter().any(|cell| cell.rows.contains(&number));
                    let columns = if alone && free { 0..band.columns.len() } else { columns };
                    barriers.extend(rows.clone().flat_map(|row| columns.clone().map(move |column| (row, column))));
                    cells.push(self.cell(band, rows, columns, Some(block), None));
                    continue;
                }
                let columns = if alone { 0..band.columns.len() } else { columns };
                // A label at the side that hangs stands beside the heading, and reaches as far as it.
                let names = !heading || row.hangs && columns.start == 0 && block.is_narrow();
                let single = columns.len() == 1 && (merged || names && core.contains(&number));
                if let Some(level) = levels.get_mut(columns.start).filter(|_| single) {
                    level.push((number, block));
                    continue;
                }
                barriers.extend(columns.clone().map(|column| (number, column)));
                let doubt = merged.then(|| "没有完整的框线，它跨几行，按文字的位置推定属于其中第一行。".to_owned());
                cells.push(self.cell(band, number..number + 1, columns, Some(block), doubt));
            }
        }
        for (column, level) in levels.into_iter().enumerate() {
            let mut barriers: Vec<usize> =
                barriers.iter().filter(|(_, at)| *at == column).map(|(row, _)| *row).collect();
            barriers.sort_unstable();
            let (level, strays) = aligned(level);
            let stray =
                |(row, block): (usize, &'r Block)| self.cell(band, row..row + 1, column..column + 1, Some(block), None);
            cells.extend(strays.into_iter().map(stray));
            cells.extend(self.level_cells(band, column, (rows.clone(), &heights), level, barriers));
        }
    }

    /// Parts labels above texts, and those, from the narrow label at their side where all stand in one column.
    fn part_from_sides(&self, cells: &mut [Cell<'r>]) {
        for (head, from) in self.pairs.iter().filter_map(|pair| Some((pair.head, pair.from?))) {
            let from = self.edges.get(super::units::nearest(&self.edges, from)).copied().unwrap_or(from);
            let first = |cell: &&mut Cell<'_>| cell.rows.start <= head + 1 && head < cell.rows.end && cell.column == 0;
            for cell in cells.iter_mut().filter(first) {
                let Some(block) = cell.block else { continue };
                if block.area.right <= from { cell.sides.1 = from } else { cell.sides.0 = from }
            }
        }
    }

    /// The rows from `first` on between the rules of a cell.
    fn reached(&self, first: usize, (_, bottom): Reach) -> Range<usize> {
        let page = self.rows.get(first).map(|row| row.page);
        let within = |row: &&Row| Some(row.page) == page && row.middle() < bottom;
        let count = self.rows.get(first..).unwrap_or_default().iter().take_while(within).count();
        first..first + count.max(1)
    }

    /// The rows of a section from the first to the last that has more than a text or two.
    fn core(&self, rows: &Range<usize>) -> Range<usize> {
        let full = |number: &usize| self.rows.get(*number).is_some_and(|row| !row.is_sparse());
        let (first, last) = (rows.clone().find(full), rows.clone().rfind(full));
        first.zip(last).map_or(rows.start..rows.start, |(first, last)| first..last + 1)
    }

    /// True for a text in the middle of the page, as titles are.
    fn is_centred(&self, block: &Block) -> bool {
        (block.area.centre().0 * 2 - self.left - self.right).abs() <= CENTRED * 2
    }

    /// The cells of a column whose cells may span rows; other cells reach over it in the rows `barriers`.
    fn level_cells(
        &self,
        band: &Band,
        column: usize,
        (rows, heights): (Range<usize>, &[Stretch]),
        mut level: Vec<(usize, &'r Block)>,
        barriers: Vec<usize>,
    ) -> Vec<Cell<'r>> {
        level.sort_by_key(|(row, block)| (self.rows.get(*row).map(|row| row.page), block.area.centre().1));
        // Names in rows that another cell fills keep to their row.
        let (beside, level): (Vec<Placed<'_>>, Vec<Placed<'_>>) =
            level.into_iter().partition(|(row, _)| barriers.contains(row));
        let kept = |(row, block): Placed<'r>| self.cell(band, row..row + 1, column..column + 1, Some(block), None);
        let mut cells: Vec<Cell<'r>> = beside.into_iter().map(kept).collect();
        let mut start = rows.start;
        for end in barriers.into_iter().chain([rows.end]) {
            let own: Vec<(usize, &Block)> =
                level.iter().filter(|(row, _)| (start..end).contains(row)).copied().collect();
            if start < end && !own.is_empty() {
                let heights = heights.get(start - rows.start..end - rows.start).unwrap_or_default();
                self.tile(band, column, (start..end, heights), &own, &mut cells);
            }
            start = end + 1;
        }
        cells
    }

    fn tile(
        &self,
        band: &Band,
        column: usize,
        (rows, heights): (Range<usize>, &[Stretch]),
        own: &[(usize, &'r Block)],
        cells: &mut Vec<Cell<'r>>,
    ) {
        let page = |row: usize| self.rows.get(row).map_or(0, |row| row.page);
        let names: Vec<Name> = own
            .iter()
            .map(|(row, block)| Name { page: page(*row), middle: block.area.centre().1, height: block.area.height() })
            .collect();
        let columns = column..column + 1;
        let doubt = |doubtful: bool| doubtful.then(|| "没有完整的框线，它管到哪几行按文字的位置推定。".to_owned());
        let by_gaps = rows.clone().zip(heights).map(|(row, own)| Stretch { middle: own.middle, ..self.stretch(row) });
        let by_gaps: Vec<Stretch> = by_gaps.collect();
        let spans = self.hanging(&rows, own).or_else(|| spans::agreed([heights, by_gaps.as_slice()], &names));
        let Some(spans) = spans else {
            // Names beside the first of their rows leave none above the first one.
            let unsure = own.first().is_none_or(|(row, _)| *row != rows.start);
            let cell = |(row, block): &(usize, &'r Block)| {
                self.cell(band, *row..row + 1, columns.clone(), Some(*block), doubt(unsure))
            };
            cells.extend(own.iter().map(cell));
            return;
        };
        let mut covered = rows.start;
        for ((row, block), (span, unsure)) in own.iter().zip(spans) {
            let span = rows.start + span.start..rows.start + span.end;
            let own = self.on_page_of(*row, span.clone());
            cells.extend(self.blanks(band, covered..own.start, &columns));
            covered = own.end;
            cells.push(self.cell(band, own, columns.clone(), Some(*block), doubt(unsure)));
        }
        cells.extend(self.blanks(band, covered..rows.end, &columns));
    }

    /// The rows from each name to the next, where texts stand at the top of their cells, and so do all of these.
    fn hanging(&self, rows: &Range<usize>, own: &[Placed<'_>]) -> Option<Vec<Span>> {
        let at_top = |(row, block): &Placed<'_>| {
            let row = self.rows.get(*row).filter(|row| row.hangs);
            row.is_some_and(|row| (block.area.top - row.top).abs() <= POINT)
        };
        if !own.iter().all(at_top) {
            return None;
        }
        let starts = own.iter().map(|(row, _)| row - rows.start);
        let ends = own.iter().skip(1).map(|(row, _)| row - rows.start).chain([rows.len()]);
        Some(starts.zip(ends).map(|(start, end)| (start..end, false)).collect())
    }

    /// The rows of a stretch that are on the page of `row`.
    fn on_page_of(&self, row: usize, rows: Range<usize>) -> Range<usize> {
        let page = |row: usize| self.rows.get(row).map(|row| row.page);
        let mut own = rows.filter(|other| page(*other) == page(row));
        let first = own.next().unwrap_or(row);
        first..own.next_back().unwrap_or(first) + 1
    }

    /// Blank cells for rows that no text is for, one a page.
    fn blanks(&self, band: &Band, rows: Range<usize>, columns: &Range<usize>) -> Vec<Cell<'r>> {
        let mut blanks: Vec<Cell<'r>> = Vec::new();
        for row in rows {
            let page = self.rows.get(row).map(|row| row.page);
            let same = |last: &&mut Cell<'r>| self.rows.get(last.rows.start).map(|row| row.page) == page;
            match blanks.last_mut().filter(same) {
                Some(last) => last.rows.end = row + 1,
                None => blanks.push(self.cell(band, row..row + 1, columns.clone(), None, None)),
            }
        }
        blanks
    }

    fn cell(
        &self,
        band: &Band,
        rows: Range<usize>,
        columns: Range<usize>,
        block: Option<&'r Block>,
        doubt: Option<String>,
    ) -> Cell<'r> {
        let edges = band.edges(self.left, self.right);
        let snapped = |number: usize| {
            let edge = edges.get(number).copied().unwrap_or(self.right);
            self.edges.get(super::units::nearest(&self.edges, edge)).copied().unwrap_or(edge)
        };
        Cell { rows, sides: (snapped(columns.start), snapped(columns.end)), column: columns.start, block, doubt }
    }
}
