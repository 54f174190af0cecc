//! `jixiao rules`: lists the rules, explains one, prints a built-in profile.

use jixiao_core::profile::Profile;
use jixiao_core::rules::{RULES, RuleInfo, find_rule};

use super::Status;
use crate::args::RulesArgs;
use crate::messages::{Problem, severity_word};
use crate::output::{Output, WriteFailure};

/// Runs the command.
pub(super) fn run(args: &RulesArgs) -> Result<Status, WriteFailure> {
    let text = match (&args.code, &args.profile) {
        (_, Some(name)) => profile(name)?.to_owned(),
        (Some(code), None) => explain(code)?,
        (None, None) => list(),
    };
    let mut output = Output::open(None)?;
    output.write(&text)?;
    output.finish()?;
    Ok(Status::Success)
}

fn list() -> String {
    let mut text = String::from("代码  级别  说明\n");
    for rule in RULES {
        text.push_str(&format!("{}  {}  {}（{}）\n", rule.code, severity_word(rule.severity), rule.title, rule.basis));
    }
    text + "\n运行 jixiao rules 代码 查看一条规则的说明和示例\n"
}

fn explain(code: &str) -> Result<String, Problem> {
    find_rule(&code.trim().to_uppercase())
        .map(page)
        .ok_or_else(|| Problem::new(format!("没有规则「{code}」")).hint("运行 jixiao rules 查看全部规则"))
}

fn page(rule: &RuleInfo) -> String {
    format!("{}\n", rule.page.trim_end())
}

fn profile(name: &str) -> Result<&'static str, Problem> {
    Profile::builtin_toml(name).ok_or_else(|| {
        Problem::new(format!("没有内置的评分方案「{name}」"))
            .hint(format!("内置的有 {}", Profile::BUILTIN_NAMES.join("、")))
    })
}
