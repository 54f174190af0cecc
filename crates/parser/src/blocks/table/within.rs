//! What it costs that a word goes on in a cell.

use super::Word;
use super::cost::{Ask, begins_level};
use crate::stream::rows::column::NEVER;
use crate::stream::wrap;

/// A line of a cell behind a blank line, and behind a page break.
const BLANK_WITHIN: i32 = 40;
const AIRY_WITHIN: i32 = 5;
const PAGE_WITHIN: i32 = 12;
const UNKNOWN_WIDTH: i32 = 6;
const DASH_WITHIN: i32 = 30;
const NUMBER_WITHIN: i32 = 14;
const COMPARED_WITHIN: i32 = 18;
const LEVEL_WITHIN: i32 = 14;
const SENTENCE_END: i32 = 6;

impl Ask<'_> {
    /// The cost of the word going on in the last cell of `column`.
    pub(super) fn go_on(&self, column: usize) -> i32 {
        let cell = self.open_cell(column);
        let Some(last) = cell.first() else { return NEVER };
        let kind = self.sheet.column(column);
        if kind.is_points() || last.token.shape.dash {
            return NEVER;
        }
        self.across(last) + self.wraps(column, &cell) + self.within(&cell)
    }

    /// The cost of blank lines and page breaks between two lines of a cell.
    pub(super) fn across(&self, last: &Word) -> i32 {
        if last.page != self.word.page {
            PAGE_WITHIN
        } else if last.block == self.word.block {
            0
        } else if self.sheet.airy {
            AIRY_WITHIN
        } else {
            BLANK_WITHIN
        }
    }

    /// The cost of the cell's last line ending where it does.
    fn wraps(&self, column: usize, cell: &[&Word]) -> i32 {
        let Some(last) = cell.first() else { return 0 };
        let line = last.token.piece.line;
        if line == self.word.token.piece.line {
            return 0;
        }
        let words: Vec<&&Word> = cell.iter().take_while(|word| word.token.piece.line == line).collect();
        let gaps = i32::try_from(words.len().saturating_sub(1)).unwrap_or(0);
        let width: i32 = words.iter().map(|word| word.token.width).sum::<i32>() + gaps;
        let doubt: i32 = words.iter().map(|word| wrap::doubt(&word.token)).sum();
        let Some(full) = self.sheet.widths.get(column).copied().flatten() else {
            return self.short(cell, width);
        };
        let slack = wrap::slack_cost(width, doubt, &self.word.token, full);
        let slack = if last.token.shape.full_stop { slack.min(SENTENCE_END) } else { slack };
        let own = &self.word.token;
        slack + wrap::excess_cost(own.width, wrap::doubt(own), own.shape.closed, full)
    }

    /// As long as the column's width is not known, a line is full if it is as long as the one above.
    fn short(&self, cell: &[&Word], width: i32) -> i32 {
        let widest = cell.iter().map(|word| word.token.width).max().unwrap_or(0);
        let excess = self.word.token.width - widest;
        UNKNOWN_WIDTH + 2 * (widest - width).clamp(0, 10) + 2 * (excess - 2).clamp(0, 10)
    }

    /// Words that look like the beginning of a cell.
    fn within(&self, cell: &[&Word]) -> i32 {
        let depth: i32 = cell.iter().map(|word| word.token.shape.depth).sum();
        let shape = self.word.token.shape;
        let date = self.word.look.date_number || self.word.look.date_word;
        match shape {
            shape if shape.dash => DASH_WITHIN,
            shape if shape.number.is_some() && depth <= 0 && !date => NUMBER_WITHIN,
            shape if shape.comparator => COMPARED_WITHIN,
            _ if self.word.look.numbered => COMPARED_WITHIN,
            _ if self.word.look.is_level || begins_level(self.word) => LEVEL_WITHIN,
            _ => 0,
        }
    }
}
