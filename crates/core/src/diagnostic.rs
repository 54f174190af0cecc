//! What a reader has to say about its own reading: ambiguous, repaired, lost.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{FieldPath, Place};

/// How serious a diagnostic or a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong, or in need of a look.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// The name used in JSON and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word for people: on reports it is never left to colour.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "提示",
            Self::Warning => "警告",
            Self::Error => "错误",
        }
    }
}

/// One remark of a reader about one field, or about the form as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// A stable name in kebab case, such as `ambiguous-cell`.
    pub code: String,
    /// How serious it is.
    pub severity: Severity,
    /// One Chinese sentence that stands alone.
    pub message: String,
    /// The field it is about; null for the form or the text around it.
    pub field: Option<FieldPath>,
    /// Where in the input.
    pub span: Option<Place>,
}
