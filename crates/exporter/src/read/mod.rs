//! Reading workbooks: bytes to sheets of displayed text, sheets to grids, grids to forms.

pub(crate) mod address;
mod biff;
mod date;
pub(crate) mod limits;
pub(crate) mod number_format;
mod ods;
mod remarks;
pub(crate) mod sheet;
pub(crate) mod styles;
mod unvalued;
mod xls;
pub(crate) mod xlsx;
mod xlsx_text;

use jixiao_core::{Diagnostic, FormRecord, Place, Severity};
use jixiao_parser::{Parsed, grid};
use rayon::prelude::*;

use crate::error::{ExportError, ImportError};
use crate::marks::Marks;
use jixiao_package::Package;
use sheet::Sheet;
use xlsx::Book;

/// How a zip archive begins.
const ZIP_MAGIC: &[u8] = b"PK";
/// How a compound file begins: .xls files, and .xlsx files with a password.
const COMPOUND_MAGIC: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/// The stream of a compound file that holds an encrypted .xlsx, as its directory spells it (UTF-16).
const ENCRYPTED_STREAM: &str = "EncryptedPackage";

/// Reads every form of a workbook: .xlsx, .xlsm, .xls or .ods, told apart by content.
///
/// Hidden sheets, rows and columns are read like any other, with a diagnostic.
///
/// # Errors
///
/// The bytes are no workbook, are damaged or encrypted, or hold more than any workbook of forms.
pub fn read_workbook(bytes: &[u8]) -> Result<Parsed, ImportError> {
    let book = read_book(bytes)?;
    let marks = Marks::among(&book.names);
    let sheets: Vec<Parsed> = book.sheets.into_par_iter().map(|sheet| read_sheet(sheet, &marks)).collect();
    let mut parsed = Parsed::default();
    for sheet in sheets {
        parsed.diagnostics.extend(sheet.diagnostics);
        parsed.records.extend(sheet.records);
    }
    (0..).zip(&mut parsed.records).for_each(|(index, record)| record.index = index);
    Ok(parsed)
}

fn read_book(bytes: &[u8]) -> Result<Book, ImportError> {
    if bytes.starts_with(COMPOUND_MAGIC) {
        return if is_encrypted(bytes) { Err(ImportError::Encrypted) } else { xls::read(bytes) };
    }
    if !bytes.starts_with(ZIP_MAGIC) {
        return Err(ImportError::NotAWorkbook);
    }
    let mut package = Package::open(bytes, limits::MAX_UNPACKED_BYTES)?;
    if package.has("xl/workbook.bin") {
        Err(ImportError::BinaryWorkbook)
    } else if package.has("mimetype") && package.has("content.xml") {
        ods::read(&mut package)
    } else {
        xlsx::read(&mut package)
    }
}

/// Opens a workbook that is to be filled and kept: an .xlsx or .xlsm.
pub(crate) fn open_template(bytes: &[u8]) -> Result<Book, ExportError> {
    if bytes.starts_with(COMPOUND_MAGIC) {
        return Err(if is_encrypted(bytes) { ImportError::Encrypted.into() } else { ExportError::OldTemplate(".xls") });
    }
    if !bytes.starts_with(ZIP_MAGIC) {
        return Err(ImportError::NotAWorkbook.into());
    }
    let mut package = Package::open(bytes, limits::MAX_UNPACKED_BYTES)?;
    if package.has("xl/workbook.bin") {
        Err(ExportError::OldTemplate(".xlsb"))
    } else if package.has("mimetype") && package.has("content.xml") {
        Err(ExportError::OldTemplate(".ods"))
    } else {
        Ok(xlsx::read(&mut package)?)
    }
}

/// True where the directory of a compound file names the stream of an encrypted package.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = ENCRYPTED_STREAM.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

/// The forms of one sheet.
fn read_sheet(sheet: Sheet, marks: &Marks) -> Parsed {
    let name = sheet.name.clone();
    if marks.is_summary(&name) {
        return Parsed { diagnostics: vec![summary_skipped(&name)], ..Parsed::default() };
    }
    let (grid, about_sheet) = sheet.into_grid();
    let mut parsed = grid::read(&grid);
    let unvalued: Vec<Diagnostic> =
        about_sheet.iter().filter(|remark| remarks::BLANKS.contains(&remark.code.as_str())).cloned().collect();
    parsed.diagnostics.splice(0..0, about_sheet);
    for record in &mut parsed.records {
        unvalued::remark(record, &unvalued);
        restore_family(record, marks, &name);
    }
    parsed
}

fn restore_family(record: &mut FormRecord, marks: &Marks, sheet: &str) {
    if let Some(family) = marks.family(sheet) {
        record.form.family = family;
    }
}

fn summary_skipped(sheet: &str) -> Diagnostic {
    Diagnostic {
        code: "summary-sheet".to_owned(),
        severity: Severity::Info,
        message: format!("工作表「{sheet}」是导出时生成的汇总，不含自评表，未读取"),
        field: None,
        span: Some(Place::Sheet { sheet: sheet.to_owned(), range: "A1".to_owned() }),
    }
}
