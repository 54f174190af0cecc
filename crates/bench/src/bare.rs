//! The same cells with nothing but the workbook libraries: what writing and reading cost at least.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, XlsxError};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError as WriteError};
use serde::Serialize;

use crate::drawn::{Book, Drawn, Style};

/// One sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Row, column and value of the cells that are not blank, 0-based.
    pub cells: Vec<(u32, u16, Value)>,
    /// First row, first column, last row, last column of the merged areas.
    pub merged: Vec<(u32, u16, u32, u16)>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

/// The sheets of an .xlsx.
///
/// # Errors
///
/// It cannot be read.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, XlsxError> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    book.sheet_names().into_iter().map(|name| sheet(&mut book, name)).collect()
}

fn sheet(book: &mut Xlsx<Cursor<&[u8]>>, name: String) -> Result<Sheet, XlsxError> {
    let range = book.worksheet_range(&name)?;
    let (top, left) = range.start().unwrap_or_default();
    let cells = range.used_cells().filter_map(|(row, column, data)| {
        let value = match data {
            Data::Float(number) => Value::Number(*number),
            Data::Int(_) | Data::String(_) | Data::Bool(_) => Value::Text(data.to_string()),
            _ => return None,
        };
        Some((top + u32::try_from(row).ok()?, small(left + u32::try_from(column).ok()?), value))
    });
    let cells = cells.collect();
    let merged = book.merge_cells_by_sheet_name(&name)?;
    let merged = merged.iter().map(|area| (area.start.0, small(area.start.1), area.end.0, small(area.end.1))).collect();
    Ok(Sheet { name, cells, merged })
}

fn small(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// An .xlsx of `book`.
///
/// # Errors
///
/// The library refuses a cell.
pub fn write(book: &Book) -> Result<Vec<u8>, WriteError> {
    let formats: Vec<Format> = book.styles.iter().map(format).collect();
    let mut workbook = Workbook::new();
    for sheet in &book.sheets {
        write_sheet(workbook.add_worksheet(), sheet, &formats)?;
    }
    workbook.save_to_buffer()
}

fn format(style: &Style) -> Format {
    let base = Format::new().set_font_name("宋体").set_font_size(style.size).set_num_format(&style.number);
    let base = if style.bold { base.set_bold() } else { base };
    let base = if style.border { base.set_border(FormatBorder::Thin) } else { base };
    let base = match style.horizontal.as_str() {
        "center" => base.set_align(FormatAlign::Center),
        "left" => base.set_align(FormatAlign::Left),
        _ => base,
    };
    let base = match style.vertical.as_str() {
        "center" => base.set_align(FormatAlign::VerticalCenter),
        "top" => base.set_align(FormatAlign::Top),
        _ => base,
    };
    let base = if style.wrap { base.set_text_wrap() } else { base };
    let base = if style.shrink { base.set_shrink() } else { base };
    if style.stacked { base.set_rotation(270) } else { base }
}

fn write_sheet(page: &mut Worksheet, sheet: &Drawn, formats: &[Format]) -> Result<(), WriteError> {
    page.set_name(&sheet.name)?;
    for (column, width) in &sheet.widths {
        // A file stores the width with the padding.
        page.set_column_width(*column, width - PADDING)?;
    }
    for (row, height) in &sheet.heights {
        page.set_row_height(*row, *height)?;
    }
    page.set_paper_size(9).set_portrait().set_print_fit_to_pages(1, 0);
    for (top, left, bottom, right, style) in &sheet.merged {
        page.merge_range(*top, *left, *bottom, *right, "", &formats[*style])?;
    }
    for (row, column, value, style) in &sheet.cells {
        let format = &formats[*style];
        match value {
            Some(Value::Text(text)) => page.write_string_with_format(*row, *column, text, format)?,
            Some(Value::Number(number)) => page.write_number_with_format(*row, *column, *number, format)?,
            None => page.write_blank(*row, *column, format)?,
        };
    }
    Ok(())
}

/// What a stored width has more than the characters that fit, in characters of seven pixels.
const PADDING: f64 = 5.0 / 7.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawn::take_apart;
    use crate::{forms, workbook};

    #[test]
    fn the_bare_libraries_move_the_same_cells() {
        let bytes = workbook(&forms(3)).unwrap();
        let sheets = read(&bytes).unwrap();
        assert_eq!(sheets.len(), 4, "a list and three forms");
        assert!(sheets.iter().all(|sheet| sheet.cells.len() > 10 && !sheet.merged.is_empty()), "{sheets:?}");
        assert_eq!(read(&write(&take_apart(&bytes).unwrap()).unwrap()).unwrap(), sheets);
    }
}
