//! A form beside the form of the same project of the year before.

use std::collections::{BTreeMap, HashMap};

use super::identity::{IndicatorKey, ProjectOfUnit};
use super::places::{FormHead, Seat};
use super::report::CrossReport;
use crate::rules::Location;
use crate::rules::audit::Violation;
use crate::{Form, FormRecord, Indicator};

/// The forms of earlier years, by their project.
#[derive(Default)]
pub struct PreviousForms {
    by_project: HashMap<ProjectOfUnit, Vec<FormRecord>>,
    forms: usize,
}

impl PreviousForms {
    /// Takes a form of an earlier year. One that names no project or no unit cannot be found again.
    pub fn add(&mut self, record: FormRecord) {
        self.forms += 1;
        if let Some(project) = ProjectOfUnit::of(&record.form) {
            // Nobody asks what the reader remarked about it.
            self.by_project.entry(project).or_default().push(FormRecord { diagnostics: Vec::new(), ..record });
        }
    }

    /// How many forms were taken.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.forms
    }

    /// True where no form was taken.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.forms == 0
    }

    /// True where the form of the same project of the year before is known.
    #[must_use]
    pub fn has(&self, form: &Form) -> bool {
        self.of(form).is_some()
    }

    pub(super) fn pair<'a>(&'a self, record: &'a FormRecord, head: &FormHead) -> Option<Pair<'a>> {
        let before = self.of(&record.form)?;
        Some(Pair { now: record, before, head: head.clone(), before_head: FormHead::previous(before) })
    }

    /// The same project's form of the year before; of forms without a year the first one, for then the user's word
    /// that it is the year before must do.
    fn of(&self, form: &Form) -> Option<&FormRecord> {
        let candidates = self.by_project.get(&ProjectOfUnit::of(form)?)?;
        let Some(year) = form.year else {
            return candidates.iter().rev().max_by_key(|record| record.form.year);
        };
        let of_year = |wanted: Option<i32>| candidates.iter().find(|record| record.form.year == wanted);
        of_year(year.checked_sub(1)).or_else(|| of_year(None))
    }
}

/// A form and the form of the same project of the year before.
pub(in crate::rules) struct Pair<'a> {
    now: &'a FormRecord,
    before: &'a FormRecord,
    head: FormHead,
    before_head: FormHead,
}

/// A row of the form and the row of the same indicator of the year before.
pub(super) struct SameIndicator<'a> {
    pub(super) row: usize,
    pub(super) now: &'a Indicator,
    pub(super) row_before: usize,
    pub(super) before: &'a Indicator,
}

impl<'a> Pair<'a> {
    pub(super) const fn now(&self) -> &'a Form {
        &self.now.form
    }

    pub(super) const fn before(&self) -> &'a Form {
        &self.before.form
    }

    /// The indicators that both forms have. A name that one form has twice says not which row is meant.
    pub(super) fn indicators(&self) -> impl Iterator<Item = SameIndicator<'a>> + use<'a> {
        let before = by_key(self.before());
        let mut rows: Vec<_> = by_key(self.now()).into_iter().collect();
        rows.sort_by_key(|(_, row)| row.map(|(row, _)| row));
        rows.into_iter().filter_map(move |(key, row)| {
            let ((row, now), (row_before, before)) = (row?, *before.get(&key)?.as_ref()?);
            Some(SameIndicator { row, now, row_before, before })
        })
    }

    /// Reports `violation` beside `location_before` on the earlier form.
    pub(super) fn report(&self, report: &mut CrossReport<'_>, violation: &impl Violation, location_before: Location) {
        let seat = Seat::new(self.now, &self.head, violation.location());
        let before = Seat::new(self.before, &self.before_head, location_before);
        report.push(&seat, violation, &[before], 1);
    }
}

/// The rows by their indicator; `None` for a name of several rows.
fn by_key(form: &Form) -> BTreeMap<IndicatorKey, Option<(usize, &Indicator)>> {
    let mut rows = BTreeMap::new();
    for (row, indicator) in form.indicators.iter().enumerate() {
        if let Some(key) = IndicatorKey::of(indicator) {
            rows.entry(key).and_modify(|known| *known = None).or_insert(Some((row, indicator)));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cross::testing::record;
    use crate::rules::testing::valid_form;

    fn found(years: &[Option<i32>], year: Option<i32>) -> Option<Option<i32>> {
        let mut previous = PreviousForms::default();
        for year in years {
            previous.add(record("去年.txt", Form { year: *year, ..valid_form() }));
        }
        previous.of(&Form { year, ..valid_form() }).map(|record| record.form.year)
    }

    #[test]
    fn only_the_year_before_is_compared_with() {
        assert_eq!(found(&[Some(2020), Some(2022), Some(2023)], Some(2023)), Some(Some(2022)));
        assert_eq!(found(&[Some(2020), Some(2023), Some(2024)], Some(2023)), None);
    }

    #[test]
    fn where_a_year_is_not_printed_the_user_is_believed() {
        assert_eq!(found(&[None], Some(2023)), Some(None));
        assert_eq!(found(&[Some(2021), Some(2022)], None), Some(Some(2022)));
        assert_eq!(found(&[], None), None);
    }

    #[test]
    fn an_indicator_that_is_named_twice_is_not_compared() {
        let mut before = valid_form();
        before.indicators.push(before.indicators[0].clone());
        let (now, before) = (record("今年.txt", valid_form()), record("去年.txt", before));
        let (head, before_head) = (FormHead::new(0, &now), FormHead::previous(&before));
        let pair = Pair { now: &now, before: &before, head, before_head };
        let rows: Vec<_> = pair.indicators().map(|same| (same.row, same.row_before)).collect();
        assert_eq!(rows, [(1, 1), (2, 2), (3, 3), (4, 4)]);
    }
}
