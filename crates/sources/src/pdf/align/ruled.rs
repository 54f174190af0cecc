//! Rows between rules: where rules part the rows but not the columns, they tell which lines are one cell, and which rows
//! it spans.

use std::collections::BTreeMap;

use super::blocks::Block;
use super::rows::Row;
use crate::pdf::page::{PageParts, Part};
use crate::pdf::rules::{self, Rule};
use crate::pdf::runs::{self, Cut, Run, TextLine};
use crate::pdf::stacks;
use crate::pdf::units::{Area, POINT};

/// A rule holds texts that begin this near to its end.
const MEET: i32 = 3 * POINT;
/// Shorter pieces of a rule are dashes.
const PIECE: i32 = 8 * POINT;
/// A rule above or below a text this near to it may be a side of its cell.
const NEAR: i32 = 36 * POINT;
/// Further rules of a page are not looked at.
const MOST_RULES: usize = 600;

/// The upper and the lower rule of a cell.
pub(super) type Reach = (i32, i32);

/// The horizontal rules of a page that are of no table with rules of both kinds.
#[derive(Debug, Default)]
pub(super) struct Ruling {
    /// From top to bottom.
    rules: Vec<Rule>,
    /// The pieces that they are drawn in, from top to bottom: each ends where a cell does.
    pieces: Vec<Rule>,
    /// True where the page has more rules than are looked at.
    cut: bool,
}

impl Ruling {
    pub(super) fn of_page(page: &PageParts) -> Self {
        let tables =
            || page.parts.iter().filter_map(|part| if let Part::Table(table) = part { Some(table.area) } else { None });
        let free = || page.rules.iter().filter(|rule| !tables().any(|table| table.holds(rule.centre())));
        let mut rules = rules::across(free());
        let cut = rules.len() > MOST_RULES;
        rules.truncate(MOST_RULES);
        let piece = |area: &&Area| area.width() >= area.height().max(PIECE);
        let pieces = free().filter(piece).map(|area| Rule { at: area.centre().1, from: area.left, to: area.right });
        let mut pieces: Vec<Rule> = pieces.collect();
        pieces.sort_unstable_by_key(|piece| piece.at);
        Self { rules, pieces, cut }
    }

    /// True where the page has more rules than are looked at.
    pub(super) const fn is_cut(&self) -> bool {
        self.cut
    }

    /// True for a gap of a run, other than that of a blank, where a rule near it begins or ends.
    pub(super) fn ends_within(&self, run: &Run, cut: &Cut) -> bool {
        let (sides, blank) = (cut.sides, run.text.get(cut.at..).is_some_and(|behind| behind.starts_with(' ')));
        if blank || (sides.1 - sides.0) * 5 < run.size {
            return false;
        }
        let from = self.pieces.partition_point(|piece| piece.at < run.area.top - NEAR);
        let near = self.pieces.iter().skip(from).take_while(|piece| piece.at <= run.area.bottom + NEAR);
        let gap = sides.0 - POINT..=sides.1 + POINT;
        near.take(MOST_RULES).any(|piece| gap.contains(&piece.from) || gap.contains(&piece.to))
    }

    /// The rules above and below a position.
    fn reach(&self, (x, y): (i32, i32)) -> Option<Reach> {
        let (above, below) = self.rules.split_at_checked(self.rules.partition_point(|rule| rule.at <= y))?;
        let holds = |rule: &&Rule| (rule.from - MEET..=rule.to + MEET).contains(&x);
        Some((above.iter().rev().find(holds)?.at, below.iter().find(holds)?.at))
    }

    /// True where no rule crosses the height `at` at the distance `x`.
    pub(super) fn is_open(&self, x: i32, at: i32) -> bool {
        !self.rules.iter().any(|rule| (rule.at - at).abs() <= MEET && (rule.from..=rule.to).contains(&x))
    }

    /// The cells that the rules part, and the runs that are for others to put together.
    pub(super) fn parted(&self, runs: Vec<Run>) -> (Vec<Block>, Vec<Run>) {
        let (mut bands, mut others) = (BTreeMap::<Reach, Vec<Run>>::new(), Vec::new());
        let reaches = stacks::slots(&runs, |position| self.reach(position), |reach| reach);
        for (run, reach) in runs.into_iter().zip(reaches) {
            match reach {
                Some(reach) => bands.entry(reach).or_default().push(run),
                None => others.push(run),
            }
        }
        let bands: Vec<(Reach, Vec<Vec<Run>>)> =
            bands.into_iter().map(|(reach, runs)| (reach, side_by_side(runs))).collect();
        let pitch = bands.iter().flat_map(|(_, cells)| cells).filter_map(|runs| pitch(runs)).min();
        let mut blocks = Vec::new();
        for (reach, cells) in bands {
            if is_row(&cells, pitch) {
                blocks.extend(cells.into_iter().filter_map(|runs| block(runs, reach)));
            } else {
                others.extend(cells.into_iter().flatten());
            }
        }
        others.sort_by_key(|run| run.order);
        (blocks, others)
    }
}

/// The runs that stand above each other: at least half of each below or above a wider one.
fn side_by_side(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    runs.sort_by_key(|run| (std::cmp::Reverse(run.area.width()), run.order));
    let mut cells: Vec<((i32, i32), Vec<Run>)> = Vec::new();
    for run in runs {
        let (left, right) = (run.area.left, run.area.right);
        let shared = |sides: (i32, i32)| sides.1.min(right) - sides.0.max(left);
        let host = cells.iter_mut().filter(|(sides, _)| shared(*sides) * 2 >= right - left);
        match host.max_by_key(|(sides, _)| shared(*sides)) {
            Some((_, cell)) => cell.push(run),
            None => cells.push(((left, right), vec![run])),
        }
    }
    cells.into_iter().map(|(_, runs)| runs).collect()
}

fn block(runs: Vec<Run>, reach: Reach) -> Option<Block> {
    let mut runs = runs::lines(runs).into_iter().flat_map(|line| line.runs);
    let mut block = Block::new(runs.next()?);
    runs.for_each(|run| block.push(run));
    block.reach = Some(reach);
    Some(block)
}

/// So many cells side by side whose lines are rows of their own are no row.
const FEWEST_STACKS: usize = 2;

/// True where `cells`, which two rules hold, are those of one row: some tables have rules only around rows that belong
/// together.
fn is_row(cells: &[Vec<Run>], pitch: Option<i32>) -> bool {
    let cells: Vec<Vec<TextLine>> = cells.iter().map(|runs| runs::lines(runs.clone())).collect();
    let stacks = cells.iter().filter(|lines| is_stack(lines, pitch)).count();
    let mixed = cells.iter().any(|lines| has_sizes(lines));
    !mixed && stacks < FEWEST_STACKS.min(cells.len())
}

/// The least distance of two lines of a cell, in percent of their size; letters below each other stand as far apart as
/// there is room.
fn pitch(runs: &[Run]) -> Option<i32> {
    let lines = runs::lines(runs.to_vec());
    let pairs = lines.windows(2).filter(|pair| !pair.iter().all(|line| line.text().chars().count() == 1));
    pairs.filter_map(distance).filter(|distance| *distance >= CLOSEST).min()
}

/// How far two lines are apart, in percent of their size.
fn distance(pair: &[TextLine]) -> Option<i32> {
    let [one, other] = pair else { return None };
    let apart = other.area.centre().1 - one.area.centre().1;
    apart.checked_mul(100)?.checked_div(one.size().max(other.size()))
}

/// Lines nearer than this, in percent of their size, are not set by the distance of most.
const CLOSEST: i32 = 110;
/// Lines farther apart than this, in percent of their size, are never those of a cell,
const FARTHEST: i32 = 200;
/// and none farther apart than this, in percent of the closest ones of the page.
const LOOSE: i32 = 130;

/// True for lines that are figures each, or farther apart than the lines of a cell, which are apart by `pitch`.
fn is_stack(lines: &[TextLine], pitch: Option<i32>) -> bool {
    let letters = lines.iter().all(|line| line.text().chars().count() == 1);
    let limit = pitch.and_then(|pitch| pitch.checked_mul(LOOSE)).map_or(FARTHEST, |limit| FARTHEST.min(limit / 100));
    let far = |pair: &[TextLine]| distance(pair).is_some_and(|distance| distance > limit);
    let whole = |pair: &[TextLine]| {
        let [one, other] = pair else { return false };
        // The end of a figure that wraps is shorter than its beginning.
        is_figure(one) && is_figure(other) && other.area.width() * 2 > one.area.width()
    };
    let pairs = || lines.windows(2);
    !letters && lines.len() > 1 && (pairs().any(far) || pairs().all(whole))
}

fn is_figure(line: &TextLine) -> bool {
    let text = line.text();
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'))
}

/// True where some letters are larger than others, as in a title above a year.
fn has_sizes(lines: &[TextLine]) -> bool {
    let sizes = || lines.iter().flat_map(|line| &line.runs).map(|run| run.size);
    sizes().max().unwrap_or(0) * 4 > sizes().min().unwrap_or(0) * 5
}

/// The rows of the cells `blocks`, which rules part.
pub(super) fn rows(blocks: Vec<Block>) -> Vec<Row> {
    let mut heights: Vec<i32> =
        blocks.iter().filter_map(|block| block.reach).flat_map(|(top, bottom)| [top, bottom]).collect();
    heights.sort_unstable();
    heights.dedup();
    let pairs = heights.iter().zip(heights.iter().skip(1));
    let mut rows: Vec<Row> =
        pairs.map(|(top, bottom)| Row { top: *top, bottom: *bottom, ruled: true, ..Row::default() }).collect();
    for block in blocks {
        let Some((top, bottom)) = block.reach else { continue };
        let row = rows.binary_search_by_key(&top, |row| row.top).ok().and_then(|row| rows.get_mut(row));
        if let Some(row) = row {
            if row.bottom == bottom { row.blocks.push(block) } else { row.merged.push(block) }
        }
    }
    rows.retain(|row| !row.blocks.is_empty() || !row.merged.is_empty());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::align::blocks::tests::block;

    fn ruling(rules: &[(i32, i32, i32)]) -> Ruling {
        let rule = |(at, from, to): &(i32, i32, i32)| Rule { at: at * POINT, from: from * POINT, to: to * POINT };
        let rules: Vec<Rule> = rules.iter().map(rule).collect();
        Ruling { pieces: rules.clone(), rules, cut: false }
    }

    /// The rows of texts by their left and upper side: for each, how many cells are its own, and how many reach further.
    fn shape(ruling: &Ruling, texts: &[(i32, i32)]) -> (Vec<(usize, usize)>, usize) {
        let runs = texts.iter().flat_map(|text| block(&[*text]).lines).collect();
        let (blocks, others) = ruling.parted(runs);
        (rows(blocks).iter().map(|row| (row.blocks.len(), row.merged.len())).collect(), others.len())
    }

    #[test]
    fn a_name_spans_the_rows_that_no_rule_parts() {
        let ruling = ruling(&[(0, 0, 200), (20, 50, 200), (40, 0, 200)]);
        let texts = [(10, 5), (60, 5), (100, 5), (60, 25), (100, 25)];
        assert_eq!(shape(&ruling, &texts), (vec![(2, 1), (2, 0)], 0));
    }

    #[test]
    fn lines_between_two_rules_are_one_cell_unless_they_are_rows() {
        let ruling = ruling(&[(0, 0, 200), (60, 0, 200)]);
        let cell = [(10, 5), (10, 17), (60, 11)];
        assert_eq!(shape(&ruling, &cell), (vec![(2, 0)], 0));
        let rows = [(10, 5), (60, 5), (10, 40), (60, 40)];
        assert_eq!(shape(&ruling, &rows), (vec![], 4));
    }

    #[test]
    fn texts_above_and_below_all_rules_are_for_others() {
        let ruling = ruling(&[(20, 0, 200), (40, 0, 200)]);
        assert_eq!(shape(&ruling, &[(10, 5), (10, 25), (60, 25), (10, 55)]), (vec![(2, 0)], 2));
    }

    #[test]
    fn lines_farther_apart_than_those_of_a_cell_are_rows() {
        let ruling = ruling(&[(0, 0, 200), (40, 0, 200), (120, 0, 200)]);
        // The first cell tells how far its lines are apart.
        let texts = [(10, 5), (10, 17), (60, 11), (10, 45), (60, 45), (10, 61), (60, 61), (10, 77), (60, 77)];
        assert_eq!(shape(&ruling, &texts), (vec![(2, 0)], 6));
        let texts = [(10, 5), (10, 21), (60, 11), (10, 45), (60, 45), (10, 61), (60, 61), (10, 77), (60, 77)];
        assert_eq!(shape(&ruling, &texts), (vec![(2, 0), (2, 0)], 0));
    }
}
