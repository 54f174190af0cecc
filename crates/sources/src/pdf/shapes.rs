//! Rules and fills among the paths of a page.

use hayro_interpret::DrawMode;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point};

use super::units::{Area, POINT, position};

/// What a part of a path is to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A line along an edge of the page.
    Rule(Area),
    /// A filled rectangle.
    Fill(Area),
}

/// A filled rectangle this thin is a rule.
const THICKEST_RULE: i32 = 3 * POINT;
/// A line this far from straight still counts as straight.
const SLANT: i32 = POINT;

/// The rules and fills of `path`; curves and slanted lines are neither.
pub(super) fn of_path(path: &BezPath, transform: Affine, mode: &DrawMode) -> Vec<Shape> {
    let (filled, stroked) = match mode {
        DrawMode::Fill(_) => (true, false),
        DrawMode::Stroke(_) => (false, true),
        DrawMode::FillAndStroke(..) => (true, true),
        DrawMode::Invisible => (false, false),
    };
    let mut shapes = Vec::new();
    for corners in outlines(path, transform) {
        if stroked {
            let lines = corners.windows(2).filter_map(|ends| line(ends.first()?, ends.get(1)?));
            shapes.extend(lines.map(Shape::Rule));
        }
        if filled {
            shapes.extend(rectangle(&corners).map(filled_shape));
        }
    }
    shapes
}

/// The corners of each part of a path; parts with curves are left out.
fn outlines(path: &BezPath, transform: Affine) -> Vec<Vec<(i32, i32)>> {
    let mut outlines: Vec<Vec<(i32, i32)>> = Vec::new();
    let mut curved = false;
    let place = |point: &Point| position(transform * *point);
    for element in path.elements() {
        match element {
            PathEl::MoveTo(point) => {
                end_outline(&mut outlines, curved);
                curved = false;
                outlines.push(vec![place(point)]);
            }
            PathEl::LineTo(point) => outlines.last_mut().into_iter().for_each(|outline| outline.push(place(point))),
            PathEl::ClosePath => {
                if let Some(outline) = outlines.last_mut() {
                    outline.extend(outline.first().copied());
                }
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => curved = true,
        }
    }
    end_outline(&mut outlines, curved);
    outlines
}

fn end_outline(outlines: &mut Vec<Vec<(i32, i32)>>, curved: bool) {
    if curved {
        outlines.pop();
    }
}

/// The line between two corners, if it runs along an edge of the page.
fn line(from: &(i32, i32), to: &(i32, i32)) -> Option<Area> {
    let (left, right) = (from.0.min(to.0), from.0.max(to.0));
    let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
    let straight = right - left <= SLANT || bottom - top <= SLANT;
    straight.then_some(Area { left, top, right, bottom })
}

/// The rectangle with these corners, if they are those of one.
fn rectangle(corners: &[(i32, i32)]) -> Option<Area> {
    let (first, rest) = corners.split_first()?;
    let start = Area { left: first.0, top: first.1, right: first.0, bottom: first.1 };
    let around = |area: Area, (x, y): &(i32, i32)| area.around(Area { left: *x, top: *y, right: *x, bottom: *y });
    let area = rest.iter().fold(start, around);
    let at_corner = |(x, y): &(i32, i32)| {
        let near = |edge: i32, at: i32| (edge - at).abs() <= SLANT / 2;
        (near(area.left, *x) || near(area.right, *x)) && (near(area.top, *y) || near(area.bottom, *y))
    };
    (corners.len() >= 3 && corners.iter().all(at_corner)).then_some(area)
}

fn filled_shape(area: Area) -> Shape {
    if area.width().min(area.height()) <= THICKEST_RULE { Shape::Rule(area) } else { Shape::Fill(area) }
}
