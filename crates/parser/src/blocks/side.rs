//! Labels printed down the side of a block, some of whose pieces stand among the lines of the block.

use jixiao_core::vocab::{Label, Scope, spellings};

use super::form::{Form, Role};
use crate::sorted::side::BRACKETS;

/// The most words between two pieces of one label.
const REACH: usize = 48;

/// Marks the pieces of the longest label of the kind `label` among the free words from `start` on.
pub(super) fn mark(form: &mut Form, start: usize, label: Label) {
    let free = |at: &usize| form.role(*at) == Role::Free && form.token(*at).is_some_and(|token| token.piece.leads);
    let leads: Vec<usize> = (start..form.range.end).filter(free).filter(|at| !form.begins_item(*at)).collect();
    let names = spellings(Scope::Block).filter(|(_, other)| *other == label);
    let names = names.flat_map(|(name, _)| BRACKETS.iter().map(move |bracket| format!("{name}{bracket}")));
    let found = names.filter_map(|name| Some((name.chars().count(), spell(form, &leads, &name)?)));
    let Some((_, pieces)) = found.max_by_key(|(length, pieces)| (*length, std::cmp::Reverse(extent(pieces)))) else {
        return;
    };
    for at in pieces {
        form.set(at..at + 1, Role::Side(label));
    }
}

fn extent(at: &[usize]) -> usize {
    at.last().zip(at.first()).map_or(0, |(last, first)| last - first)
}

/// The words that spell `name`, nearest to each other.
fn spell(form: &Form, leads: &[usize], name: &str) -> Option<Vec<usize>> {
    let begins = |from: &usize| piece(form, leads, *from).is_some_and(|plain| name.starts_with(plain));
    let starts = (0..leads.len()).filter(begins);
    starts.filter_map(|from| spell_from(form, leads, from, name)).min_by_key(|at| extent(at))
}

fn piece<'f>(form: &Form<'f>, leads: &[usize], at: usize) -> Option<&'f str> {
    form.token(*leads.get(at)?).map(|token| token.plain.as_str()).filter(|plain| !plain.is_empty())
}

fn spell_from(form: &Form, leads: &[usize], from: usize, name: &str) -> Option<Vec<usize>> {
    let mut rest = name;
    let mut found = Vec::new();
    let mut lengths: Vec<usize> = Vec::new();
    for at in (from..leads.len()).take(REACH) {
        let plain = piece(form, leads, at)?;
        let Some(after) = rest.strip_prefix(plain) else { continue };
        found.push(*leads.get(at)?);
        lengths.push(plain.chars().count());
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    let (last, others) = lengths.split_last()?;
    let even = others.iter().all(|length| Some(length) == others.first())
        && others.first().is_none_or(|first| last <= first || *last == 3);
    (rest.is_empty() && even).then_some(found)
}
