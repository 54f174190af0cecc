//! The lines of a text and the marks of a form on them.

use jixiao_core::vocab::{Label, Scope, find, is_title};
use jixiao_core::{Grade, IndicatorField};

use crate::stream::doc::{Doc, Token};

/// The words at one height.
pub(crate) type Line = Vec<Token>;

/// The lines of `doc` from top to bottom.
pub(super) fn lines(doc: &Doc) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for token in &doc.tokens {
        match lines.last_mut() {
            Some(line) if line.last().is_some_and(|last| last.piece.line == token.piece.line) => {
                line.push(token.clone());
            }
            _ => lines.push(vec![token.clone()]),
        }
    }
    lines
}

/// What a line opens. In the order in which a form prints them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The title.
    Title,
    /// 项目名称.
    Field,
    /// The main line of the column labels of the funds.
    Funds,
    /// 预期目标 and 实际完成情况.
    Goals,
    /// The main line of the column labels of the indicators.
    Table,
    /// 总分.
    Total,
}

/// The mark on `line`.
pub(super) fn mark(line: &[Token]) -> Option<Mark> {
    let labels = |scope| -> Vec<Label> { line.iter().filter_map(|token| find(scope, &token.plain)).collect() };
    let columns = labels(Scope::IndicatorColumn);
    let name = Label::IndicatorColumn(IndicatorField::Level3);
    if columns.len() >= 3 && columns.contains(&name) {
        return Some(Mark::Table);
    }
    if is_funds(&labels(Scope::FundColumn)) {
        return Some(Mark::Funds);
    }
    let goals = labels(Scope::Goal);
    if goals.contains(&Label::Expected) && goals.contains(&Label::Actual) {
        return Some(Mark::Goals);
    }
    if is_total(line) {
        return Some(Mark::Total);
    }
    if is_title(&spelled(line)) {
        return Some(Mark::Title);
    }
    let first = line.first().and_then(|token| find(Scope::Header, &token.plain));
    (first == Some(Label::ProjectName)).then_some(Mark::Field)
}

fn is_funds(labels: &[Label]) -> bool {
    let amounts = labels.iter().filter(|label| matches!(label, Label::FundColumn(field) if field.is_money()));
    labels.len() >= 3 && amounts.count() >= 2
}

/// 总分 with nothing but figures and a grade behind it; a word of a side label may stand in front.
fn is_total(line: &[Token]) -> bool {
    let label = line.iter().take(2).position(|token| find(Scope::Foot, &token.plain) == Some(Label::Total));
    let Some((at, rest)) = label.and_then(|at| Some((at, line.get(at + 1..)?))) else { return false };
    let says = |token: &Token| token.shape.number.is_some() || token.shape.dash || is_grade(token);
    let side = line.iter().take(at).all(|token| token.plain.chars().count() <= 2);
    side && !rest.is_empty() && rest.iter().all(says)
}

fn is_grade(token: &Token) -> bool {
    Grade::from_label(&token.plain).is_some() || find(Scope::Foot, &token.plain) == Some(Label::Grade)
}

/// The folded characters of `tokens`, one behind the other.
pub(super) fn spelled<'t>(tokens: impl IntoIterator<Item = &'t Token>) -> String {
    tokens.into_iter().map(|token| token.plain.as_str()).collect()
}
