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
pub(crate) mod side;
mod spread;
mod table;
#[cfg(test)]
mod tests;

use jixiao_core::{FieldPath, IndicatorField};

use self::order::Order;
use crate::codes::Code;
use crate::ledger::Ledger;
use crate::raw::{RawCell, RawForm, RawIndicator};
use crate::remarks::see_original;
use crate::stream::doc::Doc;
use crate::stream::rows::{Rows, Table};
use crate::stream::segment::Region;
use crate::stream::{self, Layout, Reading};
use crate::text::Text;

/// Said of what may belong to another field of the same lines.
const UNCERTAIN: &str = "这几行按高度排列，左右各格的文字混在一起，也可能属于相邻的格";

/// Said of a table with a row that may hold pieces of others: what one row has too much, another lacks.
const ROWS: &str = see_original!("指标表的各行按高度排列，有的行读法不唯一：可能缺行、多行或错行，");

/// True for a text that shows by itself that it is sorted by height.
pub(crate) fn is_by_height(text: &Text) -> bool {
    form::is_by_height(&Doc::new(text))
}

/// Every form of `text`; labels and furniture are booked in `ledger`.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> Reading {
    let mut doc = stream::words(text, ledger);
    let order = form::arrange(&doc);
    doc.tokens.clone_from(&order.tokens);
    let mut reading = stream::read_laid_out(&mut doc, &ByHeight { order: &order }, ledger);
    for form in &mut reading.forms {
        order.doubt_cells(text, form, UNCERTAIN);
        doubt_goals(form);
        if form.indicators.iter().any(is_doubtful) {
            form.remarks.push(Code::UncertainRow.diagnostic(ROWS, Some(FieldPath::Indicators), form.span.clone()));
        }
    }
    reading
}

/// The row or its name may hold pieces of others.
fn is_doubtful(row: &RawIndicator) -> bool {
    row.doubt.is_some() || row.get(IndicatorField::Level3).is_some_and(|name| name.doubt.is_some())
}

/// What one of the goals may have too much the other may lack; and a text that stands alone may be either.
fn doubt_goals(form: &mut RawForm) {
    let alone = form.expected.is_some() != form.actual.is_some();
    let doubtful = |cell: &Option<RawCell>| cell.as_ref().is_some_and(|cell| cell.doubt.is_some());
    if alone || doubtful(&form.expected) || doubtful(&form.actual) {
        for goal in [&mut form.expected, &mut form.actual] {
            goal.get_or_insert_default().doubt.get_or_insert_with(|| UNCERTAIN.to_owned());
        }
    }
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
        self.order.cut_goals(doc, regions, forms);
    }
}
