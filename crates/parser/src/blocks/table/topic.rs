//! What an indicator is about: evidence for the level that it belongs to, where the text tells no more.

use super::levels::Name;

/// The kinds of indicators of the official table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Quantity,
    Quality,
    Time,
    Cost,
    Economy,
    Society,
    Ecology,
    Lasting,
    Satisfaction,
    /// 产出 as a whole.
    Output,
    /// 效益 as a whole.
    Benefit,
}

use Topic::{Benefit, Cost, Ecology, Economy, Lasting, Output, Quality, Quantity, Satisfaction, Society, Time};

/// What a row speaks against a name of another kind.
const CLASH: i32 = 9;
const MATCH: i32 = -3;
const CLEAR_CLASH: i32 = 24;

/// The kinds of costs of the official table, how their names of level 2 begin.
pub(super) const COST_KINDS: [&str; 3] = ["经济成本", "社会成本", "生态环境成本"];

/// Words of the official names, the more telling ones first.
const NAMES: [(&str, Topic); 14] = [
    ("满意", Satisfaction),
    ("可持续", Lasting),
    ("成本", Cost),
    ("经济", Economy),
    ("社会", Society),
    ("生态", Ecology),
    ("环境", Ecology),
    ("时效", Time),
    ("进度", Time),
    ("质量", Quality),
    ("数量", Quantity),
    ("产出", Output),
    ("效益", Benefit),
    ("发展", Lasting),
];

/// Words of the names of indicators that show the kind: those of the official framework of indicators (实际完成率,
/// 质量达标率, 完成及时率, 成本节约率, 经济、社会、生态效益, 可持续影响, 满意度), and 合格 and 准确, which ask for a quality
/// wherever they stand.
const WORDS: [(Topic, &[&str]); 8] = [
    (Satisfaction, &["满意"]),
    (Time, &["及时", "时效", "进度"]),
    (Cost, &["成本"]),
    (Ecology, &["生态", "环境"]),
    (Lasting, &["持续"]),
    (Economy, &["经济"]),
    (Society, &["社会"]),
    (Quality, &["质量", "达标", "合格", "准确", "率"]),
];

/// The kind that a level's name says.
pub(super) fn of_name(spelled: &str) -> Option<Topic> {
    NAMES.iter().find(|(word, _)| spelled.contains(word)).map(|(_, topic)| *topic)
}

/// The kind of a row by its name and target.
pub(super) fn of_row(name: &str, target: &str) -> Option<Topic> {
    let by_word = WORDS.iter().find(|(_, words)| words.iter().any(|word| name.contains(word)));
    if let Some((topic, _)) = by_word {
        return Some(*topic);
    }
    if is_date(target) {
        return Some(Time);
    }
    let digits = target.chars().any(|c| c.is_ascii_digit());
    let counted = digits && !target.contains('%') && !target.contains('元');
    counted.then_some(Quantity)
}

fn is_date(target: &str) -> bool {
    target.contains("月") && target.chars().any(|c| c.is_ascii_digit())
        || ["年底", "日前", "按时", "及时"].iter().any(|word| target.contains(word))
}

/// What speaks against a row of kind `row` under a name of kind `name`.
pub(super) fn clash(name: Option<Topic>, row: Option<Topic>) -> i32 {
    let (Some(name), Some(row)) = (name, row) else { return 0 };
    let output = |topic| matches!(topic, Quantity | Quality | Time | Cost);
    match (name, row) {
        (name, row) if name == row => MATCH,
        (Satisfaction, _) | (_, Satisfaction) => CLEAR_CLASH,
        (Output, row) if output(row) => MATCH,
        (Benefit, Economy | Society | Ecology | Lasting) => MATCH,
        // Rates are found everywhere, and so are numbers.
        (_, Quality | Quantity) if !output(name) => 2,
        _ => CLASH,
    }
}

/// Where a level-1 name, or the level-1 name that a level-2 name belongs under, stands in official tables. Costs come
/// first or behind the output.
fn rank(spelled: &str, costs_first: bool) -> Option<u8> {
    const ORDER: [(&str, u8); 22] = [
        ("决策", 0),
        ("立项", 0),
        ("过程", 1),
        ("管理", 1),
        ("满意", 60),
        ("可持续", 54),
        (COST_KINDS[0], 31),
        (COST_KINDS[1], 32),
        (COST_KINDS[2], 33),
        ("经济", 51),
        ("社会", 52),
        ("生态", 53),
        ("环境", 53),
        ("数量", 11),
        ("质量", 12),
        ("时效", 13),
        ("进度", 13),
        ("产出成本", 14),
        ("成本", 14),
        ("产出", 10),
        ("效益", 50),
        ("发展", 54),
    ];
    let (_, rank) = ORDER.iter().find(|(word, _)| spelled.contains(word))?;
    Some(if costs_first && (31..=33).contains(rank) { rank - 26 } else { *rank })
}

/// The rank of a level-1 name among its kind.
fn rank1(spelled: &str, costs_first: bool) -> Option<u8> {
    if spelled.contains("成本") { Some(if costs_first { 5 } else { 30 }) } else { rank(spelled, costs_first) }
}

/// Both levels stand in the order of an official table.
pub(super) fn is_sorted(names: &[Vec<Name>; 2]) -> bool {
    let [level1, level2] = names;
    [false, true].into_iter().any(|costs_first| {
        level1.is_sorted_by_key(|name| rank1(&name.spelled, costs_first))
            && level2.is_sorted_by_key(|name| rank(&name.spelled, costs_first))
    })
}

/// The names as printed, and in the orders of the official tables: a name whose block came late stands higher.
pub(super) fn orders(names: &[Vec<Name>; 2]) -> Vec<[Vec<Name>; 2]> {
    let known = names.iter().flatten().all(|name| rank(&name.spelled, false).is_some());
    let mut orders = vec![names.clone()];
    for costs_first in [false, true].into_iter().filter(|_| known) {
        let [mut level1, mut level2] = names.clone();
        level1.sort_by_key(|name| rank1(&name.spelled, costs_first));
        level2.sort_by_key(|name| rank(&name.spelled, costs_first));
        orders.push([level1, level2]);
    }
    orders
}
