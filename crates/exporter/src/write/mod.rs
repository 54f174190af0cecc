//! Writing workbooks: a form and a layout make a plan, a plan makes a sheet.

mod blocks;
mod directory;
mod draw;
mod extras;
mod formulas;
mod funds;
mod height;
mod hints;
mod indicators;
mod names;
pub(crate) mod number;
pub(crate) mod plan;
pub(crate) mod planner;
mod reread;
mod series;
mod summary;
pub(crate) mod target;
mod template;
mod unplaced;

use std::io::Cursor;

use jixiao_core::report::Summary;
use jixiao_core::{Diagnostic, Form};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet};

pub(crate) use draw::{set_up_paper, stored_float};
pub(crate) use height::{MAX_ROW_HEIGHT, capacity, digit_capacity, line_count, pieces, pixel_capacity, text_height};
pub(crate) use number::number;
pub(crate) use plan::Content;
pub use series::Series;
pub use template::write_template;

use crate::error::ExportError;
use crate::layout::Layout;
use crate::marks;
use draw::{Drawing, Palette};
use names::SheetNames;
use plan::Plan;

/// What to write besides the reported figures.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// Rate, execution score, total and grade as live formulas; the reported figures stay their stored values.
    pub formulas: bool,
}

/// One form to write.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The form.
    pub form: &'a Form,
    /// The table to print it in.
    pub layout: &'a Layout,
    /// How many findings the list of forms shows; `None` leaves them blank.
    pub findings: Option<Summary>,
}

/// A written workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The bytes of the .xlsx file; the same pages give the same bytes.
    pub bytes: Vec<u8>,
    /// Every field that the sheet does not give back when it is read again, with the 0-based number of the form: what
    /// the layout has no place for, and what reads differently.
    pub diagnostics: Vec<(usize, Diagnostic)>,
}

/// Most forms of a workbook that is written at once: of more, [`Series`] holds no more than that many in memory.
const MOST_AT_ONCE: usize = 200;

/// Writes one sheet a form; several forms get a first sheet that lists them.
///
/// # Errors
///
/// A text longer than a cell may be, more rows than a sheet has, or a failure of the workbook library.
pub fn write_workbook(pages: &[Page<'_>], options: &WriteOptions) -> Result<Written, ExportError> {
    if pages.len() > MOST_AT_ONCE { in_parts(pages, options) } else { at_once(pages, options) }
}

fn in_parts(pages: &[Page<'_>], options: &WriteOptions) -> Result<Written, ExportError> {
    let mut series = Series::new(Cursor::new(Vec::new()), *options);
    let mut diagnostics = Vec::new();
    for part in pages.chunks(MOST_AT_ONCE) {
        diagnostics.extend(series.push(part)?);
    }
    Ok(Written { bytes: series.finish()?.into_inner(), diagnostics })
}

fn at_once(pages: &[Page<'_>], options: &WriteOptions) -> Result<Written, ExportError> {
    let mut names = SheetNames::default();
    names.take(summary::NAME);
    let sheets: Vec<String> = pages.iter().map(|page| names.of(page.form)).collect();
    let mut workbook = new_workbook()?;
    if pages.len() > 1 {
        summary::write(workbook.add_worksheet(), pages, &sheets)?;
        marks::mark_summary(&mut workbook, summary::NAME)?;
    }
    let mut palette = Palette::default();
    let mut diagnostics = Vec::new();
    for (index, (page, name)) in pages.iter().zip(&sheets).enumerate() {
        let (plan, lost) = planner::plan(page.form, page.layout);
        draw_page(workbook.add_worksheet(), page, name, &plan, *options, &mut palette)?;
        marks::mark_family(&mut workbook, index, name, page.form.family)?;
        diagnostics.extend(lost.into_iter().map(|diagnostic| (index, diagnostic)));
    }
    let bytes = workbook.save_to_buffer()?;
    diagnostics.extend(reread::differences(pages, &sheets, &bytes, &diagnostics));
    diagnostics.sort_by_key(|(index, _)| *index);
    Ok(Written { bytes, diagnostics })
}

/// Draws the planned form of `page` on its sheet.
fn draw_page(
    sheet: &mut Worksheet,
    page: &Page<'_>,
    name: &str,
    plan: &Plan,
    options: WriteOptions,
    palette: &mut Palette,
) -> Result<(), ExportError> {
    let formulas = if options.formulas { formulas::of(plan, page.form) } else { draw::Formulas::default() };
    let drawing = Drawing { formulas, ..Drawing::default() };
    draw::draw(sheet, name, plan, page.layout, &drawing, palette)
}

/// An empty workbook whose bytes do not depend on the clock: it bears the date of 财预〔2020〕10号.
pub(crate) fn new_workbook() -> Result<Workbook, ExportError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2020, 2, 25)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
    Ok(workbook)
}
