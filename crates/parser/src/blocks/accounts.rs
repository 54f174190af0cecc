//! The figures of the funds dealt to rows and columns by what they add up to.
//!
//! Blocks come partly by row and partly by column, so where a figure stands tells little. What it is tells more: within
//! a column the figures come from top to bottom, the rows add up to the total, and the rate of a row follows from its
//! amounts. A reading is only taken where the sums prove it.

mod sums;

use std::collections::HashMap;

use jixiao_core::vocab::Label;
use jixiao_core::{Decimal, FundField};

use self::sums::weigh;
use super::form::Form;
use crate::value;

/// More rows, columns or figures than the funds of any form have.
const MOST_ROWS: usize = 16;
const MOST_COLUMNS: usize = 8;
const MOST_FIGURES: usize = 96;

/// How many readings are followed, and how many of them that have the same cells filled.
const BREADTH: usize = 160;
const ALIKE: usize = 6;

/// A figure of a kind that the column does not hold.
const UNLIKE: i32 = 50;
/// A dash among the amounts.
const DASH: i32 = 1;
const BARE_RATE: i32 = 1;
/// Points of nothing, which are seldom printed.
const NO_POINTS: i32 = 4;
/// The weight of execution in the form attached to 财预〔2020〕10号, and in that of Hubei (20 points). Another weight is
/// odd, and so are points of a part of the funds: mostly only the total has some.
const USUAL_WEIGHTS: [Decimal; 2] = [Decimal::TEN, Decimal::from_parts(20, 0, 0, false, 0)];
const ODD_WEIGHT: i32 = 3;
const PART_POINTS: i32 = 3;
/// A figure that does not stand beside or below the one before it.
const TURNS: i32 = 1;
const JUMPS: i32 = 6;
const ELSEWHERE: i32 = 8;
/// A figure left of the one before it: what a form got wrong stays as it is printed.
const LEFTWARDS: i32 = 24;
const OTHER_LINE: i32 = 30;
/// A blank cell, among the amounts and among the rest.
const BLANK_AMOUNT: i32 = 3;
const BLANK: i32 = 1;
/// Figures that follow from others, and that contradict them.
const FOLLOWS: i32 = 8;
const CLASHES: i32 = 14;
/// Fewer figures that follow from others prove nothing.
const LEAST_PROOFS: u32 = 2;
/// A rival reading this near leaves it open which one is true.
const RIVAL_MARGIN: i32 = 3;

/// The figures in their cells.
#[derive(Debug)]
pub(super) struct Account {
    /// The word in each cell, by row and column.
    pub(super) rows: Vec<Vec<Option<usize>>>,
    /// Words that another reading nearly as good puts elsewhere.
    pub(super) doubtful: Vec<usize>,
}

/// A figure, or a dash in the place of one, and where it stands.
struct Figure {
    word: usize,
    value: Option<Decimal>,
    percent: bool,
    line: usize,
    /// The row whose label stands right in front.
    row: Option<usize>,
}

/// What is to be filled: the kinds of the columns, and how many rows there are. The first row is the total.
#[derive(Clone, Copy)]
struct Table<'a> {
    columns: &'a [Label],
    rows: usize,
    figures: &'a [Figure],
    /// Sums are weighed when all figures are dealt: as long as they are told row by row, what one column adds up to
    /// leads astray, and where they are told column by column nothing else leads.
    by_row: bool,
}

/// Some of the figures dealt to cells.
#[derive(Debug, Clone)]
struct Reading {
    cost: i32,
    /// The figure in each cell.
    cells: Vec<Option<usize>>,
    /// One past the last row filled, by column.
    ends: Vec<usize>,
    last: (usize, usize),
    proofs: u32,
    clashes: u32,
    /// What the sums are worth that are weighed when all figures are dealt.
    late: i32,
}

/// Deals the words `figures` to the rows `labels`, the total first; none where the sums prove no reading.
pub(super) fn solve(form: &Form, labels: &[&[usize]], columns: &[Label], figures: &[usize]) -> Option<Account> {
    let fits = (1..=MOST_ROWS).contains(&labels.len()) && (1..=MOST_COLUMNS).contains(&columns.len());
    if !fits || figures.len() > MOST_FIGURES || figures.len() > labels.len() * columns.len() {
        return None;
    }
    let figures: Vec<Figure> = figures.iter().filter_map(|at| figure(form, labels, *at)).collect();
    let table = Table { columns, rows: labels.len(), figures: &figures, by_row: false };
    let mut readings = [table.readings(), Table { by_row: true, ..table }.readings()].concat();
    readings.sort_by_key(|reading| reading.cost);
    let best = readings.first().filter(|best| best.proofs >= LEAST_PROOFS + 2 * best.clashes)?;
    let rivals = readings.iter().skip(1).take_while(|rival| rival.cost - best.cost < RIVAL_MARGIN);
    let mut doubtful: Vec<usize> = rivals.flat_map(|rival| table.differing(best, rival)).collect();
    doubtful.sort_unstable();
    doubtful.dedup();
    let word = |cell: &Option<usize>| cell.and_then(|at| figures.get(at)).map(|figure| figure.word);
    let rows = best.cells.chunks(columns.len()).map(|row| row.iter().map(word).collect()).collect();
    Some(Account { rows, doubtful })
}

fn figure(form: &Form, labels: &[&[usize]], word: usize) -> Option<Figure> {
    let token = form.token(word)?;
    let value = value::amount(&token.plain).or_else(|| value::percent(&token.plain));
    let stacked = |label: &[usize]| {
        labels.iter().any(|above| above.last().zip(label.first()).is_some_and(|(last, first)| last + 1 == *first))
    };
    let own = labels.iter().position(|label| label.last().is_some_and(|last| last + 1 == word));
    let row = own.filter(|row| labels.get(*row).is_some_and(|label| !stacked(label)));
    Some(Figure { word, value, percent: token.shape.percent, line: token.piece.line, row })
}

impl Table<'_> {
    /// The best readings.
    fn readings(&self) -> Vec<Reading> {
        let mut readings = vec![self.start()];
        for at in 0..self.figures.len() {
            readings = self.advance(&readings, at);
        }
        readings.iter_mut().for_each(|reading| self.close(reading));
        readings
    }

    /// No figure is in any cell.
    fn start(&self) -> Reading {
        let width = self.columns.len();
        let cells = vec![None; width * self.rows];
        Reading { cost: 0, cells, ends: vec![0; width], last: (0, 0), proofs: 0, clashes: 0, late: 0 }
    }

    /// The best of `readings` with the figure `at` in some cell.
    fn advance(&self, readings: &[Reading], at: usize) -> Vec<Reading> {
        let mut steps: Vec<(i32, usize, (usize, usize))> = Vec::new();
        for (from, reading) in readings.iter().enumerate() {
            for (column, end) in reading.ends.iter().enumerate() {
                let rows = *end..self.rows;
                let costs = rows.map(|row| (reading.cost + self.cost(reading, at, (row, column)), from, (row, column)));
                steps.extend(costs);
            }
        }
        steps.sort_unstable();
        let mut alike: HashMap<(Vec<usize>, (usize, usize)), usize> = HashMap::new();
        let mut kept = Vec::new();
        for (_, from, cell) in steps {
            let Some(reading) = readings.get(from) else { continue };
            let next = self.enter(reading, at, cell);
            let count = alike.entry((next.ends.clone(), next.last)).or_default();
            *count += 1;
            if *count <= ALIKE {
                kept.push(next);
            }
            if kept.len() >= BREADTH {
                break;
            }
        }
        kept
    }

    /// What it costs that the figure `at` stands in a cell, but for what it adds up to.
    fn cost(&self, reading: &Reading, at: usize, (row, column): (usize, usize)) -> i32 {
        let Some(figure) = self.figures.get(at) else { return 0 };
        let above = reading.ends.get(column).map_or(0, |end| row - end);
        let skipped = i32::try_from(above).unwrap_or(0) * self.blank_cost(column);
        self.unlike(figure, (row, column)) + skipped + self.place(reading, at, (row, column))
    }

    fn unlike(&self, figure: &Figure, (row, column): (usize, usize)) -> i32 {
        let Some(value) = figure.value else {
            return if self.is_money(column) { DASH } else { 0 };
        };
        let odd = match self.field(column) {
            Some(FundField::ExecutionRate) => return if figure.percent { 0 } else { BARE_RATE },
            Some(FundField::Weight | FundField::Score) if value.is_zero() => return NO_POINTS,
            Some(FundField::Weight | FundField::Score) if !figure.percent && value <= Decimal::ONE_HUNDRED => {
                let usual = self.field(column) == Some(FundField::Score) || USUAL_WEIGHTS.contains(&value);
                return if usual { 0 } else { ODD_WEIGHT } + if row == 0 { 0 } else { PART_POINTS };
            }
            Some(FundField::Weight | FundField::Score) => true,
            _ => figure.percent,
        };
        if odd { UNLIKE } else { 0 }
    }

    /// How well the cell fits where the figure stands.
    fn place(&self, reading: &Reading, at: usize, (row, column): (usize, usize)) -> i32 {
        let Some(figure) = self.figures.get(at) else { return 0 };
        let before = at.checked_sub(1).and_then(|before| self.figures.get(before));
        let (last_row, last_column) = reading.last;
        let right = |from: usize| i32::try_from(column.saturating_sub(from)).unwrap_or(0);
        if before.is_some_and(|before| before.line == figure.line) {
            return if row == last_row && column > last_column { right(last_column + 1) } else { OTHER_LINE };
        }
        if let Some(own) = figure.row {
            return if row == own { right(0) } else { ELSEWHERE };
        }
        if before.is_none() {
            return if (row, column) == (0, 0) { 0 } else { TURNS };
        }
        match (row, column) {
            (row, column) if column == last_column && row > last_row => 0,
            (row, column) if row == last_row && column > last_column => right(last_column + 1),
            (row, column) if row == last_row && column < last_column => LEFTWARDS,
            (_, column) if column == last_column + 1 => TURNS,
            (row, 0) if row == last_row + 1 => TURNS,
            _ => JUMPS,
        }
    }

    fn enter(&self, reading: &Reading, at: usize, cell: (usize, usize)) -> Reading {
        let cost = reading.cost + self.cost(reading, at, cell);
        let mut next = Reading { cost, last: cell, ..reading.clone() };
        let (row, column) = cell;
        if let Some(slot) = next.cells.get_mut(row * self.columns.len() + column) {
            *slot = Some(at);
        }
        if let Some(end) = next.ends.get_mut(column) {
            *end = row + 1;
        }
        let field = self.field(column);
        if self.is_money(column) {
            let proof = self.sum(&next, cell);
            weigh(&mut next, proof);
            if proof == Some(true) && self.by_row {
                next.cost += FOLLOWS;
                next.late += FOLLOWS;
            }
        }
        if matches!(field, Some(FundField::AnnualBudget | FundField::Executed | FundField::ExecutionRate)) {
            let proof = self.rate(&next, row);
            weigh(&mut next, proof);
        }
        if matches!(field, Some(FundField::Weight | FundField::ExecutionRate | FundField::Score)) {
            // More points than the weight are known before the rate comes.
            let known = field == Some(FundField::ExecutionRate);
            let proof = self.score(&next, row).filter(|proof| *proof || !known);
            weigh(&mut next, proof);
        }
        next
    }

    fn field(&self, column: usize) -> Option<FundField> {
        match self.columns.get(column) {
            Some(Label::FundColumn(field)) => Some(*field),
            _ => None,
        }
    }

    fn is_money(&self, column: usize) -> bool {
        self.field(column).is_some_and(FundField::is_money)
    }

    fn blank_cost(&self, column: usize) -> i32 {
        if self.is_money(column) { BLANK_AMOUNT } else { BLANK }
    }

    /// The words of the cells that hold other figures in `rival`.
    fn differing(&self, best: &Reading, rival: &Reading) -> Vec<usize> {
        let printed = |cell: &Option<usize>| cell.and_then(|at| self.figures.get(at)).and_then(|figure| figure.value);
        let pairs = best.cells.iter().zip(&rival.cells);
        let other = pairs.filter(|(own, other)| printed(own) != printed(other)).filter_map(|(own, _)| *own);
        other.filter_map(|at| self.figures.get(at)).map(|figure| figure.word).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_points_than_the_weight_clash_once() {
        let columns = [FundField::Weight, FundField::ExecutionRate, FundField::Score].map(Label::FundColumn);
        let figure = |value: i64| Figure { word: 0, value: Some(value.into()), percent: false, line: 0, row: None };
        let figures = [figure(10), figure(12), figure(90)];
        let table = Table { columns: &columns, rows: 1, figures: &figures, by_row: false };
        for order in [[0, 2, 1], [1, 0, 2], [2, 1, 0]] {
            let mut reading = table.start();
            for column in order {
                let at = [0, 2, 1][column];
                reading = table.enter(&reading, at, (0, column));
            }
            assert_eq!(reading.clashes, 1, "{order:?}");
        }
    }
}
