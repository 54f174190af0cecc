//! One form: the official table with its marks, the findings, and what the reader remarked.

use jixiao_core::report::CheckRecord;
use jixiao_core::rules::Finding;
use jixiao_core::{Diagnostic, FieldPath, FormRecord, FundField, IndicatorField, Place};
use maud::{Markup, html};

use super::cells::CellMarks;
use super::evidence::{Number, elsewhere, item, printed_at};
use super::table::table;
use super::{clean, tag};
use crate::layout::Layout;
use crate::write::planner::plan;

/// More remarks than this on one form are counted, not listed.
const MAX_REMARKS: usize = 40;

/// The section of one form; `number` counts the forms of the report from 0.
///
/// `original` is the address of the file that the form was read from, as seen from the report: the section links to the
/// file, and places on pages to their page.
#[must_use]
pub fn html_form(number: usize, record: &FormRecord, check: &CheckRecord, original: Option<&str>) -> String {
    let number = number + 1;
    let layout = Layout::of(&record.form);
    let (plan, _) = plan(&record.form, layout);
    let all = check.findings.iter().chain(check.cross_findings.iter().map(|found| &found.finding));
    let marks = CellMarks::new(number, &record.form, &plan, all);
    let name = clean(&name(record));
    html! {
        section.form id={ "form-" (number) } aria-labelledby={ "name-" (number) } {
            h2 id={ "name-" (number) } { (number) "　" (name) }
            p.place { (file(record, original)) (clean(&source(record))) "　" a.back href="#summary" { "回到汇总" } }
            (table(&plan, layout, &marks, &name))
            (findings(number, record, check, &marks, original))
            (remarks(&record.diagnostics, original))
        }
    }
    .into_string()
}

fn name(record: &FormRecord) -> String {
    let form = &record.form;
    let name = [&form.project_name, &form.unit, &form.department].into_iter().flatten().next();
    name.cloned().unwrap_or_else(|| "（没有项目名称）".to_owned())
}

fn source(record: &FormRecord) -> String {
    let span = record.span.as_ref().map(|span| format!("，{span}")).unwrap_or_default();
    format!("，第{}张表{span}", record.index + 1)
}

fn file(record: &FormRecord, original: Option<&str>) -> Markup {
    let path = clean(&record.path);
    html! { @if let Some(original) = original { a href=(original) { (path) } } @else { (path) } }
}

fn findings(
    form: usize,
    record: &FormRecord,
    check: &CheckRecord,
    marks: &CellMarks,
    original: Option<&str>,
) -> Markup {
    let number = |finding| Number { form, finding, marked: marks.has(finding) };
    let source_of = |place: Option<&Place>| html! { @if let Some(place) = place { (printed_at(place, original)) } };
    let between = check.findings.len() + 1;
    html! {
        h3 { "问题" }
        @if check.findings.is_empty() && check.cross_findings.is_empty() {
            p { "没有发现问题" }
        } @else {
            p.place.legend { "表中的「错1」「警2」「提3」指下列问题的级别（错误、警告、提示）和序号。" }
        }
        ol.findings {
            @for (index, finding) in (1..).zip(&check.findings) {
                (item(finding, number(index), source_of(place(record, finding)), html! {}))
            }
            @for (index, found) in (between..).zip(&check.cross_findings) {
                (item(&found.finding, number(index), source_of(found.span.as_ref()), elsewhere(found)))
            }
        }
    }
}

/// Where the field is printed; of a blank field where its row is named.
fn place<'a>(record: &'a FormRecord, finding: &Finding) -> Option<&'a Place> {
    let row = match finding.field_path()? {
        FieldPath::Fund(row, _) => FieldPath::Fund(row, FundField::Label),
        FieldPath::Indicator(row, _) => FieldPath::Indicator(row, IndicatorField::Level3),
        path => path,
    };
    let places = [finding.field_path(), Some(row)].into_iter().flatten();
    places.filter_map(|path| record.provenance.get(&path)).flatten().next()
}

fn remarks(diagnostics: &[Diagnostic], original: Option<&str>) -> Markup {
    let more = diagnostics.len().saturating_sub(MAX_REMARKS);
    html! {
        @if !diagnostics.is_empty() {
            h3 { "读取时的提醒" }
            p.place { "下列栏目请先与原文核对，再看上面的问题。" }
            ul.findings { @for remark in diagnostics.iter().take(MAX_REMARKS) { (one_remark(remark, original)) } }
            @if more > 0 { p { "另有 " (more) " 条没有列出" } }
        }
    }
}

/// One remark of a reader.
pub(super) fn one_remark(remark: &Diagnostic, original: Option<&str>) -> Markup {
    html! {
        li class=(super::class(remark.severity)) {
            p {
                (tag(remark.severity)) " " (clean(&remark.message))
                @if let Some(place) = &remark.span { (printed_at(place, original)) }
            }
        }
    }
}
