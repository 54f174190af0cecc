//! Writing workbooks: a form and a layout make a plan, a plan makes a sheet.

mod blocks;
mod cells;
mod directory;
mod draw;
mod extras;
mod formulas;
mod frame;
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

use std::collections::HashSet;
use std::io::Cursor;

use jixiao_core::report::Summary;
use jixiao_core::{Diagnostic, Form};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

pub(crate) use cells::{open_row, push_value};
pub(crate) use draw::{AreaStyle, format_of as area_format, set_up_paper};
pub(crate) use frame::{Frame, part_options, sheet_part};
pub(crate) use height::{MAX_ROW_HEIGHT, capacity, digit_capacity, line_count, pieces, pixel_capacity, text_height};
pub(crate) use number::number;
pub(crate) use plan::{Content, NumberLook};
pub use series::Series;
pub use template::write_template;

use crate::error::ExportError;
use crate::layout::Layout;
use crate::marks;
use crate::palette::Palette;
use cells::Cells;
use draw::Formulas;
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

/// Most forms of a workbook that are planned at once, so that memory holds the plans of no more.
const MOST_AT_ONCE: usize = 200;

/// Writes one sheet a form; several forms get a first sheet that lists them.
///
/// # Errors
///
/// A text longer than a cell may be, more rows than a sheet has, or a failure of the workbook library.
pub fn write_workbook(pages: &[Page<'_>], options: &WriteOptions) -> Result<Written, ExportError> {
    if let [page] = pages {
        return alone(page, *options);
    }
    let mut series = Series::new(Cursor::new(Vec::new()), *options);
    let mut diagnostics = Vec::new();
    for part in pages.chunks(MOST_AT_ONCE) {
        diagnostics.extend(series.push(part)?);
    }
    Ok(Written { bytes: series.finish()?.into_inner(), diagnostics })
}

/// A workbook of one form needs no list.
fn alone(page: &Page<'_>, options: WriteOptions) -> Result<Written, ExportError> {
    let mut names = SheetNames::default();
    names.take(summary::NAME);
    let name = names.of(page.form);
    let mut palette = Palette::default();
    let sheet = Drawn::of(page, options);
    let styles = sheet.styles(&mut palette);
    let mut workbook = new_workbook()?;
    palette.register(&mut workbook);
    draw::set_up(workbook.add_worksheet(), &name, page.layout, sheet.plan.repeated_rows)?;
    marks::mark_family(&mut workbook, 0, &name, page.form.family)?;
    let bytes = frame::with_cells(&workbook.save_to_buffer()?, &sheet.cells(&name, &styles)?)?;
    Ok(Written { bytes, diagnostics: sheet.remarks.into_iter().map(|remark| (0, remark)).collect() })
}

/// A form on its way to a sheet.
struct Drawn {
    plan: Plan,
    formulas: Formulas,
    /// What the sheet does not give back.
    remarks: Vec<Diagnostic>,
}

impl Drawn {
    /// Plans the sheet of `page`. May run on any thread.
    fn of(page: &Page<'_>, options: WriteOptions) -> Self {
        let (plan, mut remarks) = planner::plan(page.form, page.layout);
        let formulas = if options.formulas { formulas::of(&plan, page.form) } else { Formulas::default() };
        let changed = reread::differences(page.form, &plan, &remarks);
        remarks.extend(changed);
        Self { plan, formulas, remarks }
    }

    /// The numbers of the looks of its areas.
    fn styles(&self, palette: &mut Palette) -> Vec<u32> {
        draw::styles(palette, &self.plan, &self.formulas, &HashSet::new())
    }

    /// Its cells. May run on any thread.
    fn cells(&self, name: &str, styles: &[u32]) -> Result<Cells, ExportError> {
        cells::of(&self.plan, name, styles, &self.formulas)
    }
}

/// An empty workbook whose bytes do not depend on the clock: it bears the date of 财预〔2020〕10号.
pub(crate) fn new_workbook() -> Result<Workbook, ExportError> {
    let mut workbook = Workbook::new();
    let date = ExcelDateTime::from_ymd(2020, 2, 25)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&date));
    Ok(workbook)
}
