//! Workbooks of any number of forms, written some at a time: memory holds the plans of some of them, and the names of the
//! sheets.
//!
//! Cells hold their texts themselves, and all sheets share the looks of cells, so that no sheet depends on another. A
//! workbook of the list of forms alone gives the archive everything else.

use std::collections::BTreeMap;
use std::io::{Cursor, Seek, Write};

use jixiao_core::Diagnostic;
use rayon::prelude::*;
use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

use super::directory::Directory;
use super::draw;
use super::frame::{Frame, part_options, sheet_part};
use super::names::SheetNames;
use super::summary::{self, List};
use super::{Drawn, Page, WriteOptions, new_workbook};
use crate::error::ExportError;
use crate::layout::Layout;
use crate::marks;
use crate::palette::Palette;
use crate::table::Finished;

/// A workbook in the making.
#[derive(Debug)]
pub struct Series<W: Write + Seek> {
    archive: ZipWriter<W>,
    options: WriteOptions,
    names: SheetNames,
    /// The looks of cells so far, in the order of their numbers.
    palette: Palette,
    /// What stands around the cells of each layout, by its name.
    frames: BTreeMap<&'static str, Frame>,
    directory: Directory,
    list: List,
}

/// A sheet ready for the archive.
struct Sheet {
    /// An archive of the sheet alone: sheets are compressed side by side, and copied one after the other.
    packed: Vec<u8>,
    /// How many rows from the top every printed page repeats.
    repeated: u32,
    /// What it does not give back.
    remarks: Vec<Diagnostic>,
}

impl<W: Write + Seek> Series<W> {
    /// An empty workbook that will be written to `target`.
    pub fn new(target: W, options: WriteOptions) -> Self {
        let mut names = SheetNames::default();
        names.take(summary::NAME);
        Self {
            archive: ZipWriter::new(target),
            options,
            names,
            palette: Palette::default(),
            frames: BTreeMap::new(),
            directory: Directory::default(),
            list: List::new(),
        }
    }

    /// Adds one sheet a form: some dozens at a time, for memory holds their plans until the next call.
    ///
    /// Comes back with every field that a sheet does not give back when it is read again, with the 0-based number of the
    /// form within the series.
    ///
    /// # Errors
    ///
    /// A text longer than a cell may be, more rows than a sheet has, or a failure to write.
    pub fn push(&mut self, pages: &[Page<'_>]) -> Result<Vec<(usize, Diagnostic)>, ExportError> {
        let mut remarks = Vec::new();
        for (page, (name, sheet)) in pages.iter().zip(self.sheets(pages)?) {
            remarks.extend(sheet.remarks.into_iter().map(|remark| (self.list.forms(), remark)));
            let mut packed = ZipArchive::new(Cursor::new(sheet.packed))?;
            // Sheets count from 1, and the first one is the list.
            let part = sheet_part(self.list.forms() + 2);
            self.archive.raw_copy_file_rename(packed.by_index_raw(0)?, part)?;
            self.directory.add(&name, page.form.family, sheet.repeated);
            self.list.add(page, &name, &mut self.palette)?;
        }
        Ok(remarks)
    }

    /// The sheets of `pages` with their names.
    fn sheets(&mut self, pages: &[Page<'_>]) -> Result<Vec<(String, Sheet)>, ExportError> {
        let names: Vec<String> = pages.iter().map(|page| self.names.of(page.form)).collect();
        pages.iter().try_for_each(|page| self.add_frame(page.layout))?;
        let options = self.options;
        let drawn: Vec<Drawn> = pages.par_iter().map(|page| Drawn::of(page, options)).collect();
        // The numbers of looks depend on the forms before, so they are given out one form after the other.
        let styles: Vec<Vec<u32>> = drawn.iter().map(|sheet| sheet.styles(&mut self.palette)).collect();
        let frames = &self.frames;
        let work = pages.par_iter().zip(drawn).zip(styles).zip(names);
        work.map(|(((page, drawn), styles), name)| {
            let cells = drawn.cells(&name, &styles)?;
            let frame = frames.get(page.layout.name).ok_or(ZipError::FileNotFound)?;
            let packed = pack(&frame.around(&cells))?;
            Ok((name, Sheet { packed, repeated: drawn.plan.repeated_rows, remarks: drawn.remarks }))
        })
        .collect()
    }

    /// Has what stands around the cells of `layout` ready.
    fn add_frame(&mut self, layout: &Layout) -> Result<(), ExportError> {
        if !self.frames.contains_key(layout.name) {
            let mut workbook = new_workbook()?;
            // The first sheet of a workbook is the selected one; in the whole it is the list.
            workbook.add_worksheet().set_name(summary::NAME)?;
            draw::set_up(workbook.add_worksheet(), layout.name, layout, 0)?;
            self.frames.insert(layout.name, Frame::of(&workbook.save_to_buffer()?, &sheet_part(2))?);
        }
        Ok(())
    }

    /// Writes the list of forms and what else belongs to the workbook.
    ///
    /// # Errors
    ///
    /// More forms than a sheet has rows, or a failure to write.
    pub fn finish(mut self) -> Result<W, ExportError> {
        let list = self.list.finish(&mut self.palette)?;
        let bytes = frame(&list, &self.palette)?;
        let mut frame = ZipArchive::new(Cursor::new(bytes.as_slice()))?;
        let mut list = Some(list);
        for index in 0..frame.len() {
            let name = frame.by_index_raw(index)?.name()?.to_string();
            if Directory::changes(&name) {
                let text = std::io::read_to_string(frame.by_index(index)?).map_err(ZipError::from)?;
                self.archive.start_file(&name, part_options())?;
                self.archive.write_all(self.directory.complete(&name, text).as_bytes()).map_err(ZipError::from)?;
            } else if name == sheet_part(1)
                && let Some(list) = list.take()
            {
                self.archive.start_file(&name, part_options())?;
                list.write(&Frame::of(&bytes, &name)?, &mut self.archive)?;
            } else {
                self.archive.raw_copy_file(frame.by_index_raw(index)?)?;
            }
        }
        Ok(self.archive.finish()?)
    }
}

/// A workbook of the list alone, which numbers the looks of cells as the sheets do.
fn frame(list: &Finished, palette: &Palette) -> Result<Vec<u8>, ExportError> {
    let mut workbook = new_workbook()?;
    palette.register(&mut workbook);
    list.set_up(workbook.add_worksheet())?;
    marks::mark_summary(&mut workbook, summary::NAME)?;
    Ok(workbook.save_to_buffer()?)
}

/// An archive of one part.
fn pack(part: &str) -> Result<Vec<u8>, ExportError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(part.len() / 4)));
    archive.start_file("sheet", part_options())?;
    archive.write_all(part.as_bytes()).map_err(ZipError::from)?;
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Decimal, Form, FundRow, Indicator};

    use super::*;
    use crate::read_workbook;

    /// A form whose figures have so many decimals.
    fn form(name: &str, decimals: u32) -> Form {
        let figure = |value: i64| Some(Decimal::new(value, decimals));
        let mut form = Form { project_name: Some(name.to_owned()), ..Form::default() };
        form.funds.rows.push(FundRow {
            label: "年度资金总额".to_owned(),
            annual_budget: figure(20_000),
            executed: figure(18_000),
            ..FundRow::default()
        });
        let row = Indicator { level3: "清淤长度".to_owned(), weight: figure(1_000), ..Indicator::default() };
        form.indicators = vec![row];
        form.title = Some("项目支出绩效自评表".to_owned());
        form
    }

    fn page(form: &Form) -> Page<'_> {
        Page { form, layout: Layout::of(form), findings: None }
    }

    fn written(parts: &[&[Form]]) -> Vec<u8> {
        let mut series = Series::new(Cursor::new(Vec::new()), WriteOptions::default());
        for part in parts {
            let remarks = series.push(&part.iter().map(page).collect::<Vec<_>>()).unwrap();
            assert!(remarks.is_empty(), "{remarks:?}");
        }
        series.finish().unwrap().into_inner()
    }

    #[test]
    fn forms_of_all_parts_come_back() {
        // Each part shows numbers as no part before it did, and two forms share a name.
        let parts = [
            [form("渠道清淤", 0), form("渠道<一&二>'清淤", 2)],
            [form("渠道清淤", 1), form("绿化", 2)],
            [form("照明", 3), form("绿化", 0)],
        ];
        let bytes = written(&parts.each_ref().map(<[Form; 2]>::as_slice));
        let back: Vec<Form> = read_workbook(&bytes).unwrap().records.into_iter().map(|record| record.form).collect();
        assert_eq!(back, parts.concat());
        assert_eq!(written(&parts.each_ref().map(<[Form; 2]>::as_slice)), bytes, "the same forms, the same bytes");
    }

    #[test]
    fn only_the_list_is_selected() {
        let mut archive = ZipArchive::new(Cursor::new(written(&[&[form("甲", 0)], &[form("乙", 0)]]))).unwrap();
        let mut selected = |number| {
            let sheet = archive.by_name(&sheet_part(number)).unwrap();
            std::io::read_to_string(sheet).unwrap().contains("tabSelected")
        };
        assert_eq!([1, 2, 3].map(&mut selected), [true, false, false]);
    }

    #[test]
    fn the_number_of_a_form_counts_all_parts() {
        let mut series = Series::new(Cursor::new(Vec::new()), WriteOptions::default());
        let plain = form("甲", 0);
        let mut lossy = form("乙", 0);
        lossy.title = Some("不像标题".to_owned());
        assert!(series.push(&[page(&plain)]).unwrap().is_empty());
        let remarks = series.push(&[page(&lossy)]).unwrap();
        assert_eq!(remarks.first().map(|(index, _)| *index), Some(1), "{remarks:?}");
    }
}
