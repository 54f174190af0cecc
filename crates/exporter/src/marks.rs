//! What a sheet cannot show but the reader must know: kept as defined names, which every spreadsheet program keeps
//! when the file is saved again.

use jixiao_core::Family;
use rust_xlsxwriter::{Workbook, XlsxError};

const FAMILY: &str = "jixiao_family_";
const SUMMARY: &str = "jixiao_summary";

/// Records the family of the form on `sheet`: words in the form itself may look like the marks of another.
pub(crate) fn mark_family(workbook: &mut Workbook, index: usize, sheet: &str, family: Family) -> Result<(), XlsxError> {
    let (name, target) = family_mark(index.saturating_add(1), sheet, family);
    workbook.define_name(name, &format!("={target}"))?;
    Ok(())
}

/// The defined name that records the family of the form on `sheet`, and what it refers to. `number` is the form's.
pub(crate) fn family_mark(number: usize, sheet: &str, family: Family) -> (String, String) {
    // A defined name holds no hyphen; the number keeps the names of several sheets apart.
    (format!("{FAMILY}{}_{number}", family.name().replace('-', "_")), reference(sheet))
}

/// Records that `sheet` lists the forms of the other sheets and holds none itself.
pub(crate) fn mark_summary(workbook: &mut Workbook, sheet: &str) -> Result<(), XlsxError> {
    workbook.define_name(SUMMARY, &format!("={}", reference(sheet)))?;
    Ok(())
}

/// The marks of a workbook that was read.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    families: Vec<(String, Family)>,
    summary: Option<String>,
}

impl Marks {
    /// Finds the marks among the defined names and what they refer to.
    pub(crate) fn among(names: &[(String, String)]) -> Self {
        let mut marks = Self::default();
        for (name, target) in names {
            let Some(sheet) = sheet_of(target) else { continue };
            if name == SUMMARY {
                marks.summary = Some(sheet);
            } else if let Some(family) = name.strip_prefix(FAMILY).and_then(family_of) {
                marks.families.push((sheet, family));
            }
        }
        marks
    }

    /// The family of the form on `sheet`, where one was recorded.
    pub(crate) fn family(&self, sheet: &str) -> Option<Family> {
        self.families.iter().find(|(name, _)| name == sheet).map(|(_, family)| *family)
    }

    /// True for the sheet that only lists the others.
    pub(crate) fn is_summary(&self, sheet: &str) -> bool {
        self.summary.as_deref() == Some(sheet)
    }
}

fn reference(sheet: &str) -> String {
    format!("'{}'!$A$1", sheet.replace('\'', "''"))
}

/// The sheet of a reference such as `'表 1'!$A$1` or `$'表 1'.$A$1`.
fn sheet_of(target: &str) -> Option<String> {
    let (sheet, _) = target.trim_start_matches('=').rsplit_once(['!', '.'])?;
    let sheet = sheet.trim_start_matches('$');
    let bare = sheet.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    Some(bare.map_or_else(|| sheet.to_owned(), |name| name.replace("''", "'")))
}

fn family_of(numbered: &str) -> Option<Family> {
    let (name, _) = numbered.rsplit_once('_')?;
    Family::ALL.into_iter().find(|family| family.name().replace('-', "_") == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_among_other_names() {
        let names = [
            ("Print_Area".to_owned(), "'甲'!$A$1:$J$9".to_owned()),
            ("jixiao_summary".to_owned(), "汇总!$A$1".to_owned()),
            ("jixiao_family_county_special_2".to_owned(), "='王''家'!$A$1".to_owned()),
            ("jixiao_family_unheard_of_3".to_owned(), "='丙'!$A$1".to_owned()),
        ];
        let marks = Marks::among(&names);
        assert!(marks.is_summary("汇总") && !marks.is_summary("甲"));
        assert_eq!(marks.family("王'家"), Some(Family::CountySpecial));
        assert_eq!(marks.family("丙"), None);
    }
}
