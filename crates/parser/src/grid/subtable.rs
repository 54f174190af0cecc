//! 资金管理情况 of transfer forms: rows of a label and two texts.

use jixiao_core::fold::{is_blank, squeezed_chars, without_space};
use jixiao_core::vocab::{Label, MAIN_COLUMN, Scope};

use super::GridCell;
use super::book::{Book, CellId, Row};
use super::draft::Draft;
use super::fields;
use super::frame::{Slot, Spot};
use super::header_row::Columns;
use crate::raw::RawField;

/// The text columns: `None` for the main one, else the printed label.
#[derive(Debug, Clone, Default)]
pub(super) struct SubTable {
    columns: Columns<Option<String>>,
}

impl SubTable {
    /// The columns that `row` heads, if it is a row of headings with the main column among them.
    pub(super) fn head(row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> Option<Self> {
        let main =
            book.row(row).find(|(_, cell)| squeezed_chars(&cell.text).eq(MAIN_COLUMN.chars())).map(|(id, _)| id)?;
        if !row.clone().all(|id| book.label(id, Scope::Block) == Some(Label::Heading)) {
            return None;
        }
        let mut table = Self::default();
        for (id, cell) in book.row(row) {
            let label = without_space(&book.take(id).text);
            draft.label(&label);
            if id >= main {
                table.columns.push(cell, (id != main).then_some(label));
            }
        }
        Some(table)
    }

    /// Reads `row` as a label and its texts; `false` where it has no text and no known label.
    pub(super) fn row(&self, row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> bool {
        let label = book.row(row).take_while(|(_, cell)| self.columns.at(cell).is_none()).last();
        let filled = |id: CellId| book.row(row).any(|(other, cell)| other > id && !is_blank(&cell.text));
        let alone = |id: CellId, cell: &GridCell| id + 1 == row.end && fields::is_label_like(&cell.text);
        let Some((label_id, at)) = label.filter(|(id, cell)| filled(*id) || book.is_block(*id) || alone(*id, cell))
        else {
            return false;
        };
        let label = without_space(&book.take(label_id).text);
        self.frame_row(at.row, &label, draft);
        for (id, cell) in book.row(row).filter(|(id, _)| *id != label_id) {
            match self.columns.at(cell) {
                Some(column) => {
                    let label = label_of(&label, column.as_deref());
                    draft.frame.print(Label::Extra, &label, cell);
                    let field = RawField { label, cell: book.take_text(id) };
                    draft.raw.extra.push(field);
                }
                None => fields::side_label(id, book, draft),
            }
        }
        true
    }

    /// Remembers where the texts of the row `label` stand.
    fn frame_row(&self, row: u32, label: &str, draft: &mut Draft) {
        for (range, column) in self.columns.ranges() {
            let slot = Slot::blank(Spot { row, column: range.start });
            draft.frame.hold(Label::Extra, &label_of(label, column.as_deref()), slot);
        }
    }
}

/// The main text stands under the row's label alone.
fn label_of(row: &str, column: Option<&str>) -> String {
    column.map_or_else(|| row.to_owned(), |column| format!("{row}/{column}"))
}
