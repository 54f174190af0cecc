//! Every form of the fixtures in every template: what reads back otherwise has been said.

use std::path::Path;
use std::sync::LazyLock;

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{Label, Scope, find};
use jixiao_core::{Form, Indicator};
use jixiao_exporter::{Layout, Written, write_template};

use super::bureau::{GROUPS, template};
use super::{fill, only};

/// The forms that the fixtures hold, by file.
fn forms() -> Vec<(String, Form)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut forms = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "json") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let all: Vec<Form> = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            forms.extend(all.into_iter().map(|form| (name.clone(), form)));
        }
    }
    forms.sort_by(|left, right| left.0.cmp(&right.0));
    assert!(forms.len() > 15);
    forms
}

fn templates() -> Vec<(String, Vec<u8>)> {
    let blank = |layout: &Layout, rows: usize| {
        (format!("{} with {rows} rows", layout.name), write_template(layout, None, rows).unwrap())
    };
    let mut all: Vec<_> = Layout::ALL.iter().flat_map(|layout| [blank(layout, 1), blank(layout, 25)]).collect();
    all.push(("bureau".to_owned(), template(GROUPS)));
    all
}

/// One line for each value of the form.
fn values(form: &Form) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let mut add = |what: &'static str, value: Option<String>| all.extend(value.map(|value| (what, squeeze(&value))));
    add("year", form.year.map(|year| year.to_string()));
    add("project_name", form.project_name.clone());
    add("department", form.department.clone());
    add("unit", form.unit.clone());
    for row in &form.funds.rows {
        let numbers = [row.initial_budget, row.annual_budget, row.executed, row.weight, row.execution_rate, row.score];
        for (column, number) in numbers.into_iter().enumerate() {
            let factor = form.funds.amount_unit.is_some_and(|unit| unit.label() == "万元" && column < 3);
            let number = number.map(|number| if factor { number * jixiao_core::Decimal::from(10_000) } else { number });
            add("funds", number.map(|number| format!("{} {column} {}", label(&row.label), number.normalize())));
        }
    }
    add("goals", form.goals.expected.clone());
    add("goals", form.goals.actual.clone());
    for row in &form.indicators {
        add("indicators", Some(line(row)));
    }
    add("total", form.total.weight.map(|number| number.normalize().to_string()));
    add("total", form.total.score.map(|number| number.normalize().to_string()));
    add("grade", form.grade.map(|grade| grade.label().to_owned()));
    for field in &form.extra {
        add("extra", Some(format!("{} {}", field.label, field.text)));
    }
    all
}

/// Templates call the sum of the funds by different names.
fn label(printed: &str) -> &str {
    let total = find(Scope::FundRow, printed) == Some(Label::FundRow { total: true });
    if total { "总额" } else { printed }
}

fn line(row: &Indicator) -> String {
    let number = |number: Option<jixiao_core::Decimal>| number.map(|number| number.normalize().to_string());
    let text = [
        row.target.text.clone(),
        row.actual.text.clone(),
        number(row.weight),
        number(row.score),
        row.deviation.clone(),
    ];
    format!("{} {text:?}", row.level3)
}

/// True where a remark speaks of the part of the form.
fn is_said(what: &str, written: &Written) -> bool {
    let fields = written.diagnostics.iter().filter_map(|(_, remark)| remark.field);
    let mut fields = fields.map(|field| field.to_string());
    fields.any(|field| field.starts_with(what) || what == "goals" && field.starts_with("goals"))
}

/// The values of `form` that neither the filled template nor a remark holds.
fn missing(form: &Form, template: &[u8]) -> Vec<(&'static str, String)> {
    let written = fill(template, form);
    let back = values(&only(&written.bytes).form);
    let is_kept = |value: &str| back.iter().any(|(_, printed)| printed == value);
    values(form).into_iter().filter(|(what, value)| !is_kept(value) && !is_said(what, &written)).collect()
}

static TEMPLATES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(templates);

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn what_any_form_says_is_in_the_filled_template_or_in_a_remark(
        form in super::generated::any_form(),
        number in 0..TEMPLATES.len(),
    ) {
        let (name, template) = &TEMPLATES[number];
        let missing = missing(&form, template);
        proptest::prop_assert!(missing.is_empty(), "{}: {:?}", name, missing);
    }
}

#[test]
fn what_a_fixture_says_is_in_the_filled_template_or_in_a_remark() {
    for (name, template) in TEMPLATES.iter() {
        for (file, form) in forms() {
            let missing = missing(&form, template);
            assert!(missing.is_empty(), "{file} in {name}: {missing:?}");
        }
    }
}
