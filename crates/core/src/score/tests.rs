use super::*;
use crate::profile::Reverse;
use crate::rules::testing::{dec, valid_form};
use crate::{Family, Grade};

/// The valid form with everything that can be computed left blank.
fn unscored_form() -> Form {
    let mut form = valid_form();
    let total = &mut form.funds.rows[0];
    (total.execution_rate, total.score) = (None, None);
    for indicator in form.indicators.iter_mut().filter(|indicator| Quantity::of(indicator).is_some()) {
        indicator.score = None;
    }
    (form.total.score, form.grade) = (None, None);
    form
}

fn note(scored: &Scored, field: &str) -> ScoreNote {
    scored.notes.iter().find(|note| note.field.to_string() == field).cloned().unwrap()
}

#[test]
fn everything_that_is_determined_is_filled_in() {
    let scored = complete(&unscored_form(), &Profile::default());
    assert_eq!(scored.form, valid_form());
    let printed: Vec<_> = scored.form.indicators.iter().map(|indicator| indicator.score.unwrap().to_string()).collect();
    assert_eq!(printed, ["20", "20", "10", "28.00", "10"]);
}

#[test]
fn the_notes_show_the_arithmetic() {
    let scored = complete(&unscored_form(), &Profile::default());
    assert_eq!(note(&scored, "funds.rows[0].execution_rate").message, "执行率：192.00 ÷ 200.00 × 100% = 96.00%");
    assert_eq!(note(&scored, "funds.rows[0].score").message, "执行率得分：192.00 ÷ 200.00 × 10，以分值为限 = 9.60");
    assert_eq!(note(&scored, "indicators[0].score").message, "实际 10，目标 ≥10，达标得满分 20");
    assert_eq!(note(&scored, "indicators[3].score").message, "实际 14，目标 ≥15，未达标：14 ÷ 15 × 30 = 28.00");
    assert_eq!(note(&scored, "grade").message, "总分 97.60，评分等级为「优」");
    assert_eq!(note(&scored, "total.score").computed, dec("97.60"));
}

#[test]
fn a_qualitative_score_stays_and_its_bands_are_offered() {
    let mut form = unscored_form();
    form.indicators[1].score = dec("17");
    let scored = complete(&form, &Profile::builtin("hubei").unwrap());
    assert_eq!(scored.form.indicators[1].score, dec("17"));
    let note = note(&scored, "indicators[1].score");
    assert_eq!(note.message, "定性指标，得分留给人工判断：达成 16–20 分，部分达成 10–16 分，未达成 0–10 分");
    assert_eq!(note.computed, None);
}

#[test]
fn an_open_score_leaves_a_total_that_fits_as_it_is() {
    let mut form = valid_form();
    form.indicators[1].score = None;
    form.total.score = dec("77.60");
    form.grade = None;
    let scored = complete(&form, &Profile::default());
    assert_eq!((scored.form.total.score, scored.form.grade), (dec("77.60"), None));
    assert_eq!(note(&scored, "total.score").message, "还有 1 项得分待定，总分和等级未计算");
}

#[test]
fn an_open_score_clears_a_total_that_contradicts_the_others() {
    let mut form = valid_form();
    form.indicators[1].score = None;
    let scored = complete(&form, &Profile::default());
    assert_eq!((scored.form.total.score, scored.form.grade), (None, None));
    let message = "还有 1 项得分待定，总分和等级未计算；原填 97.60，与现有得分之和 77.6 不符，已清空";
    assert_eq!(note(&scored, "total.score").message, message);
}

#[test]
fn a_missed_target_is_never_rounded_to_full_marks() {
    let mut form = unscored_form();
    form.indicators[3].target.value = dec("30000");
    form.indicators[3].actual.value = dec("29999");
    let scored = complete(&form, &Profile::default());
    assert_eq!(scored.form.indicators[3].score, dec("29.999"));
    assert_eq!(scored.form.total.score, dec("99.60"));
}

#[test]
fn a_wrong_grade_is_replaced_and_named() {
    let mut form = valid_form();
    form.grade = Some(Grade::Good);
    let scored = complete(&form, &Profile::default());
    assert_eq!(scored.form.grade, Some(Grade::Excellent));
    assert_eq!(note(&scored, "grade").message, "总分 97.60，评分等级为「优」（原填「良」）");
}

#[test]
fn a_wrong_printed_score_is_replaced_and_named() {
    let mut form = valid_form();
    form.funds.rows[0].score = dec("10");
    let scored = complete(&form, &Profile::default());
    assert_eq!(scored.form.funds.rows[0].score, dec("9.60"));
    assert!(note(&scored, "funds.rows[0].score").message.ends_with("= 9.60（原填 10）"));
}

#[test]
fn the_total_shows_what_it_adds_up() {
    let scored = complete(&unscored_form(), &Profile::default());
    assert_eq!(note(&scored, "total.score").message, "总分：9.60 + 20 + 20 + 10 + 28.00 + 10 = 97.6");
}

#[test]
fn missing_amounts_leave_the_execution_open() {
    let mut form = unscored_form();
    form.funds.rows[0].executed = None;
    let scored = complete(&form, &Profile::default());
    assert_eq!(scored.form.funds.rows[0], form.funds.rows[0]);
    assert_eq!(note(&scored, "funds.rows[0].score").message, "执行数或预算数未填，执行率得分未计算");
    assert_eq!(scored.form.total.score, None);
}

#[test]
fn a_missing_execution_weight_is_the_profiles_where_it_completes_the_total() {
    let mut form = unscored_form();
    form.funds.rows[0].weight = None;
    assert_eq!(complete(&form, &Profile::default()).form, valid_form());
    let hubei = complete(&form, &Profile::builtin("hubei").unwrap());
    assert_eq!((hubei.form.funds.rows[0].weight, hubei.form.funds.rows[0].score), (None, None));
}

#[test]
fn a_ceiling_follows_the_formula_of_the_profile() {
    let mut form = unscored_form();
    form.indicators[2].actual.value = dec("30");
    let ratio = complete(&form, &Profile::default());
    assert_eq!(ratio.form.indicators[2].score, dec("6.67"));
    let linear = complete(&form, &Profile { reverse: Reverse::Linear, ..Profile::default() });
    assert_eq!(linear.form.indicators[2].score, dec("5.00"));
}

#[test]
fn a_score_that_cannot_be_is_left_to_a_person() {
    let mut form = unscored_form();
    form.indicators[0].actual.value = dec("-3");
    let scored = complete(&form, &Profile::default());
    assert_eq!(scored.form.indicators[0].score, None);
    assert!(note(&scored, "indicators[0].score").message.contains("不在 0 与分值 20 之间"));
}

#[test]
fn a_form_without_weights_stays_as_it_is() {
    let mut form = Form { family: Family::Transfer, ..unscored_form() };
    form.total = crate::Total::default();
    form.funds.rows[0].weight = None;
    for indicator in &mut form.indicators {
        (indicator.weight, indicator.score) = (None, None);
    }
    let scored = complete(&form, &Profile::default());
    form.funds.rows[0].execution_rate = dec("96.00");
    assert_eq!(scored.form, form);
}
