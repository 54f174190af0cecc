//! One cell of a worksheet: as the template has it, and as it is written.

use std::collections::HashMap;
use std::fmt::Write;

use jixiao_core::Decimal;
use quick_xml::events::Event;

use super::formula::{Move, moved};
use super::xml::{Piece, Pieces, attribute, escaped, unescaped, with_attributes, without_attribute};
use crate::error::ExportError;
use crate::read::address::cell_name;
use crate::read::sheet::Position;
use crate::stored::Stored;

/// What a cell gets.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Edit {
    pub(super) value: CellValue,
    /// The style, where it is not the cell's own.
    pub(super) style: Option<u32>,
}

/// The value of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CellValue {
    Number(Decimal),
    Text(String),
}

impl Edit {
    /// Writes a cell that the template does not list.
    pub(super) fn new_cell(&self, place: Position, prefix: &str, out: &mut String) {
        write_opening(place, self.style, prefix, out);
        self.value.write_kind(false, out);
        out.push('>');
        self.value.write(false, prefix, out);
        let _ = write!(out, "</{prefix}c>");
    }
}

fn write_opening(place: Position, style: Option<u32>, prefix: &str, out: &mut String) {
    let _ = write!(out, "<{prefix}c r=\"{}\"", cell_name(place));
    if let Some(style) = style {
        let _ = write!(out, " s=\"{style}\"");
    }
}

impl CellValue {
    /// A text is stored within its cell, so that the shared strings stay as they are; the result of a formula is one
    /// of its own kind.
    fn write_kind(&self, of_formula: bool, out: &mut String) {
        match (self, of_formula) {
            (Self::Number(_), _) => {}
            (Self::Text(_), true) => out.push_str(" t=\"str\""),
            (Self::Text(_), false) => out.push_str(" t=\"inlineStr\""),
        }
    }

    fn write(&self, of_formula: bool, prefix: &str, out: &mut String) {
        let _ = match (self, of_formula) {
            (Self::Number(number), _) => write!(out, "<{prefix}v>{number}</{prefix}v>"),
            (Self::Text(text), true) => write!(out, "<{prefix}v>{}</{prefix}v>", Stored(text)),
            (Self::Text(text), false) => {
                write!(out, "<{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is>", Stored(text))
            }
        };
    }
}

/// A cell of the template.
#[derive(Debug)]
pub(super) struct SheetCell<'x> {
    pub(super) position: Position,
    pub(super) style: Option<u32>,
    opening: Piece<'x>,
    body: Body<'x>,
    raw: &'x str,
}

/// What stands within a cell.
#[derive(Debug, Default)]
struct Body<'x> {
    before: &'x str,
    formula: Option<Formula<'x>>,
    after: &'x str,
}

#[derive(Debug)]
struct Formula<'x> {
    opening: Piece<'x>,
    text: String,
    raw: &'x str,
}

impl<'x> SheetCell<'x> {
    /// Reads the cell that `opening` opens.
    pub(super) fn read(
        opening: Piece<'x>,
        position: Position,
        pieces: &mut Pieces<'x>,
        xml: &'x str,
    ) -> Result<Self, ExportError> {
        let start = pieces.end() - opening.raw.len();
        let style = opening.tag().and_then(|tag| attribute(tag, "s")).and_then(|style| style.parse().ok());
        let body = if opening.is_empty() { Body::default() } else { Body::read(pieces, xml)? };
        let raw = xml.get(start..pieces.end()).unwrap_or_default();
        Ok(Self { position, style, opening, body, raw })
    }

    /// True where the cell computes its value.
    pub(super) const fn has_formula(&self) -> bool {
        self.body.formula.is_some()
    }

    /// The cell's formula in words of its own; formulas that others share are kept in `shared`.
    pub(super) fn own_formula(&self, shared: &mut HashMap<String, (Position, String)>) -> Option<String> {
        let formula = self.body.formula.as_ref()?;
        let value = |name: &str| formula.opening.tag().and_then(|tag| attribute(tag, name));
        let Some(group) = value("si").filter(|_| value("t").as_deref() == Some("shared")) else {
            return Some(formula.text.clone());
        };
        if !formula.text.is_empty() {
            shared.insert(group.into_owned(), (self.position, formula.text.clone()));
            return Some(formula.text.clone());
        }
        let (home, text) = shared.get(&*group)?;
        let rows = i64::from(self.position.0) - i64::from(home.0);
        let columns = i64::from(self.position.1) - i64::from(home.1);
        Some(moved(text, Move::Copy { rows, columns }))
    }

    /// Writes the cell at `place`, with the value of `edit` and its formula as `formula` where they are given.
    pub(super) fn write(
        &self,
        place: Position,
        edit: Option<&Edit>,
        formula: Option<&str>,
        prefix: &str,
        out: &mut String,
    ) {
        if edit.is_none() && formula.is_none() && place == self.position {
            out.push_str(self.raw);
            return;
        }
        let mut tag = with_attributes(&self.opening, |name, _| match name {
            "r" => Some(cell_name(place)),
            "s" => edit.and_then(|edit| edit.style).map(|style| style.to_string()),
            _ => None,
        })
        .unwrap_or_else(|| self.opening.raw.to_owned());
        let Some(edit) = edit else {
            out.push_str(&tag);
            if !self.opening.is_empty() {
                self.write_body(formula, prefix, out);
            }
            return;
        };
        tag = without_attribute(&without_attribute(&tag, "t"), "vm");
        out.push_str(tag.trim_end_matches('>').trim_end_matches('/').trim_end());
        if let (None, Some(style)) = (self.style, edit.style) {
            let _ = write!(out, " s=\"{style}\"");
        }
        edit.value.write_kind(self.has_formula(), out);
        out.push('>');
        self.write_formula(formula, prefix, out);
        edit.value.write(self.has_formula(), prefix, out);
        let _ = write!(out, "</{prefix}c>");
    }

    fn write_body(&self, formula: Option<&str>, prefix: &str, out: &mut String) {
        out.push_str(self.body.before);
        self.write_formula(formula, prefix, out);
        out.push_str(self.body.after);
    }

    /// Writes the formula, where the cell has one, in the words `moved`.
    fn write_formula(&self, moved: Option<&str>, prefix: &str, out: &mut String) {
        match (&self.body.formula, moved) {
            (Some(formula), Some(moved)) if *moved != formula.text || formula.is_shared() => {
                let _ = write!(out, "<{prefix}f>{}</{prefix}f>", quick_xml::escape::partial_escape(moved));
            }
            (Some(formula), _) => out.push_str(formula.raw),
            (None, _) => {}
        }
    }

    /// Writes a cell of the same style at `place`, with the value of `edit` and the formula where they are given.
    pub(super) fn copy_to(
        &self,
        place: Position,
        edit: Option<&Edit>,
        formula: Option<&str>,
        prefix: &str,
        out: &mut String,
    ) {
        write_opening(place, edit.and_then(|edit| edit.style).or(self.style), prefix, out);
        if let Some(edit) = edit {
            edit.value.write_kind(formula.is_some(), out);
        }
        if edit.is_none() && formula.is_none() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        if let Some(formula) = formula {
            let _ = write!(out, "<{prefix}f>{}</{prefix}f>", quick_xml::escape::partial_escape(formula));
        }
        if let Some(edit) = edit {
            edit.value.write(formula.is_some(), prefix, out);
        }
        let _ = write!(out, "</{prefix}c>");
    }
}

impl<'x> Body<'x> {
    /// Reads up to the end of the cell.
    fn read(pieces: &mut Pieces<'x>, xml: &'x str) -> Result<Self, ExportError> {
        let start = pieces.end();
        let mut body = Self::default();
        let mut mark = start;
        while let Some(piece) = pieces.next()? {
            if piece.begins() == Some("f") && body.formula.is_none() {
                let from = pieces.end() - piece.raw.len();
                body.before = xml.get(start..from).unwrap_or_default();
                body.formula = Some(Formula::read(piece, pieces, xml)?);
                mark = pieces.end();
            } else if matches!(piece.event, Event::End(_)) && piece.ends() == Some("c") {
                break;
            }
        }
        body.after = xml.get(mark..pieces.end()).unwrap_or_default();
        Ok(body)
    }
}

impl<'x> Formula<'x> {
    fn read(opening: Piece<'x>, pieces: &mut Pieces<'x>, xml: &'x str) -> Result<Self, ExportError> {
        let start = pieces.end() - opening.raw.len();
        let mut text = String::new();
        while !opening.is_empty()
            && let Some(piece) = pieces.next()?
        {
            match &piece.event {
                Event::End(_) if piece.ends() == Some("f") => break,
                Event::Text(_) | Event::GeneralRef(_) => text.push_str(piece.raw),
                Event::CData(data) => text.push_str(&escaped(&data.xml10_content())),
                _ => {}
            }
        }
        let raw = xml.get(start..pieces.end()).unwrap_or_default();
        Ok(Self { opening, text: unescaped(text.into()).into_owned(), raw })
    }

    fn is_shared(&self) -> bool {
        self.opening.tag().and_then(|tag| attribute(tag, "t")).as_deref() == Some("shared")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cell: &str, edit: Option<&Edit>) -> String {
        let mut pieces = Pieces::of(cell);
        let opening = pieces.next().unwrap().unwrap();
        let cell = SheetCell::read(opening, (4, 1), &mut pieces, cell).unwrap();
        let mut out = String::new();
        cell.write((4, 1), edit, None, "", &mut out);
        out
    }

    fn text(text: &str) -> Edit {
        Edit { value: CellValue::Text(text.to_owned()), style: None }
    }

    fn number(number: i64) -> Edit {
        Edit { value: CellValue::Number(Decimal::new(number, 2)), style: None }
    }

    #[test]
    fn a_value_takes_the_place_of_another_and_the_style_stays() {
        let cell = "<c r=\"B5\" s=\"7\" t=\"s\"><v>3</v></c>";
        assert_eq!(written(cell, None), cell);
        assert_eq!(written(cell, Some(&number(1250))), "<c r=\"B5\" s=\"7\"><v>12.50</v></c>");
        let filled = "<c r=\"B5\" s=\"7\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1&lt;2</t></is></c>";
        assert_eq!(written("<c r=\"B5\" s=\"7\"/>", Some(&text("=1<2"))), filled);
        let styled = Edit { style: Some(9), ..number(1) };
        assert_eq!(written("<c r='B5' s='7'></c>", Some(&styled)), "<c r='B5' s='9'><v>0.01</v></c>");
        assert_eq!(written("<c r='B5'/>", Some(&styled)), "<c r='B5' s=\"9\"><v>0.01</v></c>");
    }

    #[test]
    fn a_formula_stays_and_only_its_stored_value_changes() {
        let cell = "<c r=\"B5\" t=\"str\"><f>IF(A1=\"\",\"\",A1)</f><v></v></c>";
        assert_eq!(written(cell, Some(&number(950))), "<c r=\"B5\"><f>IF(A1=\"\",\"\",A1)</f><v>9.50</v></c>");
        assert_eq!(written(cell, Some(&text("优"))), "<c r=\"B5\" t=\"str\"><f>IF(A1=\"\",\"\",A1)</f><v>优</v></c>");
    }
}
