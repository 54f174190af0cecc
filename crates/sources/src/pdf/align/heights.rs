//! Where rows begin and end, from where their texts stand.
//!
//! Text stands in the middle of its cell, so a row ends as far below the middle of its text as it begins above it: one
//! edge tells all others, and each of them lies between the texts of two rows.

use super::spans::Stretch;
use crate::pdf::units::POINT;

/// The sides of the text of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) page: usize,
    pub(super) top: i32,
    pub(super) bottom: i32,
    /// See [`Stretch::sparse`].
    pub(super) sparse: bool,
}

/// Text may stand so far off the middle, or reach so far over an edge.
const SLACK: i32 = POINT * 3 / 5;
/// The room above the text of the first row and below that of the last, at the most.
const PADDING: i32 = 12 * POINT;

/// The rows of one table, whose texts have the sides `rows`, between the texts `before` and `after` it.
pub(super) fn stretches(rows: &[Sides], before: Option<Sides>, after: Option<Sides>) -> Vec<Stretch> {
    let mut stretches = Vec::with_capacity(rows.len());
    let mut above = before;
    let mut pages = rows.chunk_by(|one, other| one.page == other.page).peekable();
    while let Some(page) = pages.next() {
        let below = pages.peek().and_then(|next| next.first()).copied().or(after);
        stretches.extend(of_page(page, above, below));
        above = page.last().copied();
    }
    stretches
}

fn of_page(rows: &[Sides], above: Option<Sides>, below: Option<Sides>) -> Vec<Stretch> {
    let Some((first, last)) = rows.first().zip(rows.last()) else { return Vec::new() };
    let start = above.filter(|above| above.page == first.page && above.bottom < first.top);
    let end = below.filter(|below| below.page == last.page && last.bottom < below.top);
    let mut bounds = vec![start.map_or((first.top - PADDING, first.top), |above| (above.bottom, first.top))];
    bounds.extend(rows.windows(2).filter_map(|pair| Some((pair.first()?.bottom, pair.get(1)?.top))));
    bounds.push(end.map_or((last.bottom, last.bottom + PADDING), |below| (last.bottom, below.top)));
    // Texts of neighbours that overlap leave no choice.
    bounds.iter_mut().filter(|(low, high)| low > high).for_each(|bounds| {
        let middle = (bounds.0 + bounds.1) / 2;
        *bounds = (middle, middle);
    });
    let edges = edges(&bounds, &rows.iter().map(middle).collect::<Vec<_>>());
    let pairs = edges.iter().zip(edges.iter().skip(1));
    pairs.zip(rows).map(|((top, bottom), row)| stretch(row, *top, *bottom)).collect()
}

const fn middle(row: &Sides) -> i32 {
    (row.top + row.bottom) / 2
}

const fn stretch(row: &Sides, top: i32, bottom: i32) -> Stretch {
    Stretch { page: row.page, top, bottom, middle: middle(row), sparse: row.sparse }
}

/// Edges that lie where each must, and around the middles between them as far as that goes: where it goes no further, the
/// count begins anew.
fn edges(bounds: &[(i32, i32)], middles: &[i32]) -> Vec<i32> {
    let mut edges: Vec<i32> = Vec::with_capacity(bounds.len());
    let mut chain = Chain::default();
    for (number, own) in bounds.iter().enumerate() {
        let middle = number.checked_sub(1).and_then(|row| middles.get(row)).copied();
        if !middle.is_some_and(|middle| chain.extend(middle, *own)) {
            edges.extend(chain.edges());
            chain = Chain { possible: *own, links: vec![(1, 0)] };
        }
    }
    edges.extend(chain.edges());
    edges
}

/// Edges that one of them tells.
#[derive(Debug, Default)]
struct Chain {
    /// Where the first one may lie.
    possible: (i32, i32),
    /// Each edge as a multiple of the first one, and an offset.
    links: Vec<(i32, i32)>,
}

impl Chain {
    /// Takes in the edge behind a row with its middle at `middle`, and says whether it could: that edge has to be within
    /// `bounds`.
    fn extend(&mut self, middle: i32, bounds: (i32, i32)) -> bool {
        let Some((sign, offset)) = self.links.last().map(|(sign, offset)| (-sign, 2 * middle - offset)) else {
            return false;
        };
        let ends = (sign * (bounds.0 - SLACK - offset), sign * (bounds.1 + SLACK - offset));
        let possible = (self.possible.0.max(ends.0.min(ends.1)), self.possible.1.min(ends.0.max(ends.1)));
        let holds = possible.0 <= possible.1;
        if holds {
            self.possible = possible;
            self.links.push((sign, offset));
        }
        holds
    }

    fn edges(&self) -> impl Iterator<Item = i32> {
        let first = (self.possible.0 + self.possible.1) / 2;
        self.links.iter().map(move |(sign, offset)| sign * first + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows by the edges between them, each with text of the height given.
    fn rows(edges: &[i32], heights: &[i32]) -> Vec<Sides> {
        let text = |(pair, height): (&[i32], &i32)| {
            let middle = (pair[0] + pair[1]) * POINT / 2;
            Sides { page: 0, top: middle - height * POINT / 2, bottom: middle + height * POINT / 2, sparse: false }
        };
        edges.windows(2).zip(heights).map(text).collect()
    }

    #[test]
    fn rows_that_are_higher_than_their_text_are_told_by_their_neighbours() {
        let edges = [0, 12, 72, 84, 96, 108];
        let found = stretches(&rows(&edges, &[10, 10, 10, 10, 10]), None, None);
        for (stretch, pair) in found.iter().zip(edges.windows(2)) {
            let off = [stretch.top - pair[0] * POINT, stretch.bottom - pair[1] * POINT];
            assert!(off.iter().all(|off| off.abs() <= POINT), "{found:?}");
        }
    }

    #[test]
    fn edges_stay_between_texts_that_stand_elsewhere() {
        let sides = [(0, 10), (12, 22), (60, 70), (72, 112)];
        let rows =
            sides.map(|(top, bottom)| Sides { page: 0, top: top * POINT, bottom: bottom * POINT, sparse: false });
        let found = stretches(&rows, None, None);
        for (pair, texts) in found.windows(2).zip(rows.windows(2)) {
            let (low, high) = (texts[0].bottom - SLACK, texts[1].top + SLACK);
            assert!((low..=high).contains(&pair[0].bottom) && pair[0].bottom == pair[1].top);
        }
    }
}
