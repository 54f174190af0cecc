//! The parts of zipped office files (.xlsx, .ods, .docx), read against a budget so that no archive unpacks without end.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// An archive that could not be read; the words are the caller's business, who knows what it should hold.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// A part is locked with a password.
    #[error("a part is encrypted")]
    Encrypted,
    /// The archive or a part ends early or contradicts itself.
    #[error("{0}")]
    Damaged(String),
    /// The parts unpack to more than the budget.
    #[error("the parts unpack beyond the limit")]
    UnpacksTooLarge,
}

/// An opened archive.
#[derive(Debug)]
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: Arc<AtomicU64>,
}

impl<'a> Package<'a> {
    /// Opens the archive, of which at most `budget` bytes will be unpacked.
    ///
    /// # Errors
    ///
    /// The bytes are no zip archive.
    pub fn open(bytes: &'a [u8], budget: u64) -> Result<Self, PackageError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        Ok(Self { archive, left: Arc::new(AtomicU64::new(budget)) })
    }

    /// Another hold of the archive, for another thread; both spend the one budget.
    #[must_use]
    pub fn share(&self) -> Self {
        Self { archive: self.archive.clone(), left: Arc::clone(&self.left) }
    }

    /// Another hold of the archive, with a budget of its own: what is left of this one's.
    #[must_use]
    pub fn fork(&self) -> Self {
        let left = self.left.load(Ordering::Relaxed);
        Self { archive: self.archive.clone(), left: Arc::new(AtomicU64::new(left)) }
    }

    /// The names of the parts.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().flatten().map(|name| name.trim_start_matches('/').to_owned()).collect()
    }

    /// True where the archive has a part of that name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// The text of a part, `None` where there is no such part.
    ///
    /// # Errors
    ///
    /// The part is damaged, is not UTF-8, or unpacks beyond the budget.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, PackageError> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(damaged)?;
        let mut bytes = Vec::new();
        let read = Budgeted { file, left: &self.left }.read_to_end(&mut bytes);
        read.map_err(|error| if is_spent(&self.left) { PackageError::UnpacksTooLarge } else { damaged(error) })?;
        String::from_utf8(bytes).map(Some).map_err(damaged)
    }

    /// The XML of a part, `None` where there is no such part. Names are compared without case, as programs do.
    ///
    /// # Errors
    ///
    /// The part is encrypted or its entry is damaged.
    pub fn xml(&mut self, name: &str) -> Result<Option<Xml<'_, 'a>>, PackageError> {
        let name = name.trim_start_matches('/');
        let exact = self.archive.index_for_name(name);
        let index = exact.or_else(|| {
            let mut names = self.archive.file_names();
            names.position(|entry| entry.is_ok_and(|entry| entry.replace('\\', "/").eq_ignore_ascii_case(name)))
        });
        let Some(index) = index else { return Ok(None) };
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::InvalidPassword) => return Err(PackageError::Encrypted),
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
    left: &'p AtomicU64,
}

impl Read for Budgeted<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        let spend = |left: u64| Some(left.saturating_sub(count as u64));
        let before = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, spend).unwrap_or_default();
        if before < count as u64 { Err(std::io::Error::other("unpacks beyond the limit")) } else { Ok(count) }
    }
}

fn is_spent(left: &AtomicU64) -> bool {
    left.load(Ordering::Relaxed) == 0
}

/// The events of an XML part; an empty element gives a start and an end.
pub struct Xml<'p, 'a> {
    reader: Reader<BufReader<Budgeted<'p, 'a>>>,
    buffer: Vec<u8>,
    left: &'p AtomicU64,
}

/// What the readers of parts need to know of an event.
pub enum Token<'b> {
    /// An element begins.
    Start(BytesStart<'b>),
    /// An element ends.
    End(BytesEnd<'b>),
    /// Characters.
    Text(Cow<'b, str>),
}

impl Xml<'_, '_> {
    /// The next event that matters, `None` at the end of the part.
    ///
    /// # Errors
    ///
    /// The part is damaged, or the archive has unpacked to more than its budget.
    #[expect(clippy::should_implement_trait, reason = "a token borrows from the reader, and reading can fail")]
    pub fn next(&mut self) -> Result<Option<Token<'_>>, PackageError> {
        self.buffer.clear();
        let spent = self.left;
        let event = self
            .reader
            .read_event_into(&mut self.buffer)
            .map_err(|error| if is_spent(spent) { PackageError::UnpacksTooLarge } else { damaged(error) })?;
        Ok(Some(match event {
            Event::Start(start) => Token::Start(start),
            Event::End(end) => Token::End(end),
            Event::Text(text) => Token::Text(text.xml10_content()),
            Event::CData(text) => Token::Text(text.xml10_content()),
            Event::GeneralRef(reference) => Token::Text(resolve(&reference).into()),
            Event::Eof => return Ok(None),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                Token::Text(Cow::Borrowed(""))
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
#[must_use]
pub fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut named = printed(start).filter(|attribute| attribute.key.local_name().as_ref() == name);
    value(&named.next()?).map(Cow::into_owned)
}

/// The names of all attributes, without prefix, and their values: one pass for an element of which several are needed.
pub fn attributes<'s>(start: &'s BytesStart<'_>) -> impl Iterator<Item = (&'s str, Cow<'s, str>)> {
    printed(start).filter_map(|attribute| Some((attribute.key.local_name().into_inner(), value(&attribute)?)))
}

fn printed<'s>(start: &'s BytesStart<'_>) -> impl Iterator<Item = Attribute<'s>> {
    let mut attributes = start.attributes();
    attributes.with_checks(false);
    attributes.flatten()
}

fn value<'s>(attribute: &Attribute<'s>) -> Option<Cow<'s, str>> {
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()
}

fn damaged(error: impl std::fmt::Display) -> PackageError {
    PackageError::Damaged(error.to_string())
}
