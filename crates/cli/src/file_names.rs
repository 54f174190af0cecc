//! File names made from project names and from the names of inputs.

use std::collections::HashSet;

/// Every file system takes names of this many characters, whatever the encoding.
const MAX_CHARACTERS: usize = 60;

/// Gives out names that no other form of the run has.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    taken: HashSet<String>,
}

impl FileNames {
    /// A file name that begins with `name`, a project's or an input's, and ends with `extension`.
    pub(crate) fn take(&mut self, name: &str, extension: &str) -> String {
        let stem = stem(name);
        let numbered = (2..).map(|number| format!("{stem}（{number}）"));
        let free =
            std::iter::once(stem.clone()).chain(numbered).find(|name| !self.taken.contains(&name.to_lowercase()));
        let name = free.unwrap_or(stem);
        // Windows and macOS do not tell upper from lower case.
        self.taken.insert(name.to_lowercase());
        format!("{name}.{extension}")
    }

    /// Keeps a file name that stands already from being given out.
    pub(crate) fn reserve(&mut self, name: &str) {
        self.taken.insert(key(name));
    }

    /// Lets a file name be given out again.
    pub(crate) fn release(&mut self, name: &str) {
        self.taken.remove(&key(name));
    }
}

/// What tells file names apart: they have one extension within a run.
fn key(name: &str) -> String {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase()
}

/// The project's name without what file systems refuse; a name that begins with a dot would be hidden.
fn stem(project: &str) -> String {
    let is_bad = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let plain: String = project.chars().map(|c| if is_bad(c) { '_' } else { c }).take(MAX_CHARACTERS).collect();
    let plain = plain.trim().trim_matches('.');
    if plain.is_empty() { "自评表".to_owned() } else { plain.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_differ() {
        let mut names = FileNames::default();
        assert_eq!(names.take("路灯/维护:一期", "xlsx"), "路灯_维护_一期.xlsx");
        assert_eq!(names.take("路灯/维护:一期", "xlsx"), "路灯_维护_一期（2）.xlsx");
        assert_eq!(names.take("../..", "xlsx"), "_.xlsx");
        assert_eq!(names.take(" ", "xlsx"), "自评表.xlsx");
        assert_eq!(names.take("A项目", "xlsx"), "A项目.xlsx");
        assert_eq!(names.take("a项目", "xlsx"), "a项目（2）.xlsx");
        assert_eq!(names.take(&"长".repeat(500), "xlsx").chars().count(), MAX_CHARACTERS + ".xlsx".len());
    }
}
