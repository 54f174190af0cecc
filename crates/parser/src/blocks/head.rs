//! The column labels of the indicators.

use std::collections::BTreeSet;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Label, Scope, spellings};

use super::form::{Form, Role};
use crate::sorted::heads::known_orders;
use crate::sorted::order::Order;

/// The most words between the two halves of a label.
const REACH: usize = 24;

/// Marks the column labels from `start` on, on the pages that print the label of the names; returns one past the last
/// one of the first page.
pub(super) fn mark(form: &mut Form, start: usize) -> usize {
    let name = Label::IndicatorColumn(IndicatorField::Level3);
    let named = |at: &usize| form.label(Scope::IndicatorColumn, *at).is_some_and(|hit| hit.label == name);
    let pages: BTreeSet<usize> = (start..form.range.end).filter(named).filter_map(|at| form.page(at)).collect();
    let mut first_end = start;
    for (index, page) in pages.into_iter().enumerate() {
        let end = mark_page(form, start, page);
        if index == 0 {
            first_end = end;
        }
    }
    first_end
}

fn mark_page(form: &mut Form, start: usize, page: usize) -> usize {
    let mut found: Vec<Label> = Vec::new();
    let mut end = start;
    let mut at = start;
    while at < form.range.end {
        let on_page = form.role(at) == Role::Free && form.page(at) == Some(page);
        let hit = form.label(Scope::IndicatorColumn, at).filter(|hit| on_page && is_new(&found, hit.label));
        let Some(hit) = hit else {
            at += 1;
            continue;
        };
        found.push(hit.label);
        form.set(hit.start..hit.end, Role::Column(hit.label));
        at = hit.end;
        end = end.max(hit.end);
    }
    halves(form, start, page, &mut found).max(end)
}

fn is_new(found: &[Label], label: Label) -> bool {
    label == Label::Unkept || !found.contains(&label)
}

/// Labels whose two halves stand apart: 实际完成 and 值.
fn halves(form: &mut Form, start: usize, page: usize, found: &mut Vec<Label>) -> usize {
    let mut end = start;
    let free: Vec<usize> =
        (start..form.range.end).filter(|at| form.role(*at) == Role::Free && form.page(*at) == Some(page)).collect();
    for at in &free {
        let Some(plain) = form.token(*at).map(|token| token.plain.as_str()).filter(|p| p.chars().count() > 1) else {
            continue;
        };
        let rests =
            spellings(Scope::IndicatorColumn).filter_map(|(name, label)| Some((name.strip_prefix(plain)?, label)));
        let rests: Vec<(&str, Label)> =
            rests.filter(|(rest, label)| !rest.is_empty() && is_new(found, *label)).collect();
        let second = (at + 1..(at + REACH).min(form.range.end)).find_map(|other| {
            let plain = form.token(other).filter(|_| form.role(other) == Role::Free)?.plain.as_str();
            rests.iter().find(|(rest, _)| *rest == plain).map(|(_, label)| (other, *label))
        });
        if let Some((other, label)) = second {
            found.push(label);
            form.set(*at..at + 1, Role::Column(label));
            form.set(other..other + 1, Role::Column(label));
            end = end.max(other + 1);
        }
    }
    end
}

/// Adds the labels from left to right, page by page.
pub(super) fn arrange(form: &Form, order: &mut Order) {
    let words = form.all(|role| matches!(role, Role::Column(_)));
    let pages: BTreeSet<usize> = words.iter().filter_map(|at| form.page(*at)).collect();
    for page in pages {
        let mut columns: Vec<(Label, Vec<usize>)> = Vec::new();
        for at in words.iter().filter(|at| form.page(**at) == Some(page)) {
            let Role::Column(label) = form.role(*at) else { continue };
            match columns.iter_mut().find(|(other, _)| *other == label && label != Label::Unkept) {
                Some((_, words)) => words.push(*at),
                None => columns.push((label, vec![*at])),
            }
        }
        add(form, from_left(columns), order);
    }
}

/// The columns in the order of the known table that the text contradicts least.
fn from_left(columns: Vec<(Label, Vec<usize>)>) -> Vec<(Label, Vec<usize>)> {
    let orders = known_orders(Scope::IndicatorColumn);
    let place = |order: &[Label], label: Label| order.iter().position(|other| *other == label);
    let turned = |order: &Vec<Label>| {
        let places: Vec<usize> = columns.iter().filter_map(|(label, _)| place(order, *label)).collect();
        places.windows(2).filter(|pair| pair.first() > pair.last()).count()
    };
    let Some(best) = orders.iter().min_by_key(|order| turned(order)) else { return columns };
    let mut sorted: Vec<(usize, (Label, Vec<usize>))> = Vec::new();
    let mut last = 0;
    for column in columns.clone() {
        last = place(best, column.0).unwrap_or(last);
        sorted.push((last, column));
    }
    sorted.sort_by_key(|(place, _)| *place);
    sorted.into_iter().map(|(_, column)| column).collect()
}

fn add(form: &Form, columns: Vec<(Label, Vec<usize>)>, order: &mut Order) {
    for (index, (_, words)) in columns.into_iter().enumerate() {
        let wrapped = words.len() > 1;
        for (part, mut token) in form.tokens(&words).into_iter().enumerate() {
            token.piece.leads = part > 0 || wrapped || index == 0;
            order.tokens.push(token);
        }
    }
}
