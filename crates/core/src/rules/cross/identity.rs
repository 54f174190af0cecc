//! When two forms speak of the same project, and two rows of the same indicator.

use crate::fold::squeeze;
use crate::{Form, Indicator};

/// The project of a unit: name and unit as compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ProjectOfUnit {
    project: String,
    unit: String,
}

impl ProjectOfUnit {
    /// `None` where the form names no project or no unit: equal names alone are no evidence, many units have a project
    /// of the same name.
    pub(super) fn of(form: &Form) -> Option<Self> {
        let (project, unit) = (form.project_name.as_deref()?, form.unit.as_deref()?);
        Some(Self { project: squeeze(project), unit: squeeze(unit) })
    }
}

/// What tells one project from another, whatever unit carries it out: its name, else the unit.
pub(super) fn project(form: &Form) -> Option<String> {
    form.project_name.as_deref().or(form.unit.as_deref()).map(squeeze)
}

/// An indicator as compared between forms: its level 2 and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct IndicatorKey {
    level2: String,
    level3: String,
}

impl IndicatorKey {
    /// `None` where the row has no name.
    pub(super) fn of(indicator: &Indicator) -> Option<Self> {
        let level3 = bare_name(&indicator.level3);
        let level2 = indicator.level2.as_deref().map(squeeze).unwrap_or_default();
        (!level3.is_empty()).then_some(Self { level2, level3 })
    }

    /// The name.
    pub(super) fn name(&self) -> &str {
        &self.level3
    }
}

/// The name without a printed number (`指标1：`) and marks, which say nothing about what is measured.
fn bare_name(level3: &str) -> String {
    let plain = squeeze(level3);
    let name = plain.trim_start_matches(['★', '*']);
    let numbered = name.strip_prefix("指标").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    numbered.and_then(|rest| rest.strip_prefix([':', '、', '.'])).unwrap_or(name).to_owned()
}

/// A text as compared between forms; `None` where it is shorter than `least` characters, which many forms share by
/// chance.
pub(super) fn text(text: Option<&str>, least: usize) -> Option<String> {
    let plain = squeeze(text?);
    (plain.chars().count() >= least).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::valid_form;

    #[test]
    fn numbers_and_marks_before_a_name_do_not_count() {
        for name in ["修缮长度", "指标1：修缮长度", "★指标12:修缮 长度", "*修缮长度"] {
            assert_eq!(bare_name(name), "修缮长度");
        }
        assert_eq!(bare_name("指标完成率"), "指标完成率");
    }

    #[test]
    fn a_project_needs_its_unit_to_be_told() {
        let mut form = valid_form();
        let key = ProjectOfUnit::of(&form);
        form.unit = Some("青禾市 湿地公园管理所".to_owned());
        assert!(key.is_some() && ProjectOfUnit::of(&form) == key);
        form.unit = None;
        assert!(ProjectOfUnit::of(&form).is_none() && project(&form).is_some());
    }

    #[test]
    fn short_texts_are_not_compared() {
        assert_eq!(text(Some("已 完成"), 4), None);
        assert_eq!(text(Some("已 完成。"), 4).as_deref(), Some("已完成。"));
        assert_eq!(text(None, 0), None);
    }
}
