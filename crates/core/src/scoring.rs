//! The definitions that the audit rules and the `score` command share: when a printed number agrees with a computed
//! one, when a target is met, and what a result is worth.
//!
//! Source: 财预〔2020〕10号 on unit self-evaluation, as made precise in the definitions of the rule catalogue.

use std::cmp::Ordering;

use crate::exact::{Exact, Interval, RoundingMode};
use crate::fold::squeeze;
use crate::profile::{Profile, Reverse};
use crate::vocab;
use crate::{Actual, Comparator, Decimal, Form, FundRow, Grade, Indicator, Target};

/// More decimals than this are not required of a printed number.
pub(crate) const MAX_SCALE: u32 = 2;
/// A score is held to at least one decimal.
const SCORE_SCALE: u32 = 1;
/// A rate may be printed whole.
const RATE_SCALE: u32 = 0;
const HUNDRED: Decimal = Decimal::ONE_HUNDRED;
/// By how much a sum of points may differ from the printed one.
pub(crate) const POINTS_TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);
/// The points of a form that prints no total.
pub(crate) const FULL_POINTS: Decimal = HUNDRED;

/// True where the printed score is the computed one within half a unit of its last printed decimal.
pub(crate) fn score_agrees(reported: Decimal, expected: &Exact) -> bool {
    agrees(reported, expected, SCORE_SCALE)
}

/// True where the printed rate is the computed one within half a unit of its last printed decimal.
pub(crate) fn rate_agrees(reported: Decimal, expected: &Exact) -> bool {
    agrees(reported, expected, RATE_SCALE)
}

/// The rule catalogue's `agrees`: read with its printed scale, at least `least_scale` and at most [`MAX_SCALE`].
fn agrees(reported: Decimal, expected: &Exact, least_scale: u32) -> bool {
    Interval::of(reported, reported.scale().clamp(least_scale, MAX_SCALE)).contains(expected)
}

/// True where the two differ by more than `tolerance`.
pub(crate) fn differs(reported: Decimal, expected: &Exact, tolerance: Decimal) -> bool {
    expected.clone().distance(reported) > Exact::from(tolerance)
}

/// The total row of the funds with its number: the first that is labelled as one, else the first.
pub(crate) fn total_row(form: &Form) -> Option<(usize, &FundRow)> {
    let is_total = |row: &FundRow| {
        let label = squeeze(&row.label);
        ["总额", "总计", "合计"].iter().any(|word| label.contains(word))
    };
    let rows = &form.funds.rows;
    let index = rows.iter().position(is_total).unwrap_or(0);
    rows.get(index).map(|row| (index, row))
}

/// 执行率 of a fund row in percent: 100 × executed ÷ the budget that the profile prescribes.
pub(crate) fn execution_rate(row: &FundRow, profile: &Profile) -> Option<Exact> {
    percentage(row.executed?, profile.execution_basis.budget(row)?)
}

/// `part` of `whole` in percent.
pub(crate) fn percentage(part: Decimal, whole: Decimal) -> Option<Exact> {
    (Exact::from(part) * HUNDRED).over(whole)
}

/// What spending `executed` of `budget` is worth: the weight in proportion, at most the weight.
pub(crate) fn execution_score(weight: Decimal, executed: Decimal, budget: Decimal) -> Option<Exact> {
    let share = Exact::from(executed).over(budget)?;
    Some(Exact::from(weight) * share.min(Exact::one()))
}

/// What a printed rate in percent is worth, at most the weight.
pub(crate) fn score_of_rate(weight: Decimal, rate: Decimal) -> Option<Exact> {
    (Exact::from(weight) * rate.min(HUNDRED)).over(HUNDRED)
}

/// True where target and actual both have a unit and the units are not the same.
pub(crate) fn units_conflict(target: &Target, actual: &Actual) -> bool {
    match (&target.unit, &actual.unit) {
        (Some(target), Some(actual)) => plain_unit(target) != plain_unit(actual),
        _ => false,
    }
}

/// A unit of measure as compared.
pub(crate) fn plain_unit(unit: &str) -> String {
    let plain = squeeze(unit);
    if plain == "百分比" { "%".to_owned() } else { plain }
}

/// A quantitative indicator: a target and an actual that can be compared as numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quantity {
    /// Which side of the target is good; never `=`, which forms print for "at least".
    pub(crate) comparator: Comparator,
    pub(crate) target: Decimal,
    pub(crate) actual: Decimal,
}

impl Quantity {
    /// The indicator as a quantity; `None` for a qualitative one and where the units conflict.
    pub(crate) fn of(indicator: &Indicator) -> Option<Self> {
        let (target, actual) = (indicator.target.value?, indicator.actual.value?);
        if units_conflict(&indicator.target, &indicator.actual) {
            return None;
        }
        let comparator = match indicator.target.comparator {
            None | Some(Comparator::Equal) => Comparator::AtLeast,
            Some(printed) => printed,
        };
        Some(Self { comparator, target, actual })
    }

    /// True for a target to reach, false for a ceiling to stay under.
    pub(crate) const fn is_forward(self) -> bool {
        Self::is_to_reach(Some(self.comparator))
    }

    /// True for a printed comparator that makes a target one to reach; none is printed for "at least".
    pub(crate) const fn is_to_reach(comparator: Option<Comparator>) -> bool {
        !matches!(comparator, Some(Comparator::AtMost | Comparator::Less))
    }

    /// True where the target is met.
    pub(crate) fn attained(self) -> bool {
        let order = self.actual.cmp(&self.target);
        match self.comparator {
            Comparator::AtLeast | Comparator::Equal => order != Ordering::Less,
            Comparator::Greater => order == Ordering::Greater,
            Comparator::AtMost => order != Ordering::Greater,
            Comparator::Less => order == Ordering::Less,
        }
    }

    /// actual ÷ target; `None` for a target of zero.
    pub(crate) fn actual_to_target(self) -> Option<Exact> {
        Exact::from(self.actual).over(self.target)
    }

    /// The degree of completion.
    pub(crate) fn ratio(self) -> Option<Exact> {
        if self.is_forward() {
            Some(self.actual_to_target().map_or_else(Exact::one, |ratio| ratio.min(Exact::one())))
        } else if self.attained() {
            Some(Exact::one())
        } else {
            Exact::from(self.target).over(self.actual)
        }
    }

    /// True where the target is missed by an amount that can be expressed as a share of it.
    pub(crate) fn falls_short(self) -> bool {
        !self.attained() && self.ratio().is_some_and(|ratio| ratio < Exact::one())
    }

    /// The score that the profile's formula gives.
    pub(crate) fn rule_score(self, weight: Decimal, reverse: Reverse) -> Option<Exact> {
        Some(Exact::from(weight) * self.rule_share(reverse)?)
    }

    /// The share of its weight that the profile's formula gives.
    pub(crate) fn rule_share(self, reverse: Reverse) -> Option<Exact> {
        match reverse {
            _ if self.attained() => Some(Exact::one()),
            Reverse::Linear if !self.is_forward() => self.linear_share(),
            _ => self.ratio(),
        }
    }

    /// max(0, 1 − (actual − target) ÷ target).
    fn linear_share(self) -> Option<Exact> {
        let excess = (Exact::from(self.actual) - self.target).over(self.target)?;
        Some((Exact::one() - excess).max(Exact::zero()))
    }

    /// The arithmetic of [`Self::rule_score`] for a missed target in words, without its result.
    pub(crate) fn arithmetic(self, weight: Decimal, reverse: Reverse) -> String {
        let Self { target, actual, .. } = self;
        if self.is_forward() {
            format!("{actual} ÷ {target} × {weight}")
        } else if reverse == Reverse::Linear {
            let is_clipped = self.linear_share().is_some_and(|share| share == Exact::zero());
            let limit = if is_clipped { "，以 0 为限" } else { "" };
            format!("{weight} × [1 − ({actual} − {target}) ÷ {target}]{limit}")
        } else {
            format!("{target} ÷ {actual} × {weight}")
        }
    }
}

/// The level-1 names among which the official table divides the points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level1 {
    Output,
    Benefit,
    Satisfaction,
}

impl Level1 {
    pub(crate) const ALL: [Self; 3] = [Self::Output, Self::Benefit, Self::Satisfaction];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Output => "产出指标",
            Self::Benefit => "效益指标",
            Self::Satisfaction => "满意度指标",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        let name = if name == "服务对象满意度指标" { Self::Satisfaction.name() } else { name };
        Self::ALL.into_iter().find(|level| level.name() == name)
    }

    /// The official level 1 of an indicator: as printed, else the one its level 2 has in the official table.
    pub(crate) fn of(indicator: &Indicator) -> Option<Self> {
        match &indicator.level1 {
            Some(printed) => Self::from_name(&squeeze(printed)),
            None => Self::from_name(vocab::official_level1(&squeeze(indicator.level2.as_ref()?))?),
        }
    }
}

/// True where the indicator belongs to some level 1, an official one or not.
pub(crate) fn has_level1(indicator: &Indicator) -> bool {
    indicator.level1.is_some() || Level1::of(indicator).is_some()
}

/// The score of a missed target as it is printed: two decimals, or as many more as keep it below the weight, which
/// rounding must not turn into full marks.
pub(crate) fn printed_short(score: &Exact, weight: Decimal) -> Option<Decimal> {
    let is_short = *score < Exact::from(weight);
    let mut scales = MAX_SCALE..=Decimal::MAX_SCALE;
    scales.find_map(|scale| score.rounded(scale, RoundingMode::HalfUp).filter(|rounded| !is_short || *rounded < weight))
}

/// The grade of a total score.
pub(crate) fn grade_of(score: Decimal, profile: &Profile) -> Grade {
    let grades = &profile.grades;
    if score >= grades.excellent {
        Grade::Excellent
    } else if score >= grades.good {
        Grade::Good
    } else if score >= grades.fair {
        Grade::Fair
    } else {
        Grade::Poor
    }
}

#[cfg(test)]
mod tests;
