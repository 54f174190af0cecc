//! What the command line changes of the profile: which rules run, and how serious their findings are.

use std::collections::BTreeMap;

use jixiao_core::Severity;
use jixiao_core::profile::Profile;
use jixiao_core::rules::{Selection, find_rule};

use crate::args::RuleArgs;
use crate::messages::Problem;

/// Changes to every profile of a run. They go before what the profile says.
#[derive(Debug, Clone, Default)]
pub(crate) struct Overrides {
    selection: Selection,
    severity: BTreeMap<String, Severity>,
}

impl Overrides {
    /// The changes that the options ask for.
    pub(crate) fn of(args: &RuleArgs) -> Result<Self, Problem> {
        let select = prefixes("--select", &args.select)?;
        let ignore = prefixes("--ignore", &args.ignore)?;
        let severity = args.severity.iter().map(|given| severity(given)).collect::<Result<_, _>>()?;
        Ok(Self { selection: Selection { select, ignore }, severity })
    }

    /// Changes `profile`.
    pub(crate) fn apply(&self, profile: &mut Profile) {
        let selection = std::mem::take(&mut profile.selection);
        profile.selection = selection.overridden_by(self.selection.clone());
        profile.severity.extend(self.severity.clone());
    }
}

fn prefixes(option: &str, given: &[String]) -> Result<Vec<String>, Problem> {
    let upper = given.iter().map(|prefix| prefix.trim().to_uppercase()).filter(|prefix| !prefix.is_empty());
    let prefixes: Vec<String> = upper.collect();
    match prefixes.iter().find(|prefix| !Selection::is_prefix(prefix)) {
        None => Ok(prefixes),
        Some(unknown) => {
            Err(Problem::new(format!("{option}：没有以「{unknown}」开头的规则")).hint("运行 jixiao rules 查看全部规则"))
        }
    }
}

/// A rule with its severity: `F106=info`.
fn severity(given: &str) -> Result<(String, Severity), Problem> {
    let Some((code, level)) = given.split_once('=') else {
        return Err(Problem::new(format!("--severity：「{given}」应写成 规则代码=级别")).hint("例如 F106=info"));
    };
    let rule = find_rule(&code.trim().to_uppercase()).ok_or_else(|| {
        Problem::new(format!("--severity：没有规则「{}」", code.trim())).hint("运行 jixiao rules 查看全部规则")
    })?;
    let levels = [Severity::Error, Severity::Warning, Severity::Info];
    let level = levels.into_iter().find(|severity| severity.name() == level.trim()).ok_or_else(|| {
        Problem::new(format!("--severity：没有级别「{}」", level.trim())).hint("可选的级别：error、warning、info")
    })?;
    Ok((rule.code.to_owned(), level))
}
