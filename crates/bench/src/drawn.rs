//! A written workbook taken apart: its cells with their looks, widths and heights, so that other libraries can be
//! made to write the same one. Links and marks of ignored errors are left out: they are few.

use std::collections::HashMap;
use std::error::Error;

use jixiao_package::{Package, Token, Xml, attribute, attributes};
use serde::Serialize;

use crate::bare::{self, Value};

/// Bytes that a workbook of the benchmarks may unpack to.
const BUDGET: u64 = 1 << 30;

/// A workbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Book {
    /// The looks of cells, by number.
    pub styles: Vec<Style>,
    /// The sheets in order.
    pub sheets: Vec<Drawn>,
}

/// How a cell looks.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Style {
    /// The code of its number format; `General` for texts.
    pub number: String,
    /// Size of the font, in points.
    pub size: f64,
    /// The font is bold.
    pub bold: bool,
    /// A thin border all around.
    pub border: bool,
    /// `left` or `center`; empty for the side that the kind of value decides.
    pub horizontal: String,
    /// `top` or `center`.
    pub vertical: String,
    /// Long texts wrap.
    pub wrap: bool,
    /// Long values shrink.
    pub shrink: bool,
    /// Letters stand one below the other.
    pub stacked: bool,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Drawn {
    /// Its name.
    pub name: String,
    /// Row, column, value and style of every cell, those covered by merged areas aside; 0-based.
    pub cells: Vec<(u32, u16, Option<Value>, usize)>,
    /// First row, first column, last row, last column and style of the merged areas.
    pub merged: Vec<(u32, u16, u32, u16, usize)>,
    /// Columns and their widths, in characters.
    pub widths: Vec<(u16, f64)>,
    /// Rows and their heights, in points.
    pub heights: Vec<(u32, f64)>,
}

/// Takes the workbook `bytes` apart.
///
/// # Errors
///
/// It was not written by this workspace.
pub fn take_apart(bytes: &[u8]) -> Result<Book, Box<dyn Error>> {
    let values = bare::read(bytes)?;
    let mut package = Package::open(bytes, BUDGET)?;
    let styles = styles(&mut package.xml("xl/styles.xml")?.ok_or("no styles")?)?;
    let mut sheets = Vec::new();
    for (number, sheet) in values.into_iter().enumerate() {
        let part = format!("xl/worksheets/sheet{}.xml", number + 1);
        let mut xml = package.xml(&part)?.ok_or("no sheet")?;
        sheets.push(drawn(&mut xml, sheet)?);
    }
    Ok(Book { styles, sheets })
}

fn drawn(xml: &mut Xml<'_, '_>, sheet: bare::Sheet) -> Result<Drawn, Box<dyn Error>> {
    let mut drawn = Drawn { name: sheet.name, ..Drawn::default() };
    let mut looks: HashMap<(u32, u16), usize> = HashMap::new();
    let mut row = 0;
    while let Some(token) = xml.next()? {
        let Token::Start(start) = token else { continue };
        let number = |name: &str| attribute(&start, name).and_then(|value| value.parse::<f64>().ok()).unwrap_or(0.0);
        match start.local_name().as_ref() {
            "col" => drawn.widths.extend(columns(number("min"), number("max")).map(|column| (column, number("width")))),
            "row" => {
                row = number("r") as u32 - 1;
                drawn.heights.push((row, number("ht")));
            }
            "c" => {
                let column = column(&attribute(&start, "r").unwrap_or_default());
                looks.insert((row, column), number("s") as usize);
            }
            _ => {}
        }
    }
    let look = |at: (u32, u16)| looks.get(&at).copied().unwrap_or_default();
    drawn.merged = sheet.merged.iter().map(|area| (area.0, area.1, area.2, area.3, look((area.0, area.1)))).collect();
    let mut values: HashMap<(u32, u16), Value> =
        sheet.cells.into_iter().map(|(row, column, value)| ((row, column), value)).collect();
    let mut places: Vec<(u32, u16)> = looks.keys().copied().filter(|at| !is_covered(&sheet.merged, *at)).collect();
    places.sort_unstable();
    drawn.cells = places.into_iter().map(|at| (at.0, at.1, values.remove(&at), look(at))).collect();
    Ok(drawn)
}

fn is_covered(merged: &[(u32, u16, u32, u16)], (row, column): (u32, u16)) -> bool {
    merged.iter().any(|area| {
        let inside = (area.0..=area.2).contains(&row) && (area.1..=area.3).contains(&column);
        inside && (row, column) != (area.0, area.1)
    })
}

/// The columns that are counted from 1, counted from 0.
fn columns(first: f64, last: f64) -> impl Iterator<Item = u16> {
    first as u16 - 1..last as u16
}

/// The column of `C7`; workbooks of forms have at most 26.
fn column(cell: &str) -> u16 {
    cell.bytes().next().map_or(0, |letter| u16::from(letter.saturating_sub(b'A')))
}

/// The styles of cells, fonts and number formats resolved.
fn styles(xml: &mut Xml<'_, '_>) -> Result<Vec<Style>, Box<dyn Error>> {
    let (mut codes, mut fonts, mut styles) = (HashMap::new(), Vec::new(), Vec::<Style>::new());
    let mut in_cells = false;
    while let Some(token) = xml.next()? {
        let start = match token {
            Token::Start(start) => start,
            Token::End(end) if end.local_name().as_ref() == "cellXfs" => break,
            _ => continue,
        };
        let values: HashMap<&str, _> = attributes(&start).collect();
        let value = |name: &str| values.get(name).map(|value| value.to_string()).unwrap_or_default();
        match start.local_name().as_ref() {
            "numFmt" => drop(codes.insert(value("numFmtId"), value("formatCode"))),
            "font" => fonts.push((11.0, false)),
            "sz" => fonts.iter_mut().last().into_iter().for_each(|font| font.0 = value("val").parse().unwrap_or(11.0)),
            "b" => fonts.iter_mut().last().into_iter().for_each(|font| font.1 = true),
            "cellXfs" => in_cells = true,
            "xf" if in_cells => {
                let (size, bold) = fonts[value("fontId").parse::<usize>()?];
                let number = codes.get(&value("numFmtId")).cloned().unwrap_or_else(|| "General".to_owned());
                styles.push(Style { number, size, bold, border: value("borderId") != "0", ..Style::default() });
            }
            "alignment" if in_cells => styles.iter_mut().last().into_iter().for_each(|style| {
                (style.horizontal, style.vertical) = (value("horizontal"), value("vertical"));
                (style.wrap, style.shrink) = (value("wrapText") == "1", value("shrinkToFit") == "1");
                style.stacked = value("textRotation") == "255";
            }),
            _ => {}
        }
    }
    Ok(styles)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{forms, workbook};

    #[test]
    fn bare_libraries_write_the_same_workbook() {
        let book = take_apart(&workbook(&forms(3)).unwrap()).unwrap();
        assert!(
            book.styles.iter().any(|style| style.stacked) && book.styles.iter().any(|style| style.number == "0.00")
        );
        assert!(book.sheets.iter().all(|sheet| !sheet.heights.is_empty() && !sheet.widths.is_empty()));
        let again = take_apart(&bare::write(&book).unwrap()).unwrap();
        let looks = |book: &Book| -> Vec<Vec<Style>> {
            let of = |sheet: &Drawn| sheet.cells.iter().map(|cell| book.styles[cell.3].clone()).collect();
            book.sheets.iter().map(of).collect()
        };
        assert_eq!(looks(&again), looks(&book));
        for (one, other) in again.sheets.iter().zip(&book.sheets) {
            assert_eq!((&one.heights, &one.widths), (&other.heights, &other.widths));
        }
    }
}
