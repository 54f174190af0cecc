//! The ruling lines of a page: pieces put together, and which of them make up one table.

use super::ticks;
use super::units::{Area, POINT, clustered, nearest};
use crate::limits::MAX_PAGE_RULES;

/// Rules this near to each other are one, drawn by the cells on its both sides.
const SAME_RULE: i32 = 2 * POINT;
/// Dashes and pieces of a rule may leave gaps of this length.
const GAP: i32 = 5 * POINT;
/// Rules meet where the end of one is this near to the other.
pub(super) const MEET: i32 = 3 * POINT;
/// Shorter lines are underlines of a few letters, dashes in a text, or parts of drawings.
const SHORTEST: i32 = 5 * POINT;

/// A straight rule: its distance from the edge of the page, and the stretch along it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) at: i32,
    pub(super) from: i32,
    pub(super) to: i32,
}

/// The rules of one table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Frame {
    pub(super) horizontal: Vec<Rule>,
    pub(super) vertical: Vec<Rule>,
}

/// The frames on a page from top to bottom, and whether there were more rules than are looked at.
pub(super) fn frames(rules: &[Area]) -> (Vec<Frame>, bool) {
    let (mut horizontal, mut vertical) = (Vec::new(), Vec::new());
    for area in rules {
        let (x, y) = area.centre();
        if area.width() >= area.height() {
            horizontal.push(Rule { at: y, from: area.left, to: area.right });
        } else {
            vertical.push(Rule { at: x, from: area.top, to: area.bottom });
        }
    }
    let (mut horizontal, mut vertical) = (joined(horizontal), joined(vertical));
    let cut = horizontal.len().max(vertical.len()) > MAX_PAGE_RULES;
    horizontal.truncate(MAX_PAGE_RULES);
    vertical.truncate(MAX_PAGE_RULES);
    ticks::lengthen(&mut horizontal, &mut vertical);
    (connected(&horizontal, &vertical), cut)
}

/// The horizontal ones of `rules`, from top to bottom, their pieces put together.
pub(super) fn across<'r>(rules: impl Iterator<Item = &'r Area>) -> Vec<Rule> {
    let across = rules.filter(|area| area.width() >= area.height());
    joined(across.map(|area| Rule { at: area.centre().1, from: area.left, to: area.right }).collect())
}

/// Pieces of the same rule put together.
fn joined(mut pieces: Vec<Rule>) -> Vec<Rule> {
    let positions = clustered(pieces.iter().map(|rule| rule.at).collect(), SAME_RULE);
    for piece in &mut pieces {
        piece.at = positions.get(nearest(&positions, piece.at)).copied().unwrap_or(piece.at);
    }
    pieces.sort_unstable_by_key(|rule| (rule.at, rule.from, rule.to));
    let mut rules: Vec<Rule> = Vec::new();
    for piece in pieces {
        match rules.last_mut().filter(|last| last.at == piece.at && piece.from <= last.to + GAP) {
            Some(last) => last.to = last.to.max(piece.to),
            None => rules.push(piece),
        }
    }
    rules.retain(|rule| rule.to - rule.from >= SHORTEST);
    rules
}

const fn meet(horizontal: &Rule, vertical: &Rule) -> bool {
    let across = vertical.from - MEET <= horizontal.at && horizontal.at <= vertical.to + MEET;
    across && horizontal.from - MEET <= vertical.at && vertical.at <= horizontal.to + MEET
}

/// Rules that meet, directly or by way of others, are a frame; it takes two of each kind to close a cell, or one of
/// the one kind across two of the other to part two cells.
fn connected(horizontal: &[Rule], vertical: &[Rule]) -> Vec<Frame> {
    let mut groups = Groups::new(horizontal.len() + vertical.len());
    for (number, rule) in horizontal.iter().enumerate() {
        let first = vertical.partition_point(|other| other.at < rule.from - MEET);
        let within = vertical.iter().enumerate().skip(first).take_while(|(_, other)| other.at <= rule.to + MEET);
        for (other, _) in within.filter(|(_, other)| meet(rule, other)) {
            groups.join(number, horizontal.len() + other);
        }
    }
    let mut frames: Vec<Frame> = vec![Frame::default(); horizontal.len() + vertical.len()];
    for (number, rule) in horizontal.iter().enumerate() {
        frames.get_mut(groups.root(number)).into_iter().for_each(|frame| frame.horizontal.push(*rule));
    }
    for (number, rule) in vertical.iter().enumerate() {
        let root = groups.root(horizontal.len() + number);
        frames.get_mut(root).into_iter().for_each(|frame| frame.vertical.push(*rule));
    }
    frames.retain(|frame| {
        frame.horizontal.len() + frame.vertical.len() > 2
            && frame.vertical.len() > 1 - usize::from(frame.horizontal.len() > 1)
    });
    frames.sort_by_key(|frame| frame.horizontal.first().map(|rule| rule.at));
    frames
}

/// Disjoint sets by number.
#[derive(Debug)]
pub(super) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    /// `count` sets of one member.
    pub(super) fn new(count: usize) -> Self {
        Self { parents: (0..count).collect() }
    }

    /// The member that stands for the set of `member`.
    pub(super) fn root(&mut self, member: usize) -> usize {
        let mut at = member;
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            let above = self.parents.get(parent).copied().unwrap_or(parent);
            self.parents.get_mut(at).into_iter().for_each(|slot| *slot = above);
            at = above;
        }
        at
    }

    /// Makes one set of the sets of two members.
    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, second) = (one.min(other), one.max(other));
        self.parents.get_mut(second).into_iter().for_each(|slot| *slot = first);
    }
}
