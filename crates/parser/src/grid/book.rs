//! The cells of a grid in rows, and which of them have been read.

use std::ops::Range;

use jixiao_core::vocab::{Label, Labels, Scope};

use super::place::places;
use super::{Fate, GridCell};
use crate::raw::RawCell;

/// A number of a cell within its grid.
pub(super) type CellId = usize;

/// The cells of one row, by their numbers.
pub(super) type Row = Range<CellId>;

/// The cells and which of them have been read.
#[derive(Debug)]
pub(super) struct Book<'g> {
    cells: &'g [GridCell],
    /// What each cell says as a label: every row asks for many of them, some more than once.
    labels: Vec<Labels>,
    doubts: &'g [Option<String>],
    fates: Vec<Fate>,
}

impl<'g> Book<'g> {
    /// A book of `cells` with their `labels`, of which `doubts` says why a cell may stand in the wrong column.
    pub(super) fn new(cells: &'g [GridCell], labels: Vec<Labels>, doubts: &'g [Option<String>]) -> Self {
        Self { cells, labels, doubts, fates: vec![Fate::Unread; cells.len()] }
    }

    /// The rows, as ranges of cells.
    pub(super) fn rows(&self) -> Vec<Row> {
        let mut start = 0;
        let lengths = self.cells.chunk_by(|left, right| left.row == right.row).map(<[GridCell]>::len);
        lengths
            .map(|length| {
                let row = start..start + length;
                start += length;
                row
            })
            .collect()
    }

    /// The cells of a row with their numbers.
    pub(super) fn row(&self, row: &Row) -> impl DoubleEndedIterator<Item = (CellId, &'g GridCell)> + use<'g> {
        let cells = self.cells.get(row.clone()).unwrap_or_default();
        row.clone().zip(cells)
    }

    /// The cell after `id`.
    pub(super) fn cell(&self, id: CellId) -> Option<&'g GridCell> {
        self.cells.get(id)
    }

    /// What the cell `id` says as a label of each scope.
    pub(super) fn labels(&self, id: CellId) -> Labels {
        self.labels.get(id).copied().unwrap_or_default()
    }

    /// What the cell `id` says as a label of `scope`.
    pub(super) fn label(&self, id: CellId, scope: Scope) -> Option<Label> {
        self.labels.get(id)?.get(scope)
    }

    /// True for the label of a block at its side or above it.
    pub(super) fn is_block(&self, id: CellId) -> bool {
        self.label(id, Scope::Block).is_some()
    }

    /// The first cell of a row that is no label of a block.
    pub(super) fn first_of(&self, row: &Row) -> Option<(CellId, &'g GridCell)> {
        self.row(row).find(|(id, _)| !self.is_block(*id))
    }

    /// Marks a cell as read: a known label, or a placeholder.
    pub(super) fn mark(&mut self, id: CellId) {
        self.set(id, Fate::Read);
    }

    fn set(&mut self, id: CellId, fate: Fate) {
        if let Some(own) = self.fates.get_mut(id) {
            *own = fate;
        }
    }

    /// Reads a cell that the model has no field for: a diagnostic will quote it.
    pub(super) fn take_unkept(&mut self, id: CellId) -> RawCell {
        self.set(id, Fate::Unkept);
        self.peek(id)
    }

    /// Reads a cell of one line: its wrapped lines are joined.
    pub(super) fn take(&mut self, id: CellId) -> RawCell {
        self.mark(id);
        self.peek(id)
    }

    /// What [`Book::take`] reads, without marking it as read.
    pub(super) fn peek(&self, id: CellId) -> RawCell {
        self.cell_with(id, one_line)
    }

    /// The text of what [`Book::peek`] reads.
    pub(super) fn text(&self, id: CellId) -> String {
        self.cell(id).map(|cell| one_line(&cell.text)).unwrap_or_default()
    }

    /// Reads a cell of running text: its line breaks are kept.
    pub(super) fn take_text(&mut self, id: CellId) -> RawCell {
        self.mark(id);
        self.cell_with(id, |text| text.trim().to_owned())
    }

    fn cell_with(&self, id: CellId, clean: impl FnOnce(&str) -> String) -> RawCell {
        let Some(cell) = self.cell(id) else { return RawCell::default() };
        let doubt = self.doubts.get(id).cloned().flatten().or_else(|| glued(&cell.text));
        RawCell { text: clean(&cell.text), places: places(cell, 0..cell.text.len()), doubt }
    }

    /// What became of each cell.
    pub(super) fn fates(self) -> Vec<Fate> {
        self.fates
    }

    /// True where a cell has been read.
    pub(super) fn is_read(&self, id: CellId) -> bool {
        self.fates.get(id).is_some_and(|fate| *fate != Fate::Unread)
    }

    /// Takes back what was read of `cells`.
    pub(super) fn forget(&mut self, cells: Range<CellId>) {
        if let Some(fates) = self.fates.get_mut(cells) {
            fates.fill(Fate::Unread);
        }
    }

    /// The cells of `cells` that have not been read.
    pub(super) fn unread(&self, cells: Range<CellId>) -> impl Iterator<Item = &'g GridCell> {
        cells.filter(|id| !self.is_read(*id)).filter_map(|id| self.cell(id))
    }
}

/// A figure of so many characters does not fit many columns.
const LONG_FIGURE: usize = 6;

/// Why a figure of several lines may be several figures: a digit ends one of its lines and another begins the next.
fn glued(text: &str) -> Option<String> {
    let is_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '\n');
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // Long fractions break before their last digits.
    let breaks = |one: &str, other: &str| one.len() >= LONG_FIGURE && one.contains('.') && other.len() <= 2;
    let open = |(one, other): (&str, &str)| {
        digit(one.chars().next_back()) && digit(other.chars().next()) && !breaks(one, other)
    };
    let seam = text.lines().zip(text.lines().skip(1)).any(open);
    let glued = seam && text.chars().all(is_figure);
    glued.then(|| format!("格内分几行印着「{}」，按一个数接起来读，也可能是几个数。", text.replace('\n', "⏎")))
}

/// The wrapped lines of a text, joined.
pub(super) fn one_line(text: &str) -> String {
    if text.contains('\n') { text.lines().map(str::trim).collect() } else { text.trim().to_owned() }
}
