//! Labels side by side above texts: each text is as wide as its label and itself together, wherever both stand.

use std::ops::Range;

use super::blocks::Block;
use super::columns::Band;
use super::rows::Row;

/// Labels have at least so many letters; a dash or a slash is none.
const SHORTEST_LABEL: usize = 3;
/// A label at the side of both rows has no more letters than this.
const LONGEST_SIDE_LABEL: usize = 8;
/// Two or three labels stand above texts.
const LABELS: Range<usize> = 2..4;

/// Labels above texts.
#[derive(Debug)]
pub(super) struct Pairs<'r> {
    /// The number of the upper row.
    pub(super) head: usize,
    /// The labels and the texts.
    cells: [Vec<Placed<'r>>; 2],
    /// Where they begin beside a narrow label that stands in the same column of the band.
    pub(super) from: Option<i32>,
}

/// A text and its columns.
type Placed<'r> = (&'r Block, Range<usize>);

/// All those of a band.
pub(super) fn of_band<'r>(rows: &'r [Row], band: &Band) -> Vec<Pairs<'r>> {
    let mut all: Vec<Pairs<'r>> = Vec::new();
    for head in band.rows.clone() {
        let free = all.last().is_none_or(|last| last.head + 1 < head);
        all.extend(Pairs::at(rows, band, head).filter(|_| free));
    }
    all
}

impl<'r> Pairs<'r> {
    /// The texts of row `number`.
    pub(super) fn in_row(&self, number: usize) -> &[Placed<'r>] {
        let row = number.checked_sub(self.head).and_then(|row| self.cells.get(row));
        row.map(Vec::as_slice).unwrap_or_default()
    }

    /// The texts of row `head` and those of the row below it.
    fn at(rows: &'r [Row], band: &Band, head: usize) -> Option<Self> {
        let (upper, lower) = (rows.get(head)?, rows.get(head + 1)?);
        let inside = band.rows.contains(&head) && band.rows.contains(&(head + 1)) && upper.page == lower.page;
        let labels: Vec<&Block> = texts(upper).collect();
        if !inside || !LABELS.contains(&labels.len()) || !labels.iter().all(|label| is_label(label)) {
            return None;
        }
        let below = below(lower, &labels)?;
        let first = below.first().copied().flatten();
        let left = labels.first()?.area.left.min(first.map_or(i32::MAX, |text| text.area.left));
        let side = side(upper, lower, left);
        if side.is_none() && first.is_some_and(|text| is_side_label(text, band)) {
            return None;
        }
        let columns = columns(band, &labels, &below, side)?;
        let shared = side.filter(|side| columns.first().is_some_and(|own| own.start < band.columns_of(side).end));
        let texts = below.into_iter().zip(columns.iter().cloned());
        let texts = texts.filter_map(|(text, columns)| Some((text?, columns))).collect();
        let cells = [labels.into_iter().zip(columns).collect(), texts];
        Some(Self { head, cells, from: shared.map(|side| (side.area.right + left) / 2) })
    }
}

fn is_label(block: &Block) -> bool {
    let text = block.text();
    text.chars().count() >= SHORTEST_LABEL && !text.chars().any(|c| c.is_ascii_digit())
}

/// A few letters in the first column are a label at the side, and the text beside it is blank.
fn is_side_label(text: &Block, band: &Band) -> bool {
    band.columns_of(text).start == 0 && text.text().chars().count() <= LONGEST_SIDE_LABEL
}

/// The narrow label at the side of two rows, whose texts begin at `left`.
fn side<'r>(upper: &'r Row, lower: &'r Row, left: i32) -> Option<&'r Block> {
    let blocks = [upper, lower].into_iter().flat_map(|row| row.blocks.iter().chain(&row.merged));
    let sides = blocks.filter(|block| block.is_narrow() && block.area.right <= left);
    sides.max_by_key(|side| side.area.right)
}

/// The texts of a row but for a narrow label at its side.
fn texts(row: &Row) -> impl Iterator<Item = &Block> {
    let side = |(number, block): &(usize, &Block)| *number == 0 && block.is_narrow() || block.is_written_downwards();
    row.blocks.iter().enumerate().filter(move |text| !side(text)).map(|(_, block)| block)
}

/// The text below each of `labels`: as many as those, or a long one below one of them and no other.
fn below<'r>(row: &'r Row, labels: &[&Block]) -> Option<Vec<Option<&'r Block>>> {
    let own: Vec<&Block> = texts(row).collect();
    if own.len() == labels.len() {
        // Three texts side by side are those of an ordinary row, unless some are too long for one.
        let ordinary = own.len() > 2 && own.iter().all(|text| text.lines.len() == 1);
        return (!ordinary).then(|| own.into_iter().map(Some).collect());
    }
    let [only] = own.as_slice() else { return None };
    let below: Vec<Option<&Block>> = labels.iter().map(|label| label.is_in_column_of(only).then_some(*only)).collect();
    (only.lines.len() > 1 && below.iter().flatten().count() == 1).then_some(below)
}

/// The columns of labels together with the texts below them, each up to the next.
fn columns(
    band: &Band,
    labels: &[&Block],
    below: &[Option<&Block>],
    side: Option<&Block>,
) -> Option<Vec<Range<usize>>> {
    let both = |(label, text): (&&Block, &Option<&Block>)| {
        let own = band.columns_of(label);
        text.map_or_else(|| own.clone(), |text| around(own.clone(), band.columns_of(text)))
    };
    let mut columns: Vec<Range<usize>> = labels.iter().zip(below).map(both).collect();
    let apart = |pair: &[Range<usize>]| matches!(pair, [one, other] if one.end <= other.start);
    if !columns.windows(2).all(apart) {
        return None;
    }
    let starts: Vec<usize> = columns.iter().skip(1).map(|own| own.start).chain([band.columns.len()]).collect();
    columns.iter_mut().zip(starts).for_each(|(own, end)| own.end = end);
    // Columns between a label at the side and the first text are those of the text.
    if let Some((first, side)) = columns.first_mut().zip(side) {
        first.start = first.start.min(band.columns_of(side).end);
    }
    Some(columns)
}

fn around(one: Range<usize>, other: Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}

#[cfg(test)]
mod tests {
    use super::super::blocks::tests::block;
    use super::super::columns::bands;
    use super::*;
    use crate::pdf::runs::Run;
    use crate::pdf::units::{Area, POINT};

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
        let found = |number: usize| -> Vec<Range<usize>> {
            of_band(&rows, &bands[0])
                .iter()
                .flat_map(|pairs| pairs.in_row(number))
                .map(|(_, own)| own.clone())
                .collect()
        };
        assert_eq!(found(1), [1..3, 3..6]);
        assert_eq!(found(2), [1..3, 3..6]);
        assert_eq!(found(0), []);
    }

    /// A text of two lines of ten points.
    fn wide(left: i32, right: i32, top: i32) -> Block {
        let line = |top: i32| {
            let area = Area { left: left * POINT, top: top * POINT, right: right * POINT, bottom: (top + 10) * POINT };
            Run::plain("某镇的事", area)
        };
        let mut block = Block::new(line(top));
        block.push(line(top + 10));
        block
    }

    fn of(blocks: Vec<Block>) -> Row {
        let area = blocks.iter().map(|block| block.area).reduce(Area::around).unwrap();
        Row { top: area.top, bottom: area.bottom, blocks, ..Row::default() }
    }

    #[test]
    fn a_narrow_label_at_the_side_is_none_of_them_even_in_their_column() {
        let side = block(&[(0, 40), (0, 52), (0, 64)]);
        let heads = of((0..4).map(|column| wide(column * 60, column * 60 + 50, 0)).collect());
        let labels = of(vec![wide(70, 110, 40), wide(190, 230, 40)]);
        let texts = of(vec![side, wide(24, 115, 70), wide(125, 230, 70)]);
        let rows = [heads, labels, texts];
        let band = &bands(&rows)[0];
        let pairs = of_band(&rows, band);
        assert_eq!(pairs.iter().map(|pair| pair.head).collect::<Vec<_>>(), [1]);
        assert_eq!(pairs[0].from, Some(22 * POINT));
        assert_eq!(pairs[0].in_row(2).iter().map(|(_, own)| own.clone()).collect::<Vec<_>>(), [0..2, 2..4]);
    }

    #[test]
    fn a_single_text_belongs_to_the_label_above_it() {
        let heads = of((0..4).map(|column| wide(column * 60, column * 60 + 50, 0)).collect());
        let rows = [heads, of(vec![wide(70, 110, 40), wide(190, 230, 40)]), of(vec![wide(125, 230, 70)])];
        let pairs = of_band(&rows, &bands(&rows)[0]);
        let found: Vec<_> = pairs.iter().flat_map(|pair| pair.in_row(2)).map(|(_, own)| (own.start, own.end)).collect();
        assert_eq!(found, [(2, 4)]);
    }
}
