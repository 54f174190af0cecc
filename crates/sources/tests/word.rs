//! Word documents put together from their markup.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use std::io::{Cursor, Write};

use jixiao_sources::{SourceError, read_docx};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";

/// A .docx with the parts given by name.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn part(element: &str, content: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{element} {NAMES}>{content}</w:{element}>")
}

fn docx(body: &str) -> Vec<u8> {
    package(&[("word/document.xml", &part("document", &format!("<w:body>{body}</w:body>")))])
}

/// What is read of a body, as the common tests show it.
fn shown(body: &str) -> String {
    common::shown(&read_docx(&docx(body)).unwrap())
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

#[test]
fn merged_cells_span_rows_and_columns() {
    let rows = [
        [tc("<w:gridSpan w:val=\"2\"/>", &p("总分")), tc("<w:vMerge w:val=\"restart\"/>", &p("甲"))].concat(),
        [tc("", &p("乙")), tc("", &p("丙")), tc("<w:vMerge/>", "<w:p/>")].concat(),
        ["<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>".to_owned(), tc("", &p("丁")), tc("<w:vMerge/>", &p("遮"))]
            .concat(),
    ];
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{cells}</w:tr>")).collect();
    insta::assert_snapshot!(shown(&format!("{}<w:tbl>{rows}</w:tbl>{}", p("上"), p("下"))));
}

#[test]
fn cells_merged_side_by_side_the_old_way_are_one() {
    let first = tc("<w:hMerge w:val=\"restart\"/>", &p("项目名称")) + &tc("<w:hMerge/>", "<w:p/>");
    let rows = [first + &tc("", &p("甲")), tc("", &p("乙")) + &tc("", &p("丙")) + &tc("", &p("丁"))];
    let rows: String = rows.iter().map(|cells| format!("<w:tr>{cells}</w:tr>")).collect();
    let shown = shown(&format!("<w:tbl>{rows}</w:tbl>"));
    assert!(shown.contains("0+1 0+2 \"项目名称\"") && shown.contains("0+1 2+1 \"甲\""), "{shown}");
}

#[test]
fn hidden_text_is_not_read() {
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = format!(
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{}{}{}</w:p>",
        run("", "看得见"),
        run("<w:vanish/>", "看不见"),
        run("<w:vanish w:val=\"0\"/>", "也看得见")
    );
    assert!(shown(&body).starts_with("\"看得见也看得见\""), "{}", shown(&body));
}

#[test]
fn tracked_changes_are_accepted() {
    let body = "<w:p><w:r><w:t>十二</w:t></w:r><w:del><w:r><w:delText>十</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>个</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前</w:t></w:r></w:p><w:p><w:r><w:t>后</w:t></w:r></w:p>\
        <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>删</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>留</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    insta::assert_snapshot!(shown(body), @r#"
    "十二个" @ 第1段
    "前后" @ 第2段
    table
      0+1 0+1 "留" @ 表1 第1行 第1列
    "#);
}

#[test]
fn text_boxes_stand_after_their_paragraph_and_count_once() {
    let text = p("框");
    let body = format!(
        "<w:p><w:r><w:t>段</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{text}\
         </w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{text}</w:txbxContent></w:pict>\
         </mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>尾</w:t></w:r></w:p>"
    );
    insta::assert_snapshot!(shown(&body), @r#"
    "段尾" @ 第1段
    "框" @ 第2段
    "#);
}

#[test]
fn breaks_tabs_marks_and_fields_are_read() {
    let body = "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/>\
        <w:t xml:space=\"preserve\"> 丙</w:t><w:sym w:font=\"Wingdings 2\" w:char=\"F052\"/></w:r>\
        <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>";
    insta::assert_snapshot!(shown(body), @r#"
    "甲" @ 第1段
    "乙\t 丙☑" @ 第2段
    "#);
}

#[test]
fn a_table_in_a_cell_divides_it() {
    let inner = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p/>",
        tc("", &p("一")),
        tc("", &p("二")),
        tc("", &p("三")),
        tc("", &p("四"))
    );
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let first = row(&[tc("", &p("名称")), tc("", &p("书架"))]);
    let second = row(&[tc("", &p("单位")), tc("", &p("某馆"))]);
    let third = row(&[tc("", &p("指标")), tc("", &inner)]);
    insta::assert_snapshot!(shown(&format!("<w:tbl>{first}{second}{third}</w:tbl>")), @r#"
    table
      0+1 0+1 "名称" @ 表1 第1行 第1列
      0+1 1+2 "书架" @ 表1 第1行 第2列
      1+1 0+1 "单位" @ 表1 第2行 第1列
      1+1 1+2 "某馆" @ 表1 第2行 第2列
      2+2 0+1 "指标" @ 表1 第3行 第1列
      2+1 1+1 "一" @ 表2 第1行 第1列
      2+1 2+1 "二" @ 表2 第1行 第2列
      3+1 1+1 "三" @ 表2 第2行 第1列
      3+1 2+1 "四" @ 表2 第2行 第2列
    "#);
}

#[test]
fn headers_and_notes_are_kept_apart() {
    let main = part("document", &format!("<w:body>{}</w:body>", p("正文")));
    let header = part("hdr", &p("某县财政局"));
    let bytes = package(&[("word/document.xml", &main), ("word/header1.xml", &header)]);
    insta::assert_snapshot!(common::shown(&read_docx(&bytes).unwrap()), @r#"
    "正文" @ 第1段
    page-furniture: 页眉：「某县财政局」
    "#);
}

#[test]
fn tables_without_end_are_read_as_text_at_some_depth() {
    let depth = 3_000;
    let open = "<w:tbl><w:tr><w:tc>".repeat(depth);
    let close = "</w:tc></w:tr></w:tbl>".repeat(depth);
    let document = read_docx(&docx(&format!("{open}{}{close}", p("底")))).unwrap();
    assert!(common::shown(&document).contains("底"));
}

#[test]
fn what_is_no_word_document_is_refused() {
    let missing = read_docx(&package(&[("word/other.xml", "<a/>")]));
    assert_eq!(missing, Err(SourceError::NotADocx));
    let torn = docx(&p("正文"));
    assert!(matches!(read_docx(&torn[..torn.len() / 2]), Err(SourceError::DamagedDocx(_))));
    let crossed = package(&[("word/document.xml", "<a><b></a>")]);
    assert!(matches!(read_docx(&crossed), Err(SourceError::DamagedDocx(_))));
    let huge = package(&[("word/document.xml", &part("document", &p(&"长".repeat(23 << 20))))]);
    assert_eq!(read_docx(&huge), Err(SourceError::UnpacksTooLarge));
}
