//! Blocks that are several cells: each of their lines stands beside a cell of one line.

use super::blocks::Block;
use crate::pdf::units::POINT;

/// Lines this near to each other in height stand side by side.
const SAME_LINE: i32 = POINT;

/// The blocks, those taken apart of which every line has a neighbour of its own: where rows are as near to each other as
/// the lines of a cell, cells drawn one after the other look like one.
pub(super) fn apart(blocks: Vec<Block>) -> Vec<Block> {
    let single = |block: &&Block| block.lines.len() == 1;
    let mut heights: Vec<i32> = blocks.iter().filter(single).map(|block| block.area.centre().1).collect();
    heights.sort_unstable();
    let beside = |height: i32| {
        let first = heights.partition_point(|other| *other < height - SAME_LINE);
        heights.get(first).is_some_and(|other| *other <= height + SAME_LINE)
    };
    let mut parts = Vec::with_capacity(blocks.len());
    for block in blocks {
        let several = block.lines.len() > 1 && block.lines.iter().all(|line| beside(line.area.centre().1));
        if several && !beside(block.area.centre().1) {
            parts.extend(block.lines.into_iter().map(Block::new));
        } else {
            parts.push(block);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::align::blocks::tests::block;

    #[test]
    fn lines_beside_cells_of_their_own_are_cells() {
        let names = block(&[(0, 10), (0, 22)]);
        let numbers = [block(&[(50, 10)]), block(&[(50, 22)])];
        assert_eq!(apart([vec![names.clone()], numbers.to_vec()].concat()).len(), 4);
        // A number in the middle is in one row with both lines.
        assert_eq!(apart(vec![names.clone(), block(&[(50, 16)])]), [names, block(&[(50, 16)])]);
    }
}
