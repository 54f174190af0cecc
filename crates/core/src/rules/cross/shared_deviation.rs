//! X202.

use super::shared_text::SharedTexts;
use super::{Among, CrossReport, FormHead};
use crate::profile::Profile;
use crate::rules::Location;
use crate::{FormRecord, IndicatorField};

#[derive(Default)]
struct SharedDeviation(SharedTexts);

impl Among for SharedDeviation {
    fn add(&mut self, record: &FormRecord, head: &FormHead, profile: &Profile) {
        self.0.add(record, head, profile.copied_text_length, |form| {
            let texts = form.indicators.iter().enumerate();
            texts
                .map(|(row, indicator)| {
                    let location = Location::indicator(row, IndicatorField::Deviation);
                    ("偏差原因分析及改进措施", indicator.deviation.as_deref(), location)
                })
                .collect()
        });
    }

    fn finish(self: Box<Self>, report: &mut CrossReport<'_>) {
        self.0.finish(report);
    }
}

pub(in crate::rules) fn check() -> Box<dyn Among> {
    Box::new(SharedDeviation::default())
}

#[cfg(test)]
mod tests {
    use crate::rules::cross::testing::{found, record, renamed};
    use crate::rules::testing::place;
    use crate::{Form, FormRecord};

    const LONG: &str = "受汛期影响施工推迟，已与施工方约定次年三月前补足。";

    fn explained(project: &str, rows: &[usize], text: &str) -> FormRecord {
        let mut form: Form = renamed(project);
        form.indicators.iter_mut().for_each(|indicator| indicator.deviation = None);
        for row in rows {
            form.indicators[*row].deviation = Some(text.to_owned());
        }
        record(&format!("{project}.txt"), form)
    }

    #[test]
    fn a_reason_that_two_projects_give_is_found() {
        let found = found("X202", &[explained("甲", &[3], LONG), explained("乙", &[0, 2], LONG)]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].form, found[0].place()), (1, place(0, "deviation")));
        assert_eq!(found[0].elsewhere[0].location.row, Some(3));
    }

    #[test]
    fn boilerplate_and_repetition_within_a_form_are_no_copy() {
        assert!(found("X202", &[explained("甲", &[3], "无偏差"), explained("乙", &[3], "无偏差")]).is_empty());
        assert!(found("X202", &[explained("甲", &[1, 2, 3], LONG), explained("乙", &[], LONG)]).is_empty());
    }

    #[test]
    fn without_reasons_nothing_is_found() {
        assert!(found("X202", &[explained("甲", &[], ""), explained("乙", &[], "")]).is_empty());
    }
}
