//! PDF, Word and HTML files that nobody should have: a message that says what to do, exit status 2, bounded memory, and
//! an end.

use std::io::{Cursor, Write};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::World;

const CATALOG: &[u8] = b"<</Type/Catalog/Pages 2 0 R>>";
const PAGES: &[u8] = b"<</Type/Pages/Count 1/Kids[3 0 R]>>";
const FONT: &[u8] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";

/// A PDF of these objects, the first of which is its catalog. Readers repair the missing table of references.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for (number, object) in (1..).zip(objects) {
        bytes.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    bytes.extend_from_slice(b"trailer<</Root 1 0 R>>\n%%EOF\n");
    bytes
}

/// The stream of `content`, packed, with further keys.
fn stream(content: &[u8], keys: &str) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(content).unwrap();
    let packed = packed.finish().unwrap();
    let head = format!("<</Filter/FlateDecode/Length {}{keys}>>stream\n", packed.len());
    [head.as_bytes(), &packed, b"\nendstream"].concat()
}

/// A PDF of one page with these instructions; object 5 is `further`.
fn page(contents: &str, instructions: &[u8], further: Vec<u8>) -> Vec<u8> {
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {contents}/Resources<</XObject<</X 5 0 R>>\
         /Font<</F 5 0 R>>/ExtGState<</G 5 0 R>>>>>>"
    );
    pdf(&[CATALOG.to_vec(), PAGES.to_vec(), page.into_bytes(), stream(instructions, ""), further])
}

/// A form that draws itself, or the one drawn within it, three times.
fn nested_forms() -> Vec<u8> {
    let form = |next: usize| {
        let keys = format!("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X {next} 0 R>>>>");
        stream(&b"/X Do ".repeat(3), &keys)
    };
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>";
    let head = [CATALOG.to_vec(), PAGES.to_vec(), page.to_vec(), stream(b"/X Do", "")];
    let forms = (0..60).map(|number| form(if number == 59 { 5 } else { 6 + number }));
    pdf(&head.into_iter().chain(forms).collect::<Vec<_>>())
}

/// A .docx with this body.
fn word(body: &str) -> Vec<u8> {
    let text = format!(
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body>{body}</w:body>\
         </w:document>"
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn cell(text: &str, properties: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
}

fn table(row: &str, rows: usize) -> String {
    format!("<w:tbl>{}</w:tbl>", format!("<w:tr>{row}</w:tr>").repeat(rows))
}

/// Reads `bytes` as the file `name` within 256 MiB; what is printed to the standard error.
#[track_caller]
fn refused(name: &str, bytes: Vec<u8>) -> String {
    let world = World::new().file(name, bytes);
    let limit = if cfg!(target_os = "linux") { format!("ulimit -d {}; ", 256 << 10) } else { String::new() };
    let run = format!("{limit}exec \"$0\" parse --jobs 1 -o out.json {name}");
    let program = cargo_bin("jixiao");
    let output = Command::new("sh").args(["-c", &run]).arg(program).current_dir(world.path("")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{name}: {said}");
    said
}

#[track_caller]
fn assert_refused(name: &str, bytes: Vec<u8>, cause: &str) {
    let said = refused(name, bytes);
    assert!(said.contains(cause), "{name}: {said}");
}

const UNPACKS: &str =
    "解压后过大（一处超过 12 MB，或合计超过 96 MB），疑似异常文件，未予读取；请用阅读器打开后另存（打印）";
const BLANK: &str = "每一页都是空白的；请重新获取该文件";

#[test]
fn streams_that_unpack_without_end_are_refused() {
    assert_refused("流.pdf", page("4 0 R", &b"q Q ".repeat(4 << 20), FONT.to_vec()), UNPACKS);
    let many = format!("[{}]", "4 0 R ".repeat(1_000));
    assert_refused("重复.pdf", page(&many, &b"0 0 m 1 1 l n ".repeat(400_000), FONT.to_vec()), UNPACKS);
}

#[test]
fn instructions_that_draw_nothing_end() {
    let state = || b"<</Type/ExtGState/LW 1>>".to_vec();
    assert_refused("状态.pdf", page("4 0 R", &b"/G gs ".repeat(1 << 20), state()), BLANK);
    assert_refused(
        "路径.pdf",
        page("4 0 R", &[b"0 0 m ", b"1 1 l ".repeat(1 << 20).as_slice(), b"n"].concat(), state()),
        BLANK,
    );
    assert_refused("嵌套.pdf", nested_forms(), "秒内没有读完，疑似异常文件；请用阅读器打开后另存（打印）为 PDF 再读");
}

#[test]
fn a_million_lines_and_glyphs_end() {
    let line = |x: usize| format!("{} 0 m {} 9 l S\n", x % 595, x % 595);
    let lines: String = (0..500_000).map(line).collect();
    assert_refused("线.pdf", page("4 0 R", lines.as_bytes(), FONT.to_vec()), BLANK);
    let words: String =
        (0..100_000).map(|x| format!("1 0 0 1 {} {} Tm (a) Tj\n", x * 37 % 595, x * 91 % 842)).collect();
    let words = format!("BT /F 9 Tf {words} ET");
    refused("字.pdf", page("4 0 R", words.as_bytes(), FONT.to_vec()));
    let text = format!("BT /F 9 Tf 1 0 0 1 9 9 Tm ({}) Tj ET", "abcdefgh ".repeat(200_000));
    refused("长.pdf", page("4 0 R", text.as_bytes(), FONT.to_vec()));
}

#[test]
fn loops_and_depth_end() {
    let kids = b"<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>".to_vec();
    assert_refused("环.pdf", pdf(&[CATALOG.to_vec(), kids]), "PDF 已损坏或不完整，无法读取；请重新获取该文件");
    let deep = page("[4 0 R]", &b"[".repeat(4 << 20), b"<</A".repeat(1 << 20));
    refused("深.pdf", deep);
    let objects = [vec![CATALOG.to_vec(), PAGES.to_vec()], vec![b"null".to_vec(); 600_000]].concat();
    assert_refused("多.pdf", pdf(&objects), "内部对象超过 500000 个，疑似异常文件，未予读取；请用阅读器打开后另存");
}

#[test]
fn hostile_word_files_are_refused() {
    assert_refused("炸弹.docx", word(&" ".repeat(70 << 20)), "Word 文档解压后超过 64 MB，疑似异常文件");
    assert_refused("格.docx", word(&table(&cell("一", "").repeat(10), 100_000)), "单元格超过 150000 个");
    let wide = cell("一", "<w:gridSpan w:val='1000000000'/>");
    assert_refused("跨.docx", word(&table(&wide.repeat(8), 1_000)), "请只保留自评表所在的部分后另存");
    let deep = "<w:tbl><w:tr><w:tc>".repeat(100_000) + &"</w:tc></w:tr></w:tbl>".repeat(100_000);
    assert_refused("深.docx", word(&deep), "里没有找到自评表");
    assert_refused(
        "字.docx",
        word(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "长".repeat(4 << 20))),
        "文字超过 8 MB",
    );
    assert_refused("行.docx", word(&"<w:p><w:r><w:t>行</w:t></w:r></w:p>".repeat(300_000)), "200000 行");
}

#[test]
fn the_largest_word_file_that_is_read_takes_bounded_memory() {
    refused("满.docx", word(&table(&cell("一", "").repeat(10), 14_900)));
}

#[test]
fn hostile_pages_are_refused() {
    let spans = "<tr><td rowspan=65534 colspan=1000>项目名称".repeat(20_000);
    assert_refused("跨.html", format!("<table>{spans}").into_bytes(), "请只保留自评表所在的部分后另存");
    assert_refused(
        "深.html",
        "<table><tr><td>".repeat(100_000).into_bytes(),
        "请用浏览器打开后把表格复制到 Excel 工作簿",
    );
}
