//! Plain tables: lines of words above, a header row, bordered cells, rows high enough to show every text whole.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline, Url, Worksheet, XlsxError, utility};

use crate::error::ExportError;
use crate::write::Content;
use crate::write::{MAX_ROW_HEIGHT, capacity, pieces, set_up_paper, stored_float, text_height};

const FONT: &str = "宋体";
const LINK_COLOR: Color = Color::RGB(0x05_63_C1);
/// The least height of a row, in points.
const ROW_FLOOR: u32 = 20;
const HEADER_HEIGHT: u16 = 26;
const TITLE_HEIGHT: u32 = 34;
const LINE_HEIGHT: u32 = 20;
/// Rows of a sheet in every spreadsheet program.
const MAX_ROWS: u32 = 1_048_576;
/// Links that Excel keeps on one sheet.
const MAX_LINKS: u32 = 65_530;
/// The longest text of a cell, in UTF-16 units.
const MAX_TEXT: usize = 32_767;

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

/// A background that goes with words of the same meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tint {
    Red,
    Yellow,
    Grey,
}

impl Tint {
    const fn color(self) -> Color {
        match self {
            Self::Red => Color::RGB(0xF8_D7_DA),
            Self::Yellow => Color::RGB(0xFF_F2_CC),
            Self::Grey => Color::RGB(0xF2_F2_F2),
        }
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

/// A sheet with one table.
pub(crate) struct Table<'a> {
    sheet: &'a mut Worksheet,
    name: &'static str,
    columns: &'static [Column],
    header: u32,
    next: u32,
}

impl<'a> Table<'a> {
    /// Begins the sheet with a title, `lines` under it, and the header row.
    pub(crate) fn new(
        sheet: &'a mut Worksheet,
        name: &'static str,
        title: &str,
        lines: &[String],
        columns: &'static [Column],
    ) -> Result<Self, ExportError> {
        sheet.set_name(name)?;
        let mut table = Self { sheet, name, columns, header: 0, next: 0 };
        table.words(title, &plain().set_font_size(16).set_bold(), TITLE_HEIGHT)?;
        for line in lines {
            table.words(line, &plain().set_font_size(10), LINE_HEIGHT)?;
        }
        table.head()?;
        Ok(table)
    }

    /// A line over all columns.
    fn words(&mut self, text: &str, format: &Format, floor: u32) -> Result<(), ExportError> {
        let last = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let widths: Vec<u16> = self.columns.iter().map(|column| column.width).collect();
        let height = text_height(text, capacity(&widths)).clamp(floor, MAX_ROW_HEIGHT);
        self.sheet.merge_range(self.next, 0, self.next, last, text, &format.clone().set_text_wrap())?;
        self.sheet.set_row_height(self.next, height)?;
        self.next += 1;
        Ok(())
    }

    fn head(&mut self) -> Result<(), ExportError> {
        let format = bordered().set_bold().set_align(FormatAlign::Center).set_background_color(Tint::Grey.color());
        for (index, column) in (0_u16..).zip(self.columns) {
            self.sheet.set_column_width(index, column.width)?;
            self.sheet.write_string_with_format(self.next, index, column.heading, &format)?;
        }
        self.sheet.set_row_height(self.next, HEADER_HEIGHT)?;
        self.header = self.next;
        self.next += 1;
        Ok(())
    }

    /// Adds one row, or several where a text is longer than the highest row can show: the text goes on below, beside
    /// the same other cells, so that a filter keeps the rows together.
    pub(crate) fn row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        for part in parts(self.columns, cells) {
            self.one_row(&part)?;
        }
        Ok(())
    }

    fn one_row(&mut self, cells: &[Cell]) -> Result<(), ExportError> {
        if self.next >= MAX_ROWS {
            let rows = usize::try_from(self.next).unwrap_or(usize::MAX).saturating_add(1);
            return Err(ExportError::TooManyRows { sheet: self.name.to_owned(), rows });
        }
        let height = |(cell, column): (&Cell, &Column)| text_height(&cell.shown(), capacity(&[column.width]));
        let needed = cells.iter().zip(self.columns).map(height).max().unwrap_or_default();
        let height = needed.clamp(ROW_FLOOR, MAX_ROW_HEIGHT);
        self.sheet.set_row_height(self.next, height)?;
        for ((index, column), cell) in (0_u16..).zip(self.columns).zip(cells) {
            self.cell(index, column, cell)?;
        }
        self.next += 1;
        Ok(())
    }

    fn cell(&mut self, index: u16, column: &Column, cell: &Cell) -> Result<(), XlsxError> {
        let format = format_of(column, cell);
        if let Some((sheet, row)) = cell.link.as_ref().filter(|_| self.next < MAX_LINKS) {
            let link = format!("internal:'{}'!{}", sheet.replace('\'', "''"), utility::row_col_to_cell(*row, 0));
            let link = Url::new(link).set_text(cell.shown());
            let format = format.set_font_color(LINK_COLOR).set_underline(FormatUnderline::Single);
            self.sheet.write_url_with_format(self.next, index, &link, &format)?;
            return Ok(());
        }
        match &cell.content {
            Content::Blank => self.sheet.write_blank(self.next, index, &format)?,
            Content::Text(text) => self.sheet.write_string_with_format(self.next, index, text, &format)?,
            Content::Number { value, .. } => {
                self.sheet.write_number_with_format(self.next, index, stored_float(*value), &format)?
            }
        };
        Ok(())
    }

    /// Sets filters on the header, keeps it in sight and on every printed page.
    pub(crate) fn finish(self) -> Result<(), ExportError> {
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.sheet.autofilter(self.header, 0, self.next.saturating_sub(1), last_column)?;
        self.sheet.set_freeze_panes(self.header + 1, 0)?.set_repeat_rows(self.header, self.header)?;
        set_up_paper(self.sheet);
        self.sheet.set_landscape();
        Ok(())
    }
}

/// How many rows `cells` take.
pub(crate) fn rows_of(columns: &[Column], cells: &[Cell]) -> u32 {
    u32::try_from(parts(columns, cells).len()).unwrap_or(u32::MAX)
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

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_align(FormatAlign::VerticalCenter)
}

/// A cell with thin borders whose text wraps.
fn bordered() -> Format {
    plain().set_font_size(10).set_border(FormatBorder::Thin).set_text_wrap()
}

fn format_of(column: &Column, cell: &Cell) -> Format {
    let format = if column.centred { bordered().set_align(FormatAlign::Center) } else { bordered() };
    let format = if cell.bold { format.set_bold() } else { format };
    let format = match cell.tint {
        Some(tint) => format.set_background_color(tint.color()),
        None => format,
    };
    match &cell.content {
        Content::Number { look, .. } => format.set_num_format(look.code()),
        Content::Text(_) | Content::Blank => format,
    }
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
