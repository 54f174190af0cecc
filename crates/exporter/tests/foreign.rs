//! Workbooks that other programs wrote, and workbooks that nobody should have.

#![expect(clippy::unwrap_used, reason = "a failure to build or read a workbook is a failed test")]

use std::io::{Cursor, Write};

use jixiao_exporter::{ImportError, read_workbook};
use jixiao_parser::Parsed;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip archive of the given parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// An .xlsx of one sheet; `more` holds further parts.
fn workbook(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>")
    };
    let root = format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml"));
    let parts = [
        relation("r1", "worksheet", "worksheets/sheet1.xml"),
        relation("r2", "styles", "styles.xml"),
        relation("r3", "sharedStrings", "/xl/sharedStrings.xml"),
    ];
    let relations = format!("<Relationships>{}</Relationships>", parts.concat());
    let book = format!(
        "<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='甲' sheetId='1' state='hidden' r:id='r1'/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns='{MAIN}'>{sheet}</worksheet>");
    let mut all = vec![
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", book.as_str()),
        ("xl/_rels/workbook.xml.rels", relations.as_str()),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    all.extend_from_slice(more);
    archive(&all)
}

fn read(sheet: &str, more: &[(&str, &str)]) -> Result<Parsed, ImportError> {
    read_workbook(&workbook(sheet, more))
}

/// Everything that was said about the workbook, quoted texts included.
fn remarks(parsed: &Parsed) -> String {
    parsed.diagnostics.iter().map(|diagnostic| format!("{} {}\n", diagnostic.code, diagnostic.message)).collect()
}

fn inline(address: &str, text: &str) -> String {
    format!("<c r='{address}' t='inlineStr'><is><t>{text}</t></is></c>")
}

#[test]
fn a_number_reads_as_it_is_displayed() {
    let styles = "<styleSheet><numFmts><numFmt numFmtId='200' formatCode='0.00%'/></numFmts>\
                  <cellStyleXfs><xf numFmtId='9'/></cellStyleXfs>\
                  <cellXfs><xf numFmtId='0'/><xf numFmtId='200'/><xf numFmtId='4'/><xf numFmtId='14'/></cellXfs></styleSheet>";
    let sheet = "<sheetData><row r='3'><c r='B3' s='1'><v>0.98119999999999996</v></c><c s='2'><v>1234.5</v></c>\
                 <c s='3'><v>45000</v></c><c><v>10</v></c><c t='b'><v>1</v></c></row></sheetData>";
    let said = remarks(&read(sheet, &[("xl/styles.xml", styles)]).unwrap());
    for shown in ["「98.12%」", "「1,234.50」", "「2023/3/15」", "「10」", "「TRUE」"] {
        assert!(said.contains(shown), "{shown} in {said}");
    }
    assert!(said.contains("hidden-sheet"), "{said}");
}

#[test]
fn rich_text_is_one_text_without_its_reading_hints() {
    let strings =
        "<sst><si><r><t>绩</t></r><r><t xml:space='preserve'>效 &amp; </t></r><rPh><t>jixiao</t></rPh></si></sst>";
    let sheet = "<sheetData><row><c t='s'><v>0</v></c></row></sheetData>";
    let said = remarks(&read(sheet, &[("xl/sharedStrings.xml", strings)]).unwrap());
    assert!(said.contains("「绩效 &") && !said.contains("jixiao"), "{said}");
}

#[test]
fn a_formula_without_value_and_an_error_are_remarked() {
    let sheet = "<sheetData><row r='7'><c r='C7'><f>A1/0</f></c><c r='D7' t='e'><f>1/0</f><v>#DIV/0!</v></c>\
                 <c r='E7' t='str'><f>\"\"</f><v></v></c></row></sheetData>";
    let parsed = read(sheet, &[]).unwrap();
    let codes: Vec<&str> = parsed.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["formula-without-value", "cell-error"]);
    assert!(remarks(&parsed).contains("「#DIV/0!」"));
}

#[test]
fn a_field_left_blank_by_a_formula_without_value_is_named() {
    let rows = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标", "数量指标", "疏浚沟渠长度", "≥5公里", "5公里", "60", "60"],
        ["", "质量指标", "沟渠验收合格率", "≥95%", "96%", "40", "=F3"],
        ["总分", "", "", "", "", "100", "=SUM(G2:G3)"],
    ];
    let cell = |text: &&str| match text.strip_prefix('=') {
        Some(formula) => format!("<c><f>{formula}</f><v/></c>"),
        None if text.is_empty() => "<c/>".to_owned(),
        None => format!("<c t='inlineStr'><is><t>{text}</t></is></c>"),
    };
    let title = "<row><c t='inlineStr'><is><t>项目支出绩效自评表</t></is></c></row>".to_owned();
    let rows = rows.iter().map(|row| format!("<row>{}</row>", row.iter().map(cell).collect::<String>()));
    let sheet = format!("<sheetData>{title}{}</sheetData>", rows.collect::<String>());
    let record = &read(&sheet, &[]).unwrap().records[0];
    let named = record.diagnostics.iter().filter(|remark| remark.code == "formula-without-value");
    let named: Vec<String> = named.filter_map(|remark| Some(remark.field?.to_string())).collect();
    assert_eq!(named, ["indicators[1].score", "total.score"]);
}

#[test]
fn a_claim_to_the_whole_sheet_costs_two_cells() {
    let cells = format!(
        "<dimension ref='A1:XFD1048576'/><sheetData><row r='1'>{}</row><row r='1048576'>{}</row></sheetData>",
        inline("A1", "首格"),
        inline("XFD1048576", "末格")
    );
    let said = remarks(&read(&cells, &[]).unwrap());
    assert!(said.contains("「首格」") && said.contains("「末格」"), "{said}");
}

#[test]
fn an_archive_without_end_is_refused() {
    let blanks = " ".repeat(80 << 20);
    assert!(matches!(read(&blanks, &[]), Err(ImportError::UnpacksTooLarge)));
}

#[test]
fn one_long_string_in_many_cells_is_refused() {
    let strings = format!("<sst uniqueCount='99999999999'><si><t>{}</t></si></sst>", "长".repeat(30_000));
    let sheet = format!("<sheetData>{}</sheetData>", "<row><c t='s'><v>0</v></c></row>".repeat(2_000));
    assert!(matches!(read(&sheet, &[("xl/sharedStrings.xml", &strings)]), Err(ImportError::TooMuchText)));
}

#[test]
fn merged_areas_without_end_are_refused() {
    let sheet = format!("<sheetData/><mergeCells>{}</mergeCells>", "<mergeCell ref='A1:B2'/>".repeat(200_001));
    assert!(matches!(read(&sheet, &[]), Err(ImportError::TooManyMergedAreas)));
}

#[test]
fn entities_of_the_document_are_not_expanded() {
    let strings = "<!DOCTYPE sst [<!ENTITY a 'aaaaaaaaaa'>]><sst><si><t>&a;&a;&#32489;</t></si></sst>";
    let sheet = "<sheetData><row><c t='s'><v>0</v></c></row></sheetData>";
    let said = remarks(&read(sheet, &[("xl/sharedStrings.xml", strings)]).unwrap());
    assert!(said.contains("「&a;&a;绩」"), "{said}");
}

#[test]
fn what_is_no_workbook_is_called_so() {
    for bytes in [b"".as_slice(), b"%PDF-1.7", b"<html></html>", "项目名称".as_bytes()] {
        assert!(matches!(read_workbook(bytes), Err(ImportError::NotAWorkbook)));
    }
    let document = archive(&[("word/document.xml", "<document/>")]);
    assert!(matches!(read_workbook(&document), Err(ImportError::NotAWorkbook)));
    let binary = archive(&[("xl/workbook.bin", "")]);
    assert!(matches!(read_workbook(&binary), Err(ImportError::BinaryWorkbook)));
}

#[test]
fn a_password_is_named_as_the_cause() {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let compound = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], [0; 504].as_slice(), name.as_slice()].concat();
    assert!(matches!(read_workbook(&compound), Err(ImportError::Encrypted)));
    let manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>";
    let ods = archive(&[("mimetype", ""), ("META-INF/manifest.xml", manifest), ("content.xml", "x")]);
    assert!(matches!(read_workbook(&ods), Err(ImportError::Encrypted)));
}

#[test]
fn a_workbook_cut_off_anywhere_is_an_error_and_no_panic() {
    let whole = workbook(&format!("<sheetData><row>{}</row></sheetData>", inline("A1", "项目名称")), &[]);
    assert!(read_workbook(&whole).is_ok());
    for length in 0..whole.len() {
        assert!(read_workbook(&whole[..length]).is_err(), "cut at {length}");
    }
    let compound = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    for length in 0..600 {
        let mut bytes = compound.to_vec();
        bytes.resize(compound.len() + length, 7);
        assert!(read_workbook(&bytes).is_err());
    }
}

#[test]
fn open_document_cells_read_as_displayed() {
    let content = "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x' xmlns:style='s'>\
        <office:automatic-styles><style:style style:name='ta1'><style:table-properties table:display='false'/></style:style></office:automatic-styles>\
        <table:table table:name='甲' table:style-name='ta1'>\
        <table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
        <table:table-row><table:table-cell office:value='0.9812'><text:p>98.12%</text:p></table:table-cell>\
        <table:table-cell table:number-columns-spanned='2'><office:annotation><text:p>批注</text:p></office:annotation>\
        <text:p>第一行</text:p><text:p>第<text:s text:c='2'/>二行</text:p></table:table-cell></table:table-row></table:table>\
        </office:document-content>";
    let ods = archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    let said = remarks(&read_workbook(&ods).unwrap());
    assert!(said.contains("「98.12%」") && said.contains("第  二行") && !said.contains("批注"), "{said}");
    assert!(said.contains("hidden-sheet"), "{said}");
}

#[test]
fn hidden_rows_and_columns_are_read_and_named() {
    let sheet = format!(
        "<cols><col min='1' max='1'/><col min='2' max='3' hidden='1'/><col min='9' max='16384' hidden='true'/></cols>\
         <sheetData><row r='1' hidden='1'>{}{}</row><row r='2' hidden='1'/></sheetData>",
        inline("A1", "首列"),
        inline("C1", "藏列")
    );
    let said = remarks(&read(&sheet, &[]).unwrap());
    assert!(said.contains("「藏列」"), "{said}");
    assert!(said.contains("hidden-row 第 1 行"), "{said}");
    assert!(said.contains("hidden-column 第 B 至 C 列"), "{said}");
    assert_eq!(said.matches("hidden-column").count(), 1, "{said}");
}

#[test]
fn hidden_rows_and_columns_of_open_document_sheets_are_named() {
    let content = "<office:document-content xmlns:office='o' xmlns:table='t' xmlns:text='x'><table:table table:name='甲'>\
        <table:table-column/><table:table-column table:number-columns-repeated='2' table:visibility='collapse'/>\
        <table:table-row table:number-rows-repeated='2' table:visibility='filter'>\
        <table:table-cell><text:p>首列</text:p></table:table-cell><table:table-cell/>\
        <table:table-cell><text:p>藏列</text:p></table:table-cell></table:table-row></table:table></office:document-content>";
    let ods = archive(&[("mimetype", ""), ("content.xml", content)]);
    let said = remarks(&read_workbook(&ods).unwrap());
    assert!(said.contains("hidden-row 第 1 至 2 行") && said.contains("hidden-column 第 B 至 C 列"), "{said}");
}

#[test]
fn a_great_many_hidden_rows_take_no_time() {
    let rows = "<row hidden='1'><c t='s'><v>0</v></c></row>".repeat(140_000);
    let parsed =
        read(&format!("<sheetData>{rows}</sheetData>"), &[("xl/sharedStrings.xml", "<sst><si><t>甲</t></si></sst>")]);
    let said = remarks(&parsed.unwrap());
    assert!(said.contains("第 1 至 140000 行"), "{}", said.chars().take(200).collect::<String>());
}

#[test]
fn an_archive_with_broken_parts_is_an_error() {
    for part in ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"] {
        let mut parts = [
            (
                "_rels/.rels",
                format!(
                    "<Relationships><Relationship Id='r1' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='甲' sheetId='1' r:id='r1'/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships><Relationship Id='r1' Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", "<worksheet/>".to_owned()),
        ];
        let broken = parts.iter_mut().find(|(name, _)| *name == part).unwrap();
        broken.1 = "<a><b></a".to_owned();
        let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert!(matches!(read_workbook(&archive(&parts)), Err(ImportError::Damaged(_))), "{part}");
    }
}

#[test]
fn elements_without_end_are_refused() {
    let sheet = format!("<sheetData>{}", "<a>".repeat(1_000_000));
    assert!(matches!(read(&sheet, &[]), Err(ImportError::Damaged(_))));
}
