//! What the styles of a template say about the room that a text takes: the size of its font, whether it wraps.

use super::xml::{Pieces, attribute};
use crate::error::ExportError;
use crate::read::limits::MAX_STYLES;
use jixiao_core::Decimal;

/// The size of a font that says none, in tenths of a point.
const DEFAULT_SIZE: u32 = 110;

/// How the text of a cell lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    /// The size of the font, in tenths of a point.
    pub(super) size: u32,
    /// True where the text breaks at the edge of the cell.
    pub(super) wraps: bool,
    /// True where the text is turned, or made smaller until it fits: its height is not what its length says.
    pub(super) bent: bool,
}

/// The looks of the cell styles, by the number of the style.
#[derive(Debug, Default)]
pub(super) struct Looks(Vec<Look>);

impl Looks {
    /// Reads the styles part `xml`.
    ///
    /// # Errors
    ///
    /// The part is no well-formed XML.
    pub(super) fn of(xml: &str) -> Result<Self, ExportError> {
        let mut survey = Survey::default();
        let mut pieces = Pieces::of(xml);
        while let Some(piece) = pieces.next()? {
            let value = |name: &str| piece.tag().and_then(|tag| attribute(tag, name));
            match piece.begins() {
                Some("fonts") => survey.list = List::Fonts,
                Some("cellXfs") => survey.list = List::Styles,
                Some("font") if survey.list == List::Fonts => survey.fonts.push(DEFAULT_SIZE),
                Some("sz") if survey.list == List::Fonts => survey.size(value("val").as_deref()),
                Some("xf") if survey.list == List::Styles => survey.style(value("fontId").as_deref()),
                Some("alignment") if survey.list == List::Styles => {
                    let is_set = |name: &str| value(name).is_some_and(|value| matches!(&*value, "1" | "true"));
                    let turned = value("textRotation").is_some_and(|turn| turn != "0");
                    survey.alignment(is_set("wrapText"), turned || is_set("shrinkToFit"));
                }
                _ => {}
            }
            if matches!(piece.ends(), Some("fonts" | "cellXfs")) {
                survey.list = List::Other;
            }
        }
        Ok(Self(survey.looks))
    }

    /// The look of a style; of none, that of the first, which is the default.
    pub(super) fn of_style(&self, style: Option<u32>) -> Look {
        let index = usize::try_from(style.unwrap_or_default()).unwrap_or(usize::MAX);
        // A workbook without styles has none to make a new one of: its text is left to lie as it does.
        let default = Look { size: DEFAULT_SIZE, wraps: true, bent: false };
        self.0.get(index).or_else(|| self.0.first()).copied().unwrap_or(default)
    }
}

#[derive(Debug, Default)]
struct Survey {
    list: List,
    fonts: Vec<u32>,
    looks: Vec<Look>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum List {
    Fonts,
    Styles,
    #[default]
    Other,
}

impl Survey {
    fn size(&mut self, value: Option<&str>) {
        let size = value.and_then(hundredths).map(|size| size / 10).filter(|size| *size > 0);
        if let (Some(font), Some(size)) = (self.fonts.last_mut(), size) {
            *font = size;
        }
    }

    fn style(&mut self, font: Option<&str>) {
        let font: usize = font.and_then(|font| font.parse().ok()).unwrap_or_default();
        if self.looks.len() < MAX_STYLES {
            let size = self.fonts.get(font).copied().unwrap_or(DEFAULT_SIZE);
            self.looks.push(Look { size, wraps: false, bent: false });
        }
    }

    fn alignment(&mut self, wraps: bool, bent: bool) {
        if let Some(look) = self.looks.last_mut() {
            (look.wraps, look.bent) = (wraps, bent);
        }
    }
}

/// A number of the file in hundredths; `None` for what is none or is out of all reason.
pub(super) fn hundredths(text: &str) -> Option<u32> {
    let number: Decimal = text.trim().parse().ok()?;
    let hundredths = number.checked_mul(Decimal::ONE_HUNDRED)?.round();
    u32::try_from(hundredths).ok().filter(|hundredths| *hundredths <= 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_and_alignments_are_those_of_the_cell_styles() {
        let xml = "<styleSheet><fonts><font><sz val=\"10.5\"/></font><font/></fonts>\
                   <cellStyleXfs><xf fontId=\"1\"><alignment wrapText=\"1\"/></xf></cellStyleXfs>\
                   <cellXfs><xf fontId=\"1\"/><xf fontId=\"0\"><alignment wrapText=\"1\"/></xf>\
                   <xf fontId=\"0\"><alignment textRotation=\"255\" wrapText=\"true\"/></xf></cellXfs>\
                   <dxfs><dxf><font><sz val=\"30\"/></font></dxf></dxfs></styleSheet>";
        let looks = Looks::of(xml).unwrap();
        let look = |size, wraps, bent| Look { size, wraps, bent };
        assert_eq!(looks.of_style(Some(0)), look(110, false, false));
        assert_eq!(looks.of_style(Some(1)), look(105, true, false));
        assert_eq!(looks.of_style(Some(2)), look(105, true, true));
        assert_eq!(looks.of_style(Some(9)), look(110, false, false));
        assert_eq!(looks.of_style(None), look(110, false, false));
    }

    #[test]
    fn numbers_out_of_all_reason_are_none() {
        assert_eq!(hundredths(" 13.5 "), Some(1350));
        assert_eq!(hundredths("-1"), None);
        assert_eq!(hundredths("1e99"), None);
        assert_eq!(hundredths("99999999"), None);
    }
}
