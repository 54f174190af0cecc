//! What became of every character of a text: the book behind the promise that nothing is lost.

use jixiao_core::FieldPath;

/// What became of one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Use {
    /// White space.
    #[default]
    Blank,
    /// Part of a field of the form with that index.
    Field(usize, FieldPath),
    /// Part of a printed label.
    Label,
    /// Form furniture: page numbers, placeholder rows, dashes in blank cells.
    Furniture,
    /// Quoted in a diagnostic.
    Quoted,
}

/// One [`Use`] for each character of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    uses: Vec<Use>,
}

impl Ledger {
    /// A ledger for a text of `length` characters, all blank.
    pub(crate) fn new(length: usize) -> Self {
        Self { uses: vec![Use::Blank; length] }
    }

    /// Books the characters `start..end`.
    pub(crate) fn book(&mut self, start: usize, end: usize, entry: Use) {
        if let Some(uses) = self.uses.get_mut(start..end) {
            uses.fill(entry);
        }
    }

    /// The use of every character, in order.
    #[must_use]
    pub fn uses(&self) -> &[Use] {
        &self.uses
    }
}
