//! What of a reading bears on the words to come: of readings with the same future only the best one is followed.

use std::hash::{Hash, Hasher};

use jixiao_core::IndicatorField;

use super::state::{Move, NONE, State};
use super::{MAX_COLUMNS, Sheet};
use crate::stream::rows::column::Column;

/// A reading with one word more, before it is made: what differs from the reading that it follows.
pub(super) struct Future<'s> {
    /// The reading that it follows.
    pub(super) state: &'s State,
    pub(super) step: Move,
    pub(super) word: u32,
    /// The word stands in a cell that belongs to one row.
    pub(super) own: bool,
    /// The rows that have a cell in the column of the word.
    pub(super) filled: u128,
    pub(super) place: (u8, u16),
    pub(super) weights: i64,
    /// A number for the cells and last words of all columns.
    pub(super) content: u64,
}

impl<'s> Future<'s> {
    /// The future of `state` with the word `index` dealt as `step` says.
    pub(super) fn new(sheet: &Sheet, state: &'s State, index: usize, step: Move) -> Self {
        let column = usize::from(step.column);
        let word = u32::try_from(index).unwrap_or(NONE);
        let own = column < MAX_COLUMNS && !sheet.is_level(column);
        let before = state.filled.get(column).copied().unwrap_or(0);
        let filled = if own { before | 1 << u32::from(step.row.min(super::state::MOST_ROWS)) } else { before };
        let place = if own && step.opens { (step.column, step.row) } else { state.place };
        let weighs = own && step.opens && sheet.column(column) == Column::Field(IndicatorField::Weight);
        let points = sheet.words.get(index).filter(|_| weighs).and_then(|word| word.token.shape.number);
        let mut content = state.print;
        if let Some(last) = state.words.get(column) {
            content = content.wrapping_sub(print(column, before, *last)).wrapping_add(print(column, filled, word));
        }
        Self { state, step, word, own, filled, place, weights: state.weights + points.unwrap_or(0), content }
    }

    pub(super) fn column(&self) -> usize {
        usize::from(self.step.column)
    }
}

/// A number for the cells and the last word of a column.
fn print(column: usize, filled: u128, word: u32) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |sum: u64, value: u64| (sum ^ value).wrapping_mul(FACTOR).rotate_left(29);
    let (high, low) = ((filled >> 64) as u64, filled as u64);
    [low, high, u64::from(word)].into_iter().fold(column as u64, mix)
}

impl Hash for Future<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.content, self.place, self.weights).hash(state);
    }
}

impl PartialEq for Future<'_> {
    fn eq(&self, other: &Self) -> bool {
        let column = self.column();
        let alike = |at: usize| {
            at == column
                || (self.state.filled.get(at) == other.state.filled.get(at)
                    && self.state.words.get(at) == other.state.words.get(at))
        };
        (self.content, self.place, self.weights) == (other.content, other.place, other.weights)
            && (column, self.filled) == (other.column(), other.filled)
            && (0..MAX_COLUMNS).all(alike)
    }
}

impl Eq for Future<'_> {}
