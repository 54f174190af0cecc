//! Rows that the template does not have enough of.

use jixiao_core::{Form, Indicator};

use super::bureau::{form, indicator_of, template};
use super::{fill, only, part, parts};

/// One row a group, and a form with more.
fn narrow() -> (Vec<u8>, Form) {
    let template =
        template(&[("产出指标", "数量指标", 1), ("产出指标", "质量指标", 1), ("效益指标", "社会效益指标", 1)]);
    let mut form = form();
    form.indicators = vec![
        indicator_of(("产出指标", "数量指标"), "防腐处理长度", "≥2.4公里", "2.4公里"),
        indicator_of(("产出指标", "数量指标"), "更换护栏", "≥120米", "126米"),
        indicator_of(("产出指标", "质量指标"), "验收合格率", "100%", "100%"),
        indicator_of(("产出指标", "时效指标"), "完工时间", "11月底前", "10月"),
        indicator_of(("产出指标", "时效指标"), "支付及时率", "100%", "100%"),
        indicator_of(("效益指标", "社会效益指标"), "游客安全", "提升", "提升"),
        indicator_of(("满意度指标", "满意度指标"), "游客满意度", "≥90%", "93%"),
    ];
    (template, form)
}

#[test]
fn missing_rows_are_inserted_in_their_groups() {
    let (template, form) = narrow();
    let written = fill(&template, &form);
    let record = only(&written.bytes);
    assert_eq!(record.form, form);
    let xml = part(&written.bytes, "xl/worksheets/sheet1.xml");
    for merged in ["A12:A19", "B13:B17", "C13:C14", "C16:C17", "I19:J19", "A20:F20", "A21:J21"] {
        assert!(xml.contains(&format!("<mergeCell ref=\"{merged}\"/>")), "{merged} in {xml}");
    }
}

#[test]
fn what_stands_below_moves_down() {
    let (template, form) = narrow();
    let written = fill(&template, &form).bytes;
    let sheet = part(&written, "xl/worksheets/sheet1.xml");
    for text in [
        "<f>SUM(G13:G19)+H6</f>",
        "sqref=\"G13:H19\"",
        "sqref=\"I20:J20\"",
        "<conditionalFormatting sqref=\"H13:H20\">",
    ] {
        assert!(sheet.contains(text), "{text} in {sheet}");
    }
    let book = part(&written, "xl/workbook.xml");
    for text in ["自评表!$A$1:$J$21<", "自评表!$1:$2<", "自评表!$G$20<"] {
        assert!(book.contains(text), "{text} in {book}");
    }
    assert!(part(&written, "xl/worksheets/sheet2.xml").contains("<f>自评表!H20</f>"));
    assert!(part(&written, "xl/charts/chart1.xml").contains("自评表!$H$13:$H$19"));
    assert!(part(&written, "xl/comments1.xml").contains("ref=\"H20\""));
    assert!(part(&written, "xl/drawings/vmlDrawing1.vml").contains("<x:Row>19</x:Row>"));
    assert!(part(&written, "xl/drawings/drawing1.xml").contains("<xdr:row>21</xdr:row>"));
}

#[test]
fn the_order_of_computation_is_left_to_be_made_anew() {
    let (template, form) = narrow();
    let relation = "<Relationship Id=\"rId99\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain\" Target=\"calcChain.xml\"/></Relationships>";
    let kind = "<Override PartName=\"/xl/calcChain.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml\"/></Types>";
    let template = edited(
        &template,
        &[("xl/_rels/workbook.xml.rels", "</Relationships>", relation), ("[Content_Types].xml", "</Types>", kind)],
    );
    let template =
        super::kept::with_part(&template, "xl/calcChain.xml", b"<calcChain><c r=\"G16\" i=\"1\"/></calcChain>");
    let after = parts(&fill(&template, &form).bytes);
    assert!(!after.contains_key("xl/calcChain.xml"));
    for name in ["xl/_rels/workbook.xml.rels", "[Content_Types].xml"] {
        assert!(!String::from_utf8(after[name].clone()).unwrap().contains("calcChain"), "{name}");
    }
    // Without new rows it stays.
    let few = Form { indicators: Vec::new(), ..form };
    assert!(parts(&fill(&template, &few).bytes).contains_key("xl/calcChain.xml"));
}

#[test]
fn a_formula_in_the_row_is_copied_and_shared_ones_are_written_out() {
    let (template, form) = narrow();
    let cell = |row: u32| format!("<c r=\"H{row}\" s=\"2\"/>");
    let shared = [
        (cell(13), "<c r=\"H13\" s=\"2\"><f t=\"shared\" ref=\"H13:H15\" si=\"0\">G13*$H$6</f><v></v></c>".to_owned()),
        (cell(14), "<c r=\"H14\" s=\"2\"><f t=\"shared\" si=\"0\"/><v></v></c>".to_owned()),
        (cell(15), "<c r=\"H15\" s=\"2\"><f t=\"shared\" si=\"0\"/><v></v></c>".to_owned()),
    ];
    let mut template = template;
    for (from, to) in &shared {
        template = edited(&template, &[("xl/worksheets/sheet1.xml", from, to)]);
    }
    let written = fill(&template, &form).bytes;
    let xml = part(&written, "xl/worksheets/sheet1.xml");
    for row in 13..20 {
        assert!(xml.contains(&format!("<f>G{row}*$H$6</f><v>14.8</v>")), "{row} in {xml}");
    }
    assert!(!xml.contains("shared"), "{xml}");
    assert_eq!(only(&written).form, form);
}

#[test]
fn groups_without_printed_names_are_filled_one_below_the_other() {
    let blank = jixiao_exporter::write_template(jixiao_exporter::Layout::named("mof-2020").unwrap(), None, 3).unwrap();
    let (_, form) = narrow();
    let record = only(&fill(&blank, &form).bytes);
    assert_eq!(record.form.indicators, form.indicators);
    assert_eq!(record.form.year, form.year);
}

#[test]
fn a_printed_name_takes_its_own_row() {
    let mut half = form();
    let blank = |row: &Indicator| Indicator { actual: Default::default(), score: None, deviation: None, ..row.clone() };
    half.indicators = half.indicators.iter().map(blank).collect();
    let template = fill(&template(super::bureau::GROUPS), &half).bytes;
    let mut form = form();
    form.indicators.reverse();
    let mut expected = form.clone();
    expected.indicators.reverse();
    assert_eq!(only(&fill(&template, &form).bytes).form, expected);
}

/// The archive with the first `from` in a part replaced.
pub(crate) fn edited(workbook: &[u8], changes: &[(&str, &str, &str)]) -> Vec<u8> {
    use std::io::Write;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts(workbook) {
        let mut bytes = bytes;
        for (_, from, to) in changes.iter().filter(|(part, ..)| *part == name) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{from} in {text}");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
