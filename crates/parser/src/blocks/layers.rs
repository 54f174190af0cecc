//! The blocks and pages of a text.

use std::collections::BTreeMap;

use crate::stream::doc::{Doc, Token};

/// Where blocks and pages begin.
#[derive(Debug, Default)]
pub(super) struct Layers {
    /// The first line of each block, with its number and its page.
    blocks: BTreeMap<usize, (usize, usize)>,
}

impl Layers {
    /// The blocks of `doc`, whose words are in the order of the text.
    pub(super) fn new(doc: &Doc) -> Self {
        let mut blocks = BTreeMap::new();
        let mut page = 0;
        for token in doc.tokens.iter().filter(|token| token.piece.leads) {
            page += usize::from(token.piece.page_start);
            if token.piece.blanks_above > 0 || token.piece.page_start || blocks.is_empty() {
                blocks.insert(token.piece.line, (blocks.len(), page));
            }
        }
        Self { blocks }
    }

    /// The block and the page of `token`.
    pub(super) fn of(&self, token: &Token) -> (usize, usize) {
        self.blocks.range(..=token.piece.line).next_back().map_or((0, 0), |(_, found)| *found)
    }
}
