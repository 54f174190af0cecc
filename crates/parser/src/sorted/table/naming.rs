//! Which rows each name of a level is merged over.

use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Scope, level_name};

use super::Sheet;
use super::emit::cell;
use super::groups::{Group, groups};
use super::heights::{Heights, heights};
use super::levels::{Name, Reading, belongs, is_elsewhere, readings};
use super::path::{Found, Part};
use super::rows::RowFit;
use crate::raw::RawIndicator;
use crate::remarks::NAME_OF_NEIGHBOURS;
use crate::stream::rows::column::{Column, LevelMatch, level_match};

/// How much higher than its lines a row may be, in hundredths of a line.
const PADDINGS: [i64; 5] = [0, 15, 30, 60, 120];

/// How much ill-spelled names weigh beside ill-placed ones.
const SPELLING: i64 = 6;

/// A table that has a column of level 1 prints a name in it, unless that was lost: it costs more than the worst name does,
/// which stands as far off as is counted, over another level's name, and is broken in its spelling.
const NAMELESS: i64 = 1_200;

/// Names the levels of every row, at the padding of the rows that fits the names best.
pub(super) fn name_rows(sheet: &Sheet, found: &Found, indicators: &mut [RawIndicator]) {
    let numbers = numbers(sheet, found);
    let tries: Vec<Heights> = PADDINGS.into_iter().map(|padding| heights(sheet, found, padding)).collect();
    let namings = tries.iter().flat_map(|heights| namings(sheet, heights, &numbers));
    let Some(naming) = namings.min_by_key(|naming| naming.cost) else { return };
    let fields = [(IndicatorField::Level1, Scope::Level1), (IndicatorField::Level2, Scope::Level2)];
    for (((field, scope), names), groups) in fields.into_iter().zip(&naming.names).zip(&naming.groups) {
        let ended = names.iter().filter(|name| has_end(name)).count() * 2 > names.len();
        for (name, group) in names.iter().zip(groups) {
            let Some(mut cell) = cell(sheet, name.pieces.iter().map(|piece| piece.word)) else { continue };
            let spelled = level_match(scope, &name.spelled) == LevelMatch::Whole && (!ended || has_end(name));
            for (row, indicator) in indicators.iter_mut().enumerate().filter(|(row, _)| group.units.contains(row)) {
                cell.doubt = (!spelled || group.doubtful.contains(&row)).then(|| NAME_OF_NEIGHBOURS.to_owned());
                indicator.cells.push((field, cell.clone()));
            }
        }
    }
}

/// Where most names of a level end so, one that does not has lost its end to a neighbour.
fn has_end(name: &Name) -> bool {
    level_name(&name.spelled).ends_with("指标")
}

/// Every likely way to spell the names, dealt to rows of these heights.
fn namings<'a>(sheet: &Sheet, heights: &Heights<'a>, numbers: &[Option<u32>]) -> Vec<Naming<'a>> {
    let has = |field| sheet.columns.contains(&Column::Field(field));
    let levels = [has(IndicatorField::Level1), has(IndicatorField::Level2)];
    let readings = readings(&heights.pieces, levels);
    readings.into_iter().map(|reading| Naming::new(reading, levels, &heights.rows, numbers)).collect()
}

/// The level names of a table and the rows they are merged over.
struct Naming<'a> {
    names: [Vec<Name<'a>>; 2],
    groups: [Vec<Group>; 2],
    cost: i64,
}

impl<'a> Naming<'a> {
    fn new(reading: Reading<'a>, levels: [bool; 2], units: &[(i64, i64)], numbers: &[Option<u32>]) -> Self {
        let [level1, level2] = &reading.names;
        let (cost2, groups2) = groups(level2, units, |_, rows| restarts(numbers, rows));
        let units1: Vec<(i64, i64)> = if groups2.is_empty() {
            units.to_vec()
        } else {
            groups2.iter().filter_map(|group| joined(units.get(group.units.clone())?)).collect()
        };
        let elsewhere = |name: usize, units: Range<usize>| {
            let is_wrong = |unit: &usize| {
                let both = level1.get(name).zip(level2.get(*unit).filter(|_| !groups2.is_empty()));
                both.is_some_and(|(level1, level2)| is_elsewhere(level1, level2))
            };
            units.filter(is_wrong).count()
        };
        let (cost1, groups1) = groups(level1, &units1, elsewhere);
        let rows_of = |units: Range<usize>| {
            let part = groups2.get(units.clone()).unwrap_or_default();
            let whole = part.first().zip(part.last()).map(|(first, last)| first.units.start..last.units.end);
            whole.unwrap_or(units)
        };
        let told = |name: usize, unit: usize| {
            let both = level1.get(name).zip(level2.get(unit).filter(|_| !groups2.is_empty()));
            both.is_some_and(|(level1, level2)| belongs(level1, level2))
        };
        let of_rows = |(name, group): (usize, &Group)| {
            let doubtful = group.doubtful.iter().filter(|unit| !told(name, **unit));
            Group {
                units: rows_of(group.units.clone()),
                doubtful: doubtful.flat_map(|unit| rows_of(*unit..*unit + 1)).collect(),
            }
        };
        let groups1 = groups1.iter().enumerate().map(of_rows).collect();
        let nameless = NAMELESS * i64::from(level1.is_empty() && levels[0]);
        let cost = cost1.saturating_add(cost2).saturating_add(SPELLING * i64::from(reading.cost) + nameless);
        Self { groups: [groups1, groups2], names: reading.names, cost }
    }
}

/// The template's number in the name of each row: `指标2：…`.
fn numbers(sheet: &Sheet, found: &Found) -> Vec<Option<u32>> {
    let rows = found.parts.iter().filter_map(|part| match part {
        Part::Row(row, _) => Some(row),
        _ => None,
    });
    let name = sheet.columns.iter().position(|column| column.field() == Some(IndicatorField::Level3));
    let number = |row: &RowFit| {
        let mut words = row.lines.clone().zip(&row.roles).flat_map(|(at, roles)| roles.iter().zip(sheet.line(at)));
        let (_, word) = words.find(|(role, _)| Some(usize::from(**role)) == name)?;
        let rest = word.token.plain.strip_prefix("指标")?;
        let (digits, _) = rest.split_once(':')?;
        digits.parse().ok()
    };
    rows.map(number).collect()
}

/// How often the numbers of `rows` begin anew within them, or do not begin with 1: each name counts its own rows.
fn restarts(numbers: &[Option<u32>], rows: Range<usize>) -> usize {
    let first = numbers.get(rows.start).copied().flatten().is_some_and(|number| number > 1);
    let within = numbers.get(rows.start + 1..rows.end).unwrap_or_default();
    usize::from(first) + within.iter().filter(|number| **number == Some(1)).count()
}

fn joined(units: &[(i64, i64)]) -> Option<(i64, i64)> {
    Some((units.first()?.0, units.last()?.1))
}
