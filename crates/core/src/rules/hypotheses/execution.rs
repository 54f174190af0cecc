//! Explanations of a printed execution rate or score.

use super::unit::{closely, conversions};
use super::{Hypothesis, HypothesisKind, swapped};
use crate::exact::{Exact, RoundingMode};
use crate::rules::audit::{Audit, shown};
use crate::rules::location::Location;
use crate::scoring::{self, MAX_SCALE, execution_score, rate_agrees, score_agrees, score_of_rate};
use crate::{Decimal, FundField, FundRow};

/// A printed execution score that the amounts do not give.
pub(in crate::rules) struct ExecutionScore<'a> {
    pub(in crate::rules) row: usize,
    pub(in crate::rules) total: &'a FundRow,
    pub(in crate::rules) weight: Decimal,
    pub(in crate::rules) executed: Decimal,
    pub(in crate::rules) budget: Decimal,
    pub(in crate::rules) reported: Decimal,
}

impl<'a> ExecutionScore<'a> {
    /// The score of a fund row with what it is computed from.
    pub(in crate::rules) fn of(audit: Audit<'_>, row: usize, total: &'a FundRow) -> Option<Self> {
        let (weight, executed, reported) = (total.weight?, total.executed?, total.score?);
        let budget = audit.profile.execution_basis.budget(total)?;
        Some(Self { row, total, weight, executed, budget, reported })
    }

    /// Every explanation, the two of the contract first.
    pub(in crate::rules) fn hypotheses(&self) -> Vec<Hypothesis> {
        let due = execution_score(self.weight, self.executed, self.budget);
        let is_due = |meant| due.as_ref().is_some_and(|due| score_agrees(meant, due));
        let found = [
            self.on_initial_budget(),
            self.on_reported_rate(),
            self.on_rounded_rate(),
            swapped(self.reported, is_due),
            self.in_other_unit(),
            self.exchanged(),
        ];
        found.into_iter().flatten().collect()
    }

    fn reproduced(&self, score: Option<Exact>) -> bool {
        score.is_some_and(|score| score_agrees(self.reported, &score))
    }

    fn on_initial_budget(&self) -> Option<Hypothesis> {
        let Self { weight, executed, reported, .. } = self;
        let budget = self.total.initial_budget?;
        let message = format!("所填得分与按年初预算数 {budget} 计算的结果一致");
        let arithmetic = format!("{executed} ÷ {budget} × {weight}{} = {reported}", capped(*executed > budget));
        let found = Hypothesis::new(HypothesisKind::InitialBudgetBasis, message, arithmetic);
        self.reproduced(execution_score(*weight, *executed, budget)).then_some(found)
    }

    fn on_reported_rate(&self) -> Option<Hypothesis> {
        let Self { weight, reported, .. } = self;
        let rate = self.total.execution_rate?;
        let message = format!("所填得分与按表内执行率 {rate}% 计算的结果一致");
        let arithmetic = format!("{rate}% × {weight}{} = {reported}", capped(rate > Decimal::ONE_HUNDRED));
        let found = Hypothesis::new(HypothesisKind::ReportedRateBasis, message, arithmetic);
        self.reproduced(score_of_rate(*weight, rate)).then_some(found)
    }

    /// The rate cut to fewer decimals first, unless that is what the form prints as the rate.
    fn on_rounded_rate(&self) -> Option<Hypothesis> {
        let Self { weight, reported, .. } = self;
        let exact = (Exact::from(self.executed) * Decimal::ONE_HUNDRED).over(self.budget)?;
        let fits =
            |rate: &Decimal| Some(*rate) != self.total.execution_rate && self.reproduced(score_of_rate(*weight, *rate));
        let (rate, words) = cut_rates(&exact).find(|(rate, _)| fits(rate))?;
        let message = format!("执行率先{words}为 {rate}% 再乘以分值，与所填得分一致");
        let arithmetic = format!("{rate}% × {weight}{} = {reported}", capped(rate > Decimal::ONE_HUNDRED));
        Some(Hypothesis::new(HypothesisKind::RateRoundedFirst, message, arithmetic))
    }

    fn in_other_unit(&self) -> Option<Hypothesis> {
        let Self { weight, executed, budget, reported, .. } = self;
        let (converted, words) = conversions(&Exact::from(*executed)).into_iter().find(|(converted, _)| {
            let share = converted.clone().over(*budget).filter(|share| *share <= Exact::one());
            share.is_some_and(|share| closely(*reported, &(Exact::from(*weight) * share)))
        })?;
        let message = format!("全年执行数 {executed} {words}后计算，与所填得分一致");
        let arithmetic = format!("{} ÷ {budget} × {weight} = {reported}", shown(&converted));
        let found = Hypothesis::new(HypothesisKind::UnitConfused, message, arithmetic);
        Some(found.blaming([Location::fund(self.row, FundField::Executed)]))
    }

    /// Score and weight in each other's column.
    pub(in crate::rules) fn exchanged(&self) -> Option<Hypothesis> {
        let Self { row, weight, executed, budget, reported, .. } = self;
        let fits = reported > weight
            && execution_score(*reported, *executed, *budget).is_some_and(|score| score_agrees(*weight, &score));
        let message = format!("分值若为 {reported}、得分若为 {weight}，则与金额相符，两栏可能互换");
        let arithmetic = format!("{executed} ÷ {budget} × {reported} = {weight}");
        let found = Hypothesis::new(HypothesisKind::ColumnsExchanged, message, arithmetic);
        fits.then(|| found.blaming([Location::fund(*row, FundField::Weight)]))
    }
}

/// A rate with fewer decimals, the finest first, with the words for how it was cut.
pub(super) fn cut_rates(rate: &Exact) -> impl Iterator<Item = (Decimal, &'static str)> {
    let modes = [(RoundingMode::HalfUp, "四舍五入"), (RoundingMode::Down, "舍去尾数")];
    let cuts = (0..=MAX_SCALE).rev().flat_map(move |scale| modes.map(|(mode, words)| (scale, mode, words)));
    cuts.filter_map(|(scale, mode, words)| Some((rate.rounded(scale, mode)?, words)))
}

/// A printed execution rate, in percent, that the amounts do not give.
pub(in crate::rules) struct ExecutionRate<'a> {
    pub(in crate::rules) row: usize,
    pub(in crate::rules) total: &'a FundRow,
    pub(in crate::rules) executed: Decimal,
    pub(in crate::rules) budget: Decimal,
    pub(in crate::rules) reported: Decimal,
    /// The computed rate.
    pub(in crate::rules) rate: &'a Exact,
}

impl ExecutionRate<'_> {
    /// Every explanation, the likeliest first.
    pub(in crate::rules) fn hypotheses(&self) -> Vec<Hypothesis> {
        let is_due = |meant| rate_agrees(meant, self.rate);
        let found =
            [self.on_initial_budget(), self.as_fraction(), swapped(self.reported, is_due), self.in_other_unit()];
        found.into_iter().flatten().collect()
    }

    fn on_initial_budget(&self) -> Option<Hypothesis> {
        let Self { executed, reported, .. } = self;
        let budget = self.total.initial_budget?;
        let rate = scoring::percentage(*executed, budget)?;
        let message = format!("所填执行率与按年初预算数 {budget} 计算的结果一致");
        let arithmetic = format!("{executed} ÷ {budget} × 100% = {reported}%");
        let found = Hypothesis::new(HypothesisKind::InitialBudgetBasis, message, arithmetic);
        rate_agrees(*reported, &rate).then_some(found)
    }

    fn as_fraction(&self) -> Option<Hypothesis> {
        let Self { executed, budget, reported, rate, .. } = self;
        let share = (*rate).clone().over(Decimal::ONE_HUNDRED)?;
        let message = format!("所填 {reported} 是小数，不是百分数");
        let arithmetic = format!("{executed} ÷ {budget} = {reported}");
        let found = Hypothesis::new(HypothesisKind::FractionForPercent, message, arithmetic);
        closely(*reported, &share).then_some(found)
    }

    fn in_other_unit(&self) -> Option<Hypothesis> {
        let Self { row, executed, budget, reported, .. } = self;
        let rate = |executed: &Exact| (executed.clone() * Decimal::ONE_HUNDRED).over(*budget);
        let fits = |executed: &Exact| rate(executed).is_some_and(|rate| closely(*reported, &rate));
        let (converted, words) =
            conversions(&Exact::from(*executed)).into_iter().find(|(executed, _)| fits(executed))?;
        let message = format!("全年执行数 {executed} {words}后计算，与所填执行率一致");
        let arithmetic = format!("{} ÷ {budget} × 100% = {reported}%", shown(&converted));
        let found = Hypothesis::new(HypothesisKind::UnitConfused, message, arithmetic);
        Some(found.blaming([Location::fund(*row, FundField::Executed)]))
    }
}

/// Explanations of an execution over the budget, tested against the rate that the row prints.
pub(in crate::rules) fn overspending(executed: Decimal, budget: Decimal, rate: Option<Decimal>) -> Vec<Hypothesis> {
    let Some(rate) = rate.filter(|rate| *rate <= Decimal::ONE_HUNDRED) else { return Vec::new() };
    let percent = |executed: &Exact| (executed.clone() * Decimal::ONE_HUNDRED).over(budget);
    let is_due = |meant: Decimal| percent(&Exact::from(meant)).is_some_and(|due| closely(rate, &due));
    let converted = conversions(&Exact::from(executed)).into_iter();
    let converted = converted.filter(|(meant, _)| percent(meant).is_some_and(|due| closely(rate, &due)));
    let in_other_unit = converted.map(|(meant, words)| {
        let message = format!("全年执行数 {executed} {words}后，与所填执行率 {rate}% 相符");
        let arithmetic = format!("{} ÷ {budget} × 100% = {rate}%", shown(&meant));
        Hypothesis::new(HypothesisKind::UnitConfused, message, arithmetic)
    });
    swapped(executed, is_due).into_iter().chain(in_other_unit).collect()
}

/// What is said of a product that the weight limits.
pub(in crate::rules) const fn capped(is_capped: bool) -> &'static str {
    if is_capped { "，以分值为限" } else { "" }
}

#[cfg(test)]
mod tests;
