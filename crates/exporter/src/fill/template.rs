//! A template opened: its sheets as they lie, and the forms on them.

use std::collections::HashMap;

use jixiao_core::FormRecord;
use jixiao_parser::grid::frame::Frame;
use jixiao_parser::grid::read_with_frames;

use crate::error::ExportError;
use crate::marks::Marks;
use crate::read::open_template;
use crate::read::sheet::{Merged, Position, Sheet};
use crate::read::styles::Styles;

/// A template.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) sheets: Vec<TemplateSheet>,
    /// The part that lists the sheets.
    pub(super) main: String,
    pub(super) style_part: Option<String>,
    pub(super) styles: Styles,
}

/// A sheet of a template.
#[derive(Debug)]
pub(super) struct TemplateSheet {
    pub(super) name: String,
    pub(super) part: String,
    pub(super) computes: bool,
    pub(super) merged: Vec<Merged>,
    /// The displayed text of every cell that has one.
    pub(super) texts: HashMap<Position, String>,
    pub(super) forms: Vec<(FormRecord, Frame)>,
}

/// A form of a template, by the numbers of its sheet and of the form on it.
pub(super) type FormPlace = (usize, usize);

impl Template {
    /// Opens the template `bytes`.
    ///
    /// # Errors
    ///
    /// It is no workbook that can be edited, or damaged.
    pub(super) fn open(bytes: &[u8]) -> Result<Self, ExportError> {
        let book = open_template(bytes)?;
        let marks = Marks::among(&book.names);
        let sheets = book.sheets.into_iter().map(|sheet| TemplateSheet::of(sheet, &marks)).collect();
        Ok(Self { sheets, main: book.main, style_part: book.style_part, styles: book.styles })
    }

    /// The forms, sheet by sheet.
    pub(super) fn places(&self) -> Vec<FormPlace> {
        let sheets = self.sheets.iter().enumerate();
        sheets.flat_map(|(number, sheet)| (0..sheet.forms.len()).map(move |form| (number, form))).collect()
    }

    /// The form at `place`.
    pub(super) fn form(&self, place: FormPlace) -> Option<&(FormRecord, Frame)> {
        self.sheets.get(place.0)?.forms.get(place.1)
    }

    /// True where any cell computes its value.
    pub(super) fn computes(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.computes)
    }
}

impl TemplateSheet {
    fn of(sheet: Sheet, marks: &Marks) -> Self {
        let (name, part, computes, merged) =
            (sheet.name.clone(), sheet.part.clone(), sheet.computes, sheet.merged.clone());
        let (grid, _) = sheet.into_grid();
        let (parsed, frames) = if marks.is_summary(&name) { Default::default() } else { read_with_frames(&grid) };
        let forms = parsed.records.into_iter().zip(frames).collect();
        let texts = grid.cells.into_iter().map(|cell| ((cell.row, cell.column), cell.text)).collect();
        Self { name, part, computes, merged, texts, forms }
    }
}
