//! The widths of the columns, as the lines of wrapped cells show them.

use super::cells::measure;
use super::path::{Found, Part};
use super::{Sheet, Word};

/// How much narrower than its column a full line may be.
const SHORTFALL: i32 = 3;

/// The width of each column: the one that most lines which go on below are just short of, and few exceed.
pub(super) fn learn(sheet: &Sheet, found: &Found) -> Vec<Option<i32>> {
    let mut cells: Vec<Vec<Vec<(i32, i32)>>> = vec![Vec::new(); sheet.columns.len()];
    for part in &found.parts {
        let Part::Row(row, _) = part else { continue };
        for (column, cells) in cells.iter_mut().enumerate() {
            let lines = row.lines.clone().zip(&row.roles).filter_map(|(at, roles)| {
                let own = roles.iter().zip(sheet.line(at)).filter(|(role, _)| usize::from(**role) == column);
                let words: Vec<&Word> = own.map(|(_, word)| word).collect();
                (!words.is_empty()).then(|| measure(&words))
            });
            cells.push(lines.collect());
        }
    }
    (0..cells.len())
        .map(|column| {
            let cells = cells.get(column).filter(|_| !sheet.column(column).is_points())?;
            width(cells)
        })
        .collect()
}

fn width(cells: &[Vec<(i32, i32)>]) -> Option<i32> {
    let full: Vec<(i32, i32)> = cells.iter().flat_map(|lines| lines.iter().rev().skip(1)).copied().collect();
    let score = |width: i32| -> i32 {
        let fits = full.iter().filter(|(line, doubt)| *line <= width && line + doubt + SHORTFALL >= width).count();
        let exceeds = cells.iter().flatten().filter(|(line, doubt)| line - doubt > width + 1).count();
        let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX / 4);
        count(fits).saturating_mul(2).saturating_sub(count(exceeds))
    };
    let widths = full.iter().map(|(width, _)| (score(*width), *width));
    widths.filter(|(score, _)| *score > 0).max().map(|(_, width)| width)
}
