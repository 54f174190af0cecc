//! Whether what the fonts say their glyphs mean is text at all.

use encoding_rs::GBK;

/// Documents with fewer glyphs than this are not judged.
const FEWEST: usize = 50;

/// Counts of the characters of a document.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Census {
    all: usize,
    /// Replacement characters and those of private use.
    unknown: usize,
    ideographs: usize,
    /// Ideographs of the first level of GB 2312: the 3755 in common use.
    common: usize,
}

impl Census {
    /// Counts the characters of `text`.
    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            self.all += 1;
            self.unknown += usize::from(matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..));
            if matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}') {
                self.ideographs += 1;
                self.common += usize::from(is_common(c));
            }
        }
    }

    /// Percent of the characters that are unknown.
    pub(super) fn unknown_percent(&self) -> usize {
        (self.unknown * 100).checked_div(self.all).unwrap_or(0)
    }

    /// True where a fifth of the characters is unknown, or most ideographs are rare ones: of a Chinese text nine in ten
    /// are in common use, of ideographs by chance one in six.
    pub(super) const fn is_garbled(&self) -> bool {
        let unknown = self.all >= FEWEST && self.unknown * 5 >= self.all;
        let rare = self.ideographs >= FEWEST && self.common * 2 < self.ideographs;
        unknown || rare
    }
}

/// True for the rows 16 to 55 of GB 2312.
fn is_common(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unmapped) = GBK.encode(c.encode_utf8(&mut buffer));
    !unmapped && matches!(*bytes, [0xb0..=0xd7, 0xa1..=0xfe])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn census(text: &str) -> Census {
        let mut census = Census::default();
        census.add(text);
        census
    }

    #[test]
    fn text_is_told_from_characters_by_chance() {
        let text = "项目支出绩效自评表年度资金总额全年预算数全年执行数分值执行率得分年度总体目标预期目标实际完成情况一级指标二级指标三级指标".repeat(2);
        assert!(!census(&text).is_garbled());
        let chance: String = (0x4e00..0x9f00).step_by(97).filter_map(char::from_u32).collect();
        assert!(census(&chance).is_garbled());
        assert!(census(&"\u{fffd}1234".repeat(20)).is_garbled());
        assert!(!census("\u{fffd}").is_garbled());
    }
}
