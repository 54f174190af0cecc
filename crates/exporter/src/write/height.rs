//! How high a row must be for wrapped text to be seen whole.
//!
//! A spreadsheet program fits the height of a row to its unmerged cells only, and only while it is edited; so the
//! writer computes every height. All lengths are integers: pixels across, points down, display columns of text.

use unicode_width::UnicodeWidthChar;

/// The size of the text that is written, in tenths of a point.
const FONT_SIZE: u32 = 100;
/// Height of two lines of 10-point text, in points, in the tallest of the usual substitutes of 宋体.
const TWO_LINES_HEIGHT: u32 = 29;
/// Space above and below the text of a cell, in points.
const MARGIN: u32 = 6;
/// Pixels that a column adds to seven a character, and that a cell keeps free at its sides.
const PADDING: u32 = 5;
/// Characters that may not begin a line: they pull the character before them down with them.
const NO_LINE_START: &str = "，。；：、！？）》」』】〉”’%％,.;:!?)";
/// The highest row that spreadsheet programs allow, in points.
pub(crate) const MAX_ROW_HEIGHT: u32 = 409;
/// The lines that fit into such a row.
const MOST_LINES: usize = ((MAX_ROW_HEIGHT - MARGIN) * 2 / TWO_LINES_HEIGHT) as usize;

/// Display columns of 10-point text that fit across columns of the given widths (in characters).
pub(crate) fn capacity(widths: &[u16]) -> u32 {
    let pixels: u32 = widths.iter().map(|width| u32::from(*width) * 7 + PADDING).sum();
    pixel_capacity(pixels, FONT_SIZE)
}

/// The height that `text` needs in a cell of `capacity` display columns, in points.
pub(crate) fn text_height(text: &str, capacity: u32) -> u32 {
    lines_height(line_count(text, capacity))
}

/// Display columns of text that fit across `pixels`; `size` is that of the font, in tenths of a point.
pub(crate) fn pixel_capacity(pixels: u32, size: u32) -> u32 {
    // A display column is half as wide as the font is high, and a point is 4/3 pixels; one is kept free for rounding.
    (pixels.saturating_sub(PADDING).saturating_mul(15) / size.max(1)).saturating_sub(1).max(2)
}

/// Digits that fit across `pixels`, each half as wide as the font is high; `size` as for [`pixel_capacity`].
pub(crate) fn digit_capacity(pixels: u32, size: u32) -> usize {
    usize::try_from(pixels.saturating_sub(PADDING).saturating_mul(15) / size.max(1)).unwrap_or(usize::MAX)
}

/// The lines that `text` wraps to in a cell of `capacity` display columns.
pub(crate) fn line_count(text: &str, capacity: u32) -> u32 {
    if fits_one_line(text, capacity) {
        return 1;
    }
    u32::try_from(line_starts(text, capacity).len()).unwrap_or(u32::MAX)
}

/// Most texts do: they need not be wrapped to be counted.
fn fits_one_line(text: &str, capacity: u32) -> bool {
    let mut width = 0_u32;
    text.chars().all(|c| {
        width = width.saturating_add(width_of(c));
        c != '\n' && width <= capacity
    })
}

/// The height that `text` needs with its characters one below the other, in points.
pub(crate) fn stacked_height(text: &str) -> u32 {
    lines_height(u32::try_from(text.chars().count()).unwrap_or(u32::MAX))
}

fn lines_height(lines: u32) -> u32 {
    lines.saturating_mul(TWO_LINES_HEIGHT).div_ceil(2).saturating_add(MARGIN)
}

/// `text` in pieces that each fit into a row of the greatest height, cut where a line ends.
pub(crate) fn pieces(text: &str, capacity: u32) -> Vec<&str> {
    let mut starts: Vec<usize> = line_starts(text, capacity).into_iter().step_by(MOST_LINES).collect();
    starts.push(text.len());
    let bounds = starts.iter().zip(starts.iter().skip(1));
    bounds
        .filter_map(|(start, end)| text.get(*start..*end))
        .map(|piece| piece.strip_suffix('\n').unwrap_or(piece))
        .collect()
}

/// Where the lines begin that `text` wraps to, in bytes; a text without characters is one line.
fn line_starts(text: &str, capacity: u32) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut paragraph_start = 0;
    for paragraph in text.split('\n') {
        starts.push(paragraph_start);
        starts.extend(wraps(paragraph, capacity).into_iter().map(|wrap| paragraph_start + wrap));
        paragraph_start += paragraph.len() + 1;
    }
    starts
}

/// Where a paragraph wraps; a run of half-width letters and digits stays together where it can.
fn wraps(paragraph: &str, capacity: u32) -> Vec<usize> {
    let mut wraps = Vec::new();
    let (mut used, mut at) = (0_u32, 0);
    for run in runs(paragraph) {
        let width: u32 = run.chars().map(width_of).sum();
        if used + width <= capacity {
            used += width;
        } else if width <= capacity {
            wraps.push(at);
            used = width;
        } else {
            for (offset, c) in run.char_indices() {
                let width = width_of(c);
                if used + width > capacity {
                    wraps.push(at + offset);
                    used = 0;
                }
                used += width;
            }
        }
        at += run.len();
    }
    wraps
}

/// The unbreakable runs of a paragraph.
fn runs(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        let mut end = 0;
        let mut previous: Option<char> = None;
        for (start, c) in rest.char_indices() {
            if previous.is_some_and(|before| may_break(before, c)) {
                break;
            }
            end = start + c.len_utf8();
            previous = Some(c);
        }
        let (run, tail) = rest.split_at(end);
        rest = tail;
        (!run.is_empty()).then_some(run)
    })
}

fn may_break(before: char, after: char) -> bool {
    let in_word = |c: char| c.is_ascii_graphic();
    !(NO_LINE_START.contains(after) || in_word(before) && in_word(after))
}

fn width_of(c: char) -> u32 {
    if matches!(c, '\u{4e00}'..='\u{9fff}') {
        return 2;
    }
    // Ambiguous characters (≥, ×, “ ”) are full width in a Chinese font.
    u32::try_from(c.width_cjk().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_characters_count_twice() {
        assert_eq!(text_height("产出指标", 8), lines_height(1));
        assert_eq!(text_height("产出指标", 7), lines_height(2));
        assert_eq!(text_height("ABCDEFGH", 8), lines_height(1));
        assert_eq!(text_height("一\n二\n三", 8), lines_height(3));
        assert_eq!(text_height("", 8), lines_height(1));
    }

    #[test]
    fn punctuation_takes_the_character_before_it_along() {
        // 8 columns hold four characters, but the comma may not begin a line.
        assert_eq!(text_height("产出指标，", 8), lines_height(2));
        assert_eq!(text_height("产出指，标", 8), lines_height(2));
        assert_eq!(text_height("产出指标产出指标，产", 8), lines_height(3));
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        assert_eq!(text_height(&"x".repeat(21), 10), lines_height(3));
    }

    #[test]
    fn what_no_row_can_show_is_cut_at_line_ends() {
        let text = format!("{}\n{}", "产".repeat(400), "出\n".repeat(30));
        let pieces = pieces(&text, 20);
        assert!(pieces.len() > 2 && pieces.iter().all(|piece| text_height(piece, 20) <= MAX_ROW_HEIGHT), "{pieces:?}");
        let whole: String = pieces.concat();
        assert_eq!(whole.replace('\n', ""), text.replace('\n', ""));
        assert_eq!(super::pieces("", 8), [""]);
        assert_eq!(super::pieces("一\n二", 8), ["一\n二"]);
    }

    #[test]
    fn merged_columns_hold_more() {
        assert!(capacity(&[10, 10]) > 2 * capacity(&[10]));
        assert!(capacity(&[0]) >= 2);
    }
}
