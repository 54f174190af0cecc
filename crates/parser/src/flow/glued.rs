//! Atoms of a body whose cells are glued together: what stands next to each other, known words, and what is said twice
//! tell where a cell may begin.

use std::ops::Range;

use jixiao_core::Comparator;
use jixiao_core::vocab::Scope;

use super::atoms::{AGAINST, Atom};
use super::ink::Ink;
use super::labels::{Hit, Parted, labels_at};
use super::words::{NAME_ENDS, NATURES, RESULTS, UNITS};
use crate::done::LEADS;
use crate::stream::rows::column::BOUNDS;

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

/// The atoms of the characters `body`.
pub(super) fn atoms(ink: &Ink, body: Range<usize>) -> Vec<Atom> {
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
        c if Comparator::SIGNS.contains(&c) => Class::Comparator,
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
        _ if in_date(ink, at) => Some((IN_DATE, 0)),
        (Digit | Percent | Close, Dash) if stands_alone(ink, at) => Some((0, BLANK_SIGN)),
        (Dash, Word) if stands_alone(ink, at - 1) => Some((0, BLANK_SIGN)),
        (Percent, Word | Digit | Sign | Dash) => Some((0, 2)),
        (Word, Digit) if BOUNDS.iter().any(|bound| ends_with(ink, at, bound)) => return,
        (Word | Close | Stop, Digit) => Some((1, 1)),
        (Digit, Word) if is_unit(ink, at) => Some((UNIT, 0)),
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

/// A cell that begins within a date.
const IN_DATE: u32 = 8;

/// A cell that begins with the unit of the number before it.
const UNIT: u32 = 7;

/// The word at `at` is a unit and no more.
fn is_unit(ink: &Ink, at: usize) -> bool {
    let ends = |unit: &&&str| ink.char(at + unit.chars().count()).is_none_or(|c| class(c) != Class::Word);
    UNITS.iter().filter(ends).any(|unit| ink.spells(at, unit))
}

/// A dash or slash between a figure and a word, as a part of a text.
const BLANK_SIGN: u32 = 5;

/// True where the characters around `at` belong to one date: `2023年1月1日-12月31日`, 每月15日.
fn in_date(ink: &Ink, at: usize) -> bool {
    let char = |at: Option<usize>| at.and_then(|at| ink.char(at));
    let digit = |at: Option<usize>| char(at).is_some_and(|c| c.is_ascii_digit());
    let (two, one) = (char(at.checked_sub(2)), char(at.checked_sub(1)));
    match (one, ink.char(at)) {
        (Some(left), Some('月' | '日')) => left.is_ascii_digit(),
        // 年 may begin a reason: 年初…
        (Some(left), Some('年')) => left.is_ascii_digit() && is_year(ink, at),
        (Some('年' | '月' | '日'), Some('-')) => digit(Some(at + 1)),
        (Some('年'), _) => is_count(ink, at, '月') && digit(at.checked_sub(2)),
        (Some('月'), _) => is_count(ink, at, '日'),
        (Some('-'), Some(right)) => right.is_ascii_digit() && matches!(two, Some('年' | '月' | '日')),
        _ => false,
    }
}

/// One or two digits at `at`, and `unit` behind them.
fn is_count(ink: &Ink, at: usize, unit: char) -> bool {
    let digits = (at..at + 2).take_while(|at| ink.char(*at).is_some_and(|c| c.is_ascii_digit())).count();
    digits > 0 && ink.char(at + digits) == Some(unit)
}

/// Four digits alone before `at`, of this century or the last.
fn is_year(ink: &Ink, at: usize) -> bool {
    let Some(start) = at.checked_sub(4) else { return false };
    let figure = |at: usize| ink.char(at).is_some_and(|c| c.is_ascii_digit() || c == '.');
    let century = ["19", "20"].iter().any(|century| ink.spells(start, century));
    century && (start..at).all(figure) && !start.checked_sub(1).is_some_and(figure)
}

/// A dash or slash at `at` that stands for a blank cell: behind a figure, before a word.
fn stands_alone(ink: &Ink, at: usize) -> bool {
    let class_at = |at: usize| ink.char(at).map(class);
    let figure = matches!(at.checked_sub(1).and_then(class_at), Some(Class::Digit | Class::Percent | Class::Close));
    figure && class_at(at) == Some(Class::Dash) && class_at(at + 1) == Some(Class::Word)
}

fn ends_with(ink: &Ink, at: usize, word: &str) -> bool {
    at.checked_sub(word.chars().count()).is_some_and(|start| ink.spells(start, word))
}

/// The whole name of a level within a text.
const WHOLE_NAME: u32 = 9;

/// Boundaries around labels: a whole level name is rarely part of a text, its stem often is.
fn by_label(ink: &Ink, at: usize, body: &Range<usize>, stems: bool, cuts: &mut Cuts) {
    let scopes = [Scope::Level1, Scope::Level2, Scope::FundRow, Scope::SubRow];
    for (scope, hit) in scopes.into_iter().flat_map(|scope| hits(ink, scope, at)) {
        if hit.range.end > body.end {
            continue;
        }
        let whole = stems || scope == Scope::FundRow || is_whole(ink, &hit);
        let (cut, join) = if whole { (0, WHOLE_NAME) } else { (5, 0) };
        let of_which = at.checked_sub(3).filter(|start| ink.spells(*start, "其中:"));
        cuts.allow(of_which.unwrap_or(at), cut, join);
        cuts.allow(hit.range.end, cut, join);
        if scope == Scope::Level1 && whole {
            below_level1(ink, hit.range.end, cuts);
        }
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

/// Behind the whole name of a level 1, a name of level 2 may lack 指标.
fn below_level1(ink: &Ink, at: usize, cuts: &mut Cuts) {
    for (_, hit) in hits(ink, Scope::Level2, at).iter().take(1) {
        cuts.allow(hit.range.end, 1, 4);
    }
}

fn is_whole(ink: &Ink, hit: &Hit) -> bool {
    ink.plain(hit.range.start..hit.name_end).ends_with("指标")
}

/// True where no name that is of level 2 alone ends in 指标: the form prints stems.
fn has_stems(ink: &Ink, body: &Range<usize>) -> bool {
    let own = |at: usize| hits(ink, Scope::Level2, at).into_iter().filter(|(_, hit)| is_whole(ink, hit));
    let level1 = |at: usize| hits(ink, Scope::Level1, at).iter().any(|(_, hit)| is_whole(ink, hit));
    !body.clone().any(|at| !level1(at) && own(at).next().is_some())
}

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
    let figure =
        |at: &usize| ink.char(*at).is_some_and(|c| c.is_ascii_digit() || c == '.' || Comparator::SIGNS.contains(&c));
    let unit_end = (at.saturating_sub(LONGEST_ECHO)..at).rev().find(|at| !figure(at))? + 1;
    let least = unit_end.saturating_sub(LONGEST_UNIT + 1);
    let unit_start = (least..unit_end).rev().find(figure)? + 1;
    let unit = ink.chars.get(unit_start..unit_end).filter(|unit| !unit.is_empty())?;
    ink.chars.get(at..)?.starts_with(unit).then_some(unit.len())
}

fn hits(ink: &Ink, scope: Scope, at: usize) -> Vec<(Scope, Hit)> {
    labels_at(ink, scope, at, Parted::Never).into_iter().map(|hit| (scope, hit)).collect()
}

/// Boundaries within a run of words: behind words that names end with, in front of words that say a result or a bound.
fn by_word(ink: &Ink, at: usize, cuts: &mut Cuts) {
    for end in NAME_ENDS.iter().filter(|word| ink.spells(at, word)).map(|word| at + word.chars().count()) {
        if ink.char(end).is_some_and(|c| class(c) == Class::Word) {
            cuts.allow(end, 4, 0);
        }
    }
    if at.checked_sub(1).and_then(|before| ink.char(before)).is_none_or(|c| class(c) != Class::Word) {
        return;
    }
    if BOUNDS.iter().any(|bound| ink.spells(at, bound)) {
        cuts.allow(at, 1, 4);
    }
    if RESULTS.iter().any(|result| ink.spells(at, result)) {
        let behind_name = NAME_ENDS.iter().chain(UNITS).any(|end| ends_with(ink, at, end));
        cuts.allow(at, if behind_name { 2 } else { 5 }, 0);
    }
}

/// Longest text that is looked for twice.
const LONGEST_ECHO: usize = 40;

/// An actual often repeats its target: a boundary between the two, and around them.
fn by_echo(ink: &Ink, at: usize, body: &Range<usize>, cuts: &mut Cuts) {
    if let Some(length) = echo(ink, at, body) {
        cuts.allow(at, 3, 0);
        cuts.allow(at + length, 1, 4);
        cuts.allow(at + 2 * length, 2, 0);
    } else if let Some(again) = echo_begins(ink, at, body) {
        cuts.allow(at, 5, 0);
        cuts.allow(again, 3, 0);
    }
}

/// Length of the text at `at` that is said twice.
fn echo(ink: &Ink, at: usize, body: &Range<usize>) -> Option<usize> {
    let most = LONGEST_ECHO.min((body.end - at) / 2);
    let chars = |range: Range<usize>| ink.chars.get(range).unwrap_or_default();
    (2..=most).rev().find(|length| {
        chars(at..at + length) == chars(at + length..at + 2 * length)
            && chars(at..at + length).iter().all(|c| {
                matches!(
                    class(*c),
                    Class::Word | Class::Mark | Class::Close | Class::Digit | Class::Point | Class::Percent
                )
            })
            && chars(at..at + length).iter().any(|c| class(*c) == Class::Word)
    })
}

/// Fewest characters that an actual takes up from the beginning of its target.
const SHORTEST_BEGINNING: usize = 3;

/// Where a text that begins as the one at `at` does, or with a word such as 已 in front, begins anew behind it.
fn echo_begins(ink: &Ink, at: usize, body: &Range<usize>) -> Option<usize> {
    let beginning = ink.chars.get(at..at + SHORTEST_BEGINNING)?;
    let words = |c: &char| class(*c) == Class::Word;
    let follows_words = at.checked_sub(1).and_then(|before| ink.char(before)).is_some_and(|c| words(&c));
    if !follows_words || !beginning.iter().all(words) {
        return None;
    }
    let until = body.end.min(at + LONGEST_ECHO);
    let mut text = (at + SHORTEST_BEGINNING..until).take_while(|next| ink.char(*next).is_some_and(is_text));
    let again = text.find(|next| ink.chars.get(*next..*next + SHORTEST_BEGINNING) == Some(beginning))?;
    let led = LEADS.iter().find(|lead| ends_with(ink, again, lead));
    Some(led.map_or(again, |lead| again - lead.chars().count()))
}

fn is_text(c: char) -> bool {
    matches!(class(c), Class::Word | Class::Mark | Class::Close)
}

/// True where nothing but the meaning of the words tells that a cell begins at `at`.
pub(super) fn is_guess(ink: &Ink, at: usize) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| ink.char(at)).is_some_and(|c| class(c) == Class::Word);
    word(at.checked_sub(1)) && word(Some(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// The atoms of `line`, joined where a cut costs more than `most`.
    fn pieces(line: &str, most: u32) -> Vec<String> {
        let text = Text::new(line);
        let ink = Ink::new(&text);
        let mut pieces: Vec<String> = Vec::new();
        for atom in atoms(&ink, 0..ink.len()) {
            let plain = ink.plain(atom.range);
            match pieces.last_mut().filter(|_| atom.cut > most) {
                Some(piece) => piece.push_str(&plain),
                None => pieces.push(plain),
            }
        }
        pieces
    }

    #[test]
    fn dates_stay_whole() {
        assert_eq!(pieces("修渠时间2023年1月5日-12月31日前", 1), ["修渠时间", "2023年1月5日-12月31日前"]);
        assert_eq!(pieces("每月15日前", 1), ["每月15日前"]);
        assert_eq!(pieces("2023年1月-12月2023年1月-12月", 1), ["2023年1月-12月", "2023年1月-12月"]);
        assert_eq!(pieces("7.68年初目标偏低", 1), ["7.68", "年初目标偏低"], "a reason may begin with 年");
    }

    #[test]
    fn a_slash_between_figure_and_word_is_a_blank_cell() {
        assert_eq!(pieces("95%/清淤长度", 0), ["95%", "/", "清淤长度"]);
        assert_eq!(pieces("元/公里", 0), ["元/公里"]);
    }

    #[test]
    fn bounds_in_words_begin_a_target() {
        assert_eq!(pieces("清淤长度不少于76公里", 1), ["清淤长度", "不少于76公里"]);
    }

    #[test]
    fn an_actual_that_begins_as_its_target_is_told() {
        assert_eq!(pieces("闸门养护入冬前完工入冬前基本完工", 3), ["闸门养护入冬前完工", "入冬前基本完工"]);
        assert_eq!(pieces("闸门养护入冬前完工已入冬前竣工", 3), ["闸门养护入冬前完工", "已入冬前竣工"]);
    }

    #[test]
    fn a_level_2_without_its_last_word_is_told_below_level_1() {
        let line = "数量指标95%满意度指标服务对象满意度渔民满意度";
        assert_eq!(pieces(line, 1), ["数量指标", "95%", "满意度指标", "服务对象满意度", "渔民满意度"]);
    }
}
