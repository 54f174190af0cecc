//! Help and usage errors of clap in Chinese.

use std::io::Write;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::args::ColorWhen;
use crate::console::use_color;

/// The fixed phrases of clap's help, which it offers no other way to translate.
const PHRASES: [(&str, &str); 13] = [
    ("Usage: ", "用法："),
    ("Usage:", "用法："),
    ("命令:", "命令："),
    ("参数:", "参数："),
    ("选项:", "选项："),
    ("Possible values:", "可选值："),
    ("[default: ", "[默认："),
    ("[possible values: ", "[可选："),
    ("[aliases: ", "[别名："),
    ("[alias: ", "[别名："),
    ("Print this message or the help of the given subcommand(s)", "显示本帮助，或某个命令的帮助"),
    ("[COMMAND]...", "[命令]…"),
    ("[OPTIONS]", "[选项]"),
];

/// Prints what clap has to say instead of running a command: help and version to standard output, usage errors to
/// standard error. Returns true for an error.
pub(crate) fn print(error: &clap::Error) -> bool {
    let is_error = error.use_stderr();
    // Nobody is left to tell when the stream is closed.
    let _ = if is_error {
        let color = use_color(ColorWhen::Auto, &std::io::stderr());
        std::io::stderr().write_all(render(error, color).as_bytes())
    } else {
        let color = use_color(ColorWhen::Auto, &std::io::stdout());
        std::io::stdout().write_all(render(error, color).as_bytes())
    };
    is_error
}

fn render(error: &clap::Error, color: bool) -> String {
    match error.kind() {
        ErrorKind::DisplayVersion => error.to_string(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            translate(&styled(&error.render(), color))
        }
        _ => usage_error(error, color),
    }
}

fn styled(text: &StyledStr, color: bool) -> String {
    if color { text.ansi().to_string() } else { text.to_string() }
}

fn translate(text: &str) -> String {
    let text = PHRASES.iter().fold(text.to_owned(), |text, (english, chinese)| text.replace(english, chinese));
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn usage_error(error: &clap::Error, color: bool) -> String {
    let mut text = format!("错误：{}\n", sentence(error));
    for hint in hints(error) {
        text.push_str(&format!("  提示：{hint}\n"));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        text.push_str(&format!("\n{}", translate(styled(usage, color).trim_end())));
    }
    text.push_str("\n要看全部用法，请运行 jixiao --help 或 jixiao <命令> --help\n");
    text
}

/// What is wrong with the command line, in one sentence.
fn sentence(error: &clap::Error) -> String {
    let arg = context(error, ContextKind::InvalidArg);
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有「{arg}」这个选项或参数"),
        ErrorKind::InvalidSubcommand => {
            format!("没有「{}」这个命令", context(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("「{arg}」后面缺少值"),
        ErrorKind::InvalidValue => format!("「{arg}」的值「{value}」不在可选范围内"),
        ErrorKind::ValueValidation => format!("「{arg}」的值「{value}」不对{}", reason(error)),
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("「{arg}」不能与「{}」同时使用", context(error, ContextKind::PriorArg))
        }
        ErrorKind::NoEquals => format!("「{arg}」与它的值之间要用等号"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("「{arg}」的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "命令行中有无法识别的字符".to_owned(),
        _ => format!("命令行有误（{}）", error.kind()),
    }
}

fn reason(error: &clap::Error) -> String {
    std::error::Error::source(error).map_or_else(String::new, |source| format!("：{source}"))
}

/// What the person may have meant, or may choose from.
fn hints(error: &clap::Error) -> Vec<String> {
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let meant = meant.into_iter().map(|kind| context(error, kind)).filter(|text| !text.is_empty());
    let mut hints: Vec<String> = meant.map(|text| format!("是不是想用「{text}」？")).collect();
    let choices = context(error, ContextKind::ValidValue);
    if !choices.is_empty() {
        hints.push(format!("可选的值：{choices}"));
    }
    hints
}

fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}
