//! What a reading of spaced columns shows about itself: rows whose cells cannot be what was printed are in doubt, and
//! where the weights do not add up, the table is, and every row without its points.
//!
//! Columns kept by spaces shift from line to line, so two cells may pass for one; then one of them stays blank, or a
//! level has a name that no level has.

use jixiao_core::fold::{is_blank, squeeze};
use jixiao_core::vocab::{self, Scope, level_name};
use jixiao_core::{Diagnostic, FieldPath, FormRecord, Indicator, IndicatorField};

use crate::codes::Code;

/// Adds what is in doubt about the rows of `record` to its diagnostics.
pub(super) fn doubt(record: &mut FormRecord) {
    let mut remarks = Vec::new();
    let unsound = !adds_up(record);
    if unsound {
        let message = "各行分值之和与总分行不符：指标行可能有遗漏或错位，请对照原件核对";
        remarks.push(Code::UncertainRow.diagnostic(message, Some(FieldPath::Indicators), record.span.clone()));
    }
    for (row, indicator) in record.form.indicators.iter().enumerate() {
        let lacks_points = indicator.weight.is_none() || indicator.score.is_none();
        if is_blank(&indicator.level3) || (unsound && lacks_points) {
            remarks.extend(row_remark(record, row));
        } else {
            remarks.extend(doubtful_fields(indicator).into_iter().map(|field| field_remark(record, row, field)));
        }
    }
    record.diagnostics.extend(remarks);
}

/// No remark says that the weights fail to add up.
fn adds_up(record: &FormRecord) -> bool {
    let code = Code::ArithmeticMismatch.name();
    !record.diagnostics.iter().any(|remark| remark.code == code && remark.field == Some(FieldPath::TotalWeight))
}

/// The fields of a row that may have taken in a neighbour's text, or lost their own to one.
fn doubtful_fields(indicator: &Indicator) -> Vec<IndicatorField> {
    let mut fields = Vec::new();
    let target = indicator.target.text.as_deref();
    if indicator.actual.text.is_none() != target.is_none() && !target.is_some_and(is_whole_target) {
        fields.extend([IndicatorField::Target, IndicatorField::Actual]);
    }
    if indicator.level2.as_deref().is_some_and(|name| !is_level2(name)) {
        fields.extend([IndicatorField::Level2, IndicatorField::Level3]);
    }
    fields
}

/// A quantity with a comparator: a target and nothing else.
fn is_whole_target(text: &str) -> bool {
    let target = crate::value::target(text);
    target.comparator.is_some() && target.value.is_some()
}

/// A name outside the vocabulary is oftener two cells than a name of its own.
fn is_level2(name: &str) -> bool {
    vocab::find(Scope::Level2, &squeeze(&level_name(name))).is_some()
}

fn row_remark(record: &FormRecord, row: usize) -> Option<Diagnostic> {
    let path = FieldPath::IndicatorRow(row);
    let known = record.diagnostics.iter().any(|remark| remark.field == Some(path));
    let first = FieldPath::Indicator(row, IndicatorField::Level3);
    let place = record.provenance.get(&first).and_then(|places| places.first()).cloned();
    let message = "这一行的各格可能与相邻的栏或行混在一起，请对照原件核对";
    (!known).then(|| Code::UncertainRow.diagnostic(message, Some(path), place))
}

fn field_remark(record: &FormRecord, row: usize, field: IndicatorField) -> Diagnostic {
    let path = FieldPath::Indicator(row, field);
    let place = record.provenance.get(&path).and_then(|places| places.first()).cloned();
    Code::UncertainCell.diagnostic("这一格的文字可能与相邻的栏混在一起，请对照原件核对", Some(path), place)
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

    #[test]
    fn a_name_that_no_level_has_is_doubted() {
        assert_eq!(doubtful_fields(&indicator("质量指标", "≥9人", Some("9人"))), []);
        for name in ["服务对象满意护栏回访度指标", "护栏回访率时效"] {
            let fields = doubtful_fields(&indicator(name, "≥9人", Some("9人")));
            assert_eq!(fields, [IndicatorField::Level2, IndicatorField::Level3]);
        }
    }
}
