//! PDF documents.
//!
//! Drawing instructions → glyphs and rules → runs and cells → tables and lines of each page → one document.

mod align;
mod frame;
mod furniture;
mod garbled;
mod half;
mod ink;
mod join;
mod layout;
mod page;
mod rules;
mod runs;
mod shapes;
mod stacks;
mod ticks;
mod turn;
mod units;
mod unpacked;
mod visible;

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::object::dict::keys::CONTENTS;
use hayro_interpret::hayro_syntax::object::{Array, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use jixiao_core::Place;
use jixiao_parser::codes::Code;
use jixiao_parser::document::Document;

use self::garbled::Census;
pub use self::layout::PageLayout;
use self::page::{PageParts, Part};
use crate::error::SourceError;
use crate::limits::{
    MAX_GLYPHS, MAX_PAGE_MILLISECONDS, MAX_PAGES, MAX_PDF_BYTES, MAX_PDF_SECONDS, MAX_PDF_STREAM_BYTES,
    MAX_PDF_UNPACKED_BYTES, MAX_RUNS,
};

/// Stack for forms within forms; the interpreter goes fifty deep.
const STACK_BYTES: usize = 64 << 20;

/// Reads a PDF: its tables by their ruling lines, and the lines of text around them.
///
/// Watermarks, text that nobody sees, page headers and page numbers are kept apart, as diagnostics.
///
/// # Errors
///
/// The bytes are no PDF or damaged beyond repair, are locked with a password, hold only pictures or text in fonts that
/// do not tell what they show, or are more or slower to draw than any document of forms.
pub fn read_pdf(bytes: &[u8]) -> Result<Document, SourceError> {
    document(drawn(bytes)?)
}

/// What [`read_pdf`] sees on each page: ruling lines, cells and lines, without page headers and numbers.
///
/// # Errors
///
/// Those of [`read_pdf`], but for what only shows once all pages have been looked at.
pub fn pdf_layout(bytes: &[u8]) -> Result<Vec<PageLayout>, SourceError> {
    let mut pages = drawn(bytes)?;
    furniture::take(&mut pages);
    align::tables(&mut pages);
    Ok(pages.iter().map(layout::of_page).collect())
}

/// The parts of all pages, in a thread of its own with room for forms within forms.
fn drawn(bytes: &[u8]) -> Result<Vec<PageParts>, SourceError> {
    if bytes.len() > MAX_PDF_BYTES {
        return Err(SourceError::PdfTooLarge);
    }
    unpacked::check(bytes)?;
    let bytes = bytes.to_vec();
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        // Nobody listens any more once the time is up.
        let _ = sender.send(pages(bytes));
    };
    let started = thread::Builder::new().name("pdf".to_owned()).stack_size(STACK_BYTES).spawn(work);
    if started.is_err() {
        return Err(SourceError::PdfTooSlow);
    }
    receiver.recv_timeout(time(MAX_PAGES)).unwrap_or_else(|error| match error {
        mpsc::RecvTimeoutError::Timeout => Err(SourceError::PdfTooSlow),
        mpsc::RecvTimeoutError::Disconnected => Err(SourceError::DamagedPdf),
    })
}

/// How long the instructions of so many pages may take.
fn time(pages: usize) -> Duration {
    let pages = u32::try_from(pages).unwrap_or(u32::MAX);
    let each = Duration::from_millis(MAX_PAGE_MILLISECONDS.into());
    Duration::from_secs(MAX_PDF_SECONDS).saturating_add(each.saturating_mul(pages))
}

fn pages(bytes: Vec<u8>) -> Result<Vec<PageParts>, SourceError> {
    let started = Instant::now();
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => SourceError::UnknownPdfCipher,
        LoadPdfError::Decryption(_) => SourceError::EncryptedPdf,
        LoadPdfError::Invalid => SourceError::DamagedPdf,
    })?;
    unpacked::check_encrypted(pdf.data().as_ref(), &pdf)?;
    if pdf.pages().is_empty() {
        return Err(SourceError::DamagedPdf);
    }
    if pdf.pages().len() > MAX_PAGES {
        return Err(SourceError::TooManyPages);
    }
    let end = started + time(pdf.pages().len());
    let mut cache = InterpreterCache::new();
    let mut pages = Vec::new();
    let (mut glyphs, mut runs, mut instructions) = (0, 0, 0);
    for page in pdf.pages().iter() {
        instructions = unpacked::within(instructions + instructions_of(page)?, MAX_PDF_UNPACKED_BYTES)?;
        let ink = ink::of_page(page, &cache, end).ok_or(SourceError::PdfTooSlow)?;
        glyphs += ink.glyphs.len();
        if glyphs > MAX_GLYPHS {
            return Err(SourceError::TooMuchPdfText);
        }
        if ink.cut {
            // What the page left half done is not used again.
            cache = InterpreterCache::new();
        }
        let parts = page::parts(ink);
        runs += parts.runs;
        if runs > MAX_RUNS {
            return Err(SourceError::TooMuchPdfText);
        }
        pages.push(parts);
    }
    Ok(pages)
}

/// The size of the drawing instructions of a page. They are unpacked for good, page by page, and the same stream may be
/// those of many pages, or many times those of one.
fn instructions_of(page: &Page<'_>) -> Result<u64, SourceError> {
    let size =
        |stream: Stream<'_>| stream.decoded_data().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
    let mut sum = 0_u64;
    for part in page.raw().get::<Array<'_>>(CONTENTS).iter().flat_map(|parts| parts.iter::<Stream<'_>>()) {
        sum = unpacked::within(sum.saturating_add(size(part)).saturating_add(1), MAX_PDF_STREAM_BYTES)?;
    }
    if sum > 0 {
        return Ok(sum);
    }
    let whole = page.page_stream().map_or(0, <[u8]>::len);
    unpacked::within(u64::try_from(whole).unwrap_or(u64::MAX), MAX_PDF_STREAM_BYTES)
}

fn document(mut pages: Vec<PageParts>) -> Result<Document, SourceError> {
    let census = census(&pages);
    if census.is_garbled() {
        return Err(SourceError::GarbledPdf { percent: census.unknown_percent() });
    }
    let scanned = scanned(&pages);
    if pages.iter().all(|page| page.parts.is_empty()) {
        return Err(if scanned.is_empty() {
            SourceError::BlankPdf
        } else {
            SourceError::ScannedPdf { pages: scanned }
        });
    }
    let furniture = furniture::take(&mut pages);
    align::tables(&mut pages);
    let (blocks, doubts) = join::blocks(&pages);
    let parts = pages.iter().flat_map(|page| &page.parts);
    let aligned = parts.into_iter().any(|part| matches!(part, Part::Table(table) if table.aligned));
    let mut document = Document { blocks, diagnostics: Vec::new(), doubts, aligned };
    for ((number, page), furniture) in (1_u32..).zip(&pages).zip(&furniture) {
        remarks(number, page, furniture, &mut document);
    }
    Ok(document)
}

fn census(pages: &[PageParts]) -> Census {
    let mut census = Census::default();
    for part in pages.iter().flat_map(|page| &page.parts) {
        match part {
            Part::Line(line) => line.runs.iter().for_each(|run| census.add(&run.text)),
            Part::Table(table) => table.cells.iter().for_each(|cell| census.add(&cell.text)),
        }
    }
    census
}

/// The numbers of the pages that are pictures without text: `1、3`.
fn scanned(pages: &[PageParts]) -> String {
    let numbers = (1_u32..).zip(pages).filter(|(_, page)| page.is_picture).map(|(number, _)| number.to_string());
    numbers.collect::<Vec<_>>().join("、")
}

/// Says what was kept apart on a page, and what could not be read.
fn remarks(number: u32, page: &PageParts, furniture: &str, document: &mut Document) {
    let place = || Some(Place::Pages { page_start: number, page_end: number });
    let apart = [("页眉、页脚或页码", furniture), ("水印", &page.marks), ("看不见的文字", &page.unseen)];
    for (word, text) in apart.into_iter().filter(|(_, text)| !text.is_empty()) {
        let message = format!("{word}：「{text}」");
        document.diagnostics.push(Code::PageFurniture.diagnostic(message, None, place()));
    }
    if page.is_picture {
        let message = "这一页是扫描的图片，没有文字，需要先做文字识别（OCR）。";
        document.diagnostics.push(Code::LimitReached.diagnostic(message, None, place()));
    }
    if page.crowded {
        let message = "这一页的文字或线条多得不像自评表，没有框线的表格没有找全。";
        document.diagnostics.push(Code::LimitReached.diagnostic(message, None, place()));
    }
    if page.cut {
        let message = "这一页的文字或线条多得不像自评表，没有读完。";
        document.diagnostics.push(Code::LimitReached.diagnostic(message, None, place()));
    }
}
