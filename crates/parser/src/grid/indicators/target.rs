//! Targets printed over several columns: 指标性质 | 指标值 | 度量单位.

use jixiao_core::IndicatorField;
use jixiao_core::fold::{is_blank, squeeze};

use super::{Indicators, Kind, Slots};
use crate::grid::book::Book;
use crate::grid::draft::Draft;
use crate::raw::{RawCell, RawIndicator};

impl Indicators {
    /// Joins the target's cells in printed order; the slots that are none come back.
    pub(super) fn take_target(
        &mut self,
        slots: Slots,
        raw: &mut RawIndicator,
        book: &mut Book<'_>,
        draft: &mut Draft,
    ) -> Slots {
        self.classed =
            self.classed || slots.iter().any(|(kind, id)| is_class(kind, book.cell(*id).map(|cell| &*cell.text)));
        let mut rest = Slots::new();
        let mut target: Option<RawCell> = None;
        for (kind, id) in slots {
            match kind {
                Kind::Field(IndicatorField::Target) => join(&mut target, book.take(id)),
                Kind::Nature(_) | Kind::Unit(_) if !self.classed => join(&mut target, book.take(id)),
                Kind::Nature(label) | Kind::Unit(label) => draft.unkept(&label, book.take_unkept(id)),
                kind => rest.push((kind, id)),
            }
        }
        raw.cells.extend(target.map(|cell| (IndicatorField::Target, cell)));
        rest
    }
}

/// 定量指标 and 定性指标 are classes; ≥ and 定性 belong to the target.
fn is_class(kind: &Kind, text: Option<&str>) -> bool {
    matches!(kind, Kind::Nature(_)) && text.is_some_and(|text| squeeze(text).ends_with("指标"))
}

/// Joins the cells in printed order; a blank one has no part in the target that the others make.
fn join(target: &mut Option<RawCell>, cell: RawCell) {
    match target {
        Some(target) if !is_blank(&target.text) => {
            if !is_blank(&cell.text) {
                target.text.push_str(&cell.text);
                target.places.extend(cell.places);
            }
        }
        _ => *target = Some(cell),
    }
}
