//! The blocks of a form apart from its indicators and fields: funds and goals.

use std::ops::Range;

use jixiao_core::fold::squeeze;
use jixiao_core::vocab::{Label, Scope, find, is_title};

use super::bands::{Columns, Profile, side_end};
use super::cells::{Cells, SIDE};
use super::fields::{heads_texts, loose};
use super::fit::{Kind, Place, fit};
use super::heads::{Head, is_side_part};
use super::rows::{self, Plan, TableLine};
use super::sheet::{Sheet, Word};
use crate::value;

/// True for a title or the year below it.
pub(super) fn is_heading(sheet: &Sheet<'_>, line: usize) -> bool {
    let spelled = squeeze(&sheet.spelled(sheet.line(line)));
    is_title(&spelled) || (spelled.contains('年') && spelled.chars().count() < 12 && value::year(&spelled).is_some())
}

/// Reads the funds below `head`.
pub(super) fn funds(sheet: &Sheet<'_>, head: &Head, lines: Range<usize>, cells: &mut Cells) {
    let heading = |line: &usize| {
        let words = sheet.line(*line);
        let block = find(Scope::Block, &sheet.spelled(words)).is_some_and(|label| label != Label::Funds);
        block || heads_texts(sheet, words)
    };
    let end = lines.clone().find(heading).unwrap_or(lines.end);
    fund_block(sheet, head, lines.start..end, cells);
    loose(sheet, end..lines.end, cells);
}

fn fund_block(sheet: &Sheet<'_>, head: &Head, lines: Range<usize>, cells: &mut Cells) {
    let words: Vec<Word> = sheet.words(lines.clone()).copied().collect();
    let Some(first) = head.columns.first() else { return };
    let figure = |word: &&Word| value::amount(&sheet.plain(word)).is_some();
    let left: Vec<Word> = words.iter().filter(|word| word.x < first.extent.start && !figure(word)).copied().collect();
    let edge = side_end(sheet, &left, is_side_part);
    let labels = left.iter().filter(|word| word.x >= edge);
    let labels = labels.map(|word| word.x..word.x_end()).reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
    let places = |extents: Vec<Range<usize>>| -> Vec<Place> {
        let amounts = extents.into_iter().map(|extent| Place { kind: Kind::Amount, at: Some(extent) });
        let label = Place { kind: Kind::Name, at: Some(labels.clone().unwrap_or(edge..edge + 1)) };
        std::iter::once(label).chain(amounts).collect()
    };
    let below = full_row(sheet, lines.clone(), edge, head.columns.len());
    let heads = head.columns.iter().map(|column| column.extent.clone()).collect();
    let starts: Vec<Vec<Place>> = std::iter::once(heads).chain(below).map(places).collect();
    let mut side: Vec<Word> = head.side.clone();
    let mut table = Vec::new();
    side.extend(words.iter().filter(|word| word.x < edge));
    for (line, cells) in lines.clone().zip(fit(sheet, lines, edge, &starts)) {
        table.push(TableLine { cells, line });
    }
    table.retain(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    cells.row();
    cells.put(sheet, SIDE, 1, &side);
    for (column, label) in (2..).zip(&head.columns) {
        cells.put(sheet, column, 1, &label.words);
    }
    fund_rows(sheet, &table, head.columns.len(), cells);
}

/// Where the figures of a row stand that has one in each of `columns` columns.
fn full_row(sheet: &Sheet<'_>, mut lines: Range<usize>, edge: usize, columns: usize) -> Option<Vec<Range<usize>>> {
    lines.find_map(|line| {
        let words: Vec<&Word> = sheet.line(line).iter().filter(|word| word.x >= edge).collect();
        let (label, figures) = words.split_first()?;
        let named = find(Scope::FundRow, &sheet.plain(label)).is_some();
        (named && figures.len() == columns).then(|| figures.iter().map(|word| word.x..word.x_end()).collect())
    })
}

/// Lines from the first to the last of the label of a fund row.
const LABEL_LINES: usize = 2;

fn fund_rows(sheet: &Sheet<'_>, table: &[TableLine], columns: usize, cells: &mut Cells) {
    let whole = |words: &[Word]| find(Scope::FundRow, &sheet.spelled(words)).is_some();
    let bare = |line: &TableLine| line.cells.iter().skip(1).all(Vec::is_empty);
    let anchor = |(at, line): (usize, &TableLine)| {
        let Some(words) = line.cells.first() else { return false };
        // The end of a label over two lines may be one by itself: 其中：当年 and 财政拨款, amounts between them.
        let above = table.get(at.saturating_sub(LABEL_LINES)..at).unwrap_or_default().iter().rev();
        let near = above.filter(|above| above.line + LABEL_LINES >= line.line);
        let begun = near.filter_map(|above| above.cells.first()).find(|words| !words.is_empty());
        let begun = begun.filter(|above| !whole(above));
        let ends = begun.is_some_and(|above| bare(line) && whole(&[above.as_slice(), words].concat()));
        (whole(words) && !ends) || !bare(line)
    };
    let plan = Plan { own: 0..columns + 1, name: Some(0), anchors: table.iter().enumerate().map(anchor).collect() };
    for row in rows::cut(sheet, table, &plan) {
        let lines = table.get(row.lines).unwrap_or_default();
        cells.row();
        for column in 0..=columns {
            let words: Vec<Word> = lines.iter().filter_map(|line| line.cells.get(column)).flatten().copied().collect();
            cells.put(sheet, column + 1, 1, &words);
        }
    }
}

/// Reads the two texts below `head`; returns the words at the side that belong to the label of the next block.
pub(super) fn goals(sheet: &Sheet<'_>, head: &Head, lines: Range<usize>, cells: &mut Cells) -> Vec<Word> {
    let mut texts: Vec<Vec<Word>> = vec![Vec::new(); head.columns.len() + 1];
    texts.first_mut().into_iter().for_each(|side| side.extend(&head.side));
    let labels: Vec<Range<usize>> = head.columns.iter().map(|column| column.extent.clone()).collect();
    for page in sheet.pages(lines) {
        let words: Vec<Word> = sheet.words(page.clone()).copied().collect();
        let edge = side_end(sheet, &words, is_side_part);
        let inner: Vec<Word> = words.iter().filter(|word| word.x >= edge).copied().collect();
        let here = sheet.page(page.start) == sheet.page(head.lines.start);
        let columns = Columns::of_texts(&labels, here, &Profile::new(&inner));
        if let Some(side) = texts.first_mut() {
            side.extend(words.iter().filter(|word| word.x < edge));
        }
        texts.iter_mut().skip(1).zip(columns.part(inner)).for_each(|(text, part)| text.extend(part));
    }
    cells.row();
    let mut texts = texts.into_iter();
    let mut side = texts.next().unwrap_or_default();
    side.sort_by_key(|word| word.start);
    let own = (1..=side.len())
        .rev()
        .find(|end| find(Scope::Block, &sheet.spelled(side.get(..*end).unwrap_or_default())).is_some());
    let rest = side.split_off(own.unwrap_or(side.len()));
    cells.put(sheet, SIDE, 1, &side);
    for (column, label) in (1..).zip(&head.columns) {
        cells.put(sheet, column, 1, &label.words);
    }
    cells.row();
    for (column, text) in (1..).zip(texts) {
        cells.put(sheet, column, 1, &text);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_fund_row_with_all_its_figures_tells_where_they_stand() {
        let text = Text::new("  资金    年度资金总额  9.00  8.00 10\n        其他资金  9.00  8.00\n");
        let sheet = Sheet::new(&text);
        assert_eq!(full_row(&sheet, 0..2, 6, 3), Some(vec![16..20, 22..26, 27..29]));
        assert_eq!(full_row(&sheet, 0..2, 6, 4), None);
    }
}
