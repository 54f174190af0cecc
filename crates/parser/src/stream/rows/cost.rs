//! What each decision of the search costs: how ill the evidence fits it.

use jixiao_core::IndicatorField;

use super::Evidence;
use super::column::{Column, ECHO_CHARS, LevelMatch, NEVER, RowSoFar, level_match, open_cost};
use super::look::Look;
use super::state::{Cell, Node, State, Step};
use crate::ordinal::ordinal;
use crate::stream::doc::Token;
use crate::stream::wrap;

/// What all that speaks for a cell's beginning may be worth: no decision lowers the cost of a reading by more.
pub(super) const MOST_GAINED: i32 = ECHO * (ECHO_CHARS as i32 / 2) + EXPECTED_DEVIATION;

/// What it is worth that a text stands behind the score on its line, where deviations do.
const EXPECTED_DEVIATION: i32 = 10;

/// The least cost of taking an earlier cell up again.
pub(super) const LEAST_RESUMED: i32 = 6;

/// What it is worth that an actual begins as its target does, for each two characters up to [`column::ECHO_CHARS`].
const ECHO: i32 = 4;

/// The cost of a target without a comparator where the form prints one before its quantities.
const WITHOUT_COMPARATOR: i32 = 8;

/// The cost of a cell that begins as only the end of a wrapped one does.
const TAIL: i32 = 24;

/// What it costs more that a name begins with a single 汉字: a value may be one, a name hardly.
const SINGLE_NAME: i32 = 12;

/// The cost of a level's name that begins as the one before it.
const REPEATED: i32 = 18;

/// How many decisions back the pieces of a level's name may lie: a row's pieces, but not those of a hostile row.
const NAME_REACH: usize = 96;

/// Lines of a name that are nothing unusual.
const NAME_LINES: u16 = 3;

/// The cost of going on to a later column of the row, where the blank cells before it cost `skipped`.
pub(super) fn onward_cost(
    evidence: &Evidence,
    nodes: &[Node],
    state: &State,
    index: usize,
    column: usize,
    skipped: i32,
) -> Option<i32> {
    if state.cells[column].is_open() {
        return state.resumed.then(|| 2 + continue_cost(evidence, nodes, state, index, column));
    }
    Some(skipped + opening_cost(evidence, state, index, column, false))
}

/// The cost of taking an earlier cell up again, or of a level name that comes late: both only where a page broke.
pub(super) fn resume_cost(
    evidence: &Evidence,
    nodes: &[Node],
    state: &State,
    index: usize,
    column: usize,
) -> Option<(Step, i32)> {
    let token = evidence.tokens[index];
    if !token.piece.leads || (column == state.column? && !state.resumed) {
        return None;
    }
    let base = if token.piece.page_start { LEAST_RESUMED } else { 34 };
    let is_level = evidence.columns[column].level_scope().is_some();
    if is_level && !token.piece.page_start && !state.resumed {
        return None;
    }
    if state.cells[column].is_open() {
        let points = evidence.columns[column].is_points() || Some(column) == state.column;
        return (!points).then(|| (Step::Continue, base + continue_cost(evidence, nodes, state, index, column)));
    }
    is_level.then(|| (Step::Open, base + 2 + opening_cost(evidence, state, index, column, false)))
}

/// The cost of a cell of `column` beginning with the token.
pub(super) fn opening_cost(evidence: &Evidence, state: &State, index: usize, column: usize, new_row: bool) -> i32 {
    let token = evidence.tokens[index];
    let kind = evidence.columns[column];
    let row = if new_row { RowSoFar::default() } else { state.row };
    let mut cost = open_cost(kind, token, &evidence.looks[index], row);
    if kind == Column::Field(IndicatorField::Level2) && repeats(evidence, state, token) {
        cost += REPEATED;
    }
    cost += match evidence.widths[column] {
        Some(full) => wrap::excess_cost(token.width, wrap::doubt(token), token.shape.closed, full),
        None => wrap::excess_cost(token.width, wrap::doubt(token), token.shape.closed, evidence.widest) / 2,
    };
    if evidence.looks[index].tail && !kind.is_points() {
        cost += TAIL;
    }
    if evidence.looks[index].single && kind == Column::Field(IndicatorField::Level3) {
        cost += SINGLE_NAME;
    }
    if new_row && !token.piece.leads && evidence.lines_tell {
        cost += 90;
    }
    if kind == Column::Field(IndicatorField::Target) && evidence.compares && is_plain_quantity(token) {
        cost += WITHOUT_COMPARATOR;
    }
    if kind == Column::Field(IndicatorField::Actual) && !new_row {
        cost -= ECHO * row.echo(token);
    }
    cost += evidence.indents.opening_cost(evidence.leads[index], state, column);
    cost + line_cost(evidence, state, token, kind)
}

/// A number with or without a unit, and no comparator.
pub(super) fn is_plain_quantity(token: &Token) -> bool {
    token.shape.quantity && !token.shape.comparator
}

/// The name begins as that of the level before it does, but is printed otherwise: 服务对象满意度 below
/// 服务对象满意度指标 is the name of an indicator.
fn repeats(evidence: &Evidence, state: &State, token: &Token) -> bool {
    const ALIKE: usize = 3;
    let Some(before) = evidence.tokens.get(state.level2 as usize) else { return false };
    let shared = before.plain.chars().zip(token.plain.chars()).take_while(|(a, b)| a == b).count();
    shared >= ALIKE && before.plain != token.plain
}

/// Weight and score stand on one line; a text behind the score on its line is the deviation.
fn line_cost(evidence: &Evidence, state: &State, token: &Token, kind: Column) -> i32 {
    if !evidence.lines_tell || evidence.baselines.apart() {
        return 0;
    }
    let same_line = state.column.is_some_and(|column| state.cells[column].line == token.piece.line);
    match kind {
        Column::Field(IndicatorField::Score) if state.row.weight.is_some() && !same_line => 30,
        Column::Field(IndicatorField::Deviation) if same_line && state.row.score.is_some() => -EXPECTED_DEVIATION,
        _ => 0,
    }
}

/// The cost of the token going on in the cell of `column`.
pub(super) fn continue_cost(evidence: &Evidence, nodes: &[Node], state: &State, index: usize, column: usize) -> i32 {
    let (token, look) = (evidence.tokens[index], &evidence.looks[index]);
    let kind = evidence.columns[column];
    let cell = &state.cells[column];
    if kind.is_points() {
        return NEVER;
    }
    if let Some(scope) = kind.level_scope() {
        if cell.level == LevelMatch::None && cell.lines >= NAME_LINES {
            return NEVER;
        }
        let spelled = spelled(evidence, nodes, state.node, column) + &token.plain;
        return match level_match(scope, &spelled) {
            LevelMatch::None => 30 + wrap_cost(evidence, state, index, column),
            LevelMatch::Alike => 4 + wrap_cost(evidence, state, index, column),
            LevelMatch::Whole | LevelMatch::Beginning => 0,
        };
    }
    let shape = match token.shape {
        shape if shape.dash => 30,
        shape if shape.number.is_some() && cell.depth <= 0 && !in_date(cell, look) => 8,
        _ if look.numbered => 25,
        shape if shape.comparator && cell.depth <= 0 => 10,
        _ => 0,
    };
    if cell.line != token.piece.line || evidence.soft {
        shape + wrap_cost(evidence, state, index, column)
    } else {
        shape + blank_within_cost(evidence, cell, token, look, kind)
    }
}

/// The cost of a line break within a cell.
fn wrap_cost(evidence: &Evidence, state: &State, index: usize, column: usize) -> i32 {
    let cell = &state.cells[column];
    let (token, look) = (evidence.tokens[index], &evidence.looks[index]);
    let doubt = wrap::doubt(token);
    let known = evidence.widths[column];
    let shown = (cell.lines >= 2 || token.width - doubt > cell.width).then(|| cell.widest.max(token.width - doubt));
    let full = known.or(shown);
    let mut cost = full.map_or(3, |full| wrap::slack_cost(cell.width, cell.doubt, token, full));
    cost += wrap::excess_cost(
        token.width,
        doubt,
        token.shape.closed,
        full.unwrap_or(cell.widest).max(cell.width + cell.doubt),
    );
    if cell.full_stop && ordinal(&token.plain).is_some() {
        cost = cost.min(6);
    }
    let name = evidence.columns[column] == Column::Field(IndicatorField::Level3);
    if name && cell.lines > NAME_LINES {
        cost += 5;
    }
    if token.shape.bad_start || cell.depth > 0 {
        cost /= 2;
    }
    let name = match (look.is_level, token.piece.page_start) {
        (false, _) => 0,
        (true, true) => 8,
        (true, false) => 25,
    };
    let indent = evidence.indents.continue_cost(evidence.leads[index], state, column, token.width);
    cost + name + indent.unwrap_or_else(|| evidence.break_cost(token))
}

/// A date goes on: `2023年` and `12`, `12` and `月31日`.
fn in_date(cell: &Cell, look: &Look) -> bool {
    match cell.ends {
        Some('年' | '月') => look.date_number,
        Some(c) => c.is_ascii_digit() && look.date_word,
        None => false,
    }
}

/// The cost of a blank within a line of a cell.
fn blank_within_cost(evidence: &Evidence, cell: &Cell, token: &Token, look: &Look, kind: Column) -> i32 {
    if cell.depth > 0 || token.shape.bad_start || cell.full_stop {
        return 8;
    }
    let first = token.plain.chars().next().unwrap_or(' ');
    if in_date(cell, look) {
        return 0;
    }
    let joins_figure = cell.ends_narrow() != first.is_ascii();
    match (joins_figure, evidence.table.spaced) {
        (true, true) if kind == Column::Field(IndicatorField::Level3) => 9,
        (true, true) => 4,
        (true, false) => 10,
        (false, _) => 32,
    }
}

/// The text of the cell of `column` in the row of `node`, folded.
pub(super) fn spelled(evidence: &Evidence, nodes: &[Node], mut node: u32, column: usize) -> String {
    let mut parts = Vec::new();
    for _ in 0..NAME_REACH {
        let Some(decision) = nodes.get(node as usize) else { break };
        if usize::from(decision.column) == column {
            parts.push(evidence.doc.text.plain(decision.chars.0, decision.chars.1));
        }
        if decision.step == Step::Row {
            break;
        }
        node = decision.previous;
    }
    parts.reverse();
    parts.concat()
}

/// The cost of leaving the cell being filled; a page break may still bring the rest of it.
pub(super) fn close_cell_cost(evidence: &Evidence, state: &State, column: usize) -> i32 {
    let cell = &state.cells[column];
    let brackets = if cell.depth > 0 { 8 } else { 0 };
    if evidence.columns[column].level_scope().is_none() {
        return brackets + dangling_cost(cell) + evidence.baselines.cost(state, column);
    }
    match cell.level {
        LevelMatch::Whole => brackets,
        LevelMatch::Alike => brackets + 2,
        LevelMatch::Beginning => brackets + 8,
        LevelMatch::None => brackets + 26,
    }
}

/// The cost of a cell that ends where its text goes on.
fn dangling_cost(cell: &Cell) -> i32 {
    match cell.ends {
        Some('.') => 30,
        Some('于' | '的' | '和' | '与' | '及' | '或' | '、' | ',') => 12,
        Some('-') if cell.widest > 2 => 12,
        _ => 0,
    }
}

/// The cost of leaving the row: its last cell, what its cells lack, and the cells that stayed blank.
pub(super) fn close_row_cost(evidence: &Evidence, state: &State) -> i32 {
    let Some(current) = state.column else { return 0 };
    let open = state.cells.iter().filter(|cell| cell.is_open());
    let lacks: i32 = open.map(lack_cost).sum();
    let behind = current + 1..evidence.columns.len();
    let blanks = behind.filter(|column| !state.cells[*column].is_open()).map(|c| blank_cost(evidence, state, c));
    let blank_sum: i32 = blanks.sum();
    close_cell_cost(evidence, state, current) + lacks + blank_sum
}

/// The cost of a cell that is left for good with a bracket open or half a level name.
fn lack_cost(cell: &Cell) -> i32 {
    let brackets = if cell.depth > 0 { 8 } else { 0 };
    brackets + if cell.level == LevelMatch::Beginning { 24 } else { 0 }
}

/// The cost of the cell of `column` staying blank.
pub(super) fn blank_cost(evidence: &Evidence, state: &State, column: usize) -> i32 {
    let lost = matches!((state.row.weight, state.row.score), (Some(weight), Some(score)) if score < weight);
    match evidence.columns[column] {
        Column::Field(IndicatorField::Deviation) if lost => 3,
        Column::Field(IndicatorField::Level2) if opened_level1(evidence, state) => 12,
        kind => kind.blank_cost(),
    }
}

fn opened_level1(evidence: &Evidence, state: &State) -> bool {
    let level1 = Column::Field(IndicatorField::Level1);
    evidence.columns.iter().zip(&state.cells).any(|(kind, cell)| *kind == level1 && cell.is_open())
}
