//! From the elements of a part to its content.

use jixiao_package::{Token, Xml, attribute};

use super::symbol::symbol;
use crate::error::SourceError;
use crate::flow::{Builder, Content};
use crate::limits::MAX_COLUMNS;

/// Elements whose content is not shown: deleted and moved text, the codes of fields, a drawing's second rendering for
/// old programs, phonetic hints.
const UNSHOWN: [&str; 8] = ["del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "rt", "sdtPr"];

/// Reads a part.
pub(super) fn read(xml: &mut Xml<'_, '_>) -> Result<Vec<Content>, SourceError> {
    let mut body = Body::default();
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                let value = |key: &str| attribute(&start, key);
                body.open(&name, &value)?;
            }
            Token::End(end) => body.close(end.local_name().as_ref()),
            Token::Text(text) if body.in_text && body.hidden == 0 && !body.vanished => body.builder.text(&text),
            Token::Text(_) => {}
        }
    }
    body.builder.finish()
}

#[derive(Default)]
struct Body {
    builder: Builder,
    /// Open elements that are not shown.
    hidden: usize,
    /// Open elements that hold properties: what they name is not there, only described.
    properties: usize,
    /// Within the properties of a row.
    in_row_properties: bool,
    in_text: bool,
    /// The open run is formatted as hidden.
    vanished: bool,
    /// The mark that ends the open paragraph is deleted: the next one goes on in its line.
    joins_next: bool,
    /// The open rows, `true` where the row is deleted.
    rows: Vec<bool>,
}

impl Body {
    fn open(&mut self, name: &str, value: &dyn Fn(&str) -> Option<String>) -> Result<(), SourceError> {
        if self.hidden > 0 {
            self.hidden += 1;
        } else if is_properties(name) {
            self.properties += 1;
            self.in_row_properties |= name == "trPr";
        } else if self.properties > 0 {
            self.property(name, value);
        } else if UNSHOWN.contains(&name) {
            self.hidden = 1;
        } else {
            return self.element(name, value);
        }
        Ok(())
    }

    fn element(&mut self, name: &str, value: &dyn Fn(&str) -> Option<String>) -> Result<(), SourceError> {
        match name {
            "tbl" => self.builder.open_table(),
            "tr" => {
                self.rows.push(false);
                self.builder.open_row();
            }
            "tc" => self.builder.open_cell(Default::default())?,
            "r" => self.vanished = false,
            "txbxContent" => self.builder.open_aside(),
            "t" => self.in_text = true,
            "tab" | "ptab" => self.builder.text("\t"),
            "br" | "cr" => self.builder.end_line(),
            "noBreakHyphen" => self.builder.text("-"),
            "sym" => {
                let shown = symbol(&value("font").unwrap_or_default(), &value("char").unwrap_or_default());
                self.builder.text(shown.unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut [0; 4]));
            }
            _ => {}
        }
        Ok(())
    }

    fn property(&mut self, name: &str, value: &dyn Fn(&str) -> Option<String>) {
        let count = || value("val").and_then(|value| value.parse::<u32>().ok());
        match name {
            "gridSpan" => {
                if let Some(span) = self.builder.span_mut() {
                    span.columns = count().unwrap_or(1).clamp(1, MAX_COLUMNS);
                }
            }
            "vMerge" => {
                if let Some(span) = self.builder.span_mut() {
                    span.continues = value("val").is_none_or(|value| value != "restart");
                }
            }
            // Old programs merge side by side as below each other.
            "hMerge" if value("val").is_none_or(|value| value != "restart") => self.builder.join_left(),
            "vanish" if self.properties == 1 => {
                self.vanished = value("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"));
            }
            "gridBefore" => self.builder.skip_columns(count().unwrap_or(0)),
            "del" if self.in_row_properties => self.rows.last_mut().into_iter().for_each(|deleted| *deleted = true),
            "del" | "moveFrom" => self.joins_next = true,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        if is_properties(name) {
            self.properties = self.properties.saturating_sub(1);
            self.in_row_properties &= name != "trPr";
            return;
        }
        if self.properties > 0 {
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" if std::mem::take(&mut self.joins_next) => {}
            "p" => self.builder.end_paragraph(),
            "tc" => self.builder.close_cell(),
            "tr" if self.rows.pop() == Some(true) => self.builder.drop_row(),
            "tbl" => self.builder.close_table(),
            "txbxContent" => self.builder.close_aside(),
            _ => {}
        }
    }
}

/// True for elements that describe others: `pPr`, `rPr`, `tcPr`, `trPr` and their like.
fn is_properties(name: &str) -> bool {
    matches!(name, "pPr" | "rPr" | "tcPr" | "trPr" | "tblPr" | "tblPrEx" | "sectPr" | "tblGrid")
}
