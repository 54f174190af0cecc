//! The blocks that are no tables: title, year, labelled fields, goals, total, grade.

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{Decimal, FieldPath};

use super::number::number;
use super::plan::{Content, Look};
use super::planner::{Planner, RowCell};
use crate::layout::{FieldSlot, GoalsBlock, Pair, TotalBlock};

/// The least height of a row, in points.
pub(super) const ROW_FLOOR: u32 = 22;
const TITLE_HEIGHT: u32 = 32;
const GOAL_FLOOR: u32 = 66;

/// The title over all columns.
pub(super) fn title(planner: &mut Planner<'_>, with_year: bool) {
    let title = planner.form.title.as_deref().filter(|title| !title.is_empty());
    let year = planner.form.year.filter(|year| with_year && title.is_some_and(|title| !names(title, *year)));
    let words = title.map(|title| format!("{title}{}", year.map(bracketed).unwrap_or_default()));
    let content = text(words.as_deref());
    planner.row(vec![RowCell::field(planner.layout.columns(), content, Look::Title, FieldPath::Title)], TITLE_HEIGHT);
    planner.repeat_rows_so_far();
}

/// True where `title` prints `year` itself.
pub(super) fn names(title: &str, year: i32) -> bool {
    jixiao_parser::value::year(title) == Some(year)
}

fn bracketed(year: i32) -> String {
    format!("（{year}年度）")
}

/// The year in its bracket.
pub(super) fn year(planner: &mut Planner<'_>) {
    let content = planner.form.year.map_or(Content::Blank, |year| Content::Text(bracketed(year)));
    planner.row(vec![RowCell::field(planner.layout.columns(), content, Look::Subtitle, FieldPath::Year)], ROW_FLOOR);
    planner.repeat_rows_so_far();
}

/// One row of labelled fields.
pub(super) fn fields(planner: &mut Planner<'_>, slots: &[FieldSlot]) {
    let mut cells = Vec::new();
    for slot in slots {
        let (value, field) = match slot.label {
            Label::Department => (&planner.form.department, FieldPath::Department),
            Label::Unit => (&planner.form.unit, FieldPath::Unit),
            _ => (&planner.form.project_name, FieldPath::ProjectName),
        };
        cells.push(RowCell::label(slot.place.label, slot.caption.words(Scope::Header, slot.label)));
        cells.push(RowCell::field(slot.place.value, text(value.as_deref()), Look::Left, field));
    }
    planner.row(cells, ROW_FLOOR);
}

/// The two goal texts.
pub(super) fn goals(planner: &mut Planner<'_>, block: &GoalsBlock) {
    let words = block.heading.caption.words(Scope::Block, Label::Goals);
    planner.heading_above(block.heading, words);
    let first = planner.next_row();
    let sides = [
        (block.expected, Label::Expected, &planner.form.goals.expected, FieldPath::GoalsExpected),
        (block.actual, Label::Actual, &planner.form.goals.actual, FieldPath::GoalsActual),
    ];
    let header =
        sides.map(|((caption, columns), label, _, _)| RowCell::label(columns, caption.words(Scope::Goal, label)));
    let texts =
        sides.map(|((_, columns), _, value, field)| RowCell::field(columns, text(value.as_deref()), Look::Body, field));
    planner.row(header.into(), ROW_FLOOR);
    planner.row(texts.into(), GOAL_FLOOR);
    planner.side_label(block.heading, words, first);
}

/// The total row.
pub(super) fn total(planner: &mut Planner<'_>, block: &TotalBlock) {
    let total = &planner.form.total;
    let rest = if block.holds_grade {
        RowCell::field(block.rest, grade_text(planner), Look::Centre, FieldPath::Grade)
    } else {
        RowCell::blank(block.rest)
    };
    let value = |value: Option<Decimal>| value.map_or(Content::Blank, number);
    let cells = vec![
        RowCell::label(block.label, block.caption.words(Scope::Foot, Label::Total)),
        RowCell::field(block.weight, value(total.weight), Look::Centre, FieldPath::TotalWeight),
        RowCell::field(block.score, value(total.score), Look::Centre, FieldPath::TotalScore),
        rest,
    ];
    planner.row(cells, ROW_FLOOR);
}

/// A row of its own for the grade.
pub(super) fn grade(planner: &mut Planner<'_>, pair: Pair) {
    let cells = vec![
        RowCell::label(pair.label, vocab::official(Scope::Foot, Label::Grade).unwrap_or_default()),
        RowCell::field(pair.value, grade_text(planner), Look::Left, FieldPath::Grade),
    ];
    planner.row(cells, ROW_FLOOR);
}

fn grade_text(planner: &Planner<'_>) -> Content {
    text(planner.form.grade.map(jixiao_core::Grade::label))
}

/// A text cell; an absent text leaves it blank.
pub(super) fn text(value: Option<&str>) -> Content {
    value.filter(|text| !text.is_empty()).map_or(Content::Blank, |text| Content::Text(text.to_owned()))
}
