//! Bands to sections: the rows from one heading to the next, and which of their columns hold names of several rows.

use std::ops::Range;

use super::blocks::Block;
use super::columns::{self, Band};
use super::rows::Row;
use crate::pdf::units::POINT;

/// A row that heads columns has at least so many texts,
const FEWEST_HEADS: usize = 4;
/// or so many, some with figures below.
const FEWEST_LABELS: usize = 3;

/// Takes rows for none that hold nothing but the names of cells which span rows: such a name stands between two of them.
pub(super) fn fold_names(rows: &mut Vec<Row>) {
    let mut names: Vec<usize> = Vec::new();
    let gap = usual_gap(rows);
    for band in columns::bands(rows) {
        for section in sections(rows, &band) {
            let leading = leading(rows, &band, &section);
            let is_name = |number: &usize| {
                let blocks = rows.get(*number).map(|row| row.blocks.as_slice()).unwrap_or_default();
                let page = |number: usize| rows.get(number).map(|row| row.page);
                let free = rows.get(*number).is_some_and(|row| !row.ruled);
                let inner =
                    free && *number > section.start && page(*number - 1) == page(*number) && number + 1 < section.end;
                inner && !blocks.is_empty() && blocks.iter().all(|block| band.columns_of(block).end <= leading)
            };
            let (own, others): (Vec<usize>, Vec<usize>) = section.clone().partition(is_name);
            let is_row = |number: Option<&usize>| {
                number.and_then(|number| rows.get(*number)).is_some_and(|row| !row.is_sparse())
            };
            let between = |name: &usize| {
                let below = others.partition_point(|other| other < name);
                let neighbours = below.checked_sub(1).and_then(|above| others.get(above)).zip(others.get(below));
                neighbours.is_some_and(|(above, below)| {
                    is_row(Some(above)) && is_row(Some(below)) && !has_room(rows, *above..*below, gap)
                })
            };
            names.extend(own.into_iter().filter(between));
        }
    }
    for number in names.into_iter().rev() {
        let row = rows.remove(number);
        if let Some(host) = number.checked_sub(1).and_then(|above| rows.get_mut(above)) {
            host.merged.extend(row.blocks.into_iter().chain(row.merged));
        }
    }
}

/// The distance of most rows that have more than a text or two.
fn usual_gap(rows: &[Row]) -> i32 {
    let gap = |pair: &[Row]| {
        let [above, below] = pair else { return None };
        let rows = above.page == below.page && !above.is_sparse() && !below.is_sparse();
        Some(below.top - above.bottom).filter(|gap| rows && *gap > 0)
    };
    let mut gaps: Vec<i32> = rows.windows(2).filter_map(gap).collect();
    gaps.sort_unstable();
    gaps.get(gaps.len() / 2).copied().unwrap_or(0)
}

/// True where those between the first and the last row of `stretch` stand as far from each other and from both as rows
/// do.
fn has_room(rows: &[Row], stretch: Range<usize>, gap: i32) -> bool {
    let stretch = rows.get(stretch.start..=stretch.end).unwrap_or_default();
    let gaps = stretch.windows(2).filter_map(|pair| Some(pair.get(1)?.top - pair.first()?.bottom));
    gap > 0 && gaps.min().is_some_and(|least| least + SAME_GAP >= gap)
}

/// Gaps this near to each other are equal.
const SAME_GAP: i32 = POINT;
/// Texts that begin or stand in the middle this near to each other line up.
const SAME_SIDE: i32 = 3 * POINT;
/// Fewer names than this do not tell which of them line up.
const FEWEST_NAMES: usize = 3;

/// A text and the row that it begins in.
pub(super) type Placed<'r> = (usize, &'r Block);

/// The names of a column that line up with most, and the others: labels at the side of a whole block.
pub(super) fn aligned(names: Vec<Placed<'_>>) -> (Vec<Placed<'_>>, Vec<Placed<'_>>) {
    let median = |side: fn(&Block) -> i32| {
        let mut sides: Vec<i32> = names.iter().map(|(_, block)| side(block)).collect();
        sides.sort_unstable();
        sides.get(sides.len() / 2).copied().unwrap_or(0)
    };
    let (left, middle) = (median(|block| block.area.left), median(|block| block.area.centre().0));
    let few = names.len() < FEWEST_NAMES;
    let own = |(_, block): &Placed<'_>| {
        few || (block.area.left - left).abs() <= SAME_SIDE || (block.area.centre().0 - middle).abs() <= SAME_SIDE
    };
    names.into_iter().partition(own)
}

/// True for the labels of columns: text in most columns, and no digit in it, or figures below several of them.
pub(super) fn is_heading(rows: &[Row], number: usize, band: &Band) -> bool {
    let Some(row) = rows.get(number) else { return false };
    let words = row.blocks.iter().all(Block::is_words);
    let most = words && row.blocks.len() >= FEWEST_HEADS && row.blocks.len() * 5 >= band.columns.len() * 3;
    most || row.blocks.len() >= FEWEST_LABELS && columns::heads_figures(rows, number)
}

/// Where names may not stand below the labels of a section: the second row of these, with the columns before the first
/// `leading` that have a label above it.
pub(super) fn below_heading(rows: &[Row], band: &Band, section: &Range<usize>, leading: usize) -> Vec<(usize, usize)> {
    let (Some(head), Some(second)) = (rows.get(section.start), rows.get(section.start + 1)) else { return Vec::new() };
    let words = second.blocks.iter().all(Block::is_words);
    let inner = || second.blocks.iter().all(|block| band.columns_of(block).start > leading);
    if !is_heading(rows, section.start, band)
        || !section.contains(&(section.start + 1))
        || second.is_sparse()
        || !words
        || !inner()
    {
        return Vec::new();
    }
    let labels = head.blocks.iter().map(|block| band.columns_of(block).start).filter(|column| *column < leading);
    labels.map(|column| (section.start + 1, column)).collect()
}

/// The rows of a band from one heading to the next.
pub(super) fn sections(rows: &[Row], band: &Band) -> Vec<Range<usize>> {
    let mut sections: Vec<Range<usize>> = Vec::new();
    for number in band.rows.clone() {
        let heads = is_heading(rows, number, band);
        match sections.last_mut().filter(|_| !heads) {
            Some(section) => section.end = number + 1,
            None => sections.push(number..number + 1),
        }
    }
    sections
}

/// Fewer full rows than this do not tell where the names of several rows stand.
const FEWEST_FULL: usize = 2;

/// The number of columns before the first one that no other has text in more rows than, headings aside: those hold names
/// of several rows.
pub(super) fn leading(rows: &[Row], band: &Band, section: &Range<usize>) -> usize {
    let full = section.clone().filter(|number| !is_heading(rows, *number, band)).filter_map(|number| rows.get(number));
    let full: Vec<&Row> = full.filter(|row| row.blocks.len() >= FEWEST_HEADS).collect();
    let filled = |column: usize| {
        let holds = |row: &&&Row| row.blocks.iter().any(|block| band.columns_of(block) == (column..column + 1));
        full.iter().filter(holds).count()
    };
    let most = (0..band.columns.len()).map(filled).max().unwrap_or(0);
    if most < FEWEST_FULL {
        return 0;
    }
    (0..band.columns.len()).find(|column| filled(*column) == most).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::tests::block;
    use super::*;

    fn row(lefts: &[i32], top: i32) -> Row {
        let figure = |left: &i32| {
            let mut block = block(&[(*left, top)]);
            block.lines.iter_mut().for_each(|line| line.text = "9处".to_owned());
            block
        };
        let blocks = lefts.iter().map(figure).collect();
        Row { top: top * POINT, bottom: (top + 10) * POINT, blocks, ..Row::default() }
    }

    /// The tops of the rows that stay.
    fn kept(mut rows: Vec<Row>) -> Vec<i32> {
        fold_names(&mut rows);
        rows.iter().map(|row| row.top / POINT).collect()
    }

    #[test]
    fn a_name_between_rows_is_no_row_unless_it_has_the_room_of_one() {
        const ALL: [i32; 5] = [0, 40, 80, 120, 160];
        let full = |top: i32| row(&ALL[1..], top);
        let between = vec![row(&ALL, 0), full(16), full(32), row(&[0], 46), full(60), full(76)];
        assert_eq!(kept(between), [0, 16, 32, 60, 76]);
        let apart = vec![row(&ALL, 0), full(16), full(32), row(&[0], 48), full(64), full(80)];
        assert_eq!(kept(apart), [0, 16, 32, 48, 64, 80]);
    }

    fn words(lefts: &[i32], top: i32) -> Row {
        let blocks = lefts.iter().map(|left| block(&[(*left, top)])).collect();
        Row { top: top * POINT, bottom: (top + 10) * POINT, blocks, ..Row::default() }
    }

    #[test]
    fn names_stand_below_both_rows_of_the_labels() {
        const ALL: [i32; 7] = [0, 40, 80, 120, 160, 200, 240];
        let figures = |top: i32| row(&ALL[1..], top);
        let rows = [words(&ALL, 0), words(&[80, 120, 160], 16), figures(32), row(&ALL, 48), figures(64)];
        let band = &columns::bands(&rows)[0];
        assert_eq!(below_heading(&rows, band, &(0..5), 1), [(1, 0)]);
        assert_eq!(below_heading(&rows, band, &(0..5), 2), []);
        assert_eq!(below_heading(&rows[2..], band, &(0..3), 1), []);
    }
}
