//! The words of every form put into drawing order.

use std::collections::BTreeMap;
use std::ops::Range;

use jixiao_core::vocab::{Label, Scope, find, is_title};
use jixiao_core::{FundField, IndicatorField};

use super::form::Form;
use super::layers::Layers;
use crate::sorted::order::Order;
use crate::stream::doc::{Doc, Token};

/// Longer stretches are no form and stay as they are, to be read in drawing order, which has its own limits.
pub(super) const MOST_WORDS: usize = 4_000;

/// How many words above the first labelled field a title may stand.
const TITLE_REACH: usize = 14;

/// What was put in order.
#[derive(Default)]
pub(super) struct Arranged {
    /// The words in drawing order; what stands outside the forms stays as it is.
    pub(super) order: Order,
    /// The first words of forms that are too long.
    pub(super) long: Vec<Token>,
    /// The columns of figures of the funds that are sure, by where they begin.
    pub(super) funds: BTreeMap<usize, FundField>,
}

/// The words of `doc` in drawing order.
pub(super) fn arrange(doc: &Doc, layers: &Layers) -> Arranged {
    let mut order = Order::default();
    let mut funds = BTreeMap::new();
    let mut long = Vec::new();
    let forms = forms(doc);
    let first = forms.first().map_or(doc.tokens.len(), |form| form.start);
    as_they_are(doc, 0..first, &mut order);
    for form in forms {
        if form.len() > MOST_WORDS {
            long.extend(doc.tokens.get(form.start).cloned());
            as_they_are(doc, form, &mut order);
        } else {
            funds.extend(Form::new(doc, layers, form).arrange(&mut order));
        }
    }
    Arranged { order, long, funds }
}

/// Adds the words `range` as they stand.
pub(super) fn as_they_are(doc: &Doc, range: Range<usize>, order: &mut Order) {
    order.tokens.extend(doc.tokens.get(range).unwrap_or_default().iter().cloned());
}

/// The words of each form: from its title, or its first field, to the next one's.
fn forms(doc: &Doc) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    for at in 0..doc.tokens.len() {
        let named = doc.label_at(Scope::Header, at).is_some_and(|hit| hit.label == Label::ProjectName);
        let titled = starts.last().is_some_and(|start| at - start <= TITLE_REACH);
        if opens_with_title(doc, at) || (named && !titled) {
            starts.push(at);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([doc.tokens.len()]);
    let all = starts.iter().copied().zip(ends).map(|(start, end)| start..end);
    joined(doc, all)
}

/// What holds no table of indicators is no form of its own: it belongs to the one before, or to the table behind it,
/// where a title is printed on every page.
fn joined(doc: &Doc, ranges: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut forms: Vec<(Range<usize>, bool)> = Vec::new();
    for range in ranges {
        let tokens = doc.tokens.get(range.clone()).unwrap_or_default();
        let name = Label::IndicatorColumn(IndicatorField::Level3);
        let tabled = tokens.iter().any(|token| find(Scope::IndicatorColumn, &token.plain) == Some(name));
        let named = tokens.iter().any(|token| find(Scope::Header, &token.plain) == Some(Label::ProjectName));
        match forms.last_mut() {
            Some((last, has_table)) if (*has_table && !tabled) || (!*has_table && tabled && !named) => {
                last.end = range.end;
                *has_table |= tabled;
            }
            _ if tabled || named => forms.push((range, tabled)),
            _ => {}
        }
    }
    forms.into_iter().filter(|(_, tabled)| *tabled).map(|(range, _)| range).collect()
}

fn opens_with_title(doc: &Doc, at: usize) -> bool {
    let Some(token) = doc.tokens.get(at).filter(|token| token.piece.leads) else { return false };
    let line = doc.tokens.iter().skip(at).take_while(|other| other.piece.line == token.piece.line);
    is_title(&line.map(|token| token.plain.as_str()).collect::<String>())
}
