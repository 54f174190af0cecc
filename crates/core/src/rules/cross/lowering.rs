//! This year's target beside last year's target and actual: what X401 and X402 have in common.

use super::previous::{Pair, SameIndicator};
use crate::scoring::{self, Quantity};
use crate::{Decimal, Target};

/// A target that is easier than what the year before achieved.
pub(super) struct EasyTarget<'a> {
    pub(super) same: SameIndicator<'a>,
    pub(super) value: Decimal,
    pub(super) actual_before: Decimal,
    /// True where it is easier than the target of the year before, too.
    pub(super) lowered: bool,
}

impl EasyTarget<'_> {
    /// This year's target as printed.
    pub(super) fn target(&self) -> String {
        self.same.now.target.text.clone().unwrap_or_else(|| self.value.to_string())
    }

    /// Last year's target as printed.
    pub(super) fn target_before(&self) -> String {
        self.same.before.target.text.clone().unwrap_or_default()
    }

    /// Last year's actual as printed.
    pub(super) fn actual_before(&self) -> String {
        self.same.before.actual.text.clone().unwrap_or_else(|| self.actual_before.to_string())
    }
}

/// The targets of `pair` that the year before has bettered already. Numbers in different units are not compared.
pub(super) fn easy_targets<'a>(pair: &Pair<'a>) -> impl Iterator<Item = EasyTarget<'a>> + use<'a> {
    pair.indicators().filter_map(|same| {
        let target = &same.now.target;
        let (value, actual_before) = (target.value?, same.before.actual.value?);
        if scoring::units_conflict(target, &same.before.actual) || !is_easier(target, value, actual_before) {
            return None;
        }
        let lowered = target_before(target, &same.before.target).is_some_and(|before| is_easier(target, value, before));
        Some(EasyTarget { same, value, actual_before, lowered })
    })
}

/// Last year's target, where it asks for the same: as a number, in the same unit, on the same side.
fn target_before(now: &Target, before: &Target) -> Option<Decimal> {
    let units = [&now.unit, &before.unit].map(|unit| unit.as_deref().map(scoring::plain_unit));
    let same_unit = matches!(&units, [Some(now), Some(before)] if now == before) || units.iter().any(Option::is_none);
    let same_side = Quantity::is_to_reach(now.comparator) == Quantity::is_to_reach(before.comparator);
    before.value.filter(|_| same_unit && same_side)
}

/// True where `target` asks for less than `value`: below it where there is something to reach, above it where there is
/// a ceiling to stay under.
fn is_easier(target: &Target, asked: Decimal, value: Decimal) -> bool {
    if Quantity::is_to_reach(target.comparator) { asked < value } else { asked > value }
}
