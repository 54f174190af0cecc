//! The same cells with nothing but the workbook libraries: what writing and reading cost at least.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, XlsxError};
use rust_xlsxwriter::{Format, FormatBorder, Workbook, XlsxError as WriteError};

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
#[derive(Debug, Clone, PartialEq)]
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

/// An .xlsx of `sheets`, every cell with a border.
///
/// # Errors
///
/// The library refuses a cell.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, WriteError> {
    let format = Format::new().set_border(FormatBorder::Thin).set_text_wrap();
    let mut book = Workbook::new();
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        for (top, left, bottom, right) in &sheet.merged {
            page.merge_range(*top, *left, *bottom, *right, "", &format)?;
        }
        for (row, column, value) in &sheet.cells {
            match value {
                Value::Text(text) => page.write_string_with_format(*row, *column, text, &format)?,
                Value::Number(number) => page.write_number_with_format(*row, *column, *number, &format)?,
            };
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{forms, workbook};

    #[test]
    fn the_bare_libraries_move_the_same_cells() {
        let sheets = read(&workbook(&forms(3)).unwrap()).unwrap();
        assert_eq!(sheets.len(), 4, "a list and three forms");
        assert!(sheets.iter().all(|sheet| sheet.cells.len() > 10 && !sheet.merged.is_empty()), "{sheets:?}");
        assert_eq!(read(&write(&sheets).unwrap()).unwrap(), sheets);
    }
}
