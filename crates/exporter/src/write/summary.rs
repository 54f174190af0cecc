//! The first sheet of a workbook of several forms: one line a form, linked to its sheet.

use jixiao_core::{Decimal, Form};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Url, Worksheet};

use super::draw::set_up_paper;
use super::height::{MAX_ROW_HEIGHT, capacity, text_height};
use super::number::{number, percentage};
use super::plan::Content;
use crate::error::ExportError;

/// The sheet's name.
pub(crate) const NAME: &str = "汇总";

type Column = (&'static str, u16, fn(&Form) -> Content);

/// Heading, width in characters and value of every column behind the number and the name.
const COLUMNS: &[Column] = &[
    ("主管部门", 18, |form| words(form.department.as_deref())),
    ("实施单位", 18, |form| words(form.unit.as_deref())),
    ("金额单位", 9, |form| words(form.funds.amount_unit.map(jixiao_core::AmountUnit::label))),
    ("全年预算数", 14, |form| figure(form.funds.rows.first().and_then(|row| row.annual_budget))),
    ("全年执行数", 14, |form| figure(form.funds.rows.first().and_then(|row| row.executed))),
    ("执行率", 9, |form| rate(form)),
    ("总分", 8, |form| figure(form.total.score)),
    ("评分等级", 9, |form| words(form.grade.map(jixiao_core::Grade::label))),
];
const NUMBER_WIDTH: u16 = 6;
const PROJECT_WIDTH: u16 = 36;
/// The least height of a line, in points.
const LINE_FLOOR: u32 = 20;
const TITLE_ROW: u32 = 0;
const HEADER_ROW: u32 = 1;

/// Writes one line for every form; `sheets` holds the name of each form's sheet.
pub(crate) fn write(sheet: &mut Worksheet, forms: &[Form], sheets: &[String]) -> Result<(), ExportError> {
    sheet.set_name(NAME)?;
    set_up_paper(sheet);
    sheet.set_landscape().set_repeat_rows(TITLE_ROW, HEADER_ROW)?.set_freeze_panes(HEADER_ROW + 1, 0)?;
    write_heading(sheet)?;
    for (row, (form, name)) in (HEADER_ROW + 1..).zip(forms.iter().zip(sheets)) {
        write_line(sheet, row, form, name)?;
    }
    let last_column = u16::try_from(COLUMNS.len()).unwrap_or(u16::MAX).saturating_add(1);
    let last_row = HEADER_ROW.saturating_add(u32::try_from(forms.len()).unwrap_or(u32::MAX));
    sheet.autofilter(HEADER_ROW, 0, last_row, last_column)?;
    Ok(())
}

fn write_heading(sheet: &mut Worksheet) -> Result<(), ExportError> {
    let title = Format::new().set_font_name("宋体").set_font_size(16).set_bold().set_align(FormatAlign::VerticalCenter);
    let header = cell_format().set_bold().set_align(FormatAlign::Center);
    sheet.write_string_with_format(TITLE_ROW, 0, "项目支出绩效自评结果汇总", &title)?.set_row_height(TITLE_ROW, 32)?;
    let fixed = [("序号", NUMBER_WIDTH), ("项目名称", PROJECT_WIDTH)];
    let columns = fixed.into_iter().chain(COLUMNS.iter().map(|(heading, width, _)| (*heading, *width)));
    for (column, (heading, width)) in (0_u16..).zip(columns) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEADER_ROW, column, heading, &header)?;
    }
    sheet.set_row_height(HEADER_ROW, 24)?;
    Ok(())
}

fn write_line(sheet: &mut Worksheet, row: u32, form: &Form, name: &str) -> Result<(), ExportError> {
    let centred = cell_format().set_align(FormatAlign::Center);
    sheet.write_number_with_format(row, 0, row.saturating_sub(HEADER_ROW), &centred)?;
    let shown: String = form.project_name.as_deref().unwrap_or(name).chars().take(200).collect();
    let link = Url::new(format!("internal:'{}'!A1", name.replace('\'', "''"))).set_text(shown.as_str());
    let blue = cell_format().set_font_color(0x05_63_C1_u32).set_underline(rust_xlsxwriter::FormatUnderline::Single);
    sheet.write_url_with_format(row, 1, &link, &blue)?;
    for (column, (_, _, value)) in (2_u16..).zip(COLUMNS) {
        match value(form) {
            Content::Blank => sheet.write_blank(row, column, &cell_format())?,
            Content::Text(text) => sheet.write_string_with_format(row, column, text, &cell_format())?,
            Content::Number { value, look } => {
                let format = cell_format().set_num_format(look.code());
                sheet.write_number_with_format(
                    row,
                    column,
                    value.to_string().parse::<f64>().unwrap_or_default(),
                    &format,
                )?
            }
        };
    }
    sheet.set_row_height(row, line_height(form, &shown))?;
    Ok(())
}

/// The height at which every text of a line is seen whole, in points.
fn line_height(form: &Form, project: &str) -> u16 {
    let texts = COLUMNS.iter().filter_map(|(_, width, value)| match value(form) {
        Content::Text(text) => Some(text_height(&text, capacity(&[*width]))),
        Content::Number { .. } | Content::Blank => None,
    });
    let project = text_height(project, capacity(&[PROJECT_WIDTH]));
    let needed = texts.chain([project, LINE_FLOOR]).max().unwrap_or(LINE_FLOOR);
    u16::try_from(needed.min(MAX_ROW_HEIGHT)).unwrap_or(u16::MAX)
}

fn cell_format() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(10)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn words(text: Option<&str>) -> Content {
    text.map_or(Content::Blank, |text| Content::Text(text.chars().take(200).collect()))
}

fn figure(value: Option<Decimal>) -> Content {
    value.map_or(Content::Blank, number)
}

fn rate(form: &Form) -> Content {
    form.funds.rows.first().and_then(|row| row.execution_rate).map_or(Content::Blank, percentage)
}
