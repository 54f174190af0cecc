//! The column labels of the indicators.

use std::collections::BTreeSet;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Label, Scope, find, official, spellings};

use super::form::{Form, Role};
use crate::sorted::heads::known_orders;
use crate::sorted::order::Order;

/// The most words between the two halves of a label.
const REACH: usize = 80;

/// Few tables print the weight before the target: blocks out of order do not show one.
const RARE: usize = 2;
const WEIGHT: Label = Label::IndicatorColumn(IndicatorField::Weight);
const TARGET: Label = Label::IndicatorColumn(IndicatorField::Target);

/// A label in more pieces is left as it stands: all orders of three are tried.
const MOST_PIECES: usize = 3;

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

/// Labels whose pieces stand apart: 实际完成 and 值; 年度 beside the label 指标值; 及 and 改进措施 behind 偏差原因分析.
fn halves(form: &mut Form, start: usize, page: usize, found: &mut Vec<Label>) -> usize {
    let is_free = |at: &usize| form.role(*at) == Role::Free && form.page(*at) == Some(page) && !form.begins_item(*at);
    let free: Vec<usize> = (start..form.range.end).filter(is_free).collect();
    let mut end = start;
    for (label, pieces) in broken_labels(form, &free, found).into_iter().chain(rests(form, page, &free)) {
        if pieces.iter().any(|at| form.role(*at) != Role::Free) {
            continue;
        }
        found.push(label);
        for at in pieces {
            form.set(at..at + 1, Role::Column(label));
            end = end.max(at + 1);
        }
    }
    end
}

/// Two free words that spell a label which has not been found.
fn broken_labels(form: &Form, free: &[usize], found: &[Label]) -> Vec<(Label, Vec<usize>)> {
    let mut broken: Vec<(Label, Vec<usize>)> = Vec::new();
    let mut free = free.to_vec();
    for at in &free.clone() {
        let Some(plain) = form.token(*at).map(|token| token.plain.as_str()).filter(|p| p.chars().count() > 1) else {
            continue;
        };
        for (name, label) in spellings(Scope::IndicatorColumn).filter(|(_, label)| is_new(found, *label)) {
            let Some(rest) = name.strip_prefix(plain).filter(|rest| !rest.is_empty()) else { continue };
            if broken.iter().all(|(other, _)| *other != label) {
                let Some(other) = nearest(form, &free, *at, rest) else { continue };
                free.retain(|at| *at != other);
                broken.push((label, vec![*at, other]));
            }
        }
    }
    broken
}

/// The free word nearest to `at` that is `plain`.
fn nearest(form: &Form, free: &[usize], at: usize, plain: &str) -> Option<usize> {
    let same = |other: &&usize| form.token(**other).is_some_and(|token| token.plain == plain);
    let near = free.iter().filter(same).filter(|other| **other != at && other.abs_diff(at) <= REACH);
    if is_of_side(form, free, plain) {
        // It may be a piece of the label down the side of the table, unless it stands right below.
        return near.copied().find(|other| *other == at + 1 && form.block(*other) == form.block(at));
    }
    near.min_by_key(|other| other.abs_diff(at)).copied()
}

/// `plain` is a piece of the label down the side of the table, whose other pieces are there.
fn is_of_side(form: &Form, free: &[usize], plain: &str) -> bool {
    let is_piece = |at: &usize, side: &str| {
        let name = form.token(*at).map_or("", |token| token.plain.as_str());
        !name.is_empty() && side.starts_with(name)
    };
    official(Scope::Block, Label::Indicators)
        .is_some_and(|side| side.contains(plain) && free.iter().any(|at| is_piece(at, side)))
}

/// Free words that a label which has been found lacks to a longer spelling of it.
fn rests(form: &Form, page: usize, free: &[usize]) -> Vec<(Label, Vec<usize>)> {
    let mut all = Vec::new();
    for (label, words) in labels_of(form, page) {
        let Some(first) = words.first().copied() else { continue };
        let spelled: String = form.tokens(&words).iter().map(|token| token.plain.clone()).collect();
        let names = spellings(Scope::IndicatorColumn).filter(|(_, other)| *other == label);
        let longer = names.filter_map(|(name, _)| name.split_once(spelled.as_str()));
        let pieces = longer.filter_map(|(before, behind)| {
            let before = pieces(form, free, first, before)?;
            Some([before, pieces(form, free, first, behind)?].concat())
        });
        all.extend(pieces.max_by_key(Vec::len).filter(|pieces| !pieces.is_empty()).map(|pieces| (label, pieces)));
    }
    all
}

/// One or two free words near `at` that spell `rest`; none for nothing.
fn pieces(form: &Form, free: &[usize], at: usize, rest: &str) -> Option<Vec<usize>> {
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let whole = nearest(form, free, at, rest).map(|at| vec![at]);
    whole.or_else(|| {
        let mut cuts = rest.char_indices().skip(1).map(|(cut, _)| rest.split_at(cut));
        cuts.find_map(|(left, right)| Some(vec![nearest(form, free, at, left)?, nearest(form, free, at, right)?]))
    })
}

/// The words of each label found on `page`.
fn labels_of(form: &Form, page: usize) -> Vec<(Label, Vec<usize>)> {
    let mut columns: Vec<(Label, Vec<usize>)> = Vec::new();
    for at in form.all(|role| matches!(role, Role::Column(_))) {
        let Role::Column(label) = form.role(at) else { continue };
        if form.page(at) != Some(page) {
            continue;
        }
        match columns.iter_mut().find(|(other, _)| *other == label && label != Label::Unkept) {
            Some((_, words)) => words.push(at),
            None => columns.push((label, vec![at])),
        }
    }
    columns
}

/// Adds the labels from left to right, page by page.
pub(super) fn arrange(form: &Form, order: &mut Order) {
    let words = form.all(|role| matches!(role, Role::Column(_)));
    let pages: BTreeSet<usize> = words.iter().filter_map(|at| form.page(*at)).collect();
    for page in pages {
        let columns = labels_of(form, page).into_iter().map(|(label, words)| (label, spelled(form, label, words)));
        add(form, from_left(columns.collect()), order);
    }
}

/// The words of a label in the order that spells it, whichever of them comes first in the text.
fn spelled(form: &Form, label: Label, words: Vec<usize>) -> Vec<usize> {
    let spells = |words: &[usize]| {
        let name: String = form.tokens(words).iter().map(|token| token.plain.clone()).collect();
        find(Scope::IndicatorColumn, &name) == Some(label)
    };
    let turned = |at: usize| {
        let mut turned = words.clone();
        turned.rotate_left(at);
        turned
    };
    let swapped = |at: usize| {
        let mut swapped = turned(at);
        swapped.reverse();
        swapped
    };
    if label == Label::Unkept || words.len() > MOST_PIECES {
        return words;
    }
    let orders = (0..words.len()).flat_map(|at| [turned(at), swapped(at)]);
    orders.into_iter().find(|words| spells(words)).unwrap_or(words)
}

/// The columns in the order of the known table that the text contradicts least.
fn from_left(columns: Vec<(Label, Vec<usize>)>) -> Vec<(Label, Vec<usize>)> {
    let orders = known_orders(Scope::IndicatorColumn);
    let place = |order: &[Label], label: Label| order.iter().position(|other| *other == label);
    let turned = |order: &Vec<Label>| {
        let places: Vec<usize> = columns.iter().filter_map(|(label, _)| place(order, *label)).collect();
        let weight_first = place(order, WEIGHT) < place(order, TARGET);
        places.windows(2).filter(|pair| pair.first() > pair.last()).count() + if weight_first { RARE } else { 0 }
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
