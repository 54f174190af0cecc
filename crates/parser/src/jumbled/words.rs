//! The words of a jumbled text: printed labels, figures and everything else, told apart without regard to their order.

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Label, Scope, find, is_title};

use crate::stream::doc::{Doc, Hit, Token};
use crate::stream::is_page_mark;
use crate::value;

/// A bracket with the year may be cut into this many pieces: `（ 2023 年度 ）`.
const BRACKET_PIECES: usize = 4;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// The title of a form.
    Title,
    /// The bracket that prints the year.
    Year,
    /// The bracket that prints the unit of the amounts.
    AmountUnit,
    /// A printed label.
    Label(Scope, Label),
    /// The name of a level, and whether it may be one of level 1 and one of level 2.
    Level(bool, bool),
    /// A number, a rate or the dash of a blank cell.
    Figure,
    /// A page number.
    Furniture,
    /// Anything else.
    Text,
}

/// A word: the tokens `start..end` of its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) sort: Sort,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Word {
    /// What the word says as a label.
    pub(super) const fn label(&self) -> Option<Label> {
        match self.sort {
            Sort::Label(_, label) => Some(label),
            _ => None,
        }
    }

    /// The label of a field of the header.
    pub(super) const fn is_field(&self) -> bool {
        matches!(self.sort, Sort::Label(Scope::Header, _))
    }
}

/// Every word of `doc` in order.
pub(super) fn words(doc: &Doc) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut at, mut in_table) = (0, false);
    while at < doc.tokens.len() {
        let word = word_at(doc, at, in_table);
        in_table = match word.sort {
            Sort::Title => false,
            sort => in_table || opens_table(sort),
        };
        at = word.end.max(at + 1);
        words.push(word);
    }
    words
}

/// 一级指标 and its like: what follows belongs to the indicators.
pub(super) fn opens_table(sort: Sort) -> bool {
    use IndicatorField::{Level1, Level2, Level3};
    matches!(sort, Sort::Label(_, Label::IndicatorColumn(Level1 | Level2 | Level3)))
}

fn word_at(doc: &Doc, at: usize, in_table: bool) -> Word {
    let one = |sort| Word { sort, start: at, end: at + 1 };
    let Some(token) = doc.tokens.get(at) else { return one(Sort::Text) };
    if is_title(&token.plain) {
        return one(Sort::Title);
    }
    if let Some(word) = bracket_at(doc, at).or_else(|| label_at(doc, at, in_table)) {
        return word;
    }
    one(if is_page_mark(&token.plain) {
        Sort::Furniture
    } else if is_figure(token) {
        Sort::Figure
    } else {
        Sort::Text
    })
}

/// A number, a rate or a dash: what stands in the columns of the funds.
fn is_figure(token: &Token) -> bool {
    token.shape.number.is_some() || token.shape.dash || value::amount(&token.plain).is_some()
}

fn bracket_at(doc: &Doc, at: usize) -> Option<Word> {
    let mut spelled = String::new();
    for end in at..(at + BRACKET_PIECES).min(doc.tokens.len()) {
        spelled.push_str(&doc.tokens.get(end)?.plain);
        let inner = spelled.strip_prefix('(')?;
        if let Some(inner) = inner.strip_suffix(')') {
            return bracket_sort(inner).map(|sort| Word { sort, start: at, end: end + 1 });
        }
    }
    None
}

fn bracket_sort(inner: &str) -> Option<Sort> {
    let only_year = inner.trim_end_matches(['年', '度']).len() == 4 && value::year(inner).is_some();
    let unit = matches!(inner.trim_start_matches("单位:"), "元" | "万元");
    only_year.then_some(Sort::Year).or_else(|| unit.then_some(Sort::AmountUnit))
}

/// The longest label at `at`; where several are as long, the one that belongs to the part of the form.
fn label_at(doc: &Doc, at: usize, in_table: bool) -> Option<Word> {
    use Scope::{Block, Foot, FundColumn, FundRow, Goal, Header, IndicatorColumn, Level1, Level2};
    let scopes = if in_table {
        [IndicatorColumn, Level1, Level2, Foot, Block, Header, FundRow, FundColumn, Goal]
    } else {
        [Header, Block, FundColumn, FundRow, Goal, IndicatorColumn, Foot, Level1, Level2]
    };
    let hit_in = |scope| doc.label_at(scope, at).map(|hit| (scope, first_of_row(doc, scope, hit)));
    let hits: Vec<(Scope, Hit)> = scopes.into_iter().filter_map(hit_in).collect();
    let longest = hits.iter().map(|(_, hit)| hit.end).max()?;
    let (scope, hit) = hits.iter().find(|(_, hit)| hit.end == longest)?;
    let level = |wanted| hits.iter().any(|(scope, hit)| *scope == wanted && hit.end == longest);
    let sort = match scope {
        Level1 | Level2 => Sort::Level(level(Level1), level(Level2)),
        scope => Sort::Label(*scope, hit.label),
    };
    Some(Word { sort, start: at, end: longest })
}

/// Labels of neighbouring columns may spell a third one (执行率 and 得分): words that are labels each are taken singly.
fn first_of_row(doc: &Doc, scope: Scope, hit: Hit) -> Hit {
    let single = |at: usize| doc.tokens.get(at).and_then(|token| find(scope, &token.plain));
    match single(hit.start) {
        Some(label) if (hit.start..hit.end).all(|at| single(at).is_some()) => Hit { label, end: hit.start + 1, ..hit },
        _ => hit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn sorts(text: &str) -> Vec<Sort> {
        let text = Text::new(text);
        words(&Doc::new(&text)).into_iter().map(|word| word.sort).collect()
    }

    #[test]
    fn labels_broken_by_blanks_are_one_word() {
        let found = sorts("项目支出绩效自评表 （2023 年度） 年度 总体 目标 项目资金 （元） -3- 船坞 88.4%");
        let wanted = [
            Sort::Title,
            Sort::Year,
            Sort::Label(Scope::Block, Label::Goals),
            Sort::Label(Scope::Block, Label::Funds),
            Sort::Furniture,
            Sort::Text,
            Sort::Figure,
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn points_are_columns_of_the_part_they_stand_in() {
        let found = sorts("分值 一级指标 分值 成本指标 质量指标");
        assert_eq!(found[0], Sort::Label(Scope::FundColumn, Label::FundColumn(jixiao_core::FundField::Weight)));
        assert_eq!(found[2], Sort::Label(Scope::IndicatorColumn, Label::IndicatorColumn(IndicatorField::Weight)));
        assert_eq!(found[3..], [Sort::Level(true, true), Sort::Level(false, true)]);
    }
}
