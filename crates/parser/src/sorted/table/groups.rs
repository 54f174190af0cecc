//! Consecutive rows under one name: the name stands in the middle of its rows. All heights are in hundredths of a line.

use std::ops::Range;

use super::levels::{LINE, Name};
use crate::merged;
pub(super) use crate::merged::{Group, IMPOSSIBLE};

/// A rival this near is worth a diagnostic.
const DOUBTFUL: i64 = 12;

/// A name this ill placed is doubtful for all its rows.
const ILL_PLACED: i64 = 30;

const OTHER_LEVEL: i64 = 400;
const FARTHEST: i64 = 600;
const AT_TOP: i64 = 60;

/// What is dealt out: the names, and the upper and lower edge of each unit.
struct Dealing<'a, F> {
    names: &'a [Name<'a>],
    units: &'a [(i64, i64)],
    misplaced: F,
}

impl<F: Fn(usize, Range<usize>) -> usize> Dealing<'_, F> {
    /// How ill the name stands for the units `from..to`.
    fn cost(&self, name: usize, from: usize, to: usize) -> i64 {
        let edges = to.checked_sub(1).and_then(|last| self.units.get(from).zip(self.units.get(last)));
        let (Some(((top, _), (_, bottom))), Some(name_at)) = (edges, self.names.get(name)) else { return IMPOSSIBLE };
        let weight = |distance: i64| (distance * distance / LINE).min(FARTHEST);
        let centred = weight(name_at.off(i64::midpoint(*top, *bottom)));
        // Where a page broke, the name may stand at the top.
        let at_top = weight(name_at.off(top + name_at.height() / 2)) + AT_TOP;
        let wrong = (self.misplaced)(name, from..to);
        centred.min(at_top) + OTHER_LEVEL * i64::try_from(wrong).unwrap_or(0)
    }

    /// The units next to the border between `above` and `below` that may as well be on its other side.
    fn at_border(&self, name: usize, above: &Range<usize>, below: &Range<usize>) -> Vec<usize> {
        let cost = |border: usize| self.cost(name, above.start, border) + self.cost(name + 1, border, below.end);
        let least = cost(above.end) + DOUBTFUL;
        let up = (above.start + 1..above.end).rev().take_while(|border| cost(*border) < least);
        let down = (above.end + 1..below.end).take_while(|border| cost(*border) < least).map(|border| border - 1);
        up.chain(down).collect()
    }
}

/// Deals `units` (upper and lower edges) out to `names` in order. `misplaced` counts what speaks against units being
/// under a name. With the cost, [`IMPOSSIBLE`] where there are more names than units.
pub(super) fn groups(
    names: &[Name],
    units: &[(i64, i64)],
    misplaced: impl Fn(usize, Range<usize>) -> usize,
) -> (i64, Vec<Group>) {
    let dealing = Dealing { names, units, misplaced };
    let (total, mut groups) = merged::deal(names.len(), units.len(), |name, from, to| dealing.cost(name, from, to));
    for (name, group) in groups.iter_mut().enumerate() {
        if dealing.cost(name, group.units.start, group.units.end) > ILL_PLACED {
            group.doubtful.extend(group.units.clone());
        }
    }
    for name in 1..groups.len() {
        let (Some(above), Some(below)) = (groups.get(name - 1), groups.get(name)) else { continue };
        let doubtful = dealing.at_border(name - 1, &above.units, &below.units);
        for group in groups.get_mut(name - 1..=name).unwrap_or_default() {
            let own = doubtful.iter().filter(|unit| group.units.contains(unit));
            group.doubtful.extend(own);
        }
    }
    (total, groups)
}
