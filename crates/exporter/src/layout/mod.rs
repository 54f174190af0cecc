//! Layouts as data: which blocks a sheet prints, in which columns, under which labels.
//!
//! One planner ([`crate::write`]) prints every layout; a new layout is a new table in [`builtin`], not a new writer.

mod builtin;
mod sichuan;

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{AmountUnit, Family, Form, FundField, IndicatorField};

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
    /// The fund rows that a blank form prints, the total first.
    pub(crate) fund_rows: &'static [&'static str],
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

    /// The layout that `form` is printed in where nobody names one: the one whose title it bears, else that of its
    /// family, as long as it has a place for the form's year.
    #[must_use]
    pub fn of(form: &Form) -> &'static Self {
        let titled = |layout: &&&Self| form.title.as_deref() == Some(layout.title);
        let kindred = |layout: &&&Self| form.family == layout.family;
        let dated = |layout: &&&Self| form.year.is_none() || layout.prints_year();
        let mut layouts = Self::ALL.iter().filter(kindred).filter(dated);
        let first = layouts.clone().next();
        layouts.find(titled).or(first).copied().unwrap_or_default()
    }

    /// True where the layout prints the year: in a row of its own, or in the title.
    pub(crate) fn prints_year(&self) -> bool {
        self.has_year_row() || self.blocks.iter().any(|block| matches!(block, Block::Title { with_year: true }))
    }

    /// True where the layout prints the year in a row of its own.
    pub(crate) fn has_year_row(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Year))
    }

    /// True where the layout prints targets in several columns.
    pub(crate) fn splits_target(&self) -> bool {
        self.blocks.iter().any(|block| matches!(block, Block::Indicators(table) if table.splits_target()))
    }

    /// The places of extra fields from top to bottom, those within groups and tables among them.
    pub(crate) fn extra_homes(&self) -> Vec<ExtraHome> {
        let mut homes = Vec::new();
        self.blocks.iter().for_each(|block| block.add_homes(&mut homes));
        homes
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

/// A place where extra fields may be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExtraHome {
    /// The place of the one field of that label.
    Slot(ExtraSlot),
    /// The cell beside the fund rows, for the one field of that label.
    FundColumn(&'static str),
    /// A list of any fields that forms print above the tables.
    Header,
    /// A list of any fields.
    Foot,
}

/// One block of rows.
#[derive(Debug)]
pub(crate) enum Block {
    /// The title over all columns, with the year in brackets behind it where `with_year`.
    Title {
        /// True where the layout has no row for the year.
        with_year: bool,
    },
    /// `（2022年度）` over all columns.
    Year,
    /// One row of labelled fields.
    Fields(&'static [FieldSlot]),
    /// One row of extra fields that the layout always prints.
    ExtraFields(&'static [ExtraSlot]),
    /// The other extra fields that belong above the tables, one a row.
    HeaderExtras(Pair),
    /// Blocks under a common name at their left.
    Group {
        /// The name.
        name: &'static str,
        /// Its columns.
        columns: Columns,
        /// What it names.
        blocks: &'static [Block],
    },
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

impl Block {
    fn add_homes(&self, homes: &mut Vec<ExtraHome>) {
        match self {
            Self::ExtraFields(slots) => homes.extend(slots.iter().map(|slot| ExtraHome::Slot(*slot))),
            Self::Funds(funds) => homes.extend(funds.extra.map(|(label, _)| ExtraHome::FundColumn(label))),
            Self::HeaderExtras(_) => homes.push(ExtraHome::Header),
            Self::FootExtras(_) => homes.push(ExtraHome::Foot),
            Self::Group { blocks, .. } => blocks.iter().for_each(|block| block.add_homes(homes)),
            _ => {}
        }
    }
}

/// The columns of a label and of the value behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) label: Columns,
    pub(crate) value: Columns,
}

/// A labelled field of the header.
#[derive(Debug)]
pub(crate) struct FieldSlot {
    pub(crate) label: Label,
    pub(crate) caption: Caption,
    pub(crate) place: Pair,
}

/// The place of an extra field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ExtraSlot {
    /// The label, as printed and as stored.
    pub(crate) label: &'static str,
    pub(crate) place: ExtraPlace,
}

/// How an extra field is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExtraPlace {
    /// The label in a cell of its own before the text.
    Beside(Pair),
    /// `label：text` in one cell of the table.
    Inline(Columns),
    /// `label：text` above the table, without borders.
    AboveTable(Columns),
}

/// The name of a block and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heading {
    pub(crate) caption: Caption,
    pub(crate) side: Side,
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
    pub(crate) heading: Heading,
    /// The columns of the row labels.
    pub(crate) labels: Columns,
    /// What stands above the row labels; it then prints the unit of the amounts, else the heading does.
    pub(crate) corner: Option<&'static str>,
    pub(crate) columns: &'static [(FundField, Caption, Columns)],
    /// A last column with one text for all rows, which is an extra field of that label.
    pub(crate) extra: Option<(&'static str, Columns)>,
    /// The columns that a part of the total does not fill in, and what is printed there.
    pub(crate) dashed: (&'static [FundField], &'static str),
}

/// The goals: a header row and a row of texts.
#[derive(Debug)]
pub(crate) struct GoalsBlock {
    pub(crate) heading: Heading,
    pub(crate) expected: (Caption, Columns),
    pub(crate) actual: (Caption, Columns),
}

/// The indicators: a header row, then one row an indicator.
#[derive(Debug)]
pub(crate) struct IndicatorsBlock {
    pub(crate) heading: Heading,
    pub(crate) columns: &'static [(IndicatorColumn, Caption, Columns)],
}

impl IndicatorsBlock {
    /// True where the target stands in several columns.
    pub(crate) fn splits_target(&self) -> bool {
        self.columns.iter().any(|(column, ..)| *column == IndicatorColumn::TargetNature)
    }
}

/// What a column of the indicators holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndicatorColumn {
    /// A field; of a target in several columns, its value.
    Field(IndicatorField),
    /// The comparator of a target in several columns: 指标性质.
    TargetNature,
    /// The unit of a target in several columns: 度量单位.
    TargetUnit,
}

impl IndicatorColumn {
    /// The label of the column.
    pub(crate) const fn label(self) -> Label {
        match self {
            Self::Field(field) => Label::IndicatorColumn(field),
            Self::TargetNature => Label::TargetNature,
            Self::TargetUnit => Label::TargetUnit,
        }
    }
}

/// The total row.
#[derive(Debug)]
pub(crate) struct TotalBlock {
    pub(crate) caption: Caption,
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
        let heading = |heading: Heading, label| named(heading.caption, Scope::Block, label);
        match block {
            Block::Fields(slots) => slots.iter().map(|slot| named(slot.caption, Scope::Header, slot.label)).collect(),
            Block::Funds(funds) => {
                let column = |(field, caption, _): &(FundField, Caption, Columns)| {
                    named(*caption, Scope::FundColumn, Label::FundColumn(*field))
                };
                let corner = funds.corner.map(|words| (words, Scope::Block, Label::Funds));
                let extra = funds.extra.map(|(words, _)| (words, Scope::FundColumn, Label::Extra));
                let rest = [heading(funds.heading, Label::Funds)].into_iter().chain(corner).chain(extra);
                funds.columns.iter().map(column).chain(rest).collect()
            }
            Block::Goals(goals) => vec![
                heading(goals.heading, Label::Goals),
                named(goals.expected.0, Scope::Goal, Label::Expected),
                named(goals.actual.0, Scope::Goal, Label::Actual),
            ],
            Block::Indicators(table) => {
                let column = |(column, caption, _): &(IndicatorColumn, Caption, Columns)| {
                    named(*caption, Scope::IndicatorColumn, column.label())
                };
                let heading = heading(table.heading, Label::Indicators);
                table.columns.iter().map(column).chain([heading]).collect()
            }
            Block::Total(total) => vec![named(total.caption, Scope::Foot, Label::Total)],
            Block::Group { name, blocks, .. } => {
                let own = (*name, Scope::Block, Label::Heading);
                blocks.iter().flat_map(captions).chain([own]).collect()
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
    fn the_vocabulary_knows_every_fund_row_and_extra_field() {
        for layout in Layout::ALL {
            for (row, words) in layout.fund_rows.iter().enumerate() {
                assert_eq!(vocab::find(Scope::FundRow, words), Some(Label::FundRow { total: row == 0 }), "{words}");
            }
            for home in layout.extra_homes() {
                let ExtraHome::Slot(slot) = home else { continue };
                let known = [Scope::Header, Scope::Foot].map(|scope| vocab::find(scope, slot.label));
                assert!(known.contains(&Some(Label::Extra)), "{}", slot.label);
            }
        }
    }

    #[test]
    fn a_list_of_other_fields_ends_every_layout() {
        for layout in Layout::ALL {
            assert_eq!(layout.extra_homes().last(), Some(&ExtraHome::Foot), "{}", layout.name);
        }
    }

    #[test]
    fn a_form_is_printed_as_its_family_and_title_ask() {
        let of = |family, title: &str, year| {
            Layout::of(&Form { family, title: Some(title.to_owned()), year, ..Form::default() }).name
        };
        assert_eq!(of(Family::Mof, "项目支出绩效自评表", Some(2022)), "mof-2020");
        assert_eq!(of(Family::Mof, "财政项目支出绩效自评表", Some(2022)), "shanghai-2022");
        assert_eq!(of(Family::Mof, "财政项目支出绩效自评价", None), "shanghai-2023");
        assert_eq!(of(Family::Mof, "财政项目支出绩效自评价", Some(2023)), "mof-2020");
        assert_eq!(of(Family::Sichuan, "部门预算项目支出绩效自评表", Some(2023)), "sichuan");
        assert_eq!(of(Family::Hubei, "2022年度灯塔维护项目自评表", Some(2022)), "mof-2020");
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
