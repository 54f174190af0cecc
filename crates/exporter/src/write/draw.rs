//! From the plan of a sheet to the sheet.

use jixiao_core::Decimal;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, IgnoreError, Worksheet, XlsxError, utility};
use std::collections::{HashMap, HashSet};

use super::plan::{Area, Content, Look, NumberLook, Plan, PlannedCell};
use crate::error::ExportError;
use crate::layout::Layout;

/// The longest text of a cell, in UTF-16 units.
const MAX_TEXT: usize = 32_767;
const MAX_ROWS: usize = 1_048_576;
const FONT: &str = "宋体";
/// ECMA-376 paper size 9: A4.
const A4: u8 = 9;
const FONT_SIZE: u8 = 10;
const TITLE_SIZE: u8 = 16;
const SUBTITLE_SIZE: u8 = 11;

/// An area that computes its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FormulaCell {
    /// The formula.
    pub(crate) text: String,
    /// How the value is shown where the plan holds no number.
    pub(crate) look: Option<NumberLook>,
}

/// Which areas compute their value, by the first cell.
pub(crate) type Formulas = HashMap<(u32, u16), FormulaCell>;

/// How a sheet is drawn.
#[derive(Debug, Default)]
pub(crate) struct Drawing {
    /// Formulas by the first cell of their area.
    pub(crate) formulas: Formulas,
    /// First cells of the areas that stay open to input when the sheet is protected.
    pub(crate) open: HashSet<(u32, u16)>,
}

/// Draws `plan` on `sheet`.
pub(crate) fn draw(
    sheet: &mut Worksheet,
    name: &str,
    plan: &Plan,
    layout: &Layout,
    drawing: &Drawing,
    palette: &mut Palette,
) -> Result<(), ExportError> {
    if plan.heights.len() > MAX_ROWS {
        return Err(ExportError::TooManyRows { sheet: name.to_owned(), rows: plan.heights.len() });
    }
    sheet.set_name(name)?;
    // A formula over blank cells shows nothing until the program computes it.
    sheet.set_formula_result_default("");
    set_up_page(sheet, plan, layout)?;
    for cell in &plan.cells {
        draw_cell(sheet, name, cell, drawing, palette)?;
    }
    Ok(())
}

fn set_up_page(sheet: &mut Worksheet, plan: &Plan, layout: &Layout) -> Result<(), ExportError> {
    for (column, width) in (0_u16..).zip(layout.widths) {
        sheet.set_column_width(column, *width)?;
    }
    for (row, height) in (0_u32..).zip(&plan.heights) {
        sheet.set_row_height(row, *height)?;
    }
    if let Some(last) = plan.repeated_rows.checked_sub(1) {
        sheet.set_repeat_rows(0, last)?;
    }
    set_up_paper(sheet);
    Ok(())
}

/// A4 portrait, one page wide, as many pages high as it takes.
pub(crate) fn set_up_paper(sheet: &mut Worksheet) {
    sheet.set_paper_size(A4).set_portrait().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&C第 &P 页，共 &N 页");
}

/// The formats in use; a workbook stores each once.
#[derive(Debug, Default)]
pub(crate) struct Palette {
    formats: HashMap<Style, Format>,
    order: Vec<Style>,
}

/// What tells one format from the others: the look, how a number is shown, and whether the cell is open to input.
type Style = (Look, Option<NumberLook>, bool);

impl Palette {
    fn get(&mut self, look: Look, number: Option<NumberLook>, open: bool) -> &Format {
        let style = (look, number, open);
        self.formats.entry(style).or_insert_with(|| {
            self.order.push(style);
            format_of(look, number, open)
        })
    }

    /// The formats in the order in which they were first used.
    pub(crate) fn in_order(&self) -> impl Iterator<Item = &Format> {
        self.order.iter().filter_map(|style| self.formats.get(style))
    }
}

fn format_of(look: Look, number: Option<NumberLook>, open: bool) -> Format {
    let base = Format::new().set_font_name(FONT).set_align(FormatAlign::VerticalCenter);
    let bordered = |format: Format| format.set_font_size(FONT_SIZE).set_border(FormatBorder::Thin);
    let format = match look {
        Look::Title => base.set_bold().set_font_size(TITLE_SIZE).set_align(FormatAlign::Center),
        Look::Subtitle => base.set_font_size(SUBTITLE_SIZE).set_align(FormatAlign::Center),
        Look::Label | Look::Centre | Look::Side => bordered(base).set_align(FormatAlign::Center),
        Look::Left => bordered(base).set_align(FormatAlign::Left),
        Look::Body => bordered(base).set_align(FormatAlign::Left).set_align(FormatAlign::Top),
        Look::Plain => base.set_font_size(FONT_SIZE).set_align(FormatAlign::Left),
    };
    // 270 degrees stand for letters stacked one below the other.
    let format = if look == Look::Side { format.set_rotation(270) } else { format };
    let format = if open { format.set_unlocked() } else { format };
    match number {
        // A number does not wrap: it shrinks instead of turning into ####.
        Some(number) => format.set_num_format(number.code()).set_shrink(),
        None if look == Look::Side => format,
        None => format.set_text_wrap(),
    }
}

fn draw_cell(
    sheet: &mut Worksheet,
    name: &str,
    cell: &PlannedCell,
    drawing: &Drawing,
    palette: &mut Palette,
) -> Result<(), ExportError> {
    let area = cell.area;
    if let Content::Text(text) = &cell.content {
        check_length(name, area, text)?;
    }
    let corner = (area.first_row, area.columns.0);
    let formula = drawing.formulas.get(&corner);
    let number = match &cell.content {
        Content::Number { look, .. } => Some(*look),
        Content::Text(_) | Content::Blank => formula.and_then(|formula| formula.look),
    };
    let format = palette.get(cell.look, number, drawing.open.contains(&corner));
    if area.is_merged() {
        // A text is written with the area: every cell written costs the search for its format.
        let text = if let (Content::Text(text), None) = (&cell.content, formula) { text } else { "" };
        sheet.merge_range(area.first_row, area.columns.0, area.last_row, area.columns.1, text, format)?;
    }
    if let Some(formula) = formula {
        let formula = Formula::new(&formula.text).set_result(stored_value(&cell.content));
        sheet.write_formula_with_format(corner.0, corner.1, formula, format)?;
        return Ok(());
    }
    Ok(fill(sheet, cell, format)?)
}

/// Writes what the area shows into its first cell.
fn fill(sheet: &mut Worksheet, cell: &PlannedCell, format: &Format) -> Result<(), XlsxError> {
    let (row, column) = (cell.area.first_row, cell.area.columns.0);
    match &cell.content {
        Content::Number { value, .. } => {
            sheet.write_number_with_format(row, column, stored_float(*value), format)?;
        }
        Content::Text(text) => {
            if looks_numeric(text) {
                sheet.ignore_error(row, column, IgnoreError::NumberStoredAsText)?;
            }
            if !cell.area.is_merged() {
                sheet.write_string_with_format(row, column, text, format)?;
            }
        }
        Content::Blank if cell.area.is_merged() => {}
        Content::Blank => {
            sheet.write_blank(row, column, format)?;
        }
    }
    Ok(())
}

/// The number as a cell stores it. It has at most 15 significant digits, so that the nearest binary float prints back as
/// this very decimal.
pub(crate) fn stored_float(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or_default()
}

/// The value that a formula shows until it is computed again.
fn stored_value(content: &Content) -> String {
    match content {
        Content::Blank => String::new(),
        Content::Text(text) => text.clone(),
        Content::Number { value, .. } => value.to_string(),
    }
}

fn check_length(sheet: &str, area: Area, text: &str) -> Result<(), ExportError> {
    let length = text.encode_utf16().count();
    if length <= MAX_TEXT {
        return Ok(());
    }
    Err(ExportError::TextTooLong {
        sheet: sheet.to_owned(),
        range: range_name(area),
        length,
        start: text.chars().take(12).collect(),
    })
}

/// The area in A1 notation.
pub(crate) fn range_name(area: Area) -> String {
    utility::cell_range(area.first_row, area.columns.0, area.last_row, area.columns.1)
}

fn looks_numeric(text: &str) -> bool {
    text.trim_end_matches('%').parse::<f64>().is_ok()
}
