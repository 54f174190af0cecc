//! The columns of a table on pages that do not repeat its header.

use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::fold::is_blank;
use jixiao_core::vocab::Label;

use super::bands::{Columns, Profile};
use super::heads::Head;
use super::sheet::{Sheet, Word};
use super::table::is_level_part;
use crate::value;

const MISSING_OWN: i64 = 30;
const MISSING: i64 = 4;
const WRONG_SHAPE: i64 = 60;
const SPLIT_COLUMN: i64 = 25;
const IMPOSSIBLE: i64 = 1 << 40;

/// What the page with the header shows about the columns.
#[derive(Debug)]
pub(super) struct Known {
    fields: Vec<Option<IndicatorField>>,
    /// Where the ink of each column lies on the page of the header.
    ink: Vec<Range<usize>>,
    /// Where the labels stand.
    heads: Vec<Range<usize>>,
}

impl Known {
    /// Learns from the header and the lines below it on its page.
    pub(super) fn new(sheet: &Sheet<'_>, head: &Head, lines: Range<usize>) -> Self {
        let field = |label: &Option<Label>| match label {
            Some(Label::IndicatorColumn(field)) => Some(*field),
            _ => None,
        };
        let page = sheet.page(head.lines.start);
        let words: Vec<Word> = sheet.words(lines).filter(|word| sheet.page(word.line) == page).copied().collect();
        let mut known = Self {
            fields: head.columns.iter().map(|column| field(&column.label)).collect(),
            ink: Vec::new(),
            heads: Vec::new(),
        };
        let columns = known.on_first_page(sheet, head, &words);
        known.heads = head.columns.iter().map(|column| column.extent.clone()).collect();
        known.ink = known.heads.clone();
        for word in &words {
            if let Some(ink) = known.ink.get_mut(columns.of(word)) {
                *ink = ink.start.min(word.x)..ink.end.max(word.x_end());
            }
        }
        known
    }

    /// The columns below the header itself.
    pub(super) fn on_first_page(&self, sheet: &Sheet<'_>, head: &Head, words: &[Word]) -> Columns {
        let extents: Vec<Range<usize>> = head.columns.iter().map(|column| column.extent.clone()).collect();
        let heads = sheet.words(head.lines.clone()).filter(|word| !head.side.contains(word));
        Columns::below(&extents, &Profile::new(heads.chain(words)))
    }

    /// The columns of a page without a header: its bands of ink are dealt out to the known columns in order.
    pub(super) fn on_page(&self, sheet: &Sheet<'_>, words: &[Word]) -> Columns {
        let bands: Vec<Band> = Profile::new(words).bands().into_iter().map(|x| Band::new(sheet, x, words)).collect();
        let dealt = self.deal(&bands);
        let mut starts: Vec<Option<usize>> = vec![None; self.fields.len()];
        for (band, column) in bands.iter().zip(dealt) {
            if let Some(start) = starts.get_mut(column) {
                start.get_or_insert(band.x.start);
            }
        }
        Columns::new(starts)
    }

    /// Where the columns may lie on a page that shows `ink`: as it shows, as the header shows, and on another page
    /// also as on that of the header, stretched to the width of this one.
    pub(super) fn starts(&self, ink: &[Option<Range<usize>>], here: bool) -> Vec<Vec<Option<Range<usize>>>> {
        let fill = |(column, ink): (usize, &Option<Range<usize>>)| {
            ink.clone().or_else(|| self.ink.get(column).filter(|_| self.missing_cost(column) == MISSING_OWN).cloned())
        };
        let filled = ink.iter().enumerate().map(fill).collect();
        if here {
            return vec![filled, self.heads.iter().cloned().map(Some).collect()];
        }
        let end = |extents: &mut dyn Iterator<Item = usize>| extents.max().unwrap_or(1).max(1);
        let (from, to) = (end(&mut self.ink.iter().map(|x| x.end)), end(&mut ink.iter().flatten().map(|x| x.end)));
        let stretched = self.ink.iter().map(|x| Some(x.start * to / from..x.end * to / from)).collect();
        vec![filled, self.ink.iter().cloned().map(Some).collect(), stretched]
    }

    /// The column of each band: in order, at the least cost.
    fn deal(&self, bands: &[Band]) -> Vec<usize> {
        let columns = self.fields.len();
        // The last lines of a row that a page break cuts hold some of its cells: none is missed.
        let pointed = bands.iter().any(|band| band.numbers == band.words);
        let missed = |column: usize| if pointed { self.missing_cost(column) } else { MISSING };
        let missing = |range: Range<usize>| range.map(missed).sum::<i64>();
        let mut best: Vec<Vec<(i64, usize)>> = Vec::new();
        for band in bands {
            let mut row = Vec::with_capacity(columns);
            for column in 0..columns {
                let own = self.cost(band, column);
                let choice = match best.last() {
                    None => (missing(0..column), 0),
                    Some(last) => (0..=column)
                        .map(|before| {
                            let cost = last.get(before).map_or(IMPOSSIBLE, |(cost, _)| *cost);
                            let step = if before == column { SPLIT_COLUMN } else { missing(before + 1..column) };
                            (cost + step, before)
                        })
                        .min()
                        .unwrap_or((IMPOSSIBLE, 0)),
                };
                row.push((choice.0 + own, choice.1));
            }
            best.push(row);
        }
        let last = best.last().map(Vec::as_slice).unwrap_or_default();
        let end = last.iter().enumerate().min_by_key(|(column, (cost, _))| cost + missing(*column + 1..columns));
        let mut column = end.map_or(0, |(column, _)| column);
        let mut dealt = Vec::new();
        for row in best.iter().rev() {
            dealt.push(column);
            column = row.get(column).map_or(0, |(_, before)| *before);
        }
        dealt.reverse();
        dealt
    }

    fn missing_cost(&self, column: usize) -> i64 {
        match self.fields.get(column).copied().flatten() {
            Some(IndicatorField::Level1 | IndicatorField::Level2 | IndicatorField::Deviation) | None => MISSING,
            Some(_) => MISSING_OWN,
        }
    }

    fn cost(&self, band: &Band, column: usize) -> i64 {
        let ink = self.ink.get(column).cloned().unwrap_or_default();
        let middle = |x: &Range<usize>| i64::try_from(x.start + x.end).unwrap_or(0) / 2;
        let distance = (middle(&ink) - middle(&band.x)).abs() / 2;
        distance + self.shape_cost(band, column)
    }

    fn shape_cost(&self, band: &Band, column: usize) -> i64 {
        let share = match self.fields.get(column).copied().flatten() {
            Some(IndicatorField::Weight | IndicatorField::Score) => band.words - band.numbers,
            Some(IndicatorField::Level1 | IndicatorField::Level2) => 2 * (band.words - band.levels).min(band.words / 2),
            Some(IndicatorField::Level3) => band.numbers.max(band.levels),
            _ => band.levels / 2,
        };
        WRONG_SHAPE * share / band.words.max(1)
    }
}

/// A stretch of ink and what its words look like.
#[derive(Debug)]
struct Band {
    x: Range<usize>,
    words: i64,
    numbers: i64,
    levels: i64,
}

impl Band {
    fn new(sheet: &Sheet<'_>, x: Range<usize>, words: &[Word]) -> Self {
        let mut band = Self { x, words: 0, numbers: 0, levels: 0 };
        for word in words.iter().filter(|word| band.x.contains(&word.x)) {
            let plain = sheet.plain(word);
            band.words += 1;
            band.numbers += i64::from(value::number(&plain).is_some() || is_blank(&plain));
            band.levels += i64::from(is_level_part(&plain));
        }
        band
    }
}
