//! What goes wrong, in words for people: the error, its causes, and what to do about it.

use std::fmt;
use std::io;
use std::path::Path;

/// The name by which messages call the standard input.
const STDIN: &str = "标准输入";

/// Something that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    what: String,
    causes: Vec<String>,
    hints: Vec<String>,
}

impl Problem {
    /// One sentence that stands alone and names the file, where there is one.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), causes: Vec::new(), hints: Vec::new() }
    }

    /// Adds a cause, nearest first.
    pub(crate) fn cause(mut self, cause: impl fmt::Display) -> Self {
        self.causes.push(cause.to_string());
        self
    }

    /// Adds an error of a library and everything behind it as causes.
    pub(crate) fn caused_by(mut self, error: &(dyn std::error::Error + 'static)) -> Self {
        let mut next = Some(error);
        while let Some(error) = next {
            let text = describe(error);
            if self.causes.last() != Some(&text) {
                self.causes.push(text);
            }
            next = error.source();
        }
        self
    }

    /// Adds what the reader can do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// The sentence.
    pub(crate) fn what(&self) -> &str {
        &self.what
    }

    /// Causes and hints, one a line, each behind its word.
    pub(crate) fn details(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let causes = self.causes.iter().map(|cause| ("原因", cause.as_str()));
        causes.chain(self.hints.iter().map(|hint| ("提示", hint.as_str())))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Problem {}

/// An error in Chinese words where it is one of the operating system's, else as it describes itself.
fn describe(error: &(dyn std::error::Error + 'static)) -> String {
    error.downcast_ref::<io::Error>().map_or_else(|| error.to_string(), io_cause)
}

/// The cause of an input or output error in Chinese, with the system's own words where ours do not cover it.
pub(crate) fn io_cause(error: &io::Error) -> String {
    let known = match error.kind() {
        io::ErrorKind::NotFound => "文件或文件夹不存在",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::IsADirectory => "这是一个文件夹",
        io::ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        io::ErrorKind::AlreadyExists => "文件已存在",
        io::ErrorKind::StorageFull => "磁盘空间已满",
        io::ErrorKind::ReadOnlyFilesystem => "文件系统是只读的",
        io::ErrorKind::InvalidFilename => "文件名无效或过长",
        _ => return format!("系统报告：{error}"),
    };
    known.to_owned()
}

/// A file that could not be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let problem = Problem::new(format!("无法读取「{}」", show(path))).cause(io_cause(error));
    match error.kind() {
        io::ErrorKind::NotFound => problem.hint("请检查路径是否写对；含空格的路径要加引号"),
        io::ErrorKind::PermissionDenied => problem.hint("请检查文件是否允许读取"),
        _ => problem,
    }
}

/// A file that could not be written.
pub(crate) fn unwritable(path: &Path, error: &io::Error) -> Problem {
    let problem = Problem::new(format!("无法写入「{}」", show(path))).cause(io_cause(error));
    match error.kind() {
        io::ErrorKind::NotFound => problem.hint("请先建立输出文件所在的文件夹"),
        io::ErrorKind::PermissionDenied => problem.hint("请检查文件夹是否允许写入，文件是否正被 Excel 打开"),
        io::ErrorKind::StorageFull => problem.hint("请清理磁盘或换一个位置"),
        _ => problem,
    }
}

/// A path as people read it.
pub(crate) fn show(path: &Path) -> String {
    if path == Path::new("-") { STDIN.to_owned() } else { path.display().to_string() }
}
