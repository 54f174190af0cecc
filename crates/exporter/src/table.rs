//! Plain tables: lines of words above, a header row, bordered cells, rows high enough to show every text whole.

mod looks;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Cursor, Seek, Write};

use quick_xml::escape::escape;
use rust_xlsxwriter::Worksheet;
use tempfile::SpooledTempFile;
use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

pub(crate) use looks::{TableStyle, Tint, format_of};

use crate::error::ExportError;
use crate::palette::{Palette, Style};
use crate::read::address::{cell_name, range_name};
use crate::stored::{MAX_ROWS, MAX_TEXT};
use crate::write::{
    Content, Frame, MAX_ROW_HEIGHT, capacity, new_workbook, open_row, part_options, pieces, push_value, set_up_paper,
    sheet_part, text_height,
};

/// The least height of a row, in points.
const ROW_FLOOR: u32 = 20;
const HEADER_HEIGHT: u32 = 26;
const TITLE_HEIGHT: u32 = 34;
const LINE_HEIGHT: u32 = 20;
/// More bytes of rows than this go to the disk.
const MAX_IN_MEMORY: usize = 1024 * 1024;
/// Links that Excel keeps on one sheet.
const MAX_LINKS: u32 = 65_530;

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) heading: &'static str,
    /// In characters of the default font.
    pub(crate) width: u16,
    pub(crate) centred: bool,
}

impl Column {
    /// A column of running text.
    pub(crate) const fn text(heading: &'static str, width: u16) -> Self {
        Self { heading, width, centred: false }
    }

    /// A column of short values.
    pub(crate) const fn centred(heading: &'static str, width: u16) -> Self {
        Self { heading, width, centred: true }
    }
}

/// One cell of a row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    pub(crate) content: Content,
    /// The sheet and the 0-based row that the cell leads to.
    pub(crate) link: Option<(String, u32)>,
    pub(crate) tint: Option<Tint>,
    pub(crate) bold: bool,
}

impl Cell {
    pub(crate) const fn new(content: Content) -> Self {
        Self { content, link: None, tint: None, bold: false }
    }

    /// Blank for an empty text; a text that no cell can hold is cut.
    pub(crate) fn text(text: &str) -> Self {
        Self::new(if text.is_empty() { Content::Blank } else { Content::Text(cut(text).to_owned()) })
    }

    /// A count.
    pub(crate) fn count(count: usize) -> Self {
        Self::new(crate::write::number(count.into()))
    }

    pub(crate) fn leading_to(self, sheet: &str, row: u32) -> Self {
        Self { link: Some((sheet.to_owned(), row)), ..self }
    }

    pub(crate) fn tinted(self, tint: Option<Tint>) -> Self {
        Self { bold: tint == Some(Tint::Red), tint, ..self }
    }

    fn shown(&self) -> String {
        match &self.content {
            Content::Text(text) => text.clone(),
            Content::Number { value, .. } => value.to_string(),
            Content::Blank => String::new(),
        }
    }
}

/// A link from a cell to the first cell of a row.
#[derive(Debug)]
struct Link {
    row: u32,
    column: u16,
    sheet: String,
    target: u32,
}

/// A sheet with one table in the making: its rows wait in a spool, for what stands above them is known at the end.
#[derive(Debug)]
pub(crate) struct Table {
    name: &'static str,
    columns: &'static [Column],
    header: u32,
    next: u32,
    rows: BufWriter<SpooledTempFile>,
    links: Vec<Link>,
}

impl Table {
    /// The sheet `name` with a title, so many `lines` under it, and the header row.
    pub(crate) fn new(name: &'static str, columns: &'static [Column], lines: u32) -> Self {
        let header = lines.saturating_add(1);
        let rows = BufWriter::new(SpooledTempFile::new(MAX_IN_MEMORY));
        Self { name, columns, header, next: header.saturating_add(1), rows, links: Vec::new() }
    }

    /// The number of the next row, counted from 0.
    pub(crate) const fn next_row(&self) -> u32 {
        self.next
    }

    /// Adds one row, or several where a text is longer than the highest row can show: the text goes on below, beside
    /// the same other cells, so that a filter keeps the rows together.
    pub(crate) fn row(&mut self, cells: &[Cell], palette: &mut Palette) -> Result<(), ExportError> {
        let needed = needed_height(self.columns, cells);
        if needed <= MAX_ROW_HEIGHT {
            return self.one_row(cells, needed, palette);
        }
        for part in parts(self.columns, cells) {
            self.one_row(&part, needed_height(self.columns, &part), palette)?;
        }
        Ok(())
    }

    fn one_row(&mut self, cells: &[Cell], needed: u32, palette: &mut Palette) -> Result<(), ExportError> {
        if self.next >= MAX_ROWS {
            let rows = usize::try_from(self.next).unwrap_or(usize::MAX).saturating_add(1);
            return Err(ExportError::TooManyRows { sheet: self.name.to_owned(), rows });
        }
        let mut out = String::new();
        open_row(self.next, needed.clamp(ROW_FLOOR, MAX_ROW_HEIGHT), &mut out);
        for ((index, column), cell) in (0_u16..).zip(self.columns).zip(cells) {
            let link = cell.link.as_ref().filter(|_| self.next < MAX_LINKS);
            let style = palette.number(Style::Table(style_of(column, cell, link.is_some())));
            push_cell(self.next, index, style, &cell.content, &mut out);
            self.links.extend(link.map(|(sheet, target)| Link {
                row: self.next,
                column: index,
                sheet: sheet.clone(),
                target: *target,
            }));
        }
        out.push_str("</row>");
        self.next += 1;
        Ok(self.rows.write_all(out.as_bytes()).map_err(ZipError::from)?)
    }

    /// The sheet with what stands above the rows: as many `lines` as [`Table::new`] was told of.
    pub(crate) fn finish(self, title: &str, lines: &[String], palette: &mut Palette) -> Result<Finished, ExportError> {
        let mut head = String::new();
        words(0, (title, TableStyle::Title), TITLE_HEIGHT, self.columns, palette, &mut head);
        for (row, line) in (1..).zip(lines) {
            words(row, (line, TableStyle::Line), LINE_HEIGHT, self.columns, palette, &mut head);
        }
        open_row(self.header, HEADER_HEIGHT, &mut head);
        let style = palette.number(Style::Table(TableStyle::Heading));
        for (index, column) in (0_u16..).zip(self.columns) {
            push_cell(self.header, index, style, &Content::Text(column.heading.to_owned()), &mut head);
        }
        head.push_str("</row>");
        let rows = self.rows.into_inner().map_err(|error| ZipError::from(error.into_error()))?;
        let (name, columns, header) = (self.name, self.columns, self.header);
        Ok(Finished { name, columns, header, last: self.next.saturating_sub(1), head, rows, links: self.links })
    }
}

/// A row of words over all columns.
fn words(
    row: u32,
    (text, style): (&str, TableStyle),
    floor: u32,
    columns: &[Column],
    palette: &mut Palette,
    out: &mut String,
) {
    let widths: Vec<u16> = columns.iter().map(|column| column.width).collect();
    open_row(row, text_height(text, capacity(&widths)).clamp(floor, MAX_ROW_HEIGHT), out);
    let style = palette.number(Style::Table(style));
    push_cell(row, 0, style, &Content::Text(text.to_owned()), out);
    (1..).zip(columns.iter().skip(1)).for_each(|(column, _)| push_cell(row, column, style, &Content::Blank, out));
    out.push_str("</row>");
}

fn push_cell(row: u32, column: u16, style: u32, content: &Content, out: &mut String) {
    let _ = write!(out, r#"<c r="{}" s="{style}""#, cell_name((row, column.into())));
    push_value(content, out);
}

/// The height of the lowest row that shows all of `cells`, in points.
fn needed_height(columns: &[Column], cells: &[Cell]) -> u32 {
    let height = |(cell, column): (&Cell, &Column)| text_height(&cell.shown(), capacity(&[column.width]));
    cells.iter().zip(columns).map(height).max().unwrap_or_default()
}

/// A table that is ready to become a sheet.
#[derive(Debug)]
pub(crate) struct Finished {
    name: &'static str,
    columns: &'static [Column],
    header: u32,
    last: u32,
    head: String,
    rows: SpooledTempFile,
    links: Vec<Link>,
}

impl Finished {
    /// Sets up the sheet: filters on the header, which stays in sight and on every printed page.
    pub(crate) fn set_up(&self, sheet: &mut Worksheet) -> Result<(), ExportError> {
        sheet.set_name(self.name)?;
        for (index, column) in (0_u16..).zip(self.columns) {
            sheet.set_column_width(index, column.width)?;
        }
        sheet.autofilter(self.header, 0, self.last, self.last_column())?;
        sheet.set_freeze_panes(self.header + 1, 0)?.set_repeat_rows(self.header, self.header)?;
        set_up_paper(sheet);
        sheet.set_landscape();
        Ok(())
    }

    fn last_column(&self) -> u16 {
        u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// Writes the part of the sheet.
    pub(crate) fn write(mut self, frame: &Frame, out: &mut impl Write) -> Result<(), ExportError> {
        let dimension = format!(r#"<dimension ref="{}"/>"#, range_name((0, 0), (self.last, self.last_column().into())));
        let begin = frame.begin(&dimension) + "<sheetData>" + &self.head;
        let end = frame.end(&(self.merged() + &self.hyperlinks()), "");
        let mut write = || {
            out.write_all(begin.as_bytes())?;
            self.rows.rewind()?;
            io::copy(&mut self.rows, out)?;
            out.write_all(b"</sheetData>")?;
            out.write_all(end.as_bytes())
        };
        Ok(write().map_err(ZipError::from)?)
    }

    /// The lines above the header go over all columns.
    fn merged(&self) -> String {
        let areas = (0..self.header).map(|row| range_name((row, 0), (row, self.last_column().into())));
        let areas: String = areas.map(|area| format!(r#"<mergeCell ref="{area}"/>"#)).collect();
        format!(r#"<mergeCells count="{}">{areas}</mergeCells>"#, self.header)
    }

    fn hyperlinks(&self) -> String {
        let mut out = String::new();
        for link in &self.links {
            let (from, to) = (cell_name((link.row, link.column.into())), cell_name((link.target, 0)));
            let sheet = link.sheet.replace('\'', "''");
            let _ = write!(out, r#"<hyperlink ref="{from}" location="'{}'!{to}"/>"#, escape(&*sheet));
        }
        if out.is_empty() { out } else { format!("<hyperlinks>{out}</hyperlinks>") }
    }
}

/// A workbook of `tables` alone, written to `target`.
pub(crate) fn bind<W: Write + Seek>(target: W, tables: Vec<Finished>, palette: &Palette) -> Result<W, ExportError> {
    let mut workbook = new_workbook()?;
    palette.register(&mut workbook);
    tables.iter().try_for_each(|table| table.set_up(workbook.add_worksheet()))?;
    let bytes = workbook.save_to_buffer()?;
    let mut parts: BTreeMap<String, Finished> = (1..).map(sheet_part).zip(tables).collect();
    let mut source = ZipArchive::new(Cursor::new(bytes.as_slice()))?;
    let mut target = ZipWriter::new(target);
    for index in 0..source.len() {
        let file = source.by_index_raw(index)?;
        let name = file.name()?.to_string();
        if let Some(table) = parts.remove(&name) {
            target.start_file(&name, part_options())?;
            table.write(&Frame::of(&bytes, &name)?, &mut target)?;
        } else {
            target.raw_copy_file(file)?;
        }
    }
    Ok(target.finish()?)
}

/// The cells of each row that `cells` take; the texts that fit stand in every one of them.
fn parts(columns: &[Column], cells: &[Cell]) -> Vec<Vec<Cell>> {
    let texts: Vec<Vec<Content>> =
        cells.iter().zip(columns).map(|(cell, column)| cut_to_rows(&cell.content, column)).collect();
    let rows = texts.iter().map(Vec::len).max().unwrap_or_default();
    let of_row = |row: usize| {
        let cells = cells.iter().zip(&texts);
        let content = |parts: &[Content]| match parts {
            [whole] => whole.clone(),
            parts => parts.get(row).cloned().unwrap_or(Content::Blank),
        };
        cells.map(|(cell, parts)| Cell { content: content(parts), ..cell.clone() }).collect()
    };
    (0..rows).map(of_row).collect()
}

fn cut_to_rows(content: &Content, column: &Column) -> Vec<Content> {
    match content {
        Content::Text(text) => {
            pieces(text, capacity(&[column.width])).into_iter().map(|piece| Content::Text(piece.to_owned())).collect()
        }
        other => vec![other.clone()],
    }
}

const fn style_of(column: &Column, cell: &Cell, link: bool) -> TableStyle {
    let number = match &cell.content {
        Content::Number { look, .. } if !link => Some(*look),
        _ => None,
    };
    TableStyle::Value { centred: column.centred, bold: cell.bold, tint: cell.tint, number, link }
}

/// `text` as far as a cell holds it.
fn cut(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > MAX_TEXT
    });
    end.map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}
