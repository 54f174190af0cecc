//! Text to forms, and the account of every character.

use std::borrow::Cow;
use std::ops::Range;

use jixiao_core::vocab::{Label, Scope, spellings};
use jixiao_core::{Diagnostic, FieldPath, FormRecord, IndicatorField, Place, TextSpan};

use crate::Parsed;
use crate::assemble::assemble;
use crate::blocks;
use crate::codes::Code;
use crate::dialect;
use crate::flow;
use crate::jumbled;
use crate::ledger::{Ledger, Use};
use crate::raw::RawForm;
use crate::sorted;
use crate::spaced;
use crate::stream;
use crate::text::Text;
use crate::unlikely;

/// Longest quotation in one diagnostic, in characters; a longer text is quoted in several.
const QUOTE_CHARS: usize = 2_000;

/// Reads every form of `text`. Never fails: what cannot be read is quoted in a diagnostic.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    parse_with_ledger(text).0
}

/// As [`parse`], with the account of what became of every character of `text`.
#[must_use]
pub fn parse_with_ledger(text: &str) -> (Parsed, Ledger) {
    let text = Text::new(text);
    let mut ledger = opened(&text);
    let mut records = read_forms(&text, &mut ledger);
    for record in &records {
        book_fields(&text, record, &mut ledger);
    }
    let mut diagnostics = Vec::new();
    quote_rest(&text, &mut ledger, &mut records, &mut diagnostics);
    if records.is_empty() {
        diagnostics.insert(0, no_form(&text));
    }
    (Parsed { records, diagnostics }, ledger)
}

/// The account of `text` before anything is read.
fn opened(text: &Text) -> Ledger {
    let mut ledger = Ledger::new(text.chars.len());
    text.tags.iter().for_each(|tag| ledger.book(*tag, tag + 1, Use::Furniture));
    ledger
}

/// Every form of the text: those whose words are in some order, else those of which only the words are there.
fn read_forms(text: &Text, ledger: &mut Ledger) -> Vec<FormRecord> {
    let mut records = Vec::new();
    if jumbled::has_columns_apart(text) {
        put_in_order(text, &mut records, ledger);
    }
    if records.is_empty() {
        records = read_records(text, ledger);
    }
    if records.iter().all(|record| record.form.indicators.is_empty()) {
        put_in_order(text, &mut records, ledger);
    }
    records
}

/// Reads the forms of a text in which no table was found by their labels alone, if that finds more of them.
fn put_in_order(text: &Text, records: &mut Vec<FormRecord>, ledger: &mut Ledger) {
    let mut booked = opened(text);
    let forms = jumbled::read(text, &mut booked);
    let found = forms.iter().any(|form| !form.indicators.is_empty());
    if found || (records.is_empty() && !forms.is_empty()) {
        *ledger = booked;
        *records = forms.iter().enumerate().map(|(index, raw)| assemble(raw, index)).collect();
    }
}

/// The forms of the stretches that mark their cells, and of the rest of the text, in printed order.
fn read_records(text: &Text, ledger: &mut Ledger) -> Vec<FormRecord> {
    let (mut records, marked) = dialect::read(text, ledger);
    records.iter_mut().for_each(unlikely::doubt_names);
    if marked.is_empty() && spaced::is_kept_by_spaces(text) {
        return spaced::read(text, ledger);
    }
    let rest = unless_blank(text, &marked);
    let rows = rest.as_deref().filter(|rest| may_head_indicators(rest));
    let (flowing, taken) = rows.map(|rest| flow::read(rest, ledger)).unwrap_or_default();
    let from = records.len();
    records.extend(flowing);
    let rest = if taken.is_empty() { rest } else { unless_blank(text, &[marked, taken].concat()) };
    let forms = rest.map(|rest| read_unmarked(&rest, ledger)).unwrap_or_default();
    records.extend(forms.iter().map(|raw| assemble(raw, 0)));
    records.iter_mut().skip(from).for_each(unlikely::doubt);
    records.sort_by_key(|record| line_span(record).map(|span| span.line_start));
    for (index, record) in records.iter_mut().enumerate() {
        record.index = index;
    }
    records
}

/// False for a text that no table of indicators can stand in, whatever the order of its words: it lacks letters of the
/// label that every one of them has. Most of what stands around a table is such a text.
fn may_head_indicators(text: &Text) -> bool {
    let name = Label::IndicatorColumn(IndicatorField::Level3);
    let mut names = spellings(Scope::IndicatorColumn).filter(|(_, label)| *label == name);
    names.any(|(name, _)| name.chars().all(|c| text.folded.contains(&c)))
}

/// `text` without `ranges`; `None` where nothing is left of it.
fn unless_blank<'t>(text: &'t Text, ranges: &[Range<usize>]) -> Option<Cow<'t, Text>> {
    let rest = if ranges.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(text.without(ranges)) };
    (!rest.is_blank()).then_some(rest)
}

/// The forms of a text that shows its cells by nothing but their order: drawing order, or where that does not fit the
/// order of blocks, or that of height if it fits better.
fn read_unmarked(text: &Text, ledger: &mut Ledger) -> Vec<RawForm> {
    let mut drawn = ledger.clone();
    let reading = stream::read(text, &mut drawn);
    if (!reading.fits || reading.tables < reading.forms.len().max(1)) && blocks::is_in_blocks(text) {
        let mut in_blocks = ledger.clone();
        let found = blocks::read(text, &mut in_blocks);
        let better = found.tables >= reading.tables;
        *ledger = if better { in_blocks } else { drawn };
        return if better { found.forms } else { reading.forms };
    }
    let unsure = !reading.fits || reading.tables == 0 || sorted::is_by_height(text);
    if unsure && may_head_indicators(text) {
        let mut by_height = ledger.clone();
        let sorted = sorted::read(text, &mut by_height);
        let better = sorted.fits || (reading.tables > 0 && sorted.cost < reading.cost / 2);
        if sorted.tables >= reading.tables.max(1) && better {
            *ledger = by_height;
            return sorted.forms;
        }
    }
    *ledger = drawn;
    reading.forms
}

/// Books what the record's provenance claims.
fn book_fields(text: &Text, record: &FormRecord, ledger: &mut Ledger) {
    for (path, places) in &record.provenance {
        for place in places {
            if let Some((start, end)) = text.range(place) {
                book_field(text, ledger, (start, end), Use::Field(record.index, *path));
            }
        }
    }
}

fn book_field(text: &Text, ledger: &mut Ledger, (start, end): (usize, usize), entry: Use) {
    for index in start..end {
        if text.is_ink(index) {
            ledger.book(index, index + 1, entry);
        }
    }
}

/// Quotes every character that nothing has claimed.
fn quote_rest(text: &Text, ledger: &mut Ledger, records: &mut [FormRecord], diagnostics: &mut Vec<Diagnostic>) {
    for (start, end) in unclaimed(text, ledger) {
        let quote = text.printed(start, end);
        let place = text.place(start, end);
        let line = text.span(start, end).line_start;
        match home(records, line) {
            Some((record, true)) => record.diagnostics.push(unread(&quote, place)),
            Some((record, false)) => record.diagnostics.push(outside(&quote, place)),
            None => diagnostics.push(outside(&quote, place)),
        }
        for index in start..end {
            if text.is_ink(index) && ledger.uses().get(index) == Some(&Use::Blank) {
                ledger.book(index, index + 1, Use::Quoted);
            }
        }
    }
}

/// The stretches of text that nothing has claimed, blanks between them included.
fn unclaimed(text: &Text, ledger: &Ledger) -> Vec<(usize, usize)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (index, entry) in ledger.uses().iter().enumerate() {
        match entry {
            Use::Blank if !text.is_ink(index) => {}
            Use::Blank => match stretches.last_mut().filter(|stretch| open && goes_on(text, **stretch, index)) {
                Some((_, end)) => *end = index + 1,
                None => {
                    stretches.push((index, index + 1));
                    open = true;
                }
            },
            _ => open = false,
        }
    }
    stretches
}

/// True where a stretch takes in the character at `index`: a quote ends with a line, if it can, so that what stands on
/// one line is quoted in one place.
fn goes_on(text: &Text, (start, end): (usize, usize), index: usize) -> bool {
    let length = index - start;
    let same_line = || text.line_of(end.saturating_sub(1)) == text.line_of(index);
    length < QUOTE_CHARS || (length < 2 * QUOTE_CHARS && same_line())
}

/// The record that a line belongs to, and whether the line is within the form; a line between two forms belongs to
/// the later one, as a heading would.
fn home(records: &mut [FormRecord], line: usize) -> Option<(&mut FormRecord, bool)> {
    let last = records.len().checked_sub(1)?;
    let ends_before = |record: &FormRecord| line_span(record).is_some_and(|span| span.line_end < line);
    let index = records.partition_point(ends_before).min(last);
    let record = records.get_mut(index)?;
    let inside = line_span(record).is_some_and(|span| (span.line_start..=span.line_end).contains(&line));
    Some((record, inside))
}

fn line_span(record: &FormRecord) -> Option<TextSpan> {
    match &record.span {
        Some(Place::Text(span)) => Some(*span),
        _ => None,
    }
}

fn unread(quote: &str, place: Place) -> Diagnostic {
    Code::UnreadText.diagnostic(format!("表内有文字未读入任何栏目：「{quote}」"), None, Some(place))
}

fn outside(quote: &str, place: Place) -> Diagnostic {
    Code::TextOutsideForm.diagnostic(format!("表外文字：「{quote}」"), None, Some(place))
}

fn no_form(text: &Text) -> Diagnostic {
    let ink = (0..text.chars.len()).any(|index| text.is_ink(index));
    let message = if ink {
        "没有找到项目支出绩效自评表：文字里没有自评表的表头（如「一级指标 二级指标 三级指标 年度指标值 实际完成值」）"
    } else {
        "文件是空的，没有可读的文字"
    };
    Code::NoForm.diagnostic(message, None::<FieldPath>, Some(Place::Text(TextSpan::lines(1, text.line_count()))))
}
