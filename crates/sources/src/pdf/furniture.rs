//! Lines that belong to the page and not to the document: page numbers, headers and footers.

use std::collections::HashMap;

use super::page::{PageParts, Part};
use super::runs::TextLine;
use super::units::POINT;

/// Headers and footers stand this near to the edge of the page.
const MARGIN: i32 = 60 * POINT;
/// Lines at the same height on different pages may differ by so much.
const SAME_HEIGHT: i32 = 3 * POINT;
/// Headers and footers have letters no larger than those of the text, but for this.
const LARGER: i32 = POINT;

/// Takes headers, footers and page numbers out of the pages; returns the text taken from each.
///
/// A header is a line of letters no larger than the usual that stands near the edge in the same place on several pages.
pub(super) fn take(pages: &mut [PageParts]) -> Vec<String> {
    let usual = pages.iter().map(|page| page.letter).min().unwrap_or(0);
    let mut counts: HashMap<(String, i32), usize> = HashMap::new();
    for page in pages.iter() {
        let near_edge = lines(page).filter(|line| is_near_edge(line, page.height) && line.size() <= usual + LARGER);
        for line in near_edge {
            *counts.entry(key(line)).or_default() += 1;
        }
    }
    let repeated = |line: &TextLine| {
        let (text, height) = key(line);
        let near = (-1..=1).filter_map(|step| counts.get(&(text.clone(), height + step)));
        near.sum::<usize>() > 1
    };
    pages
        .iter_mut()
        .map(|page| {
            let (height, mut taken) = (page.height, Vec::new());
            let last = page.parts.len().saturating_sub(1);
            let mut number = 0;
            page.parts.retain(|part| {
                let outermost = number == 0 || number == last;
                number += 1;
                let Part::Line(line) = part else { return true };
                let numbered = outermost && is_page_number(&line.text());
                let near = is_near_edge(line, height) && line.size() <= usual + LARGER;
                let furniture = numbered || (near && repeated(line));
                if furniture {
                    taken.push(line.text());
                }
                !furniture
            });
            taken.join(" ")
        })
        .collect()
}

fn lines(page: &PageParts) -> impl Iterator<Item = &TextLine> {
    page.parts.iter().filter_map(|part| match part {
        Part::Line(line) => Some(line),
        Part::Table(_) => None,
    })
}

const fn is_near_edge(line: &TextLine, height: i32) -> bool {
    line.area.bottom < MARGIN || line.area.top > height - MARGIN
}

/// The text with its digits taken for equal, and the height in steps.
fn key(line: &TextLine) -> (String, i32) {
    let text =
        line.text().chars().filter(|c| !c.is_whitespace()).map(|c| if c.is_numeric() { '0' } else { c }).collect();
    (text, line.area.bottom.div_euclid(SAME_HEIGHT))
}

/// True for `3`, `- 3 -`, `第3页 共9页`, `3/9`.
fn is_page_number(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let mark = |c: char| c.is_ascii_digit() || "-—–－·.,，/／第页共總总Pagepof".contains(c);
    (1..=8).contains(&digits) && bare.chars().count() <= 16 && bare.chars().all(mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known() {
        for number in ["3", "- 12 -", "第 3 页 共 9 页", "3/9", "Page 3 of 9", "—4—"] {
            assert!(is_page_number(number), "{number}");
        }
        for text in ["总分 100 分", "3号楼", "", "—", "12345678901234567"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
