//! I503.

use super::audit::{Audit, Report, Violation};
use super::location::Location;
use crate::scoring::{Level1, has_level1};

struct Level1Missing(Level1);

impl Violation for Level1Missing {
    fn location(&self) -> Location {
        Location::level1(self.0.name())
    }

    fn message(&self) -> String {
        format!("没有填写任何「{}」", self.0.name())
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let indicators = &audit.form.indicators;
    if !indicators.iter().any(has_level1) {
        return;
    }
    for level in Level1::ALL {
        if !indicators.iter().any(|indicator| Level1::of(indicator) == Some(level)) {
            report.push(&Level1Missing(level));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn each_missing_level_is_found() {
        let mut form = valid_form();
        form.indicators.truncate(3);
        assert_eq!(places("I503", &form), [place(None, "效益指标"), place(None, "满意度指标")]);
        assert_eq!(found("I503", &form)[0].message, "没有填写任何「效益指标」");
    }

    #[test]
    fn a_level_is_known_by_its_level_2_and_other_levels_do_not_count() {
        let mut form = valid_form();
        form.indicators[3].level1 = None;
        assert!(found("I503", &form).is_empty());
        form.indicators[3].level1 = Some("成本指标".to_owned());
        assert_eq!(places("I503", &form), [place(None, "效益指标")]);
    }

    #[test]
    fn a_form_without_levels_is_not_judged() {
        let mut form = valid_form();
        for indicator in &mut form.indicators {
            (indicator.level1, indicator.level2) = (None, None);
        }
        assert!(found("I503", &form).is_empty());
        form.indicators.clear();
        assert!(found("I503", &form).is_empty());
    }
}
