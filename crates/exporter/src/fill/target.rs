//! A target over the columns that a template has for it: 指标性质 | 指标值 | 度量单位, or one.

use jixiao_core::fold::squeeze;
use jixiao_core::{IndicatorField, Target};
use jixiao_parser::grid::frame::{Table, TableColumn};
use jixiao_parser::value;

use super::pen::Value;

/// The word of 指标性质 for a target that is no quantity.
const QUALITATIVE: &str = "定性";

/// What the columns of the target get.
pub(super) fn columns(target: &Target, table: &Table) -> Vec<(TableColumn, Value)> {
    let whole = TableColumn::Field(IndicatorField::Target);
    let Some(text) = target.text.as_deref() else { return Vec::new() };
    let has = |column| table.column(column).is_some();
    // Without levels 指标性质 is a class and 度量单位 repeats the unit: the value cell alone is the target.
    if !has(TableColumn::Field(IndicatorField::Level1)) || !(has(TableColumn::Nature) || has(TableColumn::Unit)) {
        return vec![(whole, Value::Loose(text.to_owned()))];
    }
    let (nature, rest) = if has(TableColumn::Nature) { nature(text) } else { ("", text) };
    let (number, unit) = if has(TableColumn::Unit) { unit(rest) } else { (rest, "") };
    let parts = [(TableColumn::Nature, nature), (whole, number), (TableColumn::Unit, unit)];
    parts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(column, text)| (column, Value::Loose(text.to_owned())))
        .collect()
}

/// The comparator, or the word for a quality, and what follows.
fn nature(text: &str) -> (&str, &str) {
    let sign = text.len() - text.trim_start_matches(is_sign).len();
    let end = if sign > 0 { sign } else { text.strip_prefix(QUALITATIVE).map_or(0, |_| QUALITATIVE.len()) };
    let (nature, rest) = text.split_at(end);
    (nature.trim(), rest.trim())
}

fn is_sign(c: char) -> bool {
    matches!(squeeze(&c.to_string()).as_str(), "≥" | "≤" | ">" | "<" | "=")
}

/// The number and the unit behind it; a text that is none has no unit.
fn unit(text: &str) -> (&str, &str) {
    let read = value::target(text);
    let end = text.rfind(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    match (read.value, end) {
        (Some(_), Some(last)) => {
            let last = last + text.get(last..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            let (number, unit) = text.split_at(last);
            (number.trim(), unit.trim())
        }
        _ => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let field = TableColumn::Field;
        let columns = [
            (1..2, field(IndicatorField::Level1)),
            (2..3, TableColumn::Nature),
            (3..4, field(IndicatorField::Target)),
            (4..5, TableColumn::Unit),
        ];
        let table = Table { columns: columns.into(), ..Table::default() };
        columns_of(text, &table)
    }

    fn columns_of(text: &str, table: &Table) -> Vec<String> {
        columns(&value::target(text), table).into_iter().map(|(_, value)| value.words()).collect()
    }

    #[test]
    fn a_target_is_split_where_the_template_has_columns_for_it() {
        assert_eq!(parts("≥95%"), ["≥", "95", "%"]);
        assert_eq!(parts("＞＝1,200公里"), ["＞＝", "1,200", "公里"]);
        assert_eq!(parts("定性优良中低差"), ["定性", "优良中低差"]);
        assert_eq!(parts("2023年12月底前"), ["2023年12月底前"]);
        assert_eq!(columns_of("≥95%", &Table::default()), ["≥95%"]);
    }
}
