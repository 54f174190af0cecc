//! What a reader doubts about a form that it has read, as diagnostics with their places.

use jixiao_core::{FieldPath, FormRecord, IndicatorField, Place};
use rustc_hash::FxHashSet;

use crate::codes::Code;

/// A message that ends with what to do about every uncertain reading.
macro_rules! see_original {
    ($why:literal) => {
        concat!($why, "请对照原件核对")
    };
}
pub(crate) use see_original;

/// A level's name that may be merged over more rows, or fewer.
pub(crate) const NAME_OF_NEIGHBOURS: &str = "这个级别名称也可能管着上下相邻的行";

/// Two texts that stand side by side with nothing between.
pub(crate) const TEXT_OF_NEIGHBOUR: &str = "这一行的两栏之间没有界线，文字可能属于另一栏";

/// Says each message of `found` of its field, row or table of `record`, unless something is said of it already.
///
/// The place is that of the field, of a row and of its blank cells the row's name, and of the table and of what is not
/// printed the form.
pub(crate) fn doubt<'m>(record: &mut FormRecord, found: impl IntoIterator<Item = (FieldPath, &'m str)>) {
    let mut said = said(record);
    for (path, message) in found.into_iter().filter(|(path, _)| said.insert(*path)) {
        let code = match path {
            FieldPath::Indicators | FieldPath::IndicatorRow(_) => Code::UncertainRow,
            _ => Code::UncertainCell,
        };
        let message = format!(see_original!("{}，"), message);
        record.diagnostics.push(code.diagnostic(message, Some(path), place(record, path)));
    }
}

/// Every path that something is said of: many rows may have remarks, so that none is looked for among them all.
pub(crate) fn said(record: &FormRecord) -> FxHashSet<FieldPath> {
    record.diagnostics.iter().filter_map(|remark| remark.field).collect()
}

fn place(record: &FormRecord, path: FieldPath) -> Option<Place> {
    let of = |path: FieldPath| record.provenance.get(&path).and_then(|places| places.first());
    let own = of(path).or_else(|| match path {
        FieldPath::IndicatorRow(row) | FieldPath::Indicator(row, _) => {
            of(FieldPath::Indicator(row, IndicatorField::Level3))
        }
        _ => None,
    });
    own.or(record.span.as_ref()).cloned()
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Form, TextSpan};

    use super::*;

    fn record() -> FormRecord {
        let mut record = FormRecord::from(Form::default());
        record.span = Some(Place::Text(TextSpan::lines(1, 40)));
        let name = FieldPath::Indicator(1, IndicatorField::Level3);
        record.provenance.insert(name, vec![Place::Text(TextSpan::lines(9, 9))]);
        record
    }

    #[test]
    fn what_is_not_printed_is_remarked_on_where_its_row_or_form_is() {
        let mut record = record();
        let score = FieldPath::Indicator(1, IndicatorField::Score);
        let paths = [FieldPath::TotalScore, score, FieldPath::IndicatorRow(1), FieldPath::Indicators];
        doubt(&mut record, paths.map(|path| (path, "读法不唯一")));
        let lines: Vec<_> = record.diagnostics.iter().map(|remark| remark.span.clone()).collect();
        let (form, name) = (TextSpan::lines(1, 40), TextSpan::lines(9, 9));
        assert_eq!(lines, [form, name, name, form].map(|span| Some(Place::Text(span))));
    }

    #[test]
    fn of_each_field_one_thing_is_said() {
        let mut record = record();
        doubt(&mut record, [(FieldPath::TotalScore, "一"), (FieldPath::TotalScore, "二")]);
        doubt(&mut record, [(FieldPath::TotalScore, "三"), (FieldPath::Title, "四")]);
        let said: Vec<&str> = record.diagnostics.iter().map(|remark| remark.message.as_str()).collect();
        assert_eq!(said, ["一，请对照原件核对", "四，请对照原件核对"]);
    }

    /// A hundred thousand rows: were each looked for among the remarks, this would take minutes.
    #[test]
    fn many_rows_are_remarked_on_at_once() {
        let mut record = FormRecord::from(Form::default());
        doubt(&mut record, (0..100_000).map(|row| (FieldPath::IndicatorRow(row), "读法不唯一")));
        doubt(&mut record, (0..100_000).map(|row| (FieldPath::IndicatorRow(row), "读法不唯一")));
        assert_eq!(record.diagnostics.len(), 100_000);
    }
}
