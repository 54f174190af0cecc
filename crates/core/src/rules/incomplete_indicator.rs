//! I505.

use super::audit::{Audit, Report, Violation, indicator_label, named};
use super::location::Location;
use crate::{Indicator, IndicatorField};

struct IncompleteIndicator<'a> {
    row: usize,
    indicator: &'a Indicator,
    /// What is missing, in the order of the columns.
    missing: Vec<IndicatorField>,
    first: IndicatorField,
}

impl Violation for IncompleteIndicator<'_> {
    fn location(&self) -> Location {
        Location::indicator(self.row, self.first)
    }

    fn message(&self) -> String {
        let labels: Vec<_> = self.missing.iter().map(|field| format!("「{}」", indicator_label(*field))).collect();
        format!("{}没有填写{}", named(self.indicator), labels.join("、"))
    }
}

pub(super) fn check(audit: Audit<'_>, report: &mut Report<'_>) {
    let is_weighted = audit.is_weighted();
    let is_scored = audit.form.indicators.iter().any(|indicator| indicator.score.is_some());
    for (row, indicator) in audit.indicators() {
        let missing: Vec<_> = [
            (IndicatorField::Target, indicator.target.text.is_none()),
            (IndicatorField::Actual, indicator.actual.text.is_none()),
            (IndicatorField::Weight, is_weighted && indicator.weight.is_none()),
            (IndicatorField::Score, is_scored && indicator.score.is_none()),
        ]
        .into_iter()
        .filter_map(|(field, is_missing)| is_missing.then_some(field))
        .collect();
        if let Some(first) = missing.first().copied() {
            report.push(&IncompleteIndicator { row, indicator, missing, first });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{found, place, places, valid_form};

    #[test]
    fn a_row_is_found_once_at_its_first_gap() {
        let mut form = valid_form();
        form.indicators[0].target.text = None;
        form.indicators[0].score = None;
        form.indicators[2].actual.text = None;
        form.indicators[3].weight = None;
        form.indicators[4].score = None;
        let expected = [place(0, "target"), place(2, "actual"), place(3, "weight"), place(4, "score")];
        assert_eq!(places("I505", &form), expected);
        assert_eq!(found("I505", &form)[0].message, "指标「修缮步道长度」没有填写「年度指标值」、「得分」");
    }

    #[test]
    fn a_form_without_weights_or_scores_may_leave_them_out() {
        let mut form = valid_form();
        for indicator in &mut form.indicators {
            (indicator.weight, indicator.score, indicator.deviation) = (None, None, None);
        }
        assert!(found("I505", &form).is_empty());
        form.indicators[0].score = Some(rust_decimal::Decimal::ZERO);
        assert_eq!(found("I505", &form).len(), 4);
    }

    #[test]
    fn a_text_without_a_value_is_complete() {
        let mut form = valid_form();
        form.indicators[0].target.value = None;
        form.indicators[0].actual.value = None;
        assert!(found("I505", &form).is_empty());
    }
}
