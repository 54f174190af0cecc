//! Forms whose cells were told by how texts line up: what such a table lacks may stand in a neighbouring cell.

use jixiao_core::{FieldPath, FormRecord, IndicatorField};

use crate::{remarks, trust};

const CAUSE: &str = "表格没有完整的框线，这一格读作空白，文字可能归入了相邻的格";

/// Doubts what columns kept by spaces would be doubted for, and what is blank while its like is not.
pub(super) fn doubt(record: &mut FormRecord) {
    trust::doubt(record);
    let lacking = lacking(record);
    remarks::doubt(record, lacking.into_iter().map(|path| (path, CAUSE)));
}

fn lacking(record: &FormRecord) -> Vec<FieldPath> {
    let form = &record.form;
    let mut paths = Vec::new();
    if form.goals.expected.is_some() != form.goals.actual.is_some() {
        paths.extend([FieldPath::GoalsExpected, FieldPath::GoalsActual]);
    }
    let named = form.indicators.iter().any(|row| row.level2.is_some());
    let nameless = (0..).zip(&form.indicators).filter(|(_, row)| named && row.level2.is_none());
    paths.extend(nameless.map(|(row, _)| FieldPath::Indicator(row, IndicatorField::Level2)));
    if form.total.score.is_none() && form.indicators.iter().any(|row| row.score.is_some()) {
        paths.extend([FieldPath::TotalWeight, FieldPath::TotalScore]);
    }
    paths
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Decimal, Form, Indicator};

    use super::*;

    #[test]
    fn what_is_blank_while_its_like_is_not_is_doubted() {
        let row = |level2: Option<&str>| Indicator {
            level2: level2.map(str::to_owned),
            level3: "码头改造".to_owned(),
            weight: Some(Decimal::from(45)),
            score: Some(Decimal::from(45)),
            ..Indicator::default()
        };
        let mut record = FormRecord::from(Form::default());
        record.form.indicators = vec![row(Some("数量指标")), row(Some("质量指标"))];
        record.form.total.score = Some(Decimal::from(90));
        doubt(&mut record);
        assert_eq!(record.diagnostics, []);
        record.form.indicators[1].level2 = None;
        record.form.goals.expected = Some("改造码头".to_owned());
        record.form.total.score = None;
        doubt(&mut record);
        let paths: Vec<String> =
            record.diagnostics.iter().filter_map(|remark| Some(remark.field?.to_string())).collect();
        let wanted = ["goals.expected", "goals.actual", "indicators[1].level2", "total.weight", "total.score"];
        assert_eq!(paths, wanted);
    }
}
