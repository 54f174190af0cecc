//! Lines of one cell that reach over its rules: text that is too high for its cell runs into the cells above and below.

use super::runs::Run;
use super::units::Area;

/// The slots of `runs`, which stand in the order drawn: that of its middle for each, but for lines drawn one below the other
/// some of which cross the edge of their slot that of the middle of all.
pub(super) fn slots<S: Copy + PartialEq>(
    runs: &[Run],
    slot: impl Fn((i32, i32)) -> Option<S>,
    sides: impl Fn(S) -> (i32, i32),
) -> Vec<Option<S>> {
    let mut slots = Vec::with_capacity(runs.len());
    for stack in runs.chunk_by(is_next_line) {
        let own: Vec<Option<S>> = stack.iter().map(|run| slot(run.area.centre())).collect();
        let crosses = |(run, own): (&Run, &Option<S>)| own.is_some_and(|own| crosses(run, sides(own)));
        let one = own.iter().all(|other| Some(other) == own.first());
        let falls_out =
            own.first().is_some_and(Option::is_some) && own.contains(&None) && stack.windows(2).all(is_close);
        if one || !falls_out && !stack.iter().zip(&own).any(crosses) {
            slots.extend(own);
        } else {
            let whole = middle(stack).and_then(&slot).or_else(|| own.iter().flatten().next().copied());
            slots.extend(std::iter::repeat_n(whole, stack.len()));
        }
    }
    slots
}

fn middle(stack: &[Run]) -> Option<(i32, i32)> {
    stack.iter().map(|run| run.area).reduce(Area::around).map(|area| area.centre())
}

/// True where `other` is drawn right below `one`, as the next line of the same text is.
fn is_next_line(one: &Run, other: &Run) -> bool {
    let drop = other.baseline - one.baseline;
    let near = |left: i32, right: i32| (left - right).abs() * 4 <= one.size;
    let aligned = near(one.area.left, other.area.left) || near(one.area.centre().0, other.area.centre().0);
    one.size == other.size && drop * 10 > one.size * 9 && drop * 5 <= one.size * 8 && aligned
}

/// True for lines no farther apart than most programs set those of one cell.
fn is_close(pair: &[Run]) -> bool {
    let [one, other] = pair else { return false };
    (other.baseline - one.baseline) * 5 <= one.size * 7
}

/// True where more than a sliver of a line lies beyond the upper or lower side of its cell.
fn crosses(run: &Run, (top, bottom): (i32, i32)) -> bool {
    let sliver = run.size / 12;
    run.area.top < top - sliver || run.area.bottom > bottom + sliver
}

#[cfg(test)]
mod tests {
    use super::super::units::POINT;
    use super::*;

    /// Lines of ten points, eleven apart, the first with its upper side at `top`.
    fn lines(top: i32, count: i32) -> Vec<Run> {
        let area = |number: i32| Area {
            left: 0,
            top: (top + 11 * number) * POINT,
            right: 20 * POINT,
            bottom: (top + 11 * number + 10) * POINT,
        };
        (0..count).map(|number| Run::plain("某事", area(number))).collect()
    }

    /// Cells of twenty points below each other, five of them.
    fn found(runs: &[Run]) -> Vec<Option<i32>> {
        let slot = |(_, y): (i32, i32)| (0..100 * POINT).contains(&y).then_some(y / (20 * POINT));
        slots(runs, slot, |slot| (slot * 20 * POINT, (slot + 1) * 20 * POINT))
    }

    #[test]
    fn a_text_too_high_for_its_cell_stays_in_it() {
        assert_eq!(found(&lines(34, 3)), [Some(2); 3]);
        assert_eq!(found(&lines(84, 3)), [Some(4); 3]);
    }

    #[test]
    fn lines_of_their_own_cells_stay_in_them() {
        let runs = [lines(5, 1), lines(25, 1), lines(45, 1)].concat();
        assert_eq!(found(&runs), [Some(0), Some(1), Some(2)]);
        // A note below the table.
        let runs = [lines(85, 1), lines(103, 1)].concat();
        assert_eq!(found(&runs), [Some(4), None]);
    }
}
