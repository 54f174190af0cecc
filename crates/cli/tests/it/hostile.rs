//! Workbooks that nobody should have: a clear message, exit status 2, and bounded memory.

use std::io::{Cursor, Write};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use insta::assert_snapshot;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::world::World;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The head of a table of indicators.
const HEAD: [&str; 7] = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"];

/// An .xlsx of one sheet and one shared string.
fn workbook(rows: &str, string: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{OFFICE}/{kind}' Target='{target}'/>")
    };
    let parts = [
        (
            "_rels/.rels",
            format!("<Relationships>{}</Relationships>", relation("r1", "officeDocument", "xl/workbook.xml")),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships>{}{}</Relationships>",
                relation("r1", "worksheet", "sheet1.xml"),
                relation("r2", "sharedStrings", "strings.xml")
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='甲' r:id='r1'/></sheets></workbook>"
            ),
        ),
        ("xl/sheet1.xml", format!("<worksheet xmlns='{MAIN}'><sheetData>{rows}</sheetData></worksheet>")),
        ("xl/strings.xml", format!("<sst><si><t>{string}</t></si></sst>")),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Rows of a form: its title, name, head, and `count` rows of indicators that all print the shared string.
fn rows(count: usize) -> String {
    let row = |texts: &[&str]| {
        let cells = texts.iter().map(|text| format!("<c t='inlineStr'><is><t>{text}</t></is></c>"));
        format!("<row>{}</row>", cells.collect::<String>())
    };
    let indicator = format!("<row>{}</row>", "<c t='s'><v>0</v></c>".repeat(HEAD.len()));
    row(&["项目支出绩效自评表"]) + &row(&["项目名称", "路灯"]) + &row(&HEAD) + &indicator.repeat(count)
}

#[test]
fn a_bomb_is_refused() {
    let world = World::new().file("炸弹.xlsx", workbook(&" ".repeat(70 << 20), ""));
    assert_snapshot!(world.run(&["parse", "炸弹.xlsx"]), @r"
    status: 2
    --- stdout
    []
    --- stderr
    错误：无法读取工作簿「炸弹.xlsx」
      原因：工作簿解压后超过 64 MB，疑似异常文件，未予读取；请删去图片和无关工作表后另存
    ");
}

#[test]
fn too_many_cells_and_too_much_text_are_refused() {
    let world = World::new()
        .file("格.xlsx", workbook(&rows(22_000), "甲"))
        .file("字.xlsx", workbook(&rows(100), &"长".repeat(30_000)));
    assert_snapshot!(world.run(&["check", "--jobs", "1", "格.xlsx", "字.xlsx"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：无法读取工作簿「格.xlsx」
      原因：工作簿中有内容的单元格超过 150000 个，未予读取；请分成几个工作簿，或只保留自评表所在的工作表后另存
    错误：无法读取工作簿「字.xlsx」
      原因：工作簿中的文字超过 32 MB，未予读取；请只保留自评表所在的工作表后另存
    ");
}

/// The largest workbooks that are read at all stay within 256 MiB, results included. The system counts stacks of
/// threads as well as the heap.
#[test]
#[cfg(target_os = "linux")]
fn what_is_read_takes_bounded_memory() {
    let world = World::new()
        .file("格.xlsx", workbook(&rows(21_300), "甲"))
        .file("字.xlsx", workbook(&rows(52), &"长".repeat(29_000)));
    for name in ["格.xlsx", "字.xlsx"] {
        let program = cargo_bin("jixiao");
        let run = format!("ulimit -d {}; exec \"$0\" parse --jobs 1 -o out.json {name}", 256 << 10);
        let output = Command::new("sh").args(["-c", &run]).arg(program).current_dir(world.path("")).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
