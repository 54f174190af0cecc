use super::*;
use crate::IndicatorField;
use crate::rules::testing::dec;

/// The explanation that `find` gives for `total` over `parts`.
fn explained(total: &str, parts: &[&str], find: impl Fn(&Sum<'_>) -> Option<Hypothesis>) -> Option<Hypothesis> {
    let place = |row| Location::indicator(row, IndicatorField::Score);
    let parts: Vec<_> = parts.iter().enumerate().map(|(row, part)| (place(row), dec(part).unwrap())).collect();
    let sum = Exact::sum(parts.iter().map(|(_, part)| Some(*part)));
    find(&Sum { total: dec(total)?, parts: &parts, sum: &sum, tolerance: Decimal::new(1, 2) })
}

fn rows(hypothesis: &Hypothesis) -> Vec<Option<usize>> {
    hypothesis.places.iter().map(|place| place.row).collect()
}

#[test]
fn the_row_left_out_is_named() {
    let found = explained("84.5", &["10", "20", "15.5", "54.5"], |sum| sum.row_left_out()).unwrap();
    assert_eq!(found.message, "不计绩效指标第3行「得分」的 15.5，合计正好为 84.5");
    assert_eq!((found.arithmetic.as_str(), rows(&found)), ("100 − 15.5 = 84.5", vec![Some(2)]));
    assert_eq!(explained("84.4", &["10", "20", "15.5", "54.5"], |sum| sum.row_left_out()), None);
}

#[test]
fn rows_of_one_value_are_all_blamed_but_not_all_named() {
    let found = explained("8", &["2", "2", "2", "2", "2"], |sum| sum.row_left_out()).unwrap();
    assert!(found.message.contains("第1行「得分」或绩效指标第2行「得分」或绩效指标第3行「得分」等 5 行之一的 2，"));
    assert_eq!(rows(&found).len(), 5);
}

#[test]
fn a_row_of_nothing_was_not_left_out() {
    assert_eq!(explained("30", &["10", "20.02", "0", "0.00"], |sum| sum.row_left_out()), None);
}

#[test]
fn digits_of_the_total_or_of_a_row_are_swapped() {
    let found = explained("79.6", &["50", "47.6"], |sum| sum.digits_swapped()).unwrap();
    assert_eq!((found.arithmetic.as_str(), rows(&found)), ("97.6 → 79.6", vec![]));
    let found = explained("118", &["50", "45", "14"], |sum| sum.digits_swapped()).unwrap();
    assert_eq!(found.message, "绩效指标第2行「得分」若为 54（所填 45 相邻两位数字对调），合计正好为 118");
}

#[test]
fn digits_that_do_not_mend_the_sum_are_left_alone() {
    assert_eq!(explained("79.7", &["50", "47.6"], |sum| sum.digits_swapped()), None);
}

#[test]
fn a_total_or_a_row_in_the_other_unit_is_seen() {
    let found = explained("345.68", &["3000000", "456789"], |sum| sum.unit_confused()).unwrap();
    assert_eq!(found.arithmetic, "3456789 ÷ 10000 = 345.68");
    let found = explained("340.00", &["300.00", "400000"], |sum| sum.unit_confused()).unwrap();
    assert_eq!(found.message, "绩效指标第2行「得分」400000 由元折合为万元即 40，合计正好为 340.00");
    assert_eq!((found.arithmetic.as_str(), rows(&found)), ("400300 − 400000 + 40 = 340.00", vec![Some(1)]));
}

#[test]
fn another_factor_is_no_unit() {
    assert_eq!(explained("3456.8", &["3000000", "456789"], |sum| sum.unit_confused()), None);
    assert_eq!(explained("340.00", &["300.00", "40000"], |sum| sum.unit_confused()), None);
    assert_eq!(explained("300.00", &["300.00", "40.00"], |sum| sum.unit_confused()), None);
}

#[test]
fn a_number_of_another_column_mends_the_sum() {
    let other = |place: &Location, _| (place.row == Some(1)).then(|| Decimal::from(9));
    let find = |sum: &Sum<'_>| sum.other_column(HypothesisKind::ColumnsExchanged, "分值", other);
    let found = explained("99", &["90", "10"], find).unwrap();
    assert_eq!(found.message, "绩效指标第2行「得分」若按分值 9 计，合计正好为 99");
    assert_eq!(explained("98", &["90", "10"], find), None);
}
