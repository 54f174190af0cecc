//! The first sheet of a workbook of several forms: one line a form, linked to its sheet.

use jixiao_core::report::Summary;
use jixiao_core::{AmountUnit, Decimal, FundRow, Grade};

use super::Page;
use super::funds::rate_of;
use super::number::number;
use super::plan::Content;
use super::planner::total_row;
use crate::error::ExportError;
use crate::palette::Palette;
use crate::table::{Cell, Column, Finished, Table, Tint};

/// The sheet's name.
pub(crate) const NAME: &str = "汇总";

const TITLE: &str = "项目支出绩效自评结果汇总";
/// Longer names are cut: they stand whole on the form's own sheet.
const LONGEST_NAME: usize = 120;

const COLUMNS: &[Column] = &[
    Column::centred("序号", 6),
    Column::text("项目名称", 32),
    Column::text("主管部门", 18),
    Column::text("实施单位", 18),
    Column::centred("金额单位", 9),
    Column::centred("年初预算数", 13),
    Column::centred("全年预算数", 13),
    Column::centred("全年执行数", 13),
    Column::centred("执行率", 9),
    Column::centred("总分", 8),
    Column::centred("评分等级", 9),
    Column::centred("错误", 7),
    Column::centred("警告", 7),
    Column::centred("提示", 7),
];

/// The list in the making.
#[derive(Debug)]
pub(super) struct List {
    table: Table,
    forms: usize,
    /// True where the findings of a form are known.
    audited: bool,
}

impl List {
    /// The list of no form yet.
    pub(super) fn new() -> Self {
        Self { table: Table::new(NAME, COLUMNS, 1), forms: 0, audited: false }
    }

    /// How many forms it lists.
    pub(super) const fn forms(&self) -> usize {
        self.forms
    }

    /// Adds the form of `page`, which stands on `sheet`.
    pub(super) fn add(&mut self, page: &Page<'_>, sheet: &str, palette: &mut Palette) -> Result<(), ExportError> {
        self.table.row(&line(self.forms, page, sheet), palette)?;
        self.forms += 1;
        self.audited |= page.findings.is_some();
        Ok(())
    }

    /// The whole list.
    pub(super) fn finish(self, palette: &mut Palette) -> Result<Finished, ExportError> {
        let mut about = format!("共 {} 张表。点项目名称可到该表。", self.forms);
        if self.audited {
            about.push_str("错误、警告、提示是按评分口径审核发现的问题数，逐条内容用 jixiao check 查看。");
        }
        self.table.finish(TITLE, &[about], palette)
    }
}

fn line(index: usize, page: &Page<'_>, sheet: &str) -> Vec<Cell> {
    let form = page.form;
    let total = form.funds.rows.get(total_row(form));
    let amount = |amount: fn(&FundRow) -> Option<Decimal>| figure(total.and_then(amount));
    let mut cells = vec![
        Cell::count(index.saturating_add(1)),
        name(form.project_name.as_deref().filter(|name| !name.is_empty()).or(Some(sheet))).leading_to(sheet, 0),
        name(form.department.as_deref()),
        name(form.unit.as_deref()),
        name(form.funds.amount_unit.map(AmountUnit::label)),
        amount(|row| row.initial_budget),
        amount(|row| row.annual_budget),
        amount(|row| row.executed),
        Cell::new(rate(total)),
        figure(form.total.score),
        name(form.grade.map(Grade::label)),
    ];
    cells.extend(counts(page.findings));
    cells
}

/// The counts; blank where nobody looked.
fn counts(findings: Option<Summary>) -> [Cell; 3] {
    let count = |of: fn(&Summary) -> usize, tint: Tint| match findings.as_ref().map(of) {
        None => Cell::text(""),
        Some(count) => Cell::count(count).tinted((count > 0).then_some(tint)),
    };
    [
        count(|summary| summary.error, Tint::Red),
        count(|summary| summary.warning, Tint::Yellow),
        count(|summary| summary.info, Tint::Grey),
    ]
}

fn name(text: Option<&str>) -> Cell {
    let short: String = text.unwrap_or_default().chars().take(LONGEST_NAME).collect();
    Cell::text(&short)
}

fn figure(value: Option<Decimal>) -> Cell {
    Cell::new(value.map_or(Content::Blank, number))
}

fn rate(total: Option<&FundRow>) -> Content {
    let rate = total.and_then(|row| Some(rate_of(row.execution_rate?, row)));
    rate.unwrap_or(Content::Blank)
}
