//! A blank official form to fill in by hand.

use std::collections::HashSet;

use jixiao_core::fold::is_blank;
use jixiao_core::vocab::{self, Scope};
use jixiao_core::{Decimal, ExtraField, FieldPath, Form, FundField, FundRow, Indicator, IndicatorField};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, Note, ProtectionOptions, Worksheet,
    XlsxError, utility::row_col_to_cell,
};

use super::draw::{set_up, styles};
use super::hints::{self, Hint};
use super::plan::{Area, Content, Part, Plan, PlannedCell};
use super::{cells, formulas, frame, new_workbook, planner};
use crate::error::ExportError;
use crate::layout::{ExtraHome, Layout};
use crate::palette::Palette;

const SHEET_NAME: &str = "自评表";
/// The points that the execution rate is worth unless a special case is explained (财预〔2020〕10号).
const EXECUTION_WEIGHT: i64 = 10;
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
    let is_input = |corner: &(u32, u16)| !formulas.contains_key(corner);
    let by_hand = plan.cells.iter().filter(|cell| is_filled_by_hand(cell, &form, layout));
    let open: HashSet<(u32, u16)> =
        by_hand.map(|cell| (cell.area.first_row, cell.area.columns.0)).filter(is_input).collect();
    let mut palette = Palette::default();
    let styles = styles(&mut palette, &plan, &formulas, &open);
    let mut workbook = new_workbook()?;
    palette.register(&mut workbook);
    let sheet = workbook.add_worksheet();
    set_up(sheet, SHEET_NAME, layout, plan.repeated_rows)?;
    // Notes stand beside their rows.
    for (row, height) in (0_u32..).zip(&plan.heights) {
        sheet.set_row_height(row, *height)?;
    }
    guide(sheet, &plan, &form, layout)?;
    protect(sheet);
    frame::with_cells(&workbook.save_to_buffer()?, &cells::of(&plan, SHEET_NAME, &styles, &formulas)?)
}

fn blank_form(layout: &Layout, year: Option<i32>, indicators: usize) -> Form {
    let mut form = Form { title: Some(layout.title.to_owned()), year, ..Form::default() };
    form.funds.amount_unit = Some(layout.amount_unit);
    form.funds.rows = fund_rows(layout);
    form.indicators = vec![Indicator::default(); indicators];
    form.extra = layout.extra_homes().into_iter().filter_map(blank_extra).collect();
    form
}

fn fund_rows(layout: &Layout) -> Vec<FundRow> {
    let row = |(index, name): (usize, &&str)| FundRow {
        label: (*name).to_owned(),
        weight: (index == 0).then(|| Decimal::from(EXECUTION_WEIGHT)),
        ..FundRow::default()
    };
    layout.fund_rows.iter().enumerate().map(row).collect()
}

/// The field to fill in at a place that the layout always prints.
fn blank_extra(home: ExtraHome) -> Option<ExtraField> {
    let label = match home {
        ExtraHome::Slot(slot) => slot.label,
        ExtraHome::FundColumn(label) => label,
        ExtraHome::Header | ExtraHome::Foot => return None,
    };
    Some(ExtraField { label: label.to_owned(), text: String::new() })
}

/// Prints the bracket under the title with a gap for the year where none is given.
fn leave_room_for_year(plan: &mut Plan) {
    let year = plan.cells.iter_mut().find(|cell| cell.field == Some(FieldPath::Year));
    if let Some(cell) = year.filter(|cell| cell.content == Content::Blank) {
        cell.content = Content::Text("（      年度）".to_owned());
    }
}

/// Labels and dashes stay as they are; so does the title, unless the year is still to be put behind it.
fn is_filled_by_hand(cell: &PlannedCell, form: &Form, layout: &Layout) -> bool {
    let is_dash = matches!(&cell.content, Content::Text(text) if is_blank(text));
    match cell.field {
        None | Some(FieldPath::Fund(_, FundField::Label)) => false,
        Some(FieldPath::Title) => form.year.is_none() && layout.prints_year() && !layout.has_year_row(),
        Some(_) => !is_dash,
    }
}

/// Adds drop-down lists, input messages and notes.
fn guide(sheet: &mut Worksheet, plan: &Plan, form: &Form, layout: &Layout) -> Result<(), ExportError> {
    for field in hints::HEADER_FIELDS {
        if let (Some(area), Some(hint)) = (plan.area_of(*field), hints::of(*field)) {
            add(sheet, (area, area), hint, DataValidation::new().allow_any_value())?;
        }
    }
    for field in FundField::ALL {
        let column = |row| plan.area_of(FieldPath::Fund(row, field));
        let hint = hints::of(FieldPath::Fund(0, field));
        guide_column(sheet, plan, FieldPath::Fund(0, field), column, form.funds.rows.len(), hint)?;
    }
    for field in IndicatorField::ALL {
        let column = |row| plan.area_of(FieldPath::Indicator(row, field));
        let split = field == IndicatorField::Target && layout.splits_target();
        let hint = if split { Some(hints::TARGET_VALUE) } else { hints::of(FieldPath::Indicator(0, field)) };
        guide_column(sheet, plan, FieldPath::Indicator(0, field), column, form.indicators.len(), hint)?;
    }
    guide_target_parts(sheet, plan, form)
}

/// The columns beside the value of a target.
fn guide_target_parts(sheet: &mut Worksheet, plan: &Plan, form: &Form) -> Result<(), ExportError> {
    let path = |row| FieldPath::Indicator(row, IndicatorField::Target);
    for (part, hint) in [(Part::Nature, hints::TARGET_NATURE), (Part::Unit, hints::TARGET_UNIT)] {
        let Some(span) = span_of(|row| plan.area_of_part(path(row), part), form.indicators.len()) else { continue };
        let rule = match part {
            Part::Nature => DataValidation::new().allow_list_strings(hints::TARGET_NATURES)?,
            Part::Main | Part::Unit => DataValidation::new().allow_any_value(),
        };
        add(sheet, span, hint, rule)?;
        note_above(sheet, span.0, hint)?;
    }
    Ok(())
}

/// The first and the last area of a column of `rows` rows.
fn span_of(column: impl Fn(usize) -> Option<Area>, rows: usize) -> Option<(Area, Area)> {
    Some((column(0)?, column(rows.checked_sub(1)?)?))
}

/// Adds the message and rule of a column to its cells, and its note to the heading above them.
fn guide_column(
    sheet: &mut Worksheet,
    plan: &Plan,
    first: FieldPath,
    column: impl Fn(usize) -> Option<Area>,
    rows: usize,
    hint: Option<Hint>,
) -> Result<(), ExportError> {
    let (Some(span), Some(hint)) = (span_of(column, rows), hint) else { return Ok(()) };
    add(sheet, span, hint, rule_of(first, plan)?)?;
    note_above(sheet, span.0, hint)
}

/// Puts the note of a column on the heading above its first cell.
fn note_above(sheet: &mut Worksheet, first: Area, hint: Hint) -> Result<(), ExportError> {
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

/// The full names of a level; short spellings (`产出`) and those that repeat the level above (`产出数量指标`) are left
/// out.
fn level_names(scope: Scope) -> Vec<&'static str> {
    let full = |name: &&str| name.ends_with("指标");
    let names: Vec<&str> = vocab::spellings(scope).map(|(name, _)| name).filter(full).collect();
    let level1: Vec<&str> = vocab::spellings(Scope::Level1).map(|(name, _)| name).collect();
    let repeats =
        |name: &str| level1.iter().filter_map(|level1| name.strip_prefix(level1)).any(|rest| names.contains(&rest));
    names.iter().copied().filter(|name| !repeats(name)).collect()
}

/// Protects everything but the open cells, without a password; rows and columns may still be resized.
fn protect(sheet: &mut Worksheet) {
    let options =
        ProtectionOptions { format_cells: true, format_rows: true, format_columns: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&options);
}
