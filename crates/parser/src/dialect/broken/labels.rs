//! Labels that a line end broke: 项目资金 and （万元）, 年度 and 指标值.

use jixiao_core::vocab::Labels;

use super::{Lines, Seam, may_touch};
use crate::dialect::cells::Cell;
use crate::text::Text;

/// The most lines over which a label is broken.
const MOST_LINES: usize = 12;

/// The longest label with its brackets, in characters.
const LONGEST: usize = 40;

/// The line ends within labels.
pub(super) fn seams(text: &Text, lines: &Lines<'_>) -> Vec<Seam> {
    let mut seams = Vec::new();
    let mut line = 0;
    while line < lines.count() {
        let last = last_line(text, lines, line);
        seams.extend((line + 1..=last).map(Seam::sure));
        line = last.max(line + 1);
    }
    seams
}

/// The line on which the label ends that begins in the last cell of `line`; that line itself where none does.
fn last_line(text: &Text, lines: &Lines<'_>, line: usize) -> usize {
    let Some(left) = lines.last(line).filter(|cell| !cell.is_empty()) else { return line };
    let (mut end, mut length, mut all) = (line, left.text.chars().count(), left.labels.any());
    for next in (line + 1..lines.count()).take(MOST_LINES) {
        let Some(right) = lines.first(next).filter(|right| goes_on(text, lines, next, right)) else { break };
        length += right.text.chars().count();
        all &= right.labels.any();
        if length > LONGEST {
            break;
        }
        if !all && Labels::of(&text.printed(left.start, right.end)).any() {
            end = next;
        }
        if lines.width(next) > 1 {
            break;
        }
    }
    end
}

/// The cell has ink, and nothing but white space parts it from the line before.
fn goes_on(text: &Text, lines: &Lines<'_>, line: usize, cell: &Cell) -> bool {
    let before = line.checked_sub(1).and_then(|before| lines.last(before));
    !cell.is_empty() && before.is_some_and(|before| may_touch(text, before, cell))
}
