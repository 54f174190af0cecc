//! Reads forms whose words stand in no order of rows: what crawlers keep of a page whose cells were drawn one by one,
//! on one line, columns of labels here and rows of figures there.
//!
//! No search over orders can be trusted with such a text. What holds in all of them is used instead: every label is
//! printed and known, the words of one column keep their order from top to bottom, the figures of one row stay
//! together, and the form's own arithmetic tells the figures of the funds apart. What does not follow from these is
//! said to be unsure or quoted.

mod funds;
mod goals;
mod head;
mod levels;
mod names;
mod points;
mod table;
mod words;

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::ops::Range;

use jixiao_core::vocab::{Label, Scope};
use jixiao_core::{FieldPath, Place, TextSpan};

use self::words::{Sort, Word, opens_table, words};
use crate::codes::Code;
use crate::family;
use crate::ledger::{Ledger, Use};
use crate::raw::{RawCell, RawForm};
use crate::remarks::see_original;
use crate::stream::{self, doc::Doc};
use crate::text::Text;

/// Fewest different labels that show a form: a text about forms names fewer of them as words of their own.
const FEWEST_LABELS: usize = 10;

/// Fewest figures of a form.
const FEWEST_FIGURES: usize = 4;

/// Most words of one form; a longer stretch is no form of which nothing but the order is lost.
const MOST_WORDS: usize = 2_000;

/// Fewest characters a line, on average, of a text whose lines are not the page's.
const LONG_LINES: usize = 200;

/// So many names of one level side by side stand apart from the rows they belong to.
const NAMES_APART: usize = 2;

/// Why a cell is unsure.
const UNSURE: &str = "文字的次序与表格不符，这一栏是按标签和数字的关系推定的";

/// The words of one form and what has been made of them.
#[derive(Debug)]
struct Sheet<'a> {
    doc: &'a Doc<'a>,
    words: &'a [Word],
    /// Words that are in a cell already.
    taken: HashSet<usize>,
    raw: RawForm,
}

impl Sheet<'_> {
    fn sort(&self, at: usize) -> Sort {
        self.words.get(at).map_or(Sort::Furniture, |word| word.sort)
    }

    fn label(&self, at: usize) -> Option<Label> {
        self.words.get(at).and_then(Word::label)
    }

    /// The word at `at` as printed, folded.
    fn plain(&self, at: usize) -> String {
        let tokens = self.words.get(at).and_then(|word| self.doc.tokens.get(word.start..word.end));
        tokens.unwrap_or_default().iter().map(|token| token.plain.as_str()).collect()
    }

    fn ends_sentence(&self, at: usize) -> bool {
        self.plain(at).ends_with(['。', ';', '!'])
    }

    /// The word belongs to no cell yet.
    fn is_free(&self, at: usize) -> bool {
        !self.taken.contains(&at)
    }

    /// The cell of the words `range`, which are taken with it.
    fn cell(&mut self, range: Range<usize>) -> Option<RawCell> {
        self.cell_of(&range.collect::<Vec<usize>>())
    }

    /// The cell of the words `at`, in this order, which are taken with it.
    fn cell_of(&mut self, at: &[usize]) -> Option<RawCell> {
        self.taken.extend(at);
        let words = at.iter().filter_map(|at| self.words.get(*at));
        self.doc.cell(words.flat_map(|word| word.start..word.end))
    }
}

/// True for a text on long lines that prints the names of a level side by side, as no row does.
pub(crate) fn has_columns_apart(text: &Text) -> bool {
    if text.chars.len() < LONG_LINES * text.line_count() {
        return false;
    }
    let doc = Doc::new(text);
    let words = words(&doc);
    let apart = words.windows(2).filter(|pair| {
        matches!(pair, [Word { sort: Sort::Level(first, second), .. }, Word { sort, .. }]
            if first != second && *sort == Sort::Level(*first, *second))
    });
    apart.count() >= NAMES_APART
}

/// The forms of `text`, in printed order; labels and furniture are booked in `ledger`. Empty where the text does not
/// plainly hold the labels of a form.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> Vec<RawForm> {
    let doc = stream::words(text, ledger);
    let words = words(&doc);
    let stretches = stretches(&words);
    stretches
        .into_iter()
        .map(|range| &words[range])
        .filter(|words| is_form(words))
        .map(|words| {
            book(&doc, words, ledger);
            form(&doc, words)
        })
        .collect()
}

/// Each title begins a form; what stands before the first one is none of it.
fn stretches(words: &[Word]) -> Vec<Range<usize>> {
    let titles = (0..words.len()).filter(|at| words.get(*at).is_some_and(|word| word.sort == Sort::Title));
    let mut starts: Vec<usize> = titles.collect();
    if starts.is_empty() {
        starts.push(0);
    }
    let ends = starts.iter().skip(1).copied().chain([words.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// True for words among which the labels of a form and figures stand: some of them columns of the indicators.
fn is_form(words: &[Word]) -> bool {
    let labels: HashSet<(Scope, Label)> = words
        .iter()
        .filter_map(|word| match word.sort {
            Sort::Label(scope, label) => Some((scope, label)),
            _ => None,
        })
        .collect();
    let figures = words.iter().filter(|word| word.sort == Sort::Figure).count();
    let columns = labels.iter().filter(|(scope, _)| *scope == Scope::IndicatorColumn).count();
    words.len() <= MOST_WORDS && labels.len() >= FEWEST_LABELS && columns >= 3 && figures >= FEWEST_FIGURES
}

fn book(doc: &Doc, words: &[Word], ledger: &mut Ledger) {
    for word in words {
        let entry = match word.sort {
            Sort::Label(..) => Use::Label,
            Sort::Furniture => Use::Furniture,
            _ => continue,
        };
        for token in doc.tokens.get(word.start..word.end).unwrap_or_default() {
            ledger.book(token.piece.start, token.piece.end, entry);
        }
    }
}

fn form(doc: &Doc, words: &[Word]) -> RawForm {
    let mut sheet = Sheet { doc, words, taken: HashSet::new(), raw: RawForm::default() };
    let find = |wanted: &dyn Fn(&Word) -> bool| words.iter().position(wanted);
    let table = find(&|word| opens_table(word.sort)).unwrap_or(words.len());
    let goals = find(&|word| matches!(word.label(), Some(Label::Expected | Label::Actual))).unwrap_or(table).min(table);
    heading(&mut sheet);
    funds::read(&mut sheet, goals, table);
    head::read(&mut sheet, 0..goals);
    goals::read(&mut sheet, goals..table);
    table::read(&mut sheet, table..words.len());
    let mut raw = std::mem::take(&mut sheet.raw);
    raw.family = family_of(&sheet, &raw);
    raw.span = span(doc, words);
    if raw.indicators.is_empty() {
        let message = see_original!("没有读出绩效指标：文字的次序与表格不符，指标行的各栏对不上；");
        raw.remarks.push(Code::MissingPart.diagnostic(message, Some(FieldPath::Indicators), raw.span.clone()));
    }
    raw.remarks.push(Code::UncertainRow.diagnostic(
        see_original!("整张表的文字次序与表格不符，各栏是按标签和数字的关系读出的；"),
        None,
        raw.span.clone(),
    ));
    raw
}

/// The title, the year and the unit of the amounts.
fn heading(sheet: &mut Sheet) {
    for at in 0..sheet.words.len() {
        let unit = || sheet.label(at) == Some(Label::Funds) && sheet.plain(at).contains('元');
        match sheet.sort(at) {
            Sort::Title if at == 0 => sheet.raw.title = sheet.cell(at..at + 1),
            Sort::Year if sheet.raw.year.is_none() => sheet.raw.year = sheet.cell(at..at + 1),
            Sort::AmountUnit => sheet.raw.amount_unit = sheet.cell(at..at + 1),
            _ if sheet.raw.amount_unit.is_none() && unit() => sheet.raw.amount_unit = sheet.cell(at..at + 1),
            _ => {}
        }
    }
}

fn family_of(sheet: &Sheet, raw: &RawForm) -> jixiao_core::Family {
    let labels: Vec<String> =
        (0..sheet.words.len()).filter(|at| sheet.label(*at).is_some()).map(|at| sheet.plain(at)).collect();
    let title = raw.title.as_ref().map_or("", |cell| cell.text.as_str());
    family::recognise(title, labels.iter().map(String::as_str))
}

/// The lines that the words cover.
fn span(doc: &Doc, words: &[Word]) -> Option<Place> {
    let line = |token: usize| doc.tokens.get(token).map(|token| token.piece.line + 1);
    let (first, last) = (line(words.first()?.start)?, line(words.last()?.end.checked_sub(1)?)?);
    Some(Place::Text(TextSpan::lines(first, last)))
}
