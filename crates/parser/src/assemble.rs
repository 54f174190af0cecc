//! From cells to the typed form.

use jixiao_core::FormRecord;

use crate::raw::RawForm;

/// Interprets every cell of `raw`.
///
/// A cell that does not hold what its column demands (letters where a score belongs) becomes null with a
/// diagnostic that quotes it; a reader's doubts and failures of the form's own arithmetic become diagnostics
/// with the field's path. `index` is the number of the form within its input.
#[must_use]
pub fn assemble(_raw: &RawForm, _index: usize) -> FormRecord {
    unimplemented!()
}
