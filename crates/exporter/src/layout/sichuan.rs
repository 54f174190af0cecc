//! The table that Sichuan's budget system prints.

use jixiao_core::vocab::Label;
use jixiao_core::{AmountUnit, Family, FundField, IndicatorField};

use super::Caption::{Official, Spelled};
use super::IndicatorColumn::{Field, TargetNature, TargetUnit};
use super::{
    Block, Columns, ExtraPlace, ExtraSlot, FieldSlot, FundsBlock, GoalsBlock, Heading, IndicatorsBlock, Layout, Pair,
    Side, TotalBlock,
};

/// 部门预算项目支出绩效自评表: targets in three columns, one reason for all fund rows, named fields below the total.
pub(super) const LAYOUT: &Layout = &Layout {
    name: "sichuan",
    about: "四川省部门预算项目支出绩效自评表",
    title: "部门预算项目支出绩效自评表",
    amount_unit: AmountUnit::TenThousandYuan,
    family: Family::Sichuan,
    fund_rows: &["总额", "财政资金", "财政专户管理资金", "单位资金", "其他资金"],
    widths: &[5, 9, 10, 17, 8, 9, 8, 5, 8, 7, 7, 16],
    blocks: &[
        Block::ExtraFields(&[ExtraSlot { label: "报表编号", place: ExtraPlace::AboveTable(ALL) }]),
        Block::Title { with_year: true },
        Block::Fields(PROJECT),
        Block::Fields(DEPARTMENT_AND_UNIT),
        Block::HeaderExtras(LABELLED),
        Block::Group { name: "项目基本情况", columns: SIDE, blocks: BASICS },
        Block::Funds(FUNDS),
        Block::Indicators(INDICATORS),
        Block::Total(TOTAL),
        Block::ExtraFields(&[ExtraSlot { label: "评价结论", place: ExtraPlace::Beside(LABELLED) }]),
        Block::ExtraFields(&[ExtraSlot { label: "存在问题", place: ExtraPlace::Beside(LABELLED) }]),
        Block::ExtraFields(&[ExtraSlot { label: "改进措施", place: ExtraPlace::Beside(LABELLED) }]),
        Block::ExtraFields(&[
            ExtraSlot { label: "项目负责人", place: ExtraPlace::Inline(Columns(0, 4)) },
            ExtraSlot { label: "财务负责人", place: ExtraPlace::Inline(Columns(5, 11)) },
        ]),
        Block::FootExtras(LABELLED),
    ],
};

const ALL: Columns = Columns(0, 11);
const SIDE: Columns = Columns(0, 0);
const LABELLED: Pair = Pair { label: Columns(0, 1), value: Columns(2, 11) };

const PROJECT: &[FieldSlot] = &[FieldSlot { label: Label::ProjectName, caption: Official, place: LABELLED }];

const DEPARTMENT_AND_UNIT: &[FieldSlot] = &[
    FieldSlot {
        label: Label::Department,
        caption: Official,
        place: Pair { label: Columns(0, 1), value: Columns(2, 4) },
    },
    FieldSlot {
        label: Label::Unit,
        caption: Spelled("实施单位（盖章）"),
        place: Pair { label: Columns(5, 6), value: Columns(7, 11) },
    },
];

const BASICS: &[Block] = &[
    Block::Goals(GoalsBlock {
        heading: Heading { caption: Spelled("1.项目年度目标完成情况"), side: Side::Left(Columns(1, 2)) },
        expected: (Spelled("项目年度目标"), Columns(3, 6)),
        actual: (Spelled("年度目标完成情况"), Columns(7, 11)),
    }),
    Block::ExtraFields(&[ExtraSlot {
        label: "2.项目实施内容及过程概述",
        place: ExtraPlace::Beside(Pair { label: Columns(1, 2), value: Columns(3, 11) }),
    }]),
];

const FUNDS: FundsBlock = FundsBlock {
    heading: Heading { caption: Spelled("预算执行情况（10分）"), side: Side::Left(SIDE) },
    labels: Columns(1, 2),
    corner: Some("年度预算数"),
    columns: &[
        (FundField::InitialBudget, Spelled("年初预算"), Columns(3, 3)),
        (FundField::AnnualBudget, Spelled("调整后预算数"), Columns(4, 5)),
        (FundField::Executed, Spelled("预算执行数"), Columns(6, 7)),
        (FundField::ExecutionRate, Spelled("预算执行率"), Columns(8, 8)),
        (FundField::Weight, Spelled("权重"), Columns(9, 9)),
        (FundField::Score, Official, Columns(10, 10)),
    ],
    extra: Some(("原因", Columns(11, 11))),
    dashed: (&[FundField::Weight, FundField::Score], "/"),
};

const INDICATORS: IndicatorsBlock = IndicatorsBlock {
    heading: Heading { caption: Spelled("绩效指标（90分）"), side: Side::Left(SIDE) },
    columns: &[
        (Field(IndicatorField::Level1), Official, Columns(1, 1)),
        (Field(IndicatorField::Level2), Official, Columns(2, 2)),
        (Field(IndicatorField::Level3), Official, Columns(3, 3)),
        (TargetNature, Official, Columns(4, 4)),
        (Field(IndicatorField::Target), Spelled("指标值"), Columns(5, 5)),
        (TargetUnit, Official, Columns(6, 6)),
        (Field(IndicatorField::Actual), Spelled("完成值"), Columns(7, 8)),
        (Field(IndicatorField::Weight), Spelled("权重"), Columns(9, 9)),
        (Field(IndicatorField::Score), Official, Columns(10, 10)),
        (Field(IndicatorField::Deviation), Spelled("未完成原因分析"), Columns(11, 11)),
    ],
};

const TOTAL: TotalBlock = TotalBlock {
    caption: Spelled("合计"),
    label: Columns(0, 8),
    weight: Columns(9, 9),
    score: Columns(10, 10),
    rest: Columns(11, 11),
    holds_grade: false,
};
