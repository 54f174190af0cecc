//! A target over the columns that a template has for it: 指标性质 | 指标值 | 度量单位, or one.

use jixiao_core::{IndicatorField, Target};
use jixiao_parser::grid::frame::{Table, TableColumn};

use super::pen::Value;
use crate::write::target::{Parts, parts};

/// What the columns of the target get.
pub(super) fn columns(target: &Target, table: &Table) -> Vec<(TableColumn, Value)> {
    let whole = TableColumn::Field(IndicatorField::Target);
    let Some(text) = target.text.as_deref() else { return Vec::new() };
    let has = |column| table.column(column).is_some();
    // Without levels 指标性质 is a class and 度量单位 repeats the unit: the value cell alone is the target.
    if !has(TableColumn::Field(IndicatorField::Level1)) || !(has(TableColumn::Nature) || has(TableColumn::Unit)) {
        return vec![(whole, Value::Loose(text.to_owned()))];
    }
    let Parts { nature, value: _, unit } = parts(text);
    let nature = if has(TableColumn::Nature) { nature } else { "" };
    let unit = if has(TableColumn::Unit) { unit } else { "" };
    let number = text.get(nature.len()..text.len() - unit.len()).unwrap_or(text);
    let parts = [(TableColumn::Nature, nature), (whole, number), (TableColumn::Unit, unit)];
    parts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(column, text)| (column, Value::Loose(text.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use jixiao_parser::value;

    use super::*;

    fn split(text: &str) -> Vec<String> {
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
        assert_eq!(split("≥95%"), ["≥", "95", "%"]);
        assert_eq!(split("＞＝1,200公里"), ["＞＝", "1,200", "公里"]);
        assert_eq!(split("定性优良中低差"), ["定性", "优良中低差"]);
        assert_eq!(split("2023年12月底前"), ["2023年12月底前"]);
        assert_eq!(split("≥ 95 %"), ["≥ 95 %"], "three cells would lose the spaces");
        assert_eq!(columns_of("≥95%", &Table::default()), ["≥95%"]);
    }

    #[test]
    fn a_column_that_the_template_lacks_leaves_its_part_with_the_number() {
        let with = |column| {
            let field = TableColumn::Field;
            let columns =
                [(1..2, field(IndicatorField::Level1)), (2..3, column), (3..4, field(IndicatorField::Target))];
            columns_of("≥95%", &Table { columns: columns.into(), ..Table::default() })
        };
        assert_eq!(with(TableColumn::Nature), ["≥", "95%"]);
        assert_eq!(with(TableColumn::Unit), ["≥95", "%"]);
    }
}
