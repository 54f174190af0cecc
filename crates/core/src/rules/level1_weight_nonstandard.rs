//! W202.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation, shown_sum, sum_in_words, summed};
use super::location::Location;
use crate::IndicatorField;
use crate::exact::Exact;
use crate::profile::Profile;
use crate::scoring::{Level1, POINTS_TOLERANCE, differs};

struct Level1WeightNonstandard {
    level: Level1,
    /// The weights of the level's rows that have one, with their rows.
    parts: Vec<(usize, Decimal)>,
    sum: Exact,
    prescribed: Decimal,
}

impl Violation for Level1WeightNonstandard {
    fn location(&self) -> Location {
        Location::level1(self.level.name())
    }

    fn message(&self) -> String {
        let Self { level, sum, prescribed, .. } = self;
        format!("{}的分值合计为 {}，一般为 {prescribed}", level.name(), shown_sum(sum))
    }

    fn reported(&self) -> Option<Decimal> {
        summed(&self.sum)
    }

    fn expected(&self) -> Option<Decimal> {
        Some(self.prescribed)
    }

    fn arithmetic(&self) -> Option<String> {
        Some(sum_in_words(self.parts.iter().map(|(_, weight)| *weight), &self.sum))
    }

    fn inputs(&self) -> Vec<Location> {
        self.parts.iter().map(|(row, _)| Location::indicator(*row, IndicatorField::Weight)).collect()
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    if !audit.is_weighted() {
        return;
    }
    for level in Level1::ALL {
        let rows = || audit.indicators().filter(|(_, indicator)| Level1::of(indicator) == Some(level));
        let is_present = rows().next().is_some();
        let Some(prescribed) = prescribed(audit.profile, level).filter(|_| is_present) else { continue };
        let parts: Vec<_> = rows().filter_map(|(row, indicator)| Some((row, indicator.weight?))).collect();
        let sum = Exact::sum(parts.iter().map(|(_, weight)| Some(*weight)));
        if differs(prescribed, &sum, POINTS_TOLERANCE) {
            report.push(&Level1WeightNonstandard { level, parts, sum, prescribed });
        }
    }
}

const fn prescribed(profile: &Profile, level: Level1) -> Option<Decimal> {
    match level {
        Level1::Output => profile.weights.output,
        Level1::Benefit => profile.weights.benefit,
        Level1::Satisfaction => profile.weights.satisfaction,
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::Profile;
    use crate::rules::testing::{dec, found, found_under, place, places, valid_form};

    #[test]
    fn another_split_is_found() {
        let mut form = valid_form();
        form.indicators[0].weight = dec("30");
        form.indicators[3].weight = dec("20");
        assert_eq!(places("W202", &form), [place(None, "产出指标"), place(None, "效益指标")]);
        assert_eq!(found("W202", &form)[0].message, "产出指标的分值合计为 60，一般为 50");
    }

    #[test]
    fn the_split_within_a_level_is_free() {
        let mut form = valid_form();
        form.indicators[0].weight = dec("30");
        form.indicators[1].weight = dec("10");
        assert!(found("W202", &form).is_empty());
    }

    #[test]
    fn a_level_is_known_by_its_long_name_and_by_its_level_2() {
        let mut form = valid_form();
        form.indicators[4].level1 = Some("服务对象满意度指标".to_owned());
        form.indicators[3].level1 = None;
        assert!(found("W202", &form).is_empty());
        form.indicators[4].weight = dec("5");
        form.indicators[3].weight = None;
        assert_eq!(places("W202", &form), [place(None, "效益指标"), place(None, "满意度指标")]);
    }

    #[test]
    fn a_missing_level_a_form_without_weights_and_a_profile_without_split_are_not_judged() {
        let mut form = valid_form();
        form.indicators.remove(4);
        assert!(found("W202", &form).is_empty());
        form.indicators[0].weight = dec("1");
        assert!(found_under(&Profile::builtin("hubei").unwrap(), "W202", &form).is_empty());
        form.indicators.iter_mut().for_each(|indicator| indicator.weight = None);
        assert!(found("W202", &form).is_empty());
    }
}
