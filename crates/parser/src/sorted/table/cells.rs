//! What it costs that some words make up the cells of a row, whatever the widths of the columns.

use jixiao_core::IndicatorField;

use super::Sheet;
use super::words::Word;
use crate::done::begins_as_done;
use crate::stream::rows::column::{Column, ECHO_CHARS, Kind, NEVER, RowSoFar, is_bound, kind_of, open_cost};

/// The cost of a blank within a line of a cell, and of one beside a figure.
pub(super) const JOINED: i32 = 24;
pub(super) const JOINED_FIGURE: i32 = 12;

const OPEN_BRACKET: i32 = 8;
const NUMBER_WITHIN: i32 = 8;
const DASH_WITHIN: i32 = 30;
const NUMBERED_WITHIN: i32 = 25;
const LEVEL_WITHIN: i32 = 20;
/// A piece of a level's name behind a cell's first word is taken into the cell as unwillingly as across a blank.
const SPELLED_WITHIN: i32 = JOINED;
const LONG_NAME: i32 = 5;
const NAME_LINES: usize = 3;
const ECHO: i32 = 4;
const LATE: i32 = 9;
/// A date is no name, a piece of a level's name no cell, a bound neither name nor actual: these cost more than all
/// echoes of a row are worth ([`MOST_ECHO`]), for whatever is in the wrong column may be like its neighbour. What is never
/// seen costs as much as a blank within a line ([`JOINED`]), a little less what forms do print at times.
const LATE_NAME: i32 = JOINED;
const WORDY: i32 = 2;
const MORE_WORDS: usize = 4;
const LEVEL_AS_NAME: i32 = 4;
const LEVEL_AS_OTHER: i32 = 8;
const PART_AS_NAME: i32 = 20;
const PART_AS_OTHER: i32 = JOINED;
const BOUND_AS_NAME: i32 = JOINED;
const BOUND_AS_ACTUAL: i32 = 18;
const _: () = assert!(MOST_ECHO < BOUND_AS_ACTUAL && MOST_ECHO < PART_AS_NAME && MOST_ECHO < JOINED);
const DONE_AS_NAME: i32 = 8;
const DONE_AS_TARGET: i32 = 4;

/// The most that echoes in a row are worth: all else costs something.
pub(super) const MOST_ECHO: i32 = 2 * ECHO * ECHO_PAIRS;

/// The most pairs of characters that a cell may share with another one.
const ECHO_PAIRS: i32 = (ECHO_CHARS / 2) as i32;

/// The words of one cell by line.
pub(super) type CellLines<'w> = [(u8, &'w [Word])];

/// The lines of the cells of a row, column by column and from top to bottom.
#[derive(Debug)]
pub(super) struct Cells<'w> {
    lines: Vec<(u8, &'w [Word])>,
}

impl<'w> Cells<'w> {
    /// `lines` are in the order of their heights, each with its column.
    pub(super) fn new(mut lines: Vec<(u8, &'w [Word])>) -> Self {
        lines.sort_by_key(|(column, _)| *column);
        Self { lines }
    }

    /// The cell of `column`.
    fn of(&self, column: usize) -> &CellLines<'w> {
        let start = self.lines.partition_point(|(at, _)| usize::from(*at) < column);
        let end = self.lines.partition_point(|(at, _)| usize::from(*at) <= column);
        self.lines.get(start..end).unwrap_or_default()
    }

    /// Every cell that has text, with its column.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &CellLines<'w>)> {
        let cells = self.lines.chunk_by(|(left, _), (right, _)| left == right);
        cells.filter_map(|cell| Some((usize::from(cell.first()?.0), cell)))
    }
}

/// How ill `cells` make one row; what their widths say is left aside.
pub(super) fn row_cost(sheet: &Sheet, cells: &Cells) -> i32 {
    let (mut row, mut name) = (RowSoFar::default(), RowSoFar::default());
    let mut cost = texts_cost(sheet, cells);
    for column in 0..sheet.columns.len() {
        let (kind, cell) = (sheet.column(column), cells.of(column));
        if kind.level_scope().is_some() {
            continue;
        }
        let Some(first) = cell.first().and_then(|(_, line)| line.first()) else {
            cost += blank_cost(sheet, column, row);
            continue;
        };
        cost += open_cost(kind, &first.token, &first.look, row)
            + within_cost(kind, cell)
            + said_cost(kind, first)
            + level_cost(kind, first);
        match kind {
            Column::Field(IndicatorField::Level3) => name.see_target(&first.token),
            Column::Field(IndicatorField::Target) => {
                cost -= ECHO * name.echo(&first.token);
                row.see_target(&first.token);
            }
            Column::Field(IndicatorField::Actual) => {
                cost -= ECHO * row.echo(&first.token);
                row.see_actual(&first.token);
            }
            Column::Field(IndicatorField::Weight) => row.weight = first.token.shape.number,
            Column::Field(IndicatorField::Score) => row.score = first.token.shape.number,
            _ => {}
        }
    }
    cost
}

fn blank_cost(sheet: &Sheet, column: usize, row: RowSoFar) -> i32 {
    let kind = sheet.column(column);
    let lost = matches!((row.weight, row.score), (Some(weight), Some(score)) if score < weight);
    if kind == Column::Field(IndicatorField::Deviation) && lost { 3 } else { sheet.blank_cost(column) }
}

/// The name of a level is seldom that of an indicator and never anything else; still less is a piece that spells one
/// with others.
fn level_cost(kind: Column, first: &Word) -> i32 {
    let part = first.spelled && !first.look.is_level;
    match kind {
        _ if first.as_level > 0 => 0,
        Column::Field(IndicatorField::Level3) if part => PART_AS_NAME,
        _ if part => PART_AS_OTHER,
        Column::Field(IndicatorField::Level3) => LEVEL_AS_NAME,
        _ => LEVEL_AS_OTHER,
    }
}

/// A cell that says what was done is an actual, one that gives a bound is no name.
fn said_cost(kind: Column, first: &Word) -> i32 {
    let done = begins_as_done(&first.token.plain);
    match kind {
        Column::Field(IndicatorField::Level3) if done => DONE_AS_NAME,
        Column::Field(IndicatorField::Level3) if first.look.bound => BOUND_AS_NAME,
        Column::Field(IndicatorField::Target) if done && kind_of(&first.token) == Kind::Text => DONE_AS_TARGET,
        _ => 0,
    }
}

/// What the texts of a row say about which is the name, the target and the actual: a name that is its target word for
/// word is no echo; a target sets a date before which, or a bound, and says more than its actual.
fn texts_cost(sheet: &Sheet, cells: &Cells) -> i32 {
    let text = |field| {
        let at = sheet.columns.iter().position(|column| *column == Column::Field(field));
        let words = at.map_or(&[][..], |at| cells.of(at)).iter().flat_map(|(_, line)| line.iter());
        words.flat_map(|word| word.token.plain.chars())
    };
    let name = || text(IndicatorField::Level3);
    let target = || text(IndicatorField::Target);
    let actual = || text(IndicatorField::Actual);
    let same = name().next().is_some() && name().eq(target());
    let has_target = target().next().is_some();
    let late = has_target && sets_limit(actual()) && !sets_limit(target());
    let bounded = has_target && is_bound(&actual().collect::<String>()) && !is_bound(&target().collect::<String>());
    let wordy = has_target && actual().count() > target().count() + MORE_WORDS;
    let said = |is: bool, cost: i32| if is { cost } else { 0 };
    said(same, 2 * ECHO)
        + said(late, LATE)
        + said(bounded, BOUND_AS_ACTUAL)
        + said(sets_limit(name()), LATE_NAME)
        + said(wordy, WORDY)
}

/// `2023年9月前完`: a text that sets a date.
fn sets_limit(text: impl Iterator<Item = char>) -> bool {
    text.filter(|c| *c != '完').last() == Some('前')
}

/// Blanks within lines, words behind the first one that look like the beginning of a cell, and brackets left open.
pub(super) fn within_cost(kind: Column, cell: &CellLines) -> i32 {
    let words: usize = cell.iter().map(|(_, line)| line.len()).sum();
    if kind.is_points() && words > 1 {
        return NEVER;
    }
    let joined: i32 = cell
        .iter()
        .flat_map(|(_, line)| line.iter().zip(line.iter().skip(1)))
        .map(|(left, right)| joined_cost(left, right))
        .sum();
    let long = if kind == Column::Field(IndicatorField::Level3) { cell.len().saturating_sub(NAME_LINES) } else { 0 };
    let mut depth = 0;
    let mut cost = joined + LONG_NAME * i32::try_from(long).unwrap_or(i32::MAX / 256);
    for (index, word) in cell.iter().flat_map(|(_, line)| line.iter()).enumerate() {
        cost += if index > 0 { inner_cost(word, depth) } else { 0 };
        depth += word.token.shape.depth;
    }
    cost + if depth == 0 { 0 } else { OPEN_BRACKET }
}

/// The cost of a word behind the first one of a cell.
fn inner_cost(word: &Word, depth: i32) -> i32 {
    match word.token.shape {
        shape if shape.dash => DASH_WITHIN,
        shape if shape.number.is_some() && depth <= 0 => NUMBER_WITHIN,
        shape if shape.comparator => NUMBERED_WITHIN,
        _ if word.look.numbered => NUMBERED_WITHIN,
        _ if word.look.is_level => LEVEL_WITHIN,
        _ if word.spelled => SPELLED_WITHIN,
        _ => 0,
    }
}

/// The cost of two words on one line of a cell: blanks are printed around figures oftener than elsewhere.
pub(super) fn joined_cost(left: &Word, right: &Word) -> i32 {
    let narrow = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ')' | '('));
    let alone = [left, right].iter().any(|word| word.token.shape.number.is_some() || word.token.shape.comparator);
    let figure = narrow(left.token.plain.chars().last()) || narrow(right.token.plain.chars().next());
    if figure && !alone { JOINED_FIGURE } else { JOINED }
}
