//! Glyphs to runs, runs to lines.

use unicode_width::UnicodeWidthStr;

use super::ink::{Direction, Glyph};
use super::rules::Rule;
use super::units::{Area, POINT};

/// Glyphs drawn one after the other on one line, without a gap between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) area: Area,
    pub(super) size: i32,
    pub(super) baseline: i32,
    /// How many runs were drawn before it.
    pub(super) order: usize,
    /// The narrow gaps within it, which may part two cells where no rule does.
    pub(super) cuts: Vec<Cut>,
    direction: Direction,
    /// Blanks at its end, which belong to the text only if more follows.
    blanks: usize,
    /// Where its last glyph ends, blanks included.
    end: i32,
}

/// A narrow gap between two glyphs of a run, or where one ends that was drawn with one instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// Bytes of the text before it.
    pub(super) at: usize,
    /// Where the glyph before it ends and the one behind it starts.
    pub(super) sides: (i32, i32),
}

/// More blanks than this in a row are there to keep columns apart.
const MOST_BLANKS: usize = 2;

/// The runs of a page in the order drawn. Runs end at gaps, and at the rules `walls` between two cells.
pub(super) fn runs(glyphs: &[Glyph], walls: &[Rule]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs {
        let open = runs.last_mut().filter(|run| run.goes_on(glyph, walls));
        match (open, glyph.text.trim().is_empty()) {
            (Some(run), true) => run.blank(glyph),
            (Some(run), false) => run.push(glyph),
            (None, true) => {}
            (None, false) => runs.push(Run::new(glyph)),
        }
    }
    runs.iter_mut().enumerate().for_each(|(order, run)| run.order = order);
    runs
}

impl Run {
    fn new(glyph: &Glyph) -> Self {
        Self {
            text: glyph.text.clone(),
            area: glyph.area,
            size: glyph.size,
            baseline: glyph.baseline,
            order: 0,
            cuts: Vec::new(),
            direction: glyph.direction,
            blanks: 0,
            end: ends(glyph).1,
        }
    }

    fn goes_on(&self, glyph: &Glyph, walls: &[Rule]) -> bool {
        let size = self.size.max(glyph.size).max(1);
        let gap = (ends(glyph).0 - self.end) * sign(self.direction);
        self.direction == glyph.direction
            && (self.baseline - glyph.baseline).abs() * 4 <= size
            && gap * 5 <= size * 2
            && gap * 2 >= -size
            && self.blanks <= MOST_BLANKS
            && !self.is_parted(glyph, gap, walls)
    }

    /// True where a wall stands in a gap before `glyph`, however narrow.
    fn is_parted(&self, glyph: &Glyph, gap: i32, walls: &[Rule]) -> bool {
        if self.direction != Direction::Right || gap * 10 < glyph.size {
            return false;
        }
        let start = self.area.right - POINT;
        let first = walls.partition_point(|wall| wall.at < start);
        let between = walls.iter().skip(first).take_while(|wall| wall.at <= glyph.area.left + POINT);
        let middle = glyph.area.centre().1;
        between.into_iter().any(|wall| (wall.from..=wall.to).contains(&middle))
    }

    fn blank(&mut self, glyph: &Glyph) {
        self.blanks += 1;
        self.end = ends(glyph).1;
    }

    fn push(&mut self, glyph: &Glyph) {
        let sides = (self.area.right, glyph.area.left);
        let gap = (sides.1 - sides.0) * 10 >= self.size;
        if (gap || glyph.fresh) && self.direction == Direction::Right {
            self.cuts.push(Cut { at: self.text.len(), sides });
        }
        if self.blanks > 0 {
            self.text.push(' ');
            self.blanks = 0;
        }
        self.text.push_str(&glyph.text);
        self.area = self.area.around(glyph.area);
        self.end = ends(glyph).1;
    }
}

impl Run {
    /// The run before and behind the gap `cut`; the one behind keeps no gaps.
    pub(super) fn parted(mut self, cut: Cut) -> (Self, Self) {
        let mut behind = Self { cuts: Vec::new(), ..self.clone() };
        behind.text = behind.text.split_off(cut.at.min(behind.text.len())).trim_start().to_owned();
        self.text.truncate(cut.at);
        self.cuts.retain(|other| other.at < cut.at);
        self.area.right = cut.sides.0;
        behind.area.left = cut.sides.1;
        (self, behind)
    }
}

/// Where a glyph starts and ends along its direction.
const fn ends(glyph: &Glyph) -> (i32, i32) {
    match glyph.direction {
        Direction::Right | Direction::Slanted => (glyph.area.left, glyph.area.right),
        Direction::Left => (glyph.area.right, glyph.area.left),
        Direction::Down => (glyph.area.top, glyph.area.bottom),
        Direction::Up => (glyph.area.bottom, glyph.area.top),
    }
}

const fn sign(direction: Direction) -> i32 {
    match direction {
        Direction::Left | Direction::Up => -1,
        _ => 1,
    }
}

/// Runs side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextLine {
    pub(super) runs: Vec<Run>,
    pub(super) area: Area,
}

/// Puts runs into lines from top to bottom, each from left to right.
pub(super) fn lines(mut runs: Vec<Run>) -> Vec<TextLine> {
    runs.sort_by_key(|run| (run.area.centre().1, run.area.left));
    let mut lines: Vec<TextLine> = Vec::new();
    for run in runs {
        match lines.last_mut().filter(|line| line.holds(&run)) {
            Some(line) => {
                line.area = line.area.around(run.area);
                line.runs.push(run);
            }
            None => lines.push(TextLine { area: run.area, runs: vec![run] }),
        }
    }
    lines.iter_mut().for_each(|line| line.runs.sort_by_key(|run| run.area.left));
    lines
}

impl TextLine {
    /// True where a run stands about as high as the first one; cells of a row with one line and with two are half a
    /// line apart.
    fn holds(&self, run: &Run) -> bool {
        let Some(first) = self.runs.first() else { return false };
        let apart = (first.area.centre().1 - run.area.centre().1).abs();
        apart * 3 <= first.area.height().min(run.area.height())
    }

    /// The text, runs apart by one blank where there is a gap.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut end: Option<i32> = None;
        for run in &self.runs {
            if end.is_some_and(|end| (run.area.left - end) * 4 > run.size) {
                text.push(' ');
            }
            text.push_str(&run.text);
            end = Some(run.area.right);
        }
        text
    }

    /// The text laid out in columns `column` wide from `margin` on, as terminals count them: two for an ideograph.
    pub(super) fn laid_out(&self, margin: i32, column: i32) -> String {
        let mut text = String::new();
        let mut end: Option<i32> = None;
        for run in &self.runs {
            let at = usize::try_from((run.area.left - margin + column / 2) / column.max(1)).unwrap_or(0);
            let gap = end.map_or(0, |end| run.area.left - end);
            // One blank may stand within a cell.
            let least = if gap >= column { 2 } else { usize::from(gap * 2 > column) };
            let blanks = at.saturating_sub(text.width()).max(least);
            text.push_str(&" ".repeat(blanks));
            text.push_str(&run.text);
            end = Some(run.area.right);
        }
        text
    }

    /// The size of its largest letters.
    pub(super) fn size(&self) -> i32 {
        self.runs.iter().map(|run| run.size).max().unwrap_or(0)
    }
}

#[cfg(test)]
impl Run {
    /// A run of `text` in `area`, drawn first.
    pub(super) fn plain(text: &str, area: Area) -> Self {
        let glyph = Glyph {
            text: text.to_owned(),
            area,
            baseline: area.bottom,
            size: area.height(),
            direction: Direction::Right,
            shade: super::ink::Shade::Dark,
            invisible: false,
            fresh: true,
        };
        Self::new(&glyph)
    }
}
