//! Lines that belong to the page and not to the document: page numbers, headers and footers.

use std::collections::HashMap;

use jixiao_core::vocab::is_page_number_at_edge;

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
                let numbered = outermost && is_page_number_at_edge(&line.text());
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
