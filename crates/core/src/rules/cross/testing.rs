//! Forms side by side, for the tests of the rules between forms.

use super::{Across, CrossFinding, PreviousForms};
use crate::profile::Profile;
use crate::rules::testing::valid_form;
use crate::{Form, FormRecord, Goals};

/// `form` as read from `path`.
pub(in crate::rules) fn record(path: &str, form: Form) -> FormRecord {
    FormRecord { path: path.to_owned(), ..FormRecord::from(form) }
}

/// The form without a fault, of another project.
pub(in crate::rules) fn renamed(project: &str) -> Form {
    Form { project_name: Some(project.to_owned()), ..valid_form() }
}

/// The form without a fault, of another project and with other goals.
pub(in crate::rules) fn with_goals(project: &str, expected: Option<&str>, actual: Option<&str>) -> Form {
    let goals = Goals { expected: expected.map(str::to_owned), actual: actual.map(str::to_owned) };
    Form { goals, ..renamed(project) }
}

/// Every finding between `records`.
pub(in crate::rules) fn across(records: &[FormRecord]) -> Vec<CrossFinding> {
    against(&[], records)
}

/// The findings of one rule between `records`.
pub(in crate::rules) fn found(code: &str, records: &[FormRecord]) -> Vec<CrossFinding> {
    let mut found = across(records);
    found.retain(|found| found.finding.code == code);
    found
}

/// The findings of one rule about `now` beside `before`, the form of the year before.
pub(in crate::rules) fn since(code: &str, before: Form, now: Form) -> Vec<CrossFinding> {
    let mut found = against(&[record("去年.txt", before)], &[record("今年.txt", now)]);
    found.retain(|found| found.finding.code == code);
    found
}

/// The form without a fault of the year before.
pub(in crate::rules) fn last_year() -> Form {
    Form { year: Some(2022), ..valid_form() }
}

/// Every finding between `records`, and about them beside `before`, the forms of the year before.
pub(in crate::rules) fn against(before: &[FormRecord], records: &[FormRecord]) -> Vec<CrossFinding> {
    let profile = Profile::default();
    let mut previous = PreviousForms::default();
    before.iter().for_each(|record| previous.add(record.clone()));
    let mut across = Across::new(&profile, &previous);
    records.iter().for_each(|record| across.add(record));
    across.finish().iter().cloned().collect()
}

impl CrossFinding {
    /// Row and field, as the tests of the other rules give them.
    pub(in crate::rules) fn place(&self) -> (Option<usize>, String) {
        (self.finding.location.row, self.finding.location.field.clone().unwrap_or_default())
    }
}
