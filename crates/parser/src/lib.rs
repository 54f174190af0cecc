//! Reads self-evaluation forms from text and from grids of cells.
//!
//! `bytes → text → lines → blocks → cells → form`: [`decode`] turns bytes into text, [`parse`] text into forms,
//! [`grid::read`] grids of cells (pipe tables, workbooks) into forms, [`document::read`] tables with text around them
//! (pages, Word files, web pages). Nothing here fails or
//! panics: whatever the input, forms and diagnostics come back, and every character read ends in a field, in a
//! known label or in a diagnostic.

pub mod assemble;
mod blocks;
mod bodies;
pub mod codes;
mod decode;
mod dialect;
pub mod document;
mod done;
mod family;
mod flow;
pub mod grid;
mod jumbled;
mod ledger;
mod markup;
mod merged;
mod ordinal;
mod rates;
pub mod raw;
mod read;
mod remarks;
mod sorted;
mod spaced;
mod stream;
mod template;
mod text;
mod trust;
mod unlikely;
pub mod value;

pub use decode::{Decoded, decode};
use jixiao_core::{Diagnostic, FormRecord};
pub use ledger::{Ledger, Use};
pub use read::{parse, parse_with_ledger};

/// The forms of one input, in printed order, and what concerns the input outside of any form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// The forms.
    pub records: Vec<FormRecord>,
    /// Diagnostics that belong to no form: an input without any form, text cut off by a limit.
    pub diagnostics: Vec<Diagnostic>,
}
