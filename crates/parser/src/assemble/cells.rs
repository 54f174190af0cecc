//! The form in the making: reads one cell after the other and keeps what has to be said about each.

use jixiao_core::fold::is_blank;
use jixiao_core::{Diagnostic, FieldPath, Form, Place, Provenance};

use crate::codes::Code;
use crate::raw::RawCell;

/// The form, its places and the remarks so far.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) form: Form,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) provenance: Provenance,
}

impl Cells {
    /// The value of a cell, `None` for a blank one. A cell that `parse` refuses is quoted in a diagnostic that says
    /// what its `column` is.
    pub(super) fn read<T>(
        &mut self,
        cell: Option<&RawCell>,
        path: FieldPath,
        column: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = cell?;
        self.locate(cell, path);
        if is_blank(&cell.text) {
            return None;
        }
        let value = parse(&cell.text);
        if value.is_none() {
            let message = format!("「{}」不能读作{column}，该栏留空，请核对原表。", cell.text.trim());
            self.remark(Code::UnreadableCell, message, path, cell.places.first());
        }
        value
    }

    /// The text of a cell as printed, `None` for a blank one.
    pub(super) fn text(&mut self, cell: Option<&RawCell>, path: FieldPath) -> Option<String> {
        self.read(cell, path, "", |text| Some(text.trim().to_owned()))
    }

    /// Keeps where `cell` stands and what the reader doubted about it.
    pub(super) fn locate(&mut self, cell: &RawCell, path: FieldPath) {
        if !cell.places.is_empty() {
            self.provenance.insert(path, cell.places.clone());
        }
        if let Some(doubt) = &cell.doubt {
            let message = match cell.text.trim() {
                "" => format!("这一格读作空白，读法不唯一：{doubt}"),
                text => format!("「{text}」的读法不唯一：{doubt}"),
            };
            self.remark(Code::UncertainCell, message, path, cell.places.first());
        }
    }

    /// Adds a diagnostic about `path`.
    pub(super) fn remark(&mut self, code: Code, message: String, path: FieldPath, place: Option<&Place>) {
        self.diagnostics.push(code.diagnostic(message, Some(path), place.cloned()));
    }

    /// The first place of a field.
    pub(super) fn place(&self, path: FieldPath) -> Option<Place> {
        self.provenance.get(&path).and_then(|places| places.first()).cloned()
    }
}
