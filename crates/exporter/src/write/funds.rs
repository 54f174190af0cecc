//! The funds table: one row a fund, the total first, a dash where a part of the total has nothing to fill in.

use jixiao_core::vocab::{Label, Scope};
use jixiao_core::{Decimal, FieldPath, FundField, FundRow};

use super::blocks::{ROW_FLOOR, text};
use super::number::{number, percentage};
use super::plan::{Content, Look};
use super::planner::{Planner, RowCell, Rows, total_row};
use crate::layout::{ExtraHome, FundsBlock};

/// Places the table.
pub(super) fn place(planner: &mut Planner<'_>, block: &FundsBlock) {
    let name = block.heading.caption.words(Scope::Block, Label::Funds);
    let words = if block.corner.is_some() { name.to_owned() } else { with_unit(name, planner) };
    planner.heading_above(block.heading, &words);
    let first = planner.next_row();
    header(planner, block);
    let total = total_row(planner.form);
    let first_fund = planner.next_row();
    for (index, row) in planner.form.funds.rows.iter().enumerate() {
        let mut cells = vec![label(block, row, index, total)];
        cells.extend(block.columns.iter().map(|(field, _, columns)| {
            let content = value(row, *field).unwrap_or_else(|| absent(block, *field, index != total));
            RowCell::field(*columns, content, Look::Centre, FieldPath::Fund(index, *field))
        }));
        planner.row(cells, ROW_FLOOR);
    }
    extra_column(planner, block, first_fund);
    planner.side_label(block.heading, &words, first);
}

fn header(planner: &mut Planner<'_>, block: &FundsBlock) {
    let corner = block.corner.map(|words| RowCell::label(block.labels, &with_unit(words, planner)));
    let mut cells = vec![corner.unwrap_or_else(|| RowCell::blank(block.labels))];
    cells.extend(block.columns.iter().map(|(field, caption, columns)| {
        RowCell::label(*columns, caption.words(Scope::FundColumn, Label::FundColumn(*field)))
    }));
    cells.extend(block.extra.map(|(label, columns)| RowCell::label(columns, label)));
    planner.row(cells, ROW_FLOOR);
}

/// `words` with the unit of the amounts behind them.
fn with_unit(words: &str, planner: &Planner<'_>) -> String {
    match planner.form.funds.amount_unit {
        Some(unit) => format!("{words}（{}）", unit.label()),
        None => words.to_owned(),
    }
}

/// The column of one text for all rows from `first` on.
fn extra_column(planner: &mut Planner<'_>, block: &FundsBlock, first: u32) {
    let Some((label, columns)) = block.extra else { return };
    let Some(last) = planner.next_row().checked_sub(1).filter(|last| *last >= first) else { return };
    let field = planner.extra_at(ExtraHome::FundColumn(label)).next();
    let words = field.and_then(|index| planner.form.extra.get(index)).map(|field| field.text.as_str());
    let cell = RowCell::place(columns, text(words), Look::Left, field.map(FieldPath::Extra));
    planner.place(Rows { first, last }, cell);
}

/// The label of a fund row; the first part of the total is introduced by 其中.
fn label(block: &FundsBlock, row: &FundRow, index: usize, total: usize) -> RowCell {
    let words = if index == total + 1 { format!("其中：{}", row.label) } else { row.label.clone() };
    RowCell::field(block.labels, Content::Text(words), Look::Left, FieldPath::Fund(index, FundField::Label))
}

fn value(row: &FundRow, field: FundField) -> Option<Content> {
    match field {
        FundField::InitialBudget => row.initial_budget.map(number),
        FundField::AnnualBudget => row.annual_budget.map(number),
        FundField::Executed => row.executed.map(number),
        FundField::Weight => row.weight.map(number),
        FundField::Score => row.score.map(number),
        FundField::ExecutionRate => row.execution_rate.map(|rate| rate_of(rate, row)),
        FundField::Label => None,
    }
}

/// A rate as the form prints it.
pub(super) fn rate_of(rate: Decimal, row: &FundRow) -> Content {
    if is_fraction(rate, row) { number(rate) } else { percentage(rate) }
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

fn absent(block: &FundsBlock, field: FundField, is_part: bool) -> Content {
    let (fields, dash) = block.dashed;
    if is_part && fields.contains(&field) { Content::Text(dash.to_owned()) } else { Content::Blank }
}
