//! Inputs that cannot be read: named with file and cause, and never in the way of the others.

use insta::assert_snapshot;

use crate::world::{LAMPS, World};

#[test]
fn a_missing_file() {
    assert_snapshot!(World::new().run(&["parse", "没有.txt"]), @r"
    status: 2
    --- stdout
    []
    --- stderr
    错误：无法读取「没有.txt」
      原因：文件或文件夹不存在
      提示：请检查路径是否写对；含空格的路径要加引号
    ");
}

#[test]
fn an_empty_file() {
    assert_snapshot!(World::new().file("空.txt", "").run(&["parse", "空.txt"]), @r"
    status: 2
    --- stdout
    []
    --- stderr
    错误：「空.txt」是空文件
      提示：请检查文件是否下载或复制完整
    ");
}

#[test]
fn blanks_only() {
    assert_snapshot!(World::new().file("空.txt", " \n\u{3000}\r\n").run(&["parse", "空.txt"]), @r"
    status: 2
    --- stdout
    []
    --- stderr
    错误：「空.txt」里只有空白
    ");
}

#[test]
fn text_without_a_form() {
    let world = World::new().file("信.txt", "各位同事：\n  今天下午三点开会。\n");
    assert_snapshot!(world.run(&["parse", "信.txt"]), @r"
    status: 2
    --- stdout
    []
    --- stderr
    错误：「信.txt」里没有找到自评表
      原因：没有「项目名称」「年度资金总额」「三级指标」等构成自评表的栏目
      提示：请确认文件是项目支出绩效自评表，并且内容完整、不是扫描图片
    ");
}

#[test]
fn a_binary() {
    let noise: Vec<u8> = (0..=255).cycle().take(4096).collect();
    assert_snapshot!(World::new().file("噪声.txt", noise).run(&["parse", "噪声.txt"]), @r"
    status: 2
    --- stdout
    []
    --- stderr
    错误：「噪声.txt」不是文本，也不是 Excel 工作簿
      原因：内容是二进制数据
    ");
}

#[test]
fn formats_that_are_not_read_say_what_to_do() {
    let ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    let word: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let world = World::new()
        .file("表.doc", [ole.as_slice(), &word].concat())
        .file("表.ofd", "PK\u{3}\u{4}....OFD.xml")
        .file("表.png", b"\x89PNG\r\n\x1a\n....");
    assert_snapshot!(world.run(&["parse", "表.doc", "表.ofd", "表.png"]), @r"
    status: 2
    --- stdout
    []
    --- stderr
    错误：「表.doc」是 .doc、.wps、.odt 或 .rtf 格式的文档，目前不能直接读取
      提示：请用 Word 或 WPS 打开后另存为 .docx
    错误：「表.ofd」是 OFD 文档，目前不能直接读取
      提示：请用 OFD 阅读器或 WPS 打开后导出为 PDF 或 .docx
    错误：「表.png」是图片，目前不能直接读取
      提示：请先用文字识别（OCR）软件转成文本或 Excel 工作簿
    ");
}

#[test]
fn damaged_documents_say_what_to_do() {
    let world = World::new()
        .file("表.pdf", "%PDF-1.7\n")
        .file("表.docx", "PK\u{3}\u{4}....word/document.xml")
        .file("表.html", "<!DOCTYPE html><html></html>");
    let run = world.run(&["parse", "表.pdf", "表.docx", "表.html"]);
    assert_eq!(run.status, 2, "{run}");
    for message in [
        "「表.pdf」\n  原因：PDF 已损坏或不完整",
        "「表.docx」\n  原因：Word 文档已损坏或不完整",
        "「表.html」里没有找到自评表",
    ] {
        assert!(run.stderr.contains(message), "{message}: {run}");
    }
}

#[test]
fn one_repeated_character() {
    for character in ["a", "表", "0", "|", "[", "{", "-"] {
        let world = World::new().file("长.txt", character.repeat(1024 * 1024 / character.len()));
        let run = world.run(&["parse", "长.txt"]);
        assert_eq!(run.status, 2, "{character}");
        assert!(run.stderr.contains("长.txt"), "{character}: {}", run.stderr);
        assert!(run.stderr.len() < 4096, "{character}: {} bytes of messages", run.stderr.len());
    }
}

#[test]
fn json_that_holds_no_form_is_never_a_blank_form() {
    for json in ["[[]]", "[{}]", "[[[]]]", "3"] {
        let world = World::new().file("空.json", json);
        let run = world.run(&["parse", "空.json"]);
        assert_eq!(run.status, 2, "{json}: {run}");
        assert_eq!(run.stdout.trim(), "[]", "{json}: {run}");
    }
}

#[test]
fn json_errors_name_line_and_key() {
    let wrong_key = LAMPS.replace("\"unit\": \"路灯管理所\"", "\"unit_name\": \"路灯管理所\"");
    let number = LAMPS.replace("\"executed\": \"380.00\"", "\"executed\": 380.00");
    let world = World::new()
        .file("键.json", wrong_key)
        .file("数.json", number)
        .file("断.json", &LAMPS[..LAMPS.len() / 2])
        .file("别的.json", r#"[{"name": "jixiao"}]"#)
        .file("无.json", "[]");
    assert_snapshot!(world.run(&["check", "键.json", "数.json", "断.json", "别的.json", "无.json"]), @r#"
    status: 2
    --- stdout
    --- stderr
    错误：「键.json」第6行（键 unit_name）的 JSON 读不成自评表
      原因：不认识的键「unit_name」
      提示：格式应与 jixiao parse --format json 的输出相同
    错误：「数.json」第10行（键 funds.rows[0].executed）的 JSON 读不成自评表
      原因：金额、分值等数要写成字符串，如 "12.50"
      提示：格式应与 jixiao parse --format json 的输出相同
    错误：「断.json」第15行的 JSON 读不成自评表
      原因：JSON 不完整：内容到这里就断了
      提示：格式应与 jixiao parse --format json 的输出相同
    错误：「别的.json」第1行（键 name）的 JSON 读不成自评表
      原因：不认识的键「name」
      提示：格式应与 jixiao parse --format json 的输出相同
    错误：「无.json」里没有自评表
      原因：JSON 数组是空的
    "#);
}

#[test]
fn a_bad_line_of_ndjson_does_not_hide_the_good_ones() {
    let line = LAMPS.replace('\n', "");
    let world = World::new().file("表.ndjson", format!("{line}\n{{\"title\": 5}}\n{line}\n"));
    let run = world.run(&["parse", "表.ndjson", "--format", "ndjson"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout.lines().count(), 2);
    assert_snapshot!(run.stderr, @r"
    错误：「表.ndjson」第2行（键 title）的 JSON 读不成自评表
      原因：值不合格式（invalid type: integer `5`, expected a string）
      提示：格式应与 jixiao parse --format json 的输出相同
    ");
}

#[test]
fn a_good_file_among_bad_ones_is_read() {
    let world = World::new().file("好.json", LAMPS).file("空.txt", "");
    let run = world.run(&["parse", "没有.txt", "好.json", "空.txt", "--format", "ndjson"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout.lines().count(), 1);
    assert!(run.stderr.contains("没有.txt") && run.stderr.contains("空.txt"), "{run}");
}
