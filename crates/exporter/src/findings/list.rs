//! The findings one by one, to filter, sort and hand round.

use jixiao_core::Decimal;
use jixiao_core::report::{CheckRecord, elsewhere_words, location_words, place_words};
use jixiao_core::rules::{CrossFinding, Finding};

use super::{Found, LEGEND, Totals, pages, severity_cell};
use crate::error::ExportError;
use crate::palette::Palette;
use crate::table::{Cell, Column, Finished, Table};
use crate::write::{Content, number};

pub(super) const SHEET: &str = "问题清单";

const TITLE: &str = "问题清单";

/// The row of the first finding: title, two lines and the header stand above.
#[cfg(test)]
pub(super) const FIRST_ROW: u32 = 4;

const COLUMNS: &[Column] = &[
    Column::centred("序号", 6),
    Column::text("文件", 16),
    Column::text("项目名称", 18),
    Column::text("位置", 19),
    Column::centred("规则", 7),
    Column::centred("级别", 9),
    Column::centred("表上数", 11),
    Column::centred("应为", 11),
    Column::centred("差额", 10),
    Column::text("问题", 36),
    Column::text("说明", 32),
    Column::text("依据", 24),
];

/// The table without rows.
pub(super) fn table() -> Table {
    Table::new(SHEET, COLUMNS, 2)
}

/// The sheet, with its words.
pub(super) fn finish(table: Table, totals: &Totals, palette: &mut Palette) -> Result<Finished, ExportError> {
    table.finish(TITLE, &[totals.closing(), LEGEND.to_owned()], palette)
}

/// The row of the finding of that number.
pub(super) fn line(index: usize, record: &CheckRecord, Found { finding, between }: Found<'_>) -> Vec<Cell> {
    vec![
        Cell::count(index.saturating_add(1)),
        Cell::text(&format!("{}（第{}张表）", record.path, record.index.saturating_add(1))),
        Cell::text(record.project_name.as_deref().unwrap_or_default()),
        Cell::text(&place(record, finding)),
        Cell::text(finding.code).leading_to(pages::SHEET, pages::row_of(finding.code)),
        severity_cell(finding.severity),
        figure(finding.reported),
        figure(finding.expected),
        figure(finding.difference),
        Cell::text(&finding.message),
        Cell::text(&evidence(finding, between)),
        Cell::text(&finding.basis),
    ]
}

/// The field in the words of the form, and what of the file the form covers.
fn place(record: &CheckRecord, finding: &Finding) -> String {
    let field = location_words(finding);
    match &record.span {
        Some(span) => format!("{field}\n（本表在{span}）"),
        None => field,
    }
}

/// The other forms that the finding rests on, how the number is computed, how the printed one may have come about, what
/// else belongs to the matter.
fn evidence(finding: &Finding, between: Option<&CrossFinding>) -> String {
    let mut lines = between.map(others).unwrap_or_default();
    lines.extend(finding.arithmetic.iter().map(|arithmetic| format!("算式：{arithmetic}")));
    let reasons = finding.hypotheses.iter();
    lines.extend(reasons.map(|reason| format!("可能：{}：{}", reason.message, reason.arithmetic)));
    lines.extend(finding.related.iter().map(|place| {
        let codes = if place.codes.is_empty() { String::new() } else { format!("（{}）", place.codes.join("、")) };
        format!("相关：{}，{}{codes}", place_words(&place.location), place.message)
    }));
    lines.join("\n")
}

/// The places on other forms.
fn others(found: &CrossFinding) -> Vec<String> {
    let mut lines: Vec<String> =
        found.elsewhere.iter().map(|place| format!("对照：{}", elsewhere_words(place))).collect();
    let more = found.elsewhere_count.saturating_sub(found.elsewhere.len());
    lines.extend((more > 0).then(|| format!("对照：另有 {more} 张表没有列出")));
    lines
}

fn figure(value: Option<Decimal>) -> Cell {
    Cell::new(value.map_or(Content::Blank, number))
}
