//! A text as lines of words with their horizontal position.
//!
//! Extractors that keep columns by spaces (`pdftotext -layout` and its kin) place every block right of the blocks
//! left of it, counting one position a character. So on one page no word of a column reaches into the next column,
//! however wide its characters are drawn.

use std::ops::Range;

use crate::stream::is_page_number;
use crate::text::Text;

/// A run of characters without white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// First character, as an index into the text.
    pub(super) start: usize,
    /// One past the last character.
    pub(super) end: usize,
    /// Position of the first character in its line, in characters.
    pub(super) x: usize,
    /// Index of its line among the lines of the sheet.
    pub(super) line: usize,
}

impl Word {
    /// One past the position of the last character.
    pub(super) const fn x_end(&self) -> usize {
        self.x + self.end - self.start
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
}

impl<'a> Sheet<'a> {
    /// Cuts `text` into words.
    pub(super) fn new(text: &'a Text) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let (mut page, mut line_start, mut scanned) = (0, 0, 0);
        for piece in text.pieces() {
            if piece.leads {
                for (index, c) in (scanned..).zip(text.chars.get(scanned..piece.start).unwrap_or_default()) {
                    page += usize::from(*c == '\u{c}');
                    if matches!(c, '\n' | '\r' | '\u{c}') {
                        line_start = index + 1;
                    }
                }
                lines.push(Line { words: Vec::new(), page, blanks_above: piece.blanks_above });
            }
            scanned = piece.end;
            let number = lines.len().saturating_sub(1);
            let word = Word { start: piece.start, end: piece.end, x: piece.start - line_start, line: number };
            if let Some(line) = lines.last_mut() {
                line.words.push(word);
            }
        }
        let furniture = number_pages(text, &mut lines);
        Self { text, lines, furniture }
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
        let number = is_page_number(&spelled);
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
