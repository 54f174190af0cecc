//! Forms on their way into one workbook: few are written at once, many as they come, so that memory does not grow with
//! their number.

use std::fs::File;
use std::io::Seek;
use std::path::Path;

use jixiao_core::{Diagnostic, Form, FormRecord, Severity};
use jixiao_exporter::Series;

use crate::book::{Book, unwritten};
use crate::console::Console;
use crate::messages::{Problem, show, unwritable};
use crate::output::{write_file, write_from};

/// Forms of new workbooks held in memory at a time.
const PART: usize = 200;

/// Takes forms for the workbook at `path`.
pub(crate) struct Binder<'b> {
    book: &'b Book,
    path: &'b Path,
    /// The forms that are not written yet.
    waiting: Vec<Form>,
    /// Those that are, in a file without a name.
    series: Option<Series<File>>,
    /// How many those are.
    written: usize,
}

impl<'b> Binder<'b> {
    /// Without any form yet.
    pub(crate) const fn new(book: &'b Book, path: &'b Path) -> Self {
        Self { book, path, waiting: Vec::new(), series: None, written: 0 }
    }

    /// Takes the forms of one input; says what of earlier ones did not go in.
    pub(crate) fn add(&mut self, records: Vec<FormRecord>, console: &Console) -> Result<(), Problem> {
        self.waiting.extend(records.into_iter().map(|record| record.form));
        if self.waiting.len() <= PART {
            return Ok(());
        }
        if self.series.is_none() {
            self.series = self.book.series()?;
        }
        self.write_waiting(console)
    }

    /// Adds the forms that wait to the series, if there is one.
    fn write_waiting(&mut self, console: &Console) -> Result<(), Problem> {
        let Some(series) = &mut self.series else { return Ok(()) };
        for forms in self.waiting.chunks(PART) {
            let remarks = self.book.add_to(series, self.path, forms)?;
            let remarks = remarks.iter().map(|(index, remark)| (index.saturating_sub(self.written), remark));
            tell(forms, remarks, console);
            self.written += forms.len();
        }
        self.waiting.clear();
        Ok(())
    }

    /// Makes the workbook, unless there is no form at all.
    pub(crate) fn finish(mut self, force: bool, console: &Console) -> Result<(), Problem> {
        self.write_waiting(console)?;
        if let Some(series) = self.series {
            let mut file = series.finish().map_err(|error| unwritten(self.path, &error))?;
            file.rewind().map_err(|error| unwritable(self.path, &error))?;
            write_from(self.path, &mut file, force)?;
        } else if !self.waiting.is_empty() {
            let written = self.book.write(self.path, &self.waiting)?;
            tell(&self.waiting, written.diagnostics.iter().map(|(index, remark)| (*index, remark)), console);
            write_file(self.path, &written.bytes, force)?;
        } else {
            return Ok(());
        }
        let forms = self.written + self.waiting.len();
        console.note(format!("已写入「{}」：{forms} 张表", show(self.path)));
        Ok(())
    }
}

/// Says what of `forms` did not go into the workbook.
fn tell<'r>(forms: &[Form], remarks: impl Iterator<Item = (usize, &'r Diagnostic)>, console: &Console) {
    for (index, remark) in remarks {
        let name = forms.get(index).and_then(|form| form.project_name.as_deref()).unwrap_or("（没有项目名称）");
        let place = remark.span.as_ref().map(|place| format!("{place}：")).unwrap_or_default();
        let message = format!("「{name}」：{place}{}", remark.message);
        match remark.severity {
            Severity::Info => console.note(message),
            Severity::Warning | Severity::Error => console.warn(&Problem::new(message)),
        }
    }
}
