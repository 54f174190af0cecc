//! Where the rules between forms report to.

use super::finding::CrossFinding;
use super::places::Seat;
use crate::profile::Profile;
use crate::rules::audit::{Report, Violation};
use crate::rules::codes::RuleInfo;

/// More places than this on other forms are counted, not listed.
pub(super) const MAX_ELSEWHERE: usize = 10;

/// Collects the findings of one rule after the other.
pub(crate) struct CrossReport<'a> {
    rule: &'static RuleInfo,
    profile: &'a Profile,
    findings: &'a mut Vec<CrossFinding>,
}

impl<'a> CrossReport<'a> {
    pub(super) fn new(rule: &'static RuleInfo, profile: &'a Profile, findings: &'a mut Vec<CrossFinding>) -> Self {
        Self { rule, profile, findings }
    }

    /// The parameters of the rules.
    pub(super) const fn profile(&self) -> &'a Profile {
        self.profile
    }

    /// Reports `violation` at `seat`, which rests on the `count` other forms of which `elsewhere` names some.
    pub(super) fn push(&mut self, seat: &Seat, violation: &impl Violation, elsewhere: &[Seat], count: usize) {
        let mut drafts = Vec::new();
        Report::new(self.rule, self.profile, &mut drafts).push(violation);
        let Some(form) = seat.head.form else { return };
        self.findings.extend(drafts.into_iter().map(|draft| CrossFinding {
            finding: draft.finding,
            span: seat.span.clone(),
            elsewhere: elsewhere.iter().take(MAX_ELSEWHERE).map(Seat::elsewhere).collect(),
            elsewhere_count: count,
            form,
            path: seat.head.path.clone(),
            index: seat.head.index,
            project_name: seat.head.project_name.clone(),
        }));
    }
}
