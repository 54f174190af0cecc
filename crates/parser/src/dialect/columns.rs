//! The columns of a block, and how well a cell fits each of them: the data behind the placing of cells.

use jixiao_core::fold::{is_blank, squeeze, squeezed};
use jixiao_core::vocab::{Label, Labels, Scope, find};
use jixiao_core::{Comparator, FundField, IndicatorField};

use super::cells::Cell;
use crate::value;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Labels of blocks at the side.
    Side,
    /// Labels of fund rows.
    RowLabel,
    Fund(FundField),
    Indicator(IndicatorField),
    /// 指标性质.
    Nature,
    /// 度量单位.
    Unit,
    /// A column of any text.
    Other,
}

impl Kind {
    /// The fund column that `text` heads.
    pub(crate) fn of_funds(text: &str) -> Self {
        Self::of_fund_label(find(Scope::FundColumn, text))
    }

    /// The fund column of a label.
    pub(super) const fn of_fund_label(label: Option<Label>) -> Self {
        match label {
            Some(Label::FundColumn(field)) => Self::Fund(field),
            Some(Label::Unkept) => Self::RowLabel,
            _ => Self::Other,
        }
    }

    /// The indicator column that `text` heads.
    pub(crate) fn of_indicators(text: &str) -> Self {
        Self::of_indicator_label(find(Scope::IndicatorColumn, text))
    }

    /// The indicator column of a label.
    pub(super) const fn of_indicator_label(label: Option<Label>) -> Self {
        match label {
            Some(Label::IndicatorColumn(field)) => Self::Indicator(field),
            Some(Label::TargetNature) => Self::Nature,
            Some(Label::TargetUnit) => Self::Unit,
            _ => Self::Other,
        }
    }

    /// True for the column of the names of indicators.
    pub(crate) const fn is_name(self) -> bool {
        matches!(self, Self::Indicator(IndicatorField::Level3))
    }

    /// True for two columns whose numbers look alike: amounts are not points.
    pub(crate) const fn is_kin(self, other: Self) -> bool {
        use FundField::{Score, Weight};
        match (self, other) {
            (Self::Fund(a), Self::Fund(b)) => {
                (a.is_money() && b.is_money()) || matches!((a, b), (Weight | Score, Weight | Score))
            }
            (Self::Indicator(_), Self::Indicator(_)) => true,
            _ => false,
        }
    }

    /// What it costs that a row lacks the column: `kept` where the text keeps blank cells.
    pub(crate) const fn skip(self, kept: bool) -> u32 {
        match (self, kept) {
            (Self::Side, _) | (Self::Indicator(IndicatorField::Level1 | IndicatorField::Level2), _) => 0,
            (Self::Other, _) => 1,
            (Self::Indicator(IndicatorField::Level3) | Self::RowLabel, _) => 6,
            (Self::Indicator(IndicatorField::Deviation), true) => 3,
            (Self::Indicator(IndicatorField::Deviation), false) => 0,
            (_, true) => 8,
            (Self::Indicator(IndicatorField::Weight), _) => 7,
            (Self::Indicator(_), _) => 3,
            (Self::Fund(FundField::AnnualBudget | FundField::Executed), _) => 2,
            (Self::Nature | Self::Unit, _) => 2,
            (Self::Fund(_), _) => 1,
        }
    }
}

/// The longest label, with the bracket behind it, in characters.
const LONGEST_LABEL: usize = 32;

/// The cost of a cell in a column where it cannot stand.
pub(crate) const MISFIT: u32 = 14;

/// What a cell looks like.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    blank: bool,
    /// A number and nothing else.
    number: bool,
    /// A number with a percent sign.
    percent: bool,
    /// A number with a unit or comparator.
    quantity: bool,
    /// Comparators alone, or 定性 and 定量.
    nature: bool,
    digits: bool,
    level1: bool,
    level2: bool,
    fund_row: bool,
    block: bool,
    length: usize,
}

impl Shape {
    pub(crate) fn of(text: &str) -> Self {
        Self::with_labels(text, &Labels::of(text))
    }

    /// As [`Shape::of`], where it is known which labels the text is.
    pub(super) fn with_labels(text: &str, labels: &Labels) -> Self {
        let bare = squeezed(text);
        let length = bare.chars().count();
        // Labels are short, and quantities begin with a figure or a sign.
        let is = |scope| length <= LONGEST_LABEL && labels.get(scope).is_some();
        let figure = bare.starts_with(|c: char| !c.is_alphabetic() || c == '〇');
        let number = figure && value::amount(text).is_some();
        Self {
            blank: is_blank(text),
            number,
            percent: figure && !number && value::percent(text).is_some(),
            quantity: figure && !number && value::quantity(text).value.is_some(),
            nature: is_nature(&bare),
            digits: bare.bytes().any(|byte| byte.is_ascii_digit()),
            level1: is(Scope::Level1) || is_points(&bare),
            level2: is(Scope::Level2),
            fund_row: is(Scope::FundRow),
            block: is(Scope::Block),
            length,
        }
    }

    /// True for a number with a unit or comparator.
    pub(crate) const fn is_quantity(&self) -> bool {
        self.quantity
    }

    /// True for a cell that holds nothing.
    pub(crate) const fn is_blank(&self) -> bool {
        self.blank
    }

    /// True for the printed label of a row of funds.
    pub(crate) const fn is_row_label(&self) -> bool {
        self.fund_row
    }

    /// True for the printed name of a level.
    pub(crate) const fn is_level(&self) -> bool {
        self.level1 || self.level2
    }

    /// True for a value whose column the text alone does not tell.
    pub(crate) const fn is_number(&self) -> bool {
        self.number || self.percent
    }

    /// How badly the cell fits a column; 0 is a good fit.
    pub(crate) const fn cost(&self, kind: Kind) -> u32 {
        match kind {
            Kind::Side if self.block || self.blank => 0,
            Kind::Side => 3 * MISFIT,
            Kind::RowLabel => self.row_label(),
            Kind::Fund(field) => self.fund(field),
            Kind::Indicator(field) => self.indicator(field),
            Kind::Nature => self.choose(2, self.nature, MISFIT),
            Kind::Unit => self.unit(),
            Kind::Other => self.choose(0, false, 2),
        }
    }

    /// Most units are a word of one or two characters.
    const fn unit(&self) -> u32 {
        match self {
            Self { digits: true, .. } | Self { nature: true, .. } => 8,
            Self { blank: true, .. } => 1,
            Self { length: 0..=2, .. } => 0,
            Self { length: 3..=6, .. } => 1,
            _ => 8,
        }
    }

    const fn choose(&self, blank: u32, fits: bool, other: u32) -> u32 {
        if self.blank {
            blank
        } else if fits {
            0
        } else {
            other
        }
    }

    const fn row_label(&self) -> u32 {
        match self {
            Self { fund_row: true, .. } => 0,
            Self { blank: true, .. } => 2,
            Self { number: true, .. } | Self { percent: true, .. } => MISFIT,
            _ => 3,
        }
    }

    const fn fund(&self, field: FundField) -> u32 {
        let other = if self.percent { 8 } else { MISFIT };
        match field {
            FundField::ExecutionRate if self.number => 2,
            FundField::ExecutionRate => self.choose(0, self.percent, MISFIT),
            _ => self.choose(0, self.number, other),
        }
    }

    const fn indicator(&self, field: IndicatorField) -> u32 {
        match field {
            IndicatorField::Level1 => self.level(self.level1, self.level2),
            IndicatorField::Level2 => self.level(self.level2, self.level1),
            IndicatorField::Level3 => self.name(),
            IndicatorField::Target | IndicatorField::Actual => self.value(),
            IndicatorField::Weight | IndicatorField::Score => self.choose(1, self.number, MISFIT),
            IndicatorField::Deviation => self.reason(),
        }
    }

    const fn level(&self, own: bool, other: bool) -> u32 {
        match self {
            Self { blank: true, .. } => 1,
            _ if own => 0,
            _ if other => 6,
            Self { number: true, .. } | Self { quantity: true, .. } | Self { nature: true, .. } => MISFIT,
            Self { length: 0..=12, .. } => 3,
            _ => 8,
        }
    }

    const fn name(&self) -> u32 {
        match self {
            Self { number: true, .. } | Self { percent: true, .. } | Self { nature: true, .. } => 8,
            // Names like 社会成本 and 财务管理 are printed for indicators too.
            Self { level1: true, .. } | Self { level2: true, .. } => 6,
            Self { blank: true, .. } => 4,
            Self { quantity: true, .. } => 3,
            _ => 0,
        }
    }

    const fn value(&self) -> u32 {
        match self {
            Self { blank: true, .. } => 1,
            Self { level1: true, .. } | Self { level2: true, .. } => 8,
            Self { quantity: true, .. } | Self { percent: true, .. } => 0,
            Self { length: 0..=30, .. } => 1,
            _ => 2,
        }
    }

    const fn reason(&self) -> u32 {
        match self {
            Self { blank: true, .. } => 0,
            Self { number: true, .. } | Self { percent: true, .. } => 8,
            Self { quantity: true, .. } => 5,
            Self { length: 0..=3, .. } => 2,
            _ => 0,
        }
    }
}

fn is_nature(bare: &str) -> bool {
    let comparator = !bare.is_empty() && bare.chars().all(|c| Comparator::SIGNS.contains(&c));
    comparator || ["定性", "定量"].iter().any(|word| bare.starts_with(word) && bare.chars().count() <= 4)
}

/// `(50分)`: all that is left of a level name that lost its letters.
fn is_points(bare: &str) -> bool {
    let inner = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix("分)"));
    inner.is_some_and(|digits| value::number(digits).is_some())
}

/// The printed label of a column.
pub(super) fn printed(cell: &Cell) -> String {
    squeeze(&cell.text)
}
