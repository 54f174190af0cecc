//! The printed labels of the forms: the one table that the text reader, the grid reader and the writers share.
//!
//! Source: the form attached to 财预〔2020〕10号 and the published forms of the families. The first spelling of
//! a label is the official one, which writers print.

mod levels;
mod pages;
mod spellings;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::fold::{squeeze, squeezed, squeezed_chars};
use crate::{FundField, IndicatorField};

pub use levels::{may_stand_under, official_level1, official_level1_stem};
pub use pages::{continues_table, is_page_number, is_page_number_at_edge};
pub use spellings::MAIN_COLUMN;
use spellings::table;

/// Where on a form a label is looked for: 得分 is a column of the funds and of the indicators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Labelled fields above the tables.
    Header,
    /// Labels of blocks, printed at the side or above: they carry no value.
    Block,
    /// Column labels of the funds.
    FundColumn,
    /// Row labels of the funds.
    FundRow,
    /// The two columns of the goals.
    Goal,
    /// Column labels of the indicators.
    IndicatorColumn,
    /// Names of level-1 indicators.
    Level1,
    /// Names of level-2 indicators.
    Level2,
    /// Labelled fields below the tables, the total row among them.
    Foot,
    /// Row labels of 资金管理情况 in transfer forms.
    SubRow,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 10] = [
        Self::Header,
        Self::Block,
        Self::FundColumn,
        Self::FundRow,
        Self::Goal,
        Self::IndicatorColumn,
        Self::Level1,
        Self::Level2,
        Self::Foot,
        Self::SubRow,
    ];
}

/// What a label says about the cells that belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// 项目名称.
    ProjectName,
    /// 主管部门.
    Department,
    /// 实施单位.
    Unit,
    /// 自评总分 in a header.
    TotalScore,
    /// A labelled field without a key of its own: goes to `extra`.
    Extra,
    /// The funds block.
    Funds,
    /// The goals block.
    Goals,
    /// The indicator block.
    Indicators,
    /// A heading that carries no value and opens none of the three blocks.
    Heading,
    /// A column of the funds.
    FundColumn(FundField),
    /// A row of the funds; the total row where `true`.
    FundRow {
        /// True for 年度资金总额 and its kin.
        total: bool,
    },
    /// 预期目标.
    Expected,
    /// 实际完成情况.
    Actual,
    /// A column of the indicators.
    IndicatorColumn(IndicatorField),
    /// 指标性质: the comparator of a target printed over several columns.
    TargetNature,
    /// 度量单位: the unit of a target printed over several columns.
    TargetUnit,
    /// A column that has no key and is not kept.
    Unkept,
    /// The name of a level-1 or level-2 indicator.
    Level,
    /// 总分.
    Total,
    /// 评分等级.
    Grade,
    /// 注, 备注 and their kin: the text behind goes to `extra`.
    Note,
}

/// Every spelling, for looking one up at once: most texts that are looked up are none in any scope.
struct Index {
    labels: FxHashMap<&'static str, [Option<Label>; Scope::ALL.len()]>,
    /// The beginnings of all spellings.
    begun: FxHashMap<&'static str, [bool; Scope::ALL.len()]>,
    /// The first two characters of all spellings.
    opened: FxHashMap<Opening, [bool; Scope::ALL.len()]>,
    /// Length in bytes.
    longest: usize,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index =
        Index { labels: FxHashMap::default(), begun: FxHashMap::default(), opened: FxHashMap::default(), longest: 0 };
    for scope in Scope::ALL {
        for (name, label) in spellings(scope) {
            index.longest = index.longest.max(name.len());
            index.labels.entry(name).or_default()[scope as usize] = Some(label);
            if let Some(opening) = opening(name.chars()) {
                index.opened.entry(opening).or_default()[scope as usize] = true;
            }
            for end in (0..=name.len()).filter(|end| name.is_char_boundary(*end)) {
                index.begun.entry(&name[..end]).or_default()[scope as usize] = true;
            }
        }
    }
    index
});

/// What a text says as a label of each scope: for texts that are asked about several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Labels([Option<Label>; Scope::ALL.len()]);

impl Labels {
    /// The labels of `text`, read as [`find`] reads it.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let known = |opening: Opening| OF_WHICH.starts_with(opening.0) || INDEX.opened.contains_key(&opening);
        if !opening_of(text).is_some_and(known) {
            return Self::default();
        }
        let squeezed = squeezed(text);
        let unmarked = strip_marks(&squeezed);
        let bare = strip_brackets(unmarked);
        let mut labels = exact(unmarked);
        if bare != unmarked {
            labels.0.iter_mut().zip(exact(bare).0).for_each(|(own, other)| *own = own.or(other));
        }
        labels
    }

    /// The text is a label of some scope.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.iter().any(Option::is_some)
    }

    /// What the text says as a label of `scope`.
    #[must_use]
    pub const fn get(&self, scope: Scope) -> Option<Label> {
        self.0[scope as usize]
    }
}

/// The labels that are spelled exactly so.
fn exact(name: &str) -> Labels {
    let known = Some(&*INDEX).filter(|index| name.len() <= index.longest);
    known.and_then(|index| index.labels.get(name)).map(|labels| Labels(*labels)).unwrap_or_default()
}

/// True where a spelling of `scope` begins with `text`, which is folded and without white space.
#[must_use]
pub fn begins(scope: Scope, text: &str) -> bool {
    let known = Some(&*INDEX).filter(|index| text.len() <= index.longest).and_then(|index| index.begun.get(text));
    known.and_then(|scopes| scopes.get(scope as usize)).is_some_and(|begins| *begins)
}

/// Every spelling of the labels of `scope`, folded and without white space, with what it says.
pub fn spellings(scope: Scope) -> impl Iterator<Item = (&'static str, Label)> {
    table(scope).iter().flat_map(|(label, names)| names.iter().map(|name| (*name, *label)))
}

/// The official spelling of a label, which writers print; `None` where the scope does not have it.
#[must_use]
pub fn official(scope: Scope, label: Label) -> Option<&'static str> {
    spellings(scope).find(|(_, candidate)| *candidate == label).map(|(name, _)| name)
}

/// What the printed `text` says as a label of `scope`: spaces, width, trailing brackets, colons and a leading
/// `其中：` aside.
#[must_use]
pub fn find(scope: Scope, text: &str) -> Option<Label> {
    if !may_be_label(scope, text) {
        return None;
    }
    let squeezed = squeezed(text);
    let unmarked = strip_marks(&squeezed);
    let bare = strip_brackets(unmarked);
    exact(unmarked).get(scope).or_else(|| if bare == unmarked { None } else { exact(bare).get(scope) })
}

/// False for most texts that are no label of `scope`: no spelling begins as they do.
fn may_be_label(scope: Scope, text: &str) -> bool {
    let Some(opening) = opening_of(text) else { return false };
    OF_WHICH.starts_with(opening.0) || INDEX.opened.get(&opening).is_some_and(|scopes| scopes[scope as usize])
}

/// The first two characters of a label; the second is `None` where it is no part of it.
type Opening = (char, Option<char>);

/// The opening of a printed text, marks in front of it aside.
fn opening_of(text: &str) -> Option<Opening> {
    opening(squeezed_chars(text).skip_while(|c| is_colon(*c)))
}

fn opening(mut label: impl Iterator<Item = char>) -> Option<Opening> {
    Some((label.next()?, label.next().filter(|c| *c != '(' && !is_colon(*c))))
}

/// Words of which the label of a source of money has one, whatever its spelling.
const MONEY_WORDS: [&str; 7] = ["资金", "拨款", "补助", "收入", "经费", "自筹", "贷款"];

/// True for a folded text that speaks of money as the labels of sources do, those outside the vocabulary too.
#[must_use]
pub fn speaks_of_funds(plain: &str) -> bool {
    MONEY_WORDS.iter().any(|word| plain.contains(word))
}

/// What is printed in front of the parts of a sum.
const OF_WHICH: &str = "其中";

/// How the titles of forms end: 项目支出绩效自评表, 财政项目支出绩效自评价.
const TITLE_ENDS: &[&str] = &["自评表", "自评价表", "自评价"];

/// The character that every end of a title begins with.
const TITLE_WORD: char = '自';

/// A title is at most this many characters; a longer text that ends like one is a sentence.
const LONGEST_TITLE: usize = 60;

/// True for the title of a form, a trailing bracket (the year) and white space aside.
#[must_use]
pub fn is_title(text: &str) -> bool {
    if !text.contains(TITLE_WORD) {
        return false;
    }
    let squeezed = squeezed(text);
    let bare = strip_brackets(&squeezed);
    let sentence = bare.contains(['。', ';', '|', ',', ':', '《']);
    !sentence && bare.chars().count() <= LONGEST_TITLE && TITLE_ENDS.iter().any(|end| bare.ends_with(end))
}

/// The label as stored: no white space, no leading `其中：`, no colon at either end; width and brackets as printed.
#[must_use]
pub fn stored_label(text: &str) -> String {
    let bare = crate::fold::without_space(text);
    let bare = bare.trim_matches(is_colon);
    let bare = bare.strip_prefix(OF_WHICH).map_or(bare, |rest| rest.trim_start_matches(is_colon));
    bare.to_owned()
}

/// A level-1 or level-2 name without white space and without a trailing weight such as `(50分)`.
#[must_use]
pub fn level_name(text: &str) -> String {
    let bare = crate::fold::without_space(text);
    match bare.rfind(['(', '（']) {
        Some(start) if is_weight_bracket(&squeeze(&bare[start..])) => bare[..start].to_owned(),
        _ => bare,
    }
}

/// True for `(50分)` and `(50)`: a level's weight printed behind its name.
fn is_weight_bracket(squeezed: &str) -> bool {
    squeezed
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .map(|inner| inner.strip_suffix('分').unwrap_or(inner))
        .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

const fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

fn strip_marks(squeezed: &str) -> &str {
    let bare = squeezed.trim_matches(is_colon);
    bare.strip_prefix(OF_WHICH).map_or(bare, |rest| rest.trim_start_matches(is_colon))
}

/// `name` without its trailing bracket groups: `全年预算数(A)` is `全年预算数`.
fn strip_brackets(mut name: &str) -> &str {
    while name.ends_with(')') {
        let mut depth = 0_usize;
        let open = name.char_indices().rev().find(|(_, c)| {
            match c {
                ')' => depth += 1,
                '(' => depth = depth.saturating_sub(1),
                _ => {}
            }
            *c == '(' && depth == 0
        });
        match open {
            Some((start, _)) if start > 0 => name = name[..start].trim_end_matches(is_colon),
            _ => break,
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_spaces_and_width_do_not_hide_a_label() {
        let executed = Some(Label::FundColumn(FundField::Executed));
        for text in ["全年执行数", "全年\n执行数（B）", "全年 执行数 ( B )", "执行数(B)："] {
            assert_eq!(find(Scope::FundColumn, text), executed, "{text}");
        }
        assert_eq!(find(Scope::Header, "实施单位（盖章）："), Some(Label::Unit));
        assert_eq!(find(Scope::Header, "转移支付（项目）名称"), Some(Label::ProjectName));
        assert_eq!(find(Scope::FundColumn, "预算执行率（B/A×100%)"), Some(Label::FundColumn(FundField::ExecutionRate)));
        assert_eq!(find(Scope::FundRow, "其中：当年财政拨款"), Some(Label::FundRow { total: false }));
        assert_eq!(find(Scope::Level1, "产 出 指 标（50分）"), Some(Label::Level));
        assert_eq!(find(Scope::Header, "项目名称表"), None);
    }

    #[test]
    fn titles_end_like_titles() {
        assert!(is_title("项目支出绩效 自评表（2022年度）"));
        assert!(is_title("财政项目支出绩效自评价"));
        for text in ["", "绩效自评工作", "各单位认真填写,并上报自评表", "见《自评表》。"] {
            assert!(!is_title(text), "{text}");
        }
    }

    #[test]
    fn stored_labels_keep_their_print() {
        assert_eq!(stored_label(" 其中： 当年财政拨款 "), "当年财政拨款");
        assert_eq!(stored_label("年度资金总额："), "年度资金总额");
        assert_eq!(level_name("产出指标（50分）"), "产出指标");
        assert_eq!(level_name("满意度指标(10)"), "满意度指标");
        assert_eq!(level_name("成本指标（节约）"), "成本指标（节约）");
    }

    #[test]
    fn every_spelling_is_stored_folded_and_names_one_thing_a_scope() {
        for scope in Scope::ALL {
            for (name, label) in spellings(scope) {
                assert_eq!(squeeze(name), name);
                assert_eq!(find(scope, name), Some(label), "{name}");
                for printed in [name.to_owned(), format!(" {name}（A）："), format!("其中：{name}")] {
                    let each = Scope::ALL.map(|scope| find(scope, &printed));
                    assert_eq!(Scope::ALL.map(|scope| Labels::of(&printed).get(scope)), each, "{printed}");
                }
            }
        }
    }
}
