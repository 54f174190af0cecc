//! The column header of the indicators, on one row or two.

use jixiao_core::IndicatorField;
use jixiao_core::fold::{squeezed_chars, without_space};
use jixiao_core::vocab::{Label, Scope, find};

use super::{Indicators, Kind};
use crate::grid::GridCell;
use crate::grid::book::{Book, CellId, Row};
use crate::grid::draft::Draft;
use crate::grid::header_row::Columns;

/// A header names at least this many columns.
const FEWEST_COLUMNS: usize = 3;

/// A cell that heads a column, and what it says together with the cell above it.
type Head = (CellId, Label, String);

/// The table that `row` heads, alone or with the row `below` it, and the number of rows read.
///
/// Two rows are one header where every cell of the second is a column label: a group such as 年度指标值 over
/// 指标性质 | 指标值 | 度量单位, or a label broken over both rows.
pub(in crate::grid) fn head(
    row: &Row,
    below: Option<&Row>,
    book: &mut Book<'_>,
    draft: &mut Draft,
) -> Option<(Indicators, usize)> {
    let upper = labels(row, book);
    let lower = below.and_then(|below| lower_labels(row, below, book)).unwrap_or_default();
    let all = || upper.iter().chain(&lower);
    let named = all().any(|(_, label, _)| *label == Label::IndicatorColumn(IndicatorField::Level3));
    if upper.len() < 2 || all().count() < FEWEST_COLUMNS || !named {
        return None;
    }
    let mut columns = Columns::default();
    for (id, label, printed) in all() {
        let group = upper.iter().any(|head| head.0 == *id) && has_lower(*id, &lower, book);
        if let Some(cell) = book.cell(*id).filter(|_| !group) {
            let kind = kind(*label, printed, &columns);
            columns.push(cell, kind);
        }
        draft.label(printed);
        book.mark(*id);
    }
    read_rest(row, &lower, &mut columns, book, draft);
    let rows = if lower.is_empty() { 1 } else { 2 };
    let table = Indicators { columns, ..Indicators::default() };
    let first_row = all().filter_map(|(id, ..)| book.cell(*id)).map(GridCell::row_end).max();
    draft.frame.tables.push(table.frame(first_row.unwrap_or_default()));
    Some((table, rows))
}

fn labels(row: &Row, book: &Book<'_>) -> Vec<Head> {
    let head = |(id, cell): (CellId, &GridCell)| {
        Some((id, book.label(id, Scope::IndicatorColumn)?, without_space(&cell.text)))
    };
    book.row(row).filter_map(head).collect()
}

/// The labels of the second row of a header; `None` where one of its cells is no label.
fn lower_labels(upper: &Row, lower: &Row, book: &Book<'_>) -> Option<Vec<Head>> {
    let follows = book.cell(upper.start)?.row.checked_add(1) == Some(book.cell(lower.start)?.row);
    let head = |(id, cell): (CellId, &GridCell)| {
        let alone = book.label(id, Scope::IndicatorColumn).map(|label| (label, cell.text.clone()));
        let (label, text) = alone.or_else(|| {
            let (above_id, above) = book.row(upper).find(|(_, above)| overlap(above, cell))?;
            let whole = book.label(above_id, Scope::IndicatorColumn).is_some();
            if whole && !is_reference(&cell.text) {
                return None;
            }
            let joined = format!("{}{}", above.text, cell.text);
            Some((find(Scope::IndicatorColumn, &joined)?, joined))
        })?;
        Some((id, label, without_space(&text)))
    };
    if follows { book.row(lower).map(head).collect() } else { None }
}

/// True for the （A） or （分） under a whole label.
fn is_reference(text: &str) -> bool {
    let mut bare = squeezed_chars(text);
    bare.next() == Some('(') && bare.next_back() == Some(')') && !bare.any(|c| c.is_ascii_digit())
}

fn overlap(left: &GridCell, right: &GridCell) -> bool {
    left.column < right.column_end() && right.column < left.column_end()
}

fn has_lower(id: CellId, lower: &[Head], book: &Book<'_>) -> bool {
    let Some(cell) = book.cell(id) else { return false };
    lower.iter().filter_map(|(id, ..)| book.cell(*id)).any(|below| overlap(cell, below))
}

/// True for 年度 over 指标值: the label below begins with the cell's text.
fn is_upper_half(cell: &GridCell, lower: &[Head], book: &Book<'_>) -> bool {
    let half = without_space(&cell.text);
    let below = |(id, _, printed): &Head| {
        book.cell(*id)
            .is_some_and(|below| overlap(cell, below) && *printed == format!("{half}{}", without_space(&below.text)))
    };
    lower.iter().any(below)
}

/// A second column of the same field has no key.
fn kind(label: Label, printed: &str, columns: &Columns<Kind>) -> Kind {
    let kind = match label {
        Label::IndicatorColumn(field) => Kind::Field(field),
        Label::TargetNature => Kind::Nature(printed.to_owned()),
        Label::TargetUnit => Kind::Unit(printed.to_owned()),
        _ => Kind::Unkept(printed.to_owned()),
    };
    if columns.kinds().any(|other| *other == kind) { Kind::Unkept(printed.to_owned()) } else { kind }
}

/// The cells of the first row that are no column label: side labels, upper halves of labels, unknown columns.
fn read_rest(row: &Row, lower: &[Head], columns: &mut Columns<Kind>, book: &mut Book<'_>, draft: &mut Draft) {
    for (id, cell) in book.row(row) {
        if book.is_read(id) {
            continue;
        }
        if book.is_block(id) {
            draft.block_label(id, book);
        } else if is_upper_half(cell, lower, book) {
            book.mark(id);
        } else {
            // Not a known label: it stays unread, and so is quoted.
            columns.push(cell, Kind::Unkept(without_space(&cell.text)));
        }
    }
}
