//! Rows: the cells of a row are centred on each other, so cells of an odd number of lines have one of them on the
//! middle line, and those of an even number lie between; the line k above the middle holds words of the same columns
//! as the line k below it.

use std::ops::Range;

use super::cells::{CellLines, JOINED, row_cost};
use super::{Sheet, Stand, Word};

/// The column of a word that is a piece of a level's name.
pub(super) const LEVEL: u8 = u8::MAX;

/// The most words of a line.
const MOST_WORDS: usize = 24;

/// The most readings of a middle line that are followed.
const MOST_MIDDLES: usize = 8;

/// How much worse than the best one a reading of a middle line may be.
const MIDDLE_MARGIN: i32 = 40;

/// The most rows tried around one reading of a middle.
const MOST_ROWS: usize = 160;

/// The most lines of a name above or below all other cells of its row.
const MOST_NAME_LINES: usize = 5;

/// How far a row reaches above and below its middle, in half lines.
const REACH: usize = 40;

/// The most words that stand left of a row's own on one line: of both levels, each with a bracket.
const MOST_LEVELS: usize = 3;

/// The most lines in a row that hold only level names and lie next to each other.
const MOST_SKIPPED: usize = 2;

/// A row that costs this much is not followed.
const HOPELESS: i32 = 150;

/// One way to read some lines as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowFit {
    /// The lines.
    pub(super) lines: Range<usize>,
    /// The column of each word of each line.
    pub(super) roles: Vec<Vec<u8>>,
    /// Height of each line in half lines from the middle; `None` for lines of level names alone.
    pub(super) slots: Vec<Option<i32>>,
    /// How ill it fits.
    pub(super) cost: i32,
}

/// Every row whose middle is the line `middle`, or the gap below it where `between`.
pub(super) fn rows_around(sheet: &Sheet, middle: usize, between: bool) -> Vec<RowFit> {
    let mut found = Vec::new();
    if between {
        let row = Growing { up: middle + 1, down: middle + 1, even: wrapping(sheet), ..Growing::default() };
        grow(sheet, &row, 1, &mut Tries::new(&mut found));
        return found;
    }
    let readings = middles(sheet, middle);
    let limit = readings.first().map_or(0, |(cost, _)| cost + MIDDLE_MARGIN);
    for (_, roles) in readings.into_iter().take_while(|(cost, _)| *cost <= limit) {
        let own: Vec<u8> = roles.iter().copied().filter(|role| *role != LEVEL).collect();
        let mut odd = own.clone();
        odd.dedup();
        let even = wrapping(sheet).into_iter().filter(|column| !odd.contains(column)).collect();
        odd.retain(|column| wrapping(sheet).contains(column));
        let lines = vec![(middle, Some(0), roles)];
        let row = Growing { up: middle, down: middle + 1, odd, even, lines, cost: 0 };
        let mut tries = Tries::new(&mut found);
        end(sheet, &row, &mut tries);
        grow(sheet, &row, 1, &mut tries);
    }
    found
}

/// The rows found so far, and how many more may be tried.
struct Tries<'f> {
    found: &'f mut Vec<RowFit>,
    left: usize,
}

impl<'f> Tries<'f> {
    const fn new(found: &'f mut Vec<RowFit>) -> Self {
        Self { found, left: MOST_ROWS }
    }

    /// Keeps the row as it stands; false where it is hopeless, or there have been too many.
    fn finish(&mut self, sheet: &Sheet, row: &Growing) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let fit = finish(sheet, row);
        let hopeful = fit.cost < HOPELESS;
        if hopeful {
            self.found.push(fit);
        }
        hopeful
    }
}

/// The columns whose cells may wrap.
fn wrapping(sheet: &Sheet) -> Vec<u8> {
    let own = sheet.own().filter(|at| !sheet.column(*at).is_points()).filter_map(|at| u8::try_from(at).ok());
    own.filter(|column| sheet.loose.is_none_or(|(loose, _)| loose != *column)).collect()
}

/// A row that grows from its middle.
#[derive(Debug, Clone, Default)]
struct Growing {
    /// First line, and one past the last line.
    up: usize,
    down: usize,
    /// The columns that may go on at an even, and at an odd distance in half lines.
    odd: Vec<u8>,
    even: Vec<u8>,
    lines: Vec<(usize, Option<i32>, Vec<u8>)>,
    cost: i32,
}

/// Adds every row that has `row` at its heart and goes on at `slot` half lines from the middle or later.
fn grow(sheet: &Sheet, row: &Growing, slot: usize, tries: &mut Tries) {
    if slot > REACH || tries.left == 0 {
        return;
    }
    let columns = if slot % 2 == 1 { &row.even } else { &row.odd };
    if !columns.is_empty() {
        for above in idle_runs(sheet, row, true, MOST_SKIPPED) {
            for below in idle_runs(sheet, row, false, MOST_SKIPPED) {
                pair(sheet, &row.with(&above, &below), slot, columns, tries);
            }
        }
    }
    // The cells of the one kind have ended; those of the other may go on, but not both in turn.
    let mut ended = row.clone();
    if slot % 2 == 1 {
        ended.even.clear()
    } else {
        ended.odd.clear()
    }
    if !(ended.even.is_empty() && ended.odd.is_empty()) {
        grow(sheet, &ended, slot + 1, tries);
    }
}

/// Adds the row as it stands, and with the lines of a name that reaches beyond the other cells.
fn end(sheet: &Sheet, row: &Growing, tries: &mut Tries) -> bool {
    let hopeful = tries.finish(sheet, row);
    let Some((_, stand)) = sheet.loose else { return hopeful };
    let up = stand == Stand::Top;
    for run in idle_runs(sheet, row, up, MOST_NAME_LINES) {
        let names = run.lines.last().is_some_and(|(_, roles)| roles.iter().any(|role| *role != LEVEL));
        if names {
            let none = Run::default();
            let (above, below) = if up { (&run, &none) } else { (&none, &run) };
            tries.finish(sheet, &row.with(above, below));
        }
    }
    hopeful
}

/// Lines next to a row that hold level names or a line of the loose column, and nothing else.
#[derive(Debug, Clone, Default)]
struct Run {
    lines: Vec<(usize, Vec<u8>)>,
    cost: i32,
}

/// Every run of at most `most` such lines above or below `row`.
fn idle_runs(sheet: &Sheet, row: &Growing, up: bool, most: usize) -> Vec<Run> {
    let mut runs = vec![Run::default()];
    let mut from = 0;
    for count in 0..most {
        let at = if up { row.up.checked_sub(count + 1) } else { Some(row.down + count) };
        let Some(at) = at.filter(|at| *at < sheet.lines.len()) else { break };
        let longest = runs.get(from..).unwrap_or_default().to_vec();
        from = runs.len();
        for run in longest {
            for (cost, roles) in idle(sheet, at) {
                let mut next = run.clone();
                next.lines.push((at, roles));
                next.cost += cost;
                runs.push(next);
            }
        }
    }
    runs
}

/// How the line `at` may be level names alone, or a line of the loose column behind them.
fn idle(sheet: &Sheet, at: usize) -> Vec<(i32, Vec<u8>)> {
    let line = sheet.line(at);
    let mut ways: Vec<(i32, Vec<u8>)> =
        names_cost(line).map(|cost| (cost, vec![LEVEL; line.len()])).into_iter().collect();
    if let (Some((column, _)), Some((last, names))) = (sheet.loose, line.split_last()) {
        let levels: i32 = names.iter().map(|word| word.as_level).sum();
        let text = last.token.shape.number.is_none() && !last.token.shape.dash;
        if text && names.len() <= MOST_LEVELS && levels < JOINED {
            ways.push((levels, std::iter::repeat_n(LEVEL, names.len()).chain([column]).collect()));
        }
    }
    ways
}

impl Growing {
    /// The row with idle lines above and below it.
    fn with(&self, above: &Run, below: &Run) -> Self {
        let mut row = self.clone();
        row.up -= above.lines.len();
        row.down += below.lines.len();
        row.cost += above.cost + below.cost;
        let idle = above.lines.iter().chain(&below.lines).cloned();
        row.lines.extend(idle.map(|(at, roles)| (at, None, roles)));
        row
    }
}

/// The cost of a line of nothing but pieces of level names.
pub(super) fn names_cost(line: &[Word]) -> Option<i32> {
    const LIKELY: i32 = 20;
    let cost: i32 = line.iter().map(|word| word.as_level).sum();
    (!line.is_empty() && line.len() <= MOST_LEVELS && cost < LIKELY).then_some(cost + 1)
}

/// Adds every row that has the next line above and the next line below at the same distance.
fn pair(sheet: &Sheet, row: &Growing, slot: usize, columns: &[u8], tries: &mut Tries) {
    let Some(up) = row.up.checked_sub(1).filter(|_| tries.left > 0) else { return };
    let (above, below) = (sheet.line(up), sheet.line(row.down));
    let most = above.len().min(below.len());
    let least = own_words(above).max(own_words(below)).saturating_sub(1).max(1);
    for columns in subsets(columns).into_iter().filter(|columns| (least..=most).contains(&columns.len())) {
        let height = i32::try_from(slot).unwrap_or(0);
        tries.left = tries.left.saturating_sub(1);
        for top in places(sheet, above, &columns) {
            for bottom in places(sheet, below, &columns) {
                let mut next = row.clone();
                next.up = up;
                next.down = row.down + 1;
                next.lines.push((up, Some(-height), top.clone()));
                next.lines.push((row.down, Some(height), bottom));
                if slot % 2 == 1 {
                    next.even.clone_from(&columns)
                } else {
                    next.odd.clone_from(&columns)
                }
                if end(sheet, &next, tries) {
                    grow(sheet, &next, slot + 1, tries);
                }
            }
        }
    }
}

/// The ways to deal `line` to `columns`, with a line of the loose column among them and without.
fn places(sheet: &Sheet, line: &[Word], columns: &[u8]) -> Vec<Vec<u8>> {
    let mut ways: Vec<Vec<u8>> = place(line, columns).into_iter().collect();
    if let Some((loose, _)) = sheet.loose {
        let mut columns = columns.to_vec();
        columns.push(loose);
        columns.sort_unstable();
        ways.extend(place(line, &columns));
    }
    ways
}

/// How many words of `line` are no pieces of level names.
fn own_words(line: &[Word]) -> usize {
    line.iter().filter(|word| word.as_level >= JOINED).count()
}

/// Every choice of some of `columns`.
fn subsets(columns: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new()];
    for column in columns {
        let more: Vec<Vec<u8>> = all.iter().map(|set| set.iter().copied().chain([*column]).collect()).collect();
        all.extend(more);
    }
    all
}

/// The words of `line` dealt to `columns`, one each from the right; those in front are pieces of level names, or else
/// further words of the first columns. `None` where there are too few.
fn place(line: &[Word], columns: &[u8]) -> Option<Vec<u8>> {
    let levels = line.len().checked_sub(columns.len())?;
    let names: i32 = line.iter().take(levels).map(|word| word.as_level).sum();
    if levels <= MOST_LEVELS && names < JOINED {
        return Some(std::iter::repeat_n(LEVEL, levels).chain(columns.iter().copied()).collect());
    }
    let named = line.iter().take_while(|word| word.as_level < JOINED).count().min(MOST_LEVELS).min(levels);
    let joined = std::iter::repeat_n(*columns.first()?, levels - named);
    Some(std::iter::repeat_n(LEVEL, named).chain(joined).chain(columns.iter().copied()).collect())
}

/// The likeliest readings of a middle line.
fn middles(sheet: &Sheet, at: usize) -> Vec<(i32, Vec<u8>)> {
    let line = sheet.line(at);
    if line.len() > MOST_WORDS {
        return Vec::new();
    }
    let own: Vec<u8> = sheet.own().filter_map(|at| u8::try_from(at).ok()).collect();
    let mut readings: Vec<(i32, Vec<u8>)> = vec![(0, Vec::new())];
    for word in line {
        let mut next = Vec::new();
        for (cost, roles) in &readings {
            for (more, role) in roles_of(sheet, word, roles, &own) {
                let mut roles = roles.clone();
                roles.push(role);
                next.push((cost + more, roles));
            }
        }
        next.sort();
        next.retain(|(cost, _)| *cost < HOPELESS);
        next.truncate(MOST_MIDDLES * 4);
        readings = next;
    }
    readings.retain(|(_, roles)| roles.iter().any(|role| *role != LEVEL));
    for (cost, roles) in &mut readings {
        let last = roles.last().copied().unwrap_or(LEVEL);
        *cost += blanks(sheet, own.iter().copied().filter(|column| *column > last));
    }
    readings.sort();
    readings.truncate(MOST_MIDDLES);
    readings
}

/// What `word` may be behind words of `roles`, with a first guess of the cost.
fn roles_of(sheet: &Sheet, word: &Word, roles: &[u8], own: &[u8]) -> Vec<(i32, u8)> {
    use crate::stream::rows::column::{RowSoFar, open_cost};
    const MOST: i32 = 30;
    let mut choices = Vec::new();
    let last = roles.last().copied();
    if last.is_none_or(|last| last == LEVEL) && roles.len() < MOST_LEVELS {
        choices.push((word.as_level, LEVEL));
    }
    let last = last.filter(|last| *last != LEVEL);
    for column in own.iter().copied().filter(|column| last.is_none_or(|last| *column > last)) {
        let kind = sheet.column(usize::from(column));
        let cost = open_cost(kind, &word.token, &word.look, RowSoFar::default());
        let skipped = own.iter().copied().filter(|skipped| last.is_none_or(|last| *skipped > last));
        let blank = blanks(sheet, skipped.filter(|skipped| *skipped < column));
        choices.push((blank + if kind.is_points() { cost } else { cost.min(MOST) }, column));
    }
    if let Some(last) = last.filter(|last| !sheet.column(usize::from(*last)).is_points()) {
        choices.push((JOINED, last));
    }
    choices
}

/// The cost of columns that have nothing on a middle line: figures are missed, texts may have an even number of lines.
fn blanks(sheet: &Sheet, columns: impl Iterator<Item = u8>) -> i32 {
    const EVEN: i32 = 6;
    let cost = |column: u8| {
        let kind = sheet.column(usize::from(column));
        match sheet.loose {
            Some((loose, _)) if loose == column => 0,
            _ if kind.is_points() => sheet.blank_cost(usize::from(column)),
            _ => kind.blank_cost().min(EVEN),
        }
    };
    columns.map(cost).sum()
}

/// How ill the lines of the loose column stand at the top or at the bottom of the row.
fn loose_cost(sheet: &Sheet, lines: &[(usize, Option<i32>, Vec<u8>)]) -> i32 {
    const MISPLACED: i32 = 14;
    let Some((column, stand)) = sheet.loose else { return 0 };
    let own = lines.iter().filter(|(.., roles)| roles.iter().any(|role| *role != LEVEL));
    let mut has: Vec<bool> = own.map(|(.., roles)| roles.contains(&column)).collect();
    if stand == Stand::Bottom {
        has.reverse();
    }
    let (mut cost, mut gap, mut left) = (0, 0, has.iter().filter(|has| **has).count());
    let first = has.iter().position(|has| *has).unwrap_or(0);
    cost += MISPLACED * i32::try_from(first).unwrap_or(i32::MAX / 64);
    for has in has.into_iter().skip(first) {
        gap = if has { 0 } else { gap + 1 };
        left -= usize::from(has);
        cost += if gap > 2 && left > 0 { MISPLACED } else { 0 };
    }
    cost
}

/// The row as it stands.
fn finish(sheet: &Sheet, row: &Growing) -> RowFit {
    let mut lines = row.lines.clone();
    lines.sort_by_key(|(at, ..)| *at);
    let mut cells: Vec<CellLines> = vec![Vec::new(); sheet.columns.len()];
    let mut cost = row.cost;
    for (at, _, roles) in &lines {
        for chunk in roles.iter().zip(sheet.line(*at)).collect::<Vec<_>>().chunk_by(|left, right| left.0 == right.0) {
            let words: Vec<&Word> = chunk.iter().map(|(_, word)| *word).collect();
            match chunk.first().and_then(|(role, _)| cells.get_mut(usize::from(**role))) {
                Some(cell) => cell.push(words),
                None => cost += words.iter().map(|word| word.as_level).sum::<i32>(),
            }
        }
    }
    cost += loose_cost(sheet, &lines);
    RowFit {
        lines: row.up..row.down,
        slots: lines.iter().map(|(_, slot, _)| *slot).collect(),
        roles: lines.into_iter().map(|(.., roles)| roles).collect(),
        cost: cost + row_cost(sheet, &cells),
    }
}
