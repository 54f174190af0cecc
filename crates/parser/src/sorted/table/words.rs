//! Words of a table, and which of them are pieces of a level's name.

use jixiao_core::vocab::{self, Scope};

use crate::stream::doc::{Doc, Token};
use crate::stream::rows::column::{LevelMatch, without_level1};
use crate::stream::rows::look::Look;

/// The cost of a word of no level's name.
const UNLIKE: i32 = 26;

/// The cost of a part of a name whose other parts are not near.
const PART: i32 = 10;

/// A bracket with a weight behind a name.
const BRACKET: i32 = 2;

/// How many lines below the last piece of a name the next one may stand.
const NEXT_PIECE: usize = 4;

/// The most words on a line that are pieces of names: of both levels, each with a bracket.
pub(super) const MOST_LEVELS: usize = 3;

/// The most pieces of one name.
const MOST_PIECES: usize = 8;

/// A word of a table.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) look: Look,
    /// What it costs to take it for a piece of a level's name.
    pub(super) as_level: i32,
    /// It spells the name of a level, alone or with words of the lines around it.
    pub(super) spelled: bool,
}

/// The words of `tokens` by line.
pub(super) fn lines(doc: &Doc, tokens: &[usize]) -> Vec<Vec<Word>> {
    let tokens: Vec<&Token> = tokens.iter().filter_map(|at| doc.tokens.get(*at)).collect();
    let same = |left: &&Token, right: &&Token| left.piece.line == right.piece.line;
    let words = |line: &[&Token]| line.iter().flat_map(|token| unglued(doc, token)).collect();
    let mut lines: Vec<Vec<Word>> = tokens.chunk_by(same).map(words).collect();
    mark_spelled(&mut lines);
    lines
}

/// A full level name touches the name behind it: they are two words.
fn unglued(doc: &Doc, token: &Token) -> Vec<Word> {
    const LEAST_REST: usize = 2;
    let glued = |(name, _): (&'static str, vocab::Label)| {
        let rest = token.plain.strip_prefix(name)?;
        let whole = name.ends_with("指标") && rest.chars().count() >= LEAST_REST && !rest.starts_with(['(', ':']);
        whole.then(|| name.chars().count())
    };
    let Some(length) = names().filter_map(glued).max() else { return vec![word(token)] };
    let (start, cut, end) = (token.piece.start, token.piece.start + length, token.piece.end);
    vec![word(&doc.part(token, start, cut)), word(&doc.part(token, cut, end))]
}

fn names() -> impl Iterator<Item = (&'static str, vocab::Label)> {
    [Scope::Level1, Scope::Level2].into_iter().flat_map(vocab::spellings)
}

/// What is left of the names that begin with `plain`: some forms print the level above once more before a name.
fn rests(plain: &str) -> impl Iterator<Item = &'static str> {
    let bare = Some(without_level1(plain)).filter(|bare| *bare != plain);
    let begun = [Some(plain), bare].into_iter().flatten().map(str::to_owned).collect::<Vec<_>>();
    let rests = names().flat_map(move |(name, _)| {
        begun.clone().into_iter().filter_map(move |begun| name.strip_prefix(begun.as_str()))
    });
    rests.filter(|rest| !rest.is_empty())
}

/// The word `token`.
pub(super) fn word(token: &Token) -> Word {
    let look = Look::of(token);
    let weight = token.plain.starts_with('(') && token.plain.ends_with("分)");
    Word { token: token.clone(), look, as_level: level_cost(&token.plain, &look), spelled: look.is_level || weight }
}

/// How unlike a piece of a level's name `plain` is, as long as nothing is known of the words around it.
fn level_cost(plain: &str, look: &Look) -> i32 {
    let in_bracket = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | '分' | '.');
    if plain.contains(['(', ')']) && plain.chars().all(in_bracket) {
        return BRACKET;
    }
    match (look.level1, look.level2) {
        _ if look.is_level => 0,
        (LevelMatch::Alike, _) | (_, LevelMatch::Alike) => 4,
        _ if names().any(|(name, _)| name.contains(plain.split('(').next().unwrap_or(plain))) => PART,
        _ => UNLIKE,
    }
}

/// Marks the words that spell a name together.
fn mark_spelled(lines: &mut [Vec<Word>]) {
    let mut spelled: Vec<(usize, usize)> = Vec::new();
    for at in 0..lines.len() {
        for index in 0..lines.get(at).map_or(0, |line| line.len().min(MOST_LEVELS)) {
            let Some(plain) = stem(lines, at, index).filter(|plain| !plain.is_empty()) else { continue };
            let nearest = |taken: &[(usize, usize)]| {
                let length = plain.chars().count();
                let ends = rests(plain).filter_map(|rest| completed(lines, taken, (at, index), length, rest));
                ends.min_by_key(|pieces| pieces.last().map_or(0, |(line, _)| line - at) * 8 + pieces.len())
            };
            // Names of both levels may end with the same piece, side by side.
            let pieces = nearest(&spelled).or_else(|| nearest(&[]));
            spelled.extend(pieces.into_iter().flatten());
        }
    }
    for (at, index) in spelled {
        if let Some(word) = lines.get_mut(at).and_then(|line| line.get_mut(index)) {
            (word.as_level, word.spelled) = (0, true);
        }
    }
}

/// The characters of a word before its bracket.
fn stem(lines: &[Vec<Word>], at: usize, index: usize) -> Option<&str> {
    let plain = lines.get(at)?.get(index)?.token.plain.as_str();
    plain.split('(').next()
}

/// The pieces that spell `rest` below the word `first`: all but the last are as long as the first one, give or take
/// a character. None of them is among `taken`.
fn completed(
    lines: &[Vec<Word>],
    taken: &[(usize, usize)],
    first: (usize, usize),
    length: usize,
    rest: &str,
) -> Option<Vec<(usize, usize)>> {
    let mut pieces = vec![first];
    let mut rest = rest;
    let mut at = first.0 + 1;
    while !rest.is_empty() {
        let below = (at..at + NEXT_PIECE).flat_map(|line| (0..MOST_LEVELS).map(move |index| (line, index)));
        let piece = below.filter(|piece| !taken.contains(piece)).filter_map(|(line, index)| {
            let plain = stem(lines, line, index).filter(|plain| !plain.is_empty())?;
            let after = rest.strip_prefix(plain)?;
            let fits = if after.is_empty() {
                plain.chars().count() <= length
            } else {
                plain.chars().count().abs_diff(length) <= 1
            };
            fits.then_some((line, index, after))
        });
        let (line, index, after) = piece.min_by_key(|(line, index, _)| (*line, *index))?;
        pieces.push((line, index));
        (rest, at) = (after, line + 1);
        if pieces.len() > MOST_PIECES {
            return None;
        }
    }
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn spelled(text: &str) -> Vec<Vec<bool>> {
        let text = Text::new(text);
        let doc = Doc::new(&text);
        let tokens: Vec<usize> = (0..doc.tokens.len()).collect();
        lines(&doc, &tokens).iter().map(|line| line.iter().map(|word| word.spelled).collect()).collect()
    }

    #[test]
    fn names_of_both_levels_may_end_with_the_same_piece() {
        assert_eq!(spelled("效益指 社会效益指 渔民夜航\n标 标"), [vec![true, true, false], vec![true, true]]);
    }

    #[test]
    fn a_piece_belongs_to_the_nearest_name() {
        assert_eq!(spelled("数量指 更换旧灯\n标 ≥30座\n标"), [vec![true, false], vec![true, false], vec![false]]);
    }
}
