//! What must be said about a sheet besides its forms.

use std::collections::BTreeSet;

use jixiao_core::{Diagnostic, Place, Severity};

use super::address::column_name;
use super::limits::MAX_REMARKS;
use super::sheet::{Position, Sheet};

/// The remarks about `sheet`, where merged areas hide the cells `covered`.
pub(super) fn about(sheet: &Sheet, covered: &[(Position, String)]) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    if sheet.hidden && !sheet.cells.is_empty() {
        let message = format!("工作表「{}」是隐藏的，已照常读取", sheet.name);
        all.push(remark("hidden-sheet", Severity::Info, message, None));
    }
    let rows = || sheet.cells.iter().map(|(position, _)| position.0).collect();
    let named = |first: u32, last: u32| (format!("{}", u64::from(first) + 1), format!("{}", u64::from(last) + 1));
    all.extend(hidden(sheet, ("hidden-row", "行"), &sheet.hidden_rows, rows, named));
    let columns = || sheet.cells.iter().map(|(position, _)| position.1).collect();
    let named = |first: u32, last: u32| (column_name(first), column_name(last));
    all.extend(hidden(sheet, ("hidden-column", "列"), &sheet.hidden_columns, columns, named));
    let blank = sheet.without_value.iter().map(|at| (*at, WITHOUT_VALUE.to_owned()));
    all.extend(about_cells(sheet, FORMULA_WITHOUT_VALUE, blank));
    let errors =
        sheet.errors.iter().map(|(at, error)| (*at, format!("单元格显示错误「{error}」，按空白读取；请更正公式")));
    all.extend(about_cells(sheet, CELL_ERROR, errors));
    let covered = covered.iter().map(|(at, text)| (*at, format!("被合并单元格遮住的内容「{text}」未读入")));
    all.extend(about_cells(sheet, "covered-cell", covered));
    all
}

/// The codes of the remarks about cells that are no blank ones but read as such.
pub(super) const BLANKS: [&str; 2] = [FORMULA_WITHOUT_VALUE, CELL_ERROR];

const FORMULA_WITHOUT_VALUE: &str = "formula-without-value";

const CELL_ERROR: &str = "cell-error";

const WITHOUT_VALUE: &str =
    "单元格有公式但没有存下计算结果，按空白读取；请用 Excel 或 WPS 打开，重新计算（F9）并保存后再读";

/// The runs of hidden rows or columns of which one is `used`.
fn hidden(
    sheet: &Sheet,
    (code, word): (&str, &str),
    runs: &[(u32, u32)],
    used: impl FnOnce() -> BTreeSet<u32>,
    named: impl Fn(u32, u32) -> (String, String),
) -> Vec<Diagnostic> {
    if runs.is_empty() {
        return Vec::new();
    }
    let used = used();
    let used_runs =
        joined(runs.iter().copied().filter(|(first, last)| first <= last && used.range(first..=last).next().is_some()));
    let remarks = used_runs.into_iter().take(MAX_REMARKS).map(|(first, last)| {
        let (first, last) = named(first, last);
        let words =
            if first == last { format!("第 {first} {word}") } else { format!("第 {first} 至 {last} {word}") };
        let place = Place::Sheet { sheet: sheet.name.clone(), range: format!("{first}:{last}") };
        remark(code, Severity::Info, format!("{words}是隐藏的，已照常读取"), Some(place))
    });
    remarks.collect()
}

/// The runs in order, those that touch joined.
fn joined(runs: impl Iterator<Item = (u32, u32)>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = runs.collect();
    runs.sort_unstable();
    let mut all: Vec<(u32, u32)> = Vec::new();
    for run in runs {
        match all.last_mut().filter(|last| run.0 <= last.1.saturating_add(1)) {
            Some(last) => last.1 = last.1.max(run.1),
            None => all.push(run),
        }
    }
    all
}

/// One warning a cell; of a great many only the first, and how many more there are.
fn about_cells(sheet: &Sheet, code: &str, cells: impl ExactSizeIterator<Item = (Position, String)>) -> Vec<Diagnostic> {
    let more = cells.len().saturating_sub(MAX_REMARKS);
    let mut all: Vec<Diagnostic> = cells
        .take(MAX_REMARKS)
        .map(|(at, message)| remark(code, Severity::Warning, message, Some(sheet.place(at, at))))
        .collect();
    if let Some(last) = all.last_mut().filter(|_| more > 0) {
        last.message.push_str(&format!("（本工作表另有 {more} 处同类情况）"));
    }
    all
}

fn remark(code: &str, severity: Severity, message: String, span: Option<Place>) -> Diagnostic {
    Diagnostic { code: code.to_owned(), severity, message, field: None, span }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[Position]) -> Sheet {
        let cells = cells.iter().map(|at| (*at, "甲".to_owned())).collect();
        Sheet { name: "表".to_owned(), cells, ..Sheet::default() }
    }

    #[test]
    fn hidden_rows_and_columns_that_hold_something_are_named() {
        let hidden_rows = vec![(4, 4), (5, 5), (9, 9), (20, 1_048_575)];
        let hidden_columns = vec![(3, 5), (26, 16_383)];
        let sheet = Sheet { hidden_rows, hidden_columns, ..sheet(&[(4, 0), (5, 4), (8, 30)]) };
        let said = about(&sheet, &[]);
        let said: Vec<_> = said.iter().map(|remark| (remark.code.as_str(), remark.message.as_str())).collect();
        let expected = [
            ("hidden-row", "第 5 至 6 行是隐藏的，已照常读取"),
            ("hidden-column", "第 D 至 F 列是隐藏的，已照常读取"),
            ("hidden-column", "第 AA 至 XFD 列是隐藏的，已照常读取"),
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn a_great_many_cells_of_one_kind_are_counted() {
        let without_value = (0..5_000).map(|row| (row, 0)).collect();
        let said = about(&Sheet { without_value, ..sheet(&[]) }, &[]);
        assert_eq!(said.len(), MAX_REMARKS);
        assert!(said.last().unwrap().message.contains("另有 4800 处"), "{:?}", said.last());
    }
}
