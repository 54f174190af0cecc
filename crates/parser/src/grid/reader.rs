//! Walks the rows of a grid from top to bottom.

use std::ops::Range;

use jixiao_core::fold::squeezed;
use jixiao_core::vocab::{Label, Labels, Scope, find, is_title};
use jixiao_core::{FieldPath, IndicatorField};

use super::book::{Book, CellId, Row};
use super::draft::{Draft, OpenNote};
use super::fields;
use super::frame::{Frame, Slot, Spot};
use super::funds::Funds;
use super::goals::Goals;
use super::indicators::{self, Indicators};
use super::subtable::SubTable;
use super::total;
use super::year::{self, is_blank_year, is_year};
use super::{BookedRead, GridCell};
use crate::Parsed;
use crate::codes::Code;
use crate::ordinal::opens_section;
use crate::stream::is_page_mark;

/// The most cells read of one grid; a full sheet of forms has some ten thousand.
const MAX_CELLS: usize = 2_000_000;

/// The block that the current row stands in.
#[derive(Debug, Default)]
enum Section {
    #[default]
    Head,
    Funds(Funds),
    Goals(Goals),
    SubTable(SubTable),
    Indicators(Indicators),
    /// Below the indicators; the total row may still follow.
    Foot(Indicators),
}

struct Reader<'g> {
    book: Book<'g>,
    rows: Vec<Row>,
    draft: Option<Draft>,
    section: Section,
    /// The cells of each finished form.
    forms: Vec<Range<CellId>>,
    parsed: Parsed,
    /// Where the fields of each form stand.
    frames: Vec<Frame>,
    /// Whether cells that were not read are quoted.
    quote: bool,
}

/// Reads the forms of `cells`, which are sorted by row and column and say what `labels` tell.
///
/// `doubts` says for each cell why it may stand in the wrong column; cells that were not read are quoted where `quote`
/// says so.
pub(super) fn read(cells: &[GridCell], labels: Vec<Labels>, doubts: &[Option<String>], quote: bool) -> BookedRead {
    let kept = cells.get(..MAX_CELLS).unwrap_or(cells);
    let book = Book::new(kept, labels, doubts);
    let rows = book.rows();
    let mut reader = Reader {
        book,
        rows,
        draft: None,
        section: Section::Head,
        forms: Vec::new(),
        parsed: Parsed::default(),
        frames: Vec::new(),
        quote,
    };
    reader.run();
    if quote {
        reader.quote_outside();
    }
    if let Some(next) = cells.get(MAX_CELLS) {
        let message = format!("单元格超过{MAX_CELLS}个，其后的内容没有读。");
        reader.parsed.diagnostics.push(Code::LimitReached.diagnostic(message, None, Some(next.place.clone())));
    }
    BookedRead { parsed: reader.parsed, frames: reader.frames, fates: reader.book.fates() }
}

impl Reader<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(row) = self.rows.get(at).cloned() {
            at += self.row(at, &row).max(1);
        }
        self.close(self.rows.last().map_or(0, |row| row.end));
    }

    /// Reads the row with number `at`; returns the number of rows read.
    fn row(&mut self, at: usize, row: &Row) -> usize {
        if self.starts_form(at, row) {
            self.close(row.start);
            self.draft = Some(Draft::new(row.start));
        }
        let Some(mut draft) = self.draft.take() else { return 1 };
        let rows = self.row_of(at, row, &mut draft);
        if !matches!(self.section, Section::Indicators(_)) {
            draft.frame.end_table(self.grid_row(row));
        }
        self.draft = Some(draft);
        rows
    }

    /// The grid row of the cells `row`.
    fn grid_row(&self, row: &Row) -> u32 {
        self.book.cell(row.start).map_or(0, |cell| cell.row)
    }

    fn row_of(&mut self, at: usize, row: &Row, draft: &mut Draft) -> usize {
        if self.is_page_mark(row) {
            self.book.mark(row.start);
            return 1;
        }
        if matches!(self.section, Section::Head) && read_title(row, &mut self.book, draft) {
            return 1;
        }
        if let Some(rows) = self.head(at, row, draft) {
            return rows;
        }
        if row.clone().all(|id| self.book.is_block(id)) {
            self.book.row(row).for_each(|(id, _)| draft.block_label(id, &mut self.book));
            return 1;
        }
        self.body(row, draft);
        1
    }

    /// True for a line between the parts of a table that goes on over a page.
    fn is_page_mark(&self, row: &Row) -> bool {
        row.len() == 1 && self.book.cell(row.start).is_some_and(|cell| is_page_mark(&squeezed(&cell.text)))
    }

    /// A row that heads a block; the number of rows it fills.
    fn head(&mut self, at: usize, row: &Row, draft: &mut Draft) -> Option<usize> {
        let book = &mut self.book;
        let (section, rows) = if let Some(funds) = Funds::head(row, book, draft) {
            (Section::Funds(funds), 1)
        } else if let Some((table, rows)) = indicators::head(row, self.rows.get(at + 1), book, draft) {
            draft.has_indicators = true;
            (Section::Indicators(table), rows)
        } else if let Some(goals) = Goals::head(row, book, draft) {
            (Section::Goals(goals), 1)
        } else {
            (Section::SubTable(SubTable::head(row, book, draft)?), 1)
        };
        draft.has_funds |= matches!(section, Section::Funds(_));
        self.section = section;
        Some(rows)
    }

    fn body(&mut self, row: &Row, draft: &mut Draft) {
        let book = &mut self.book;
        if continue_note(row, book, draft) || read_goal_field(row, book, draft) {
            return;
        }
        if let Section::Indicators(table) = &self.section
            && total::read(row, table, book, draft)
        {
            self.end_indicators();
            return;
        }
        let labelled = is_field(row, book);
        let read = match &mut self.section {
            Section::Funds(funds) => funds.row(row, book, draft),
            Section::Goals(goals) => !labelled && goals.row(row, book, draft),
            Section::SubTable(table) => !labelled && table.row(row, book, draft),
            Section::Indicators(table) => !table.is_foot(row, book) && table.row(row, book, draft),
            Section::Foot(table) => total::read(row, table, book, draft),
            Section::Head => false,
        };
        if !read {
            self.fields(row, draft);
        }
    }

    /// Labelled fields above, between or below the blocks. Below the indicators nothing but fields and the total row
    /// follows.
    fn fields(&mut self, row: &Row, draft: &mut Draft) {
        self.end_indicators();
        let scope = if matches!(self.section, Section::Foot(_)) { Scope::Foot } else { Scope::Header };
        fields::read(row, scope, &mut self.book, draft);
    }

    fn end_indicators(&mut self) {
        self.section = match std::mem::take(&mut self.section) {
            Section::Indicators(table) => Section::Foot(table),
            other => other,
        };
    }

    /// True where a form begins: a title, a field right above a title, or a second 项目名称.
    fn starts_form(&self, at: usize, row: &Row) -> bool {
        if self.is_indicator_name(row) {
            return false;
        }
        if self.is_title_row(row) {
            return !self.draft.as_ref().is_some_and(Draft::awaits_title);
        }
        if self.leads_to_title(at, row) {
            return !self.draft.as_ref().is_some_and(Draft::awaits_title);
        }
        let first = self.book.first_of(row);
        if self.is_second_head(row) {
            return true;
        }
        let named = first.is_some_and(|(_, cell)| is_project_name(cell));
        let in_head = matches!(self.section, Section::Head);
        named && !self.draft.as_ref().is_some_and(|draft| in_head && draft.raw.project_name.is_none())
    }

    /// True where a department or unit is named below the indicators, and the form has named it above them: forms of a
    /// department have no 项目名称 to begin with.
    fn is_second_head(&self, row: &Row) -> bool {
        let Some(draft) = self.draft.as_ref().filter(|draft| draft.has_indicators && row.len() > 1) else {
            return false;
        };
        let named = |label: &Label| match label {
            Label::Department => draft.raw.department.is_some(),
            Label::Unit => draft.raw.unit.is_some(),
            _ => false,
        };
        let label = self.book.first_of(row).and_then(|(_, cell)| find(Scope::Header, &cell.text));
        matches!(self.section, Section::Foot(_)) && label.is_some_and(|label| named(&label))
    }

    /// True where the first cell of several stands in the column of the level-3 names.
    fn is_indicator_name(&self, row: &Row) -> bool {
        let Section::Indicators(table) = &self.section else { return false };
        if row.len() < 2 {
            return false;
        }
        let first = self.book.cell(row.start).and_then(|cell| table.field_at(cell));
        first == Some(IndicatorField::Level3)
    }

    fn is_title_row(&self, row: &Row) -> bool {
        let mut cells = self.book.row(row).map(|(_, cell)| cell);
        cells.next().is_some_and(|cell| is_title(&cell.text)) && cells.all(is_mark)
    }

    /// True where all cells of `row` are fields with their values, and one of the next two rows is a title.
    fn leads_to_title(&self, at: usize, row: &Row) -> bool {
        let title = (at + 1..at + 3).any(|next| self.rows.get(next).is_some_and(|row| self.is_title_row(row)));
        title && self.book.row(row).all(|(_, cell)| fields::is_inline(cell, Scope::Header))
    }

    /// Ends the form that is open; its last row is the last one before `next` of which a cell was read.
    fn close(&mut self, next: CellId) {
        self.section = Section::Head;
        let Some(mut draft) = self.draft.take() else { return };
        if let Some(cell) = self.book.cell(next) {
            draft.frame.end_table(cell.row);
        }
        let first = draft.first();
        if draft.is_form() {
            let cells = first..self.end_of_form(first, next);
            self.frames.push(std::mem::take(&mut draft.frame));
            let record = draft.finish(cells.clone(), self.parsed.records.len(), &self.book, self.quote);
            self.parsed.records.push(record);
            self.forms.push(cells);
        } else {
            self.book.forget(first..next);
        }
    }

    fn end_of_form(&self, first: CellId, next: CellId) -> CellId {
        let last = (first..next).rev().find(|id| self.book.is_read(*id)).unwrap_or(first);
        let row = self.rows.partition_point(|row| row.end <= last);
        self.rows.get(row).map_or(next, |row| row.end)
    }

    /// Quotes what stands outside of the forms, one diagnostic for each stretch.
    fn quote_outside(&mut self) {
        let end = self.rows.last().map_or(0, |row| row.end);
        let starts = [0].into_iter().chain(self.forms.iter().map(|form| form.end));
        let ends = self.forms.iter().map(|form| form.start).chain([end]);
        for (start, end) in starts.zip(ends) {
            let mut cells = self.book.unread(start..end).peekable();
            let Some(place) = cells.peek().map(|cell| cell.place.clone()) else { continue };
            let texts: String = cells.map(|cell| format!("「{}」", cell.text.trim())).collect();
            let message = format!("不属于任何自评表的内容：{texts}。");
            self.parsed.diagnostics.push(Code::TextOutsideForm.diagnostic(message, None, Some(place)));
        }
    }
}

/// Reads the title, the year under it and the unit of money beside it; `true` where this is all of the row.
fn read_title(row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> bool {
    for (id, cell) in book.row(row) {
        if draft.raw.title.is_none() && id == row.start && is_title(&cell.text) {
            draft.raw.title = Some(book.take(id));
            frame_title(cell, draft);
        } else if draft.raw.year.is_none() && is_year(cell) {
            draft.raw.year = Some(book.take(id));
            frame_year(cell, draft);
        } else if draft.raw.year.is_none() && is_blank_year(cell) {
            book.mark(id);
            frame_year(cell, draft);
        } else if is_money_unit(cell) {
            let cell = book.take(id);
            draft.money_unit(cell);
        }
    }
    book.row(row).all(|(id, _)| book.is_read(id))
}

/// The year may stand in the title, in a cell of its own, or in the blank row below.
fn frame_title(cell: &GridCell, draft: &mut Draft) {
    draft.frame.at(FieldPath::Title, Slot::printed(cell));
    frame_year(cell, draft);
    draft.frame.unlabelled.insert(FieldPath::Year, Slot::blank(Spot::below(cell)));
}

fn frame_year(cell: &GridCell, draft: &mut Draft) {
    if let Some((part, printed)) = year::place(&cell.text) {
        draft.frame.at(FieldPath::Year, Slot::within(cell, part, printed));
    }
}

fn is_mark(cell: &GridCell) -> bool {
    is_year(cell) || is_blank_year(cell) || is_money_unit(cell)
}

/// True for 单位：万元.
fn is_money_unit(cell: &GridCell) -> bool {
    let bare = squeezed(&cell.text);
    let bare = bare.trim_matches(['(', ')']);
    let unit = bare.strip_prefix("金额").unwrap_or(bare).strip_prefix("单位:");
    unit.is_some_and(|unit| matches!(unit, "元" | "万元"))
}

fn is_project_name(cell: &GridCell) -> bool {
    let label = cell.text.split([':', '：']).next().unwrap_or_default();
    find(Scope::Header, label) == Some(Label::ProjectName)
}

/// True where the first cell that is no side label names a field.
fn is_field(row: &Row, book: &Book<'_>) -> bool {
    let Some((id, cell)) = book.first_of(row) else { return false };
    let labels = book.labels(id);
    let named = |scope| fields::field_label(scope, labels).is_some() || fields::is_inline(cell, scope);
    [Scope::Header, Scope::Foot].into_iter().any(named)
}

/// A goal label with its text to the right instead of below.
fn read_goal_field(row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> bool {
    let label = book.first_of(row).and_then(|(id, _)| book.label(id, Scope::Goal));
    matches!(label, Some(Label::Expected | Label::Actual)) && fields::read(row, Scope::Goal, book, draft)
}

/// The lines of a note fill rows of one cell each, which begin where the note does.
fn continue_note(row: &Row, book: &mut Book<'_>, draft: &mut Draft) -> bool {
    let Some(note) = draft.open_note.take() else { return false };
    let goes_on = |cell: &&GridCell| row.len() == 1 && Spot::of(cell) == note.next && !opens_section(&cell.text);
    let Some(cell) = book.cell(row.start).filter(goes_on) else { return false };
    if is_field(row, book) {
        return false;
    }
    let (text, next) = (book.take_text(row.start), Spot::below(cell));
    if let Some(field) = draft.raw.extra.get_mut(note.index) {
        field.cell.text.push_str(&text.text);
        field.cell.places.extend(text.places);
        draft.open_note = Some(OpenNote { next, ..note });
    }
    true
}
