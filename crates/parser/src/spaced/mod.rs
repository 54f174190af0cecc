//! Texts whose columns are kept by spaces, as `pdftotext -layout` and the sorted mode of PyMuPDF write them: the
//! horizontal position of a word tells its column, the evenness of lines about each other tells the rows.

mod bands;
mod blocks;
mod cells;
mod fields;
mod fit;
mod heads;
mod levels;
mod measure;
mod mend;
mod overlaps;
mod pages;
mod placed;
mod rows;
mod sheet;
mod side;
mod stand;
mod table;

use std::ops::Range;

use jixiao_core::vocab::{Label, Scope, find, is_title, official};
use jixiao_core::{Decimal, FormRecord, IndicatorField};

use self::bands::Columns;
use self::cells::Cells;
use self::heads::{Block, Head, heads};
use self::placed::settle;
use self::sheet::{Sheet, Word};
use crate::grid::{self, Grid};
use crate::ledger::{Ledger, Use};
use crate::text::Text;
use crate::trust;
use crate::value;

/// Spaces in a row that part columns rather than words.
const WIDE_GAP: usize = 3;

/// True for a text whose columns are kept by spaces: wide gaps between its column labels.
pub(crate) fn is_kept_by_spaces(text: &Text) -> bool {
    let sheet = Sheet::new(text);
    let heads = heads(&sheet);
    let lines = heads.iter().flat_map(|head| sheet.lines.get(head.lines.clone()).unwrap_or_default());
    let gaps = lines.flat_map(|line| line.words.windows(2)).map(|pair| match pair {
        [left, right] => right.start - left.end,
        _ => 0,
    });
    let (all, wide) = gaps.fold((0, 0), |(all, wide), gap| (all + 1, wide + usize::from(gap >= WIDE_GAP)));
    wide >= 2 && wide * 3 >= all
}

/// Every form of `text`; labels are booked in `ledger`.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> Vec<FormRecord> {
    let sheet = Sheet::new(text);
    let heads = heads(&sheet);
    let mut cells = Cells::default();
    let mut at = 0;
    let mut carried = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        let next = heads.get(index + 1).map_or(sheet.lines.len(), |next| next.lines.start);
        fields::loose(&sheet, at..head.lines.start, &mut cells);
        let mut head = head.clone();
        head.side.append(&mut carried);
        at = block(&sheet, &head, next, &mut carried, &mut cells);
    }
    fields::loose(&sheet, at..sheet.lines.len(), &mut cells);
    for word in &sheet.furniture {
        ledger.book(word.start, word.end, Use::Furniture);
    }
    let parsed = grid::read(&Grid { cells: cells.grid.clone() });
    let mut records = settle(text, parsed, &cells.places(), ledger);
    records.iter_mut().for_each(trust::doubt);
    records
}

/// Reads the block below `head`, which ends before line `next`; returns the first line behind it. Words at its side
/// that belong to the next block are left in `carried`.
fn block(sheet: &Sheet<'_>, head: &Head, next: usize, carried: &mut Vec<Word>, cells: &mut Cells) -> usize {
    let end = block_end(sheet, head, next);
    let lines = head.lines.end..end;
    match head.block {
        Block::Funds => blocks::funds(sheet, head, lines, cells),
        Block::Goals => *carried = blocks::goals(sheet, head, lines, cells),
        Block::Indicators => return indicators(sheet, head, lines, next, cells),
    }
    end
}

/// The line that ends a block: the next head, the total row, a title or the first field of the next form.
fn block_end(sheet: &Sheet<'_>, head: &Head, next: usize) -> usize {
    let ends = |line: &usize| {
        let words = sheet.line(*line);
        let first = words.first().map(|word| sheet.plain(word)).unwrap_or_default();
        let foot = head.block == Block::Indicators && (is_total(sheet, *line) || is_foot(&first, head));
        foot || is_title(&sheet.spelled(words)) || find(Scope::Header, &first) == Some(Label::ProjectName)
    };
    (head.lines.end..next).find(ends).unwrap_or(next)
}

/// Below a table without points, any field of the foot.
fn is_foot(first: &str, head: &Head) -> bool {
    let label = first.split(':').next().unwrap_or_default();
    let points = [IndicatorField::Weight, IndicatorField::Score].map(|field| Some(Label::IndicatorColumn(field)));
    let scored = head.columns.iter().any(|column| points.contains(&column.label));
    match find(Scope::Foot, label) {
        Some(Label::Grade | Label::Note) => true,
        Some(Label::Extra) => !scored,
        _ => false,
    }
}

/// True for 总分 with figures behind it.
fn is_total(sheet: &Sheet<'_>, line: usize) -> bool {
    let words = sheet.line(line);
    let labels = words.iter().take_while(|word| value::number(&sheet.plain(word)).is_none()).count();
    let label = sheet.spelled(words.get(..labels).unwrap_or_default());
    let label =
        label.trim_start_matches(|c| official(Scope::Block, Label::Indicators).is_some_and(|side| side.contains(c)));
    let labelled = labels < words.len() && find(Scope::Foot, label) == Some(Label::Total);
    labelled || (label.is_empty() && is_sum(sheet, words))
}

/// A round hundred and a score, and nothing else: the total row whose label was lost.
fn is_sum(sheet: &Sheet<'_>, words: &[Word]) -> bool {
    let [weight, score] = words else { return false };
    let number = |word: &Word| value::number(&sheet.plain(word));
    let (weight, score) = (number(weight), number(score));
    weight == Some(Decimal::ONE_HUNDRED) && score.is_some_and(|score| score <= Decimal::ONE_HUNDRED)
}

fn indicators(sheet: &Sheet<'_>, head: &Head, lines: Range<usize>, next: usize, cells: &mut Cells) -> usize {
    let end = lines.end;
    let total = (end < next && is_total(sheet, end)).then_some(end);
    let columns = table::read(sheet, head, lines, total, cells);
    let Some(total) = total else { return end };
    let words = sheet.line(total);
    let labels = words.iter().take_while(|word| value::number(&sheet.plain(word)).is_none()).count();
    cells.row();
    cells.put(sheet, cells::SIDE, 1, words.get(..labels).unwrap_or_default());
    put_points(sheet, head, &columns, words.get(labels..).unwrap_or_default(), cells);
    total + 1
}

/// Puts the figures of a total row: two or more are weight, score and what follows, a single one stands where it does.
fn put_points(sheet: &Sheet<'_>, head: &Head, columns: &Columns, words: &[Word], cells: &mut Cells) {
    let at = |field| head.columns.iter().position(|column| column.label == Some(Label::IndicatorColumn(field)));
    let points = [at(IndicatorField::Weight), at(IndicatorField::Score)];
    let mut next = 0;
    for (index, word) in words.iter().enumerate() {
        let in_order = points.get(index).copied().flatten().filter(|_| words.len() > 1);
        let column = in_order.unwrap_or_else(|| columns.of(word)).max(next);
        cells.put(sheet, column + 1, 1, &[*word]);
        next = column + 1;
    }
}
