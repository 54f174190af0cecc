//! The total row 总分, and the grade in it.

use jixiao_core::fold::is_blank;
use jixiao_core::vocab::{Label, Scope, official};
use jixiao_core::{FieldPath, Grade, IndicatorField};

use super::GridCell;
use super::book::{Book, CellId, Row, one_line};
use super::draft::Draft;
use super::fields;
use super::frame::{Slot, Spot};
use super::indicators::Indicators;
use crate::value;

/// Reads `row` as the total row; `false` where it is none.
pub(super) fn read(row: &Row, table: &Indicators, book: &mut Book<'_>, draft: &mut Draft) -> bool {
    if !is_labelled(row, book) && !is_bare(row, table, book, draft) {
        return false;
    }
    frame_row(row, table, book, draft);
    let mut numbers = Vec::new();
    let mut grade_next = false;
    for (id, cell) in book.row(row) {
        match book.label(id, Scope::Foot) {
            Some(Label::Total) => book.mark(id),
            Some(Label::Grade) => {
                book.mark(id);
                draft.frame.hold(Label::Grade, "", Slot::blank(Spot::right_of(cell)));
                grade_next = true;
            }
            _ if grade_next || Grade::from_label(&cell.text).is_some() => {
                draft.frame.at(FieldPath::Grade, Slot::printed(cell));
                let printed = official(Scope::Foot, Label::Grade).unwrap_or_default();
                draft.field(Label::Grade, printed, book.take(id));
                grade_next = false;
            }
            _ if is_number(cell) => numbers.push((id, cell)),
            _ => fields::side_label(id, book, draft),
        }
    }
    add_numbers(&numbers, table, book, draft);
    // What is left may be a grade with its label in one cell.
    fields::read(row, Scope::Foot, book, draft);
    true
}

/// Remembers where the sums and the grade stand.
fn frame_row(row: &Row, table: &Indicators, book: &Book<'_>, draft: &mut Draft) {
    let Some(row) = book.cell(row.start).map(|cell| cell.row) else { return };
    let fields = [(IndicatorField::Weight, FieldPath::TotalWeight), (IndicatorField::Score, FieldPath::TotalScore)];
    for (field, path) in fields {
        if let Some(column) = table.start_of(field) {
            draft.frame.at(path, Slot::blank(Spot { row, column }));
        }
    }
    // Official forms print the grade behind the total score, below the deviations.
    if let Some(column) = table.start_of(IndicatorField::Deviation) {
        draft.frame.unlabelled.entry(FieldPath::Grade).or_insert(Slot::blank(Spot { row, column }));
    }
}

/// The first cell that is no side label says 总分.
fn is_labelled(row: &Row, book: &Book<'_>) -> bool {
    book.first_of(row).is_some_and(|(id, _)| book.label(id, Scope::Foot) == Some(Label::Total))
}

/// Some forms print the sums below the weights and scores without a label.
fn is_bare(row: &Row, table: &Indicators, book: &Book<'_>, draft: &Draft) -> bool {
    let stands = |field| move |(_, cell): (CellId, &GridCell)| table.field_at(cell) == Some(field);
    let sum = |(_, cell): (CellId, &GridCell)| {
        let field = table.field_at(cell);
        matches!(field, Some(IndicatorField::Weight | IndicatorField::Score))
            && value::points(&one_line(&cell.text)).is_some()
            || Grade::from_label(&cell.text).is_some()
    };
    !draft.raw.indicators.is_empty()
        && book.row(row).all(sum)
        && book.row(row).any(stands(IndicatorField::Weight))
        && book.row(row).any(stands(IndicatorField::Score))
}

fn is_number(cell: &GridCell) -> bool {
    is_blank(&cell.text) || value::points(&one_line(&cell.text)).is_some()
}

/// Numbers go to the column they stand in; the others, in order, to what is left.
fn add_numbers(numbers: &[(CellId, &GridCell)], table: &Indicators, book: &mut Book<'_>, draft: &mut Draft) {
    let mut left = Vec::new();
    for (id, cell) in numbers {
        match table.field_at(cell) {
            Some(IndicatorField::Weight) if draft.raw.total_weight.is_none() => {
                take_weight(*id, cell, book, draft);
            }
            Some(IndicatorField::Score) if draft.raw.total_score.is_none() => take_score(*id, cell, book, draft),
            _ => left.push((*id, *cell)),
        }
    }
    for (id, cell) in left {
        if table.has(IndicatorField::Weight) && draft.raw.total_weight.is_none() {
            take_weight(id, cell, book, draft);
        } else if draft.raw.total_score.is_none() {
            take_score(id, cell, book, draft);
        }
    }
}

fn take_weight(id: CellId, cell: &GridCell, book: &mut Book<'_>, draft: &mut Draft) {
    draft.frame.at(FieldPath::TotalWeight, Slot::printed(cell));
    draft.raw.total_weight = Some(book.take(id));
}

fn take_score(id: CellId, cell: &GridCell, book: &mut Book<'_>, draft: &mut Draft) {
    draft.frame.at(FieldPath::TotalScore, Slot::printed(cell));
    draft.raw.total_score = Some(book.take(id));
}
