//! The parts of each form, and their words put into drawing order.

use std::ops::Range;

use jixiao_core::vocab::{Label, Scope, find};

use super::lines::{Line, Mark, lines, mark, spelled};
use super::order::Order;
use super::{fields, goals, heads, side};
use crate::stream::doc::Doc;
use crate::value;

/// The lines at which the parts of a form begin.
#[derive(Debug, Clone, Default)]
struct Parts {
    start: usize,
    end: usize,
    field: Option<usize>,
    funds: Option<usize>,
    goals: Option<usize>,
    table: Option<usize>,
    total: Option<usize>,
}

impl Parts {
    fn slot(&mut self, mark: Mark) -> Option<&mut Option<usize>> {
        match mark {
            Mark::Title => None,
            Mark::Field => Some(&mut self.field),
            Mark::Funds => Some(&mut self.funds),
            Mark::Goals => Some(&mut self.goals),
            Mark::Table => Some(&mut self.table),
            Mark::Total => Some(&mut self.total),
        }
    }

    /// The last mark that the form has reached.
    fn stage(&self) -> Mark {
        let marks = [
            (self.total, Mark::Total),
            (self.table, Mark::Table),
            (self.goals, Mark::Goals),
            (self.funds, Mark::Funds),
            (self.field, Mark::Field),
        ];
        marks.into_iter().find(|(at, _)| at.is_some()).map_or(Mark::Title, |(_, mark)| mark)
    }

    /// The first line of the first part behind `from` that is there.
    fn next(&self, parts: &[Option<usize>]) -> usize {
        parts.iter().flatten().min().copied().unwrap_or(self.end)
    }
}

/// The words of `doc` in drawing order; the rows of the indicators stay as they are.
pub(super) fn arrange(doc: &Doc) -> Order {
    let mut lines = lines(doc);
    let mut order = Order::default();
    let mut at = 0;
    for parts in parts(&lines) {
        as_they_are(&lines, at..parts.start, &mut order);
        form(doc, &mut lines, &parts, &mut order);
        at = parts.end;
    }
    as_they_are(&lines, at..lines.len(), &mut order);
    order
}

/// Pieces of labels down the side of a block stand on lines of the block.
pub(super) fn is_by_height(doc: &Doc) -> bool {
    let mut lines = lines(doc);
    parts(&lines).iter().any(|parts| {
        let sides = take_sides(&mut lines, parts);
        [&sides.goals, &sides.indicators].into_iter().any(side::Side::is_beside)
    })
}

fn parts(lines: &[Line]) -> Vec<Parts> {
    let mut forms: Vec<Parts> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(mark) = mark(line) else { continue };
        let goes_on = forms.last().is_some_and(|form| match mark {
            Mark::Title => false,
            Mark::Table => form.stage() <= Mark::Table,
            _ => form.stage() < mark,
        });
        if !goes_on {
            forms.push(Parts { start: at, ..Parts::default() });
        }
        if let Some(slot) = forms.last_mut().and_then(|form| form.slot(mark)) {
            slot.get_or_insert(at);
        }
    }
    let ends: Vec<usize> = forms.iter().skip(1).map(|form| form.start).chain([lines.len()]).collect();
    forms.iter_mut().zip(ends).for_each(|(form, end)| form.end = end);
    forms
}

fn as_they_are(lines: &[Line], range: Range<usize>, order: &mut Order) {
    for line in lines.get(range).unwrap_or_default() {
        order.run(line.iter().cloned());
    }
}

/// The words of one form.
fn form(doc: &Doc, lines: &mut [Line], parts: &Parts, order: &mut Order) {
    let sides = take_sides(lines, parts);
    let head = |at: Option<usize>, scope| at.map(|at| heads::find_head(lines, at, parts.start..parts.end, scope));
    let funds = head(parts.funds, Scope::FundColumn);
    let table = head(parts.table, Scope::IndicatorColumn);
    let top = |head: &Option<heads::Head>, at: Option<usize>| head.as_ref().map(|head| head.lines.start).or(at);
    let (funds_at, table_at) = (top(&funds, parts.funds), top(&table, parts.table));
    let foot = parts.next(&[parts.total]);
    let fields_end = parts.next(&[funds_at, parts.goals, table_at, parts.total]);
    let heading_end = heading_end(lines, parts, fields_end);
    as_they_are(lines, parts.start..heading_end, order);
    fields::arrange(lines, heading_end..fields_end, Scope::Header, order);
    if let Some(head) = funds {
        order.down(sides.funds.tokens);
        let rows = head.lines.end..parts.next(&[parts.goals, table_at, parts.total]);
        head.arrange(order);
        fund_rows(lines, rows, order);
    }
    order.down(sides.goals.tokens);
    if let Some(at) = parts.goals {
        as_they_are(lines, at..at + 1, order);
        goals::arrange(doc, lines, at + 1..parts.next(&[table_at, parts.total]), order);
    }
    order.down(sides.indicators.tokens);
    if let Some(head) = table {
        let rows = head.lines.end..foot;
        head.arrange(order);
        as_they_are(lines, rows, order);
    }
    fields::arrange(lines, foot..parts.end, Scope::Foot, order);
}

/// The labels at the sides of the three blocks.
#[derive(Default)]
struct Sides {
    funds: side::Side,
    goals: side::Side,
    indicators: side::Side,
}

fn take_sides(lines: &mut [Line], parts: &Parts) -> Sides {
    let foot = parts.total.map_or(parts.end, |total| total + 1);
    let table = parts.next(&[parts.table, parts.total]);
    let after_funds = parts.next(&[parts.goals, parts.table, parts.total]);
    let mut sides = Sides::default();
    if let Some(funds) = parts.funds {
        sides.funds = side::take(lines, funds.saturating_sub(2).max(parts.start)..after_funds, Label::Funds);
    }
    if let Some(goals) = parts.goals {
        let from = parts.funds.map_or(goals, |funds| funds + 1);
        sides.goals = side::take(lines, from..table, Label::Goals);
    }
    if parts.table.is_some() {
        let from = parts.goals.map_or(table.saturating_sub(2).max(parts.start), |goals| goals + 1);
        sides.indicators = side::take(lines, from..foot, Label::Indicators);
    }
    sides
}

/// One past the title and the year below it.
fn heading_end(lines: &[Line], parts: &Parts, limit: usize) -> usize {
    let heading = |at: &usize| {
        let spelled = lines.get(*at).map(spelled).unwrap_or_default();
        let year = spelled.chars().count() < 12 && value::year(&spelled).is_some();
        *at == parts.start && mark(lines.get(*at).map_or(&[], Vec::as_slice)) == Some(Mark::Title) || year
    };
    (parts.start..limit).take_while(heading).last().map_or(parts.start, |last| last + 1)
}

/// Fund rows: a label whose lines stand above and below its figures is put in front of them.
fn fund_rows(lines: &[Line], rows: Range<usize>, order: &mut Order) {
    let rows: Vec<&Line> = rows.filter_map(|at| lines.get(at)).filter(|line| !line.is_empty()).collect();
    let figures = |line: &Line| line.iter().all(|token| token.shape.number.is_some() || token.shape.dash);
    let mut at = 0;
    while let Some(line) = rows.get(at) {
        let below = rows.get(at + 1).zip(rows.get(at + 2));
        let wraps = |middle: &Line, last: &Line| {
            let label = [*line, last].map(spelled).concat();
            middle.first().is_some_and(|token| figures(&vec![token.clone()])) && find(Scope::FundRow, &label).is_some()
        };
        match below.filter(|(middle, last)| wraps(middle, last)) {
            Some((middle, last)) => {
                order.down(line.iter().chain(last.iter()).cloned());
                order.run(middle.iter().cloned());
                at += 3;
            }
            None => {
                order.run(line.iter().cloned());
                at += 1;
            }
        }
    }
}
