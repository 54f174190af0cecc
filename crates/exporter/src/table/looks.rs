//! How the cells of a table look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::write::NumberLook;

const FONT: &str = "宋体";
const LINK_COLOR: Color = Color::RGB(0x05_63_C1);

/// A background that goes with words of the same meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Tint {
    Red,
    Yellow,
    Grey,
}

impl Tint {
    const fn color(self) -> Color {
        match self {
            Self::Red => Color::RGB(0xF8_D7_DA),
            Self::Yellow => Color::RGB(0xFF_F2_CC),
            Self::Grey => Color::RGB(0xF2_F2_F2),
        }
    }
}

/// How a cell of a table looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum TableStyle {
    /// The title above the table.
    Title,
    /// A line of words under it.
    Line,
    /// The heading of a column.
    Heading,
    /// A value.
    Value { centred: bool, bold: bool, tint: Option<Tint>, number: Option<NumberLook>, link: bool },
}

fn plain() -> Format {
    Format::new().set_font_name(FONT).set_align(FormatAlign::VerticalCenter)
}

/// A cell with thin borders whose text wraps.
fn bordered() -> Format {
    plain().set_font_size(10).set_border(FormatBorder::Thin).set_text_wrap()
}

/// The format of cells of that style.
pub(crate) fn format_of(style: TableStyle) -> Format {
    let centred = |format: Format| format.set_align(FormatAlign::Center);
    match style {
        TableStyle::Title => plain().set_font_size(16).set_bold().set_text_wrap(),
        TableStyle::Line => plain().set_font_size(10).set_text_wrap(),
        TableStyle::Heading => centred(bordered().set_bold()).set_background_color(Tint::Grey.color()),
        TableStyle::Value { centred: is_centred, bold, tint, number, link } => {
            let format = if is_centred { centred(bordered()) } else { bordered() };
            let format = if bold { format.set_bold() } else { format };
            let format = tint.map_or(format.clone(), |tint| format.set_background_color(tint.color()));
            let format = number.map_or(format.clone(), |look| format.set_num_format(look.code()));
            if link { format.set_font_color(LINK_COLOR).set_underline(FormatUnderline::Single) } else { format }
        }
    }
}
