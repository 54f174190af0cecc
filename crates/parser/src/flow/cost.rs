//! What a cell costs in a column, and what the arithmetic of its row says about it.

use std::ops::Range;
use std::rc::Rc;

use jixiao_core::fold::is_blank;
use jixiao_core::{Comparator, Decimal, FundField, IndicatorField};
use rust_decimal::prelude::ToPrimitive;

use super::figures::{Decimals, Figures, figures, is_proper, is_twice};
use super::ink::Ink;
use crate::dialect::columns::{Kind, Shape};
use crate::stream::rows::look::says_nothing;
use crate::template::{is_dots, is_number_alone};
use crate::value;

/// The cost of a cell in a column where it cannot stand.
pub(super) const NEVER: u32 = 13;

/// A level's name without any indicator below it.
pub(super) const EMPTY_LEVEL: u32 = 5;

/// A level-1 name without the level-2 name beside it.
pub(super) const LEVEL2_MISSING: u32 = 3;

/// The most points of one indicator.
const MOST_POINTS: i64 = 6_000;

/// What a row costs that lacks the column.
pub(super) const fn skip(kind: Kind, kept: bool) -> u32 {
    match kind {
        // Amounts are missing from the right.
        Kind::Fund(FundField::InitialBudget) => 3,
        // Nearly every row has both, and where one is blank the other is seldom in its place.
        Kind::Indicator(IndicatorField::Target | IndicatorField::Actual) if !kept => 5,
        Kind::Indicator(IndicatorField::Score) if !kept => 6,
        _ => kind.skip(kept),
    }
}

/// A target that is a number alone, where it may as well be a weight.
const BARE_TARGET: u32 = 4;

/// A dash for the points of a row, where it may as well say that there is no deviation.
const GLUED_BLANK: u32 = 5;

/// So much less does a row cost that lacks both its target and its actual, where they may be glued to its name.
pub(super) const MERGED_LESS: u32 = 3;

/// The columns of a body and what its figures must add up to.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    pub(super) columns: &'a [Kind],
    /// The text marks blank cells.
    pub(super) kept: bool,
    /// Nothing parts the cells.
    pub(super) glued: bool,
    /// What the weights and the scores must add up to.
    pub(super) sums: Sums,
    /// Names of level 1 are printed without 指标, so that 产出 beside 数量 is one.
    pub(super) stems: bool,
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
    /// Its characters, folded.
    pub(super) plain: String,
    shape: Shape,
    /// Its value in hundredths, where it is a number printed as numbers are.
    pub(super) points: Option<i64>,
    /// Its value as an amount of money, likewise.
    pub(super) amount: Option<Decimal>,
    /// Its value in percent, likewise.
    pub(super) rate: Option<Decimal>,
    /// Begins or ends as no cell does.
    ragged: u32,
    /// It is a leftover of the template.
    pub(super) placeholder: bool,
    /// How its number is printed.
    pub(super) decimals: Decimals,
    /// Nothing parts the cells.
    glued: bool,
    /// It is a number that may be two cells with the same number.
    twice: bool,
    /// Numbers in the text that are no dates and no ordinals.
    figures: Figures,
    /// What it prints as a quantity.
    pub(super) print: Rc<Print>,
}

/// What a cell prints as a quantity.
#[derive(Debug)]
pub(super) struct Print {
    /// Without a comparator.
    pub(super) bare: String,
    pub(super) unit: Option<String>,
    pub(super) value: Option<Decimal>,
}

impl Segment {
    /// The cell of the visible characters `range`.
    pub(super) fn new(ink: &Ink, range: Range<usize>, to: usize, joined: u32, table: &Table) -> Self {
        let plain = ink.plain(range);
        let shape = Shape::of(&plain);
        let proper = is_proper(&plain);
        let points = Some(&plain)
            .filter(|_| proper && shape.is_number())
            .and_then(|plain| value::number(plain))
            .and_then(hundredths);
        let amount = Some(&plain).filter(|_| proper && shape.is_number()).and_then(|plain| value::amount(plain));
        let rate = Some(&plain).filter(|_| proper && shape.is_number()).and_then(|plain| value::percent(plain));
        let decimals = if points.is_some() { Decimals::of(&plain) } else { Decimals::default() };
        let placeholder = (!plain.is_empty() && is_dots(&plain)) || is_number_alone(&plain);
        let figures = figures(&plain, table.glued);
        let ragged = ragged(&plain) + u32::from(shape.is_number() && !proper) * NEVER;
        let quantity =
            if shape.is_number() || shape.is_quantity() { value::quantity(&plain) } else { value::Quantity::default() };
        let bare = plain.trim_start_matches(Comparator::SIGNS).to_owned();
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
            decimals,
            glued: table.glued,
            twice: table.glued && is_twice(&plain),
            figures,
            plain,
            print,
        };
        let costs = table.columns.iter().map(|kind| cell.cost(*kind)).enumerate();
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
            Kind::Indicator(IndicatorField::Weight | IndicatorField::Score) if self.glued && is_blank(&self.plain) => {
                GLUED_BLANK
            }
            Kind::Indicator(IndicatorField::Target) if self.glued && self.points.is_some() => {
                BARE_TARGET + u32::from(self.twice) * BARE_TARGET
            }
            Kind::Indicator(IndicatorField::Weight) => self.weight(),
            Kind::Fund(FundField::Weight) => self.weight(),
            Kind::Indicator(IndicatorField::Score) => self.score(),
            Kind::Fund(FundField::Score) => self.fund_score(),
            Kind::Indicator(IndicatorField::Level1 | IndicatorField::Level2) => self.level(),
            Kind::Indicator(IndicatorField::Deviation) if self.shape.is_level() => NEVER,
            Kind::Indicator(IndicatorField::Level3) if self.says_nothing() => NEVER,
            Kind::Indicator(IndicatorField::Level3) => self.name() + self.figures.count * 4,
            Kind::Indicator(IndicatorField::Deviation) if self.compares() => 8,
            Kind::Indicator(IndicatorField::Deviation) => self.figures.count * 4,
            Kind::Indicator(IndicatorField::Target | IndicatorField::Actual) if self.is_text() || self.figures.two => {
                self.figures.count * 4
            }
            Kind::Indicator(IndicatorField::Actual) if self.twice => 6,
            Kind::Other | Kind::Unit | Kind::RowLabel if self.is_text() || self.figures.two => self.figures.count * 4,
            _ => 0,
        }
    }

    /// More than a number with its unit.
    const fn is_text(&self) -> bool {
        !self.shape.is_number() && !self.shape.is_quantity()
    }

    /// There is no deviation, and no name is this.
    pub(super) fn says_nothing(&self) -> bool {
        says_nothing(&self.plain)
    }

    fn compares(&self) -> bool {
        self.plain.starts_with(Comparator::SIGNS)
    }

    /// Names of levels outside the vocabulary are words without punctuation.
    fn level(&self) -> u32 {
        if self.says_nothing() {
            return NEVER;
        }
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

    /// The execution of the budget never makes up most of the points; a rate does look like that.
    fn fund_score(&self) -> u32 {
        self.points.map_or(0, |points| if points > MOST_POINTS { 8 } else { 0 })
    }

    fn score(&self) -> u32 {
        self.points.map_or(0, |points| if points > 10_000 { 8 } else { 0 })
    }
}

fn hundredths(number: Decimal) -> Option<i64> {
    number.checked_mul(Decimal::ONE_HUNDRED)?.to_i64()
}

fn ragged(plain: &str) -> u32 {
    let sign = plain.starts_with(['/', '\\']) && !is_blank(plain);
    let starts = sign || plain.starts_with([',', '。', '、', ';', ')', ':', '%', ']', '》', '”']);
    let ends = plain.ends_with(['(', '[', '《', '“', '、', ',']) || plain.ends_with(Comparator::SIGNS);
    let depth: i32 = plain
        .chars()
        .map(|c| i32::from(matches!(c, '(' | '《' | '“')) - i32::from(matches!(c, ')' | '》' | '”')))
        .sum();
    u32::from(starts) * 8 + u32::from(ends) * 8 + u32::from(depth != 0) * 6
}
