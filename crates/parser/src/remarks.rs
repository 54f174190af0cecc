//! What a reader doubts about a form that it has read, as a diagnostic with its place.

use jixiao_core::{FieldPath, FormRecord, IndicatorField};

use crate::codes::Code;

/// Says `message` of the field, row or table `path` of `record`, unless something is said of it already. The place is that
/// of the field, of a row its name, and of the table the form.
pub(crate) fn doubt(record: &mut FormRecord, path: FieldPath, message: &str) {
    if record.diagnostics.iter().any(|remark| remark.field == Some(path)) {
        return;
    }
    let place_of = |path| record.provenance.get(&path).and_then(|places| places.first()).cloned();
    let (code, place) = match path {
        FieldPath::Indicators => (Code::UncertainRow, record.span.clone()),
        FieldPath::IndicatorRow(row) => {
            (Code::UncertainRow, place_of(FieldPath::Indicator(row, IndicatorField::Level3)))
        }
        path => (Code::UncertainCell, place_of(path)),
    };
    let message = format!("{message}，请对照原件核对");
    record.diagnostics.push(code.diagnostic(message, Some(path), place));
}
