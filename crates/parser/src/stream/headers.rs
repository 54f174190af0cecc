//! Column headers: a run of tokens that spell several labels of one table, whatever the line breaks between them.

use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{FundField, IndicatorField};

use super::doc::Doc;

/// Longest column header in tokens.
const HEADER_TOKENS: usize = 64;

/// A column header: its labels in printed order and the tokens it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    /// The columns.
    pub(crate) columns: Vec<Label>,
    /// The columns' labels as spelled, folded, brackets aside.
    pub(crate) names: Vec<String>,
    /// First token.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
}

/// The indicator header that begins at token `start`.
pub(crate) fn indicator_header(doc: &Doc, start: usize) -> Option<Header> {
    let header = header_at(doc, Scope::IndicatorColumn, start)?;
    let has = |field| header.columns.contains(&Label::IndicatorColumn(field));
    (header.columns.len() >= 4
        && has(IndicatorField::Level3)
        && (has(IndicatorField::Target) || has(IndicatorField::Actual)))
    .then_some(header)
}

/// The funds header that begins at token `start`.
pub(crate) fn fund_header(doc: &Doc, start: usize) -> Option<Header> {
    let header = header_at(doc, Scope::FundColumn, start)?;
    let has = |field| header.columns.contains(&Label::FundColumn(field));
    (header.columns.len() >= 3 && has(FundField::AnnualBudget) && has(FundField::Executed)).then_some(header)
}

/// The goals header (预期目标 and 实际完成情况) that begins at token `start`.
pub(crate) fn goal_header(doc: &Doc, start: usize) -> Option<Header> {
    let header = header_at(doc, Scope::Goal, start)?;
    (header.columns.contains(&Label::Expected) && header.columns.contains(&Label::Actual)).then_some(header)
}

/// Reads labels one behind the other, longest first, and stops at the last token that a label ends with.
fn header_at(doc: &Doc, scope: Scope, start: usize) -> Option<Header> {
    let first = doc.tokens.get(start)?.plain.chars().next()?;
    if !vocab::begins(scope, first.encode_utf8(&mut [0; 4])) {
        return None;
    }
    let spelled = Spelled::new(doc, start);
    let mut header = Header { columns: Vec::new(), names: Vec::new(), start, end: start };
    let mut pending = Vec::new();
    let mut at = 0;
    while let Some((label, length)) = spelled.label_at(scope, at) {
        pending.push((label, spelled.chars[at..at + length].iter().collect::<String>()));
        at += length;
        let bracket = bracket_length(&spelled.chars[at..]);
        for end in [at, at + bracket] {
            if let Some(tokens) = spelled.ends.iter().position(|token_end| *token_end == end) {
                header.add(&mut pending);
                header.end = start + tokens + 1;
                at = end;
            }
        }
        if !pending.is_empty() {
            at += bracket;
        }
    }
    (header.end > start).then_some(header)
}

impl Header {
    /// Takes in the labels read since the last token's end.
    fn add(&mut self, pending: &mut Vec<(Label, String)>) {
        for (label, name) in pending.drain(..) {
            self.columns.push(label);
            self.names.push(name);
        }
    }
}

/// The characters of a run of tokens.
struct Spelled {
    chars: Vec<char>,
    /// Where each token ends.
    ends: Vec<usize>,
    /// Where a blank within a line stands: there one label ends and the next begins.
    gaps: Vec<usize>,
}

impl Spelled {
    fn new(doc: &Doc, start: usize) -> Self {
        let mut spelled = Self { chars: Vec::new(), ends: Vec::new(), gaps: Vec::new() };
        for token in doc.tokens.iter().skip(start).take(HEADER_TOKENS) {
            if !token.piece.leads && !spelled.chars.is_empty() {
                spelled.gaps.push(spelled.chars.len());
            }
            spelled.chars.extend(token.plain.chars());
            spelled.ends.push(spelled.chars.len());
        }
        spelled
    }

    /// The label that begins at `at`: that of one token where the next token is a label too, else the longest one
    /// that no gap cuts, else the longest one. Where what is left behind it begins no label, a longer one that ends
    /// with a token is meant: 偏差原因分析及 and 改进措施 are one.
    fn label_at(&self, scope: Scope, at: usize) -> Option<(Label, usize)> {
        let chars = self.chars.get(at..)?;
        if let Some(found) = self.token_at(scope, at) {
            return Some(found);
        }
        let spelled = || {
            let begins = vocab::spellings(scope).filter(|(name, _)| begins(chars, name));
            begins.map(|(name, label)| (label, name.chars().count()))
        };
        let cut = |length: usize| self.gaps.iter().any(|gap| (at + 1..at + length).contains(gap));
        let uncut = spelled().max_by_key(|(_, length)| (!cut(*length), *length))?;
        let rest = chars.get(uncut.1..).unwrap_or_default();
        let goes_on = rest.first() == Some(&'(') || vocab::spellings(scope).any(|(name, _)| begins(rest, name));
        let longer = spelled().filter(|(_, length)| *length > uncut.1 && self.ends.contains(&(at + length)));
        Some(longer.max_by_key(|(_, length)| *length).filter(|_| !goes_on).unwrap_or(uncut))
    }
}

impl Spelled {
    /// The label that the token at `at` spells, where the token behind it spells one as well.
    fn token_at(&self, scope: Scope, at: usize) -> Option<(Label, usize)> {
        let mut ends = self.ends.iter().filter(|end| **end > at);
        let (end, next) = (*ends.next()?, *ends.next()?);
        let spelled =
            |from: usize, to: usize| -> String { self.chars.get(from..to).unwrap_or_default().iter().collect() };
        let label = vocab::find(scope, &spelled(at, end))?;
        vocab::find(scope, &spelled(end, next)).map(|_| (label, end - at))
    }
}

fn begins(chars: &[char], name: &str) -> bool {
    name.chars().enumerate().all(|(at, c)| chars.get(at) == Some(&c))
}

/// Length of the bracket that `chars` begins with, such as `(B/A)`.
fn bracket_length(chars: &[char]) -> usize {
    if chars.first() != Some(&'(') {
        return 0;
    }
    let mut depth = 0_i32;
    for (index, c) in chars.iter().take(24).enumerate() {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        if depth == 0 {
            return index + 1;
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn line_breaks_do_not_hide_a_header() {
        let text = Text::new(
            "一级指标 二级指标 三级指标\n年度\n\n指标值\n实际\n完成值\n分值 得分\n\n偏差原因分析及\n改进措施\n\n产出指标",
        );
        let header = indicator_header(&Doc::new(&text), 0).unwrap();
        assert_eq!(header.columns, IndicatorField::ALL.map(Label::IndicatorColumn));
        assert_eq!(header.end, 11);
    }

    #[test]
    fn brackets_belong_to_the_label_before_them() {
        let text = Text::new("全年预算数（A） 全年执行数（B） 分值 执行率（B/A） 得分 10");
        let header = fund_header(&Doc::new(&text), 0).unwrap();
        assert_eq!(header.columns.len(), 5);
        assert_eq!(header.end, 5);
    }

    #[test]
    fn a_text_that_begins_with_a_bracket_is_no_part_of_the_header() {
        let text = Text::new("预期目标 实际完成情况\n（1）疏浚河道三公里");
        assert_eq!(goal_header(&Doc::new(&text), 0).unwrap().end, 2);
    }

    #[test]
    fn a_blank_parts_two_labels_that_would_spell_one() {
        let text = Text::new("全年预算数 全年执行数 执行率 得分");
        let header = fund_header(&Doc::new(&text), 0).unwrap();
        assert_eq!(header.columns.len(), 4);
    }

    #[test]
    fn a_label_cut_by_a_blank_is_one_where_nothing_else_can_follow() {
        for reason in ["偏差原因分析及 改进措施", "偏差原因分析 及 改进措施"] {
            let text =
                Text::new(&format!("一级指标 二级指标 三级指标 年度 指标值 实际 完成值 分值 得分 {reason}\n产出指标"));
            let doc = Doc::new(&text);
            let header = indicator_header(&doc, 0).unwrap();
            assert_eq!(header.columns.len(), 8, "{reason}");
            assert_eq!(header.end + 1, doc.tokens.len(), "{reason}");
        }
    }

    #[test]
    fn a_single_label_is_no_header() {
        let text = Text::new("实际完成情况 良好");
        assert_eq!(goal_header(&Doc::new(&text), 0), None);
    }
}
