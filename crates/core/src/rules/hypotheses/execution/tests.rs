use crate::Form;
use crate::rules::testing::{dec, found, valid_form};

/// The kind and arithmetic of every explanation of the one finding of `code`.
fn explained(code: &str, form: &Form) -> Vec<String> {
    let findings = found(code, form);
    assert_eq!(findings.len(), 1, "{code}");
    let told = |hypothesis: &crate::rules::Hypothesis| {
        let kind = serde_json::to_value(hypothesis.kind).unwrap();
        format!("{}: {}", kind.as_str().unwrap(), hypothesis.arithmetic)
    };
    findings[0].hypotheses.iter().map(told).collect()
}

/// The valid form with other numbers in its total row: initial budget, annual budget, executed, rate, score.
fn with_total(numbers: [&str; 5]) -> Form {
    let mut form = valid_form();
    let total = &mut form.funds.rows[0];
    total.initial_budget = dec(numbers[0]);
    total.annual_budget = dec(numbers[1]);
    total.executed = dec(numbers[2]);
    total.execution_rate = dec(numbers[3]);
    total.score = dec(numbers[4]);
    form
}

#[test]
fn the_two_of_the_contract_stand_before_all_others() {
    let form = with_total(["190.00", "200.00", "180.00", "90.00", "9.47"]);
    assert_eq!(explained("F105", &form), ["initial_budget_basis: 180.00 ÷ 190.00 × 10 = 9.47"]);
    let form = with_total(["190.00", "200.00", "180.00", "91.50", "9.15"]);
    assert_eq!(explained("F105", &form), ["reported_rate_basis: 91.50% × 10 = 9.15"]);
}

#[test]
fn a_score_near_the_one_on_the_printed_rate_is_not_explained_by_it() {
    for score in ["9.16", "9.14", "9.3"] {
        let form = with_total(["190.00", "200.00", "180.00", "91.50", score]);
        assert!(explained("F105", &form).is_empty(), "{score}");
    }
    let form = with_total(["190.00", "200.00", "180.00", "91.50", "9.2"]);
    assert_eq!(explained("F105", &form), ["reported_rate_basis: 91.50% × 10 = 9.2"], "9.15 printed with one decimal");
}

#[test]
fn a_score_near_the_one_on_the_initial_budget_is_not_explained_by_it() {
    let form = with_total(["190.00", "200.00", "180.00", "90.00", "9.49"]);
    assert!(explained("F105", &form).is_empty());
}

#[test]
fn a_score_on_a_rounded_rate_is_explained() {
    let form = with_total(["500", "300.00", "200.00", "66.67", "6.70"]);
    assert_eq!(explained("F105", &form), ["rate_rounded_first: 67% × 10 = 6.70"]);
    let form = with_total(["500", "300.00", "200.00", "66.67", "6.60"]);
    assert_eq!(explained("F105", &form)[0], "rate_rounded_first: 66% × 10 = 6.60");
    let form = with_total(["500", "300.00", "200.00", "66.67", "6.80"]);
    assert!(explained("F105", &form).is_empty());
}

#[test]
fn swapped_digits_are_explained() {
    let form = with_total(["500", "200.00", "163.00", "81.50", "8.51"]);
    assert_eq!(explained("F105", &form), ["digits_swapped: 8.15 → 8.51"]);
    let form = with_total(["500", "200.00", "163.00", "85.10", "8.15"]);
    assert_eq!(explained("F103", &form), ["digits_swapped: 81.50 → 85.10"]);
    let form = with_total(["500", "200.00", "163.00", "85.11", "8.51"]);
    assert!(explained("F103", &form).is_empty());
}

#[test]
fn an_amount_in_the_other_unit_is_explained() {
    let form = with_total(["500", "200.00", "1630000", "81.50", "8.15"]);
    assert_eq!(explained("F103", &form), ["unit_confused: 163 ÷ 200.00 × 100% = 81.50%"]);
    assert_eq!(explained("F105", &form)[1], "unit_confused: 163 ÷ 200.00 × 10 = 8.15");
    assert_eq!(explained("F102", &form), ["unit_confused: 163 ÷ 200.00 × 100% = 81.50%"]);
}

#[test]
fn full_marks_are_no_sign_of_another_unit() {
    let form = with_total(["500", "200.00", "163.00", "81.50", "10"]);
    assert!(explained("F105", &form).is_empty());
}

#[test]
fn a_rate_on_the_initial_budget_or_as_a_fraction_is_explained() {
    let form = with_total(["190.00", "200.00", "180.00", "94.74", "9"]);
    assert_eq!(explained("F103", &form), ["initial_budget_basis: 180.00 ÷ 190.00 × 100% = 94.74%"]);
    let form = with_total(["190.00", "200.00", "180.00", "0.90", "9"]);
    assert_eq!(explained("F103", &form), ["fraction_for_percent: 180.00 ÷ 200.00 = 0.90"]);
    let form = with_total(["190.00", "200.00", "180.00", "0.91", "9"]);
    assert!(explained("F103", &form).is_empty());
}

#[test]
fn exchanged_points_of_the_execution_are_explained() {
    let mut form = with_total(["500", "200.00", "180.00", "90", "10"]);
    form.funds.rows[0].weight = dec("9");
    assert_eq!(explained("F105", &form), ["columns_exchanged: 180.00 ÷ 200.00 × 10 = 9"]);
    form.funds.rows[0].weight = dec("8");
    assert!(explained("F105", &form).is_empty());
}

#[test]
fn an_execution_over_the_budget_is_explained_by_the_printed_rate() {
    let form = with_total(["500", "200.00", "291.00", "96.00", "10"]);
    assert!(explained("F102", &form).is_empty());
    let form = with_total(["500", "200.00", "219.00", "64.50", "10"]);
    assert_eq!(explained("F102", &form), ["digits_swapped: 129.00 → 219.00"]);
}
