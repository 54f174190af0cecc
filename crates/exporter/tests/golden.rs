//! The parts of written workbooks as they were when somebody last looked at them in a spreadsheet program.
//!
//! A difference is not wrong by itself: open the workbook, look, then accept it.

#![expect(clippy::unwrap_used, reason = "a failure to write is a failed test")]

use std::io::{Cursor, Read};

use jixiao_core::Form;
use jixiao_core::report::Summary;
use jixiao_exporter::{Layout, Page, WriteOptions, write_template, write_workbook};
use zip::ZipArchive;

mod forms;

use forms::full_form;

/// A part of a workbook, one element a line.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text.replace("><", ">\n<").replace(">\n</", "></")
}

fn book(forms: &[Form], layout: &'static Layout) -> Vec<u8> {
    let findings = Some(Summary { error: 1, warning: 0, info: 2 });
    let pages: Vec<Page<'_>> = forms.iter().map(|form| Page { form, layout, findings }).collect();
    write_workbook(&pages, &WriteOptions::default()).unwrap().bytes
}

#[test]
fn a_form_in_every_layout() {
    for layout in Layout::ALL {
        let bytes = book(&[full_form()], layout);
        insta::assert_snapshot!(format!("form-{}", layout.name), part(&bytes, "xl/worksheets/sheet1.xml"));
    }
}

#[test]
fn the_styles_of_a_form() {
    let bytes = book(&[full_form()], <&Layout>::default());
    insta::assert_snapshot!("styles", part(&bytes, "xl/styles.xml"));
    insta::assert_snapshot!("workbook", part(&bytes, "xl/workbook.xml"));
    insta::assert_snapshot!("properties", part(&bytes, "docProps/core.xml"));
}

#[test]
fn a_blank_form() {
    for name in ["mof-2020", "sichuan"] {
        let bytes = write_template(Layout::named(name).unwrap(), Some(2024), 2).unwrap();
        insta::assert_snapshot!(format!("blank-{name}"), part(&bytes, "xl/worksheets/sheet1.xml"));
    }
}

#[test]
fn the_list_of_forms() {
    let bytes = book(&[full_form(), full_form()], <&Layout>::default());
    insta::assert_snapshot!("list", part(&bytes, "xl/worksheets/sheet1.xml"));
}
