//! Rows of a form whose cells are glued together: where a cell is missing, it may be part of a neighbour.

use jixiao_core::{FieldPath, FormRecord, Indicator, IndicatorField};

use crate::assemble::adds_up;
use crate::remarks;

const GLUED: &str = "单元格之间没有界线，这一行的各格可能连在一起，或与相邻的行混在一起";

const TABLE: &str = "单元格之间没有界线，有的指标行可能连在一起或有遗漏";

const TOTAL: &str = "没有读到总分：单元格之间没有界线，表尾的数字可能连在最后一行里";

const REASON: &str = "单元格之间没有界线，偏差原因可能连在下一行的名称前";

/// Doubts each row that lacks a cell, the table that holds one, and what may have been lost to the row behind.
pub(super) fn doubt(record: &mut FormRecord) {
    let rows = &record.form.indicators;
    let lacking: Vec<bool> = rows.iter().map(lacks).collect();
    let mut paths: Vec<(FieldPath, &str)> = Vec::new();
    if lacking.contains(&true) || !adds_up(record) {
        paths.push((FieldPath::Indicators, TABLE));
    }
    for (index, row) in rows.iter().enumerate() {
        if lacking.get(index) == Some(&true) {
            paths.push((FieldPath::IndicatorRow(index), GLUED));
        } else if row.deviation.is_none() && deducted(row) {
            paths.push((FieldPath::Indicator(index, IndicatorField::Deviation), REASON));
        }
    }
    if record.form.total.score.is_none() {
        paths.extend([(FieldPath::TotalWeight, TOTAL), (FieldPath::TotalScore, TOTAL)]);
    }
    remarks::doubt(record, paths);
}

const fn lacks(row: &Indicator) -> bool {
    row.target.text.is_none() || row.actual.text.is_none() || row.weight.is_none() || row.score.is_none()
}

fn deducted(row: &Indicator) -> bool {
    row.score.zip(row.weight).is_some_and(|(score, weight)| score < weight)
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Decimal, Form};

    use super::*;
    use crate::value;

    fn row(target: &str, score: i64) -> Indicator {
        Indicator {
            target: value::target(target),
            actual: value::actual("已疏浚"),
            weight: Some(Decimal::TEN),
            score: Some(Decimal::from(score)),
            ..Indicator::default()
        }
    }

    #[test]
    fn what_a_row_lacks_may_be_in_its_neighbour() {
        let mut record = FormRecord::from(Form::default());
        record.form.total.score = Some(Decimal::from(96));
        record.form.indicators = vec![row("汛期前", 10), row("", 10), row("汛期前", 7)];
        doubt(&mut record);
        let paths: Vec<String> =
            record.diagnostics.iter().filter_map(|remark| remark.field).map(|path| path.to_string()).collect();
        assert_eq!(paths, ["indicators", "indicators[1]", "indicators[2].deviation"]);
        record.diagnostics.clear();
        record.form.indicators.truncate(1);
        doubt(&mut record);
        assert_eq!(record.diagnostics, []);
        record.form.total.score = None;
        doubt(&mut record);
        let paths: Vec<_> = record.diagnostics.iter().filter_map(|remark| remark.field).collect();
        assert_eq!(paths, [FieldPath::TotalWeight, FieldPath::TotalScore]);
    }
}
