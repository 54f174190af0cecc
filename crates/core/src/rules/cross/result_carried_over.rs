//! X403.

use super::{CrossReport, Pair, identity};
use crate::IndicatorField;
use crate::rules::Location;
use crate::rules::audit::{Violation, named};

struct ResultCarriedOver {
    subject: String,
    location: Location,
}

impl Violation for ResultCarriedOver {
    fn location(&self) -> Location {
        self.location.clone()
    }

    fn message(&self) -> String {
        format!("{}与上年自评表一字不差，请核实是否为本年度的实际情况", self.subject)
    }
}

pub(in crate::rules) fn check(pair: &Pair<'_>, report: &mut CrossReport<'_>) {
    let least = report.profile().copied_text_length;
    let is_copied = |now: &Option<String>, before: &Option<String>| {
        let now = identity::text(now.as_deref(), least);
        now.is_some() && now == identity::text(before.as_deref(), least)
    };
    if is_copied(&pair.now().goals.actual, &pair.before().goals.actual) {
        let location = Location::goals("actual");
        let subject = "年度总体目标的「实际完成情况」".to_owned();
        pair.report(report, &ResultCarriedOver { subject, location: location.clone() }, location);
    }
    for same in pair.indicators().filter(|same| is_copied(&same.now.deviation, &same.before.deviation)) {
        let location = Location::indicator(same.row, IndicatorField::Deviation);
        let subject = format!("{}的偏差原因分析及改进措施", named(same.now));
        let before = Location::indicator(same.row_before, IndicatorField::Deviation);
        pair.report(report, &ResultCarriedOver { subject, location }, before);
    }
}

#[cfg(test)]
mod tests {
    use crate::Form;
    use crate::rules::cross::testing::{last_year, since};
    use crate::rules::testing::{place, valid_form};

    const LONG: &str = "汛期提前，部分路段推迟施工，已与施工方约定次年补足。";

    fn told(mut form: Form, actual: &str, deviation: &str) -> Form {
        form.goals.actual = Some(actual.to_owned());
        form.indicators[3].deviation = Some(deviation.to_owned());
        form
    }

    #[test]
    fn results_and_reasons_of_last_year_are_found() {
        let found = since("X403", told(last_year(), LONG, LONG), told(valid_form(), LONG, LONG));
        let places: Vec<_> = found.iter().map(|found| found.place()).collect();
        assert_eq!(places, [place(None, "actual"), place(3, "deviation")]);
        assert_eq!(
            found[1].finding.message,
            "指标「游客增长率」的偏差原因分析及改进措施与上年自评表一字不差，请核实是否为本年度的实际情况"
        );
    }

    #[test]
    fn a_changed_or_short_text_is_no_copy() {
        let other = LONG.replace("汛期", "雨季");
        assert!(since("X403", told(last_year(), LONG, LONG), told(valid_form(), &other, &other)).is_empty());
        assert!(since("X403", told(last_year(), "已完成", "无"), told(valid_form(), "已完成", "无")).is_empty());
    }

    #[test]
    fn without_texts_nothing_is_found() {
        let mut now = valid_form();
        now.goals.actual = None;
        now.indicators[3].deviation = None;
        assert!(since("X403", told(last_year(), LONG, LONG), now).is_empty());
    }
}
