//! Column labels: those of one line stand on the main line, the lines of wrapped ones evenly above and below it.

use std::ops::Range;

use jixiao_core::vocab::{self, Label, Scope, find};
use jixiao_core::{FundField, IndicatorField};

use super::lines::{Line, spelled};
use super::order::Order;
use super::spread;
use crate::stream::doc::Token;

/// The most lines of labels above or below the main line.
const REACH: usize = 4;

/// The most ways that are tried to put wrapped labels between the others.
const MOST_ORDERS: usize = 4_000;

/// The columns of the known tables from left to right; a form may lack some.
pub(crate) fn known_orders(scope: Scope) -> Vec<Vec<Label>> {
    use IndicatorField::{Actual, Deviation, Level1, Level2, Level3, Score, Target, Weight};
    let column = Label::IndicatorColumn;
    let levels = [Level1, Level2, Level3].map(column);
    let rest: &[&[Label]] = &[
        &[Label::TargetNature, column(Target), Label::TargetUnit, column(Actual), column(Weight)],
        &[column(Weight), Label::TargetNature, column(Target), Label::TargetUnit, column(Actual)],
    ];
    let ends = [column(Score), column(Deviation)];
    if scope == Scope::IndicatorColumn {
        return rest.iter().map(|middle| [&levels[..], middle, &ends[..]].concat()).collect();
    }
    let fund = Label::FundColumn;
    let money = FundField::MONEY.map(fund);
    let (weight, rate, score) = (fund(FundField::Weight), fund(FundField::ExecutionRate), fund(FundField::Score));
    [[weight, rate, score], [rate, weight, score]]
        .iter()
        .map(|points| [&[Label::Unkept][..], &money[..], &points[..], &[Label::Extra][..]].concat())
        .collect()
}

/// One column label.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its pieces from top to bottom.
    pub(super) tokens: Vec<Token>,
    /// What they spell.
    pub(super) label: Option<Label>,
}

/// A row of column labels.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The lines it covers.
    pub(super) lines: Range<usize>,
    columns: Vec<Column>,
    /// Words that are part of no label.
    spare: Vec<Token>,
    /// Where the wrapped labels stand among the others is not certain.
    uncertain: bool,
}

impl Head {
    /// Adds the labels from left to right.
    pub(super) fn arrange(self, order: &mut Order) {
        order.down(self.spare);
        if self.uncertain {
            order.doubt(self.columns.iter().flat_map(|column| &column.tokens));
        }
        for (index, column) in self.columns.into_iter().enumerate() {
            let wrapped = column.tokens.len() > 1;
            for (part, mut token) in column.tokens.into_iter().enumerate() {
                token.piece.leads = part > 0 || wrapped || index == 0;
                order.tokens.push(token);
            }
        }
    }
}

/// The row of column labels around its main line `main`: centred on it, or spread over some lines if that makes more
/// labels.
pub(super) fn find_head(lines: &[Line], main: usize, within: Range<usize>, scope: Scope) -> Head {
    let centred = centred_head(lines, main, within.clone(), scope);
    let labelled = |columns: &[Column]| columns.iter().filter(|column| column.label.is_some()).count();
    let spread = spread::labels(lines, main, &within, scope);
    match spread.filter(|(_, columns)| columns.len() > labelled(&centred.columns)) {
        Some((lines, columns)) => Head { lines, columns, spare: Vec::new(), uncertain: false },
        None => centred,
    }
}

fn centred_head(lines: &[Line], main: usize, within: Range<usize>, scope: Scope) -> Head {
    let reach = reach(lines, main, within, scope);
    let mut rows: Vec<Vec<Token>> =
        (main - reach..main + reach + 1).map(|at| lines.get(at).cloned().unwrap_or_default()).collect();
    let mut columns: Vec<Column> = rows
        .get(reach)
        .into_iter()
        .flatten()
        .map(|token| Column { tokens: vec![token.clone()], label: find(scope, &token.plain) })
        .collect();
    let mut floating = Vec::new();
    for distance in (1..=reach).rev() {
        join_rows(&mut rows, reach, distance, scope, &mut columns, &mut floating);
    }
    let spare = rows.iter().enumerate().filter(|(at, _)| *at != reach).flat_map(|(_, row)| row.clone()).collect();
    let (columns, uncertain) = interleave(columns, &floating, scope, lines.get(main + reach + 1..).unwrap_or_default());
    Head { lines: main - reach..main + reach + 1, columns, spare, uncertain }
}

/// How many lines above, and as many below, hold only parts of labels.
fn reach(lines: &[Line], main: usize, within: Range<usize>, scope: Scope) -> usize {
    let part = |token: &Token| is_part_of_label(scope, token);
    let fits = |at: &usize| lines.get(*at).is_some_and(|line| !line.is_empty() && line.iter().all(part));
    let above = (within.start..main).rev().take(REACH).take_while(fits).count();
    let below = (main + 1..within.end).take(REACH).take_while(fits).count();
    above.min(below)
}

/// A piece of a label of `scope`, or what stands in brackets behind one.
pub(super) fn is_part_of_label(scope: Scope, token: &Token) -> bool {
    let plain = token.plain.as_str();
    let names = || vocab::spellings(scope).any(|(name, _)| name.contains(plain));
    (plain.starts_with('(') || names()) && token.shape.number.is_none()
}

/// Joins the words `distance` lines above the main line with those as far below, and with what lies between.
fn join_rows(
    rows: &mut [Vec<Token>],
    main: usize,
    distance: usize,
    scope: Scope,
    columns: &mut [Column],
    floating: &mut Vec<Column>,
) {
    let upper = rows.get_mut(main - distance).map(std::mem::take).unwrap_or_default();
    let mut lower = rows.get_mut(main + distance).map(std::mem::take).unwrap_or_default();
    let mut spare = Vec::new();
    for top in upper {
        let direct = (0..lower.len()).find(|at| {
            lower.get(*at).is_some_and(|bottom| find(scope, &(top.plain.clone() + &bottom.plain)).is_some())
        });
        if let Some(at) = direct {
            let tokens = vec![top, lower.remove(at)];
            floating.push(Column { label: find(scope, &spelled(&tokens)), tokens });
        } else if let Some((column, at)) = around(columns, &top, &lower, scope) {
            column.tokens.insert(0, top);
            column.tokens.push(lower.remove(at));
            column.label = find(scope, &spelled(&column.tokens));
        } else {
            spare.push(top);
        }
    }
    if let Some(row) = rows.get_mut(main - distance) {
        *row = spare;
    }
    if let Some(row) = rows.get_mut(main + distance) {
        *row = lower;
    }
}

/// The part on the main line that makes a label between `top` and one of `lower`.
fn around<'c>(
    columns: &'c mut [Column],
    top: &Token,
    lower: &[Token],
    scope: Scope,
) -> Option<(&'c mut Column, usize)> {
    let open = columns.iter_mut().filter(|column| column.label.is_none());
    open.filter_map(|column| {
        let begin = top.plain.clone() + &spelled(&column.tokens);
        let at = lower.iter().position(|bottom| find(scope, &(begin.clone() + &bottom.plain)).is_some())?;
        Some((column, at))
    })
    .next()
}

/// Puts the wrapped labels between the others in the order of a known table; the rows below decide between several.
fn interleave(columns: Vec<Column>, floating: &[Column], scope: Scope, below: &[Line]) -> (Vec<Column>, bool) {
    if floating.is_empty() {
        return (columns, false);
    }
    let mut merged = Vec::new();
    merge(&columns, floating, &mut Vec::new(), &mut merged);
    let orders = known_orders(scope);
    let fits = |merged: &[Column]| {
        let labels: Vec<Label> = merged.iter().filter_map(|column| column.label).collect();
        orders.iter().position(|order| is_part(&labels, order))
    };
    let weight_first = weight_leads(below);
    let mut known: Vec<(usize, Vec<Column>)> =
        merged.into_iter().filter_map(|merged| Some((fits(&merged)?, merged))).collect();
    known.sort_by_key(|(order, _)| (*order == 0) == weight_first);
    match known.into_iter().next() {
        Some((_, merged)) => (merged, false),
        None => ([columns, floating.to_vec()].concat(), true),
    }
}

/// Every way to put `right` between `left`, both in order.
fn merge(left: &[Column], right: &[Column], prefix: &mut Vec<Column>, out: &mut Vec<Vec<Column>>) {
    if out.len() >= MOST_ORDERS {
        return;
    }
    if left.is_empty() && right.is_empty() {
        out.push(prefix.clone());
        return;
    }
    for (first, rests) in [left, right].into_iter().zip([(1, 0), (0, 1)]) {
        if let Some(column) = first.first() {
            prefix.push(column.clone());
            merge(left.get(rests.0..).unwrap_or_default(), right.get(rests.1..).unwrap_or_default(), prefix, out);
            prefix.pop();
        }
    }
}

/// `labels` in the order of `order`, some left out.
fn is_part(labels: &[Label], order: &[Label]) -> bool {
    let mut rest = order.iter();
    labels.iter().all(|label| rest.any(|other| other == label))
}

/// Most rows print their first plain number in front of the target, not next to the score.
fn weight_leads(lines: &[Line]) -> bool {
    const LOOK_AT: usize = 200;
    let number = |token: &Token| token.shape.number.is_some() && !token.shape.percent;
    let pair = |line: &&Line| line.windows(2).any(|pair| pair.iter().all(number));
    let apart = |line: &&Line| {
        let numbers: Vec<usize> = (0..line.len()).filter(|at| line.get(*at).is_some_and(number)).collect();
        numbers.windows(2).any(|pair| matches!(pair, [left, right] if right - left == 3))
    };
    let lines = || lines.iter().take(LOOK_AT);
    lines().filter(apart).count() > lines().filter(pair).count()
}
