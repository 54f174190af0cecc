//! Labelled fields: a label cell with its value cell to the right, or both in one cell with a colon between.

use std::ops::Range;

use jixiao_core::fold::{fold_char, is_blank, squeezed_chars, without_space};
use jixiao_core::vocab::{Label, Labels, Scope, find};

use super::GridCell;
use super::book::{Book, CellId, Row};
use super::draft::{Draft, OpenNote};
use super::frame::{Held, Slot, Spot};
use super::place::places;
use crate::raw::RawCell;

/// The longest label that no table names.
const LONGEST_LABEL: usize = 20;

/// Reads a cell beside a column header if it is the label of a block.
pub(super) fn side_label(id: CellId, book: &mut Book<'_>, draft: &mut Draft) {
    if book.is_block(id) {
        draft.block_label(id, book);
    }
}

/// The field that a text with these `labels` names in `scope`. Fields without a key may stand above or below the tables.
pub(super) fn field_label(scope: Scope, labels: Labels) -> Option<Label> {
    let own = labels.get(scope).filter(is_field);
    own.or_else(|| labels.get(Scope::Header).filter(|label| *label == Label::Extra))
}

const fn is_field(label: &Label) -> bool {
    matches!(
        label,
        Label::ProjectName
            | Label::Department
            | Label::Unit
            | Label::TotalScore
            | Label::Extra
            | Label::Grade
            | Label::Note
            | Label::Expected
            | Label::Actual
    )
}

/// A label that waits for its value, and what the frame knows of it.
type Pending = Option<(Label, String, Held)>;

/// Reads the labelled fields of `row`; cells that are none stay unread. `false` where there is no field.
pub(super) fn read(row: &Row, scope: Scope, book: &mut Book<'_>, draft: &mut Draft) -> bool {
    let mut pending: Pending = None;
    let mut any = false;
    for (id, cell) in book.row(row) {
        if book.is_read(id) {
            continue;
        }
        if let Some(label) = field_label(scope, book.labels(id)) {
            pending = Some(open(label, id, cell, book, draft));
            any = true;
        } else if let Some((label, printed, held)) = pending.take_if(|_| !is_inline(cell, scope)) {
            draft.frame.settle(held, Slot::printed(cell));
            add(label, &printed, value(label, id, book), cell, draft);
        } else if book.is_block(id) {
            draft.block_label(id, book);
        } else if let Some(last) = inline(id, cell, scope, book, draft) {
            pending = last;
            any = true;
        } else if names_next(id, cell, row, scope, book) {
            pending = Some(open(Label::Extra, id, cell, book, draft));
            any = true;
        } else if is_label_like(&cell.text) {
            // Stays unread; a program that knows the label can still fill in the field.
            draft.frame.hold(Label::Extra, &printed_label(&cell.text), Slot::blank(Spot::right_of(cell)));
        }
    }
    any
}

/// Reads a label whose value, if it has one, follows.
fn open(label: Label, id: CellId, cell: &GridCell, book: &mut Book<'_>, draft: &mut Draft) -> (Label, String, Held) {
    let printed = printed_label(&book.take(id).text);
    let held = draft.frame.hold(label, &printed, Slot::blank(Spot::right_of(cell)));
    (label, printed, held)
}

/// Names are one line; texts keep their line breaks.
fn value(label: Label, id: CellId, book: &mut Book<'_>) -> RawCell {
    match label {
        Label::Extra | Label::Note | Label::Expected | Label::Actual => book.take_text(id),
        _ => book.take(id),
    }
}

/// Adds what was read of the cell `place`.
fn add(label: Label, printed: &str, cell: RawCell, place: &GridCell, draft: &mut Draft) {
    if is_blank(&cell.text) && matches!(label, Label::Extra | Label::Note) {
        return;
    }
    draft.label(printed);
    draft.field(label, printed, cell);
    if label == Label::Note {
        let note = draft.raw.extra.len().checked_sub(1);
        draft.open_note = note.map(|index| OpenNote { index, next: Spot::below(place) });
    }
}

/// A label as stored in `extra`: without white space, colon, or leading 其中.
fn printed_label(text: &str) -> String {
    without_space(text).trim_matches([':', '：']).to_owned()
}

/// True where a label that no table names stands before a value: `项目联络员 | 王某`.
fn names_next(id: CellId, cell: &GridCell, row: &Row, scope: Scope, book: &Book<'_>) -> bool {
    let next = id.checked_add(1).filter(|next| row.contains(next)).and_then(|next| Some((next, book.cell(next)?)));
    let labelled = |id: CellId, cell: &GridCell| {
        field_label(scope, book.labels(id)).is_some() || book.is_block(id) || is_inline(cell, scope)
    };
    let valued = |next: CellId, cell: &GridCell| !labelled(next, cell) && !is_blank(&cell.text);
    is_label_like(&cell.text) && next.is_some_and(|(next, cell)| !book.is_read(next) && valued(next, cell))
}

/// Short, and without the marks and digits of running text.
pub(super) fn is_label_like(text: &str) -> bool {
    let bare = without_space(text);
    let word =
        |c: char| c.is_alphabetic() || matches!(fold_char(c), '(' | ')' | '/' | ':' | '.' | '、') || c.is_ascii_digit();
    let starts = bare.chars().next().is_some_and(|c| c.is_alphabetic() || c.is_ascii_digit());
    starts && bare.chars().any(char::is_alphabetic) && bare.chars().count() <= LONGEST_LABEL && bare.chars().all(word)
}

/// Reads a cell that holds its label and value: `填报日期：3月2日`. `None` where it does not; else the last label, if
/// its value is still to come.
fn inline(id: CellId, cell: &GridCell, scope: Scope, book: &mut Book<'_>, draft: &mut Draft) -> Option<Pending> {
    let fields = known_fields(&cell.text, scope).or_else(|| unknown_fields(&cell.text))?;
    let mut pending = None;
    book.mark(id);
    for (label, printed, text) in fields {
        pending = None;
        let held = draft.frame.hold(label, &printed, Slot::within(cell, bytes_of(cell, text), !is_blank(text)));
        if is_blank(text) {
            pending = Some((label, printed, held));
        } else {
            add(label, &printed, part(cell, text), cell, draft);
        }
    }
    Some(pending)
}

/// The part `text` of a cell.
fn part(cell: &GridCell, text: &str) -> RawCell {
    RawCell { text: text.trim().to_owned(), places: places(cell, bytes_of(cell, text)), doubt: None }
}

/// The bytes of the cell's text that `text`, a part of it, fills.
fn bytes_of(cell: &GridCell, text: &str) -> Range<usize> {
    let start = (text.as_ptr() as usize).saturating_sub(cell.text.as_ptr() as usize);
    start..start + text.len()
}

/// True where `cell` is nothing but fields of `scope` with their values.
pub(super) fn is_inline(cell: &GridCell, scope: Scope) -> bool {
    known_fields(&cell.text, scope).is_some()
}

type Inline<'a> = (Label, String, &'a str);

/// The fields of a text that begins with a known label and a colon; further known labels follow white space.
fn known_fields(text: &str, scope: Scope) -> Option<Vec<Inline<'_>>> {
    let mut starts: Vec<(usize, usize, Label, String)> = Vec::new();
    let mut lead = 0;
    for (colon, mark) in text.match_indices([':', '：']) {
        let from = starts.last().map_or(lead, |(_, end, ..)| *end);
        let before = text.get(from..colon)?;
        if from == 0 && squeezed_chars(before).eq("其中".chars()) {
            lead = colon + mark.len();
            continue;
        }
        let start = from + label_start(before, starts.is_empty());
        let printed = text.get(start..colon)?;
        let labels = Labels::of(printed);
        let listed = !starts.is_empty() && opens_line(before) && labels.get(Scope::FundRow).is_some();
        if let Some(label) = field_label(scope, labels).or(listed.then_some(Label::Extra)) {
            starts.push((start, colon + mark.len(), label, printed_label(printed)));
        } else if starts.is_empty() {
            return None;
        }
    }
    if starts.is_empty() {
        return None;
    }
    let ends = starts.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]).collect::<Vec<_>>();
    let fields = starts.iter().zip(ends);
    let fields = fields.map(|((_, from, label, printed), to)| Some((*label, printed.clone(), text.get(*from..to)?)));
    fields.collect()
}

/// True where a label before a colon begins a line, or follows a blank.
fn opens_line(before: &str) -> bool {
    label_start(before, false) > 0
}

/// Where a label before a colon starts: at the start of the text for the first, behind white space for others.
fn label_start(before: &str, first: bool) -> usize {
    let word = before.trim_end();
    if first {
        0
    } else {
        word.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8())
    }
}

/// The fields of a text of which every line is a label that no table names, a colon and a value, or a heading.
fn unknown_fields(text: &str) -> Option<Vec<Inline<'_>>> {
    let mut fields = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if find(Scope::Block, line).is_some() {
            continue;
        }
        let bare = line.strip_prefix("其中").map_or(line, |rest| rest.trim_start_matches([':', '：']));
        let (label, value) = bare.split_once([':', '：']).filter(|(label, _)| is_label_like(label))?;
        // A blank field is left out; an unknown label without a value would be lost with it.
        let labels = Labels::of(label);
        let known = field_label(Scope::Header, labels).is_some() || labels.get(Scope::FundRow).is_some();
        if is_blank(value) && !known {
            return None;
        }
        fields.push((Label::Extra, printed_label(label), value));
    }
    (!fields.is_empty()).then_some(fields)
}
