use jixiao_core::{Decimal, FundField, IndicatorField, Place, TextSpan};
use proptest::prelude::*;

use super::*;
use crate::raw::{RawCell, RawFundRow, RawIndicator};

fn place(line: usize) -> Place {
    Place::Text(TextSpan::in_line(line, 1, 2))
}

fn cell(text: &str) -> RawCell {
    RawCell::new(text, place(1))
}

fn some(text: &str) -> Option<RawCell> {
    Some(cell(text))
}

fn decimal(text: &str) -> Option<Decimal> {
    Some(Decimal::from_str_exact(text).unwrap())
}

fn fund(label: &str, cells: &[(FundField, &str)]) -> RawFundRow {
    RawFundRow { label: cell(label), cells: cells.iter().map(|(field, text)| (*field, cell(text))).collect() }
}

fn indicator(cells: &[(IndicatorField, &str)]) -> RawIndicator {
    RawIndicator { cells: cells.iter().map(|(field, text)| (*field, cell(text))).collect(), doubt: None }
}

/// The codes and fields of the diagnostics.
fn remarks(record: &FormRecord) -> Vec<(String, String)> {
    let field = |field: Option<FieldPath>| field.map(|path| path.to_string()).unwrap_or_default();
    record.diagnostics.iter().map(|remark| (remark.code.clone(), field(remark.field))).collect()
}

fn remark(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

#[test]
fn a_header_is_read_as_printed() {
    let raw = RawForm {
        title: some("项目支出 绩效自评表 （2022年度）"),
        project_name: some(" 灯塔 维护 "),
        department: some("—"),
        amount_unit: some("项目资金\n（万元）"),
        ..RawForm::default()
    };
    let record = assemble(&raw, 3);
    assert_eq!(record.index, 3);
    assert_eq!(record.form.title.as_deref(), Some("项目支出绩效自评表"));
    assert_eq!(record.form.year, Some(2022));
    assert_eq!(record.form.project_name.as_deref(), Some("灯塔 维护"));
    assert_eq!(record.form.department, None);
    assert_eq!(record.form.funds.amount_unit, Some(AmountUnit::TenThousandYuan));
    assert_eq!(record.provenance.get(&FieldPath::Department), Some(&vec![place(1)]));
    assert_eq!(remarks(&record), []);
}

#[test]
fn only_a_bracketed_year_leaves_the_title() {
    for (text, expected) in [
        ("2021年度项目支出绩效自评表", "2021年度项目支出绩效自评表"),
        ("转移支付区域（项目）绩效目标自评表(2022年)", "转移支付区域（项目）绩效目标自评表"),
        ("绩效自评表（2022年度第二批）", "绩效自评表（2022年度第二批）"),
    ] {
        assert_eq!(title(text).as_deref(), Some(expected));
    }
}

#[test]
fn fund_rows_lose_units_but_not_scale() {
    let raw = RawForm {
        amount_unit: some("万元"),
        fund_rows: vec![
            fund(
                "其中：当年财政拨款",
                &[(FundField::AnnualBudget, "1,687.20万元"), (FundField::ExecutionRate, "98.10％")],
            ),
            fund("其他资金：", &[(FundField::Executed, "/"), (FundField::AnnualBudget, "12元")]),
        ],
        ..RawForm::default()
    };
    let record = assemble(&raw, 0);
    let [first, second] = record.form.funds.rows.as_slice() else { panic!("two rows") };
    assert_eq!((first.label.as_str(), first.annual_budget), ("当年财政拨款", decimal("1687.20")));
    assert_eq!(first.execution_rate.map(|rate| rate.to_string()).as_deref(), Some("98.10"));
    assert_eq!((second.label.as_str(), second.executed), ("其他资金", None));
    assert_eq!(remarks(&record), [remark("uncertain-cell", "funds.rows[1].annual_budget")]);
}

#[test]
fn a_cell_that_does_not_fit_its_column_is_quoted() {
    let raw = RawForm {
        indicators: vec![indicator(&[(IndicatorField::Level3, "灯塔检修"), (IndicatorField::Score, "十分")])],
        grade: some("甲"),
        ..RawForm::default()
    };
    let record = assemble(&raw, 0);
    assert_eq!(record.form.indicators[0].score, None);
    let expected = [remark("unreadable-cell", "indicators[0].score"), remark("unreadable-cell", "grade")];
    assert_eq!(remarks(&record), expected);
    assert!(record.diagnostics[0].message.contains("「十分」"));
    assert_eq!(record.diagnostics[0].span, Some(place(1)));
}

#[test]
fn doubts_become_remarks_about_their_field() {
    let mut row = indicator(&[(IndicatorField::Level3, "灯塔检修")]);
    row.doubt = Some("本行也可能属于上一指标。".to_owned());
    row.cells[0].1.doubt = Some("也可能是「灯塔」「检修」两格。".to_owned());
    let record = assemble(&RawForm { indicators: vec![row], ..RawForm::default() }, 0);
    let expected = [remark("uncertain-row", "indicators[0]"), remark("uncertain-cell", "indicators[0].level3")];
    assert_eq!(remarks(&record), expected);
}

#[test]
fn levels_lose_their_weight() {
    let cells = [(IndicatorField::Level1, "产 出\n指标（50分）"), (IndicatorField::Level2, "（20分）")];
    let record = assemble(&RawForm { indicators: vec![indicator(&cells)], ..RawForm::default() }, 0);
    assert_eq!(record.form.indicators[0].level1.as_deref(), Some("产出指标"));
    assert_eq!(record.form.indicators[0].level2, None);
    assert_eq!(remarks(&record), [remark("unreadable-cell", "indicators[0].level2")]);
}

#[test]
fn sums_that_do_not_fit_are_remarked() {
    let scored = |weight, score| indicator(&[(IndicatorField::Weight, weight), (IndicatorField::Score, score)]);
    let mut raw = RawForm {
        fund_rows: vec![fund("年度资金总额", &[(FundField::Weight, "10"), (FundField::Score, "9.5")])],
        indicators: vec![scored("50", "50"), scored("40", "39")],
        total_score: some("98.5"),
        ..RawForm::default()
    };
    assert_eq!(remarks(&assemble(&raw, 0)), []);
    raw.indicators[1] = scored("39", "40");
    let expected = [
        remark("arithmetic-mismatch", "total.weight"),
        remark("arithmetic-mismatch", "total.score"),
        remark("arithmetic-mismatch", "indicators[1].score"),
    ];
    assert_eq!(remarks(&assemble(&raw, 0)), expected);
}

#[test]
fn blank_extra_fields_are_left_out() {
    let field = |label: &str, text: &str| RawField { label: label.to_owned(), cell: cell(text) };
    let raw = RawForm { extra: vec![field("联系电话：", "-"), field("备注：", "无")], ..RawForm::default() };
    let record = assemble(&raw, 0);
    assert_eq!(record.form.extra, [ExtraField { label: "备注".to_owned(), text: "无".to_owned() }]);
    assert!(record.provenance.contains_key(&FieldPath::Extra(0)));
}

proptest! {
    /// Whatever a cell holds, its text is in the form or quoted in a diagnostic.
    #[test]
    fn no_cell_is_dropped_silently(text in "[0-9.,万元%分优中一—/ ]{1,12}") {
        let raw = RawForm {
            fund_rows: vec![fund("总额", &[(FundField::Executed, &text)])],
            indicators: vec![indicator(&[(IndicatorField::Score, &text)])],
            total_weight: some(&text),
            grade: some(&text),
            ..RawForm::default()
        };
        let record = assemble(&raw, 0);
        let quoted = record.diagnostics.iter().filter(|remark| remark.message.contains(text.trim())).count();
        let kept = [record.form.funds.rows[0].executed, record.form.indicators[0].score, record.form.total.weight];
        let kept = kept.iter().flatten().count() + usize::from(record.form.grade.is_some());
        prop_assert!(is_blank(&text) || quoted + kept >= 4);
    }
}
