//! A text as lines of pieces: runs of characters without white space, each with its place.

use jixiao_core::fold::fold_char;
use jixiao_core::{Place, TextSpan};
use unicode_width::UnicodeWidthChar;

use crate::markup;

/// A run of non-blank characters within one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// First character, as an index into [`Text::chars`].
    pub(crate) start: usize,
    /// One past the last character.
    pub(crate) end: usize,
    /// 0-based line.
    pub(crate) line: usize,
    /// Nothing but white space stands before it in its line.
    pub(crate) leads: bool,
    /// Blank lines directly above its line.
    pub(crate) blanks_above: usize,
    /// A page seems to begin with its line.
    pub(crate) page_start: bool,
}

/// A text with its characters addressable by index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    /// The characters as printed.
    pub(crate) chars: Vec<char>,
    /// The same characters folded to their plain kin; same indices.
    pub(crate) folded: Vec<char>,
    /// Index of the first character of each line.
    line_starts: Vec<usize>,
    /// The characters of markup, which say nothing themselves; blanks in [`Text::chars`].
    pub(crate) tags: Vec<usize>,
}

impl Text {
    /// Indexes `text`.
    pub(crate) fn new(text: &str) -> Self {
        let mut chars = Vec::with_capacity(text.chars().count());
        chars.extend(text.chars().map(|c| if c == '\u{feff}' { ' ' } else { c }));
        let tags = markup::blank_out(&mut chars);
        let folded = chars.iter().map(|c| if is_bar(*c) { '|' } else { fold_char(*c) }).collect();
        let mut line_starts = vec![0];
        for (index, c) in chars.iter().enumerate() {
            let ends_line = *c == '\n' || (*c == '\r' && chars.get(index + 1) != Some(&'\n'));
            if ends_line {
                line_starts.push(index + 1);
            }
        }
        Self { chars, folded, line_starts, tags }
    }

    /// The 1-based line and column span of the characters `start..end`, which must not be empty.
    pub(crate) fn span(&self, start: usize, end: usize) -> TextSpan {
        let (line_start, column_start) = self.position(start);
        let (line_end, column_end) = self.position(end.saturating_sub(1).max(start));
        TextSpan { line_start, column_start: Some(column_start), line_end, column_end: Some(column_end) }
    }

    /// As [`Text::span`].
    pub(crate) fn place(&self, start: usize, end: usize) -> Place {
        Place::Text(self.span(start, end))
    }

    /// The characters at `place`, as a half-open range of indices.
    pub(crate) fn range(&self, place: &Place) -> Option<(usize, usize)> {
        let Place::Text(span) = place else { return None };
        let index =
            |line: usize, column: usize| Some(self.line_starts.get(line.checked_sub(1)?)? + column.checked_sub(1)?);
        let start = index(span.line_start, span.column_start?)?;
        let end = index(span.line_end, span.column_end?)? + 1;
        (start < end && end <= self.chars.len()).then_some((start, end))
    }

    /// The character at `index` can be seen.
    pub(crate) fn is_ink(&self, index: usize) -> bool {
        self.chars.get(index).is_some_and(|c| !is_space(*c))
    }

    /// Nothing can be seen.
    pub(crate) fn is_blank(&self) -> bool {
        self.chars.iter().all(|c| is_space(*c))
    }

    /// Number of lines.
    pub(crate) fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The 0-based line that holds the character at `index`.
    pub(crate) fn line_of(&self, index: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= index).saturating_sub(1)
    }

    /// The characters of the 0-based `line`, its end of line included.
    pub(crate) fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let at = |line: usize| self.line_starts.get(line).copied().unwrap_or(self.chars.len());
        at(line)..at(line + 1)
    }

    /// The same text with white space in place of `ranges`: every other character keeps its index.
    pub(crate) fn without(&self, ranges: &[std::ops::Range<usize>]) -> Self {
        let mut rest = self.clone();
        for range in ranges {
            for characters in [&mut rest.chars, &mut rest.folded] {
                let hidden = characters.get_mut(range.clone()).unwrap_or_default();
                hidden.iter_mut().filter(|c| !matches!(c, '\n' | '\r')).for_each(|c| *c = ' ');
            }
        }
        rest
    }

    fn position(&self, index: usize) -> (usize, usize) {
        let line = self.line_of(index);
        (line + 1, index - self.line_starts.get(line).copied().unwrap_or(0) + 1)
    }

    /// The characters `start..end` as printed.
    pub(crate) fn printed(&self, start: usize, end: usize) -> String {
        gathered(self.chars.get(start..end).unwrap_or_default())
    }

    /// The characters `start..end` folded.
    pub(crate) fn plain(&self, start: usize, end: usize) -> String {
        gathered(self.folded.get(start..end).unwrap_or_default())
    }

    /// Width of the characters `start..end` in half-width columns.
    pub(crate) fn width(&self, start: usize, end: usize, metric: Metric) -> i32 {
        self.chars.get(start..end).unwrap_or_default().iter().map(|c| metric.width(*c)).sum()
    }

    /// Every piece of the text in order.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut blanks = 0;
        let mut page_start = true;
        for line in 0..self.line_starts.len() {
            let start = self.line_starts[line];
            let end = self.line_starts.get(line + 1).copied().unwrap_or(self.chars.len());
            let before = pieces.len();
            page_start |= blanks >= 2 || self.opens_page(start, end, blanks);
            self.line_pieces(line, start..end, &mut pieces);
            if pieces.len() == before {
                blanks += 1;
                continue;
            }
            for (index, piece) in pieces[before..].iter_mut().enumerate() {
                piece.leads = index == 0;
                piece.blanks_above = blanks;
                piece.page_start = page_start && index == 0;
            }
            blanks = 0;
            page_start = false;
        }
        pieces
    }

    /// A form feed, or a single space in front of a line (how some extractors write a page end), opens a page.
    fn opens_page(&self, start: usize, end: usize, blanks: usize) -> bool {
        let line = self.chars.get(start..end).unwrap_or_default();
        let indent = line.iter().take_while(|c| **c == ' ').count();
        line.contains(&'\u{c}') || (indent == 1 && blanks == 0 && line.get(1).is_some_and(|c| !c.is_whitespace()))
    }

    fn line_pieces(&self, line: usize, range: std::ops::Range<usize>, pieces: &mut Vec<Piece>) {
        let mut index = range.start;
        while index < range.end {
            if is_space(self.chars[index]) {
                index += 1;
                continue;
            }
            let start = index;
            while index < range.end && !is_space(self.chars[index]) {
                index += 1;
            }
            pieces.push(Piece { start, end: index, line, leads: false, blanks_above: 0, page_start: false });
        }
    }
}

/// `chars` in a string that need not grow.
pub(crate) fn gathered(chars: &[char]) -> String {
    let mut gathered = String::with_capacity(chars.iter().map(|c| c.len_utf8()).sum());
    gathered.extend(chars);
    gathered
}

/// True for a vertical line between two cells.
pub(crate) const fn is_bar(c: char) -> bool {
    matches!(c, '|' | '｜' | '│' | '┃' | '║' | '╎' | '╏' | '┆' | '┇' | '┊' | '┋')
}

/// White space and characters without ink.
pub(crate) fn is_space(c: char) -> bool {
    !c.is_ascii_graphic() && is_unseen(c)
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// How the program that laid a form out counted the width of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Metric {
    /// Digits and letters are half as wide as a 汉字, and a number is not cut.
    #[default]
    Proportional,
    /// Digits and letters are half as wide as a 汉字, and a line may end anywhere, within a number too.
    Anywhere,
    /// Every character counts the same, and a line may end anywhere, within a number too.
    Counted,
}

impl Metric {
    /// Width of a character in half-width columns; punctuation of ambiguous width is wide.
    pub(crate) fn width(self, c: char) -> i32 {
        match (self, c.width_cjk()) {
            (_, Some(0) | None) => 0,
            (Self::Proportional | Self::Anywhere, Some(1)) => 1,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_know_their_places() {
        let text = Text::new("总分 100\r\n\r\n\r\n 优　良\n\u{c}注");
        let pieces = text.pieces();
        let printed: Vec<String> = pieces.iter().map(|p| text.printed(p.start, p.end)).collect();
        assert_eq!(printed, ["总分", "100", "优", "良", "注"]);
        assert_eq!(text.span(pieces[1].start, pieces[1].end), TextSpan::in_line(1, 4, 6));
        assert_eq!(text.span(pieces[3].start, pieces[3].end), TextSpan::in_line(4, 4, 4));
        assert_eq!(pieces.iter().map(|p| p.leads).collect::<Vec<_>>(), [true, false, true, false, true]);
        assert_eq!(pieces.iter().map(|p| p.blanks_above).collect::<Vec<_>>(), [0, 0, 2, 2, 0]);
        assert_eq!(pieces.iter().map(|p| p.page_start).collect::<Vec<_>>(), [true, false, true, false, true]);
    }

    #[test]
    fn wide_characters_count_double() {
        let text = Text::new("≥95%（全年）𠮷");
        assert_eq!(text.width(0, 4, Metric::Proportional), 2 + 2 + 1);
        assert_eq!(text.width(4, 9, Metric::Proportional), 10);
        assert_eq!(text.width(0, 4, Metric::Counted), 8);
    }
}
