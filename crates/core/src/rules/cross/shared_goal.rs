//! X201.

use super::shared_text::SharedTexts;
use super::{Among, CrossReport, FormHead};
use crate::FormRecord;
use crate::profile::Profile;
use crate::rules::Location;

#[derive(Default)]
struct SharedGoal(SharedTexts);

impl Among for SharedGoal {
    fn add(&mut self, record: &FormRecord, head: &FormHead, profile: &Profile) {
        self.0.add(record, head, profile.copied_text_length, |form| {
            let goals = &form.goals;
            vec![
                ("预期目标", goals.expected.as_deref(), Location::goals("expected")),
                ("实际完成情况", goals.actual.as_deref(), Location::goals("actual")),
            ]
        });
    }

    fn finish(self: Box<Self>, report: &mut CrossReport<'_>) {
        self.0.finish(report);
    }
}

pub(in crate::rules) fn check() -> Box<dyn Among> {
    Box::new(SharedGoal::default())
}

#[cfg(test)]
mod tests {
    use crate::rules::cross::testing::{found, record, renamed, with_goals};
    use crate::rules::testing::place;

    const LONG: &str = "全年完成步道修缮并建立日常巡护制度，保障市民通行安全。";

    #[test]
    fn a_goal_that_two_projects_share_is_found_white_space_aside() {
        let spaced = "全年完成步道修缮\n并建立日常巡护制度，保障市民通行安全。 ";
        let forms = [
            record("甲.txt", with_goals("湿地步道修缮", Some(LONG), None)),
            record("乙.txt", with_goals("盐池护岸加固", Some(spaced), None)),
        ];
        let found = found("X201", &forms);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].form, found[0].place()), (1, place(None, "expected")));
        assert_eq!(
            found[0].finding.message,
            "「预期目标」与「湿地步道修缮」的表一字不差（「全年完成步道修缮并建立日常巡护制度，保障市民通…」），请核实是否为本项目的实际内容"
        );
    }

    #[test]
    fn many_forms_with_one_text_are_one_finding_that_names_some() {
        let forms: Vec<_> = (0..200)
            .map(|number| record(&format!("{number}.txt"), with_goals(&format!("项目{number}"), None, Some(LONG))))
            .collect();
        let found = found("X201", &forms);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].form, found[0].elsewhere.len(), found[0].elsewhere_count), (199, 10, 199));
        assert!(found[0].finding.message.starts_with("「实际完成情况」与「项目0」「项目1」「项目2」等 199 张表"));
    }

    #[test]
    fn the_same_project_short_texts_and_other_fields_are_not_compared() {
        let again = record("乙.txt", with_goals("湿地 步道修缮", Some(LONG), None));
        let as_result = record("丙.txt", with_goals("盐池护岸加固", None, Some(LONG)));
        let first = record("甲.txt", with_goals("湿地步道修缮", Some(LONG), None));
        assert!(found("X201", &[first, again, as_result]).is_empty());
        let short = |name| record(name, with_goals(name, Some("完成全年各项工作任务。"), Some("已完成")));
        assert!(found("X201", &[short("甲"), short("乙")]).is_empty());
    }

    #[test]
    fn forms_without_goals_or_project_are_left_alone() {
        let nameless = || {
            let mut form = with_goals("", Some(LONG), None);
            (form.project_name, form.unit) = (None, None);
            record("甲.txt", form)
        };
        assert!(found("X201", &[nameless(), nameless()]).is_empty());
        let blank = |name| record(name, with_goals(name, None, None));
        assert!(found("X201", &[blank("甲"), blank("乙")]).is_empty());
        assert!(found("X201", &[record("甲.txt", renamed("甲"))]).is_empty());
    }
}
