//! Templates and forms that cannot come together.

use jixiao_exporter::read_workbook;
use jixiao_exporter::{
    ExportError, ImportError, Layout, Page, WriteOptions, fill_template, write_template, write_workbook,
};

use super::bureau::{GROUPS, form, template};

#[test]
fn formats_that_cannot_be_edited_say_what_to_do() {
    let xls = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let error = fill_template(&xls, &[form()]).unwrap_err();
    assert!(matches!(error, ExportError::OldTemplate(".xls")));
    assert!(error.to_string().contains("另存为 .xlsx"), "{error}");
    let ods = super::kept::with_part(&super::kept::with_part(&template(GROUPS), "mimetype", b""), "content.xml", b"");
    assert!(matches!(fill_template(&ods, &[form()]), Err(ExportError::OldTemplate(".ods"))));
    let text = fill_template("项目名称".as_bytes(), &[form()]);
    assert!(matches!(text, Err(ExportError::Template(ImportError::NotAWorkbook))));
}

#[test]
fn more_forms_than_places_name_the_way_out() {
    let error = fill_template(&template(GROUPS), &[form(), form()]).unwrap_err();
    assert!(matches!(error, ExportError::TooManyForms { forms: 2, places: 1 }));
    assert!(error.to_string().contains("--split"), "{error}");
}

#[test]
fn a_workbook_without_a_form_is_no_template() {
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().write_string(0, 0, "通讯录").unwrap();
    let bytes = other.save_to_buffer().unwrap();
    assert!(matches!(fill_template(&bytes, &[form()]), Err(ExportError::NoFormInTemplate)));
}

#[test]
fn several_forms_fill_several_sheets() {
    let layout = <&Layout>::default();
    let blank = read_workbook(&write_template(layout, None, 2).unwrap()).unwrap().records.remove(0).form;
    let mut named = blank.clone();
    named.project_name = Some("第二个项目".to_owned());
    let forms = [blank.clone(), named, blank];
    let pages: Vec<Page<'_>> = forms.iter().map(|form| Page { form, layout, findings: None }).collect();
    let sheets = write_workbook(&pages, &WriteOptions::default()).unwrap().bytes;
    let mut second = form();
    second.project_name = Some("第二个项目".to_owned());
    let written = fill_template(&sheets, &[form(), second.clone()]).unwrap();
    let names: Vec<_> =
        read_workbook(&written.bytes).unwrap().records.into_iter().map(|r| r.form.project_name).collect();
    assert_eq!(names, [form().project_name, second.project_name, None]);
}

#[test]
fn a_template_cut_off_anywhere_is_an_error_and_no_panic() {
    let whole = template(GROUPS);
    for length in (0..whole.len()).step_by(97) {
        assert!(fill_template(&whole[..length], &[form()]).is_err(), "cut at {length}");
    }
}

#[test]
fn a_text_longer_than_a_cell_is_refused() {
    let mut long = form();
    long.goals.actual = Some("长".repeat(40_000));
    assert!(matches!(fill_template(&template(GROUPS), &[long]), Err(ExportError::TextTooLong { .. })));
}
