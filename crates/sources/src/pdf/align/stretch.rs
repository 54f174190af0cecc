//! Lines that follow each other, and the tables that take their place.

use std::ops::Range;

use crate::pdf::page::{PageParts, PageTable, Part};
use crate::pdf::runs::Run;

/// Lines that follow each other: on each page, the parts that are such lines.
pub(super) type LineStretch = Vec<(usize, Range<usize>)>;

/// The stretches of lines between tables.
pub(super) fn stretches(pages: &[PageParts]) -> Vec<LineStretch> {
    let mut stretches: Vec<LineStretch> = Vec::new();
    let mut open = false;
    for (page, parts) in pages.iter().enumerate() {
        let mut fresh = true;
        for (number, part) in parts.parts.iter().enumerate() {
            if matches!(part, Part::Table(_)) {
                open = false;
                continue;
            }
            let last = stretches.last_mut().filter(|_| open);
            match last {
                Some(stretch) => match stretch.last_mut().filter(|_| !fresh) {
                    Some((_, range)) => range.end = number + 1,
                    None => stretch.push((page, number..number + 1)),
                },
                None => stretches.push(vec![(page, number..number + 1)]),
            }
            (open, fresh) = (true, false);
        }
    }
    stretches
}

/// The runs of the lines `parts` of a page.
pub(super) fn runs_of(pages: &[PageParts], page: usize, parts: Range<usize>) -> Vec<Run> {
    let lines = pages.get(page).and_then(|page| page.parts.get(parts)).unwrap_or_default();
    let runs = lines.iter().map(|part| match part {
        Part::Line(line) => line.runs.clone(),
        Part::Table(_) => Vec::new(),
    });
    runs.flatten().collect()
}

/// Puts the tables of each page in place of the lines that they are made of.
pub(super) fn replace(pages: &mut [PageParts], stretch: &LineStretch, tables: Vec<(usize, PageTable)>) {
    for (page, table) in tables {
        let range = stretch.iter().find(|(other, _)| *other == page).map(|(_, range)| range.clone());
        if let (Some(range), Some(page)) = (range, pages.get_mut(page)) {
            page.parts.splice(range, [Part::Table(table)]);
        }
    }
}
