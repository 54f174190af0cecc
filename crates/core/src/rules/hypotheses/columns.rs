//! Numbers in the wrong column of an indicator's row.

use super::{Hypothesis, HypothesisKind};
use crate::exact::Exact;
use crate::rules::audit::{Audit, named, shown, sum_in_words};
use crate::rules::location::Location;
use crate::rules::points::Points;
use crate::scoring::{POINTS_TOLERANCE, Quantity, differs, score_agrees};
use crate::{Decimal, Indicator, IndicatorField};

/// The explanation of a row whose score exceeds its weight by the two standing in each other's column.
///
/// It holds where the exchanged numbers fit the completion, or else where they mend the sum of the weights.
pub(in crate::rules) fn exchanged(audit: Audit<'_>, row: usize, indicator: &Indicator) -> Option<Hypothesis> {
    let (score, weight) = (indicator.score?, indicator.weight?);
    if score <= weight {
        return None;
    }
    let arithmetic = match Quantity::of(indicator) {
        Some(quantity) => {
            let due = quantity.rule_score(score, audit.profile.reverse)?;
            let fits = score_agrees(weight, &due);
            fits.then(|| format!("{} = {weight}", quantity.arithmetic(score, audit.profile.reverse)))?
        }
        None => mended_sum(audit, weight, score)?,
    };
    let message = format!("分值若为 {score}、得分若为 {weight} 则相符，两栏可能互换");
    let found = Hypothesis::new(HypothesisKind::ColumnsExchanged, message, arithmetic);
    Some(found.blaming([Location::indicator(row, IndicatorField::Weight)]))
}

/// The explanation of sums that are each other's total: all of the scores stand in the column of the weights.
pub(in crate::rules) fn columns_exchanged(audit: Audit<'_>) -> Option<Hypothesis> {
    let (weights, scores) = (audit.weights, Points::scores(audit.form));
    let (total_weight, total_score) = (audit.total_weight(), audit.form.total.score?);
    let fits = |total, sum| !differs(total, sum, POINTS_TOLERANCE);
    if !fits(total_weight, &scores.sum) || !fits(total_score, &weights.sum) {
        return None;
    }
    let message = format!("各行得分之和正好是总分值 {total_weight}，分值之和正好是总分 {total_score}，两栏可能互换");
    let arithmetic = sum_in_words(scores.parts.into_iter().map(|(_, score)| score), &scores.sum);
    Some(Hypothesis::new(HypothesisKind::ColumnsExchanged, message, arithmetic))
}

/// How the weights add up with `meant` instead of `printed`, where they do so only then.
fn mended_sum(audit: Audit<'_>, printed: Decimal, meant: Decimal) -> Option<String> {
    let sum = &audit.weights.sum;
    let total = audit.total_weight();
    let mended = sum.clone() - printed + meant;
    let is_mended = differs(total, sum, POINTS_TOLERANCE) && !differs(total, &mended, POINTS_TOLERANCE);
    is_mended.then(|| format!("{} − {printed} + {meant} = {}", shown(sum), shown(&mended)))
}

/// The explanation of a weight that is the row's actual: only where the weights do not add up, and the weight that
/// they leave for the row is the one that its score was computed with.
pub(in crate::rules) fn actual_as_weight(audit: Audit<'_>, row: usize, indicator: &Indicator) -> Option<Hypothesis> {
    let (score, weight) = (indicator.score?, indicator.weight?);
    let quantity = Quantity::of(indicator).filter(|quantity| quantity.actual == weight)?;
    let (sum, total) = (&audit.weights.sum, audit.total_weight());
    let meant = (Exact::from(total) - sum.clone() + weight).as_decimal().filter(|meant| *meant > Decimal::ZERO)?;
    let fits = |weight| {
        let due = quantity.rule_score(weight, audit.profile.reverse);
        due.is_some_and(|due| score_agrees(score, &due))
    };
    if !differs(total, sum, POINTS_TOLERANCE) || fits(weight) || !fits(meant) {
        return None;
    }
    let message = format!("{}的分值 {weight} 与实际完成值相同，可能误填；按分值合计应为 {meant}", named(indicator));
    let arithmetic = format!("{total} − ({} − {weight}) = {meant}", shown(sum));
    let found = Hypothesis::new(HypothesisKind::ActualAsWeight, message, arithmetic);
    Some(found.blaming([Location::indicator(row, IndicatorField::Weight)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Form;
    use crate::rules::testing::{dec, found, valid_form};

    fn kinds(code: &str, form: &Form) -> Vec<HypothesisKind> {
        let findings = found(code, form);
        findings.iter().flat_map(|finding| finding.hypotheses.iter().map(|hypothesis| hypothesis.kind)).collect()
    }

    #[test]
    fn exchanged_points_of_a_quantity_fit_its_completion() {
        let mut form = valid_form();
        (form.indicators[3].weight, form.indicators[3].score) = (dec("28"), dec("30"));
        assert_eq!(kinds("S301", &form), [HypothesisKind::ColumnsExchanged]);
        assert_eq!(found("S301", &form)[0].hypotheses[0].arithmetic, "14 ÷ 15 × 30 = 28");
        form.indicators[3].weight = dec("27");
        assert_eq!(kinds("S301", &form), []);
    }

    #[test]
    fn exchanged_points_of_a_quality_mend_the_sum_of_the_weights() {
        let mut form = valid_form();
        (form.indicators[1].weight, form.indicators[1].score) = (dec("18"), dec("20"));
        assert_eq!(kinds("S301", &form), [HypothesisKind::ColumnsExchanged]);
        assert_eq!(found("S301", &form)[0].hypotheses[0].arithmetic, "98 − 18 + 20 = 100");
        form.indicators[1].score = dec("21");
        assert_eq!(kinds("S301", &form), []);
    }

    #[test]
    fn columns_exchanged_as_a_whole_are_seen_by_their_sums() {
        let mut form = valid_form();
        for indicator in &mut form.indicators {
            std::mem::swap(&mut indicator.weight, &mut indicator.score);
        }
        let total = &mut form.funds.rows[0];
        std::mem::swap(&mut total.weight, &mut total.score);
        for code in ["W201", "S302"] {
            assert_eq!(kinds(code, &form).first(), Some(&HypothesisKind::ColumnsExchanged), "{code}");
        }
        form.total.score = dec("97.00");
        assert!(found("W201", &form)[0].hypotheses.iter().all(|found| !found.message.contains("总分值")));
    }

    #[test]
    fn an_actual_in_the_column_of_the_weight_is_seen() {
        let mut form = valid_form();
        form.indicators[4].weight = dec("95");
        assert_eq!(kinds("S305", &form), [HypothesisKind::ActualAsWeight]);
        assert_eq!(found("S305", &form)[0].hypotheses[0].arithmetic, "100 − (185 − 95) = 10");
        assert!(kinds("W201", &form).contains(&HypothesisKind::ActualAsWeight));
    }

    #[test]
    fn a_weight_that_only_looks_like_the_actual_is_not() {
        let mut form = valid_form();
        form.indicators[4].weight = dec("95");
        form.indicators[4].score = dec("9");
        assert_eq!(kinds("S305", &form), []);
        form.indicators[4].score = dec("10");
        form.total.weight = dec("185");
        assert_eq!(kinds("S305", &form), []);
    }
}
