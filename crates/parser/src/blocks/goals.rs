//! The two goal texts.

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{Label, Scope};

use super::form::{Form, Role, is_figure};
use super::sides::{self, Line};
use crate::sorted::order::Order;
use crate::stream::doc::Token;
use crate::stream::rows::column::{LevelMatch, level_match};

/// Lines of a goal text are at least this wide where they could be cells of the table as well.
const WIDE: i32 = 30;

/// Lines of a cell of the table are narrower than this.
const WIDEST_CELL: i32 = 36;

/// Marks the words of the goal texts between `start` and the last column label of the indicators.
pub(super) fn mark(form: &mut Form, start: usize, table: usize, last_column: usize) {
    let has_goals = !form.all(|role| matches!(role, Role::GoalColumn(_))).is_empty();
    for block in blocks(form, start, form.range.end) {
        let Some(first) = block.first().copied() else { continue };
        let behind = first >= last_column;
        if behind && !(has_goals && is_page_wide(form, &block, lacks_actual(form))) {
            continue;
        }
        if is_stray_figure(form, &block) && first < table {
            form.set(first..first + 1, Role::Figure);
            form.doubtful.push(first);
        } else if has_goals && (first < table || behind || is_goal(form, &block)) {
            block.iter().for_each(|at| form.set(*at..at + 1, Role::Goal));
        } else if is_value(form, &block, first) {
            block.iter().for_each(|at| form.set(*at..at + 1, Role::Value));
        }
    }
}

/// Lines too wide for any cell of the table; one is enough where a text is missing.
fn is_page_wide(form: &Form, block: &[usize], lacks: bool) -> bool {
    let wide = block.iter().filter_map(|at| form.token(*at)).filter(|token| token.width >= WIDEST_CELL).count();
    wide >= if lacks { 1 } else { 2 }
}

/// The free words of each block.
fn blocks(form: &Form, start: usize, end: usize) -> Vec<Vec<usize>> {
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for at in (start..end).filter(|at| form.role(*at) == Role::Free) {
        match blocks.last_mut() {
            Some(block) if block.last().is_some_and(|last| is_one_run(form, *last, at)) => block.push(at),
            _ => blocks.push(vec![at]),
        }
    }
    blocks
}

/// Words of one block without a column label of the table between them: what stands below one is a cell.
fn is_one_run(form: &Form, from: usize, to: usize) -> bool {
    form.block(from) == form.block(to) && !(from + 1..to).any(|at| matches!(form.role(at), Role::Column(_)))
}

/// A figure of the funds that stands alone among the goals.
fn is_stray_figure(form: &Form, block: &[usize]) -> bool {
    matches!(block, [only] if is_figure(form.token(*only)))
}

/// A block among the column labels of the indicators that is no cell of the table.
fn is_goal(form: &Form, block: &[usize]) -> bool {
    let Some(first) = block.first().copied() else { return false };
    let under_label = first > 0 && form.role(first - 1) == Role::GoalColumn(Label::Actual);
    let same = under_label && form.block(first - 1) == form.block(first);
    let wide = block.iter().filter_map(|at| form.token(*at)).any(|token| token.width >= WIDE);
    let ends = block.last().and_then(|at| form.token(*at)).is_some_and(|token| token.shape.full_stop);
    same || wide || (is_above_names(form, block, first) && (ends || lacks_actual(form)) && !lacks_value(form))
}

/// No text of the right column has been found so far.
fn lacks_actual(form: &Form) -> bool {
    let label = form.all(|role| role == Role::GoalColumn(Label::Actual));
    let behind = |at: &usize| label.first().is_some_and(|label| at > label);
    !form.all(|role| role == Role::Goal).iter().any(behind)
}

/// Before the labels of the other columns nothing but names of levels can belong to the table.
fn is_above_names(form: &Form, block: &[usize], first: usize) -> bool {
    use IndicatorField::{Level1, Level2};
    let levels = [Level1, Level2].map(|field| Role::Column(Label::IndicatorColumn(field)));
    let columns = form.all(|role| matches!(role, Role::Column(_)) && !levels.contains(&role));
    let named = columns.first().is_some_and(|at| *at < first);
    let level = |token: &Token| {
        [Scope::Level1, Scope::Level2].into_iter().any(|scope| level_match(scope, &token.plain) != LevelMatch::None)
    };
    !named && !block.iter().filter_map(|at| form.token(*at)).any(level)
}

/// The value of a field may come this late.
fn is_value(form: &Form, block: &[usize], first: usize) -> bool {
    is_above_names(form, block, first) && lacks_value(form)
}

/// More fields than values.
fn lacks_value(form: &Form) -> bool {
    let fields = form.all(|role| matches!(role, Role::Field(_)));
    let blank = |at: &&usize| !matches!(form.role(**at + 1), Role::Value | Role::Field(_));
    let main = |at: &&usize| {
        let label = form.label(Scope::Header, **at).map(|hit| hit.label);
        matches!(label, Some(Label::ProjectName | Label::Department | Label::Unit))
    };
    let lacking = fields.iter().filter(main).filter(blank).count();
    let mut stray = 0;
    for at in form.all(|role| role == Role::Value) {
        stray += usize::from(at > 0 && !matches!(form.role(at - 1), Role::Value | Role::Field(_)));
    }
    lacking > stray
}

/// Adds the labels of the columns, the left text and the right one.
pub(super) fn arrange(form: &Form, order: &mut Order) {
    let mut labels = form.all(|role| matches!(role, Role::GoalColumn(_)));
    labels.sort_by_key(|at| form.role(*at) != Role::GoalColumn(Label::Expected));
    order.run(form.tokens(&labels));
    let actual = labels.iter().find(|at| form.role(**at) == Role::GoalColumn(Label::Actual)).copied();
    let lines = sides::cut(lines(form, actual));
    let Some(parted) = sides::part(&lines) else {
        let words = || lines.iter().flat_map(|line| line.words.iter());
        order.doubt(words());
        order.down(words().cloned());
        return;
    };
    let words = |side: &[usize]| -> Vec<Token> {
        side.iter().filter_map(|at| lines.get(*at)).flat_map(|line| line.words.clone()).collect()
    };
    let (left, right) = (words(&parted.left), words(&parted.right));
    if parted.doubtful {
        order.doubt(left.iter().chain(&right));
    }
    order.right_texts.extend(right.first().map(|token| token.piece.start));
    order.down(left);
    order.down(right);
}

/// The printed lines of both texts.
fn lines(form: &Form, actual: Option<usize>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for at in form.all(|role| role == Role::Goal) {
        let (Some(token), Some(block)) = (form.token(at), form.block(at)) else { continue };
        let last = lines
            .last_mut()
            .filter(|line| line.words.last().is_some_and(|last: &Token| last.piece.line == token.piece.line));
        match last {
            Some(line) => line.words.push(token.clone()),
            None => {
                let early = actual.is_some_and(|label| at < label);
                lines.push(Line { words: vec![token.clone()], block, early });
            }
        }
    }
    lines
}
