//! The points of a form that add up to its total: what W201 and S302 share.

use rust_decimal::Decimal;

use super::audit::Audit;
use super::location::Location;
use crate::exact::Exact;
use crate::{FundField, IndicatorField};

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
    pub(super) fn weights(audit: Audit<'_>) -> Self {
        let funds = audit.total_row().and_then(|(row, total)| Some((row, total.weight?)));
        let funds = funds.map(|(row, weight)| (Location::fund(row, FundField::Weight), weight));
        let indicators = audit.indicators().filter_map(|(row, indicator)| Some((row, indicator.weight?)));
        let indicators = indicators.map(|(row, weight)| (Location::indicator(row, IndicatorField::Weight), weight));
        Self::of(funds, indicators.collect())
    }

    pub(super) fn scores(audit: Audit<'_>) -> Self {
        let funds = audit.total_row().and_then(|(row, total)| Some((row, total.score?)));
        let funds = funds.map(|(row, score)| (Location::fund(row, FundField::Score), score));
        let indicators = audit.indicators().filter_map(|(row, indicator)| Some((row, indicator.score?)));
        let indicators = indicators.map(|(row, score)| (Location::indicator(row, IndicatorField::Score), score));
        Self::of(funds, indicators.collect())
    }

    fn of(fund: Option<(Location, Decimal)>, rows: Vec<(Location, Decimal)>) -> Self {
        let funds = fund.as_ref().map(|(_, points)| *points);
        let indicators = Exact::sum(rows.iter().map(|(_, points)| Some(*points)));
        let sum = indicators.clone() + Exact::sum([funds]);
        Self { parts: fund.into_iter().chain(rows).collect(), indicators, funds, sum }
    }
}
