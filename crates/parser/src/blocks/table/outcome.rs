//! What the search found: the cell of every word, and the cells that might as well be filled otherwise.

use std::collections::{HashMap, HashSet};

use super::Sheet;
use super::beam::{RIVAL_MARGIN, top};
use super::state::{Arena, Move, NONE, Node, State, UNREAD};

/// The words of a table dealt to cells.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The cell of each word.
    pub(super) cells: Vec<Option<Move>>,
    /// Cells (column and row) that another reading nearly as good fills differently.
    pub(super) doubtful: HashSet<(u8, u16)>,
    /// How many rows there are.
    pub(super) rows: u16,
    /// How ill the reading fits.
    pub(super) cost: i32,
}

/// The best of `states`, and where others nearly as good differ from it.
pub(super) fn found(sheet: &Sheet, arena: &Arena, states: &[State]) -> Found {
    let Some(best) = states.first() else { return Found::default() };
    let mut found = Found {
        cells: vec![None; sheet.words.len()],
        doubtful: HashSet::new(),
        rows: top(sheet, best),
        cost: best.cost,
    };
    for (_, node) in arena.chain(best.node) {
        let at = usize::try_from(node.word).unwrap_or(usize::MAX);
        if let Some(cell) = found.cells.get_mut(at).filter(|_| node.column != UNREAD) {
            *cell = Some(Move { column: node.column, row: node.row, opens: node.opens });
        }
        if node.rival != NONE {
            differ(sheet, arena, node, node.rival, &mut found.doubtful);
        }
    }
    let rivals = states.iter().skip(1).take_while(|state| state.cost - best.cost < RIVAL_MARGIN);
    for rival in rivals {
        if let Some(node) = arena.get(best.node) {
            differ(sheet, arena, node, rival.node, &mut found.doubtful);
        }
    }
    found
}

/// Marks the cells that two readings fill differently, back to where they part.
fn differ(sheet: &Sheet, arena: &Arena, best: &Node, rival: u32, doubtful: &mut HashSet<(u8, u16)>) {
    let mut texts: [HashMap<(u8, u16), String>; 2] = [HashMap::new(), HashMap::new()];
    let mut add = |side: usize, node: &Node| {
        let word = usize::try_from(node.word).ok().and_then(|at| sheet.words.get(at));
        let text = texts.get_mut(side).map(|texts| texts.entry((node.column, node.row)).or_default());
        if let (Some(word), Some(text)) = (word, text) {
            text.push_str(&word.token.plain);
        }
    };
    let mut best = *best;
    for (_, other) in arena.chain(rival) {
        add(0, &best);
        add(1, other);
        if best.parent == other.parent {
            break;
        }
        let Some(parent) = arena.get(best.parent) else { break };
        best = *parent;
    }
    let [own, others] = &texts;
    let cells = own.keys().chain(others.keys());
    doubtful.extend(cells.filter(|cell| own.get(cell) != others.get(cell)));
}
