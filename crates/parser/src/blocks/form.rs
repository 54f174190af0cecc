//! What each word of a form is, before the words are put in order.

use std::collections::BTreeMap;
use std::ops::Range;

use jixiao_core::vocab::{Label, Scope, find, is_title};
use jixiao_core::{FundField, IndicatorField};

use super::arrange::as_they_are;
use super::layers::Layers;
use super::{fields, funds, goals, head, side};
use crate::ordinal::ordinal;
use crate::sorted::order::Order;
use crate::stream::doc::{Doc, Hit, Token};
use crate::value;

/// What a word is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Not decided.
    Free,
    /// The title and the year below it.
    Heading,
    /// The label of a field, by its first word.
    Field(usize),
    /// The value of a field.
    Value,
    /// A column label of the funds.
    FundColumn(Label),
    /// The label of a fund row, by its first word.
    FundRow(usize),
    /// A figure of the funds.
    Figure,
    /// The side label of a block.
    Side(Label),
    /// A column label of the goals.
    GoalColumn(Label),
    /// A word of the goal texts.
    Goal,
    /// A column label of the indicators.
    Column(Label),
    /// A word of the table of indicators.
    Cell,
    /// 总分, and what is printed behind it.
    Total,
    /// The label of the grade, and the grade.
    Grade,
    /// What stands below the table.
    Foot,
}

/// The words of a form and what they are.
pub(super) struct Form<'a> {
    pub(super) doc: &'a Doc<'a>,
    pub(super) layers: &'a Layers,
    pub(super) range: Range<usize>,
    roles: Vec<Role>,
    /// Words that may belong elsewhere.
    pub(super) doubtful: Vec<usize>,
}

impl<'a> Form<'a> {
    /// The words of each label; `first_of` tells the first word of the label that a word of some role belongs to.
    pub(super) fn labels(&self, first_of: impl Fn(Role) -> Option<usize>) -> Vec<Vec<usize>> {
        let mut labels: Vec<(usize, Vec<usize>)> = Vec::new();
        for at in self.range.clone() {
            let Some(first) = first_of(self.role(at)) else { continue };
            match labels.last_mut() {
                Some((last, words)) if *last == first => words.push(at),
                _ => labels.push((first, vec![at])),
            }
        }
        labels.into_iter().map(|(_, words)| words).collect()
    }

    /// Finds out what the words `range` of `doc` are.
    pub(super) fn new(doc: &'a Doc<'a>, layers: &'a Layers, range: Range<usize>) -> Self {
        let roles = vec![Role::Free; range.len()];
        let mut form = Self { doc, layers, range, roles, doubtful: Vec::new() };
        let (goals, table) = form.borders();
        let body = goals.min(table);
        form.upper(body);
        funds::stray_rows(&mut form, body);
        funds::late_figures(&mut form, body, table);
        form.stray_labels(body);
        form.grade(body);
        form.goal_columns(body, table);
        let last_column = head::mark(&mut form, body);
        side::mark(&mut form, body, Label::Goals);
        side::mark(&mut form, body, Label::Indicators);
        fields::late_values(&mut form, body);
        goals::mark(&mut form, body, table, last_column);
        form.total(table.min(last_column));
        form
    }

    /// The role of word `at`.
    pub(super) fn role(&self, at: usize) -> Role {
        at.checked_sub(self.range.start).and_then(|at| self.roles.get(at)).copied().unwrap_or(Role::Foot)
    }

    /// Gives the words `range` a role.
    pub(super) fn set(&mut self, range: Range<usize>, role: Role) {
        for at in range {
            if let Some(slot) = at.checked_sub(self.range.start).and_then(|at| self.roles.get_mut(at)) {
                *slot = role;
            }
        }
    }

    /// The word `at`.
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.doc.tokens.get(at)
    }

    /// The block that the word `at` stands in.
    pub(super) fn block(&self, at: usize) -> Option<usize> {
        self.token(at).map(|token| self.layers.of(token).0)
    }

    /// The page that the word `at` stands on.
    pub(super) fn page(&self, at: usize) -> Option<usize> {
        self.token(at).map(|token| self.layers.of(token).1)
    }

    /// The words that are `wanted`, in the order of the text.
    pub(super) fn all(&self, wanted: impl Fn(Role) -> bool) -> Vec<usize> {
        self.range.clone().filter(|at| wanted(self.role(*at))).collect()
    }

    /// The words of `at`.
    pub(super) fn tokens(&self, at: &[usize]) -> Vec<Token> {
        at.iter().filter_map(|at| self.token(*at)).cloned().collect()
    }

    /// The longest label of `scope` that the words from `at` on spell within one block. A word that is a label, in
    /// front of another one, is that label alone.
    pub(super) fn label(&self, scope: Scope, at: usize) -> Option<Hit> {
        let mut hit = self.doc.label_at(scope, at)?;
        let whole = |end: usize| (at..end).all(|other| self.block(other) == self.block(at));
        let single = |at: usize| self.token(at).and_then(|token| find(scope, &token.plain));
        if let (Some(label), true) = (single(at), !whole(hit.end) || single(at + 1).is_some()) {
            hit = Hit { label, start: at, end: at + 1 };
        }
        (whole(hit.end) && hit.end <= self.range.end).then_some(hit)
    }

    /// `目标 1：`: the word begins a point of a goal text, and is no piece of a label.
    pub(super) fn begins_item(&self, at: usize) -> bool {
        let (Some(own), Some(next)) = (self.token(at), self.token(at + 1)) else { return false };
        let item = || ordinal(&own.plain).is_none() && ordinal(&format!("{}{}", own.plain, next.plain)).is_some();
        own.piece.line == next.piece.line && item()
    }

    /// The first label of the goals and the first column label of the indicators.
    fn borders(&self) -> (usize, usize) {
        let goal = |at: &usize| {
            let hit = self.label(Scope::Goal, *at);
            hit.is_some_and(|hit| self.token(*at).is_some_and(|token| token.plain.chars().count() > 1) && hit.end > *at)
        };
        let column = |at: &usize| {
            let hit = self.label(Scope::IndicatorColumn, *at).map(|hit| hit.label);
            use IndicatorField::{Level1, Level3};
            [Level1, Level3].into_iter().any(|field| hit == Some(Label::IndicatorColumn(field)))
        };
        let find = |wanted: &dyn Fn(&usize) -> bool| self.range.clone().find(wanted).unwrap_or(self.range.end);
        (find(&goal), find(&column))
    }

    /// Everything above the goals: the title, the fields, the funds.
    fn upper(&mut self, end: usize) {
        let mut at = self.range.start;
        let mut funds = false;
        let mut heading = true;
        while at < end {
            let hit = self.upper_label(at);
            heading &= hit.is_none();
            let (next, role) = match hit {
                Some((hit, role)) => (hit.end.min(end), role),
                None if (heading && self.block(at) == self.block(self.range.start)) || self.is_heading(at) => {
                    (at + 1, Role::Heading)
                }
                None if funds && is_figure(self.token(at)) => (at + 1, Role::Figure),
                // A name at the top of the table may come in front of the table's own labels.
                None if self.is_level1(at) => (at + 1, Role::Free),
                None => (at + 1, Role::Value),
            };
            funds |= matches!(role, Role::FundColumn(_) | Role::FundRow(_));
            self.set(at..next, role);
            at = next;
        }
        funds::unknown_rows(self, end);
    }

    fn is_level1(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| token.plain.ends_with("指标") && find(Scope::Level1, &token.plain).is_some())
    }

    /// The line of the word `at` is the title, or the year below it: a block of labels may come in front of them.
    fn is_heading(&self, at: usize) -> bool {
        let line = |other: usize| self.token(other).map(|token| token.piece.line);
        let start = (self.range.start..=at).rev().take_while(|other| line(*other) == line(at)).last().unwrap_or(at);
        let words = (start..self.range.end).take_while(|other| line(*other) == line(at));
        let plain: String = words.filter_map(|other| self.token(other)).map(|token| token.plain.as_str()).collect();
        let year = plain.trim_matches(['(', ')']).strip_suffix("年度");
        is_title(&plain) || year.is_some_and(|year| year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit()))
    }

    /// Column labels of the funds and labels of fields that come late: the indicators have none of these.
    fn stray_labels(&mut self, start: usize) {
        use FundField::{AnnualBudget, Executed, ExecutionRate, InitialBudget};
        let money = [InitialBudget, AnnualBudget, Executed, ExecutionRate].map(Label::FundColumn);
        let mut fields: Vec<Label> = self
            .all(|role| matches!(role, Role::Field(_)))
            .into_iter()
            .filter_map(|at| self.label(Scope::Header, at).map(|hit| hit.label))
            .collect();
        for at in start..self.range.end {
            let column = self.label(Scope::FundColumn, at).filter(|hit| {
                let strays = money.contains(&hit.label) || self.is_twofold(hit);
                strays && self.all(|role| role == Role::FundColumn(hit.label)).is_empty()
            });
            let field = self
                .label(Scope::Header, at)
                .filter(|hit| matches!(hit.label, Label::Department | Label::Unit) && !fields.contains(&hit.label));
            if let Some(hit) = column {
                self.set(hit.start..hit.end, Role::FundColumn(hit.label));
            } else if let Some(hit) = field {
                fields.push(hit.label);
                self.set(hit.start..hit.end, Role::Field(at));
            }
        }
    }

    /// 分值 and 得分 are labels of both tables: where the funds lack one, the first of two on a page is theirs.
    fn is_twofold(&self, hit: &Hit) -> bool {
        let points = [FundField::Weight, FundField::Score].map(Label::FundColumn);
        let same = |at: usize| self.label(Scope::FundColumn, at).is_some_and(|other| other.label == hit.label);
        let again = |at: &usize| self.page(*at) == self.page(hit.start) && same(*at);
        points.contains(&hit.label) && (hit.end..self.range.end).any(|at| again(&at))
    }

    fn upper_label(&self, at: usize) -> Option<(Hit, Role)> {
        let label = |scope| self.label(scope, at);
        if let Some(hit) = label(Scope::FundColumn).filter(|hit| hit.label != Label::Unkept) {
            return Some((hit, Role::FundColumn(hit.label)));
        }
        if let Some(hit) = label(Scope::FundRow) {
            return Some((hit, Role::FundRow(at)));
        }
        if let Some(hit) = label(Scope::Block) {
            return Some((hit, Role::Side(hit.label)));
        }
        label(Scope::Header).map(|hit| (hit, Role::Field(at)))
    }

    fn goal_columns(&mut self, start: usize, table: usize) {
        let mut at = start;
        let mut found: Vec<Label> = Vec::new();
        while at < self.range.end {
            let hit = self.label(Scope::Goal, at).filter(|hit| !found.contains(&hit.label));
            let single = self.token(at).is_some_and(|token| token.plain.chars().count() > 1);
            if let Some(hit) = hit.filter(|_| single) {
                found.push(hit.label);
                self.set(hit.start..hit.end, Role::GoalColumn(hit.label));
                at = hit.end;
            } else {
                at += 1;
            }
            if found.len() >= 2 && at >= table {
                break;
            }
        }
    }

    /// Adds the words in drawing order; the columns of figures of the funds that are sure, by where they begin.
    pub(super) fn arrange(self, order: &mut Order) -> BTreeMap<usize, FundField> {
        order.tokens.extend(self.tokens(&self.all(|role| role == Role::Heading)));
        fields::arrange(&self, order);
        let known = funds::arrange(&self, order);
        self.side(Label::Goals, order);
        goals::arrange(&self, order);
        self.side(Label::Indicators, order);
        head::arrange(&self, order);
        order.tokens.extend(self.tokens(&self.all(|role| role == Role::Cell)));
        let mut total = self.tokens(&self.all(|role| role == Role::Total));
        total.sort_by_key(|token| token.shape.number.is_some());
        if let [weight, score] = total.as_mut_slice() {
            // Without the label, only a line of two numbers shows a total.
            score.piece.line = weight.piece.line;
        }
        order.run(total);
        order.down(self.tokens(&self.all(|role| role == Role::Grade)));
        for at in self.all(|role| role == Role::Foot) {
            as_they_are(self.doc, at..at + 1, order);
        }
        let doubtful = self.tokens(&self.doubtful);
        order.doubt(&doubtful);
        known
    }

    fn side(&self, label: Label, order: &mut Order) {
        order.down(self.tokens(&self.all(|role| role == Role::Side(label))));
    }
}

/// An amount, a rate, points, or a dash in their place.
pub(super) fn is_figure(token: Option<&Token>) -> bool {
    token.is_some_and(|token| token.shape.number.is_some() || token.shape.dash || value::amount(&token.plain).is_some())
}
