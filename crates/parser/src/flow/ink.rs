//! A text as its visible characters, each with the white space in front of it.

use std::ops::Range;

use crate::text::{Text, gathered};

/// The white space in front of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// None: the characters are glued together.
    None,
    /// Blanks within a line.
    Space,
    /// The end of a line, and that many blank lines.
    Line(usize),
}

/// The visible characters of a text. Positions in this module count them, from 0.
#[derive(Debug)]
pub(super) struct Ink<'a> {
    text: &'a Text,
    /// The characters, folded to their plain kin.
    pub(super) chars: Vec<char>,
    /// Where each one stands in the text.
    at: Vec<usize>,
    gaps: Vec<Gap>,
}

impl<'a> Ink<'a> {
    /// The visible characters of `text`.
    pub(super) fn new(text: &'a Text) -> Self {
        let mut ink = Self { text, chars: Vec::new(), at: Vec::new(), gaps: Vec::new() };
        let mut line = None;
        for index in (0..text.chars.len()).filter(|index| text.is_ink(*index)) {
            let own = text.line_of(index);
            let gap = match (line, ink.at.last()) {
                (Some(line), _) if own > line => Gap::Line(own - line - 1),
                (Some(_), Some(last)) if last + 1 == index => Gap::None,
                (Some(_), _) => Gap::Space,
                (None, _) => Gap::Line(0),
            };
            line = Some(own);
            ink.at.push(index);
            ink.chars.extend(text.folded.get(index));
            ink.gaps.push(gap);
        }
        ink
    }

    /// Number of visible characters.
    pub(super) const fn len(&self) -> usize {
        self.at.len()
    }

    /// The gap in front of the character at `position`; behind the last one, the end of a line.
    pub(super) fn gap(&self, position: usize) -> Gap {
        self.gaps.get(position).copied().unwrap_or(Gap::Line(0))
    }

    /// The character at `position`.
    pub(super) fn char(&self, position: usize) -> Option<char> {
        self.chars.get(position).copied()
    }

    /// The folded characters `range`.
    pub(super) fn plain(&self, range: Range<usize>) -> String {
        gathered(self.chars.get(range).unwrap_or_default())
    }

    /// True where the characters from `position` on spell `word`.
    pub(super) fn spells(&self, position: usize, word: &str) -> bool {
        let rest = self.chars.get(position..).unwrap_or_default();
        word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(wanted, own)| wanted == *own)
    }

    /// The characters of the text from the first to the last of `range`, white space between them included.
    pub(super) fn text_range(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.at.get(range.start).copied();
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start).and_then(|last| self.at.get(last));
        match (first, last) {
            (Some(first), Some(last)) => first..last + 1,
            _ => 0..0,
        }
    }

    /// The text itself.
    pub(super) const fn text(&self) -> &'a Text {
        self.text
    }

    /// The end of the line that `position` stands in.
    pub(super) fn line_end(&self, position: usize) -> usize {
        (position + 1..self.len()).find(|next| matches!(self.gap(*next), Gap::Line(_))).unwrap_or(self.len())
    }
}
