//! The indicator table: columns on each page, rows, and the level names merged over them.

use std::collections::BTreeSet;
use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::fold::is_blank;
use jixiao_core::vocab::{self, Label, Scope};

use super::bands::{Columns, side_end};
use super::cells::{Cells, SIDE};
use super::fit::{Kind, Place, fit};
use super::heads::{Column, Head, is_side_part};
use super::levels::{self, Group, NameLine, Unit};
use super::mend::mend;
use super::pages;
use super::rows::{self, Plan, Row, TableLine};
use super::sheet::{Sheet, Word};
use super::side::Side;
use crate::remarks::NAME_OF_NEIGHBOURS;
use crate::value;

/// Height of a line in hundredths.
const LINE: i64 = 100;

/// How much higher than its lines a row may be, in hundredths of a line.
const PADDINGS: [i64; 4] = [0, 25, 60, 120];

/// Puts the rows of `lines` below `head` into `cells`; returns the columns of the last page, that of line `total`.
pub(super) fn read(
    sheet: &Sheet<'_>,
    head: &Head,
    lines: Range<usize>,
    total: Option<usize>,
    cells: &mut Cells,
) -> Columns {
    let labels: Vec<Option<Label>> = head.columns.iter().map(|column| column.label).collect();
    let mut side = Side::default();
    side.take(sheet, head.side.iter().copied());
    let (mut table, columns) = table_lines(sheet, head, lines, total, &mut side);
    let plan = plan(&labels, &table);
    let rows = rows::cut(sheet, &table, &plan);
    let kinds: Vec<Kind> = labels.iter().map(|label| kind(*label)).collect();
    mend(sheet, &mut table, &rows, &plan, &kinds);
    cells.row();
    cells.put(sheet, SIDE, 1, &side.into_words());
    for (column, label) in (1..).zip(&head.columns) {
        cells.put(sheet, column, 1, &label.words);
    }
    Emit { sheet, table: &table, rows: &rows, plan: &plan }.all(&labels, cells);
    columns
}

/// The lines with their words by column; words of the side label go to `side`.
fn table_lines(
    sheet: &Sheet<'_>,
    head: &Head,
    lines: Range<usize>,
    total: Option<usize>,
    side: &mut Side,
) -> (Vec<TableLine>, Columns) {
    let mut table = Vec::new();
    let mut columns = Columns::default();
    let first_page = sheet.page(head.lines.start);
    let known = pages::Known::new(sheet, head, lines.clone());
    let columns_of = |page: Range<usize>, columns: &mut Columns, side: &Side| {
        let words: Vec<Word> = sheet.words(page.clone()).copied().collect();
        let here = sheet.page(page.start) == first_page;
        let left = head.columns.first().map_or(0, |column| column.extent.start);
        let at_side = |edge: &usize| if here { *edge <= left } else { side.goes_on(sheet, &words, *edge) };
        let edge = Some(side_end(sheet, &words, is_side_part)).filter(at_side).unwrap_or(0);
        let inner: Vec<Word> = words.iter().filter(|word| word.x >= edge).copied().collect();
        *columns = if here { known.on_first_page(sheet, head, &inner) } else { known.on_page(sheet, &inner) };
        let extents = known.starts(&columns.ink(&inner), here);
        let place = |(column, at): (&Column, Option<Range<usize>>)| Place { kind: kind(column.label), at };
        let places: Vec<Vec<Place>> =
            extents.into_iter().map(|extents| head.columns.iter().zip(extents).map(place).collect()).collect();
        (edge, places)
    };
    for page in sheet.pages(lines.start..total.map_or(lines.end, |total| total + 1)) {
        let body = page.start..page.end.min(lines.end);
        let (edge, places) = columns_of(body.clone(), &mut columns, side);
        side.take(sheet, sheet.words(body.clone()).filter(|word| word.x < edge).copied());
        if columns.clean && figures_fit(sheet, head, &columns, edge, body.clone()) {
            for line in body {
                let words = sheet.line(line);
                let cells = columns.part(words.iter().filter(|word| word.x >= edge).copied());
                table.push(TableLine { cells, line });
            }
            continue;
        }
        for (line, cells) in body.clone().zip(fit(sheet, body, edge, &places)) {
            table.push(TableLine { cells, line });
        }
    }
    table.retain(|line| line.cells.iter().any(|cell| !cell.is_empty()));
    (table, columns)
}

/// The columns of points hold numbers and nothing else, and those of a line all of them or none.
fn figures_fit(sheet: &Sheet<'_>, head: &Head, columns: &Columns, edge: usize, lines: Range<usize>) -> bool {
    let points = |word: &Word| {
        let plain = sheet.plain(word);
        value::number(&plain).is_some() || is_blank(&plain)
    };
    let kinds: Vec<Kind> = head.columns.iter().map(|column| kind(column.label)).collect();
    let mut filled = vec![false; kinds.len()];
    let whole = lines.clone().all(|line| {
        let cells = columns.part(sheet.line(line).iter().filter(|word| word.x >= edge).copied());
        let cells = || kinds.iter().zip(&cells).filter(|(kind, _)| **kind == Kind::Figure);
        cells().all(|(_, words)| words.iter().all(points))
            && (cells().all(|(_, words)| words.is_empty()) || cells().all(|(_, words)| words.len() == 1))
    });
    for word in sheet.words(lines) {
        if let Some(filled) = filled.get_mut(columns.of(word)) {
            *filled = true;
        }
    }
    whole && kinds.iter().zip(&filled).all(|(kind, filled)| *kind != Kind::Figure || *filled)
}

fn kind(label: Option<Label>) -> Kind {
    match label {
        Some(Label::IndicatorColumn(IndicatorField::Level1 | IndicatorField::Level2)) => Kind::Level,
        Some(Label::IndicatorColumn(IndicatorField::Level3)) => Kind::Name,
        Some(Label::IndicatorColumn(IndicatorField::Weight | IndicatorField::Score)) => Kind::Figure,
        Some(Label::IndicatorColumn(IndicatorField::Deviation)) => Kind::Remark,
        _ => Kind::Text,
    }
}

fn plan(labels: &[Option<Label>], table: &[TableLine]) -> Plan {
    let at = |field| labels.iter().position(|label| *label == Some(Label::IndicatorColumn(field)));
    let name = at(IndicatorField::Level3);
    let figures = at(IndicatorField::Weight).or_else(|| at(IndicatorField::Score));
    let filled =
        |line: &TableLine| figures.and_then(|column| line.cells.get(column)).is_some_and(|cell| !cell.is_empty());
    let anchors = table.iter().map(filled).collect();
    let levels = [at(IndicatorField::Level1), at(IndicatorField::Level2)];
    let first = levels.into_iter().flatten().max().map_or(0, |last| last + 1);
    Plan { own: first..labels.len(), name, anchors }
}

struct Emit<'a> {
    sheet: &'a Sheet<'a>,
    table: &'a [TableLine],
    rows: &'a [Row],
    plan: &'a Plan,
}

impl Emit<'_> {
    /// Puts every row with the level names it is under.
    fn all(&self, labels: &[Option<Label>], cells: &mut Cells) {
        let at = |field| labels.iter().position(|label| *label == Some(Label::IndicatorColumn(field)));
        let (level1, level2) = self.best_levels(at(IndicatorField::Level1), at(IndicatorField::Level2));
        for (index, row) in self.rows.iter().enumerate() {
            cells.row();
            self.put_level(at(IndicatorField::Level1), &level1, index, cells);
            self.put_level(at(IndicatorField::Level2), &level2, index, cells);
            for column in self.plan.own.clone() {
                let words = self.words(column, row.lines.clone());
                cells.put(self.sheet, column + 1, 1, &words);
                if !words.is_empty() && row.doubted.contains(&column) {
                    cells.doubt_last("有的文字也可能属于上下相邻的指标", &BTreeSet::from([0]));
                }
            }
            if row.doubtful {
                cells.doubt("这几行文字的归属不能确定，也可能属于相邻的指标。");
            }
        }
    }

    fn put_level(&self, column: Option<usize>, groups: &[Named], row: usize, cells: &mut Cells) {
        let Some(column) = column else { return };
        let named = groups.iter().any(|group| !group.words.is_empty());
        for group in groups.iter().filter(|group| group.rows.contains(&row)) {
            let doubtful = group.doubtful.contains(&(row - group.rows.start));
            if group.words.is_empty() && named && doubtful {
                cells.doubt("这一行没有读到级别名称，也可能属于上下相邻的级别");
            }
            if group.rows.start == row && !group.words.is_empty() {
                cells.put(self.sheet, column + 1, group.rows.len(), &group.words);
                cells.doubt_last(NAME_OF_NEIGHBOURS, &group.doubtful);
            }
        }
    }

    fn words(&self, column: usize, lines: Range<usize>) -> Vec<Word> {
        let lines = self.table.get(lines).unwrap_or_default();
        lines.iter().filter_map(|line| line.cells.get(column)).flatten().copied().collect()
    }

    /// The groups of both levels at the row padding that fits them best.
    fn best_levels(&self, level1: Option<usize>, level2: Option<usize>) -> (Vec<Named>, Vec<Named>) {
        let tries = PADDINGS.into_iter().filter_map(|padding| self.levels(level1, level2, padding));
        let best = tries.min_by_key(|(cost, ..)| *cost);
        best.map(|(_, level1, level2)| (level1, level2)).unwrap_or_default()
    }

    fn levels(
        &self,
        level1: Option<usize>,
        level2: Option<usize>,
        padding: i64,
    ) -> Option<(i64, Vec<Named>, Vec<Named>)> {
        let heights = self.heights(padding);
        let units: Vec<Unit> = self.units(padding);
        let names2 = self.name_lines(level2, &heights);
        let (cost2, groups2) = match level2 {
            Some(_) => levels::groups(self.sheet, &names2, &units, Scope::Level2)?,
            None => (
                0,
                (0..units.len())
                    .map(|row| Group { units: row..row + 1, lines: 0..0, doubtful: BTreeSet::new() })
                    .collect(),
            ),
        };
        let stem = |group: &Group| {
            let words = names2.get(group.lines.clone()).unwrap_or_default().iter().flat_map(|line| &line.words);
            vocab::official_level1_stem(&vocab::level_name(&self.sheet.spelled(words)))
        };
        let unit = |group: &Group| Some(Unit { stem: stem(group), ..joined(units.get(group.units.clone())?)? });
        let units1: Vec<Unit> = groups2.iter().filter_map(unit).collect();
        let names1 = self.name_lines(level1, &heights);
        let (cost1, groups1) = match level1 {
            Some(_) => levels::groups(self.sheet, &names1, &units1, Scope::Level1)?,
            None => (0, Vec::new()),
        };
        let rows_of = |group: &Group| -> Range<usize> {
            let part = groups2.get(group.units.clone()).unwrap_or_default();
            part.first().map_or(0, |first| first.units.start)..part.last().map_or(0, |last| last.units.end)
        };
        let rows_in = |unit: usize| groups2.get(unit).map_or(0..0, |group| group.units.clone());
        let named1 = groups1.iter().map(|group| Named::new(group, rows_of(group), &names1, rows_in)).collect();
        let named2 = groups2.iter().map(|group| Named::new(group, group.units.clone(), &names2, |row| row..row + 1));
        let named2 = named2.collect();
        Some((cost1 + cost2, named1, named2))
    }

    /// How many lines high each row is.
    fn row_height(&self, row: &Row) -> i64 {
        let lines = self.table.get(row.lines.clone()).unwrap_or_default();
        let tall =
            |column: usize| lines.iter().filter(|line| line.cells.get(column).is_some_and(|c| !c.is_empty())).count();
        let tallest = self.plan.own.clone().map(tall).max().unwrap_or(1).max(1);
        i64::try_from(tallest.max(self.reach(row))).unwrap_or(1) * LINE
    }

    /// Twice the lines of the cells that lie wholly above, or wholly below, the figures of the row.
    fn reach(&self, row: &Row) -> usize {
        let middle = row.lines.clone().find(|line| self.plan.anchors.get(*line) == Some(&true));
        let beyond = |column: usize| {
            let lines = self.filled(column, row);
            let outside = middle.is_some_and(|middle| {
                lines.iter().all(|line| *line < middle) || lines.iter().all(|line| *line > middle)
            });
            if outside { 2 * lines.len() } else { 0 }
        };
        self.plan.own.clone().map(beyond).max().unwrap_or(0)
    }

    fn units(&self, padding: i64) -> Vec<Unit> {
        let page = |line: usize| self.table.get(line).map_or(0, |line| self.sheet.page(line.line));
        let mut top = 0;
        let unit = |row: &Row| {
            let bottom = top + self.row_height(row) + padding;
            let (first, last) = (page(row.lines.start), page(row.lines.end.max(1) - 1));
            let unit = Unit { top, bottom, page: first, page_end: last, stem: None };
            top = bottom;
            unit
        };
        self.rows.iter().map(unit).collect()
    }

    /// The height of each line: lines of a row's cells are known by their distance from the row's centre, lines with
    /// level names only lie between their neighbours.
    fn heights(&self, padding: i64) -> Vec<i64> {
        let mut known: Vec<Option<i64>> = vec![None; self.table.len()];
        for (row, unit) in self.rows.iter().zip(self.units(padding)) {
            let centre = i64::midpoint(unit.top, unit.bottom);
            // The column with the most lines fills the row; others may stand at its top or in its middle.
            let mut columns: Vec<Vec<usize>> = self.plan.own.clone().map(|column| self.filled(column, row)).collect();
            columns.sort_by_key(|lines| std::cmp::Reverse(lines.len()));
            for lines in columns {
                let count = i64::try_from(lines.len()).unwrap_or(1);
                for (k, line) in (0_i64..).zip(&lines) {
                    if let Some(slot) = known.get_mut(*line) {
                        slot.get_or_insert(centre + (2 * k - (count - 1)) * LINE / 2);
                    }
                }
            }
        }
        between(&known)
    }

    /// The lines of `row` on which `column` has words.
    fn filled(&self, column: usize, row: &Row) -> Vec<usize> {
        let has_words = |line: &usize| {
            self.table.get(*line).and_then(|line| line.cells.get(column)).is_some_and(|cell| !cell.is_empty())
        };
        row.lines.clone().filter(has_words).collect()
    }

    /// The lines of a level's column.
    fn name_lines(&self, column: Option<usize>, heights: &[i64]) -> Vec<NameLine> {
        let Some(column) = column else { return Vec::new() };
        let lines = self.table.iter().zip(heights);
        let lines = lines.filter_map(|(line, y)| {
            let words = line.cells.get(column).filter(|words| !words.is_empty())?.clone();
            Some(NameLine { words, y: *y, page: self.sheet.page(line.line) })
        });
        lines.collect()
    }
}

/// Rows under one level name.
#[derive(Debug, Clone)]
struct Named {
    rows: Range<usize>,
    words: Vec<Word>,
    /// Those of the rows, counted from the first one, that may be under another name.
    doubtful: BTreeSet<usize>,
}

impl Named {
    fn new(group: &Group, rows: Range<usize>, names: &[NameLine], rows_in: impl Fn(usize) -> Range<usize>) -> Self {
        let lines = names.get(group.lines.clone()).unwrap_or_default();
        let words = lines.iter().flat_map(|line| line.words.clone()).collect();
        let doubtful = group.doubtful.iter().flat_map(|unit| rows_in(*unit));
        let doubtful = doubtful.filter_map(|row| row.checked_sub(rows.start)).collect();
        Self { rows, words, doubtful }
    }
}

fn joined(units: &[Unit]) -> Option<Unit> {
    let (first, last) = (units.first()?, units.last()?);
    Some(Unit { top: first.top, bottom: last.bottom, page: first.page, page_end: last.page_end, stem: None })
}

/// Fills what is unknown evenly between its known neighbours.
fn between(known: &[Option<i64>]) -> Vec<i64> {
    let mut heights = vec![0; known.len()];
    let mut before: Option<(usize, i64)> = None;
    let mut after = 0;
    for index in 0..known.len() {
        if let Some(y) = known.get(index).copied().flatten() {
            before = Some((index, y));
        }
        if after <= index {
            after =
                (index + 1..known.len()).find(|at| known.get(*at).is_some_and(Option::is_some)).unwrap_or(known.len());
        }
        let next = known.get(after).copied().flatten();
        let signed = |count: usize| i64::try_from(count).unwrap_or(0);
        let y = match (before, next) {
            (Some((at, y)), _) if at == index => y,
            (Some((at, y)), Some(below)) => y + (below - y) * signed(index - at) / signed(after - at),
            (Some((at, y)), None) => y + signed(index - at) * LINE,
            (None, Some(below)) => below - signed(after - index) * LINE,
            (None, None) => 0,
        };
        if let Some(slot) = heights.get_mut(index) {
            *slot = y;
        }
    }
    heights
}

/// True for a piece of a level name.
pub(super) fn is_level_part(plain: &str) -> bool {
    let bracket =
        plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '(' | ')' | '分' | '.')) && plain.contains(['(', ')']);
    let part = |scope| vocab::spellings(scope).any(|(name, _)| name.contains(plain) || plain.contains(name));
    bracket || [Scope::Level1, Scope::Level2].into_iter().any(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn a_level_without_a_name_puts_its_rows_in_doubt_and_no_cell() {
        let text = Text::new("数量指标 疏浚航道\n");
        let sheet = Sheet::new(&text);
        let (name, indicator) = (&sheet.line(0)[..1], &sheet.line(0)[1..]);
        let group = |row: usize, words: &[Word]| Named {
            rows: row..row + 1,
            words: words.to_vec(),
            doubtful: if words.is_empty() { BTreeSet::from([0]) } else { BTreeSet::new() },
        };
        let plan = Plan { own: 2..2, name: None, anchors: Vec::new() };
        let emit = Emit { sheet: &sheet, table: &[], rows: &[], plan: &plan };
        let said = |groups: &[Named]| {
            let mut cells = Cells::default();
            for row in 0..2 {
                cells.row();
                emit.put_level(Some(0), groups, row, &mut cells);
                cells.put(&sheet, 2, 1, indicator);
            }
            let doubts = |cell: &super::super::placed::Placed| (cell.cell_doubt.is_some(), cell.row_doubt.is_some());
            cells.places().iter().map(doubts).collect::<Vec<_>>()
        };
        let (plain, row) = ((false, false), (false, true));
        assert_eq!(said(&[group(0, name), group(1, &[])]), [plain, plain, row]);
        assert_eq!(said(&[group(0, &[]), group(1, &[])]), [plain, plain]);
    }
}
