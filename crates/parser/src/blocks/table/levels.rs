//! The names of levels and the rows that they are merged over.
//!
//! A name stands in the middle of its rows, but where its block comes in the text tells little of its height. What
//! counts is the order of the names, what the rows are about, and a name right in front of a row's first cell.

use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{level_name, official_level1_stem};

use super::Sheet;
use super::outcome::Found;
use super::topic::{self, Topic};
use crate::merged;
pub(super) use crate::merged::Group;

/// A boundary that might as well lie one row off.
const RIVAL_MARGIN: i32 = 7;

const IMPOSSIBLE: i32 = 1 << 28;
/// A name one line off the middle of its rows, where it stands right in front of a row, and where it does not.
const OFF_CENTRE: i32 = 5;
const OFF_LOOSE: i32 = 1;
const FARTHEST: i32 = 24;
const OTHER_LEVEL: i32 = 60;
/// Heights are counted in half lines, and a row is a little higher than its lines.
const LINE: i32 = 2;

/// A name of one level.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    pub(super) spelled: String,
    /// Its words.
    pub(super) words: Vec<usize>,
    /// The row whose first cell follows it at once.
    before: Option<usize>,
    /// The row of the cell begun before it.
    near: Option<usize>,
}

/// The names of both levels and their rows.
#[derive(Default)]
pub(super) struct Naming {
    cost: i32,
    pub(super) names: [Vec<Name>; 2],
    pub(super) groups: [Vec<Group>; 2],
}

/// Names the levels of every row.
pub(super) fn naming(sheet: &Sheet, found: &Found) -> Naming {
    let printed = [IndicatorField::Level1, IndicatorField::Level2].map(|field| names(sheet, found, field));
    let orders = if topic::is_sorted(&printed) { vec![printed] } else { topic::orders(&printed) };
    let namings = orders.into_iter().map(|names| named(sheet, found, names));
    namings.min_by_key(|naming| naming.cost).unwrap_or_default()
}

/// The rows of `names`, which stand in this order.
fn named(sheet: &Sheet, found: &Found, names: [Vec<Name>; 2]) -> Naming {
    let heights = heights(sheet, found);
    let topics: Vec<Option<Topic>> = (0..usize::from(found.rows)).map(|row| topic_of(sheet, found, row)).collect();
    let [level1, level2] = &names;
    let own: Vec<Option<Topic>> = level2.iter().map(|name| topic::of_name(&name.spelled)).collect();
    let (cost2, groups2) = groups(level2, &heights, &heights, |name, row| {
        let (own, row) = (own.get(name).copied().flatten(), topics.get(row).copied().flatten());
        topic::clash(own, row)
    });
    let units: Vec<(i32, i32)> = if groups2.is_empty() {
        heights.clone()
    } else {
        groups2.iter().filter_map(|group| span(&heights, &group.units)).collect()
    };
    let has_costs = level1.iter().any(|name| name.spelled.contains("成本"));
    let elsewhere = |name: usize, unit: usize| {
        let Some(level1) = level1.get(name) else { return 0 };
        let stem = level2.get(unit).filter(|_| !groups2.is_empty());
        let stem = stem.and_then(|name| official_level1_stem(&level_name(&name.spelled)));
        // Without a level 1 of their own, costs belong to the output.
        let stem = stem.map(|stem| if stem == "成本" && !has_costs { "产出" } else { stem });
        match stem {
            Some(stem) if !level1.spelled.contains(stem) => OTHER_LEVEL,
            Some(_) => 0,
            None if groups2.is_empty() => {
                topic::clash(topic::of_name(&level1.spelled), topics.get(unit).copied().flatten())
            }
            None => 0,
        }
    };
    let (cost1, groups1) = groups(level1, &units, &heights, elsewhere);
    let groups1 = groups1.into_iter().map(|group| rows_of(group, &groups2)).collect();
    Naming { cost: cost1.saturating_add(cost2), groups: [groups1, groups2], names }
}

/// A group of groups as one of rows.
fn rows_of(group: Group, parts: &[Group]) -> Group {
    let part = parts.get(group.units.clone()).unwrap_or_default();
    let Some((first, last)) = part.first().zip(part.last()) else { return group };
    let doubtful = group.doubtful.iter().filter_map(|at| parts.get(*at)).flat_map(|part| part.units.clone()).collect();
    Group { units: first.units.start..last.units.end, doubtful }
}

fn span(heights: &[(i32, i32)], rows: &Range<usize>) -> Option<(i32, i32)> {
    let part = heights.get(rows.clone())?;
    Some((part.first()?.0, part.last()?.1))
}

fn names(sheet: &Sheet, found: &Found, field: IndicatorField) -> Vec<Name> {
    let Some(column) = sheet.find(field) else { return Vec::new() };
    let mut names: Vec<Name> = Vec::new();
    let mut near = None;
    for (at, cell) in found.cells.iter().enumerate() {
        let Some(cell) = cell else { continue };
        if usize::from(cell.column) != column {
            if !sheet.is_level(usize::from(cell.column)) {
                near = Some(usize::from(cell.row));
            }
            continue;
        }
        if cell.opens {
            names.push(Name { near, ..Name::default() });
        }
        if let (Some(name), Some(word)) = (names.last_mut(), sheet.words.get(at)) {
            name.spelled.push_str(&word.token.plain);
            name.words.push(at);
            name.before = found
                .cells
                .get(at + 1)
                .copied()
                .flatten()
                .filter(|next| next.opens && sheet.find(IndicatorField::Level3) == Some(usize::from(next.column)))
                .map(|next| usize::from(next.row));
        }
    }
    names
}

/// The upper and lower edge of each row.
fn heights(sheet: &Sheet, found: &Found) -> Vec<(i32, i32)> {
    let mut lines = vec![vec![0; sheet.columns.len()]; usize::from(found.rows)];
    let mut last = None;
    for (word, cell) in sheet.words.iter().zip(&found.cells) {
        let Some(cell) = cell else { continue };
        let place = (cell.row, cell.column, word.token.piece.line);
        let slot = lines.get_mut(usize::from(cell.row)).and_then(|row| row.get_mut(usize::from(cell.column)));
        if let Some(slot) = slot.filter(|_| last != Some(place) && !sheet.is_level(usize::from(cell.column))) {
            *slot += 1;
        }
        last = Some(place);
    }
    let mut top = 0;
    lines
        .iter()
        .map(|row| {
            let height = row.iter().max().copied().unwrap_or(1).max(1) * LINE + 1;
            top += height;
            (top - height, top)
        })
        .collect()
}

/// What a row is about.
fn topic_of(sheet: &Sheet, found: &Found, row: usize) -> Option<Topic> {
    let text = |field| -> String {
        let Some(column) = sheet.find(field) else { return String::new() };
        let own = sheet.words.iter().zip(&found.cells).filter(|(_, cell)| {
            cell.is_some_and(|cell| usize::from(cell.row) == row && usize::from(cell.column) == column)
        });
        own.map(|(word, _)| word.token.plain.as_str()).collect()
    };
    topic::of_row(&text(IndicatorField::Level3), &text(IndicatorField::Target))
}

/// Deals `units` out to `names` in order. `clash` tells what speaks against a unit being under a name.
fn groups(
    names: &[Name],
    units: &[(i32, i32)],
    rows: &[(i32, i32)],
    clash: impl Fn(usize, usize) -> i32,
) -> (i32, Vec<Group>) {
    let cost = |name: usize, from: usize, to: usize| -> i32 {
        let edges = units.get(from).zip(to.checked_sub(1).and_then(|last| units.get(last)));
        let (Some((top, bottom)), Some(name_at)) = (edges.map(|(first, last)| (first.0, last.1)), names.get(name))
        else {
            return IMPOSSIBLE;
        };
        off_centre(name_at, (top, bottom), rows) + (from..to).map(|unit| clash(name, unit)).sum::<i32>()
    };
    let (total, mut groups) = merged::deal(names.len(), units.len(), |name, from, to| i64::from(cost(name, from, to)));
    let total = i32::try_from(total).unwrap_or(IMPOSSIBLE).min(IMPOSSIBLE);
    doubt(&mut groups, cost);
    (total, groups)
}

/// Marks the units that could as well be on the other side of a boundary.
fn doubt(groups: &mut [Group], cost: impl Fn(usize, usize, usize) -> i32) {
    for at in 1..groups.len() {
        let (Some(left), Some(right)) = (groups.get(at - 1).cloned(), groups.get(at).cloned()) else { continue };
        let (from, border, to) = (left.units.start, left.units.end, right.units.end);
        let both = |border: usize| cost(at - 1, from, border).saturating_add(cost(at, border, to));
        let own = both(border);
        for other in (from + 1..to).filter(|other| *other != border && both(*other) - own < RIVAL_MARGIN) {
            let moved = other.min(border)..other.max(border);
            let group = if other < border { at - 1 } else { at };
            if let Some(group) = groups.get_mut(group) {
                group.doubtful.extend(moved);
            }
        }
    }
}

/// How far `name` is from the middle of the rows between `top` and `bottom`.
fn off_centre(name: &Name, (top, bottom): (i32, i32), rows: &[(i32, i32)]) -> i32 {
    let middle = i32::midpoint(top, bottom);
    let far = |row: usize| rows.get(row).map_or(0, |(top, bottom)| (i32::midpoint(*top, *bottom) - middle).abs());
    if let Some(row) = name.before {
        return (far(row) / LINE * OFF_CENTRE).min(FARTHEST);
    }
    name.near.map_or(0, |row| (far(row) / (2 * LINE) * OFF_LOOSE).min(FARTHEST / 4))
}
