//! What an .xls file says of its number formats, and how much room its cells claim ([MS-XLS] 2.3 and 2.4).
//!
//! The library that reads the values keeps neither: without its format a rate of 98.12% is the number 0.9812, and a
//! cell in the last column of the last row would make it allocate the whole rectangle.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use super::limits::{MAX_CELLS, MAX_UNPACKED_BYTES, MAX_XLS_RECTANGLE};
use super::sheet::Position;
use super::styles::builtin_code;
use crate::error::ImportError;

const EOF: u16 = 0x000a;
const FORMULA: u16 = 0x0006;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00bd;
const COLUMN_INFO: u16 = 0x007d;
const ROW: u16 = 0x0208;
const XF: u16 = 0x00e0;
const LABEL_SST: u16 = 0x00fd;
const DIMENSIONS: u16 = 0x0200;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const RK: u16 = 0x027e;
const FORMAT: u16 = 0x041e;

/// The number formats of a workbook.
#[derive(Debug, Default)]
pub(super) struct Formats {
    codes: HashMap<u16, String>,
    /// The number format of each style.
    styles: Vec<u16>,
    /// The sheets in the order in which the workbook lists them.
    sheets: Vec<SheetFormats>,
}

/// What a sheet says besides its values.
#[derive(Debug, Default)]
pub(super) struct SheetFormats {
    /// The styles of the numbers.
    styles: HashMap<Position, u16>,
    /// Runs of hidden rows and columns.
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

impl Formats {
    /// The sheet listed as number `sheet`.
    pub(super) fn sheet(&self, sheet: usize) -> Option<&SheetFormats> {
        self.sheets.get(sheet)
    }

    /// The format code of the number at `position` of the sheet listed as number `sheet`.
    pub(super) fn code(&self, sheet: usize, position: Position) -> &str {
        let style = self.sheet(sheet).and_then(|sheet| sheet.styles.get(&position));
        let format = style.and_then(|style| self.styles.get(usize::from(*style))).copied().unwrap_or_default();
        match self.codes.get(&format) {
            Some(code) => code,
            None => builtin_code(u32::from(format)),
        }
    }
}

/// Reads the formats; refuses a workbook whose cells span more than any form does.
pub(super) fn read(bytes: &[u8]) -> Result<Formats, ImportError> {
    let stream = workbook_stream(bytes)?;
    let mut formats = Formats::default();
    let mut starts = Vec::new();
    for record in Records::from(&stream) {
        match record.kind {
            BOUND_SHEET => starts.extend(u32_at(record.data, 0)),
            FORMAT => {
                formats.codes.extend(u16_at(record.data, 0).zip(unicode(record.data.get(2..).unwrap_or_default())))
            }
            XF => formats.styles.extend(u16_at(record.data, 2)),
            EOF => break,
            _ => {}
        }
    }
    let mut cells = 0_usize;
    for start in starts {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        formats.sheets.push(sheet_formats(stream.get(start..).unwrap_or_default(), &mut cells)?);
    }
    Ok(formats)
}

fn workbook_stream(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let damaged = |error: std::io::Error| ImportError::Damaged(error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = ["/Workbook", "/Book"].into_iter().find(|name| file.is_stream(name)).ok_or(ImportError::NotAWorkbook)?;
    let mut stream = Vec::new();
    let opened = file.open_stream(name).map_err(damaged)?;
    opened.take(MAX_UNPACKED_BYTES).read_to_end(&mut stream).map_err(damaged)?;
    Ok(stream)
}

/// What one sheet says; `cells` counts the numbers of all sheets.
fn sheet_formats(stream: &[u8], cells: &mut usize) -> Result<SheetFormats, ImportError> {
    let mut sheet = SheetFormats::default();
    let styles = &mut sheet.styles;
    let mut reach = Reach::default();
    for record in Records::from(stream) {
        let data = record.data;
        let position = u16_at(data, 0).map(u32::from).zip(u16_at(data, 2).map(u32::from));
        match (record.kind, position) {
            (EOF, _) => break,
            (DIMENSIONS, _) => reach.claim(data)?,
            (NUMBER | RK | FORMULA, Some(position)) => {
                styles.extend(u16_at(data, 4).map(|style| (position, style)));
                reach.extend(position)?;
            }
            (MUL_RK, Some((row, first))) => {
                // Six bytes a number behind the row and first column; the last column closes the record.
                let runs = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                for (column, run) in (first..).zip(runs) {
                    styles.extend(u16_at(run, 0).map(|style| ((row, column), style)));
                    reach.extend((row, column))?;
                }
            }
            (LABEL | LABEL_SST, Some(position)) => reach.extend(position)?,
            // Bit 5 of the flags behind row, columns, height and two unused words.
            (ROW, Some((row, _))) if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                sheet.hidden_rows.push((row, row));
            }
            // Bit 0 of the flags behind the columns, their width and style.
            (COLUMN_INFO, Some(run)) if u16_at(data, 8).is_some_and(|flags| flags & 1 != 0) => {
                sheet.hidden_columns.push(run);
            }
            _ => continue,
        }
        if *cells + styles.len() > MAX_CELLS {
            return Err(ImportError::TooManyCells);
        }
    }
    *cells += styles.len();
    Ok(sheet)
}

/// The rectangle from the first to the last cell.
#[derive(Debug, Default)]
struct Reach {
    corners: Option<(Position, Position)>,
}

impl Reach {
    fn extend(&mut self, (row, column): Position) -> Result<(), ImportError> {
        let (first, last) = self.corners.unwrap_or(((row, column), (row, column)));
        let first = (first.0.min(row), first.1.min(column));
        let last = (last.0.max(row), last.1.max(column));
        self.corners = Some((first, last));
        within_rectangle(last.0 - first.0, last.1 - first.1)
    }

    /// The size that the sheet says it has, for which the library makes room at once.
    fn claim(&self, data: &[u8]) -> Result<(), ImportError> {
        let rows = u32_at(data, 0).zip(u32_at(data, 4)).map(|(first, end)| end.checked_sub(first));
        let columns = u16_at(data, 8).zip(u16_at(data, 10)).map(|(first, end)| end.checked_sub(first));
        match (rows, columns) {
            (Some(Some(rows)), Some(Some(columns))) => within_rectangle(rows, u32::from(columns)),
            (None, _) | (_, None) => Ok(()),
            _ => Err(ImportError::Damaged("工作表的范围前后颠倒".to_owned())),
        }
    }
}

fn within_rectangle(rows: u32, columns: u32) -> Result<(), ImportError> {
    let size = (u64::from(rows) + 1).saturating_mul(u64::from(columns) + 1);
    if size > MAX_XLS_RECTANGLE { Err(ImportError::TooManyCells) } else { Ok(()) }
}

/// One record: its kind and its data.
struct Record<'s> {
    kind: u16,
    data: &'s [u8],
}

/// The records of a stream; a record that is cut off ends it.
struct Records<'s>(&'s [u8]);

impl<'s> From<&'s [u8]> for Records<'s> {
    fn from(stream: &'s [u8]) -> Self {
        Self(stream)
    }
}

impl<'s> From<&'s Vec<u8>> for Records<'s> {
    fn from(stream: &'s Vec<u8>) -> Self {
        Self(stream)
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = Record<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        let kind = u16_at(self.0, 0)?;
        let length = usize::from(u16_at(self.0, 2)?);
        let rest = self.0.get(4..)?;
        let (data, tail) = rest.split_at_checked(length)?;
        self.0 = tail;
        Some(Record { kind, data })
    }
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
}

/// A string with a two-byte length: one or two bytes a character, as its flag says.
fn unicode(data: &[u8]) -> Option<String> {
    let length = usize::from(u16_at(data, 0)?);
    let wide = data.get(2)? & 1 == 1;
    let text = data.get(3..)?;
    if wide {
        let units = text.chunks_exact(2).take(length).filter_map(|unit| u16_at(unit, 0));
        Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    } else {
        Some(text.iter().take(length).map(|byte| char::from(*byte)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [kind.to_le_bytes().as_slice(), length.to_le_bytes().as_slice(), data].concat()
    }

    fn number(row: u16, column: u16, style: u16) -> Vec<u8> {
        let words = [row, column, style];
        record(NUMBER, &words.iter().flat_map(|word| word.to_le_bytes()).chain([0; 8]).collect::<Vec<_>>())
    }

    #[test]
    fn numbers_know_their_styles() {
        let stream = [number(5, 8, 3), record(EOF, &[]), number(9, 9, 1)].concat();
        let styles = sheet_formats(&stream, &mut 0).unwrap().styles;
        assert_eq!(styles, HashMap::from([((5, 8), 3)]));
    }

    #[test]
    fn hidden_rows_and_columns_are_known_by_their_flags() {
        let words = |words: &[u16]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let stream = [
            record(COLUMN_INFO, &words(&[2, 3, 2000, 0, 1, 0])),
            record(COLUMN_INFO, &words(&[4, 4, 2000, 0, 0, 0])),
            record(ROW, &words(&[7, 0, 9, 255, 0, 0, 0x0120, 0])),
            record(ROW, &words(&[8, 0, 9, 255, 0, 0, 0x0100, 0])),
        ];
        let sheet = sheet_formats(&stream.concat(), &mut 0).unwrap();
        assert_eq!((sheet.hidden_rows, sheet.hidden_columns), (vec![(7, 7)], vec![(2, 3)]));
    }

    #[test]
    fn cells_far_apart_are_refused() {
        let stream = [number(0, 0, 0), number(u16::MAX, 255, 0)].concat();
        assert!(matches!(sheet_formats(&stream, &mut 0), Err(ImportError::TooManyCells)));
        let claim: Vec<u8> = [0_u32.to_le_bytes(), u32::MAX.to_le_bytes(), [0, 0, 0, 1], [0; 4]].concat();
        assert!(sheet_formats(&record(DIMENSIONS, &claim), &mut 0).is_err());
    }

    #[test]
    fn strings_come_in_two_widths() {
        assert_eq!(unicode(&[4, 0, 0, b'0', b'.', b'0', b'%']).unwrap(), "0.0%");
        assert_eq!(unicode(&[2, 0, 1, 0x43, 0x51, b'0', 0]).unwrap(), "元0");
        assert_eq!(unicode(&[9]), None);
    }
}
