//! Rows of column labels: each label may be wrapped over several lines, centred on the others.

use std::ops::Range;

use jixiao_core::vocab::{self, Label, Scope, find};
use jixiao_core::{FundField, IndicatorField};

use super::sheet::{Sheet, Word};

/// How many lines above and below its main line a wrapped label may reach.
const REACH: usize = 4;

/// What a row of column labels opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    Funds,
    Goals,
    Indicators,
}

impl Block {
    /// Where its column labels are listed.
    pub(super) const fn scope(self) -> Scope {
        match self {
            Self::Funds => Scope::FundColumn,
            Self::Goals => Scope::Goal,
            Self::Indicators => Scope::IndicatorColumn,
        }
    }
}

/// One column label.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// Its words from top to bottom.
    pub(super) words: Vec<Word>,
    /// The positions it covers.
    pub(super) extent: Range<usize>,
    /// What it says.
    pub(super) label: Option<Label>,
}

impl Column {
    fn spell(&mut self, sheet: &Sheet<'_>, block: Block) {
        self.words.sort_by_key(|word| word.start);
        self.label = find(block.scope(), &sheet.spelled(&self.words));
    }
}

/// A row of column labels.
#[derive(Debug, Clone)]
pub(super) struct Head {
    pub(super) block: Block,
    /// The lines it covers.
    pub(super) lines: Range<usize>,
    /// Its columns from left to right, the side label left out.
    pub(super) columns: Vec<Column>,
    /// Words of the side label within these lines.
    pub(super) side: Vec<Word>,
}

/// Every row of column labels of the sheet.
pub(super) fn heads(sheet: &Sheet<'_>) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for line in 0..sheet.lines.len() {
        let from = heads.last().map_or(0, |head| head.lines.end);
        if line >= from
            && let Some(head) = head_at(sheet, line, from)
        {
            heads.push(head);
        }
    }
    heads
}

fn head_at(sheet: &Sheet<'_>, line: usize, from: usize) -> Option<Head> {
    let block = [Block::Indicators, Block::Funds, Block::Goals].into_iter().find(|block| opens(sheet, line, *block))?;
    let lines = extent(sheet, line, from, block);
    let mut columns = clusters(sheet, lines.clone(), block);
    let mut side = Vec::new();
    let labelled = columns.iter().position(|column| column.label.is_some())?;
    for column in columns.drain(..labelled) {
        side.extend(column.words);
    }
    Some(Head { block, lines, columns, side })
}

/// True where `line` names enough columns of `block`.
fn opens(sheet: &Sheet<'_>, line: usize, block: Block) -> bool {
    let labels: Vec<Label> =
        sheet.line(line).iter().filter_map(|word| find(block.scope(), &sheet.plain(word))).collect();
    let has = |label: Label| labels.contains(&label);
    match block {
        Block::Indicators => labels.len() >= 3 && has(Label::IndicatorColumn(IndicatorField::Level3)),
        // No other table has columns of money.
        Block::Funds => labels.len() >= 3 && FundField::MONEY.iter().any(|field| has(Label::FundColumn(*field))),
        Block::Goals => has(Label::Expected) && has(Label::Actual),
    }
}

fn extent(sheet: &Sheet<'_>, line: usize, from: usize, block: Block) -> Range<usize> {
    if block == Block::Goals {
        return line..line + 1;
    }
    let fits = |at: &usize| {
        let words = sheet.line(*at);
        let side = words.iter().all(|word| is_side_part(&sheet.plain(word)));
        let heading = find(Scope::Block, &sheet.spelled(words)).is_some() || (side && *at < line);
        !heading && sheet.page(*at) == sheet.page(line) && words.iter().all(|word| is_fragment(sheet, word, block))
    };
    let above = (from.max(line.saturating_sub(REACH))..line).rev().take_while(fits).count();
    let below = (line + 1..sheet.lines.len().min(line + 1 + REACH)).take_while(fits).count();
    line - above..line + 1 + below
}

/// True for a piece of a column label or of a side label.
fn is_fragment(sheet: &Sheet<'_>, word: &Word, block: Block) -> bool {
    let plain = sheet.plain(word);
    let part = |scope: Scope| vocab::spellings(scope).any(|(name, _)| name.contains(plain.as_str()));
    plain.starts_with('(') && plain.ends_with(')') || part(block.scope()) || is_side_part(&plain)
}

/// True for a piece of a side label, its unit of money in brackets included.
pub(super) fn is_side_part(plain: &str) -> bool {
    let bare = plain.trim_matches(|c| matches!(c, '(' | ')' | ':'));
    let part = |bare: &str| vocab::spellings(Scope::Block).any(|(name, _)| name.contains(bare));
    let (label, unit) = plain.split_once('(').unwrap_or((bare, ""));
    plain == ")"
        || !bare.is_empty()
            && (part(bare)
                || MONEY.contains(bare)
                || (part(label) && !label.is_empty() && MONEY.contains(unit.trim_end_matches(')'))))
}

/// The bracket of a side label that says the unit of money.
const MONEY: &str = "单位:万元";

/// The words of `lines` joined where they stand above each other.
fn clusters(sheet: &Sheet<'_>, lines: Range<usize>, block: Block) -> Vec<Column> {
    let mut words: Vec<Word> = sheet.words(lines).copied().collect();
    words.sort_by_key(|word| word.x);
    let mut columns: Vec<Column> = Vec::new();
    for word in words {
        match columns.last_mut() {
            Some(column) if word.x < column.extent.end => {
                column.extent.end = column.extent.end.max(word.x_end());
                column.words.push(word);
            }
            _ => columns.push(Column { words: vec![word], extent: word.x..word.x_end(), label: None }),
        }
    }
    columns.iter_mut().for_each(|column| column.spell(sheet, block));
    let columns = columns.into_iter().flat_map(|column| split(sheet, column, block)).collect();
    join_parts(sheet, columns, block)
}

/// Parts two labels that reach above each other.
fn split(sheet: &Sheet<'_>, column: Column, block: Block) -> Vec<Column> {
    let mut words = column.words.clone();
    words.sort_by_key(|word| word.x);
    let part = |words: &[Word]| {
        let start = words.iter().map(|word| word.x).min().unwrap_or(0);
        let end = words.iter().map(Word::x_end).max().unwrap_or(0);
        let mut part = Column { words: words.to_vec(), extent: start..end, label: None };
        part.spell(sheet, block);
        part
    };
    let cut = |at: usize| Some([part(words.get(..at)?), part(words.get(at..)?)]);
    let both = |parts: &[Column; 2]| parts.iter().all(|part| part.label.is_some());
    let parts = (1..words.len()).filter_map(cut).find(both).filter(|_| column.label.is_none());
    parts.map_or_else(|| vec![column], Vec::from)
}

/// Joins the parts of a label that do not stand above each other.
fn join_parts(sheet: &Sheet<'_>, columns: Vec<Column>, block: Block) -> Vec<Column> {
    let mut joined: Vec<Column> = Vec::new();
    for column in columns {
        if let Some(last) = joined.last_mut().filter(|last| last.label.is_none() || column.label.is_none()) {
            let mut both = last.clone();
            both.words.extend(&column.words);
            both.extent.end = column.extent.end;
            both.spell(sheet, block);
            if both.label.is_some() && !is_side_part(&sheet.spelled(&last.words)) {
                *last = both;
                continue;
            }
        }
        joined.push(column);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_label_may_break_before_its_closing_bracket() {
        assert!(["项目资金(万元", "元)", ")", "资金"].into_iter().all(is_side_part));
        assert!(!["()", "年度资金总额", ""].into_iter().any(is_side_part));
    }
}
