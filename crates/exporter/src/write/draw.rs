//! How planned sheets look: the formats of their cells, their columns and their paper.

use std::collections::{HashMap, HashSet};

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet};

use super::plan::{Content, Look, NumberLook, Plan, PlannedCell};
use crate::error::ExportError;
use crate::layout::Layout;
use crate::palette::{Palette, Style};

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

/// Names the sheet, and sets up its columns and its paper for a plan that repeats so many rows on every page.
pub(super) fn set_up(
    sheet: &mut Worksheet,
    name: &str,
    layout: &Layout,
    repeated_rows: u32,
) -> Result<(), ExportError> {
    sheet.set_name(name)?;
    for (column, width) in (0_u16..).zip(layout.widths) {
        sheet.set_column_width(column, *width)?;
    }
    if let Some(last) = repeated_rows.checked_sub(1) {
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

/// What tells the format of an area from the others: its look, how a number is shown, and whether it is open to input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct AreaStyle {
    look: Look,
    number: Option<NumberLook>,
    open: bool,
}

/// The number of the format of every area of `plan`, of which those that begin with a cell of `open` take input.
pub(super) fn styles(palette: &mut Palette, plan: &Plan, formulas: &Formulas, open: &HashSet<(u32, u16)>) -> Vec<u32> {
    let style = |cell: &PlannedCell| {
        let corner = (cell.area.first_row, cell.area.columns.0);
        let number = match &cell.content {
            Content::Number { look, .. } => Some(*look),
            Content::Text(_) | Content::Blank => formulas.get(&corner).and_then(|formula| formula.look),
        };
        Style::Area(AreaStyle { look: cell.look, number, open: open.contains(&corner) })
    };
    plan.cells.iter().map(|cell| palette.number(style(cell))).collect()
}

/// The format of an area.
pub(crate) fn format_of(AreaStyle { look, number, open }: AreaStyle) -> Format {
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
