//! The points of a form that add up to its total: what W201 and S302 share.

use rust_decimal::Decimal;

use super::location::Location;
use crate::exact::Exact;
use crate::scoring::total_row;
use crate::{FieldPath, Form, FundField, IndicatorField};

/// The weights or the scores of a form.
pub(super) struct Points {
    /// Every number with its place, in the order of the form.
    pub(super) parts: Vec<(Location, Decimal)>,
    /// The sum over the indicators.
    pub(super) indicators: Exact,
    /// The number of the funds' total row.
    pub(super) funds: Option<Decimal>,
    /// The sum of all.
    pub(super) sum: Exact,
}

impl Points {
    pub(super) fn weights(form: &Form) -> Self {
        let fund = total_row(form).and_then(|(row, total)| Some((row, total.weight?)));
        let fund = fund.map(|(row, weight)| (Location::fund(row, FundField::Weight), weight));
        let rows = form.indicators.iter().enumerate().filter_map(|(row, indicator)| Some((row, indicator.weight?)));
        let rows = rows.map(|(row, weight)| (Location::indicator(row, IndicatorField::Weight), weight));
        Self::of(fund, rows.collect())
    }

    pub(super) fn scores(form: &Form) -> Self {
        let fund = total_row(form).and_then(|(row, total)| Some((row, total.score?)));
        let fund = fund.map(|(row, score)| (Location::fund(row, FundField::Score), score));
        let rows = form.indicators.iter().enumerate().filter_map(|(row, indicator)| Some((row, indicator.score?)));
        let rows = rows.map(|(row, score)| (Location::indicator(row, IndicatorField::Score), score));
        Self::of(fund, rows.collect())
    }

    fn of(fund: Option<(Location, Decimal)>, rows: Vec<(Location, Decimal)>) -> Self {
        let funds = fund.as_ref().map(|(_, points)| *points);
        let indicators = Exact::sum(rows.iter().map(|(_, points)| Some(*points)));
        let sum = indicators.clone() + Exact::sum([funds]);
        Self { parts: fund.into_iter().chain(rows).collect(), indicators, funds, sum }
    }
}

/// The blank scores that a sum of scores may lack `missing` for: those whose weight allows as much.
pub(super) fn blank_scores(form: &Form, missing: &Exact) -> Vec<Location> {
    let allows = |weight: Option<Decimal>| weight.is_some_and(|weight| *missing <= Exact::from(weight));
    let fund = total_row(form).filter(|(_, total)| total.score.is_none() && allows(total.weight));
    let rows = form.indicators.iter().enumerate();
    let rows = rows.filter(|(_, indicator)| indicator.score.is_none() && allows(indicator.weight));
    let rows = rows.map(|(row, _)| Location::indicator(row, IndicatorField::Score));
    fund.map(|(row, _)| Location::fund(row, FundField::Score)).into_iter().chain(rows).collect()
}

/// The blank weights that a sum of weights may lack `missing` for: those whose score needs no more.
pub(super) fn blank_weights(form: &Form, missing: &Exact) -> Vec<Location> {
    let needs = |score: Option<Decimal>| score.is_some_and(|score| Exact::from(score) <= *missing);
    let fund = total_row(form).filter(|(_, total)| total.weight.is_none() && needs(total.score));
    let rows = form.indicators.iter().enumerate();
    let rows = rows.filter(|(_, indicator)| indicator.weight.is_none() && needs(indicator.score));
    let rows = rows.map(|(row, _)| Location::indicator(row, IndicatorField::Weight));
    fund.map(|(row, _)| Location::fund(row, FundField::Weight)).into_iter().chain(rows).collect()
}

/// What stands in the other column of points beside `place`: the score of a weight, the weight of a score.
pub(super) fn counterpart(form: &Form, place: &Location) -> Option<Decimal> {
    match place.field_path()? {
        FieldPath::Fund(row, FundField::Weight) => form.funds.rows.get(row)?.score,
        FieldPath::Fund(row, FundField::Score) => form.funds.rows.get(row)?.weight,
        FieldPath::Indicator(row, IndicatorField::Weight) => form.indicators.get(row)?.score,
        FieldPath::Indicator(row, IndicatorField::Score) => form.indicators.get(row)?.weight,
        _ => None,
    }
}
