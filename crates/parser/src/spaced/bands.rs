//! Where the columns of a block stand on one page, learned from what no word crosses.

use std::ops::Range;

use super::sheet::{Sheet, Word};

/// Widest line looked at, in characters.
const MAX_WIDTH: usize = 2_000;

/// How many of some lines have ink at each position.
#[derive(Debug, Clone, Default)]
pub(super) struct Profile {
    ink: Vec<u32>,
}

impl Profile {
    /// The profile of `words`.
    pub(super) fn new<'w>(words: impl IntoIterator<Item = &'w Word>) -> Self {
        let mut ink = Vec::new();
        for word in words {
            let end = word.x_end().min(MAX_WIDTH);
            if ink.len() < end {
                ink.resize(end, 0);
            }
            ink.get_mut(word.x.min(end)..end).unwrap_or_default().iter_mut().for_each(|count| *count += 1);
        }
        Self { ink }
    }

    /// The positions between two columns, the first one at most at `from` and the next one at least at `to`: the
    /// widest gap with the least ink.
    pub(super) fn gap(&self, from: usize, to: usize) -> Range<usize> {
        let at = |x: usize| self.ink.get(x).copied().unwrap_or(0);
        let least = (from..to).map(at).min().unwrap_or(0);
        let mut best = from..from;
        let mut open = from;
        for x in from..to {
            if at(x) > least {
                open = x + 1;
            } else if x + 1 - open > best.len() {
                best = open..x + 1;
            }
        }
        if best.is_empty() { to..to } else { best }
    }

    /// True where a gap is one, and no word reaches into it.
    fn is_blank(&self, gap: &Range<usize>) -> bool {
        !gap.is_empty() && gap.clone().all(|x| self.ink.get(x).is_none_or(|count| *count == 0))
    }

    /// The stretches of ink without a gap.
    pub(super) fn bands(&self) -> Vec<Range<usize>> {
        let mut bands: Vec<Range<usize>> = Vec::new();
        for (x, _) in self.ink.iter().enumerate().filter(|(_, count)| **count > 0) {
            match bands.last_mut() {
                Some(last) if last.end == x => last.end = x + 1,
                _ => bands.push(x..x + 1),
            }
        }
        bands
    }
}

/// Where each column begins on one page; a word belongs to the last column that begins at or before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    starts: Vec<Option<usize>>,
    /// No word stands where two columns are parted.
    pub(super) clean: bool,
}

impl Columns {
    /// Columns that begin at `starts`; `None` for a column that has nothing on this page.
    pub(super) fn new(starts: Vec<Option<usize>>) -> Self {
        Self { starts, clean: false }
    }

    /// The columns below labels at `extents`, as the gaps of `profile` between them show.
    pub(super) fn below(extents: &[Range<usize>], profile: &Profile) -> Self {
        let gaps: Vec<Range<usize>> = extents
            .windows(2)
            .filter_map(|pair| {
                let [left, right] = pair else { return None };
                Some(profile.gap(left.end, right.start.max(left.end)))
            })
            .collect();
        let clean = gaps.iter().all(|gap| profile.is_blank(gap));
        let inner = gaps.iter().map(|gap| Some(gap.end));
        Self { starts: [Some(0)].into_iter().chain(inner).collect(), clean }
    }

    /// The columns of running texts under the labels at `extents`: between any two the widest gap that has text on
    /// both sides. `here` where the labels stand on this page, so that the gap lies between them.
    pub(super) fn of_texts(extents: &[Range<usize>], here: bool, profile: &Profile) -> Self {
        let bands = profile.bands();
        let inner = extents.windows(2).map(|pair| {
            let [left, right] = pair else { return None };
            let gaps = bands.windows(2).filter_map(|pair| Some(pair.first()?.end..pair.last()?.start));
            let fits = |gap: &Range<usize>| !here || (gap.start <= right.start && gap.end >= left.end);
            let widest = gaps.filter(fits).max_by_key(ExactSizeIterator::len);
            // One text only: it is the left one if it begins before the left label ends.
            Some(widest.map_or(left.end, |gap| gap.end))
        });
        Self { starts: [Some(0)].into_iter().chain(inner).collect(), clean: true }
    }

    /// The column that holds `word`.
    pub(super) fn of(&self, word: &Word) -> usize {
        let holds = |start: &Option<usize>| start.is_some_and(|start| start <= word.x);
        self.starts.iter().rposition(holds).unwrap_or(0)
    }

    /// Where the ink of `words` lies in each column.
    pub(super) fn ink(&self, words: &[Word]) -> Vec<Option<Range<usize>>> {
        let extent = |words: &Vec<Word>| {
            let extents = words.iter().map(|word| word.x..word.x_end());
            extents.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
        };
        self.part(words.iter().copied()).iter().map(extent).collect()
    }

    /// Parts `words` by column.
    pub(super) fn part(&self, words: impl IntoIterator<Item = Word>) -> Vec<Vec<Word>> {
        let mut cells = vec![Vec::new(); self.starts.len()];
        for word in words {
            if let Some(cell) = cells.get_mut(self.of(&word)) {
                cell.push(word);
            }
        }
        cells
    }
}

/// The first band where it holds nothing but pieces of a side label and something stands right of it: where the
/// side ends.
pub(super) fn side_end(sheet: &Sheet<'_>, words: &[Word], is_side: impl Fn(&str) -> bool) -> usize {
    let bands = Profile::new(words).bands();
    let mut end = 0;
    for band in bands.split_last().map_or(&[][..], |(_, rest)| rest) {
        let mut within = words.iter().filter(|word| band.contains(&word.x));
        if !within.all(|word| is_side(&sheet.plain(word))) {
            break;
        }
        end = band.end;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn columns(text: &str, extents: &[Range<usize>]) -> Vec<Vec<String>> {
        let text = Text::new(text);
        let sheet = Sheet::new(&text);
        let words: Vec<Word> = sheet.words(0..sheet.lines.len()).copied().collect();
        let columns = Columns::below(extents, &Profile::new(&words));
        columns.part(words).iter().map(|cell| cell.iter().map(|word| sheet.plain(word)).collect()).collect()
    }

    #[test]
    fn a_single_blank_parts_columns_that_no_word_joins() {
        let found = columns("  目标     完成\n修缮堤防 已修缮\n三 公里  二公里", &[2..4, 9..11]);
        assert_eq!(found, [vec!["目标", "修缮堤防", "三", "公里"], vec!["完成", "已修缮", "二公里"]]);
    }

    #[test]
    fn the_widest_gap_wins() {
        let profile = Profile::new(&[
            Word { start: 0, end: 3, x: 0, width: 3, line: 0 },
            Word { start: 0, end: 1, x: 4, width: 1, line: 0 },
        ]);
        assert_eq!(profile.gap(1, 9), 5..9);
        assert_eq!(profile.bands(), [0..3, 4..5]);
    }
}
