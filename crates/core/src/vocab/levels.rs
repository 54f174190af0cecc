//! Under which level-1 name each level-2 name stands: the one table of it.

/// In which tables a level-2 name stands under its level 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tables {
    /// Wherever it occurs.
    All,
    /// In the table of 财预〔2020〕10号; others have it under another level 1, or as one.
    Ministry,
    /// In provincial tables only.
    Provinces,
}

use Tables::{All, Ministry, Provinces};

/// A level-1 name, the stem by which other spellings of it are known, and the stems of the level-2 names under it.
type Home = (&'static str, &'static str, &'static [(&'static str, Tables)]);

const HOMES: &[Home] = &[
    // First, since 服务对象满意度 must not be taken for a benefit of its object.
    ("满意度指标", "满意", &[("服务对象满意度", All), ("满意度", All)]),
    ("产出指标", "产出", &[("数量", All), ("质量", All), ("时效", All), ("进度", All), ("成本", Ministry)]),
    (
        "效益指标",
        "效益",
        &[
            ("经济效益", All),
            ("社会效益", All),
            ("生态效益", All),
            ("可持续影响", All),
            ("环境效益", Provinces),
            ("可持续发展", Provinces),
        ],
    ),
];

/// The level-1 name that the level-2 name of an indicator has in the table of 财预〔2020〕10号, where it is one of that
/// table's. `level2` is folded and without white space.
#[must_use]
pub fn official_level1(level2: &str) -> Option<&'static str> {
    let stem = level2.strip_suffix("指标")?;
    let has = |names: &[(&str, Tables)]| names.iter().any(|(name, tables)| *name == stem && *tables != Provinces);
    HOMES.iter().find(|(_, _, names)| has(names)).map(|(level1, _, _)| *level1)
}

/// The level-1 name, by its stem, that a level-2 name has in every table; `None` for a name that occurs under several
/// (成本指标) or in no table.
#[must_use]
pub fn official_level1_stem(level2: &str) -> Option<&'static str> {
    let has =
        |names: &[(&str, Tables)]| names.iter().any(|(name, tables)| level2.contains(name) && *tables != Ministry);
    HOMES.iter().find(|(_, _, names)| has(names)).map(|(_, stem, _)| *stem)
}

/// The level 1 that forms of process type print, which have none for satisfaction: it stands under their benefits.
const PROCESS_BENEFITS: &str = "项目效益";

/// False where no table has the name `level2` under the name `level1`, or where the two are exchanged. Both are folded
/// and without white space.
#[must_use]
pub fn may_stand_under(level1: &str, level2: &str) -> bool {
    let own = level2.trim_end_matches("指标");
    if level1 != level2 && official_level1(level1) == Some(level2) {
        return false;
    }
    let official = || official_level1(level2).map(|official| official.trim_end_matches("指标"));
    let Some(stem) = official_level1_stem(level2).or_else(official) else { return true };
    level1.contains(stem) || level1.contains(own) || (level1 == PROCESS_BENEFITS && own.ends_with("满意度"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocab::{Scope, find};

    #[test]
    fn printed_level_2_names_know_their_level_1_in_every_table() {
        assert_eq!(official_level1_stem("产出质量指标"), Some("产出"));
        assert_eq!(official_level1_stem("服务对象满意度"), Some("满意"));
        assert_eq!(official_level1_stem("可持续影响指标"), Some("效益"));
        assert_eq!(official_level1_stem("成本指标"), None);
    }

    #[test]
    fn the_ministrys_table_has_its_own_names_only() {
        assert_eq!(official_level1("成本指标"), Some("产出指标"));
        assert_eq!(official_level1("进度指标"), Some("产出指标"));
        assert_eq!(official_level1("服务对象满意度指标"), Some("满意度指标"));
        for other in ["环境效益指标", "产出质量指标", "数量", "其他指标"] {
            assert_eq!(official_level1(other), None, "{other}");
        }
    }

    #[test]
    fn names_of_two_levels_go_together_or_not() {
        for (level1, level2) in [
            ("项目产出", "数量指标"),
            ("成本指标", "成本指标"),
            ("产出指标", "成本指标"),
            ("满意度指标", "服务对象满意度指标"),
            ("服务对象满意度指标", "服务对象满意度指标"),
            ("项目效益", "满意度指标"),
            ("效益指标", "其他指标"),
        ] {
            assert!(may_stand_under(level1, level2), "{level1} {level2}");
        }
        for (level1, level2) in [
            ("满意度指标", "数量指标"),
            ("效益指标", "成本指标"),
            ("效益指标", "满意度指标"),
            ("服务对象满意度指标", "满意度指标"),
            ("成本指标", "产出指标"),
        ] {
            assert!(!may_stand_under(level1, level2), "{level1} {level2}");
        }
    }

    #[test]
    fn every_name_of_the_table_is_a_known_label() {
        for (level1, _, names) in HOMES {
            assert!(find(Scope::Level1, level1).is_some(), "{level1}");
            for (name, _) in *names {
                assert!(find(Scope::Level2, &format!("{name}指标")).is_some(), "{name}");
            }
        }
    }
}
