//! Texts cut into blocks: runs of lines that stand close together on the page, a blank line between any two, as
//! poppler's `pdftotext` writes them.
//!
//! The blocks come partly by row and partly by column; what survives is the order from top to bottom within each
//! column. Labels, funds and goals are put back into drawing order and read by [`crate::stream`]; the rows of the
//! indicators are found here.

mod accounts;
mod arrange;
mod fields;
mod form;
mod funds;
mod goals;
mod head;
mod layers;
mod side;
mod sides;
mod table;
#[cfg(test)]
mod tests;
mod total;

use std::cell::RefCell;
use std::collections::BTreeMap;

use jixiao_core::{Diagnostic, FieldPath, FundField, Place};

use self::arrange::Arranged;
use self::layers::Layers;
use crate::codes::Code;
use crate::ledger::Ledger;
use crate::raw::{RawCell, RawForm};
use crate::sorted::order::Order;
use crate::stream::doc::{Doc, Token};
use crate::stream::rows::{MISFIT, Rows, Table};
use crate::stream::segment::Region;
use crate::stream::{self, Layout, Reading};
use crate::text::Text;

/// Said of what may belong to another field.
const UNCERTAIN: &str = "文字按分块抽取，这段文字离开了它的标签，也可能属于别的栏目";

/// Of so many figures that stand in blocks of nothing but figures, all but one show a text cut into blocks.
const LONE_SHARE: usize = 2;

/// Longer numbers are amounts, which are apart in other texts too.
const MOST_FIGURE: usize = 6;

/// Fewer figures show nothing.
const LEAST_FIGURES: usize = 6;

/// True for a text that shows by itself that it was cut into blocks: most of its figures stand between blank lines,
/// alone or below each other, where a row in any other order has them on one line with its texts or on lines that follow
/// those.
pub(crate) fn is_in_blocks(text: &Text) -> bool {
    let doc = Doc::new(text);
    let (mut all, mut lone, mut own) = (0, 0, 0);
    let mut pure = true;
    for (at, token) in doc.tokens.iter().enumerate() {
        let short = token.piece.end - token.piece.start <= MOST_FIGURE;
        own += usize::from(token.shape.number.is_some() && short);
        pure &= token.shape.number.is_some() || token.shape.dash;
        if doc.tokens.get(at + 1).is_none_or(opens_block) {
            all += own;
            lone += if pure { own } else { 0 };
            (own, pure) = (0, true);
        }
    }
    all >= LEAST_FIGURES && lone * LONE_SHARE > all
}

fn opens_block(token: &Token) -> bool {
    token.piece.leads && (token.piece.blanks_above > 0 || token.piece.page_start)
}

/// Every form of `text`; labels and furniture are booked in `ledger`.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> Reading {
    let mut doc = stream::words(text, ledger);
    let layers = Layers::new(&doc);
    let Arranged { order, long, funds } = arrange::arrange(&doc, &layers);
    doc.tokens.clone_from(&order.tokens);
    let layout = InBlocks { order: &order, layers: &layers, limits: RefCell::default() };
    let mut reading = stream::read_laid_out(&mut doc, &layout, ledger);
    for (table, remark) in layout.limits.into_inner() {
        if let Some(form) = reading.forms.get_mut(table) {
            form.remarks.push(remark);
        }
    }
    for token in &long {
        remark_on_length(text, &mut reading.forms, token);
    }
    for form in &mut reading.forms {
        by_column(text, form, &funds);
        order.doubt_cells(text, form, UNCERTAIN);
        if form.indicators.iter().any(|row| row.doubt.as_deref() == Some(MISFIT)) {
            doubt_all(form);
        }
    }
    reading
}

/// Puts the figures of the funds whose columns are known into them.
fn by_column(text: &Text, form: &mut RawForm, known: &BTreeMap<usize, FundField>) {
    let field = |cell: &RawCell| {
        let start = cell.places.first().and_then(|place| text.range(place)).map(|(start, _)| start);
        start.and_then(|start| known.get(&start)).copied()
    };
    for row in &mut form.fund_rows {
        if !row.cells.iter().any(|(_, cell)| field(cell).is_some()) {
            continue;
        }
        row.cells.retain(|(_, cell)| !cell.places.is_empty());
        for (own, cell) in &mut row.cells {
            if let Some(field) = field(cell) {
                *own = field;
                cell.doubt = None;
            }
        }
    }
}

/// The layout of tables and goals in a text cut into blocks.
struct InBlocks<'a> {
    order: &'a Order,
    layers: &'a Layers,
    /// What was said of tables that are not read whole, and which ones they are.
    limits: RefCell<Vec<(usize, Diagnostic)>>,
}

impl Layout for InBlocks<'_> {
    fn tables(&self, doc: &mut Doc, tables: &[Option<Table>]) -> Vec<Option<Rows>> {
        for (at, table) in tables.iter().enumerate() {
            if let Some(first) = table.as_ref().and_then(|table| table.tokens.get(table::MOST_WORDS)) {
                self.limits.borrow_mut().push((at, too_long(doc, *first)));
            }
        }
        table::read(doc, self.layers, tables)
    }

    fn goals(&self, doc: &mut Doc, regions: &[Region], _: &[Option<Rows>], forms: &mut [RawForm]) {
        self.order.cut_goals(doc, regions, forms);
    }
}

/// Says of the form that begins with `first`, or of the one that holds it, that it is too long to be put in order.
fn remark_on_length(text: &Text, forms: &mut [RawForm], first: &Token) {
    let message = format!(
        "表太长：按分块抽取的文字，一张表最多整理 {} 段的次序，这张表仍按原文次序读；请检查文件，必要时改用原件",
        arrange::MOST_WORDS
    );
    let line = text.span(first.piece.start, first.piece.end).line_start;
    let begins = |form: &RawForm| match &form.span {
        Some(Place::Text(span)) => span.line_end >= line,
        _ => false,
    };
    let at = forms.iter().position(begins).or(forms.len().checked_sub(1));
    if let Some(form) = at.and_then(|at| forms.get_mut(at)) {
        let place = text.place(first.piece.start, first.piece.end);
        form.remarks.push(Code::LimitReached.diagnostic(message, None, Some(place)));
    }
}

/// Says from which word on a table is too long.
fn too_long(doc: &Doc, first: usize) -> Diagnostic {
    let place = doc.tokens.get(first).map(|token| doc.text.place(token.piece.start, token.piece.end));
    let message = format!(
        "指标表太长：按分块抽取的文字，一张表最多读 {} 段，这张表没有读；请检查文件，必要时改用原件",
        table::MOST_WORDS
    );
    Code::LimitReached.diagnostic(message, Some(FieldPath::Indicators), place)
}

/// Where the table does not fit, rows may be missing, and what was taken from among its blocks is not certain either.
fn doubt_all(form: &mut RawForm) {
    form.remarks.push(Code::UncertainRow.diagnostic(MISFIT, Some(FieldPath::Indicators), form.span.clone()));
    let single = [&mut form.unit, &mut form.department, &mut form.expected, &mut form.actual, &mut form.grade];
    for cell in single.into_iter().chain([&mut form.total_weight, &mut form.total_score]).flatten() {
        cell.doubt.get_or_insert_with(|| MISFIT.to_owned());
    }
}
