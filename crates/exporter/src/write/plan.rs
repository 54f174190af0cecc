//! What a sheet will hold, before any file format: areas with content and look, and the heights of the rows.

use jixiao_core::{Decimal, FieldPath};

use crate::layout::Columns;

/// A rectangle of cells, 0-based, all ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Area {
    pub(crate) first_row: u32,
    pub(crate) last_row: u32,
    pub(crate) columns: Columns,
}

impl Area {
    /// True for an area of more than one cell.
    pub(crate) const fn is_merged(self) -> bool {
        self.first_row != self.last_row || self.columns.0 != self.columns.1
    }
}

/// How a number is shown: `places` digits behind the point, as a percentage where `percent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NumberLook {
    pub(crate) places: u32,
    pub(crate) percent: bool,
}

impl NumberLook {
    /// The number format code.
    pub(crate) fn code(self) -> String {
        let mut code = String::from("0");
        if self.places > 0 {
            code.push('.');
            code.extend(std::iter::repeat_n('0', usize::try_from(self.places).unwrap_or_default()));
        }
        if self.percent {
            code.push('%');
        }
        code
    }
}

/// What an area holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Nothing, borders aside.
    Blank,
    /// A text, never a formula.
    Text(String),
    /// A number; `value` is what the cell stores, a fraction where the look is a percentage.
    Number {
        /// The stored value, exact in a binary float of 15 digits.
        value: Decimal,
        /// How it is shown.
        look: NumberLook,
    },
}

/// How an area looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Look {
    /// The title: bold, larger, centred, no border.
    Title,
    /// The line under the title: centred, no border.
    Subtitle,
    /// A printed label: centred.
    Label,
    /// The name of a block in a narrow column at its side: one character below the other.
    Side,
    /// A short value: centred.
    Centre,
    /// A short value or label set left, centred vertically.
    Left,
    /// A long text: top left.
    Body,
    /// A line above the table: set left, no border.
    Plain,
}

/// Which part of its field an area shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Part {
    /// All of it; of a target in several columns, what is left for the value.
    #[default]
    Main,
    /// The comparator of a target.
    Nature,
    /// The unit of a target.
    Unit,
}

/// One area.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlannedCell {
    pub(crate) area: Area,
    pub(crate) content: Content,
    pub(crate) look: Look,
    /// The field that the area shows; `None` for printed labels.
    pub(crate) field: Option<FieldPath>,
    pub(crate) part: Part,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plan {
    /// The areas, none overlapping.
    pub(crate) cells: Vec<PlannedCell>,
    /// The height of every row, in points.
    pub(crate) heights: Vec<u16>,
    /// How many rows from the top every printed page repeats.
    pub(crate) repeated_rows: u32,
}

impl Plan {
    /// The area that shows `field`.
    pub(crate) fn area_of(&self, field: FieldPath) -> Option<Area> {
        self.area_of_part(field, Part::Main)
    }

    /// The area that shows that part of `field`.
    pub(crate) fn area_of_part(&self, field: FieldPath, part: Part) -> Option<Area> {
        self.cells.iter().find(|cell| cell.field == Some(field) && cell.part == part).map(|cell| cell.area)
    }
}
