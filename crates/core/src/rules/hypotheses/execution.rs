//! Explanations of an execution score.

use super::{Hypothesis, HypothesisKind};
use crate::exact::Exact;
use crate::scoring::{execution_score, score_agrees, score_of_rate};
use crate::{Decimal, FundRow};

/// A printed execution score that the amounts do not give.
pub(in crate::rules) struct ExecutionScore<'a> {
    pub(in crate::rules) total: &'a FundRow,
    pub(in crate::rules) weight: Decimal,
    pub(in crate::rules) executed: Decimal,
    pub(in crate::rules) reported: Decimal,
}

impl ExecutionScore<'_> {
    /// Every explanation, the two of the contract first.
    pub(in crate::rules) fn hypotheses(&self) -> Vec<Hypothesis> {
        [self.on_initial_budget(), self.on_reported_rate()].into_iter().flatten().collect()
    }

    fn reproduced(&self, score: Option<Exact>) -> bool {
        score.is_some_and(|score| score_agrees(self.reported, &score))
    }

    fn on_initial_budget(&self) -> Option<Hypothesis> {
        let Self { weight, executed, reported, .. } = self;
        let budget = self.total.initial_budget?;
        self.reproduced(execution_score(*weight, *executed, budget)).then(|| Hypothesis {
            kind: HypothesisKind::InitialBudgetBasis,
            message: format!("所填得分与按年初预算数 {budget} 计算的结果一致"),
            arithmetic: format!("{executed} ÷ {budget} × {weight}{} = {reported}", capped(*executed > budget)),
            places: Vec::new(),
        })
    }

    fn on_reported_rate(&self) -> Option<Hypothesis> {
        let Self { weight, reported, .. } = self;
        let rate = self.total.execution_rate?;
        self.reproduced(score_of_rate(*weight, rate)).then(|| Hypothesis {
            kind: HypothesisKind::ReportedRateBasis,
            message: format!("所填得分与按表内执行率 {rate}% 计算的结果一致"),
            arithmetic: format!("{rate}% × {weight}{} = {reported}", capped(rate > Decimal::ONE_HUNDRED)),
            places: Vec::new(),
        })
    }
}

/// What is said of a product that the weight limits.
pub(in crate::rules) const fn capped(is_capped: bool) -> &'static str {
    if is_capped { "，以分值为限" } else { "" }
}
