//! What a source doubts about its cells, said about the fields that were read from them.

use std::collections::HashMap;

use jixiao_core::{Diagnostic, FormRecord, Place};

use crate::codes::Code;

/// A cell that may be another than it seems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The place of the cell.
    pub place: Place,
    /// Why, as a sentence for people.
    pub cause: String,
}

/// Adds a diagnostic for each field of `record` that stands in a doubtful cell.
pub(super) fn say(record: &mut FormRecord, doubts: &HashMap<&Place, &str>) {
    let mut said: Vec<Diagnostic> = Vec::new();
    for (path, places) in &record.provenance {
        let doubted = places.iter().find_map(|place| Some((place, *doubts.get(place)?)));
        let Some((place, cause)) = doubted else { continue };
        let message = format!("这一格的读法不唯一：{cause}");
        said.push(Code::UncertainCell.diagnostic(message, Some(*path), Some(place.clone())));
    }
    record.diagnostics.extend(said);
}
