//! Reads forms from text without geometry: a cell a line, a row a line with single blanks between the cells, all of
//! it on one line, or all glued together.
//!
//! What the text says is taken as evidence, not as structure: each stretch is cut into [`atoms`] with what it costs to
//! begin a cell or a row there, the known labels tell the [`blocks`] apart, and one [`search`] decides for all of
//! these dialects what the cells are and in which columns they stand. From the cells on, the grid reader reads them.

mod atoms;
mod blocks;
mod cost;
mod facts;
mod figures;
mod forms;
mod glued;
mod goals;
mod ink;
mod labels;
mod one_sided;
mod run_together;
mod search;
mod sheet;
mod spots;
mod style;
mod title;
mod torn;
mod total;
mod words;

use std::ops::Range;

use jixiao_core::FormRecord;

use crate::grid::{self, Fate};
use crate::ledger::{Ledger, Use};
use crate::text::Text;
use blocks::Block;
use forms::Form;
use ink::Ink;
use sheet::Sheet;
pub(crate) use style::Style;

/// Most characters of one form; a longer stretch is left to the reader of drawn text, which has its own limits.
const MOST_CHARS: usize = 40_000;

/// A form as blocks.
struct Parted {
    form: Form,
    style: Style,
    blocks: Vec<Block>,
}

/// A form laid out as a grid.
struct Laid {
    form: Form,
    style: Style,
    sheet: Sheet,
}

/// The forms of `text` that are written without geometry, in order, and the characters that they fill. Labels are
/// booked in `ledger`.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> (Vec<FormRecord>, Vec<Range<usize>>) {
    let ink = Ink::new(text);
    let forms = style::forms(&ink).into_iter().filter(|(form, _)| form.end - form.start <= MOST_CHARS);
    let forms: Vec<Parted> = forms.map(|(form, style)| part(&ink, form, style)).collect();
    // The tables take long to lay out, and what else is torn tells as much.
    let torn =
        forms.iter().any(|parted| parted.style.keeps_lines() && sheet::is_torn(&ink, &parted.blocks, parted.style));
    let kept = forms.into_iter().filter(|parted| !(torn && parted.style.keeps_lines()));
    let laid: Vec<Laid> = kept.map(|parted| lay_out(&ink, parted)).collect();
    let drawn = laid.iter().any(Laid::is_drawn);
    let mut records = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for laid in laid.iter().filter(|laid| !(drawn && laid.style.keeps_lines())) {
        if let Some(found) = read_sheet(text, &laid.sheet, ledger) {
            taken.push(ink.text_range(&(laid.form.start..laid.form.end.min(laid.sheet.end))));
            records.extend(found);
        }
    }
    (records, taken)
}

fn part(ink: &Ink, form: Form, style: Style) -> Parted {
    let blocks = blocks::blocks(ink, &form, style.parted());
    Parted { form, style, blocks }
}

fn lay_out(ink: &Ink, Parted { form, style, blocks }: Parted) -> Laid {
    let sheet = sheet::lay_out(ink, &blocks, style);
    Laid { form, style, sheet }
}

impl Laid {
    /// Cells that go on over line ends, in the middle of sentences, show a page that was drawn.
    const fn is_drawn(&self) -> bool {
        self.style.keeps_lines() && self.sheet.torn > 0
    }
}

/// The forms of a grid; `None` where it holds no indicators.
fn read_sheet(text: &Text, sheet: &Sheet, ledger: &mut Ledger) -> Option<Vec<FormRecord>> {
    let mut read = grid::read_with_book(&sheet.grid, &sheet.doubts);
    if read.parsed.records.iter().all(|record| record.form.indicators.is_empty()) {
        return None;
    }
    for (range, _) in sheet.ranges.iter().zip(&read.fates).filter(|(_, fate)| **fate == Fate::Read) {
        book_label(text, ledger, range);
    }
    if let Some(record) = read.parsed.records.first_mut() {
        record.diagnostics.extend(sheet.limits.iter().cloned());
    }
    if sheet.one_sided {
        read.parsed.records.iter_mut().for_each(one_sided::doubt);
    }
    if sheet.glued {
        read.parsed.records.iter_mut().for_each(run_together::doubt);
    }
    Some(read.parsed.records)
}

/// Books the whole of a cell that was read; what ended in a field is booked again by its provenance.
fn book_label(text: &Text, ledger: &mut Ledger, cell: &Range<usize>) {
    for index in cell.clone().filter(|index| text.is_ink(*index)) {
        ledger.book(index, index + 1, Use::Label);
    }
}
