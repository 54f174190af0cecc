//! Where the lines of a cell stand in its row.

use super::measure::Measure;

const UNEVEN: i32 = 12;
const UNUSUAL: i32 = 9;
const OFF_LINE: i32 = 4;
const TOP_AT_BREAK: i32 = 2;

/// How the cells of a column stand in their rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// Evenly about the middle of the row.
    Centre,
    /// From its first line on.
    Top,
    /// Up to its last line.
    Bottom,
    /// Evenly about its middle, but lines between two others moved to one of them.
    Rounded,
}

impl Stand {
    /// How cells stand where every line is where it was drawn, the likeliest first.
    const DRAWN: [Self; 3] = [Self::Centre, Self::Bottom, Self::Top];
    /// How they stand where lines are counted: then a line between two others has to move to one of them.
    const COUNTED: [Self; 4] = [Self::Centre, Self::Bottom, Self::Top, Self::Rounded];

    /// How cells may stand in a text of this measure.
    pub(super) const fn of(measure: Measure) -> &'static [Self] {
        match measure {
            Measure::Drawn => &Self::DRAWN,
            Measure::Characters => &Self::COUNTED,
        }
    }
}

/// The lines on which the cells of a row stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Twice the line on which the row is centred.
    pub(super) centre: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    /// How its cells may stand.
    pub(super) stands: &'static [Stand],
}

impl Frame {
    /// How ill a cell of these lines stands in its row, where most of its column stand as `usual`.
    pub(super) fn uneven(&self, cell: &[usize], usual: Stand, broken: bool) -> i32 {
        let cost = |stand: &Stand| {
            let unusual = match stand {
                _ if *stand == usual => 0,
                Stand::Top if broken => TOP_AT_BREAK,
                _ => UNUSUAL,
            };
            self.off(cell, *stand) + unusual
        };
        if cell.is_empty() { 0 } else { self.stands.iter().map(cost).min().unwrap_or(0) }
    }

    /// How far the lines of a cell lie from standing in the row as `stand` says.
    pub(super) fn off(&self, cell: &[usize], stand: Stand) -> i32 {
        let count = |test: &dyn Fn(usize) -> bool| -> i32 {
            i32::try_from(cell.iter().filter(|line| test(**line)).count()).unwrap_or(i32::MAX / 64)
        };
        let (above, below) = (count(&|line| 2 * line < self.centre), count(&|line| 2 * line > self.centre));
        match stand {
            Stand::Top => i32::from(cell.first() != Some(&self.first)) * (above + below + 1) * UNEVEN,
            Stand::Bottom => i32::from(cell.last() != Some(&self.last)) * (above + below + 1) * UNEVEN,
            Stand::Centre => {
                let on = count(&|line| 2 * line == self.centre);
                let odd = cell.len() % 2 == 1;
                let parity = self.centre.is_multiple_of(2) && (on == 1) != odd;
                (above - below).abs() * UNEVEN + i32::from(parity) * OFF_LINE
            }
            Stand::Rounded => {
                let on = count(&|line| 2 * line == self.centre);
                let moved = i32::from(on == 1 && cell.len().is_multiple_of(2));
                let missing = i32::from(on == 0 && cell.len() % 2 == 1);
                ((above - below).abs() - moved).abs() * UNEVEN + missing * OFF_LINE
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_two_lines_may_stand_on_the_middle_and_below() {
        let frame = Frame { centre: 4, first: 1, last: 3, stands: Stand::of(Measure::Characters) };
        assert_eq!(frame.off(&[2, 3], Stand::Rounded), 0);
        assert_eq!(frame.off(&[1, 3], Stand::Rounded), 0);
        assert_eq!(frame.off(&[1, 2, 3], Stand::Rounded), 0);
        assert!(frame.off(&[3], Stand::Rounded) > 0);
        assert!(frame.off(&[2, 3], Stand::Centre) > 0);
    }

    #[test]
    fn lines_that_stand_where_drawn_are_not_rounded() {
        let frame = |measure| Frame { centre: 4, first: 0, last: 4, stands: Stand::of(measure) };
        let cost = |measure| frame(measure).uneven(&[2, 3], Stand::Centre, false);
        assert!(cost(Measure::Drawn) > cost(Measure::Characters));
    }
}
