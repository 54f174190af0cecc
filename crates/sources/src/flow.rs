//! Documents that flow: paragraphs and tables in reading order, tables within the cells of tables.
//!
//! Word files and web pages are both read into this, and from here into blocks.

mod build;
mod census;
mod grid;
mod place;

pub(crate) use build::Builder;
use jixiao_core::{Diagnostic, Place, Severity};
use jixiao_parser::document::{Block, Document, Line};

/// What stands in a cell, or in the document outside of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// Lines of text, none blank.
    Text(String),
    /// A table.
    Table(Table),
}

/// The rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
}

/// The cells of a row, from left to right.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Row {
    /// Columns left free before the first cell.
    pub(crate) before: u32,
    pub(crate) cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    pub(crate) span: Span,
    pub(crate) content: Vec<Content>,
}

impl Cell {
    /// True for a cell that holds text and no table.
    fn is_text(&self) -> bool {
        !self.content.is_empty() && self.content.iter().all(|part| matches!(part, Content::Text(_)))
    }
}

/// What a cell covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Columns, at least 1.
    pub(crate) columns: u32,
    /// Rows, at least 1.
    pub(crate) rows: u32,
    /// True where the cell is the further part of the one above it.
    pub(crate) continues: bool,
}

impl Default for Span {
    fn default() -> Self {
        Self { columns: 1, rows: 1, continues: false }
    }
}

/// The blocks of a document.
#[derive(Debug, Default)]
struct Flow {
    document: Document,
    tables: u32,
    paragraphs: u32,
}

/// Turns the content of a document into blocks.
pub(crate) fn document(content: &[Content]) -> Document {
    let mut flow = Flow::default();
    flow.content(content);
    flow.document
}

impl Flow {
    fn content(&mut self, content: &[Content]) {
        for part in content {
            match part {
                Content::Text(text) => text.lines().for_each(|line| self.line(line)),
                Content::Table(table) => self.table(table),
            }
        }
    }

    fn line(&mut self, text: &str) {
        let place = Place::Paragraph { paragraph: self.paragraphs };
        self.paragraphs = self.paragraphs.saturating_add(1);
        self.document.blocks.push(Block::Line(Line { text: text.to_owned(), place }));
    }

    /// A table that only places other tables on the page is read as what stands in its cells, one after the other.
    fn table(&mut self, table: &Table) {
        let number = self.number();
        if table.is_layout() {
            table.cells().for_each(|cell| self.content(&cell.content));
        } else {
            let grid = self.grid(table, number);
            self.document.blocks.push(Block::Table(grid));
        }
    }

    /// The number of the next table.
    const fn number(&mut self) -> u32 {
        let number = self.tables;
        self.tables = self.tables.saturating_add(1);
        number
    }

    /// Says that a text is there that no program shows.
    fn hidden(&mut self, text: &str, place: Place) {
        let message = format!("「{text}」在被合并遮住的单元格里，没有读取。");
        let code = "covered-cell".to_owned();
        let diagnostic = Diagnostic { code, severity: Severity::Warning, message, field: None, span: Some(place) };
        self.document.diagnostics.push(diagnostic);
    }
}

impl Table {
    /// What stands in the cells, in order.
    pub(crate) fn contents(&self) -> impl DoubleEndedIterator<Item = &Content> {
        self.cells().flat_map(|cell| &cell.content)
    }

    fn cells(&self) -> impl DoubleEndedIterator<Item = &Cell> {
        self.rows.iter().flat_map(|row| &row.cells)
    }

    /// Cells with text of their own.
    fn own_cells(&self) -> usize {
        self.cells().filter(|cell| cell.is_text()).count()
    }

    /// True where a table within a cell holds more than all the other cells do, and these are no rows of a table.
    fn is_layout(&self) -> bool {
        let inner = self.contents().map(|part| match part {
            Content::Table(table) => table.size(),
            Content::Text(_) => 0,
        });
        let rows = self.rows.iter().filter(|row| row.cells.iter().filter(|cell| cell.is_text()).count() > 1);
        rows.count() < 2 && inner.max().is_some_and(|size| size > self.own_cells())
    }

    /// Cells with text, those of tables within included.
    fn size(&self) -> usize {
        let nested = self.contents().filter_map(|part| match part {
            Content::Table(table) => Some(table.size()),
            Content::Text(_) => None,
        });
        self.own_cells() + nested.sum::<usize>()
    }
}
