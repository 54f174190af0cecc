//! The words of a text put into drawing order.

use std::collections::BTreeSet;

use crate::raw::{RawCell, RawForm};
use crate::stream;
use crate::stream::doc::{Doc, Token};
use crate::stream::segment::Region;
use crate::text::Text;

/// Words in drawing order, and what is known of them.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// The words; each one that begins a row or a line of a cell leads.
    pub(crate) tokens: Vec<Token>,
    /// Where the right one of two goal texts begins, as an index into the characters.
    pub(crate) right_texts: BTreeSet<usize>,
    /// Words that may belong to a neighbouring cell, as indices into the characters.
    pub(crate) doubtful: BTreeSet<usize>,
}

impl Order {
    /// Adds a run of words: the first one leads, the others stand behind it.
    pub(crate) fn run(&mut self, tokens: impl IntoIterator<Item = Token>) {
        for (index, mut token) in tokens.into_iter().enumerate() {
            token.piece.leads = index == 0;
            self.tokens.push(token);
        }
    }

    /// Adds words that each stand on a line of their own.
    pub(crate) fn down(&mut self, tokens: impl IntoIterator<Item = Token>) {
        tokens.into_iter().for_each(|token| self.run([token]));
    }

    /// Remarks that `tokens` may belong elsewhere.
    pub(crate) fn doubt<'t>(&mut self, tokens: impl IntoIterator<Item = &'t Token>) {
        self.doubtful.extend(tokens.into_iter().map(|token| token.piece.start));
    }

    /// Cuts the goals of each form where the right text begins.
    pub(crate) fn cut_goals(&self, doc: &Doc, regions: &[Region], forms: &mut [RawForm]) {
        for (region, form) in regions.iter().zip(forms) {
            let Some((start, end)) = stream::goal_block(doc, region) else { continue };
            let is_right =
                |at: &usize| doc.tokens.get(*at).is_some_and(|token| self.right_texts.contains(&token.piece.start));
            let border = (start..end).find(is_right).unwrap_or(end);
            form.expected = doc.cell(start..border);
            form.actual = doc.cell(border..end);
        }
    }

    /// Hands the doubts about words on to the cells that hold them; `said` is what is said of them.
    pub(crate) fn doubt_cells(&self, text: &Text, form: &mut RawForm, said: &str) {
        let funds = form.fund_rows.iter_mut().flat_map(|row| {
            let cells = row.cells.iter_mut().map(|(_, cell)| cell);
            std::iter::once(&mut row.label).chain(cells)
        });
        let single =
            [&mut form.project_name, &mut form.department, &mut form.unit, &mut form.expected, &mut form.actual];
        let total = [&mut form.total_weight, &mut form.total_score];
        let cells = single.into_iter().chain(total).flatten().chain(form.extra.iter_mut().map(|field| &mut field.cell));
        for cell in cells.chain(funds).filter(|cell| cell.doubt.is_none()) {
            cell.doubt = self.is_doubtful(text, cell).then(|| said.to_owned());
        }
    }

    fn is_doubtful(&self, text: &Text, cell: &RawCell) -> bool {
        let starts = cell.places.iter().filter_map(|place| text.range(place)).map(|(start, _)| start);
        starts.into_iter().any(|start| self.doubtful.contains(&start))
    }
}
