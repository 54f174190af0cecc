//! Rows of which only the target or only the actual is printed: a blank leaves no trace.

use jixiao_core::{Diagnostic, FieldPath, FormRecord, Indicator, IndicatorField};

use crate::codes::Code;
use crate::remarks;
use crate::stream::rows::{ONE_SIDED, prints_target};

/// Doubts both cells of each such row, unless the value is printed as targets are.
pub(super) fn doubt(record: &mut FormRecord) {
    let rows = record.form.indicators.iter().enumerate();
    let found: Vec<FieldPath> = rows.flat_map(|(index, row)| doubtful(index, row)).collect();
    let said = remarks::said(record);
    for path in found.into_iter().filter(|path| !said.contains(path)) {
        let remark = remark(record, path);
        record.diagnostics.push(remark);
    }
}

fn doubtful(index: usize, row: &Indicator) -> Vec<FieldPath> {
    let path = |field| FieldPath::Indicator(index, field);
    let (target, actual) = (path(IndicatorField::Target), path(IndicatorField::Actual));
    match (&row.target.text, &row.actual.text) {
        (Some(text), None) if prints_target(text) => vec![actual],
        (Some(_), None) | (None, Some(_)) => vec![target, actual],
        _ => Vec::new(),
    }
}

fn remark(record: &FormRecord, path: FieldPath) -> Diagnostic {
    let place = record.provenance.get(&path).and_then(|places| places.first()).cloned();
    let cell = match place {
        Some(_) => "这一格",
        None => "这一格读作空白，",
    };
    Code::UncertainCell.diagnostic(format!("{cell}读法不唯一：{ONE_SIDED}"), Some(path), place)
}
