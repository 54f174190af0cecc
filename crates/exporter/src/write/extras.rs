//! The extra fields of a form: which of the layout's places each takes, and how it is printed there.

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{ExtraField, FieldPath, Form};

use super::blocks::{ROW_FLOOR, text};
use super::plan::{Content, Look};
use super::planner::{Planner, RowCell};
use crate::layout::{ExtraHome, ExtraPlace, ExtraSlot, Layout, Pair};

/// The place of every extra field, by its number among [`Layout::extra_homes`].
///
/// Printed order is kept: a field takes a place below those of the fields before it, at worst in the list at the
/// end.
pub(super) fn homes(form: &Form, layout: &Layout) -> Vec<ExtraHome> {
    let places = layout.extra_homes();
    let mut lowest = 0;
    let mut homes = Vec::new();
    for field in &form.extra {
        let free = || places.iter().enumerate().skip(lowest);
        let own = free().find(|(_, home)| is_own(**home, field, form));
        let list = || free().find(|(_, home)| is_list_of(**home, field));
        let Some((place, home)) = own.or_else(list) else { continue };
        // A slot holds one field, a list any number.
        lowest = if is_list(*home) { place } else { place.saturating_add(1) };
        homes.push(*home);
    }
    homes
}

const fn is_list(home: ExtraHome) -> bool {
    matches!(home, ExtraHome::Header | ExtraHome::Foot)
}

fn is_own(home: ExtraHome, field: &ExtraField, form: &Form) -> bool {
    match home {
        ExtraHome::Slot(slot) => slot.label == field.label && fits(slot.place, &field.text),
        ExtraHome::FundColumn(label) => label == field.label && !form.funds.rows.is_empty(),
        ExtraHome::Header | ExtraHome::Foot => false,
    }
}

/// A text behind its label in one cell must not look as if another label followed.
fn fits(place: ExtraPlace, text: &str) -> bool {
    matches!(place, ExtraPlace::Beside(_)) || !text.contains([':', '：', '\n'])
}

fn is_list_of(home: ExtraHome, field: &ExtraField) -> bool {
    match home {
        ExtraHome::Foot => true,
        ExtraHome::Header => matches!(vocab::find(Scope::Header, &field.label), Some(Label::Extra)),
        ExtraHome::Slot(_) | ExtraHome::FundColumn(_) => false,
    }
}

/// A row of fields that the layout always prints.
pub(super) fn slots(planner: &mut Planner<'_>, slots: &[ExtraSlot]) {
    let mut cells = Vec::new();
    for slot in slots {
        let field = planner.extra_at(ExtraHome::Slot(*slot)).next();
        cells.extend(slot_cells(slot, field, planner.form));
    }
    planner.row(cells, ROW_FLOOR);
}

fn slot_cells(slot: &ExtraSlot, field: Option<usize>, form: &Form) -> Vec<RowCell> {
    let words = field.and_then(|index| form.extra.get(index)).map_or("", |field| field.text.as_str());
    let path = field.map(FieldPath::Extra);
    let inline = || Content::Text(format!("{}：{words}", slot.label));
    match slot.place {
        ExtraPlace::Beside(pair) => vec![
            RowCell::label(pair.label, slot.label),
            RowCell::place(pair.value, text(Some(words)), Look::Left, path),
        ],
        ExtraPlace::Inline(columns) => vec![RowCell::place(columns, inline(), Look::Left, path)],
        ExtraPlace::AboveTable(columns) => vec![RowCell::place(columns, inline(), Look::Plain, path)],
    }
}

/// A list of fields, one a row.
pub(super) fn list(planner: &mut Planner<'_>, home: ExtraHome, pair: Pair) {
    for index in planner.extra_at(home).collect::<Vec<_>>() {
        let Some(field) = planner.form.extra.get(index) else { return };
        let cells = vec![
            RowCell::label(pair.label, &field.label),
            RowCell::field(pair.value, text(Some(&field.text)), Look::Left, FieldPath::Extra(index)),
        ];
        planner.row(cells, ROW_FLOOR);
    }
}
