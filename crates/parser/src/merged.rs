//! Names that are merged over consecutive rows: which rows are whose.

use std::ops::Range;

/// The most rows that one name is merged over.
const MOST_ROWS: usize = 64;

/// The cost of what cannot be.
pub(crate) const IMPOSSIBLE: i64 = 1 << 40;

/// Consecutive units, rows or groups of rows, under one name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Group {
    pub(crate) units: Range<usize>,
    /// The units that may as well be under another name.
    pub(crate) doubtful: Vec<usize>,
}

/// Deals `units` out to `names` in order, each name at least one. `cost(name, from, to)` tells how ill a name stands for
/// the units `from..to`. With the least cost; [`IMPOSSIBLE`] where there are more names than units, or none for some.
pub(crate) fn deal(names: usize, units: usize, cost: impl Fn(usize, usize, usize) -> i64) -> (i64, Vec<Group>) {
    let best = forward(names, units, cost);
    let total = best.last().and_then(|row| row.last()).map_or(IMPOSSIBLE, |(cost, _)| *cost);
    if total >= IMPOSSIBLE {
        return (if names == 0 { 0 } else { IMPOSSIBLE }, Vec::new());
    }
    let mut groups = Vec::new();
    let mut to = units;
    for name in (0..names).rev() {
        let from = best.get(name + 1).and_then(|row| row.get(to)).map_or(0, |(_, from)| *from);
        groups.push(Group { units: from..to, doubtful: Vec::new() });
        to = from;
    }
    groups.reverse();
    (total, groups)
}

/// For each number of names, and each unit where the last of them ends, the least cost and where it begins.
fn forward(names: usize, units: usize, cost: impl Fn(usize, usize, usize) -> i64) -> Vec<Vec<(i64, usize)>> {
    let mut best = vec![(0..=units).map(|to| (if to == 0 { 0 } else { IMPOSSIBLE }, 0)).collect::<Vec<_>>()];
    for name in 0..names {
        let before = best.last().cloned().unwrap_or_default();
        let known = |from: usize| before.get(from).map(|(cost, _)| *cost).filter(|cost| *cost < IMPOSSIBLE);
        let ends = (0..=units).map(|to| {
            let starts = to.saturating_sub(MOST_ROWS)..to;
            let choices = starts.filter_map(|from| Some((known(from)?.saturating_add(cost(name, from, to)), from)));
            choices.min().unwrap_or((IMPOSSIBLE, 0))
        });
        let row = ends.collect();
        best.push(row);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_takes_the_rows_that_suit_it() {
        let owner = [0, 0, 0, 1, 2, 2];
        let cost = |name: usize, from: usize, to: usize| {
            (from..to).filter(|unit| owner[*unit] != name).count().try_into().unwrap_or(IMPOSSIBLE)
        };
        let (total, groups) = deal(3, 6, cost);
        assert_eq!(total, 0);
        assert_eq!(groups.into_iter().map(|group| group.units).collect::<Vec<_>>(), [0..3, 3..4, 4..6]);
    }

    #[test]
    fn more_names_than_rows_cannot_be() {
        assert_eq!(deal(3, 2, |_, _, _| 0), (IMPOSSIBLE, Vec::new()));
        assert_eq!(deal(0, 2, |_, _, _| 0), (0, Vec::new()));
    }
}
