//! The words of a line beside the middle of a row, dealt to columns.

use std::rc::Rc;

use super::super::Sheet;
use super::super::cells::{JOINED, joined_cost};
use super::super::words::{MOST_LEVELS, Word};
use super::columns::Columns;
use super::{Growing, LEVEL, Laid, Page, Roles};

/// The most lines in a row that hold only level names and lie next to each other.
pub(super) const MOST_SKIPPED: usize = 2;

/// The most ways to deal a line that are followed.
const MOST_WAYS: usize = 24;

/// The most words of a line that are dealt.
const MOST_WORDS: usize = 16;

/// The cost of a line of nothing but pieces of level names.
pub(in super::super) fn names_cost(line: &[Word]) -> Option<i32> {
    const LIKELY: i32 = 20;
    let cost: i32 = line.iter().map(|word| word.as_level).sum();
    (!line.is_empty() && line.len() <= MOST_LEVELS && cost < LIKELY).then_some(cost + 1)
}

/// The column of each word of a line, and which columns have one.
#[derive(Debug, Clone)]
pub(super) struct Deal {
    pub(super) columns: Columns,
    pub(super) roles: Roles,
}

impl Page<'_, '_> {
    /// As [`deals`], of the line `at`.
    pub(super) fn deals(&self, at: usize, columns: Columns) -> Rc<[Deal]> {
        let mut known = self.deals.borrow_mut();
        let found = || {
            let columns: Vec<u8> = columns.iter().collect();
            Rc::from(deals(self.sheet, self.sheet.line(at), &columns))
        };
        Rc::clone(known.entry((at, columns)).or_insert_with(found))
    }

    /// Every run of at most `most` idle lines above or below `row`.
    pub(super) fn idle_runs(&self, row: &Growing, up: bool, most: usize) -> Rc<[Run]> {
        let next_to = if up { row.up } else { row.down };
        let mut known = self.runs.borrow_mut();
        let found = || Rc::from(idle_runs(self.sheet, next_to, up, most));
        Rc::clone(known.entry((next_to, up, most)).or_insert_with(found))
    }
}

/// The ways in which `line` may hold words of some of `columns`, one each; in front stand pieces of level names, and
/// a word may belong to the one before it.
fn deals(sheet: &Sheet, line: &[Word], columns: &[u8]) -> Vec<Deal> {
    if line.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut ways = Vec::new();
    let most = line.len().saturating_sub(1).min(MOST_LEVELS);
    let names = (0..=most).take_while(|count| line.iter().take(*count).all(|word| word.as_level < JOINED));
    for levels in names {
        let own = line.get(levels..).unwrap_or_default();
        let apart: Vec<usize> = (0..own.len()).collect();
        part(&mut ways, levels, &apart, columns);
        for at in 1..own.len() {
            let near = |pair: &[Word]| matches!(pair, [left, right] if joined_cost(left, right) < JOINED);
            if own.len() > columns.len() || own.get(at - 1..=at).is_some_and(near) {
                let joined: Vec<usize> = (0..own.len()).map(|index| index - usize::from(index >= at)).collect();
                part(&mut ways, levels, &joined, columns);
            }
        }
    }
    let loose = Columns::default().with(sheet.loose.map(|(loose, _)| loose));
    for way in &mut ways {
        way.columns = way.columns.without(loose);
    }
    ways.truncate(MOST_WAYS * 4);
    ways
}

/// Adds every choice of columns for the words behind the names; `cells` says which word is in which cell of the line.
fn part(ways: &mut Vec<Deal>, levels: usize, cells: &[usize], columns: &[u8]) {
    let count = cells.last().map_or(0, |last| last + 1);
    for chosen in choices(columns, count).into_iter().take(MOST_WAYS) {
        let own = cells.iter().filter_map(|cell| chosen.get(*cell).copied());
        let roles = std::iter::repeat_n(LEVEL, levels).chain(own).collect();
        ways.push(Deal { columns: Columns::of(&chosen), roles });
    }
}

/// Every choice of `count` of `columns`, in order.
fn choices(columns: &[u8], count: usize) -> Vec<Vec<u8>> {
    let mut chosen: Vec<Vec<u8>> = vec![Vec::new()];
    for column in columns {
        let more: Vec<Vec<u8>> = chosen
            .iter()
            .filter(|set| set.len() < count)
            .map(|set| set.iter().copied().chain([*column]).collect())
            .collect();
        chosen.extend(more);
    }
    chosen.retain(|set| set.len() == count && count > 0);
    chosen
}

/// Lines next to a row that hold level names or a line of the loose column, and nothing else.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) lines: Vec<(usize, Roles)>,
}

/// Every run of at most `most` such lines above the line `next_to`, or from it on.
fn idle_runs(sheet: &Sheet, next_to: usize, up: bool, most: usize) -> Vec<Run> {
    let mut runs = vec![Run::default()];
    let mut from = 0;
    for count in 0..most {
        let at = if up { next_to.checked_sub(count + 1) } else { Some(next_to + count) };
        let Some(at) = at.filter(|at| *at < sheet.lines.len()) else { break };
        let longest = runs.get(from..).unwrap_or_default().to_vec();
        from = runs.len();
        for run in longest {
            for roles in idle(sheet, at) {
                let mut next = run.clone();
                next.lines.push((at, roles));
                runs.push(next);
            }
        }
    }
    runs
}

/// How the line `at` may be level names alone, or a line of the loose column behind them.
fn idle(sheet: &Sheet, at: usize) -> Vec<Roles> {
    let line = sheet.line(at);
    let mut ways: Vec<Roles> = names_cost(line).map(|_| Roles::from(vec![LEVEL; line.len()])).into_iter().collect();
    if let (Some((column, _)), Some((last, names))) = (sheet.loose, line.split_last()) {
        let text = last.token.shape.number.is_none() && !last.token.shape.dash;
        if text && names.len() <= MOST_LEVELS && names.iter().all(|word| word.as_level < JOINED) {
            ways.push(std::iter::repeat_n(LEVEL, names.len()).chain([column]).collect());
        }
    }
    ways
}

impl Growing {
    /// The row with idle lines above and below it.
    pub(super) fn with(&self, above: &Run, below: &Run) -> Self {
        let mut row = self.clone();
        row.up -= above.lines.len();
        row.down += below.lines.len();
        let idle = above.lines.iter().chain(&below.lines).cloned();
        row.cost += i32::try_from(above.lines.len() + below.lines.len()).unwrap_or(0);
        row.lines.extend(idle.map(|(at, roles)| Laid { at, slot: None, roles }));
        row
    }
}
