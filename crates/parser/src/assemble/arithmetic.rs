//! The form's own arithmetic as a check of the reading: figures that do not add up may have been read into wrong cells.
//!
//! Whether the printed figures are right is for the audit rules; these remarks are about the reading.

use jixiao_core::{Decimal, FieldPath, Form, FormRecord, FundField, FundRow, IndicatorField};

use super::cells::Cells;
use crate::codes::Code;

/// The weights of a form add up to this where it prints no total (财预〔2020〕10号).
const FULL_WEIGHT: Decimal = Decimal::ONE_HUNDRED;

/// Differences up to this are rounding.
const TOLERANCE: Decimal = Decimal::from_parts(1, 0, 0, false, 2);

/// Remarks on every sum and score that does not fit.
pub(super) fn check(cells: &mut Cells) {
    check_sum(cells, FieldPath::TotalWeight, "分值", weights(&cells.form));
    check_sum(cells, FieldPath::TotalScore, "得分", scores(&cells.form));
    for (path, score, weight) in scores_above_weight(&cells.form) {
        let message = format!("得分「{score}」高于分值「{weight}」，可能读错了栏。");
        let place = cells.place(path);
        cells.remark(Code::ArithmeticMismatch, message, path, place.as_ref());
    }
}

/// The sum of the rows and the total it is held against, where there is one.
type Sum = Option<(Decimal, Decimal)>;

fn check_sum(cells: &mut Cells, path: FieldPath, what: &str, sum: Sum) {
    let Some((sum, total)) = sum else { return };
    let off = sum.checked_sub(total).is_none_or(|difference| difference.abs() > TOLERANCE);
    if off {
        let message = format!("读出的各项{what}之和为「{sum}」，总分行应为「{total}」，可能有数字读错。");
        let place = cells.place(path);
        cells.remark(Code::ArithmeticMismatch, message, path, place.as_ref());
    }
}

/// Not compared where no indicator has a weight: some families print none.
fn weights(form: &Form) -> Sum {
    let weights = || form.indicators.iter().filter_map(|indicator| indicator.weight);
    weights().next()?;
    let fund = fund_total(form).and_then(|row| row.weight);
    Some((add(weights().chain(fund))?, form.total.weight.unwrap_or(FULL_WEIGHT)))
}

fn scores(form: &Form) -> Sum {
    let scores = || form.indicators.iter().filter_map(|indicator| indicator.score);
    scores().next()?;
    let fund = fund_total(form).and_then(|row| row.score);
    Some((add(scores().chain(fund))?, form.total.score?))
}

/// The sum, `None` beyond the range of a decimal.
fn add(mut values: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    values.try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value))
}

/// The total row of the funds: the first that says so, else the first.
fn fund_total(form: &Form) -> Option<&FundRow> {
    let named = |row: &&FundRow| ["总额", "总计", "合计"].iter().any(|word| row.label.contains(word));
    form.funds.rows.iter().find(named).or(form.funds.rows.first())
}

fn scores_above_weight(form: &Form) -> Vec<(FieldPath, Decimal, Decimal)> {
    let funds = form
        .funds
        .rows
        .iter()
        .enumerate()
        .map(|(row, fund)| (FieldPath::Fund(row, FundField::Score), fund.score, fund.weight));
    let indicators =
        form.indicators.iter().enumerate().map(|(row, indicator)| {
            (FieldPath::Indicator(row, IndicatorField::Score), indicator.score, indicator.weight)
        });
    let above = |(path, score, weight): (FieldPath, Option<Decimal>, Option<Decimal>)| {
        let (score, weight) = (score?, weight?);
        (score > weight).then_some((path, score, weight))
    };
    funds.chain(indicators).filter_map(above).collect()
}
/// No remark says that the weights fail to add up.
pub(crate) fn adds_up(record: &FormRecord) -> bool {
    let code = Code::ArithmeticMismatch.name();
    !record.diagnostics.iter().any(|remark| remark.code == code && remark.field == Some(FieldPath::TotalWeight))
}
