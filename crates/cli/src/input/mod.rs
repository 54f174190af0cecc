//! From an input on the command line to the forms in it.

mod collect;
mod json;
mod kind;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use jixiao_core::{Diagnostic, FormRecord, Severity};
use jixiao_parser::codes::Code;
use jixiao_parser::document::Document;
use jixiao_sources::SourceError;

pub(crate) use self::collect::{Input, collect};
use self::kind::{Kind, TextKind};
use crate::journal::Stamp;
use crate::messages::{Problem, show, unreadable};
use crate::size;
use crate::source::Source;

/// What one input held.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// The input as given.
    pub(crate) path: PathBuf,
    /// What the file was like before it was read; `None` for what is no file, or could not be read whole.
    pub(crate) stamp: Option<Stamp>,
    /// Its text, for showing lines; `None` for workbooks and JSON.
    pub(crate) source: Option<Source>,
    /// The forms.
    pub(crate) records: Vec<FormRecord>,
    /// What the reader says about the input outside of any form.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// What could not be read.
    pub(crate) problems: Vec<Problem>,
    /// Why an input found in a folder was left alone.
    pub(crate) skipped: Option<Skipped>,
}

/// Why an input found in a folder was left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Skipped {
    /// It may hold a form, in a format that is not read yet.
    Unreadable(Problem),
    /// It is no document.
    Other,
}

/// Reads one input of at most `max_bytes`. Whatever fails is in the result, so that one bad file never stops a batch.
pub(crate) fn load(input: &Input, max_bytes: u64) -> Loaded {
    let stamp = Stamp::of(&input.path);
    let loaded = match read_bytes(&input.path, max_bytes) {
        Ok(bytes) => interpret(input, &bytes),
        Err(problem) => failed(problem),
    };
    Loaded { path: input.path.clone(), stamp: stamp.filter(|_| loaded.problems.is_empty()), ..loaded }
}

fn failed(problem: Problem) -> Loaded {
    Loaded { problems: vec![problem], ..Loaded::default() }
}

/// Most bytes that a file is given room for because it says that it has so many; a larger one gets more as it is read.
const MOST_ROOM: usize = 1024 * 1024;

/// The bytes of a file of at most `max_bytes`.
pub(crate) fn read_bytes(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Problem> {
    let limited = |source: &mut dyn Read, size: usize| -> io::Result<Vec<u8>> {
        // Room for one byte more than there should be: the end of the file is seen without asking for more room.
        let mut bytes = Vec::with_capacity(size + 1);
        source.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let bytes = if path == Path::new("-") {
        limited(&mut io::stdin().lock(), 0)
    } else {
        File::open(path).and_then(|mut file| {
            let size = file.metadata().map_or(0, |about| about.len());
            limited(&mut file, usize::try_from(size).unwrap_or(0).min(MOST_ROOM))
        })
    };
    let bytes = bytes.map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > max_bytes {
        return Err(Problem::new(format!("「{}」太大，没有读取", show(path)))
            .cause(format!("超过 {} 的上限", size::words(max_bytes)))
            .hint("请把文件拆开后再读；确需读取时用 --max-file-size 放宽上限"));
    }
    Ok(bytes)
}

fn interpret(input: &Input, bytes: &[u8]) -> Loaded {
    let path = &input.path;
    let unread = |what: &str, cause: &str, hint: &str| {
        let problem = Problem::new(format!("「{}」{what}", show(path)));
        let problem = if cause.is_empty() { problem } else { problem.cause(cause) };
        if hint.is_empty() { problem } else { problem.hint(hint) }
    };
    match kind::detect(bytes) {
        Kind::Workbook => workbook(path, bytes),
        Kind::Text => text(input, bytes),
        Kind::Empty => failed(unread("是空文件", "", "请检查文件是否下载或复制完整")),
        Kind::Encrypted => failed(unread("有密码保护，无法读取", "", "请用 Excel 或 WPS 去掉打开密码后重试")),
        Kind::Pdf => document(path, jixiao_sources::read_pdf(bytes)),
        Kind::Word => document(path, jixiao_sources::read_docx(bytes)),
        Kind::OldWord => {
            unsupported(input, "是 .doc、.wps、.odt 或 .rtf 格式的文档", "请用 Word 或 WPS 打开后另存为 .docx")
        }
        Kind::Ofd => unsupported(input, "是 OFD 文档", "请用 OFD 阅读器或 WPS 打开后导出为 PDF 或 .docx"),
        Kind::Picture => unsupported(input, "是图片", "请先用文字识别（OCR）软件转成文本或 Excel 工作簿"),
        Kind::Binary if input.named => failed(unread("不是文本，也不是 Excel 工作簿", "内容是二进制数据", "")),
        Kind::Binary => Loaded { skipped: Some(Skipped::Other), ..Loaded::default() },
    }
}

/// A format that may hold a form but cannot be read: an error where the user named the file, a remark where it was
/// found in a folder.
fn unsupported(input: &Input, what: &str, hint: &str) -> Loaded {
    let problem = Problem::new(format!("「{}」{what}，目前不能直接读取", show(&input.path))).hint(hint);
    if input.named {
        failed(problem)
    } else {
        Loaded { skipped: Some(Skipped::Unreadable(problem)), ..Loaded::default() }
    }
}

fn workbook(path: &Path, bytes: &[u8]) -> Loaded {
    match jixiao_exporter::read_workbook(bytes) {
        Ok(parsed) => with_forms(path, parsed.records, parsed.diagnostics),
        Err(error) => failed(Problem::new(format!("无法读取工作簿「{}」", show(path))).caused_by(&error)),
    }
}

fn document(path: &Path, read: Result<Document, SourceError>) -> Loaded {
    match read {
        Ok(document) => {
            let parsed = jixiao_parser::document::read(&document);
            with_forms(path, parsed.records, parsed.diagnostics)
        }
        Err(error) => failed(Problem::new(format!("无法读取「{}」", show(path))).caused_by(&error)),
    }
}

fn text(input: &Input, bytes: &[u8]) -> Loaded {
    let path = &input.path;
    let decoded = jixiao_parser::decode(bytes);
    match kind::detect_text(&decoded.text) {
        TextKind::Blank => failed(Problem::new(format!("「{}」里只有空白", show(path)))),
        TextKind::Html => document(path, jixiao_sources::read_html(bytes)),
        TextKind::Json => {
            let (records, problems) = json::read(&decoded.text, path);
            Loaded { records, problems, diagnostics: decoded.diagnostics, ..Loaded::default() }
        }
        TextKind::Plain => {
            let parsed = jixiao_parser::parse(&decoded.text);
            let diagnostics = [decoded.diagnostics, parsed.diagnostics].concat();
            let loaded = with_forms(path, parsed.records, diagnostics);
            Loaded { source: Some(Source::new(decoded.text)), ..loaded }
        }
    }
}

fn with_forms(path: &Path, mut records: Vec<FormRecord>, mut diagnostics: Vec<Diagnostic>) -> Loaded {
    for record in &mut records {
        record.path = path.to_string_lossy().into_owned();
    }
    // An error of the reader means that a part of the input was not read at all.
    let unread = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    let unread = unread.filter(|diagnostic| diagnostic.code != Code::NoForm.name());
    let mut problems: Vec<Problem> = unread.map(|diagnostic| not_read_whole(path, diagnostic)).collect();
    diagnostics.retain(|diagnostic| diagnostic.severity != Severity::Error);
    if records.is_empty() {
        // The whole input lies outside of any form; one message says it all.
        diagnostics.retain(|diagnostic| diagnostic.code == Code::UndecodableBytes.name());
        problems.push(no_form(path));
    }
    Loaded { records, diagnostics, problems, ..Loaded::default() }
}

fn not_read_whole(path: &Path, diagnostic: &Diagnostic) -> Problem {
    let place = diagnostic.span.as_ref().map(|place| format!("{place}：")).unwrap_or_default();
    Problem::new(format!("「{}」没有读完", show(path))).cause(format!("{place}{}", diagnostic.message))
}

fn no_form(path: &Path) -> Problem {
    Problem::new(format!("「{}」里没有找到自评表", show(path)))
        .cause("没有「项目名称」「年度资金总额」「三级指标」等构成自评表的栏目")
        .hint("请确认文件是项目支出绩效自评表，并且内容完整、不是扫描图片")
}
