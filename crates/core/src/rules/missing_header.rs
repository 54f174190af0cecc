//! H001.

use super::audit::{Audit, Report, Violation};
use super::location::Location;
use crate::vocab::{Label, Scope, official};

struct MissingHeader {
    field: &'static str,
    label: &'static str,
}

impl Violation for MissingHeader {
    fn location(&self) -> Location {
        Location::header(self.field)
    }

    fn message(&self) -> String {
        format!("「{}」未填写", self.label)
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let form = audit.form;
    for (value, field, label) in [
        (&form.project_name, "project_name", Label::ProjectName),
        (&form.department, "department", Label::Department),
        (&form.unit, "unit", Label::Unit),
    ] {
        if value.is_none() {
            report.push(&MissingHeader { field, label: official(Scope::Header, label).unwrap_or(field) });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn each_missing_field_is_found() {
        let mut form = valid_form();
        form.unit = None;
        assert_eq!(places("H001", &form), [place(None, "unit")]);
        form.project_name = None;
        form.department = None;
        assert_eq!(
            places("H001", &form),
            [place(None, "project_name"), place(None, "department"), place(None, "unit")]
        );
        assert_eq!(found("H001", &form)[0].message, "「项目名称」未填写");
    }

    #[test]
    fn a_field_of_one_character_is_filled() {
        let mut form = valid_form();
        form.unit = Some("所".to_owned());
        assert!(found("H001", &form).is_empty());
    }
}
