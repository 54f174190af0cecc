//! What a planned sheet says when its cells are read again: whatever differs from the form is reported, so that no value
//! is lost in silence. That a written workbook holds the very cells of the plan is for the tests to show.

use std::borrow::Cow;

use jixiao_core::fold::without_space;
use jixiao_core::report::field_words;
use jixiao_core::{
    Decimal, Diagnostic, FieldPath, Form, FundField, FundRow, Indicator, IndicatorField, Place, Severity,
};
use jixiao_parser::grid::{self, Grid, GridCell};

use super::plan::{Content, NumberLook, Plan, PlannedCell};
use crate::read::limits;

/// The code of every remark made here.
pub(super) const CODE: &str = "not-read-back";
/// A longer value is quoted by its beginning.
const LONGEST_QUOTE: usize = 40;

/// The fields that a form has once.
const SINGLE: [FieldPath; 11] = [
    FieldPath::Title,
    FieldPath::Year,
    FieldPath::ProjectName,
    FieldPath::Department,
    FieldPath::Unit,
    FieldPath::AmountUnit,
    FieldPath::GoalsExpected,
    FieldPath::GoalsActual,
    FieldPath::TotalWeight,
    FieldPath::TotalScore,
    FieldPath::Grade,
];

/// One remark for every field of `form` that `plan` does not give back; `known` are the remarks already made.
pub(super) fn differences(form: &Form, plan: &Plan, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let grid = grid_of(plan);
    if grid.cells.len() > limits::MAX_CELLS {
        return vec![unreadable()];
    }
    // Of several forms on a sheet, the first is the one that was written.
    let Some(back) = grid::read(&grid).records.into_iter().next() else { return vec![unreadable()] };
    let is_known = |field: &FieldPath| known.iter().any(|known| known.field == Some(*field));
    let mut changed: Vec<FieldPath> = fields(form, &back.form)
        .filter(|field| !same(value(form, *field).as_ref(), value(&back.form, *field).as_ref()))
        .filter(|field| !is_known(field))
        .collect();
    changed.sort_unstable();
    changed.into_iter().map(|field| remark_on(field, form, &back.form)).collect()
}

/// The cells that show something, as a reader of workbooks finds them.
fn grid_of(plan: &Plan) -> Grid {
    let mut cells: Vec<GridCell> = plan.cells.iter().filter_map(grid_cell).collect();
    cells.sort_unstable_by_key(|cell| (cell.row, cell.column));
    Grid { cells }
}

fn grid_cell(cell: &PlannedCell) -> Option<GridCell> {
    let area = cell.area;
    let text = match &cell.content {
        Content::Text(text) if !text.trim().is_empty() => text.clone(),
        Content::Text(_) | Content::Blank => return None,
        Content::Number { value, look } => shown(*value, *look),
    };
    Some(GridCell {
        row: area.first_row,
        column: area.columns.0.into(),
        row_span: area.last_row - area.first_row + 1,
        column_span: u32::from(area.columns.1 - area.columns.0) + 1,
        text,
        // Nobody is told where it stands.
        place: Place::Sheet { sheet: String::new(), range: String::new() },
    })
}

/// The text of a number of that look.
fn shown(value: Decimal, look: NumberLook) -> String {
    if !look.percent {
        return value.to_string();
    }
    let mut percents = value.saturating_mul(Decimal::ONE_HUNDRED);
    percents.rescale(look.places);
    format!("{percents}%")
}

fn unreadable() -> Diagnostic {
    let message = "写出的工作表不能再读成自评表（例如没有指标，也没有资金）；内容都在表上，但请勿以它代替原文件";
    remark(message.to_owned(), None)
}

/// The fields that one of two forms may have.
fn fields(one: &Form, other: &Form) -> impl Iterator<Item = FieldPath> {
    let funds = one.funds.rows.len().max(other.funds.rows.len());
    let indicators = one.indicators.len().max(other.indicators.len());
    let extra = one.extra.len().max(other.extra.len());
    let funds = (0..funds).flat_map(|row| FundField::ALL.into_iter().map(move |field| FieldPath::Fund(row, field)));
    let of_row = |row| IndicatorField::ALL.into_iter().map(move |field| FieldPath::Indicator(row, field));
    SINGLE.into_iter().chain(funds).chain((0..indicators).flat_map(of_row)).chain((0..extra).map(FieldPath::Extra))
}

/// The value of a field, as it is printed.
#[derive(Debug)]
enum Value<'f> {
    Text(Cow<'f, str>),
    Number(Decimal),
}

impl Value<'_> {
    fn printed(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
        }
    }
}

/// White space aside: a wrapped cell is joined without a separator.
fn same(written: Option<&Value<'_>>, read: Option<&Value<'_>>) -> bool {
    match (written, read) {
        (None, None) => true,
        // The bytes of a decimal tell its printed decimals, too.
        (Some(Value::Number(written)), Some(Value::Number(read))) => written.serialize() == read.serialize(),
        (Some(written), Some(read)) => {
            let (written, read) = (written.printed(), read.printed());
            written == read || without_space(&written) == without_space(&read)
        }
        _ => false,
    }
}

fn remark_on(field: FieldPath, written: &Form, read: &Form) -> Diagnostic {
    let quote = |form: &Form| match value(form, field) {
        None => "空白".to_owned(),
        Some(value) => quoted(&value.printed()),
    };
    let place = field_words(field);
    remark(format!("{place}的{}写入工作簿后，再读出来是{}", quote(written), quote(read)), Some(field))
}

fn quoted(value: &str) -> String {
    if value.chars().count() > LONGEST_QUOTE {
        format!("「{}…」", value.chars().take(LONGEST_QUOTE).collect::<String>())
    } else {
        format!("「{value}」")
    }
}

fn remark(message: String, field: Option<FieldPath>) -> Diagnostic {
    Diagnostic { code: CODE.to_owned(), severity: Severity::Warning, message, field, span: None }
}

/// The value of `field`, where `form` has one. The family is none: a sheet keeps it in a name of its own.
fn value(form: &Form, field: FieldPath) -> Option<Value<'_>> {
    match field {
        FieldPath::Title => text(form.title.as_deref()),
        FieldPath::Year => form.year.map(|year| Value::Text(year.to_string().into())),
        FieldPath::ProjectName => text(form.project_name.as_deref()),
        FieldPath::Department => text(form.department.as_deref()),
        FieldPath::Unit => text(form.unit.as_deref()),
        FieldPath::AmountUnit => text(form.funds.amount_unit.map(jixiao_core::AmountUnit::label)),
        FieldPath::GoalsExpected => text(form.goals.expected.as_deref()),
        FieldPath::GoalsActual => text(form.goals.actual.as_deref()),
        FieldPath::TotalWeight => form.total.weight.map(Value::Number),
        FieldPath::TotalScore => form.total.score.map(Value::Number),
        FieldPath::Grade => text(form.grade.map(jixiao_core::Grade::label)),
        FieldPath::Fund(row, field) => fund(form.funds.rows.get(row)?, field),
        FieldPath::Indicator(row, field) => indicator(form.indicators.get(row)?, field),
        FieldPath::Extra(number) => {
            let extra = form.extra.get(number)?;
            Some(Value::Text(format!("{}：{}", extra.label, extra.text).into()))
        }
        _ => None,
    }
}

fn text(text: Option<&str>) -> Option<Value<'_>> {
    text.map(|text| Value::Text(Cow::Borrowed(text)))
}

fn fund(row: &FundRow, field: FundField) -> Option<Value<'_>> {
    match field {
        FundField::Label => text(Some(&row.label)),
        FundField::InitialBudget => row.initial_budget.map(Value::Number),
        FundField::AnnualBudget => row.annual_budget.map(Value::Number),
        FundField::Executed => row.executed.map(Value::Number),
        FundField::Weight => row.weight.map(Value::Number),
        FundField::ExecutionRate => row.execution_rate.map(Value::Number),
        FundField::Score => row.score.map(Value::Number),
    }
}

fn indicator(row: &Indicator, field: IndicatorField) -> Option<Value<'_>> {
    match field {
        IndicatorField::Level1 => text(row.level1.as_deref()),
        IndicatorField::Level2 => text(row.level2.as_deref()),
        IndicatorField::Level3 => text(Some(&row.level3)),
        IndicatorField::Target => text(row.target.text.as_deref()),
        IndicatorField::Actual => text(row.actual.text.as_deref()),
        IndicatorField::Weight => row.weight.map(Value::Number),
        IndicatorField::Score => row.score.map(Value::Number),
        IndicatorField::Deviation => text(row.deviation.as_deref()),
    }
}
