//! Numbers that the columns of a template are too narrow for: spreadsheet programs show `####` in their place.

use std::collections::HashMap;

use jixiao_core::Decimal;

use super::cell::CellValue;
use super::layout::SheetLayout;
use super::looks::Looks;
use super::sheet::SheetPlan;
use super::styles::NewStyles;
use crate::read::number_format::display;
use crate::read::sheet::{Merged, Position};
use crate::read::styles::{GENERAL, Styles};
use crate::write::digit_capacity;

/// The cells of `plan` whose number has more digits than fit beside each other, with what they would show.
pub(super) fn too_narrow(
    layout: &SheetLayout<'_>,
    plan: &SheetPlan,
    (styles, new_styles): (&Styles, &NewStyles),
    looks: &Looks,
) -> Vec<(Position, String)> {
    let areas: HashMap<Position, Merged> =
        plan.areas(layout.merged).into_iter().map(|area| (area.first, area)).collect();
    let mut narrow = Vec::new();
    for (place, edit) in &plan.edits {
        let CellValue::Number(number) = &edit.value else { continue };
        let own = layout.cells.style((plan.rows.source(place.0), place.1));
        let code = edit.style.and_then(|style| new_styles.format(style));
        let code = code.unwrap_or_else(|| styles.code(index(edit.style.or(own))));
        let look = looks.of_style(own);
        let last = areas.get(place).map_or(place.1, |area| area.last.1);
        let pixels = layout.cells.sizes().across(place.1, last);
        let shown = shown(*number, code);
        // A hidden column shows nothing at all, and a text that shrinks or is turned always fits.
        if pixels > 0 && !look.bent && digits(&shown) > digit_capacity(pixels, look.size) {
            narrow.push((*place, display(&number.to_string(), code, false)));
        }
    }
    narrow
}

/// What must be seen of `number`: in the general format, programs round the places off that do not fit.
fn shown(number: Decimal, code: &str) -> String {
    if code == GENERAL { number.trunc().to_string() } else { display(&number.to_string(), code, false) }
}

/// The width of `shown` in digits: points and commas are half as wide in the usual fonts.
fn digits(shown: &str) -> usize {
    let narrow = shown.bytes().filter(|byte| matches!(byte, b'.' | b',')).count();
    shown.len().saturating_sub(narrow / 2)
}

fn index(style: Option<u32>) -> usize {
    usize::try_from(style.unwrap_or_default()).unwrap_or(usize::MAX)
}
