//! Cell styles of the template, and the few that filling adds: a percentage typed into a cell of the general format
//! shows as one, as it does in every spreadsheet program.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::xml::{Pieces, attribute, with_attributes, without_attribute};
use crate::error::ExportError;

/// The first number of formats that a workbook defines itself (ECMA-376 part 1, 18.8.30).
const FIRST_CUSTOM_FORMAT: u32 = 164;

/// Styles to add to a workbook, in terms of those that it has.
#[derive(Debug, Default)]
pub(super) struct NewStyles {
    /// The styles that the template has.
    known: u32,
    added: Vec<(u32, Change)>,
}

/// How a new style differs from the one it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Change {
    /// The number format.
    Format(String),
    /// Its text wraps.
    Wrap,
}

impl NewStyles {
    /// None yet, on top of `known` styles.
    pub(super) const fn on_top_of(known: u32) -> Self {
        Self { known, added: Vec::new() }
    }

    /// The style that is like `base` but for its number format `code`.
    pub(super) fn with_format(&mut self, base: u32, code: &str) -> u32 {
        self.with(base, Change::Format(code.to_owned()))
    }

    /// The style that is like `base` but that its text wraps.
    pub(super) fn with_wrap(&mut self, base: u32) -> u32 {
        self.with(base, Change::Wrap)
    }

    /// The number format of the new style `number`, where that is what is new in it.
    pub(super) fn format(&self, number: u32) -> Option<&str> {
        let index = usize::try_from(number.checked_sub(self.known)?).ok()?;
        match &self.added.get(index)?.1 {
            Change::Format(code) => Some(code),
            Change::Wrap => None,
        }
    }

    fn with(&mut self, base: u32, change: Change) -> u32 {
        let wanted = (base, change);
        let index = self.added.iter().position(|style| *style == wanted).unwrap_or_else(|| {
            self.added.push(wanted);
            self.added.len() - 1
        });
        self.known.saturating_add(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// True where the styles stay as they are.
    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty()
    }

    /// The styles part with the new ones.
    ///
    /// # Errors
    ///
    /// The part is no well-formed XML.
    pub(super) fn write(&self, xml: &str) -> Result<String, ExportError> {
        let survey = Survey::of(xml)?;
        let mut next = survey.highest_format.max(FIRST_CUSTOM_FORMAT - 1);
        let mut formats: BTreeMap<&str, u32> = BTreeMap::new();
        let codes = self.added.iter().filter_map(|(_, change)| match change {
            Change::Format(code) => Some(code),
            Change::Wrap => None,
        });
        for code in codes {
            formats.entry(code).or_insert_with(|| {
                next = next.saturating_add(1);
                next
            });
        }
        let styles = self.added.iter().map(|(base, change)| {
            let base = survey.styles.get(usize::try_from(*base).unwrap_or(usize::MAX));
            let base = base.copied().unwrap_or("<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>");
            match change {
                Change::Format(code) => {
                    with_number_format(base, formats.get(code.as_str()).copied().unwrap_or_default())
                }
                Change::Wrap => with_wrap(base, &survey.prefix),
            }
        });
        Ok(survey.insert(xml, &formats, &styles.collect::<String>(), self.added.len()))
    }
}

/// Where things stand in a styles part.
#[derive(Debug, Default)]
struct Survey<'x> {
    prefix: String,
    highest_format: u32,
    /// The text of each cell style.
    styles: Vec<&'x str>,
    /// Where the first element stands, where the list of formats opens and closes, and where that of the styles does.
    root_end: usize,
    formats: Option<(usize, usize, usize)>,
    cell_styles: Option<(usize, usize, usize)>,
}

impl<'x> Survey<'x> {
    fn of(xml: &'x str) -> Result<Self, ExportError> {
        let mut survey = Self::default();
        let mut pieces = Pieces::of(xml);
        let mut style = None;
        while let Some(piece) = pieces.next()? {
            let (start, end) = (pieces.end() - piece.raw.len(), pieces.end());
            match piece.begins() {
                Some("styleSheet") => {
                    survey.prefix = piece.tag().map(super::xml::prefix).unwrap_or_default();
                    survey.root_end = end;
                }
                Some("numFmts") => survey.formats = Some((start, end, end)),
                Some("numFmt") => {
                    let id = piece.tag().and_then(|tag| attribute(tag, "numFmtId")).and_then(|id| id.parse().ok());
                    survey.highest_format = survey.highest_format.max(id.unwrap_or_default());
                }
                Some("cellXfs") => survey.cell_styles = Some((start, end, end)),
                Some("xf") => style = Some(start),
                _ => {}
            }
            match piece.ends() {
                Some("numFmts") if !piece.is_empty() => survey.formats = survey.formats.map(|at| (at.0, at.1, start)),
                Some("cellXfs") if !piece.is_empty() => {
                    survey.cell_styles = survey.cell_styles.map(|at| (at.0, at.1, start));
                }
                Some("xf") if survey.cell_styles.is_some_and(|at| at.1 == at.2) => {
                    survey.styles.extend(style.take().and_then(|from| xml.get(from..end)));
                }
                _ => {}
            }
        }
        Ok(survey)
    }

    /// The part with the lists made longer; their counts are corrected.
    fn insert(&self, xml: &str, formats: &BTreeMap<&str, u32>, styles: &str, added: usize) -> String {
        let prefix = &self.prefix;
        let mut listed = String::new();
        for (code, id) in formats {
            let code = super::xml::escaped(code);
            let _ = write!(listed, "<{prefix}numFmt numFmtId=\"{id}\" formatCode=\"{code}\"/>");
        }
        let mut out = String::with_capacity(xml.len() + listed.len() + styles.len() + 64);
        let mut copied = 0;
        match self.formats {
            _ if formats.is_empty() => {}
            Some(at) => copied = longer(&mut out, xml, copied, at, &listed, formats.len()),
            None => {
                out.push_str(xml.get(..self.root_end).unwrap_or_default());
                let _ = write!(out, "<{prefix}numFmts count=\"{}\">{listed}</{prefix}numFmts>", formats.len());
                copied = copied.max(self.root_end);
            }
        }
        if let Some(at) = self.cell_styles {
            copied = longer(&mut out, xml, copied, at, styles, added);
        }
        out.push_str(xml.get(copied..).unwrap_or_default());
        out
    }
}

/// Copies `xml` from `copied` on with `more` at the end of the list at `at`; returns where copying stopped.
fn longer(
    out: &mut String,
    xml: &str,
    copied: usize,
    (start, opened, closed): (usize, usize, usize),
    more: &str,
    count: usize,
) -> usize {
    let text = |from: usize, to: usize| xml.get(from..to).unwrap_or_default();
    out.push_str(text(copied, start));
    let opening = text(start, opened);
    let counted = Pieces::of(opening).next().ok().flatten().and_then(|piece| {
        with_attributes(&piece, |name, value| {
            (name == "count").then(|| value.parse::<usize>().ok().map(|known| (known + count).to_string()))?
        })
    });
    let opening = counted.as_deref().unwrap_or(opening);
    match opening.strip_suffix("/>") {
        // A list that was empty opens for what is new.
        Some(bare) => {
            let name = bare.trim_start_matches('<').split(char::is_whitespace).next().unwrap_or_default();
            let _ = write!(out, "{}>{more}</{name}>", bare.trim_end());
        }
        None => {
            out.push_str(opening);
            out.push_str(text(opened, closed));
            out.push_str(more);
        }
    }
    closed
}

/// The style with wrapped text; its other alignments stay.
fn with_wrap(base: &str, prefix: &str) -> String {
    let alignment = format!("<{prefix}alignment");
    if let Some((before, after)) = base.split_once(&alignment) {
        let (own, rest) = after.split_at(after.find('>').unwrap_or(after.len()));
        let own = without_attribute(own, "wrapText");
        return format!("{}{alignment} wrapText=\"1\"{own}{rest}", applied(before));
    }
    let end = base.find('>').map_or(base.len(), |at| at + 1);
    let (opening, rest) = base.split_at(end);
    let (bare, rest) = match opening.strip_suffix("/>") {
        Some(bare) => (bare.trim_end(), format!("</{prefix}xf>")),
        None => (opening.trim_end_matches('>'), rest.to_owned()),
    };
    format!("{}>{alignment} wrapText=\"1\"/>{rest}", applied(bare))
}

/// The opening of a style that says that its alignment counts.
fn applied(opening: &str) -> String {
    let bare = without_attribute(opening, "applyAlignment");
    let name = bare.find([' ', '/', '>']).unwrap_or(bare.len());
    let (name, attributes) = bare.split_at(name);
    format!("{name} applyAlignment=\"1\"{attributes}")
}

fn with_number_format(base: &str, format: u32) -> String {
    let end = base.find('>').map_or(base.len(), |at| at + 1);
    let (opening, rest) = base.split_at(end);
    let bare = without_attribute(&without_attribute(opening, "numFmtId"), "applyNumberFormat");
    let name = bare.find([' ', '/', '>']).unwrap_or(bare.len());
    let (name, attributes) = bare.split_at(name);
    format!("{name} numFmtId=\"{format}\" applyNumberFormat=\"1\"{attributes}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_style_is_like_the_old_but_for_its_format() {
        let xml = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"0\"/></numFmts><cellStyleXfs><xf/></cellStyleXfs>\
                   <cellXfs count=\"2\"><xf numFmtId=\"0\" borderId=\"1\"><alignment wrapText=\"1\"/></xf><xf numFmtId=\"9\" borderId=\"2\"/></cellXfs></styleSheet>";
        let mut styles = NewStyles::on_top_of(2);
        assert_eq!((styles.with_format(0, "0.00%"), styles.with_format(1, "0.00%")), (2, 3));
        assert_eq!(styles.with_format(0, "0.00%"), 2);
        let written = styles.write(xml).unwrap();
        assert!(written.contains("<numFmts count=\"2\"><numFmt numFmtId=\"170\" formatCode=\"0\"/><numFmt numFmtId=\"171\" formatCode=\"0.00%\"/></numFmts>"), "{written}");
        assert!(written.contains("<cellXfs count=\"4\">"), "{written}");
        let added = "<xf numFmtId=\"171\" applyNumberFormat=\"1\" borderId=\"1\"><alignment wrapText=\"1\"/></xf>\
                     <xf numFmtId=\"171\" applyNumberFormat=\"1\" borderId=\"2\"/></cellXfs>";
        assert!(written.ends_with(&format!("{added}</styleSheet>")), "{written}");
    }

    #[test]
    fn a_style_that_wraps_keeps_its_other_alignments() {
        let xml = "<styleSheet><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf borderId=\"1\" applyAlignment=\"0\"><alignment horizontal=\"center\" wrapText=\"0\"/>\
                   <protection locked=\"0\"/></xf><xf borderId=\"2\"><protection locked=\"0\"/></xf></cellXfs></styleSheet>";
        let mut styles = NewStyles::on_top_of(3);
        assert_eq!([0, 1, 2].map(|base| styles.with_wrap(base)), [3, 4, 5]);
        let written = styles.write(xml).unwrap();
        let added = "<xf applyAlignment=\"1\" numFmtId=\"0\"><alignment wrapText=\"1\"/></xf>\
                     <xf applyAlignment=\"1\" borderId=\"1\"><alignment wrapText=\"1\" horizontal=\"center\"/><protection locked=\"0\"/></xf>\
                     <xf applyAlignment=\"1\" borderId=\"2\"><alignment wrapText=\"1\"/><protection locked=\"0\"/></xf></cellXfs></styleSheet>";
        assert!(written.ends_with(added) && !written.contains("numFmts"), "{written}");
    }

    #[test]
    fn an_empty_list_of_formats_opens_for_the_new_ones() {
        let xml = "<styleSheet><numFmts count=\"0\" /><cellXfs count=\"1\"><xf/></cellXfs></styleSheet>";
        let mut styles = NewStyles::on_top_of(1);
        styles.with_wrap(0);
        let wrapped = "<xf applyAlignment=\"1\"><alignment wrapText=\"1\"/></xf></cellXfs></styleSheet>";
        let start = "<styleSheet><numFmts count=\"0\" /><cellXfs count=\"2\"><xf/>";
        assert_eq!(styles.write(xml).unwrap(), format!("{start}{wrapped}"));
        styles.with_format(0, "0%");
        let start = "<styleSheet><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0%\"/></numFmts><cellXfs count=\"3\"><xf/>";
        assert!(styles.write(xml).unwrap().starts_with(start), "{}", styles.write(xml).unwrap());
    }

    #[test]
    fn a_workbook_without_formats_gets_a_list_of_them() {
        let mut styles = NewStyles::on_top_of(1);
        styles.with_format(0, "0%");
        let written = styles.write("<x:styleSheet><x:cellXfs><x:xf/></x:cellXfs></x:styleSheet>").unwrap();
        assert_eq!(
            written,
            "<x:styleSheet><x:numFmts count=\"1\"><x:numFmt numFmtId=\"164\" formatCode=\"0%\"/></x:numFmts>\
             <x:cellXfs><x:xf/><x:xf numFmtId=\"164\" applyNumberFormat=\"1\"/></x:cellXfs></x:styleSheet>"
        );
    }
}
