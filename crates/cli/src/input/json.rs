//! Reads forms from JSON: records or forms, in an array, single, or one a line.

use std::path::Path;

use jixiao_core::{Form, FormRecord};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::messages::{Problem, show};

/// More faults than this in one file have one cause, such as JSON of another kind; the rest is counted.
const MAX_FAULTS: usize = 3;

/// Every form of `text`, and the problems of those that could not be read.
pub(crate) fn read(text: &str, path: &Path) -> (Vec<FormRecord>, Vec<Problem>) {
    let mut records = Vec::new();
    let mut problems = Vec::new();
    let text = text.trim_start_matches('\u{feff}');
    for item in items(text) {
        match item.and_then(|item| record(text, item)) {
            Ok(record) => records.push(placed(record, path, records.len())),
            Err(fault) => problems.push(fault.problem(path)),
        }
    }
    if problems.len() > MAX_FAULTS {
        let rest = problems.len() - MAX_FAULTS;
        problems.truncate(MAX_FAULTS);
        problems.push(Problem::new(format!("「{}」另有 {rest} 处读不成自评表，没有列出", show(path))));
    }
    if records.is_empty() && problems.is_empty() {
        problems.push(Problem::new(format!("「{}」里没有自评表", show(path))).cause("JSON 数组是空的"));
    }
    (records, problems)
}

/// A record keeps the path and number that an earlier command gave it, so that reports name the first source.
fn placed(mut record: FormRecord, path: &Path, index: usize) -> FormRecord {
    if record.path.is_empty() {
        record.path = path.to_string_lossy().into_owned();
        record.index = index;
    }
    record
}

/// A place in the JSON that is wrong.
struct Fault {
    line: usize,
    key: String,
    cause: String,
}

impl Fault {
    fn problem(self, path: &Path) -> Problem {
        let key =
            if self.key.is_empty() || self.key == "." { String::new() } else { format!("（键 {}）", self.key) };
        Problem::new(format!("「{}」第{}行{key}的 JSON 读不成自评表", show(path), self.line))
            .cause(self.cause)
            .hint("格式应与 jixiao parse --format json 的输出相同")
    }
}

/// The values that stand for forms: each value of the text, and each element of those that are arrays. Nothing can be
/// read behind a syntax error, so it comes last.
fn items(text: &str) -> Vec<Result<&RawValue, Fault>> {
    let mut items = Vec::new();
    for value in serde_json::Deserializer::from_str(text).into_iter::<&RawValue>() {
        match value {
            Ok(value) if value.get().starts_with('[') => match serde_json::from_str::<Vec<&RawValue>>(value.get()) {
                Ok(elements) => items.extend(elements.into_iter().map(Ok)),
                Err(error) => items.push(Err(syntax_fault(line_of(text, value.get()), &error))),
            },
            Ok(value) => items.push(Ok(value)),
            Err(error) => items.push(Err(syntax_fault(1, &error))),
        }
    }
    items
}

fn record(text: &str, item: &RawValue) -> Result<FormRecord, Fault> {
    // Counted only for a fault: counting for every form would read the file over and over.
    let first_line = || line_of(text, item.get());
    if !item.get().starts_with('{') || item.get().trim_matches(['{', '}']).trim().is_empty() {
        let cause = "这里应是一张表（带键的对象），不能是数组、数字或空对象".to_owned();
        return Err(Fault { line: first_line(), key: String::new(), cause });
    }
    if has_form(item) {
        typed(item.get(), first_line)
    } else {
        let form: Form = typed(item.get(), first_line)?;
        Ok(FormRecord::from(form))
    }
}

/// True for a record, which holds its form under a key, unlike a bare form.
fn has_form(item: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Probe<'a> {
        #[serde(borrow)]
        form: Option<&'a RawValue>,
    }
    serde_json::from_str::<Probe<'_>>(item.get()).is_ok_and(|probe| probe.form.is_some())
}

fn typed<'a, T: Deserialize<'a>>(json: &'a str, first_line: impl Fn() -> usize) -> Result<T, Fault> {
    let mut source = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut source).map_err(|error| {
        let key = error.path().to_string();
        Fault { key, ..syntax_fault(first_line(), error.inner()) }
    })
}

/// The 1-based line of `text` on which its slice `part` begins.
fn line_of(text: &str, part: &str) -> usize {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let before = text.as_bytes().get(..start).unwrap_or_default();
    memchr::memchr_iter(b'\n', before).count() + 1
}

fn syntax_fault(first_line: usize, error: &serde_json::Error) -> Fault {
    Fault { line: first_line + error.line().saturating_sub(1), key: String::new(), cause: cause(error) }
}

/// The cause in Chinese, with serde's own words where they carry the detail.
fn cause(error: &serde_json::Error) -> String {
    let full = error.to_string();
    let detail = full.split(" at line ").next().unwrap_or(&full);
    let quoted = |rest: &str| rest.split('`').nth(1).unwrap_or_default().to_owned();
    if error.is_eof() {
        "JSON 不完整：内容到这里就断了".to_owned()
    } else if error.is_syntax() {
        format!("JSON 语法错误（{detail}）")
    } else if detail.starts_with("unknown field") {
        format!("不认识的键「{}」", quoted(detail))
    } else if detail.starts_with("missing field") {
        format!("缺少键「{}」", quoted(detail))
    } else if detail.starts_with("duplicate field") {
        format!("键「{}」重复出现", quoted(detail))
    } else if detail.contains("Decimal") {
        "金额、分值等数要写成字符串，如 \"12.50\"".to_owned()
    } else {
        format!("值不合格式（{detail}）")
    }
}
