use super::*;
use crate::FundRow;
use crate::rules::testing::{dec, valid_form};

fn exact(dividend: &str, divisor: &str) -> Exact {
    Exact::from(dec(dividend).unwrap()).over(dec(divisor).unwrap()).unwrap()
}

fn quantity(comparator: Comparator, target: &str, actual: &str) -> Quantity {
    Quantity { comparator, target: dec(target).unwrap(), actual: dec(actual).unwrap() }
}

#[test]
fn a_number_agrees_within_half_a_unit_of_its_last_printed_decimal() {
    for (reported, rate, score) in [
        ("66.67", true, true),
        ("66.66", false, false),
        ("66.7", true, true),
        ("66.6", false, false),
        ("67", true, false),
        ("66.666", true, true),
        ("66.672", false, false),
    ] {
        let expected = exact("200", "3");
        assert_eq!(rate_agrees(dec(reported).unwrap(), &expected), rate, "{reported}");
        assert_eq!(score_agrees(dec(reported).unwrap(), &expected), score, "{reported}");
    }
}

#[test]
fn exactly_half_a_unit_agrees() {
    assert!(score_agrees(dec("9.80").unwrap(), &exact("9.805", "1")));
    assert!(score_agrees(dec("9.81").unwrap(), &exact("9.805", "1")));
}

#[test]
fn a_target_is_met_on_the_side_of_its_comparator() {
    for (comparator, below, at, above) in [
        (Comparator::AtLeast, false, true, true),
        (Comparator::Greater, false, false, true),
        (Comparator::AtMost, true, true, false),
        (Comparator::Less, true, false, false),
    ] {
        let attained = ["9", "10.0", "11"].map(|actual| quantity(comparator, "10", actual).attained());
        assert_eq!(attained, [below, at, above], "{comparator:?}");
    }
}

#[test]
fn completion_is_at_most_one() {
    for (comparator, target, actual, ratio) in [
        (Comparator::AtLeast, "10", "5", Some(exact("1", "2"))),
        (Comparator::AtLeast, "10", "50", Some(Exact::one())),
        (Comparator::Greater, "0", "-3", Some(Exact::one())),
        (Comparator::AtMost, "10", "30", Some(exact("1", "3"))),
        (Comparator::Less, "10", "10", Some(Exact::one())),
        (Comparator::AtMost, "-1", "0", None),
    ] {
        assert_eq!(quantity(comparator, target, actual).ratio(), ratio, "{comparator:?} {target} {actual}");
    }
}

#[test]
fn a_linear_ceiling_is_worth_nothing_at_twice_the_target() {
    let ten = Decimal::TEN;
    let score = |actual| quantity(Comparator::AtMost, "20", actual).rule_score(ten, Reverse::Linear);
    assert_eq!(score("25"), Some(exact("15", "2")));
    assert_eq!(score("40"), Some(Exact::zero()));
    assert_eq!(score("400"), Some(Exact::zero()));
    assert_eq!(quantity(Comparator::AtMost, "0", "1").rule_score(ten, Reverse::Linear), None);
    assert_eq!(quantity(Comparator::AtLeast, "20", "10").rule_score(ten, Reverse::Linear), Some(exact("5", "1")));
}

#[test]
fn an_equal_sign_and_none_mean_at_least() {
    let mut indicator = valid_form().indicators.remove(0);
    for comparator in [None, Some(Comparator::Equal)] {
        indicator.target.comparator = comparator;
        indicator.actual.value = dec("12");
        assert!(Quantity::of(&indicator).unwrap().attained());
    }
}

#[test]
fn the_total_row_is_the_first_that_is_labelled_so_else_the_first() {
    let mut form = valid_form();
    let labels = |form: &mut Form, labels: [&str; 3]| {
        for (row, label) in form.funds.rows.iter_mut().zip(labels) {
            *row = FundRow { label: label.to_owned(), ..FundRow::default() };
        }
        total_row(form).map(|(row, _)| row)
    };
    assert_eq!(labels(&mut form, ["财政拨款", "年度资金 总额", "合计"]), Some(1));
    assert_eq!(labels(&mut form, ["财政拨款", "其他资金", "合计"]), Some(2));
    assert_eq!(labels(&mut form, ["财政拨款", "其他资金", "单位资金"]), Some(0));
    form.funds.rows.clear();
    assert!(total_row(&form).is_none());
}

#[test]
fn the_printed_level_1_goes_before_the_one_of_level_2() {
    let mut indicator = valid_form().indicators.remove(0);
    indicator.level1 = Some("效益 指标".to_owned());
    assert_eq!(Level1::of(&indicator), Some(Level1::Benefit));
    indicator.level1 = Some("管理指标".to_owned());
    assert_eq!(Level1::of(&indicator), None);
    indicator.level1 = None;
    assert_eq!(Level1::of(&indicator), Some(Level1::Output));
    indicator.level2 = Some("其他指标".to_owned());
    assert_eq!(Level1::of(&indicator), None);
    assert!(!has_level1(&indicator));
}
