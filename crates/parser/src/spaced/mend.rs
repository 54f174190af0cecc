//! Rows whose words were dealt out to the wrong columns, dealt out again by the row alone.
//!
//! What is written left of a column shifts it, differently in every block of lines, so the columns of a page overlap
//! where those of a row do not: on the lines of one row no word of a column reaches into the next. Where the row's own
//! stretches of ink are as many as its columns, they are its cells.

use std::ops::Range;

use jixiao_core::fold::is_blank;
use jixiao_core::vocab::{Scope, find};

use super::fit::Kind;
use super::rows::{Plan, Row, TableLine};
use super::sheet::{Sheet, Word};
use crate::template::is_numbered_name;
use crate::value;

/// Deals out anew the rows of `table` that lack a cell which a row has; `kinds` are those of the columns.
pub(super) fn mend(sheet: &Sheet<'_>, table: &mut [TableLine], rows: &[Row], plan: &Plan, kinds: &[Kind]) {
    for row in rows {
        let Some(lines) = table.get_mut(row.lines.clone()) else { continue };
        take_name(lines, plan);
        give_level(sheet, lines, plan);
        let shifted = lacks_points(lines, plan, kinds);
        if shifted || lacks_text(lines, plan, kinds) {
            let cells = plan.own.clone().filter(|column| !is_blank_column(lines, *column)).count();
            deal(sheet, lines, plan, kinds, if shifted { 0 } else { cells + 1 });
        }
    }
}

/// A row without a name whose level holds two stretches of ink: the right one is the name.
fn take_name(lines: &mut [TableLine], plan: &Plan) {
    let Some((name, level)) = plan.name.and_then(|name| Some((name, name.checked_sub(1)?))) else { return };
    if level >= plan.own.start || !words(lines, name..name + 1).is_empty() {
        return;
    }
    let bands = bands(&words(lines, level..level + 1));
    let [_, right] = bands.as_slice() else { return };
    for line in lines {
        let Some(cell) = line.cells.get_mut(level) else { continue };
        let (moved, kept) = cell.iter().partition(|word| right.contains(&word.x));
        *cell = kept;
        if let Some(slot) = line.cells.get_mut(name) {
            *slot = moved;
        }
    }
}

/// A name that holds two stretches of ink or more, the left one a whole name of level 2: that belongs to the level.
fn give_level(sheet: &Sheet<'_>, lines: &mut [TableLine], plan: &Plan) {
    let Some((name, level)) = plan.name.and_then(|name| Some((name, name.checked_sub(1)?))) else { return };
    if level >= plan.own.start || !is_blank_column(lines, level) {
        return;
    }
    let all = words(lines, name..name + 1);
    let bands = bands(&all);
    let [left, _, ..] = bands.as_slice() else { return };
    let spelled = sheet.spelled(all.iter().filter(|word| left.contains(&word.x)));
    if find(Scope::Level2, &spelled).is_none() {
        return;
    }
    for line in lines {
        let Some(cell) = line.cells.get_mut(name) else { continue };
        let (moved, kept) = cell.iter().partition(|word| left.contains(&word.x));
        *cell = kept;
        if let Some(slot) = line.cells.get_mut(level) {
            *slot = moved;
        }
    }
}

/// The row has some of its points and lacks others.
fn lacks_points(lines: &[TableLine], plan: &Plan, kinds: &[Kind]) -> bool {
    let figures = plan.own.clone().filter(|column| kinds.get(*column) == Some(&Kind::Figure));
    let (blank, filled): (Vec<usize>, Vec<usize>) = figures.partition(|column| is_blank_column(lines, *column));
    !blank.is_empty() && !filled.is_empty()
}

fn is_blank_column(lines: &[TableLine], column: usize) -> bool {
    words(lines, column..column + 1).is_empty()
}

/// A cell that every row has is blank.
fn lacks_text(lines: &[TableLine], plan: &Plan, kinds: &[Kind]) -> bool {
    let text = |column: &usize| matches!(kinds.get(*column), Some(Kind::Name | Kind::Text));
    plan.own.clone().filter(text).any(|column| is_blank_column(lines, column))
}

/// Deals the words out by stretches of ink, where these are at least `least`, as many as the columns with or without
/// the remarks, and hold what the columns demand.
fn deal(sheet: &Sheet<'_>, lines: &mut [TableLine], plan: &Plan, kinds: &[Kind], least: usize) {
    let all = words(lines, plan.own.clone());
    let bands = bands(&with_units(sheet, &all));
    if bands.len() < least {
        return;
    }
    let own: Vec<usize> = plan.own.clone().collect();
    let needed = own.iter().copied().filter(|column| kinds.get(*column) != Some(&Kind::Remark)).collect();
    let Some(columns) = [needed, own].into_iter().find(|columns: &Vec<usize>| columns.len() == bands.len()) else {
        return;
    };
    let fits = columns.iter().zip(&bands).all(|(column, band)| {
        let within: Vec<&Word> = all.iter().filter(|word| band.contains(&word.x)).collect();
        kinds.get(*column).is_some_and(|kind| holds(sheet, *kind, &within))
    });
    if !fits {
        return;
    }
    for line in lines {
        let mut dealt: Vec<Word> = Vec::new();
        for cell in line.cells.get_mut(plan.own.clone()).unwrap_or_default() {
            dealt.append(cell);
        }
        for (column, band) in columns.iter().zip(&bands) {
            if let Some(cell) = line.cells.get_mut(*column) {
                *cell = dealt.iter().copied().filter(|word| band.contains(&word.x)).collect();
            }
        }
    }
}

/// True for words that a column of this kind may hold in one row.
fn holds(sheet: &Sheet<'_>, kind: Kind, words: &[&Word]) -> bool {
    let points = |word: &&Word| {
        let plain = sheet.plain(word);
        is_blank(&plain) || value::number(&plain).is_some()
    };
    match kind {
        Kind::Figure => words.len() == 1 && words.iter().all(points),
        Kind::Name => !words.iter().all(points),
        _ => true,
    }
}

fn words(lines: &[TableLine], columns: Range<usize>) -> Vec<Word> {
    let cells = lines.iter().flat_map(|line| line.cells.get(columns.clone()).unwrap_or_default());
    cells.flatten().copied().collect()
}

/// `words` with those joined that typesetting parts within a cell: a number from what it counts, a date.
fn with_units(sheet: &Sheet<'_>, words: &[Word]) -> Vec<Word> {
    let mut sorted = words.to_vec();
    sorted.sort_by_key(|word| (word.line, word.x));
    let mut joined: Vec<Word> = Vec::new();
    for word in sorted {
        let goes_on = |last: &&mut Word| last.end + 1 == word.start && goes_on(&sheet.plain(last), &sheet.plain(&word));
        match joined.last_mut().filter(goes_on) {
            Some(last) => (last.end, last.width) = (word.end, last.width + 1 + word.width),
            None => joined.push(word),
        }
    }
    joined
}

/// True where only a figure stands between `left` and `right`, of which a blank sets it off.
fn goes_on(left: &str, right: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let unit = left.ends_with(digit) && !right.starts_with(|c: char| c.is_ascii());
    let counted = left.ends_with(['年', '月']) || !left.contains(|c: char| c.is_ascii());
    unit || (counted && right.starts_with(digit)) || is_numbered_name(&[left, right].concat())
}

/// The stretches of ink of `words` from left to right.
fn bands(words: &[Word]) -> Vec<Range<usize>> {
    let mut extents: Vec<Range<usize>> = words.iter().map(|word| word.x..word.x_end()).collect();
    extents.sort_by_key(|extent| extent.start);
    let mut bands: Vec<Range<usize>> = Vec::new();
    for extent in extents {
        match bands.last_mut().filter(|last| extent.start <= last.end) {
            Some(last) => last.end = last.end.max(extent.end),
            None => bands.push(extent),
        }
    }
    bands
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    const KINDS: [Kind; 5] = [Kind::Name, Kind::Text, Kind::Text, Kind::Figure, Kind::Figure];

    /// The cells of a row of the lines of `text`, all of whose words were dealt to the first of the columns.
    fn mended(text: &str) -> Vec<String> {
        let text = Text::new(text);
        let sheet = Sheet::new(&text);
        let line = |(line, own): (usize, &super::super::sheet::Line)| {
            let cells = [vec![own.words.clone()], vec![Vec::new(); KINDS.len() - 1]].concat();
            TableLine { cells, line }
        };
        let mut table: Vec<TableLine> = sheet.lines.iter().enumerate().map(line).collect();
        let rows = [Row { lines: 0..table.len(), doubtful: false, doubted: std::collections::BTreeSet::new() }];
        let plan = Plan { own: 0..KINDS.len(), name: Some(0), anchors: Vec::new() };
        mend(&sheet, &mut table, &rows, &plan, &KINDS);
        (0..KINDS.len()).map(|column| sheet.spelled(&words(&table, column..column + 1))).collect()
    }

    #[test]
    fn the_stretches_of_ink_of_a_row_are_its_cells() {
        let found = mended("灯塔巡检    按月巡检  已按月\n        并记录   巡检     10   9\n次数\n");
        assert_eq!(found, ["灯塔巡检次数", "按月巡检并记录", "已按月巡检", "10", "9"]);
    }

    #[test]
    fn a_level_in_front_of_a_name_goes_to_its_column() {
        let text = Text::new("社会效益   灯塔开放\n指标     天数\n");
        let sheet = Sheet::new(&text);
        let line = |line: usize| TableLine { cells: vec![Vec::new(), sheet.line(line).to_vec()], line };
        let mut table = [line(0), line(1)];
        give_level(&sheet, &mut table, &Plan { own: 1..2, name: Some(1), anchors: Vec::new() });
        let found = [0, 1].map(|column| sheet.spelled(&words(&table, column..column + 1)));
        assert_eq!(found, ["社会效益指标", "灯塔开放天数"]);
    }

    #[test]
    fn a_figure_belongs_to_the_words_about_it() {
        for (left, right) in [("=60", "人"), ("每月", "15"), ("2022年", "1"), ("指标1", ":")] {
            assert!(goes_on(left, right), "{left} {right}");
        }
        for (left, right) in [("=60人", "83"), ("良好", "良好"), ("≥95%", "98%")] {
            assert!(!goes_on(left, right), "{left} {right}");
        }
    }

    #[test]
    fn a_row_with_too_few_stretches_or_text_for_points_stays() {
        for text in ["灯塔巡检 按月巡检 10 9\n", "灯塔巡检 按月 已巡检 满分 9\n", "灯塔巡检 15 公里 10 9\n"]
        {
            assert_eq!(mended(text)[1..], [""; 4], "{text}");
        }
    }
}
