//! The cells of a reading, and where two readings differ.

use std::collections::HashSet;

use jixiao_core::IndicatorField;

use crate::dialect::columns::Kind;

/// A cell of the best reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its atoms.
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) column: usize,
    pub(super) new_row: bool,
    /// A near rival cuts or places the cell otherwise.
    pub(super) doubtful: bool,
}

/// Marks the cells that the rival has not got.
pub(super) fn doubt(spots: &mut [Spot], rival: &[Spot], columns: &[Kind]) {
    let known: HashSet<Place> = places(rival, columns).into_iter().collect();
    let own = places(spots, columns);
    for (spot, own) in spots.iter_mut().zip(own) {
        spot.doubtful |= !known.contains(&own);
    }
}

/// The atoms and the column of a cell.
type Place = (usize, usize, usize);

/// The place of each cell; those of one target printed over several columns are one.
fn places(spots: &[Spot], columns: &[Kind]) -> Vec<Place> {
    let target = |spot: &Spot| {
        let kind = columns.get(spot.column);
        matches!(kind, Some(Kind::Nature | Kind::Unit | Kind::Indicator(IndicatorField::Target)))
    };
    let groups = spots.chunk_by(|left, right| !right.new_row && target(left) && target(right));
    groups
        .flat_map(|group| {
            let (from, to) = (group.first().map_or(0, |spot| spot.from), group.last().map_or(0, |spot| spot.to));
            let column = if group.first().is_some_and(target) {
                columns.len()
            } else {
                group.first().map_or(0, |spot| spot.column)
            };
            std::iter::repeat_n((from, to, column), group.len())
        })
        .collect()
}
