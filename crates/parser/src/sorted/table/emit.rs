//! From the rows found to cells.

use std::ops::Range;

use jixiao_core::IndicatorField;

use super::levels::{Group, LINE, Name, Piece, groups, is_elsewhere, names};
use super::path::{Found, Part};
use super::rows::{LEVEL, RowFit};
use super::{Sheet, Word};
use crate::raw::{RawCell, RawIndicator};

/// How much higher than its lines a row may be, in hundredths of a line.
const PADDINGS: [i64; 5] = [0, 15, 30, 60, 120];

const ROW: &str = "这几行文字按高度排列，各行各格混在一起，也可能有别的读法";
const NAME: &str = "这个级别名称也可能管着上下相邻的行";

/// The rows of `found`.
pub(super) fn indicators(sheet: &Sheet, found: &Found) -> Vec<RawIndicator> {
    let rows: Vec<(&RowFit, bool)> = found
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Row(row, rival) => Some((row, *rival)),
            _ => None,
        })
        .collect();
    let unread = near_unread(found);
    let mut indicators: Vec<RawIndicator> = rows.iter().map(|(row, _)| indicator(sheet, row)).collect();
    for ((indicator, (_, rival)), unread) in indicators.iter_mut().zip(&rows).zip(unread) {
        indicator.doubt = (*rival || unread).then(|| ROW.to_owned());
    }
    name_rows(sheet, found, &mut indicators);
    indicators
}

/// For each row whether a line next to it was not read.
fn near_unread(found: &Found) -> Vec<bool> {
    let is_unread = |at: Option<usize>| at.is_some_and(|at| matches!(found.parts.get(at), Some(Part::Unread)));
    let rows = found.parts.iter().enumerate().filter(|(_, part)| matches!(part, Part::Row(..)));
    rows.map(|(at, _)| is_unread(at.checked_sub(1)) || is_unread(Some(at + 1))).collect()
}

fn indicator(sheet: &Sheet, row: &RowFit) -> RawIndicator {
    let mut indicator = RawIndicator::default();
    for column in sheet.own() {
        let Some(field) = sheet.column(column).field() else { continue };
        let words = row.lines.clone().zip(&row.roles).flat_map(|(at, roles)| {
            roles
                .iter()
                .zip(sheet.line(at))
                .filter(move |(role, _)| usize::from(**role) == column)
                .map(|(_, word)| word)
        });
        let Some(cell) = cell(sheet, words) else { continue };
        match indicator.cells.iter_mut().find(|(other, _)| *other == field) {
            Some((_, joined)) => {
                joined.text.push_str(&cell.text);
                joined.places.extend(cell.places);
            }
            None => indicator.cells.push((field, cell)),
        }
    }
    indicator
}

fn cell<'w>(sheet: &Sheet, words: impl IntoIterator<Item = &'w Word>) -> Option<RawCell> {
    sheet.doc.cell_of(words.into_iter().map(|word| (word.token.piece.start, word.token.piece.end)))
}

/// Names the levels of every row, at the padding of the rows that fits the names best.
fn name_rows(sheet: &Sheet, found: &Found, indicators: &mut [RawIndicator]) {
    let tries = PADDINGS.into_iter().map(|padding| Naming::new(sheet, found, padding));
    let Some(naming) = tries.min_by_key(|naming| naming.cost) else { return };
    let fields = [IndicatorField::Level1, IndicatorField::Level2];
    for ((field, names), groups) in fields.into_iter().zip(&naming.names).zip(&naming.groups) {
        for (name, group) in names.iter().zip(groups) {
            let Some(mut cell) = cell(sheet, name.pieces.iter().map(|piece| piece.word)) else { continue };
            cell.doubt = group.doubtful.then(|| NAME.to_owned());
            for indicator in indicators.get_mut(group.units.clone()).unwrap_or_default() {
                indicator.cells.push((field, cell.clone()));
            }
        }
    }
}

/// The level names of a table and the rows they are merged over.
struct Naming<'a> {
    names: [Vec<Name<'a>>; 2],
    groups: [Vec<Group>; 2],
    cost: i64,
}

impl<'a> Naming<'a> {
    fn new(sheet: &'a Sheet, found: &Found, padding: i64) -> Self {
        let (units, lines) = heights(sheet, found, padding);
        let has = |field| sheet.columns.contains(&crate::stream::rows::column::Column::Field(field));
        let names = names(&lines, [has(IndicatorField::Level1), has(IndicatorField::Level2)]);
        let [level1, level2] = &names;
        let numbers = numbers(sheet, found);
        let (cost2, groups2) = groups(level2, &units, |_, rows| restarts(&numbers, rows));
        let units1: Vec<(i64, i64)> = if groups2.is_empty() {
            units.clone()
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
        let rows = |group: &Group| {
            let part = groups2.get(group.units.clone()).unwrap_or_default();
            let whole = part.first().zip(part.last()).map(|(first, last)| first.units.start..last.units.end);
            Group { units: whole.unwrap_or_else(|| group.units.clone()), ..group.clone() }
        };
        let groups1 = groups1.iter().map(rows).collect();
        Self { groups: [groups1, groups2], names, cost: cost1.saturating_add(cost2) }
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

/// The upper and lower edge of each row, and the pieces of level names of each line with their heights.
fn heights<'a>(sheet: &'a Sheet, found: &Found, padding: i64) -> (Vec<(i64, i64)>, Vec<Vec<Piece<'a>>>) {
    let mut top = 0;
    let mut units = Vec::new();
    let mut known: Vec<(Option<i64>, Vec<&Word>)> = Vec::new();
    for part in &found.parts {
        match part {
            Part::Row(row, _) => {
                let tall = |column: usize| {
                    row.roles.iter().filter(|roles| roles.iter().any(|role| usize::from(*role) == column)).count()
                };
                let tallest = sheet.own().map(tall).max().unwrap_or(1);
                let height = i64::try_from(tallest).unwrap_or(1) * LINE + padding;
                let middle = top + height / 2;
                for ((at, slot), roles) in row.lines.clone().zip(&row.slots).zip(&row.roles) {
                    let names = roles.iter().zip(sheet.line(at)).filter(|(role, _)| **role == LEVEL);
                    let y = slot.map(|slot| middle + i64::from(slot) * LINE / 2);
                    known.push((y, names.map(|(_, word)| word).collect()));
                }
                units.push((top, top + height));
                top += height;
            }
            Part::Names(at) => known.push((None, sheet.line(*at).iter().collect())),
            Part::Unread => {}
        }
    }
    let ys = between(&known.iter().map(|(y, _)| *y).collect::<Vec<_>>());
    let pieces = known
        .into_iter()
        .zip(ys)
        .map(|((_, words), y)| words.into_iter().map(|word| Piece { word, y }).collect::<Vec<Piece>>());
    (units, pieces.filter(|line| !line.is_empty()).collect())
}

/// Fills what is unknown evenly between its known neighbours.
fn between(known: &[Option<i64>]) -> Vec<i64> {
    let mut heights: Vec<i64> = Vec::new();
    let signed = |count: usize| i64::try_from(count).unwrap_or(0);
    for (index, y) in known.iter().enumerate() {
        let before = heights.last().copied();
        let after = known
            .iter()
            .skip(index)
            .position(Option::is_some)
            .map(|gap| (gap, known.get(index + gap).copied().flatten()));
        heights.push(match (y, before, after) {
            (Some(y), ..) => *y,
            (None, Some(before), Some((gap, Some(below)))) => before + (below - before) / signed(gap + 1),
            (None, None, Some((gap, Some(below)))) => below - signed(gap) * LINE,
            (None, before, _) => before.map_or(0, |before| before + LINE),
        });
    }
    heights
}
