//! The total, the grade and what stands below the table.

use jixiao_core::Grade;
use jixiao_core::vocab::{Label, Scope};

use super::form::{Form, Role};
use crate::stream::doc::Hit;

/// Wider lines are no cells of a table.
const WIDEST_CELL: i32 = 40;

/// What the weights of a form add up to, in ten-thousandths: a hundred, or somewhat more or less.
const TOTALS: std::ops::RangeInclusive<i64> = 900_000..=1_500_000;

impl Form<'_> {
    /// The label of the grade and, behind it, the grade: both may come among the cells of the table.
    pub(super) fn grade(&mut self, start: usize) {
        let label = |at: &usize| self.label(Scope::Foot, *at).filter(|hit| hit.label == Label::Grade);
        let Some(hit) = (start..self.range.end).find_map(|at| label(&at)) else { return };
        let grade = |at: &usize| {
            let alone = self.block(*at) != self.block(*at + 1);
            alone && self.token(*at).is_some_and(|token| Grade::from_label(&token.plain).is_some())
        };
        let found = (hit.end..self.range.end).find(grade);
        self.set(hit.start..hit.end, Role::Grade);
        if let Some(at) = found {
            self.set(at..at + 1, Role::Grade);
            if at > hit.end {
                self.doubtful.push(at);
            }
        }
    }

    /// 总分, its figures, and what stands below.
    pub(super) fn total(&mut self, from: usize) {
        let hit = (from..self.range.end).filter_map(|at| self.label(Scope::Foot, at)).find(|hit| {
            let whole = self.role(hit.start) == Role::Free || self.role(hit.start) == Role::Cell;
            hit.label == Label::Total && whole
        });
        let Some(hit) = hit else {
            self.rest(self.range.end);
            let end = self.range.end;
            for at in self.total_figures(Hit { label: Label::Total, start: end, end }, end) {
                self.set(at..at + 1, Role::Total);
            }
            return;
        };
        self.set(hit.start..hit.end, Role::Total);
        let foot = self.foot(hit.end);
        self.rest(foot);
        let figures = self.total_figures(hit, foot);
        for at in figures {
            self.set(at..at + 1, Role::Total);
        }
    }

    /// What is not decided up to `end` belongs to the table, and so does what comes behind below a late column label;
    /// the rest belongs to the foot.
    fn rest(&mut self, end: usize) {
        for at in self.range.clone().filter(|at| self.role(*at) == Role::Free).collect::<Vec<_>>() {
            let below_label = match at.checked_sub(1).map(|above| (above, self.role(above))) {
                Some((_, Role::Column(_))) => true,
                Some((above, Role::Cell)) => self.block(above) == self.block(at),
                _ => false,
            };
            self.set(at..at + 1, if at < end || below_label { Role::Cell } else { Role::Foot });
        }
    }

    /// The first word behind the total that belongs to no cell of the table.
    fn foot(&self, from: usize) -> usize {
        let page = self.page(from.saturating_sub(1));
        let ends = |at: &usize| {
            let label = self.label(Scope::Foot, *at).is_some_and(|hit| hit.label != Label::Total);
            let label = label && self.role(*at) != Role::Grade;
            let wide = self.token(*at).is_some_and(|token| token.width > WIDEST_CELL);
            label || wide || self.page(*at) != page
        };
        (from..self.range.end).find(ends).unwrap_or(self.range.end)
    }

    /// The weight and the score of the total: the last figures behind it, else the nearest ones in front of it that
    /// might be.
    fn total_figures(&self, hit: Hit, foot: usize) -> Vec<usize> {
        let number = |at: &usize| {
            let shape = self.token(*at).map(|token| token.shape);
            self.role(*at) == Role::Cell && shape.is_some_and(|s| s.number.is_some() && !s.percent)
        };
        let pair = |figures: &[usize]| -> Vec<usize> {
            let value = |at: usize| self.token(at).and_then(|token| token.shape.number).unwrap_or(0);
            let fits =
                |pair: &&[usize]| matches!(pair, [w, s] if TOTALS.contains(&value(*w)) && value(*s) <= value(*w));
            figures.windows(2).rev().find(fits).map(<[usize]>::to_vec).unwrap_or_default()
        };
        let behind: Vec<usize> = (hit.end..foot.max(hit.end)).filter(number).collect();
        let found = pair(&behind);
        if !found.is_empty() {
            return found;
        }
        let before: Vec<usize> = (self.range.start..hit.start).filter(number).collect();
        let found = pair(&before);
        if found.is_empty() { behind.into_iter().rev().take(2).rev().collect() } else { found }
    }
}
