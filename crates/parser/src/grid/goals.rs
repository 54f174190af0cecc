//! The two goal texts under their column labels.

use jixiao_core::vocab::{Label, Scope};

use super::book::{Book, CellId, Row};
use super::draft::Draft;
use super::frame::{Slot, Spot};
use super::header_row::Columns;
use crate::raw::{RawCell, RawField};

/// The columns of the goals: the label's meaning and its print.
#[derive(Debug, Clone, Default)]
pub(super) struct Goals {
    columns: Columns<(Label, String)>,
}

impl Goals {
    /// The columns that `row` heads, if it heads the goals: two goal labels and, beside them, labels of blocks only.
    pub(super) fn head(row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> Option<Self> {
        let heads = heads(row, book);
        let others = book.row(row).filter(|(id, _)| !heads.contains(id));
        if heads.len() < 2 || others.into_iter().any(|(id, _)| !book.is_block(id)) {
            return None;
        }
        let mut goals = Self::default();
        for (id, cell) in book.row(row) {
            match book.label(id, Scope::Goal).filter(|_| heads.contains(&id)) {
                Some(label) => {
                    let printed = book.take(id).text;
                    draft.label(&printed);
                    draft.frame.hold(label, &printed, Slot::blank(Spot::below(cell)));
                    goals.columns.push(cell, (label, printed));
                }
                None => draft.block_label(id, book),
            }
        }
        Some(goals)
    }

    /// Reads `row` as texts of the goals; `false` where none of its cells stands under a goal label.
    pub(super) fn row(&self, row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> bool {
        let mut any = false;
        for (id, cell) in book.row(row) {
            let Some((label, printed)) = self.columns.at(cell) else { continue };
            any = true;
            draft.frame.print(*label, printed, cell);
            add_text(*label, printed, book.take_text(id), draft);
        }
        any
    }
}

/// The cells that head goal columns. A side label such as 总体目标完成情况 is also a goal label: it is the first of
/// three.
fn heads(row: &Row, book: &Book<'_>) -> Vec<CellId> {
    let is_goal = |id: &CellId| book.label(*id, Scope::Goal).is_some();
    let mut heads: Vec<CellId> = row.clone().filter(is_goal).collect();
    let side = heads.first().is_some_and(|id| book.is_block(*id));
    if side && heads.len() > 2 {
        heads.remove(0);
    }
    heads
}

/// A text broken over several rows is one text.
fn add_text(label: Label, printed: &str, cell: RawCell, draft: &mut Draft) {
    let slot = match label {
        Label::Expected => &mut draft.raw.expected,
        Label::Actual => &mut draft.raw.actual,
        _ => {
            draft.raw.extra.push(RawField { label: printed.to_owned(), cell });
            return;
        }
    };
    match slot {
        Some(text) => {
            text.text.push_str(&cell.text);
            text.places.extend(cell.places);
        }
        None => *slot = Some(cell),
    }
}
