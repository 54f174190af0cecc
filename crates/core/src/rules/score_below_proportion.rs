//! S307.

use std::cmp::Ordering;

use super::audit::{Audit, Report};
use super::score_above_proportion::Disproportion;

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    for found in Disproportion::all(audit, Ordering::Less) {
        report.push(&found);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn a_score_below_the_share_achieved_is_found() {
        let mut form = valid_form();
        form.indicators[3].score = dec("25");
        assert_eq!(places("S307", &form), [place(3, "score")]);
        let finding = &found("S307", &form)[0];
        assert_eq!(finding.message, "指标「游客增长率」得分 25，低于按完成比例应得的 14 ÷ 15 × 30 = 28");
        assert!(found("S304", &form).is_empty());
    }

    #[test]
    fn a_score_rounded_down_is_not_found() {
        let mut form = valid_form();
        form.indicators[3].actual.value = dec("14.02");
        form.indicators[3].score = dec("28.0");
        assert!(found("S307", &form).is_empty());
    }

    #[test]
    fn without_a_weight_nothing_is_found() {
        let mut form = valid_form();
        form.indicators[3].weight = None;
        form.indicators[3].score = dec("1");
        assert!(found("S307", &form).is_empty());
    }
}
