//! The formats in use: a workbook stores each once, and cells refer to them by number.

use std::collections::HashMap;

use rust_xlsxwriter::{Format, Workbook};

use crate::table::{self, TableStyle};
use crate::write::{AreaStyle, area_format};

/// What tells one format from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Style {
    /// That of an area of a form.
    Area(AreaStyle),
    /// That of a cell of a table.
    Table(TableStyle),
}

impl Style {
    fn format(self) -> Format {
        match self {
            Self::Area(style) => area_format(style),
            Self::Table(style) => table::format_of(style),
        }
    }
}

/// The formats of a workbook, numbered as they are first used.
#[derive(Debug, Default)]
pub(crate) struct Palette {
    numbers: HashMap<Style, u32>,
    formats: Vec<Format>,
}

impl Palette {
    /// The number of the format of that style.
    pub(crate) fn number(&mut self, style: Style) -> u32 {
        if let Some(number) = self.numbers.get(&style) {
            return *number;
        }
        let format = style.format();
        // Two styles may come to the same format, which the workbook library stores once.
        let known = self.formats.iter().position(|known| *known == format);
        let index = known.unwrap_or_else(|| {
            self.formats.push(format);
            self.formats.len() - 1
        });
        // Number 0 is the format of cells without one.
        let number = u32::try_from(index + 1).unwrap_or_default();
        self.numbers.insert(style, number);
        number
    }

    /// Makes `workbook`, which has no format yet, number its formats as the palette does.
    pub(crate) fn register(&self, workbook: &mut Workbook) {
        self.formats.iter().for_each(|format| workbook.register_format(format));
    }
}
