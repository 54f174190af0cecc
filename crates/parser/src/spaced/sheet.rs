//! A text as lines of words with their horizontal position.
//!
//! `pdftotext -layout` and its kin place every block right of the blocks left of it, counting one position a
//! character. So on one page no word of a column reaches into the next column, however wide its characters are drawn.
//! What other programs count is told by [`super::measure`].

use std::ops::Range;

use super::measure::Measure;
use super::overlaps;
use crate::stream::is_page_mark;
use crate::text::Text;

/// A run of characters without white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// First character, as an index into the text.
    pub(super) start: usize,
    /// One past the last character.
    pub(super) end: usize,
    /// Position of the first character in its line.
    pub(super) x: usize,
    /// How many positions it covers.
    pub(super) width: usize,
    /// Index of its line among the lines of the sheet.
    pub(super) line: usize,
}

impl Word {
    /// One past the position of the last character.
    pub(super) const fn x_end(&self) -> usize {
        self.x + self.width
    }
}

/// A line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its words from left to right.
    pub(super) words: Vec<Word>,
    /// 0-based page.
    pub(super) page: usize,
    /// Blank lines directly above.
    pub(super) blanks_above: usize,
}

/// The lines of a text that are not blank.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The text.
    pub(super) text: &'a Text,
    /// Its lines.
    pub(super) lines: Vec<Line>,
    /// The words of page numbers, which are in no line.
    pub(super) furniture: Vec<Word>,
    /// By which measure the words stand where they do.
    pub(super) measure: Measure,
}

impl<'a> Sheet<'a> {
    /// Cuts `text` into words, which stand where the measure that fits them best says.
    pub(super) fn new(text: &'a Text) -> Self {
        let measure = Measure::of(text);
        let mut sheet = Self::measured(text, measure);
        if measure == Measure::Drawn {
            overlaps::part(&mut sheet);
        }
        sheet
    }

    /// Cuts `text` into words that stand where `measure` says.
    pub(super) fn measured(text: &'a Text, measure: Measure) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let (mut page, mut scanned, mut from, mut x) = (0, 0, 0, 0);
        for piece in text.pieces() {
            let between = text.chars.get(scanned..piece.start).unwrap_or_default();
            let page_ends = between.contains(&'\u{c}');
            if piece.leads || page_ends {
                for (index, c) in (scanned..).zip(between) {
                    page += usize::from(*c == '\u{c}');
                    if matches!(c, '\n' | '\r' | '\u{c}') {
                        (from, x) = (index + 1, 0);
                    }
                }
                lines.push(Line { words: Vec::new(), page, blanks_above: piece.blanks_above });
            }
            scanned = piece.end;
            let number = lines.len().saturating_sub(1);
            let (at, width) = measure.place(text, x, piece.start - from, (piece.start, piece.end));
            let word = Word { start: piece.start, end: piece.end, x: at, width, line: number };
            (from, x) = (piece.end, at + width);
            if let Some(line) = lines.last_mut() {
                line.words.push(word);
            }
        }
        let furniture = number_pages(text, &mut lines);
        Self { text, lines, furniture, measure }
    }

    /// Gives every word the index of its line.
    pub(super) fn number_lines(&mut self) {
        for (index, line) in self.lines.iter_mut().enumerate() {
            line.words.iter_mut().for_each(|word| word.line = index);
        }
    }

    /// The words of the lines `lines`.
    pub(super) fn words(&self, lines: Range<usize>) -> impl Iterator<Item = &Word> {
        self.lines.get(lines).unwrap_or_default().iter().flat_map(|line| &line.words)
    }

    /// The words of one line.
    pub(super) fn line(&self, line: usize) -> &[Word] {
        self.lines.get(line).map_or(&[], |line| &line.words)
    }

    /// The page of a line.
    pub(super) fn page(&self, line: usize) -> usize {
        self.lines.get(line).map_or(0, |line| line.page)
    }

    /// The folded characters of `word`.
    pub(super) fn plain(&self, word: &Word) -> String {
        self.text.plain(word.start, word.end)
    }

    /// The folded characters of `words`, one behind the other.
    pub(super) fn spelled<'w>(&self, words: impl IntoIterator<Item = &'w Word>) -> String {
        words.into_iter().map(|word| self.plain(word)).collect()
    }

    /// The text of a cell of `words`: blanks within a line kept, line breaks dropped.
    pub(super) fn printed(&self, words: &[Word]) -> String {
        let mut text = String::new();
        let mut last: Option<&Word> = None;
        for word in words {
            if let Some(last) = last.filter(|last| last.line == word.line) {
                text.push_str(&self.text.printed(last.end, word.start));
            }
            text.push_str(&self.text.printed(word.start, word.end));
            last = Some(word);
        }
        text
    }

    /// The lines `lines` parted by page.
    pub(super) fn pages(&self, lines: Range<usize>) -> Vec<Range<usize>> {
        let mut pages: Vec<Range<usize>> = Vec::new();
        for line in lines {
            match pages.last_mut() {
                Some(last) if self.page(last.start) == self.page(line) => last.end = line + 1,
                _ => pages.push(line..line + 1),
            }
        }
        pages
    }
}

/// Takes the lines out of `lines` that hold only a page number, and numbers the words of the others anew.
fn number_pages(text: &Text, lines: &mut Vec<Line>) -> Vec<Word> {
    let mut furniture = Vec::new();
    lines.retain(|line| {
        let spelled: String = line.words.iter().map(|word| text.plain(word.start, word.end)).collect();
        let number = is_page_mark(&spelled);
        if number {
            furniture.extend(&line.words);
        }
        !number
    });
    for (index, line) in lines.iter_mut().enumerate() {
        line.words.iter_mut().for_each(|word| word.line = index);
    }
    furniture
}
