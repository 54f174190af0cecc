//! `jixiao profile`: lists the built-in scoring profiles, or prints one to start an own one from.

use jixiao_core::profile::Profile;

use super::Status;
use crate::args::ProfileArgs;
use crate::messages::Problem;
use crate::output::{Output, WriteFailure};

/// Runs the command.
pub(super) fn run(args: &ProfileArgs) -> Result<Status, WriteFailure> {
    let text = match &args.name {
        Some(name) => toml(name.trim())?.to_owned(),
        None => list(),
    };
    let mut output = Output::open(None)?;
    output.write(&text)?;
    output.finish()?;
    Ok(Status::Success)
}

fn list() -> String {
    let profiles = Profile::BUILTIN_NAMES.into_iter().filter_map(Profile::builtin);
    let lines: String = profiles.map(|profile| format!("{:<10}{}\n", profile.name, profile.description)).collect();
    lines + "\n运行 jixiao profile 名称 > 我的.toml 得到一份完整的样例，改好后用 check --profile 我的.toml\n"
}

fn toml(name: &str) -> Result<&'static str, Problem> {
    Profile::builtin_toml(name).ok_or_else(|| {
        Problem::new(format!("没有内置的评分方案「{name}」"))
            .hint(format!("内置的有 {}", Profile::BUILTIN_NAMES.join("、")))
    })
}
