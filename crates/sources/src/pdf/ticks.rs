//! Tables of which only the corners of the cells are drawn: short ticks, each of which goes on to the next.

use super::rules::{MEET, Rule};
use super::units::POINT;

/// A tick is no longer than this beyond the rule that it meets.
const LONGEST: i32 = 14 * POINT;
/// and no shorter.
const SHORTEST: i32 = 2 * POINT;
/// Fewer loose ends are those of rules that were drawn a little short.
const FEWEST: usize = 12;

/// Lengthens the ticks among the rules of a page, if it has many, to what they point at: the next tick of the same rule,
/// or a rule across. `horizontal` and `vertical` are sorted by place.
pub(super) fn lengthen(horizontal: &mut Vec<Rule>, vertical: &mut Vec<Rule>) {
    // Some point at the lengthened others; those of crosses point into cells as well.
    let passes: &[usize] =
        if sticks_out(horizontal, vertical) || sticks_out(vertical, horizontal) { &[FEWEST] } else { &[FEWEST, 1, 1] };
    for least in passes {
        let (across, down) = (ends(horizontal, vertical), ends(vertical, horizontal));
        let loose = |ends: &[Loose]| ends.iter().map(|end| usize::from(end.from) + usize::from(end.to)).sum::<usize>();
        if loose(&across) + loose(&down) < *least {
            return;
        }
        let (longer, deeper) = (lengthened(horizontal, vertical, &across), lengthened(vertical, horizontal, &down));
        (*horizontal, *vertical) = (longer, deeper);
    }
}

/// True where some of `rules` begins before all of the rules across, or ends behind them.
fn sticks_out(rules: &[Rule], others: &[Rule]) -> bool {
    let Some((first, last)) = others.first().zip(others.last()) else { return false };
    rules.iter().any(|rule| rule.from < first.at - SHORTEST || rule.to > last.at + SHORTEST)
}

/// Which ends of a rule are the loose ends of ticks.
#[derive(Debug, Clone, Copy, Default)]
struct Loose {
    from: bool,
    to: bool,
}

/// The ends of `rules` that meet none of the rules across, but end near one.
fn ends(rules: &[Rule], others: &[Rule]) -> Vec<Loose> {
    let of = |rule: &Rule| {
        let first = others.partition_point(|other| other.at < rule.from - MEET);
        let within = others.iter().skip(first).take_while(|other| other.at <= rule.to + MEET);
        let mut meeting = within.filter(|other| meets(other, rule.at)).map(|other| other.at);
        let Some(nearest) = meeting.next() else { return Loose::default() };
        let farthest = meeting.last().unwrap_or(nearest);
        let loose = |length: i32| (SHORTEST..=LONGEST).contains(&length);
        Loose { from: loose(nearest - rule.from), to: loose(rule.to - farthest) }
    };
    rules.iter().map(of).collect()
}

/// True where `other` crosses or touches the line at `at`.
const fn meets(other: &Rule, at: i32) -> bool {
    other.from - MEET <= at && at <= other.to + MEET
}

fn lengthened(rules: &[Rule], others: &[Rule], ends: &[Loose]) -> Vec<Rule> {
    let mut longer = rules.to_vec();
    for (number, (rule, loose)) in longer.iter_mut().zip(ends).enumerate() {
        let same = |other: Option<&Rule>| other.copied().filter(|other| other.at == rule.at);
        let before = same(number.checked_sub(1).and_then(|before| rules.get(before))).map(|other| other.to);
        let behind = same(rules.get(number + 1)).map(|other| other.from);
        let (first, last) = (others.partition_point(|other| other.at < rule.from - MEET), rule.to + MEET);
        let left = others.get(..first).unwrap_or_default().iter().rev().find(|other| meets(other, rule.at));
        let right = others.iter().skip(first).find(|other| other.at > last && meets(other, rule.at));
        let start = left.map(|other| other.at).into_iter().chain(before).max();
        let end = right.map(|other| other.at).into_iter().chain(behind).min();
        rule.from = start.filter(|_| loose.from).unwrap_or(rule.from);
        rule.to = end.filter(|_| loose.to).unwrap_or(rule.to);
    }
    let mut whole: Vec<Rule> = Vec::with_capacity(longer.len());
    for rule in longer {
        match whole.last_mut().filter(|last| last.at == rule.at && rule.from <= last.to) {
            Some(last) => last.to = last.to.max(rule.to),
            None => whole.push(rule),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(at: i32, from: i32, to: i32) -> Rule {
        Rule { at: at * POINT, from: from * POINT, to: to * POINT }
    }

    #[test]
    fn corners_go_on_to_the_next() {
        // Four cells of 50 by 40 points, their corners eight points long.
        let ticks = |edges: [i32; 3]| [(0, 8), (edges[1] - 8, edges[1] + 8), (edges[2] - 8, edges[2])];
        let of = |at: [i32; 3], along: [i32; 3]| -> Vec<Rule> {
            at.iter().flat_map(|at| ticks(along).map(|(from, to)| rule(*at, from, to))).collect()
        };
        let (mut across, mut down) = (of([0, 40, 80], [0, 50, 100]), of([0, 50, 100], [0, 40, 80]));
        lengthen(&mut across, &mut down);
        assert_eq!(across, [0, 40, 80].map(|at| rule(at, 0, 100)));
        assert_eq!(down, [0, 50, 100].map(|at| rule(at, 0, 80)));
    }

    #[test]
    fn rules_that_end_a_little_short_stay_as_they_are() {
        let (mut across, mut down) = (vec![rule(0, 0, 100), rule(40, 0, 92)], vec![rule(0, 0, 40), rule(90, 0, 35)]);
        let before = (across.clone(), down.clone());
        lengthen(&mut across, &mut down);
        assert_eq!((across, down), before);
    }
}
