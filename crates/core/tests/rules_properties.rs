//! What holds for the rules and for scoring whatever a form says.

use jixiao_core::profile::{Profile, Reverse};
use jixiao_core::rules::{Finding, check, find_rule};
use jixiao_core::score::complete;
use jixiao_core::{Actual, Comparator, Decimal, Form, FundRow, Funds, Goals, Grade, Indicator, Target, Total};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Any number that a form can hold, the largest and the smallest among them.
fn any_decimal() -> impl Strategy<Value = Decimal> {
    let largest = (1_i128 << 96) - 1;
    prop_oneof![
        (-largest..=largest, 0_u32..=28).prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale)),
        select(vec![
            Decimal::MAX,
            Decimal::MIN,
            Decimal::ZERO,
            Decimal::ONE,
            Decimal::new(-1, 28),
            Decimal::new(1, 28)
        ]),
        (-300_i64..300, 0_u32..4).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale)),
    ]
}

/// A number as forms print it.
fn printed(range: std::ops::Range<i64>) -> impl Strategy<Value = Decimal> {
    (range, 0_u32..=2).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn text() -> impl Strategy<Value = Option<String>> {
    option::of(select(vec!["合格", "合 格", "", "制度齐全", "％\u{3000}"]).prop_map(str::to_owned))
}

fn name(names: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::of(select(names).prop_map(str::to_owned))
}

fn comparator() -> impl Strategy<Value = Option<Comparator>> {
    let all = vec![Comparator::Greater, Comparator::AtLeast, Comparator::Equal, Comparator::AtMost, Comparator::Less];
    option::of(select(all))
}

fn fund_row<S: Strategy<Value = Decimal>>(number: impl Fn() -> S) -> impl Strategy<Value = FundRow> {
    let label = select(vec!["年度资金总额", "财政拨款", "合计", ""]);
    let numbers = (
        option::of(number()),
        option::of(number()),
        option::of(number()),
        option::of(number()),
        option::of(number()),
        option::of(number()),
    );
    (label, numbers).prop_map(|(label, (initial_budget, annual_budget, executed, weight, execution_rate, score))| {
        FundRow { label: label.to_owned(), initial_budget, annual_budget, executed, weight, execution_rate, score }
    })
}

fn indicator<S: Strategy<Value = Decimal>>(number: impl Fn() -> S) -> impl Strategy<Value = Indicator> {
    let levels =
        (name(&["产出指标", "效益指标", "服务对象满意度指标", "其他"]), name(&["成本指标", "社会效益指标", "别的"]));
    let target = (text(), comparator(), option::of(number()), name(&["%", "％", "百分比", "个"]));
    let actual = (text(), option::of(number()), name(&["%", "个"]));
    let points = (option::of(number()), option::of(number()), text());
    (levels, target, actual, points).prop_map(|(levels, target, actual, points)| Indicator {
        level1: levels.0,
        level2: levels.1,
        level3: "指标".to_owned(),
        target: Target { text: target.0, comparator: target.1, value: target.2, unit: target.3 },
        actual: Actual { text: actual.0, value: actual.1, unit: actual.2 },
        weight: points.0,
        score: points.1,
        deviation: points.2,
    })
}

fn form<S: Strategy<Value = Decimal>>(number: impl Fn() -> S + Copy) -> impl Strategy<Value = Form> {
    let grade = option::of(select([Grade::Excellent, Grade::Good, Grade::Fair, Grade::Poor].as_slice()));
    let total = (option::of(number()), option::of(number()));
    let rows = (vec(fund_row(number), 0..4), vec(indicator(number), 0..6));
    (rows, (text(), text()), total, grade).prop_map(|(rows, goals, total, grade)| Form {
        funds: Funds { amount_unit: None, rows: rows.0 },
        goals: Goals { expected: goals.0, actual: goals.1 },
        indicators: rows.1,
        total: Total { weight: total.0, score: total.1 },
        grade,
        ..Form::default()
    })
}

/// A form of plausible numbers: amounts and points not negative, targets above zero.
fn plausible_form() -> impl Strategy<Value = Form> {
    form(|| printed(1..100_000)).prop_map(|mut form| {
        // A score that a person gives keeps to its weight; every other is the program's to compute.
        for indicator in &mut form.indicators {
            indicator.score = indicator.score.zip(indicator.weight).map(|(score, weight)| score.min(weight));
        }
        for row in &mut form.funds.rows {
            row.score = row.score.zip(row.weight).map(|(score, weight)| score.min(weight));
        }
        form
    })
}

fn profile() -> impl Strategy<Value = Profile> {
    let names = select(Profile::BUILTIN_NAMES.as_slice()).prop_filter_map("a built-in profile", Profile::builtin);
    (names, select(Reverse::ALL.as_slice())).prop_map(|(profile, reverse)| Profile { reverse, ..profile })
}

fn codes<'a>(findings: &'a [Finding], among: &'a [&str]) -> Vec<&'a str> {
    findings.iter().map(|finding| finding.code).filter(|code| among.contains(code)).collect()
}

proptest! {
    #[test]
    fn no_form_makes_the_rules_or_scoring_panic(form in form(any_decimal), profile in profile()) {
        let _ = check(&form, &profile);
        let _ = complete(&form, &profile);
    }

    #[test]
    fn every_finding_names_its_rule_and_its_place(form in form(any_decimal), profile in profile()) {
        for finding in check(&form, &profile) {
            prop_assert_eq!(find_rule(finding.code).map(|rule| rule.name), Some(finding.name));
            prop_assert!(finding.field_path().is_some());
            prop_assert!(!finding.message.is_empty() && !finding.basis.is_empty());
        }
    }

    #[test]
    fn explanations_are_the_best_hypotheses_and_only_of_one_rule(form in form(any_decimal), profile in profile()) {
        for finding in check(&form, &profile) {
            let Some(explanation) = finding.explanation else { continue };
            prop_assert_eq!(finding.code, "F105");
            let best = finding.hypotheses.first().and_then(|best| serde_json::to_value(best.kind).ok());
            prop_assert_eq!(best, Some(serde_json::Value::from(explanation.name())));
        }
    }

    #[test]
    fn findings_stand_in_the_order_of_the_form(form in form(any_decimal), profile in profile()) {
        let findings = check(&form, &profile);
        let key = |finding: &Finding| (finding.location.section, finding.location.row, finding.code);
        prop_assert!(findings.iter().map(key).is_sorted());
    }

    #[test]
    fn a_scored_form_has_no_arithmetic_error(form in plausible_form(), profile in profile()) {
        let findings = check(&complete(&form, &profile).form, &profile);
        let arithmetic = ["F103", "F104", "F105", "S301", "S302", "S303", "S304", "S306", "S307"];
        prop_assert_eq!(codes(&findings, &arithmetic), Vec::<&str>::new());
    }

    #[test]
    fn scoring_leaves_alone_what_no_rule_determines(form in form(any_decimal), profile in profile()) {
        let scored = complete(&form, &profile);
        for (before, after) in form.indicators.iter().zip(&scored.form.indicators) {
            let is_qualitative = before.target.value.is_none() || before.actual.value.is_none();
            prop_assert!(!is_qualitative || before.score == after.score);
            prop_assert_eq!(Indicator { score: None, ..before.clone() }, Indicator { score: None, ..after.clone() });
        }
        prop_assert_eq!((&form.goals, form.total.weight), (&scored.form.goals, scored.form.total.weight));
    }

    #[test]
    fn scoring_twice_changes_nothing_more(form in form(any_decimal), profile in profile()) {
        let once = complete(&form, &profile).form;
        prop_assert_eq!(&complete(&once, &profile).form, &once);
    }

    #[test]
    fn switching_a_rule_off_removes_its_findings_and_no_others(form in form(any_decimal), profile in profile()) {
        let all = check(&form, &profile);
        let Some(code) = all.first().map(|finding| finding.code) else { return Ok(()) };
        let mut without = profile;
        without.selection.ignore = vec![code.to_owned()];
        let expected: Vec<_> = all.into_iter().filter(|finding| finding.code != code).collect();
        prop_assert_eq!(check(&form, &without), expected);
    }

    #[test]
    fn no_text_makes_the_profile_reader_panic(text in "\\PC{0,80}", key in "[a-z_\\[\\]\"\n= .0-9]{0,80}") {
        let _ = Profile::from_toml(&text);
        let _ = Profile::from_toml(&key);
    }
}
