//! What the rules found, as text for people.

use std::fmt::Write;

use anstyle::Style;
use jixiao_core::report::{CheckRecord, Summary, elsewhere_words, notes};
use jixiao_core::rules::{CrossFinding, CrossFindings, Finding, Location, Section};
use jixiao_core::{FieldPath, FormRecord, FundField, IndicatorField, Place};

use super::snippet::{Remark, Spot, render};
use super::{heading, printable};
use crate::source::Source;

/// One form with its findings, each with the line it speaks of.
pub(crate) fn form(record: &FormRecord, check: &CheckRecord, source: Option<&Source>, color: bool) -> String {
    let style = if color { Style::new().bold() } else { Style::new() };
    let mut text = heading(record, style);
    for finding in &check.findings {
        text.push_str(&one(record, finding, source, color));
        text.push('\n');
    }
    let _ = match check.summary.total() {
        0 => writeln!(text, "没有发现问题\n"),
        _ => writeln!(text, "本表：{}\n", counts(check.summary)),
    };
    text
}

/// What the last line of a report on several forms counts.
pub(crate) struct Closing {
    pub(crate) forms: usize,
    /// Forms in which something was found.
    pub(crate) with_findings: usize,
    /// Findings in single forms.
    pub(crate) within: Summary,
    /// Findings between forms.
    pub(crate) between: Summary,
}

/// The last line of a report on several forms.
pub(crate) fn closing(closing: &Closing) -> String {
    let Closing { forms, with_findings, within, between } = *closing;
    let within = match within.total() {
        0 => "没有发现问题".to_owned(),
        _ => format!("{with_findings} 张有问题：{}", counts(within)),
    };
    let between =
        if between.total() == 0 { String::new() } else { format!("；表与表之间：{}", counts(between)) };
    format!("共审核 {forms} 张表，{within}{between}\n")
}

/// What was found between forms, each finding with the places it rests on.
pub(crate) fn across(found: &CrossFindings, color: bool) -> String {
    let style = if color { Style::new().bold() } else { Style::new() };
    let mut text = format!("{style}表与表之间{style:#}\n");
    for finding in found.iter() {
        text.push_str(&between(finding, color));
        text.push('\n');
    }
    text
}

fn between(found: &CrossFinding, color: bool) -> String {
    let finding = &found.finding;
    let code = format!("{} {}", finding.code, finding.name);
    let mut notes = printable_notes(finding);
    let rest = notes.split_off(1.min(notes.len()));
    notes.extend(found.project_name.iter().map(|name| ("项目", printable(name))));
    notes.extend(found.elsewhere.iter().map(|place| ("对照", printable(&elsewhere_words(place)))));
    match found.elsewhere_count.saturating_sub(found.elsewhere.len()) {
        0 => {}
        more => notes.push(("对照", format!("另有 {more} 张表没有列出"))),
    }
    notes.extend(rest);
    let remark = Remark { severity: finding.severity, code: &code, message: &printable(&finding.message), notes };
    render(&remark, &Spot { path: &found.path, source: None, places: found.span.as_slice() }, color)
}

fn counts(summary: Summary) -> String {
    format!("错误 {}，警告 {}，提示 {}", summary.error, summary.warning, summary.info)
}

fn one(record: &FormRecord, finding: &Finding, source: Option<&Source>, color: bool) -> String {
    let code = format!("{} {}", finding.code, finding.name);
    let remark =
        Remark { severity: finding.severity, code: &code, message: &finding.message, notes: printable_notes(finding) };
    let spot = match places(record, finding) {
        // What is printed nowhere has no line to show; the form's own place leads there.
        [] => Spot { path: &record.path, source: None, places: record.span.as_slice() },
        places => Spot { path: &record.path, source, places },
    };
    render(&remark, &spot, color)
}

/// The evidence, safe to print.
fn printable_notes(finding: &Finding) -> Vec<(&'static str, String)> {
    notes(finding).into_iter().map(|(word, text)| (word, printable(&text))).collect()
}

/// Where the field is printed; for a blank field where its row is named.
fn places<'a>(record: &'a FormRecord, finding: &Finding) -> &'a [Place] {
    let location = &finding.location;
    let row = match (location.section, location.row) {
        (Section::Funds, Some(row)) => Some(FieldPath::Fund(row, FundField::Label)),
        (Section::Indicators, Some(row)) => Some(FieldPath::Indicator(row, IndicatorField::Level3)),
        (Section::Indicators, None) => level1_row(record, location),
        _ => None,
    };
    let candidates = [finding.field_path(), row];
    let found = candidates.into_iter().flatten().find_map(|path| record.provenance.get(&path));
    found.map_or(&[], Vec::as_slice)
}

/// The first row of the level 1 that the location names.
fn level1_row(record: &FormRecord, location: &Location) -> Option<FieldPath> {
    let name = location.field.as_ref()?;
    let row = record.form.indicators.iter().position(|indicator| indicator.level1.as_ref() == Some(name))?;
    Some(FieldPath::Indicator(row, IndicatorField::Level1))
}
