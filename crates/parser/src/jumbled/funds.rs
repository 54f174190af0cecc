//! The funds: figures of one row stay together, with their label or away from it.

use std::ops::Range;

use jixiao_core::FundField;
use jixiao_core::vocab::{Label, Scope};

use super::points::{self, Figure};
use super::words::{Sort, Word};
use super::{Sheet, UNSURE};
use crate::raw::{RawCell, RawFundRow};
use crate::value;

use FundField::{AnnualBudget, Executed, ExecutionRate, InitialBudget, Score, Weight};

/// The columns in printed order.
const COLUMNS: [FundField; 6] = [InitialBudget, AnnualBudget, Executed, Weight, ExecutionRate, Score];

/// Largest number of points.
const MOST_POINTS: i64 = 100;

/// Figures that stand together, and the row label in front of them.
#[derive(Debug, Default)]
struct Group {
    label: Option<usize>,
    cells: Vec<(FundField, usize)>,
}

impl Group {
    fn amounts(&self) -> usize {
        self.cells.iter().filter(|(field, _)| field.is_money()).count()
    }
}

/// Reads the rows of the funds among the words before the word `table`; the goals begin at the word `goals`.
pub(super) fn read(sheet: &mut Sheet, goals: usize, table: usize) {
    let columns = columns(sheet.words.get(..table).unwrap_or_default());
    let runs = runs(sheet, goals, table);
    let groups: Vec<Group> = runs.into_iter().flat_map(|run| lay(sheet, &run, &columns)).collect();
    let (labelled, loose): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|group| group.label.is_some());
    let mut rows: Vec<(usize, RawFundRow)> = Vec::new();
    let mut bare = Vec::new();
    let labels: Vec<usize> = (0..table).filter(|at| is_row(sheet, *at)).collect();
    for label in labels {
        match labelled.iter().find(|group| group.label == Some(label)) {
            Some(group) => rows.push((label, row(sheet, label, &group.cells, &columns, None))),
            None => bare.push(label),
        }
    }
    let (totals, others): (Vec<usize>, Vec<usize>) = bare.into_iter().partition(|label| is_total(sheet, *label));
    let (apart, pool) = share(loose, others.len());
    for (label, group) in others.iter().zip(&apart) {
        let doubt = (apart.len() > 1).then_some(UNSURE);
        rows.push((*label, row(sheet, *label, &group.cells, &columns, doubt)));
    }
    rows.extend(others.iter().skip(apart.len()).map(|label| (*label, row(sheet, *label, &[], &columns, None))));
    if let Some(label) = totals.first() {
        rows.push((*label, total(sheet, *label, &pool, &columns)));
    }
    rows.sort_by_key(|(label, _)| (!is_total(sheet, *label), !sheet.plain(*label).starts_with("其中"), *label));
    sheet.raw.fund_rows = rows.into_iter().map(|(_, row)| row).collect();
}

/// The columns that the form prints; all of them where their labels are lost.
fn columns(words: &[Word]) -> Vec<FundField> {
    let printed = |field: &FundField| words.iter().any(|word| word.label() == Some(Label::FundColumn(*field)));
    let columns: Vec<FundField> = COLUMNS.into_iter().filter(printed).collect();
    if columns.len() < 3 { COLUMNS.to_vec() } else { columns }
}

fn is_row(sheet: &Sheet, at: usize) -> bool {
    matches!(sheet.sort(at), Sort::Label(Scope::FundRow, _))
}

fn is_total(sheet: &Sheet, at: usize) -> bool {
    sheet.label(at) == Some(Label::FundRow { total: true })
}

/// Runs of figures. Among the goal texts only those between labels: others are part of the texts.
fn runs(sheet: &Sheet, goals: usize, table: usize) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < table {
        let end = (at..table).find(|at| sheet.sort(*at) != Sort::Figure).unwrap_or(table);
        let text = |at: usize| sheet.sort(at) == Sort::Text;
        let within_text = end > goals && (text(end) || at.checked_sub(1).is_some_and(text));
        if end > at && !within_text {
            runs.push(at..end);
        }
        at = end.max(at + 1);
    }
    runs
}

/// The groups of a run: the columns are filled from left to right, and a figure that fits no further one begins the
/// next row.
fn lay(sheet: &Sheet, run: &Range<usize>, columns: &[FundField]) -> Vec<Group> {
    let label = run.start.checked_sub(1).filter(|at| is_row(sheet, *at));
    let mut groups = vec![Group { label, ..Group::default() }];
    let mut next = 0;
    for at in run.clone() {
        let Some(figure) = figure(sheet, at) else { continue };
        let column = match column(&figure, columns, next) {
            Some(column) => column,
            None => {
                groups.push(Group::default());
                column(&figure, columns, 0).unwrap_or(0)
            }
        };
        next = column + 1;
        if let (Some(group), Some(field)) = (groups.last_mut(), columns.get(column)) {
            group.cells.push((*field, at));
        }
    }
    groups.retain(|group| !group.cells.is_empty());
    groups
}

fn figure(sheet: &Sheet, at: usize) -> Option<Figure> {
    let plain = sheet.plain(at);
    let percent = plain.ends_with('%');
    Some(Figure { at, value: value::amount(&plain).or_else(|| value::percent(&plain)), percent })
}

/// The first column from `next` on that a figure may stand in. A dash behind amounts stands for the points, which the
/// parts of the total do not have.
fn column(figure: &Figure, columns: &[FundField], next: usize) -> Option<usize> {
    let points = figure.value.is_some_and(|value| value <= MOST_POINTS.into());
    let fits = |field: FundField| match field {
        InitialBudget | AnnualBudget | Executed => !figure.percent && (figure.value.is_some() || next == 0),
        Weight => !figure.percent && (points || figure.value.is_none()),
        ExecutionRate => figure.percent || figure.value.is_none(),
        Score => !figure.percent && (points || figure.value.is_none()),
        FundField::Label => false,
    };
    (next..columns.len()).find(|column| columns.get(*column).is_some_and(|field| fits(*field)))
}

/// The groups of amounts alone, for the `count` rows whose figures stand apart from their labels, and the figures of
/// all other groups.
fn share(loose: Vec<Group>, count: usize) -> (Vec<Group>, Vec<usize>) {
    let alone = |group: &Group| {
        group.amounts() >= 2 && group.cells.iter().all(|(field, _)| !matches!(field, ExecutionRate | Score))
    };
    let surplus = loose.iter().filter(|group| alone(group)).count().saturating_sub(count);
    let (mut apart, mut pool, mut seen) = (Vec::new(), Vec::new(), 0);
    for group in loose {
        seen += usize::from(alone(&group));
        if alone(&group) && seen > surplus {
            apart.push(group);
        } else {
            pool.extend(group.cells.iter().map(|(_, at)| *at));
        }
    }
    (apart, pool)
}

/// A row of cells; where an amount is blank, any of them may be.
fn row(
    sheet: &mut Sheet,
    label: usize,
    cells: &[(FundField, usize)],
    columns: &[FundField],
    doubt: Option<&str>,
) -> RawFundRow {
    let amounts = cells.iter().filter(|(field, _)| field.is_money()).count();
    let short = amounts > 0 && amounts < columns.iter().filter(|field| field.is_money()).count();
    let unsure = |field: FundField| doubt.or_else(|| (short && field.is_money()).then_some(UNSURE)).map(str::to_owned);
    let mut row = RawFundRow { label: sheet.cell(label..label + 1).unwrap_or_default(), cells: Vec::new() };
    for field in columns {
        let at = cells.iter().find(|(own, _)| own == field).map(|(_, at)| *at);
        let cell = at.and_then(|at| sheet.cell(at..at + 1));
        let blank = || unsure(*field).map(|_| RawCell::default());
        row.cells.extend(cell.or_else(blank).map(|cell| (*field, RawCell { doubt: unsure(*field), ..cell })));
    }
    row
}

/// The total row from figures in any order.
fn total(sheet: &mut Sheet, label: usize, pool: &[usize], columns: &[FundField]) -> RawFundRow {
    let figures: Vec<Figure> = pool.iter().filter_map(|at| figure(sheet, *at)).filter(|f| f.value.is_some()).collect();
    let reading = points::solve(&figures, columns);
    let doubt = (!reading.sure).then_some(UNSURE);
    row(sheet, label, &reading.cells, columns, doubt)
}
