//! A form as the official table: the plan of its sheet as rows and cells of HTML.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::cells::CellMarks;
use super::{class, clean};
use crate::layout::Layout;
use crate::write::plan::{Content, Look, NumberLook, Plan, PlannedCell};
use jixiao_core::{Decimal, FieldPath, FundField, IndicatorField};

/// The table of `plan`, with `marks` at the cells by their number.
pub(super) fn table(plan: &Plan, layout: &Layout, marks: &CellMarks, name: &str) -> Markup {
    let rows = rows(plan);
    // Rows that no cell begins in are the sheet's way to be high enough; HTML grows by itself.
    let starts: Vec<u32> = rows.keys().copied().collect();
    let (head, body): (Vec<_>, Vec<_>) = rows.iter().partition(|(row, _)| **row < plan.repeated_rows);
    let row = |cells: &Vec<(usize, &PlannedCell)>| {
        let has_value = cells.iter().any(|(_, cell)| cell.field.is_some());
        // A text of pages must break over pages; every other row stays whole.
        let is_long = cells.iter().any(|(_, cell)| is_long(cell));
        html! { tr class=[is_long.then_some("long")] { @for (number, cell) in cells { (planned(cell, *number, &starts, has_value, marks)) } } }
    };
    html! {
        table.official border="1" cellspacing="0" cellpadding="3" aria-label=(name) {
            (columns(layout))
            thead { @for (_, cells) in &head { (row(cells)) } }
            tbody { @for (_, cells) in &body { (row(cells)) } }
        }
    }
}

/// A text of more characters than this fills a large part of a page in a narrow column.
const LONG: usize = 200;

fn is_long(cell: &PlannedCell) -> bool {
    let is_long = |text: &str| text.chars().nth(LONG).is_some();
    cell.look == Look::Body || matches!(&cell.content, Content::Text(text) if is_long(text))
}

/// The cells with their numbers by the row they begin in, from left to right.
fn rows(plan: &Plan) -> BTreeMap<u32, Vec<(usize, &PlannedCell)>> {
    let mut rows: BTreeMap<u32, Vec<(usize, &PlannedCell)>> = BTreeMap::new();
    for (number, cell) in plan.cells.iter().enumerate() {
        rows.entry(cell.area.first_row).or_default().push((number, cell));
    }
    for cells in rows.values_mut() {
        cells.sort_by_key(|(_, cell)| cell.area.columns.0);
    }
    rows
}

fn columns(layout: &Layout) -> Markup {
    let total: u32 = layout.widths.iter().map(|width| u32::from(*width)).sum();
    let share = |width: u16| (u32::from(width) * 1000).checked_div(total).unwrap_or_default();
    html! {
        colgroup {
            @for width in layout.widths {
                @let share = share(*width);
                col style={ "width:" (share / 10) "." (share % 10) "%" };
            }
        }
    }
}

fn planned(cell: &PlannedCell, number: usize, starts: &[u32], row_has_value: bool, marks: &CellMarks) -> Markup {
    let area = cell.area;
    let colspan = area.columns.1 - area.columns.0 + 1;
    let rowspan = starts.iter().filter(|row| (area.first_row..=area.last_row).contains(row)).count().max(1);
    let style = format!("{} {}", look(cell.look), marks.worst(number).map(class).unwrap_or_default());
    let (style, colspan, rowspan) = (style.trim(), (colspan > 1).then_some(colspan), (rowspan > 1).then_some(rowspan));
    let content = html! { (text(cell)) (marks.at(number)) };
    if let Some(scope) = scope(cell, rowspan.is_some(), row_has_value) {
        html! { th scope=(scope) class=[some(style)] colspan=[colspan] rowspan=[rowspan] { (content) } }
    } else {
        html! { td class=[some(style)] colspan=[colspan] rowspan=[rowspan] { (content) } }
    }
}

fn some(style: &str) -> Option<&str> {
    Some(style).filter(|style| !style.is_empty())
}

/// What a cell heads: printed labels, and the names of rows and groups; `None` for values.
fn scope(cell: &PlannedCell, is_tall: bool, row_has_value: bool) -> Option<&'static str> {
    match cell.field {
        Some(FieldPath::Fund(_, FundField::Label) | FieldPath::Indicator(_, IndicatorField::Level3)) => Some("row"),
        Some(FieldPath::Indicator(_, IndicatorField::Level1 | IndicatorField::Level2)) => Some("rowgroup"),
        Some(_) => None,
        None if !matches!(cell.look, Look::Label | Look::Side) || cell.content == Content::Blank => None,
        None if is_tall => Some("rowgroup"),
        None => Some(if row_has_value { "row" } else { "col" }),
    }
}

const fn look(look: Look) -> &'static str {
    match look {
        Look::Title => "title",
        Look::Subtitle => "subtitle",
        Look::Label | Look::Centre => "",
        Look::Side => "side",
        Look::Left => "left",
        Look::Body => "body",
        Look::Plain => "plain",
    }
}

fn text(cell: &PlannedCell) -> Markup {
    let words = match &cell.content {
        Content::Blank => return html! {},
        Content::Text(words) => clean(words),
        Content::Number { value, look } => printed(*value, *look),
    };
    html! { @if cell.look == Look::Side { span { (words) } } @else { (words) } }
}

/// A number as the form prints it, which is how the sheet shows it.
fn printed(value: Decimal, look: NumberLook) -> String {
    let scaled = if look.percent { value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value) } else { value };
    let mut scaled = scaled;
    scaled.rescale(look.places);
    if look.percent { format!("{scaled}%") } else { scaled.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_on_the_form() {
        let shown = |value: &str, places, percent| printed(value.parse().unwrap(), NumberLook { places, percent });
        assert_eq!(shown("0.9500", 2, true), "95.00%");
        assert_eq!(shown("0.939", 1, true), "93.9%");
        assert_eq!(shown("400000.00", 2, false), "400000.00");
    }
}
