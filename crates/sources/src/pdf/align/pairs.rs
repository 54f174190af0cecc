//! Two labels above two texts: each text is as wide as its label and itself together, wherever both stand.

use std::ops::Range;

use super::blocks::Block;
use super::columns::Band;
use super::rows::Row;

/// Labels have at least so many letters; a dash or a slash is none.
const SHORTEST_LABEL: usize = 3;

/// The two texts of row `number` with their columns, where it is the upper or the lower of such a pair of rows.
pub(super) fn columns<'r>(rows: &'r [Row], band: &Band, number: usize) -> Option<[(&'r Block, Range<usize>); 2]> {
    let above = || below_each_other(rows, band, number.checked_sub(1)?).map(|(_, texts)| texts);
    below_each_other(rows, band, number).map(|(labels, _)| labels).or_else(above)
}

type Cells<'r> = [(&'r Block, Range<usize>); 2];

/// The cells of row `head` and the row below it.
fn below_each_other<'r>(rows: &'r [Row], band: &Band, head: usize) -> Option<(Cells<'r>, Cells<'r>)> {
    let (labels, texts) = (rows.get(head)?, rows.get(head + 1)?);
    let inside = band.rows.contains(&head) && band.rows.contains(&(head + 1)) && labels.page == texts.page;
    let ([one, other], [first, second]) = (two(labels)?, two(texts)?);
    let is_label = |block: &&Block| {
        let text = block.text();
        text.chars().count() >= SHORTEST_LABEL && !text.chars().any(|c| c.is_ascii_digit())
    };
    // What stands in the first column is a label at the side, and the text beside it blank.
    let beside = band.columns_of(first).start == 0;
    if !inside || beside || ![one, other].iter().all(is_label) {
        return None;
    }
    let left = around(band.columns_of(one), band.columns_of(first));
    let right = around(band.columns_of(other), band.columns_of(second));
    let (left, right) =
        (left.end <= right.start).then_some((left.start..right.start, right.start..band.columns.len()))?;
    let cells = |one: &'r Block, other: &'r Block| [(one, left.clone()), (other, right.clone())];
    Some((cells(one, other), cells(first, second)))
}

/// The two texts of a row; a label written downwards at its side is none of them.
fn two(row: &Row) -> Option<[&Block; 2]> {
    let mut texts = row.blocks.iter().filter(|block| !block.is_written_downwards());
    let pair = [texts.next()?, texts.next()?];
    texts.next().is_none().then_some(pair)
}

fn around(one: Range<usize>, other: Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::tests::block;
    use super::super::columns::bands;
    use super::*;

    fn row(lefts: &[i32], top: i32) -> Row {
        let blocks = lefts.iter().map(|left| block(&[(*left, top), (*left, top + 10)])).collect();
        Row { top: top * 100, bottom: (top + 20) * 100, blocks, ..Row::default() }
    }

    #[test]
    fn texts_are_as_wide_as_their_labels() {
        let rows =
            [row(&[0, 60, 120, 180, 240, 300], 0), row(&[120, 240], 40), row(&[60, 180], 80), row(&[0, 120], 120)];
        let bands = bands(&rows);
        assert_eq!(bands.len(), 1);
        let found = |number: usize| columns(&rows, &bands[0], number).map(|pair| pair.map(|(_, columns)| columns));
        assert_eq!(found(1), Some([1..3, 3..6]));
        assert_eq!(found(2), Some([1..3, 3..6]));
        assert_eq!(found(0), None);
    }
}
