//! Forms whose cells were told by how texts line up: what such a table lacks may stand in a neighbouring cell.

use jixiao_core::fold::is_blank;
use jixiao_core::{Family, FieldPath, FormRecord, FundRow, Goals, IndicatorField};

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
    if !has_goals(&form.goals) && !matches!(form.family, Family::Hubei | Family::Other) {
        paths.extend([FieldPath::GoalsExpected, FieldPath::GoalsActual]);
    }
    if !are_whole(&form.funds.rows) {
        paths.extend((0..form.funds.rows.len()).map(FieldPath::FundRow));
    }
    let named = form.indicators.iter().any(|row| row.level2.is_some());
    let nameless = (0..).zip(&form.indicators).filter(|(_, row)| named && row.level2.is_none());
    paths.extend(nameless.map(|(row, _)| FieldPath::Indicator(row, IndicatorField::Level2)));
    if form.total.score.is_none() && form.indicators.iter().any(|row| row.score.is_some()) {
        paths.extend([FieldPath::TotalWeight, FieldPath::TotalScore]);
    }
    paths
}

/// Both texts; some families have none.
const fn has_goals(goals: &Goals) -> bool {
    goals.expected.is_some() && goals.actual.is_some()
}

/// True where every row has a label, and the total what was to be spent and what was.
fn are_whole(rows: &[FundRow]) -> bool {
    let named = rows.iter().all(|row| !is_blank(&row.label));
    named && rows.first().is_some_and(|total| total.annual_budget.is_some() && total.executed.is_some())
}

#[cfg(test)]
mod tests {
    use jixiao_core::{Decimal, Form, Indicator};

    use super::*;

    fn fund(label: &str, annual: i64, executed: Option<i64>) -> FundRow {
        FundRow {
            label: label.to_owned(),
            annual_budget: Some(Decimal::from(annual)),
            executed: executed.map(Decimal::from),
            ..FundRow::default()
        }
    }

    #[test]
    fn funds_that_lack_a_label_or_the_total_are_doubted() {
        let total = fund("年度资金总额", 80, Some(60));
        assert!(are_whole(&[total.clone(), fund("其他资金", 10, None)]));
        assert!(!are_whole(&[total, fund("", 80, Some(60))]));
        assert!(!are_whole(&[fund("年度资金总额", 80, None)]));
        assert!(!are_whole(&[]));
    }

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
        record.form.funds.rows = vec![fund("年度资金总额", 80, Some(60))];
        record.form.goals.expected = Some("改造码头".to_owned());
        record.form.goals.actual = Some("已改造".to_owned());
        doubt(&mut record);
        assert_eq!(record.diagnostics, []);
        record.form.indicators[1].level2 = None;
        record.form.goals.actual = None;
        record.form.total.score = None;
        doubt(&mut record);
        let paths: Vec<String> =
            record.diagnostics.iter().filter_map(|remark| Some(remark.field?.to_string())).collect();
        let wanted = ["goals.expected", "goals.actual", "indicators[1].level2", "total.weight", "total.score"];
        assert_eq!(paths, wanted);
    }
}
