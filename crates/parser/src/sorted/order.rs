//! The words of a text put into drawing order.

use std::collections::BTreeSet;

use crate::stream::doc::Token;

/// Words in drawing order, and what is known of them.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// The words; each one that begins a row or a line of a cell leads.
    pub(crate) tokens: Vec<Token>,
    /// Where the right one of two goal texts begins, as an index into the characters.
    pub(crate) right_texts: BTreeSet<usize>,
    /// Pieces of labels down the side of a block stand on lines of the block.
    pub(crate) by_height: bool,
    /// Words that may belong to a neighbouring cell, as indices into the characters.
    pub(crate) doubtful: BTreeSet<usize>,
}

impl Order {
    /// Adds a run of words: the first one leads, the others stand behind it.
    pub(crate) fn run(&mut self, tokens: impl IntoIterator<Item = Token>) {
        for (index, mut token) in tokens.into_iter().enumerate() {
            token.piece.leads = index == 0;
            self.tokens.push(token);
        }
    }

    /// Adds words that each stand on a line of their own.
    pub(crate) fn down(&mut self, tokens: impl IntoIterator<Item = Token>) {
        tokens.into_iter().for_each(|token| self.run([token]));
    }

    /// Remarks that `tokens` may belong elsewhere.
    pub(crate) fn doubt<'t>(&mut self, tokens: impl IntoIterator<Item = &'t Token>) {
        self.doubtful.extend(tokens.into_iter().map(|token| token.piece.start));
    }
}
