//! Office files written as text: the parts of the archive one after the other, each under its name.

use std::borrow::Cow;
use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Begins the line that names a part.
const MARK: &[u8] = b"\n@@@ ";

/// The archive of the parts in `listing`, stored; what cannot be stored is left out.
pub(crate) fn archive(listing: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in split(listing) {
        if zip.start_file(String::from_utf8_lossy(name), options).is_ok() && zip.write_all(content).is_err() {
            return Vec::new();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// Names and contents of the parts in `listing`.
fn split(listing: &[u8]) -> Vec<(&[u8], &[u8])> {
    let starts: Vec<usize> =
        listing.windows(MARK.len()).enumerate().filter(|(_, at)| *at == MARK).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([listing.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(start, end)| listing.get(start + MARK.len()..end));
    parts.map(|part| part.split_at_checked(line_end(part)).unwrap_or((part, &[]))).map(without_line_end).collect()
}

fn line_end(part: &[u8]) -> usize {
    part.iter().position(|byte| *byte == b'\n').unwrap_or(part.len())
}

fn without_line_end<'a>((name, rest): (&'a [u8], &'a [u8])) -> (&'a [u8], &'a [u8]) {
    (name, rest.get(1..).unwrap_or_default())
}

/// The listing of an archive, its pictures and fonts left out.
pub(crate) fn listing(archive: &[u8]) -> Vec<u8> {
    let mut listing = Vec::new();
    let Ok(mut zip) = ZipArchive::new(Cursor::new(archive)) else { return listing };
    for index in 0..zip.len() {
        let Ok(mut part) = zip.by_index(index) else { continue };
        let Ok(name) = part.name().map(Cow::into_owned) else { continue };
        let mut content = String::new();
        if part.read_to_string(&mut content).is_ok() {
            listing.extend([MARK, name.as_bytes(), b"\n", content.as_bytes()].concat());
        }
    }
    listing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_makes_the_archive_it_lists() {
        let text = b"\n@@@ a/b.xml\n<a/>\n@@@ empty\n\n@@@ c\nlast";
        assert_eq!(listing(&archive(text)), text);
    }

    #[test]
    fn any_bytes_are_a_listing() {
        assert!(split(b"").is_empty());
        assert!(split(b"@@@ name").is_empty());
        assert_eq!(split(b"\n@@@ name"), [(&b"name"[..], &b""[..])]);
    }
}
