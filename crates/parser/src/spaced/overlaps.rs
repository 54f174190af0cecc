//! Lines that were written behind each other without a line end.
//!
//! A program that writes as many line ends as two lines of a page are apart writes none between lines that overlap in
//! height, as those of neighbouring cells often do (PyMuPDF's sorted text is written so). The second one then begins
//! anew at the left margin, in the middle of a line of the text.

use jixiao_core::fold::is_blank;
use jixiao_core::vocab::{Scope, find};
use rustc_hash::FxHashMap;

use super::heads::{Block, Head, heads};
use super::measure::Measure;
use super::sheet::{Line, Sheet, Word};
use crate::text::Text;
use crate::value;

/// The most lines of a page in one line of the text.
const MOST_LINES: usize = 3;

/// A line of more words is left as it is.
const MOST_WORDS: usize = 24;

/// The most characters of a level's name.
const MOST_NAME: usize = 12;

/// How far, in positions, words of one column may be off each other.
const NEAR: usize = 1;

/// How far a line may reach beyond the last column.
const SLACK: usize = 6;

/// What it is worth that words of other lines stand above or below a word, and what it costs that none do.
const MOST_ALIGNED: i32 = 3;
const ALONE: i32 = 2;

const BEHIND: i32 = 8;
const FIGURE_FIRST: i32 = 8;
const OUTSIDE: i32 = 3;
const MOST_OUTSIDE: usize = 24;
const OVERLAPPING: i32 = 12;

/// Words of one line.
type Words = Vec<Word>;

/// Parts the lines of `sheet`, whose words stand where they were drawn, into those of the page.
pub(super) fn part(sheet: &mut Sheet<'_>) {
    let Some(end) = page_end(&heads(sheet)) else { return };
    let mut edges = Edges { end, counts: FxHashMap::default() };
    sheet.lines.iter().for_each(|line| edges.count(line, 1));
    let text = sheet.text;
    let mut part = |line: Line| -> Vec<Line> {
        // A line does not speak for itself.
        edges.count(&line, -1);
        let parts = Page { text, page: line.page, edges: &edges }.parts(&line.words).into_iter().enumerate();
        edges.count(&line, 1);
        let blanks = |at: usize| if at == 0 { line.blanks_above } else { 0 };
        parts.map(|(at, words)| Line { words, page: line.page, blanks_above: blanks(at) }).collect()
    };
    sheet.lines = std::mem::take(&mut sheet.lines).into_iter().flat_map(&mut part).collect();
    sheet.number_lines();
}

/// Where the page ends at the latest: the last column of the indicators is centred on its label.
fn page_end(heads: &[Head]) -> Option<usize> {
    let heads = heads.iter().filter(|head| head.block == Block::Indicators);
    let ends = heads.filter_map(|head| match head.columns.as_slice() {
        [.., before, last] => Some((last.extent.start + last.extent.end).saturating_sub(before.extent.end)),
        _ => None,
    });
    ends.max()
}

/// How many words of each page begin, are centred and end at each position.
struct Edges {
    /// Where the pages end.
    end: usize,
    /// By page, edge and position.
    counts: FxHashMap<(usize, usize, usize), i32>,
}

impl Edges {
    /// Counts the words of a line, if it does not reach beyond the page, `by` more.
    fn count(&mut self, line: &Line, by: i32) {
        let within = line.words.last().is_some_and(|word| word.x_end() <= self.end + SLACK);
        for (edge, at) in line.words.iter().filter(|_| within).flat_map(|word| places(word).into_iter().enumerate()) {
            for near in at.saturating_sub(NEAR)..=at + NEAR {
                *self.counts.entry((line.page, edge, near)).or_default() += by;
            }
        }
    }

    /// What it is worth that words of `page` stand above or below `word`.
    fn aligned(&self, page: usize, word: &Word) -> i32 {
        let count = |(edge, at)| self.counts.get(&(page, edge, at)).copied().unwrap_or(0);
        match places(word).into_iter().enumerate().map(count).max().unwrap_or(0) {
            0 => -ALONE,
            count => count.min(MOST_ALIGNED),
        }
    }
}

/// Where a word begins, twice where its middle is, and where it ends.
fn places(word: &Word) -> [usize; 3] {
    [word.x, word.x + word.x_end(), word.x_end()]
}

/// What is known of a page.
struct Page<'a> {
    text: &'a Text,
    page: usize,
    edges: &'a Edges,
}

impl Page<'_> {
    /// The lines of the page that `words` are.
    fn parts(&self, words: &[Word]) -> Vec<Words> {
        if words.len() > MOST_WORDS {
            return vec![words.to_vec()];
        }
        let mut parts = self.best(words, &[], MOST_LINES).1;
        parts.reverse();
        parts
    }

    /// The cheapest way to part `words`, which overlap in height with the words `above`: its cost, and the lines from
    /// the last to the first.
    fn best(&self, words: &[Word], above: &[Word], most: usize) -> (i32, Vec<Words>) {
        let mut best = (self.cost(words, above), vec![words.to_vec()]);
        if most <= 1 {
            return best;
        }
        for (first, rest) in self.cuts(words) {
            let base = self.cost(&first, above) + BEHIND + self.start_cost(&rest);
            let (cost, mut parts) = self.best(&rest, &first, most - 1);
            if base + cost < best.0 {
                parts.push(first);
                best = (base + cost, parts);
            }
        }
        best
    }

    /// Every way to part `words` in two, the second of which begins at the margin.
    fn cuts(&self, words: &[Word]) -> Vec<(Words, Words)> {
        let mut cuts = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let (before, behind) = words.split_at(at);
            if let Some(last) = before.last() {
                cuts.push((before.to_vec(), self.anew(word.start - last.end, behind)));
            }
            let names = (word.start + 1).max(word.end.saturating_sub(MOST_NAME))..word.end;
            for cut in names.filter(|cut| self.is_level(*cut, word.end)) {
                let first = self.placed(word.x, 0, Word { end: cut, ..*word });
                let rest = [&[Word { start: cut, ..*word }], behind.get(1..).unwrap_or_default()].concat();
                cuts.push(([before, &[first]].concat(), self.anew(0, &rest)));
            }
        }
        cuts
    }

    /// Names of level 1 stand at the margin: they touch what was written before them.
    fn is_level(&self, start: usize, end: usize) -> bool {
        find(Scope::Level1, &self.text.plain(start, end)).is_some()
    }

    /// `words` behind `blanks` blanks at the margin.
    fn anew(&self, blanks: usize, words: &[Word]) -> Words {
        let mut anew: Words = Vec::with_capacity(words.len());
        for word in words {
            let (from, blanks) = anew.last().map_or((0, blanks), |last| (last.x_end(), word.start - last.end));
            anew.push(self.placed(from, blanks, *word));
        }
        anew
    }

    fn placed(&self, from: usize, blanks: usize, word: Word) -> Word {
        let (x, width) = Measure::Drawn.place(self.text, from, blanks, (word.start, word.end));
        Word { x, width, ..word }
    }

    /// How ill `words` make a line of the page that overlaps in height with the line `above`: such lines do not stand
    /// above each other.
    fn cost(&self, words: &[Word], above: &[Word]) -> i32 {
        let outside =
            words.last().map_or(0, |word| word.x_end().saturating_sub(self.edges.end + SLACK)).min(MOST_OUTSIDE);
        let aligned: i32 = words.iter().map(|word| self.edges.aligned(self.page, word)).sum();
        let touches = |word: &Word, other: &Word| word.x + NEAR < other.x_end() && other.x + NEAR < word.x_end();
        let overlaps = words.iter().any(|word| above.iter().any(|other| touches(word, other)));
        OUTSIDE * i32::try_from(outside).unwrap_or(0) + OVERLAPPING * i32::from(overlaps) - aligned
    }

    /// Figures seldom begin a line.
    fn start_cost(&self, words: &[Word]) -> i32 {
        let figure = |first: &Word| {
            let plain = self.text.plain(first.start, first.end);
            value::number(&plain).is_some() || value::percent(&plain).is_some() || is_blank(&plain)
        };
        if words.first().is_some_and(figure) { FIGURE_FIRST } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a table whose columns begin at 0, 10, 22, 34, 44 and 50, with `line` below its header.
    fn lines(line: &str) -> Vec<String> {
        let row = "产出指标 数量指标  更换旧灯  ≥30座   30座   10  10\n";
        let head = "一级指标 二级指标  三级指标  指标值   完成值   分值 得分\n";
        let text = Text::new(&[head, row, row, row, line, "\n"].concat());
        let mut sheet = Sheet::measured(&text, Measure::Drawn);
        part(&mut sheet);
        let spelled = sheet.lines.iter().skip(4).map(|line| sheet.spelled(&line.words));
        spelled.collect()
    }

    #[test]
    fn a_line_that_reaches_beyond_the_page_begins_anew() {
        assert_eq!(
            lines("                     ≥30座  30座     数量指标  更换旧灯                       10  10"),
            ["≥30座30座", "数量指标更换旧灯1010"]
        );
        assert_eq!(lines("     数量指标  更换旧灯  ≥30座   30座   10  10").len(), 1);
    }

    #[test]
    fn a_level_at_the_margin_touches_what_stands_before_it() {
        assert_eq!(
            lines("           更换旧灯产出指标                ≥30座   30座   10  10"),
            ["更换旧灯", "产出指标≥30座30座1010"]
        );
    }
}
