//! Forms that are nearly right: every number is computed, then sometimes spoilt a little.

use jixiao_core::{Actual, Comparator, Decimal, Form, FundRow, Funds, Goals, Grade, Indicator, Target, Total};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// A number with up to three decimals.
fn number(range: std::ops::RangeInclusive<i64>) -> impl Strategy<Value = Decimal> {
    (range, 0_u32..=3).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

/// One of some numbers, each given by its digits and how many of them are decimals.
fn printed(numbers: &[(i64, u32)]) -> impl Strategy<Value = Decimal> + use<> {
    select(numbers.iter().map(|(digits, scale)| Decimal::new(*digits, *scale)).collect::<Vec<_>>())
}

/// One of the numbers of a small table, so that equal ones and round ones meet often; seldom zero or below it.
fn amount() -> impl Strategy<Value = Decimal> {
    let round = printed(&[(0, 0), (10_000, 2), (120, 0), (8000, 2), (2000, 1), (60_005, 3), (-5, 0), (1_000_000, 0)]);
    prop_oneof![6 => round, 4 => number(1..=40_000)]
}

/// How a computed number gets printed: exactly, rounded one way or the other, off by a little, or not at all.
fn spoilt(exact: Option<Decimal>) -> impl Strategy<Value = Option<Decimal>> {
    let nudge = select(vec![0_i64, 0, 0, 1, -1, 10, -10, 500]);
    (0_u32..=3, nudge, select(vec![0_u8, 0, 0, 1, 2]), 0_u8..12).prop_map(move |(scale, nudge, way, absent)| {
        let exact = exact.filter(|_| absent > 0)?;
        let strategy = match way {
            0 => rust_decimal::RoundingStrategy::MidpointAwayFromZero,
            1 => rust_decimal::RoundingStrategy::ToNegativeInfinity,
            _ => rust_decimal::RoundingStrategy::ToPositiveInfinity,
        };
        let mut printed = exact.round_dp_with_strategy(scale, strategy);
        printed.rescale(scale);
        Some(printed + Decimal::new(nudge, scale))
    })
}

fn quotient(one: Option<Decimal>, other: Option<Decimal>) -> Option<Decimal> {
    one?.checked_div(other?)
}

fn text() -> impl Strategy<Value = Option<String>> {
    option::weighted(0.8, select(vec!["已全部完成", "已 全部完成", "制度齐全", "良好"]).prop_map(str::to_owned))
}

fn name(names: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    option::weighted(0.9, select(names).prop_map(str::to_owned))
}

fn fund_row(label: &'static str) -> impl Strategy<Value = FundRow> {
    let amounts = (option::weighted(0.9, amount()), option::weighted(0.9, amount()), option::weighted(0.9, amount()));
    let weight = option::weighted(0.9, printed(&[(10, 0), (20, 0), (1000, 2)]));
    (amounts, weight, any::<[bool; 2]>()).prop_flat_map(move |((initial, annual, executed), weight, bases)| {
        let base = |on_initial: bool| quotient(executed, if on_initial { initial } else { annual });
        let rate = base(bases[0]).map(|share| share * Decimal::ONE_HUNDRED);
        let score = base(bases[1]).and_then(|share| Some(share.min(Decimal::ONE) * weight?));
        (spoilt(rate), spoilt(score)).prop_map(move |(execution_rate, score)| FundRow {
            label: label.to_owned(),
            initial_budget: initial,
            annual_budget: annual,
            executed,
            weight,
            execution_rate,
            score,
        })
    })
}

fn funds() -> impl Strategy<Value = Vec<FundRow>> {
    let label = select(vec!["年度资金总额", "年度资金总额", "合计", "资金总计", "财政拨款"]);
    let total = label.prop_flat_map(fund_row);
    let parts = vec(select(vec!["财政拨款", "其他资金"]).prop_flat_map(fund_row), 0..3);
    (total, parts, 0_u8..4, 0_usize..3, any::<bool>()).prop_map(|(total, mut rows, fits, place, is_empty)| {
        if fits > 0
            && let Some(first) = rows.first_mut()
        {
            (first.initial_budget, first.annual_budget) = (total.initial_budget, total.annual_budget);
            first.executed = total.executed.map(|amount| amount + Decimal::new(i64::from(fits) - 1, 2));
        }
        if fits > 1 {
            rows.truncate(1);
        }
        rows.insert(place.min(rows.len()), total);
        if is_empty && fits == 0 { Vec::new() } else { rows }
    })
}

fn comparator() -> impl Strategy<Value = Option<Comparator>> {
    let all = vec![Comparator::Greater, Comparator::AtLeast, Comparator::Equal, Comparator::AtMost, Comparator::Less];
    option::weighted(0.8, select(all))
}

fn indicator() -> impl Strategy<Value = Indicator> {
    let level1 = name(&["产出指标", "产出指标", "效益指标", "满意度指标", "服务对象满意度指标", "成本指标"]);
    let level2 = name(&["数量指标", "成本指标", "社会效益指标", "服务对象满意度指标", "环境效益指标"]);
    let units = || option::weighted(0.7, select(vec!["%", "％", "百分比", "个"]).prop_map(str::to_owned));
    let values = (option::weighted(0.8, amount()), option::weighted(0.8, amount()));
    let weight = option::weighted(0.9, printed(&[(10, 0), (50, 0), (30, 0), (75, 1)]));
    let texts = (text(), text(), option::weighted(0.4, Just("雨季较长".to_owned())));
    let names = (level1, level2, select(vec!["指标一", "指标二", "指标三"]));
    (names, texts, comparator(), values, (units(), units()), weight).prop_flat_map(
        |(names, texts, comparator, (target, actual), units, weight)| {
            let is_ceiling = matches!(comparator, Some(Comparator::AtMost | Comparator::Less));
            let ratio = if is_ceiling { quotient(target, actual) } else { quotient(actual, target) };
            let share = ratio.unwrap_or(Decimal::ONE).min(Decimal::ONE);
            spoilt(weight.map(|weight| weight * share)).prop_map(move |score| Indicator {
                level1: names.0.clone(),
                level2: names.1.clone(),
                level3: names.2.to_owned(),
                target: Target { text: texts.0.clone(), comparator, value: target, unit: units.0.clone() },
                actual: Actual { text: texts.1.clone(), value: actual, unit: units.1.clone() },
                weight,
                score,
                deviation: texts.2.clone(),
            })
        },
    )
}

/// The sum of what is there.
fn total(numbers: impl Iterator<Item = Option<Decimal>>) -> Decimal {
    numbers.flatten().sum()
}

/// A form that most rules have something to say about.
pub(crate) fn form() -> impl Strategy<Value = Form> {
    let headers = (text(), text(), text());
    let grade = option::of(select(vec![Grade::Excellent, Grade::Good, Grade::Fair, Grade::Poor]));
    let blanks = (0_u8..8, 0_u8..8, 0_u8..8);
    (headers, (text(), text()), funds(), vec(indicator(), 0..5), grade, blanks).prop_flat_map(
        |(headers, goals, rows, mut indicators, grade, blanks)| {
            for indicator in &mut indicators {
                indicator.weight = indicator.weight.filter(|_| blanks.0 > 0);
                indicator.score = indicator.score.filter(|_| blanks.1 > 0);
                indicator.level1 = indicator.level1.take().filter(|_| blanks.2 > 0);
            }
            let funds = rows.first().cloned().unwrap_or_default();
            let weights = total(indicators.iter().map(|row| row.weight).chain([funds.weight]));
            let scores = total(indicators.iter().map(|row| row.score).chain([funds.score]));
            (spoilt(Some(weights)), spoilt(Some(scores))).prop_map(move |(weight, score)| Form {
                project_name: headers.0.clone(),
                department: headers.1.clone(),
                unit: headers.2.clone(),
                funds: Funds { amount_unit: None, rows: rows.clone() },
                goals: Goals { expected: goals.0.clone(), actual: goals.1.clone() },
                indicators: indicators.clone(),
                total: Total { weight, score },
                grade,
                ..Form::default()
            })
        },
    )
}
