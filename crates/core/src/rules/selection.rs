//! Switching rules on and off by code or prefix.

use super::codes::RULES;

/// Which rules are on: of the prefixes that fit a rule the longest decides, `ignore` winning a tie. An empty `select`
/// selects every rule.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Prefixes of the codes to run, such as `F` or `F105`.
    pub select: Vec<String>,
    /// Prefixes of the codes to leave out.
    pub ignore: Vec<String>,
}

impl Selection {
    /// True where the rule of that code is on.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        let selected = if self.select.is_empty() { Some(0) } else { longest_prefix(&self.select, code) };
        selected.is_some() && selected > longest_prefix(&self.ignore, code)
    }

    /// This selection changed by a more particular one, such as the command line's over the profile's: what it
    /// selects replaces, and is no longer ignored; what it ignores adds.
    #[must_use]
    pub fn overridden_by(mut self, other: Self) -> Self {
        if !other.select.is_empty() {
            self.ignore.retain(|prefix| !other.select.contains(prefix));
            self.select = other.select;
        }
        self.ignore.extend(other.ignore);
        self
    }

    /// True where at least one rule's code begins with `prefix`.
    #[must_use]
    pub fn is_prefix(prefix: &str) -> bool {
        !prefix.is_empty() && RULES.iter().any(|rule| rule.code.starts_with(prefix))
    }
}

fn longest_prefix(prefixes: &[String], code: &str) -> Option<usize> {
    prefixes.iter().filter(|prefix| code.starts_with(prefix.as_str())).map(String::len).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(select: &[&str], ignore: &[&str]) -> Selection {
        let owned = |prefixes: &[&str]| prefixes.iter().map(|prefix| (*prefix).to_owned()).collect();
        Selection { select: owned(select), ignore: owned(ignore) }
    }

    #[test]
    fn every_rule_is_on_by_default() {
        assert!(RULES.iter().all(|rule| Selection::default().allows(rule.code)));
    }

    #[test]
    fn the_longer_prefix_decides() {
        assert!(selection(&["F"], &["F1"]).allows("F2"));
        assert!(!selection(&["F"], &["F1"]).allows("F105"));
        assert!(selection(&["F105"], &["F"]).allows("F105"));
        assert!(!selection(&["F105"], &["F"]).allows("F106"));
        assert!(!selection(&["F105"], &["F105"]).allows("F105"));
        assert!(!selection(&[], &["F105"]).allows("F105"));
    }

    #[test]
    fn the_command_line_overrides_the_profile() {
        let both = selection(&["F"], &["F106"]).overridden_by(selection(&["S"], &["S305"]));
        assert_eq!(both, selection(&["S"], &["F106", "S305"]));
        assert_eq!(selection(&["F"], &[]).overridden_by(Selection::default()), selection(&["F"], &[]));
        let asked_for = selection(&[], &["F106", "S"]).overridden_by(selection(&["F106"], &[]));
        assert!(asked_for.allows("F106") && !asked_for.allows("S305"));
        assert!(!selection(&[], &["F106"]).overridden_by(selection(&["F"], &[])).allows("F106"));
    }

    #[test]
    fn a_prefix_names_at_least_one_rule() {
        assert!(Selection::is_prefix("F1") && Selection::is_prefix("F105"));
        assert!(!Selection::is_prefix("") && !Selection::is_prefix("Z") && !Selection::is_prefix("F1055"));
    }
}
