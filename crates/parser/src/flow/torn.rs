//! Signs that the lines of a text are those of a page that was drawn, not its cells or rows.

use std::ops::Range;

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Scope, find};

use super::Style;
use super::ink::{Gap, Ink};
use super::spots::Spot;
use crate::dialect::columns::Kind;
use crate::template::{is_dots, is_number_alone};

/// A cell and its characters.
type Cell = (Spot, Range<usize>);

/// The lines of a text of some style.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'a> {
    pub(super) ink: &'a Ink<'a>,
    pub(super) style: Style,
}

impl Lines<'_> {
    /// Line ends within `range` that end no sentence.
    pub(super) fn wraps(&self, range: &Range<usize>) -> usize {
        let ends = |at: usize| self.ink.char(at).is_some_and(|c| matches!(c, '。' | ';' | ':' | '!' | '.'));
        let wraps = |at: &usize| matches!(self.ink.gap(*at), Gap::Line(_)) && !ends(at - 1);
        (range.start + 1..range.end).filter(wraps).count()
    }

    /// The cells and rows of a table that go on over line ends.
    pub(super) fn torn(&self, cells: &[Cell], columns: &[Kind]) -> usize {
        self.torn_rows(cells, columns) + self.torn_lines(cells, columns)
    }

    /// Cells of a line each that end or begin as no cell does: the lines of wrapped cells.
    fn torn_lines(&self, cells: &[Cell], columns: &[Kind]) -> usize {
        if !matches!(self.style, Style::Cells { .. }) {
            return 0;
        }
        let cut = |range: &Range<usize>| {
            let plain = self.ink.plain(range.clone());
            plain.ends_with([',', '、', '(']) || plain.starts_with([',', '。', ')']) || self.cuts_name(range)
        };
        // A column of units holds single characters.
        let plain = columns.iter().all(|kind| matches!(kind, Kind::Side | Kind::Indicator(_)));
        let single = |pair: &[Cell]| {
            plain
                && match pair {
                    [(_, before), (_, range)] => self.is_left_over(before, range),
                    _ => false,
                }
        };
        cells.iter().filter(|(_, range)| cut(range)).count() + cells.windows(2).filter(|pair| single(pair)).count()
    }

    /// A line ends within 指标, which nobody breaks by hand unless every character stands on a line of its own.
    fn cuts_name(&self, range: &Range<usize>) -> bool {
        let broken = |at: usize| matches!(self.ink.gap(at), Gap::Line(_));
        (range.start + 1..range.end.saturating_sub(1))
            .any(|at| self.ink.spells(at, "指标") && broken(at + 1) && !broken(at))
    }

    /// A single character behind text is the last line of a wrapped cell, unless it answers a question.
    fn is_left_over(&self, before: &Range<usize>, range: &Range<usize>) -> bool {
        const ANSWERS: &str = "无有是否优良中差好";
        let han =
            |at: Option<usize>| at.and_then(|at| self.ink.char(at)).filter(|c| !c.is_ascii() && c.is_alphabetic());
        let single = han(Some(range.start)).filter(|_| range.len() == 1);
        single.is_some_and(|c| !ANSWERS.contains(c)) && han(before.end.checked_sub(1)).is_some()
    }

    /// Rows of indicators that have no name or nothing but a name, and where rows keep their lines, those that do not.
    fn torn_rows(&self, cells: &[Cell], columns: &[Kind]) -> usize {
        let rows = cells.chunk_by(|_, (next, _)| !next.new_row);
        rows.map(|row| self.is_torn(row, columns)).filter(|torn| *torn).count()
    }

    fn is_torn(&self, row: &[Cell], columns: &[Kind]) -> bool {
        let kind = |spot: &Spot| columns.get(spot.column).copied();
        let own = row.iter().filter(|(spot, _)| kind(spot).is_some_and(|kind| !is_level(kind)));
        let own: Vec<&Cell> = own.filter(|(_, range)| !range.is_empty()).collect();
        let name = |(spot, _): &&Cell| kind(spot) == Some(Kind::Indicator(IndicatorField::Level3));
        let Some((_, first)) = own.first() else { return false };
        let plain = self.ink.plain(first.clone());
        let leftover = is_dots(&plain) || is_number_alone(&plain);
        let bare = columns.contains(&Kind::Indicator(IndicatorField::Weight)) && own.len() == 1 && !leftover;
        let broken = self.style == Style::Rows
            && own.iter().skip(1).any(|(_, range)| matches!(self.ink.gap(range.start), Gap::Line(_)));
        columns.contains(&Kind::Indicator(IndicatorField::Level3)) && (bare || broken || !own.iter().any(name))
    }

    /// A cell over several lines that is no label.
    pub(super) fn is_wrapped(&self, range: &Range<usize>) -> bool {
        let plain = || self.ink.plain(range.clone());
        self.wraps(range) > 0
            && ![Scope::Level1, Scope::Level2, Scope::Block, Scope::FundRow]
                .iter()
                .any(|scope| find(*scope, &plain()).is_some())
    }
}

const fn is_level(kind: Kind) -> bool {
    matches!(kind, Kind::Side | Kind::Indicator(IndicatorField::Level1 | IndicatorField::Level2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    /// The first sign in `text`, a cell a line, of which the last two lines are neighbouring cells.
    fn is_torn(text: &str) -> bool {
        let text = Text::new(text);
        let ink = Ink::new(&text);
        let lines = Lines { ink: &ink, style: Style::Cells { between: 0 } };
        let end = ink.line_end(0);
        lines.cuts_name(&(0..ink.len())) || lines.is_left_over(&(0..end), &(end..ink.len()))
    }

    #[test]
    fn what_is_left_over_of_a_word_shows_a_wrapped_cell() {
        assert!(is_torn("巡检制度完备\n性"));
        assert!(is_torn("可持续影响指\n标"));
        for whole in ["巡检制度\n有", "12.5\n无", "产出\n指标", "绩\n效\n指\n标"] {
            assert!(!is_torn(whole), "{whole}");
        }
    }
}
