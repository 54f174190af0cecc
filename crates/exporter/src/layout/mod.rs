//! Layouts as data: which blocks a sheet prints, in which columns, under which labels.
//!
//! One planner ([`crate::write`]) prints every layout; a new layout is a new table in [`builtin`], not a new writer.

mod builtin;

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{AmountUnit, Family, FundField, IndicatorField};

/// An official layout that forms are written in.
#[derive(Debug)]
pub struct Layout {
    /// The name on the command line, such as `mof-2020`.
    pub name: &'static str,
    /// What the layout is, in Chinese, for help texts.
    pub about: &'static str,
    /// The title that a blank form prints.
    pub title: &'static str,
    /// The unit of the amounts that a blank form prints.
    pub amount_unit: AmountUnit,
    /// The family that a sheet of this layout reads back as.
    pub(crate) family: Family,
    /// Widths of the columns from A on, in characters of the default font.
    pub(crate) widths: &'static [u16],
    /// The blocks from top to bottom.
    pub(crate) blocks: &'static [Block],
}

impl Layout {
    /// Every built-in layout; the first is the default.
    pub const ALL: &'static [&'static Self] = builtin::ALL;

    /// The layout of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().copied().find(|layout| layout.name == name)
    }

    /// The columns of the whole sheet.
    pub(crate) fn columns(&self) -> Columns {
        Columns(0, u16::try_from(self.widths.len().saturating_sub(1)).unwrap_or(u16::MAX))
    }

    /// True where the layout prints the year in a row of its own.
    pub(crate) fn prints_year(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Year))
    }
}

impl Default for &Layout {
    fn default() -> Self {
        builtin::MOF_2020
    }
}

/// The columns from the first to the last, 0-based, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Columns(pub(crate) u16, pub(crate) u16);

/// The words of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caption {
    /// The official spelling of the vocabulary.
    Official,
    /// Another spelling that the vocabulary knows for the same label.
    Spelled(&'static str),
}

impl Caption {
    /// The words to print for `label`.
    pub(crate) fn words(self, scope: Scope, label: Label) -> &'static str {
        match self {
            Self::Official => vocab::official(scope, label).unwrap_or_default(),
            Self::Spelled(words) => words,
        }
    }
}

/// One block of rows.
#[derive(Debug)]
pub(crate) enum Block {
    /// The title over all columns.
    Title,
    /// `（2022年度）` over all columns.
    Year,
    /// One row of labelled fields.
    Fields(&'static [FieldSlot]),
    /// The extra fields that belong above the tables, one a row.
    HeaderExtras(Pair),
    /// The funds table.
    Funds(FundsBlock),
    /// The two goal texts.
    Goals(GoalsBlock),
    /// The indicator table.
    Indicators(IndicatorsBlock),
    /// The total row.
    Total(TotalBlock),
    /// A row of its own for the grade.
    Grade(Pair),
    /// All other extra fields, one a row.
    FootExtras(Pair),
}

/// The columns of a label and of the value behind it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pair {
    pub(crate) label: Columns,
    pub(crate) value: Columns,
}

/// A labelled field of the header.
#[derive(Debug)]
pub(crate) struct FieldSlot {
    pub(crate) label: Label,
    pub(crate) place: Pair,
}

/// Where the name of a block stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Side {
    /// At its left, merged down all its rows.
    Left(Columns),
    /// In a row of its own over all columns.
    Above,
    /// Nowhere.
    Nowhere,
}

/// The funds: a header row, then one row a fund.
#[derive(Debug)]
pub(crate) struct FundsBlock {
    pub(crate) side: Side,
    /// The columns of the row labels.
    pub(crate) labels: Columns,
    pub(crate) columns: &'static [(FundField, Caption, Columns)],
}

/// The goals: a header row and a row of texts.
#[derive(Debug)]
pub(crate) struct GoalsBlock {
    pub(crate) side: Side,
    pub(crate) expected: (Caption, Columns),
    pub(crate) actual: (Caption, Columns),
}

/// The indicators: a header row, then one row an indicator.
#[derive(Debug)]
pub(crate) struct IndicatorsBlock {
    pub(crate) side: Side,
    pub(crate) columns: &'static [(IndicatorField, Caption, Columns)],
}

/// The total row.
#[derive(Debug)]
pub(crate) struct TotalBlock {
    pub(crate) label: Columns,
    pub(crate) weight: Columns,
    pub(crate) score: Columns,
    /// The columns right of the score; they hold the grade unless a block of its own does.
    pub(crate) rest: Columns,
    pub(crate) holds_grade: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captions(block: &Block) -> Vec<(&'static str, Scope, Label)> {
        let named = |caption: Caption, scope: Scope, label: Label| (caption.words(scope, label), scope, label);
        match block {
            Block::Funds(funds) => {
                let column = |(field, caption, _): &(FundField, Caption, Columns)| {
                    named(*caption, Scope::FundColumn, Label::FundColumn(*field))
                };
                funds.columns.iter().map(column).collect()
            }
            Block::Goals(goals) => vec![
                named(goals.expected.0, Scope::Goal, Label::Expected),
                named(goals.actual.0, Scope::Goal, Label::Actual),
            ],
            Block::Indicators(table) => {
                let column = |(field, caption, _): &(IndicatorField, Caption, Columns)| {
                    named(*caption, Scope::IndicatorColumn, Label::IndicatorColumn(*field))
                };
                table.columns.iter().map(column).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn the_vocabulary_knows_every_caption() {
        for (words, scope, label) in Layout::ALL.iter().flat_map(|layout| layout.blocks).flat_map(captions) {
            assert_eq!(vocab::find(scope, words), Some(label), "{words}");
        }
    }

    #[test]
    fn layouts_are_found_by_name() {
        assert_eq!(<&Layout>::default().name, "mof-2020");
        for layout in Layout::ALL {
            assert!(Layout::named(layout.name).is_some_and(|found| found.title == layout.title));
        }
        assert!(Layout::named("").is_none());
    }
}
