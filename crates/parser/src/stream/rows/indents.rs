//! What blank lines say about cells.
//!
//! PDFBox, and Tika with it, end a paragraph where a line begins further right or left than the line before it, unless
//! that line began a paragraph itself, and wherever the baseline moves by more than two and a half times the height of
//! the characters. So a blank line, or the want of one, tells whether a line goes on in the column in which the line
//! before it began. Whether a text follows these rules, and whether its line pitch alone ends a paragraph, is learned
//! from the text.

use super::Evidence;
use super::state::{MAX_COLUMNS, Node, State, Step};

/// The cost of a blank line, or the want of one, against the rules.
const CONTRARY: i32 = 24;

/// A line narrower than the one above it by this much begins visibly further right where cells are centred.
const SHIFT: i32 = 5;

/// What the token's line follows: worked out once for each token that leads its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lead {
    /// A blank line stands above.
    blank: bool,
    /// The line before began a paragraph.
    after_paragraph: bool,
    /// Width of the first token of the line before.
    width_before: i32,
}

/// The leads of the table's tokens: `None` where the line before is not the table's own or stands on another page.
pub(super) fn leads(evidence: &Evidence) -> Vec<Option<Lead>> {
    let mut line_start: Option<usize> = None;
    let mut leads = Vec::with_capacity(evidence.tokens.len());
    for (index, token) in evidence.tokens.iter().enumerate() {
        if !token.piece.leads {
            leads.push(None);
            continue;
        }
        let follows = index > 0 && evidence.table.tokens[index] == evidence.table.tokens[index - 1] + 1;
        let before = line_start.and_then(|start| evidence.tokens.get(start)).filter(|_| follows);
        leads.push(before.filter(|_| !token.piece.page_start).map(|before| Lead {
            blank: token.piece.blanks_above > 0,
            after_paragraph: before.piece.blanks_above > 0 || before.piece.page_start,
            width_before: before.width,
        }));
        line_start = Some(index);
    }
    leads
}

/// Whether the line pitch within a cell ends a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Pitch {
    /// Never.
    Tight,
    /// Always.
    Airy,
    /// Now and then, or nothing is known.
    #[default]
    Unknown,
}

/// How the lines of a column are aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Alignment {
    Left,
    Centre,
    #[default]
    Unknown,
}

/// What a table's blank lines mean.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Indents {
    /// Blank lines follow the rules.
    hold: bool,
    pitch: Pitch,
    alignments: [Alignment; MAX_COLUMNS],
}

impl Indents {
    /// What holds before anything is learned: a text with blank lines between some of its lines follows the rules.
    pub(super) fn assumed(evidence: &Evidence) -> Self {
        let known = evidence.leads.iter().flatten();
        let (mut lines, mut blank) = (0_usize, 0_usize);
        for lead in known {
            lines += 1;
            blank += usize::from(lead.blank);
        }
        let hold = blank * 10 >= lines && blank < lines && blank > 1;
        Self { hold, ..Self::default() }
    }

    /// The cost of the token beginning a row or a cell of `column`.
    pub(super) fn opening_cost(&self, lead: Option<Lead>, state: &State, column: usize) -> i32 {
        let Some(lead) = lead.filter(|_| self.hold) else { return 0 };
        let elsewhere = state.line_column.is_some_and(|before| usize::from(before) != column);
        let shows = !lead.blank && !lead.after_paragraph && elsewhere;
        i32::from(shows) * CONTRARY
    }

    /// The cost of the token, `width` wide, going on in the cell of `column` on a new line; `None` where the rules do not hold.
    pub(super) fn continue_cost(&self, lead: Option<Lead>, state: &State, column: usize, width: i32) -> Option<i32> {
        let lead = lead.filter(|_| self.hold)?;
        let below = state.line_column.is_some_and(|before| usize::from(before) == column);
        let cost = match (self.pitch, lead.blank) {
            (Pitch::Airy, blank) => i32::from(!blank) * CONTRARY,
            (_, false) if lead.after_paragraph => 0,
            (_, false) if below => self.unshifted_cost(lead, column, width),
            (_, false) => CONTRARY,
            (Pitch::Unknown, true) => return None,
            (Pitch::Tight, true) if lead.after_paragraph => CONTRARY,
            (Pitch::Tight, true) if below => self.shifted_cost(lead, column, width),
            (Pitch::Tight, true) => 0,
        };
        Some(cost)
    }

    fn shifted_cost(&self, lead: Lead, column: usize, width: i32) -> i32 {
        match self.alignments[column] {
            Alignment::Left => CONTRARY,
            _ if lead.width_before - width < SHIFT - 2 => CONTRARY,
            Alignment::Centre => 0,
            Alignment::Unknown => 6,
        }
    }

    fn unshifted_cost(&self, lead: Lead, column: usize, width: i32) -> i32 {
        let shifts = lead.width_before - width >= SHIFT;
        if shifts && self.alignments[column] == Alignment::Centre { CONTRARY / 2 } else { 0 }
    }

    /// What a reading shows.
    pub(super) fn learn(evidence: &Evidence, path: &[Node]) -> Self {
        let mut seen = Seen::default();
        let mut line_column = None;
        for node in path {
            let index = node.token as usize;
            let Some(token) = evidence.tokens.get(index).filter(|token| token.piece.leads) else { continue };
            if node.chars.0 != token.piece.start {
                continue;
            }
            if let (Some(lead), Some(before)) = (evidence.leads[index], line_column) {
                seen.add(lead, usize::from(before) == usize::from(node.column), node, token.width);
            }
            line_column = Some(node.column);
        }
        seen.conclude(Self::assumed(evidence))
    }
}

/// Counts of what bears on the rules.
#[derive(Default)]
struct Seen {
    /// Lines that begin in another column than the line before, which began no paragraph: with a blank line, without.
    moved: (usize, usize),
    /// Lines that go on in a cell below a line that began a paragraph: with a blank line, without.
    wrapped: (usize, usize),
    /// Narrow lines below full ones, by column: with a blank line, without.
    narrow: [(usize, usize); MAX_COLUMNS],
}

impl Seen {
    fn add(&mut self, lead: Lead, below: bool, node: &Node, width: i32) {
        let goes_on = node.step == Step::Continue;
        if !below && !lead.after_paragraph {
            count(&mut self.moved, lead.blank);
        }
        if goes_on && lead.after_paragraph {
            count(&mut self.wrapped, lead.blank);
        }
        if goes_on
            && below
            && !lead.after_paragraph
            && lead.width_before - width >= SHIFT
            && let Some(narrow) = self.narrow.get_mut(usize::from(node.column))
        {
            count(narrow, lead.blank);
        }
    }

    fn conclude(self, assumed: Indents) -> Indents {
        let (blank, none) = self.moved;
        let hold = if blank + none >= 4 { blank >= 4 * none } else { assumed.hold };
        let pitch = match self.wrapped {
            (blank, none) if none >= 2 && none >= 5 * blank => Pitch::Tight,
            (blank, none) if blank >= 2 && blank >= 5 * none => Pitch::Airy,
            _ => Pitch::Unknown,
        };
        let alignments = self.narrow.map(|counts| match counts {
            (blank, none) if none >= 1 && none >= 3 * blank => Alignment::Left,
            (blank, none) if blank >= 1 && blank >= 3 * none => Alignment::Centre,
            _ => Alignment::Unknown,
        });
        Indents { hold, pitch, alignments }
    }
}

fn count((blank, none): &mut (usize, usize), is_blank: bool) {
    *(if is_blank { blank } else { none }) += 1;
}
