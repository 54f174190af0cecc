//! Titles in running text, and the marks beside them: the year, the unit of money.

use std::ops::Range;

use super::blocks::reads_as_title;
use super::ink::{Gap, Ink};
use super::labels::Parted;
use crate::value;

/// How titles end, the longest first.
const ENDS: &[&str] = &["自评价表", "自评表", "自评价"];

/// What titles are made of in front of their ends, in texts that do not part them from what stands before.
const WORDS: &[&str] = &[
    "绩效",
    "目标",
    "项目",
    "支出",
    "财政",
    "部门",
    "预算",
    "整体",
    "单位",
    "转移支付",
    "区域",
    "(项目)",
    "县级",
    "市级",
    "省级",
    "专项",
    "资金",
];

/// Longest title in characters.
const LONGEST: usize = 60;

/// Longest year or unit in brackets.
const LONGEST_MARK: usize = 14;

/// The titles of `ink`, in order.
pub(super) fn find(ink: &Ink, parted: Parted) -> Vec<Range<usize>> {
    match parted {
        Parted::ByBlanks => parted_titles(ink),
        Parted::Never => glued_titles(ink),
    }
}

/// Whole lines, else single words of lines.
fn parted_titles(ink: &Ink) -> Vec<Range<usize>> {
    let mut titles = Vec::new();
    let mut start = 0;
    while start < ink.len() {
        let end = ink.line_end(start);
        if end - start <= LONGEST && reads_as_title(ink, start..end) {
            titles.push(start..end);
        } else {
            titles.extend(words(ink, start..end).filter(|word| reads_as_title(ink, word.clone())));
        }
        start = end;
    }
    titles
}

/// The words of a line: what stands between blanks.
fn words<'a>(ink: &'a Ink, line: Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let mut at = line.start;
    std::iter::from_fn(move || {
        if at >= line.end {
            return None;
        }
        let end = (at + 1..line.end).find(|next| ink.gap(*next) > Gap::None).unwrap_or(line.end);
        let word = at..end;
        at = end;
        Some(word)
    })
}

fn glued_titles(ink: &Ink) -> Vec<Range<usize>> {
    let mut titles: Vec<Range<usize>> = Vec::new();
    for at in 0..ink.len() {
        let Some(end) = ENDS.iter().find(|end| ink.spells(at, end)).map(|end| at + end.chars().count()) else {
            continue;
        };
        let floor = titles.last().map_or(0, |title| title.end);
        if end > floor {
            titles.push(glued_start(ink, at, floor)..end);
        }
    }
    titles
}

/// Where the title whose end begins at `at` begins: at the end of the text before it, else at the first of the words
/// that titles are made of.
fn glued_start(ink: &Ink, at: usize, floor: usize) -> usize {
    let least = at.saturating_sub(LONGEST).max(floor);
    let text = |at: &usize| ink.char(*at).is_some_and(|c| !c.is_alphabetic() && !matches!(c, '(' | ')'));
    let open = (least..at).rev().find(text).map_or(least, |at| at + 1);
    let whole = (open..at).rev().find(|at| ink.gap(*at) > Gap::None).unwrap_or(open);
    if whole == 0 || ink.gap(whole) > Gap::None || ink.spells(whole, "年") {
        return with_year(ink, whole, floor);
    }
    let mut start = at;
    while let Some(word) = WORDS.iter().find(|word| ends_with(ink, start, word)).filter(|_| start > whole) {
        start -= word.chars().count();
    }
    if start == whole { with_year(ink, start, floor) } else { start.max(whole) }
}

/// 2022年度…: the year in front belongs to the title.
fn with_year(ink: &Ink, start: usize, floor: usize) -> usize {
    const DIGITS: usize = 4;
    let first = start.saturating_sub(DIGITS).max(floor);
    let year = ink.spells(start, "年") && value::year(&ink.plain(first..start + 1)).is_some();
    if year { first } else { start }
}

fn ends_with(ink: &Ink, at: usize, word: &str) -> bool {
    at.checked_sub(word.chars().count()).is_some_and(|start| ink.spells(start, word))
}

/// One past a year or a unit of money in brackets at `at`: （2022年度）, （单位：万元）.
pub(super) fn mark_end(ink: &Ink, at: usize) -> Option<usize> {
    let open = ink.char(at)?;
    if !matches!(open, '(' | '[') {
        return None;
    }
    let close = if open == '(' { ')' } else { ']' };
    let end = (at + 1..at + LONGEST_MARK).find(|end| ink.char(*end) == Some(close))? + 1;
    let inner = ink.plain(at + 1..end - 1);
    let year = inner.trim_end_matches(['年', '度']).len() == 4 && value::year(&inner).is_some();
    (year || matches!(inner.as_str(), "单位:万元" | "单位:元" | "万元" | "元")).then_some(end)
}
