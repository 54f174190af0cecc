//! The cells that a marked dialect yields, before it is known in which columns they stand.

use std::ops::Range;

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{Label, Labels, Scope};

use super::columns::Shape;
use crate::text::Text;

/// What the text says in front of a cell about the end of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Break {
    /// The cell stands in the row of the cell before it.
    None,
    /// A row may begin here.
    Soft,
    /// A row begins here.
    #[default]
    Hard,
}

/// A cell of the text; blank cells that the text marks are cells too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cell {
    /// First character.
    pub(super) start: usize,
    /// One past the last character; not above `start` for a blank cell.
    pub(super) end: usize,
    /// The text exactly as it stands in `start..end`.
    pub(super) text: String,
    /// What the text says as a label.
    pub(super) labels: Labels,
    /// Whether a row begins with the cell.
    pub(super) before: Break,
    /// It stands on several lines, which may be of several cells.
    pub(super) unsure: bool,
}

impl Cell {
    /// The cell that `range` holds, white space around it left out.
    pub(super) fn new(text: &Text, range: Range<usize>, before: Break) -> Self {
        let ink = |index: &usize| text.is_ink(*index);
        let start = range.clone().find(ink).unwrap_or(range.end);
        let end = range.clone().rev().find(ink).map_or(start, |last| last + 1);
        let text = text.printed(start, end);
        Self { start, end, labels: Labels::of(&text), text, before, unsure: false }
    }

    /// True where the cell is marked but holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// True for a printed label of `scope`.
    pub(super) fn is(&self, scope: Scope) -> bool {
        self.label(scope).is_some()
    }

    /// What the cell says as a label of `scope`.
    pub(super) const fn label(&self, scope: Scope) -> Option<Label> {
        self.labels.get(scope)
    }

    /// What the cell looks like.
    pub(super) fn shape(&self) -> Shape {
        Shape::with_labels(&self.text, &self.labels)
    }

    /// The text folded and without white space.
    pub(super) fn squeezed(&self) -> String {
        squeeze(&self.text)
    }
}

/// What a dialect's marks yield.
#[derive(Debug, Clone, Default)]
pub(super) struct Marked {
    /// The cells in the order of the text.
    pub(super) cells: Vec<Cell>,
    /// The characters that part cells: they say nothing themselves.
    pub(super) marks: Vec<usize>,
}
