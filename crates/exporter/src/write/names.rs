//! Sheet names that every spreadsheet program accepts.

use std::collections::{BTreeMap, BTreeSet};

use jixiao_core::Form;

/// The longest name, in UTF-16 units, as spreadsheet programs count.
const MAX_LENGTH: usize = 31;
const FORBIDDEN: &[char] = &['[', ']', ':', '*', '?', '/', '\\'];
/// What replaces a forbidden character.
const SUBSTITUTE: char = '_';
/// The name of a sheet whose form has no usable one.
const NAMELESS: &str = "自评表";
/// A name that Excel keeps for itself.
const RESERVED: &str = "history";

/// Gives out names, no two equal but for case.
#[derive(Debug, Default)]
pub(crate) struct SheetNames {
    taken: BTreeSet<String>,
    /// The last number that each name was given: thousands of forms may bear one name.
    numbers: BTreeMap<String, usize>,
}

impl SheetNames {
    /// A name for the sheet of `form`.
    pub(crate) fn of(&mut self, form: &Form) -> String {
        self.take(form.project_name.as_deref().unwrap_or_default())
    }

    /// A free name as near to `wanted` as the rules allow.
    pub(crate) fn take(&mut self, wanted: &str) -> String {
        let base = allowed(wanted);
        let mut name = base.clone();
        let number = self.numbers.entry(base.clone()).or_insert(1);
        while name.to_lowercase() == RESERVED || !self.taken.insert(name.to_lowercase()) {
            *number += 1;
            let suffix = format!("({number})");
            name = format!("{}{suffix}", cut(&base, MAX_LENGTH.saturating_sub(suffix.len())));
        }
        name
    }
}

fn allowed(wanted: &str) -> String {
    let replaced: String = wanted
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| if FORBIDDEN.contains(&c) { SUBSTITUTE } else { c })
        .collect();
    // Cutting may bare another space or apostrophe at the end.
    let name = trimmed(&cut(trimmed(&replaced), MAX_LENGTH)).to_owned();
    if name.is_empty() { NAMELESS.to_owned() } else { name }
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c.is_whitespace() || c == '\'')
}

fn cut(name: &str, length: usize) -> String {
    let mut used = 0;
    name.chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= length
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_characters_and_apostrophes_go() {
        let mut names = SheetNames::default();
        assert_eq!(names.take("'道路[一期]养护/维修：2022'"), "道路_一期_养护_维修：2022");
        assert_eq!(names.take("' '"), "自评表");
        assert_eq!(names.take(""), "自评表(2)");
    }

    #[test]
    fn names_stay_short_and_unlike() {
        let mut names = SheetNames::default();
        let long = "绩".repeat(40);
        let first = names.take(&long);
        let second = names.take(&long);
        assert_eq!(first.encode_utf16().count(), 31);
        assert_eq!(second.encode_utf16().count(), 31);
        assert!(second.ends_with("(2)"));
        assert_eq!(names.take("Road"), "Road");
        assert_eq!(names.take("ROAD"), "ROAD(2)");
        assert_eq!(names.take("History"), "History(2)");
    }

    #[test]
    fn numbers_go_on_where_they_are_free() {
        let mut names = SheetNames::default();
        let taken = ["Road(3)", "Road", "Road", "Road"].map(|name| names.take(name));
        assert_eq!(taken, ["Road(3)", "Road", "Road(2)", "Road(4)"]);
    }

    #[test]
    fn a_character_of_two_units_is_not_halved() {
        let mut names = SheetNames::default();
        let name = names.take(&format!("{}𠮷", "a".repeat(30)));
        assert_eq!(name, "a".repeat(30));
    }
}
