//! What every rule is given, where it reports to, and the words that messages share.

use rust_decimal::Decimal;

use super::codes::RuleInfo;
use super::finding::{Explanation, Finding, Location};
use crate::exact::Exact;
use crate::profile::Profile;
use crate::scoring::{self, MAX_SCALE, Quantity};
use crate::vocab::{self, Label, Scope};
use crate::{Form, FundField, FundRow, Indicator, IndicatorField};

/// One form under audit.
#[derive(Clone, Copy)]
pub(crate) struct Audit<'a> {
    pub(super) form: &'a Form,
    pub(super) profile: &'a Profile,
}

impl<'a> Audit<'a> {
    /// The total row of the funds with its number.
    pub(super) fn total_row(self) -> Option<(usize, &'a FundRow)> {
        scoring::total_row(self.form)
    }

    /// The indicators with their row numbers.
    pub(super) fn indicators(self) -> impl Iterator<Item = (usize, &'a Indicator)> {
        self.form.indicators.iter().enumerate()
    }

    /// The quantitative indicators with their row numbers.
    pub(super) fn quantities(self) -> impl Iterator<Item = (usize, &'a Indicator, Quantity)> {
        self.indicators().filter_map(|(row, indicator)| Some((row, indicator, Quantity::of(indicator)?)))
    }

    /// True where some indicator has a weight.
    pub(super) fn is_weighted(self) -> bool {
        self.form.indicators.iter().any(|indicator| indicator.weight.is_some())
    }

    /// The label of the budget that spending is compared with.
    pub(super) fn budget_label(self) -> &'static str {
        fund_label(self.profile.execution_basis.field())
    }
}

/// What a rule found: the values that its message needs.
pub(crate) trait Violation {
    fn location(&self) -> Location;

    /// One Chinese sentence that stands alone, with the numbers in it.
    fn message(&self) -> String;

    fn reported(&self) -> Option<Decimal> {
        None
    }

    fn expected(&self) -> Option<Decimal> {
        None
    }

    fn explanation(&self) -> Option<Explanation> {
        None
    }
}

/// Collects the findings of one rule after the other.
pub(crate) struct Report<'a> {
    rule: &'static RuleInfo,
    profile: &'a Profile,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Report<'a> {
    pub(super) fn new(rule: &'static RuleInfo, profile: &'a Profile, findings: &'a mut Vec<Finding>) -> Self {
        Self { rule, profile, findings }
    }

    pub(super) fn push(&mut self, violation: &impl Violation) {
        self.findings.push(Finding {
            code: self.rule.code,
            name: self.rule.name,
            severity: self.profile.severity.get(self.rule.code).copied().unwrap_or(self.rule.severity),
            message: violation.message(),
            location: violation.location(),
            reported: violation.reported(),
            expected: violation.expected(),
            explanation: violation.explanation(),
            basis: self.basis(),
        });
    }

    fn basis(&self) -> String {
        if self.rule.parameters.is_empty() {
            self.rule.basis.to_owned()
        } else {
            format!("{}；参数取自评分方案「{}」", self.rule.basis, self.profile.name)
        }
    }
}

/// The official label of a column of the funds.
pub(super) fn fund_label(field: FundField) -> &'static str {
    vocab::official(Scope::FundColumn, Label::FundColumn(field)).unwrap_or(field.key())
}

/// The official label of a column of the indicators.
pub(super) fn indicator_label(field: IndicatorField) -> &'static str {
    vocab::official(Scope::IndicatorColumn, Label::IndicatorColumn(field)).unwrap_or(field.key())
}

/// A computed number as a finding's `expected` holds it.
pub(super) fn rounded(number: &Exact) -> Option<Decimal> {
    number.rounded(MAX_SCALE)
}

/// A computed number in a message.
pub(super) fn shown(number: &Exact) -> String {
    rounded(number).map_or_else(|| "过大的数".to_owned(), |number| number.normalize().to_string())
}

/// The difference of a printed and a computed number in a message, without sign.
pub(super) fn difference(reported: Decimal, expected: &Exact) -> String {
    shown(&expected.clone().distance(reported))
}

/// An indicator's name in a message, shortened where it is long.
pub(super) fn named(indicator: &Indicator) -> String {
    const LONGEST: usize = 24;
    let name = crate::fold::without_space(&indicator.level3);
    if name.chars().count() <= LONGEST {
        format!("指标「{name}」")
    } else {
        let start: String = name.chars().take(LONGEST - 1).collect();
        format!("指标「{start}…」")
    }
}
