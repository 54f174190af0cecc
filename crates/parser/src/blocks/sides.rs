//! Which lines belong to the left one of two texts that stand side by side, and which to the right one.
//!
//! Both texts are centred on each other, or begin together, so their numbers of lines tell how high each line stands;
//! the lines of a block come from top to bottom. Within each text the lines keep their order, and a line that goes on
//! below is full.

use std::ops::Range;

use crate::done::lean;
use crate::ordinal::ordinal;
use crate::stream::doc::Token;
use crate::stream::wrap;

/// More lines than this are not told apart: the ways to part them grow with the cube of their number.
const MOST_LINES: usize = 96;

/// How many widths are tried for each side, and for each side of texts of more lines than [`MANY_LINES`].
const MOST_WIDTHS: usize = 3;
const MANY_WIDTHS: usize = 2;
const MANY_LINES: usize = 40;

/// A rival reading this near leaves it open which text is which.
const RIVAL_MARGIN: i32 = 10;

/// A block that holds lines of both texts, and one of the other text than the block above.
const MIXED: i32 = 12;
const TURNS: i32 = 1;
/// The text on the right told first.
const RIGHT_FIRST: i32 = 6;
/// Texts that begin together.
const TOP: i32 = 3;
/// A line on the right that was told before the label of that side.
const EARLY: i32 = 10;
/// A text that begins within a list, or an item that does not follow the last one of its text.
const OUT_OF_ORDER: i32 = 14;
/// A text that begins with closing marks, or does not end as a sentence ends.
const BAD_START: i32 = 30;
const OPEN_END: i32 = 10;
/// A side without a line.
const BLANK: i32 = 16;
/// What a line says of things done, or to be done, on the other side.
const LEANING: i32 = 5;
/// A line that ends as a sentence ends, though there was room for what follows.
const PARAGRAPH: i32 = 1;

/// How much narrower than its column a full line may be.
const SHORTFALL: i32 = 3;
/// What a line of both texts is wider than one of the left text, at least.
const LEAST_SECOND: i32 = 8;

/// A printed line of one of the texts.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) words: Vec<Token>,
    pub(super) block: usize,
    /// It comes before the label of the right text.
    pub(super) early: bool,
}

/// How the lines part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parted {
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
    /// Another way to part them is nearly as good.
    pub(super) doubtful: bool,
}

/// Cuts lines that are too wide for one text, at the gap that leaves a usual width on the left.
pub(super) fn cut(lines: Vec<Line>) -> Vec<Line> {
    let all: Vec<i32> = lines.iter().map(|line| facts(line).width).collect();
    let alike = |width: i32| all.iter().filter(|other| (**other - width).abs() <= SHORTFALL).count();
    let Some(usual) = all.iter().copied().max_by_key(|width| (alike(*width), *width)) else { return lines };
    lines.into_iter().flat_map(|line| cut_at(line, usual)).collect()
}

fn cut_at(line: Line, usual: i32) -> Vec<Line> {
    let own = facts(&line);
    let mut width = 0;
    let gaps = (1..line.words.len()).map(|at| {
        width += line.words.get(at - 1).map_or(0, |word| word.width + 1);
        ((usual - width).abs(), at)
    });
    match gaps.min() {
        Some((_, at)) if own.width - own.doubt > usual + LEAST_SECOND => {
            let mut left = line;
            let right = Line { words: left.words.split_off(at), ..left.clone() };
            vec![left, right]
        }
        _ => vec![line],
    }
}

/// What of a line bears on where it belongs.
struct Facts {
    width: i32,
    doubt: i32,
    head: i32,
    full_stop: bool,
    closed: bool,
    bad_start: bool,
    ordinal: Option<u32>,
    lean: i32,
    early: bool,
}

fn facts(line: &Line) -> Facts {
    let gaps = i32::try_from(line.words.len().saturating_sub(1)).unwrap_or(0);
    let (first, last) = (line.words.first(), line.words.last());
    let plain: String = line.words.iter().map(|word| word.plain.as_str()).collect();
    Facts {
        width: line.words.iter().map(|word| word.width).sum::<i32>() + gaps,
        doubt: line.words.iter().map(wrap::doubt).sum::<i32>() + gaps,
        head: first.map_or(0, |word| word.shape.head),
        full_stop: last.is_some_and(|word| word.shape.full_stop),
        closed: last.is_some_and(|word| word.shape.closed),
        bad_start: first.is_some_and(|word| word.shape.bad_start),
        ordinal: ordinal(&plain),
        lean: line.words.iter().map(|word| lean(&word.plain)).sum(),
        early: line.early,
    }
}

/// A way to part the lines up to some block.
#[derive(Debug, Clone, Default)]
struct Reading {
    cost: i32,
    /// True for lines on the right.
    sides: Vec<bool>,
    /// The last line of each side, and the number of its last item.
    last: [Option<usize>; 2],
    items: [Option<u32>; 2],
}

/// How many lines each side has, how wide they are, and whether the sides begin together.
#[derive(Debug, Clone, Copy)]
struct Plan {
    counts: [usize; 2],
    widths: [i32; 2],
    top: bool,
}

/// Parts `lines`; none where there are too many.
pub(super) fn part(lines: &[Line]) -> Option<Parted> {
    if lines.is_empty() || lines.len() > MOST_LINES {
        return None;
    }
    let facts: Vec<Facts> = lines.iter().map(facts).collect();
    let blocks = blocks(lines);
    let mut found: Vec<(i32, Vec<bool>)> = Vec::new();
    for plan in plans(&facts) {
        found.extend(best(&facts, &blocks, plan).map(|reading| (reading.cost, reading.sides)));
    }
    found.sort_unstable();
    let (cost, sides) = found.first()?.clone();
    let rival = found.iter().find(|(_, other)| *other != sides);
    let own = |right: bool| (0..lines.len()).filter(|at| sides.get(*at) == Some(&right)).collect();
    let side = |block: &Range<usize>| {
        sides.get(block.clone()).map(|sides| sides.iter().all(|side| Some(side) == sides.first()))
    };
    let mixed = blocks.iter().any(|block| side(block) == Some(false));
    let doubtful = mixed || rival.is_some_and(|(other, _)| other - cost < RIVAL_MARGIN);
    Some(Parted { left: own(false), right: own(true), doubtful })
}

fn blocks(lines: &[Line]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        match blocks.last_mut() {
            Some(block) if lines.get(block.start).is_some_and(|first| first.block == line.block) => block.end = at + 1,
            _ => blocks.push(at..at + 1),
        }
    }
    blocks
}

/// Every number of lines on the left, with the widths of the widest lines.
fn plans(facts: &[Facts]) -> Vec<Plan> {
    let mut widths: Vec<i32> = facts.iter().map(|line| line.width).collect();
    widths.sort_unstable_by_key(|width| std::cmp::Reverse(*width));
    widths.dedup_by(|next, last| *last - *next <= SHORTFALL);
    widths.truncate(if facts.len() > MANY_LINES { MANY_WIDTHS } else { MOST_WIDTHS });
    let mut plans = Vec::new();
    for left in 0..=facts.len() {
        let counts = [left, facts.len() - left];
        for (first, second) in widths.iter().flat_map(|first| widths.iter().map(move |second| (*first, *second))) {
            let plan = Plan { counts, widths: [first, second], top: false };
            plans.push(plan);
            if left > 0 && left < facts.len() && left * 2 != facts.len() {
                plans.push(Plan { top: true, ..plan });
            }
        }
    }
    plans
}

/// The best reading that follows `plan`: for each number of lines on the left so far, the best one up to each block.
fn best(facts: &[Facts], blocks: &[Range<usize>], plan: Plan) -> Option<Reading> {
    let start = Reading { cost: if plan.top { TOP } else { 0 }, ..Reading::default() };
    let mut readings: Vec<Option<Reading>> = vec![Some(start)];
    for block in blocks {
        let mut next: Vec<Option<Reading>> = vec![None; plan.counts[0] + 1];
        for (left, reading) in readings.iter().enumerate() {
            let Some(reading) = reading else { continue };
            let most = block.len().min(plan.counts[0] - left);
            let right = block.start - left;
            for own in (0..=most).filter(|own| right + block.len() - own <= plan.counts[1]) {
                let Some(slot) = next.get_mut(left + own) else { continue };
                let longer = enter(facts, plan, reading, block, (left, own));
                if slot.as_ref().is_none_or(|slot| longer.cost < slot.cost) {
                    *slot = Some(longer);
                }
            }
        }
        readings = next;
    }
    let mut reading = readings.pop()??;
    for last in reading.last {
        reading.cost += match last.and_then(|last| facts.get(last)) {
            Some(line) if line.full_stop => 0,
            Some(_) => OPEN_END,
            None => BLANK,
        };
    }
    Some(reading)
}

/// `reading` with the lines of `block`, of which `own` are on the left, below `left` others.
fn enter(facts: &[Facts], plan: Plan, reading: &Reading, block: &Range<usize>, (left, own): (usize, usize)) -> Reading {
    let mut longer = reading.clone();
    let mut told = [left, block.start - left];
    let ends = [left + own, block.end - left - own];
    let other = reading.sides.last().is_some_and(|last| own == if *last { block.len() } else { 0 });
    longer.cost += if own > 0 && own < block.len() {
        MIXED
    } else if other {
        TURNS
    } else {
        0
    };
    for at in block.clone() {
        let [first, second] = told;
        let right = first == ends[0] || (second < ends[1] && height(plan, 1, second) < height(plan, 0, first));
        longer.cost += line_cost(facts, plan, &longer, at, right);
        let side = usize::from(right);
        if let (Some(told), Some(last), Some(item)) =
            (told.get_mut(side), longer.last.get_mut(side), longer.items.get_mut(side))
        {
            *told += 1;
            *last = Some(at);
            *item = facts.get(at).and_then(|line| line.ordinal).or(*item);
        }
        longer.sides.push(right);
    }
    longer
}

/// How far down the line `at` of a side stands, in half lines.
fn height(plan: Plan, side: usize, at: usize) -> i32 {
    let half = |count: usize| i32::try_from(count).unwrap_or(0);
    let count = plan.counts.get(side).copied().unwrap_or(0);
    2 * half(at) - if plan.top { 0 } else { half(count) }
}

/// How ill line `at` fits its side.
fn line_cost(facts: &[Facts], plan: Plan, reading: &Reading, at: usize, right: bool) -> i32 {
    let side = usize::from(right);
    let (Some(line), Some(full)) = (facts.get(at), plan.widths.get(side).copied()) else { return 0 };
    let first = if right && reading.sides.is_empty() { RIGHT_FIRST } else { 0 };
    let early = first + if right && line.early { EARLY } else { 0 };
    let leaning = LEANING * line.lean.clamp(-1, 1) * if right { -1 } else { 1 };
    let excess = wrap::excess_cost(line.width, line.doubt, line.closed, full);
    let item = reading.items.get(side).copied().flatten();
    let listed = match line.ordinal {
        Some(number) if number != item.map_or(1, |item| item + 1) => OUT_OF_ORDER,
        _ => 0,
    };
    let above = reading.last.get(side).copied().flatten().and_then(|above| facts.get(above));
    let below = match above {
        None => {
            if line.bad_start {
                BAD_START
            } else {
                0
            }
        }
        Some(above) => {
            let slack = wrap::slack(above.width, above.doubt, line.head, full);
            if above.full_stop && !line.bad_start { slack.min(PARAGRAPH) } else { slack }
        }
    };
    early + leaning + excess + listed + below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::doc::Doc;
    use crate::text::Text;

    /// The left text of the lines of `text`, whose blocks are parted by blank lines.
    fn left(text: &str) -> Vec<String> {
        let text = Text::new(text);
        let doc = Doc::new(&text);
        let mut block = 0;
        let mut lines = Vec::new();
        for token in &doc.tokens {
            block += usize::from(token.piece.blanks_above > 0);
            lines.push(Line { words: vec![token.clone()], block, early: false });
        }
        let parted = part(&lines).unwrap();
        parted.left.iter().map(|at| lines[*at].words[0].plain.clone()).collect()
    }

    #[test]
    fn a_line_in_the_middle_stands_beside_an_even_number_of_others() {
        let text = "维护灯塔十二座并更新透镜两组保\n年度目标全部完成。\n障夜航安全。";
        assert_eq!(left(text), ["维护灯塔十二座并更新透镜两组保", "障夜航安全。"]);
    }

    #[test]
    fn items_of_a_list_stay_together() {
        let text = "1、维护灯塔十二座。\n1、已维护灯塔。\n2、更新透镜两组。\n2、已更新透镜。";
        assert_eq!(left(text), ["1、维护灯塔十二座。", "2、更新透镜两组。"]);
    }

    #[test]
    fn too_many_lines_are_not_parted() {
        let text = Text::new("灯塔");
        let token = Doc::new(&text).tokens[0].clone();
        let line = Line { words: vec![token], block: 0, early: false };
        assert_eq!(part(&vec![line; MOST_LINES + 1]), None);
    }
}
