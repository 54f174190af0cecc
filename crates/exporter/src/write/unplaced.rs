//! What a form holds and its layout has no place for.

use jixiao_core::report::field_words;
use jixiao_core::{Diagnostic, FieldPath, Form, Severity};

use super::blocks::names;
use super::plan::Plan;
use crate::layout::Layout;

/// One remark for every field of `form` that `plan` does not print.
pub(super) fn report(form: &Form, layout: &Layout, plan: &Plan) -> Vec<Diagnostic> {
    let year = form.year.filter(|year| !is_year_printed(form, layout, *year)).map(|year| year.to_string());
    let grade = form.grade.filter(|_| plan.area_of(FieldPath::Grade).is_none()).map(|grade| grade.label().to_owned());
    let lost = [(FieldPath::Year, "no-place-for-year", year), (FieldPath::Grade, "no-place-for-grade", grade)];
    let remarks = lost.into_iter().filter_map(|(field, code, value)| Some((field, code, value?)));
    remarks.map(|(field, code, value)| remark(field, code, &value, layout)).collect()
}

fn is_year_printed(form: &Form, layout: &Layout, year: i32) -> bool {
    let title = form.title.as_deref().filter(|title| !title.is_empty());
    let in_title = title.is_some_and(|title| names(title, year));
    in_title || layout.has_year_row() || layout.prints_year() && title.is_some()
}

fn remark(field: FieldPath, code: &str, value: &str, layout: &Layout) -> Diagnostic {
    Diagnostic {
        code: code.to_owned(),
        severity: Severity::Warning,
        message: format!("表式 {} 没有「{}」一栏，「{value}」没有写入工作簿", layout.name, field_words(field)),
        field: Some(field),
        span: None,
    }
}
