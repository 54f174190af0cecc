//! Cuts the body of a table into atoms: the smallest pieces that a cell can be made of, each with what it costs that a
//! cell or a row begins with it, or that it goes on with the cell before it.

use std::ops::Range;

use jixiao_core::vocab::{Scope, find};

use super::ink::{Gap, Ink};
use super::{Style, glued};

/// A piece of a body. One without characters is a cell that the text marks as blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Atom {
    /// Its visible characters.
    pub(super) range: Range<usize>,
    /// What it costs that a cell begins here.
    pub(super) cut: u32,
    /// What it costs that the cell before goes on.
    pub(super) join: u32,
    /// What it costs that a row begins here.
    pub(super) row: u32,
    /// What it costs that a cell of the same row begins here.
    pub(super) along: u32,
}

/// A choice that a text almost rules out.
pub(super) const AGAINST: u32 = 40;

/// A blank within a cell, where blanks part the cells.
const INNER_BLANK: u32 = 9;

/// A line end within a cell.
const INNER_LINE: u32 = 18;

/// A row that goes on in the next line.
const NEXT_LINE: u32 = 6;

/// The atoms of the characters `body`.
pub(super) fn atoms(ink: &Ink, body: Range<usize>, style: Style) -> Vec<Atom> {
    match style {
        Style::Glued => glued::atoms(ink, body),
        Style::Line | Style::Rows | Style::Cells { .. } => parted(ink, body, style),
    }
}

fn parted(ink: &Ink, body: Range<usize>, style: Style) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut start = body.start;
    while start < body.end {
        let ends = |at: &usize| match ink.gap(*at) {
            Gap::None => false,
            Gap::Space => !matches!(style, Style::Cells { .. }),
            Gap::Line(_) => true,
        };
        let end = (start + 1..body.end).find(ends).unwrap_or(body.end);
        blanks(ink, start, style, &mut atoms);
        atoms.push(parted_atom(ink, start..end, style));
        start = end;
    }
    atoms
}

/// The blank cells that empty lines in front of `start` stand for.
fn blanks(ink: &Ink, start: usize, style: Style, atoms: &mut Vec<Atom>) {
    let (Style::Cells { between }, Gap::Line(blank)) = (style, ink.gap(start)) else { return };
    for _ in 0..blank.saturating_sub(between).min(MOST_BLANKS) {
        atoms.push(Atom { range: start..start, cut: 0, join: AGAINST, row: 0, along: 0 });
    }
}

/// Blank cells in a row of which an official table has at most this many.
const MOST_BLANKS: usize = 12;

fn parted_atom(ink: &Ink, range: Range<usize>, style: Style) -> Atom {
    let line = matches!(ink.gap(range.start), Gap::Line(_));
    let (row, along) = match (style, line) {
        (Style::Rows, true) => (0, NEXT_LINE),
        (Style::Rows, false) => (AGAINST, 0),
        _ => (0, 0),
    };
    let hangs = ink.char(range.start).is_some_and(|c| matches!(c, ',' | '。' | '、' | ';' | ')'));
    let join = if line { INNER_LINE } else { INNER_BLANK };
    Atom { range, cut: if hangs { AGAINST } else { 0 }, join: if hangs { 0 } else { join }, row, along }
}

/// True where the characters `range` spell a level's name, with the points behind it.
pub(super) fn spells_level(ink: &Ink, range: Range<usize>) -> bool {
    let plain = ink.plain(range);
    [Scope::Level1, Scope::Level2, Scope::Block].into_iter().any(|scope| find(scope, &plain).is_some())
}
