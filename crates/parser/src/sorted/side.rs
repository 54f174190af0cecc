//! Labels printed down the side of a block: one piece of them leads some of the block's lines.

use std::ops::Range;

use jixiao_core::vocab::{Label, Scope, spellings};

use super::lines::Line;
use crate::stream::doc::Token;

/// The most lines between the first and the last piece of one label.
const REACH: usize = 64;

/// The pieces of a label.
#[derive(Debug, Clone, Default)]
pub(super) struct Side {
    pub(super) tokens: Vec<Token>,
    /// How many of them have other words on their lines.
    beside: usize,
}

impl Side {
    /// The label stands beside its block, line by line: only a text sorted by height has it so.
    pub(super) const fn is_beside(&self) -> bool {
        self.tokens.len() >= 2 && self.beside >= 2
    }
}

/// What may follow the name of a label.
pub(crate) const BRACKETS: [&str; 5] = ["", "(万元)", "(元)", "(单位:万元)", "(单位:元)"];

/// Takes the pieces of the longest label of the kind `label` from the beginnings of `range`.
pub(super) fn take(lines: &mut [Line], range: Range<usize>, label: Label) -> Side {
    let in_header = |at: &usize| lines.get(*at).is_some_and(is_column_label);
    let leads = range.filter(|at| !in_header(at)).filter_map(|at| Some((at, lines.get(at)?.first()?.plain.clone())));
    let leads: Vec<(usize, String)> = leads.collect();
    let names = spellings(Scope::Block).filter(|(_, other)| *other == label);
    let names = names.flat_map(|(name, _)| BRACKETS.iter().map(move |bracket| format!("{name}{bracket}")));
    let found = names.filter_map(|name| Some((name.len(), nearest(&leads, &name)?)));
    let Some((_, at)) = found.max_by_key(|(length, at)| (*length, std::cmp::Reverse(extent(at)))) else {
        return Side::default();
    };
    let mut side = Side::default();
    for line in at {
        let Some(line) = lines.get_mut(line).filter(|line| !line.is_empty()) else { continue };
        side.tokens.push(line.remove(0));
        side.beside += usize::from(!line.is_empty());
    }
    side
}

/// A line of nothing but pieces of column labels: 年度 begins 年度指标值, and side labels too.
fn is_column_label(line: &Line) -> bool {
    let begins = |token: &Token| spellings(Scope::IndicatorColumn).any(|(name, _)| name.starts_with(&token.plain));
    line.len() > 1 && line.iter().all(|token| token.plain.chars().count() > 1 && begins(token))
}

/// The lines whose beginnings spell `name`, those nearest to each other where there are several.
fn nearest(leads: &[(usize, String)], name: &str) -> Option<Vec<usize>> {
    let begins = |from: &usize| leads.get(*from).is_some_and(|(_, plain)| name.starts_with(plain.as_str()));
    let starts = (0..leads.len()).filter(begins);
    starts.filter_map(|from| spell(leads.get(from..)?, name)).min_by_key(|at| extent(at))
}

fn extent(at: &[usize]) -> usize {
    at.last().zip(at.first()).map_or(0, |(last, first)| last - first)
}

fn spell(leads: &[(usize, String)], name: &str) -> Option<Vec<usize>> {
    let mut rest = name;
    let mut at = Vec::new();
    for (line, plain) in leads.iter().take(REACH) {
        if let Some(after) = rest.strip_prefix(plain.as_str()).filter(|_| !plain.is_empty()) {
            at.push(*line);
            rest = after;
        }
        if rest.is_empty() {
            return is_even(&at, leads).then_some(at);
        }
    }
    None
}

/// A column breaks a label into pieces of one length, but for the last one.
fn is_even(at: &[usize], leads: &[(usize, String)]) -> bool {
    let pieces = leads.iter().filter(|(line, _)| at.contains(line));
    let lengths: Vec<usize> = pieces.map(|(_, plain)| plain.chars().count()).collect();
    let (Some(first), Some((last, others))) = (lengths.first(), lengths.split_last()) else { return false };
    others.iter().all(|length| length == first) && (others.is_empty() || last <= first || *last == 3)
}
