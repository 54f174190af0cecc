//! X301.

use std::collections::HashMap;

use super::identity::{self, IndicatorKey};
use super::places::shortened;
use super::report::MAX_ELSEWHERE;
use super::{Among, CrossReport, FormHead, Seat};
use crate::fold::squeeze;
use crate::profile::Profile;
use crate::rules::Location;
use crate::rules::audit::Violation;
use crate::scoring::{self, Quantity};
use crate::{Decimal, FormRecord, Indicator, IndicatorField};

/// More targets than this are counted, not listed.
const MAX_LISTED: usize = 3;

#[derive(Default)]
struct UnitTargetDiffers {
    groups: HashMap<Key, Group>,
}

/// One indicator of one unit and year, measured in one unit of measure.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    unit: String,
    year: Option<i32>,
    indicator: IndicatorKey,
    measure: String,
    forward: bool,
}

/// The targets of one indicator.
struct Group {
    name: String,
    /// The first place of each target, as far as they are listed.
    targets: Vec<Target>,
    /// The latest place where the target is not the first one.
    latest: Option<Target>,
    forms: usize,
}

#[derive(Clone)]
struct Target {
    value: Decimal,
    text: String,
    project: String,
    seat: Seat,
}

impl Among for UnitTargetDiffers {
    fn add(&mut self, record: &FormRecord, head: &FormHead, _: &Profile) {
        let form = &record.form;
        let (Some(unit), Some(project)) = (form.unit.as_deref().map(squeeze), identity::project(form)) else { return };
        for (row, indicator) in form.indicators.iter().enumerate() {
            let Some((key, value)) = key(&unit, form.year, indicator) else { continue };
            let seat = Seat::new(record, head, Location::indicator(row, IndicatorField::Target));
            let text = indicator.target.text.clone().unwrap_or_else(|| value.to_string());
            let target = Target { value, text, project: project.clone(), seat };
            match self.groups.get_mut(&key) {
                Some(group) => group.join(target),
                None => {
                    let group =
                        Group { name: shortened(&indicator.level3), targets: vec![target], latest: None, forms: 1 };
                    self.groups.insert(key, group);
                }
            }
        }
    }

    fn finish(self: Box<Self>, report: &mut CrossReport<'_>) {
        for group in self.groups.into_values() {
            let Some(latest) = &group.latest else { continue };
            let others = group.targets.iter().map(|target| &target.seat);
            let elsewhere: Vec<Seat> = others.filter(|seat| seat.head.form != latest.seat.head.form).cloned().collect();
            report.push(&latest.seat, &UnitTargetDiffers301 { group: &group, latest }, &elsewhere, group.forms - 1);
        }
    }
}

/// The indicator and its target; `None` for a target that is no number.
fn key(unit: &str, year: Option<i32>, indicator: &Indicator) -> Option<(Key, Decimal)> {
    let value = indicator.target.value?;
    let key = Key {
        unit: unit.to_owned(),
        year,
        indicator: IndicatorKey::of(indicator)?,
        measure: indicator.target.unit.as_deref().map(scoring::plain_unit).unwrap_or_default(),
        forward: Quantity::is_to_reach(indicator.target.comparator),
    };
    Some((key, value))
}

impl Group {
    fn join(&mut self, target: Target) {
        let Some(first) = self.targets.first() else { return };
        // Two forms of one project differ by themselves, which is another rule's matter.
        if first.project == target.project {
            return;
        }
        self.forms += 1;
        if first.value == target.value {
            return;
        }
        if self.targets.len() <= MAX_ELSEWHERE && self.targets.iter().all(|known| known.value != target.value) {
            self.targets.push(target.clone());
        }
        self.latest = Some(target);
    }
}

struct UnitTargetDiffers301<'a> {
    group: &'a Group,
    latest: &'a Target,
}

impl Violation for UnitTargetDiffers301<'_> {
    fn location(&self) -> Location {
        self.latest.seat.location.clone()
    }

    fn message(&self) -> String {
        let words = |target: &Target| format!("{}为 {}", target.seat.project_words(), target.text);
        let others = self.group.targets.iter().filter(|target| target.value != self.latest.value);
        let mut listed: Vec<String> = others.map(words).collect();
        let more = if listed.len() > MAX_LISTED { "等" } else { "" };
        listed.truncate(MAX_LISTED);
        format!(
            "同一单位各表的指标「{}」年度指标值不一：本表为 {}，{}{more}",
            self.group.name,
            self.latest.text,
            listed.join("，")
        )
    }

    fn reported(&self) -> Option<Decimal> {
        Some(self.latest.value)
    }
}

pub(in crate::rules) fn check() -> Box<dyn Among> {
    Box::new(UnitTargetDiffers::default())
}

#[cfg(test)]
mod tests {
    use crate::rules::cross::testing::{found, record, renamed};
    use crate::rules::testing::{dec, place};
    use crate::{Comparator, Form, FormRecord};

    fn aiming(project: &str, value: &str, change: impl FnOnce(&mut Form)) -> FormRecord {
        let mut form = renamed(project);
        form.indicators[4].target.value = dec(value);
        form.indicators[4].target.text = Some(format!("≥{value}%"));
        change(&mut form);
        record(&format!("{project}.txt"), form)
    }

    #[test]
    fn the_targets_of_one_indicator_in_one_unit_are_compared() {
        let forms = [
            aiming("甲", "90", |_| {}),
            aiming("乙", "85", |form| form.indicators[4].level3 = "★指标1：市民 满意度".to_owned()),
        ];
        let found = found("X301", &forms);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].form, found[0].place()), (1, place(4, "target")));
        assert_eq!(
            found[0].finding.message,
            "同一单位各表的指标「市民满意度」年度指标值不一：本表为 ≥85%，「甲」为 ≥90%"
        );
    }

    #[test]
    fn many_targets_are_one_finding() {
        let forms: Vec<_> = (50..99).map(|value| aiming(&format!("项目{value}"), &value.to_string(), |_| {})).collect();
        let found = found("X301", &forms);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].elsewhere.len(), found[0].elsewhere_count), (10, 48));
        assert!(found[0].finding.message.ends_with("「项目50」为 ≥50%，「项目51」为 ≥51%，「项目52」为 ≥52%等"));
    }

    #[test]
    fn the_same_target_and_what_cannot_be_compared_is_not_found() {
        let equal = |name| aiming(name, "90.0", |_| {});
        assert!(found("X301", &[aiming("甲", "90", |_| {}), equal("乙")]).is_empty());
        for change in [
            (|form| form.unit = Some("沙岭市林业站".to_owned())) as fn(&mut Form),
            |form| form.year = Some(2022),
            |form| form.indicators[4].target.unit = Some("分".to_owned()),
            |form| form.indicators[4].target.comparator = Some(Comparator::AtMost),
            |form| form.indicators[4].level3 = "游客满意度".to_owned(),
            |form| form.project_name = Some("甲".to_owned()),
        ] {
            assert!(found("X301", &[aiming("甲", "90", |_| {}), aiming("乙", "85", change)]).is_empty());
        }
    }

    #[test]
    fn without_unit_or_number_nothing_is_found() {
        for forget in [
            (|form| form.unit = None) as fn(&mut Form),
            |form| form.indicators[4].target.value = None,
            |form| {
                form.indicators.clear();
            },
        ] {
            assert!(found("X301", &[aiming("甲", "90", forget), aiming("乙", "85", forget)]).is_empty());
        }
    }
}
