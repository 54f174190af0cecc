//! The texts below the goal labels.

use std::collections::HashSet;
use std::ops::Range;

use super::Style;
use super::ink::{Gap, Ink};
use crate::done::REPORTS;

/// A text of the goals.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) range: Range<usize>,
    pub(super) doubt: Option<String>,
}

/// Parts `body` into `count` texts.
pub(super) fn split(ink: &Ink, body: Range<usize>, count: usize, style: Style) -> Vec<Text> {
    let (cuts, sure) = cuts(ink, &body, count, style);
    let starts = [body.start].into_iter().chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain([body.end]);
    let doubt = || (!sure).then(|| "两栏文字相连，一部分也可能属于邻栏".to_owned());
    starts.zip(ends).map(|(start, end)| Text { range: start..end, doubt: doubt() }).collect()
}

/// Where the texts part, and whether this is sure.
fn cuts(ink: &Ink, body: &Range<usize>, count: usize, style: Style) -> (Vec<usize>, bool) {
    let wanted = count.saturating_sub(1);
    let lines = gaps(ink, body, |gap| matches!(gap, Gap::Line(_)));
    let blanks = gaps(ink, body, |gap| gap > Gap::None);
    if body.is_empty() || wanted == 0 {
        return (Vec::new(), true);
    }
    // Where rows stand within a line, a line ends within a cell.
    let spaces = gaps(ink, body, |gap| gap == Gap::Space);
    if style == Style::Line && !spaces.is_empty() {
        let sure = spaces.len() == wanted;
        return (if sure { spaces } else { likeliest(ink, body, &blanks).into_iter().collect() }, sure);
    }
    if lines.len() == wanted {
        return (lines, true);
    }
    if style != Style::Glued && blanks.len() == wanted {
        return (blanks, true);
    }
    if wanted == 1 && is_twice(ink, body) {
        return (vec![body.start + body.len() / 2], true);
    }
    let ends = sentence_ends(ink, body);
    let candidates = match style {
        Style::Glued => ends,
        _ if lines.len() > wanted => lines,
        _ if blanks.len() > wanted => blanks,
        _ => ends,
    };
    if candidates.len() <= wanted {
        return (candidates.clone(), candidates.len() == wanted);
    }
    (likeliest(ink, body, &candidates).into_iter().collect(), false)
}

fn gaps(ink: &Ink, body: &Range<usize>, wanted: impl Fn(Gap) -> bool) -> Vec<usize> {
    (body.start + 1..body.end).filter(|at| wanted(ink.gap(*at))).collect()
}

/// The same text twice: the goal was met to the letter.
fn is_twice(ink: &Ink, body: &Range<usize>) -> bool {
    let half = body.start + body.len() / 2;
    body.len().is_multiple_of(2) && ink.chars.get(body.start..half) == ink.chars.get(half..body.end)
}

fn sentence_ends(ink: &Ink, body: &Range<usize>) -> Vec<usize> {
    let end =
        |at: &usize| at.checked_sub(1).and_then(|before| ink.char(before)).is_some_and(|c| matches!(c, '。' | '!'));
    (body.start + 1..body.end).filter(end).collect()
}

/// The second text takes up the words of the first, and is about as long.
fn likeliest(ink: &Ink, body: &Range<usize>, candidates: &[usize]) -> Option<usize> {
    let worth = |at: &usize| {
        let (left, right) = (pairs(ink, body.start..*at), pairs(ink, *at..body.end));
        let shared = left.intersection(&right).count();
        let all = left.len().max(right.len()).max(1);
        let begins = REPORTS.iter().any(|word| ink.spells(*at, word));
        shared * 100 / all + usize::from(begins) * 8
    };
    candidates.iter().copied().max_by_key(|at| worth(at))
}

fn pairs(ink: &Ink, range: Range<usize>) -> HashSet<(char, char)> {
    let chars = ink.chars.get(range).unwrap_or_default();
    chars.iter().zip(chars.iter().skip(1)).map(|(left, right)| (*left, *right)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text as Source;

    #[test]
    fn where_rows_stand_within_a_line_a_blank_parts_the_goals_and_a_line_end_does_not() {
        let source = Source::new("改造码头3座。\n培训船员9人。 已改造码头3座，培训船员9人。");
        let ink = Ink::new(&source);
        let texts = |style| split(&ink, 0..ink.len(), 2, style);
        let line = texts(Style::Line);
        assert_eq!(ink.plain(line[1].range.clone()), "已改造码头3座,培训船员9人。");
        assert!(line.iter().all(|text| text.doubt.is_none()));
        assert_eq!(ink.plain(texts(Style::Cells { between: 0 })[0].range.clone()), "改造码头3座。");
    }
}
