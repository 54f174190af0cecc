//! Sheets of .xls files (Excel 97 to 2003).

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Reader, SheetVisible, Xls, XlsError};

use super::biff::{self, Formats};
use super::number_format::display;
use super::sheet::{Merged, Position, Sheet, Tally};
use super::xlsx::Book;
use crate::error::ImportError;

/// Reads every worksheet.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    let formats = biff::read(bytes)?;
    // The library indexes into damaged records unchecked; that must not end the program.
    let opened = catch_unwind(AssertUnwindSafe(|| read_book(bytes, &formats)));
    opened.unwrap_or_else(|_| Err(ImportError::Damaged("内部记录前后矛盾".to_owned())))
}

fn read_book(bytes: &[u8], formats: &Formats) -> Result<Book, ImportError> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(import_error)?;
    let listed = workbook.sheets_metadata().to_vec();
    let tally = Tally::default();
    let mut sheets = Vec::new();
    let epoch_1904 = workbook.has_1904_epoch();
    for (number, entry) in listed.into_iter().enumerate() {
        let hidden = entry.visible != SheetVisible::Visible;
        let mut sheet = Sheet { name: entry.name.clone(), hidden, ..Sheet::default() };
        if let Some(formats) = formats.sheet(number) {
            sheet.hidden_rows.clone_from(&formats.hidden_rows);
            sheet.hidden_columns.clone_from(&formats.hidden_columns);
        }
        let Ok(range) = workbook.worksheet_range(&entry.name) else { continue };
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, data) in range.used_cells() {
            let offset = |first: u32, by: usize| first.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
            let position = (offset(first_row, row), offset(first_column, column));
            let shown = |value: String| display(&value, formats.code(number, position), epoch_1904);
            keep(&mut sheet, position, data, shown, &tally)?;
        }
        for area in workbook.merge_cells_by_sheet_name(&entry.name).map_err(import_error)? {
            sheet.merge(Merged { first: area.start, last: area.end }, &tally)?;
        }
        sheets.push(sheet);
    }
    Ok(Book { sheets, names: workbook.defined_names().to_vec(), ..Book::default() })
}

fn keep(
    sheet: &mut Sheet,
    position: Position,
    data: &Data,
    shown: impl Fn(String) -> String,
    tally: &Tally,
) -> Result<(), ImportError> {
    let text = match data {
        Data::Empty => return Ok(()),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Float(value) => shown(value.to_string()),
        Data::Int(value) => shown(value.to_string()),
        Data::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Data::DateTime(moment) => shown(moment.as_f64().to_string()),
        Data::Error(error) => {
            sheet.errors.push((position, error.to_string()));
            return Ok(());
        }
    };
    sheet.push(position, text, tally)
}

fn import_error(error: XlsError) -> ImportError {
    match error {
        XlsError::Password => ImportError::Encrypted,
        other => ImportError::Damaged(other.to_string()),
    }
}
