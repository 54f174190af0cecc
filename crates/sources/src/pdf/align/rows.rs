//! Blocks of a page to rows.

use super::blocks::{Block, Blocks};
use super::ruled;
use crate::pdf::units::POINT;

/// Blocks side by side, and those that reach over several rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    /// The page, 0-based.
    pub(super) page: usize,
    /// The upper and the lower side of its text.
    pub(super) top: i32,
    pub(super) bottom: i32,
    /// From left to right.
    pub(super) blocks: Vec<Block>,
    /// Blocks that begin in this row and reach into others.
    pub(super) merged: Vec<Block>,
    /// True where rules are its upper and lower side.
    pub(super) ruled: bool,
    /// True where the cells of its page have their text at the upper side.
    pub(super) hangs: bool,
}

/// Which line of a block stands where the other cells of the row have theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Anchor {
    Middle,
    Top,
    Bottom,
}

/// Heights this near to each other are equal.
const SAME_HEIGHT: i32 = POINT * 3 / 2;

/// The rows of a page from top to bottom.
pub(super) fn rows(page: usize, blocks: Blocks) -> Vec<Row> {
    let pitch = blocks.pitch;
    let anchor = anchor(&blocks.blocks);
    let mut groups = apart(grouped(blocks.blocks, anchor), pitch, anchor);
    // Rows with many cells are sure; those with few are placed beside or between them.
    groups.sort_by_key(|group| (std::cmp::Reverse(group.blocks.len()), group.bottom - group.top, group.top));
    let mut rows: Vec<Row> = Vec::new();
    let mut between: Vec<Row> = Vec::new();
    for group in groups {
        settle(group, &mut rows, &mut between, pitch);
    }
    rows.sort_by_key(|row| row.top);
    let mut rows = adopted(rows, pitch);
    for group in between {
        merge(group, &mut rows, pitch);
    }
    rows.extend(ruled::rows(blocks.ruled));
    rows.sort_by_key(|row| row.top);
    rows.iter_mut().for_each(|row| row.blocks.sort_by_key(|block| block.area.left));
    rows.iter_mut().for_each(|row| (row.page, row.hangs) = (page, anchor == Anchor::Top));
    rows
}

/// What lines up most often where blocks of different heights stand side by side.
fn anchor(blocks: &[Block]) -> Anchor {
    let mut sorted: Vec<&Block> = blocks.iter().collect();
    sorted.sort_by_key(|block| block.area.top);
    let mut counts = [(0_usize, Anchor::Bottom), (0, Anchor::Top), (0, Anchor::Middle)];
    for (number, one) in sorted.iter().enumerate() {
        let rest = sorted.get(number + 1..).unwrap_or_default();
        let beside = rest.iter().take_while(|other| other.area.top < one.area.bottom);
        for other in beside.filter(|other| one.lines.len() != other.lines.len() && !one.is_in_column_of(other)) {
            for (count, anchor) in &mut counts {
                *count += usize::from((key(one, *anchor) - key(other, *anchor)).abs() <= SAME_HEIGHT);
            }
        }
    }
    counts.into_iter().max_by_key(|(count, _)| *count).map_or(Anchor::Middle, |(_, anchor)| anchor)
}

/// The height by which a block lines up.
fn key(block: &Block, anchor: Anchor) -> i32 {
    let line = match anchor {
        Anchor::Middle => return block.area.centre().1,
        Anchor::Top => block.lines.first(),
        Anchor::Bottom => block.lines.last(),
    };
    line.map_or(block.area.centre().1, |line| line.area.centre().1)
}

/// The blocks that line up with each other.
fn grouped(mut blocks: Vec<Block>, anchor: Anchor) -> Vec<Row> {
    blocks.sort_by_key(|block| key(block, anchor));
    let mut groups: Vec<(i32, Row)> = Vec::new();
    for block in blocks {
        let height = key(&block, anchor);
        let open = groups.last_mut().filter(|(first, _)| height - first <= SAME_HEIGHT);
        match open {
            Some((_, group)) if group.has_room_for(&block) => group.push(block),
            _ => {
                groups.push((height, Row::of(vec![block])));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// A group of at least so many blocks is a row for sure.
const SOLID: usize = 3;

/// The groups, with blocks on their own that reach into other rows: they only happen to line up.
fn apart(groups: Vec<Row>, pitch: i32, anchor: Anchor) -> Vec<Row> {
    let solid = groups.iter().filter(|group| group.blocks.len() >= SOLID);
    let cores: Vec<(i32, i32)> = solid.map(Row::core).collect();
    let pairs = groups.iter().filter(|group| group.blocks.len() > 1).map(Row::core);
    let pairs: Vec<(i32, i32)> = pairs.collect();
    let mut apart = Vec::with_capacity(groups.len());
    for group in groups {
        let core = group.core();
        let slack = pitch / 8;
        let reaches = |block: &Block| {
            let over = |other: &&(i32, i32)| block.area.top + slack < other.1 && other.0 + slack < block.area.bottom;
            // Labels written downwards stand beside several rows as a matter of course, and narrow ones that hang line up
            // with the first of those.
            let beside = block.is_written_downwards() || anchor == Anchor::Top && block.is_narrow();
            let cores = if beside { &pairs } else { &cores };
            block.lines.len() > 1 && cores.iter().filter(|other| **other != core).any(|other| over(&other))
        };
        let (reaching, own): (Vec<Block>, Vec<Block>) = group.blocks.into_iter().partition(reaches);
        apart.extend((!own.is_empty()).then(|| Row::of(own)));
        apart.extend(reaching.into_iter().map(|block| Row::of(vec![block])));
    }
    apart
}

impl Row {
    fn of(blocks: Vec<Block>) -> Self {
        let mut row = Self { top: i32::MAX, bottom: i32::MIN, ..Self::default() };
        blocks.into_iter().for_each(|block| row.push(block));
        row
    }

    /// The sides of its lowest block.
    fn core(&self) -> (i32, i32) {
        let lowest = self.blocks.iter().min_by_key(|block| block.area.height());
        lowest.map_or((self.top, self.bottom), |block| (block.area.top, block.area.bottom))
    }

    fn push(&mut self, block: Block) {
        self.top = self.top.min(block.area.top);
        self.bottom = self.bottom.max(block.area.bottom);
        self.blocks.push(block);
    }

    /// True where no block of the row stands above or below `block`.
    fn has_room_for(&self, block: &Block) -> bool {
        !self.blocks.iter().any(|own| own.is_in_column_of(block))
    }

    /// How many runs were drawn between `block` and the nearest block of the row.
    fn order_apart(&self, block: &Block) -> usize {
        let apart = self.blocks.iter().map(|own| own.order().abs_diff(block.order()));
        apart.min().unwrap_or(usize::MAX)
    }

    /// True for a row of a text or two.
    pub(super) const fn is_sparse(&self) -> bool {
        self.blocks.len() <= MOST_ORPHANS
    }

    pub(super) const fn middle(&self) -> i32 {
        (self.top + self.bottom) / 2
    }

    /// True where both cannot be rows: they overlap, or are nearer to each other than two lines.
    fn clashes(&self, other: &Self, pitch: i32) -> bool {
        let slack = pitch / 8;
        let overlap = self.top + slack < other.bottom && other.top + slack < self.bottom;
        overlap || (self.middle() - other.middle()).abs() * 4 < pitch * 3
    }
}

/// A row has at least so many blocks for a text above or below it to be one of its cells.
const FULL_ROW: usize = 4;
/// More texts than this are a row of their own.
const MOST_ORPHANS: usize = 2;

/// Rows without those of a text or two that stand right above or below the row they belong to, as texts at the upper or
/// lower side of a high cell do.
fn adopted(mut rows: Vec<Row>, pitch: i32) -> Vec<Row> {
    let mut at = 0;
    while at < rows.len() {
        match host(&rows, at, pitch) {
            Some(host) => {
                let orphan = rows.remove(at);
                let host = if host > at { host - 1 } else { host };
                if let Some(row) = rows.get_mut(host) {
                    orphan.blocks.into_iter().for_each(|block| row.push(block));
                }
            }
            None => at += 1,
        }
    }
    rows
}

/// The row that the texts of row `at` belong to: it has no text in their columns, as most rows near it have in one.
fn host(rows: &[Row], at: usize, pitch: i32) -> Option<usize> {
    let orphan = rows.get(at).filter(|row| row.blocks.len() <= MOST_ORPHANS)?;
    let first = orphan.blocks.first()?;
    let lacks = |number: &usize| {
        let near = |row: &Row| row.top - orphan.bottom < pitch * 2 && orphan.top - row.bottom < pitch * 2;
        let room = |row: &Row| orphan.blocks.iter().all(|block| row.has_room_for(block));
        rows.get(*number).is_some_and(|row| row.blocks.len() >= FULL_ROW && room(row) && near(row))
    };
    let (above, below) = (at.checked_sub(1), at + 1);
    let near = (at.saturating_sub(4)..at + 5).filter_map(|number| rows.get(number));
    let full: Vec<&Row> = near.filter(|row| row.blocks.len() >= FULL_ROW).collect();
    let known = |block: &Block| full.iter().filter(|row| !row.has_room_for(block)).count() * 2 >= full.len();
    let known = orphan.blocks.iter().any(known);
    // Two texts below a full row are a row of their own: the labels of two columns.
    let above = above.filter(|above| orphan.blocks.len() == 1 && lacks(above));
    let hosts = [above, Some(below).filter(lacks)];
    let mut hosts: Vec<usize> = hosts.into_iter().flatten().filter(|_| known).collect();
    hosts.sort_by_key(|number| rows.get(*number).map(|row| row.order_apart(first)));
    hosts.first().copied()
}

/// Makes `group` a row, a part of one, or keeps it for between the rows.
fn settle(group: Row, rows: &mut Vec<Row>, between: &mut Vec<Row>, pitch: i32) {
    let clashing: Vec<usize> =
        rows.iter().enumerate().filter(|(_, row)| row.clashes(&group, pitch)).map(|(number, _)| number).collect();
    match clashing.as_slice() {
        [] => rows.push(group),
        [only] => {
            let Some(row) = rows.get_mut(*only) else { return };
            group.blocks.into_iter().for_each(|block| add(row, block, pitch));
        }
        _ => between.push(group),
    }
}

/// Puts a block into a row; what stands right below a block of the row is the rest of that.
fn add(row: &mut Row, block: Block, pitch: i32) {
    let near = |own: &Block| {
        let gap = (block.area.top - own.area.bottom).max(own.area.top - block.area.bottom);
        own.is_in_column_of(&block) && gap * 2 < pitch
    };
    row.top = row.top.min(block.area.top);
    row.bottom = row.bottom.max(block.area.bottom);
    match row.blocks.iter_mut().find(|own| near(own)) {
        Some(own) => own.absorb(block),
        None => row.blocks.push(block),
    }
}

/// Puts the blocks of `group`, which stands between rows, into the only one that has no other text in their column, or
/// lets them begin in the first row that they reach.
fn merge(group: Row, rows: &mut [Row], pitch: i32) {
    for block in group.blocks {
        let reached = |row: &Row| row.clashes(&Row::of(vec![block.clone()]), pitch);
        let near: Vec<usize> = (0..rows.len()).filter(|number| rows.get(*number).is_some_and(reached)).collect();
        let mut free = near.iter().filter(|number| rows.get(**number).is_some_and(|row| row.has_room_for(&block)));
        let only = free.next().filter(|_| free.next().is_none() && block.lines.len() == 1);
        let nearest = || {
            let apart = |number: &usize| rows.get(*number).map(|row| (row.middle() - block.area.centre().1).abs());
            (0..rows.len()).min_by_key(apart)
        };
        let Some(number) = only.or(near.first()).copied().or_else(nearest) else { continue };
        let Some(row) = rows.get_mut(number) else { continue };
        if only.is_some() { row.blocks.push(block) } else { row.merged.push(block) }
    }
}
