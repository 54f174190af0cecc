//! Column labels that no main line holds together: where lines that overlap in height are written as one, the lines of
//! wrapped labels fall among the others as they may.

use std::ops::Range;

use jixiao_core::vocab::{self, Label, Scope, find};

use super::heads::{Column, is_part_of_label, known_orders};
use super::lines::Line;
use crate::stream::doc::Token;

/// The most lines of labels.
const MOST_LINES: usize = 4;

/// The most pieces of labels.
const MOST_PIECES: usize = 24;

/// The most pieces of the label whose lines may stand in any order.
const MOST_ASIDE: usize = 5;

/// The most steps in search of the labels that the pieces make.
const MOST_STEPS: usize = 4_000;

/// A label that is being spelled: the line of its last piece, and what the pieces spell.
#[derive(Debug, Clone)]
struct Open {
    line: usize,
    spelled: String,
    tokens: Vec<Token>,
}

/// A search for labels that use up all pieces.
struct Search<'a> {
    pieces: Vec<(usize, &'a Token)>,
    scope: Scope,
    steps: usize,
    /// Pieces of one label whose lines were not written from top to bottom.
    aside: Vec<&'a Token>,
    most_aside: usize,
}

/// The labels that the words of the line `main` and of some lines next to it make, from left to right, and the lines
/// they cover.
pub(super) fn labels(
    lines: &[Line],
    main: usize,
    within: &Range<usize>,
    scope: Scope,
) -> Option<(Range<usize>, Vec<Column>)> {
    let above = (within.start..main).rev().take(MOST_LINES).take_while(|at| is_labels(lines.get(*at), scope)).count();
    let below = (main + 1..within.end).take(MOST_LINES).take_while(|at| is_labels(lines.get(*at), scope)).count();
    let tries = [0, MOST_ASIDE].into_iter().flat_map(|aside| {
        let ups = (0..=above).rev();
        ups.flat_map(move |up| (0..=below).rev().map(move |down| (aside, main - up..main + down + 1)))
    });
    tries.filter(|(_, range)| range.len() > 1).find_map(|(most_aside, range)| {
        let pieces = range.clone().flat_map(|at| lines.get(at).into_iter().flatten().map(move |token| (at, token)));
        let pieces: Vec<(usize, &Token)> = pieces.take(MOST_PIECES + 1).collect();
        let mut search = Search { pieces, scope, steps: 0, aside: Vec::new(), most_aside };
        Some((range, search.run(0, &mut Vec::new())?))
    })
}

/// A line of nothing but pieces of labels.
fn is_labels(line: Option<&Line>, scope: Scope) -> bool {
    line.is_some_and(|line| !line.is_empty() && line.iter().all(|token| is_part_of_label(scope, token)))
}

impl Search<'_> {
    /// The columns, if the pieces from `at` on go on with the labels `open` or begin others.
    fn run(&mut self, at: usize, open: &mut Vec<Open>) -> Option<Vec<Column>> {
        self.steps += 1;
        if self.steps > MOST_STEPS || self.pieces.len() > MOST_PIECES {
            return None;
        }
        let Some((line, token)) = self.pieces.get(at).copied() else { return self.end(open) };
        for index in 0..open.len() {
            let Some(label) = open.get(index).filter(|label| label.line < line).cloned() else { continue };
            let spelled = label.spelled.clone() + &token.plain;
            if begins(self.scope, &spelled) {
                let tokens = [&label.tokens[..], std::slice::from_ref(token)].concat();
                put(open, index, Open { line, spelled, tokens });
                let found = self.run(at + 1, open);
                put(open, index, label);
                if found.is_some() {
                    return found;
                }
            }
        }
        let mut found = None;
        if begins(self.scope, &token.plain) {
            open.push(Open { line, spelled: token.plain.clone(), tokens: vec![token.clone()] });
            found = self.run(at + 1, open);
            open.pop();
        }
        if found.is_none() && self.aside.len() < self.most_aside {
            self.aside.push(token);
            found = self.run(at + 1, open);
            self.aside.pop();
        }
        found
    }

    /// The labels that are open and the one that the pieces aside make.
    fn end(&self, open: &[Open]) -> Option<Vec<Column>> {
        if self.aside.is_empty() {
            return self.columns(open);
        }
        let (spelled, tokens) = self.shuffled(&mut Vec::new(), String::new())?;
        self.columns(&[open, &[Open { line: 0, spelled, tokens }]].concat())
    }

    /// An order of the pieces aside, those of `order` in front, in which they spell a label.
    fn shuffled(&self, order: &mut Vec<usize>, spelled: String) -> Option<(String, Vec<Token>)> {
        if order.len() == self.aside.len() {
            let tokens = order.iter().filter_map(|at| self.aside.get(*at)).map(|token| (*token).clone()).collect();
            return find(self.scope, &spelled).map(|_| (spelled, tokens));
        }
        for (at, token) in self.aside.iter().enumerate() {
            let longer = spelled.clone() + &token.plain;
            if order.contains(&at) || !begins(self.scope, &longer) {
                continue;
            }
            order.push(at);
            let found = self.shuffled(order, longer);
            order.pop();
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The labels in the order of a known table, if all are whole and no line has them in another order.
    fn columns(&self, open: &[Open]) -> Option<Vec<Column>> {
        let labels: Option<Vec<Label>> = open.iter().map(|label| find(self.scope, &label.spelled)).collect();
        let labels = labels?;
        known_orders(self.scope).iter().find_map(|order| in_order(open, &labels, order))
    }
}

/// The labels in the order of a known table; `None` where it lacks one, has one once only, or the pieces of a line
/// stand in another order.
fn in_order(open: &[Open], labels: &[Label], order: &[Label]) -> Option<Vec<Column>> {
    let place = |label: &Label| order.iter().position(|other| other == label);
    let places: Option<Vec<usize>> = labels.iter().map(place).collect();
    let mut placed: Vec<(usize, &Label, &Open)> =
        places?.into_iter().zip(labels).zip(open).map(|((place, label), open)| (place, label, open)).collect();
    placed.sort_by_key(|(place, ..)| *place);
    let distinct = placed.windows(2).all(|pair| matches!(pair, [left, right] if left.0 < right.0));
    let pieces: Vec<&Token> = placed.iter().flat_map(|(.., open)| &open.tokens).collect();
    let follows =
        |left: &Token, right: &Token| left.piece.line != right.piece.line || left.piece.start < right.piece.start;
    let kept = (0..pieces.len()).all(|at| {
        let (before, behind) = pieces.split_at(at);
        behind.first().is_none_or(|token| before.iter().all(|other| follows(other, token)))
    });
    let column =
        |(_, label, open): &(usize, &Label, &Open)| Column { tokens: open.tokens.clone(), label: Some(**label) };
    (distinct && kept).then(|| placed.iter().map(column).collect())
}

fn put(open: &mut [Open], index: usize, label: Open) {
    if let Some(slot) = open.get_mut(index) {
        *slot = label;
    }
}

/// Some label of `scope` begins with `spelled`.
fn begins(scope: Scope, spelled: &str) -> bool {
    find(scope, spelled).is_some() || vocab::spellings(scope).any(|(name, _)| name.starts_with(spelled))
}

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::*;
    use crate::stream::doc::Doc;
    use crate::text::Text;

    fn spelled(text: &str, main: usize) -> Option<Vec<String>> {
        let text = Text::new(text);
        let lines = lines(&Doc::new(&text));
        let (_, columns) = labels(&lines, main, &(0..lines.len()), Scope::IndicatorColumn)?;
        Some(columns.iter().map(|column| super::super::lines::spelled(&column.tokens)).collect())
    }

    #[test]
    fn the_pieces_of_labels_fall_where_they_may() {
        let text = "一级指标 二级指标 三级指标 年度 实际\n指标值 完成值 分值 得分 偏差原因分析及\n改进措施\n数量指标 更换旧灯\n";
        let names =
            ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"];
        assert_eq!(spelled(text, 0), Some(names.map(str::to_owned).to_vec()));
    }

    #[test]
    fn the_lines_of_one_label_may_stand_in_any_order() {
        let text =
            "因分\n一级指标 二级指标 三级指标 年度 实际 偏差原\n指标值 完成值 分值 得分 析及\n改进措施\n更换旧灯\n";
        let found = spelled(text, 1).unwrap_or_default();
        assert_eq!(found.last().map(String::as_str), Some("偏差原因分析及改进措施"));
    }

    #[test]
    fn a_piece_of_no_label_makes_none() {
        assert_eq!(spelled("一级指标 二级指标 三级指标 年度 实际\n指标值 更换旧灯\n", 0), None);
    }
}
