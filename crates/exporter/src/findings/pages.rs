//! The text of every rule, where the codes of the other sheets lead.

use jixiao_core::rules::{RULES, RuleInfo};

use crate::error::ExportError;
use crate::palette::Palette;
use crate::table::{Cell, Column, Finished, Table, Tint};

pub(super) const SHEET: &str = "规则说明";

const TITLE: &str = "审核规则";

/// The row of the first rule: title, one line and the header stand above.
const FIRST_ROW: u32 = 3;

const COLUMNS: &[Column] = &[Column::centred("规则", 8), Column::text("项目", 14), Column::text("内容", 96)];

/// The row of the rule `code`: every rule takes one for its title and one for each part of its page.
pub(super) fn row_of(code: &str) -> u32 {
    let before = RULES.iter().take_while(|rule| rule.code != code);
    let rows: usize = before.map(|rule| parts(rule.page).count().saturating_add(1)).sum();
    FIRST_ROW.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX))
}

/// The sheet.
pub(super) fn sheet(palette: &mut Palette) -> Result<Finished, ExportError> {
    let mut table = Table::new(SHEET, COLUMNS, 1);
    for rule in RULES {
        write_page(&mut table, rule, palette)?;
    }
    table.finish(TITLE, &[format!("共 {} 条规则。", RULES.len())], palette)
}

fn write_page(table: &mut Table, rule: &RuleInfo, palette: &mut Palette) -> Result<(), ExportError> {
    let strong = |text: &str| Cell { bold: true, tint: Some(Tint::Grey), ..Cell::text(text) };
    table.row(&[strong(rule.code), strong("问题"), strong(rule.title)], palette)?;
    for (heading, text) in parts(rule.page) {
        table.row(&[Cell::text(rule.code), Cell::text(heading), Cell::text(&text)], palette)?;
    }
    Ok(())
}

/// The headings of a page with their texts; the marks of Markdown are left out.
fn parts(page: &str) -> impl Iterator<Item = (&str, String)> {
    page.split("\n## ").skip(1).map(|part| {
        let (heading, text) = part.split_once('\n').unwrap_or((part, ""));
        (heading.trim(), text.replace('`', "").trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_row_of_its_own() {
        let rows: Vec<u32> = RULES.iter().map(|rule| row_of(rule.code)).collect();
        assert_eq!(rows.first(), Some(&FIRST_ROW));
        assert!(rows.windows(2).all(|pair| pair[0] + 1 < pair[1]));
    }
}
