//! The columns of the indicator table, and how well a token fits each one.

use jixiao_core::IndicatorField;
use jixiao_core::vocab::{self, Label, Scope};

use super::look::Look;
use crate::stream::doc::{Shape, Token};

/// Ten thousandths of the highest plausible weight.
const HIGHEST_WEIGHT: i64 = 1_000_000;

/// The cost of a cell that begins with a single 汉字 on its line.
pub(super) const SINGLE: i32 = 12;

/// A reading that is all but impossible.
pub(crate) const NEVER: i32 = 400;

fn head(token: &Token) -> [char; ECHO_CHARS] {
    let mut head = [char::default(); ECHO_CHARS];
    for (slot, c) in head.iter_mut().zip(token.plain.chars()) {
        *slot = c;
    }
    head
}

/// What a column of the table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// A column that has a key.
    Field(IndicatorField),
    /// 指标性质, part of the target.
    Nature,
    /// 度量单位, part of the target.
    TargetUnit,
    /// A column that is not kept.
    Unkept,
}

impl Column {
    /// The column that a header label names.
    pub(crate) fn of(label: Label) -> Option<Self> {
        match label {
            Label::IndicatorColumn(field) => Some(Self::Field(field)),
            Label::TargetNature => Some(Self::Nature),
            Label::TargetUnit => Some(Self::TargetUnit),
            Label::Unkept => Some(Self::Unkept),
            _ => None,
        }
    }

    /// The field the column's text ends in.
    pub(crate) fn field(self) -> Option<IndicatorField> {
        match self {
            Self::Field(field) => Some(field),
            Self::Nature | Self::TargetUnit => Some(IndicatorField::Target),
            Self::Unkept => None,
        }
    }

    /// The vocabulary of the column's names, for the two levels.
    pub(crate) fn level_scope(self) -> Option<Scope> {
        match self {
            Self::Field(IndicatorField::Level1) => Some(Scope::Level1),
            Self::Field(IndicatorField::Level2) => Some(Scope::Level2),
            _ => None,
        }
    }

    /// A row may begin here.
    pub(crate) fn opens_row(self) -> bool {
        use IndicatorField::{Level1, Level2, Level3};
        matches!(self, Self::Field(Level1 | Level2 | Level3))
    }

    /// The column holds one number and nothing else.
    pub(crate) fn is_points(self) -> bool {
        matches!(self, Self::Field(IndicatorField::Weight | IndicatorField::Score))
    }

    /// The column holds running text.
    fn is_text(self) -> bool {
        use IndicatorField::{Actual, Deviation, Level3, Target};
        matches!(self, Self::Field(Level3 | Target | Actual | Deviation))
    }

    /// The cost of the column being blank in a row.
    pub(crate) fn blank_cost(self) -> i32 {
        use IndicatorField::{Actual, Deviation, Level1, Level2, Level3, Score, Target, Weight};
        match self {
            Self::Field(Level1 | Level2 | Deviation) => 0,
            Self::Field(Level3) => 80,
            Self::Field(Target | Actual) => 25,
            Self::Field(Weight | Score) => 40,
            Self::Nature => 10,
            Self::TargetUnit => 6,
            Self::Unkept => 4,
        }
    }
}

/// Whether a target or actual is a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// The cell is blank so far.
    #[default]
    Blank,
    /// A number with comparator or unit.
    Quantity,
    /// A text.
    Text,
}

/// The kind of a cell that begins with `token`.
pub(crate) fn kind_of(token: &Token) -> Kind {
    let shape = token.shape;
    if shape.comparator || shape.quantity || is_bound(&token.plain) { Kind::Quantity } else { Kind::Text }
}

/// Words that give a bound.
pub(crate) const BOUNDS: [&str; 6] = ["不少于", "不低于", "不超过", "不高于", "大于", "小于"];

/// A bound in words, as a target gives it: 不低于95%.
pub(crate) fn is_bound(plain: &str) -> bool {
    BOUNDS.iter().any(|bound| plain.starts_with(bound)) && !plain.ends_with("范围")
}

/// Characters that an actual may share with its target to count as its echo.
pub(crate) const ECHO_CHARS: usize = 4;

/// What of a row bears on the next cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct RowSoFar {
    /// Kind of the target.
    pub(crate) target: Kind,
    /// The weight, in ten-thousandths.
    pub(crate) weight: Option<i64>,
    /// The score, in ten-thousandths.
    pub(crate) score: Option<i64>,
    /// The target's number, in ten-thousandths, negated where less is better.
    pub(crate) aim: Option<i64>,
    /// The actual does not reach the target.
    pub(crate) missed: bool,
    /// The first characters of a qualitative target.
    head: [char; ECHO_CHARS],
}

impl RowSoFar {
    /// Takes in the first token of the target.
    pub(crate) fn see_target(&mut self, token: &Token) {
        self.target = kind_of(token);
        self.head = if self.target == Kind::Text { head(token) } else { Default::default() };
        let less = token.plain.starts_with(['<', '≤']);
        self.aim = token.shape.value.map(|value| if less { -value } else { value });
    }

    /// A qualitative actual often begins with the words of its target: how many pairs of characters the two share.
    pub(crate) fn echo(&self, token: &Token) -> i32 {
        let shared = self.head.iter().zip(head(token)).take_while(|(a, b)| **a == *b && *b != char::default()).count();
        i32::try_from(shared / 2).unwrap_or_default()
    }

    /// Takes in the first token of the actual.
    pub(crate) fn see_actual(&mut self, token: &Token) {
        let reached = |aim: i64, value: i64| if aim < 0 { value <= -aim } else { value >= aim };
        self.missed = matches!((self.aim, token.shape.value), (Some(aim), Some(value)) if !reached(aim, value));
    }
}

/// The cost of a cell of `column` beginning with `token`.
pub(crate) fn open_cost(column: Column, token: &Token, look: &Look, row: RowSoFar) -> i32 {
    let shape = token.shape;
    if shape.dash {
        return dash_cost(column);
    }
    let bad_start = if shape.bad_start && !column.is_points() { 50 } else { 0 };
    let named = if look.numbered && column != Column::Field(IndicatorField::Level3) { 30 } else { 0 };
    let single = if look.single && column.is_text() { SINGLE } else { 0 };
    bad_start
        + named
        + single
        + match column {
            Column::Field(IndicatorField::Level1) => level_cost(look.level1, 40),
            Column::Field(IndicatorField::Level2) => level_cost(look.level2, 14) + level1_as_level2_cost(look),
            Column::Field(IndicatorField::Level3) => level3_cost(token, look),
            Column::Field(IndicatorField::Target) => target_cost(shape, token, look),
            Column::Field(IndicatorField::Actual) => actual_cost(shape, look, row.target),
            Column::Field(IndicatorField::Weight) => weight_cost(shape),
            Column::Field(IndicatorField::Score) => score_cost(shape, row.weight),
            Column::Field(IndicatorField::Deviation) => deviation_cost(token, look, row),
            Column::Nature => i32::from(!shape.comparator && !token.plain.starts_with('定')) * 30,
            Column::TargetUnit => i32::from(shape.number.is_some() || token.width > 12) * 20,
            Column::Unkept => 10,
        }
}

/// A dash says that a cell is blank: levels and names never are, points rarely.
fn dash_cost(column: Column) -> i32 {
    match column {
        Column::Field(IndicatorField::Deviation) => 2,
        Column::Field(IndicatorField::Weight | IndicatorField::Score) => 12,
        Column::Field(IndicatorField::Target | IndicatorField::Actual) => 10,
        Column::Field(_) => 50,
        _ => 4,
    }
}

/// Whether `spelled` is a level's name, or the beginning of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum LevelMatch {
    /// The whole of a name.
    Whole,
    /// A name outside the vocabulary that ends as level names do.
    Alike,
    /// The beginning of one.
    Beginning,
    /// Neither.
    #[default]
    None,
}

/// Compares `spelled` (folded) with the level names of `scope`.
pub(crate) fn level_match(scope: Scope, spelled: &str) -> LevelMatch {
    let bare = if scope == Scope::Level2 { without_level1(spelled) } else { spelled };
    let either = |is: fn(Scope, &str) -> bool| is(scope, bare) || (bare != spelled && is(scope, spelled));
    if either(|scope, name| vocab::find(scope, name).is_some()) {
        LevelMatch::Whole
    } else if either(vocab::begins) || weight_begins(scope, spelled) {
        LevelMatch::Beginning
    } else if scope == Scope::Level2 && spelled.ends_with("指标") && (4..=14).contains(&spelled.chars().count()) {
        LevelMatch::Alike
    } else {
        LevelMatch::None
    }
}

/// `产出数量指标` is 数量指标 with the level above it named again.
pub(crate) fn without_level1(spelled: &str) -> &str {
    ["产出", "效益", "项目"].iter().find_map(|stem| spelled.strip_prefix(stem)).unwrap_or(spelled)
}

/// `产出指标(50`: a name with its weight bracket still open.
fn weight_begins(scope: Scope, spelled: &str) -> bool {
    spelled.split_once('(').is_some_and(|(name, rest)| {
        !rest.contains(')')
            && rest.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '分')
            && vocab::find(scope, name).is_some()
    })
}

/// 产出 begins the level 2 产出数量指标, but far oftener it is the level 1.
fn level1_as_level2_cost(look: &Look) -> i32 {
    if look.level1 == LevelMatch::Whole && look.level2 == LevelMatch::Beginning { 10 } else { 0 }
}

fn level_cost(begun: LevelMatch, unknown: i32) -> i32 {
    if begun == LevelMatch::None { unknown } else { 0 }
}

/// True for a token that is a level's whole name.
pub(crate) fn is_level_name(plain: &str) -> bool {
    [Scope::Level1, Scope::Level2].into_iter().any(|scope| vocab::find(scope, plain).is_some())
}

fn level3_cost(token: &Token, look: &Look) -> i32 {
    let shape = token.shape;
    if shape.number.is_some() || shape.comparator || shape.quantity {
        50
    } else if look.nothing || look.is_level && token.plain.ends_with("指标") {
        60
    } else if look.is_level {
        20
    } else if token.plain.starts_with(|c: char| c.is_ascii_digit() || c == '(') {
        8
    } else {
        0
    }
}

fn target_cost(shape: Shape, token: &Token, look: &Look) -> i32 {
    if shape.comparator {
        0
    } else if shape.quantity {
        2
    } else if token.plain.starts_with(|c: char| c.is_ascii_digit()) {
        4
    } else if look.is_level {
        30
    } else {
        7
    }
}

fn actual_cost(shape: Shape, look: &Look, target: Kind) -> i32 {
    let names_level = if look.is_level { 25 } else { 0 };
    names_level
        + match (target, shape.quantity, shape.comparator) {
            (Kind::Quantity, true, false) => 0,
            (Kind::Quantity, true, true) => 4,
            (Kind::Quantity, false, _) => 10,
            (Kind::Text, true, _) => 8,
            (Kind::Text, false, true) => 30,
            (Kind::Text, false, false) => 0,
            (Kind::Blank, _, true) => 12,
            (Kind::Blank, ..) if look.bound => 12,
            (Kind::Blank, ..) => 4,
        }
}

fn weight_cost(shape: Shape) -> i32 {
    match shape.number {
        Some(points) if shape.percent || !(0..=HIGHEST_WEIGHT).contains(&points) => NEVER,
        Some(0) => 10,
        Some(points) if points > HIGHEST_WEIGHT / 2 => 6,
        Some(_) => 0,
        None => NEVER,
    }
}

fn score_cost(shape: Shape, weight: Option<i64>) -> i32 {
    match (shape.number, weight) {
        (Some(_), _) if shape.percent => NEVER,
        (Some(score), Some(weight)) if score > weight => 60,
        (Some(score), Some(weight)) if score == weight => 0,
        (Some(score), _) if !(0..=HIGHEST_WEIGHT).contains(&score) => NEVER,
        (Some(_), _) => 3,
        (None, _) => NEVER,
    }
}

/// A deviation is expected where points were lost.
fn deviation_cost(token: &Token, look: &Look, row: RowSoFar) -> i32 {
    let shape = token.shape;
    let lost = matches!((row.weight, row.score), (Some(weight), Some(score)) if score < weight);
    let expected = lost || row.missed;
    let base = if expected || look.nothing { 2 } else { 14 };
    if shape.number.is_some() {
        base + 40
    } else if shape.comparator || shape.quantity {
        base + 20
    } else if look.is_level {
        base + if token.plain.ends_with(['标', '(', ')']) { 60 } else { 25 }
    } else {
        base
    }
}
