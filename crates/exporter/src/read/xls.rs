//! Sheets of .xls files (Excel 97 to 2003).

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{CellErrorType, Data, Reader, SheetVisible, Xls, XlsError};

use super::number_format::display;
use super::sheet::{Merged, Position, Sheet, Tally};
use super::xlsx::Book;
use crate::error::ImportError;

const DATE_FORMAT: &str = "yyyy/m/d";

/// Reads every worksheet.
///
/// The number formats of this old format are not known here: a number is shown in the general format.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    // The library indexes into damaged records unchecked; that must not end the program.
    let opened = catch_unwind(AssertUnwindSafe(|| read_book(bytes)));
    opened.unwrap_or_else(|_| Err(ImportError::Damaged("内部记录前后矛盾".to_owned())))
}

fn read_book(bytes: &[u8]) -> Result<Book, ImportError> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(import_error)?;
    let listed = workbook.sheets_metadata().to_vec();
    let mut tally = Tally::default();
    let mut sheets = Vec::new();
    for entry in listed {
        let hidden = entry.visible != SheetVisible::Visible;
        let mut sheet = Sheet { name: entry.name.clone(), hidden, ..Sheet::default() };
        let Ok(range) = workbook.worksheet_range(&entry.name) else { continue };
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let offset = |first: u32, by: usize| first.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
            keep(&mut sheet, (offset(first_row, row), offset(first_column, column)), data, &mut tally)?;
        }
        for area in workbook.merge_cells_by_sheet_name(&entry.name).map_err(import_error)? {
            sheet.merge(Merged { first: area.start, last: area.end }, &mut tally)?;
        }
        sheets.push(sheet);
    }
    Ok(Book { sheets, names: workbook.defined_names().to_vec() })
}

fn keep(sheet: &mut Sheet, position: Position, data: &Data, tally: &mut Tally) -> Result<(), ImportError> {
    let text = match data {
        Data::Empty => return Ok(()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(value) => display(&value.to_string(), "General", false),
        Data::Int(value) => value.to_string(),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(moment) => display(&moment.as_f64().to_string(), DATE_FORMAT, false),
        Data::Error(error) => {
            sheet.errors.push((position, error_name(error)));
            return Ok(());
        }
    };
    sheet.push(position, text, tally)
}

fn error_name(error: &CellErrorType) -> String {
    error.to_string()
}

fn import_error(error: XlsError) -> ImportError {
    match error {
        XlsError::Password => ImportError::Encrypted,
        other => ImportError::Damaged(other.to_string()),
    }
}
