//! A sheet of the template while it is filled.

use jixiao_core::{Diagnostic, Form, Place, Severity};

use super::allocate::{Home, allocate};
use super::cell::CellValue;
use super::form::{self, Blank};
use super::growth;
use super::heights;
use super::layout::{CellIndex, SheetLayout};
use super::looks::Looks;
use super::moves::Moves;
use super::pen::Pen;
use super::rows::RowMap;
use super::sheet::{self, SheetPlan};
use super::styles::NewStyles;
use super::template::TemplateSheet;
use super::widths;
use crate::error::ExportError;
use crate::read::address::range_name;
use crate::read::sheet::Position;
use crate::read::styles::Styles;
use crate::stored::MAX_TEXT;
use crate::write::MAX_ROW_HEIGHT;
use jixiao_package::Package;

/// A form to fill, the form of the sheet that it goes to, and the rows of its indicators.
#[derive(Debug)]
struct Job {
    form: usize,
    blank: usize,
    homes: Vec<Option<Home>>,
}

/// A sheet, its text, and what is to become of it.
#[derive(Debug)]
pub(super) struct OpenSheet<'t> {
    sheet: &'t TemplateSheet,
    xml: String,
    layout: SheetLayout<'t>,
    plan: SheetPlan,
    jobs: Vec<Job>,
}

impl<'t> OpenSheet<'t> {
    /// Opens the sheet and gives every indicator of the forms `own` (number of the form, number on the sheet) a row.
    pub(super) fn open(
        sheet: &'t TemplateSheet,
        own: &[(usize, usize)],
        forms: &[Form],
        package: &mut Package<'_>,
    ) -> Result<Self, ExportError> {
        let missing = || ExportError::TemplateDamaged(format!("缺少工作表「{}」的内容", sheet.name));
        let xml = package.text(&sheet.part)?.ok_or_else(missing)?;
        let layout = SheetLayout { cells: CellIndex::of(&xml)?, merged: &sheet.merged, texts: &sheet.texts };
        let mut plan = SheetPlan::default();
        let mut jobs = Vec::new();
        for (number, blank) in own {
            let (Some(form), Some((_, frame))) = (forms.get(*number), sheet.forms.get(*blank)) else { continue };
            let homes = allocate(&form.indicators, &frame.tables, &layout);
            growth::rows_of(&homes, &mut plan.rows);
            jobs.push(Job { form: *number, blank: *blank, homes });
        }
        Ok(Self { sheet, xml, layout, plan, jobs })
    }

    /// The sheet's name and the rows that it gets.
    pub(super) fn rows(&self) -> (String, RowMap) {
        (self.sheet.name.clone(), self.plan.rows.clone())
    }

    /// The sheet's name.
    pub(super) fn name(&self) -> &str {
        &self.sheet.name
    }

    /// The part that holds the sheet.
    pub(super) fn part(&self) -> &str {
        &self.sheet.part
    }

    /// Fills the forms in; returns what is to be said, with the number of the form.
    pub(super) fn fill(
        &mut self,
        forms: &[Form],
        (styles, looks): (&Styles, &Looks),
        new_styles: &mut NewStyles,
    ) -> Result<Vec<(usize, Diagnostic)>, ExportError> {
        let mut said = Vec::new();
        for job in &self.jobs {
            let (Some(form), Some((record, frame))) = (forms.get(job.form), self.sheet.forms.get(job.blank)) else {
                continue;
            };
            for (number, table) in frame.tables.iter().enumerate() {
                growth::grow(number, table, &job.homes, &form.indicators, &self.layout, &mut self.plan);
            }
            let mut pen = Pen::new(&self.sheet.name, &self.layout, (styles, &mut *new_styles), &mut self.plan);
            form::fill(form, &Blank { form: &record.form, frame }, &job.homes, &mut pen);
            said.extend(pen.finish().into_iter().map(|diagnostic| (job.form, diagnostic)));
        }
        self.check_lengths()?;
        let cut = heights::fit(&self.layout, &mut self.plan, looks, new_styles);
        let first = self.jobs.first().map_or(0, |job| job.form);
        said.extend(cut.into_iter().map(|place| (first, self.too_high(place))));
        let narrow = widths::too_narrow(&self.layout, &self.plan, (styles, new_styles), looks);
        said.extend(narrow.into_iter().map(|(place, shown)| (first, self.too_narrow(place, &shown))));
        Ok(said)
    }

    fn too_narrow(&self, place: Position, shown: &str) -> Diagnostic {
        let range = range_name(place, place);
        let message =
            format!("这一格的列宽放不下「{shown}」，打开后会显示为 ####；数值已填入，请加宽该列或缩小字号后再打印");
        self.warning("number-cut-off", message, range)
    }

    fn warning(&self, code: &str, message: String, range: String) -> Diagnostic {
        Diagnostic {
            code: code.to_owned(),
            severity: Severity::Warning,
            message,
            field: None,
            span: Some(Place::Sheet { sheet: self.sheet.name.clone(), range }),
        }
    }

    fn too_high(&self, place: Position) -> Diagnostic {
        let range = range_name(place, place);
        let message = format!(
            "这一格的文字太长，一行最高 {MAX_ROW_HEIGHT} 磅也显示不全；内容已全部填入，请加宽该列或缩小字号后再打印"
        );
        self.warning("text-cut-off", message, range)
    }

    fn check_lengths(&self) -> Result<(), ExportError> {
        for (place, edit) in &self.plan.edits {
            let CellValue::Text(text) = &edit.value else { continue };
            let length = text.encode_utf16().count();
            if length > MAX_TEXT {
                let (sheet, range) = (self.sheet.name.clone(), range_name(*place, *place));
                return Err(ExportError::TextTooLong { sheet, range, length, start: text.chars().take(12).collect() });
            }
        }
        Ok(())
    }

    /// The text of the filled sheet.
    pub(super) fn rewrite(&self, moves: &Moves) -> Result<String, ExportError> {
        sheet::rewrite(&self.xml, &self.sheet.name, &self.plan, moves)
    }
}
