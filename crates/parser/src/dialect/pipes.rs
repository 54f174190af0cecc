//! Tables with `|` between their cells, by row or with one cell a line.
//!
//! What these texts have in common: a `|` behind each cell, sometimes one in front of each row. Copies of web pages
//! drop the cells that a merged cell covers and push blank cells to the end of the row, where they stay as a run of
//! `|`; a cell with line breaks may fill several lines, and then stands on lines of its own.

use std::ops::Range;

use jixiao_core::vocab::{Labels, is_title};

use super::cells::{Break, Cell, Marked};
use super::recognise::{Dialect, Line, Region};
use crate::text::Text;

/// The habits of one table.
#[derive(Debug, Clone, Copy)]
struct Style {
    /// Rows begin with a `|`.
    leading: bool,
    /// Every row stands on one line, between a `|` at its start and one at its end.
    whole: bool,
    /// Rows end in a run of `|`.
    padded: bool,
    /// Rows end without a `|`.
    bare: bool,
    /// One cell a line.
    single: bool,
    /// Two `|` part two cells.
    double: bool,
}

/// In a table with a `|` between cells only, at least this share of the marked lines, in percent, ends in a cell: the
/// others end in a blank one.
const BARE_PERCENT: usize = 15;

/// In a table with a row on every line, this share of the marked lines, in percent, begins and ends with a `|`.
const WHOLE_PERCENT: usize = 90;

/// The cells of `region`.
pub(super) fn cells(text: &Text, region: &Region) -> Marked {
    let lines = lines_of(text, region);
    let style = Style { double: is_double(text, &lines), ..style(&lines, region.dialect) };
    let from = region.chars.start;
    let mut reader = Reader { text, style, marked: Marked::default(), before: Break::Hard, from, first: true };
    let mut next_inked = None;
    let mut nexts = Vec::with_capacity(lines.len());
    for (_, marks) in lines.iter().rev() {
        nexts.push(next_inked);
        next_inked = Some(*marks).filter(|marks| marks.ink).or(next_inked);
    }
    for ((range, marks), next) in lines.iter().zip(nexts.into_iter().rev()) {
        reader.line(range, *marks, next);
    }
    reader.own_rows(reader.from..region.chars.end);
    reader.marked
}

fn lines_of(text: &Text, region: &Region) -> Vec<(Range<usize>, Line)> {
    let first = text.line_of(region.table);
    let lines = region.lines.iter().enumerate().map(|(at, marks)| (text.line_range(first + at), *marks));
    lines.take_while(|(range, _)| range.start < region.chars.end).collect()
}

fn style(lines: &[(Range<usize>, Line)], dialect: Dialect) -> Style {
    let marked: Vec<&Line> = lines.iter().map(|(_, marks)| marks).filter(|marks| marks.pipes > 0).collect();
    let most = |holds: fn(&Line) -> bool, of: usize| marks_with(&marked, holds) * 2 > of;
    let rows = marks_with(&marked, |marks| marks.pipes > 1);
    Style {
        leading: most(|marks| marks.opens && marks.pipes > 1, rows),
        whole: marks_with(&marked, |marks| marks.opens && marks.closes) * 100 >= marked.len() * WHOLE_PERCENT,
        padded: most(|marks| marks.padded, rows),
        bare: !most(|marks| marks.opens, marked.len())
            && marks_with(&marked, |marks| !marks.closes) * 100 >= marked.len() * BARE_PERCENT,
        single: dialect == Dialect::PipeCells,
        double: false,
    }
}

/// True where `|` stand in pairs in every line: `甲 || 乙`.
fn is_double(text: &Text, lines: &[(Range<usize>, Line)]) -> bool {
    let mut marked = lines.iter().filter(|(_, marks)| marks.pipes > 0);
    marked.all(|(range, _)| {
        let line = text.folded.get(range.clone()).unwrap_or_default();
        let mut runs =
            line.chunk_by(|one, next| (*one == '|') == (*next == '|')).filter(|run| run.first() == Some(&'|'));
        runs.all(|run| run.len() % 2 == 0)
    })
}

fn marks_with(lines: &[&Line], holds: fn(&Line) -> bool) -> usize {
    lines.iter().filter(|marks| holds(marks)).count()
}

struct Reader<'a> {
    text: &'a Text,
    style: Style,
    marked: Marked,
    /// The break in front of the cell that is open.
    before: Break,
    /// Where the cell that is open begins.
    from: usize,
    /// No cell has been read yet.
    first: bool,
}

impl Reader<'_> {
    /// Reads a line; `next` is the next line with ink.
    fn line(&mut self, range: &Range<usize>, marks: Line, next: Option<Line>) {
        if is_rule(self.text, range) {
            self.rule(range);
            return;
        }
        let pipes = range.clone().filter(|at| self.text.folded.get(*at) == Some(&'|'));
        let width = 1 + usize::from(self.style.double);
        for (number, at) in pipes.step_by(width).enumerate() {
            self.separator(at..at + width, marks.opens && number == 0);
        }
        if self.style.bare && marks.ink {
            self.cell(self.from..range.end);
            self.from = range.end;
            self.before = Break::Hard;
        } else if marks.closes {
            let row_opened = self.before == Break::Hard;
            self.before = if row_opened { Break::Hard } else { self.break_behind(marks, next) };
        }
    }

    /// Ends the open cell at the `|` at `bar`. In front of a row's first `|`, where `opens_line` holds, there is no
    /// cell; in a table whose rows begin with a `|`, lines in front of it are no part of the row.
    fn separator(&mut self, bar: Range<usize>, opens_line: bool) {
        let at = bar.start;
        let ink = (self.from..at).any(|index| self.text.is_ink(index));
        let open = self.style.single || self.style.bare;
        let begins = !open && self.before == Break::Hard && opens_line;
        if begins && (!ink || self.style.leading) {
            self.own_rows(self.from..at);
        } else {
            self.cell(self.from..at);
            self.before = Break::None;
        }
        self.from = bar.end;
        self.marked.marks.extend(bar);
    }

    /// A line that is drawn, as `| --- | --- |` below a header: it says only that a row has ended above it.
    fn rule(&mut self, range: &Range<usize>) {
        self.own_rows(self.from..range.start);
        self.marked.marks.extend(range.clone().filter(|index| self.text.is_ink(*index)));
        self.from = range.end;
        self.before = Break::Hard;
    }

    /// What the end of a line that ends in a `|` says about the row.
    fn break_behind(&self, marks: Line, next: Option<Line>) -> Break {
        let next_opens = self.style.leading && next.is_some_and(|next| next.opens && !next.padded);
        let ends = if self.style.single {
            false
        } else if self.style.whole && marks.opens {
            true
        } else if self.style.padded {
            marks.padded || next_opens
        } else if self.style.leading {
            next_opens || next.is_none()
        } else {
            marks.pipes > 1
        };
        if ends { Break::Hard } else { Break::Soft }
    }

    /// Takes a cell. In front of the first cell of a row lines may stand that are no part of the table.
    fn cell(&mut self, range: Range<usize>) {
        let first = std::mem::take(&mut self.first);
        if self.before == Break::Hard && (first || !self.style.single) {
            let lines = inked_lines(self.text, range.clone());
            let own = own_lines(self.text, &lines, first);
            for line in lines.get(..own).unwrap_or_default() {
                self.marked.cells.push(Cell::new(self.text, line.clone(), Break::Hard));
            }
            let start = lines.get(own).map_or(range.start, |line| line.start);
            self.marked.cells.push(Cell::new(self.text, start..range.end, Break::Hard));
        } else {
            self.marked.cells.push(Cell::new(self.text, range, self.before));
        }
    }

    /// Lines without `|` that stand between rows: each is a row.
    fn own_rows(&mut self, range: Range<usize>) {
        for line in inked_lines(self.text, range) {
            self.first = false;
            self.marked.cells.push(Cell::new(self.text, line, Break::Hard));
        }
    }
}

/// Fewest `-` of a drawn line in each of its cells, where no `:` tells it: shorter ones stand for values.
const FEWEST_DASHES: usize = 3;

/// True for a line of Markdown that parts the header from the rows: `| --- | :---: |`.
fn is_rule(text: &Text, range: &Range<usize>) -> bool {
    let chars = text.chars.get(range.clone()).unwrap_or_default();
    if !chars.contains(&'-') {
        return false;
    }
    let line: String = chars.iter().collect();
    let drawn = |cell: &str| {
        let (cell, dashes) = (cell.trim(), cell.trim().trim_matches(':'));
        let long = dashes.len() >= FEWEST_DASHES || (!dashes.is_empty() && dashes.len() < cell.len());
        long && dashes.bytes().all(|byte| byte == b'-')
    };
    line.contains('|') && line.trim().trim_matches('|').split('|').all(drawn)
}

/// The lines with ink of the characters `range`.
fn inked_lines(text: &Text, range: Range<usize>) -> Vec<Range<usize>> {
    if range.is_empty() {
        return Vec::new();
    }
    let lines = (text.line_of(range.start)..=text.line_of(range.end - 1)).map(|line| text.line_range(line));
    let within = lines.map(|line| line.start.max(range.start)..line.end.min(range.end));
    within.filter(|line| line.clone().any(|index| text.is_ink(index))).collect()
}

/// How many of the `lines` in front of a row's first `|` stand for themselves: those before the label that the others
/// spell, as 产 出 指 标 on four lines does. Where they spell none, they are one cell, but the first row of a table
/// begins with its own line.
fn own_lines(text: &Text, lines: &[Range<usize>], first: bool) -> usize {
    if lines.len() < 2 {
        return 0;
    }
    let from = lines.len().saturating_sub(LONGEST_LABEL);
    let spelled = (from..lines.len()).find(|from| {
        let joined: String = lines.iter().skip(*from).map(|line| text.printed(line.start, line.end)).collect();
        is_label(&joined)
    });
    let last = lines.len().saturating_sub(1);
    spelled.unwrap_or(if first || lines.len() > LONGEST_LABEL { last } else { 0 })
}

/// The most lines over which a label is broken, and the most of one cell in front of a row's first `|`.
const LONGEST_LABEL: usize = 16;

fn is_label(text: &str) -> bool {
    Labels::of(text).any() || is_title(text)
}
