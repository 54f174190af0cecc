//! The parts of a zipped workbook, read against a budget so that no archive unpacks without end.

use std::cell::Cell;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::limits::MAX_UNPACKED_BYTES;
use crate::error::ImportError;

/// An opened archive.
pub(crate) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: Cell<u64>,
}

impl<'a> Package<'a> {
    /// Opens the archive.
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Self { archive, left: Cell::new(MAX_UNPACKED_BYTES) })
    }

    /// True where the archive has a part of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(|name| name.trim_start_matches('/').to_owned()).collect()
    }

    /// The text of a part, `None` where there is no such part.
    pub(crate) fn text(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(damaged)?;
        let mut bytes = Vec::new();
        let read = Budgeted { file, left: &self.left }.read_to_end(&mut bytes);
        read.map_err(|error| if self.left.get() == 0 { ImportError::UnpacksTooLarge } else { damaged(error) })?;
        String::from_utf8(bytes).map(Some).map_err(damaged)
    }

    /// The XML of a part, `None` where there is no such part. Names are compared without case, as programs do.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<'_, 'a>>, ImportError> {
        let name = name.trim_start_matches('/');
        let exact = self.archive.index_for_name(name);
        let index = exact.or_else(|| {
            let mut names = self.archive.file_names();
            names.position(|entry| entry.is_ok_and(|entry| entry.replace('\\', "/").eq_ignore_ascii_case(name)))
        });
        let Some(index) = index else { return Ok(None) };
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::InvalidPassword) => return Err(ImportError::Encrypted),
            Err(error) => return Err(damaged(error)),
        };
        let mut reader = Reader::from_reader(BufReader::new(Budgeted { file, left: &self.left }));
        reader.config_mut().expand_empty_elements = true;
        Ok(Some(Xml { reader, buffer: Vec::new(), left: &self.left }))
    }
}

/// A part that counts what it unpacks to.
struct Budgeted<'p, 'a> {
    file: ZipFile<'p, Cursor<&'a [u8]>>,
    left: &'p Cell<u64>,
}

impl Read for Budgeted<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        match self.left.get().checked_sub(count as u64) {
            Some(left) => {
                self.left.set(left);
                Ok(count)
            }
            None => {
                self.left.set(0);
                Err(std::io::Error::other("unpacks beyond the limit"))
            }
        }
    }
}

/// The events of an XML part; an empty element gives a start and an end.
pub(super) struct Xml<'p, 'a> {
    reader: Reader<BufReader<Budgeted<'p, 'a>>>,
    buffer: Vec<u8>,
    left: &'p Cell<u64>,
}

/// What the readers of parts need to know of an event.
pub(super) enum Token<'b> {
    /// An element begins.
    Start(BytesStart<'b>),
    /// An element ends; its name without prefix.
    End(String),
    /// Characters.
    Text(String),
}

impl Xml<'_, '_> {
    /// The next event that matters, `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Token<'_>>, ImportError> {
        self.buffer.clear();
        let spent = self.left;
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(|error| if spent.get() == 0 { ImportError::UnpacksTooLarge } else { damaged(error) })?;
        Ok(Some(match event {
            Event::Start(start) => Token::Start(start),
            Event::End(end) => Token::End(end.local_name().as_ref().to_owned()),
            Event::Text(text) => Token::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Token::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => Token::Text(resolve(&reference)),
            Event::Eof => return Ok(None),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                Token::Text(String::new())
            }
        }))
    }
}

/// The characters of a reference. Entities that a document declares itself are left as they stand: expanding them
/// is how a small file becomes a large one.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return c.to_string();
    }
    let name = reference.xml10_content();
    match name.as_ref() {
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "amp" => "&".to_owned(),
        "apos" => "'".to_owned(),
        "quot" => "\"".to_owned(),
        other => format!("&{other};"),
    }
}

/// The value of an attribute by its name without prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| {
            attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
        })
}

fn damaged(error: impl std::fmt::Display) -> ImportError {
    ImportError::Damaged(error.to_string())
}
