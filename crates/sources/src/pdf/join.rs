//! Pages to a document: a table that goes on over the page is one table, a cell that a page break cuts is one cell.

use jixiao_core::fold::fold;
use jixiao_core::vocab::continues_table;
use jixiao_core::{Comparator, PageSpot, Place};
use jixiao_parser::document::{Block, Doubt, Line};
use jixiao_parser::grid::{Grid, GridCell};

use super::page::{PageCell, PageParts, PageTable, Part};
use super::runs::TextLine;
use super::units::{POINT, clustered, nearest};

/// The same edge on two pages may differ by so much.
const SAME_EDGE: i32 = 3 * POINT;
/// More edges of columns than this in tables below each other are not of one layout.
const MOST_EDGES: usize = 64;
/// Text this far from the middle of its cell is not centred.
const OFF_CENTRE: i32 = 3 * POINT;
/// A heading row has at least so many cells.
const HEADING_CELLS: usize = 4;

/// The blocks of all pages in reading order, and what is doubtful about their cells.
pub(super) fn blocks(pages: &[PageParts]) -> (Vec<Block>, Vec<Doubt>) {
    let mut joiner = Joiner::default();
    for (page, parts) in (1_u32..).zip(pages) {
        joiner.page(page, parts);
    }
    joiner.close();
    (joiner.blocks, joiner.doubts)
}

#[derive(Debug, Default)]
struct Joiner {
    blocks: Vec<Block>,
    doubts: Vec<Doubt>,
    open: Option<Open>,
    /// Lines since the open table; they stand between its parts if it goes on.
    between: Vec<Line>,
}

/// A table that may go on.
#[derive(Debug, Default)]
struct Open {
    edges: Vec<i32>,
    cells: Vec<OpenCell>,
    rows: usize,
    /// The page of its last part.
    page: u32,
    /// See [`PageTable::aligned`].
    aligned: bool,
}

#[derive(Debug)]
struct OpenCell {
    rows: (usize, usize),
    /// Left and right edge.
    sides: (i32, i32),
    text: String,
    /// See [`PageCell::raised`].
    raised: Option<i32>,
    /// See [`PageCell::full`].
    full: bool,
    spot: PageSpot,
    /// See [`PageCell::doubt`].
    doubt: Option<String>,
}

impl Joiner {
    fn page(&mut self, page: u32, parts: &PageParts) {
        let margin = parts.parts.iter().map(left).min().unwrap_or(0);
        let mut table = 0;
        for part in &parts.parts {
            match part {
                Part::Line(line) => self.line(page, line, (margin, parts.letter / 2)),
                Part::Table(next) => {
                    self.table(page, table, next);
                    table += 1;
                }
            }
        }
    }

    fn line(&mut self, page: u32, line: &TextLine, (margin, column): (i32, i32)) {
        let area = line.area.in_points();
        let place = Place::Page(PageSpot { page, table: None, row: None, column: None, area });
        self.between.push(Line { text: line.laid_out(margin, column), place });
    }

    /// A table goes on where nothing stands between its parts, or only that it goes on, and the edges of its columns are
    /// the same.
    fn table(&mut self, page: u32, number: u32, table: &PageTable) {
        let bare = self.between.iter().all(|line| continues_table(&line.text));
        let goes_on = bare && self.open.as_ref().is_some_and(|open| open.fits(table));
        if !goes_on {
            self.close();
        }
        let open = self.open.get_or_insert_with(Open::default);
        open.append(page, number, table);
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.doubts.extend(open.doubts());
            self.blocks.push(Block::Table(open.grid()));
        }
        self.blocks.extend(self.between.drain(..).map(Block::Line));
    }
}

fn left(part: &Part) -> i32 {
    match part {
        Part::Table(table) => table.area.left,
        Part::Line(line) => line.area.left,
    }
}

const fn same(one: i32, other: i32) -> bool {
    (one - other).abs() <= SAME_EDGE
}

fn sides(cell: &PageCell) -> (i32, i32) {
    (cell.area.left, cell.area.right)
}

impl Open {
    /// True where the outer edges are the same and the inner ones can be told from each other.
    fn fits(&self, table: &PageTable) -> bool {
        if self.aligned || table.aligned {
            return self.aligned && self.edges == table.columns;
        }
        let outer = |edges: &[i32]| Some((*edges.first()?, *edges.last()?));
        let (Some(one), Some(other)) = (outer(&self.edges), outer(&table.columns)) else { return false };
        same(one.0, other.0) && same(one.1, other.1) && self.edges.len() + table.columns.len() <= MOST_EDGES
    }

    /// Appends a part of the table.
    fn append(&mut self, page: u32, number: u32, table: &PageTable) {
        let new_page = self.rows > 0 && page != self.page;
        let skip = if new_page { self.repeated_heading(table) } else { 0 };
        let cut = new_page && self.is_cut(table, skip);
        let start = self.rows.saturating_sub(usize::from(cut));
        let first_row = |cell: &PageCell| cell.rows.0 <= skip;
        for cell in table.cells.iter().filter(|cell| cell.rows.1 > skip) {
            let rows = (start + cell.rows.0.saturating_sub(skip), start + cell.rows.1 - skip);
            let above = self.above(sides(cell)).filter(|_| new_page && first_row(cell));
            let goes_on = above.filter(|above| cut || self.goes_on(*above, cell, table));
            match goes_on.and_then(|above| self.cells.get_mut(above)) {
                Some(above) => above.extend(cell, rows.1),
                None => self.cells.push(placed(cell, rows, (page, number))),
            }
        }
        self.edges = clustered([self.edges.as_slice(), table.columns.as_slice()].concat(), SAME_EDGE);
        self.rows = start + table.rows.saturating_sub(skip);
        self.page = page;
        self.aligned = table.aligned;
    }

    /// The number of the cell with these sides that ends the table so far.
    fn above(&self, sides: (i32, i32)) -> Option<usize> {
        let last = |cell: &OpenCell| cell.rows.1 == self.rows;
        let fits = |cell: &OpenCell| same(cell.sides.0, sides.0) && same(cell.sides.1, sides.1);
        self.cells.iter().rposition(|cell| last(cell) && fits(cell))
    }

    /// True where a cell below a page break is the rest of the one above it.
    ///
    /// A blank one continues any text. Text continues a blank cell where one of the two spans several rows, as merged
    /// cells with their text in the middle do, or where it stands higher in its cell than its neighbours in theirs;
    /// and it continues text that stands low where it stands high itself.
    fn goes_on(&self, above: usize, cell: &PageCell, table: &PageTable) -> bool {
        let Some(above) = self.cells.get(above) else { return false };
        let spans = above.rows.1 - above.rows.0 > 1 || cell.rows.1 - cell.rows.0 > 1;
        let raised = cell.raised.is_some_and(|raised| raised > OFF_CENTRE);
        match (above.text.is_empty(), cell.text.is_empty()) {
            (_, true) => true,
            (true, false) => spans || (raised && has_centred_row(table, cell.rows.0)),
            (false, false) => raised && above.raised.is_some_and(|raised| raised < -OFF_CENTRE),
        }
    }

    /// How many rows at the top of the next part repeat rows of the part before: headings printed on every page.
    fn repeated_heading(&self, table: &PageTable) -> usize {
        let own = self.row_texts();
        let next: Vec<Vec<&str>> = (0..table.rows).map(|row| texts_of_row(table, row)).collect();
        let is_heading = |row: &Vec<&str>| {
            row.len() >= HEADING_CELLS && row.iter().all(|text| !text.chars().any(|c| c.is_ascii_digit()))
        };
        let Some(first) = next.first().filter(|row| is_heading(row)) else { return 0 };
        let Some(at) = own.iter().rposition(|row| row == first).filter(|at| !self.is_titled_below(*at)) else {
            return 0;
        };
        let equal = own.iter().skip(at).zip(&next).take_while(|(own, next)| own == next);
        equal.take_while(|(_, next)| is_heading(next)).count()
    }

    /// True where a row below `row` is one text, as titles are, which does not stand at the left side alone: what stands
    /// above it heads nothing below.
    fn is_titled_below(&self, row: usize) -> bool {
        let (Some(left), Some(right)) = (self.edges.first(), self.edges.last()) else { return false };
        let mut counts = vec![0_u8; self.rows];
        for cell in self.cells.iter().filter(|cell| !cell.text.is_empty()) {
            let rows = counts.get_mut(cell.rows.0..cell.rows.1.min(self.rows)).unwrap_or_default();
            rows.iter_mut().for_each(|count| *count = count.saturating_add(1));
        }
        let alone = |cell: &&OpenCell| cell.rows.0 > row && counts.get(cell.rows.0) == Some(&1);
        let title = |cell: &OpenCell| !same(cell.sides.0, *left) || same(cell.sides.1, *right);
        self.cells.iter().filter(|cell| !cell.text.is_empty()).filter(alone).any(title)
    }

    fn row_texts(&self) -> Vec<Vec<&str>> {
        let mut rows = vec![Vec::new(); self.rows];
        for cell in self.cells.iter().filter(|cell| !cell.text.is_empty()) {
            rows.get_mut(cell.rows.0).into_iter().for_each(|row| row.push(cell.text.as_str()));
        }
        rows
    }

    /// True where the row `first` of the next part is the rest of the last row: some cells whose last line is full go on,
    /// and at least half of the cells with text above have none below.
    fn is_cut(&self, table: &PageTable, first: usize) -> bool {
        let single = |cell: &&OpenCell| cell.rows == (self.rows - 1, self.rows) && !cell.text.is_empty();
        let above: Vec<&OpenCell> = self.cells.iter().filter(single).collect();
        let below = table.cells.iter().filter(|cell| cell.rows == (first, first + 1) && !cell.text.is_empty());
        let mut shared = 0;
        for cell in below {
            let own = sides(cell);
            let whole = above.iter().find(|above| same(above.sides.0, own.0) && same(above.sides.1, own.1));
            if !whole.is_some_and(|above| above.full && !begins_anew(&cell.text)) {
                return false;
            }
            shared += 1;
        }
        shared > 0 && above.len() > 2 && shared * 2 <= above.len()
    }

    fn doubts(&self) -> Vec<Doubt> {
        let doubt = |cell: &OpenCell| Some(Doubt { place: Place::Page(cell.spot), cause: cell.doubt.clone()? });
        self.cells.iter().filter_map(doubt).collect()
    }

    fn grid(self) -> Grid {
        let column = |edge: i32| u32::try_from(nearest(&self.edges, edge)).unwrap_or(u32::MAX);
        let row = |row: usize| u32::try_from(row).unwrap_or(u32::MAX);
        let mut cells: Vec<GridCell> = Vec::new();
        for cell in self.cells.iter().filter(|cell| !cell.text.is_empty()) {
            let (left, right) = (column(cell.sides.0), column(cell.sides.1));
            cells.push(GridCell {
                row: row(cell.rows.0),
                column: left,
                row_span: row(cell.rows.1 - cell.rows.0),
                column_span: right.saturating_sub(left).max(1),
                text: cell.text.clone(),
                place: Place::Page(cell.spot),
            });
        }
        cells.sort_by_key(|cell| (cell.row, cell.column));
        Grid { cells }
    }
}

/// True where most texts of a row stand in the middle of their cells.
fn has_centred_row(table: &PageTable, row: usize) -> bool {
    let texts = table.cells.iter().filter(|cell| cell.rows == (row, row + 1)).filter_map(|cell| cell.raised);
    let (centred, others): (Vec<i32>, Vec<i32>) = texts.partition(|raised| raised.abs() <= OFF_CENTRE);
    centred.len() > others.len()
}

/// Figures are not cut, and a bound begins a cell.
fn begins_anew(text: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '—' | '/');
    text.chars().all(figure) || fold(text).starts_with(Comparator::SIGNS)
}

fn texts_of_row(table: &PageTable, row: usize) -> Vec<&str> {
    let cells = table.cells.iter().filter(|cell| cell.rows.0 == row && !cell.text.is_empty());
    cells.map(|cell| cell.text.as_str()).collect()
}

fn placed(cell: &PageCell, rows: (usize, usize), (page, table): (u32, u32)) -> OpenCell {
    let number = |number: usize| u32::try_from(number).ok();
    let (row, column) = (number(cell.rows.0), number(cell.column));
    let spot = PageSpot { page, table: Some(table), row, column, area: cell.area.in_points() };
    let (text, doubt) = (cell.text.clone(), cell.doubt.clone());
    OpenCell { rows, sides: sides(cell), text, raised: cell.raised, full: cell.full, spot, doubt }
}

impl OpenCell {
    /// Takes over the rest of a cut cell.
    fn extend(&mut self, rest: &PageCell, end: usize) {
        if !self.text.is_empty() && !rest.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&rest.text);
        if !rest.text.is_empty() {
            self.full = rest.full;
        }
        self.rows.1 = self.rows.1.max(end);
    }
}
