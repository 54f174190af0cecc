//! What the summary of a report is made of, gathered while the forms are read.

use std::collections::BTreeMap;

use jixiao_core::report::{CheckRecord, Summary};
use jixiao_core::rules::{CrossFinding, CrossFindings};
use jixiao_core::{Diagnostic, FormRecord, Severity};

/// The summary of a report.
#[derive(Debug, Default)]
pub struct Overview {
    pub(super) forms: Vec<FormLine>,
    pub(super) rules: BTreeMap<&'static str, (Severity, usize)>,
    pub(super) within: Summary,
    pub(super) between: Summary,
    pub(super) across: Vec<CrossFinding>,
    pub(super) unread: Vec<Unread>,
    /// What the readers remarked outside of any form, with the input.
    pub(super) remarks: Vec<(String, Diagnostic)>,
}

/// One form in the summary.
#[derive(Debug, Clone)]
pub(super) struct FormLine {
    pub(super) name: Option<String>,
    pub(super) path: String,
    pub(super) index: usize,
    pub(super) within: Summary,
    pub(super) between: usize,
    pub(super) remarks: usize,
}

/// An input that could not be read.
#[derive(Debug, Clone)]
pub struct Unread {
    /// One sentence that names the input.
    pub what: String,
    /// Causes and advice, each behind its word.
    pub details: Vec<(&'static str, String)>,
}

impl Overview {
    /// Takes note of the next form and what was found in it.
    pub fn add(&mut self, record: &FormRecord, check: &CheckRecord) {
        for finding in &check.findings {
            self.rules.entry(finding.code).or_insert((finding.severity, 0)).1 += 1;
        }
        self.within += check.summary;
        self.forms.push(FormLine {
            name: record.form.project_name.clone().or_else(|| record.form.unit.clone()),
            path: record.path.clone(),
            index: record.index,
            within: check.summary,
            between: 0,
            remarks: record.diagnostics.len(),
        });
    }

    /// Takes note of what was found between the forms.
    pub fn add_across(&mut self, found: &CrossFindings) {
        for finding in found.iter() {
            self.rules.entry(finding.finding.code).or_insert((finding.finding.severity, 0)).1 += 1;
            if let Some(line) = self.forms.get_mut(finding.form) {
                line.between += 1;
            }
            self.across.push(finding.clone());
        }
        self.between = Summary::of(found.iter().map(|found| &found.finding));
    }

    /// Takes note of an input that could not be read.
    pub fn add_unread(&mut self, unread: Unread) {
        self.unread.push(unread);
    }

    /// Takes note of what the reader of `path` remarked outside of any form; what is only for information, such as a
    /// page of other text, is left out.
    pub fn add_remarks(&mut self, path: &str, remarks: &[Diagnostic]) {
        let grave = remarks.iter().filter(|remark| remark.severity > Severity::Info);
        self.remarks.extend(grave.map(|remark| (path.to_owned(), remark.clone())));
    }
}
