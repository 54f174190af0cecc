//! Tables of which only some rules are drawn: those around it, between the rows, or between the columns.

use super::frame::Lattice;
use super::runs::{self, Run};

/// A table with so many cells that hold texts side by side lacks the rules between its columns.
const FEWEST_CROWDED: usize = 2;
/// A table of one row lacks the rules between its rows where so many of its cells
const FEWEST_STACKED: usize = 3;
/// hold so many lines.
const MOST_LINES: usize = 5;

/// True where the rules of a table part less than its texts do, so that they are no help in telling its cells.
pub(super) fn is_half_ruled(lattice: &Lattice, cells: &[Vec<Run>]) -> bool {
    let filled: Vec<&Vec<Run>> = cells.iter().filter(|runs| !runs.is_empty()).collect();
    let lines: Vec<usize> = filled.iter().map(|runs| crowded_lines(runs)).collect();
    let crowded = lines.iter().filter(|lines| **lines > 0).count();
    let columns = crowded >= FEWEST_CROWDED && crowded * 10 >= filled.len() * 3;
    let columns = columns || lines.iter().any(|lines| *lines >= MOST_LINES);
    let stacked = filled.iter().filter(|runs| runs::lines((**runs).clone()).len() >= MOST_LINES).count();
    columns || (lattice.rows.len() == 2 && stacked >= FEWEST_STACKED)
}

/// The lines of a cell on which texts stand side by side, farther apart than words.
fn crowded_lines(runs: &[Run]) -> usize {
    let lines = runs::lines(runs.to_vec());
    let apart = |pair: &[Run]| {
        let [one, other] = pair else { return false };
        (other.area.left - one.area.right) * 2 >= one.size * 3
    };
    lines.iter().filter(|line| line.runs.windows(2).any(apart)).count()
}
