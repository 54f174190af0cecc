//! Writes small PDF files: text in non-embedded Chinese fonts, lines, rectangles.

use std::fmt::Write;

use encoding_rs::GBK;

/// How the codes of the text are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// GBK codes, no map to Unicode.
    Gbk,
    /// UCS-2 codes, no map to Unicode.
    Ucs2,
    /// UCS-2 codes under Identity-H, with a map to Unicode.
    Mapped,
    /// The same without a map.
    Bare,
}

impl Coding {
    fn codes(self, text: &str) -> Vec<u8> {
        match self {
            Self::Gbk => GBK.encode(text).0.into_owned(),
            _ => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }

    fn width(self, c: char) -> i32 {
        // Adobe-GB1 has half-width Latin glyphs; under Identity-H every code is as wide as the default says.
        let narrow = matches!(self, Self::Gbk | Self::Ucs2) && c.is_ascii();
        if narrow { 500 } else { 1000 }
    }

    fn font(self, map: usize) -> String {
        let encoding = match self {
            Self::Gbk => "GBK-EUC-H",
            Self::Ucs2 => "UniGB-UCS2-H",
            Self::Mapped | Self::Bare => "Identity-H",
        };
        let (ordering, supplement) = match self {
            Self::Gbk | Self::Ucs2 => ("GB1", 2),
            Self::Mapped | Self::Bare => ("Identity", 0),
        };
        let map = if self == Self::Mapped { format!("/ToUnicode {map} 0 R") } else { String::new() };
        format!(
            "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{encoding}{map}/DescendantFonts[<</Type/Font\
             /Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering({ordering})\
             /Supplement {supplement}>>/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor\
             /FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880/Descent -120\
             /CapHeight 880/StemV 93>>>>]>>"
        )
    }
}

const TO_UNICODE: &str = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def \
    /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange \
    1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end";

/// One page; lengths in points from its lower left corner.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    pub(crate) coding: Coding,
    pub(crate) width: i32,
    pub(crate) height: i32,
    /// Further keys of the page.
    pub(crate) keys: String,
    pub(crate) content: Vec<u8>,
}

impl Canvas {
    pub(crate) fn new(coding: Coding) -> Self {
        Self { coding, width: 595, height: 842, keys: String::new(), content: Vec::new() }
    }

    /// Adds drawing instructions as they are.
    pub(crate) fn raw(&mut self, instructions: &str) {
        self.content.extend_from_slice(instructions.as_bytes());
        self.content.push(b'\n');
    }

    /// Adds all that is drawn on another page.
    pub(crate) fn append(&mut self, other: &Self) {
        self.content.extend_from_slice(&other.content);
    }

    /// The width of `text` in letters of `size`.
    pub(crate) fn text_width(&self, text: &str, size: f64) -> f64 {
        text.chars().map(|c| f64::from(self.coding.width(c))).sum::<f64>() * size / 1000.0
    }

    /// Draws `text` from `x` on the baseline `y`.
    pub(crate) fn text(&mut self, x: f64, y: f64, size: f64, text: &str) {
        let mut line = format!("BT /F {size} Tf 1 0 0 1 {x:.2} {y:.2} Tm <");
        for byte in self.coding.codes(text) {
            write!(line, "{byte:02x}").unwrap();
        }
        self.raw(&(line + "> Tj ET"));
    }
}

/// The file with these pages.
pub(crate) fn pdf(pages: &[Canvas]) -> Vec<u8> {
    let coding = pages[0].coding;
    let kids: Vec<String> = (0..pages.len()).map(|number| format!("{} 0 R", 5 + 2 * number)).collect();
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        format!("<</Type/Pages/Count {}/Kids[{}]>>", pages.len(), kids.join(" ")).into_bytes(),
        coding.font(4).into_bytes(),
        stream(TO_UNICODE.as_bytes()),
    ];
    for (number, page) in pages.iter().enumerate() {
        let dictionary = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {} {}]/Resources<</Font<</F 3 0 R>>/XObject<</Im 999 0 R>>>>\
             /Contents {} 0 R{}>>",
            page.width,
            page.height,
            6 + 2 * number,
            page.keys
        );
        objects.push(dictionary.into_bytes());
        objects.push(stream(&page.content));
    }
    file(&objects)
}

pub(crate) fn stream(content: &[u8]) -> Vec<u8> {
    [format!("<</Length {}>>stream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

/// The file with these objects, numbered from 1; the first is the catalog.
pub(crate) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", bytes.len()).unwrap();
        bytes.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend_from_slice(table.as_bytes());
    let trailer = format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    bytes.extend_from_slice(trailer.as_bytes());
    bytes
}
