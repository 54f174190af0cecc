//! What it costs that a word begins the name of a level, or goes on in one.

use jixiao_core::IndicatorField;
use jixiao_core::vocab::Scope;

use super::Word;
use super::cost::Ask;
use super::state::NONE;
use crate::stream::rows::column::{Column, LevelMatch, NEVER, RowSoFar, open_cost};

const BROKEN_NAME: i32 = 30;
const REPEATED_NAME: i32 = 16;
const NO_NAME: i32 = 40;
const SINGLE_LEVEL: i32 = 8;
const UNKNOWN_LEVEL: i32 = 20;
const ALIKE_LEVEL: i32 = 12;
const OTHER_LEVEL: i32 = 10;
/// How many names of a level are compared with the next one.
const MOST_NAMES: usize = 24;

impl Ask<'_> {
    pub(super) fn open_level(&self, column: usize) -> i32 {
        let kind = self.sheet.column(column);
        let fit = open_cost(kind, &self.word.token, &self.word.look, RowSoFar::default());
        let plain = &self.word.token.plain;
        let shape = self.word.token.shape;
        if shape.quantity || shape.comparator || shape.dash {
            return NEVER;
        }
        let is_level1 = kind == Column::Field(IndicatorField::Level2) && is_level1_only(self.word);
        let matched = self.sheet.level_match(self.scope(column), plain.clone());
        let alike = if matched == LevelMatch::Alike { ALIKE_LEVEL } else { 0 };
        let unknown = if is_level1 || matched == LevelMatch::None { UNKNOWN_LEVEL } else { 0 };
        let single = if plain.chars().count() == 1 { SINGLE_LEVEL } else { 0 };
        let repeated = self.names(column).iter().any(|name| name == plain);
        let home = if self.is_elsewhere(column, plain) { OTHER_LEVEL } else { 0 };
        fit + single + unknown + alike + home + self.broken(column) + if repeated { REPEATED_NAME } else { 0 }
    }

    /// 成本 is a name of level 2, unless the table prints the kinds of costs that stand below it; 服务对象满意度 is one
    /// wherever there are two levels.
    fn is_elsewhere(&self, column: usize, plain: &str) -> bool {
        let first = self.sheet.find(IndicatorField::Level1) == Some(column);
        let both = self.sheet.find(IndicatorField::Level2).is_some();
        (plain.starts_with("成本") && first != self.sheet.cost_kinds)
            || (plain.starts_with("服务对象") && first && both)
    }

    /// The names of a level so far.
    fn names(&self, column: usize) -> Vec<String> {
        let mut names = Vec::new();
        let mut name = String::new();
        for node in self.arena.column(self.state.last.get(column).copied().unwrap_or(NONE)) {
            let word = self.word_at(node.word).map_or("", |word| word.token.plain.as_str());
            name.insert_str(0, word);
            if node.opens {
                names.push(std::mem::take(&mut name));
                if names.len() >= MOST_NAMES {
                    break;
                }
            }
        }
        names
    }

    fn scope(&self, column: usize) -> Scope {
        self.sheet.column(column).level_scope().unwrap_or(Scope::Level2)
    }

    fn spelled(&self, column: usize) -> String {
        let cell = self.open_cell(column);
        cell.iter().rev().map(|word| word.token.plain.as_str()).collect()
    }

    /// The cost of the last name of `column` being whole as it stands.
    pub(super) fn broken(&self, column: usize) -> i32 {
        let spelled = self.spelled(column);
        let begun = !spelled.is_empty() && self.sheet.level_match(self.scope(column), spelled) == LevelMatch::Beginning;
        if begun { BROKEN_NAME } else { 0 }
    }

    pub(super) fn go_on_level(&self, column: usize) -> i32 {
        let cell = self.open_cell(column);
        let Some(last) = cell.first() else { return NEVER };
        let longer = self.spelled(column) + &self.word.token.plain;
        let fit = match self.sheet.level_match(self.scope(column), longer) {
            LevelMatch::Whole | LevelMatch::Beginning => 0,
            LevelMatch::Alike => 6,
            LevelMatch::None => NO_NAME,
        };
        let across = if last.block == self.word.block { 0 } else { self.across(last) / 2 };
        fit + across
    }
}

/// A name of level 1 that level 2 does not have.
fn is_level1_only(word: &Word) -> bool {
    word.look.level1 == LevelMatch::Whole && word.look.level2 != LevelMatch::Whole
}
