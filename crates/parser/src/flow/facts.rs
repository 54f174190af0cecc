//! What a row and the rows before it have said, and what their arithmetic says about the next cell.

use std::rc::Rc;

use jixiao_core::fold::is_blank;
use jixiao_core::{Decimal, FundField, IndicatorField};

use super::cost::{Print, Segment, Sums};
use super::figures::Decimals;
use crate::dialect::columns::Kind;
use crate::rates;

/// What a row has said so far, and the sums of the rows before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    target: Option<Rc<Print>>,
    weight: Option<i64>,
    sums: [i64; 2],
    /// How the weight and the score above are printed.
    decimals: [Option<Decimals>; 2],
    annual: Option<Decimal>,
    initial: Option<Decimal>,
    executed: Option<Decimal>,
    rate: Option<Decimal>,
    /// The amounts of the first row, which the others are parts of.
    total: Option<[Option<Decimal>; 3]>,
    /// The score is below the weight; `None` before both are known.
    deducted: Option<bool>,
    /// 指标性质 says 定性: such a target has no unit.
    qualitative: bool,
    /// The row is a leftover of the template.
    pub(super) placeholder: bool,
}

/// What the future of a reading depends on.
pub(super) type Future =
    (Option<usize>, Option<i64>, [i64; 2], [Option<Decimals>; 2], Amounts, Option<bool>, [bool; 2]);

/// The amounts and the rate of a row, and the amounts of the first one.
type Amounts = ([Option<Decimal>; 4], Option<[Option<Decimal>; 3]>);

impl Facts {
    pub(super) fn future(&self) -> Future {
        let amounts = [self.annual, self.initial, self.executed, self.rate];
        (
            self.target.as_ref().map(|print| Rc::as_ptr(print) as usize),
            self.weight,
            self.sums,
            self.decimals,
            (amounts, self.total),
            self.deducted,
            [self.qualitative, self.placeholder],
        )
    }

    /// The facts with which the row goes on, or a new one begins.
    pub(super) fn next(&self, new_row: bool) -> Self {
        if !new_row {
            return self.clone();
        }
        let own = [self.initial, self.annual, self.executed];
        let total = self.total.or_else(|| own.iter().any(Option::is_some).then_some(own));
        Self { sums: self.sums, decimals: self.decimals, total, ..Self::default() }
    }

    /// Takes a cell in; what it costs, or below zero, what it is worth.
    pub(super) fn take(&mut self, kind: Kind, cell: &Segment, sums: Sums) -> i64 {
        let after_placeholder = if self.placeholder && !cell.plain.is_empty() { 8 } else { 0 };
        self.placeholder |= cell.placeholder;
        let own = match kind {
            Kind::Indicator(field) => self.indicator(field, cell, sums),
            Kind::Fund(field) => self.fund(field, cell),
            Kind::Nature => {
                self.qualitative = cell.plain.starts_with("定性");
                0
            }
            Kind::Unit if self.qualitative && !cell.plain.is_empty() => 6,
            _ => 0,
        };
        after_placeholder + own
    }

    fn indicator(&mut self, field: IndicatorField, cell: &Segment, sums: Sums) -> i64 {
        match field {
            IndicatorField::Target => {
                self.target = Some(Rc::clone(&cell.print));
                0
            }
            IndicatorField::Actual => self.target.take().map_or(0, |target| echo(&target, &cell.print)),
            IndicatorField::Weight => {
                self.weight = cell.points;
                self.add(0, cell.points, sums) + self.printed(0, cell)
            }
            IndicatorField::Score => {
                let weight = self.weight.take();
                self.deducted = cell.points.zip(weight).map(|(points, weight)| points < weight);
                self.add(1, cell.points, sums) + self.printed(1, cell) + score(cell.points, weight)
            }
            IndicatorField::Deviation if !is_blank(&cell.plain) && !cell.says_nothing() => reason(self.deducted),
            _ => 0,
        }
    }

    /// Adds points to a sum; more than the form's own total is no reading.
    fn add(&mut self, at: usize, points: Option<i64>, sums: Sums) -> i64 {
        let (Some(points), Some(sum)) = (points, self.sums.get_mut(at)) else { return 0 };
        *sum = sum.saturating_add(points);
        let above = sums.get(at).copied().flatten().is_some_and(|total| *sum > total.most + 1);
        if above { 20 } else { 0 }
    }

    /// The numbers of a column are printed with as many decimals each.
    fn printed(&mut self, at: usize, cell: &Segment) -> i64 {
        let Some(above) = self.decimals.get_mut(at).filter(|_| cell.points.is_some()) else { return 0 };
        let clash = above.replace(cell.decimals).is_some_and(|above| above.clashes(cell.decimals));
        if clash { 5 } else { 0 }
    }

    fn fund(&mut self, field: FundField, cell: &Segment) -> i64 {
        self.part(field, cell) + self.own_fund(field, cell)
    }

    /// An amount in a column whose total is blank or less is no part of it, unless nobody filled the total in; one that is
    /// all of it is likely.
    fn part(&self, field: FundField, cell: &Segment) -> i64 {
        let (Some(total), Some(amount)) = (self.total, cell.amount) else { return 0 };
        let [initial, annual, executed] = total;
        let whole = match field {
            FundField::InitialBudget => initial,
            FundField::AnnualBudget => annual,
            FundField::Executed => executed,
            _ => return 0,
        };
        match whole {
            None => 6,
            Some(whole) if whole.is_zero() => 0,
            Some(whole) if amount > whole => 4,
            Some(whole) if amount == whole => -2,
            Some(_) => 0,
        }
    }

    fn own_fund(&mut self, field: FundField, cell: &Segment) -> i64 {
        match field {
            FundField::InitialBudget => {
                self.initial = cell.amount;
                scale(cell)
            }
            FundField::AnnualBudget => {
                self.annual = cell.amount;
                scale(cell) - i64::from(cell.amount.is_some() && cell.amount == self.initial) * 3
            }
            FundField::Executed => {
                self.executed = cell.amount;
                let above = matches!((cell.amount, self.annual), (Some(executed), Some(annual)) if executed > annual);
                scale(cell) - i64::from(cell.amount.is_some() && cell.amount == self.annual) * 3 + i64::from(above) * 3
            }
            FundField::Weight => {
                self.weight = cell.points;
                0
            }
            FundField::ExecutionRate => {
                self.rate = cell.rate;
                rate(cell, self.annual, self.executed)
            }
            FundField::Score => score(cell.points, self.weight) + self.fund_score(cell),
            FundField::Label => 0,
        }
    }

    /// The points follow from the rate.
    fn fund_score(&self, cell: &Segment) -> i64 {
        let (Some(points), Some(weight), Some(annual), Some(executed)) =
            (cell.points, self.weight, self.annual, self.executed)
        else {
            return 0;
        };
        let Some(exact) = executed.checked_div(annual).and_then(|rate| rate.checked_mul(Decimal::from(weight))) else {
            return 0;
        };
        let off = Decimal::from(points).checked_sub(exact).map(|off| off.abs());
        if off.is_some_and(|off| off <= Decimal::TWO) { -4 } else { 1 }
    }

    /// What is left of the sums at the end.
    pub(super) fn close(&self, sums: Sums) -> u32 {
        let off = |at: usize| {
            let (sum, total) = (self.sums.get(at).copied().unwrap_or_default(), sums.get(at).copied().flatten());
            total.is_some_and(|total| (sum - total.least).abs() > 1 && (sum - total.most).abs() > 1)
        };
        u32::from(off(0)) * 30 + u32::from(off(1)) * 20
    }
}

/// An actual often repeats its target, or at least its unit.
fn echo(target: &Print, actual: &Print) -> i64 {
    if target.bare == actual.bare {
        return -4;
    }
    match (&target.unit, &actual.unit) {
        (Some(left), Some(right)) if left == right => -3,
        (Some(_), Some(_)) => 2,
        (None, Some(_)) if target.value.is_some() => 3,
        _ if target.value.is_some() != actual.value.is_some() => 2,
        _ if target.value.is_some() && target.value == actual.value => -3,
        _ => 0,
    }
}

/// Reasons stand where points are missing.
const fn reason(deducted: Option<bool>) -> i64 {
    match deducted {
        Some(true) => -3,
        Some(false) => 3,
        None => 0,
    }
}

/// No score is above its weight; most are the weight itself.
fn score(points: Option<i64>, weight: Option<i64>) -> i64 {
    match (points, weight) {
        (Some(points), Some(weight)) if points > weight => 16,
        (Some(points), Some(weight)) if points == weight => -2,
        _ => 0,
    }
}

/// Amounts have two decimals, or none.
fn scale(cell: &Segment) -> i64 {
    cell.amount.map_or(0, |amount| match amount.scale() {
        0 | 2 => 0,
        1 => 1,
        4 | 6 => 1,
        _ => 3,
    })
}

fn rate(cell: &Segment, annual: Option<Decimal>, executed: Option<Decimal>) -> i64 {
    let (Some(rate), Some(annual), Some(executed)) = (cell.rate, annual, executed) else { return 0 };
    match rates::follows(rate, annual, executed) {
        Some(true) if cell.plain.ends_with('%') => -10,
        Some(true) => -2,
        Some(false) => 8,
        None => 0,
    }
}
