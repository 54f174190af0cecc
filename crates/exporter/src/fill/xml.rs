//! XML taken apart without losing a byte: every piece keeps its raw text, and what is not changed is copied.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::ExportError;

/// Elements deeper than this are no workbook's.
const MAX_DEPTH: usize = 256;
const BYTE_ORDER_MARK: char = '\u{feff}';

/// One piece of a document and its raw text.
#[derive(Debug)]
pub(super) struct Piece<'x> {
    pub(super) raw: &'x str,
    pub(super) event: Event<'x>,
}

impl<'x> Piece<'x> {
    /// The name, without prefix, of the element that begins here, `<a>` or `<a/>`.
    pub(super) fn begins(&self) -> Option<&str> {
        match &self.event {
            Event::Start(tag) | Event::Empty(tag) => Some(tag_name(tag)),
            _ => None,
        }
    }

    /// The name, without prefix, of the element that ends here, `</a>` or `<a/>`.
    pub(super) fn ends(&self) -> Option<&str> {
        match &self.event {
            Event::End(tag) => Some(local(tag.name().into_inner())),
            Event::Empty(tag) => Some(tag_name(tag)),
            _ => None,
        }
    }

    /// The tag, where this is one with attributes.
    pub(super) const fn tag(&self) -> Option<&BytesStart<'x>> {
        match &self.event {
            Event::Start(tag) | Event::Empty(tag) => Some(tag),
            _ => None,
        }
    }

    /// True for `<a/>`.
    pub(super) const fn is_empty(&self) -> bool {
        matches!(self.event, Event::Empty(_))
    }
}

fn tag_name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    local(tag.name().into_inner())
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Takes a document apart; the raw texts of the pieces make up the whole again.
pub(super) struct Pieces<'x> {
    xml: &'x str,
    reader: Reader<&'x [u8]>,
    /// The bytes of a byte order mark, which the reader does not count.
    mark: usize,
    depth: usize,
    end: usize,
}

impl<'x> Pieces<'x> {
    /// The pieces of `xml`.
    pub(super) fn of(xml: &'x str) -> Self {
        let bare = xml.trim_start_matches(BYTE_ORDER_MARK);
        let mut reader = Reader::from_str(bare);
        // Old comments' drawings are written by hand, and not always well.
        reader.config_mut().check_end_names = false;
        Self { xml, reader, mark: xml.len() - bare.len(), depth: 0, end: 0 }
    }

    /// The bytes read so far.
    pub(super) const fn end(&self) -> usize {
        self.end
    }

    /// The next piece, `None` at the end.
    ///
    /// # Errors
    ///
    /// The XML is not well formed, or nested deeper than any workbook's.
    pub(super) fn next(&mut self) -> Result<Option<Piece<'x>>, ExportError> {
        let damaged = |cause: String| ExportError::TemplateDamaged(cause);
        let event = self.reader.read_event().map_err(|error| damaged(error.to_string()))?;
        let end = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).saturating_add(self.mark);
        let raw = self.xml.get(self.end..end).ok_or_else(|| damaged("XML".to_owned()))?;
        match event {
            Event::Eof => return Ok(None),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > MAX_DEPTH {
            return Err(damaged("XML 嵌套过深".to_owned()));
        }
        self.end = end;
        Ok(Some(Piece { raw, event }))
    }
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute<'t>(tag: &'t BytesStart<'_>, name: &str) -> Option<Cow<'t, str>> {
    let found = tag.attributes().with_checks(false).flatten().find(|each| local(each.key.into_inner()) == name)?;
    Some(unescaped(match found.value {
        Cow::Borrowed(value) => Cow::Borrowed(value),
        Cow::Owned(value) => Cow::Owned(value),
    }))
}

/// The characters that `raw` stands for; as it is where it holds entities of its own.
pub(super) fn unescaped(raw: Cow<'_, str>) -> Cow<'_, str> {
    match quick_xml::escape::unescape(&raw) {
        Ok(Cow::Owned(text)) => Cow::Owned(text),
        _ => raw,
    }
}

/// `text` as content of an element or an attribute.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    quick_xml::escape::escape(text)
}

/// The tag with the attributes that `change` gives a new value; `None` where it changes none. Everything else in the
/// tag stays as it is, byte for byte.
pub(super) fn with_attributes(
    piece: &Piece<'_>,
    mut change: impl FnMut(&str, &str) -> Option<String>,
) -> Option<String> {
    let mut out = String::new();
    let mut copied = 0;
    for found in piece.tag()?.attributes().with_checks(false).flatten() {
        let Cow::Borrowed(value) = found.value else { continue };
        let plain = unescaped(Cow::Borrowed(value));
        let Some(new) = change(local(found.key.into_inner()), &plain).filter(|new| *new != plain) else { continue };
        let start = (value.as_ptr() as usize).checked_sub(piece.raw.as_ptr() as usize)?;
        out.push_str(piece.raw.get(copied..start)?);
        out.push_str(&escaped(&new));
        copied = start + value.len();
    }
    if copied == 0 {
        return None;
    }
    out.push_str(piece.raw.get(copied..)?);
    Some(out)
}

/// The tag without the attribute `name`.
pub(super) fn without_attribute(raw: &str, name: &str) -> String {
    let needle = format!(" {name}=");
    let Some(start) = raw.find(&needle) else { return raw.to_owned() };
    let value = start + needle.len();
    let quote = raw.get(value..).and_then(|rest| rest.chars().next()).unwrap_or('"');
    let end = raw.get(value + 1..).and_then(|rest| rest.find(quote)).map(|at| value + 1 + at + 1);
    match end {
        Some(end) => format!("{}{}", raw.get(..start).unwrap_or_default(), raw.get(end..).unwrap_or_default()),
        None => raw.to_owned(),
    }
}

/// The prefix of a tag's name, its colon included.
pub(super) fn prefix(tag: &BytesStart<'_>) -> String {
    tag.name().into_inner().rsplit_once(':').map(|(prefix, _)| format!("{prefix}:")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str =
        "\u{feff}<?xml version='1.0'?>\r\n<x:a  b = '1&amp;2'\n c=\"3\"><d/>绩&lt;<![CDATA[<]]><!--e--></x:a>\n";

    fn all(xml: &str) -> Result<Vec<Piece<'_>>, ExportError> {
        let mut pieces = Pieces::of(xml);
        let mut all = Vec::new();
        while let Some(piece) = pieces.next()? {
            all.push(piece);
        }
        Ok(all)
    }

    #[test]
    fn the_pieces_make_up_the_whole() {
        let whole: String = all(SOURCE).unwrap().iter().map(|piece| piece.raw).collect();
        assert_eq!(whole, SOURCE);
    }

    #[test]
    fn one_attribute_changes_and_nothing_else() {
        let all = all(SOURCE).unwrap();
        let tag = all.iter().find(|piece| piece.begins() == Some("a")).unwrap();
        let change = |name: &str, value: &str| (name == "b" && value == "1&2").then(|| "<5".to_owned());
        assert_eq!(with_attributes(tag, change).unwrap(), "<x:a  b = '&lt;5'\n c=\"3\">");
        assert_eq!(with_attributes(tag, |_, value| Some(value.to_owned())), None);
        assert_eq!(without_attribute("<c r=\"A1\" t='s' s=\"3\">", "t"), "<c r=\"A1\" s=\"3\">");
        assert_eq!(prefix(tag.tag().unwrap()), "x:");
    }

    #[test]
    fn what_is_no_xml_or_too_deep_is_refused() {
        assert!(all("<a><b").is_err());
        assert!(all(&"<a>".repeat(300)).is_err());
    }
}
