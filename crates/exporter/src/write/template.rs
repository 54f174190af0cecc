//! A blank official form to fill in by hand.

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{Decimal, FieldPath, Form, FundField, FundRow, Indicator, IndicatorField};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Note, ProtectionOptions, Workbook,
    Worksheet, XlsxError, utility::row_col_to_cell,
};

use super::draw::{Drawing, draw};
use super::hints::{self, Hint};
use super::plan::{Area, Content, Plan};
use super::{formulas, planner};
use crate::error::ExportError;
use crate::layout::Layout;

const SHEET_NAME: &str = "自评表";
/// The points that the execution rate is worth unless a special case is explained (财预〔2020〕10号).
const EXECUTION_WEIGHT: i64 = 10;
/// How many parts of the total the official form lists.
const FUND_SOURCES: usize = 3;
/// Display width and height of a note, in pixels.
const NOTE_SIZE: (u32, u32) = (260, 120);

/// Writes a blank form of `layout` with room for `indicators` rows.
///
/// Rate, execution score, total and grade are formulas that stay empty until there is something to compute; cells
/// to fill in are unlocked, everything else is protected without a password.
///
/// # Errors
///
/// More rows than a sheet has, or a failure of the workbook library.
pub fn write_template(layout: &Layout, year: Option<i32>, indicators: usize) -> Result<Vec<u8>, ExportError> {
    let form = blank_form(layout, year, indicators);
    let (mut plan, _) = planner::plan(&form, layout);
    leave_room_for_year(&mut plan);
    let formulas = formulas::of(&plan, &form);
    let is_input = |corner: (u32, u16)| !formulas.contains_key(&corner);
    let open = plan
        .cells
        .iter()
        .filter(|cell| cell.field.is_some_and(is_filled_by_hand) && !is_dash(&cell.content))
        .map(|cell| (cell.area.first_row, cell.area.columns.0))
        .filter(|corner| is_input(*corner))
        .collect();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    draw(sheet, SHEET_NAME, &plan, layout, &Drawing { formulas, open })?;
    guide(sheet, &plan, &form)?;
    protect(sheet);
    Ok(workbook.save_to_buffer()?)
}

fn blank_form(layout: &Layout, year: Option<i32>, indicators: usize) -> Form {
    let mut form = Form { title: Some(layout.title.to_owned()), year, ..Form::default() };
    form.funds.amount_unit = Some(layout.amount_unit);
    form.funds.rows = fund_rows();
    form.indicators = vec![Indicator::default(); indicators];
    form
}

fn fund_rows() -> Vec<FundRow> {
    let spelled = |total: bool| {
        vocab::spellings(Scope::FundRow)
            .filter(move |(_, label)| *label == Label::FundRow { total })
            .map(|(name, _)| name)
    };
    let total = spelled(true).take(1).map(|name| FundRow {
        label: name.to_owned(),
        weight: Some(Decimal::from(EXECUTION_WEIGHT)),
        ..FundRow::default()
    });
    let sources =
        spelled(false).take(FUND_SOURCES).map(|name| FundRow { label: name.to_owned(), ..FundRow::default() });
    total.chain(sources).collect()
}

/// Prints the bracket under the title with a gap for the year where none is given.
fn leave_room_for_year(plan: &mut Plan) {
    let year = plan.cells.iter_mut().find(|cell| cell.field == Some(FieldPath::Year));
    if let Some(cell) = year.filter(|cell| cell.content == Content::Blank) {
        cell.content = Content::Text("（      年度）".to_owned());
    }
}

fn is_dash(content: &Content) -> bool {
    *content == Content::Text(planner::DASH.to_owned())
}

const fn is_filled_by_hand(field: FieldPath) -> bool {
    !matches!(field, FieldPath::Title | FieldPath::Fund(_, FundField::Label))
}

/// Adds drop-down lists, input messages and notes.
fn guide(sheet: &mut Worksheet, plan: &Plan, form: &Form) -> Result<(), ExportError> {
    for field in hints::HEADER_FIELDS {
        if let (Some(area), Some(hint)) = (plan.area_of(*field), hints::of(*field)) {
            add(sheet, (area, area), hint, DataValidation::new().allow_any_value())?;
        }
    }
    for field in FundField::ALL {
        guide_column(sheet, plan, |row| FieldPath::Fund(row, field), form.funds.rows.len())?;
    }
    for field in IndicatorField::ALL {
        guide_column(sheet, plan, |row| FieldPath::Indicator(row, field), form.indicators.len())?;
    }
    Ok(())
}

/// Adds the message and rule of a column to its cells, and its note to the heading above them.
fn guide_column(
    sheet: &mut Worksheet,
    plan: &Plan,
    path: impl Fn(usize) -> FieldPath,
    rows: usize,
) -> Result<(), ExportError> {
    let Some(last) = rows.checked_sub(1) else { return Ok(()) };
    let (Some(first), Some(last)) = (plan.area_of(path(0)), plan.area_of(path(last))) else { return Ok(()) };
    let Some(hint) = hints::of(path(0)) else { return Ok(()) };
    add(sheet, (first, last), hint, rule_of(path(0), plan)?)?;
    if let (Some(row), Some(text)) = (first.first_row.checked_sub(1), hint.note) {
        let note = Note::new(text).add_author_prefix(false).set_font_name("宋体").set_font_size(9_u8);
        let note = note.set_width(NOTE_SIZE.0).set_height(NOTE_SIZE.1);
        sheet.insert_note(row, first.columns.0, &note)?;
    }
    Ok(())
}

fn add(sheet: &mut Worksheet, span: (Area, Area), hint: Hint, rule: DataValidation) -> Result<(), XlsxError> {
    let (first, last) = span;
    let rule = rule
        .set_input_title(hint.title)?
        .set_input_message(hint.message)?
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("请核对")?
        .set_error_message(hint.complaint)?;
    sheet.add_data_validation(first.first_row, first.columns.0, last.last_row, first.columns.0, &rule)?;
    Ok(())
}

/// What the cells of a column may hold. Every rule warns only: special cases exist, and a dash is a valid blank.
fn rule_of(field: FieldPath, plan: &Plan) -> Result<DataValidation, XlsxError> {
    let any = DataValidation::new();
    let not_negative = DataValidationRule::GreaterThanOrEqualTo(0.0);
    Ok(match field {
        FieldPath::Indicator(_, IndicatorField::Level1) => any.allow_list_strings(&level_names(Scope::Level1))?,
        FieldPath::Indicator(_, IndicatorField::Level2) => any.allow_list_strings(&level_names(Scope::Level2))?,
        FieldPath::Indicator(row, IndicatorField::Score) => {
            match plan.area_of(FieldPath::Indicator(row, IndicatorField::Weight)) {
                Some(weight) => any.allow_decimal_number_formula(DataValidationRule::Between(
                    Formula::new("0"),
                    Formula::new(row_col_to_cell(weight.first_row, weight.columns.0)),
                )),
                None => any.allow_decimal_number(not_negative),
            }
        }
        FieldPath::Indicator(_, IndicatorField::Weight) | FieldPath::Fund(_, FundField::Weight) => {
            any.allow_decimal_number(DataValidationRule::Between(0.0, 100.0))
        }
        FieldPath::Fund(..) => any.allow_decimal_number(not_negative),
        _ => any.allow_any_value(),
    })
}

/// The full names of a level, shortest spellings (`产出`) left out.
fn level_names(scope: Scope) -> Vec<&'static str> {
    vocab::spellings(scope).map(|(name, _)| name).filter(|name| name.ends_with("指标")).collect()
}

/// Protects everything but the open cells, without a password; rows and columns may still be resized.
fn protect(sheet: &mut Worksheet) {
    let options =
        ProtectionOptions { format_cells: true, format_rows: true, format_columns: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&options);
}
