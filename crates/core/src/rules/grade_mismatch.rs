//! S306.

use rust_decimal::Decimal;

use super::audit::{Audit, Report, Violation};
use super::location::Location;
use crate::Grade;
use crate::scoring::grade_of;

struct GradeMismatch {
    reported: Grade,
    expected: Grade,
    score: Decimal,
}

impl Violation for GradeMismatch {
    fn location(&self) -> Location {
        Location::total("grade")
    }

    fn message(&self) -> String {
        let Self { reported, expected, score } = self;
        format!("评分等级填为「{}」，总分 {score} 应为「{}」", reported.label(), expected.label())
    }

    fn inputs(&self) -> Vec<Location> {
        vec![Location::total("score")]
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let (Some(reported), Some(score)) = (audit.form.grade, audit.form.total.score) else { return };
    let expected = grade_of(score, audit.profile);
    if reported != expected {
        report.push(&GradeMismatch { reported, expected, score });
    }
}

#[cfg(test)]
mod tests {
    use crate::Grade;
    use crate::rules::testing::{dec, found, place, places, valid_form};

    #[test]
    fn another_grade_is_found() {
        let mut form = valid_form();
        form.grade = Some(Grade::Good);
        assert_eq!(places("S306", &form), [place(None, "grade")]);
        assert_eq!(found("S306", &form)[0].message, "评分等级填为「良」，总分 97.60 应为「优」");
    }

    #[test]
    fn a_band_begins_with_its_lowest_score() {
        let mut form = valid_form();
        for (score, grade) in [
            ("90", Grade::Excellent),
            ("89.99", Grade::Good),
            ("80.0", Grade::Good),
            ("60", Grade::Fair),
            ("59.9", Grade::Poor),
        ] {
            (form.total.score, form.grade) = (dec(score), Some(grade));
            assert!(found("S306", &form).is_empty(), "{score}");
        }
    }

    #[test]
    fn without_a_grade_or_a_total_nothing_is_found() {
        let mut form = valid_form();
        form.grade = None;
        assert!(found("S306", &form).is_empty());
        form.grade = Some(Grade::Poor);
        form.total.score = None;
        assert!(found("S306", &form).is_empty());
    }
}
