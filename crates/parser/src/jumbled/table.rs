//! The indicators: rows of values, and the columns of names that belong to them.

use std::ops::Range;

use jixiao_core::fold::is_blank;
use jixiao_core::vocab::Label;
use jixiao_core::{Decimal, IndicatorField};

use super::levels::levels;
use super::names::{Name, join};
use super::words::Sort;
use super::{Sheet, UNSURE};
use crate::raw::{RawCell, RawIndicator};
use crate::template::{is_dots, is_number_alone};
use crate::value;

/// The values of a row as words.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Values {
    target: Vec<usize>,
    actual: Vec<usize>,
    points: [usize; 2],
    /// The reason printed behind them.
    deviation: Vec<usize>,
    sure: bool,
}

/// What a run of words says.
#[derive(Debug, Default)]
struct Found {
    rows: Vec<Values>,
    totals: Vec<[usize; 2]>,
}

/// Reads the rows and the total among the words of `zone`.
pub(super) fn read(sheet: &mut Sheet, zone: Range<usize>) {
    if !has_points(sheet, zone.clone()) {
        return;
    }
    let found = find(sheet, zone.clone());
    total(sheet, &found);
    let fits = fits_total(sheet, &found.rows);
    let used = |at: &usize| found.rows.iter().any(|row| row.holds(*at)) || found.totals.iter().any(|t| t.contains(at));
    let free = zone.clone().filter(|at| sheet.is_free(*at) && sheet.sort(*at) == Sort::Text && !used(at));
    let pieces: Vec<(usize, usize)> = free
        .map(|at| (at, sheet.plain(at)))
        .filter(|(_, plain)| !is_dots(plain) && !is_number_alone(plain) && !is_blank(plain))
        .map(|(at, plain)| (at, plain.chars().count()))
        .collect();
    let names = join(&pieces, found.rows.len());
    let levels = levels(sheet, zone, found.rows.len());
    for (at, row) in found.rows.iter().enumerate() {
        let second = levels.second_of(at, found.rows.len());
        let first = levels.first_of(sheet, second);
        let raw = indicator(sheet, [first, second], names.get(at), row);
        let lost = first.is_none() || second.is_none() || names.get(at).is_none();
        let doubt = (lost || !fits || !row.sure).then(|| UNSURE.to_owned());
        sheet.raw.indicators.push(RawIndicator { doubt, ..raw });
    }
}

impl Values {
    fn holds(&self, at: usize) -> bool {
        [&self.target, &self.actual, &self.deviation].into_iter().any(|words| words.contains(&at))
            || self.points.contains(&at)
    }
}

/// The values of the rows, which stand in rows or in columns.
fn find(sheet: &Sheet, zone: Range<usize>) -> Found {
    let count = levels(sheet, zone.clone(), usize::MAX).second.len();
    let mut found = Found::default();
    for run in runs(sheet, zone) {
        match columns(sheet, &run, count) {
            Some(rows) if found.rows.is_empty() => found.rows = rows,
            _ => values(sheet, run, &mut found),
        }
    }
    found
}

/// The rows of a run that ends with four columns of `count` values each.
fn columns(sheet: &Sheet, run: &Range<usize>, count: usize) -> Option<Vec<Values>> {
    let start = run.end.checked_sub(count.checked_mul(4)?).filter(|start| count > 1 && *start >= run.start)?;
    let row = |at: usize| {
        let [target, actual, weight, score] = [0, 1, 2, 3].map(|column| start + column * count + at);
        let points = are_points(sheet, weight, score);
        let row = Values {
            target: vec![target],
            actual: vec![actual],
            points: [weight, score],
            sure: true,
            ..Values::default()
        };
        points.then_some(row)
    };
    (0..count).map(row).collect()
}

/// Both columns of points are printed: without them the values of a row cannot be told from those of the next.
fn has_points(sheet: &Sheet, zone: Range<usize>) -> bool {
    let printed = |field| zone.clone().any(|at| sheet.label(at) == Some(Label::IndicatorColumn(field)));
    printed(IndicatorField::Weight) && printed(IndicatorField::Score)
}

/// Runs of words between labels.
fn runs(sheet: &Sheet, zone: Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in zone.filter(|at| matches!(sheet.sort(*at), Sort::Text | Sort::Figure)) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + 1,
            None => runs.push(at..at + 1),
        }
    }
    runs
}

/// A row ends with its weight and score, the total is nothing else.
fn values(sheet: &Sheet, run: Range<usize>, found: &mut Found) {
    let mut open: Vec<usize> = Vec::new();
    let (mut at, begun) = (run.start, found.rows.len());
    while at < run.end {
        let pair = (at + 1 < run.end && are_points(sheet, at, at + 1)).then_some([at, at + 1]);
        match pair {
            Some(points) if open.len() >= 2 => {
                let goes_on = found.rows.len() > begun;
                let row = row(sheet, &std::mem::take(&mut open), points, goes_on, &mut found.rows);
                found.rows.push(row);
                at += 2;
            }
            Some(points) if open.is_empty() => {
                found.totals.push(points);
                at += 2;
            }
            _ => {
                open.push(at);
                at += 1;
            }
        }
    }
}

/// A weight and a score within it.
fn are_points(sheet: &Sheet, weight: usize, score: usize) -> bool {
    let number = |at: usize| value::number(&sheet.plain(at));
    number(weight).zip(number(score)).is_some_and(|(weight, score)| {
        weight > Decimal::ZERO && weight <= Decimal::ONE_HUNDRED && score >= Decimal::ZERO && score <= weight
    })
}

/// The row of the words `cells` and `points`; what else stands before them is the reason of the row before, where that
/// lost points, or a name.
fn row(sheet: &Sheet, cells: &[usize], points: [usize; 2], goes_on: bool, before: &mut [Values]) -> Values {
    let (rest, pair) = cells.split_at(cells.len().saturating_sub(2));
    let alike = pair.iter().all(|at| is_quantity(sheet, *at))
        || pair.windows(2).all(|p| sheet.plain(p[0]) == sheet.plain(p[1]));
    let [target, actual] = pair else { return Values::default() };
    let mut row = Values {
        target: vec![*target],
        actual: vec![*actual],
        points,
        sure: alike || rest.is_empty(),
        deviation: Vec::new(),
    };
    let lost = |row: &Values| sheet.plain(row.points[0]) != sheet.plain(row.points[1]);
    if let Some(last) = before.last_mut().filter(|last| goes_on && !rest.is_empty() && lost(last)) {
        last.deviation = rest.to_vec();
        last.sure = false;
        row.sure = false;
    }
    row
}

fn is_quantity(sheet: &Sheet, at: usize) -> bool {
    value::quantity(&sheet.plain(at)).value.is_some()
}

/// The total: the pair of points that stands alone, the last where there are several.
fn total(sheet: &mut Sheet, found: &Found) {
    let Some([weight, score]) = found.totals.last().copied() else { return };
    let doubt = (found.totals.len() > 1).then(|| UNSURE.to_owned());
    let unsure = |cell: RawCell| RawCell { doubt: doubt.clone(), ..cell };
    sheet.raw.total_weight = sheet.cell(weight..weight + 1).map(unsure);
    sheet.raw.total_score = sheet.cell(score..score + 1).map(unsure);
}

/// The weights of the rows and of the funds add up to the total.
fn fits_total(sheet: &Sheet, rows: &[Values]) -> bool {
    let number = |cell: Option<&RawCell>| cell.and_then(|cell| value::number(&cell.text));
    let funds = sheet.raw.fund_rows.first().and_then(|row| row.get(jixiao_core::FundField::Weight));
    let weights = rows.iter().map(|row| value::number(&sheet.plain(row.points[0])));
    let sum = weights.chain([number(funds)]).flatten().try_fold(Decimal::ZERO, Decimal::checked_add);
    sum.is_some() && sum == number(sheet.raw.total_weight.as_ref())
}

fn indicator(sheet: &mut Sheet, levels: [Option<usize>; 2], name: Option<&Name>, row: &Values) -> RawIndicator {
    use IndicatorField::{Actual, Deviation, Level1, Level2, Level3, Score, Target, Weight};
    let mut raw = RawIndicator::default();
    let mut put = |field, words: &[usize], sure: bool| {
        let cell = if words.is_empty() { None } else { sheet.cell_of(words) };
        let doubt = (!sure).then(|| UNSURE.to_owned());
        raw.cells.extend(cell.map(|cell| (field, RawCell { doubt, ..cell })));
    };
    for (field, level) in [Level1, Level2].into_iter().zip(levels) {
        put(field, &Vec::from_iter(level), true);
    }
    if let Some(name) = name {
        put(Level3, &name.words, name.sure);
    }
    put(Target, &row.target, true);
    put(Actual, &row.actual, true);
    for (field, at) in [Weight, Score].into_iter().zip(row.points) {
        put(field, &[at], true);
    }
    put(Deviation, &row.deviation, true);
    raw
}
