//! What a cell costs in a column, and what the arithmetic of its row says about it.

use std::ops::Range;
use std::rc::Rc;

use jixiao_core::fold::is_blank;
use jixiao_core::{Decimal, FundField, IndicatorField};
use rust_decimal::prelude::ToPrimitive;

use super::ink::Ink;
use crate::dialect::columns::{Kind, Shape};
use crate::template::{is_dots, is_number_alone};
use crate::value;

/// The cost of a cell in a column where it cannot stand.
pub(super) const NEVER: u32 = 13;

/// A level's name without any indicator below it.
pub(super) const EMPTY_LEVEL: u32 = 5;

/// A level-1 name without the level-2 name beside it.
pub(super) const LEVEL2_MISSING: u32 = 3;

const COMPARATORS: [char; 5] = ['>', '<', '=', '≥', '≤'];

/// The most points of one indicator.
const MOST_POINTS: i64 = 6_000;

/// What a row costs that lacks the column.
pub(super) const fn skip(kind: Kind, kept: bool) -> u32 {
    match kind {
        // Amounts are missing from the right.
        Kind::Fund(FundField::InitialBudget) => 3,
        _ => kind.skip(kept),
    }
}

/// What the weights or scores of the rows add up to: the total less the fund row, or, in forms that leave it out, all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    /// In hundredths.
    pub(super) least: i64,
    /// In hundredths.
    pub(super) most: i64,
}

/// The sums of the weights and of the scores.
pub(super) type Sums = [Option<Sum>; 2];

/// A candidate cell.
#[derive(Debug)]
pub(super) struct Segment {
    /// One past its last atom.
    pub(super) to: usize,
    /// What joining its atoms costs.
    pub(super) joined: u32,
    /// The columns it may stand in, and what it costs there.
    pub(super) columns: Vec<(usize, u32)>,
    plain: String,
    shape: Shape,
    /// Its value in hundredths, where it is a number printed as numbers are.
    points: Option<i64>,
    amount: Option<Decimal>,
    rate: Option<Decimal>,
    /// Begins or ends as no cell does.
    ragged: u32,
    placeholder: bool,
    /// Numbers in the text that are no dates and no ordinals.
    figures: u32,
    print: Rc<Print>,
}

/// What a cell prints as a quantity.
#[derive(Debug)]
struct Print {
    /// Without a comparator.
    bare: String,
    unit: Option<String>,
    value: Option<Decimal>,
}

impl Segment {
    /// The cell of the visible characters `range`.
    pub(super) fn new(ink: &Ink, range: Range<usize>, to: usize, joined: u32, kinds: &[Kind]) -> Self {
        let plain = ink.plain(range);
        let shape = Shape::of(&plain);
        let proper = is_proper(&plain);
        let points = Some(&plain)
            .filter(|_| proper && shape.is_number())
            .and_then(|plain| value::number(plain))
            .and_then(hundredths);
        let amount = Some(&plain).filter(|_| proper && shape.is_number()).and_then(|plain| value::amount(plain));
        let rate = Some(&plain).filter(|_| proper && shape.is_number()).and_then(|plain| value::percent(plain));
        let placeholder = (!plain.is_empty() && is_dots(&plain)) || is_number_alone(&plain);
        let figures = figures(&plain);
        let ragged = ragged(&plain) + u32::from(shape.is_number() && !proper) * NEVER;
        let quantity =
            if shape.is_number() || shape.is_quantity() { value::quantity(&plain) } else { value::Quantity::default() };
        let bare = plain.trim_start_matches(COMPARATORS).to_owned();
        let print = Rc::new(Print { bare, unit: quantity.unit, value: quantity.value });
        let mut cell = Self {
            to,
            joined,
            columns: Vec::new(),
            shape,
            points,
            amount,
            rate,
            ragged,
            placeholder,
            figures,
            plain,
            print,
        };
        let costs = kinds.iter().map(|kind| cell.cost(*kind)).enumerate();
        cell.columns = costs.filter(|(_, cost)| *cost < NEVER).collect();
        cell
    }

    /// What the cell costs in a column of `kind`.
    fn cost(&self, kind: Kind) -> u32 {
        if self.placeholder {
            return if kind == Kind::Indicator(IndicatorField::Level3) { 0 } else { 8 };
        }
        self.shape.cost(kind).saturating_add(self.ragged).saturating_add(self.own(kind))
    }

    /// What the shape does not say.
    fn own(&self, kind: Kind) -> u32 {
        match kind {
            // Nothing stands for the cells that a label at the side covers.
            Kind::Side if is_blank(&self.plain) => NEVER,
            Kind::Indicator(IndicatorField::Weight) => self.weight(),
            Kind::Fund(FundField::Weight) => self.weight(),
            Kind::Indicator(IndicatorField::Score) | Kind::Fund(FundField::Score) => self.score(),
            Kind::Indicator(IndicatorField::Level1 | IndicatorField::Level2) => self.level(),
            Kind::Indicator(IndicatorField::Deviation) if self.shape.is_level() => 8,
            Kind::Indicator(IndicatorField::Level3) => self.name() + self.figures * 4,
            Kind::Indicator(IndicatorField::Deviation) if self.compares() => 8,
            Kind::Indicator(IndicatorField::Deviation) => self.figures * 4,
            Kind::Indicator(IndicatorField::Target | IndicatorField::Actual) if self.is_text() => self.figures * 4,
            Kind::Other | Kind::Unit | Kind::RowLabel if self.is_text() => self.figures * 4,
            _ => 0,
        }
    }

    /// More than a number with its unit.
    const fn is_text(&self) -> bool {
        !self.shape.is_number() && !self.shape.is_quantity()
    }

    fn compares(&self) -> bool {
        self.plain.starts_with(COMPARATORS)
    }

    /// Names of levels outside the vocabulary are words without punctuation.
    fn level(&self) -> u32 {
        let known = self.shape.is_level() || self.plain.is_empty();
        let plain = self.plain.chars().all(char::is_alphabetic);
        if known {
            0
        } else if plain {
            2
        } else {
            8
        }
    }

    fn name(&self) -> u32 {
        let digits = self.plain.starts_with(|c: char| c.is_ascii_digit());
        u32::from(self.compares()) * 4 + u32::from(digits) * 3
    }

    /// Weights are round, and rarely above sixty.
    fn weight(&self) -> u32 {
        match self.points {
            Some(points) if !(0..=MOST_POINTS).contains(&points) => 8,
            Some(0) => 4,
            Some(points) if points % 100 == 0 => 0,
            Some(points) if points % 50 == 0 => 1,
            Some(_) => 3,
            None => 0,
        }
    }

    fn score(&self) -> u32 {
        self.points.map_or(0, |points| if points > 10_000 { 8 } else { 0 })
    }
}

fn hundredths(number: Decimal) -> Option<i64> {
    number.checked_mul(Decimal::ONE_HUNDRED)?.to_i64()
}

/// A number is printed without leading zeros.
fn is_proper(plain: &str) -> bool {
    let digits = plain.trim_start_matches(COMPARATORS).trim_start_matches(['-', '+']);
    let padded = digits.starts_with('0') && digits.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    !padded && !digits.starts_with('.')
}

/// Numbers in a text, those aside that begin a date, a point of a list or a bracket.
fn figures(plain: &str) -> u32 {
    let mut count = 0;
    let mut before = None;
    let mut rest = plain;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let opened = rest.get(..start).and_then(|text| text.chars().next_back()).or(before);
        let tail = rest.get(start..).unwrap_or_default();
        let length = tail.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '%').unwrap_or(tail.len());
        let (digits, after) = tail.split_at(length);
        let listed =
            digits.ends_with('.') || after.starts_with(['年', '月', '日', '、', ':', ')', '-', '~', '号', '级']);
        count += u32::from(!listed && opened != Some('('));
        before = digits.chars().next_back();
        rest = after;
    }
    count
}

fn ragged(plain: &str) -> u32 {
    let starts = plain.starts_with([',', '。', '、', ';', ')', ':', '%', ']', '》', '”']);
    let ends = plain.ends_with(['(', '[', '《', '“', '、', ',', '>', '<', '=', '≥', '≤']);
    let depth: i32 = plain
        .chars()
        .map(|c| i32::from(matches!(c, '(' | '《' | '“')) - i32::from(matches!(c, ')' | '》' | '”')))
        .sum();
    u32::from(starts) * 8 + u32::from(ends) * 8 + u32::from(depth != 0) * 6
}

/// What a row has said so far, and the sums of the rows before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    target: Option<Rc<Print>>,
    weight: Option<i64>,
    sums: [i64; 2],
    annual: Option<Decimal>,
    initial: Option<Decimal>,
    executed: Option<Decimal>,
    rate: Option<Decimal>,
    /// The score is below the weight; `None` before both are known.
    deducted: Option<bool>,
    /// 指标性质 says 定性: such a target has no unit.
    qualitative: bool,
    /// The row is a leftover of the template.
    pub(super) placeholder: bool,
}

/// What the future of a reading depends on.
pub(super) type Future = (Option<usize>, Option<i64>, [i64; 2], [Option<Decimal>; 4], Option<bool>, [bool; 2]);

impl Facts {
    pub(super) fn future(&self) -> Future {
        let amounts = [self.annual, self.initial, self.executed, self.rate];
        (
            self.target.as_ref().map(|print| Rc::as_ptr(print) as usize),
            self.weight,
            self.sums,
            amounts,
            self.deducted,
            [self.qualitative, self.placeholder],
        )
    }

    /// The facts with which a new row begins.
    pub(super) fn next_row(&self) -> Self {
        Self { sums: self.sums, ..Self::default() }
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
                self.add(0, cell.points, sums)
            }
            IndicatorField::Score => {
                let weight = self.weight.take();
                self.deducted = cell.points.zip(weight).map(|(points, weight)| points < weight);
                self.add(1, cell.points, sums) + score(cell.points, weight)
            }
            IndicatorField::Deviation if !cell.plain.is_empty() => reason(self.deducted),
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

    fn fund(&mut self, field: FundField, cell: &Segment) -> i64 {
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
    let exact = executed.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(annual));
    let Some(exact) = exact else { return 0 };
    let near = |rate: Decimal| rate.checked_sub(exact).is_some_and(|gap| gap.abs() < Decimal::ONE);
    if near(rate) || rate.checked_mul(Decimal::ONE_HUNDRED).is_some_and(near) {
        if cell.plain.ends_with('%') { -10 } else { -2 }
    } else {
        8
    }
}
