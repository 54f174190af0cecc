//! Lengths and areas on a page, in hundredths of a point, counted from its upper left corner.

use hayro_interpret::kurbo::Point;
use jixiao_core::PageArea;

/// One point (1/72 inch).
pub(super) const POINT: i32 = 100;

/// An area; `left <= right` and `top <= bottom`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Area {
    pub(super) left: i32,
    pub(super) top: i32,
    pub(super) right: i32,
    pub(super) bottom: i32,
}

/// Hundredths of a point; lengths beyond any page are cut.
#[expect(clippy::float_arithmetic, reason = "PDF coordinates are floating; nothing of a form is computed here")]
#[expect(clippy::cast_possible_truncation, reason = "the range is cut before")]
pub(super) fn units(points: f64) -> i32 {
    const FARTHEST: f64 = 100_000.0;
    if points.is_nan() { 0 } else { (points.clamp(-FARTHEST, FARTHEST) * f64::from(POINT)).round() as i32 }
}

/// The position of a point.
pub(super) fn position(point: Point) -> (i32, i32) {
    (units(point.x), units(point.y))
}

impl Area {
    pub(super) const fn width(&self) -> i32 {
        self.right - self.left
    }

    pub(super) const fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// The middle.
    pub(super) const fn centre(&self) -> (i32, i32) {
        ((self.left + self.right) / 2, (self.top + self.bottom) / 2)
    }

    /// True where a position lies inside or on the edge.
    pub(super) fn holds(&self, (x, y): (i32, i32)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The smallest area around both.
    pub(super) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// In whole points, rounded outwards.
    pub(super) const fn in_points(&self) -> PageArea {
        PageArea {
            left: self.left.div_euclid(POINT),
            top: self.top.div_euclid(POINT),
            right: -(-self.right).div_euclid(POINT),
            bottom: -(-self.bottom).div_euclid(POINT),
        }
    }
}

/// The distinct positions among `positions`: those nearer than `tolerance` to the one before count as one, in the middle
/// of the first and the last of them.
pub(super) fn clustered(mut positions: Vec<i32>, tolerance: i32) -> Vec<i32> {
    positions.sort_unstable();
    let clusters = positions.chunk_by(|left, right| right - left <= tolerance);
    clusters.filter_map(|cluster| Some((cluster.first()? + cluster.last()?) / 2)).collect()
}

/// The number of the position nearest to `position`.
pub(super) fn nearest(positions: &[i32], position: i32) -> usize {
    let after = positions.partition_point(|other| *other < position);
    let distance = |number: usize| positions.get(number).map_or(i32::MAX, |other| (other - position).abs());
    match after.checked_sub(1) {
        Some(before) if distance(before) <= distance(after) => before,
        _ => after.min(positions.len().saturating_sub(1)),
    }
}
