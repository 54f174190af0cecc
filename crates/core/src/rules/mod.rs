//! The audit rules: one file each, one table of codes, one page of documentation each.
//!
//! A rule is a function that looks at a form under a profile and pushes a `Violation` for every
//! place it finds fault with. It finds nothing where its inputs are missing or undefined; it never guesses. A new rule is
//! a file here, a page in `pages/` and a row in the table of `codes.rs`.

mod audit;
mod codes;
mod cross;
mod evidence;
mod finding;
mod hypotheses;
mod location;
mod selection;

mod deduction_unexplained;
mod duplicate_indicator;
mod executed_over_budget;
mod execution_rate_mismatch;
mod execution_rate_rounding;
mod execution_score_mismatch;
mod full_marks_unattained;
mod fund_sources_sum;
mod goal_copied;
mod goal_missing;
mod grade_mismatch;
mod incomplete_indicator;
mod large_budget_adjustment;
mod level1_missing;
mod level1_weight_nonstandard;
mod low_execution_rate;
mod missing_header;
mod negative_amount;
mod overshoot_unexplained;
mod points;
mod qualitative_copied;
mod score_above_proportion;
mod score_below_proportion;
mod score_out_of_range;
mod scores_sum;
mod shortfall_unexplained;
mod unit_conflict;
mod weights_sum;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
pub(crate) mod testing;

pub use codes::{RULES, RuleInfo, Status, find_rule};
pub use cross::{Across, CrossFinding, CrossFindings, Elsewhere, PreviousForms};
pub use finding::{Explanation, Finding, Related};
pub use hypotheses::{Hypothesis, HypothesisKind};
pub use location::{Location, Section};
pub use selection::Selection;

pub(crate) use audit::{shown_sum, sum_in_words};

use audit::{Audit, Report};
use codes::Check;
use points::Points;

use crate::Form;
use crate::profile::Profile;

/// Audits a form: every finding of the rules that the profile switches on, ordered by section, row and code.
#[must_use]
pub fn check(form: &Form, profile: &Profile) -> Vec<Finding> {
    let weights = Points::weights(form);
    let audit = Audit { form, profile, weights: &weights };
    let mut drafts = Vec::new();
    for rule in RULES.iter().filter(|rule| profile.selection.allows(rule.code)) {
        if let Check::Form(check) = rule.check {
            check(audit, &mut Report::new(rule, profile, &mut drafts));
        }
    }
    let mut findings = evidence::linked(drafts);
    findings.sort_by_key(|finding| (finding.location.section, finding.location.row, finding.code));
    findings
}
