//! One line a rule that found something.

use jixiao_core::rules::{RULES, RuleInfo};

use super::{LEGEND, OfRule, Totals, pages, severity_cell};
use crate::error::ExportError;
use crate::palette::Palette;
use crate::table::{Cell, Column, Finished, Table};

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

/// The sheet.
pub(super) fn sheet(totals: &Totals, palette: &mut Palette) -> Result<Finished, ExportError> {
    let mut table = Table::new(SHEET, COLUMNS, 3);
    for rule in RULES {
        if let Some(line) = totals.rules.get(rule.code).and_then(|found| line(rule, found)) {
            table.row(&line, palette)?;
        }
    }
    let lines = [totals.closing(), LEGEND.to_owned(), "点规则代码可看规则的说明和例子。".to_owned()];
    table.finish(TITLE, &lines, palette)
}

fn line(rule: &RuleInfo, found: &OfRule) -> Option<Vec<Cell>> {
    Some(vec![
        Cell::text(rule.code).leading_to(pages::SHEET, pages::row_of(rule.code)),
        Cell::text(rule.title),
        severity_cell(found.severity?),
        Cell::count(found.findings),
        Cell::count(found.forms),
        Cell::text(rule.basis),
    ])
}
