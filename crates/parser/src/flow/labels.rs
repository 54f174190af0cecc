//! Labels in a run of characters: which one begins where, and the runs of labels that head a block.

use std::ops::Range;
use std::sync::LazyLock;

use jixiao_core::vocab::{self, Label, Scope};
use rustc_hash::FxHashMap;

use super::ink::{Gap, Ink};

/// Longest bracket behind a label, in characters: `(B/A×100%)`, `(20分*执行率)`.
const LONGEST_BRACKET: usize = 14;

/// Most characters of a column header.
const LONGEST_HEAD: usize = 240;

/// Spellings by their scope and first character.
type Index = FxHashMap<(Scope, char), Vec<(Vec<char>, Label)>>;

/// Every spelling, the longest first.
static BY_FIRST: LazyLock<Index> = LazyLock::new(|| {
    let mut index = Index::default();
    for scope in Scope::ALL {
        for (name, label) in vocab::spellings(scope) {
            let chars: Vec<char> = name.chars().collect();
            if let Some(first) = chars.first() {
                index.entry((scope, *first)).or_default().push((chars, label));
            }
        }
    }
    for names in index.values_mut() {
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }
    index
});

/// A label in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) label: Label,
    /// Its characters, a bracket and colon behind it included.
    pub(super) range: Range<usize>,
    /// One past its name.
    pub(super) name_end: usize,
}

/// Whether white space parts the cells of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parted {
    /// A label begins and ends at white space.
    ByBlanks,
    /// Nothing parts the cells.
    Never,
}

/// Every label of `scope` that begins at `at`, the longest first.
pub(super) fn labels_at(ink: &Ink, scope: Scope, at: usize, parted: Parted) -> Vec<Hit> {
    let Some(first) = ink.char(at) else { return Vec::new() };
    let starts = parted == Parted::Never || ink.gap(at) > Gap::None;
    if !starts {
        return Vec::new();
    }
    let rest = ink.chars.get(at..).unwrap_or_default();
    let names = BY_FIRST.get(&(scope, first)).map(Vec::as_slice).unwrap_or_default();
    let spelled = names.iter().filter(|(name, _)| rest.starts_with(name));
    spelled.filter_map(|(name, label)| bounded(ink, at, at + name.len(), *label, parted)).collect()
}

/// The longest label of `scope` that begins at `at`.
pub(super) fn label_at(ink: &Ink, scope: Scope, at: usize, parted: Parted) -> Option<Hit> {
    labels_at(ink, scope, at, parted).into_iter().next()
}

/// The label of the characters `at..name_end` with what belongs to it; `None` where the text goes on.
fn bounded(ink: &Ink, at: usize, name_end: usize, label: Label, parted: Parted) -> Option<Hit> {
    let mut end = name_end;
    while let length @ 1.. = bracket(ink, end) {
        end += length;
    }
    let colon = ink.char(end) == Some(':');
    end += usize::from(colon);
    let ends = parted == Parted::Never || colon || ink.gap(end) > Gap::None;
    ends.then_some(Hit { label, range: at..end, name_end })
}

/// Length of the bracket at `at` that belongs to the label before it: a unit, a reference, points.
pub(super) fn bracket(ink: &Ink, at: usize) -> usize {
    if ink.char(at) != Some('(') {
        return 0;
    }
    let rest = ink.chars.get(at..).unwrap_or_default();
    let Some(length) = closing(rest) else { return 0 };
    let inner: String = rest.get(1..length - 1).unwrap_or_default().iter().collect();
    let reference = |c: char| c.is_ascii() || matches!(c, '×' | '÷' | '分' | '元' | '万');
    // The first point of a list begins the text under the label.
    if inner == "1" {
        return 0;
    }
    let known = ["盖章", "公章", "20分*执行率", "单位:万元", "单位:元"].contains(&inner.as_str());
    if known || inner.chars().all(reference) { length } else { 0 }
}

/// Length of the bracket that `chars` begins with.
fn closing(chars: &[char]) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, c) in chars.iter().take(LONGEST_BRACKET).enumerate() {
        depth += i32::from(*c == '(') - i32::from(*c == ')');
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

/// What a label in the wrong place costs a run: one said twice, or a blank within one.
const TWICE: i32 = 30;
const CUT: i32 = 4;

/// A way to spell the characters up to some position.
#[derive(Debug, Clone)]
struct Way {
    worth: i32,
    hits: Vec<Hit>,
}

/// The run of labels of `scope` that begins at `at`: the one that reaches farthest, told apart into the most labels
/// of which none is said twice.
pub(super) fn run_at(ink: &Ink, scope: Scope, at: usize, parted: Parted) -> Vec<Hit> {
    if labels_at(ink, scope, at, parted).is_empty() {
        return Vec::new();
    }
    let mut ways: FxHashMap<usize, Way> = [(at, Way { worth: 0, hits: Vec::new() })].into_iter().collect();
    let mut open = std::collections::BTreeSet::from([at]);
    let mut last = at;
    while let Some(position) = open.pop_first() {
        let Some(way) = ways.get(&position).cloned() else { continue };
        last = position;
        if position > at + LONGEST_HEAD {
            break;
        }
        for hit in labels_at(ink, scope, position, parted).into_iter().filter(|hit| !is_thrice(hit, &way.hits)) {
            let worth = way.worth + worth(ink, &hit, &way.hits);
            let end = hit.range.end;
            if ways.get(&end).is_none_or(|known| known.worth < worth) {
                let hits = way.hits.iter().cloned().chain([hit]).collect();
                ways.insert(end, Way { worth, hits });
                open.insert(end);
            }
        }
    }
    ways.remove(&last).map(|way| way.hits).unwrap_or_default()
}

/// No header says a label three times; columns without a key may be many.
fn is_thrice(hit: &Hit, before: &[Hit]) -> bool {
    before.iter().filter(|other| other.label == hit.label).count() >= if hit.label == Label::Unkept { 12 } else { 2 }
}

fn worth(ink: &Ink, hit: &Hit, before: &[Hit]) -> i32 {
    let twice = hit.label != Label::Unkept && before.iter().any(|other| other.label == hit.label);
    let cuts = (hit.range.start + 1..hit.name_end).filter(|at| ink.gap(*at) == Gap::Space).count();
    10 - i32::from(twice) * TWICE - i32::try_from(cuts).unwrap_or(i32::MAX).saturating_mul(CUT)
}
