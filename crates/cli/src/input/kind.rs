//! What an input is, found out from its content.

use memchr::memmem;

/// The kinds of content that inputs come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No content at all.
    Empty,
    /// .xlsx, .xlsm, .xls or .ods.
    Workbook,
    /// A workbook or document locked with a password.
    Encrypted,
    /// A PDF.
    Pdf,
    /// A Word document, .docx.
    Word,
    /// A text document in a format that is not read: .doc, .wps, .odt, .rtf.
    OldWord,
    /// An OFD document, the Chinese counterpart of PDF.
    Ofd,
    /// A picture.
    Picture,
    /// Any other binary content.
    Binary,
    /// Text of any encoding: form text, JSON or HTML.
    Text,
}

/// Every PDF reader looks for the mark this far into the file.
const PDF_MARK_WITHIN: usize = 1024;

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

const RTF: &[u8] = b"{\\rtf";

const PICTURES: [&[u8]; 7] =
    [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  ", b"BM\0\0"];

const BINARIES: [&[u8]; 6] = [b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\x7fELF", b"MZ\x90", b"SQLite format 3\0"];

/// The kind of `bytes`.
pub(crate) fn detect(bytes: &[u8]) -> Kind {
    if bytes.is_empty() {
        Kind::Empty
    } else if bytes.starts_with(ZIP) {
        zip(bytes)
    } else if bytes.starts_with(OLE) {
        ole(bytes)
    } else if memmem::find(bytes.get(..PDF_MARK_WITHIN).unwrap_or(bytes), b"%PDF-").is_some() {
        Kind::Pdf
    } else if bytes.starts_with(RTF) {
        Kind::OldWord
    } else if PICTURES.iter().any(|mark| bytes.starts_with(mark)) {
        Kind::Picture
    } else if BINARIES.iter().any(|mark| bytes.starts_with(mark)) || is_noise(bytes) {
        Kind::Binary
    } else {
        Kind::Text
    }
}

/// Names of a zip archive's parts stand uncompressed in its directory.
fn zip(bytes: &[u8]) -> Kind {
    let has = |name: &[u8]| memmem::find(bytes, name).is_some();
    if has(b"xl/workbook") || has(b"opendocument.spreadsheet") {
        Kind::Workbook
    } else if has(b"word/document") {
        Kind::Word
    } else if has(b"opendocument.text") {
        Kind::OldWord
    } else if has(b"OFD.xml") {
        Kind::Ofd
    } else {
        Kind::Binary
    }
}

/// Names of the streams of an OLE container are UTF-16.
fn ole(bytes: &[u8]) -> Kind {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        Kind::Encrypted
    } else if has("Workbook") || has("Book") {
        Kind::Workbook
    } else if has("WordDocument") {
        Kind::OldWord
    } else {
        Kind::Binary
    }
}

/// How much of an input is looked at to tell text from noise.
const SAMPLE: usize = 64 * 1024;

/// One zero byte in so many is what a UTF-16 text has at least; noise has one in 256.
const UTF16_ZEROS: usize = 32;

/// True for bytes that are no text in any encoding: more than one in twenty is a control byte, and they are not the
/// zero halves of UTF-16.
fn is_noise(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let is_control = |byte: &u8| matches!(byte, 0x00..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f);
    let control = sample.iter().filter(|byte| is_control(byte)).count();
    control * 20 > sample.len() && !may_be_utf16(sample)
}

/// True where the bytes have the mark of UTF-16, or zeros mostly on one side of the byte pairs (line ends, digits and
/// spaces of a text without the mark).
fn may_be_utf16(sample: &[u8]) -> bool {
    if sample.starts_with(b"\xff\xfe") || sample.starts_with(b"\xfe\xff") {
        return true;
    }
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    (even + odd) * UTF16_ZEROS >= sample.len() && (even > 4 * odd || odd > 4 * even)
}

/// The kinds of decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// White space only.
    Blank,
    /// A web page, or a workbook saved as one.
    Html,
    /// JSON.
    Json,
    /// Anything else.
    Plain,
}

/// The kind of a decoded text.
pub(crate) fn detect_text(text: &str) -> TextKind {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.is_empty() {
        TextKind::Blank
    } else if is_html(text) {
        TextKind::Html
    } else if is_json(text) {
        TextKind::Json
    } else {
        TextKind::Plain
    }
}

fn is_html(text: &str) -> bool {
    if !text.starts_with('<') {
        return false;
    }
    let head: String = text.chars().take(512).collect::<String>().to_lowercase();
    ["<html", "<!doctype html", "<table", "<head", "<body"].iter().any(|tag| head.contains(tag))
}

/// Form text may begin with a bracket too (`[207]…`), so the character behind it counts as well.
fn is_json(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !c.is_whitespace());
    match (marks.next(), marks.next()) {
        (Some('{'), second) => matches!(second, Some('"' | '}') | None),
        (Some('['), second) => matches!(second, Some('{' | '[' | ']') | None),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_told_apart_by_their_parts() {
        assert_eq!(detect(b"PK\x03\x04....xl/workbook.xml"), Kind::Workbook);
        assert_eq!(detect(b"PK\x03\x04....word/document.xml"), Kind::Word);
        assert_eq!(detect(b"PK\x03\x04....photo.txt"), Kind::Binary);
        let ole = |name: &str| [OLE, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
        assert_eq!(detect(&ole("Workbook")), Kind::Workbook);
        assert_eq!(detect(&ole("WordDocument")), Kind::OldWord);
        assert_eq!(detect(b"PK\x03\x04....OFD.xml"), Kind::Ofd);
        assert_eq!(detect(b"{\\rtf1\\ansi"), Kind::OldWord);
        assert_eq!(detect(&ole("EncryptedPackage")), Kind::Encrypted);
    }

    #[test]
    fn text_of_every_encoding_is_text() {
        let utf16: Vec<u8> = "项目名称 12.5\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(detect("项目名称\n\u{c}".as_bytes()), Kind::Text);
        assert_eq!(detect(&utf16), Kind::Text);
        assert_eq!(detect(b"\xcf\xee\xc4\xbf\xc3\xfb\xb3\xc6"), Kind::Text);
    }

    #[test]
    fn noise_is_binary() {
        assert_eq!(detect(b""), Kind::Empty);
        let noise: Vec<u8> = (0..=255).cycle().take(4096).collect();
        assert_eq!(detect(&noise), Kind::Binary);
        assert_eq!(detect(b"\x89PNG\r\n\x1a\n...."), Kind::Picture);
        assert_eq!(detect(b"junk\n%PDF-1.7"), Kind::Pdf);
    }

    #[test]
    fn text_that_begins_with_a_bracket_is_not_json() {
        assert_eq!(detect_text(" [207]文化局"), TextKind::Plain);
        assert_eq!(detect_text("\u{feff}[ {\"form\""), TextKind::Json);
        assert_eq!(detect_text("{\"title\": null}"), TextKind::Json);
        assert_eq!(detect_text("[]"), TextKind::Json);
        assert_eq!(detect_text("<!DOCTYPE html><p>"), TextKind::Html);
        assert_eq!(detect_text(" \n\u{3000}"), TextKind::Blank);
    }
}
