//! G602.

use super::audit::{Audit, Report, Violation};
use super::location::Location;
use crate::fold::without_space;

struct GoalCopied;

impl Violation for GoalCopied {
    fn location(&self) -> Location {
        Location::goals("actual")
    }

    fn message(&self) -> String {
        "年度总体目标的「实际完成情况」与「预期目标」一字不差，没有说明实际完成情况".to_owned()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let goals = &audit.form.goals;
    if let (Some(expected), Some(actual)) = (&goals.expected, &goals.actual)
        && without_space(expected) == without_space(actual)
    {
        report.push(&GoalCopied);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn a_copied_goal_is_found_white_space_aside() {
        let mut form = valid_form();
        form.goals.actual = Some("修缮步道 十公里。\n".to_owned());
        assert_eq!(places("G602", &form), [place(None, "actual")]);
    }

    #[test]
    fn one_character_makes_a_difference() {
        let mut form = valid_form();
        form.goals.actual = Some("修缮步道九公里。".to_owned());
        assert!(found("G602", &form).is_empty());
    }

    #[test]
    fn without_texts_nothing_is_found() {
        let mut form = valid_form();
        (form.goals.expected, form.goals.actual) = (None, None);
        assert!(found("G602", &form).is_empty());
    }
}
