//! Reads forms from text in drawing order: cells row by row, a line break wherever the baseline changes, as Tika,
//! PDFBox, PDFium and PyMuPDF write them.

mod cuts;
pub(crate) mod doc;
mod foot;
mod funds;
pub(crate) mod goals;
mod head;
mod headers;
mod pages;
pub(crate) mod rows;
pub(crate) mod segment;
mod sub_table;
mod sums;
#[cfg(test)]
mod tests;
pub(crate) mod wrap;

use std::collections::HashMap;

use jixiao_core::vocab::{Label, Scope};
use jixiao_core::{Diagnostic, Family, FieldPath, FundField, IndicatorField, Place, TextSpan};

use self::doc::{Doc, points};
use self::goals::Widths;
pub(crate) use self::pages::is_page_mark;
use self::rows::{Breaks, Rows};
use self::segment::{Region, regions};
use crate::codes::Code;
use crate::family;
use crate::ledger::{Ledger, Use};
use crate::raw::{RawCell, RawForm};
use crate::remarks::see_original;
use crate::text::Text;
use crate::value;

/// Most pieces of text of one indicator table that are read. The largest published forms have some 80 indicators of
/// ten pieces; the search takes time and memory in proportion to this number, so a hostile table stays cheap.
const MOST_TABLE_TOKENS: usize = 4_000;

/// Tables that cost at most one for as many tokens are read once: no other metric would tell more.
const PLAIN_TOKENS: i32 = 4;

/// So much less costs a table whose blanks stand for line breaks when they are taken so. Measured: nine tables in ten gain
/// more where the extractor prints such blanks, one in fifty where it prints none.
const MUCH_BETTER: i32 = 20;

/// Books what is no field.
pub(crate) struct Booking<'a> {
    ledger: &'a mut Ledger,
}

impl Booking<'_> {
    /// The tokens spell a label.
    pub(crate) fn label(&mut self, doc: &Doc, start: usize, end: usize) {
        self.book(doc, start, end, Use::Label);
    }

    /// The tokens belong to the form but say nothing.
    pub(crate) fn furniture(&mut self, doc: &Doc, start: usize, end: usize) {
        self.book(doc, start, end, Use::Furniture);
    }

    fn book(&mut self, doc: &Doc, start: usize, end: usize, entry: Use) {
        for token in doc.tokens.get(start..end).unwrap_or_default() {
            self.ledger.book(token.piece.start, token.piece.end, entry);
        }
    }
}

/// The forms of a text, and how well the order of its words fits them.
pub(crate) struct Reading {
    /// The forms in printed order.
    pub(crate) forms: Vec<RawForm>,
    /// How many tables were found.
    pub(crate) tables: usize,
    /// How ill they fit.
    pub(crate) cost: i32,
    /// Every table is in the order in which it was read.
    pub(crate) fits: bool,
}

/// How tables and goal texts are laid out in the tokens of a document.
pub(crate) trait Layout {
    /// The rows of every table.
    fn tables(&self, doc: &mut Doc, tables: &[Option<rows::Table>]) -> Vec<Option<Rows>>;
    /// Fills in the goal texts of every form.
    fn goals(&self, doc: &mut Doc, regions: &[Region], rows: &[Option<Rows>], forms: &mut [RawForm]);
}

/// Cell by cell.
struct DrawingOrder;

impl Layout for DrawingOrder {
    fn tables(&self, doc: &mut Doc, tables: &[Option<rows::Table>]) -> Vec<Option<Rows>> {
        read_tables(doc, tables)
    }

    fn goals(&self, doc: &mut Doc, regions: &[Region], rows: &[Option<Rows>], forms: &mut [RawForm]) {
        read_goals(doc, regions, rows, forms);
    }
}

/// Every form of `text`, in order; labels and furniture are booked in `ledger`.
pub(crate) fn read(text: &Text, ledger: &mut Ledger) -> Reading {
    let mut doc = words(text, ledger);
    read_laid_out(&mut doc, &DrawingOrder, ledger)
}

/// The words of `text` without page numbers, which are booked.
pub(crate) fn words<'t>(text: &'t Text, ledger: &mut Ledger) -> Doc<'t> {
    let mut doc = Doc::new(text);
    pages::drop_numbers(&mut doc, &mut Booking { ledger });
    doc
}

/// Every form of `doc`, whose tables and goals are laid out as `layout` says; everything else is in drawing order.
pub(crate) fn read_laid_out(doc: &mut Doc, layout: &dyn Layout, ledger: &mut Ledger) -> Reading {
    let mut booking = Booking { ledger };
    let regions = regions(doc);
    let (mut forms, tables): (Vec<RawForm>, Vec<Option<rows::Table>>) =
        regions.iter().map(|region| draft(doc, region, &mut booking)).unzip();
    let rows = layout.tables(doc, &tables);
    layout.goals(doc, &regions, &rows, &mut forms);
    let cost = rows.iter().flatten().map(|rows| rows.cost).fold(0, i32::saturating_add);
    let fits = rows.iter().flatten().all(|rows| rows.fits);
    let tables = rows.iter().flatten().count();
    for (form, rows) in forms.iter_mut().zip(rows) {
        form.indicators = rows.map(Rows::into_indicators).unwrap_or_default();
        if form.indicators.is_empty() {
            form.remarks.push(no_rows(form));
            doubt_goals(form);
        }
    }
    for (form, region) in forms.iter_mut().zip(&regions) {
        form.family = family_of(doc, region, form);
    }
    Reading { forms, tables, cost, fits }
}

/// A form without a row of indicators: they are somewhere in its text, but not where a table would be.
fn no_rows(form: &RawForm) -> Diagnostic {
    let message = see_original!("没有读出绩效指标：没有找到指标表的表头，或者表头下面没有读得出的行；");
    Code::MissingPart.diagnostic(message, Some(FieldPath::Indicators), form.span.clone())
}

/// Where the table is not in drawing order, the goals are not either.
fn doubt_goals(form: &mut RawForm) {
    for cell in [&mut form.expected, &mut form.actual].into_iter().flatten() {
        cell.doubt = Some(rows::MISFIT.to_owned());
    }
}

/// The layout family that the form's title and labels show.
fn family_of(doc: &Doc, region: &Region, raw: &RawForm) -> Family {
    let tables = [&region.funds, &region.goals, &region.indicators].into_iter().flatten();
    let first_table = tables.clone().map(|header| header.start).min().unwrap_or(region.end);
    let mut labels = head::labels(doc, region, first_table);
    labels.extend(tables.flat_map(|header| header.names.iter().cloned()));
    let level1 = raw.indicators.iter().filter_map(|row| row.get(IndicatorField::Level1));
    labels.extend(level1.map(|cell| cell.text.clone()));
    let title = raw.title.as_ref().map_or("", |cell| cell.text.as_str());
    family::recognise(title, labels.iter().map(String::as_str))
}

/// Reads the goal texts of every form.
fn read_goals(doc: &mut Doc, regions: &[Region], rows: &[Option<Rows>], forms: &mut [RawForm]) {
    find_metric(doc, regions);
    let learned = goal_widths(doc, regions);
    for ((region, form), rows) in regions.iter().zip(forms).zip(rows) {
        let least_expected = rows.as_ref().and_then(Rows::least_expected_width).max(learned.least_expected);
        if let Some((start, end)) = goal_block(doc, region) {
            goals::read(doc, start, end, Widths { least_expected, ..learned }, form);
            if rows.as_ref().is_some_and(|rows| !rows.fits) {
                doubt_goals(form);
            }
        }
    }
}

/// Reads every indicator table in the metric that fits them best, and again where tables with the same header show
/// other widths.
fn read_tables(doc: &mut Doc, tables: &[Option<rows::Table>]) -> Vec<Option<Rows>> {
    let mut readings = Vec::new();
    for metric in doc.metrics() {
        doc.measure(metric);
        let read = |table: &Option<rows::Table>| rows::read(doc, table.as_ref()?, &[], Breaks::Lines);
        let (breaks, rows) = breaks(doc, tables, tables.iter().map(read).collect());
        let cost = rows.iter().flatten().map(|rows| rows.cost).fold(0, i32::saturating_add);
        readings.push((cost, metric, breaks, rows));
        if cost.saturating_mul(PLAIN_TOKENS) <= count_tokens(tables) {
            break;
        }
    }
    let best = readings.into_iter().min_by_key(|(cost, ..)| *cost);
    let Some((_, metric, breaks, first)) = best else { return Vec::new() };
    doc.measure(metric);
    let again: Vec<Option<Rows>> = again(doc, tables, &first, breaks);
    first.into_iter().zip(again).map(|(first, again)| again.or(first)).collect()
}

/// Some extractors print a blank for the line breaks within some cells: the reading `hard` of the tables, or the one
/// that takes it so, where the table that fits worst fits much better then.
fn breaks(doc: &Doc, tables: &[Option<rows::Table>], hard: Vec<Option<Rows>>) -> (Breaks, Vec<Option<Rows>>) {
    let read = |table: &Option<rows::Table>| rows::read(doc, table.as_ref()?, &[], Breaks::Blanks);
    let worst = tables.iter().zip(&hard).filter_map(|(table, rows)| Some((table, rows.as_ref()?.cost)));
    let Some((table, cost)) = worst.max_by_key(|(_, cost)| *cost).filter(|(_, cost)| *cost >= MUCH_BETTER) else {
        return (Breaks::Lines, hard);
    };
    let fitting = read(table).filter(|soft| soft.fits && cost.saturating_sub(soft.cost) >= MUCH_BETTER);
    if fitting.is_none() {
        return (Breaks::Lines, hard);
    }
    (Breaks::Blanks, tables.iter().map(read).collect())
}

fn count_tokens(tables: &[Option<rows::Table>]) -> i32 {
    i32::try_from(tables.iter().flatten().map(|table| table.tokens.len()).sum::<usize>()).unwrap_or(i32::MAX)
}

/// Tables read again with the widths that most tables with the same header show, where those differ from their own.
fn again(doc: &Doc, tables: &[Option<rows::Table>], first: &[Option<Rows>], breaks: Breaks) -> Vec<Option<Rows>> {
    let mut alike: HashMap<&[Label], Vec<&Rows>> = HashMap::new();
    for (table, rows) in tables.iter().zip(first) {
        if let (Some(table), Some(rows)) = (table, rows) {
            alike.entry(table.labels).or_default().push(rows);
        }
    }
    let known: HashMap<&[Label], Vec<Option<i32>>> =
        alike.into_iter().map(|(labels, rows)| (labels, rows::consensus(&rows))).collect();
    let again = |table: &rows::Table, own: &Rows| {
        let known = known.get(table.labels)?;
        let differs = known.iter().zip(&own.widths).any(|(known, own)| known.is_some() && known != own);
        if differs { rows::read(doc, table, known, breaks) } else { None }
    };
    tables.iter().zip(first).map(|(table, own)| again(table.as_ref()?, own.as_ref()?)).collect()
}

/// The form without its goals and indicators, and the indicator table.
fn draft<'a>(doc: &Doc, region: &'a Region, booking: &mut Booking) -> (RawForm, Option<rows::Table<'a>>) {
    let mut raw = RawForm::default();
    let first_table = [&region.funds, &region.goals, &region.indicators].into_iter().flatten().map(|h| h.start).min();
    head::read(doc, region, first_table.unwrap_or(region.end), booking, &mut raw);
    if let Some(header) = &region.funds {
        let behind = [&region.goals, &region.indicators].into_iter().flatten().map(|h| h.start);
        let after = behind.filter(|start| *start > header.start).min();
        let end = funds::read(doc, header, after.unwrap_or(region.end), booking, &mut raw);
        sub_table::read(doc, end, after.unwrap_or(end), booking, &mut raw);
    }
    if let (Some(header), Some((_, end))) = (&region.goals, goal_block(doc, region)) {
        booking.label(doc, header.start, header.end);
        let next = next_block(region, header.start).unwrap_or(end);
        if region.funds.as_ref().is_some_and(|funds| funds.start > header.start) {
            head::read_fields(doc, end..next, booking, &mut raw);
        } else {
            book_side_labels(doc, end, next, booking);
        }
    }
    let (table, end) = find_table(doc, region, booking, &mut raw);
    raw.span = span_of(doc, region.start, end);
    (raw, table)
}

/// Books side labels such as 年度总体目标 between two blocks.
fn book_side_labels(doc: &Doc, start: usize, end: usize, booking: &mut Booking) {
    let mut at = start;
    while at < end {
        match doc.label_at(Scope::Block, at).filter(|hit| hit.end <= end) {
            Some(hit) => {
                booking.label(doc, hit.start, hit.end);
                at = hit.end;
            }
            None => at += 1,
        }
    }
}

/// The tokens of the goal texts: behind the goals header, before the side label or header of the indicators.
pub(crate) fn goal_block(doc: &Doc, region: &Region) -> Option<(usize, usize)> {
    let header = region.goals.as_ref()?;
    let start = header.end;
    let table = next_block(region, header.start).unwrap_or(region.end);
    if region.funds.as_ref().is_some_and(|funds| funds.start == table) {
        return Some((start, head::first_field(doc, start..table)));
    }
    let side = (start..table).rev().take(6).filter(|at| {
        let hit = doc.label_at(Scope::Block, *at);
        hit.is_some_and(|hit| hit.label == Label::Indicators && hit.end == table && doc.tokens[*at].piece.leads)
    });
    Some((start, side.min().unwrap_or(table)))
}

/// Where the block begins that follows the one at `start`.
fn next_block(region: &Region, start: usize) -> Option<usize> {
    let heads = [&region.funds, &region.goals, &region.indicators].into_iter().flatten().map(|header| header.start);
    heads.filter(|head| *head > start).min()
}

/// Measures the document in the way in which its goal texts, the longest of a form, break their lines best.
fn find_metric(doc: &mut Doc, regions: &[Region]) {
    let blocks: Vec<(usize, usize)> = regions.iter().filter_map(|region| goal_block(doc, region)).collect();
    let mut costs = Vec::new();
    for metric in doc.metrics() {
        doc.measure(metric);
        let splits = blocks.iter().map(|(start, end)| goals::split(doc, *start, *end, Widths::default()).cost);
        costs.push((splits.fold(0, i32::saturating_add), metric));
    }
    if let Some((_, metric)) = costs.iter().min_by_key(|(cost, _)| *cost) {
        doc.measure(*metric);
    }
}

/// What the goal columns' widths are, from every form that shows them.
fn goal_widths(doc: &Doc, regions: &[Region]) -> Widths {
    let learned: Vec<Widths> = regions
        .iter()
        .filter_map(|region| goal_block(doc, region))
        .map(|(start, end)| goals::learn(doc, start, end))
        .collect();
    let blocks = regions.iter().filter_map(|region| goal_block(doc, region));
    let widest = blocks.filter_map(|(start, end)| wrap::full_width(doc, start, end)).max();
    let median = |mut widths: Vec<i32>| -> Option<i32> {
        widths.sort_unstable();
        widths.get(widths.len() / 2).copied()
    };
    Widths {
        expected: median(learned.iter().filter_map(|widths| widths.expected).collect()),
        actual: median(learned.iter().filter_map(|widths| widths.actual).collect()),
        least_expected: widest.map(|widest| widest * 4 / 5),
    }
}

/// The indicator table, with the total row and the foot read; and one past the form's last token.
fn find_table<'a>(
    doc: &Doc,
    region: &'a Region,
    booking: &mut Booking,
    raw: &mut RawForm,
) -> (Option<rows::Table<'a>>, usize) {
    let Some(header) = &region.indicators else { return (None, region.end) };
    booking.label(doc, header.start, header.end);
    let mut end = table_end(doc, region, header.end);
    let mut next = end;
    if let Some(hit) = region.total {
        next = foot::read_total(doc, hit, region.end, booking, raw);
    } else if let Some(line) = unlabelled_total(doc, header.end, end) {
        next = foot::read_points(doc, line, end, booking, raw);
        end = line;
    } else if header.columns.contains(&Label::IndicatorColumn(IndicatorField::Score)) {
        raw.remarks.push(no_total(doc, end));
    }
    let next = foot::read_fields(doc, next, region.end, booking, raw);
    let mut tokens = rows::table_tokens(doc, region, header.end, end, booking);
    if let Some(first) = tokens.get(MOST_TABLE_TOKENS) {
        raw.remarks.push(too_long(doc, *first));
        tokens.truncate(MOST_TABLE_TOKENS);
    }
    let (spaced, airy) = (is_spaced(doc, region), is_airy(doc, region));
    let table = rows::Table { labels: &header.columns, tokens, sums: sums(raw), spaced, airy };
    (Some(table), next)
}

/// A form that scores its indicators ends with what they add up to.
fn no_total(doc: &Doc, end: usize) -> Diagnostic {
    let place = end.checked_sub(1).and_then(|last| doc.tokens.get(last));
    let place = place.map(|token| doc.text.place(token.piece.start, token.piece.end));
    let message = "没有找到总分行：表可能在这里被截断，请核对原件是否还有下文";
    Code::MissingPart.diagnostic(message, Some(FieldPath::Total), place)
}

fn too_long(doc: &Doc, first: usize) -> Diagnostic {
    let place = doc.tokens.get(first).map(|token| doc.text.place(token.piece.start, token.piece.end));
    let message =
        format!("指标表太长：一张表最多读 {MOST_TABLE_TOKENS} 段文字，后面的没有读；请检查文件，必要时分成几张表");
    Code::LimitReached.diagnostic(message, Some(FieldPath::Indicators), place)
}

/// One past the last token of the table's rows. In a table without points, no sums end it but a field of the foot.
fn table_end(doc: &Doc, region: &Region, start: usize) -> usize {
    let last = region.total.map_or(region.end, |hit| hit.start);
    let has = |field| {
        region.indicators.as_ref().is_some_and(|header| header.columns.contains(&Label::IndicatorColumn(field)))
    };
    let unscored = !has(IndicatorField::Score) && !has(IndicatorField::Weight);
    let foot = |at: &usize| {
        let ends = |label| matches!(label, Label::Grade | Label::Note) || (label == Label::Extra && unscored);
        let hit = doc.label_at(Scope::Foot, *at).filter(|hit| ends(hit.label));
        doc.tokens[*at].piece.leads && hit.is_some()
    };
    (start..last).find(foot).unwrap_or(last)
}

/// The total row whose label was lost: two numbers on a last line or on two of their own, the first a round hundred.
fn unlabelled_total(doc: &Doc, start: usize, end: usize) -> Option<usize> {
    const HUNDRED: i64 = 1_000_000;
    let first = end.checked_sub(2).filter(|first| *first >= start)?;
    let [weight, score] = doc.tokens.get(first..end)? else { return None };
    let alone = weight.piece.leads && (weight.piece.line == score.piece.line || score.piece.leads);
    let fits = weight.shape.number == Some(HUNDRED) && score.shape.number.is_some_and(|score| score <= HUNDRED);
    (alone && fits).then_some(first)
}

/// Figures stand apart from the 汉字 around them in the goal texts.
fn is_spaced(doc: &Doc, region: &Region) -> bool {
    let Some((start, end)) = goal_block(doc, region) else { return false };
    let tokens = doc.tokens.get(start..end).unwrap_or_default();
    let set_off = tokens.windows(2).filter(|pair| {
        let narrow = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        !pair[1].piece.leads && (narrow(pair[0].plain.chars().last()) != narrow(pair[1].plain.chars().next()))
    });
    set_off.count() >= 2
}

/// Most lines of the goal texts have a blank line above them: the extractor took the line pitch for a paragraph's.
fn is_airy(doc: &Doc, region: &Region) -> bool {
    let Some((start, end)) = goal_block(doc, region) else { return false };
    let lines = doc.tokens.get(start..end).unwrap_or_default().iter().filter(|token| token.piece.leads);
    let (mut count, mut blank) = (0_usize, 0_usize);
    for line in lines.skip(1) {
        count += 1;
        blank += usize::from(line.piece.blanks_above > 0);
    }
    count >= 2 && blank * 2 > count
}

/// What the indicators must add up to: the total row less the fund row.
fn sums(raw: &RawForm) -> rows::Sums {
    let number = |cell: Option<&RawCell>| cell.and_then(|cell| value::number(&cell.text)).and_then(points);
    let fund = |field| number(raw.fund_rows.first().and_then(|row| row.get(field))).unwrap_or(0);
    rows::Sums {
        weights: number(raw.total_weight.as_ref()).map(|total| total - fund(FundField::Weight)),
        scores: number(raw.total_score.as_ref()).map(|total| total - fund(FundField::Score)),
    }
}

/// The lines that the tokens `start..end` cover.
fn span_of(doc: &Doc, start: usize, end: usize) -> Option<Place> {
    let lines = || doc.tokens.get(start..end.max(start + 1)).unwrap_or_default().iter().map(|token| token.piece.line);
    Some(Place::Text(TextSpan::lines(lines().min()? + 1, lines().max()? + 1)))
}
