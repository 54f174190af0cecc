//! How much the compressed streams of a PDF unpack to, measured before anything unpacks them for use.

use std::io::{Read, copy, sink};

use flate2::read::DeflateDecoder;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::Object;

use crate::error::SourceError;
use crate::limits::{MAX_PDF_OBJECTS, MAX_PDF_PICTURE_BYTES, MAX_PDF_STREAM_BYTES, MAX_PDF_UNPACKED_BYTES};

/// Streams packed more often than this are not followed further.
const MOST_LAYERS: usize = 4;
/// What one byte packed by LZW or by its run length may unpack to.
const RATIOS: [(&[u8], u64); 2] = [(b"/LZW", 1_400), (b"/RunLength", 64)];
/// Beginnings of the files of fonts: TrueType, OpenType, collections, Type 1 and CFF.
const FONTS: [&[u8]; 6] = [b"\x00\x01\x00\x00", b"true", b"OTTO", b"ttcf", b"%!", b"\x01\x00\x04"];
/// A stream's dictionary is looked for so far before it.
const DICTIONARY: usize = 2_048;

/// Fails where a stream, or all of them together, unpack to more than the limits.
///
/// Any stream is tried, whatever its dictionary says of its packing: that may stand elsewhere in the file. What is no
/// packed data ends at its first bytes.
pub(super) fn check(bytes: &[u8]) -> Result<(), SourceError> {
    if memchr::memmem::find_iter(bytes, b" obj").count() > MAX_PDF_OBJECTS {
        return Err(SourceError::TooManyPdfObjects);
    }
    let mut total = 0_u64;
    for start in memchr::memmem::find_iter(bytes, b"stream") {
        let Some(data) = data(bytes, start) else { continue };
        let head = bytes.get(start.saturating_sub(DICTIONARY)..start).unwrap_or_default();
        let head = memchr::memmem::rfind(head, b"obj").and_then(|at| head.get(at..)).unwrap_or(head);
        let size = size(head, data)?;
        if memchr::memmem::find(head, b"/Image").is_none() {
            total = total.saturating_add(size);
        }
        if total > MAX_PDF_UNPACKED_BYTES {
            return Err(SourceError::PdfUnpacksTooLarge);
        }
    }
    Ok(())
}

/// The same for the streams of a file that is encrypted, which only show what they unpack to once they are decrypted.
pub(super) fn check_encrypted(bytes: &[u8], pdf: &Pdf) -> Result<(), SourceError> {
    if memchr::memmem::find(bytes, b"/Encrypt").is_none() {
        return Ok(());
    }
    let mut total = 0_u64;
    for object in pdf.objects() {
        if let Object::Stream(stream) = object {
            total = total.saturating_add(size(stream.dict().data(), &stream.raw_data())?);
            within(total, MAX_PDF_UNPACKED_BYTES)?;
        }
    }
    Ok(())
}

/// What follows the keyword `stream` at `start`, up to the end of the file: packed data tell their end themselves.
fn data(bytes: &[u8], start: usize) -> Option<&[u8]> {
    let ends = bytes.get(..start)?.ends_with(b"end");
    let rest = bytes.get(start + b"stream".len()..)?;
    let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
    rest.strip_prefix(b"\n").filter(|_| !ends)
}

fn size(head: &[u8], data: &[u8]) -> Result<u64, SourceError> {
    let says = |word: &[u8]| memchr::memmem::find(head, word).is_some();
    let image = says(b"/Image");
    if let Some((_, ratio)) = RATIOS.iter().find(|(word, _)| !image && says(word)) {
        return within(length(data).saturating_mul(*ratio), MAX_PDF_STREAM_BYTES);
    }
    let first = first_bytes(data);
    let font = FONTS.iter().any(|font| first.starts_with(font) || data.starts_with(font));
    let limit = if image || font { MAX_PDF_PICTURE_BYTES } else { MAX_PDF_STREAM_BYTES };
    match inflated(data, limit)? {
        0 => within(length(data), limit),
        _ if starts_zlib(&first) => layers(data, limit),
        size => Ok(size),
    }
}

/// The bytes of a stream as it stands in the file.
fn length(data: &[u8]) -> u64 {
    let length = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// `size`, where it is not above `limit`.
pub(super) const fn within(size: u64, limit: u64) -> Result<u64, SourceError> {
    if size > limit { Err(SourceError::PdfUnpacksTooLarge) } else { Ok(size) }
}

/// The size of a stream that is packed several times over.
fn layers(data: &[u8], limit: u64) -> Result<u64, SourceError> {
    let mut unpacked = data.to_vec();
    let mut largest = 0;
    for _ in 0..MOST_LAYERS {
        if !starts_zlib(&unpacked) {
            break;
        }
        let mut next = Vec::new();
        // Damaged data count as far as they go.
        let _ = decoder(&unpacked).take(limit + 1).read_to_end(&mut next);
        largest = largest.max(within(u64::try_from(next.len()).unwrap_or(u64::MAX), limit)?);
        unpacked = next;
    }
    Ok(largest)
}

/// The bytes that `data` unpacks to, counted no further than just above the limit.
fn inflated(data: &[u8], limit: u64) -> Result<u64, SourceError> {
    let mut counted = Counted { decoder: decoder(data).take(limit + 1), count: 0 };
    let _ = copy(&mut counted, &mut sink());
    within(counted.count, limit)
}

fn first_bytes(data: &[u8]) -> Vec<u8> {
    let mut first = Vec::new();
    let _ = decoder(data).take(4).read_to_end(&mut first);
    first
}

/// True where data begin as packed data with a header do.
const fn starts_zlib(data: &[u8]) -> bool {
    let [kind, flags, ..] = *data else { return false };
    kind & 0x0f == 8 && (kind as u16 * 256 + flags as u16).is_multiple_of(31) && flags & 0x20 == 0
}

fn decoder(data: &[u8]) -> DeflateDecoder<&[u8]> {
    DeflateDecoder::new(if starts_zlib(data) { data.get(2..).unwrap_or_default() } else { data })
}

/// Counts what is read even where an error ends it.
struct Counted<R> {
    decoder: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.count = self.count.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn file(data: &[u8]) -> Vec<u8> {
        [b"1 0 obj<</Filter 9 0 R>>stream\r\n".as_slice(), data, b"\nendstream"].concat()
    }

    #[test]
    fn streams_are_measured_through_all_layers() {
        let bomb = packed(&vec![b' '; (MAX_PDF_STREAM_BYTES + 1) as usize]);
        assert!(bomb.len() < 100_000);
        assert_eq!(check(&file(&bomb)), Err(SourceError::PdfUnpacksTooLarge));
        assert_eq!(check(&file(&packed(&bomb))), Err(SourceError::PdfUnpacksTooLarge));
        assert_eq!(check(&file(&packed(b"BT ET"))), Ok(()));
        assert_eq!(check(&file(b"BT (stream) ET")), Ok(()));
    }

    #[test]
    fn many_streams_count_together() {
        let part = packed(&vec![b' '; MAX_PDF_STREAM_BYTES as usize]);
        let most = (MAX_PDF_UNPACKED_BYTES / MAX_PDF_STREAM_BYTES) as usize;
        assert_eq!(check(&file(&part).repeat(most)), Ok(()));
        assert_eq!(check(&file(&part).repeat(most + 1)), Err(SourceError::PdfUnpacksTooLarge));
    }

    #[test]
    fn fonts_may_be_larger_than_instructions() {
        let mut font = vec![b' '; (MAX_PDF_STREAM_BYTES + 1) as usize];
        assert_eq!(check(&file(&packed(&font))), Err(SourceError::PdfUnpacksTooLarge));
        font[..4].copy_from_slice(b"OTTO");
        assert_eq!(check(&file(&packed(&font))), Ok(()));
    }

    #[test]
    fn other_ways_of_packing_count_by_their_worst() {
        let runs = |length: usize, head: &str| {
            [format!("1 0 obj<<{head}>>stream\n").as_bytes(), &vec![b'a'; length], b"\nendstream"].concat()
        };
        assert_eq!(check(&runs(1_000, "/Filter/RunLengthDecode")), Ok(()));
        assert_eq!(check(&runs(300_000, "/Filter/RunLengthDecode")), Err(SourceError::PdfUnpacksTooLarge));
        assert_eq!(check(&b"1 0 obj null\n".repeat(MAX_PDF_OBJECTS + 1)), Err(SourceError::TooManyPdfObjects));
    }
}
