//! How much a document holds, before its tables are laid out.

use super::{Content, Table};
use crate::error::SourceError;
use crate::limits::{MAX_FIELDS, MAX_LINES, MAX_TEXT_BYTES};

/// What was counted so far.
#[derive(Debug, Default)]
pub(super) struct Census {
    bytes: usize,
    lines: usize,
    fields: usize,
}

impl Census {
    /// Counts `content` and all that stands in its tables.
    ///
    /// # Errors
    ///
    /// It is more than any document of forms holds.
    pub(super) fn count(&mut self, content: &[Content]) -> Result<(), SourceError> {
        for part in content {
            match part {
                Content::Text(text) => self.text(text)?,
                Content::Table(table) => self.table(table)?,
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), SourceError> {
        self.bytes += text.len();
        self.lines += text.lines().count();
        let fits = self.bytes <= MAX_TEXT_BYTES && self.lines <= MAX_LINES;
        if fits { Ok(()) } else { Err(SourceError::TooMuchText) }
    }

    fn table(&mut self, table: &Table) -> Result<(), SourceError> {
        for (number, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let left = table.rows.len() - number;
                let rows = usize::try_from(cell.span.rows).unwrap_or(left).min(left);
                let columns = usize::try_from(cell.span.columns).unwrap_or(usize::MAX);
                self.fields = self.fields.saturating_add(rows.saturating_mul(columns));
                if self.fields > MAX_FIELDS {
                    return Err(SourceError::TooManyCells);
                }
                self.count(&cell.content)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{Cell, Row, Span};

    fn table(rows: usize, span: Span) -> Content {
        let row = Row { cells: vec![Cell { span, content: Vec::new() }], ..Row::default() };
        Content::Table(Table { rows: vec![row; rows] })
    }

    #[test]
    fn cells_count_by_the_room_they_take() {
        let wide = |columns: u32, rows: u32| Span { columns, rows, continues: false };
        let counted = |content: Content| Census::default().count(&[content]);
        assert_eq!(counted(table(1_000, wide(1_000, 1))), Ok(()));
        assert_eq!(counted(table(10_000, wide(1_000, 1))), Err(SourceError::TooManyCells));
        // Rows below the last are none.
        assert_eq!(counted(table(1, wide(1_000, 65_534))), Ok(()));
        assert_eq!(counted(table(3_000, wide(1, 65_534))), Err(SourceError::TooManyCells));
    }

    #[test]
    fn text_counts_by_bytes_and_lines() {
        let counted = |text: String| Census::default().count(&[Content::Text(text)]);
        assert_eq!(counted("表\n".repeat(MAX_LINES)), Ok(()));
        assert_eq!(counted("表\n".repeat(MAX_LINES + 1)), Err(SourceError::TooMuchText));
        assert_eq!(counted("表".repeat(MAX_TEXT_BYTES / 3 + 1)), Err(SourceError::TooMuchText));
    }
}
