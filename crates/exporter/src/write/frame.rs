//! What the workbook library writes around the cells of a sheet: columns, paper, drop-down lists, protection.

use std::io::{Cursor, Read, Write};

use rust_xlsxwriter::XlsxError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::cells::Cells;
use crate::error::ExportError;

/// How hard sheets are compressed: a third faster than the usual 6, and a twentieth larger.
const COMPRESSION: i64 = 4;

/// The part of a sheet; sheets count from 1.
pub(crate) fn sheet_part(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

/// How the parts that are written here are stored.
pub(crate) fn part_options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_level(Some(COMPRESSION))
}

/// The part of a sheet, cut where what its cells decide belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Frame {
    before_dimension: String,
    before_data: String,
    before_merged: String,
    before_ignored: String,
    end: String,
}

impl Frame {
    /// The frame of the sheet `part` of the workbook `bytes`.
    pub(crate) fn of(bytes: &[u8], part: &str) -> Result<Self, ExportError> {
        let mut xml = String::new();
        let mut archive = ZipArchive::new(Cursor::new(bytes))?;
        archive.by_name(part)?.read_to_string(&mut xml).map_err(zip::result::ZipError::from)?;
        Self::cut(&xml).ok_or_else(|| XlsxError::ParameterError(format!("{part} is no sheet")).into())
    }

    /// Cuts a part that names all of its elements in the order of the standard; cells it has already are left out.
    fn cut(xml: &str) -> Option<Self> {
        let (before_dimension, rest) = xml.split_once("<dimension")?;
        let (_, rest) = rest.split_once("/>")?;
        let (before_data, rest) = rest.split_once("<sheetData")?;
        let after_data = rest.strip_prefix("/>");
        let rest = after_data.or_else(|| rest.split_once("</sheetData>").map(|(_, rest)| rest))?;
        let merged = ["<dataValidations", "<printOptions"].iter().filter_map(|next| rest.find(next)).min()?;
        let (before_merged, rest) = rest.split_at_checked(merged)?;
        let (before_ignored, end) = rest.split_once(LAST_OF_PAPER)?;
        Some(Self {
            before_dimension: before_dimension.to_owned(),
            before_data: before_data.to_owned(),
            before_merged: before_merged.to_owned(),
            before_ignored: before_ignored.to_owned() + LAST_OF_PAPER,
            end: end.to_owned(),
        })
    }

    /// The part with its cells.
    pub(super) fn around(&self, cells: &Cells) -> String {
        let (begin, end) = (self.begin(&cells.dimension), self.end(&cells.merged, &cells.ignored));
        [&*begin, &*cells.data, &*end].concat()
    }

    /// What stands before the cells.
    pub(crate) fn begin(&self, dimension: &str) -> String {
        [&self.before_dimension, dimension, &self.before_data].concat()
    }

    /// What stands behind the cells; `merged` is what belongs before the paper, `ignored` what belongs behind it.
    pub(crate) fn end(&self, merged: &str, ignored: &str) -> String {
        [&self.before_merged, merged, &self.before_ignored, ignored, &self.end].concat()
    }
}

/// What the footer ends with, the last of the elements that every sheet has.
const LAST_OF_PAPER: &str = "</headerFooter>";

/// The workbook `bytes` with `cells` on its first sheet.
pub(super) fn with_cells(bytes: &[u8], cells: &Cells) -> Result<Vec<u8>, ExportError> {
    let part = sheet_part(1);
    let sheet = Frame::of(bytes, &part)?.around(cells);
    let mut source = ZipArchive::new(Cursor::new(bytes))?;
    let mut target = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + sheet.len() / 4)));
    for index in 0..source.len() {
        let file = source.by_index_raw(index)?;
        if *file.name()? == *part {
            target.start_file(&part, part_options())?;
            target.write_all(sheet.as_bytes()).map_err(zip::result::ZipError::from)?;
        } else {
            target.raw_copy_file(file)?;
        }
    }
    Ok(target.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells() -> Cells {
        let [dimension, data, merged, ignored] = ["<d/>", "<c/>", "<m/>", "<i/>"].map(str::to_owned);
        Cells { dimension, data, merged, ignored }
    }

    #[test]
    fn cells_stand_where_the_standard_has_them() {
        let part = |data: &str, between: &str| {
            format!(
                "<a/><dimension ref=\"A1\"/><cols/>{data}{between}<printOptions/><headerFooter>&amp;C</headerFooter><z/>"
            )
        };
        let whole = |between: &str| {
            format!("<a/><d/><cols/><c/>{between}<printOptions/><headerFooter>&amp;C</headerFooter><i/><z/>")
        };
        let around = |part: &str| Frame::cut(part).unwrap().around(&cells());
        assert_eq!(around(&part("<sheetData/>", "")), whole("<m/>"));
        let (protected, checked) = ("<sheetProtection/>", "<dataValidations></dataValidations>");
        let rows = "<sheetData><row r=\"1\"/></sheetData>";
        let between = format!("{protected}{checked}");
        assert_eq!(around(&part(rows, &between)), whole(&format!("{protected}<m/>{checked}")));
        assert_eq!(Frame::cut("<a/><sheetData/>"), None);
    }
}
