//! Puts a document together from what its markup opens and closes.

use super::census::Census;
use super::{Cell, Content, Row, Span, Table};
use crate::error::SourceError;
use crate::limits::{MAX_CELLS, MAX_NESTED_TABLES};

/// A document in the making: the tables that are open, and the text of the innermost open cell.
#[derive(Debug)]
pub(crate) struct Builder {
    /// The document itself, then one for each open cell.
    levels: Vec<Level>,
    tables: Vec<Table>,
    /// Tables open beyond the deepest that is kept.
    too_deep: usize,
    cells: usize,
}

#[derive(Debug, Default)]
struct Level {
    span: Span,
    /// True for a cell that is the further part of the one at its left.
    joins_left: bool,
    content: Vec<Content>,
    text: String,
    /// What stands beside the open line: text boxes.
    asides: Vec<Content>,
}

impl Level {
    /// Moves the text into the content, and what stands beside it after it.
    fn flush(&mut self) {
        let lines: Vec<&str> = self.text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty()).collect();
        if !lines.is_empty() {
            self.content.push(Content::Text(lines.join("\n")));
        }
        self.text.clear();
        self.content.append(&mut self.asides);
    }
}

impl Default for Builder {
    fn default() -> Self {
        Self { levels: vec![Level::default()], tables: Vec::new(), too_deep: 0, cells: 0 }
    }
}

impl Builder {
    fn text_mut(&mut self) -> Option<&mut String> {
        self.levels.last_mut().map(|level| &mut level.text)
    }

    /// Appends text to the open line.
    pub(crate) fn text(&mut self, text: &str) {
        if let Some(open) = self.text_mut() {
            open.push_str(text);
        }
    }

    /// Ends the open line, if it has text.
    pub(crate) fn end_line(&mut self) {
        if let Some(open) = self.text_mut()
            && !open.is_empty()
            && !open.ends_with('\n')
        {
            open.push('\n');
        }
    }

    /// The last character of the open line.
    pub(crate) fn last_char(&self) -> Option<char> {
        self.levels.last().and_then(|level| level.text.chars().next_back()).filter(|c| *c != '\n')
    }

    /// Ends a paragraph; the text boxes anchored in it follow it.
    pub(crate) fn end_paragraph(&mut self) {
        self.end_line();
        if let Some(level) = self.levels.last_mut().filter(|level| !level.asides.is_empty()) {
            level.flush();
        }
    }

    /// Begins a text box, which stands beside the open paragraph.
    pub(crate) fn open_aside(&mut self) {
        self.levels.push(Level::default());
    }

    /// Ends a text box.
    pub(crate) fn close_aside(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some(mut level) = self.levels.pop() else { return };
        level.flush();
        if let Some(outer) = self.levels.last_mut() {
            outer.asides.extend(level.content);
        }
    }

    /// What the open cell covers.
    pub(crate) fn span_mut(&mut self) -> Option<&mut Span> {
        self.levels.last_mut().filter(|_| self.too_deep == 0).map(|level| &mut level.span)
    }

    /// Makes the open cell a part of the one at its left.
    pub(crate) fn join_left(&mut self) {
        if let Some(level) = self.levels.last_mut().filter(|_| self.too_deep == 0) {
            level.joins_left = true;
        }
    }

    /// Takes back the open row.
    pub(crate) fn drop_row(&mut self) {
        if let Some(table) = self.tables.last_mut().filter(|_| self.too_deep == 0) {
            table.rows.pop();
        }
    }

    /// Leaves columns free before the first cell of the open row.
    pub(crate) fn skip_columns(&mut self, before: u32) {
        let row = self.tables.last_mut().filter(|_| self.too_deep == 0).and_then(|table| table.rows.last_mut());
        if let Some(row) = row {
            row.before = before;
        }
    }

    /// Begins a table.
    pub(crate) fn open_table(&mut self) {
        self.end_line();
        if self.tables.len() >= MAX_NESTED_TABLES {
            self.too_deep += 1;
            return;
        }
        if let Some(level) = self.levels.last_mut() {
            level.flush();
        }
        self.tables.push(Table::default());
    }

    /// Ends a table.
    pub(crate) fn close_table(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if let (Some(table), Some(level)) = (self.tables.pop(), self.levels.last_mut()) {
            level.flush();
            level.content.push(Content::Table(table));
        }
    }

    /// Begins a row.
    pub(crate) fn open_row(&mut self) {
        if let Some(table) = self.tables.last_mut().filter(|_| self.too_deep == 0) {
            table.rows.push(Row::default());
        }
    }

    /// Begins a cell.
    ///
    /// # Errors
    ///
    /// The document has more cells than any that holds forms.
    pub(crate) fn open_cell(&mut self, span: Span) -> Result<(), SourceError> {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(SourceError::TooManyCells);
        }
        if self.too_deep == 0 {
            self.levels.push(Level { span, ..Level::default() });
        }
        Ok(())
    }

    /// Ends a cell; one outside of any table is text like any other.
    pub(crate) fn close_cell(&mut self) {
        if self.too_deep > 0 {
            self.end_line();
            return;
        }
        if self.levels.len() < 2 {
            return;
        }
        let Some(mut level) = self.levels.pop() else { return };
        level.flush();
        let row = self.tables.last_mut().and_then(|table| table.rows.last_mut());
        match (row, self.levels.last_mut()) {
            (Some(row), _) => match row.cells.last_mut().filter(|_| level.joins_left) {
                Some(left) => {
                    left.span.columns = left.span.columns.saturating_add(level.span.columns);
                    left.content.extend(level.content);
                }
                None => row.cells.push(Cell { span: level.span, content: level.content }),
            },
            (None, Some(outer)) => {
                outer.flush();
                outer.content.extend(level.content);
            }
            (None, None) => {}
        }
    }

    /// The finished document; whatever is still open is closed.
    ///
    /// # Errors
    ///
    /// The document has more text, or tables that take more room, than any that holds forms.
    pub(crate) fn finish(mut self) -> Result<Vec<Content>, SourceError> {
        while !self.tables.is_empty() {
            self.close_cell();
            self.close_table();
        }
        let mut content = Vec::new();
        for mut level in self.levels {
            level.flush();
            content.extend(level.content);
        }
        Census::default().count(&content)?;
        Ok(content)
    }
}
