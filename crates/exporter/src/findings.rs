//! The findings of `check` as a worksheet to filter, sort and hand round.

use jixiao_core::report::{CheckRecord, location_words};
use jixiao_core::rules::Finding;
use jixiao_core::{Decimal, Severity};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::error::ExportError;

const SHEET: &str = "问题清单";

/// More rows than this do not fit a sheet below the header.
const MAX_ROWS: usize = 1_048_575;

/// Heading and width in characters of every column.
const COLUMNS: [(&str, f64); 11] = [
    ("文件", 28.0),
    ("第几张表", 9.0),
    ("项目名称", 30.0),
    ("级别", 7.0),
    ("规则", 8.0),
    ("问题", 60.0),
    ("位置", 28.0),
    ("表上数", 12.0),
    ("应为", 12.0),
    ("依据", 40.0),
    ("原文位置", 16.0),
];

/// Writes one row for each finding of `records`, with a filter on every column.
///
/// # Errors
///
/// More findings than a sheet has rows, or a failure of the workbook library.
pub fn write_findings(records: &[CheckRecord]) -> Result<Vec<u8>, ExportError> {
    let rows: Vec<_> =
        records.iter().flat_map(|record| record.findings.iter().map(move |finding| (record, finding))).collect();
    if rows.len() > MAX_ROWS {
        return Err(ExportError::TooManyRows { sheet: SHEET.to_owned(), rows: rows.len().saturating_add(1) });
    }
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let looks = Looks::new();
    head(sheet, &looks)?;
    let mut last = 0;
    for (row, (record, finding)) in (1_u32..).zip(rows) {
        line(sheet, row, record, finding, &looks)?;
        last = row;
    }
    sheet.autofilter(0, 0, last, 10)?;
    Ok(workbook.save_to_buffer()?)
}

struct Looks {
    head: Format,
    text: Format,
    centred: Format,
}

impl Looks {
    fn new() -> Self {
        let base = || Format::new().set_font_name("宋体").set_border(FormatBorder::Thin).set_text_wrap();
        let text = base().set_align(FormatAlign::Top);
        let head = base().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        Self { head: head.set_background_color(0xF2_F2_F2), centred: text.clone().set_align(FormatAlign::Center), text }
    }
}

fn head(sheet: &mut Worksheet, looks: &Looks) -> Result<(), ExportError> {
    sheet.set_name(SHEET)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 0)?;
    for (column, (heading, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?.write_string_with_format(0, column, heading, &looks.head)?;
    }
    Ok(())
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    record: &CheckRecord,
    finding: &Finding,
    looks: &Looks,
) -> Result<(), ExportError> {
    let number = (record.index + 1).to_string();
    let place = record.span.as_ref().map(ToString::to_string).unwrap_or_default();
    let location = location_words(finding);
    let texts = [
        (0, record.path.as_str(), &looks.text),
        (1, &number, &looks.centred),
        (2, record.project_name.as_deref().unwrap_or_default(), &looks.text),
        (3, severity_word(finding.severity), &looks.centred),
        (4, finding.code, &looks.centred),
        (5, &finding.message, &looks.text),
        (6, &location, &looks.text),
        (9, &finding.basis, &looks.text),
        (10, &place, &looks.text),
    ];
    for (column, text, format) in texts {
        sheet.write_string_with_format(row, column, cut(text), format)?;
    }
    figure(sheet, row, 7, finding.reported, &looks.text)?;
    figure(sheet, row, 8, finding.expected, &looks.text)
}

/// Numbers are numbers with the decimals they are printed with. A binary float is what the file format stores; the
/// exact value goes through its decimal text.
fn figure(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Option<Decimal>,
    look: &Format,
) -> Result<(), ExportError> {
    let number = value.and_then(|value| Some((value.scale(), value.to_string().parse::<f64>().ok()?)));
    match number {
        None => sheet.write_blank(row, column, look)?,
        Some((scale, number)) => {
            let decimals = if scale == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(scale as usize)) };
            sheet.write_number_with_format(row, column, number, &look.clone().set_num_format(decimals))?
        }
    };
    Ok(())
}

const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}

/// The most characters that a cell of any spreadsheet program takes.
const MAX_CHARACTERS: usize = 32_767;

fn cut(text: &str) -> &str {
    text.char_indices().nth(MAX_CHARACTERS).map_or(text, |(end, _)| text.get(..end).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use jixiao_core::profile::Profile;
    use jixiao_core::rules::check;
    use jixiao_core::{Form, FormRecord, FundRow};

    use super::*;

    /// The cells of the sheet that lists the findings of a form whose execution score is wrong.
    fn cells(project: &str) -> calamine::Range<Data> {
        let row = FundRow {
            label: "年度资金总额".to_owned(),
            annual_budget: Some(Decimal::new(20_000, 2)),
            executed: Some(Decimal::new(18_000, 2)),
            weight: Some(Decimal::TEN),
            score: Some(Decimal::new(850, 2)),
            ..FundRow::default()
        };
        let mut form = Form { project_name: Some(project.to_owned()), ..Form::default() };
        form.funds.rows.push(row);
        let record = FormRecord {
            path: "表.txt".to_owned(),
            index: 2,
            span: None,
            form,
            diagnostics: Vec::new(),
            provenance: std::collections::BTreeMap::new(),
        };
        let mut findings = check(&record.form, &Profile::default());
        findings.retain(|finding| finding.code == "F105");
        let bytes = write_findings(&[CheckRecord::new(&record, findings)]).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        book.worksheet_range(SHEET).unwrap()
    }

    #[test]
    fn a_finding_is_one_row_with_numbers_as_numbers() {
        let cells = cells("渠道清淤");
        assert_eq!(cells.height(), 2);
        let at = |column| cells.get_value((1, column)).unwrap().clone();
        let text = |column| at(column).to_string();
        assert_eq!([text(0), text(1), text(2), text(3), text(4)], ["表.txt", "3", "渠道清淤", "错误", "F105"]);
        assert_eq!(text(6), "项目资金第1行「得分」");
        assert_eq!([at(7), at(8)], [Data::Float(8.5), Data::Float(9.0)]);
    }

    #[test]
    fn a_name_that_looks_like_a_formula_stays_text() {
        assert_eq!(cells("=1+1").get_value((1, 2)), Some(&Data::String("=1+1".to_owned())));
    }

    #[test]
    fn no_finding_is_a_sheet_with_headings() {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(write_findings(&[]).unwrap())).unwrap();
        assert_eq!(book.worksheet_range(SHEET).unwrap().height(), 1);
    }
}
