//! Forms as people might fill them in, of every family and with anything left out.

use jixiao_core::{AmountUnit, Decimal, ExtraField, Family, Form, FundRow, Grade, Indicator, Total};
use jixiao_parser::value;
use proptest::prelude::*;

/// Words that forms use, `least` to `most` of them.
pub(crate) fn words(least: usize, most: usize) -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "河道",
        "清淤",
        "绿化",
        "步行桥",
        "照明",
        "巡护",
        "课程",
        "图书",
        "消防",
        "器材",
        "更新",
        "培训",
        "宣传",
        "完成",
        "及时",
        "，",
        "、",
        "（二期）",
        "A区",
        "第3批",
        "“双随机”",
        "；",
    ]);
    prop::collection::vec(word, least..=most).prop_map(|words| format!("新{}", words.concat()))
}

fn number(most: i64, scale: u32) -> impl Strategy<Value = Decimal> {
    (0..=most, 0..=scale).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn quantity() -> impl Strategy<Value = String> {
    let comparator = prop::sample::select(vec!["", "≥", "＝", "<=", "＞"]);
    let unit = prop::sample::select(vec!["", "%", "（条）", "万元", "人次", "％"]);
    prop_oneof![
        (comparator, number(1_000_000, 3), unit).prop_map(|(sign, number, unit)| format!("{sign}{number}{unit}")),
        words(1, 12),
    ]
}

fn levels() -> impl Strategy<Value = (Option<String>, Option<String>)> {
    let level1 = prop::sample::select(vec![None, Some("产出指标"), Some("效益指标"), Some("满意度指标")]);
    let level2 = prop::sample::select(vec![None, Some("数量指标"), Some("质量指标"), Some("社会效益指标")]);
    (level1, level2).prop_map(|(level1, level2)| (level1.map(str::to_owned), level2.map(str::to_owned)))
}

prop_compose! {
    fn any_indicator()(
        levels in levels(),
        name in words(1, 8),
        target in prop::option::of(quantity()),
        actual in prop::option::of(quantity()),
        weight in prop::option::of(number(3000, 2)),
        score in prop::option::of(number(3000, 2)),
        deviation in prop::option::of(words(1, 60)),
    ) -> Indicator {
        Indicator {
            level1: levels.0,
            level2: levels.1,
            level3: name,
            target: target.as_deref().map(value::target).unwrap_or_default(),
            actual: actual.as_deref().map(value::actual).unwrap_or_default(),
            weight,
            score,
            deviation,
        }
    }
}

prop_compose! {
    fn any_fund(label: &'static str)(
        amounts in prop::array::uniform3(prop::option::of(number(9_999_999_999, 4))),
        weight in prop::option::of(number(20, 0)),
        rate in prop::option::of(number(12_000, 2)),
        score in prop::option::of(number(2000, 2)),
    ) -> FundRow {
        let [initial_budget, annual_budget, executed] = amounts;
        FundRow { label: label.to_owned(), initial_budget, annual_budget, executed, weight, execution_rate: rate, score }
    }
}

fn any_funds() -> impl Strategy<Value = Vec<FundRow>> {
    let rows = ("年度资金总额", "当年财政拨款", "上年结转资金", "其他资金", "单位资金");
    (any_fund(rows.0), any_fund(rows.1), any_fund(rows.2), any_fund(rows.3), any_fund(rows.4), 1..=5_usize).prop_map(
        |(a, b, c, d, e, count)| {
            let mut rows = vec![a, b, c, d, e];
            rows.truncate(count);
            rows
        },
    )
}

/// A family with a title of its forms.
fn kind() -> impl Strategy<Value = (Family, &'static str)> {
    prop::sample::select(vec![
        (Family::Mof, "项目支出绩效自评表"),
        (Family::Mof, "财政项目支出绩效自评价"),
        (Family::Sichuan, "部门预算项目支出绩效自评表"),
        (Family::Rural, "绩效目标自评表"),
        (Family::Transfer, "转移支付区域（项目）绩效目标自评表"),
        (Family::CountySpecial, "县级专项资金绩效目标自评表"),
        (Family::Department, "部门整体支出绩效自评表"),
        (Family::Hubei, "步行桥维护项目自评表"),
        (Family::Other, "项目支出绩效自评表"),
    ])
}

/// Fields that forms print above, between and below their tables, and one that no vocabulary knows.
fn extras() -> impl Strategy<Value = Vec<ExtraField>> {
    let labels = [
        "报表编号",
        "项目负责人",
        "联系电话",
        "2.项目实施内容及过程概述",
        "原因",
        "评价结论",
        "存在问题",
        "改进措施",
        "财务负责人",
        "项目联络员",
        "注",
    ];
    let field = (prop::sample::select(labels.to_vec()), words(1, 40))
        .prop_map(|(label, text)| ExtraField { label: label.to_owned(), text });
    prop::collection::vec(field, 0..6)
}

prop_compose! {
    /// A form of any family as people fill them in.
    pub(crate) fn any_form()(
        kind in kind(),
        year in prop::option::of(2015..2035_i32),
        names in prop::array::uniform3(prop::option::of(words(1, 14))),
        unit in prop::option::of(prop::sample::select(vec![AmountUnit::Yuan, AmountUnit::TenThousandYuan])),
        funds in any_funds(),
        goals in prop::array::uniform2(prop::option::of(words(1, 200))),
        indicators in prop::collection::vec(any_indicator(), 0..14),
        total in prop::array::uniform2(prop::option::of(number(10_000, 2))),
        grade in prop::option::of(prop::sample::select(vec![Grade::Excellent, Grade::Good, Grade::Fair, Grade::Poor])),
        extra in extras(),
    ) -> Form {
        let (family, title) = kind;
        let [project_name, department, implementer] = names;
        let [expected, actual] = goals;
        let mut form = Form {
            family,
            title: Some(title.to_owned()),
            year,
            project_name,
            department,
            unit: implementer,
            indicators,
            total: Total { weight: total[0], score: total[1] },
            grade,
            extra,
            ..Form::default()
        };
        form.funds.amount_unit = unit;
        form.funds.rows = funds;
        form.goals.expected = expected;
        form.goals.actual = actual;
        form
    }
}
