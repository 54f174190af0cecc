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
    /// The blocks of `doc`, whose words are in the order of the text. Only a form feed ends a page: a page number may
    /// stand among the blocks of its page.
    pub(super) fn new(doc: &Doc) -> Self {
        let mut blocks = BTreeMap::new();
        let (mut page, mut end) = (0, 0);
        for token in &doc.tokens {
            let between = doc.text.chars.get(end..token.piece.start).unwrap_or_default();
            let turns = between.contains(&'\u{c}');
            page += usize::from(turns);
            end = token.piece.end;
            if token.piece.leads && (token.piece.blanks_above > 0 || turns || blocks.is_empty()) {
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
