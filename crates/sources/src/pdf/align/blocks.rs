//! Runs of a page to blocks: the lines that stand below each other in one cell.

use std::collections::HashMap;

use super::lines;
use super::ruled::{Reach, Ruling};
use crate::pdf::runs::{Cut, Run};
use crate::pdf::units::{Area, POINT};

/// The text of one cell, as far as its lines tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// The lines from top to bottom, at least one.
    pub(super) lines: Vec<Run>,
    pub(super) area: Area,
    /// The size of its letters.
    pub(super) size: i32,
    /// The rules above and below its cell, where it has some.
    pub(super) reach: Option<Reach>,
}

/// The blocks of a page and the distance of the lines within them.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    pub(super) blocks: Vec<Block>,
    /// The cells between rules.
    pub(super) ruled: Vec<Block>,
    /// The distance of two lines of one cell, for letters of the usual size.
    pub(super) pitch: i32,
}

impl Block {
    pub(super) fn new(run: Run) -> Self {
        Self { area: run.area, size: run.size, lines: vec![run], reach: None }
    }

    pub(super) fn push(&mut self, run: Run) {
        self.area = self.area.around(run.area);
        self.lines.push(run);
    }

    /// Takes over the lines of a block of the same cell.
    pub(super) fn absorb(&mut self, other: Self) {
        other.lines.into_iter().for_each(|run| self.push(run));
        self.lines.sort_by_key(|run| (run.area.centre().1, run.area.left));
    }

    pub(super) fn text(&self) -> String {
        self.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    /// How many runs of the page were drawn before it.
    pub(super) fn order(&self) -> usize {
        self.lines.first().map_or(0, |line| line.order)
    }

    /// True for letters below each other.
    pub(super) fn is_written_downwards(&self) -> bool {
        self.lines.len() >= FEWEST_LETTERS && self.lines.iter().all(is_letter)
    }

    /// True where no digit stands in it outside of brackets, as in the labels of columns.
    pub(super) fn is_words(&self) -> bool {
        let mut depth = 0_u32;
        let outside = |c: char| {
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && c.is_ascii_digit()
        };
        !self.lines.iter().flat_map(|line| line.text.chars()).any(outside)
    }

    /// True for a label in a narrow column beside several rows: lines below each other, higher than wide.
    pub(super) fn is_narrow(&self) -> bool {
        self.lines.len() > 1 && self.area.width() < self.area.height()
    }

    /// The left and right side as columns count: a label written downwards stands in the middle of its narrow column.
    pub(super) fn sides(&self) -> (i32, i32) {
        if self.is_written_downwards() {
            let middle = self.area.centre().0;
            return (middle - POINT, middle + POINT);
        }
        (self.area.left, self.area.right)
    }

    /// True where both stand above each other, at least in part.
    pub(super) const fn is_in_column_of(&self, other: &Self) -> bool {
        self.area.left < other.area.right && other.area.left < self.area.right
    }
}

/// The blocks of each page, whose runs stand in `pages` with its rules.
pub(super) fn blocks(pages: Vec<(Vec<Run>, &Ruling)>) -> Vec<Blocks> {
    let pages = pages.into_iter().map(|(runs, ruling)| (in_order(runs), ruling));
    let parted = pages.map(|(runs, ruling)| {
        let starts = Starts::new(&runs);
        ruling.parted(parted(runs, &starts, ruling))
    });
    let (ruled, pages): (Vec<Vec<Block>>, Vec<Vec<Run>>) = parted.unzip();
    let by_cell = pages.iter().any(|runs| is_drawn_by_cell(runs));
    let pitches = pitches(&pages, by_cell);
    let stacked = pages
        .into_iter()
        .map(|runs| if by_cell { stacked_as_drawn(runs, &pitches) } else { stacked_as_placed(runs, &pitches) });
    let stacked: Vec<Vec<Block>> = stacked.collect();
    let pitch = pitches.usual(stacked.iter().flatten());
    let blocks = stacked.into_iter().zip(ruled);
    blocks.map(|(blocks, ruled)| Blocks { blocks: lines::apart(blocks), ruled, pitch }).collect()
}

fn in_order(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_by_key(|run| run.order);
    runs
}

/// Cuts runs apart at narrow gaps where cells begin on other lines, or rules begin or end.
fn parted(runs: Vec<Run>, starts: &Starts, ruling: &Ruling) -> Vec<Run> {
    let mut parted = Vec::with_capacity(runs.len());
    for mut run in runs {
        let ends = |cut: &Cut| starts.part(&run, cut) || ruling.ends_within(&run, cut);
        let cuts: Vec<Cut> = run.cuts.iter().rev().filter(|cut| ends(cut)).copied().collect();
        let mut behind = Vec::new();
        for cut in cuts {
            let (before, rest) = run.parted(cut);
            behind.push(rest);
            run = before;
        }
        parted.push(run);
        parted.extend(behind.into_iter().rev());
    }
    parted
}

/// So many letters below each other are a label written downwards.
const FEWEST_LETTERS: usize = 3;
/// Runs that begin this near to each other begin in one column.
const SAME_START: i32 = POINT;
/// A column is where at least so many other runs begin or end.
const FEWEST_STARTS: usize = 2;

/// Where runs begin and end, from top to bottom.
struct Starts {
    /// Baseline, left and right side.
    runs: Vec<(i32, i32, i32)>,
}

impl Starts {
    fn new(runs: &[Run]) -> Self {
        let mut runs: Vec<_> = runs.iter().map(|run| (run.baseline, run.area.left, run.area.right)).collect();
        runs.sort_unstable();
        Self { runs }
    }

    /// True where other runs begin at the right side of `cut`, and hardly any reaches over it; where there is no gap to speak
    /// of, none may, and the run itself must begin below others. At a wide gap those near the run decide.
    fn part(&self, run: &Run, cut: &Cut) -> bool {
        let (end, start) = cut.sides;
        let (gap, middle) = (start - end, (end + start) / 2);
        if gap * 4 >= run.size && self.near(run, start, middle) >= FEWEST_STARTS {
            return true;
        }
        let (starting, crossing) = (self.starting(start), self.crossing(middle).saturating_sub(1));
        let aligned = gap * 10 >= run.size || self.starting(run.area.left) > FEWEST_STARTS && crossing == 0;
        starting >= FEWEST_STARTS && crossing * 4 <= starting && aligned
    }

    /// How many runs begin at `at`.
    fn starting(&self, at: i32) -> usize {
        self.runs.iter().filter(|(_, left, _)| (left - at).abs() <= SAME_START).count()
    }

    /// How many runs reach over `middle`.
    fn crossing(&self, middle: i32) -> usize {
        self.runs.iter().filter(|(_, left, right)| *left < middle - POINT && middle + POINT < *right).count()
    }

    /// How many runs above and below `run` begin at `at`, up to the first that reaches over `middle`.
    fn near(&self, run: &Run, at: i32, middle: i32) -> usize {
        let first = self.runs.partition_point(|(baseline, ..)| *baseline < run.baseline - run.size / 2);
        let behind = self.runs.partition_point(|(baseline, ..)| *baseline <= run.baseline + run.size / 2);
        let crosses = |&&(_, left, right): &&(i32, i32, i32)| left < middle - POINT && middle + POINT < right;
        let begins = |&&(_, left, _): &&(i32, i32, i32)| (left - at).abs() <= SAME_START;
        let above = self.runs.get(..first).unwrap_or_default().iter().rev();
        let below = self.runs.get(behind..).unwrap_or_default().iter();
        let above = above.take_while(|run| !crosses(run)).filter(begins).take(FEWEST_STARTS).count();
        above + below.take_while(|run| !crosses(run)).filter(begins).take(FEWEST_STARTS).count()
    }
}

/// True where cells are drawn one after the other: after the last line of one cell, the first of the next stands higher.
fn is_drawn_by_cell(runs: &[Run]) -> bool {
    let rises = |pair: &&[Run]| {
        let [one, other] = pair else { return false };
        (one.area.centre().1 - other.area.centre().1) * 2 > one.size && other.area.left > one.area.left
    };
    runs.windows(2).filter(rises).count() > 0
}

/// The distance of lines by the size of their letters, in points.
#[derive(Debug, Default)]
struct Pitches {
    by_size: HashMap<i32, i32>,
}

impl Pitches {
    fn of(&self, size: i32) -> i32 {
        // Most fonts are set with a third of their size between lines.
        self.by_size.get(&(size / POINT)).copied().unwrap_or(size + size / 3)
    }

    fn usual<'b>(&self, blocks: impl Iterator<Item = &'b Block>) -> i32 {
        let mut sizes: Vec<i32> = blocks.map(|block| block.size).collect();
        sizes.sort_unstable();
        sizes.get(sizes.len() / 2).map_or(0, |size| self.of(*size))
    }
}

/// The most frequent distance of lines that may be of one cell.
fn pitches(pages: &[Vec<Run>], by_cell: bool) -> Pitches {
    let mut counts: HashMap<(i32, i32), usize> = HashMap::new();
    let mut count = |one: &Run, other: &Run| {
        // Side labels stand one letter below the other, as far apart as there is room.
        if may_follow(one, other, widest(other)) && !(is_letter(one) && is_letter(other)) {
            *counts.entry((other.size / POINT, (other.baseline - one.baseline) / (POINT / 2))).or_default() += 1;
        }
    };
    for runs in pages {
        let pairs = if by_cell { following(runs) } else { neighbours(runs) };
        pairs.into_iter().for_each(|(one, other)| count(one, other));
    }
    let mut best: HashMap<i32, (usize, i32)> = HashMap::new();
    for ((size, step), count) in counts {
        let entry = best.entry(size).or_insert((0, 0));
        if (count, -step) > (entry.0, -entry.1) {
            *entry = (count, step);
        }
    }
    let by_size = best.into_iter().map(|(size, (_, step))| (size, (step + 1) * (POINT / 2))).collect();
    Pitches { by_size }
}

/// Each run and the one drawn after it.
fn following(runs: &[Run]) -> Vec<(&Run, &Run)> {
    runs.iter().zip(runs.iter().skip(1)).collect()
}

/// Each run and the nearest one below it.
fn neighbours(runs: &[Run]) -> Vec<(&Run, &Run)> {
    let mut sorted: Vec<&Run> = runs.iter().collect();
    sorted.sort_by_key(|run| run.baseline);
    let below = |(number, one): (usize, &&'_ Run)| {
        let one: &Run = one;
        let rest = sorted.get(number + 1..).unwrap_or_default();
        let near = rest.iter().take_while(|other| other.baseline - one.baseline <= widest(one));
        near.copied().find(|other| may_follow(one, other, widest(one))).map(|other| (number, other))
    };
    let pairs: Vec<(usize, &Run)> = sorted.iter().enumerate().filter_map(below).collect();
    pairs.into_iter().filter_map(|(number, other)| Some((*sorted.get(number)?, other))).collect()
}

/// True where `other` stands below `one`, no lower than `farthest`, in letters of the same size.
fn may_follow(one: &Run, other: &Run, farthest: i32) -> bool {
    let drop = other.baseline - one.baseline;
    let overlap = one.area.right.min(other.area.right) - one.area.left.max(other.area.left);
    drop * 2 > one.size
        && drop <= farthest
        && (one.size - other.size).abs() * 5 <= one.size
        && overlap * 2 >= one.area.width().min(other.area.width())
}

/// Lines are no farther apart than this.
const fn widest(run: &Run) -> i32 {
    run.size * 13 / 5
}

fn is_letter(run: &Run) -> bool {
    run.text.chars().count() == 1
}

/// Lines may stand a little farther apart than usual: fonts for Latin letters are higher than those for ideographs.
const fn farthest(pitch: i32, size: i32) -> i32 {
    pitch + size * 3 / 20
}

/// Lines drawn one after the other, each below the one before, are a block.
fn stacked_as_drawn(runs: Vec<Run>, pitches: &Pitches) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for run in runs {
        let limit = farthest(pitches.of(run.size), run.size);
        let open = blocks.last_mut().filter(|block| {
            block.lines.last().is_some_and(|last| {
                let below = may_follow(last, &run, limit) || is_next_letter(last, &run);
                below || is_within(block, last, &run, limit) || is_beside(block, last, &run)
            })
        });
        match open {
            Some(block) => block.push(run),
            None => blocks.push(Block::new(run)),
        }
    }
    blocks
}

/// True where one letter stands below another, as in side labels.
fn is_next_letter(last: &Run, run: &Run) -> bool {
    let centred = (last.area.centre().0 - run.area.centre().0).abs() <= POINT;
    is_letter(last) && is_letter(run) && centred && may_follow(last, run, widest(run))
}

/// True where `run` is the next line of a block though it stands beside the short last line.
fn is_within(block: &Block, last: &Run, run: &Run, limit: i32) -> bool {
    let drop = run.baseline - last.baseline;
    let starts = (block.area.left - run.area.left).abs() <= run.size * 2;
    drop * 2 > last.size && drop <= limit && starts && (last.size - run.size).abs() * 5 <= last.size
}

/// True where `run` goes on with the last line of a block behind a gap, below a longer line.
fn is_beside(block: &Block, last: &Run, run: &Run) -> bool {
    let gap = run.area.left - last.area.right;
    let level = (run.baseline - last.baseline).abs() * 4 <= last.size;
    let earlier = block.lines.iter().filter(|line| line.baseline < last.baseline - last.size / 2);
    let right = earlier.map(|line| line.area.right).max();
    level && gap >= 0 && gap * 5 <= run.size * 6 && right.is_some_and(|right| run.area.left < right)
}

/// Lines each below the one before are a block, in whatever order they were drawn.
fn stacked_as_placed(mut runs: Vec<Run>, pitches: &Pitches) -> Vec<Block> {
    runs.sort_by_key(|run| (run.baseline, run.area.left));
    let mut blocks: Vec<Block> = Vec::new();
    for run in runs {
        let limit = farthest(pitches.of(run.size), run.size);
        let recent = blocks.iter_mut().rev().take(MOST_BESIDE);
        let above = recent.filter(|block| block.lines.last().is_some_and(|last| may_follow(last, &run, limit)));
        match above.max_by_key(|block| overlap(block, &run)) {
            Some(block) => block.push(run),
            None => blocks.push(Block::new(run)),
        }
    }
    blocks
}

/// Further cells beside each other are not looked through for the one above a line.
const MOST_BESIDE: usize = 200;

fn overlap(block: &Block, run: &Run) -> i32 {
    block.area.right.min(run.area.right) - block.area.left.max(run.area.left)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A block of lines by their left and upper side, in points.
    pub(in crate::pdf::align) fn block(lines: &[(i32, i32)]) -> Block {
        let run = |(left, top): &(i32, i32)| {
            let area =
                Area { left: left * POINT, top: top * POINT, right: (left + 20) * POINT, bottom: (top + 10) * POINT };
            Run::plain("某事", area)
        };
        let mut runs = lines.iter().map(run);
        let mut block = Block::new(runs.next().unwrap());
        runs.for_each(|run| block.push(run));
        block
    }

    #[test]
    fn cells_drawn_one_after_the_other_are_blocks() {
        let names = block(&[(0, 10), (0, 22)]);
        let mut runs: Vec<Run> =
            [names.lines.clone(), block(&[(50, 16)]).lines, block(&[(0, 40), (0, 52)]).lines].concat();
        runs.iter_mut().enumerate().for_each(|(order, run)| run.order = order);
        let found = blocks(vec![(runs, &Ruling::default())]).remove(0).blocks;
        assert_eq!(found.iter().map(|block| block.lines.len()).collect::<Vec<_>>(), [2, 1, 2]);
    }

    #[test]
    fn digits_in_brackets_are_no_figures() {
        let words = |text: &str| {
            let mut block = block(&[(0, 0)]);
            text.clone_into(&mut block.lines[0].text);
            block.is_words()
        };
        assert!(words("预算执行率（B/A×100%）") && words("得分(20分*执行率)"));
        assert!(!words("30日内下达") && !words("（一）9处"));
    }
}
