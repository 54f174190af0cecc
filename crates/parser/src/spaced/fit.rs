//! Which column each word of a line belongs to.
//!
//! Columns come in order, and a column's words stand about one place; but that place drifts from line to line with
//! the characters left of it, so no position parts two columns for certain. Every line is dealt out to the columns at
//! the least cost; what the lines show of each column's place then deals them out again.

use std::ops::Range;

use jixiao_core::fold::is_blank;
use jixiao_core::vocab::{Scope, find};
use jixiao_core::{Comparator, Decimal};

use super::sheet::{Sheet, Word};
use super::table::is_level_part;
use crate::text::Metric;
use crate::value;

/// How often the columns' places are learned.
const ROUNDS: usize = 4;

/// The most words of one line; further ones go to its last column.
const MAX_WORDS: usize = 64;

const FAR: i32 = 16;
const MISFIT: i32 = 60;
const UNLIKELY: i32 = 14;
const SPLIT_AT_BLANK: i32 = 5;
const JOIN_OVER_GAP: i32 = 9;
const MOST_JOIN: i32 = 60;
const TOO_WIDE: i32 = 40;
const UNKNOWN_WIDTH: i32 = 10_000;
const SKIPPED_FIGURE: i32 = 18;
const IMPOSSIBLE: i32 = 1_000_000;

/// What the words of a column look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Names of levels.
    Level,
    /// Names of rows.
    Name,
    /// Points.
    Figure,
    /// Amounts, rates and points.
    Amount,
    /// Anything.
    Text,
    /// Sentences.
    Remark,
}

/// A column: what it holds and where its label or its words stand.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) kind: Kind,
    /// Where it is taken to stand at first; `None` where it has no place on this page.
    pub(super) at: Option<Range<usize>>,
}

/// Where a column's words stand: twice their position, and how far off they are in the middle.
#[derive(Debug, Clone, Copy)]
struct Model {
    edges: [(i32, i32); 3],
    /// The width of its widest word, in half-width columns; unknown before any was seen.
    width: i32,
}

impl Model {
    fn at(extent: &Range<usize>) -> Self {
        let [left, middle, right] = edges(extent.start, extent.end);
        // A label is centred on its column; where its words begin or end is not known yet.
        Self { edges: [(left, 20), (middle, 0), (right, 20)], width: UNKNOWN_WIDTH }
    }

    /// What `extents` show; `None` where there are none.
    fn learn(extents: &[(usize, usize)], width: i32) -> Option<Self> {
        let mut model = Self { edges: [(0, 0); 3], width };
        for (index, edge) in model.edges.iter_mut().enumerate() {
            let mut values: Vec<i32> =
                extents.iter().filter_map(|(from, to)| edges(*from, *to).get(index).copied()).collect();
            let middle = median(&mut values)?;
            let mut off: Vec<i32> = values.iter().map(|value| (value - middle).abs()).collect();
            *edge = (middle, median(&mut off)?);
        }
        Some(model)
    }

    /// How far `from..to` stands from the column, by the edge on which its words agree best.
    fn distance(&self, from: usize, to: usize) -> i32 {
        let values = edges(from, to);
        let best = self.edges.iter().zip(values).min_by_key(|((_, off), _)| *off);
        let nearest = self.edges.iter().zip(values).map(|((edge, _), value)| (edge - value).abs()).min().unwrap_or(0);
        let agreed = best.map_or(0, |((edge, _), value)| (edge - value).abs());
        (i32::midpoint(agreed, nearest) / 2).min(FAR)
    }
}

fn edges(from: usize, to: usize) -> [i32; 3] {
    let signed = |x: usize| i32::try_from(x).unwrap_or(i32::MAX / 8);
    [2 * signed(from), signed(from) + signed(to), 2 * signed(to)]
}

fn median(values: &mut [i32]) -> Option<i32> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

/// The words of each line of `lines` right of `edge` by column, from the one of `starts` that leads to the least cost.
pub(super) fn fit(sheet: &Sheet<'_>, lines: Range<usize>, edge: usize, starts: &[Vec<Place>]) -> Vec<Vec<Vec<Word>>> {
    let lines: Vec<Vec<Looks>> = lines.map(|line| looks(sheet, line, edge)).collect();
    let fits = starts.iter().map(|places| fit_from(sheet, &lines, places));
    fits.min_by_key(|(cost, _)| *cost).map(|(_, dealt)| dealt).unwrap_or_default()
}

fn fit_from(sheet: &Sheet<'_>, lines: &[Vec<Looks>], places: &[Place]) -> (i32, Vec<Vec<Vec<Word>>>) {
    let mut models: Vec<Option<Model>> = places.iter().map(|place| place.at.as_ref().map(Model::at)).collect();
    let mut dealt = Vec::new();
    let mut cost = 0;
    for _ in 0..ROUNDS {
        let dealing: Vec<(i32, Vec<Vec<Word>>)> = lines.iter().map(|words| deal(words, places, &models)).collect();
        cost = dealing.iter().map(|(cost, _)| *cost).fold(0, i32::saturating_add);
        dealt = dealing.into_iter().map(|(_, cells)| cells).collect::<Vec<_>>();
        for (column, model) in models.iter_mut().enumerate() {
            let extents: Vec<(usize, usize)> = dealt.iter().filter_map(|cells| extent(cells.get(column)?)).collect();
            let words = dealt.iter().filter_map(|cells| match cells.get(column)?.as_slice() {
                [only] => Some(width(sheet, only)),
                _ => None,
            });
            let width = words.max().unwrap_or(UNKNOWN_WIDTH);
            if let Some(learned) = Model::learn(&extents, width).filter(|_| model.is_some()) {
                *model = Some(learned);
            }
        }
    }
    (cost, dealt)
}

fn width(sheet: &Sheet<'_>, word: &Word) -> i32 {
    sheet.text.width(word.start, word.end, Metric::default())
}

fn extent(words: &[Word]) -> Option<(usize, usize)> {
    Some((words.first()?.x, words.last()?.x_end()))
}

/// A word and what it may be.
#[derive(Debug, Clone, Copy)]
struct Looks {
    word: Word,
    /// In half-width columns.
    width: i32,
    level: bool,
    /// A whole level name.
    name: bool,
    /// Begins with a comparator.
    compared: bool,
    /// A number.
    number: bool,
    /// A number of at most a hundred, or the mark of a blank cell.
    points: bool,
    amount: bool,
}

fn looks(sheet: &Sheet<'_>, line: usize, edge: usize) -> Vec<Looks> {
    let look = |word: &Word| {
        let plain = sheet.plain(word);
        let blank = is_blank(&plain);
        let number = value::number(&plain);
        let points = blank || number.is_some_and(|number| number <= Decimal::ONE_HUNDRED);
        let number = number.is_some();
        let amount = blank || number || value::amount(&plain).is_some() || value::percent(&plain).is_some();
        let name = [Scope::Level1, Scope::Level2].into_iter().any(|scope| find(scope, &plain).is_some());
        let compared = plain.starts_with(Comparator::SIGNS);
        Looks {
            word: *word,
            width: width(sheet, word),
            level: is_level_part(&plain),
            name,
            compared,
            number,
            points,
            amount,
        }
    };
    sheet.line(line).iter().filter(|word| word.x >= edge).map(look).collect()
}

/// Deals the words of one line out to columns in order.
fn deal(words: &[Looks], places: &[Place], models: &[Option<Model>]) -> (i32, Vec<Vec<Word>>) {
    let kept = words.get(..MAX_WORDS).unwrap_or(words);
    let width = places.len() + 1;
    let mut best = vec![(IMPOSSIBLE, 0, false); (kept.len() + 1) * width];
    if let Some(first) = best.get_mut(..width) {
        first.fill((0, 0, false));
    }
    for end in 0..=kept.len() {
        for column in 1..width {
            let skipped = best.get(end * width + column - 1).map_or(IMPOSSIBLE, |(cost, ..)| *cost);
            let mut choice = (skipped + skip_cost(places.get(column - 1)), end, false);
            for start in 0..end {
                let before = best.get(start * width + column - 1).map_or(IMPOSSIBLE, |(cost, ..)| *cost);
                let group = kept.get(start..end).unwrap_or_default();
                let border = start
                    .checked_sub(1)
                    .and_then(|last| kept.get(last))
                    .map_or(0, |last| border(last, group, places.get(column - 1)));
                let cost = before + border + group_cost(group, places.get(column - 1), models.get(column - 1));
                if cost < choice.0 {
                    choice = (cost, start, true);
                }
            }
            if let Some(slot) = best.get_mut(end * width + column) {
                *slot = choice;
            }
        }
    }
    let total = best.last().map_or(0, |(cost, ..)| *cost);
    let mut cells = vec![Vec::new(); places.len()];
    let (mut end, mut column) = (kept.len(), places.len());
    while column > 0 {
        let (_, start, filled) = best.get(end * width + column).copied().unwrap_or_default();
        if filled && let Some(cell) = cells.get_mut(column - 1) {
            *cell = kept.get(start..end).unwrap_or_default().iter().map(|look| look.word).collect();
            end = start;
        }
        column -= 1;
    }
    if let Some(last) = cells.last_mut() {
        last.extend(words.get(kept.len()..).unwrap_or_default().iter().map(|look| look.word));
    }
    (total, cells)
}

/// Points come in every row: a line with any has them all.
fn skip_cost(place: Option<&Place>) -> i32 {
    match place {
        Some(place) if place.kind == Kind::Figure && place.at.is_some() => SKIPPED_FIGURE,
        _ => 0,
    }
}

/// A cell border where only a blank stands; between text and points there is more, unless the points are none.
fn border(last: &Looks, group: &[Looks], place: Option<&Place>) -> i32 {
    let Some(next) = group.first().filter(|next| next.word.start - last.word.end < 2) else { return 0 };
    let points = place.is_some_and(|place| place.kind == Kind::Figure) && next.points && !last.points;
    SPLIT_AT_BLANK + i32::from(points) * UNLIKELY
}

fn group_cost(group: &[Looks], place: Option<&Place>, model: Option<&Option<Model>>) -> i32 {
    let (Some(place), Some(Some(model))) = (place, model) else { return IMPOSSIBLE };
    let (Some(first), Some(last)) = (group.first(), group.last()) else { return 0 };
    let joins = group.windows(2).map(|pair| match pair {
        [left, right] => {
            let gap = i32::try_from(right.word.start - left.word.end).unwrap_or(MOST_JOIN);
            if gap < 2 { 0 } else { (gap.saturating_mul(JOIN_OVER_GAP)).min(MOST_JOIN) }
        }
        _ => 0,
    });
    let broad = i32::try_from(group.len() - 1).unwrap_or(0) + group.iter().map(|look| look.width).sum::<i32>();
    let excess = if group.len() > 1 { (3 * (broad - model.width - 2)).clamp(0, TOO_WIDE) } else { 0 };
    excess + model.distance(first.word.x, last.word.x_end()) + joins.sum::<i32>() + shape_cost(group, place.kind)
}

/// Two figures behind each other are two cells.
fn figures_in_a_row(group: &[Looks]) -> i32 {
    let pair = |pair: &[Looks]| pair.iter().all(|look| look.points);
    i32::from(group.windows(2).any(pair)) * MISFIT / 2
}

fn shape_cost(group: &[Looks], kind: Kind) -> i32 {
    let all = |test: fn(&Looks) -> bool| group.iter().all(test);
    match kind {
        Kind::Level if all(|look| look.points) => MISFIT,
        Kind::Level => {
            i32::from(!all(|look| look.level)) * UNLIKELY
                + i32::from(group.iter().filter(|look| look.name).count() > 1) * MISFIT
        }
        Kind::Name if all(|look| look.points) => MISFIT / 2,
        Kind::Name => {
            let compared = group.iter().any(|look| look.compared);
            let name = group.iter().all(|look| look.name);
            i32::from(compared) * MISFIT / 2 + i32::from(name) * 5
        }
        Kind::Figure => i32::from(group.len() > 1 || !all(|look| look.points)) * MISFIT,
        Kind::Amount => i32::from(group.len() > 1 || !all(|look| look.amount)) * MISFIT,
        Kind::Text => figures_in_a_row(group),
        Kind::Remark => i32::from(all(|look| look.number)) * MISFIT / 2 + figures_in_a_row(group),
    }
}
