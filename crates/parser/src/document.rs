//! Reads forms from documents of tables with text around them: pages, Word files, web pages.
//!
//! Tables and the lines between them are read as one grid, so that a form may have its title above its table, its
//! notes below, or be several tables. A stretch of lines that holds a whole form by itself goes the way of texts.

mod aligned;
mod cut;
mod doubt;
mod levels;

use std::collections::HashMap;

use jixiao_core::{Diagnostic, FormRecord, Place};

pub use self::doubt::Doubt;

use crate::Parsed;
use crate::grid::{self, Grid, GridCell};
use crate::read;

/// Fewer lines than this hold no form.
const MIN_TEXT_FORM_LINES: usize = 8;

/// One line of text outside of tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The text, its blanks as wide as on the page where the document has widths.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A table.
    Table(Grid),
    /// A line between tables.
    Line(Line),
}

/// A document: its tables and the lines around them, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// The parts.
    pub blocks: Vec<Block>,
    /// What the source has to say about the document.
    pub diagnostics: Vec<Diagnostic>,
    /// What the source doubts about its cells.
    pub doubts: Vec<Doubt>,
    /// True where cells were told by how texts line up, for want of ruling lines.
    pub aligned: bool,
}

/// Reads every form of `document`, in reading order. As with text and grids, every character ends in a field, a label
/// or a diagnostic.
#[must_use]
pub fn read(document: &Document) -> Parsed {
    let mut parsed = Parsed::default();
    for section in sections(&document.blocks) {
        add(&mut parsed, section);
    }
    if parsed.records.is_empty() {
        parsed = read_lines(&lines_of(&document.blocks));
    }
    let doubts: HashMap<&Place, &str> =
        document.doubts.iter().map(|doubt| (&doubt.place, doubt.cause.as_str())).collect();
    if !doubts.is_empty() {
        parsed.records.iter_mut().for_each(|record| doubt::say(record, &doubts));
    }
    if document.aligned {
        parsed.records.iter_mut().for_each(levels::settle);
        parsed.records.iter_mut().for_each(aligned::doubt);
    }
    parsed.diagnostics.splice(0..0, document.diagnostics.iter().cloned());
    parsed
}

fn add(parsed: &mut Parsed, section: Parsed) {
    parsed.diagnostics.extend(section.diagnostics);
    for mut record in section.records {
        record.index = parsed.records.len();
        parsed.records.push(record);
    }
}

/// The forms of each stretch: lines that hold a form by themselves are a stretch of their own.
fn sections(blocks: &[Block]) -> Vec<Parsed> {
    let mut sections = Vec::new();
    let mut open: Vec<&Block> = Vec::new();
    for run in blocks.chunk_by(|left, right| is_line(left) && is_line(right)) {
        match text_forms(run) {
            Some(parsed) => {
                sections.push(grid::read(&stacked(&open)));
                open.clear();
                sections.push(parsed);
            }
            None => open.extend(run),
        }
    }
    sections.push(grid::read(&stacked(&open)));
    sections
}

const fn is_line(block: &Block) -> bool {
    matches!(block, Block::Line(_))
}

fn text_forms(run: &[Block]) -> Option<Parsed> {
    if run.len() < MIN_TEXT_FORM_LINES {
        return None;
    }
    let lines: Vec<Line> = run.iter().filter_map(line).cloned().collect();
    Some(read_lines(&lines)).filter(|parsed| parsed.records.iter().any(|record| !record.form.indicators.is_empty()))
}

const fn line(block: &Block) -> Option<&Line> {
    match block {
        Block::Line(line) => Some(line),
        Block::Table(_) => None,
    }
}

/// One grid of all blocks, each below the one before; a line is a row of one cell as wide as the widest table.
fn stacked(blocks: &[&Block]) -> Grid {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(grid) => Some(grid),
        Block::Line(_) => None,
    });
    let width = tables.flat_map(|grid| &grid.cells).map(GridCell::column_end).max().unwrap_or(1);
    let mut grid = Grid::default();
    let mut row = 0_u32;
    for block in blocks {
        let start = row;
        match block {
            Block::Table(table) => {
                for cell in &table.cells {
                    let moved = GridCell { row: start.saturating_add(cell.row), ..cell.clone() };
                    row = row.max(moved.row_end());
                    grid.cells.push(moved);
                }
            }
            Block::Line(line) => {
                grid.cells.push(line_cell(line, start, width));
                row = row.saturating_add(1);
            }
        }
    }
    cut::mend(&mut grid.cells);
    grid
}

fn line_cell(line: &Line, row: u32, width: u32) -> GridCell {
    let (text, place) = (line.text.trim().to_owned(), line.place.clone());
    GridCell { row, column: 0, row_span: 1, column_span: width, text, place }
}

/// All text of a document as lines: the cells of a row stand between tabs.
fn lines_of(blocks: &[Block]) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Line(line) => lines.push(line.clone()),
            Block::Table(grid) => {
                let rows = grid.cells.chunk_by(|left, right| left.row == right.row);
                lines.extend(rows.filter_map(row_line));
            }
        }
    }
    lines
}

fn row_line(cells: &[GridCell]) -> Option<Line> {
    let place = cells.first()?.place.clone();
    let texts: Vec<String> = cells.iter().map(|cell| cell.text.lines().collect()).collect();
    Some(Line { text: texts.join("\t"), place })
}

/// Reads lines as a text and turns its places into those of the lines.
fn read_lines(lines: &[Line]) -> Parsed {
    let text: Vec<String> = lines.iter().map(|line| line.text.replace(['\n', '\r'], " ")).collect();
    let mut parsed = read::parse(&text.join("\n"));
    let translate = |place: &mut Place| {
        if let Some(real) = place_of(place, lines) {
            *place = real;
        }
    };
    parsed.records.iter_mut().for_each(|record| translate_record(record, &translate));
    parsed.diagnostics.iter_mut().filter_map(|diagnostic| diagnostic.span.as_mut()).for_each(translate);
    parsed
}

fn translate_record(record: &mut FormRecord, translate: &impl Fn(&mut Place)) {
    record.span.iter_mut().for_each(translate);
    record.provenance.values_mut().flatten().for_each(translate);
    record.diagnostics.iter_mut().filter_map(|diagnostic| diagnostic.span.as_mut()).for_each(translate);
}

fn place_of(place: &Place, lines: &[Line]) -> Option<Place> {
    let Place::Text(span) = place else { return None };
    let first = lines.get(span.line_start.checked_sub(1)?)?;
    let last = lines.get(span.line_end.checked_sub(1)?).unwrap_or(first);
    Some(if span.line_start == span.line_end { first.place.clone() } else { first.place.clone().joined(&last.place) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(number: u32, text: &str) -> Block {
        Block::Line(Line { text: text.to_owned(), place: Place::Paragraph { paragraph: number } })
    }

    fn table(number: u32, rows: &[&[&str]]) -> Block {
        let mut cells = Vec::new();
        for (row, texts) in (0..).zip(rows) {
            for (column, text) in (0..).zip(*texts).filter(|(_, text)| !text.is_empty()) {
                let place = Place::Table { table: number, row: Some(row), column: Some(column) };
                let text = (*text).to_owned();
                cells.push(GridCell { row, column, row_span: 1, column_span: 1, text, place });
            }
        }
        Block::Table(Grid { cells })
    }

    const INDICATORS: [&[&str]; 2] = [
        &["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        &["产出指标", "数量指标", "修缮书架数量", "≥12个", "12个", "50", "50"],
    ];

    #[test]
    fn a_form_may_be_lines_and_several_tables() {
        let head = table(0, &[&["项目名称", "书架修缮"], &["主管部门", "某馆"]]);
        let title = paragraph(0, "项目支出绩效自评表");
        let blocks = vec![title, paragraph(1, "（2023年度）"), head, table(1, &INDICATORS)];
        let parsed = read(&Document { blocks, ..Document::default() });
        assert_eq!(parsed.records.len(), 1);
        let record = &parsed.records[0];
        assert_eq!(record.form.year, Some(2023));
        assert_eq!(record.form.project_name.as_deref(), Some("书架修缮"));
        assert_eq!(record.form.indicators.len(), 1);
        assert_eq!(record.span, Some(Place::Table { table: 0, row: None, column: None }));
    }

    #[test]
    fn lines_that_hold_a_form_are_read_as_text() {
        let text = include_str!("../../../fixtures/mof-2022-initial-budget-basis.txt");
        let blocks = (0..).zip(text.lines()).map(|(number, line)| paragraph(number, line)).collect();
        let parsed = read(&Document { blocks, ..Document::default() });
        let direct = read::parse(text);
        assert_eq!(parsed.records.len(), 1);
        assert_eq!(parsed.records[0].form, direct.records[0].form);
        let places = parsed.records[0].provenance.values().flatten();
        assert!(places.into_iter().all(|place| matches!(place, Place::Paragraph { .. })));
    }
}
