//! The rows of the funds and of the indicators.

use jixiao_core::fold::{is_blank, without_space};
use jixiao_core::vocab::{Label, Scope, level_name, official, stored_label};
use jixiao_core::{AmountUnit, Decimal, FieldPath, FundField, FundRow, Indicator, IndicatorField};

use super::cells::Cells;
use crate::codes::Code;
use crate::raw::{RawCell, RawFundRow, RawIndicator};
use crate::value;

/// Reads the fund rows.
pub(super) fn funds(rows: &[RawFundRow], cells: &mut Cells) {
    for (index, raw) in rows.iter().enumerate() {
        let row = fund_row(raw, index, cells);
        cells.form.funds.rows.push(row);
    }
}

fn fund_row(raw: &RawFundRow, index: usize, cells: &mut Cells) -> FundRow {
    cells.locate(&raw.label, FieldPath::Fund(index, FundField::Label));
    let mut read = |field, parse| fund_cell(raw, index, field, parse, cells);
    FundRow {
        label: stored_label(&raw.label.text),
        initial_budget: read(FundField::InitialBudget, value::amount),
        annual_budget: read(FundField::AnnualBudget, value::amount),
        executed: read(FundField::Executed, value::amount),
        weight: read(FundField::Weight, value::points),
        execution_rate: read(FundField::ExecutionRate, value::percent),
        score: read(FundField::Score, value::points),
    }
}

fn fund_cell(
    raw: &RawFundRow,
    index: usize,
    field: FundField,
    parse: fn(&str) -> Option<Decimal>,
    cells: &mut Cells,
) -> Option<Decimal> {
    let cell = raw.get(field);
    let path = FieldPath::Fund(index, field);
    let name = official(Scope::FundColumn, Label::FundColumn(field)).unwrap_or_default();
    let number = cells.read(cell, path, name, parse);
    if let (Some(cell), Some(_)) = (cell, number) {
        warn_of_other_unit(cell, path, cells);
    }
    number
}

/// An amount printed in 元 in a form of 万元 (or the other way round) is kept as printed and remarked.
fn warn_of_other_unit(cell: &RawCell, path: FieldPath, cells: &mut Cells) {
    let Some(unit) = cells.form.funds.amount_unit else { return };
    let bare = without_space(&cell.text);
    let printed = [AmountUnit::TenThousandYuan, AmountUnit::Yuan].into_iter().find(|unit| bare.contains(unit.label()));
    if printed.is_some_and(|printed| printed != unit) {
        let message =
            format!("「{}」所带单位与表头金额单位「{}」不同，数字按原样保留。", cell.text.trim(), unit.label());
        cells.remark(Code::UncertainCell, message, path, cell.places.first());
    }
}

/// Reads the indicator rows.
pub(super) fn indicators(rows: &[RawIndicator], cells: &mut Cells) {
    for (index, raw) in rows.iter().enumerate() {
        if let Some(doubt) = &raw.doubt {
            let place = raw.cells.first().and_then(|(_, cell)| cell.places.first());
            cells.remark(Code::UncertainRow, doubt.clone(), FieldPath::IndicatorRow(index), place);
        }
        let row = indicator(raw, index, cells);
        cells.form.indicators.push(row);
    }
}

fn indicator(raw: &RawIndicator, index: usize, cells: &mut Cells) -> Indicator {
    let path = |field| FieldPath::Indicator(index, field);
    let at = |field| (raw.get(field), path(field));
    let mut level = |field| indicator_cell(at(field), field, cells, level);
    let (level1, level2) = (level(IndicatorField::Level1), level(IndicatorField::Level2));
    let (level3, level3_path) = at(IndicatorField::Level3);
    let (target, target_path) = at(IndicatorField::Target);
    let (actual, actual_path) = at(IndicatorField::Actual);
    let (deviation, deviation_path) = at(IndicatorField::Deviation);
    Indicator {
        level1,
        level2,
        level3: cells.text(level3, level3_path).unwrap_or_default(),
        target: cells.text(target, target_path).map(|text| value::target(&text)).unwrap_or_default(),
        actual: cells.text(actual, actual_path).map(|text| value::actual(&text)).unwrap_or_default(),
        weight: indicator_cell(at(IndicatorField::Weight), IndicatorField::Weight, cells, value::points),
        score: indicator_cell(at(IndicatorField::Score), IndicatorField::Score, cells, value::points),
        deviation: cells.text(deviation, deviation_path),
    }
}

fn indicator_cell<T>(
    (cell, path): (Option<&RawCell>, FieldPath),
    field: IndicatorField,
    cells: &mut Cells,
    parse: fn(&str) -> Option<T>,
) -> Option<T> {
    let name = official(Scope::IndicatorColumn, Label::IndicatorColumn(field)).unwrap_or_default();
    cells.read(cell, path, name, parse)
}

/// A level's name; `None` where only its weight is printed.
fn level(text: &str) -> Option<String> {
    let name = level_name(text);
    (!is_blank(&name)).then_some(name)
}
