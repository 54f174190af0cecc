//! X404.

use super::{CrossReport, Pair, identity};
use crate::rules::Location;
use crate::rules::audit::Violation;

struct GoalCarriedOver;

impl Violation for GoalCarriedOver {
    fn location(&self) -> Location {
        Location::goals("expected")
    }

    fn message(&self) -> String {
        "年度总体目标的「预期目标」与上年自评表一字不差，请核实是否为本年度批复的目标".to_owned()
    }
}

pub(in crate::rules) fn check(pair: &Pair<'_>, report: &mut CrossReport<'_>) {
    let least = report.profile().copied_text_length;
    let now = identity::text(pair.now().goals.expected.as_deref(), least);
    if now.is_some() && now == identity::text(pair.before().goals.expected.as_deref(), least) {
        pair.report(report, &GoalCarriedOver, Location::goals("expected"));
    }
}

#[cfg(test)]
mod tests {
    use crate::Form;
    use crate::rules::cross::testing::{last_year, since};
    use crate::rules::testing::{place, valid_form};

    const LONG: &str = "修缮步道十公里，完善标识和照明，方便市民安全通行。";

    fn aiming(mut form: Form, expected: Option<&str>) -> Form {
        form.goals.expected = expected.map(str::to_owned);
        form
    }

    #[test]
    fn the_goal_of_last_year_is_found() {
        let found = since("X404", aiming(last_year(), Some(LONG)), aiming(valid_form(), Some(LONG)));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place(), place(None, "expected"));
    }

    #[test]
    fn another_number_or_another_project_is_another_goal() {
        let other = LONG.replace('十', "九");
        assert!(since("X404", aiming(last_year(), Some(LONG)), aiming(valid_form(), Some(&other))).is_empty());
        let mut now = aiming(valid_form(), Some(LONG));
        now.project_name = Some("盐池护岸加固".to_owned());
        assert!(since("X404", aiming(last_year(), Some(LONG)), now).is_empty());
    }

    #[test]
    fn without_a_goal_nothing_is_found() {
        assert!(since("X404", aiming(last_year(), None), aiming(valid_form(), None)).is_empty());
    }
}
