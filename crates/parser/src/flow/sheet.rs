//! Lays the blocks of a form out as a grid.

use std::ops::Range;

use jixiao_core::{Diagnostic, FundField, IndicatorField};

use super::atoms::{Atom, atoms};
use super::blocks::{Block, Head, Kind as Part};
use super::cost::{Sum, Sums, Table};
use super::goals;
use super::ink::{Gap, Ink};
use super::labels::Hit;
use super::search::search;
use super::spots::Spot;
use super::torn::Lines;
use super::total;
use super::words::NATURES;
use super::{Style, glued};
use crate::codes::Code;
use crate::dialect::columns::Kind;
use crate::grid::{Grid, GridCell};
use crate::remarks::TEXT_OF_NEIGHBOUR;

/// Most atoms of one table. The search takes time in proportion to them; the largest published forms have some thousand.
const MOST_ATOMS: usize = 3_000;

/// The name of level 1 that every official table prints, unless it prints the stems alone.
const WHOLE_LEVEL: &str = "产出指标";

/// Fewest blank cells from which on a text counts as one that keeps them.
const FEWEST_BLANKS: usize = 2;

/// A grid, the characters of the text that each of its cells fills, and what is doubtful about each.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub(super) grid: Grid,
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) doubts: Vec<Option<String>>,
    /// What a limit left out.
    pub(super) limits: Vec<Diagnostic>,
    /// Indicators have a target and an actual, and nothing shows which of them is blank.
    pub(super) one_sided: bool,
    /// Nothing parts the cells.
    pub(super) glued: bool,
    /// Signs that cells and rows go on over line ends, as on a page that was drawn.
    pub(super) torn: usize,
    /// One past the last visible character that a cell fills.
    pub(super) end: usize,
}

/// The grid of `blocks`.
pub(super) fn lay_out(ink: &Ink, blocks: &[Block], style: Style) -> Sheet {
    let mut layout =
        Layout { ink, style, row: 0, points: None, fund: [None; 2], figures: [None; 2], sheet: Sheet::default() };
    let total = blocks.iter().find_map(|block| match block {
        Block::Total(_, points) => Some(points.clone()),
        _ => None,
    });
    layout.points = total.map(|points| total::read(ink, points));
    blocks.iter().for_each(|block| layout.block(block));
    layout.sheet.glued = style == Style::Glued;
    layout.sheet
}

/// The fields and goals of `blocks` go on over line ends, in the middle of sentences.
pub(super) fn is_torn(ink: &Ink, blocks: &[Block], style: Style) -> bool {
    let lines = Lines { ink, style };
    let wraps = |range: &Range<usize>| lines.wraps(range) > 0;
    blocks.iter().any(|block| match block {
        Block::Field { value, .. } => wraps(value),
        Block::Table(head, body) if head.kind == Part::Goals => {
            goals::split(ink, body.clone(), head.labels.len(), style).iter().any(|text| wraps(&text.range))
        }
        _ => false,
    })
}

struct Layout<'a> {
    ink: &'a Ink<'a>,
    style: Style,
    row: u32,
    /// The cells of the total row.
    points: Option<total::Total>,
    /// Weight and score of the first fund row, in hundredths.
    fund: [Option<i64>; 2],
    /// The columns of the indicators' weights and scores.
    figures: [Option<usize>; 2],
    sheet: Sheet,
}

impl Layout<'_> {
    fn put(&mut self, range: &Range<usize>, column: usize, doubt: Option<String>) {
        let chars = self.ink.text_range(range);
        if range.is_empty() || chars.is_empty() {
            return;
        }
        let text = self.ink.text();
        let (column, place) = (u32::try_from(column).unwrap_or(u32::MAX - 1), text.place(chars.start, chars.end));
        let printed = text.printed(chars.start, chars.end);
        let cell = GridCell { row: self.row, column, row_span: 1, column_span: 1, text: printed, place };
        self.sheet.grid.cells.push(cell);
        self.sheet.ranges.push(chars);
        self.sheet.end = self.sheet.end.max(range.end);
        self.sheet.doubts.push(doubt);
    }

    const fn new_row(&mut self) {
        self.row = self.row.saturating_add(1);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(range) | Block::Mark(range) | Block::Side(range) => self.put(range, 0, None),
            Block::Field { label, value } => {
                self.put(label, 0, None);
                self.put(value, 1, None);
                self.sheet.torn += self.lines().wraps(value);
            }
            Block::Texts { label, texts } => {
                self.put(label, 0, None);
                self.texts(texts);
            }
            Block::Table(head, body) => self.table(head, body.clone()),
            Block::Total(label, _) => self.total(label),
        }
        self.new_row();
    }

    /// The two texts of a row of 资金管理情况: the second begins behind the first line, or the first blank.
    fn texts(&mut self, texts: &Range<usize>) {
        let parts = |gap: Gap| match self.style {
            Style::Cells { .. } => matches!(gap, Gap::Line(_)),
            _ => gap > Gap::None,
        };
        let cuts: Vec<usize> = (texts.start + 1..texts.end).filter(|at| parts(self.ink.gap(*at))).collect();
        let cut = cuts.first().copied().unwrap_or(texts.end);
        let unsure = cuts.len() > 1 || self.style == Style::Glued;
        let doubt = unsure.then(|| TEXT_OF_NEIGHBOUR.to_owned());
        self.put(&(texts.start..cut), 1, doubt.clone());
        self.put(&(cut..texts.end), 2, doubt);
    }

    fn table(&mut self, head: &Head, body: Range<usize>) {
        match head.kind {
            Part::Funds => self.funds(head, body),
            Part::Goals => self.goals(head, body),
            Part::SubTable => self.labels(&head.labels, 1),
            Part::Indicators => self.indicators(head, body),
        }
    }

    fn labels(&mut self, labels: &[Hit], first: usize) {
        for (at, hit) in labels.iter().enumerate() {
            self.put(&hit.range, first + at, None);
        }
        self.new_row();
    }

    fn funds(&mut self, head: &Head, body: Range<usize>) {
        let kinds: Vec<Kind> =
            head.labels.iter().map(|hit| Kind::of_funds(&self.ink.plain(hit.range.clone()))).collect();
        let front: &[Kind] =
            if kinds.contains(&Kind::RowLabel) { &[Kind::Side] } else { &[Kind::Side, Kind::RowLabel] };
        let columns = [front, &kinds].concat();
        self.labels(&head.labels, front.len());
        let cells = self.body(body, &columns, [None; 2]);
        let points = |field: FundField| {
            let column = columns.iter().position(|kind| *kind == Kind::Fund(field))?;
            let mut firsts = cells.iter().take_while(|(spot, _)| !spot.new_row || spot.from == 0);
            let (_, range) = firsts.find(|(spot, _)| spot.column == column)?;
            total::hundredths(&self.ink.plain(range.clone()))
        };
        self.fund = [points(FundField::Weight), points(FundField::Score)];
    }

    fn goals(&mut self, head: &Head, body: Range<usize>) {
        self.labels(&head.labels, 1);
        let texts = goals::split(self.ink, body, head.labels.len(), self.style);
        for (column, text) in texts.iter().enumerate() {
            self.put(&text.range, column + 1, text.doubt.clone());
            self.sheet.torn += self.lines().wraps(&text.range);
        }
    }

    fn indicators(&mut self, head: &Head, body: Range<usize>) {
        let kinds = self.indicator_head(head);
        let columns = [&[Kind::Side], kinds.as_slice()].concat();
        let column = |field| columns.iter().position(|kind| *kind == Kind::Indicator(field));
        self.figures = [column(IndicatorField::Weight), column(IndicatorField::Score)];
        let sums = self.sums();
        let both = [IndicatorField::Target, IndicatorField::Actual].map(column).iter().all(Option::is_some);
        self.sheet.one_sided = both && !matches!(self.style, Style::Cells { between: 1.. });
        self.body(body, &columns, sums);
    }

    /// Puts the labels; a second row of them is told by 一级指标 behind other labels, or by the parts of the target
    /// behind the last column.
    fn indicator_head(&mut self, head: &Head) -> Vec<Kind> {
        let kinds: Vec<Kind> =
            head.labels.iter().map(|hit| Kind::of_indicators(&self.ink.plain(hit.range.clone()))).collect();
        let level1 = kinds.iter().position(|kind| *kind == Kind::Indicator(IndicatorField::Level1));
        let grouped = level1.filter(|at| *at > 0 && kinds.first() == Some(&Kind::Indicator(IndicatorField::Target)));
        let Some(lower) = grouped else {
            return self.parted_target(head, &kinds).unwrap_or_else(|| {
                self.labels(&head.labels, 1);
                kinds
            });
        };
        let (upper_labels, lower_labels) = head.labels.split_at(lower);
        let width = lower_labels.len();
        let target = kinds
            .iter()
            .skip(lower)
            .position(|kind| matches!(kind, Kind::Nature | Kind::Unit | Kind::Indicator(IndicatorField::Target)));
        for (at, hit) in upper_labels.iter().enumerate() {
            let column = if at == 0 { 1 + target.unwrap_or(0) } else { width + at };
            self.put(&hit.range, column, None);
        }
        if let Some(cell) = self.sheet.grid.cells.iter_mut().rev().nth(lower.saturating_sub(1)) {
            cell.column_span = u32::try_from(width - target.unwrap_or(0)).unwrap_or(1);
        }
        self.new_row();
        self.labels(lower_labels, 1);
        [kinds.get(lower..).unwrap_or_default(), kinds.get(1..lower).unwrap_or_default()].concat()
    }

    /// Puts a header whose second row parts the target: 指标性质, 指标值 and 度量单位 behind the last label of the first.
    fn parted_target(&mut self, head: &Head, kinds: &[Kind]) -> Option<Vec<Kind>> {
        let target = kinds.iter().position(|kind| *kind == Kind::Indicator(IndicatorField::Target))?;
        let part = |kind: &Kind| matches!(kind, Kind::Nature | Kind::Unit | Kind::Indicator(IndicatorField::Target));
        let lower = kinds.len() - kinds.iter().rev().take_while(|kind| part(kind)).count();
        let width = kinds.len() - lower;
        if lower <= target + 1 || width < 2 || !kinds.get(lower..)?.contains(&Kind::Nature) {
            return None;
        }
        for (at, hit) in head.labels.iter().take(lower).enumerate() {
            self.put(&hit.range, if at > target { at + width } else { at + 1 }, None);
        }
        let behind = lower - target - 1;
        if let Some(cell) = self.sheet.grid.cells.iter_mut().rev().nth(behind) {
            cell.column_span = u32::try_from(width).unwrap_or(1);
        }
        self.new_row();
        self.labels(head.labels.get(lower..)?, 1 + target);
        Some([kinds.get(..target)?, kinds.get(lower..)?, kinds.get(target + 1..lower)?].concat())
    }

    /// What the indicators add up to: the total row less the fund row.
    fn sums(&self) -> Sums {
        let Some(total) = &self.points else { return [None; 2] };
        let less = |total: Option<i64>, fund: Option<i64>| {
            total.map(|total| Sum { least: total - fund.unwrap_or(0), most: total })
        };
        [less(total.weight, self.fund[0]), less(total.score, self.fund[1])]
    }

    /// Reads a body and puts its cells.
    fn body(&mut self, body: Range<usize>, columns: &[Kind], sums: Sums) -> Vec<(Spot, Range<usize>)> {
        let whole = body.clone();
        let mut atoms = atoms(self.ink, body, self.style);
        if let Some(first) = atoms.get(MOST_ATOMS) {
            self.sheet.limits.push(self.too_long(first.range.start));
            atoms.truncate(MOST_ATOMS);
        }
        let kept = atoms.iter().filter(|atom| atom.range.is_empty()).count() >= FEWEST_BLANKS;
        let stems = !self.ink.plain(whole).contains(WHOLE_LEVEL);
        let mut spots =
            search(self.ink, &atoms, &Table { columns, kept, glued: self.style == Style::Glued, sums, stems });
        self.doubt_guesses(&atoms, columns, &mut spots);
        let mut cells = Vec::with_capacity(spots.len());
        for spot in spots {
            if spot.new_row && spot.from > 0 {
                self.new_row();
            }
            let (Some(first), Some(last)) = (atoms.get(spot.from), atoms.get(spot.to.saturating_sub(1))) else {
                continue;
            };
            let range = first.range.start..last.range.end;
            let doubtful = spot.doubtful || self.may_begin_with_reason(&range, columns.get(spot.column).copied());
            let doubt = doubtful.then(|| "单元格之间没有界线，也可能在别处分开或属于邻栏".to_owned());
            self.put(&range, spot.column, doubt);
            self.sheet.torn += usize::from(self.lines().is_wrapped(&range));
            cells.push((spot, range));
        }
        self.sheet.torn += self.lines().torn(&cells, columns);
        cells
    }

    /// Where nothing parts the cells, and no name of a level and no repetition tells where a text ends, both are doubtful.
    fn doubt_guesses(&self, atoms: &[Atom], columns: &[Kind], spots: &mut [Spot]) {
        if self.style != Style::Glued {
            return;
        }
        let chars = |spot: &Spot| {
            let ends = atoms.get(spot.from).zip(spot.to.checked_sub(1).and_then(|last| atoms.get(last)));
            ends.map(|(first, last)| first.range.start..last.range.end).unwrap_or_default()
        };
        let known = |spot: &Spot| is_level(spot, columns) || NATURES.contains(&self.ink.plain(chars(spot)).as_str());
        for at in 1..spots.len() {
            let Some([left, right]) = spots.get_mut(at - 1..=at) else { continue };
            let (one, other) = (chars(left), chars(right));
            let told = known(left) || known(right) || self.ink.plain(one) == self.ink.plain(other.clone());
            if !told && glued::is_guess(self.ink, other.start) {
                left.doubtful = true;
                right.doubtful = true;
            }
        }
    }

    const fn lines(&self) -> Lines<'_> {
        Lines { ink: self.ink, style: self.style }
    }

    fn too_long(&self, at: usize) -> Diagnostic {
        let chars = self.ink.text_range(&(at..at + 1));
        let place = self.ink.text().place(chars.start, chars.end);
        let message = format!("表格太长：一张表最多读 {MOST_ATOMS} 段文字，后面的没有读；请检查文件，必要时分成几张表");
        Code::LimitReached.diagnostic(message, None, Some(place))
    }

    /// Where nothing parts the cells, a name behind a number may begin with the reason of the row before it.
    fn may_begin_with_reason(&self, name: &Range<usize>, kind: Option<Kind>) -> bool {
        const SHORT: usize = 12;
        let figure = |at: usize| self.ink.char(at).is_some_and(|c| c.is_ascii_digit() || c == '%');
        let comma = self.ink.plain(name.clone()).contains([',', '。', ';']);
        self.style == Style::Glued
            && kind == Some(Kind::Indicator(IndicatorField::Level3))
            && name.start.checked_sub(1).is_some_and(figure)
            && (comma || name.len() > SHORT)
    }

    fn total(&mut self, label: &Range<usize>) {
        self.put(label, 0, None);
        let Some(total) = self.points.take() else { return };
        for (at, cell) in total.cells.iter().enumerate() {
            let doubt = total.doubt.then(|| "总分行的数字连在一起，也可能在别处分开".to_owned());
            // Without a label, the sums are told by the columns in which they stand.
            let own = self.figures.get(at).copied().flatten().filter(|_| label.is_empty());
            self.put(cell, own.unwrap_or(1000 + at), doubt);
        }
    }
}

/// The names of levels are known words.
fn is_level(spot: &Spot, columns: &[Kind]) -> bool {
    let kind = columns.get(spot.column);
    matches!(kind, Some(Kind::Side | Kind::Indicator(IndicatorField::Level1 | IndicatorField::Level2)))
}
