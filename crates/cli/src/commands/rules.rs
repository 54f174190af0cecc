//! `jixiao rules`: lists the rules, or explains one.

use jixiao_core::rules::{RULES, RuleInfo, find_rule};

use super::Status;
use crate::args::RulesArgs;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure};

/// Runs the command.
pub(super) fn run(args: &RulesArgs) -> Result<Status, WriteFailure> {
    let text = match &args.code {
        Some(code) => explain(code)?,
        None => list(),
    };
    let mut output = Output::open(None)?;
    output.write(&text)?;
    output.finish()?;
    Ok(Status::Success)
}

fn list() -> String {
    let mut text = String::from("代码  级别  说明\n");
    for rule in RULES {
        text.push_str(&format!("{}  {}  {}（{}）\n", rule.code, rule.severity.label(), rule.title, rule.basis));
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
