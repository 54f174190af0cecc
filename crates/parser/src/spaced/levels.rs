//! Names of levels, centred on the rows they are merged over.

use std::collections::BTreeSet;
use std::ops::Range;

use jixiao_core::vocab::{self, Scope, find, level_name};

use super::sheet::{Sheet, Word};

/// The most lines of one name.
const MAX_LINES: usize = 8;

/// The most rows that one name is merged over.
const MAX_ROWS: usize = 64;

/// The most pairs of rows and lines that are tried.
const MAX_STATES: usize = 60_000;

/// Costs, in hundredths of a squared line.
const UNKNOWN_NAME: i64 = 900;
const NO_NAME: i64 = 1_500;
const SPARE_NAME: i64 = 4_000;
const PART_OF_GROUP: i64 = 60;
/// Height of a line.
const LINE: i64 = 100;
const FAR: i64 = 2_000;
const KNOWN_PART: i64 = 300;
const SECOND_NAME: i64 = 4_000;
const OTHER_HOME: i64 = 1_000;

/// A name this far from the centre of its units is doubtful for all of them.
const ILL_PLACED: i64 = 150;

/// A rival this near is worth a diagnostic.
const RIVAL_MARGIN: i64 = 30;

const IMPOSSIBLE: i64 = 1 << 40;

/// A line of a level's column.
#[derive(Debug, Clone)]
pub(super) struct NameLine {
    /// Its words.
    pub(super) words: Vec<Word>,
    /// Its height on the page, in hundredths of a line.
    pub(super) y: i64,
    /// Its page.
    pub(super) page: usize,
}

/// A row, or a group of rows that stay together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// Its upper edge, in hundredths of a line.
    pub(super) top: i64,
    /// Its lower edge.
    pub(super) bottom: i64,
    /// The page on which it begins.
    pub(super) page: usize,
    /// The page on which it ends.
    pub(super) page_end: usize,
    /// The stem of the name of level 1 that it belongs under, where its own name tells.
    pub(super) stem: Option<&'static str>,
}

/// Units under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The units.
    pub(super) units: Range<usize>,
    /// The lines of the name; empty where it is blank.
    pub(super) lines: Range<usize>,
    /// Those of the units that may be under another name.
    pub(super) doubtful: BTreeSet<usize>,
}

/// Deals `lines` out to consecutive groups of `units`. `None` where there are too many to try.
pub(super) fn groups(sheet: &Sheet<'_>, lines: &[NameLine], units: &[Unit], scope: Scope) -> Option<(i64, Vec<Group>)> {
    let (rows, names) = (units.len(), lines.len());
    if (rows + 1).checked_mul(names + 1)? > MAX_STATES {
        return None;
    }
    let texts = name_costs(sheet, lines, scope);
    let spelled: Vec<String> = lines.iter().map(|line| sheet.spelled(&line.words)).collect();
    let width = names + 1;
    let mut best = vec![(IMPOSSIBLE, 0, 0); (rows + 1) * width];
    if let Some(first) = best.first_mut() {
        *first = (0, 0, 0);
    }
    for row in 1..=rows {
        for name in 0..=names {
            let mut choice = (IMPOSSIBLE, 0, 0);
            for length in 0..=MAX_LINES.min(name) {
                let from = name - length;
                let text = if length == 0 { 0 } else { texts.get(from)?.get(length).copied()? };
                for start in row.saturating_sub(MAX_ROWS)..row {
                    let before = best.get(start * width + from)?.0;
                    if before >= choice.0 {
                        continue;
                    }
                    let group = units.get(start..row)?;
                    let placed = place_cost(lines.get(from..name)?, group) + home_cost(spelled.get(from..name)?, group);
                    choice = choice.min((before + text + placed, start, from));
                }
            }
            *best.get_mut(row * width + name)? = choice;
        }
    }
    let (total, mut groups) = trace(&best, lines, units, width)?;
    for at in 1..groups.len() {
        let (Some(above), Some(below)) = (groups.get(at - 1), groups.get(at)) else { continue };
        let doubtful = at_border(lines, &spelled, units, [above, below]);
        for group in groups.get_mut(at - 1..=at).unwrap_or_default() {
            group.doubtful.extend(doubtful.iter().filter(|unit| group.units.contains(unit)));
        }
    }
    Some((total, groups))
}

/// The units next to the border between two names that may as well be on its other side.
fn at_border(lines: &[NameLine], spelled: &[String], units: &[Unit], [above, below]: [&Group; 2]) -> Vec<usize> {
    let cost = |group: &Group, within: Range<usize>| {
        let (lines, units) = (lines.get(group.lines.clone()), units.get(within));
        let (Some(lines), Some(units)) = (lines, units) else { return IMPOSSIBLE };
        place_cost(lines, units) + home_cost(spelled.get(group.lines.clone()).unwrap_or_default(), units)
    };
    if above.lines.is_empty() || below.lines.is_empty() {
        return Vec::new();
    }
    let both = |border: usize| cost(above, above.units.start..border) + cost(below, border..below.units.end);
    let least = both(above.units.end) + RIVAL_MARGIN;
    let up = (above.units.start + 1..above.units.end).rev().take_while(|border| both(*border) < least);
    let down = (below.units.start + 1..below.units.end).take_while(|border| both(*border) < least);
    up.chain(down.map(|border| border - 1)).collect()
}

/// Units that are known to belong under another name than `name`, printed on these lines.
fn home_cost(name: &[String], units: &[Unit]) -> i64 {
    let name = name.concat();
    let strange = |stem: &str| !name.is_empty() && !name.contains(stem);
    let count = units.iter().filter_map(|unit| unit.stem).filter(|stem| strange(stem)).count();
    OTHER_HOME.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX))
}

fn trace(best: &[(i64, usize, usize)], lines: &[NameLine], units: &[Unit], width: usize) -> Option<(i64, Vec<Group>)> {
    let spare = |name: usize| SPARE_NAME * i64::try_from(lines.len() - name).unwrap_or(0);
    let last = |name: usize| best.get(units.len() * width + name).map_or(IMPOSSIBLE, |(cost, ..)| *cost);
    let mut name = (0..=lines.len()).min_by_key(|name| last(*name).saturating_add(spare(*name)))?;
    let total = last(name).saturating_add(spare(name));
    let mut row = units.len();
    let mut groups = Vec::new();
    while row > 0 {
        let (_, start, from) = *best.get(row * width + name)?;
        let start = start.min(row - 1);
        let cost = place_cost(lines.get(from..name)?, units.get(start..row)?);
        let doubtful = if cost > ILL_PLACED { (start..row).collect() } else { BTreeSet::new() };
        groups.push(Group { units: start..row, lines: from..name, doubtful });
        (row, name) = (start, from);
    }
    groups.reverse();
    Some((total, groups))
}

/// `costs[i][n]`: how unlike a level name the `n` lines from line `i` on are.
fn name_costs(sheet: &Sheet<'_>, lines: &[NameLine], scope: Scope) -> Vec<Vec<i64>> {
    let from = |start: usize| {
        let mut spelled = String::new();
        let mut costs = vec![0];
        let mut gaps = 0;
        let mut above: Option<i64> = None;
        for line in lines.iter().skip(start).take(MAX_LINES) {
            let gap = above.map_or(0, |above| (line.y - above - LINE).abs());
            gaps += (gap * gap / LINE).min(FAR);
            above = Some(line.y);
            spelled.push_str(&sheet.spelled(&line.words));
            costs.push(name_cost(&spelled, scope) + gaps);
        }
        costs
    };
    (0..lines.len()).map(from).collect()
}

fn name_cost(spelled: &str, scope: Scope) -> i64 {
    let bare = level_name(spelled);
    let open = spelled.matches('(').count() != spelled.matches(')').count();
    let known = find(scope, &bare).is_some();
    let numbered = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ".、".contains(c));
    let names = i64::try_from(bare.matches("指标").count()).unwrap_or(1);
    if names > 1 {
        SECOND_NAME * (names - 1)
    } else if open {
        2 * UNKNOWN_NAME
    } else if known || find(scope, numbered).is_some() {
        0
    } else if vocab::spellings(scope).any(|(name, _)| bare.len() > name.len() && bare.contains(name)) {
        KNOWN_PART
    } else {
        UNKNOWN_NAME
    }
}

/// How far the lines stand from the centre of the units, or of their part on one page.
fn place_cost(lines: &[NameLine], units: &[Unit]) -> i64 {
    let (Some(first), Some(last)) = (units.first(), units.last()) else { return IMPOSSIBLE };
    let (Some(top), Some(bottom)) = (lines.first(), lines.last()) else {
        let many = i64::try_from(units.len()).unwrap_or(i64::MAX / NO_NAME);
        return NO_NAME + many;
    };
    let centre = i64::midpoint(top.y, bottom.y);
    let off = |top: i64, bottom: i64| {
        let distance = (i64::midpoint(top, bottom) - centre).abs();
        (distance * distance / 100).min(20_000)
    };
    let whole = off(first.top, last.bottom);
    if first.page == last.page_end {
        return whole;
    }
    let pages = first.page..=last.page_end;
    let parts = pages.filter_map(|page| {
        let within = |unit: &&Unit| unit.page <= page && unit.page_end >= page;
        let (first, last) = (units.iter().find(within)?, units.iter().rev().find(within)?);
        (top.page == page).then(|| off(first.top, last.bottom) + PART_OF_GROUP)
    });
    let at_top = off(first.top, first.top + (bottom.y - top.y) + 100) + 2 * PART_OF_GROUP;
    parts.chain([whole, at_top]).min().unwrap_or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// The rows that may be under another name, where two names stand at the heights `y` beside rows of one line.
    fn doubtful(y: [i64; 2], rows: i64) -> Vec<usize> {
        let text = Text::new("数量指标\n质量指标\n");
        let sheet = Sheet::new(&text);
        let line = |(line, y): (usize, i64)| NameLine { words: sheet.line(line).to_vec(), y, page: 0 };
        let lines: Vec<NameLine> = y.into_iter().enumerate().map(line).collect();
        let unit = |row: i64| Unit { top: row * LINE, bottom: (row + 1) * LINE, page: 0, page_end: 0, stem: None };
        let units: Vec<Unit> = (0..rows).map(unit).collect();
        let (_, groups) = groups(&sheet, &lines, &units, Scope::Level2).unwrap_or_default();
        groups.iter().flat_map(|group| &group.doubtful).copied().collect()
    }

    #[test]
    fn a_row_halfway_between_two_names_is_doubtful() {
        assert_eq!(doubtful([50, 200], 3), [] as [usize; 0]);
        assert_eq!(doubtful([75, 225], 3), [1]);
    }
}
