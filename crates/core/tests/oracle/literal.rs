//! The rule catalogue, transcribed line by line.

use jixiao_core::profile::{ExecutionBasis, Profile, Reverse};
use jixiao_core::{Comparator, Decimal, Form, FundRow, Grade, Indicator};
use num_bigint::BigInt;
use num_rational::BigRational;

pub(crate) type Number = BigRational;

/// One finding: what the catalogue defines of it.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) code: &'static str,
    pub(crate) section: &'static str,
    pub(crate) row: Option<usize>,
    pub(crate) field: String,
    pub(crate) explanation: Option<&'static str>,
    pub(crate) reported: Option<Number>,
    pub(crate) expected: Option<Number>,
}

impl Found {
    fn new(code: &'static str, section: &'static str, row: Option<usize>, field: &str) -> Self {
        let field = field.to_owned();
        Self { code, section, row, field, explanation: None, reported: None, expected: None }
    }

    fn numbers(self, reported: Number, expected: Number) -> Self {
        Self { reported: Some(reported), expected: Some(expected), ..self }
    }
}

pub(crate) fn rational(decimal: Decimal) -> Number {
    Number::new(BigInt::from(decimal.mantissa()), BigInt::from(10).pow(decimal.scale()))
}

fn int(number: i64) -> Number {
    Number::from_integer(BigInt::from(number))
}

fn opt(decimal: Option<Decimal>) -> Option<Number> {
    decimal.map(rational)
}

fn or_zero(decimal: Option<Decimal>) -> Number {
    opt(decimal).unwrap_or_else(|| int(0))
}

fn abs(number: Number) -> Number {
    if number < int(0) { -number } else { number }
}

fn min(one: Number, other: Number) -> Number {
    if one < other { one } else { other }
}

fn divide(one: &Number, other: &Number) -> Option<Number> {
    (*other != int(0)).then(|| one / other)
}

fn sum(numbers: impl Iterator<Item = Number>) -> Number {
    numbers.fold(int(0), |sum, number| sum + number)
}

/// 0.01, by which sums of points may differ.
fn hundredth() -> Number {
    Number::new(BigInt::from(1), BigInt::from(100))
}

/// `agrees(reported, expected, s_max = 2, s_min)`: with s = the printed scale of `reported`, held between s_min and
/// s_max, |reported − expected| ≤ 0.5 × 10^(−s).
fn agrees(reported: Decimal, expected: &Number, s_min: u32) -> bool {
    let s = reported.scale().max(s_min).min(2);
    let half = Number::new(BigInt::from(1), BigInt::from(2) * BigInt::from(10).pow(s));
    abs(rational(reported) - expected) <= half
}

/// Scores use s_min = 1.
fn score_agrees(reported: Decimal, expected: &Number) -> bool {
    agrees(reported, expected, 1)
}

/// Rates use s_min = 0.
fn rate_agrees(reported: Decimal, expected: &Number) -> bool {
    agrees(reported, expected, 0)
}

/// `％`, `百分比` and `%` are the same unit.
fn unit(text: &str) -> &str {
    if ["％", "百分比"].contains(&text) { "%" } else { text }
}

/// A missing unit never conflicts.
fn units_conflict(indicator: &Indicator) -> bool {
    match (&indicator.target.unit, &indicator.actual.unit) {
        (Some(target), Some(actual)) => unit(target) != unit(actual),
        _ => false,
    }
}

/// Target and actual of a quantitative indicator: both values present, the units without conflict.
fn quantitative(indicator: &Indicator) -> Option<(Comparator, Number, Number)> {
    if units_conflict(indicator) {
        return None;
    }
    // A missing comparator and `=` are read as `≥`.
    let comparator = match indicator.target.comparator {
        None | Some(Comparator::Equal) => Comparator::AtLeast,
        Some(comparator) => comparator,
    };
    Some((comparator, opt(indicator.target.value)?, opt(indicator.actual.value)?))
}

fn is_forward(comparator: Comparator) -> bool {
    matches!(comparator, Comparator::AtLeast | Comparator::Greater | Comparator::Equal)
}

fn attained(comparator: Comparator, t: &Number, actual: &Number) -> bool {
    match comparator {
        Comparator::AtLeast | Comparator::Equal => actual >= t,
        Comparator::Greater => actual > t,
        Comparator::AtMost => actual <= t,
        Comparator::Less => actual < t,
    }
}

/// For `≥ > =` min(1, actual ÷ t), 1 where t = 0; for `≤ <` 1 if attained, else t ÷ actual.
fn ratio(comparator: Comparator, t: &Number, actual: &Number) -> Option<Number> {
    if is_forward(comparator) {
        return Some(divide(actual, t).map_or_else(|| int(1), |ratio| min(int(1), ratio)));
    }
    if attained(comparator, t, actual) { Some(int(1)) } else { divide(t, actual) }
}

/// weight if attained, else weight × ratio; with `reverse = "linear"`, for `≤ <`, weight × max(0, 1 − (actual − t) ÷ t).
fn rule_score(
    profile: &Profile,
    weight: &Number,
    comparator: Comparator,
    t: &Number,
    actual: &Number,
) -> Option<Number> {
    if attained(comparator, t, actual) {
        return Some(weight.clone());
    }
    if profile.reverse == Reverse::Linear && !is_forward(comparator) {
        let rest = int(1) - divide(&(actual - t), t)?;
        return Some(weight * if rest < int(0) { int(0) } else { rest });
    }
    Some(weight * ratio(comparator, t, actual)?)
}

/// As printed, with 服务对象满意度指标 counted as 满意度指标; where none is printed, the one that its level 2 has.
fn level1(indicator: &Indicator) -> Option<&str> {
    match (indicator.level1.as_deref(), indicator.level2.as_deref()) {
        (Some("服务对象满意度指标"), _) => Some("满意度指标"),
        (Some(printed), _) => Some(printed),
        (None, Some("数量指标" | "质量指标" | "时效指标" | "进度指标" | "成本指标")) => {
            Some("产出指标")
        }
        (None, Some("经济效益指标" | "社会效益指标" | "生态效益指标" | "可持续影响指标")) => {
            Some("效益指标")
        }
        (None, Some("服务对象满意度指标" | "满意度指标")) => Some("满意度指标"),
        (None, _) => None,
    }
}

const LEVELS: [&str; 3] = ["产出指标", "效益指标", "满意度指标"];

/// The first row whose label contains 总额 (or 总计, 合计), else the first row.
fn total_row(form: &Form) -> Option<(usize, &FundRow)> {
    let rows = || form.funds.rows.iter().enumerate();
    let labelled = |(_, row): &(usize, &FundRow)| ["总额", "总计", "合计"].iter().any(|word| row.label.contains(word));
    rows().find(labelled).or_else(|| rows().next())
}

fn budget(profile: &Profile, row: &FundRow) -> Option<Number> {
    match profile.execution_basis {
        ExecutionBasis::AnnualBudget => opt(row.annual_budget),
        ExecutionBasis::InitialBudget => opt(row.initial_budget),
    }
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every finding of the catalogue's rules.
pub(crate) fn findings(form: &Form, profile: &Profile) -> Vec<Found> {
    let mut found = Vec::new();
    headers(form, &mut found);
    amounts(form, profile, &mut found);
    if let Some((row, total)) = total_row(form) {
        execution(row, total, profile, &mut found);
    }
    weights(form, profile, &mut found);
    scores(form, profile, &mut found);
    for (row, indicator) in form.indicators.iter().enumerate() {
        if let Some(quantity) = quantitative(indicator) {
            quantities(row, indicator, quantity, profile, &mut found);
        }
    }
    texts(form, &mut found);
    found
}

fn headers(form: &Form, found: &mut Vec<Found>) {
    for (field, value) in [("project_name", &form.project_name), ("department", &form.department), ("unit", &form.unit)]
    {
        if value.is_none() {
            found.push(Found::new("H001", "header", None, field));
        }
    }
}

type Column = (&'static str, fn(&FundRow) -> Option<Decimal>);

const COLUMNS: [Column; 3] = [
    ("initial_budget", |row| row.initial_budget),
    ("annual_budget", |row| row.annual_budget),
    ("executed", |row| row.executed),
];

fn amounts(form: &Form, profile: &Profile, found: &mut Vec<Found>) {
    let tolerance = rational(profile.amount_tolerance);
    if let Some((total_row, total)) = total_row(form) {
        for (field, column) in COLUMNS {
            let others = || form.funds.rows.iter().enumerate().filter(|(row, _)| *row != total_row).map(|(_, row)| row);
            let sum = sum(others().map(|row| or_zero(column(row))));
            let Some(value) = opt(column(total)) else { continue };
            if others().any(|row| column(row).is_some()) && abs(value.clone() - &sum) > tolerance {
                found.push(Found::new("F101", "funds", Some(total_row), field).numbers(value, sum));
            }
        }
    }
    for (number, row) in form.funds.rows.iter().enumerate() {
        if let (Some(executed), Some(annual)) = (opt(row.executed), opt(row.annual_budget))
            && executed > annual.clone() + &tolerance
        {
            found.push(Found::new("F102", "funds", Some(number), "executed").numbers(executed, annual));
        }
        for (field, column) in COLUMNS {
            if opt(column(row)).is_some_and(|amount| amount < int(0)) {
                found.push(Found::new("F108", "funds", Some(number), field));
            }
        }
    }
}

fn execution(row: usize, total: &FundRow, profile: &Profile, found: &mut Vec<Found>) {
    if let (Some(annual), Some(initial)) = (opt(total.annual_budget), opt(total.initial_budget))
        && let Some(change) = divide(&abs(annual - &initial), &initial)
        && change > rational(profile.budget_adjustment)
    {
        found.push(Found::new("F106", "funds", Some(row), "annual_budget"));
    }
    let (Some(executed), Some(budget)) = (opt(total.executed), budget(profile, total)) else { return };
    let Some(share) = divide(&executed, &budget) else { return };
    let rate = int(100) * &share;
    if let Some(reported) = total.execution_rate
        && !rate_agrees(reported, &rate)
    {
        let code = if rounded_otherwise(reported, &rate) { "F104" } else { "F103" };
        let mismatch = Found::new(code, "funds", Some(row), "execution_rate");
        found.push(mismatch.numbers(rational(reported), rate.clone()));
    }
    if rate < rational(profile.execution_rate_floor) {
        found.push(Found::new("F107", "funds", Some(row), "executed"));
    }
    let (Some(weight), Some(score)) = (opt(total.weight), total.score) else { return };
    let expected = &weight * min(int(1), share);
    if !score_agrees(score, &expected) {
        let explanation = explanation(total, &weight, score, &executed);
        let mismatch = Found::new("F105", "funds", Some(row), "score").numbers(rational(score), expected);
        found.push(Found { explanation, ..mismatch });
    }
}

/// The exact rate rounded up or down (not half-up) at the printed scale (at most 2).
fn rounded_otherwise(reported: Decimal, rate: &Number) -> bool {
    let unit = Number::from_integer(BigInt::from(10).pow(reported.scale().min(2)));
    let shifted = rate * &unit;
    [shifted.floor(), shifted.ceil()].into_iter().any(|rounded| rounded / &unit == rational(reported))
}

fn explanation(total: &FundRow, weight: &Number, score: Decimal, executed: &Number) -> Option<&'static str> {
    let on_initial = opt(total.initial_budget).and_then(|initial| divide(executed, &initial));
    if on_initial.is_some_and(|share| score_agrees(score, &(weight * min(int(1), share)))) {
        return Some("initial_budget_basis");
    }
    let on_rate = opt(total.execution_rate).map(|rate| weight * min(int(100), rate) / int(100));
    on_rate.is_some_and(|expected| score_agrees(score, &expected)).then_some("reported_rate_basis")
}

fn weights(form: &Form, profile: &Profile, found: &mut Vec<Found>) {
    if form.indicators.iter().any(|indicator| indicator.weight.is_some()) {
        let of_funds = or_zero(total_row(form).and_then(|(_, total)| total.weight));
        let sum_of_all = sum(form.indicators.iter().map(|indicator| or_zero(indicator.weight))) + of_funds;
        let total = opt(form.total.weight).unwrap_or_else(|| int(100));
        if abs(sum_of_all.clone() - &total) > hundredth() {
            found.push(Found::new("W201", "total", None, "weight").numbers(sum_of_all, total));
        }
        let prescribed = [profile.weights.output, profile.weights.benefit, profile.weights.satisfaction];
        for (level, prescribed) in LEVELS.into_iter().zip(prescribed) {
            let of_level = || form.indicators.iter().filter(|indicator| level1(indicator) == Some(level));
            let sum_of_level = sum(of_level().map(|indicator| or_zero(indicator.weight)));
            if let Some(prescribed) = opt(prescribed)
                && of_level().next().is_some()
                && abs(sum_of_level.clone() - &prescribed) > hundredth()
            {
                found.push(Found::new("W202", "indicators", None, level).numbers(sum_of_level, prescribed));
            }
        }
    }
    if form.indicators.iter().any(|indicator| level1(indicator).is_some()) {
        for level in LEVELS {
            if form.indicators.iter().all(|indicator| level1(indicator) != Some(level)) {
                found.push(Found::new("I503", "indicators", None, level));
            }
        }
    }
}

fn scores(form: &Form, profile: &Profile, found: &mut Vec<Found>) {
    let out_of_range = |score: Option<Decimal>, weight: Option<Decimal>| {
        let score = opt(score);
        score.is_some_and(|score| score < int(0) || opt(weight).is_some_and(|weight| score > weight))
    };
    for (row, indicator) in form.indicators.iter().enumerate() {
        if out_of_range(indicator.score, indicator.weight) {
            found.push(Found::new("S301", "indicators", Some(row), "score"));
        }
    }
    let total = total_row(form);
    if let Some((row, total)) = total
        && out_of_range(total.score, total.weight)
    {
        found.push(Found::new("S301", "funds", Some(row), "score"));
    }
    let of_funds = total.and_then(|(_, total)| total.score);
    let of_indicators = || form.indicators.iter().map(|indicator| indicator.score);
    let Some(printed) = form.total.score else { return };
    if of_funds.is_some() || of_indicators().any(|score| score.is_some()) {
        let sum = sum(of_indicators().map(or_zero)) + or_zero(of_funds);
        if abs(rational(printed) - &sum) > hundredth() {
            found.push(Found::new("S302", "total", None, "score").numbers(rational(printed), sum));
        }
    }
    if form.grade.is_some_and(|grade| grade != band(rational(printed), profile)) {
        found.push(Found::new("S306", "total", None, "grade"));
    }
}

/// 优 ≥ 90, 良 ≥ 80, 中 ≥ 60, 差 < 60.
fn band(score: Number, profile: &Profile) -> Grade {
    let grades = &profile.grades;
    match score {
        score if score >= rational(grades.excellent) => Grade::Excellent,
        score if score >= rational(grades.good) => Grade::Good,
        score if score >= rational(grades.fair) => Grade::Fair,
        _ => Grade::Poor,
    }
}

fn quantities(
    row: usize,
    indicator: &Indicator,
    (comparator, t, actual): (Comparator, Number, Number),
    profile: &Profile,
    found: &mut Vec<Found>,
) {
    let attained = attained(comparator, &t, &actual);
    let falls_short = !attained && ratio(comparator, &t, &actual).is_some_and(|ratio| ratio < int(1));
    let at = |code, field| Found::new(code, "indicators", Some(row), field);
    if let (Some(weight), Some(printed)) = (opt(indicator.weight), indicator.score) {
        let score = rational(printed);
        if falls_short && score >= weight {
            found.push(at("S303", "score"));
        }
        let due = rule_score(profile, &weight, comparator, &t, &actual);
        if let Some(due) = due.filter(|due| !attained && score < weight && !score_agrees(printed, due)) {
            let code = if score > due { "S304" } else { "S307" };
            found.push(at(code, "score").numbers(score.clone(), due));
        }
        if attained && score < weight && indicator.deviation.is_none() {
            found.push(at("S305", "score"));
        }
    }
    if falls_short && indicator.deviation.is_none() {
        found.push(at("D401", "deviation"));
    }
    let limit = int(1) + rational(profile.over_attainment);
    if is_forward(comparator)
        && t > int(0)
        && divide(&actual, &t).is_some_and(|share| share > limit)
        && indicator.deviation.is_none()
    {
        found.push(at("D402", "actual"));
    }
}

fn texts(form: &Form, found: &mut Vec<Found>) {
    let is_weighted = form.indicators.iter().any(|indicator| indicator.weight.is_some());
    let is_scored = form.indicators.iter().any(|indicator| indicator.score.is_some());
    for (row, indicator) in form.indicators.iter().enumerate() {
        let at = |code, field| Found::new(code, "indicators", Some(row), field);
        if let (Some(target), None, Some(actual)) =
            (&indicator.target.text, indicator.target.value, &indicator.actual.text)
            && without_space(target) == without_space(actual)
        {
            found.push(at("I501", "actual"));
        }
        if units_conflict(indicator) {
            found.push(at("I502", "actual"));
        }
        let key =
            |one: &Indicator| (one.level1.clone(), one.level2.clone(), one.level3.clone(), one.target.text.clone());
        if form.indicators.iter().take(row).any(|earlier| key(earlier) == key(indicator)) {
            found.push(at("I504", "level3"));
        }
        let missing = [
            ("target", indicator.target.text.is_none()),
            ("actual", indicator.actual.text.is_none()),
            ("weight", is_weighted && indicator.weight.is_none()),
            ("score", is_scored && indicator.score.is_none()),
        ];
        if let Some((field, _)) = missing.into_iter().find(|(_, is_missing)| *is_missing) {
            found.push(at("I505", field));
        }
    }
    match (&form.goals.expected, &form.goals.actual) {
        (Some(expected), Some(actual)) if without_space(expected) == without_space(actual) => {
            found.push(Found::new("G602", "goals", None, "actual"));
        }
        (expected, actual) => {
            for (field, _) in
                [("expected", expected), ("actual", actual)].into_iter().filter(|(_, text)| text.is_none())
            {
                found.push(Found::new("G601", "goals", None, field));
            }
        }
    }
}
