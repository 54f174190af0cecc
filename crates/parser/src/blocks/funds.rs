//! The funds: figures dealt to rows.

use std::collections::BTreeMap;

use jixiao_core::FundField;
use jixiao_core::vocab::{Label, Scope, speaks_of_funds};

use super::accounts::{self, Account};
use super::form::{Form, Role, is_figure};
use crate::sorted::heads::known_orders;
use crate::sorted::order::Order;
use crate::stream::doc::Token;

/// The most figures and rows that are dealt.
const MOST_FIGURES: usize = 240;
const MOST_ROWS: usize = 24;

/// A row that ends elsewhere than where a label stands, begins with a rate or a dash, or holds figures behind its
/// score.
const NO_LABEL: i32 = 4;
const BEGINS_ILL: i32 = 10;
const BEGINS_DASH: i32 = 3;
const BEHIND_RATE: i32 = 12;
const TWO_RATES: i32 = 20;
const EMPTY_ROW: i32 = 6;
const SHORT_ROW: i32 = 1;
const IMPOSSIBLE: i32 = 1 << 28;

/// Labels outside the vocabulary: text between the figures.
pub(super) fn unknown_rows(form: &mut Form, end: usize) {
    let first = form.all(|role| matches!(role, Role::FundRow(_))).first().copied().unwrap_or(end);
    for at in first..end {
        let between = form.role(at) == Role::Value
            && form.role(at + 1) == Role::Figure
            && at > first
            && matches!(form.role(at - 1), Role::Figure | Role::FundRow(_));
        if between && form.token(at).is_some_and(|token| speaks_of_funds(&token.plain)) {
            form.set(at..at + 1, Role::FundRow(at));
        }
    }
}

/// Rows that come behind the first label of the goals or of the table: their labels, and the figures from the first
/// of the funds' labels there to the last row's end.
pub(super) fn stray_rows(form: &mut Form, start: usize) {
    use FundField::{AnnualBudget, Executed, ExecutionRate, InitialBudget};
    let money = [InitialBudget, AnnualBudget, Executed, ExecutionRate].map(Label::FundColumn);
    let row = |at: usize| form.label(Scope::FundRow, at).filter(|_| is_figure(form.token(at + 1)));
    let Some(last) = (start..form.range.end).rev().find_map(row) else { return };
    let column = |at: usize| form.label(Scope::FundColumn, at).filter(|hit| money.contains(&hit.label));
    let first = (start..last.start).find(|at| column(*at).is_some() || form.label(Scope::FundRow, *at).is_some());
    let first = first.unwrap_or(last.start);
    let end = (last.end..form.range.end).find(|at| !is_figure(form.token(*at))).unwrap_or(form.range.end);
    let mut at = first;
    while at < end {
        let row = form.label(Scope::FundRow, at);
        let new = |label: Label| form.all(|role| role == Role::FundColumn(label)).is_empty();
        let column = form.label(Scope::FundColumn, at).filter(|hit| hit.label != Label::Unkept && new(hit.label));
        let (next, role) = match (row, column) {
            (Some(hit), _) => (hit.end, Role::FundRow(at)),
            (None, Some(hit)) => (hit.end, Role::FundColumn(hit.label)),
            (None, None) if is_figure(form.token(at)) => (at + 1, Role::Figure),
            (None, None) => (at + 1, form.role(at)),
        };
        form.set(at..next, role);
        at = next;
    }
}

/// Wider lines are running text.
const WIDEST_CELL: i32 = 16;

/// How many words to either side are looked at for those on the same line: no line of a block has more.
const NEAR: usize = 24;

/// Figures that come behind the first label of the goals: those that have a line to themselves among other cells.
pub(super) fn late_figures(form: &mut Form, start: usize, end: usize) {
    if form.all(|role| matches!(role, Role::FundRow(_))).is_empty() {
        return;
    }
    let line = |at: usize| form.token(at).map(|token| token.piece.line);
    let near = |at: usize| form.range.clone().skip(at.saturating_sub(NEAR + form.range.start)).take(2 * NEAR);
    let alone =
        |at: &usize| near(*at).filter(|other| line(*other) == line(*at)).all(|other| is_figure(form.token(other)));
    let text = |at: usize| form.token(at).is_some_and(|token| token.width > WIDEST_CELL);
    let within = |at: &usize| {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
        beside.filter(|other| form.block(*other) == form.block(*at)).any(text)
    };
    let late: Vec<usize> = (start..end)
        .filter(|at| form.role(*at) == Role::Free && is_figure(form.token(*at)))
        .filter(|at| alone(at) && !within(at))
        .collect();
    for at in late {
        form.set(at..at + 1, Role::Figure);
    }
}

/// Adds the side label, the column labels and the rows; the columns of figures that are sure, by where they begin.
pub(super) fn arrange(form: &Form, order: &mut Order) -> BTreeMap<usize, FundField> {
    order.down(form.tokens(&form.all(|role| role == Role::Side(Label::Funds))));
    order.down(form.tokens(&form.all(|role| role == Role::Side(Label::Heading))));
    columns(form, order);
    let labels = form.labels(|role| if let Role::FundRow(first) = role { Some(first) } else { None });
    let figures = form.all(|role| role == Role::Figure);
    if let Some((rows, account)) = account(form, &labels, &figures) {
        return by_account(form, &rows, &account, order);
    }
    by_row(form, &labels, &figures, order);
    BTreeMap::new()
}

/// The labels from the first row to the last, and the figures dealt to them by their sums.
fn account<'l>(form: &Form, labels: &'l [Vec<usize>], figures: &[usize]) -> Option<(Vec<&'l [usize]>, Account)> {
    let rows = from_the_top(form, labels, figures);
    let columns: Vec<Label> = sorted_columns(form).into_iter().map(|(label, _)| label).collect();
    let account = accounts::solve(form, &rows, &columns, figures)?;
    Some((rows, account))
}

/// The labels in the order of their rows: the total first, the others as they are told. Figures in front of all labels
/// are those of the first rows, whose labels come behind all figures. What a source is called tells nothing: no sum
/// would show that two of them are exchanged.
fn from_the_top<'l>(form: &Form, labels: &'l [Vec<usize>], figures: &[usize]) -> Vec<&'l [usize]> {
    let mut rows: Vec<&[usize]> = labels.iter().map(Vec::as_slice).collect();
    let led_by_figures = rows.iter().all(|label| label.first() > figures.first());
    let is_late = |label: &[usize]| led_by_figures && label.first() > figures.last();
    let is_first = |label: &[usize]| label.first().is_some_and(|first| is_total(form, *first));
    rows.sort_by_key(|label| (!is_first(label), !is_late(label)));
    rows
}

fn is_total(form: &Form, at: usize) -> bool {
    form.label(Scope::FundRow, at).is_some_and(|hit| hit.label == Label::FundRow { total: true })
}

fn by_account(form: &Form, rows: &[&[usize]], account: &Account, order: &mut Order) -> BTreeMap<usize, FundField> {
    let columns = sorted_columns(form);
    let mut known = BTreeMap::new();
    for (label, row) in rows.iter().zip(&account.rows) {
        let figures: Vec<usize> = row.iter().flatten().copied().collect();
        order.run(form.tokens(&[label, figures.as_slice()].concat()));
        for (word, (label, _)) in row.iter().zip(&columns) {
            if let (Some(token), Label::FundColumn(field)) = (word.and_then(|at| form.token(at)), label) {
                known.insert(token.piece.start, *field);
            }
        }
    }
    order.doubt(&form.tokens(&account.doubtful));
    known
}

fn by_row(form: &Form, labels: &[Vec<usize>], figures: &[usize], order: &mut Order) {
    let Some(ends) = deal(form, labels, figures) else {
        order.down(form.tokens(&labels.concat()));
        order.doubt(&form.tokens(figures));
        order.run(form.tokens(figures));
        return;
    };
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let rows: Vec<&[usize]> =
        starts.zip(&ends).map(|(start, end)| figures.get(start..*end).unwrap_or_default()).collect();
    for (row, label) in rows.iter().zip(label_rows(form, labels, &rows)) {
        let words = label.and_then(|at| labels.get(at)).map_or(&[][..], Vec::as_slice);
        let apart = row.first().is_some_and(|first| words.last().is_none_or(|last| last + 1 != *first));
        if apart && labels.iter().filter(|label| !rows.iter().any(|row| leads(label, row))).count() > 1 {
            order.doubt(&form.tokens(words));
        }
        order.run(form.tokens(&[words, row].concat()));
    }
}

/// The label stands right in front of the row.
fn leads(label: &[usize], row: &[usize]) -> bool {
    label.last().zip(row.first()).is_some_and(|(last, first)| last + 1 == *first)
}

/// The label of each row: the one right in front of it, else the next one of those that stand apart, the total first.
fn label_rows(form: &Form, labels: &[Vec<usize>], rows: &[&[usize]]) -> Vec<Option<usize>> {
    let own: Vec<Option<usize>> = rows.iter().map(|row| labels.iter().position(|label| leads(label, row))).collect();
    let total = |at: &usize| !is_total(form, labels.get(*at).and_then(|label| label.first()).copied().unwrap_or(0));
    let mut apart: Vec<usize> = (0..labels.len()).filter(|at| !own.contains(&Some(*at))).collect();
    apart.sort_by_key(total);
    let mut apart = apart.into_iter();
    own.into_iter().map(|own| own.or_else(|| apart.next())).collect()
}

/// The words of each column label, from left to right.
fn sorted_columns(form: &Form) -> Vec<(Label, Vec<usize>)> {
    let words = form.all(|role| matches!(role, Role::FundColumn(_)));
    let mut columns: Vec<(Label, Vec<usize>)> = Vec::new();
    for at in words {
        let Role::FundColumn(label) = form.role(at) else { continue };
        match columns.iter_mut().find(|(other, _)| *other == label) {
            Some((_, words)) => words.push(at),
            None => columns.push((label, vec![at])),
        }
    }
    let known = known_orders(Scope::FundColumn);
    let rate_first = {
        let at = |field| columns.iter().position(|(label, _)| *label == Label::FundColumn(field));
        at(FundField::ExecutionRate) < at(FundField::Weight)
    };
    let order_of = known.get(usize::from(rate_first)).cloned().unwrap_or_default();
    columns.sort_by_key(|(label, _)| order_of.iter().position(|other| other == label));
    columns
}

fn columns(form: &Form, order: &mut Order) {
    for (index, (_, words)) in sorted_columns(form).into_iter().enumerate() {
        let wrapped = words.len() > 1;
        for (part, mut token) in form.tokens(&words).into_iter().enumerate() {
            token.piece.leads = part > 0 || wrapped || index == 0;
            order.tokens.push(token);
        }
    }
}

/// One past the last figure of each row.
fn deal(form: &Form, labels: &[Vec<usize>], figures: &[usize]) -> Option<Vec<usize>> {
    if labels.is_empty() || labels.len() > MOST_ROWS || figures.len() > MOST_FIGURES {
        return None;
    }
    let widest = form.all(|role| matches!(role, Role::FundColumn(_))).len().max(3);
    let mut best: Vec<Vec<(i32, usize)>> =
        vec![(0..=figures.len()).map(|to| (if to == 0 { 0 } else { IMPOSSIBLE }, 0)).collect()];
    for _ in labels {
        let before = best.last().cloned().unwrap_or_default();
        let ends = (0..=figures.len()).map(|to| {
            let from = to.saturating_sub(widest)..=to;
            from.map(|from| {
                let row = figures.get(from..to).unwrap_or_default();
                (
                    before
                        .get(from)
                        .map_or(IMPOSSIBLE, |(cost, _)| *cost)
                        .saturating_add(row_cost(form, labels, row, widest)),
                    from,
                )
            })
            .min()
            .unwrap_or((IMPOSSIBLE, 0))
        });
        let row = ends.collect();
        best.push(row);
    }
    let mut ends = Vec::new();
    let mut to = figures.len();
    for at in (1..best.len()).rev() {
        ends.push(to);
        let (cost, from) = best.get(at).and_then(|row| row.get(to)).copied()?;
        if cost >= IMPOSSIBLE {
            return None;
        }
        to = from;
    }
    ends.reverse();
    Some(ends)
}

/// How ill `row` fits a row of the funds.
fn row_cost(form: &Form, labels: &[Vec<usize>], row: &[usize], widest: usize) -> i32 {
    let Some(first) = row.first() else { return EMPTY_ROW };
    let tokens: Vec<&Token> = row.iter().filter_map(|at| form.token(*at)).collect();
    let follows = labels.iter().any(|label| label.last().is_some_and(|last| last + 1 == *first));
    let amounts = tokens.first().is_some_and(|token| !token.shape.dash);
    let short = if amounts { i32::try_from(widest.saturating_sub(row.len())).unwrap_or(0) * SHORT_ROW } else { 0 };
    let begins = tokens.first().map_or(0, |token| match token.shape {
        shape if shape.percent => BEGINS_ILL,
        shape if shape.dash => BEGINS_DASH,
        _ => 0,
    });
    let rates = tokens.iter().filter(|token| token.shape.percent).count();
    let behind = tokens.iter().position(|token| token.shape.percent).map_or(0, |rate| tokens.len() - rate - 1);
    let behind = i32::try_from(behind.saturating_sub(2)).unwrap_or(0) * BEHIND_RATE;
    let breaks = row.windows(2).filter(|pair| matches!(pair, [a, b] if is_label_between(form, *a, *b))).count();
    let breaks = i32::try_from(breaks).unwrap_or(0) * 2 * NO_LABEL;
    short + begins + behind + breaks + if follows { 0 } else { NO_LABEL } + if rates > 1 { TWO_RATES } else { 0 }
}

fn is_label_between(form: &Form, from: usize, to: usize) -> bool {
    (from + 1..to).any(|at| matches!(form.role(at), Role::FundRow(_)))
}
