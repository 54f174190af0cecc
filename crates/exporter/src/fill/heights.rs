//! Rows high enough for what is filled into them: spreadsheet programs fit a row to its unmerged cells at best.
//!
//! Only rows whose text would be cut off grow, and only cells whose text does not fit on one line begin to wrap.

use std::collections::{BTreeMap, HashMap};

use super::cell::{CellValue, Edit};
use super::layout::SheetLayout;
use super::looks::{Look, Looks};
use super::sheet::SheetPlan;
use super::sizes::RowHeight;
use super::styles::NewStyles;
use crate::read::sheet::{Merged, Position};
use crate::write::{MAX_ROW_HEIGHT, line_count, pixel_capacity};

/// Hundredths of a point that a line takes for each tenth of a point of its font.
const LINE: u32 = 145;
/// Space above and below the text of a cell, in tenths of the font's size.
const MARGIN: u32 = 5;
/// The highest row, in hundredths of a point.
const HIGHEST: u32 = MAX_ROW_HEIGHT * 100;

/// Lets the rows of the cells that `plan` fills grow; returns the cells whose text the highest row cannot show.
pub(super) fn fit(
    layout: &SheetLayout<'_>,
    plan: &mut SheetPlan,
    looks: &Looks,
    new_styles: &mut NewStyles,
) -> Vec<Position> {
    let areas = plan.areas(layout.merged).into_iter().map(|area| (area.first, area)).collect();
    let mut texts = Vec::new();
    for (place, edit) in &mut plan.edits {
        let model = (plan.rows.source(place.0), place.1);
        let own = edit.style.or_else(|| layout.cells.style(model));
        let text = Text::of(*place, edit, looks.of_style(own), &areas, layout);
        let Some(text) = text.filter(|text| text.lines > 1) else { continue };
        if !text.look.wraps {
            edit.style = Some(new_styles.with_wrap(own.unwrap_or_default()));
        }
        texts.push(text);
    }
    // Areas of several rows come last: other cells of their rows may make room for them.
    texts.sort_by_key(|text| text.area.last.0 - text.area.first.0);
    texts.iter().filter(|text| !make_room(text, layout, plan)).map(|text| text.area.first).collect()
}

/// A text that is filled in.
struct Text {
    area: Merged,
    look: Look,
    lines: u32,
}

impl Text {
    /// The text of `edit`; `None` where its height cannot be told from its length.
    fn of(
        place: Position,
        edit: &Edit,
        look: Look,
        areas: &HashMap<Position, Merged>,
        layout: &SheetLayout<'_>,
    ) -> Option<Self> {
        let CellValue::Text(text) = &edit.value else { return None };
        let area = areas.get(&place).copied().unwrap_or(Merged { first: place, last: place });
        let pixels = layout.cells.sizes().across(area.first.1, area.last.1);
        let fits = !look.bent && pixels > 0;
        fits.then(|| Self { area, look, lines: line_count(text, pixel_capacity(pixels, look.size)) })
    }

    /// The height of the lines alone, in hundredths of a point.
    const fn height(&self) -> u32 {
        self.lines.saturating_mul(self.look.size).saturating_mul(LINE) / 10
    }
}

/// Makes the last row of the text's area higher where the text does not fit; `false` where no row can be that high.
fn make_room(text: &Text, layout: &SheetLayout<'_>, plan: &mut SheetPlan) -> bool {
    let rows = text.area.first.0..=text.area.last.0;
    let has: u32 = rows.map(|row| height(row, layout, plan)).fold(0, u32::saturating_add);
    if text.height() <= has {
        return true;
    }
    let row = text.area.last.0;
    let stated = layout.cells.sizes().stated(plan.rows.source(row));
    let missing = text.height().saturating_add(text.look.size.saturating_mul(MARGIN)).saturating_sub(has);
    let wanted = height(row, layout, plan).saturating_add(missing);
    let merged = text.area.first != text.area.last;
    let before = plan.heights.get(&row).is_some_and(|known| known.fixed);
    let fixed = merged || before || stated.is_some_and(|stated| stated.fixed);
    plan.heights.insert(row, RowHeight { height: wanted.min(HIGHEST), fixed });
    wanted <= HIGHEST
}

/// The height of a row of the filled sheet as it is known by now.
fn height(row: u32, layout: &SheetLayout<'_>, plan: &SheetPlan) -> u32 {
    plan.heights.get(&row).map_or_else(|| layout.cells.sizes().height(plan.rows.source(row)), |known| known.height)
}

/// The heights by row.
pub(super) type Heights = BTreeMap<u32, RowHeight>;
