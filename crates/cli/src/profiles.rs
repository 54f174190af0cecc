//! The scoring profile that the command line names.

use std::path::Path;

use jixiao_core::Family;
use jixiao_core::profile::Profile;

use crate::messages::{Problem, show, unreadable};
use crate::overrides::Overrides;

/// One profile for every family of forms.
pub(crate) struct Profiles(Vec<(Family, Profile)>);

impl Profiles {
    /// The profile `name`: `auto`, a built-in name, or a TOML file; changed by `overrides`.
    pub(crate) fn named(name: &str, overrides: &Overrides) -> Result<Self, Problem> {
        let fixed = if name == "auto" { None } else { Some(profile(name)?) };
        let of = |family| {
            let mut profile = fixed.clone().unwrap_or_else(|| Profile::for_family(family));
            overrides.apply(&mut profile);
            (family, profile)
        };
        Ok(Self(Family::ALL.map(of).into()))
    }

    /// The profile for a family; every family has one.
    pub(crate) fn of(&self, family: Family) -> Option<&Profile> {
        self.0.iter().find(|(candidate, _)| *candidate == family).map(|(_, profile)| profile)
    }
}

fn profile(name: &str) -> Result<Profile, Problem> {
    if let Some(profile) = Profile::builtin(name) {
        return Ok(profile);
    }
    let path = Path::new(name);
    let looks_like_a_file = path.extension().is_some() || path.components().count() > 1 || path.exists();
    if !looks_like_a_file {
        let names = Profile::BUILTIN_NAMES.join("、");
        return Err(Problem::new(format!("没有名为「{name}」的评分方案"))
            .hint(format!("内置的有 {names}；auto 按表的种类选择；也可以写自己的 TOML 文件的路径")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
    Profile::from_toml(&text).map_err(|error| {
        Problem::new(format!("评分方案「{}」有误", show(path)))
            .caused_by(&error)
            .hint("可运行 jixiao profile mof-2020 得到一份完整的样例")
    })
}
