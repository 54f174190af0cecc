//! A form as cells of printed text: what every reader hands to [`crate::assemble`].
//!
//! Readers decide which characters belong to which cell; they do not interpret values. Interpretation (numbers,
//! comparators, blanks, family) happens once, in `assemble`, for text, grids and later sources alike.

use jixiao_core::{Diagnostic, Family, FundField, IndicatorField, Place};

/// The printed text of one cell and where its pieces stand, in reading order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawCell {
    /// The text as printed; the pieces of a wrapped cell joined without a separator.
    pub text: String,
    /// One place for each piece.
    pub places: Vec<Place>,
    /// Set where the reader was unsure that these pieces make up this cell: the rival reading, in Chinese words.
    pub doubt: Option<String>,
}

impl RawCell {
    /// A cell of one piece.
    #[must_use]
    pub fn new(text: impl Into<String>, place: Place) -> Self {
        Self { text: text.into(), places: vec![place], doubt: None }
    }

    /// Appends a further piece of the same cell.
    pub fn push(&mut self, text: &str, place: Place) {
        self.text.push_str(text);
        self.places.push(place);
    }
}

/// A labelled field with its label as printed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawField {
    /// The label as printed.
    pub label: String,
    /// The value cell.
    pub cell: RawCell,
}

/// One fund row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawFundRow {
    /// The label cell, as printed.
    pub label: RawCell,
    /// The value cells, in any order, at most one a field; never `FundField::Label`.
    pub cells: Vec<(FundField, RawCell)>,
}

impl RawFundRow {
    /// The cell of `field`.
    #[must_use]
    pub fn get(&self, field: FundField) -> Option<&RawCell> {
        self.cells.iter().find(|(candidate, _)| *candidate == field).map(|(_, cell)| cell)
    }
}

/// One indicator row. A level name is repeated in every row of its group (with the same places).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawIndicator {
    /// The cells, in any order, at most one a field. A target printed over several columns is joined already.
    pub cells: Vec<(IndicatorField, RawCell)>,
    /// What the reader was unsure of about the row as a whole.
    pub doubt: Option<String>,
}

impl RawIndicator {
    /// The cell of `field`.
    #[must_use]
    pub fn get(&self, field: IndicatorField) -> Option<&RawCell> {
        self.cells.iter().find(|(candidate, _)| *candidate == field).map(|(_, cell)| cell)
    }

    /// Adds a cell; a target printed over several columns is one.
    pub(crate) fn add(&mut self, field: IndicatorField, cell: RawCell) {
        match self.cells.iter_mut().find(|(other, _)| *other == field) {
            Some((_, joined)) => {
                joined.text.push_str(&cell.text);
                joined.places.extend(cell.places);
                joined.doubt = joined.doubt.take().or(cell.doubt);
            }
            None => self.cells.push((field, cell)),
        }
    }
}

/// One form as cells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawForm {
    /// The layout family the reader recognised.
    pub family: Family,
    /// What the form covers of its input.
    pub span: Option<Place>,
    /// The title cell, the year bracket left out.
    pub title: Option<RawCell>,
    /// The cell that prints the year (`（2022年度）`, or the title itself).
    pub year: Option<RawCell>,
    /// 项目名称.
    pub project_name: Option<RawCell>,
    /// 主管部门.
    pub department: Option<RawCell>,
    /// 实施单位.
    pub unit: Option<RawCell>,
    /// The cell that prints the unit of the amounts: `（万元）`, `项目资金（元）`.
    pub amount_unit: Option<RawCell>,
    /// The fund rows in printed order.
    pub fund_rows: Vec<RawFundRow>,
    /// 预期目标.
    pub expected: Option<RawCell>,
    /// 实际完成情况.
    pub actual: Option<RawCell>,
    /// The indicator rows in printed order.
    pub indicators: Vec<RawIndicator>,
    /// The weight of the total row.
    pub total_weight: Option<RawCell>,
    /// The score of the total row.
    pub total_score: Option<RawCell>,
    /// The grade cell.
    pub grade: Option<RawCell>,
    /// Other labelled fields, in printed order, blank ones left out.
    pub extra: Vec<RawField>,
    /// The reader's remarks on the form as a whole.
    pub remarks: Vec<Diagnostic>,
}
