//! The funds block.

use jixiao_core::fold::{is_blank, squeeze};
use jixiao_core::vocab::{Label, Scope};
use jixiao_core::{FieldPath, FundField};

use super::GridCell;
use super::book::{Book, CellId, Row, one_line};
use super::draft::Draft;
use super::fields;
use super::frame::{Slot, Spot};
use super::header_row::Columns;
use crate::raw::{RawCell, RawField, RawFundRow};
use crate::value;

/// What a fund column holds.
#[derive(Debug, Clone)]
enum Kind {
    Field(FundField),
    /// The labels of the rows: 资金来源.
    RowLabel,
    /// A text column that goes to `extra` under its label: 原因.
    Extra(String),
}

/// The columns of the funds.
#[derive(Debug, Clone, Default)]
pub(super) struct Funds {
    columns: Columns<Kind>,
}

impl Funds {
    /// The columns that `row` heads, if it heads the funds: at least two fund columns, one of them of money.
    pub(super) fn head(row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> Option<Self> {
        let labels: Vec<Label> = row.clone().filter_map(|id| book.label(id, Scope::FundColumn)).collect();
        if labels.len() < 2 || !labels.iter().any(is_money) {
            return None;
        }
        let mut funds = Self::default();
        for (id, cell) in book.row(row) {
            match book.label(id, Scope::FundColumn).and_then(|label| kind(label, cell)) {
                Some(kind) => {
                    funds.columns.push(cell, kind);
                    let head = book.take(id);
                    draft.label(&head.text);
                    draft.money_unit(head);
                }
                None => fields::side_label(id, book, draft),
            }
        }
        Some(funds)
    }

    /// Reads `row` as a fund row; `false` where it is none.
    pub(super) fn row(&self, row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> bool {
        let known = row.clone().any(|id| book.label(id, Scope::FundRow).is_some());
        let valued =
            book.row(row).any(|(_, cell)| is_value(cell) && matches!(self.columns.at(cell), Some(Kind::Field(_))));
        if !known && !valued {
            return false;
        }
        let mut raw = RawFundRow::default();
        for (id, cell) in book.row(row) {
            self.cell(id, cell, &mut raw, book, draft);
        }
        self.points_from_heading(&mut raw, draft);
        if !raw.cells.is_empty() || !raw.label.text.is_empty() {
            self.frame_row(row, book, draft);
            draft.raw.fund_rows.push(raw);
        }
        true
    }

    fn cell(&self, id: CellId, cell: &GridCell, raw: &mut RawFundRow, book: &mut Book<'_>, draft: &mut Draft) {
        match self.columns.at(cell) {
            Some(Kind::Field(field)) if raw.get(*field).is_none() => raw.cells.push((*field, book.take(id))),
            Some(Kind::Field(_)) => {}
            Some(Kind::Extra(label)) => {
                let field = RawField { label: label.clone(), cell: book.take_text(id) };
                draft.raw.extra.push(field);
            }
            Some(Kind::RowLabel) => row_label(book.take(id), raw),
            None if book.is_block(id) => draft.block_label(id, book),
            None if self.columns.start().is_some_and(|start| cell.column < start) => row_label(book.take(id), raw),
            None => {}
        }
    }

    /// Remembers where the fields of the row stand that comes next to the form.
    fn frame_row(&self, row: &Row, book: &Book<'_>, draft: &mut Draft) {
        let Some(first) = book.cell(row.start) else { return };
        let index = draft.raw.fund_rows.len();
        for (range, kind) in self.columns.ranges() {
            let slot = Slot::blank(Spot { row: first.row, column: range.start });
            match kind {
                Kind::Field(field) => draft.frame.at(FieldPath::Fund(index, *field), slot),
                Kind::Extra(label) if index == 0 => {
                    draft.frame.hold(Label::Extra, label, slot);
                }
                Kind::Extra(_) | Kind::RowLabel => {}
            }
        }
        for (_, cell) in book.row(row) {
            if let Some(Kind::Field(field)) = self.columns.at(cell) {
                draft.frame.at(FieldPath::Fund(index, *field), Slot::printed(cell));
            }
        }
    }

    /// Forms without a weight column print the points of the execution rate in the heading of the block.
    fn points_from_heading(&self, raw: &mut RawFundRow, draft: &mut Draft) {
        let has_weights = self.columns.kinds().any(|kind| matches!(kind, Kind::Field(FundField::Weight)));
        if has_weights || !draft.raw.fund_rows.is_empty() {
            return;
        }
        if let Some(points) = draft.fund_points.take() {
            raw.cells.push((FundField::Weight, points));
        }
    }
}

/// True for a number, or the dash of a blank cell; sentences below the funds are no fund rows.
fn is_value(cell: &GridCell) -> bool {
    let text = one_line(&cell.text);
    is_blank(&text) || value::amount(&text).is_some() || value::percent(&text).is_some()
}

const fn is_money(label: &Label) -> bool {
    matches!(label, Label::FundColumn(field) if field.is_money())
}

fn kind(label: Label, cell: &GridCell) -> Option<Kind> {
    match label {
        Label::FundColumn(field) => Some(Kind::Field(field)),
        Label::Unkept => Some(Kind::RowLabel),
        Label::Extra => Some(Kind::Extra(squeeze(&cell.text))),
        _ => None,
    }
}

/// A row's label may stand in several cells, with 其中 in one of its own.
fn row_label(cell: RawCell, raw: &mut RawFundRow) {
    let bare = squeeze(&cell.text);
    if is_blank(&bare) || bare.trim_end_matches(':') == "其中" {
        return;
    }
    raw.label.text.push_str(&cell.text);
    raw.label.places.extend(cell.places);
}
