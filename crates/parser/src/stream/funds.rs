//! The funds block: rows of amounts whose blank cells left no trace.

use jixiao_core::vocab::{Label, Scope};
use jixiao_core::{Decimal, FundField};

use super::Booking;
use super::doc::{Doc, Token};
use super::headers::Header;
use super::sums::{self, Choice, Pick};
use crate::raw::{RawCell, RawField, RawForm, RawFundRow};
use crate::{rates, value};

/// Reads the rows between the funds header and `until`; returns the first token that is no fund row.
pub(crate) fn read(doc: &Doc, header: &Header, until: usize, booking: &mut Booking, raw: &mut RawForm) -> usize {
    booking.label(doc, header.start, header.end);
    let columns: Vec<Option<FundField>> = header.columns.iter().filter_map(value_column).collect();
    let mut rows: Vec<Row> = Vec::new();
    let mut at = header.end;
    while at < until {
        if skip_side_label(doc, at, booking, raw, &mut at) {
            continue;
        }
        if let Some(end) = reason_end(doc, header, at, until) {
            let label = header.names.iter().zip(&header.columns).find(|(_, label)| **label == Label::Extra);
            let field = label.zip(doc.cell(at..end)).map(|((name, _), cell)| RawField { label: name.clone(), cell });
            raw.extra.extend(field);
            at = end;
            continue;
        }
        let Some((label_end, end)) = row_at(doc, at, until) else { break };
        let figures: Vec<Figure> = (label_end..end).map(|index| figure(doc, index)).collect();
        rows.push(Row { label: at..label_end, choices: choices(&figures, &columns), figures });
        at = end;
    }
    raw.fund_rows.extend(settled(doc, &rows, &columns));
    at
}

/// A row of funds, and the ways to deal its figures to columns, the best first.
struct Row {
    label: std::ops::Range<usize>,
    figures: Vec<Figure>,
    choices: Vec<Choice>,
}

/// One past the text of a column that holds one for all rows, 原因, where it begins at `at`: behind the figures of a
/// row, in front of the label of the next.
fn reason_end(doc: &Doc, header: &Header, at: usize, until: usize) -> Option<usize> {
    let labelled =
        |index: usize| doc.label_at(Scope::FundRow, index).is_some() || doc.label_at(Scope::Block, index).is_some();
    if at == header.end || !header.columns.contains(&Label::Extra) || labelled(at) {
        return None;
    }
    let end = (at..until).find(|index| doc.tokens[*index].piece.leads && labelled(*index)).unwrap_or(until);
    (!doc.tokens[at..end].iter().any(is_figure)).then_some(end)
}

/// The rows, dealt so that they add up.
fn settled(doc: &Doc, rows: &[Row], columns: &[Option<FundField>]) -> Vec<RawFundRow> {
    let choices: Vec<&[Choice]> = rows.iter().map(|row| row.choices.as_slice()).collect();
    let picks = sums::pick(&choices);
    rows.iter().zip(picks).map(|(row, pick)| read_row(doc, row, pick, columns)).collect()
}

/// The column's field; `None` for a column that is not kept; the source column holds the labels and drops out.
fn value_column(label: &Label) -> Option<Option<FundField>> {
    match label {
        Label::FundColumn(field) => Some(Some(*field)),
        Label::Extra => Some(None),
        _ => None,
    }
}

/// The side label 项目资金（万元） may be printed between the rows.
fn skip_side_label(doc: &Doc, at: usize, booking: &mut Booking, raw: &mut RawForm, next: &mut usize) -> bool {
    let Some(hit) = doc.label_at(Scope::Block, at).filter(|hit| hit.label == Label::Funds) else { return false };
    booking.label(doc, hit.start, hit.end);
    if raw.amount_unit.is_none() {
        raw.amount_unit = doc.cell(hit.start..hit.end).filter(|cell| cell.text.contains('元'));
    }
    *next = hit.end;
    true
}

/// One past the label and one past the row that begins at `at`.
fn row_at(doc: &Doc, at: usize, until: usize) -> Option<(usize, usize)> {
    let label_end = match doc.label_at(Scope::FundRow, at) {
        Some(hit) => hit.end,
        None => unknown_label_end(doc, at, until)?,
    };
    let end = (label_end..until).find(|index| !is_figure(&doc.tokens[*index])).unwrap_or(until);
    Some((label_end, end))
}

/// A row label outside the vocabulary: text at the start of a line with figures behind it, and no block's label.
fn unknown_label_end(doc: &Doc, at: usize, until: usize) -> Option<usize> {
    let is_text = |index: usize| doc.tokens.get(index).is_some_and(|token| !is_figure(token));
    let blocked = doc.label_at(Scope::Block, at).is_some() || doc.label_at(Scope::Goal, at).is_some();
    if blocked || !doc.tokens.get(at)?.piece.leads || !is_text(at) {
        return None;
    }
    let end = (at..until.min(at + 4)).find(|index| !is_text(*index))?;
    Some(end)
}

/// Said of figures beside a blank.
const SHIFTED: &str = "这一行有空格，数字也可能属于相邻的栏";

fn is_figure(token: &Token) -> bool {
    token.shape.number.is_some() || token.shape.dash || value::amount(&token.plain).is_some()
}

fn read_row(doc: &Doc, row: &Row, pick: Pick, columns: &[Option<FundField>]) -> RawFundRow {
    let choice = |index: usize| row.choices.get(index).map(|choice| choice.columns.as_slice()).unwrap_or_default();
    let (best, rival) = (choice(pick.best), pick.rival.map(choice));
    let doubtful = rival.map(|rival| differing(&row.figures, best, rival)).unwrap_or_default();
    let mut read = RawFundRow { label: doc.cell(row.label.clone()).unwrap_or_default(), cells: Vec::new() };
    for (figure, column) in row.figures.iter().zip(best) {
        let Some(mut cell) = doc.cell([figure.token]) else { continue };
        if let Some(Some(field)) = columns.get(*column) {
            cell.doubt = doubtful.contains(&figure.token).then(|| SHIFTED.to_owned());
            read.cells.push((*field, cell));
        }
    }
    let elsewhere = |column: &&usize| !doubtful.is_empty() && !best.contains(column);
    let blanks = rival.unwrap_or_default().iter().filter(elsewhere);
    let blanks = blanks.filter_map(|column| columns.get(*column).copied().flatten());
    read.cells.extend(blanks.map(|field| (field, RawCell { doubt: Some(SHIFTED.to_owned()), ..RawCell::default() })));
    read
}

struct Figure {
    token: usize,
    value: Option<Decimal>,
    percent: bool,
}

fn figure(doc: &Doc, index: usize) -> Figure {
    let token = &doc.tokens[index];
    let value = value::amount(&token.plain).or_else(|| value::percent(&token.plain));
    Figure { token: index, value, percent: token.shape.percent }
}

/// Every order-preserving way to deal figures to columns, the best first; there are at most C(8, 4).
fn choices(figures: &[Figure], columns: &[Option<FundField>]) -> Vec<Choice> {
    let used = figures.len().min(columns.len());
    let mut ways = Vec::new();
    combinations(columns.len(), used, &mut Vec::new(), &mut ways);
    let mut scored: Vec<(i32, Vec<usize>)> = ways.into_iter().map(|way| (cost(figures, columns, &way), way)).collect();
    scored.sort();
    scored.truncate(sums::MOST_CHOICES);
    let choice = |(cost, way): (i32, Vec<usize>)| Choice { cost, money: money(figures, columns, &way), columns: way };
    scored.into_iter().map(choice).collect()
}

/// The amounts of a row, by kind.
fn money(figures: &[Figure], columns: &[Option<FundField>], way: &[usize]) -> [Option<Decimal>; 3] {
    FundField::MONEY.map(|kind| {
        let mut dealt = figures.iter().zip(way);
        dealt.find(|(_, column)| columns.get(**column) == Some(&Some(kind))).and_then(|(figure, _)| figure.value)
    })
}

fn differing(figures: &[Figure], best: &[usize], next: &[usize]) -> Vec<usize> {
    let pairs = figures.iter().zip(best.iter().zip(next));
    pairs.filter(|(figure, (a, b))| a != b && figure.value.is_some()).map(|(figure, _)| figure.token).collect()
}

/// Every rising choice of `length` columns out of `count`. The number of columns is that of one header.
fn combinations(count: usize, length: usize, prefix: &mut Vec<usize>, out: &mut Vec<Vec<usize>>) {
    const MOST: usize = 1_000;
    if prefix.len() == length {
        out.push(prefix.clone());
        return;
    }
    let first = prefix.last().map_or(0, |last| last + 1);
    for column in first..count {
        if out.len() >= MOST {
            return;
        }
        prefix.push(column);
        combinations(count, length, prefix, out);
        prefix.pop();
    }
}

/// How ill `choice` fits: shapes of the figures, blank columns, and the row's own arithmetic.
fn cost(figures: &[Figure], columns: &[Option<FundField>], choice: &[usize]) -> i32 {
    let mut row = Said::default();
    let mut sum = 0;
    for (figure, column) in figures.iter().zip(choice) {
        if let Some(Some(field)) = columns.get(*column) {
            sum += shape_cost(*field, figure);
            row.set(*field, figure.value);
        }
    }
    let skipped = (0..columns.len()).filter(|column| !choice.contains(column));
    sum += skipped.filter_map(|column| columns[column]).map(|field| skip_cost(field, &row)).sum::<i32>();
    sum + row.arithmetic_cost()
}

fn shape_cost(field: FundField, figure: &Figure) -> i32 {
    match (figure.value, field.is_money()) {
        (None, true) => 6,
        (Some(_), true) => i32::from(figure.percent) * 50,
        (Some(value), false) if field == FundField::Weight => {
            let odd = value.is_sign_negative() || value > Decimal::ONE_HUNDRED || figure.percent;
            i32::from(odd) * 50
        }
        (Some(_), false) if field == FundField::ExecutionRate => {
            if figure.percent {
                -5
            } else {
                3
            }
        }
        (Some(_), false) => i32::from(figure.percent) * 50,
        (None, false) => 0,
    }
}

/// A blank cell costs most where the form rarely leaves one; amounts are blank from the right.
fn skip_cost(field: FundField, row: &Said) -> i32 {
    let scored = row.weight.is_some() || row.score.is_some();
    match field {
        FundField::InitialBudget => 9,
        FundField::AnnualBudget => 8,
        FundField::Executed => 7,
        FundField::Weight | FundField::Score => 4 + 4 * i32::from(scored),
        _ => 3,
    }
}

/// What the figures of a row say.
#[derive(Default)]
struct Said {
    annual: Option<Decimal>,
    executed: Option<Decimal>,
    weight: Option<Decimal>,
    rate: Option<Decimal>,
    score: Option<Decimal>,
}

impl Said {
    fn set(&mut self, field: FundField, value: Option<Decimal>) {
        match field {
            FundField::AnnualBudget => self.annual = value,
            FundField::Executed => self.executed = value,
            FundField::Weight => self.weight = value,
            FundField::ExecutionRate => self.rate = value,
            FundField::Score => self.score = value,
            _ => {}
        }
    }

    fn arithmetic_cost(&self) -> i32 {
        self.rate_cost() + self.score_cost() + self.budget_cost()
    }

    /// The printed rate is near executed ÷ annual budget, in percent or as a ratio.
    fn rate_cost(&self) -> i32 {
        let (Some(rate), Some(annual), Some(executed)) = (self.rate, self.annual, self.executed) else { return 0 };
        rates::follows(rate, annual, executed).map_or(0, |follows| if follows { -15 } else { 10 })
    }

    fn score_cost(&self) -> i32 {
        match (self.weight, self.score) {
            (Some(weight), Some(score)) if score > weight => 40,
            (Some(_), Some(_)) => -5,
            _ => 0,
        }
    }

    fn budget_cost(&self) -> i32 {
        matches!((self.annual, self.executed), (Some(annual), Some(executed)) if executed > annual).into()
    }
}
