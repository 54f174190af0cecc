//! X101.

use std::collections::HashMap;

use super::figures::{Difference, Figures};
use super::identity::ProjectOfUnit;
use super::report::MAX_ELSEWHERE;
use super::{Among, CrossReport, FormHead, Seat};
use crate::FormRecord;
use crate::profile::Profile;
use crate::rules::Location;
use crate::rules::audit::Violation;

/// More differences than this are counted, not listed.
const MAX_LISTED: usize = 3;

#[derive(Default)]
struct SameProjectDiffers {
    groups: HashMap<(ProjectOfUnit, i32), Group>,
}

/// The forms of one project and year.
struct Group {
    head: FormHead,
    seats: Vec<Seat>,
    figures: Figures,
    /// Forms that are not the first.
    others: usize,
    /// The latest form that differs from the first, with the differences.
    latest: Option<(Seat, Vec<Difference>)>,
}

impl Among for SameProjectDiffers {
    fn add(&mut self, record: &FormRecord, head: &FormHead, _: &Profile) {
        let (Some(project), Some(year)) = (ProjectOfUnit::of(&record.form), record.form.year) else { return };
        let figures = Figures::of(&record.form);
        match self.groups.get_mut(&(project.clone(), year)) {
            Some(group) => group.join(record, head, &figures),
            None => {
                let seats = vec![Seat::new(record, head, Location::header("project_name"))];
                let group = Group { head: head.clone(), seats, figures, others: 0, latest: None };
                self.groups.insert((project, year), group);
            }
        }
    }

    fn finish(self: Box<Self>, report: &mut CrossReport<'_>) {
        for ((_, year), group) in self.groups {
            let Some((seat, differences)) = group.latest else { continue };
            let mut elsewhere = group.seats;
            if let (Some(first), Some(difference)) = (elsewhere.first_mut(), differences.first()) {
                first.location = difference.earlier.clone();
            }
            elsewhere.retain(|other| other.head.form != seat.head.form);
            let violation = SameProjectDiffers101 { year, first: &group.head, differences: &differences };
            report.push(&seat, &violation, &elsewhere, group.others);
        }
    }
}

impl Group {
    fn join(&mut self, record: &FormRecord, head: &FormHead, figures: &Figures) {
        self.others += 1;
        let differences = self.figures.differences(figures);
        let place = differences.first().map_or_else(|| Location::header("project_name"), |first| first.later.clone());
        let seat = Seat::new(record, head, place);
        if self.seats.len() <= MAX_ELSEWHERE {
            self.seats.push(seat.clone());
        }
        if !differences.is_empty() {
            self.latest = Some((seat, differences));
        }
    }
}

struct SameProjectDiffers101<'a> {
    year: i32,
    first: &'a FormHead,
    differences: &'a [Difference],
}

impl Violation for SameProjectDiffers101<'_> {
    fn location(&self) -> Location {
        self.differences.first().map_or_else(|| Location::header("project_name"), |first| first.later.clone())
    }

    fn message(&self) -> String {
        let listed: Vec<String> = self.differences.iter().take(MAX_LISTED).map(ToString::to_string).collect();
        let more = if self.differences.len() > MAX_LISTED { "等" } else { "" };
        format!(
            "与{}是同一单位同一项目同一年度（{}）的自评表，但有 {} 处数字不同：{}{more}",
            self.first.words(),
            self.year,
            self.differences.len(),
            listed.join("，")
        )
    }
}

pub(in crate::rules) fn check() -> Box<dyn Among> {
    Box::new(SameProjectDiffers::default())
}

#[cfg(test)]
mod tests {
    use crate::rules::cross::testing::{found, record, renamed};
    use crate::rules::testing::{dec, place, valid_form};
    use crate::{AmountUnit, Form};

    fn pair(change: impl FnOnce(&mut Form)) -> Vec<crate::rules::CrossFinding> {
        let mut later = valid_form();
        change(&mut later);
        found("X101", &[record("甲.txt", valid_form()), record("乙.txt", later)])
    }

    #[test]
    fn other_figures_for_the_same_project_and_year_are_found() {
        let found = pair(|form| {
            form.funds.rows[0].executed = dec("190.00");
            form.indicators[3].score = dec("27");
            form.total.score = dec("96.60");
        });
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].form, found[0].place()), (1, place(0, "executed")));
        assert_eq!(
            found[0].finding.message,
            "与「甲.txt」第1张表是同一单位同一项目同一年度（2023）的自评表，但有 3 处数字不同：年度资金总额「全年执行数」190.00 与 192.00，\
             指标「游客增长率」「得分」27 与 28，总分「得分」96.60 与 97.60"
        );
        assert_eq!(found[0].elsewhere[0].location.field.as_deref(), Some("executed"));
    }

    #[test]
    fn several_differing_forms_are_one_finding_at_the_latest() {
        let changed = |path: &str, score| {
            let mut form = valid_form();
            form.total.score = dec(score);
            record(path, form)
        };
        let forms = [record("甲", valid_form()), changed("乙", "90"), changed("丙", "91"), record("丁", valid_form())];
        let found = found("X101", &forms);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].form, found[0].elsewhere_count), (2, 3));
        let others: Vec<_> = found[0].elsewhere.iter().map(|other| other.path.as_str()).collect();
        assert_eq!(others, ["甲", "乙", "丁"]);
    }

    #[test]
    fn figures_that_are_equal_or_cannot_be_compared_are_no_difference() {
        assert!(pair(|_| {}).is_empty());
        assert!(pair(|form| form.total.score = dec("97.6")).is_empty());
        assert!(pair(|form| form.total.score = None).is_empty());
        assert!(
            pair(|form| {
                form.funds.amount_unit = Some(AmountUnit::Yuan);
                form.funds.rows[0].executed = dec("1920000");
            })
            .is_empty()
        );
        assert!(pair(|form| form.indicators.clear()).is_empty());
    }

    #[test]
    fn another_year_unit_or_project_is_another_form() {
        for change in [
            (|form| form.year = Some(2022)) as fn(&mut Form),
            |form| form.unit = Some("沙岭市林业站".to_owned()),
            |form| form.project_name = Some("盐池护岸加固".to_owned()),
        ] {
            let changed = pair(|form| {
                form.total.score = dec("60");
                change(form);
            });
            assert!(changed.is_empty());
        }
    }

    #[test]
    fn without_project_unit_or_year_nothing_is_found() {
        for forget in
            [(|form| form.year = None) as fn(&mut Form), |form| form.unit = None, |form| form.project_name = None]
        {
            let mut forms = [renamed("甲"), renamed("甲")];
            forms[1].total.score = dec("60");
            forms.iter_mut().for_each(forget);
            let [first, second] = forms;
            assert!(found("X101", &[record("甲", first), record("乙", second)]).is_empty());
        }
    }
}
