//! What a token looks like, whatever column it may go to.

use jixiao_core::vocab::Scope;

use super::column::{LevelMatch, is_bound, is_level_name, level_match};
use crate::stream::doc::Token;
use crate::template::is_numbered_name;

/// What a token looks like as a name: worked out once, asked often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Look {
    /// As the beginning of a level-1 name.
    pub(crate) level1: LevelMatch,
    /// As the beginning of a level-2 name.
    pub(crate) level2: LevelMatch,
    /// It is a level's whole name.
    pub(crate) is_level: bool,
    /// It begins with a template's number, such as `指标2：`.
    pub(crate) numbered: bool,
    /// It begins with a bound in words.
    pub(crate) bound: bool,
    /// It begins as a date goes on behind 年 or 月.
    pub(crate) date_number: bool,
    /// It begins as a date goes on behind a number.
    pub(crate) date_word: bool,
    /// It begins with one 汉字 and a closing mark, or goes on with a date or a range of dates.
    pub(crate) tail: bool,
    /// It says that there is nothing to say.
    pub(crate) nothing: bool,
    /// It is a single 汉字, as the end of a wrapped cell often is and a cell of its own seldom.
    pub(crate) single: bool,
}

impl Look {
    /// The look of `token`.
    pub(crate) fn of(token: &Token) -> Self {
        Self {
            level1: level_match(Scope::Level1, &token.plain),
            level2: level_match(Scope::Level2, &token.plain),
            is_level: is_level_name(&token.plain),
            numbered: is_numbered_name(&token.plain),
            bound: is_bound(&token.plain),
            date_number: begins_date_number(&token.plain),
            date_word: token.plain.starts_with(['年', '月', '日']),
            tail: is_tail(&token.plain),
            nothing: says_nothing(&token.plain),
            single: is_single(&token.plain),
        }
    }
}

/// A cell that says that there is nothing to say: of a deviation mostly, and never a name.
pub(crate) fn says_nothing(plain: &str) -> bool {
    matches!(plain, "无" | "暂无" | "无偏差" | "不适用")
}

/// One or two digits, alone or before 月 or 日.
fn begins_date_number(plain: &str) -> bool {
    let digits = plain.chars().take_while(char::is_ascii_digit).count();
    let rest = plain.get(digits..).unwrap_or_default();
    (1..=2).contains(&digits) && (rest.is_empty() || rest.starts_with(['月', '日', '-']))
}

/// A single 汉字 that is a cell in itself.
const ANSWERS: [char; 9] = ['是', '有', '无', '优', '良', '中', '差', '好', '否'];

/// `构，支持` goes on from 架, `-12月` from 1月. Items of one 汉字 are listed in names, which hold no other mark: `人、财、物管理`.
pub(crate) fn is_tail(plain: &str) -> bool {
    let mut chars = plain.chars();
    match (chars.next(), chars.next()) {
        (Some('日'), Some('前')) => chars.next() != Some('已'),
        (Some('年' | '月' | '日'), Some(second)) if second.is_ascii_digit() || second == '前' => true,
        (Some('-'), Some(second)) => second.is_ascii_digit() && plain.contains(['年', '月', '日']),
        _ => match one_before_mark(plain) {
            Some(('、', rest)) => rest.is_empty() || rest.contains([',', '。', ';']),
            before_mark => before_mark.is_some(),
        },
    }
}

/// What follows a single 汉字 that is no answer, if a mark does: the mark and the rest.
fn one_before_mark(plain: &str) -> Option<(char, &str)> {
    let mut chars = plain.chars();
    chars.next().filter(|c| is_part_of_word(*c))?;
    let mark = chars.next().filter(|c| matches!(c, ',' | '。' | '、'))?;
    Some((mark, chars.as_str()))
}

/// A single 汉字 that is no answer in itself.
pub(crate) fn is_single(plain: &str) -> bool {
    let mut chars = plain.chars();
    chars.next().is_some_and(is_part_of_word) && chars.next().is_none()
}

fn is_part_of_word(c: char) -> bool {
    c.is_alphabetic() && !c.is_ascii() && !ANSWERS.contains(&c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_from_the_line_above_begins_no_cell() {
        for tail in ["构,支持多端访问", "要、", "路、码头,并验收", "-12月", "-6月30日", "月31日", "日前", "年6月"]
        {
            assert!(is_tail(tail), "{tail}");
        }
        for whole in ["优", "-5.5", "A,B两级", "渡口,码头", "1-3月", "月度例会", "日常巡查", ""] {
            assert!(!is_tail(whole), "{whole}");
        }
        for whole in ["水、电费缴纳率", "人、财、物管理", "优,已全部完成", "日前已完成"] {
            assert!(!is_tail(whole), "{whole}");
        }
    }
}
