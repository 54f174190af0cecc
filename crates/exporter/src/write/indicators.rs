//! The indicator table: one row an indicator, the names of levels 1 and 2 merged down their groups.

use jixiao_core::vocab::{Label, Scope};
use jixiao_core::{FieldPath, Indicator, IndicatorField};

use super::blocks::{ROW_FLOOR, text};
use super::number::{number, text_or_number};
use super::plan::{Content, Look, Part};
use super::planner::{DASH, Planner, RowCell, Rows};
use super::target::parts;
use crate::layout::IndicatorColumn::{Field, TargetNature, TargetUnit};
use crate::layout::{Columns, IndicatorColumn, IndicatorsBlock};

const INDICATOR_FLOOR: u32 = 28;

/// Places the table.
pub(super) fn place(planner: &mut Planner<'_>, block: &IndicatorsBlock) {
    let words = block.heading.caption.words(Scope::Block, Label::Indicators);
    planner.heading_above(block.heading, words);
    let first = planner.next_row();
    let header = block.columns.iter().map(|(column, caption, columns)| {
        RowCell::label(*columns, caption.words(Scope::IndicatorColumn, column.label()))
    });
    planner.row(header.collect(), ROW_FLOOR);
    let indicators = &planner.form.indicators;
    let rows: Vec<Rows> =
        indicators.iter().enumerate().map(|(index, indicator)| place_row(planner, block, index, indicator)).collect();
    for (column, _, columns) in block.columns {
        if let Field(field @ (IndicatorField::Level1 | IndicatorField::Level2)) = column {
            place_level(planner, &rows, *field, *columns);
        }
    }
    planner.side_label(block.heading, words, first);
}

const fn is_level(column: IndicatorColumn) -> bool {
    matches!(column, Field(IndicatorField::Level1 | IndicatorField::Level2))
}

fn place_row(planner: &mut Planner<'_>, block: &IndicatorsBlock, index: usize, indicator: &Indicator) -> Rows {
    let columns = block.columns.iter().filter(|(column, ..)| !is_level(*column));
    let cells = columns.map(|(column, _, columns)| match column {
        Field(IndicatorField::Target) if block.splits_target() => target_cell(*columns, Part::Main, index, indicator),
        TargetNature => target_cell(*columns, Part::Nature, index, indicator),
        TargetUnit => target_cell(*columns, Part::Unit, index, indicator),
        Field(field) => {
            let (content, look) = value(indicator, *field);
            RowCell::field(*columns, content, look, FieldPath::Indicator(index, *field))
        }
    });
    planner.row(cells.collect(), INDICATOR_FLOOR)
}

/// One part of a target that is printed over several columns.
fn target_cell(columns: Columns, part: Part, index: usize, indicator: &Indicator) -> RowCell {
    let parts = parts(indicator.target.text.as_deref().unwrap_or_default());
    let content = match part {
        Part::Main => quantity(Some(parts.value)),
        Part::Nature => text(Some(parts.nature)),
        Part::Unit => text(Some(parts.unit)),
    };
    let field = FieldPath::Indicator(index, IndicatorField::Target);
    RowCell { part, ..RowCell::field(columns, content, Look::Centre, field) }
}

fn quantity(text: Option<&str>) -> Content {
    text.filter(|text| !text.is_empty()).map_or(Content::Blank, text_or_number)
}

fn value(indicator: &Indicator, field: IndicatorField) -> (Content, Look) {
    match field {
        IndicatorField::Level1 => (text(indicator.level1.as_deref()), Look::Centre),
        IndicatorField::Level2 => (text(indicator.level2.as_deref()), Look::Centre),
        IndicatorField::Level3 => (text(Some(&indicator.level3)), Look::Left),
        IndicatorField::Target => (quantity(indicator.target.text.as_deref()), Look::Centre),
        IndicatorField::Actual => (quantity(indicator.actual.text.as_deref()), Look::Centre),
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
