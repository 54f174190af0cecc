//! What is not filled stays as it is.

use super::bureau::{FIRST, GROUPS, form, template};
use super::{codes, fill, only, part, parts};

#[test]
fn a_filled_template_reads_back_as_the_form() {
    let template = template(GROUPS);
    let written = fill(&template, &form());
    assert_eq!(only(&written.bytes).form, form());
    assert_eq!(codes(&written), ["formula-kept"]);
}

#[test]
fn parts_that_do_not_change_are_copied_as_they_are_stored() {
    let template = template(GROUPS);
    let (before, after) = (parts(&template), parts(&fill(&template, &form()).bytes));
    assert!(before.keys().eq(after.keys()));
    let changed: Vec<&String> =
        before.iter().filter(|(name, bytes)| after[*name] != **bytes).map(|(name, _)| name).collect();
    assert_eq!(changed, ["xl/worksheets/sheet1.xml"]);
}

#[test]
fn formulas_are_to_be_computed_when_the_file_is_opened() {
    let calm = super::rows::edited(&template(GROUPS), &[("xl/workbook.xml", " fullCalcOnLoad=\"1\"", "")]);
    let book = part(&fill(&calm, &form()).bytes, "xl/workbook.xml");
    assert_eq!(book, part(&template(GROUPS), "xl/workbook.xml"));
}

#[test]
fn a_sheet_changes_in_its_cells_only() {
    let template = template(GROUPS);
    let sheet = |workbook: &[u8]| part(workbook, "xl/worksheets/sheet1.xml");
    let cut = |xml: String| {
        let (head, rest) = xml.split_once("<sheetData>").unwrap();
        (head.to_owned(), rest.split_once("</sheetData>").unwrap().1.to_owned())
    };
    let filled = sheet(&fill(&template, &form()).bytes);
    assert_eq!(cut(filled.clone()), cut(sheet(&template)));
    // The label cells, the row's height and the style of a filled cell.
    let row = format!("<row r=\"{0}\" spans=\"1:10\" ht=\"33\" customHeight=\"1\"><c r=\"A{0}\"", FIRST + 1);
    assert!(filled.contains(&row), "{filled}");
    assert!(filled.contains("<f>SUM(G13:G18)+H6</f><v>100</v>"), "{filled}");
}

#[test]
fn spare_rows_stay_blank_and_formulas_stay_formulas() {
    let template = template(GROUPS);
    let xml = part(&fill(&template, &form()).bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(xml.matches("<f>").count(), 2);
    assert_eq!(xml.matches("<row ").count(), part(&template, "xl/worksheets/sheet1.xml").matches("<row ").count());
    assert_eq!(xml.matches("t=\"str\"").count(), 0);
}

#[test]
fn a_template_with_macros_keeps_them() {
    let macros = with_part(&template(GROUPS), "xl/vbaProject.bin", b"macros");
    assert!(jixiao_exporter::holds_macros(&macros).unwrap());
    assert!(!jixiao_exporter::holds_macros(&template(GROUPS)).unwrap());
    assert_eq!(parts(&fill(&macros, &form()).bytes)["xl/vbaProject.bin"], b"macros");
}

/// The archive with one more part.
pub(crate) fn with_part(workbook: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new_append(std::io::Cursor::new(workbook.to_vec())).unwrap();
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}
