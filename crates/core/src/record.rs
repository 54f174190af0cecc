//! A form together with where it was found and what the reader remarked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::score::ScoreNote;
use crate::{Diagnostic, FieldPath, Form, Place};

/// The places of every field that was read: one place for each printed piece of the field, in reading order.
///
/// Kept beside the form instead of inside each field, so that rules and writers work on plain values and
/// the JSON contract stays as it is without `--provenance`.
pub type Provenance = BTreeMap<FieldPath, Vec<Place>>;

/// One form found in one input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormRecord {
    /// The input as given.
    #[serde(default)]
    pub path: String,
    /// 0-based number of the form within its input.
    #[serde(default)]
    pub index: usize,
    /// What the form covers of the input.
    #[serde(default)]
    pub span: Option<Place>,
    /// The form.
    pub form: Form,
    /// What was ambiguous, repaired or lost in reading.
    #[serde(default)]
    pub diagnostics: Vec<Diagnostic>,
    /// Where each field stands; printed with `--provenance`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, Vec<Place>>")]
    pub provenance: Provenance,
    /// How `score` came to each number, or why it left one open; absent where nothing was scored.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub computations: Vec<ScoreNote>,
}

impl From<Form> for FormRecord {
    /// The record of a form that was read from nowhere.
    fn from(form: Form) -> Self {
        Self {
            path: String::new(),
            index: 0,
            span: None,
            form,
            diagnostics: Vec::new(),
            provenance: Provenance::new(),
            computations: Vec::new(),
        }
    }
}
