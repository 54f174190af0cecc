//! Turns a page so that its text runs from left to right.

use super::ink::{Direction, Ink};
use super::units::Area;

/// Turns the page so that most of its text runs right.
pub(super) fn upright(ink: &mut Ink) {
    let directions = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
    let count = |direction: &Direction| ink.glyphs.iter().filter(|glyph| glyph.direction == *direction).count();
    // The first of the most frequent, so that a page without text stays as it is.
    let Some(most) = directions.iter().rev().max_by_key(|direction| count(direction)).copied() else { return };
    let turns = quarters(most);
    if turns == 0 {
        return;
    }
    let (width, height) = (ink.width, ink.height);
    for glyph in &mut ink.glyphs {
        let upended = matches!(glyph.direction, Direction::Up | Direction::Down);
        let end = if upended { (glyph.baseline, 0) } else { (0, glyph.baseline) };
        let end = turned_point(end, turns, (width, height));
        glyph.area = turned(glyph.area, turns, (width, height));
        glyph.direction = turned_direction(glyph.direction, turns);
        glyph.baseline = if matches!(glyph.direction, Direction::Up | Direction::Down) { end.0 } else { end.1 };
    }
    for area in ink.rules.iter_mut().chain(&mut ink.fills) {
        *area = turned(*area, turns, (width, height));
    }
    if turns % 2 == 1 {
        (ink.width, ink.height) = (height, width);
    }
}

/// Quarters by which text of a direction is turned clockwise.
const fn quarters(direction: Direction) -> u8 {
    match direction {
        Direction::Right | Direction::Slanted => 0,
        Direction::Down => 1,
        Direction::Left => 2,
        Direction::Up => 3,
    }
}

fn turned_direction(direction: Direction, turns: u8) -> Direction {
    if direction == Direction::Slanted {
        return direction;
    }
    match (quarters(direction) + 4 - turns) % 4 {
        0 => Direction::Right,
        1 => Direction::Down,
        2 => Direction::Left,
        _ => Direction::Up,
    }
}

/// A point after the page was turned back by `turns` quarters.
const fn turned_point((x, y): (i32, i32), turns: u8, (width, height): (i32, i32)) -> (i32, i32) {
    match turns {
        1 => (y, width - x),
        2 => (width - x, height - y),
        3 => (height - y, x),
        _ => (x, y),
    }
}

fn turned(area: Area, turns: u8, page: (i32, i32)) -> Area {
    let one = turned_point((area.left, area.top), turns, page);
    let other = turned_point((area.right, area.bottom), turns, page);
    Area { left: one.0.min(other.0), top: one.1.min(other.1), right: one.0.max(other.0), bottom: one.1.max(other.1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_every_direction_is_turned_to_run_right() {
        let page = (600, 800);
        for (direction, start, end) in [
            (Direction::Down, (500, 100), (500, 300)),
            (Direction::Left, (500, 700), (300, 700)),
            (Direction::Up, (100, 700), (100, 500)),
        ] {
            let turns = quarters(direction);
            let (start, end) = (turned_point(start, turns, page), turned_point(end, turns, page));
            assert_eq!((start, end), ((100, 100), (300, 100)), "{direction:?}");
            assert_eq!(turned_direction(direction, turns), Direction::Right);
        }
    }
}
