//! The rules between forms: codes `X…`.
//!
//! A rule looks either *among* all the forms of a run or at a form and its *previous* one, the same project's of the
//! year before. Pairs are found by index: every rule keeps folded keys in hash maps, so the work grows with the number
//! of forms, not with its square, and a text that thousands of forms share is one finding. The order of the forms
//! decides everything else, so the result does not depend on threads.

mod figures;
mod finding;
mod identity;
mod lowering;
mod places;
mod previous;
mod report;
mod shared_text;

pub(super) mod goal_carried_over;
pub(super) mod result_carried_over;
pub(super) mod same_project_differs;
pub(super) mod shared_deviation;
pub(super) mod shared_goal;
pub(super) mod target_below_last_actual;
pub(super) mod target_lowered;
pub(super) mod unit_target_differs;
pub(super) mod weight_moved;

#[cfg(test)]
pub(super) mod testing;

use std::collections::BTreeMap;

pub use finding::{CrossFinding, Elsewhere};
pub use previous::PreviousForms;

pub(super) use places::{FormHead, Seat};
pub(super) use previous::Pair;
pub(super) use report::CrossReport;

use super::codes::{Check, RULES, RuleInfo};
use crate::FormRecord;
use crate::profile::Profile;

/// A rule that looks among all forms: it is shown one after the other and speaks at the end.
pub(super) trait Among: Send {
    /// Takes note of a form.
    fn add(&mut self, record: &FormRecord, head: &FormHead, profile: &Profile);

    /// Reports what the forms are to each other.
    fn finish(self: Box<Self>, report: &mut CrossReport<'_>);
}

/// The comparison of the forms of one run.
pub struct Across<'a> {
    profile: &'a Profile,
    previous: &'a PreviousForms,
    among: Vec<(&'static RuleInfo, Box<dyn Among>)>,
    forms: usize,
    findings: Vec<CrossFinding>,
}

impl<'a> Across<'a> {
    /// Begins with no form, under the rules that `profile` switches on and beside the forms of the year before.
    #[must_use]
    pub fn new(profile: &'a Profile, previous: &'a PreviousForms) -> Self {
        let among = enabled(profile).filter_map(|rule| match rule.check {
            Check::Among(begin) => Some((rule, begin())),
            Check::Form(_) | Check::Previous(_) => None,
        });
        Self { profile, previous, among: among.collect(), forms: 0, findings: Vec::new() }
    }

    /// True where `profile` switches on a rule between forms.
    #[must_use]
    pub fn is_enabled(profile: &Profile) -> bool {
        enabled(profile).any(|rule| rule.is_across_forms())
    }

    /// Takes note of the next form and compares it with its previous one.
    pub fn add(&mut self, record: &FormRecord) {
        let head = FormHead::new(self.forms, record);
        self.forms += 1;
        for (_, rule) in &mut self.among {
            rule.add(record, &head, self.profile);
        }
        let Some(pair) = self.previous.pair(record, &head) else { return };
        for rule in enabled(self.profile) {
            if let Check::Previous(check) = rule.check {
                check(&pair, &mut CrossReport::new(rule, self.profile, &mut self.findings));
            }
        }
    }

    /// The findings by the number of the form they belong to, forms counted from 0 in the order they were added.
    #[must_use]
    pub fn finish(mut self) -> CrossFindings {
        for (rule, among) in self.among {
            among.finish(&mut CrossReport::new(rule, self.profile, &mut self.findings));
        }
        self.findings.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        let mut by_form: BTreeMap<usize, Vec<CrossFinding>> = BTreeMap::new();
        for finding in self.findings {
            by_form.entry(finding.form).or_default().push(finding);
        }
        CrossFindings(by_form)
    }
}

/// The findings between forms, by the form they belong to.
#[derive(Debug, Default)]
pub struct CrossFindings(BTreeMap<usize, Vec<CrossFinding>>);

impl CrossFindings {
    /// The findings of a form, in the order of the form.
    #[must_use]
    pub fn of(&self, form: usize) -> &[CrossFinding] {
        self.0.get(&form).map_or(&[], Vec::as_slice)
    }

    /// Every finding, in the order of the forms.
    pub fn iter(&self) -> impl Iterator<Item = &CrossFinding> {
        self.0.values().flatten()
    }
}

fn enabled(profile: &Profile) -> impl Iterator<Item = &'static RuleInfo> {
    RULES.iter().filter(|rule| profile.selection.allows(rule.code))
}

fn sort_key(found: &CrossFinding) -> (usize, super::Section, Option<usize>, &'static str) {
    (found.form, found.finding.location.section, found.finding.location.row, found.finding.code)
}

#[cfg(test)]
mod tests {
    use super::testing::{across, record, with_goals};
    use super::*;
    use crate::rules::Selection;
    use crate::rules::testing::valid_form;

    const LONG: &str = "全年完成步道修缮并建立日常巡护制度，保障市民通行安全。";

    fn forms() -> [FormRecord; 2] {
        [("甲.txt", "湿地步道修缮"), ("乙.txt", "盐池护岸加固")]
            .map(|(path, project)| record(path, with_goals(project, Some(LONG), None)))
    }

    #[test]
    fn one_form_alone_has_nothing_to_be_compared_with() {
        assert!(across(&[record("甲.txt", valid_form())]).is_empty());
    }

    #[test]
    fn findings_belong_to_the_later_form_and_name_the_earlier() {
        let found = across(&forms());
        assert!(!found.is_empty());
        assert!(found.iter().all(|found| found.form == 1 && found.elsewhere[0].path == "甲.txt"));
    }

    #[test]
    fn rules_that_are_off_find_nothing() {
        let selection = Selection { ignore: vec!["X".to_owned()], ..Selection::default() };
        let profile = Profile { selection, ..Profile::default() };
        let none = PreviousForms::default();
        let mut across = Across::new(&profile, &none);
        forms().iter().for_each(|record| across.add(record));
        assert_eq!(across.finish().iter().count(), 0);
        assert!(!Across::is_enabled(&profile) && Across::is_enabled(&Profile::default()));
    }
}
