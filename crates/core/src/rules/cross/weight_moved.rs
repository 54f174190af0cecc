//! X405.

use super::{CrossReport, Pair};
use crate::rules::Location;
use crate::rules::audit::{Violation, named};
use crate::scoring;
use crate::{Decimal, FundField, IndicatorField};

struct WeightMoved {
    subject: String,
    location: Location,
    now: Decimal,
    before: Decimal,
}

impl Violation for WeightMoved {
    fn location(&self) -> Location {
        self.location.clone()
    }

    fn message(&self) -> String {
        let change = if self.now > self.before { "调高" } else { "调低" };
        format!("{}的分值由上年的 {} {change}为 {}", self.subject, self.before, self.now)
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.now)
    }
}

pub(in crate::rules) fn check(pair: &Pair<'_>, report: &mut CrossReport<'_>) {
    let totals = (scoring::total_row(pair.now()), scoring::total_row(pair.before()));
    if let (Some((row, now)), Some((row_before, before))) = totals
        && let Some((now, before)) = moved(now.weight, before.weight)
    {
        let location = Location::fund(row, FundField::Weight);
        let violation = WeightMoved { subject: "预算执行率".to_owned(), location, now, before };
        pair.report(report, &violation, Location::fund(row_before, FundField::Weight));
    }
    for same in pair.indicators() {
        let Some((now, before)) = moved(same.now.weight, same.before.weight) else { continue };
        let location = Location::indicator(same.row, IndicatorField::Weight);
        let violation = WeightMoved { subject: named(same.now), location, now, before };
        pair.report(report, &violation, Location::indicator(same.row_before, IndicatorField::Weight));
    }
}

fn moved(now: Option<Decimal>, before: Option<Decimal>) -> Option<(Decimal, Decimal)> {
    now.zip(before).filter(|(now, before)| now != before)
}

#[cfg(test)]
mod tests {
    use crate::rules::cross::testing::{last_year, since};
    use crate::rules::testing::{dec, place, valid_form};

    #[test]
    fn points_that_moved_between_indicators_are_found() {
        let mut now = valid_form();
        now.indicators[0].weight = dec("25");
        now.indicators[1].weight = dec("15");
        let found = since("X405", last_year(), now);
        let places: Vec<_> = found.iter().map(|found| found.place()).collect();
        assert_eq!(places, [place(0, "weight"), place(1, "weight")]);
        assert_eq!(found[0].finding.message, "指标「修缮步道长度」的分值由上年的 20 调高为 25");
    }

    #[test]
    fn the_points_of_the_execution_rate_are_compared_too() {
        let mut now = valid_form();
        now.funds.rows[0].weight = dec("20");
        assert_eq!(since("X405", last_year(), now)[0].place(), place(0, "weight"));
    }

    #[test]
    fn equal_points_and_new_indicators_are_no_move() {
        let mut now = valid_form();
        now.indicators[0].weight = dec("20.0");
        now.indicators[1].level3 = "工程合格率".to_owned();
        now.indicators[1].weight = dec("15");
        assert!(since("X405", last_year(), now).is_empty());
    }

    #[test]
    fn without_points_nothing_is_found() {
        let mut now = valid_form();
        now.indicators.iter_mut().for_each(|indicator| indicator.weight = None);
        now.funds.rows.clear();
        assert!(since("X405", last_year(), now).is_empty());
    }
}
