//! The pieces of one text with what each one looks like.

use jixiao_core::fold::{is_blank, squeeze};
use jixiao_core::vocab::{self, Label, Scope};
use jixiao_core::{Comparator, Decimal};
use rust_decimal::prelude::ToPrimitive;

use super::cuts;
use crate::raw::RawCell;
use crate::text::{Metric, Piece, Text};
use crate::value;

/// Points are compared as whole ten-thousandths.
const POINT_SCALE: i64 = 10_000;

/// How many pieces a label may be broken into: a vertical label of eight characters and a bracket.
const LABEL_PIECES: usize = 12;

/// Longest printed label in characters, its bracket included.
const LABEL_CHARS: usize = 40;

/// A piece of text and what it looks like.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// The piece.
    pub(crate) piece: Piece,
    /// The characters, folded.
    pub(crate) plain: String,
    /// Width in half-width columns.
    pub(crate) width: i32,
    /// What it looks like.
    pub(crate) shape: Shape,
}

/// What a piece looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Shape {
    /// The number it is, in ten-thousandths.
    pub(crate) number: Option<i64>,
    /// The number of the quantity it is, in ten-thousandths.
    pub(crate) value: Option<i64>,
    /// A number with a percent sign.
    pub(crate) percent: bool,
    /// A number with at most a comparator and a unit.
    pub(crate) quantity: bool,
    /// Begins with a comparator.
    pub(crate) comparator: bool,
    /// Only a dash or slash.
    pub(crate) dash: bool,
    /// Begins with a character that never begins a cell.
    pub(crate) bad_start: bool,
    /// Opening brackets less closing ones.
    pub(crate) depth: i32,
    /// Ends as a paragraph ends.
    pub(crate) full_stop: bool,
    /// Ends with a mark that begins no line.
    pub(crate) closed: bool,
    /// Width of its first unbreakable run: one wide character, or a word or number, with the punctuation that
    /// must follow.
    pub(crate) head: i32,
    /// Half-width characters in it: their true width varies by font.
    pub(crate) narrow: i32,
}

/// A text cut into tokens.
#[derive(Debug)]
pub(crate) struct Doc<'a> {
    /// The text.
    pub(crate) text: &'a Text,
    /// Its tokens in order.
    pub(crate) tokens: Vec<Token>,
    /// How its lines were measured when they were broken.
    pub(crate) metric: Metric,
    /// Blank lines stand between some of its lines.
    pub(crate) spaced_out: bool,
}

/// A label spelled by the tokens `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    /// What it says.
    pub(crate) label: Label,
    /// First token.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
}

impl<'a> Doc<'a> {
    /// Cuts `text` into tokens; cells glued together become tokens of their own where what they say tells.
    pub(crate) fn new(text: &'a Text) -> Self {
        let pieces = text.pieces();
        let pieces = join_numbered(text, pieces).into_iter().flat_map(|piece| cuts::cells(text, piece));
        let tokens: Vec<Token> = pieces.map(|piece| token(text, piece)).collect();
        let lines = tokens.iter().filter(|token| token.piece.leads);
        let (count, blank) = lines.fold((0_usize, 0_usize), |(count, blank), token| {
            (count + 1, blank + usize::from(token.piece.blanks_above == 1))
        });
        Self { text, tokens, metric: Metric::default(), spaced_out: blank * 10 >= count }
    }

    /// Measures every token anew.
    pub(crate) fn measure(&mut self, metric: Metric) {
        self.metric = metric;
        for token in &mut self.tokens {
            let (start, end) = (token.piece.start, token.piece.end);
            token.width = self.text.width(start, end, metric);
            token.shape.head = head_width(self.text, token.piece, metric);
            token.shape.narrow = if metric == Metric::Counted { 0 } else { narrow_chars(&token.plain) };
        }
    }

    /// The ways in which the lines may have been measured. Lines that begin with closing marks were broken anywhere; a
    /// mark alone on its line only hung over the edge.
    pub(crate) fn metrics(&self) -> [Metric; 2] {
        let lines = self.tokens.iter().filter(|token| token.piece.leads);
        let (mut count, mut bad) = (0_usize, 0_usize);
        for line in lines {
            count += 1;
            bad += usize::from(line.shape.bad_start && line.width > 2);
        }
        if bad * 60 > count { [Metric::Anywhere, Metric::Counted] } else { [Metric::Proportional, Metric::Counted] }
    }

    /// The characters `start..end` of `token` as a token of their own.
    pub(crate) fn part(&self, token: &Token, start: usize, end: usize) -> Token {
        let leads = token.piece.leads && start == token.piece.start;
        let mut part = self::token(self.text, Piece { start, end, leads, ..token.piece });
        part.width = self.text.width(start, end, self.metric);
        part.shape.head = head_width(self.text, part.piece, self.metric);
        part
    }

    /// The cell that the tokens `indices` make up: blanks within a line kept, line breaks dropped.
    pub(crate) fn cell(&self, indices: impl IntoIterator<Item = usize>) -> Option<RawCell> {
        self.cell_of(indices.into_iter().filter_map(|i| self.tokens.get(i)).map(|t| (t.piece.start, t.piece.end)))
    }

    /// The cell that the character ranges make up, in reading order.
    pub(crate) fn cell_of(&self, ranges: impl IntoIterator<Item = (usize, usize)>) -> Option<RawCell> {
        self.joined(ranges, |_, gap| gap)
    }

    /// As [`Doc::cell_of`] where a blank may stand for a line break: only between words in letters is one kept.
    pub(crate) fn cell_without_breaks(&self, ranges: impl IntoIterator<Item = (usize, usize)>) -> Option<RawCell> {
        let is_letter =
            |at: Option<usize>| at.and_then(|at| self.text.folded.get(at)).is_some_and(char::is_ascii_alphabetic);
        self.joined(ranges, |(last, next), gap| gap.filter(|_| is_letter(last.checked_sub(1)) && is_letter(Some(next))))
    }

    /// The cell that the ranges make up, with what `between` leaves of the blanks from the end of one to the next.
    fn joined(
        &self,
        ranges: impl IntoIterator<Item = (usize, usize)>,
        between: impl Fn((usize, usize), Option<String>) -> Option<String>,
    ) -> Option<RawCell> {
        let mut cell: Option<RawCell> = None;
        let mut last_end = None;
        for (start, end) in ranges {
            let cell = cell.get_or_insert_with(RawCell::default);
            if let Some(gap) = last_end.and_then(|last| between((last, start), self.gap(last, start))) {
                cell.text.push_str(&gap);
            }
            cell.push(&self.text.printed(start, end), self.text.place(start, end));
            last_end = Some(end);
        }
        cell
    }

    /// The blanks between two pieces of one line; `None` over a line break.
    fn gap(&self, from: usize, to: usize) -> Option<String> {
        let between = self.text.chars.get(from..to)?;
        let in_line = between.iter().all(|c| c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{c}'));
        in_line.then(|| between.iter().collect())
    }

    /// The longest label of `scope` that the tokens from `start` on spell.
    pub(crate) fn label_at(&self, scope: Scope, start: usize) -> Option<Hit> {
        let first = self.tokens.get(start)?.plain.chars().next()?;
        if !may_begin(scope, first) {
            return None;
        }
        let mut spelled = String::new();
        let mut best = None;
        for (offset, token) in self.tokens.get(start..)?.iter().take(LABEL_PIECES).enumerate() {
            spelled.push_str(&token.plain);
            if spelled.chars().count() > LABEL_CHARS {
                break;
            }
            if let Some(label) = vocab::find(scope, &spelled) {
                best = Some(Hit { label, start, end: start + offset + 1 });
            }
            if !may_go_on(scope, &spelled) {
                break;
            }
        }
        best
    }
}

fn may_begin(scope: Scope, first: char) -> bool {
    first == '其' || vocab::begins(scope, first.encode_utf8(&mut [0; 4]))
}

/// True where more tokens could still make a label out of `spelled`.
fn may_go_on(scope: Scope, spelled: &str) -> bool {
    let bare = spelled.strip_prefix("其中").map_or(spelled, |rest| rest.trim_start_matches(':'));
    let open = || bare.matches('(').count() > bare.matches(')').count();
    vocab::begins(scope, bare)
        || ((bare.ends_with(')') || open()) && vocab::spellings(scope).any(|(name, _)| bare.starts_with(name)))
}

/// `指标 1：购置设备` is one name.
fn join_numbered(text: &Text, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let plain = text.plain(piece.start, piece.end);
        let digits = plain.chars().take_while(char::is_ascii_digit).count();
        let numbers = (1..=2).contains(&digits) && plain[digits..].starts_with(':');
        match joined.last_mut() {
            Some(last) if numbers && !piece.leads && text.plain(last.start, last.end) == "指标" => {
                last.end = piece.end
            }
            _ => joined.push(piece),
        }
    }
    joined
}

fn token(text: &Text, piece: Piece) -> Token {
    let plain = squeeze(&text.plain(piece.start, piece.end));
    let shape = shape_of(&plain, text, piece);
    Token { piece, width: text.width(piece.start, piece.end, Metric::default()), plain, shape }
}

fn shape_of(plain: &str, text: &Text, piece: Piece) -> Shape {
    let decimal = value::number(plain);
    let percent = decimal.is_none() && plain.ends_with('%') && value::percent(plain).is_some();
    let number = decimal.or_else(|| percent.then(|| value::percent(plain)).flatten());
    let quantity = number.or_else(|| value::quantity(plain).value);
    let first = plain.chars().next().unwrap_or(' ');
    Shape {
        number: number.and_then(points),
        percent,
        value: quantity.and_then(points),
        quantity: quantity.is_some(),
        comparator: Comparator::SIGNS.contains(&first),
        dash: is_blank(plain),
        bad_start: closes_text(first),
        depth: depth(plain),
        closed: plain.ends_with(closes_text),
        full_stop: plain.ends_with(['。', ';', ':', '!', '?']),
        head: head_width(text, piece, Metric::default()),
        narrow: narrow_chars(plain),
    }
}

fn narrow_chars(plain: &str) -> i32 {
    i32::try_from(plain.chars().filter(char::is_ascii).count()).unwrap_or(i32::MAX)
}

/// `number` in ten-thousandths, where it is a plausible number of points or percent.
pub(crate) fn points(number: Decimal) -> Option<i64> {
    number.checked_mul(Decimal::from(POINT_SCALE))?.round().to_i64()
}

fn depth(plain: &str) -> i32 {
    plain
        .chars()
        .map(|c| i32::from(matches!(c, '(' | '[' | '《' | '“')) - i32::from(matches!(c, ')' | ']' | '》' | '”')))
        .sum()
}

/// Width of the first run that a line break may not cut: a word or one wide character, the opening marks before it and
/// the closing marks behind it. Where lines break anywhere, one character.
fn head_width(text: &Text, piece: Piece, metric: Metric) -> i32 {
    let at = |index: usize| text.folded.get(index).copied().filter(|_| index < piece.end);
    let skip = |mut index: usize, of: fn(char) -> bool| {
        while at(index).is_some_and(of) {
            index += 1;
        }
        index
    };
    if metric != Metric::Proportional {
        return text.width(piece.start, piece.start + 1, metric);
    }
    let body = skip(piece.start, opens_text);
    let word = skip(body, |c| c.is_ascii_alphanumeric() || c == '.').max(body + 1).min(piece.end);
    text.width(piece.start, skip(word, closes_text), metric)
}

/// Marks that end no line.
fn opens_text(c: char) -> bool {
    matches!(c, '(' | '[' | '《' | '“' | '‘' | '〈' | '【')
}

/// Marks that begin no line.
pub(crate) fn closes_text(c: char) -> bool {
    matches!(
        c,
        ',' | '。' | '、' | ';' | ')' | ']' | '”' | '’' | '》' | '〉' | '】' | '!' | '?' | '%' | ':' | '.' | '·'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str, scope: Scope) -> Vec<(String, Label)> {
        let text = Text::new(text);
        let doc = Doc::new(&text);
        (0..doc.tokens.len())
            .filter_map(|i| doc.label_at(scope, i))
            .map(|hit| (doc.tokens[hit.start..hit.end].iter().map(|t| t.plain.clone()).collect(), hit.label))
            .collect()
    }

    #[test]
    fn labels_broken_over_lines_are_found() {
        let found = labels("年\n度\n总\n体\n目\n标\n\n预期目标", Scope::Block);
        assert_eq!(found[0], ("年度总体目标".to_owned(), Label::Goals));
        let found = labels("转移支付\n（项目）名称 水网建设", Scope::Header);
        assert_eq!(found, [("转移支付(项目)名称".to_owned(), Label::ProjectName)]);
    }

    #[test]
    fn a_label_glued_to_its_value_is_split_off() {
        let text = Text::new("项目负责人：黎明川 联系电话：123");
        let doc = Doc::new(&text);
        let tokens: Vec<&str> = doc.tokens.iter().map(|t| t.plain.as_str()).collect();
        assert_eq!(tokens, ["项目负责人:", "黎明川", "联系电话:", "123"]);
    }

    #[test]
    fn blanks_inside_a_cell_stay_and_line_breaks_go() {
        let text = Text::new("2021 年 12\n\n月 31 日");
        let doc = Doc::new(&text);
        assert_eq!(doc.cell(0..6).unwrap().text, "2021 年 12月 31 日");
    }

    #[test]
    fn a_blank_for_a_line_break_goes_but_between_words() {
        let text = Text::new("160.00(万 元) Windows Server");
        let doc = Doc::new(&text);
        let whole =
            |tokens: std::ops::Range<usize>| tokens.map(|at| (doc.tokens[at].piece.start, doc.tokens[at].piece.end));
        assert_eq!(doc.cell_without_breaks(whole(0..2)).unwrap().text, "160.00(万元)");
        assert_eq!(doc.cell_without_breaks(whole(2..4)).unwrap().text, "Windows Server");
    }

    #[test]
    fn shapes_tell_values_apart() {
        let text = Text::new("98.12% ≥95% 100 — ，并 （一 服务人数");
        let doc = Doc::new(&text);
        let shape = |i: usize| doc.tokens[i].shape;
        assert!(shape(0).percent && shape(0).number == Some(981_200));
        assert!(shape(1).comparator && shape(1).quantity && shape(1).number.is_none());
        assert_eq!(shape(2).number, Some(1_000_000));
        assert!(shape(3).dash && shape(4).bad_start);
        assert_eq!(shape(5).depth, 1);
        assert_eq!(shape(6).head, 2);
    }
}
