//! Which figure of a total row is which: what the form's arithmetic says of figures in any order.
//!
//! 财预〔2020〕10号: rate = executed ÷ budget, score = weight × rate.

use jixiao_core::{Decimal, FundField};

/// Most figures that are tried in every order; a total row has six.
const MOST_FIGURES: usize = 8;

/// How far a printed rate or score may be off by rounding, in hundredths.
const ROUNDING: i64 = 2;

/// A figure of the funds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    /// Its word.
    pub(super) at: usize,
    /// Its number; none for a dash.
    pub(super) value: Option<Decimal>,
    /// It prints a percent sign.
    pub(super) percent: bool,
}

/// The columns of figures, and whether the arithmetic leaves no other reading.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) cells: Vec<(FundField, usize)>,
    pub(super) sure: bool,
}

/// One way to read the figures, as indices of them.
#[derive(Debug, Clone, Default)]
struct Trial {
    amounts: Vec<usize>,
    weight: Option<usize>,
    rate: Option<usize>,
    score: Option<usize>,
    /// Equations that hold, then columns in printed order.
    worth: (u32, bool),
}

/// Reads `figures` as the total row of a form with `columns`.
pub(super) fn solve(figures: &[Figure], columns: &[FundField]) -> Reading {
    if figures.len() > MOST_FIGURES {
        return Reading::default();
    }
    let amounts: Vec<FundField> = columns.iter().copied().filter(|field| field.is_money()).collect();
    let trials: Vec<Trial> = trials(figures, amounts.len());
    let Some(best) = trials.iter().max_by_key(|trial| trial.worth) else { return Reading::default() };
    let rivals = trials.iter().filter(|trial| trial.worth.0 == best.worth.0);
    let same = |trial: &Trial| values(figures, trial) == values(figures, best);
    let sure = best.worth.0 >= 2 && rivals.into_iter().all(same);
    Reading { cells: cells(figures, best, &amounts), sure }
}

fn trials(figures: &[Figure], columns: usize) -> Vec<Trial> {
    let all = || (0..figures.len()).map(Some);
    let rate = figures.iter().position(|figure| figure.percent);
    let mut trials = Vec::new();
    for weight in all().chain([None]).filter(|at| may_be_points(figures, *at)) {
        for score in all().chain([None]).filter(|at| may_be_points(figures, *at)) {
            let points = [weight, rate, score];
            let twice = (weight.is_some() && weight == score) || (weight.is_none() && score.is_some());
            let rest: Vec<usize> = (0..figures.len()).filter(|at| !points.contains(&Some(*at))).collect();
            if twice || rest.len() > columns || over(figures, score, weight) {
                continue;
            }
            for executed in &rest {
                let amounts: Vec<usize> = rest.iter().copied().filter(|at| at != executed).chain([*executed]).collect();
                let in_order = amounts.is_sorted();
                let trial = Trial { amounts, weight, rate, score, worth: (0, in_order) };
                trials.push(Trial { worth: (equations(figures, &trial), in_order), ..trial });
            }
        }
    }
    trials
}

fn may_be_points(figures: &[Figure], at: Option<usize>) -> bool {
    let Some(figure) = at.and_then(|at| figures.get(at)) else { return true };
    !figure.percent && figure.value.is_some_and(|value| value <= Decimal::ONE_HUNDRED)
}

fn over(figures: &[Figure], score: Option<usize>, weight: Option<usize>) -> bool {
    number(figures, score).zip(number(figures, weight)).is_some_and(|(score, weight)| score > weight)
}

fn number(figures: &[Figure], at: Option<usize>) -> Option<Decimal> {
    figures.get(at?)?.value
}

/// How many of the two equations hold.
fn equations(figures: &[Figure], trial: &Trial) -> u32 {
    let mut amounts = trial.amounts.iter().rev().map(|at| number(figures, Some(*at)));
    let (executed, budget) = (amounts.next().flatten(), amounts.next().flatten());
    let Some(share) = executed.zip(budget).and_then(|(executed, budget)| executed.checked_div(budget)) else {
        return 0;
    };
    let near = |printed: Option<Decimal>, whole: Option<Decimal>| {
        let wanted = whole.and_then(|whole| share.checked_mul(whole));
        printed.zip(wanted).is_some_and(|(printed, wanted)| {
            printed.checked_sub(wanted).is_some_and(|off| off.abs() <= Decimal::new(ROUNDING, 2))
        })
    };
    let rate = near(number(figures, trial.rate), Some(Decimal::ONE_HUNDRED));
    let score = near(number(figures, trial.score), number(figures, trial.weight));
    u32::from(rate) + u32::from(score)
}

/// What a trial says, column by column.
fn values(figures: &[Figure], trial: &Trial) -> Vec<Option<Decimal>> {
    let points = [trial.weight, trial.rate, trial.score];
    trial.amounts.iter().map(|at| Some(*at)).chain(points).map(|at| number(figures, at)).collect()
}

/// The cells of a trial; the amounts fill the last of their columns.
fn cells(figures: &[Figure], trial: &Trial, amounts: &[FundField]) -> Vec<(FundField, usize)> {
    let skipped = amounts.len().saturating_sub(trial.amounts.len());
    let amounts = amounts.iter().skip(skipped).copied().zip(trial.amounts.iter().copied().map(Some));
    let points =
        [(FundField::Weight, trial.weight), (FundField::ExecutionRate, trial.rate), (FundField::Score, trial.score)];
    let placed = amounts.chain(points).filter_map(|(field, at)| Some((field, figures.get(at?)?.at)));
    placed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(printed: &[&str]) -> Vec<Figure> {
        let read = |text: &str| crate::value::percent(text);
        (0..).zip(printed).map(|(at, text)| Figure { at, value: read(text), percent: text.ends_with('%') }).collect()
    }

    #[test]
    fn the_equations_find_each_figure_in_any_order() {
        let reading = solve(&figures(&["8.5", "800", "700", "10", "595", "85%"]), &FundField::MONEY);
        assert!(reading.sure, "{reading:?}");
        let at = |field| reading.cells.iter().find(|(own, _)| *own == field).map(|(_, at)| *at);
        assert_eq!(at(FundField::AnnualBudget), Some(2));
        assert_eq!(at(FundField::InitialBudget), Some(1));
        assert_eq!(at(FundField::Executed), Some(4));
        assert_eq!(at(FundField::Weight), Some(3));
        assert_eq!(at(FundField::Score), Some(0));
    }

    #[test]
    fn figures_that_fit_no_equation_or_two_ways_are_unsure() {
        assert!(!solve(&figures(&["8.5", "80", "70", "10", "59.5", "85%"]), &FundField::MONEY).sure);
        assert!(!solve(&figures(&["70", "80", "10", "3", "85%"]), &FundField::MONEY).sure);
        assert!(!solve(&figures(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]), &FundField::MONEY).sure);
        assert!(!solve(&[], &FundField::MONEY).sure);
    }
}
