//! Where something stands: which form, and where on it.

use super::finding::Elsewhere;
use crate::rules::Location;
use crate::{FormRecord, Place};

/// What names a form.
#[derive(Debug, Clone)]
pub(crate) struct FormHead {
    /// The number of the form among all of the run; `None` for one of the year before.
    pub(super) form: Option<usize>,
    pub(super) path: String,
    pub(super) index: usize,
    pub(super) project_name: Option<String>,
    pub(super) year: Option<i32>,
}

impl FormHead {
    pub(super) fn new(form: usize, record: &FormRecord) -> Self {
        Self { form: Some(form), ..Self::previous(record) }
    }

    pub(super) fn previous(record: &FormRecord) -> Self {
        Self {
            form: None,
            path: record.path.clone(),
            index: record.index,
            project_name: record.form.project_name.clone(),
            year: record.form.year,
        }
    }

    /// The form in a message: its file and number.
    pub(super) fn words(&self) -> String {
        format!("「{}」第{}张表", self.path, self.index + 1)
    }
}

/// A place on a form.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub(super) head: FormHead,
    pub(super) location: Location,
    pub(super) span: Option<Place>,
}

impl Seat {
    /// `location` on `record`, with the place where it is printed; of a blank field the place of the form.
    pub(super) fn new(record: &FormRecord, head: &FormHead, location: Location) -> Self {
        let path = location.field_path();
        let places = path.and_then(|path| record.provenance.get(&path));
        let span = places.and_then(|places| places.first()).or(record.span.as_ref()).cloned();
        Self { head: head.clone(), location, span }
    }

    pub(super) fn elsewhere(&self) -> Elsewhere {
        let head = &self.head;
        Elsewhere {
            path: head.path.clone(),
            index: head.index,
            project_name: head.project_name.clone(),
            year: head.year,
            location: self.location.clone(),
            span: self.span.clone(),
            previous: head.form.is_none(),
            form: head.form,
        }
    }

    /// The project in a message, else the file.
    pub(super) fn project_words(&self) -> String {
        match &self.head.project_name {
            Some(name) => format!("「{}」", shortened(name)),
            None => self.head.words(),
        }
    }
}

/// A text in a message, cut where it is long.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 24;
    let text = crate::fold::without_space(text);
    if text.chars().count() <= LONGEST { text } else { text.chars().take(LONGEST - 1).chain(['…']).collect() }
}
