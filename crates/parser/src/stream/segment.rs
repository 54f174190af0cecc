//! Where the forms of a text begin and end, and where their blocks lie.

use jixiao_core::vocab::{self, Label, Scope};

use super::doc::{Doc, Hit};
use super::headers::{Header, fund_header, goal_header, indicator_header};

/// How many tokens above the first header field a title may stand.
const TITLE_REACH: usize = 12;

/// One form's blocks as token ranges of its document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Region {
    /// First token of the form, its title where there is one.
    pub(crate) start: usize,
    /// One past the last token that may belong to the form.
    pub(crate) end: usize,
    /// The title's tokens.
    pub(crate) title: Option<(usize, usize)>,
    /// 项目名称 or the first header field.
    pub(crate) first_field: Option<usize>,
    /// The funds header.
    pub(crate) funds: Option<Header>,
    /// The goals header.
    pub(crate) goals: Option<Header>,
    /// The indicator header.
    pub(crate) indicators: Option<Header>,
    /// Further printings of the indicator header, after page breaks or for a second goal.
    pub(crate) repeats: Vec<Header>,
    /// The total row's label.
    pub(crate) total: Option<Hit>,
}

impl Region {
    /// A region holds a form when it has a table of indicators, or header fields and a table of funds.
    fn holds_form(&self) -> bool {
        self.indicators.is_some() || (self.funds.is_some() && self.first_field.is_some())
    }

    /// How far the form has come: anchors must come in this order.
    fn stage(&self) -> u8 {
        if self.total.is_some() {
            5
        } else if self.indicators.is_some() {
            4
        } else if self.goals.is_some() {
            3
        } else if self.funds.is_some() {
            2
        } else {
            u8::from(self.first_field.is_some())
        }
    }
}

enum Anchor {
    Title(usize, usize),
    Field(usize),
    Funds(Header),
    Goals(Header),
    Indicators(Header),
    Total(Hit),
}

impl Anchor {
    fn stage(&self) -> u8 {
        match self {
            Self::Title(..) => 0,
            Self::Field(_) => 1,
            Self::Funds(_) => 2,
            Self::Goals(_) => 3,
            Self::Indicators(_) => 4,
            Self::Total(_) => 5,
        }
    }

    fn start(&self) -> usize {
        match self {
            Self::Title(start, _) | Self::Field(start) => *start,
            Self::Funds(header) | Self::Goals(header) | Self::Indicators(header) => header.start,
            Self::Total(hit) => hit.start,
        }
    }

    fn end(&self) -> usize {
        match self {
            Self::Title(_, end) => *end,
            Self::Field(start) => start + 1,
            Self::Funds(header) | Self::Goals(header) | Self::Indicators(header) => header.end,
            Self::Total(hit) => hit.end,
        }
    }
}

/// The forms of `doc`, in order.
pub(crate) fn regions(doc: &Doc) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let mut current: Option<Region> = None;
    for anchor in anchors(doc) {
        let fits = current.as_ref().is_some_and(|region| goes_on(region, &anchor));
        if !fits {
            regions.extend(current.take());
            current = Some(Region { start: anchor.start(), ..Region::default() });
        }
        if let Some(region) = &mut current {
            add(region, anchor);
        }
    }
    regions.extend(current);
    bound(doc, regions)
}

/// Keeps the regions that hold a form and ends each one where the next begins.
fn bound(doc: &Doc, regions: Vec<Region>) -> Vec<Region> {
    let mut kept: Vec<Region> = regions.into_iter().filter(Region::holds_form).collect();
    for region in &mut kept {
        let above = region.title.and_then(|(title, _)| field_above(doc, title));
        region.start = above.filter(|start| *start < region.start).unwrap_or(region.start);
    }
    let starts: Vec<usize> = kept.iter().skip(1).map(|region| region.start).chain([doc.tokens.len()]).collect();
    for (region, end) in kept.iter_mut().zip(starts) {
        region.end = end;
    }
    kept
}

/// The labelled field on the line above the title at `title`: 报表编号.
fn field_above(doc: &Doc, title: usize) -> Option<usize> {
    let line = doc.tokens.get(title.checked_sub(1)?)?.piece.line;
    let length = doc.tokens.get(..title)?.iter().rev().take_while(|token| token.piece.line == line).count();
    let start = title - length;
    let label = doc.label_at(Scope::Header, start).filter(|hit| hit.label == Label::Extra && hit.end < title);
    label.filter(|_| doc.label_at(Scope::Foot, start).is_none()).map(|_| start)
}

/// True where `anchor` belongs to the form that `region` has begun.
fn goes_on(region: &Region, anchor: &Anchor) -> bool {
    let stage = region.stage();
    match anchor {
        Anchor::Indicators(_) => stage <= 4,
        // Forms of Sichuan print their goals first.
        Anchor::Funds(_) => region.funds.is_none() && stage <= 3,
        Anchor::Title(start, _) => region.first_field.is_none() && stage == 0 && start - region.start <= TITLE_REACH,
        _ => anchor.stage() > stage,
    }
}

fn add(region: &mut Region, anchor: Anchor) {
    match anchor {
        Anchor::Title(start, end) => {
            region.start = start;
            region.title = Some((start, end));
        }
        Anchor::Field(start) => {
            let far = region.title.is_some_and(|(_, end)| start > end + TITLE_REACH);
            if far {
                region.title = None;
                region.start = start;
            }
            region.first_field = Some(start);
        }
        Anchor::Funds(header) => region.funds = Some(header),
        Anchor::Goals(header) => region.goals = Some(header),
        Anchor::Indicators(header) if region.indicators.is_some() => region.repeats.push(header),
        Anchor::Indicators(header) => region.indicators = Some(header),
        Anchor::Total(hit) => region.total = Some(hit),
    }
}

fn anchors(doc: &Doc) -> Vec<Anchor> {
    let mut anchors = Vec::new();
    let mut at = 0;
    while at < doc.tokens.len() {
        if let Some(end) = side_label_end(doc, at) {
            at = end;
        } else if let Some(anchor) = anchor_at(doc, at) {
            at = anchor.end().max(at + 1);
            anchors.push(anchor);
        } else {
            at += 1;
        }
    }
    anchors
}

/// One past a block's label printed down the side: the end of `年度总体目标` would pass for the goals header.
fn side_label_end(doc: &Doc, at: usize) -> Option<usize> {
    let hit = doc.label_at(Scope::Block, at)?;
    let down = hit.end > hit.start + 1 && doc.tokens[hit.start..hit.end].iter().all(|token| token.piece.leads);
    down.then_some(hit.end)
}

fn anchor_at(doc: &Doc, at: usize) -> Option<Anchor> {
    let token = doc.tokens.get(at)?;
    if let Some(header) = indicator_header(doc, at) {
        return Some(Anchor::Indicators(header));
    }
    if let Some(header) = fund_header(doc, at) {
        return Some(Anchor::Funds(header));
    }
    if let Some(header) = goal_header(doc, at) {
        return Some(Anchor::Goals(header));
    }
    if !token.piece.leads {
        return None;
    }
    if let Some(end) = title_end(doc, at) {
        return Some(Anchor::Title(at, end));
    }
    if let Some(hit) = doc.label_at(Scope::Foot, at).filter(|hit| hit.label == Label::Total) {
        return followed_by_number(doc, hit.end).then_some(Anchor::Total(hit));
    }
    doc.label_at(Scope::Header, at).filter(|hit| hit.label == Label::ProjectName).map(|_| Anchor::Field(at))
}

fn followed_by_number(doc: &Doc, at: usize) -> bool {
    doc.tokens.get(at).is_none_or(|token| token.shape.number.is_some() || token.shape.dash)
}

/// One past the last token of the title that begins at token `at`.
fn title_end(doc: &Doc, at: usize) -> Option<usize> {
    let line = doc.tokens.get(at)?.piece.line;
    let end = at + doc.tokens[at..].iter().take_while(|token| token.piece.line == line).count();
    let spelled: String = doc.tokens[at..end].iter().map(|token| token.plain.as_str()).collect();
    vocab::is_title(&spelled).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    const FORM: &str = "项目支出绩效自评表\n（2022年度）\n项目名称 甲\n年初预算数 全年预算数 全年执行数 分值 执行率 得分\n\
                        年度资金总额 1 1 1 10 100% 10\n预期目标 实际完成情况\n乙\n丙\n\
                        一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 丁 ≥1 1 90 90\n总分 100 100\n";

    fn count(text: &str) -> usize {
        regions(&Doc::new(&Text::new(text))).len()
    }

    #[test]
    fn forms_follow_each_other() {
        assert_eq!(count(FORM), 1);
        assert_eq!(count(&FORM.repeat(3)), 3);
        assert_eq!(count(&format!("目录\n一、说明\n{FORM}附注\n{FORM}")), 2);
    }

    #[test]
    fn a_repeated_indicator_header_opens_no_form() {
        let header = "一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n";
        assert_eq!(count(&FORM.replace("总分", &format!("{header}质量指标 戊 ≥1 1 5 5\n总分"))), 1);
    }

    #[test]
    fn talk_about_forms_is_no_form() {
        assert_eq!(count("本单位填报了项目支出绩效自评表，项目名称、年初预算数、全年执行数均已公开。\n总分 98"), 0);
        assert_eq!(count("项目支出绩效自评表\n见附件。\n"), 0);
    }

    #[test]
    fn a_form_without_an_end_is_still_a_form() {
        let cut = FORM.find("产出指标").unwrap();
        assert_eq!(count(&FORM[..cut]), 1);
    }
}
