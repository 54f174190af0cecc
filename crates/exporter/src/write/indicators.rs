//! The indicator table: one row an indicator, the names of levels 1 and 2 merged down their groups.

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{FieldPath, Indicator, IndicatorField};

use super::blocks::{ROW_FLOOR, text};
use super::number::{number, text_or_number};
use super::plan::{Content, Look};
use super::planner::{DASH, Planner, RowCell, Rows};
use crate::layout::{Columns, IndicatorsBlock};

const INDICATOR_FLOOR: u32 = 28;

/// Places the table.
pub(super) fn place(planner: &mut Planner<'_>, block: &IndicatorsBlock) {
    let words = vocab::official(Scope::Block, Label::Indicators).unwrap_or_default();
    planner.heading_above(block.side, words);
    let first = planner.next_row();
    let header = block.columns.iter().map(|(field, caption, columns)| {
        RowCell::label(*columns, caption.words(Scope::IndicatorColumn, Label::IndicatorColumn(*field)))
    });
    planner.row(header.collect(), ROW_FLOOR);
    let indicators = &planner.form.indicators;
    let rows: Vec<Rows> =
        indicators.iter().enumerate().map(|(index, indicator)| place_row(planner, block, index, indicator)).collect();
    for (field, _, columns) in block.columns.iter().filter(|(field, _, _)| is_level(*field)) {
        place_level(planner, &rows, *field, *columns);
    }
    planner.side_label(block.side, words, first);
}

const fn is_level(field: IndicatorField) -> bool {
    matches!(field, IndicatorField::Level1 | IndicatorField::Level2)
}

fn place_row(planner: &mut Planner<'_>, block: &IndicatorsBlock, index: usize, indicator: &Indicator) -> Rows {
    let columns = block.columns.iter().filter(|(field, _, _)| !is_level(*field));
    let cells = columns.map(|(field, _, columns)| {
        let (content, look) = value(indicator, *field);
        RowCell::field(*columns, content, look, FieldPath::Indicator(index, *field))
    });
    planner.row(cells.collect(), INDICATOR_FLOOR)
}

fn value(indicator: &Indicator, field: IndicatorField) -> (Content, Look) {
    let quantity = |text: &Option<String>| text.as_deref().map_or(Content::Blank, text_or_number);
    match field {
        IndicatorField::Level1 => (text(indicator.level1.as_deref()), Look::Centre),
        IndicatorField::Level2 => (text(indicator.level2.as_deref()), Look::Centre),
        IndicatorField::Level3 => (text(Some(&indicator.level3)), Look::Left),
        IndicatorField::Target => (quantity(&indicator.target.text), Look::Centre),
        IndicatorField::Actual => (quantity(&indicator.actual.text), Look::Centre),
        IndicatorField::Weight => (indicator.weight.map_or(Content::Blank, number), Look::Centre),
        IndicatorField::Score => (indicator.score.map_or(Content::Blank, number), Look::Centre),
        IndicatorField::Deviation => (text(indicator.deviation.as_deref()), Look::Left),
    }
}

/// Places the names of one level, each merged down its group.
///
/// A group without a name prints a dash where the column has names at all: a blank cell under a name could be
/// read as belonging to it.
fn place_level(planner: &mut Planner<'_>, rows: &[Rows], field: IndicatorField, columns: Columns) {
    let indicators = &planner.form.indicators;
    let named = indicators.iter().any(|indicator| name_of(indicator, field).is_some());
    let mut start = 0;
    for group in indicators.chunk_by(|a, b| named && is_same_group(a, b, field)) {
        let content = match group.first().and_then(|indicator| name_of(indicator, field)) {
            Some(name) => Content::Text(name.to_owned()),
            None if named => Content::Text(DASH.to_owned()),
            None => Content::Blank,
        };
        let path = FieldPath::Indicator(start, field);
        if let Some([first, .., last] | [first @ last]) = rows.get(start..start + group.len()) {
            let rows = Rows { first: first.first, last: last.last };
            planner.place(rows, RowCell::field(columns, content, Look::Centre, path));
        }
        start += group.len();
    }
}

fn name_of(indicator: &Indicator, field: IndicatorField) -> Option<&str> {
    match field {
        IndicatorField::Level1 => indicator.level1.as_deref(),
        _ => indicator.level2.as_deref(),
    }
}

/// Neighbours share a level-2 name only within one level 1.
fn is_same_group(a: &Indicator, b: &Indicator, field: IndicatorField) -> bool {
    a.level1 == b.level1 && (field == IndicatorField::Level1 || a.level2 == b.level2)
}
