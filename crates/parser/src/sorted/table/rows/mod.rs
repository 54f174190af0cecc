//! Rows: the cells of a row are centred on each other, so cells of an odd number of lines have one of them on the
//! middle line, and those of an even number lie between; the line k above the middle holds words of the same columns
//! as the line k below it. A row that a page break cuts begins with a line of every cell instead.

mod anchor;
mod columns;
mod deal;
mod grow;
mod hang;
mod loose;
#[cfg(test)]
mod tests;
mod uneven;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use self::anchor::anchors;
use self::columns::Columns;
pub(super) use self::deal::names_cost;
use self::deal::{Deal, Run};
use super::Sheet;
use super::cells::{CellLines, Cells, MOST_ECHO, row_cost};
use super::wraps::{self, Measure, measure};

/// The column of a word that is a piece of a level's name.
pub(super) const LEVEL: u8 = u8::MAX;

/// The column of each word of a line. Rows that grow share most of their lines.
pub(super) type Roles = Rc<[u8]>;

/// How much worse than the best one a reading of a middle line may be.
const ANCHOR_MARGIN: i32 = 30;

/// A row that costs this much is not kept.
const HOPELESS: i32 = 130;

/// One way to read some lines as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowFit {
    /// The lines.
    pub(super) lines: Range<usize>,
    /// Twice the line that is its middle, or one more where that is the gap below the line.
    pub(super) anchor: usize,
    /// The column of each word of each line.
    pub(super) roles: Vec<Roles>,
    /// Height of each line in half lines from the middle; `None` for lines of level names alone.
    pub(super) slots: Vec<Option<i32>>,
    /// A page break cuts it: its cells hang from its first line.
    pub(super) hangs: bool,
    /// How ill it fits, the widths of the columns aside.
    fixed: i32,
    /// The columns whose cells have text, and the lines of these.
    pub(super) cells: Vec<(usize, Vec<Measure>)>,
    /// How ill it fits.
    pub(super) cost: i32,
}

impl RowFit {
    /// How ill it fits, the widths of the columns aside.
    pub(super) const fn fixed(&self) -> i32 {
        self.fixed
    }

    /// Takes the columns to have these widths.
    pub(super) fn weigh(&mut self, widths: &[Option<i32>]) {
        let of = |column: usize| widths.get(column).copied().flatten();
        self.cost = self.fixed + self.cells.iter().map(|(at, lines)| wraps::cost(lines, of(*at))).sum::<i32>();
    }
}

/// The rows worth trying: at most `alike` of each stretch of lines, those that end first in front.
pub(super) fn candidates(sheet: &Sheet, alike: usize) -> Vec<RowFit> {
    let mut stretches: BTreeMap<(usize, usize), Vec<RowFit>> = BTreeMap::new();
    let page = Page::new(sheet);
    for middle in 0..sheet.lines.len() {
        let mut found = rows_on(&page, middle);
        // A row of figures has a line on its middle.
        if !(sheet.pointed && sheet.columns.iter().any(|column| column.is_points())) {
            found.extend(grow::grown(&page, vec![Growing::between(sheet, middle)]));
        }
        for row in found {
            let rows = stretches.entry((row.lines.end, row.lines.start)).or_default();
            rows.push(row);
        }
    }
    for rows in stretches.values_mut() {
        rows.sort_by_key(|row| row.cost);
        rows.dedup_by(|left, right| left.roles == right.roles);
        rows.truncate(alike);
    }
    stretches.into_values().flatten().collect()
}

/// Every row whose middle, or whose first line, is the line `middle`.
fn rows_on(page: &Page, middle: usize) -> Vec<RowFit> {
    let sheet = page.sheet;
    let mut readings = anchors(sheet, middle);
    let figures = sheet.line(middle).iter().any(|word| word.token.shape.number.is_some());
    if sheet.pointed && !figures {
        readings.truncate(1);
    }
    let limit = readings.first().map_or(0, |(cost, _)| cost + ANCHOR_MARGIN);
    let likely = || readings.iter().filter(|(cost, _)| *cost <= limit).map(|(_, roles)| roles);
    let mut found = Vec::new();
    if sheet.merged {
        return likely().flat_map(|roles| uneven::grown(page, Growing::on(sheet, middle, roles))).collect();
    }
    for roles in likely() {
        found.extend(grow::grown(page, vec![Growing::on(sheet, middle, roles)]));
    }
    for roles in likely().take(3) {
        found.extend(hang::hanging(page, middle, roles));
    }
    found
}

/// Answers that have been found, by what was asked.
type Known<K, T> = RefCell<FxHashMap<K, Rc<[T]>>>;

/// A table with what has been found out about its lines: rows that grow from different middles ask the same of them.
struct Page<'s, 'd> {
    sheet: &'s Sheet<'d>,
    /// By line and columns.
    deals: Known<(usize, Columns), Deal>,
    /// By the line next to a row, whether it lies above, and the most lines.
    runs: Known<(usize, bool, usize), Run>,
}

impl<'s, 'd> Page<'s, 'd> {
    fn new(sheet: &'s Sheet<'d>) -> Self {
        Self { sheet, deals: RefCell::default(), runs: RefCell::default() }
    }
}

/// One line of a row: its number, its height in half lines from the middle, and the columns of its words.
#[derive(Debug, Clone)]
struct Laid {
    at: usize,
    slot: Option<i32>,
    roles: Roles,
}

/// A row that grows from its middle.
#[derive(Debug, Clone, Default)]
struct Growing {
    /// First line, and one past the last line.
    up: usize,
    down: usize,
    anchor: usize,
    /// The columns that may go on at an even, and at an odd distance in half lines.
    odd: Columns,
    even: Columns,
    lines: Vec<Laid>,
    cost: i32,
    /// A page break cuts it: its cells hang from its first line.
    hangs: bool,
}

impl Growing {
    /// The line `middle`, whose words are of `roles`.
    fn on(sheet: &Sheet, middle: usize, roles: &[u8]) -> Self {
        let (wrapping, own) = (wrapping(sheet), Columns::of(roles));
        let (odd, even) = (wrapping.shared(own), wrapping.without(own));
        let lines = vec![Laid { at: middle, slot: Some(0), roles: Roles::from(roles) }];
        Self { up: middle, down: middle + 1, anchor: 2 * middle, odd, even, lines, ..Self::default() }
    }

    /// The gap below the line `middle`.
    fn between(sheet: &Sheet, middle: usize) -> Self {
        let (at, even) = (middle + 1, wrapping(sheet));
        Self { up: at, down: at, anchor: 2 * middle + 1, even, ..Self::default() }
    }

    /// The lines from top to bottom.
    fn in_order(&self) -> Vec<&Laid> {
        let mut lines: Vec<&Laid> = self.lines.iter().collect();
        lines.sort_unstable_by_key(|line| line.at);
        lines
    }

    /// The cost of the row's names of levels, and the lines of its cells.
    fn cells<'w>(&self, sheet: &'w Sheet) -> (Cells<'w>, i32) {
        let mut cells = Vec::with_capacity(2 * self.lines.len() + sheet.columns.len());
        let mut levels = 0;
        for line in self.in_order() {
            let words = sheet.line(line.at);
            let mut from = 0;
            for chunk in line.roles.get(..words.len()).unwrap_or(&line.roles).chunk_by(|left, right| left == right) {
                let own = words.get(from..from + chunk.len()).unwrap_or_default();
                from += chunk.len();
                match chunk.first().filter(|role| usize::from(**role) < sheet.columns.len()) {
                    Some(role) => cells.push((*role, own)),
                    None => levels += own.iter().map(|word| word.as_level).sum::<i32>(),
                }
            }
        }
        (Cells::new(cells), levels)
    }

    /// The row as it stands; `None` where it costs too much.
    fn finish(&self, sheet: &Sheet) -> Option<RowFit> {
        let (cells, levels) = self.cells(sheet);
        let measured = |cell: &CellLines| -> Vec<Measure> { cell.iter().map(|(_, line)| measure(line)).collect() };
        let wrapping = cells.iter().filter(|(at, _)| !sheet.column(*at).is_points());
        let measures: Vec<(usize, Vec<Measure>)> = wrapping.map(|(at, cell)| (at, measured(cell))).collect();
        let wraps = measures.iter().map(|(at, lines)| wraps::cost(lines, sheet.width(*at))).sum::<i32>();
        if self.cost + levels + wraps >= HOPELESS + MOST_ECHO {
            return None;
        }
        let lines = self.in_order();
        let loose = if self.hangs { 0 } else { loose::cost(sheet, &lines) };
        let fixed = self.cost + levels + loose + row_cost(sheet, &cells);
        let (cells, cost) = (measures, fixed + wraps);
        (cost < HOPELESS).then(|| RowFit {
            lines: self.up..self.down,
            anchor: self.anchor,
            hangs: self.hangs,
            slots: lines.iter().map(|line| line.slot).collect(),
            roles: lines.iter().map(|line| line.roles.clone()).collect(),
            fixed,
            cells,
            cost,
        })
    }
}

/// The columns whose cells may wrap.
fn wrapping(sheet: &Sheet) -> Columns {
    let own = sheet.own().filter(|at| !sheet.column(*at).is_points()).filter_map(|at| u8::try_from(at).ok());
    own.filter(|column| sheet.loose.is_none_or(|(loose, _)| loose != *column)).collect()
}
