//! What a form must bear once it is read: JSON, rules, scoring, workbook and report.

use jixiao_core::profile::Profile;
use jixiao_core::report::CheckRecord;
use jixiao_core::rules::{Across, PreviousForms, check};
use jixiao_core::score::complete;
use jixiao_core::{Form, FormRecord};
use jixiao_exporter::{Layout, Page, WriteOptions, html_form, read_workbook, write_findings, write_workbook};

/// What is done with every form that is read.
pub(crate) fn usual(records: &[FormRecord]) {
    records.iter().for_each(through_json);
    audit(records, &records.first().map(|record| Profile::for_family(record.form.family)).unwrap_or_default());
}

/// Every use there is, reports and workbooks too, which take much longer than reading.
pub(crate) fn all(record: &FormRecord) {
    through_json(record);
    let checks = audit(std::slice::from_ref(record), &Profile::for_family(record.form.family));
    checks.iter().for_each(|check| assert!(!html_form(0, record, check, None).is_empty(), "a report says something"));
    assert!(write_findings(&checks).is_ok(), "findings fit a workbook");
    through_workbook(&record.form);
}

/// Audits and scores `records` under `profile`.
pub(crate) fn audit(records: &[FormRecord], profile: &Profile) -> Vec<CheckRecord> {
    let previous = PreviousForms::default();
    let mut across = Across::new(profile, &previous);
    let mut checks = Vec::new();
    for record in records {
        across.add(record);
        let scored = complete(&record.form, profile);
        checks.push(CheckRecord::new(record, check(&record.form, profile)));
        checks.push(CheckRecord::new(record, check(&scored.form, profile)));
    }
    let between = across.finish();
    assert!(between.iter().all(|found| found.form < records.len()), "a finding belongs to a form of the run");
    assert!(checks.iter().all(|check| serde_json::to_string(check).is_ok()), "findings can be written as JSON");
    checks
}

fn through_json(record: &FormRecord) {
    let json = serde_json::to_string(record);
    let read = json.as_ref().ok().and_then(|json| serde_json::from_str::<FormRecord>(json).ok());
    assert_eq!(read.as_ref(), Some(record), "a record survives JSON");
}

/// A form that fits a sheet makes a workbook that can be read.
fn through_workbook(form: &Form) {
    let page = Page { form, layout: Layout::of(form), findings: None };
    for formulas in [false, true] {
        if let Ok(written) = write_workbook(&[page], &WriteOptions { formulas }) {
            assert!(read_workbook(&written.bytes).is_ok(), "a written workbook can be read");
        }
    }
}
