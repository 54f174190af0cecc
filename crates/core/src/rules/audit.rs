//! What every rule is given, where it reports to, and the words that messages share.

use rust_decimal::Decimal;

use super::codes::RuleInfo;
use super::finding::{Explanation, Finding};
use super::hypotheses::Hypothesis;
use super::location::Location;
use super::points::Points;
use crate::exact::{Exact, RoundingMode};
use crate::profile::Profile;
use crate::scoring::{self, FULL_POINTS, MAX_SCALE, Quantity};
use crate::vocab::{self, Label, Scope};
use crate::{Form, FundField, FundRow, Indicator, IndicatorField};

/// One form under audit.
#[derive(Clone, Copy)]
pub(crate) struct Audit<'a> {
    pub(super) form: &'a Form,
    pub(super) profile: &'a Profile,
    /// The weights of the form, which more than one rule adds up.
    pub(super) weights: &'a Points,
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

    /// What the weights should add up to.
    pub(super) fn total_weight(self) -> Decimal {
        self.form.total.weight.unwrap_or(FULL_POINTS)
    }

    /// True where some indicator has a weight.
    pub(super) fn is_weighted(self) -> bool {
        self.form.indicators.iter().any(|indicator| indicator.weight.is_some())
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

    /// Which of the two explanations of F105 holds.
    fn explanation(&self) -> Option<Explanation> {
        None
    }

    /// The computation behind the expected number in words, with its result.
    fn arithmetic(&self) -> Option<String> {
        None
    }

    /// The cells that the computation rests on.
    fn inputs(&self) -> Vec<Location> {
        Vec::new()
    }

    /// Blank cells that would settle the matter if they held a certain number, with the words for it.
    fn blanks(&self) -> Vec<(Location, String)> {
        Vec::new()
    }

    /// How the printed number may have come about, the best explanation first.
    fn hypotheses(&self) -> Vec<Hypothesis> {
        Vec::new()
    }
}

/// A finding with the cells that its computation rests on.
pub(super) struct Draft {
    pub(super) finding: Finding,
    pub(super) inputs: Vec<Location>,
    pub(super) blanks: Vec<(Location, String)>,
}

/// Collects the findings of one rule after the other.
pub(crate) struct Report<'a> {
    rule: &'static RuleInfo,
    profile: &'a Profile,
    drafts: &'a mut Vec<Draft>,
}

impl<'a> Report<'a> {
    pub(super) fn new(rule: &'static RuleInfo, profile: &'a Profile, drafts: &'a mut Vec<Draft>) -> Self {
        Self { rule, profile, drafts }
    }

    pub(super) fn push(&mut self, violation: &impl Violation) {
        let (reported, expected) = (violation.reported(), violation.expected());
        let hypotheses = violation.hypotheses();
        let reason = hypotheses.first().map_or_else(String::new, |best| format!("；{}", best.message));
        let finding = Finding {
            code: self.rule.code,
            name: self.rule.name,
            severity: self.profile.severity.get(self.rule.code).copied().unwrap_or(self.rule.severity),
            message: violation.message() + &reason,
            location: violation.location(),
            reported,
            expected,
            explanation: violation.explanation(),
            basis: self.basis(),
            difference: reported.zip(expected).and_then(|(reported, expected)| minus(reported, expected)),
            arithmetic: violation.arithmetic(),
            related: Vec::new(),
            hypotheses,
        };
        self.drafts.push(Draft { finding, inputs: violation.inputs(), blanks: violation.blanks() });
    }

    fn basis(&self) -> String {
        if self.rule.parameters.is_empty() {
            self.rule.basis.to_owned()
        } else {
            format!("{}；参数取自评分方案「{}」", self.rule.basis, self.profile.name)
        }
    }
}

/// The cells that a quantitative score rests on.
pub(super) fn quantity_inputs(row: usize) -> Vec<Location> {
    let fields = [IndicatorField::Target, IndicatorField::Actual, IndicatorField::Weight];
    fields.map(|field| Location::indicator(row, field)).into()
}

/// The official label of a column of the funds.
pub(super) fn fund_label(field: FundField) -> &'static str {
    vocab::official(Scope::FundColumn, Label::FundColumn(field)).unwrap_or(field.key())
}

/// The official label of a column of the indicators.
pub(super) fn indicator_label(field: IndicatorField) -> &'static str {
    vocab::official(Scope::IndicatorColumn, Label::IndicatorColumn(field)).unwrap_or(field.key())
}

/// `reported − expected`, exact; `None` where `Decimal` cannot hold it.
fn minus(reported: Decimal, expected: Decimal) -> Option<Decimal> {
    let scale = reported.scale().max(expected.scale());
    (Exact::from(reported) - expected).rounded(scale, RoundingMode::HalfUp)
}

/// A quotient as a finding's `expected` holds it.
pub(super) fn rounded(number: &Exact) -> Option<Decimal> {
    number.rounded(MAX_SCALE, RoundingMode::HalfUp)
}

/// A sum as a finding's `expected` holds it: with every decimal of its parts.
pub(super) fn summed(sum: &Exact) -> Option<Decimal> {
    sum.as_decimal().or_else(|| rounded(sum))
}

/// A sum in words: `150.00 + 40.00 = 190`.
pub(crate) fn sum_in_words(parts: impl IntoIterator<Item = Decimal>, sum: &Exact) -> String {
    let parts: Vec<_> = parts.into_iter().map(operand).collect();
    format!("{} = {}", parts.join(" + "), shown_sum(sum))
}

/// What is said of a blank cell in a sum that `missing` would complete.
pub(super) fn blank_in_words(missing: &Exact) -> String {
    format!("空白，按 0 计；若为 {}，合计相符", shown_sum(missing))
}

/// A number among others in an arithmetic: in brackets where it has a sign of its own.
pub(super) fn operand(number: Decimal) -> String {
    if number < Decimal::ZERO { format!("({number})") } else { number.to_string() }
}

/// A sum in a message.
pub(crate) fn shown_sum(sum: &Exact) -> String {
    summed(sum).map_or_else(|| shown(sum), |sum| sum.normalize().to_string())
}

/// A computed number in a message.
pub(super) fn shown(number: &Exact) -> String {
    rounded(number).map_or_else(|| "过大的数".to_owned(), |number| number.normalize().to_string())
}

/// The difference of a printed number and a sum in a message, without sign.
pub(super) fn difference(reported: Decimal, sum: &Exact) -> String {
    shown_sum(&sum.clone().distance(reported))
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
