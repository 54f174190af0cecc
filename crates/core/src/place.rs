//! Where in the input something stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A stretch of text: 1-based lines and character columns, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct TextSpan {
    /// First line.
    pub line_start: usize,
    /// First character of the first line; absent where whole lines are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column_start: Option<usize>,
    /// Last line.
    pub line_end: usize,
    /// Last character of the last line; absent where whole lines are meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column_end: Option<usize>,
}

impl TextSpan {
    /// The whole lines `first..=last`.
    #[must_use]
    pub const fn lines(first: usize, last: usize) -> Self {
        Self { line_start: first, column_start: None, line_end: last, column_end: None }
    }

    /// The characters `first..=last` of one line.
    #[must_use]
    pub const fn in_line(line: usize, first: usize, last: usize) -> Self {
        Self { line_start: line, column_start: Some(first), line_end: line, column_end: Some(last) }
    }
}

/// A place in an input of any kind. Later sources (pages, tables, elements) add variants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Place {
    /// Lines and columns of a text.
    Text(TextSpan),
    /// A cell or range of a workbook sheet.
    Sheet {
        /// The sheet's name.
        sheet: String,
        /// A cell or range in A1 notation, such as `C7` or `A1:J20`.
        range: String,
    },
}

impl From<TextSpan> for Place {
    fn from(span: TextSpan) -> Self {
        Self::Text(span)
    }
}

impl std::fmt::Display for Place {
    /// The place in words for people: `第12行第3列`, `工作表「表1」C7`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(span) => {
                write!(f, "第{}行", span.line_start)?;
                if let Some(column) = span.column_start {
                    write!(f, "第{column}列")?;
                }
                if span.line_end != span.line_start {
                    write!(f, "至第{}行", span.line_end)?;
                }
                Ok(())
            }
            Self::Sheet { sheet, range } => write!(f, "工作表「{sheet}」{range}"),
        }
    }
}
