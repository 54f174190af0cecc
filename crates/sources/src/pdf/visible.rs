//! Which glyphs are text of the page, and which are drawn over, under or beside it.

use std::collections::HashMap;

use super::ink::{Direction, Glyph, Ink, Shade};
use super::units::Area;

/// The glyphs of a page, told apart.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// The text, in the order drawn.
    pub(super) text: Vec<Glyph>,
    /// Watermarks and stamps.
    pub(super) marks: Vec<Glyph>,
    /// What nobody sees: white on white, or without ink beside text with ink.
    pub(super) unseen: Vec<Glyph>,
}

/// Pale text that is larger than the usual by this factor is a watermark.
const LARGE: i32 = 2;

/// Dark areas beyond this number are not looked at; a table has some hundred cells.
const MOST_FILLS: usize = 2_000;

/// More glyphs than this nearly in one place are no text.
const MOST_AT_ONE_PLACE: usize = 32;

/// Tells the glyphs of a page apart. A glyph drawn twice in nearly the same place, as for bold, counts once.
pub(super) fn sorted(ink: &mut Ink) -> Sorted {
    let glyphs = once(std::mem::take(&mut ink.glyphs));
    let has_ink = glyphs.iter().any(|glyph| !glyph.invisible && glyph.shade != Shade::White && is_print(glyph));
    let usual = usual_size(&glyphs);
    let mut sorted = Sorted::default();
    for glyph in glyphs {
        let white = glyph.shade == Shade::White && !on_fill(&glyph.area, &ink.fills);
        let pale = glyph.shade == Shade::Pale && glyph.size > usual.saturating_mul(LARGE);
        if (glyph.invisible && has_ink) || white {
            sorted.unseen.push(glyph);
        } else if glyph.direction == Direction::Slanted || pale {
            sorted.marks.push(glyph);
        } else {
            sorted.text.push(glyph);
        }
    }
    sorted
}

fn is_print(glyph: &Glyph) -> bool {
    !glyph.text.trim().is_empty()
}

fn on_fill(area: &Area, fills: &[Area]) -> bool {
    fills.iter().take(MOST_FILLS).any(|fill| fill.holds(area.centre()))
}

/// The size of most glyphs.
pub(super) fn usual_size(glyphs: &[Glyph]) -> i32 {
    let mut sizes: Vec<i32> = glyphs.iter().filter(|glyph| is_print(glyph)).map(|glyph| glyph.size).collect();
    sizes.sort_unstable();
    sizes.get(sizes.len() / 2).copied().unwrap_or(i32::MAX)
}

/// The glyphs without those drawn over an equal one, shifted by less than a sixth of their size.
fn once(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    let mut places: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    for glyph in glyphs {
        let field = glyph.size.max(6);
        let at = (glyph.area.left.div_euclid(field), glyph.area.top.div_euclid(field));
        let near = (-1..=1).flat_map(|x| (-1..=1).map(move |y| (at.0 + x, at.1 + y)));
        let mut near = near.filter_map(|field| places.get(&field)).flatten().filter_map(|number| kept.get(*number));
        if near.any(|other| is_same(other, &glyph)) {
            continue;
        }
        let place = places.entry(at).or_default();
        if place.len() < MOST_AT_ONE_PLACE {
            place.push(kept.len());
        }
        kept.push(glyph);
    }
    kept
}

fn is_same(one: &Glyph, other: &Glyph) -> bool {
    let near = |a: i32, b: i32| (a - b).abs() * 6 < one.size.max(6);
    one.text == other.text
        && one.size == other.size
        && one.direction == other.direction
        && near(one.area.left, other.area.left)
        && near(one.area.top, other.area.top)
}

/// The text of `glyphs` as drawn, for quoting.
pub(super) fn quoted(glyphs: &[Glyph]) -> String {
    let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
