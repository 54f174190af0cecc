//! The two-column goals block, drawn as all lines of the left cell and then all lines of the right one.
//!
//! Nothing in the text marks where the left cell ends, and one of the two may be blank. The decision weighs the
//! wrap width of each side (a line that wraps is full), paragraph ends, numbering that starts again, and what the
//! widths of the two columns are in the other forms of the document.

use super::doc::{Doc, Token};
use super::wrap;
use crate::done::{LEADS, lean};
use crate::ordinal::ordinal;
use crate::raw::{RawCell, RawForm};

/// A second-best split this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 20;

/// A split this much better than the next best shows how wide the columns are.
const CONFIDENT: i32 = 12;

/// Most tokens of a goals block that are tried as split points; the rest of a longer one goes to its last cell.
const MOST_TOKENS: usize = 1_200;

/// What speaks for a border at the only blank line of a block.
const ONLY_GAP: i32 = 16;

/// What speaks for a border in front of a word that says what was done.
const BEGINS_AS_DONE: i32 = 6;

/// Widths of the two columns, as far as the document has shown them, in half-width columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Widths {
    /// Of 预期目标.
    pub(crate) expected: Option<i32>,
    /// Of 实际完成情况.
    pub(crate) actual: Option<i32>,
    /// The least that 预期目标 can have: it stands above the columns of names and targets, and no layout makes it
    /// much narrower than 实际完成情况.
    pub(crate) least_expected: Option<i32>,
}

/// Where the left cell ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Split {
    /// First token of the right cell.
    pub(crate) at: usize,
    /// How ill the lines fit their cells.
    pub(crate) cost: i32,
    /// How much worse the next best split is.
    pub(crate) margin: i32,
}

/// Finds the split of the tokens `start..end`.
pub(crate) fn split(doc: &Doc, start: usize, end: usize, widths: Widths) -> Split {
    let last = end.min(start + MOST_TOKENS);
    let tight = is_tight(doc, start, last);
    let left = prefix_costs(doc, start, last, (widths.expected, tight));
    let right = suffix_costs(doc, start, last, (widths.actual, tight));
    let leans = Leans::new(doc, start, last);
    let mut ranked: Vec<(i32, usize)> = (start..=last)
        .map(|at| {
            (
                left[at - start]
                    + right[at - start]
                    + border_cost(doc, &leans, at, tight)
                    + narrow_cost(doc, start, at, last, widths),
                at,
            )
        })
        .collect();
    ranked.sort_unstable();
    match ranked.as_slice() {
        [(best, at), (next, _), ..] => Split { at: *at, cost: *best, margin: next - best },
        _ => Split { at: start, cost: 0, margin: RIVAL_MARGIN },
    }
}

/// Fills the two goal cells from the tokens `start..end`.
pub(crate) fn read(doc: &Doc, start: usize, end: usize, widths: Widths, raw: &mut RawForm) {
    if start >= end {
        return;
    }
    let split = split(doc, start, end, widths);
    // A blank cell leaves no trace in the text, so nothing shows which of the two it is.
    let doubtful = split.margin < RIVAL_MARGIN || split.at == start || split.at == end;
    let doubt = |cell: Option<RawCell>, other: &str| {
        let text =
            if cell.is_some() { "这些行的一部分也可能属于" } else { "这一栏的文字可能并入了" };
        let doubt = doubtful.then(|| format!("{text}「{other}」"));
        doubt.is_some().then(|| RawCell { doubt, ..cell.clone().unwrap_or_default() }).or(cell)
    };
    raw.expected = doubt(doc.cell(start..split.at), "实际完成情况");
    raw.actual = doubt(doc.cell(split.at..end), "预期目标");
}

/// The widths that a confident split shows.
pub(crate) fn learn(doc: &Doc, start: usize, end: usize) -> Widths {
    let split = split(doc, start, end, Widths::default());
    if split.margin < CONFIDENT {
        return Widths::default();
    }
    let (expected, actual) = (wrap::full_width(doc, start, split.at), wrap::full_width(doc, split.at, end));
    Widths { expected, actual, least_expected: None }
}

/// `costs[k]`: how ill the first `k` tokens make one cell.
fn prefix_costs(doc: &Doc, start: usize, end: usize, (known, tight): (Option<i32>, bool)) -> Vec<i32> {
    let mut costs = vec![0];
    let mut paragraph = wrap::Paragraph::new(known).tight(tight);
    for index in start..end {
        paragraph.push(doc, index);
        costs.push(paragraph.cost());
    }
    costs
}

/// `costs[k]`: how ill the tokens behind the first `k` make one cell.
fn suffix_costs(doc: &Doc, start: usize, end: usize, (known, tight): (Option<i32>, bool)) -> Vec<i32> {
    let mut costs = vec![0; end - start + 1];
    let mut paragraph = wrap::Paragraph::new(known).tight(tight);
    for index in (start..end).rev() {
        paragraph.push_front(doc, index);
        costs[index - start] = paragraph.cost();
    }
    costs
}

/// Blank lines stand in the text, but not between all lines: there a line begins further right or left.
fn is_tight(doc: &Doc, start: usize, end: usize) -> bool {
    let lines = doc.tokens.get(start..end).unwrap_or_default().iter().filter(|token| token.piece.leads).skip(1);
    let (mut count, mut blank) = (0_usize, 0_usize);
    for line in lines {
        count += 1;
        blank += usize::from(line.piece.blanks_above > 0);
    }
    doc.spaced_out && count >= 2 && blank * 2 <= count
}

/// The line that begins with the token `at` begins where the line before does, as far as blank lines tell.
fn goes_straight_on(doc: &Doc, start: usize, at: usize) -> bool {
    let plain = |token: &Token| token.piece.blanks_above == 0 && !token.piece.page_start;
    let before = (start..at).rev().filter_map(|index| doc.tokens.get(index)).find(|token| token.piece.leads);
    doc.tokens.get(at).is_some_and(|token| token.piece.leads && plain(token)) && before.is_some_and(plain)
}

/// How ill a cell border fits in front of the token `at`.
fn border_cost(doc: &Doc, leans: &Leans, at: usize, tight: bool) -> i32 {
    let (start, end) = (leans.start, leans.end());
    if at == start || at == end {
        return one_sided_cost(leans, at);
    }
    let (before, after) = (&doc.tokens[at - 1], &doc.tokens[at]);
    let mut cost = 0;
    if after.shape.bad_start {
        cost += 60;
    }
    if !after.piece.leads {
        cost += if before.shape.full_stop { 5 } else { 40 };
    } else if after.piece.blanks_above == 0 {
        cost += 10;
    }
    if tight && goes_straight_on(doc, start, at) {
        cost += 24;
    }
    let announces = before.plain.ends_with([':', ',', '、']);
    if announces {
        cost += 24;
    } else if !before.shape.full_stop {
        cost += 8;
    }
    cost += 12 * i32::from(leans.between(start, at) > 0) + 4 * i32::from(leans.between(at, end) < 0);
    if LEADS.iter().any(|lead| after.plain.starts_with(lead)) {
        cost -= BEGINS_AS_DONE;
    }
    if tight && is_only_gap(doc, start, at, end) {
        cost -= ONLY_GAP;
    }
    // `目标1：` and the list behind it are one cell.
    let numbering = numbering_reward(doc, start, at);
    cost - if announces { numbering.min(0) } else { numbering }
}

/// The one blank line of the block stands above the token `at`: a border leaves one, a paragraph seldom does.
fn is_only_gap(doc: &Doc, start: usize, at: usize, end: usize) -> bool {
    let gap = |token: &Token| token.piece.leads && token.piece.blanks_above > 0;
    let own = doc.tokens.get(at).is_some_and(gap);
    own && doc.tokens.get(start + 1..end).unwrap_or_default().iter().filter(|token| gap(token)).count() == 1
}

/// Both cells are usually filled; where one is not, the text says which.
fn one_sided_cost(leans: &Leans, at: usize) -> i32 {
    let lean = leans.between(leans.start, leans.end()).signum() * 8;
    if at == leans.end() { 14 + lean } else { 15 - lean }
}

/// The cost of all lines being 预期目标 where they break at a width that its column exceeds.
fn narrow_cost(doc: &Doc, start: usize, at: usize, end: usize, widths: Widths) -> i32 {
    let narrow = |least: i32| wrap::full_width(doc, start, end).is_some_and(|full| full < least);
    if at == end && widths.least_expected.is_some_and(narrow) { 20 } else { 0 }
}

/// Whether a text speaks of what was done (positive) rather than of what is to be done.
struct Leans {
    start: usize,
    /// Of the tokens before each token of the text, and before its end.
    sums: Vec<i32>,
}

impl Leans {
    fn new(doc: &Doc, start: usize, end: usize) -> Self {
        let tokens = doc.tokens.get(start..end).unwrap_or_default().iter();
        let sums = tokens.scan(0, |sum, token| {
            *sum += lean(&token.plain);
            Some(*sum)
        });
        Self { start, sums: std::iter::once(0).chain(sums).collect() }
    }

    fn end(&self) -> usize {
        self.start + self.sums.len() - 1
    }

    /// Of the tokens `from..to`.
    fn between(&self, from: usize, to: usize) -> i32 {
        let before = |at: usize| at.checked_sub(self.start).and_then(|at| self.sums.get(at)).copied().unwrap_or(0);
        before(to) - before(from)
    }
}

/// A cell that begins with the first number of a list, after the list had gone on before it; the contrary where
/// the number goes on.
fn numbering_reward(doc: &Doc, start: usize, at: usize) -> i32 {
    let opens = |index: usize| doc.tokens.get(index).and_then(|token| ordinal(&token.plain));
    let last = (start..at).rev().filter(|index| doc.tokens[*index].piece.leads).find_map(opens);
    if let (Some(last), Some(next)) = (last, opens(at))
        && next == last + 1
    {
        return -16;
    }
    match (list_start(doc, at), list_start(doc, start)) {
        (Some((1, _)), Some((1, first))) if first < at => 30,
        (Some((1, _)), None) if last.is_some_and(|last| last >= 2) => 20,
        _ => 0,
    }
}

/// The ordinal that a cell begins with, behind a lead such as `完成情况：` on a line of its own, and its token.
fn list_start(doc: &Doc, at: usize) -> Option<(u32, usize)> {
    let token = doc.tokens.get(at)?;
    if let Some(number) = ordinal(&token.plain) {
        return Some((number, at));
    }
    let after = doc.tokens.get(at + 1).filter(|next| next.piece.leads)?;
    let announces = token.plain.ends_with([':', ',']) || token.plain.contains("完成");
    if announces { Some((ordinal(&after.plain)?, at + 1)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    fn halves(text: &str, widths: Widths) -> (String, String) {
        let text = Text::new(text);
        let doc = Doc::new(&text);
        let mut raw = RawForm::default();
        read(&doc, 0, doc.tokens.len(), widths, &mut raw);
        let print = |cell: Option<RawCell>| cell.map(|cell| cell.text).unwrap_or_default();
        (print(raw.expected), print(raw.actual))
    }

    #[test]
    fn the_wrap_width_tells_the_columns_apart() {
        let (left, right) = halves(
            "修缮城北沿河步道约三公里，增设夜间照明灯具并完善\n无障碍设施，方便周边居民出行，提升沿河公共空间的\n环境品质。\n\n\
             已修缮步道三公里，增设照明灯具\n六十套，居民反映良好，预期目标\n全部实现。\n",
            Widths::default(),
        );
        assert!(left.ends_with("环境品质。"), "{left}");
        assert!(right.starts_with("已修缮步道"), "{right}");
    }

    #[test]
    fn a_lone_full_stop_belongs_to_the_paragraph_above() {
        let (left, right) = halves(
            "一是完成码头护栏更换，二是完成趸船年检，三是清淤\n\n。\n\n护栏更换与趸船年检均按期完成，清\n淤工程验收合格。\n",
            Widths::default(),
        );
        assert!(left.ends_with("清淤。"), "{left} | {right}");
    }

    #[test]
    fn the_width_says_which_column_is_blank() {
        let text = "趸船年检与护栏更换按期完成，清淤\n工程验收合格。\n";
        let widths = Widths { expected: Some(60), actual: Some(32), ..Widths::default() };
        assert_eq!(halves(text, widths).0, "");
        let widths = Widths { expected: Some(32), actual: Some(60), ..Widths::default() };
        assert_eq!(halves(text, widths).1, "");
    }

    #[test]
    fn a_goal_that_is_blank_is_in_doubt() {
        let text = Text::new("趸船年检与护栏更换按期完成，清淤\n工程验收合格。\n");
        let doc = Doc::new(&text);
        let mut raw = RawForm::default();
        let widths = Widths { expected: Some(60), actual: Some(32), ..Widths::default() };
        read(&doc, 0, doc.tokens.len(), widths, &mut raw);
        assert_eq!(raw.expected.as_ref().map(|cell| cell.text.as_str()), Some(""));
        assert!([raw.expected, raw.actual].into_iter().flatten().filter(|cell| cell.doubt.is_some()).count() == 2);
    }

    #[test]
    fn a_list_behind_its_lead_is_not_begun_anew() {
        let text = "目标1：\n1.更换码头护栏三百米，完成趸船年检。\n2.清理航道淤泥，恢复夜间通航条件。\n全部完成年初设定的目标任务。\n";
        let (left, right) = halves(text, Widths::default());
        assert!(left.starts_with("目标1：1.") && left.ends_with("通航条件。"), "{left}");
        assert_eq!(right, "全部完成年初设定的目标任务。");
    }
}
