//! The cells of a planned sheet as its part stores them (ECMA-376 part 1, 18.3).
//!
//! The workbook library looks for the format of every cell it writes among all the others; the cells of a plan have
//! known looks, so they are written here, and the library writes everything around them.

use std::fmt::Write;
use std::ops::RangeInclusive;

use super::draw::Formulas;
use super::plan::{Area, Content, Plan, PlannedCell};
use crate::error::ExportError;
use crate::read::address::{column_name, range_name};
use crate::stored::{MAX_ROWS, MAX_TEXT, Stored};

/// Room for the text that one cell takes, in bytes; most take less.
const CELL_SIZE: usize = 40;

/// The elements of a sheet's part that its cells decide.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cells {
    /// `dimension`
    pub(super) dimension: String,
    /// `sheetData`
    pub(super) data: String,
    /// `mergeCells`; empty where nothing is merged.
    pub(super) merged: String,
    /// `ignoredErrors`: texts that look like numbers are meant to be texts.
    pub(super) ignored: String,
}

/// The cells of `plan` for the sheet `name`. `styles` holds the number of the look of every area.
///
/// # Errors
///
/// A text longer than a cell may be, or more rows than a sheet has.
pub(super) fn of(plan: &Plan, name: &str, styles: &[u32], formulas: &Formulas) -> Result<Cells, ExportError> {
    if plan.heights.len() > MAX_ROWS as usize {
        return Err(ExportError::TooManyRows { sheet: name.to_owned(), rows: plan.heights.len() });
    }
    plan.cells.iter().try_for_each(|cell| check_length(name, cell))?;
    Ok(Cells {
        dimension: dimension(plan),
        data: sheet_data(plan, styles, formulas),
        merged: merged(plan),
        ignored: ignored(plan),
    })
}

fn check_length(sheet: &str, cell: &PlannedCell) -> Result<(), ExportError> {
    let Content::Text(text) = &cell.content else { return Ok(()) };
    // No text has more UTF-16 units than bytes.
    if text.len() <= MAX_TEXT || text.encode_utf16().count() <= MAX_TEXT {
        return Ok(());
    }
    Err(ExportError::TextTooLong {
        sheet: sheet.to_owned(),
        range: range_of(cell.area),
        length: text.encode_utf16().count(),
        start: text.chars().take(12).collect(),
    })
}

/// The area in A1 notation.
fn range_of(area: Area) -> String {
    range_name((area.first_row, area.columns.0.into()), (area.last_row, area.columns.1.into()))
}

fn dimension(plan: &Plan) -> String {
    let last = plan
        .cells
        .iter()
        .fold((0, 0), |last: (u32, u16), cell| (last.0.max(cell.area.last_row), last.1.max(cell.area.columns.1)));
    format!(r#"<dimension ref="{}"/>"#, range_name((0, 0), (last.0, last.1.into())))
}

/// One cell of an area; the first one holds what the area shows.
struct Place<'p> {
    row: u32,
    column: u16,
    style: u32,
    shown: Option<&'p PlannedCell>,
}

/// Every cell, in the order of the rows.
fn places<'p>(plan: &'p Plan, styles: &[u32]) -> Vec<Place<'p>> {
    let mut places = Vec::new();
    for (cell, style) in plan.cells.iter().zip(styles) {
        let area = cell.area;
        let columns = |row| columns_of(area).map(move |column| (row, column));
        places.extend((area.first_row..=area.last_row).flat_map(columns).map(|(row, column)| {
            let is_first = (row, column) == (area.first_row, area.columns.0);
            Place { row, column, style: *style, shown: is_first.then_some(cell) }
        }));
    }
    places.sort_unstable_by_key(|place| (place.row, place.column));
    places
}

const fn columns_of(area: Area) -> RangeInclusive<u16> {
    area.columns.0..=area.columns.1
}

fn sheet_data(plan: &Plan, styles: &[u32], formulas: &Formulas) -> String {
    let places = places(plan, styles);
    let columns: Vec<String> = (0..=places.iter().map(|place| place.column).max().unwrap_or_default())
        .map(|c| column_name(c.into()))
        .collect();
    let mut places = places.into_iter().peekable();
    let mut out = String::with_capacity(plan.cells.len() * 4 * CELL_SIZE);
    out.push_str("<sheetData>");
    for (row, height) in (0_u32..).zip(&plan.heights) {
        let number = row + 1;
        open_row(row, (*height).into(), &mut out);
        while let Some(place) = places.next_if(|place| place.row == row) {
            let letters = columns.get(usize::from(place.column)).map_or("", String::as_str);
            let _ = write!(out, r#"<c r="{letters}{number}" s="{}""#, place.style);
            write_value(&place, formulas, &mut out);
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData>");
    out
}

/// Begins the row of that 0-based number.
///
/// Its height is given in points; spreadsheet programs count in pixels, of which four are three points high.
pub(crate) fn open_row(row: u32, height: u32, out: &mut String) {
    let quarters = height.saturating_mul(8).saturating_add(3) / 6 * 3;
    let fraction = ["", ".25", ".5", ".75"].get((quarters % 4) as usize).copied().unwrap_or_default();
    let number = u64::from(row) + 1;
    let _ = write!(out, r#"<row r="{number}" ht="{}{fraction}" customHeight="1">"#, quarters / 4);
}

/// Ends a cell that was begun with its address and style.
fn write_value(place: &Place<'_>, formulas: &Formulas, out: &mut String) {
    let Some(cell) = place.shown else { return out.push_str("/>") };
    if let Some(formula) = formulas.get(&(place.row, place.column)) {
        return write_formula(&formula.text, &cell.content, out);
    }
    push_value(&cell.content, out);
}

/// Ends a cell that was begun with its address and style, and shows `content`.
pub(crate) fn push_value(content: &Content, out: &mut String) {
    let _ = match content {
        Content::Blank => write!(out, "/>"),
        Content::Number { value, .. } => write!(out, "><v>{}</v></c>", value.normalize()),
        Content::Text(text) => {
            let space = if text.trim() == text { "" } else { r#" xml:space="preserve""# };
            write!(out, r#" t="inlineStr"><is><t{space}>{}</t></is></c>"#, Stored(text))
        }
    };
}

/// The formula, and what it shows until it is computed again: nothing over blank cells.
fn write_formula(formula: &str, content: &Content, out: &mut String) {
    let formula = Stored(formula.strip_prefix('=').unwrap_or(formula));
    let _ = match content {
        Content::Number { value, .. } => write!(out, "><f>{formula}</f><v>{}</v></c>", value.normalize()),
        Content::Text(text) => write!(out, r#" t="str"><f>{formula}</f><v>{}</v></c>"#, Stored(text)),
        Content::Blank => write!(out, r#" t="str"><f>{formula}</f><v></v></c>"#),
    };
}

fn merged(plan: &Plan) -> String {
    let areas: Vec<Area> = plan.cells.iter().map(|cell| cell.area).filter(|area| area.is_merged()).collect();
    if areas.is_empty() {
        return String::new();
    }
    let mut out = format!(r#"<mergeCells count="{}">"#, areas.len());
    for area in areas {
        let _ = write!(out, r#"<mergeCell ref="{}"/>"#, range_of(area));
    }
    out.push_str("</mergeCells>");
    out
}

fn ignored(plan: &Plan) -> String {
    let is_text = |cell: &&PlannedCell| matches!(&cell.content, Content::Text(text) if looks_numeric(text));
    let first = |area: Area| range_of(Area { last_row: area.first_row, columns: first_column(area), ..area });
    let cells: Vec<String> = plan.cells.iter().filter(is_text).map(|cell| first(cell.area)).collect();
    if cells.is_empty() {
        return String::new();
    }
    let cells = cells.join(" ");
    format!(r#"<ignoredErrors><ignoredError sqref="{cells}" numberStoredAsText="1"/></ignoredErrors>"#)
}

const fn first_column(area: Area) -> crate::layout::Columns {
    crate::layout::Columns(area.columns.0, area.columns.0)
}

fn looks_numeric(text: &str) -> bool {
    text.trim_end_matches('%').parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Columns;
    use crate::write::draw::FormulaCell;
    use crate::write::number::{number, percentage};
    use crate::write::plan::{Look, Part};

    fn cell(rows: (u32, u32), columns: (u16, u16), content: Content) -> PlannedCell {
        let area = Area { first_row: rows.0, last_row: rows.1, columns: Columns(columns.0, columns.1) };
        PlannedCell { area, content, look: Look::Label, field: None, part: Part::Main }
    }

    fn text(text: &str) -> Content {
        Content::Text(text.to_owned())
    }

    #[test]
    fn every_cell_of_an_area_has_its_look_and_the_first_its_content() {
        let cells = vec![
            cell((0, 0), (1, 2), text(" 甲<乙")),
            cell((1, 1), (1, 1), number("9.50".parse().unwrap())),
            cell((1, 1), (2, 2), percentage("98.1".parse().unwrap())),
            cell((0, 1), (0, 0), text("12%")),
        ];
        let plan = Plan { cells, heights: vec![32, 409], repeated_rows: 0 };
        let cells = of(&plan, "表", &[1, 2, 3, 4], &Formulas::default()).unwrap();
        assert_eq!(cells.dimension, r#"<dimension ref="A1:C2"/>"#);
        let first = concat!(
            r#"<row r="1" ht="32.25" customHeight="1"><c r="A1" s="4" t="inlineStr"><is><t>12%</t></is></c>"#,
            r#"<c r="B1" s="1" t="inlineStr"><is><t xml:space="preserve"> 甲&lt;乙</t></is></c><c r="C1" s="1"/></row>"#,
        );
        let second = concat!(
            r#"<row r="2" ht="408.75" customHeight="1"><c r="A2" s="4"/><c r="B2" s="2"><v>9.5</v></c>"#,
            r#"<c r="C2" s="3"><v>0.981</v></c></row>"#,
        );
        assert_eq!(cells.data, format!("<sheetData>{first}{second}</sheetData>"));
        let merged = r#"<mergeCells count="2"><mergeCell ref="B1:C1"/><mergeCell ref="A1:A2"/></mergeCells>"#;
        assert_eq!(cells.merged, merged);
        assert!(cells.ignored.contains(r#"sqref="A1" numberStoredAsText="1""#), "{}", cells.ignored);
    }

    #[test]
    fn a_formula_keeps_what_it_shows() {
        let contents = [Content::Blank, text("优"), number("9.80".parse().unwrap())];
        let cells = (0_u16..).zip(contents).map(|(column, content)| cell((0, 0), (column, column), content)).collect();
        let formula = FormulaCell { text: "=IF(A1<1,\"\",A1)".to_owned(), look: None };
        let formulas = (0..3).map(|column| ((0, column), formula.clone())).collect();
        let plan = Plan { cells, heights: vec![20], repeated_rows: 0 };
        let data = of(&plan, "表", &[0; 3], &formulas).unwrap().data;
        let stored = "<f>IF(A1&lt;1,\"\",A1)</f>";
        assert!(data.contains(&format!(r#"<c r="A1" s="0" t="str">{stored}<v></v></c>"#)), "{data}");
        assert!(data.contains(&format!(r#"<c r="B1" s="0" t="str">{stored}<v>优</v></c>"#)), "{data}");
        assert!(data.contains(&format!(r#"<c r="C1" s="0">{stored}<v>9.8</v></c>"#)), "{data}");
    }

    #[test]
    fn what_no_sheet_holds_is_refused() {
        let plan = |cells, rows| Plan { cells, heights: vec![20; rows], repeated_rows: 0 };
        let long = vec![cell((0, 0), (0, 1), text(&"绩".repeat(MAX_TEXT + 1)))];
        let refused = of(&plan(long, 1), "表", &[0], &Formulas::default());
        assert!(matches!(refused, Err(ExportError::TextTooLong { range, .. }) if range == "A1:B1"));
        let refused = of(&plan(Vec::new(), MAX_ROWS as usize + 1), "表", &[], &Formulas::default());
        assert!(matches!(refused, Err(ExportError::TooManyRows { .. })));
    }
}
