//! One line a rule that found something.

use jixiao_core::report::CheckRecord;
use jixiao_core::rules::{RULES, RuleInfo};
use rust_xlsxwriter::Worksheet;

use super::{LEGEND, closing, found, pages, severity_cell};
use crate::error::ExportError;
use crate::table::{Cell, Column, Table};

pub(super) const SHEET: &str = "按规则汇总";

const TITLE: &str = "各类问题";

const COLUMNS: &[Column] = &[
    Column::centred("规则", 8),
    Column::text("问题", 40),
    Column::centred("级别", 10),
    Column::centred("问题数", 8),
    Column::centred("涉及表数", 9),
    Column::text("依据", 60),
];

pub(super) fn write(sheet: &mut Worksheet, records: &[CheckRecord]) -> Result<(), ExportError> {
    let lines = [closing(records), LEGEND.to_owned(), "点规则代码可看规则的说明和例子。".to_owned()];
    let mut table = Table::new(sheet, SHEET, TITLE, &lines, COLUMNS)?;
    for rule in RULES {
        if let Some(line) = line(rule, records) {
            table.row(&line)?;
        }
    }
    table.finish()
}

fn line(rule: &RuleInfo, records: &[CheckRecord]) -> Option<Vec<Cell>> {
    let of = |record: &CheckRecord| found(record).filter(|found| found.finding.code == rule.code).count();
    let counts: Vec<usize> = records.iter().map(of).filter(|count| *count > 0).collect();
    // A profile may change the severity of a rule, the same for every finding of a form.
    let findings = records.iter().flat_map(found).map(|found| found.finding);
    let severity = findings.filter(|finding| finding.code == rule.code).map(|finding| finding.severity).max()?;
    Some(vec![
        Cell::text(rule.code).leading_to(pages::SHEET, pages::row_of(rule.code)),
        Cell::text(rule.title),
        severity_cell(severity),
        Cell::count(counts.iter().sum()),
        Cell::count(counts.len()),
        Cell::text(rule.basis),
    ])
}
