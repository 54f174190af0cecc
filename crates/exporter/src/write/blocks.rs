//! The blocks other than the indicator table.

use std::ops::Range;

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{Decimal, FieldPath, FundField, FundRow};

use super::number::{number, percentage};
use super::plan::{Content, Look};
use super::planner::{DASH, Planner, RowCell, is_dashed, total_row};
use crate::layout::{FieldSlot, FundsBlock, GoalsBlock, Pair, TotalBlock};

/// The least height of a row, in points.
pub(super) const ROW_FLOOR: u32 = 22;
const TITLE_HEIGHT: u32 = 32;
const GOAL_FLOOR: u32 = 66;

/// The title over all columns.
pub(super) fn title(planner: &mut Planner<'_>) {
    let content = text(planner.form.title.as_deref());
    planner.row(vec![RowCell::field(planner.layout.columns(), content, Look::Title, FieldPath::Title)], TITLE_HEIGHT);
    planner.repeat_rows_so_far();
}

/// The year in its bracket.
pub(super) fn year(planner: &mut Planner<'_>) {
    let content = planner.form.year.map_or(Content::Blank, |year| Content::Text(format!("（{year}年度）")));
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
        cells.push(RowCell::label(slot.place.label, vocab::official(Scope::Header, slot.label).unwrap_or_default()));
        cells.push(RowCell::field(slot.place.value, text(value.as_deref()), Look::Left, field));
    }
    planner.row(cells, ROW_FLOOR);
}

/// The extra fields of `range`, one a row.
pub(super) fn extras(planner: &mut Planner<'_>, range: Range<usize>, pair: Pair) {
    for index in range {
        let Some(field) = planner.form.extra.get(index) else { return };
        let cells = vec![
            RowCell::label(pair.label, &field.label),
            RowCell::field(pair.value, text(Some(&field.text)), Look::Left, FieldPath::Extra(index)),
        ];
        planner.row(cells, ROW_FLOOR);
    }
}

/// The funds table.
pub(super) fn funds(planner: &mut Planner<'_>, block: &FundsBlock) {
    let words = funds_heading(planner);
    planner.heading_above(block.side, &words);
    let first = planner.next_row();
    let mut header = vec![RowCell::blank(block.labels)];
    header.extend(block.columns.iter().map(|(field, caption, columns)| {
        RowCell::label(*columns, caption.words(Scope::FundColumn, Label::FundColumn(*field)))
    }));
    planner.row(header, ROW_FLOOR);
    let total = total_row(planner.form);
    for (index, row) in planner.form.funds.rows.iter().enumerate() {
        let mut cells = vec![fund_label(block, row, index, total)];
        cells.extend(block.columns.iter().map(|(field, _, columns)| {
            let content = fund_value(row, *field, index != total);
            RowCell::field(*columns, content, Look::Centre, FieldPath::Fund(index, *field))
        }));
        planner.row(cells, ROW_FLOOR);
    }
    planner.side_label(block.side, &words, first);
}

/// 项目资金 with the unit of its amounts.
fn funds_heading(planner: &Planner<'_>) -> String {
    let name = vocab::official(Scope::Block, Label::Funds).unwrap_or_default();
    match planner.form.funds.amount_unit {
        Some(unit) => format!("{name}（{}）", unit.label()),
        None => name.to_owned(),
    }
}

/// The label of a fund row; the first part of the total is introduced by 其中.
fn fund_label(block: &FundsBlock, row: &FundRow, index: usize, total: usize) -> RowCell {
    let words = if index == total + 1 { format!("其中：{}", row.label) } else { row.label.clone() };
    RowCell::field(block.labels, Content::Text(words), Look::Left, FieldPath::Fund(index, FundField::Label))
}

fn fund_value(row: &FundRow, field: FundField, is_source: bool) -> Content {
    let value = match field {
        FundField::InitialBudget => row.initial_budget,
        FundField::AnnualBudget => row.annual_budget,
        FundField::Executed => row.executed,
        FundField::Weight => row.weight,
        FundField::Score => row.score,
        FundField::ExecutionRate => return rate(row, is_source),
        FundField::Label => None,
    };
    value.map_or_else(|| absent(field, is_source), number)
}

fn rate(row: &FundRow, is_source: bool) -> Content {
    match row.execution_rate {
        None => absent(FundField::ExecutionRate, is_source),
        Some(value) if is_fraction(value, row) => number(value),
        Some(value) => percentage(value),
    }
}

/// True where a form printed its rate as a fraction (`0.939`): the amounts say so, and a percent sign would lie.
fn is_fraction(rate: Decimal, row: &FundRow) -> bool {
    let quotient = match (row.executed, row.annual_budget) {
        (Some(executed), Some(budget)) => executed.checked_div(budget),
        _ => None,
    };
    let near = |quotient: Decimal| quotient.checked_sub(rate).is_some_and(|gap| gap.abs() <= Decimal::new(1, 2));
    let at_most_all = rate > Decimal::new(5, 2) && rate <= Decimal::ONE;
    at_most_all && quotient.is_some_and(near)
}

fn absent(field: FundField, is_source: bool) -> Content {
    if is_source && is_dashed(field) { Content::Text(DASH.to_owned()) } else { Content::Blank }
}

/// The two goal texts.
pub(super) fn goals(planner: &mut Planner<'_>, block: &GoalsBlock) {
    let words = vocab::official(Scope::Block, Label::Goals).unwrap_or_default();
    planner.heading_above(block.side, words);
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
    planner.side_label(block.side, words, first);
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
        RowCell::label(block.label, vocab::official(Scope::Foot, Label::Total).unwrap_or_default()),
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
