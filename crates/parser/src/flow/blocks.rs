//! The blocks of a form in running text: where its title, fields, headers and bodies stand.

use std::ops::Range;

use jixiao_core::Grade;
use jixiao_core::vocab::{Label, Scope, is_title};

use super::forms::{Form, NAME_REACH, head_at, side_at};
use super::ink::{Gap, Ink};
use super::labels::{Hit, Parted, label_at};
use super::title;
use super::total;

/// The weights of a whole form, in hundredths.
const FULL: i64 = 10_000;

/// A part of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Title(Range<usize>),
    /// （2022年度）, or a unit of money on its own.
    Mark(Range<usize>),
    /// A labelled field; its value may be blank.
    Field {
        label: Range<usize>,
        value: Range<usize>,
    },
    /// A row of a label and the texts of several columns.
    Texts {
        label: Range<usize>,
        texts: Range<usize>,
    },
    /// The label of a block at its side.
    Side(Range<usize>),
    /// A column header and the characters below it.
    Table(Head, Range<usize>),
    /// The total row: its label, which may be blank, and what stands behind it.
    Total(Range<usize>, Range<usize>),
}

/// Which block a header opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Funds,
    Goals,
    SubTable,
    Indicators,
}

/// A column header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) kind: Kind,
    pub(super) labels: Vec<Hit>,
}

impl Head {
    pub(super) fn start(&self) -> usize {
        self.labels.first().map_or(0, |hit| hit.range.start)
    }

    pub(super) fn end(&self) -> usize {
        self.labels.last().map_or(0, |hit| hit.range.end)
    }

    /// It says `label`.
    pub(super) fn has(&self, label: Label) -> bool {
        self.labels.iter().any(|hit| hit.label == label)
    }
}

/// The blocks of `form`, in order.
pub(super) fn blocks(ink: &Ink, form: &Form, parted: Parted) -> Vec<Block> {
    let mut scan = Scan { ink, parted, whole: is_whole(ink, form), blocks: Vec::new() };
    let mut at = form.start;
    if let Some(title) = &form.title {
        scan.blocks.push(Block::Title(title.clone()));
        at = scan.marks(title.end);
    }
    let ends = form.heads.iter().skip(1).map(Head::start).chain([form.end]);
    let first = form.heads.first().map_or(form.end, Head::start);
    scan.fields(at..first);
    for (head, end) in form.heads.iter().zip(ends) {
        scan.table(head, end);
    }
    scan.blocks
}

/// A form of a whole department: its title says so.
fn is_whole(ink: &Ink, form: &Form) -> bool {
    form.title.clone().is_some_and(|title| ink.plain(title).contains("整体"))
}

struct Scan<'a> {
    ink: &'a Ink<'a>,
    parted: Parted,
    whole: bool,
    blocks: Vec<Block>,
}

impl Scan<'_> {
    /// The bracket with the year behind the title, and the unit of money beside it.
    fn marks(&mut self, mut at: usize) -> usize {
        while let Some(end) = title::mark_end(self.ink, at) {
            self.blocks.push(Block::Mark(at..end));
            at = end;
        }
        at
    }

    /// The labelled fields and side labels of `range`.
    fn fields(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            if let Some(end) = title::mark_end(self.ink, at).filter(|end| *end <= range.end) {
                self.blocks.push(Block::Mark(at..end));
                at = end;
            } else if let Some(hit) = self.block_at(at).filter(|hit| hit.range.end <= range.end) {
                self.blocks.push(Block::Side(hit.range.clone()));
                at = hit.range.end;
            } else if let Some(hit) = self.field_at(at).filter(|hit| hit.range.end <= range.end) {
                let end = self.value_end(hit.range.end, range.end);
                at = end;
                self.blocks.push(Block::Field { value: hit.range.end..end, label: hit.range });
            } else {
                at += 1;
            }
        }
    }

    fn block_at(&self, at: usize) -> Option<Hit> {
        label_at(self.ink, Scope::Block, at, self.parted)
    }

    /// The field whose label begins at `at`. Where nothing parts the cells, the labels that are plain words are left
    /// out: 项目支出 is in every title.
    fn field_at(&self, at: usize) -> Option<Hit> {
        let header = label_at(self.ink, Scope::Header, at, self.parted);
        let sub = || label_at(self.ink, Scope::SubRow, at, self.parted);
        let hit = header.or_else(sub)?;
        let name = self.ink.plain(hit.range.start..hit.name_end);
        let plain = ["项目支出", "基本支出", "单位名称", "项目单位", "联系人"].contains(&name.as_str());
        (self.whole || self.parted == Parted::ByBlanks || !plain).then_some(hit)
    }

    fn value_end(&self, at: usize, until: usize) -> usize {
        let ends = |at: &usize| self.field_at(*at).is_some() || self.block_at(*at).is_some();
        (at..until).find(ends).unwrap_or(until)
    }

    fn table(&mut self, head: &Head, until: usize) {
        let start = head.end();
        match head.kind {
            Kind::Indicators => self.indicators(head, until),
            Kind::SubTable => {
                self.blocks.push(Block::Table(head.clone(), start..start));
                let rows = self.blocks.len();
                self.fields(start..until);
                for block in self.blocks.iter_mut().skip(rows) {
                    if let Block::Field { label, value } = block {
                        *block = Block::Texts { label: label.clone(), texts: value.clone() };
                    }
                }
            }
            Kind::Funds | Kind::Goals => {
                let end = self.body_end(head.kind, start, until);
                self.blocks.push(Block::Table(head.clone(), start..end));
                self.fields(end..until);
            }
        }
    }

    /// The first label behind the body's cells: a field's or a block's.
    fn body_end(&self, kind: Kind, start: usize, until: usize) -> usize {
        let ends = |at: &usize| {
            let field = self.field_at(*at).is_some_and(|hit| self.is_sure(&hit, kind));
            let block = self.block_at(*at).is_some_and(|hit| self.is_sure(&hit, kind) && !self.is_fund_row(*at));
            field || block
        };
        (start..until).find(ends).unwrap_or(until)
    }

    fn is_fund_row(&self, at: usize) -> bool {
        label_at(self.ink, Scope::FundRow, at, self.parted).is_some()
    }

    /// Goal texts speak of 绩效指标 and 项目资金: there a label must stand by itself, or right before a header.
    fn is_sure(&self, hit: &Hit, kind: Kind) -> bool {
        if kind == Kind::Funds {
            return true;
        }
        let headed = head_at(self.ink, hit.range.end, self.parted).is_some()
            || self
                .block_at(hit.range.end)
                .is_some_and(|next| head_at(self.ink, next.range.end, self.parted).is_some());
        headed || (self.parted == Parted::ByBlanks && hit.range.len() > 3) || hit.range.len() > 8
    }

    fn indicators(&mut self, head: &Head, until: usize) {
        let start = head.end();
        let total = self.total(start, until).or_else(|| self.bare_total(start, until));
        let end = total.as_ref().map_or_else(|| self.foot_start(start, until), |hit| hit.range.start);
        let sides = self.trailing_side(start, end);
        self.blocks.push(Block::Table(head.clone(), start..sides));
        self.fields(sides..end);
        let mut at = end;
        if let Some(hit) = total {
            at = self.points_end(hit.range.end, until);
            self.blocks.push(Block::Total(hit.range.clone(), hit.range.end..at));
        }
        self.foot(at, until);
    }

    /// The label of the next block, where it stands right behind the body.
    fn trailing_side(&self, start: usize, end: usize) -> usize {
        let side = (end.saturating_sub(NAME_REACH).max(start)..end).find(|at| {
            side_at(self.ink, *at, self.parted)
                .is_some_and(|hit| hit.range.end == end && hit.label == Label::Indicators)
        });
        side.unwrap_or(end)
    }

    /// The label of the total row: one with points behind it. Where several have, the last that sums up a hundred.
    fn total(&self, start: usize, until: usize) -> Option<Hit> {
        let hits = (start..until).filter_map(|at| {
            let hit = label_at(self.ink, Scope::Foot, at, self.parted)?;
            let points = self.ink.char(hit.range.end).is_some_and(|c| c.is_ascii_digit() || c == '-');
            let ends = hit.range.end == until || label_at(self.ink, Scope::Foot, hit.range.end, self.parted).is_some();
            (hit.label == Label::Total && (points || (ends && self.parted == Parted::ByBlanks))).then_some(hit)
        });
        let hits: Vec<Hit> = hits.collect();
        let full = hits.iter().find(|hit| self.ink.spells(hit.range.end, "100"));
        full.or_else(|| hits.first()).cloned()
    }

    /// The sums without a label, at the end of the table: a full hundred and what was scored of it.
    fn bare_total(&self, start: usize, until: usize) -> Option<Hit> {
        let end = self.foot_start(start, until);
        let word = |end: usize| (start + 1..end).rev().find(|at| self.ink.gap(*at) > Gap::None);
        let score = word(end)?;
        let weight = word(score)?;
        let points = |range: Range<usize>| total::hundredths(&self.ink.plain(range));
        let full = points(weight..score) == Some(FULL) && (0..=FULL).contains(&points(score..end)?);
        let apart = self.ink.gap(weight) > Gap::Space || self.ink.gap(score) == Gap::Space;
        let row = Hit { label: Label::Total, range: weight..weight, name_end: weight };
        (self.parted == Parted::ByBlanks && full && apart).then_some(row)
    }

    /// One past the points and the grade behind the label of the total row.
    fn points_end(&self, at: usize, until: usize) -> usize {
        let points =
            |at: &usize| self.ink.char(*at).is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/'));
        let end = (at..until).find(|at| !points(at)).unwrap_or(until);
        let grade = end + 1;
        let graded = self.ink.char(end).is_some_and(|c| Grade::from_label(&c.to_string()).is_some());
        let alone = grade >= until
            || self.ink.gap(grade) > Gap::None
            || label_at(self.ink, Scope::Foot, grade, self.parted).is_some();
        if end < until && graded && alone { grade } else { end }
    }

    /// Where a form without a total row begins its foot.
    fn foot_start(&self, start: usize, until: usize) -> usize {
        (start..until).find(|at| self.foot_at(*at).is_some()).unwrap_or_else(|| self.table_end(start, until))
    }

    /// Without any foot, the table ends where its text does: at a blank line, or the end of its only line.
    fn table_end(&self, start: usize, until: usize) -> usize {
        let ends = |at: &usize| matches!(self.ink.gap(*at), Gap::Line(blank) if blank >= 3);
        (start + 1..until).find(ends).unwrap_or(until)
    }

    /// A label of the foot. Where nothing parts the cells, a short one must have a colon, or 无 behind it.
    fn foot_at(&self, at: usize) -> Option<Hit> {
        let own = label_at(self.ink, Scope::Foot, at, self.parted).filter(|hit| hit.label != Label::Total);
        let hit = own.or_else(|| self.field_at(at).filter(|hit| hit.label == Label::Extra))?;
        let colon = hit.range.end.checked_sub(1).and_then(|last| self.ink.char(last)) == Some(':');
        let none = self.ink.char(hit.range.end) == Some('无');
        let sure = colon
            || match self.parted {
                Parted::ByBlanks => hit.label != Label::Note || matches!(self.ink.gap(at), Gap::Line(_)),
                Parted::Never => hit.range.len() >= 4 || none,
            };
        sure.then_some(hit)
    }

    fn foot(&mut self, start: usize, until: usize) {
        let mut at = start;
        while let Some(hit) = (at < until).then(|| self.foot_at(at)).flatten() {
            let end = self.text_end(hit.range.end, until);
            at = end;
            self.blocks.push(Block::Field { value: hit.range.end..end, label: hit.range });
        }
    }

    /// One past a text of the foot: at the next label, or at the end of its lines.
    fn text_end(&self, at: usize, until: usize) -> usize {
        let ends = |at: &usize| self.foot_at(*at).is_some() || self.ends_note(*at);
        (at..until).find(|next| ends(next) && (*next > at || self.foot_at(*next).is_some())).unwrap_or(until)
    }

    /// A line that is no further point of a numbered note ends it.
    fn ends_note(&self, at: usize) -> bool {
        let numbered = self.ink.char(at).is_some_and(|c| c.is_ascii_digit() || c == '(');
        match self.ink.gap(at) {
            Gap::Line(blank) => !numbered || blank >= 2,
            _ => false,
        }
    }
}

/// True where the text of `range` is a title.
pub(super) fn reads_as_title(ink: &Ink, range: Range<usize>) -> bool {
    is_title(&ink.plain(range))
}
