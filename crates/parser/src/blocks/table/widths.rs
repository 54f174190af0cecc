//! The widths of the columns, as the lines of wrapped cells show them.

use super::Sheet;
use super::outcome::Found;
use crate::stream::wrap;

/// How much narrower than its column a full line may be.
const SHORTFALL: i32 = 3;

/// A printed line of a cell: width, how far that may be off, and whether the cell goes on below.
type Line = (i32, i32, bool);

/// The width of each column: the one that most lines which go on below are just short of, and few exceed.
pub(super) fn learn(sheet: &Sheet, found: &Found) -> Vec<Option<i32>> {
    (0..sheet.columns.len())
        .map(|column| if sheet.column(column).is_points() { None } else { width(&lines(sheet, found, column)) })
        .collect()
}

fn lines(sheet: &Sheet, found: &Found, column: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last_line = None;
    for (word, cell) in sheet.words.iter().zip(&found.cells) {
        let Some(cell) = cell.filter(|cell| usize::from(cell.column) == column) else { continue };
        let (width, doubt) = (word.token.width, wrap::doubt(&word.token));
        let same_line = last_line == Some(word.token.piece.line) && !cell.opens;
        last_line = Some(word.token.piece.line);
        match lines.last_mut() {
            Some(line) if same_line => {
                line.0 += width + 1;
                line.1 += doubt;
                continue;
            }
            Some(line) if !cell.opens => line.2 = true,
            _ => {}
        }
        lines.push((width, doubt, false));
    }
    lines
}

fn width(lines: &[Line]) -> Option<i32> {
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 4);
    let score = |width: i32| {
        let fits = lines.iter().filter(|(line, doubt, on)| *on && *line <= width && line + doubt + SHORTFALL >= width);
        let exceeds = lines.iter().filter(|(line, doubt, _)| line - doubt > width + 1);
        2 * count(fits.count()) - count(exceeds.count())
    };
    let mut full: Vec<i32> = lines.iter().filter(|(.., on)| *on).map(|(width, ..)| *width).collect();
    full.sort_unstable();
    full.dedup();
    full.truncate(256);
    full.into_iter().map(|width| (score(width), width)).filter(|(score, _)| *score > 0).max().map(|(_, width)| width)
}
