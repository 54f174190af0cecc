//! One line a form: how many findings of each severity, how many beside other forms, and of which rules.

use jixiao_core::Severity;
use jixiao_core::report::CheckRecord;

use super::{LEGEND, Totals, count_cell, found, list};
use crate::error::ExportError;
use crate::palette::Palette;
use crate::table::{Cell, Column, Finished, Table};

pub(super) const SHEET: &str = "按表汇总";

const TITLE: &str = "项目支出绩效自评表审核意见";

const COLUMNS: &[Column] = &[
    Column::centred("序号", 6),
    Column::text("文件", 30),
    Column::centred("第几张表", 9),
    Column::text("项目名称", 36),
    Column::centred("错误", 8),
    Column::centred("警告", 8),
    Column::centred("提示", 8),
    Column::centred("表间", 8),
    Column::centred("合计", 8),
    Column::text("涉及规则", 30),
];

/// The table without rows.
pub(super) fn table() -> Table {
    Table::new(SHEET, COLUMNS, 3)
}

/// The sheet, with its words.
pub(super) fn finish(table: Table, totals: &Totals, palette: &mut Palette) -> Result<Finished, ExportError> {
    let about = "点项目名称可到该表的第一个问题。「表间」是与其他表、上年的表比对发现的问题，不计入前三栏。";
    table.finish(TITLE, &[totals.closing(), LEGEND.to_owned(), about.to_owned()], palette)
}

/// The row of the form of that number; `finding` is the row of its first finding.
pub(super) fn line(index: usize, record: &CheckRecord, finding: u32) -> Vec<Cell> {
    let name = Cell::text(record.project_name.as_deref().unwrap_or("（没有项目名称）"));
    let summary = record.summary;
    let between = record.cross_findings.len();
    let all = summary.total().saturating_add(between);
    vec![
        Cell::count(index.saturating_add(1)),
        Cell::text(&record.path),
        Cell::count(record.index.saturating_add(1)),
        if all > 0 { name.leading_to(list::SHEET, finding) } else { name },
        count_cell(summary.error, Severity::Error),
        count_cell(summary.warning, Severity::Warning),
        count_cell(summary.info, Severity::Info),
        Cell::count(between),
        Cell::count(all),
        Cell::text(&codes(record)),
    ]
}

/// The codes of the rules that found something, each once, in the order of the form.
fn codes(record: &CheckRecord) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for found in found(record) {
        if !codes.contains(&found.finding.code) {
            codes.push(found.finding.code);
        }
    }
    codes.join("、")
}
