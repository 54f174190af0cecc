//! Weights and scores of all rows: figures that come in pairs, one pair a row, and add up to the total.
//!
//! Of all columns these are told most surely, so the others are dealt around them.

use std::collections::HashMap;

use jixiao_core::IndicatorField;

use super::state::{MOST_ROWS, Move};
use super::zones::{Zone, zones};
use super::{Sheet, Word};

/// How many readings are followed.
const BREADTH: usize = 48;

/// More figures than any table has.
const MOST_FIGURES: usize = 420;

/// Weights that wait for their scores.
const MOST_WAITING: usize = 24;

/// The highest weight, in ten-thousandths.
const HIGHEST: i64 = 1_000_000;

/// What the weights of the indicators add up to in nearly all forms: a hundred, less ten where the funds have them.
const USUAL_SUMS: [i64; 2] = [900_000, 1_000_000];

/// The cost of a figure that is no points: behind a target, as an actual may be, and elsewhere.
const BARE_ACTUAL: i32 = 2;
const NO_POINTS: i32 = 7;
/// A figure within a line of text.
const WITHIN_LINE: i32 = 8;
/// A weight while another one waits for its score, and a score that does not follow its weight.
const WAITS: i32 = 4;
const APART: i32 = 3;
/// The same where the figure above is points of the same kind: a column of them is told as one.
const RUN_WAITS: i32 = 1;
const RUN_APART: i32 = 1;
/// Points that were lost, and points that were not there to lose.
const LOST: i32 = 1;
const EXCEEDS: i32 = 30;
/// Without a score, and with other sums than the total says.
const NO_SCORE: i32 = 14;
const WRONG_WEIGHTS: i32 = 60;
const WRONG_SCORES: i32 = 20;
/// The cost for each row above which nothing is certain.
const SURE_COST: i32 = 6;
/// A rival reading this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 5;

/// The points that were found.
#[derive(Debug, Default)]
pub(in crate::blocks) struct Points {
    /// Where each word goes, if it is points.
    pub(super) moves: Vec<Option<Move>>,
    /// How many rows there are.
    pub(super) rows: u16,
    /// The rows whose points another reading nearly as good takes from elsewhere.
    pub(super) doubtful: Vec<u16>,
    /// The row of the next points at or behind each word.
    next: Vec<u16>,
    /// Where each word stands to the points.
    zones: Vec<Zone>,
    /// The rows that scored less than their weight.
    lost: Vec<u16>,
    /// The columns of weight and score.
    pub(super) columns: [u8; 2],
    /// The sums are those of the total.
    pub(super) proved: bool,
}

impl Points {
    /// The row whose points come next behind the word `index`; one past the last row where none do.
    pub(super) fn next(&self, index: usize) -> u16 {
        self.next.get(index).copied().unwrap_or(self.rows)
    }

    /// The row scored less than its weight.
    pub(super) fn is_lost(&self, row: u16) -> bool {
        self.lost.contains(&row)
    }

    /// Where the word `index` stands.
    pub(super) fn zone(&self, index: usize) -> Zone {
        self.zones.get(index).cloned().unwrap_or_default()
    }

    /// The move of the word `index`, where it is points.
    pub(super) fn at(&self, index: usize) -> Option<Move> {
        self.moves.get(index).copied().flatten()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Choice {
    Other,
    /// The weight of a row.
    Weight(u16),
    /// The score of a row.
    Score(u16),
}

#[derive(Debug, Clone, Default)]
struct Reading {
    cost: i32,
    weights: i64,
    scores: i64,
    /// How many rows have a weight.
    rows: u16,
    /// Weights without a score so far: word, number and row.
    waiting: Vec<(usize, i64, u16)>,
    choices: Vec<Choice>,
}

/// The points of `sheet`, if its figures show them clearly.
pub(super) fn find(sheet: &Sheet) -> Option<Points> {
    let weight = u8::try_from(sheet.find(IndicatorField::Weight)?).ok()?;
    let score = u8::try_from(sheet.find(IndicatorField::Score)?).ok()?;
    let figures: Vec<usize> = (0..sheet.words.len()).filter(|at| sheet.words.get(*at).is_some_and(is_figure)).collect();
    if !sheet.pointed || figures.len() > MOST_FIGURES {
        return None;
    }
    let readings = read(sheet, &figures);
    let best = readings.first().filter(|best| best.rows > 0 && best.rows < MOST_ROWS)?;
    let proved = is_sum(sheet, best.weights);
    let cost = best.cost - if proved { 0 } else { WRONG_WEIGHTS };
    if cost > SURE_COST * i32::from(best.rows) + WRONG_SCORES {
        return None;
    }
    let mut points = points(sheet, &figures, best, (weight, score));
    points.proved = proved;
    points.zones = zones(sheet, &points);
    for rival in readings.iter().skip(1).take_while(|rival| rival.cost - best.cost < RIVAL_MARGIN) {
        doubt(&mut points, &figures, best, rival);
    }
    Some(points)
}

/// The weights add up to the total, or to what they do in nearly all forms where its figures are not sure.
fn is_sum(sheet: &Sheet, weights: i64) -> bool {
    sheet.sums.weights == Some(weights) || USUAL_SUMS.contains(&weights)
}

fn is_figure(word: &Word) -> bool {
    let shape = word.token.shape;
    shape.number.is_some_and(|number| (0..=HIGHEST).contains(&number)) && !shape.percent
}

/// The best readings of the figures, the best one first.
fn read(sheet: &Sheet, figures: &[usize]) -> Vec<Reading> {
    let mut readings = vec![Reading::default()];
    for figure in figures {
        let mut next: Vec<Reading> = readings.iter().flat_map(|reading| go_on(sheet, reading, *figure)).collect();
        next.sort_by_key(|reading| reading.cost);
        let mut kept: Vec<Reading> = Vec::with_capacity(BREADTH);
        for reading in next {
            let same = |other: &Reading| {
                other.weights == reading.weights && other.scores == reading.scores && other.waiting == reading.waiting
            };
            if kept.len() < BREADTH && kept.iter().filter(|other| same(other)).count() < 2 {
                kept.push(reading);
            }
        }
        readings = kept;
    }
    for reading in &mut readings {
        reading.cost += end_cost(sheet, reading);
    }
    readings.sort_by_key(|reading| reading.cost);
    readings
}

/// What the figure of the word `at` may be behind `reading`.
fn go_on(sheet: &Sheet, reading: &Reading, at: usize) -> Vec<Reading> {
    let Some(word) = sheet.words.get(at) else { return Vec::new() };
    let number = word.token.shape.number.unwrap_or(0);
    let within = if is_alone(sheet, at) { 0 } else { WITHIN_LINE };
    let waiting = i32::try_from(reading.waiting.len()).unwrap_or(0);
    let mut all = vec![with(reading, Choice::Other, (at, number), if within > 0 { 0 } else { other(sheet, at) })];
    let row = reading.rows;
    let run = run(sheet, reading, at);
    let waits = if matches!(run, Some(Choice::Weight(_))) { RUN_WAITS.min(waiting) } else { WAITS * waiting.min(2) };
    if reading.waiting.len() < MOST_WAITING {
        all.push(with(reading, Choice::Weight(row), (at, number), within + waits));
    }
    if let Some((before, weight, own)) = reading.waiting.first() {
        let apart = match run {
            _ if before + 1 == at => 0,
            Some(Choice::Score(_)) => RUN_APART,
            _ => APART,
        };
        let lost = match number.cmp(weight) {
            std::cmp::Ordering::Less => LOST,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => EXCEEDS,
        };
        all.push(with(reading, Choice::Score(*own), (at, number), within + apart + lost));
        let mut unscored = reading.clone();
        unscored.waiting.clear();
        all.push(with(&unscored, Choice::Weight(row), (at, number), within + NO_SCORE * waiting));
    }
    all
}

/// What the figure right above is: a column of weights, or of scores, may be told as one.
fn run(sheet: &Sheet, reading: &Reading, at: usize) -> Option<Choice> {
    let above = sheet.words.get(at.checked_sub(1)?).filter(|above| is_figure(above));
    above.and(reading.choices.last().copied())
}

fn with(reading: &Reading, choice: Choice, (at, number): (usize, i64), cost: i32) -> Reading {
    let mut next = reading.clone();
    next.cost += cost;
    next.choices.push(choice);
    match choice {
        Choice::Weight(row) => {
            next.weights += number;
            next.rows = row + 1;
            next.waiting.push((at, number, row));
        }
        Choice::Score(_) => {
            next.scores += number;
            next.waiting.remove(0);
        }
        Choice::Other => {}
    }
    next
}

/// The cost of a figure being no points.
fn other(sheet: &Sheet, at: usize) -> i32 {
    let before = at.checked_sub(1).and_then(|before| sheet.words.get(before)).map(|word| word.token.shape);
    let target = before.is_some_and(|shape| shape.comparator || (shape.quantity && shape.number.is_none()));
    if target { BARE_ACTUAL } else { NO_POINTS }
}

/// Nothing but figures and dashes stands on the line of the word.
fn is_alone(sheet: &Sheet, at: usize) -> bool {
    let Some(line) = sheet.words.get(at).map(|word| word.token.piece.line) else { return false };
    let near = sheet.words.get(at.saturating_sub(4)..).unwrap_or_default().iter().take(9);
    let mut same = near.filter(|word| word.token.piece.line == line);
    same.all(|word| word.token.shape.number.is_some() || word.token.shape.dash || word.look.nothing)
}

fn end_cost(sheet: &Sheet, reading: &Reading) -> i32 {
    let wrong = |expected: Option<i64>, sum: i64| expected.is_some_and(|expected| expected != sum);
    let weights = if is_sum(sheet, reading.weights) { 0 } else { WRONG_WEIGHTS };
    let scores = if wrong(sheet.sums.scores, reading.scores) { WRONG_SCORES } else { 0 };
    weights + scores + i32::try_from(reading.waiting.len()).unwrap_or(0) * NO_SCORE
}

fn points(sheet: &Sheet, figures: &[usize], reading: &Reading, (weight, score): (u8, u8)) -> Points {
    let mut moves = vec![None; sheet.words.len()];
    for (figure, choice) in figures.iter().zip(&reading.choices) {
        let (column, row) = match choice {
            Choice::Other => continue,
            Choice::Weight(row) => (weight, *row),
            Choice::Score(row) => (score, *row),
        };
        if let Some(slot) = moves.get_mut(*figure) {
            *slot = Some(Move { column, row, opens: true });
        }
    }
    let weights = reading.rows;
    let mut next = vec![weights; sheet.words.len()];
    let mut row = weights;
    for (slot, at) in next.iter_mut().zip(&moves).rev() {
        row = at.map_or(row, |at: Move| at.row);
        *slot = row;
    }
    let lost = lost(sheet, &moves);
    Points {
        moves,
        rows: weights,
        doubtful: Vec::new(),
        columns: [weight, score],
        next,
        zones: Vec::new(),
        lost,
        proved: false,
    }
}

/// The rows whose score is less than their weight.
fn lost(sheet: &Sheet, moves: &[Option<Move>]) -> Vec<u16> {
    let mut weights: HashMap<u16, i64> = HashMap::new();
    let mut lost = Vec::new();
    for (word, step) in sheet.words.iter().zip(moves) {
        let (Some(step), Some(number)) = (step, word.token.shape.number) else { continue };
        match weights.get(&step.row) {
            Some(weight) if number < *weight => lost.push(step.row),
            Some(_) => {}
            None => drop(weights.insert(step.row, number)),
        }
    }
    lost
}

/// Marks the rows from which on the readings differ.
fn doubt(points: &mut Points, figures: &[usize], best: &Reading, rival: &Reading) {
    for ((figure, own), other) in figures.iter().zip(&best.choices).zip(&rival.choices) {
        if own != other {
            let row = points.next(*figure);
            points.doubtful.extend([row.saturating_sub(1), row]);
        }
    }
}
