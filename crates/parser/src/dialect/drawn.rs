//! Tables drawn with lines of characters: `┌──┬──┐` and `│ 甲 │ 乙 │`, or `+---+---+` and `| 甲 | 乙 |`.
//!
//! The lines say in both directions where a cell ends, so that a cell may fill several lines of text, beside others
//! that do too. The lines of each cell are put together in a text of their own, in which every cell stands by itself;
//! what is read of it is told back as of the true text.

use std::ops::Range;

use jixiao_core::{FormRecord, Place, TextSpan};
use unicode_width::UnicodeWidthChar;

use super::cells::{Break, Cell, Marked};
use super::recognise::Region;
use crate::text::{Text, is_bar};

/// From this many stretches between rules on, each of few lines, every row has rules around it.
const FEWEST_ROWS: usize = 5;

/// More lines than this on average between two rules are rows of their own.
const MOST_LINES: usize = 5;

/// The most columns of a drawn table; official forms have at most 16.
const MOST_COLUMNS: usize = 64;

/// The cells of a drawn table in a text of their own.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) text: Text,
    /// The cells in [`Drawn::text`], and the characters of the true text that draw lines.
    pub(super) marked: Marked,
    /// For each character of [`Drawn::text`] the one of the true text.
    origins: Vec<usize>,
}

/// True for a place where lines meet.
const fn is_junction(c: char) -> bool {
    matches!(c, '+' | '\u{250c}'..='\u{254b}' | '\u{2552}'..='\u{2570}')
}

const fn is_horizontal(c: char) -> bool {
    matches!(c, '-' | '=' | '─' | '━' | '═' | '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '╴' | '╶' | '╸' | '╺')
}

/// True for a line that rows end with, in some columns at least: it begins with a drawn line, and has others between
/// junctions.
pub(super) fn is_rule(printed: &[char]) -> bool {
    let drawn = |c: char| is_bar(c) || is_junction(c) || is_horizontal(c);
    let first = printed.iter().find(|c| !c.is_whitespace());
    let boxed = |c: &char| is_horizontal(*c) && !c.is_ascii() && *c != '═';
    let crossed = |pair: &[char]| matches!(pair, ['+', '-' | '='] | ['-' | '=', '+'] | ['═', '═']);
    first.is_some_and(|c| drawn(*c)) && (printed.iter().any(boxed) || printed.windows(2).any(crossed))
}

/// The cells of `region`.
pub(super) fn cells(text: &Text, region: &Region) -> Drawn {
    let lines = text.line_of(region.chars.start)..=text.line_of(region.chars.end.saturating_sub(1));
    let lines: Vec<Line> = lines.map(|at| Line::new(text, text.line_range(at))).collect();
    let columns = Columns::new(&lines);
    let mut table =
        Table { whole: has_rules_around_rows(&lines), columns, row: 0, open: Vec::new(), cells: Vec::new() };
    lines.iter().for_each(|line| table.line(line));
    table.drawn(text, &lines)
}

/// A part of a line between two bars.
#[derive(Debug, Clone)]
struct Part {
    /// Its ink; empty where there is none.
    ink: Range<usize>,
    /// Where it begins, in columns of the screen and in characters.
    at: [usize; 2],
    /// It is a drawn line, with which the cell above ends.
    cut: bool,
}

/// A line of the table.
#[derive(Debug, Default)]
struct Line {
    parts: Vec<Part>,
    /// The characters that draw it.
    marks: Vec<usize>,
    rule: bool,
    /// The ink of a line without bars.
    own: Range<usize>,
}

impl Line {
    fn new(text: &Text, range: Range<usize>) -> Self {
        let printed = text.chars.get(range.clone()).unwrap_or_default();
        let mut line = Self { rule: is_rule(printed), own: ink(text, range.clone()), ..Self::default() };
        let mut bar: Option<(usize, [usize; 2])> = None;
        let mut at = [0, 0];
        for (index, c) in range.zip(printed) {
            if is_bar(*c) || (line.rule && is_junction(*c)) {
                if let Some((start, at)) = bar {
                    line.part(text, start + 1..index, at);
                }
                line.marks.push(index);
                bar = Some((index, at));
            }
            at = [at[0] + c.width().unwrap_or_default().clamp(1, 2), at[1] + 1];
        }
        line.rest(text);
        line
    }

    /// What stands in front of the first bar or behind the last one is in a cell too.
    fn rest(&mut self, text: &Text) {
        let (Some(first), Some(last)) = (self.marks.first().copied(), self.marks.iter().max().copied()) else { return };
        let (own, none) = (self.own.clone(), [0, 0]);
        if own.start < first {
            let ink = ink(text, own.start..first);
            self.parts.insert(0, Part { ink, at: none, cut: false });
        }
        if own.end > last + 1 {
            let at = self.parts.last().map_or(none, |part| part.at.map(|at| at + 1));
            self.parts.push(Part { ink: ink(text, last + 1..own.end), at, cut: false });
        }
    }

    fn part(&mut self, text: &Text, range: Range<usize>, at: [usize; 2]) {
        let ink = ink(text, range);
        let drawn = |index: usize| text.chars.get(index).is_some_and(|c| is_horizontal(*c));
        let cut = self.rule && !ink.is_empty() && ink.clone().all(drawn);
        if cut {
            self.marks.extend(ink.clone());
        }
        self.parts.push(Part { ink: if cut { ink.end..ink.end } else { ink }, at, cut });
    }
}

/// The characters from the first to the last that can be seen.
fn ink(text: &Text, range: Range<usize>) -> Range<usize> {
    let seen = |index: &usize| text.is_ink(*index);
    let start = range.clone().find(seen).unwrap_or(range.end);
    start..range.rev().find(seen).map_or(start, |last| last + 1)
}

/// Few lines stand between two rules each: none of them is a row by itself.
fn has_rules_around_rows(lines: &[Line]) -> bool {
    let groups = lines.chunk_by(|one, next| one.rule == next.rule).filter(|group| group.iter().any(|line| !line.rule));
    let count = |group: &[Line]| group.iter().filter(|line| !line.parts.is_empty()).count();
    let (rows, filled) =
        groups.map(count).filter(|lines| *lines > 0).fold((0, 0), |(n, sum), lines| (n + 1, sum + lines));
    rows >= FEWEST_ROWS && filled <= rows * MOST_LINES
}

/// Where the columns begin.
struct Columns {
    /// Which measure of [`Part::at`] is meant; `None` where every line has all columns.
    measure: Option<usize>,
    starts: Vec<usize>,
    count: usize,
}

impl Columns {
    fn new(lines: &[Line]) -> Self {
        let filled = || lines.iter().filter(|line| !line.parts.is_empty());
        let count = filled().map(|line| line.parts.len()).max().unwrap_or_default().min(MOST_COLUMNS);
        if filled().all(|line| line.parts.len() == count) {
            return Self { measure: None, starts: Vec::new(), count };
        }
        let starts = |measure: usize| -> Vec<usize> {
            let mut starts: Vec<usize> =
                filled().flat_map(|line| &line.parts).filter_map(|part| part.at.get(measure)).copied().collect();
            starts.sort_unstable();
            starts.dedup();
            starts
        };
        let (screen, counted) = (starts(0), starts(1));
        let measure = usize::from(counted.len() < screen.len());
        let starts = if measure == 0 { screen } else { counted };
        Self { measure: Some(measure), count: starts.len().min(MOST_COLUMNS), starts }
    }

    /// The column in which the part at `index` of a line stands.
    fn of(&self, index: usize, part: &Part) -> usize {
        let start = self.measure.and_then(|measure| part.at.get(measure));
        start
            .map_or(index, |start| self.starts.partition_point(|other| other < start))
            .min(self.count.saturating_sub(1))
    }
}

/// A cell: its row and column, and the lines of its text.
struct Piece {
    row: usize,
    column: usize,
    lines: Vec<Range<usize>>,
}

struct Table {
    /// Rows end at rules only.
    whole: bool,
    columns: Columns,
    row: usize,
    /// For each column the cell that is open.
    open: Vec<Option<usize>>,
    cells: Vec<Piece>,
}

impl Table {
    fn line(&mut self, line: &Line) {
        if line.parts.is_empty() {
            self.end_row();
            if !line.rule && !line.own.is_empty() {
                self.cells.push(Piece { row: self.row, column: 0, lines: vec![line.own.clone()] });
                self.row += 1;
            }
            return;
        }
        for (index, part) in line.parts.iter().enumerate() {
            let column = self.columns.of(index, part);
            let until = line.parts.get(index + 1).map_or(self.columns.count, |next| self.columns.of(index + 1, next));
            if part.cut {
                self.open.iter_mut().take(until).skip(column).for_each(|open| *open = None);
            }
        }
        if line.rule {
            self.row += 1;
        }
        for (index, part) in line.parts.iter().enumerate().filter(|(_, part)| !part.cut) {
            self.add(self.columns.of(index, part), part.ink.clone(), line.rule);
        }
        if !self.whole {
            self.end_row();
        }
    }

    /// Adds a line to the cell that is open in `column`, or opens one; on a rule only what has ink says anything.
    fn add(&mut self, column: usize, ink: Range<usize>, rule: bool) {
        if self.open.len() <= column {
            self.open.resize(column + 1, None);
        }
        let open = self.open.get(column).copied().flatten();
        if let Some(cell) = open.and_then(|open| self.cells.get_mut(open)) {
            cell.lines.extend(Some(ink).filter(|ink| !ink.is_empty()));
        } else if !rule || !ink.is_empty() {
            if let Some(slot) = self.open.get_mut(column) {
                *slot = Some(self.cells.len());
            }
            let lines = Some(ink).filter(|ink| !ink.is_empty()).into_iter().collect();
            self.cells.push(Piece { row: self.row, column, lines });
        }
    }

    fn end_row(&mut self) {
        self.open.clear();
        self.row += 1;
    }

    /// The cells row by row, each column of a row in its place.
    fn drawn(mut self, text: &Text, lines: &[Line]) -> Drawn {
        self.cells.sort_by_key(|cell| (cell.row, cell.column));
        let mut drawn =
            Builder { text, printed: String::new(), length: 0, drawn: Drawn::default(), ranges: Vec::new() };
        for row in self.cells.chunk_by(|one, next| one.row == next.row) {
            let mut before = Break::Hard;
            let mut next = 0;
            for cell in row {
                for _ in next..cell.column {
                    drawn.cell(&[], std::mem::replace(&mut before, Break::None));
                }
                drawn.cell(&cell.lines, std::mem::replace(&mut before, Break::None));
                next = cell.column + 1;
            }
        }
        let marks = lines.iter().filter(|line| !line.parts.is_empty() || line.rule);
        let marks =
            marks.flat_map(|line| if line.parts.is_empty() { line.own.clone().collect() } else { line.marks.clone() });
        let seen: Vec<usize> = marks.filter(|index| text.is_ink(*index)).collect();
        drawn.done(seen)
    }
}

/// Writes the text of the cells.
struct Builder<'a> {
    text: &'a Text,
    printed: String,
    length: usize,
    drawn: Drawn,
    ranges: Vec<(Range<usize>, Break)>,
}

impl Builder<'_> {
    fn cell(&mut self, lines: &[Range<usize>], before: Break) {
        let start = self.length;
        let mut end = start;
        for line in lines {
            self.printed.extend(self.text.chars.get(line.clone()).unwrap_or_default());
            self.printed.push('\n');
            self.drawn.origins.extend(line.clone());
            self.drawn.origins.push(line.end.saturating_sub(1));
            self.length += line.len() + 1;
            end = self.length - 1;
        }
        self.ranges.push((start..end, before));
    }

    fn done(self, marks: Vec<usize>) -> Drawn {
        let text = Text::new(&self.printed);
        let cells = self.ranges.into_iter().map(|(range, before)| Cell::new(&text, range, before)).collect();
        Drawn { marked: Marked { cells, marks }, text, ..self.drawn }
    }
}

impl Drawn {
    /// The character of the true text that the one at `index` stands for.
    pub(super) fn origin(&self, index: usize) -> usize {
        self.origins.get(index).or(self.origins.last()).copied().unwrap_or_default()
    }

    /// Gives `record` its places in the true text.
    pub(super) fn tell_back(&self, text: &Text, record: &mut FormRecord) {
        let own = record.diagnostics.iter_mut().filter_map(|remark| remark.span.as_mut());
        for place in record.provenance.values_mut().flatten().chain(own).chain(&mut record.span) {
            *place = self.place(text, place);
        }
    }

    fn place(&self, text: &Text, place: &Place) -> Place {
        if let Some((start, end)) = self.text.range(place) {
            let (one, other) = (self.origin(start), self.origin(end.saturating_sub(1)));
            return text.place(one.min(other), one.max(other) + 1);
        }
        let Place::Text(span) = place else { return place.clone() };
        let lines = span.line_start.saturating_sub(1)..span.line_end;
        let line = |at: usize| text.line_of(self.origin(self.text.line_range(at).start)) + 1;
        let found = || lines.clone().take(self.text.line_count()).map(line);
        let span = found().min().zip(found().max()).map(|(first, last)| TextSpan::lines(first, last));
        span.map_or_else(|| place.clone(), Place::Text)
    }
}
