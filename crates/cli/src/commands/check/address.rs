//! The address of a file as seen from the report that speaks of it.

use std::path::{Component, Path, PathBuf, absolute};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands for itself in an address (RFC 3986, unreserved).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The folder that addresses start from.
pub(super) struct Base(Option<PathBuf>);

impl Base {
    /// The folder of the file `output`; without one, the report is written to the screen, and nothing tells where it ends.
    pub(super) fn of(output: Option<&Path>) -> Self {
        let folder = output.filter(|path| *path != Path::new("-")).and_then(|path| absolute(path).ok());
        Self(folder.and_then(|path| path.parent().map(Path::to_owned)))
    }

    /// The address of `file`; `None` where there is no such file, or none leads to it, as on another drive.
    pub(super) fn address(&self, file: &Path) -> Option<String> {
        let file = absolute(file).ok().filter(|file| file.is_file())?;
        let way = pathdiff::diff_paths(file, self.0.as_ref()?)?;
        let steps = way.components().map(|step| match step {
            Component::ParentDir => Some("..".to_owned()),
            Component::Normal(name) => Some(utf8_percent_encode(name.to_str()?, ESCAPED).to_string()),
            _ => None,
        });
        Some(steps.collect::<Option<Vec<String>>>()?.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_from_the_report_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("表 1").join("自评#1.pdf");
        std::fs::create_dir(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "").unwrap();
        let address = |report: &str| Base::of(Some(&folder.path().join(report))).address(&file);
        assert_eq!(address("报告.html").as_deref(), Some("%E8%A1%A8%201/%E8%87%AA%E8%AF%84%231.pdf"));
        assert_eq!(address("审核/报告.html").as_deref(), Some("../%E8%A1%A8%201/%E8%87%AA%E8%AF%84%231.pdf"));
        assert_eq!(Base::of(Some(Path::new("-"))).address(&file), None);
        assert_eq!(Base::of(Some(&folder.path().join("报告.html"))).address(&file.with_extension("txt")), None);
    }
}
