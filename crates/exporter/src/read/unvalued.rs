//! Which fields of a form stand in cells that hold a formula without its value, or an error.
//!
//! Such a cell reads as blank, so no field names it; that the field is blank has to be said where the form is.

use std::collections::BTreeMap;

use jixiao_core::{Diagnostic, FieldPath, FormRecord, FundField, IndicatorField, Place};

use super::address::parse_range;
use super::sheet::Position;

/// Adds those of `remarks` that are about a cell of `record` to it, with the field that the cell would fill.
pub(super) fn remark(record: &mut FormRecord, remarks: &[Diagnostic]) {
    if remarks.is_empty() {
        return;
    }
    let known = Known::of(record);
    for remark in remarks {
        let field = remark.span.as_ref().and_then(position).and_then(|at| known.field(at));
        record.diagnostics.extend(field.map(|field| Diagnostic { field: Some(field), ..remark.clone() }));
    }
}

/// The first cell of a place on a sheet.
fn position(place: &Place) -> Option<Position> {
    let Place::Sheet { range, .. } = place else { return None };
    Some(parse_range(range)?.first)
}

/// A row of a form's tables.
#[derive(Debug, Clone, Copy)]
enum Row {
    Fund(usize),
    Indicator(usize),
    Total,
}

/// What the filled cells of a form tell about its rows and columns.
#[derive(Debug, Default)]
struct Known {
    rows: BTreeMap<u32, Row>,
    funds: BTreeMap<u32, FundField>,
    indicators: BTreeMap<u32, IndicatorField>,
}

impl Known {
    fn of(record: &FormRecord) -> Self {
        let mut known = Self::default();
        for (path, places) in &record.provenance {
            let Some((row, column)) = places.first().and_then(position) else { continue };
            known.add(*path, row, column);
        }
        known
    }

    fn add(&mut self, path: FieldPath, row: u32, column: u32) {
        match path {
            FieldPath::Fund(index, field) => {
                self.rows.insert(row, Row::Fund(index));
                self.funds.insert(column, field);
            }
            // The names of levels span rows.
            FieldPath::Indicator(_, IndicatorField::Level1 | IndicatorField::Level2) => {}
            FieldPath::Indicator(index, field) => {
                self.rows.insert(row, Row::Indicator(index));
                self.indicators.insert(column, field);
            }
            FieldPath::TotalWeight | FieldPath::TotalScore => {
                self.rows.insert(row, Row::Total);
            }
            _ => {}
        }
    }

    fn field(&self, (row, column): Position) -> Option<FieldPath> {
        match self.rows.get(&row)? {
            Row::Fund(index) => Some(FieldPath::Fund(*index, *self.funds.get(&column)?)),
            Row::Indicator(index) => Some(FieldPath::Indicator(*index, *self.indicators.get(&column)?)),
            Row::Total => match self.indicators.get(&column)? {
                IndicatorField::Weight => Some(FieldPath::TotalWeight),
                IndicatorField::Score => Some(FieldPath::TotalScore),
                _ => None,
            },
        }
    }
}
