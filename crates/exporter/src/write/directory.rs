//! The parts of a workbook that name its sheets, for workbooks that are put together from several.
//!
//! ECMA-376, part 1: the sheets and defined names of `xl/workbook.xml` (18.2), the relations and content types of a package
//! (part 2).

use jixiao_core::Family;
use quick_xml::escape::escape;

use crate::marks;

const CONTENT_TYPES: &str = "[Content_Types].xml";
const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
const ABOUT: &str = "docProps/app.xml";

/// What `docProps/app.xml` must hold; the sheets that it may list besides are listed in the workbook.
const ABOUT_TEXT: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    "\n",
    r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">"#,
    "<Application>Microsoft Excel</Application></Properties>",
);

/// What is said of the sheets behind the first one, ready to be put into the parts that say it.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// Sheets so far.
    count: usize,
    sheets: String,
    names: String,
    relations: String,
    types: String,
}

impl Directory {
    /// Adds the sheet `name` of a form of that family, of which every printed page repeats the first `repeated` rows.
    pub(super) fn add(&mut self, name: &str, family: Family, repeated: u32) {
        self.count += 1;
        // The first sheet is the list: this one has the next number, and counted from 0 that of the form.
        let (form, number) = (self.count, self.count + 1);
        let (mark, target) = marks::family_mark(form, name, family);
        let (escaped, target) = (escape(name), escape(&*target));
        self.sheets += &format!(r#"<sheet name="{escaped}" sheetId="{number}" r:id="form{form}"/>"#);
        self.names += &format!(r#"<definedName name="{mark}">{target}</definedName>"#);
        if repeated > 0 {
            let quoted = name.replace('\'', "''");
            let rows = format!("'{}'!$1:${repeated}", escape(&*quoted));
            self.names +=
                &format!(r#"<definedName name="_xlnm.Print_Titles" localSheetId="{form}">{rows}</definedName>"#);
        }
        self.relations += &format!(
            r#"<Relationship Id="form{form}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"#
        );
        self.types += &format!(
            r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
        );
    }

    /// True for a part that names the sheets.
    pub(super) fn changes(part: &str) -> bool {
        [CONTENT_TYPES, WORKBOOK, RELATIONS, ABOUT].contains(&part)
    }

    /// The text of a part of a workbook of one sheet, with the other sheets in it.
    pub(super) fn complete(&self, part: &str, text: String) -> String {
        let with = |text: &str, end: &str, more: &str| text.replacen(end, &format!("{more}{end}"), 1);
        match part {
            CONTENT_TYPES => with(&text, "</Types>", &self.types),
            RELATIONS => with(&text, "</Relationships>", &self.relations),
            WORKBOOK => with(&with(&text, "</sheets>", &self.sheets), "</definedNames>", &self.names),
            ABOUT => ABOUT_TEXT.to_owned(),
            _ => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_named_in_every_part_that_lists_sheets() {
        let mut directory = Directory::default();
        directory.add("渠&堰's", Family::Hubei, 2);
        let workbook = "<sheets><sheet/></sheets><definedNames></definedNames>".to_owned();
        let workbook = directory.complete(WORKBOOK, workbook);
        assert!(workbook.starts_with(r#"<sheets><sheet/><sheet name="渠&amp;堰&apos;s" sheetId="2" r:id="form1"/>"#));
        let mark = r#"<definedName name="jixiao_family_hubei_1">&apos;渠&amp;堰&apos;&apos;s&apos;!$A$1</definedName>"#;
        assert!(workbook.contains(mark), "{workbook}");
        assert!(workbook.contains(r#"localSheetId="1">'渠&amp;堰&apos;&apos;s'!$1:$2<"#), "{workbook}");
        assert!(directory.complete(RELATIONS, "</Relationships>".to_owned()).contains("worksheets/sheet2.xml"));
        assert!(directory.complete(CONTENT_TYPES, "</Types>".to_owned()).contains("/xl/worksheets/sheet2.xml"));
        assert!(!Directory::changes("xl/styles.xml"));
    }
}
