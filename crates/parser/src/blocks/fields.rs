//! Labelled fields whose values may have left them.

use jixiao_core::vocab::{Label, Scope};

use super::form::{Form, Role};
use crate::bodies::is_body;
use crate::sorted::order::Order;

/// The cost of a value that does not follow its label at once, of one that looks unlike what the label asks for, and
/// of a field that is left blank though it never is.
const APART: i32 = 4;
const UNLIKE: i32 = 10;
const EARLIER: i32 = 3;
/// A value in front of its label.
const BEFORE: i32 = 8;

/// A value without a label, and one above another whose label stands below.
const NO_LABEL: i32 = 24;
const TURNED: i32 = 2;
/// A name of a body where none is asked for, and none where one is.
const BODY: i32 = 7;

/// How many ways to deal values out are tried.
const MOST_TRIALS: usize = 20_000;

/// More fields than any form has are left as they stand.
const MOST_FIELDS: usize = 60;

/// Shorter words are no names of bodies.
const LEAST_BODY: usize = 5;

/// Bodies of one form mostly begin with the name of the same place: so many characters of it tell.
const PLACE: usize = 2;

/// A value and its words.
struct Value {
    words: Vec<usize>,
    plain: String,
}

/// Adds each label and its value.
pub(super) fn arrange(form: &Form, order: &mut Order) {
    let labels = form.labels(|role| if let Role::Field(first) = role { Some(first) } else { None });
    let values = values(form, &labels);
    if labels.len() > MOST_FIELDS || values.len() > MOST_FIELDS {
        let words = form.all(|role| matches!(role, Role::Field(_) | Role::Value));
        order.tokens.extend(form.tokens(&words));
        return;
    }
    let costs: Vec<Vec<i32>> =
        values.iter().map(|value| labels.iter().map(|words| cost(form, &labels, words, value)).collect()).collect();
    let owner = owners(&costs);
    for (at, words) in labels.iter().enumerate() {
        order.run(form.tokens(words));
        for (value, _) in values.iter().zip(&owner).filter(|(_, owner)| **owner == Some(at)) {
            if follows(words, value).is_none() && !is_stacked(&labels, words, value) {
                order.doubt(&form.tokens(&value.words));
            }
            order.down(form.tokens(&value.words));
        }
    }
    for (value, _) in values.iter().zip(&owner).filter(|(_, owner)| owner.is_none()) {
        order.doubt(&form.tokens(&value.words));
        order.down(form.tokens(&value.words));
    }
}

/// Values dealt out so far, the first ones: the label of each, and what that costs.
#[derive(Default)]
struct Dealt {
    labels: Vec<Option<usize>>,
    cost: i32,
}

impl Dealt {
    /// Every label that the next value may have, given the costs of its labels; the dearest first.
    fn choices(&self, own: &[i32]) -> Vec<Dealt> {
        let free = own.iter().enumerate().filter(|(label, _)| !self.labels.contains(&Some(*label)));
        let dealt = free.map(|(label, cost)| {
            let turned = self.labels.iter().flatten().filter(|before| **before > label).count();
            (*cost + TURNED * i32::try_from(turned).unwrap_or(0), Some(label))
        });
        let mut choices: Vec<(i32, Option<usize>)> = dealt.chain([(NO_LABEL, None)]).collect();
        choices.sort_unstable_by(|left, right| right.cmp(left));
        let with = |label| self.labels.iter().copied().chain([label]).collect();
        choices.into_iter().map(|(own, label)| Dealt { labels: with(label), cost: self.cost + own }).collect()
    }
}

/// The label of each value: of all ways to deal them out the one that costs least, of few enough.
fn owners(costs: &[Vec<i32>]) -> Vec<Option<usize>> {
    let mut best = Dealt { cost: i32::MAX, ..Dealt::default() };
    let mut open = vec![Dealt::default()];
    let mut trials = 0;
    while let Some(dealt) = open.pop() {
        if dealt.cost >= best.cost {
            continue;
        }
        trials += 1;
        if trials > MOST_TRIALS {
            return nearest(costs);
        }
        match costs.get(dealt.labels.len()) {
            Some(own) => open.extend(dealt.choices(own)),
            None => best = dealt,
        }
    }
    best.labels
}

/// The label that each value fits best, the best pairs first.
fn nearest(costs: &[Vec<i32>]) -> Vec<Option<usize>> {
    let mut owner: Vec<Option<usize>> = vec![None; costs.len()];
    let all = costs.iter().enumerate();
    let mut pairs: Vec<(i32, usize, usize)> =
        all.flat_map(|(at, own)| own.iter().enumerate().map(move |(label, cost)| (*cost, at, label))).collect();
    pairs.sort_unstable();
    for (_, value, label) in pairs {
        let taken = owner.contains(&Some(label));
        if let (Some(owner @ None), false) = (owner.get_mut(value), taken) {
            *owner = Some(label);
        }
    }
    owner
}

/// The value of a department or unit that comes among the blocks below: the name of a body that stands alone.
pub(super) fn late_values(form: &mut Form, start: usize) {
    let fields = form.all(|role| matches!(role, Role::Field(_)));
    let values = values(form, &form.labels(|role| if let Role::Field(first) = role { Some(first) } else { None }));
    let lacking = fields.iter().filter(|at| {
        let label = form.label(Scope::Header, **at).map(|hit| hit.label);
        matches!(label, Some(Label::Department | Label::Unit | Label::ProjectName))
    });
    let lacking = lacking.count().saturating_sub(values.len());
    let alone = |at: usize| {
        form.role(at) == Role::Free
            && form.block(at) != form.block(at + 1)
            && (at == 0 || form.block(at) != form.block(at - 1))
    };
    let body = |at: &usize| {
        let plain = form.token(*at).map_or("", |token| token.plain.as_str());
        alone(*at) && plain.chars().count() >= LEAST_BODY && is_body(plain)
    };
    let places: Vec<String> = values.iter().map(|value| value.plain.chars().take(PLACE).collect()).collect();
    let near = |at: &usize| {
        let plain = form.token(*at).map_or("", |token| token.plain.as_str());
        !places.iter().any(|place| plain.starts_with(place.as_str()))
    };
    let mut late: Vec<usize> = (start..form.range.end).filter(body).collect();
    late.sort_by_key(near);
    late.truncate(lacking);
    for at in late {
        form.set(at..at + 1, Role::Value);
    }
}

/// Words of values that follow each other within a block. As many lines as there are labels right above them are a
/// value each.
fn values(form: &Form, labels: &[Vec<usize>]) -> Vec<Value> {
    let mut values: Vec<Value> = Vec::new();
    for at in form.all(|role| role == Role::Value) {
        let plain = form.token(at).map_or("", |token| token.plain.as_str());
        match values.last_mut() {
            Some(value) if value.words.last() == Some(&(at - 1)) && form.block(at - 1) == form.block(at) => {
                value.words.push(at);
                value.plain.push_str(plain);
            }
            _ => values.push(Value { words: vec![at], plain: plain.to_owned() }),
        }
    }
    values.into_iter().flat_map(|value| by_line(form, labels, value)).collect()
}

fn by_line(form: &Form, labels: &[Vec<usize>], value: Value) -> Vec<Value> {
    let Some(first) = value.words.first().copied() else { return vec![value] };
    let mut above = 0;
    let mut next = first;
    while let Some(label) = labels.iter().find(|label| label.last().is_some_and(|last| last + 1 == next)) {
        above += 1;
        next = label.first().copied().unwrap_or(0);
    }
    if above < 2 || value.words.len() != above {
        return vec![value];
    }
    let single = |at: usize| Value {
        words: vec![at],
        plain: form.token(at).map(|token| token.plain.clone()).unwrap_or_default(),
    };
    value.words.iter().map(|at| single(*at)).collect()
}

/// The value stands right behind the label.
fn follows(label: &[usize], value: &Value) -> Option<()> {
    let (last, first) = (label.last()?, value.words.first()?);
    (*first == last + 1).then_some(())
}

/// How ill `value` fits the label of the words `label`.
fn cost(form: &Form, labels: &[Vec<usize>], label: &[usize], value: &Value) -> i32 {
    let (Some(first), Some(start)) = (label.first(), value.words.first()) else { return i32::MAX / 256 };
    let between = labels.iter().filter(|other| other.first().is_some_and(|at| at > first && at < start)).count();
    let between = i32::try_from(between).unwrap_or(i32::MAX / 64);
    let place = match follows(label, value) {
        Some(()) => 0,
        None if is_stacked(labels, label, value) => 0,
        None if start < first => BEFORE,
        None => APART + EARLIER * between,
    };
    place + unlike(form, *first, &value.plain)
}

/// The labels stand on the lines of one block and the values on those of the next.
fn is_stacked(labels: &[Vec<usize>], label: &[usize], value: &Value) -> bool {
    let (Some(first), Some(at)) = (label.first(), value.words.first()) else { return false };
    let Some(run) = labels.iter().position(|other| other.first() == Some(first)) else { return false };
    let below = labels.iter().skip(run + 1).zip(labels.iter().skip(run));
    let behind = below.take_while(|(next, last)| last.last().map(|at| at + 1) == next.first().copied()).count();
    let end = labels.get(run + behind).and_then(|last| last.last()).copied().unwrap_or(0);
    let before = labels.iter().take(run + 1).rev();
    let above =
        before.clone().skip(1).zip(before).take_while(|(up, down)| up.last().map(|at| at + 1) == down.first().copied());
    *at == end + 1 + above.count()
}

/// How unlike what the label at `at` asks for `plain` is.
fn unlike(form: &Form, at: usize, plain: &str) -> i32 {
    let Some(hit) = form.label(Scope::Header, at) else { return 0 };
    let name: String = (hit.start..hit.end).filter_map(|at| form.token(at)).map(|token| token.plain.as_str()).collect();
    let digits = plain.chars().filter(char::is_ascii_digit).count() * 2 > plain.chars().count();
    let short = plain.chars().count() <= 4;
    let asks_digits = name.contains("电话") || name.contains("编码") || name.contains("编号");
    let asks_person = name.ends_with('人');
    match hit.label {
        _ if asks_digits => i32::from(!digits && !name.contains("负责人")) * UNLIKE,
        _ if asks_person => i32::from(!short) * UNLIKE,
        Label::ProjectName => {
            i32::from(digits || plain.chars().count() < 3) * UNLIKE + i32::from(is_body(plain)) * BODY
        }
        Label::Department | Label::Unit => {
            i32::from(digits || plain.chars().count() < 3) * UNLIKE + i32::from(!is_body(plain)) * BODY
        }
        _ => 0,
    }
}
