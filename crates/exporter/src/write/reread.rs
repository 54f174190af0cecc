//! What a written workbook says when it is read again: whatever differs from the form is reported, so that no value is
//! lost in silence.

use std::collections::BTreeMap;

use jixiao_core::fold::without_space;
use jixiao_core::report::field_words;
use jixiao_core::{
    Decimal, Diagnostic, FieldPath, Form, FormRecord, FundField, Indicator, IndicatorField, Place, Severity,
};

use super::Page;
use crate::read::read_workbook;

/// The code of every remark made here.
pub(super) const CODE: &str = "not-read-back";
/// A longer value is quoted by its beginning.
const LONGEST_QUOTE: usize = 40;

/// The value of every field that has one, in printed words.
type Values = BTreeMap<FieldPath, String>;

/// One remark for every field of `pages` that the workbook `bytes` does not give back, with the number of its page.
///
/// `known` are the remarks already made; `sheets` the names of the pages' sheets.
pub(super) fn differences(
    pages: &[Page<'_>],
    sheets: &[String],
    bytes: &[u8],
    known: &[(usize, Diagnostic)],
) -> Vec<(usize, Diagnostic)> {
    let Ok(parsed) = read_workbook(bytes) else {
        return (0..pages.len()).map(|index| (index, unreadable())).collect();
    };
    // Of several forms on a sheet, the first is the one that was written.
    let mut forms: BTreeMap<&str, &Form> = BTreeMap::new();
    for record in &parsed.records {
        if let Some(sheet) = sheet_of(record) {
            forms.entry(sheet).or_insert(&record.form);
        }
    }
    let mut remarks = Vec::new();
    for (index, (page, sheet)) in pages.iter().zip(sheets).enumerate() {
        let is_known = |field| known.iter().any(|(other, known)| *other == index && known.field == Some(field));
        let Some(back) = forms.get(sheet.as_str()) else {
            remarks.push((index, unreadable()));
            continue;
        };
        let changed = compare(&values(page.form), &values(back));
        remarks.extend(changed.into_iter().filter(|(field, _)| !is_known(*field)).map(|(_, remark)| (index, remark)));
    }
    remarks
}

fn sheet_of(record: &FormRecord) -> Option<&str> {
    match &record.span {
        Some(Place::Sheet { sheet, .. }) => Some(sheet),
        _ => None,
    }
}

fn unreadable() -> Diagnostic {
    let message = "写出的工作表不能再读成自评表（例如没有指标，也没有资金）；内容都在表上，但请勿以它代替原文件";
    remark(message.to_owned(), None)
}

fn compare(written: &Values, read: &Values) -> Vec<(FieldPath, Diagnostic)> {
    let fields = written.keys().chain(read.keys().filter(|field| !written.contains_key(field)));
    let differs = fields.filter(|field| !same(written.get(field), read.get(field)));
    differs.map(|field| (*field, changed(*field, written.get(field), read.get(field)))).collect()
}

/// White space aside: a wrapped cell is joined without a separator.
fn same(written: Option<&String>, read: Option<&String>) -> bool {
    written.map(|text| without_space(text)) == read.map(|text| without_space(text))
}

fn changed(field: FieldPath, written: Option<&String>, read: Option<&String>) -> Diagnostic {
    let quote = |value: Option<&String>| match value {
        None => "空白".to_owned(),
        Some(value) if value.chars().count() > LONGEST_QUOTE => {
            format!("「{}…」", value.chars().take(LONGEST_QUOTE).collect::<String>())
        }
        Some(value) => format!("「{value}」"),
    };
    let place = field_words(field);
    remark(format!("{place}的{}写入工作簿后，再读出来是{}", quote(written), quote(read)), Some(field))
}

fn remark(message: String, field: Option<FieldPath>) -> Diagnostic {
    Diagnostic { code: CODE.to_owned(), severity: Severity::Warning, message, field, span: None }
}

fn values(form: &Form) -> Values {
    let mut values = Values::new();
    let mut add = |path: FieldPath, value: Option<String>| values.extend(value.map(|value| (path, value)));
    add(FieldPath::Family, Some(form.family.name().to_owned()));
    add(FieldPath::Title, form.title.clone());
    add(FieldPath::Year, form.year.map(|year| year.to_string()));
    add(FieldPath::ProjectName, form.project_name.clone());
    add(FieldPath::Department, form.department.clone());
    add(FieldPath::Unit, form.unit.clone());
    add(FieldPath::AmountUnit, form.funds.amount_unit.map(|unit| unit.label().to_owned()));
    add(FieldPath::GoalsExpected, form.goals.expected.clone());
    add(FieldPath::GoalsActual, form.goals.actual.clone());
    add(FieldPath::TotalWeight, decimal(form.total.weight));
    add(FieldPath::TotalScore, decimal(form.total.score));
    add(FieldPath::Grade, form.grade.map(|grade| grade.label().to_owned()));
    funds(form, &mut add);
    for (index, row) in form.indicators.iter().enumerate() {
        IndicatorField::ALL.into_iter().for_each(|field| add(FieldPath::Indicator(index, field), cell(row, field)));
    }
    for (index, field) in form.extra.iter().enumerate() {
        add(FieldPath::Extra(index), Some(format!("{}：{}", field.label, field.text)));
    }
    values
}

fn funds(form: &Form, add: &mut impl FnMut(FieldPath, Option<String>)) {
    for (index, row) in form.funds.rows.iter().enumerate() {
        add(FieldPath::Fund(index, FundField::Label), Some(row.label.clone()));
        add(FieldPath::Fund(index, FundField::InitialBudget), decimal(row.initial_budget));
        add(FieldPath::Fund(index, FundField::AnnualBudget), decimal(row.annual_budget));
        add(FieldPath::Fund(index, FundField::Executed), decimal(row.executed));
        add(FieldPath::Fund(index, FundField::Weight), decimal(row.weight));
        add(FieldPath::Fund(index, FundField::ExecutionRate), decimal(row.execution_rate));
        add(FieldPath::Fund(index, FundField::Score), decimal(row.score));
    }
}

fn cell(row: &Indicator, field: IndicatorField) -> Option<String> {
    match field {
        IndicatorField::Level1 => row.level1.clone(),
        IndicatorField::Level2 => row.level2.clone(),
        IndicatorField::Level3 => Some(row.level3.clone()),
        IndicatorField::Target => row.target.text.clone(),
        IndicatorField::Actual => row.actual.text.clone(),
        IndicatorField::Weight => decimal(row.weight),
        IndicatorField::Score => decimal(row.score),
        IndicatorField::Deviation => row.deviation.clone(),
    }
}

fn decimal(value: Option<Decimal>) -> Option<String> {
    value.map(|value| value.to_string())
}
