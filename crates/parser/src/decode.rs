//! Bytes to text: UTF-8 with or without a byte order mark, UTF-16, GB18030 (which holds GBK and GB2312).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use jixiao_core::{Diagnostic, Place, Severity, TextSpan};

use crate::codes::Code;

/// How many bytes the detectors look at: enough for any mix of labels and figures, little against a large file.
const SAMPLE: usize = 64 * 1024;

/// Share of NUL bytes (one in `NUL_SHARE`) from which bytes without a mark are taken for UTF-16: every ASCII
/// character has one, and a form is full of line ends and digits.
const NUL_SHARE: usize = 32;

/// A text and how it was got out of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// The encoding's name, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// Remarks: bytes that are no text in that encoding.
    pub diagnostics: Vec<Diagnostic>,
}

/// Decodes `bytes`. Never fails: bytes that are no text become U+FFFD and a diagnostic.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    if let (None, Ok(text)) = (Encoding::for_bom(bytes), std::str::from_utf8(bytes)) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), diagnostics: Vec::new() };
    }
    let encoding = detect(bytes);
    let (text, used, broken) = encoding.decode(bytes);
    let text = text.into_owned();
    let diagnostics = if broken { vec![undecodable(&text, used)] } else { Vec::new() };
    Decoded { text, encoding: used.name(), diagnostics }
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    unmarked_utf16(sample).unwrap_or_else(|| guess(sample))
}

/// UTF-16 without a mark: the zero bytes of ASCII characters stand at odd places (little-endian) or even ones.
fn unmarked_utf16(sample: &[u8]) -> Option<&'static Encoding> {
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if (even + odd) * NUL_SHARE < sample.len() {
        return None;
    }
    if odd > 4 * even {
        Some(UTF_16LE)
    } else if even > 4 * odd {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Among the rest, forms of mainland China are GB18030; a damaged UTF-8 file stays UTF-8.
fn guess(sample: &[u8]) -> &'static Encoding {
    let broken_utf8 = String::from_utf8_lossy(sample).chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let (as_gb, _, broken_gb) = GB18030.decode(sample);
    if !broken_gb {
        return GB18030;
    }
    let broken_gb = as_gb.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    if broken_utf8 <= broken_gb {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    if guessed == GBK { GB18030 } else { guessed }
}

fn undecodable(text: &str, encoding: &'static Encoding) -> Diagnostic {
    let count = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let line = text.lines().position(|line| line.contains(char::REPLACEMENT_CHARACTER)).unwrap_or(0) + 1;
    Diagnostic {
        code: Code::UndecodableBytes.name().to_owned(),
        severity: Severity::Warning,
        message: format!(
            "按 {} 编码读取时有 {count} 处字节不成文字，已用「\u{fffd}」代替；请用原软件另存为 UTF-8 后重试",
            encoding.name()
        ),
        field: None,
        span: Some(Place::Text(TextSpan::lines(line, line))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE_TEXT: &str = "项目支出绩效自评表\n（2022年度）\n项目名称 城西泵站改造\n总分 100 98.50\n";

    #[test]
    fn every_usual_encoding_gives_the_same_text() {
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xfeff_u16).into_iter().chain(SAMPLE_TEXT.encode_utf16());
            units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
        };
        let marked_utf8 = ["\u{feff}", SAMPLE_TEXT].concat().into_bytes();
        let inputs: [(&str, Vec<u8>); 7] = [
            ("UTF-8", SAMPLE_TEXT.as_bytes().to_vec()),
            ("UTF-8", marked_utf8),
            ("gb18030", GB18030.encode(SAMPLE_TEXT).0.into_owned()),
            ("UTF-16LE", utf16(false, true)),
            ("UTF-16BE", utf16(true, true)),
            ("UTF-16LE", utf16(false, false)),
            ("UTF-16BE", utf16(true, false)),
        ];
        for (name, bytes) in inputs {
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, SAMPLE_TEXT, "{name}");
            assert_eq!(decoded.encoding, name);
            assert!(decoded.diagnostics.is_empty());
        }
    }

    #[test]
    fn damaged_text_is_read_and_the_damage_named() {
        let mut bytes = SAMPLE_TEXT.as_bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        bytes.extend([0xe6, 0x80, b'\n']);
        let decoded = decode(&bytes);
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.diagnostics.len(), 1);
        assert!(decoded.diagnostics[0].message.contains("1 处"), "{}", decoded.diagnostics[0].message);
    }
}
