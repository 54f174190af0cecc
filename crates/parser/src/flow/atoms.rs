//! Cuts the body of a table into atoms: the smallest pieces that a cell can be made of, each with what it costs that a
//! cell or a row begins with it, or that it goes on with the cell before it.

use std::ops::Range;

use jixiao_core::vocab::{Scope, find};

use super::Style;
use super::ink::{Gap, Ink};
use super::labels::{Hit, Parted, labels_at};

/// A piece of a body. One without characters is a cell that the text marks as blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Its visible characters.
    pub(super) range: Range<usize>,
    /// What it costs that a cell begins here.
    pub(super) cut: u32,
    /// What it costs that the cell before goes on.
    pub(super) join: u32,
    /// What it costs that a row begins here.
    pub(super) row: u32,
    /// What it costs that a cell of the same row begins here.
    pub(super) along: u32,
}

/// A choice that a text almost rules out.
pub(super) const AGAINST: u32 = 40;

/// A blank within a cell, where blanks part the cells.
const INNER_BLANK: u32 = 9;

/// A line end within a cell.
const INNER_LINE: u32 = 18;

/// A row that goes on in the next line.
const NEXT_LINE: u32 = 6;

/// The atoms of the characters `body`.
pub(super) fn atoms(ink: &Ink, body: Range<usize>, style: Style) -> Vec<Atom> {
    match style {
        Style::Glued => glued(ink, body),
        Style::Line | Style::Rows | Style::Cells { .. } => parted(ink, body, style),
    }
}

fn parted(ink: &Ink, body: Range<usize>, style: Style) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut start = body.start;
    while start < body.end {
        let ends = |at: &usize| match ink.gap(*at) {
            Gap::None => false,
            Gap::Space => !matches!(style, Style::Cells { .. }),
            Gap::Line(_) => true,
        };
        let end = (start + 1..body.end).find(ends).unwrap_or(body.end);
        blanks(ink, start, style, &mut atoms);
        atoms.push(parted_atom(ink, start..end, style));
        start = end;
    }
    atoms
}

/// The blank cells that empty lines in front of `start` stand for.
fn blanks(ink: &Ink, start: usize, style: Style, atoms: &mut Vec<Atom>) {
    let (Style::Cells { between }, Gap::Line(blank)) = (style, ink.gap(start)) else { return };
    for _ in 0..blank.saturating_sub(between).min(MOST_BLANKS) {
        atoms.push(Atom { range: start..start, cut: 0, join: AGAINST, row: 0, along: 0 });
    }
}

/// Blank cells in a row of which an official table has at most this many.
const MOST_BLANKS: usize = 12;

fn parted_atom(ink: &Ink, range: Range<usize>, style: Style) -> Atom {
    let line = matches!(ink.gap(range.start), Gap::Line(_));
    let (row, along) = match (style, line) {
        (Style::Rows, true) => (0, NEXT_LINE),
        (Style::Rows, false) => (AGAINST, 0),
        _ => (0, 0),
    };
    let hangs = ink.char(range.start).is_some_and(|c| matches!(c, ',' | '。' | '、' | ';' | ')'));
    let join = if line { INNER_LINE } else { INNER_BLANK };
    Atom { range, cut: if hangs { AGAINST } else { 0 }, join: if hangs { 0 } else { join }, row, along }
}

/// What a cell boundary costs in front of each character of a glued body; [`AGAINST`] where there is none.
struct Cuts {
    start: usize,
    cut: Vec<u32>,
    join: Vec<u32>,
}

impl Cuts {
    /// Allows a boundary at `at`.
    fn allow(&mut self, at: usize, cut: u32, join: u32) {
        let Some(index) = at.checked_sub(self.start).filter(|index| *index < self.cut.len()) else { return };
        if let (Some(own), Some(own_join)) = (self.cut.get_mut(index), self.join.get_mut(index)) {
            *own = (*own).min(cut);
            *own_join = (*own_join).max(join);
        }
    }
}

fn glued(ink: &Ink, body: Range<usize>) -> Vec<Atom> {
    let mut cuts = Cuts { start: body.start, cut: vec![AGAINST; body.len()], join: vec![0; body.len()] };
    cuts.allow(body.start, 0, 0);
    let stems = has_stems(ink, &body);
    for at in body.clone().skip(1) {
        by_class(ink, at, &mut cuts);
    }
    for at in body.clone() {
        by_label(ink, at, &body, stems, &mut cuts);
        by_unit(ink, at, &mut cuts);
        by_word(ink, at, &mut cuts);
        by_echo(ink, at, &body, &mut cuts);
    }
    let starts: Vec<usize> =
        body.clone().filter(|at| cuts.cut.get(at - body.start).is_some_and(|cut| *cut < AGAINST)).collect();
    let ends = starts.iter().skip(1).copied().chain([body.end]);
    let at = |costs: &[u32], start: usize| costs.get(start - body.start).copied().unwrap_or_default();
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| Atom {
            range: *start..end,
            cut: at(&cuts.cut, *start),
            join: at(&cuts.join, *start),
            row: 0,
            along: 0,
        })
        .collect()
}

/// What a character is to a reader who looks for the end of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    /// Within a number.
    Point,
    Percent,
    Comparator,
    /// A dash or slash, which may be a blank cell.
    Dash,
    Stop,
    Close,
    /// Punctuation that a cell does not begin with.
    Mark,
    /// Stars and dots.
    Sign,
    Word,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        '.' => Class::Point,
        '%' | '‰' => Class::Percent,
        '>' | '<' | '=' | '≥' | '≤' => Class::Comparator,
        '-' | '/' | '\\' => Class::Dash,
        '。' | ';' | '!' => Class::Stop,
        ')' | ']' | '》' | '”' => Class::Close,
        ',' | '、' | ':' | '(' | '[' | '《' | '“' | '·' | '+' | '~' => Class::Mark,
        '★' | '☆' | '…' | '⋯' => Class::Sign,
        _ => Class::Word,
    }
}

/// Boundaries between characters of different kinds.
fn by_class(ink: &Ink, at: usize, cuts: &mut Cuts) {
    use Class::{Close, Comparator, Dash, Digit, Mark, Percent, Point, Sign, Stop, Word};
    let (Some(left), Some(right)) = (at.checked_sub(1).and_then(|left| ink.char(left)), ink.char(at)) else { return };
    let cost = match (class(left), class(right)) {
        (Comparator, _) | (Point, _) | (_, Point | Mark | Stop | Close | Percent) | (Mark, _) => return,
        (_, Comparator) => Some((0, 6)),
        (Percent, Word | Digit | Sign | Dash) => Some((0, 2)),
        (Word | Close | Stop, Digit) => Some((1, 1)),
        (Digit, Word) => Some((1, 0)),
        (Digit, Digit) => Some((2, 0)),
        (Stop, _) => Some((2, 0)),
        (_, Dash) | (Dash, _) => Some((2, 1)),
        (Sign, _) if matches!(left, '★' | '☆') => return,
        (Sign, Sign) => return,
        (_, Sign) | (Sign, _) => Some((0, 4)),
        (Close, Word) => Some((3, 0)),
        (Word, Word) => return,
    };
    if let Some((cut, join)) = cost {
        cuts.allow(at, cut, join);
    }
}

/// Boundaries around labels: a whole level name is rarely part of a text, its stem often is.
fn by_label(ink: &Ink, at: usize, body: &Range<usize>, stems: bool, cuts: &mut Cuts) {
    let scopes = [Scope::Level1, Scope::Level2, Scope::FundRow, Scope::SubRow];
    for (scope, hit) in scopes.into_iter().flat_map(|scope| hits(ink, scope, at)) {
        if hit.range.end > body.end {
            continue;
        }
        let whole = stems || scope == Scope::FundRow || ink.plain(hit.range.clone()).contains("指标");
        let (cut, join) = if whole { (0, 6) } else { (5, 0) };
        let of_which = at.checked_sub(3).filter(|start| ink.spells(*start, "其中:"));
        cuts.allow(of_which.unwrap_or(at), cut, join);
        cuts.allow(hit.range.end, cut, join);
    }
    for word in NATURES.iter().filter(|word| ink.spells(at, word)) {
        cuts.allow(at, 1, 2);
        cuts.allow(at + word.chars().count(), 1, 2);
    }
    if ink.spells(at, "指标") && ink.char(at + 2).is_some_and(|c| c.is_ascii_digit()) && ink.char(at + 3) == Some(':')
    {
        cuts.allow(at, 0, 6);
        cuts.allow(at + 4, 4, 0);
    }
}

/// True where no level's name ends in 指标: the form prints their stems.
fn has_stems(ink: &Ink, body: &Range<usize>) -> bool {
    let whole =
        |at: usize| hits(ink, Scope::Level2, at).iter().any(|(_, hit)| ink.plain(hit.range.clone()).contains("指标"));
    !body.clone().any(whole)
}

/// Units that are a word.
const UNITS: &[&str] = &[
    "万元/公里",
    "平方米",
    "万人次",
    "公里",
    "万元",
    "亿元",
    "人次",
    "万人",
    "万亩",
    "个月",
    "小时",
    "公斤",
    "百分比",
    "个",
    "处",
    "次",
    "亩",
    "人",
    "套",
    "台",
    "场",
    "家",
    "户",
    "元",
    "米",
    "天",
    "项",
    "份",
    "期",
    "件",
    "条",
    "名",
    "辆",
    "间",
    "座",
    "所",
    "吨",
    "岁",
    "批",
    "盏",
    "株",
];

/// Longest unit that is told by being said twice.
const LONGEST_UNIT: usize = 6;

/// Boundaries behind units: behind the one that the number before has too, else behind a known one.
fn by_unit(ink: &Ink, at: usize, cuts: &mut Cuts) {
    let digit = |at: usize| ink.char(at).is_some_and(|c| c.is_ascii_digit());
    if !at.checked_sub(1).is_some_and(digit) || digit(at) || ink.char(at) == Some('.') {
        return;
    }
    if let Some(length) = unit_before(ink, at) {
        cuts.allow(at + length, 1, 3);
    } else if let Some(unit) = UNITS.iter().find(|unit| ink.spells(at, unit)) {
        cuts.allow(at + unit.chars().count(), 4, 0);
    }
}

/// Length of the unit behind the number before the one that ends at `at`, where it stands at `at` too.
fn unit_before(ink: &Ink, at: usize) -> Option<usize> {
    let figure = |at: &usize| {
        ink.char(*at).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '>' | '<' | '=' | '≥' | '≤'))
    };
    let unit_end = (at.saturating_sub(LONGEST_ECHO)..at).rev().find(|at| !figure(at))? + 1;
    let least = unit_end.saturating_sub(LONGEST_UNIT + 1);
    let unit_start = (least..unit_end).rev().find(figure)? + 1;
    let unit = ink.chars.get(unit_start..unit_end).filter(|unit| !unit.is_empty())?;
    ink.chars.get(at..)?.starts_with(unit).then_some(unit.len())
}

fn hits(ink: &Ink, scope: Scope, at: usize) -> Vec<(Scope, Hit)> {
    labels_at(ink, scope, at, Parted::Never).into_iter().map(|hit| (scope, hit)).collect()
}

/// What 指标性质 holds beside comparators.
const NATURES: &[&str] = &["定量指标", "定性指标", "定性", "定量", "优良中低差"];

/// Words with which names of indicators end.
const NAME_ENDS: &[&str] = &[
    "率",
    "量",
    "数",
    "度",
    "额",
    "程度",
    "情况",
    "满意度",
    "知晓度",
    "数量",
    "人数",
    "次数",
    "面积",
    "长度",
    "标准",
    "成本",
    "时间",
    "性",
    "机制",
];

/// Words that are results by themselves: what a qualitative target or actual begins with.
const RESULTS: &[&str] = &[
    "达成",
    "基本达成",
    "部分达成",
    "未达成",
    "及时",
    "完成",
    "基本完成",
    "全部完成",
    "未完成",
    "按时完成",
    "按期完成",
    "按计划",
    "按照",
    "明显",
    "显著",
    "效果",
    "逐步",
    "有效",
    "持续",
    "稳步",
    "不断",
    "进一步",
    "长期",
    "良好",
    "较好",
    "优",
    "良",
    "合格",
    "符合",
    "达到",
    "达标",
    "提高",
    "提升",
    "改善",
    "增强",
    "促进",
    "保障",
    "严格",
    "全部",
    "已",
    "无",
    "有",
    "是",
    "定性",
    "定量",
    "健全",
    "制度健全",
    "满意",
];

/// Boundaries within a run of words: behind words that names end with, in front of words that say a result.
fn by_word(ink: &Ink, at: usize, cuts: &mut Cuts) {
    for end in NAME_ENDS.iter().filter(|word| ink.spells(at, word)).map(|word| at + word.chars().count()) {
        if ink.char(end).is_some_and(|c| class(c) == Class::Word) {
            cuts.allow(end, 6, 0);
        }
    }
    let word = at.checked_sub(1).and_then(|before| ink.char(before)).is_some_and(|c| class(c) == Class::Word);
    if word && RESULTS.iter().any(|result| ink.spells(at, result)) {
        let behind_name =
            NAME_ENDS.iter().any(|end| at.checked_sub(end.chars().count()).is_some_and(|start| ink.spells(start, end)));
        cuts.allow(at, if behind_name { 3 } else { 6 }, 0);
    }
}

/// Longest text that is looked for twice.
const LONGEST_ECHO: usize = 40;

/// An actual often repeats its target: a boundary between the two, and around them.
fn by_echo(ink: &Ink, at: usize, body: &Range<usize>, cuts: &mut Cuts) {
    let most = LONGEST_ECHO.min((body.end - at) / 2);
    let chars = |range: Range<usize>| ink.chars.get(range).unwrap_or_default();
    let echo = (2..=most).rev().find(|length| {
        chars(at..at + length) == chars(at + length..at + 2 * length)
            && chars(at..at + length).iter().all(|c| {
                matches!(
                    class(*c),
                    Class::Word | Class::Mark | Class::Close | Class::Digit | Class::Point | Class::Percent
                )
            })
            && chars(at..at + length).iter().any(|c| class(*c) == Class::Word)
    });
    if let Some(length) = echo {
        cuts.allow(at, 3, 0);
        cuts.allow(at + length, 1, 4);
        cuts.allow(at + 2 * length, 2, 0);
    }
}

/// True where the characters `range` spell a level's name, with the points behind it.
pub(super) fn spells_level(ink: &Ink, range: Range<usize>) -> bool {
    let plain = ink.plain(range);
    [Scope::Level1, Scope::Level2, Scope::Block].into_iter().any(|scope| find(scope, &plain).is_some())
}
