//! Texts sorted by height: every line holds what stands at one height of the page, from left to right, as pdfplumber
//! and the sorted modes of pypdf and PyMuPDF write them.
//!
//! The cells of a row are centred on each other, so their lines lie evenly about the middle of the row. Labels,
//! funds and goals are put back into drawing order and read by [`crate::stream`]; the rows of the indicators are
//! found here.

mod fields;
mod form;
pub(crate) mod goals;
pub(crate) mod heads;
pub(crate) mod lines;
pub(crate) mod order;
mod side;
mod table;
#[cfg(test)]
mod tests;

use self::order::Order;
use crate::ledger::Ledger;
use crate::raw::{RawCell, RawForm};
use crate::stream::doc::Doc;
use crate::stream::rows::{Rows, Table};
use crate::stream::segment::Region;
use crate::stream::{self, Layout, Reading};
use crate::text::Text;

/// Said of what may belong to another field of the same lines.
const UNCERTAIN: &str = "这几行按高度排列，左右各格的文字混在一起，也可能属于相邻的格";

/// True for a text that shows by itself that it is sorted by height.
pub(crate) fn is_by_height(text: &Text) -> bool {
    form::arrange(&Doc::new(text)).by_height
}

/// Every form of `text`; labels and furniture are booked in `ledger`.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> Reading {
    let mut doc = stream::words(text, ledger);
    let order = form::arrange(&doc);
    doc.tokens.clone_from(&order.tokens);
    let mut reading = stream::read_laid_out(&mut doc, &ByHeight { order: &order }, ledger);
    for form in &mut reading.forms {
        doubt(text, &order, form);
    }
    reading
}

/// The layout of tables and goals in a text sorted by height.
struct ByHeight<'a> {
    order: &'a Order,
}

impl Layout for ByHeight<'_> {
    fn tables(&self, doc: &mut Doc, tables: &[Option<Table>]) -> Vec<Option<Rows>> {
        table::read(doc, tables)
    }

    fn goals(&self, doc: &mut Doc, regions: &[Region], _: &[Option<Rows>], forms: &mut [RawForm]) {
        for (region, form) in regions.iter().zip(forms) {
            let Some((start, end)) = stream::goal_block(doc, region) else { continue };
            let is_right = |at: &usize| {
                doc.tokens.get(*at).is_some_and(|token| self.order.right_texts.contains(&token.piece.start))
            };
            let border = (start..end).find(is_right).unwrap_or(end);
            form.expected = doc.cell(start..border);
            form.actual = doc.cell(border..end);
        }
    }
}

/// Hands the doubts of the order on to the cells.
fn doubt(text: &Text, order: &Order, form: &mut RawForm) {
    let funds = form.fund_rows.iter_mut().flat_map(|row| {
        let cells = row.cells.iter_mut().map(|(_, cell)| cell);
        std::iter::once(&mut row.label).chain(cells)
    });
    let single = [&mut form.project_name, &mut form.department, &mut form.unit, &mut form.expected, &mut form.actual];
    let cells = single.into_iter().flatten().chain(form.extra.iter_mut().map(|field| &mut field.cell)).chain(funds);
    for cell in cells.filter(|cell| cell.doubt.is_none()) {
        cell.doubt = is_doubtful(text, order, cell).then(|| UNCERTAIN.to_owned());
    }
}

fn is_doubtful(text: &Text, order: &Order, cell: &RawCell) -> bool {
    let starts = cell.places.iter().filter_map(|place| text.range(place)).map(|(start, _)| start);
    starts.into_iter().any(|start| order.doubtful.contains(&start))
}
