//! Where the forms of a running text begin and end, as its titles, names of projects and column headers tell.

use std::ops::Range;

use jixiao_core::vocab::{Label, MAIN_COLUMN, Scope};
use jixiao_core::{FundField, IndicatorField};

use super::blocks::{Head, Kind};
use super::ink::Ink;
use super::labels::{Hit, Parted, label_at, run_at};
use super::title;

/// A project's name may end like a title: one that begins so few characters behind 项目名称 is no title.
pub(super) const NAME_REACH: usize = 24;

/// One form: from its title to the end of its last block.
#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Its title, where it has one.
    pub(super) title: Option<Range<usize>>,
    /// The headers of its tables, in order.
    pub(super) heads: Vec<Head>,
}

impl Form {
    /// What stands behind the header of its indicators.
    pub(super) fn indicators(&self) -> Option<Range<usize>> {
        let head = self.heads.iter().find(|head| head.kind == Kind::Indicators)?;
        Some(head.end()..self.end.max(head.end()))
    }
}

/// What a form begins with, or is told by.
enum Anchor {
    Title(Range<usize>),
    Field(Hit),
    Head(Head),
}

impl Anchor {
    fn start(&self) -> usize {
        match self {
            Self::Title(range) => range.start,
            Self::Field(hit) => hit.range.start,
            Self::Head(head) => head.start(),
        }
    }
}

/// The forms of `ink`, in order: each has a header of indicators.
pub(super) fn forms(ink: &Ink, parted: Parted) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut open = Form::default();
    let (mut stage, mut name) = (0_u8, None);
    for anchor in anchors(ink, parted) {
        let begins = match &anchor {
            Anchor::Title(range) => {
                let named = name.is_some_and(|end: usize| range.start < end + NAME_REACH);
                if named {
                    continue;
                }
                true
            }
            Anchor::Field(_) => stage == 0 || stage >= 4,
            Anchor::Head(head) => stage == 0 || (stage >= 4 && head.kind != Kind::Indicators),
        };
        if begins {
            forms.push(std::mem::take(&mut open));
            (open.start, stage, name) = (anchor.start(), 1, None);
        }
        match anchor {
            Anchor::Title(range) => open.title = Some(range),
            Anchor::Field(hit) => {
                name = Some(hit.range.end);
                stage = stage.max(2);
            }
            Anchor::Head(head) => {
                stage = stage.max(if head.kind == Kind::Indicators { 4 } else { 3 });
                open.heads.push(head);
            }
        }
    }
    forms.push(open);
    bound(ink, forms)
}

/// The forms that have indicators, each ending where the next stretch begins.
fn bound(ink: &Ink, mut forms: Vec<Form>) -> Vec<Form> {
    let starts: Vec<usize> = forms.iter().skip(1).map(|form| form.start).chain([ink.len()]).collect();
    for (form, end) in forms.iter_mut().zip(starts) {
        form.end = end;
    }
    forms.retain(|form| form.heads.iter().any(|head| head.kind == Kind::Indicators));
    forms
}

fn anchors(ink: &Ink, parted: Parted) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let mut titles = title::find(ink, parted).into_iter().peekable();
    let mut at = 0;
    while at < ink.len() {
        if let Some(title) = titles.next_if(|title| title.start <= at) {
            at = title.end.max(at);
            anchors.push(Anchor::Title(title));
        } else if let Some(head) = head_at(ink, at, parted) {
            at = head.end();
            anchors.push(Anchor::Head(head));
        } else if let Some(hit) = side_at(ink, at, parted) {
            at = hit.range.end;
        } else if let Some(hit) = name_at(ink, at, parted) {
            at = hit.range.end;
            anchors.push(Anchor::Field(hit));
        } else {
            at += 1;
        }
    }
    anchors
}

/// 项目名称, or 预算单位名称 of the forms of whole departments.
fn name_at(ink: &Ink, at: usize, parted: Parted) -> Option<Hit> {
    let hit = label_at(ink, Scope::Header, at, parted)?;
    let whole = hit.label == Label::Unit && ink.plain(hit.range.clone()).contains("预算单位");
    (hit.label == Label::ProjectName || whole).then_some(hit)
}

/// The label of a block at its side; one that is the beginning of a longer run of column labels is none.
pub(super) fn side_at(ink: &Ink, at: usize, parted: Parted) -> Option<Hit> {
    let hit = label_at(ink, Scope::Block, at, parted)?;
    matches!(hit.label, Label::Funds | Label::Goals | Label::Indicators).then_some(hit)
}

/// The header that begins at `at`.
pub(super) fn head_at(ink: &Ink, at: usize, parted: Parted) -> Option<Head> {
    if side_at(ink, at, parted).is_some() {
        return None;
    }
    let indicators = || {
        let head = head(ink, Kind::Indicators, Scope::IndicatorColumn, at, parted);
        let has = |field| head.has(Label::IndicatorColumn(field));
        let named = has(IndicatorField::Level3) && (has(IndicatorField::Target) || has(IndicatorField::Actual));
        (head.labels.len() >= 4 && named).then_some(head)
    };
    let funds = || {
        let head = head(ink, Kind::Funds, Scope::FundColumn, at, parted);
        let has = |field| head.has(Label::FundColumn(field));
        let money = has(FundField::Executed) && (has(FundField::AnnualBudget) || has(FundField::InitialBudget));
        (head.labels.len() >= 3 && money).then_some(head)
    };
    let goals = || {
        let head = head(ink, Kind::Goals, Scope::Goal, at, parted);
        (head.has(Label::Expected) && head.has(Label::Actual)).then_some(head)
    };
    indicators().or_else(funds).or_else(goals).or_else(|| sub_table(ink, at, parted))
}

fn head(ink: &Ink, kind: Kind, scope: Scope, at: usize, parted: Parted) -> Head {
    Head { kind, labels: run_at(ink, scope, at, parted) }
}

/// 情况说明 and 存在问题和改进措施 side by side.
fn sub_table(ink: &Ink, at: usize, parted: Parted) -> Option<Head> {
    let labels = run_at(ink, Scope::Block, at, parted);
    let main = labels.first().is_some_and(|hit| ink.plain(hit.range.clone()) == MAIN_COLUMN);
    (main && labels.len() == 2).then_some(Head { kind: Kind::SubTable, labels })
}
