//! What every reader must withstand: one probe for each kind of input, which takes any bytes and panics where a promise
//! is broken.
//!
//! The fuzzer (`fuzz/`) calls the probes with bytes of its own making, an ordinary test with the documents of the
//! repository and with everything that the fuzzer ever found (`regressions/`).

mod grid;
mod parts;
pub mod seeds;
mod uses;

use jixiao_core::profile::Profile;
use jixiao_core::{Form, FormRecord};
use jixiao_exporter::{fill_template, read_workbook};
use jixiao_parser::{Parsed, Use, decode, document, parse_with_ledger};
use jixiao_sources::{read_docx, read_html, read_pdf};

/// A probe and its name.
pub type Target = (&'static str, fn(&[u8]));

/// Every probe.
pub const TARGETS: [Target; 9] = [
    ("text", text),
    ("grid", grid),
    ("workbook", workbook),
    ("parts", parts),
    ("pdf", pdf),
    ("docx", docx),
    ("html", html),
    ("profile", profile),
    ("form", form),
];

/// Text of any encoding: every character is booked, and the forms can be audited.
///
/// # Panics
///
/// A promise is broken.
pub fn text(bytes: &[u8]) {
    let text = decode(bytes).text;
    let (parsed, ledger) = parse_with_ledger(&text);
    assert_eq!(ledger.uses().len(), text.chars().count(), "one entry for each character");
    for (character, entry) in text.chars().zip(ledger.uses()) {
        assert!(!is_ink(character) || *entry != Use::Blank, "{character:?} is not booked");
    }
    bear(&parsed);
}

/// Cells with spans, written as [`grid::cells`] reads them.
///
/// # Panics
///
/// A promise is broken.
pub fn grid(bytes: &[u8]) {
    bear(&jixiao_parser::grid::read(&grid::cells(&String::from_utf8_lossy(bytes))));
}

/// A workbook of any format, read and filled as a template.
///
/// # Panics
///
/// A promise is broken.
pub fn workbook(bytes: &[u8]) {
    if let Ok(parsed) = read_workbook(bytes) {
        bear(&parsed);
        let forms: Vec<Form> = parsed.records.into_iter().map(|record| record.form).collect();
        if let Ok(filled) = fill_template(bytes, &forms) {
            let error = read_workbook(&filled.bytes).err();
            assert!(error.is_none(), "a filled template can be read: {error:?}");
        }
    }
}

/// The parts of an office file, written as [`parts::archive`] reads them: damage then lies in the parts, where a
/// changed byte of an archive would be found out by its checksums.
///
/// # Panics
///
/// A promise is broken.
pub fn parts(bytes: &[u8]) {
    let archive = parts::archive(bytes);
    workbook(&archive);
    docx(&archive);
}

/// A PDF.
///
/// # Panics
///
/// A promise is broken.
pub fn pdf(bytes: &[u8]) {
    if let Ok(found) = read_pdf(bytes) {
        bear(&document::read(&found));
    }
}

/// A Word document.
///
/// # Panics
///
/// A promise is broken.
pub fn docx(bytes: &[u8]) {
    if let Ok(found) = read_docx(bytes) {
        bear(&document::read(&found));
    }
}

/// A web page.
///
/// # Panics
///
/// A promise is broken.
pub fn html(bytes: &[u8]) {
    if let Ok(found) = read_html(bytes) {
        bear(&document::read(&found));
    }
}

/// A scoring profile: whatever is accepted can be audited and scored with.
///
/// # Panics
///
/// A promise is broken.
pub fn profile(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(profile) = Profile::from_toml(text) {
        uses::audit(&seeds::forms(), &profile);
    }
}

/// A form, or a record of one, as JSON.
///
/// # Panics
///
/// A promise is broken.
pub fn form(bytes: &[u8]) {
    let record = serde_json::from_slice::<FormRecord>(bytes).ok();
    let record = record.or_else(|| serde_json::from_slice::<Form>(bytes).ok().map(FormRecord::from));
    if let Some(record) = record {
        uses::all(&record);
    }
}

fn bear(parsed: &Parsed) {
    uses::usual(&parsed.records);
}

/// True for what leaves ink on paper: no white space, control character or byte order mark.
fn is_ink(character: char) -> bool {
    !character.is_whitespace() && !character.is_control() && character != '\u{feff}'
}
