//! What the figures of the funds add up to.

use jixiao_core::vocab::Label;
use jixiao_core::{Decimal, FundField};

use super::{CLASHES, FOLLOWS, Reading, Table};
use crate::rates;

impl Table<'_> {
    fn value(&self, reading: &Reading, row: usize, field: FundField) -> Option<Decimal> {
        let column = self.columns.iter().position(|label| *label == Label::FundColumn(field))?;
        self.at(reading, row, column)
    }

    fn at(&self, reading: &Reading, row: usize, column: usize) -> Option<Decimal> {
        let cell = reading.cells.get(row * self.columns.len() + column).copied().flatten()?;
        self.figures.get(cell)?.value
    }

    /// Whether the rate of a row is what was executed of the annual budget, to one percent.
    pub(super) fn rate(&self, reading: &Reading, row: usize) -> Option<bool> {
        let value = |field| self.value(reading, row, field);
        let (annual, executed) = (value(FundField::AnnualBudget)?, value(FundField::Executed)?);
        rates::follows(value(FundField::ExecutionRate)?, annual, executed)
    }

    /// Whether the score of a row is its share of the weight, to one percent of it.
    pub(super) fn score(&self, reading: &Reading, row: usize) -> Option<bool> {
        let value = |field| self.value(reading, row, field);
        let (weight, score) = (value(FundField::Weight)?, value(FundField::Score)?);
        if score > weight {
            return Some(false);
        }
        let exact = weight.checked_mul(value(FundField::ExecutionRate)?)?.checked_div(Decimal::ONE_HUNDRED)?;
        let gap = score.checked_sub(exact)?.abs().checked_mul(Decimal::ONE_HUNDRED)?;
        (gap <= weight).then_some(true)
    }

    /// Weighs the cells that stay blank, and columns that add up to less than their total.
    pub(super) fn close(&self, reading: &mut Reading) {
        reading.cost -= reading.late;
        for column in 0..self.columns.len() {
            let blank = self.rows - reading.ends.get(column).copied().unwrap_or(0);
            reading.cost += i32::try_from(blank).unwrap_or(0) * self.blank_cost(column);
            let short = self.is_money(column)
                && self.rest(reading, column).is_some_and(|(rest, margin)| rest > margin)
                && (1..self.rows).any(|row| self.at(reading, row, column).is_some());
            weigh(reading, short.then_some(false));
        }
    }

    /// What a column's total leaves when its rows are taken off, and how far that may be off: rows are rounded to cents.
    fn rest(&self, reading: &Reading, column: usize) -> Option<(Decimal, Decimal)> {
        let total = self.at(reading, 0, column)?;
        let mut parts = (1..self.rows).filter_map(|row| self.at(reading, row, column));
        let rest = parts.try_fold(total, Decimal::checked_sub)?;
        Some((rest, Decimal::new(5, 2)))
    }

    /// Whether the rows of a column down to the last one add up to its total, or to more.
    pub(super) fn sum(&self, reading: &Reading, (row, column): (usize, usize)) -> Option<bool> {
        let own = self.at(reading, row, column)?;
        let (rest, margin) = self.rest(reading, column)?;
        match () {
            () if row == 0 || own.is_zero() => None,
            () if rest.abs() <= margin => Some(true),
            () if rest.is_sign_negative() => Some(false),
            () => None,
        }
    }
}

/// Takes in what a figure proves.
pub(super) fn weigh(reading: &mut Reading, proof: Option<bool>) {
    match proof {
        Some(true) => {
            reading.cost -= FOLLOWS;
            reading.proofs += 1;
        }
        Some(false) => {
            reading.cost += CLASHES;
            reading.clashes += 1;
        }
        None => {}
    }
}
