//! A form in the making.

use std::ops::Range;

use jixiao_core::vocab::{Label, Scope};
use jixiao_core::{FieldPath, FormRecord, Place};

use super::GridCell;
use super::book::{Book, CellId};
use super::frame::{Frame, Spot};
use crate::assemble::assemble;
use crate::codes::Code;
use crate::family;
use crate::raw::{RawCell, RawField, RawForm};

/// What has been read of a form so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) raw: RawForm,
    /// The printed labels, by which the family is recognised.
    pub(super) labels: Vec<String>,
    /// The points in the heading of the funds, as in 预算执行情况（20分）.
    pub(super) fund_points: Option<RawCell>,
    /// Columns that have no key in the model: their label and their cells.
    unkept_columns: Vec<(String, Vec<RawCell>)>,
    /// True once the columns of the funds have been read.
    pub(super) has_funds: bool,
    /// True once the columns of the indicators have been read.
    pub(super) has_indicators: bool,
    /// The note that the next rows may continue.
    pub(super) open_note: Option<OpenNote>,
    /// Where the fields stand.
    pub(super) frame: Frame,
    first: CellId,
}

/// A note whose text may go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenNote {
    /// Its number among the extra fields.
    pub(super) index: usize,
    /// The cell below it.
    pub(super) next: Spot,
}

impl Draft {
    /// A form that begins with cell `first`.
    pub(super) fn new(first: CellId) -> Self {
        Self { first, ..Self::default() }
    }

    /// The first cell.
    pub(super) const fn first(&self) -> CellId {
        self.first
    }

    /// True while nothing but fields above the title has been read.
    pub(super) const fn awaits_title(&self) -> bool {
        self.raw.title.is_none() && self.raw.project_name.is_none() && !self.has_funds && !self.has_indicators
    }

    /// A form has indicators, or funds of a named project: a fund table in a narrative is none.
    pub(super) const fn is_form(&self) -> bool {
        self.has_indicators || (self.has_funds && self.raw.project_name.is_some())
    }

    /// Keeps a cell of a column that has no key, to be quoted.
    pub(super) fn unkept(&mut self, label: &str, cell: RawCell) {
        match self.unkept_columns.iter_mut().find(|(column, _)| column == label) {
            Some((_, cells)) => cells.push(cell),
            None => self.unkept_columns.push((label.to_owned(), vec![cell])),
        }
    }

    /// Remembers a printed label.
    pub(super) fn label(&mut self, text: &str) {
        self.labels.push(text.to_owned());
    }

    /// Reads a side or heading label: its unit of money and its points go to their fields.
    pub(super) fn block_label(&mut self, id: CellId, book: &mut Book<'_>) {
        let cell = book.take(id);
        self.label(&cell.text);
        if book.label(id, Scope::Block) == Some(Label::Funds) {
            self.fund_points = points_in_heading(&cell).or(self.fund_points.take());
            self.money_unit(cell);
        }
    }

    /// Keeps the first cell that prints a unit of money.
    pub(super) fn money_unit(&mut self, cell: RawCell) {
        if self.raw.amount_unit.is_none() && cell.text.contains('元') {
            self.raw.amount_unit = Some(cell);
        }
    }

    /// Stores a labelled field; the first cell of a field wins, later ones go to the extra fields.
    pub(super) fn field(&mut self, label: Label, printed: &str, cell: RawCell) {
        let slot = match label {
            Label::ProjectName => Some(&mut self.raw.project_name),
            Label::Department => Some(&mut self.raw.department),
            Label::Unit => Some(&mut self.raw.unit),
            Label::TotalScore => Some(&mut self.raw.total_score),
            Label::Grade => Some(&mut self.raw.grade),
            Label::Expected => Some(&mut self.raw.expected),
            Label::Actual => Some(&mut self.raw.actual),
            _ => None,
        };
        match slot {
            Some(slot) if slot.is_none() => *slot = Some(cell),
            _ => self.raw.extra.push(RawField { label: printed.to_owned(), cell }),
        }
    }

    /// The finished form of the cells `range`, where `quote` says so with a remark on every cell that ended nowhere.
    pub(super) fn finish(mut self, range: Range<CellId>, index: usize, book: &Book<'_>, quote: bool) -> FormRecord {
        let title = self.raw.title.as_ref().map(|cell| cell.text.clone()).unwrap_or_default();
        self.raw.family = family::recognise(&title, self.labels.iter().map(String::as_str));
        self.raw.span = span(range.clone().filter(|id| book.is_read(*id)).filter_map(|id| book.cell(id)));
        let mut record = assemble(&self.raw, index);
        for cell in book.unread(range).filter(|_| quote) {
            let message = format!("「{}」没有读入任何栏目。", cell.text.trim());
            record.diagnostics.push(Code::UnreadText.diagnostic(message, None, Some(cell.place.clone())));
        }
        self.remark_unkept(&mut record, quote);
        self.remark_missing(&mut record);
        record
    }

    /// Says which columns are not kept; their cells are quoted here or, with all that was not read, by the caller.
    fn remark_unkept(&self, record: &mut FormRecord, quote: bool) {
        for (label, cells) in self.unkept_columns.iter().filter(|(_, cells)| !cells.is_empty()) {
            let texts: String = cells.iter().filter(|_| quote).map(|cell| format!("「{}」", cell.text)).collect();
            let colon = if quote { "：" } else { "" };
            let message = format!("「{label}」一栏不属于自评表的栏目，没有保留{colon}{texts}。");
            let place = outline(cells.iter().flat_map(|cell| &cell.places));
            record.diagnostics.push(Code::UnkeptColumn.diagnostic(message, None, place));
        }
    }

    fn remark_missing(&self, record: &mut FormRecord) {
        let parts = [
            (self.raw.fund_rows.is_empty(), "没有找到项目资金的各行。", FieldPath::Funds),
            (self.raw.indicators.is_empty(), "没有找到绩效指标的各行。", FieldPath::Indicators),
        ];
        for (_, message, path) in parts.into_iter().filter(|(missing, ..)| *missing) {
            record.diagnostics.push(Code::MissingPart.diagnostic(message, Some(path), record.span.clone()));
        }
    }
}

/// The `20` of 预算执行情况（万元）（20分）.
fn points_in_heading(cell: &RawCell) -> Option<RawCell> {
    let digits =
        cell.text.split(['(', '（']).find_map(|part| part.trim_end().strip_suffix([')', '）'])?.strip_suffix('分'))?;
    crate::value::number(digits)?;
    Some(RawCell { text: digits.to_owned(), places: cell.places.clone(), doubt: None })
}

/// What `cells` cover: the lines of a text, the range of a sheet, the pages or the table of a document.
fn span<'a>(cells: impl Iterator<Item = &'a GridCell>) -> Option<Place> {
    cells.map(covered).reduce(joined).map(|(place, rows, columns)| match place {
        Place::Sheet { sheet, .. } => {
            let (first, last) = (cell_name(rows.start, columns.start), cell_name(rows.end - 1, columns.end - 1));
            Place::Sheet { sheet, range: format!("{first}:{last}") }
        }
        other => other.whole(),
    })
}

/// The lines from the first to the last of `places`; outside of texts, the first place.
fn outline<'a>(places: impl Iterator<Item = &'a Place>) -> Option<Place> {
    let none = || (0..0, 0..0);
    let places = places.cloned().map(|place| (place, none().0, none().1));
    places.reduce(joined).map(|(place, ..)| place)
}

type Covered = (Place, Range<u32>, Range<u32>);

fn covered(cell: &GridCell) -> Covered {
    (cell.place.clone(), cell.row..cell.row_end(), cell.column..cell.column_end())
}

fn joined(left: Covered, right: Covered) -> Covered {
    (left.0.joined(&right.0), outer(&left.1, &right.1), outer(&left.2, &right.2))
}

fn outer(left: &Range<u32>, right: &Range<u32>) -> Range<u32> {
    left.start.min(right.start)..left.end.max(right.end)
}

/// The A1 name of a 0-based row and column.
fn cell_name(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect::<String>() + &(u64::from(row) + 1).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_usual_names() {
        for (row, column, name) in [(0, 0, "A1"), (6, 25, "Z7"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")] {
            assert_eq!(cell_name(row, column), name);
        }
    }

    #[test]
    fn points_are_read_from_the_heading() {
        let points = |text: &str| points_in_heading(&RawCell { text: text.to_owned(), ..RawCell::default() });
        assert_eq!(points("预算执行情况（万元）（20分）").map(|cell| cell.text).as_deref(), Some("20"));
        assert_eq!(points("预算执行情况（万元）"), None);
    }
}
