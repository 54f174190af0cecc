//! The blank form: empty to the reader, guided and protected for the person who fills it in.

#![expect(clippy::unwrap_used, reason = "a failure to write or read is a failed test")]

use std::io::{Cursor, Read};

use jixiao_exporter::{Layout, read_workbook, write_template};
use zip::ZipArchive;

/// The XML of the only sheet.
fn sheet_xml(bytes: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_blank_form_reads_as_nulls_in_every_layout() {
    for layout in Layout::ALL {
        let parsed = read_workbook(&write_template(layout, Some(2024), 10).unwrap()).unwrap();
        let [record] = parsed.records.as_slice() else { panic!("{}: {} forms", layout.name, parsed.records.len()) };
        let form = &record.form;
        assert_eq!(form.title.as_deref(), Some(layout.title));
        assert_eq!(form.funds.amount_unit, Some(layout.amount_unit));
        assert_eq!(form.funds.rows.len(), if layout.name == "sichuan" { 5 } else { 4 });
        assert!(form.funds.rows.iter().all(|row| row.annual_budget.is_none() && row.execution_rate.is_none()));
        assert!(form.project_name.is_none() && form.indicators.is_empty() && form.grade.is_none());
        assert!(form.goals.expected.is_none() && form.total.score.is_none() && form.extra.is_empty());
        assert_eq!(parsed.diagnostics, [], "{}", layout.name);
    }
}

#[test]
fn the_year_is_printed_or_left_to_fill_in() {
    let year =
        |year| read_workbook(&write_template(<&Layout>::default(), year, 5).unwrap()).unwrap().records[0].form.year;
    assert_eq!(year(Some(2024)), Some(2024));
    assert_eq!(year(None), None);
}

#[test]
fn a_blank_form_computes_guides_and_protects() {
    let xml = sheet_xml(&write_template(<&Layout>::default(), None, 3).unwrap());
    for part in [
        "<sheetProtection",
        "<dataValidations",
        "type=\"list\"",
        "产出指标,效益指标",
        "fitToHeight=\"0\"",
        "orientation=\"portrait\"",
    ] {
        assert!(xml.contains(part), "{part}");
    }
    // Rate, execution score, total weight, total score, grade; blank until there is something to compute.
    assert_eq!(xml.matches("<f>").count(), 5);
    assert_eq!(xml.matches("<v></v>").count(), 5);
    assert!(!xml.contains("password"));
}

#[test]
fn a_form_without_indicator_rows_is_written_too() {
    assert!(read_workbook(&write_template(<&Layout>::default(), Some(2024), 0).unwrap()).is_ok());
}
