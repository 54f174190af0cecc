//! Writing workbooks: a form and a layout make a plan, a plan makes a sheet.

mod blocks;
mod draw;
mod extras;
mod formulas;
mod funds;
mod height;
mod hints;
mod indicators;
mod names;
mod number;
mod plan;
mod planner;
mod summary;
mod target;
mod template;
mod unplaced;

use jixiao_core::{Diagnostic, Form};
use rust_xlsxwriter::Workbook;

pub use template::write_template;

use crate::error::ExportError;
use crate::layout::Layout;
use crate::marks;
use draw::Drawing;
use names::SheetNames;

/// What to write besides the reported figures.
#[derive(Debug, Clone, Copy, Default)]
pub struct WriteOptions {
    /// Rate, execution score, total and grade as live formulas; the reported figures stay their stored values.
    pub formulas: bool,
}

/// A written workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The bytes of the .xlsx file.
    pub bytes: Vec<u8>,
    /// What the layout has no place for, with the 0-based number of the form.
    pub diagnostics: Vec<(usize, Diagnostic)>,
}

/// Writes `forms` in `layout`, one sheet a form; several forms get a first sheet that lists them.
///
/// # Errors
///
/// A text longer than a cell may be, more rows than a sheet has, or a failure of the workbook library.
pub fn write_workbook(forms: &[Form], layout: &Layout, options: &WriteOptions) -> Result<Written, ExportError> {
    let mut names = SheetNames::default();
    names.take(summary::NAME);
    let sheets: Vec<String> =
        forms.iter().map(|form| names.take(form.project_name.as_deref().unwrap_or_default())).collect();
    let mut workbook = Workbook::new();
    if forms.len() > 1 {
        summary::write(workbook.add_worksheet(), forms, &sheets)?;
        marks::mark_summary(&mut workbook, summary::NAME)?;
    }
    let mut diagnostics = Vec::new();
    for (index, (form, name)) in forms.iter().zip(&sheets).enumerate() {
        let (plan, lost) = planner::plan(form, layout);
        let formulas = if options.formulas { formulas::of(&plan, form) } else { draw::Formulas::default() };
        draw::draw(workbook.add_worksheet(), name, &plan, layout, &Drawing { formulas, ..Drawing::default() })?;
        if form.family != layout.family {
            marks::mark_family(&mut workbook, index, name, form.family)?;
        }
        diagnostics.extend(lost.into_iter().map(|diagnostic| (index, diagnostic)));
    }
    Ok(Written { bytes: workbook.save_to_buffer()?, diagnostics })
}
