//! The text of an input, cut into lines so that reports can show the line they speak of.

use std::ops::Range;

use jixiao_core::TextSpan;

/// A text and where its lines begin.
#[derive(Debug)]
pub(crate) struct Source {
    text: String,
    /// Byte offsets of the line starts.
    starts: Vec<usize>,
}

/// The lines that some spans cover.
pub(crate) struct Excerpt<'a> {
    /// The text of the lines.
    pub(crate) text: &'a str,
    /// The number of the first of them.
    pub(crate) first_line: usize,
    /// The bytes of each span within the text; empty ones left out.
    pub(crate) marks: Vec<Range<usize>>,
}

/// More lines than this between the spans of one field are no help on a screen; only the first spans are shown then.
const MAX_LINES: usize = 40;

/// A span of more lines than this, such as a whole form, is marked at its first line only.
const MAX_SPAN_LINES: usize = 6;

/// A longer mark says no more than its beginning; in characters.
const MAX_MARK: usize = 200;

impl Source {
    /// Takes over `text`.
    pub(crate) fn new(text: String) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Self { text, starts }
    }

    /// The lines from the first to the last of `spans`; `None` where no span lies in the text.
    pub(crate) fn excerpt(&self, spans: &[TextSpan]) -> Option<Excerpt<'_>> {
        let spans: Vec<TextSpan> = spans.iter().map(clipped).collect();
        let first_line = spans.iter().map(|span| span.line_start).min()?;
        let near = |span: &&TextSpan| span.line_end < first_line + MAX_LINES;
        let last_line = spans.iter().filter(near).map(|span| span.line_end).max().unwrap_or(first_line);
        let lines = self.line(first_line)?.start..self.line(last_line)?.end;
        let marks = spans.iter().filter(near).filter_map(|span| self.bytes(span));
        let marks = marks.filter(|mark| !mark.is_empty()).map(|mark| mark.start - lines.start..mark.end - lines.start);
        Some(Excerpt { text: self.text.get(lines.clone())?, first_line, marks: marks.collect() })
    }

    /// The bytes of a 1-based line without its end.
    fn line(&self, number: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).copied().unwrap_or(self.text.len());
        let line = self.text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(start..start + line.len())
    }

    /// The bytes of a span: whole lines, without the blanks at their ends, where it has no columns.
    fn bytes(&self, span: &TextSpan) -> Option<Range<usize>> {
        let (first, last) = (self.line(span.line_start)?, self.line(span.line_end)?);
        let start = match span.column_start {
            Some(column) => self.offset(&first, column.checked_sub(1)?),
            None => first.end - self.text.get(first.clone())?.trim_start().len(),
        };
        let end = match span.column_end {
            Some(column) => self.offset(&last, column),
            None => last.start + self.text.get(last.clone())?.trim_end().len(),
        };
        let mark = self.text.get(start..end.max(start))?;
        let length = mark.char_indices().nth(MAX_MARK).map_or(mark.len(), |(offset, _)| offset);
        Some(start..start + length)
    }

    /// The byte offset behind the first `characters` of a line.
    fn offset(&self, line: &Range<usize>, characters: usize) -> usize {
        let text = self.text.get(line.clone()).unwrap_or_default();
        text.char_indices().nth(characters).map_or(line.end, |(offset, _)| line.start + offset)
    }
}

/// The first line of a span that is too long to show.
fn clipped(span: &TextSpan) -> TextSpan {
    if span.line_end.saturating_sub(span.line_start) < MAX_SPAN_LINES {
        *span
    } else {
        TextSpan { line_end: span.line_start, column_end: None, ..*span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found_by_line_and_character() {
        let source = Source::new("甲乙丙\r\n  得分 9.5 \n末行".to_owned());
        let excerpt = source.excerpt(&[TextSpan::in_line(2, 6, 8)]).unwrap();
        assert_eq!((excerpt.text, excerpt.first_line), ("  得分 9.5 ", 2));
        assert_eq!(&excerpt.text[excerpt.marks[0].clone()], "9.5");
        let excerpt = source.excerpt(&[TextSpan::lines(1, 2)]).unwrap();
        assert_eq!(&excerpt.text[excerpt.marks[0].clone()], "甲乙丙\r\n  得分 9.5");
    }

    #[test]
    fn spans_outside_of_the_text_show_nothing() {
        let source = Source::new("一行".to_owned());
        assert!(source.excerpt(&[TextSpan::in_line(7, 1, 1)]).is_none());
        assert!(source.excerpt(&[]).is_none());
        assert!(source.excerpt(&[TextSpan::in_line(1, 9, 12)]).unwrap().marks.is_empty());
    }
}
