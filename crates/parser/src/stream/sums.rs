//! The rows of the funds add up to the total: which of the ways to deal out the figures of each row make them do so.

use jixiao_core::Decimal;

/// Most ways to deal out the figures of one row that are weighed together with those of the other rows.
pub(super) const MOST_CHOICES: usize = 12;

/// Most readings of all rows that are followed.
const BREADTH: usize = 200;

/// Most rows that are weighed together: forms have a total and a score of sources at the most. Those behind them are
/// dealt by themselves, or a text of nothing but such rows would cost their square.
const MOST_ROWS: usize = 48;

/// A rival reading this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 4;

/// What it is worth that a column of amounts adds up to its total, and what it costs that it does not.
const ADDS_UP: i32 = 6;
const FAILS: i32 = 2;

/// An amount of a part in a column whose total is blank.
const ABOVE_BLANK: i32 = 8;

/// A reading that costs this much more than the best is not followed: more than sums, a rival's margin and a blank total
/// make up for.
const FAR: i32 = 3 * (ADDS_UP + FAILS + ABOVE_BLANK) + RIVAL_MARGIN;

/// A way to deal the figures of a row to columns.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    /// How ill the figures of the row fit by themselves.
    pub(super) cost: i32,
    /// The column of each figure.
    pub(super) columns: Vec<usize>,
    /// Initial budget, annual budget and execution, where they are amounts.
    pub(super) money: [Option<Decimal>; 3],
}

/// The choice taken for a row, and another one that is nearly as good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) best: usize,
    pub(super) rival: Option<usize>,
}

/// Choices for the first rows.
#[derive(Debug, Clone)]
struct Reading {
    cost: i32,
    picks: Vec<usize>,
    total: [Option<Decimal>; 3],
    /// The sums of the parts; `None` where a column has no part yet.
    parts: [Option<Decimal>; 3],
}

/// One pick for each of `rows`, the total first.
pub(super) fn pick(rows: &[&[Choice]]) -> Vec<Pick> {
    let (together, alone) = rows.split_at(rows.len().min(MOST_ROWS));
    let mut picks = picks_together(together);
    picks.extend(alone.iter().map(|choices| Pick { best: 0, rival: (choices.len() > 1).then_some(1) }));
    picks
}

fn picks_together(rows: &[&[Choice]]) -> Vec<Pick> {
    let mut readings = vec![Reading { cost: 0, picks: Vec::new(), total: [None; 3], parts: [None; 3] }];
    for (index, row) in rows.iter().enumerate() {
        let ways = |parent: &Reading| row.iter().map(|choice| parent.cost_with(choice, index == 0)).collect::<Vec<_>>();
        let costs = readings.iter().map(ways).enumerate();
        let mut next: Vec<(i32, usize, usize)> = costs
            .flat_map(|(parent, costs)| costs.into_iter().enumerate().map(move |(way, cost)| (cost, parent, way)))
            .collect();
        next.sort_unstable();
        next.truncate(BREADTH);
        let far = next.first().map_or(i32::MAX, |(best, ..)| best.saturating_add(FAR));
        let near = next.into_iter().take_while(|(cost, ..)| *cost <= far);
        readings = near
            .filter_map(|(cost, parent, way)| Some(readings.get(parent)?.with(way, row.get(way)?, cost, index == 0)))
            .collect();
    }
    readings.iter_mut().for_each(Reading::close);
    readings.sort_by_key(|reading| reading.cost);
    let Some(best) = readings.first() else { return vec![Pick { best: 0, rival: None }; rows.len()] };
    let near: Vec<&Reading> =
        readings.iter().skip(1).take_while(|other| other.cost - best.cost < RIVAL_MARGIN).collect();
    let rival =
        |at: usize, own: usize| near.iter().find_map(|other| other.picks.get(at).copied().filter(|way| *way != own));
    best.picks.iter().enumerate().map(|(at, own)| Pick { best: *own, rival: rival(at, *own) }).collect()
}

impl Reading {
    /// What the reading costs with `choice` for the next row.
    fn cost_with(&self, choice: &Choice, first: bool) -> i32 {
        let above_blank = |(part, total): (&Option<Decimal>, &Option<Decimal>)| part.is_some() && total.is_none();
        let blank =
            if first { 0 } else { choice.money.iter().zip(&self.total).filter(|pair| above_blank(*pair)).count() };
        let blank = i32::try_from(blank).unwrap_or_default() * ABOVE_BLANK;
        self.cost.saturating_add(choice.cost).saturating_add(blank)
    }

    /// The reading, which costs `cost`, with `choice` for the next row.
    fn with(&self, way: usize, choice: &Choice, cost: i32, first: bool) -> Self {
        let mut next = Self { cost, ..self.clone() };
        next.picks.push(way);
        if first {
            next.total = choice.money;
            return next;
        }
        for (sum, part) in next.parts.iter_mut().zip(choice.money) {
            if let Some(part) = part {
                *sum = Some(sum.unwrap_or_default()).and_then(|sum| sum.checked_add(part));
            }
        }
        next
    }

    /// Weighs the sums when all rows are dealt.
    fn close(&mut self) {
        for (total, sum) in self.total.iter().zip(self.parts) {
            let (Some(total), Some(sum)) = (total, sum.filter(|sum| !sum.is_zero())) else { continue };
            self.cost += if *total == sum { -ADDS_UP } else { FAILS };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(cost: i32, money: [i64; 3]) -> Choice {
        let money = money.map(|amount| Some(Decimal::from(amount)).filter(|amount| !amount.is_zero()));
        Choice { cost, columns: Vec::new(), money }
    }

    #[test]
    fn parts_stand_where_they_add_up_to_the_total() {
        let total = [choice(0, [0, 120, 120]), choice(9, [120, 120, 0])];
        let part = [choice(0, [120, 120, 0]), choice(2, [0, 120, 120])];
        assert_eq!(pick(&[&total, &part]), [Pick { best: 0, rival: None }, Pick { best: 1, rival: None }]);
    }

    #[test]
    fn what_the_sums_leave_open_has_a_rival() {
        let total = [choice(0, [90, 90, 80])];
        let parts = [choice(0, [90, 90, 80])];
        let nothing = [choice(0, [0, 0, 0]), choice(1, [0, 0, 0])];
        let picks = pick(&[&total, &parts, &nothing]);
        assert_eq!(picks[2], Pick { best: 0, rival: Some(1) });
        assert_eq!(picks[1], Pick { best: 0, rival: None });
    }

    #[test]
    fn rows_past_the_limit_are_dealt_by_themselves() {
        let row = [choice(0, [0, 1, 1]), choice(1, [1, 1, 0])];
        let picks = pick(&vec![&row[..]; 20_000]);
        assert_eq!(picks.len(), 20_000);
        assert_eq!(picks[MOST_ROWS], Pick { best: 0, rival: Some(1) });
    }

    #[test]
    fn no_row_is_no_pick() {
        assert_eq!(pick(&[]), []);
        assert_eq!(pick(&[&[]]).len(), 1);
    }
}
