//! The two goal texts side by side: each line holds a line of both, or of one of them.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::lines::Line;
use super::order::Order;
use crate::done::lean;
use crate::stream::doc::{Doc, Token};
use crate::stream::wrap::{self, Paragraph};

/// More lines than this are not told apart.
const MOST_LINES: usize = 160;

/// A rival reading this near is worth a diagnostic.
const RIVAL_MARGIN: i32 = 12;

/// The cost of a line with fewer or more words than it should have.
const JOINED: i32 = 12;
const GLUED: i32 = 8;
const UNCUT: i32 = 60;
const LEANING: i32 = 5;
const MOST_LEANING: i32 = 4;
const ONE_SIDED: i32 = 2;
const ALTERNATING: i32 = 16;
const TOP: i32 = 3;
const BAD_START: i32 = 30;
/// The cost of a text that does not end as a sentence ends.
const OPEN_END: i32 = 10;

/// Which texts have a line at one height.
type Shape = Vec<(bool, bool)>;

/// A word, and what each way to part the texts asks of it.
#[derive(Debug)]
struct Word {
    token: Token,
    line: wrap::Line,
    lean: i32,
}

/// The words of a line.
type Words = Vec<Rc<Word>>;

/// The words of the two texts.
#[derive(Debug, Clone, Default)]
struct Texts {
    left: Words,
    right: Words,
    cost: i32,
}

/// The lines of both texts.
struct Block<'a> {
    doc: &'a Doc<'a>,
    lines: Vec<Words>,
    /// The halves of lines that were cut: by line and width of the left text.
    halves: RefCell<FxHashMap<(usize, Option<i32>), Texts>>,
}

impl Word {
    fn new(token: Token) -> Rc<Self> {
        Rc::new(Self { line: wrap::line_of(&token), lean: lean(&token.plain), token })
    }
}

/// Puts the words of the lines `range` in order: the left text, then the right one.
pub(crate) fn arrange(doc: &Doc, lines: &[Line], range: Range<usize>, order: &mut Order) {
    let lines: Vec<&Line> = range.filter_map(|at| lines.get(at)).filter(|line| !line.is_empty()).collect();
    let words = lines.iter().map(|line| line.iter().cloned().map(Word::new).collect()).collect();
    let block = Block { doc, lines: words, halves: RefCell::default() };
    let mut ranked: Vec<Texts> = shapes(lines.len()).iter().map(|(shape, cost)| block.part(shape, *cost)).collect();
    ranked.sort_by_key(|texts| texts.cost);
    let mut ranked = ranked.into_iter();
    let Some(best) = ranked.next() else {
        let words = || lines.iter().flat_map(|line| line.iter());
        order.doubt(words());
        order.down(words().cloned());
        return;
    };
    let near = ranked.next().is_some_and(|next| next.cost - best.cost < RIVAL_MARGIN);
    if near || best.cost >= UNCUT {
        order.doubt(best.left.iter().chain(&best.right).map(|word| &word.token));
    }
    order.right_texts.extend(best.right.first().map(|word| word.token.piece.start));
    order.down(best.left.iter().chain(&best.right).map(|word| word.token.clone()));
}

/// Every way in which two texts, centred on each other or beginning together, fill `count` lines.
fn shapes(count: usize) -> Vec<(Shape, i32)> {
    if count == 0 || count > MOST_LINES {
        return Vec::new();
    }
    let mut shapes = Vec::new();
    for short in 0..=count {
        let lacks = count - short;
        let one_sided = if short == 0 { ONE_SIDED } else { 0 };
        if lacks.is_multiple_of(2) || short == 0 {
            both_sides(&mut shapes, (0..count).map(|at| at >= lacks / 2 && at < count - lacks / 2), one_sided, short);
        }
        if short > 0 && lacks > 0 {
            both_sides(&mut shapes, (0..count).map(|at| at < short), TOP, short);
        }
        // One text has an even number of lines and the other an odd one: they fall between each other.
        let long = count - short;
        if short > 0 && short < long && (long - short) % 2 == 1 {
            let from = (long - short).div_ceil(2);
            let within = |at: usize| at >= from && at < from + 2 * short && (at - from).is_multiple_of(2);
            alternating(&mut shapes, count, within);
        }
    }
    shapes
}

/// The long text has every line, the short one those of `short`; either may be the left one.
fn both_sides(shapes: &mut Vec<(Shape, i32)>, short: impl Iterator<Item = bool> + Clone, cost: i32, lines: usize) {
    shapes.push((short.clone().map(|short| (true, short && lines > 0)).collect(), cost));
    let left: Shape = short.map(|short| (short && lines > 0, true)).collect();
    if left.iter().any(|line| *line != (true, true)) {
        shapes.push((left, cost));
    }
}

/// The short text has the lines of `short`, the long one the others.
fn alternating(shapes: &mut Vec<(Shape, i32)>, count: usize, short: impl Fn(usize) -> bool) {
    shapes.push(((0..count).map(|at| (!short(at), short(at))).collect(), ALTERNATING));
    shapes.push(((0..count).map(|at| (short(at), !short(at))).collect(), ALTERNATING));
}

impl Block<'_> {
    /// Parts the lines as `shape` says.
    fn part(&self, shape: &Shape, base: i32) -> Texts {
        let full = self.left_width(shape);
        let mut texts = Texts { cost: base, ..Texts::default() };
        for (at, (line, sides)) in self.lines.iter().zip(shape).enumerate() {
            match sides {
                (true, false) => texts.left.extend(whole(line, &mut texts.cost)),
                (false, true) => texts.right.extend(whole(line, &mut texts.cost)),
                _ => {
                    let mut halves = self.halves.borrow_mut();
                    let halves = halves.entry((at, full)).or_insert_with(|| cut(self.doc, line, full));
                    texts.left.extend_from_slice(&halves.left);
                    texts.right.extend_from_slice(&halves.right);
                    texts.cost += halves.cost;
                }
            }
        }
        let lean = |words: &Words| words.iter().map(|word| word.lean).sum::<i32>();
        texts.cost += paragraph_cost(&texts.left) + paragraph_cost(&texts.right);
        texts.cost += LEANING * (lean(&texts.left) - lean(&texts.right)).clamp(-MOST_LEANING, MOST_LEANING);
        texts
    }

    /// The widest line that only the left text can have.
    fn left_width(&self, shape: &Shape) -> Option<i32> {
        let own = self.lines.iter().zip(shape).filter_map(|(line, sides)| match (sides, line.as_slice()) {
            ((true, false), [only]) | ((true, true), [only, _]) => Some(only.token.width),
            _ => None,
        });
        own.max()
    }
}

fn whole(line: &Words, cost: &mut i32) -> Words {
    *cost += JOINED * i32::try_from(line.len().saturating_sub(1)).unwrap_or(i32::MAX / 64);
    line.clone()
}

/// The two halves of a line of both texts. A full left line touches the right one: it is cut at its width.
fn cut(doc: &Doc, line: &Words, full: Option<i32>) -> Texts {
    let halves = |at: usize, cost: i32| {
        let (left, right) = line.split_at(at.min(line.len()));
        Texts { left: left.to_vec(), right: right.to_vec(), cost }
    };
    match line.as_slice() {
        [only] => {
            let Some(at) = full.and_then(|full| glued_at(doc, &only.token, full)) else { return halves(1, UNCUT) };
            let part = |start: usize, end: usize| vec![Word::new(doc.part(&only.token, start, end))];
            let (start, end) = (only.token.piece.start, only.token.piece.end);
            Texts { left: part(start, at), right: part(at, end), cost: GLUED }
        }
        [_, _] => halves(1, 0),
        _ => {
            let joined = JOINED * i32::try_from(line.len().saturating_sub(2)).unwrap_or(i32::MAX / 64);
            halves(nearest_gap(line, full), joined)
        }
    }
}

/// The character at which a left line of width `full` ends within `token`.
fn glued_at(doc: &Doc, token: &Token, full: i32) -> Option<usize> {
    const LEAST_SHARE: i32 = 4;
    if full * LEAST_SHARE < token.width {
        return None;
    }
    let mut width = 0;
    let fits = (token.piece.start..token.piece.end.saturating_sub(1)).take_while(|at| {
        width += doc.text.width(*at, at + 1, doc.metric);
        width <= full
    });
    fits.last().map(|at| at + 1)
}

/// The gap of `line` that leaves left what is nearest to the full width or ends a sentence, and no text begins badly.
fn nearest_gap(line: &Words, full: Option<i32>) -> usize {
    const ENDED: i32 = 3;
    let mut width = 0;
    let gaps = (1..line.len()).map(|at| {
        let last = line.get(at - 1).map(|word| &word.token);
        width += last.map_or(0, |token| token.width + 1);
        let off = full.map_or(0, |full| (full - width).abs());
        let ended = last.is_some_and(|token| token.shape.full_stop && full.is_none_or(|full| width <= full + ENDED));
        let bad = line.get(at).is_some_and(|word| word.token.shape.bad_start) || last.is_some_and(is_ordinal);
        (if ended { off.min(ENDED) } else { off } + if bad { BAD_START } else { 0 }, at)
    });
    gaps.min().map_or(1, |(_, at)| at)
}

/// A sentence that ends with the number of the next item of a list: a text goes on behind it.
fn is_ordinal(token: &Token) -> bool {
    let before = token.plain.strip_suffix(['.', '、']);
    before.is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()))
}

fn paragraph_cost(words: &Words) -> i32 {
    let mut paragraph = Paragraph::new(None);
    words.iter().for_each(|word| paragraph.add(word.line));
    let bad = words.first().is_some_and(|word| word.token.shape.bad_start);
    let open = words.last().is_some_and(|word| !word.token.shape.full_stop);
    paragraph.cost() + if bad { BAD_START } else { 0 } + if open { OPEN_END } else { 0 }
}
