//! The number formats of an .xlsx file.

use std::collections::HashMap;

use super::date;
use super::limits::MAX_STYLES;
use crate::error::ImportError;
use jixiao_package::{Package, Token, attribute};

/// The format of a cell that has none of its own.
pub(crate) const GENERAL: &str = "General";

/// The number format of every cell style.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    codes: HashMap<u32, String>,
    /// The number format of each style, by the style's number.
    formats: Vec<u32>,
}

impl Styles {
    /// How many styles there are.
    pub(crate) fn count(&self) -> usize {
        self.formats.len()
    }

    /// The format code of the style `number`.
    pub(crate) fn code(&self, number: usize) -> &str {
        let Some(format) = self.formats.get(number) else { return GENERAL };
        match self.codes.get(format) {
            Some(code) => code,
            None => builtin_code(*format),
        }
    }
}

/// Reads the styles; a workbook without them shows every number in the general format.
pub(super) fn read(package: &mut Package<'_>, part: &str) -> Result<Styles, ImportError> {
    let mut styles = Styles::default();
    let Some(mut xml) = package.xml(part)? else { return Ok(styles) };
    let mut in_cell_formats = false;
    while let Some(token) = xml.next()? {
        match token {
            Token::Start(start) => match start.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&start, "formatCode")) {
                        styles.codes.insert(id, code);
                    }
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats && styles.formats.len() < MAX_STYLES => {
                    let id = attribute(&start, "numFmtId").and_then(|id| id.parse().ok());
                    styles.formats.push(id.unwrap_or_default());
                }
                _ => {}
            },
            Token::End(end) if end.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
            Token::End(_) | Token::Text(_) => {}
        }
    }
    Ok(styles)
}

/// The code of a format that every program knows by number (ECMA-376 part 1, 18.8.30).
pub(super) fn builtin_code(id: u32) -> &'static str {
    match id {
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 | 41 | 42 => "#,##0",
        4 | 39 | 40 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        48 => "##0.0E+0",
        49 => "@",
        other => date::builtin_code(other).unwrap_or(GENERAL),
    }
}
