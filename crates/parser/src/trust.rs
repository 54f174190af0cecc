//! What a reading of spaced columns shows about itself: rows whose cells cannot be what was printed are in doubt, and
//! where the weights do not add up, the table is, and every row without its points. Where much is in doubt, the columns
//! are not where the header has them, and nothing that was cut at their edges is certain.
//!
//! Columns kept by spaces shift from line to line, so two cells may pass for one; then one of them stays blank, or a
//! level has a name that no level has.

use jixiao_core::fold::{is_blank, squeeze};
use jixiao_core::vocab::{self, Scope, level_name};
use jixiao_core::{Decimal, FieldPath, FormRecord, FundRow, Indicator, IndicatorField};

use crate::assemble::adds_up;
use crate::remarks;

/// With one row in so many in doubt, all are.
const FEW_SOUND: usize = 2;

/// No project spends ten times its budget, in percent; an amount that was read as a rate is mostly higher than that.
const HIGHEST_RATE: Decimal = Decimal::ONE_THOUSAND;

const UNSOUND: &str = "各行分值之和与总分行不符：指标行可能有遗漏或错位";
const UNALIGNED: &str = "指标表的各栏没有对齐，有的行可能有遗漏或错位";
const MIXED_ROW: &str = "这一行的各格可能与相邻的栏或行混在一起";
const MIXED_CELL: &str = "这一格的文字可能与相邻的栏混在一起";
const MIXED_GOALS: &str = "全表各栏没有对齐，这段文字可能与左右相邻的一段混在一起";
const MOVED: &str = "这一行的金额没有与表头对齐，可能填到了相邻的栏";

/// What is in doubt about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Doubt {
    Row,
    /// These fields, if any.
    Fields(Vec<IndicatorField>),
}

/// Adds what is in doubt about `record` to its diagnostics.
pub(crate) fn doubt(record: &mut FormRecord) {
    let found = found(record);
    remarks::doubt(record, found);
}

fn found(record: &FormRecord) -> Vec<(FieldPath, &'static str)> {
    let unsound = !adds_up(record);
    let rows: Vec<Doubt> = record.form.indicators.iter().map(|row| doubt_of(row, unsound)).collect();
    let doubted = rows.iter().filter(|doubt| **doubt != Doubt::Fields(Vec::new())).count();
    let shifted = doubted > 1 && doubted * FEW_SOUND >= rows.len();
    let mut found: Vec<(FieldPath, &str)> = Vec::new();
    if unsound || doubted > 0 {
        found.push((FieldPath::Indicators, if unsound { UNSOUND } else { UNALIGNED }));
    }
    for (row, doubt) in rows.into_iter().enumerate() {
        match doubt {
            Doubt::Fields(fields) if !shifted => {
                found.extend(fields.into_iter().map(|field| (FieldPath::Indicator(row, field), MIXED_CELL)));
            }
            _ => found.push((FieldPath::IndicatorRow(row), MIXED_ROW)),
        }
    }
    found.extend(misplaced_funds(&record.form.funds.rows));
    found.extend(shifted_funds(&record.form.funds.rows));
    if shifted {
        found.extend([FieldPath::GoalsExpected, FieldPath::GoalsActual].map(|goal| (goal, MIXED_GOALS)));
    }
    found
}

fn doubt_of(indicator: &Indicator, unsound: bool) -> Doubt {
    let lacks_points = indicator.weight.is_none() || indicator.score.is_none();
    if is_blank(&indicator.level3) || (unsound && lacks_points) || exceeds(indicator) {
        Doubt::Row
    } else {
        Doubt::Fields(doubtful_fields(indicator))
    }
}

/// More points than the form has: a figure of another column.
fn exceeds(indicator: &Indicator) -> bool {
    indicator.weight.is_some_and(|weight| weight > Decimal::ONE_HUNDRED)
}

/// The doubts about fund rows whose figures no form prints: more points than the form has, a rate that is an amount,
/// an amount as the end of a label, and all rows where the first one, the total, has no amount and another one does.
pub(crate) fn misplaced_funds(rows: &[FundRow]) -> Vec<(FieldPath, &'static str)> {
    let has_amount = |row: &FundRow| row.initial_budget.or(row.annual_budget).or(row.executed).is_some();
    let headless = rows.first().is_some_and(|total| !has_amount(total)) && rows.iter().any(has_amount);
    let excessive = |row: &FundRow| {
        row.weight.is_some_and(|weight| weight > Decimal::ONE_HUNDRED)
            || row.execution_rate.is_some_and(|rate| rate > HIGHEST_RATE)
            || ends_in_amount(&row.label)
    };
    moved(rows, |row| headless || excessive(row))
}

/// Labels end in a number of a list at most.
fn ends_in_amount(label: &str) -> bool {
    const LEAST: usize = 3;
    label.chars().rev().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).count() >= LEAST
}

/// The doubts about fund rows with points but without an amount spent where others have one.
fn shifted_funds(rows: &[FundRow]) -> Vec<(FieldPath, &'static str)> {
    let spends = rows.iter().any(|row| row.executed.is_some());
    moved(rows, |row| {
        let pointed = row.weight.is_some() || row.execution_rate.is_some() || row.score.is_some();
        spends && row.executed.is_none() && pointed
    })
}

fn moved(rows: &[FundRow], doubtful: impl Fn(&FundRow) -> bool) -> Vec<(FieldPath, &'static str)> {
    let found = rows.iter().enumerate().filter(|(_, row)| doubtful(row));
    found.map(|(index, _)| (FieldPath::FundRow(index), MOVED)).collect()
}

/// The fields of a row that may have taken in a neighbour's text, or lost their own to one.
fn doubtful_fields(indicator: &Indicator) -> Vec<IndicatorField> {
    let mut fields = Vec::new();
    let target = indicator.target.text.as_deref();
    if indicator.actual.text.is_none() != target.is_none() && !target.is_some_and(is_whole_target) {
        fields.extend([IndicatorField::Target, IndicatorField::Actual]);
    }
    if indicator.level2.as_deref().is_some_and(|name| !is_name(Scope::Level2, name)) {
        fields.extend([IndicatorField::Level2, IndicatorField::Level3]);
    }
    if indicator.level1.as_deref().is_some_and(|name| !is_name(Scope::Level1, name)) {
        fields.push(IndicatorField::Level1);
    }
    fields
}

/// A quantity with a comparator: a target and nothing else.
fn is_whole_target(text: &str) -> bool {
    let target = crate::value::target(text);
    target.comparator.is_some() && target.value.is_some()
}

/// A name outside the vocabulary is oftener two cells than a name of its own.
fn is_name(scope: Scope, name: &str) -> bool {
    vocab::find(scope, &squeeze(&level_name(name))).is_some()
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Actual, Target};

    use super::*;

    fn indicator(level2: &str, target: &str, actual: Option<&str>) -> Indicator {
        Indicator {
            level2: Some(level2.to_owned()),
            level3: "护栏回访".to_owned(),
            target: crate::value::target(target),
            actual: actual.map_or_else(Actual::default, crate::value::actual),
            ..Indicator::default()
        }
    }

    #[test]
    fn a_lost_neighbour_is_doubted() {
        let fields = doubtful_fields(&indicator("数量指标", "460(>460条条)", None));
        assert_eq!(fields, [IndicatorField::Target, IndicatorField::Actual]);
        assert_eq!(doubtful_fields(&indicator("数量指标", "≥460条", None)), []);
        assert_eq!(doubtful_fields(&indicator("数量指标", "按期完成", Some("已完成"))), []);
        let blank = Indicator { target: Target::default(), ..indicator("数量指标", "", Some("已完成")) };
        assert_eq!(doubtful_fields(&blank), [IndicatorField::Target, IndicatorField::Actual]);
    }

    fn fund(figures: [Option<i64>; 4]) -> FundRow {
        let [executed, weight, execution_rate, score] = figures.map(|figure| figure.map(Decimal::from));
        FundRow { executed, weight, execution_rate, score, ..FundRow::default() }
    }

    fn rows_of(doubts: Vec<(FieldPath, &'static str)>) -> Vec<usize> {
        let row = |(path, _)| if let FieldPath::FundRow(row) = path { Some(row) } else { None };
        doubts.into_iter().filter_map(row).collect()
    }

    #[test]
    fn figures_in_the_wrong_columns_are_doubted() {
        let total = fund([Some(80), Some(10), Some(100), Some(10)]);
        let source = fund([Some(80), None, None, None]);
        let shifted = |rows: &[FundRow]| rows_of(shifted_funds(rows));
        assert_eq!(shifted(&[total.clone(), source.clone()]), [0; 0]);
        assert_eq!(shifted(&[total.clone(), fund([None, Some(80), None, None])]), [1]);
        assert_eq!(shifted(&[fund([None, Some(10), Some(100), Some(10)])]), [0; 0]);
        let misplaced = |rows: &[FundRow]| rows_of(misplaced_funds(rows));
        assert_eq!(misplaced(&[total.clone(), source.clone()]), [0; 0]);
        assert_eq!(misplaced(&[total.clone(), source.clone(), fund([Some(80), Some(250), None, None])]), [2]);
        assert_eq!(misplaced(&[total, fund([None, None, Some(4_000), None])]), [1]);
        let labelled = |label: &str| FundRow { label: label.to_owned(), ..source.clone() };
        assert_eq!(misplaced(&[labelled("其他资金2"), labelled("年度资金总额348.00")]), [1]);
        assert_eq!(misplaced(&[fund([None, Some(10), None, None]), source]), [0, 1]);
        let row = Indicator {
            weight: Some(Decimal::from(250)),
            score: Some(Decimal::ZERO),
            ..indicator("", "≥9人", Some("9人"))
        };
        assert_eq!(doubt_of(&row, false), Doubt::Row);
    }

    #[test]
    fn where_half_of_the_rows_are_in_doubt_all_are() {
        let mut record = FormRecord::from(jixiao_core::Form::default());
        let name = |level1: &str| Indicator {
            level1: Some(level1.to_owned()),
            weight: Some(Decimal::ONE),
            score: Some(Decimal::ONE),
            ..indicator("数量指标", "≥9人", Some("9人"))
        };
        record.form.indicators = ["绩产出效指标", "绩产出", "产出指标", "产出指标"].map(name).to_vec();
        doubt(&mut record);
        let rows = record.diagnostics.iter().filter(|remark| matches!(remark.field, Some(FieldPath::IndicatorRow(_))));
        assert_eq!(rows.count(), 4);
        assert!(record.diagnostics.iter().any(|remark| remark.field == Some(FieldPath::Indicators)));
        record.diagnostics.clear();
        record.form.indicators.push(name("效益指标"));
        doubt(&mut record);
        let fields: Vec<_> =
            record.diagnostics.iter().map(|remark| remark.field.map(|field| field.to_string())).collect();
        let named = ["indicators", "indicators[0].level1", "indicators[1].level1"].map(|field| Some(field.to_owned()));
        assert_eq!(fields, named);
    }

    #[test]
    fn a_name_that_no_level_has_is_doubted() {
        assert_eq!(doubtful_fields(&indicator("质量指标", "≥9人", Some("9人"))), []);
        for name in ["服务对象满意护栏回访度指标", "护栏回访率时效"] {
            let fields = doubtful_fields(&indicator(name, "≥9人", Some("9人")));
            assert_eq!(fields, [IndicatorField::Level2, IndicatorField::Level3]);
        }
    }
}
