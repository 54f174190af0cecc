//! G601.

use super::audit::{Audit, Report, Violation};
use super::location::Location;
use crate::vocab::{Label, Scope, official};

struct GoalMissing {
    field: &'static str,
    label: &'static str,
}

impl Violation for GoalMissing {
    fn location(&self) -> Location {
        Location::goals(self.field)
    }

    fn message(&self) -> String {
        format!("年度总体目标的「{}」未填写", self.label)
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let goals = &audit.form.goals;
    for (text, field, label) in
        [(&goals.expected, "expected", Label::Expected), (&goals.actual, "actual", Label::Actual)]
    {
        if text.is_none() {
            report.push(&GoalMissing { field, label: official(Scope::Goal, label).unwrap_or(field) });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn each_missing_text_is_found() {
        let mut form = valid_form();
        form.goals.actual = None;
        assert_eq!(places("G601", &form), [place(None, "actual")]);
        form.goals.expected = None;
        assert_eq!(places("G601", &form), [place(None, "expected"), place(None, "actual")]);
        assert_eq!(found("G601", &form)[0].message, "年度总体目标的「预期目标」未填写");
    }

    #[test]
    fn a_short_text_is_a_text() {
        let mut form = valid_form();
        form.goals.actual = Some("无".to_owned());
        assert!(found("G601", &form).is_empty());
    }
}
