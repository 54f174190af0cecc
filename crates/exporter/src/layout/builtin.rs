//! The layouts themselves.

use jixiao_core::vocab::Label;
use jixiao_core::{AmountUnit, Family, FundField, IndicatorField};

use super::Caption::{Official, Spelled};
use super::IndicatorColumn::Field;
use super::{
    Block, Columns, FieldSlot, FundsBlock, GoalsBlock, Heading, IndicatorsBlock, Layout, Pair, Side, TotalBlock,
    sichuan,
};

/// Every layout, the default first.
pub(super) const ALL: &[&Layout] = &[MOF_2020, SHANGHAI_2022, SHANGHAI_2023, sichuan::LAYOUT];

/// The attachment of 财预〔2020〕10号.
pub(super) const MOF_2020: &Layout = &Layout {
    name: "mof-2020",
    about: "财政部项目支出绩效自评表（财预〔2020〕10号附件）",
    title: "项目支出绩效自评表",
    amount_unit: AmountUnit::TenThousandYuan,
    family: Family::Mof,
    fund_rows: FUND_ROWS,
    widths: OFFICIAL_WIDTHS,
    blocks: OFFICIAL_BLOCKS,
};

/// The official table as Shanghai's districts print it since 2022.
const SHANGHAI_2022: &Layout = &Layout {
    name: "shanghai-2022",
    about: "上海市财政项目支出绩效自评表（2022年起）",
    title: "财政项目支出绩效自评表",
    amount_unit: AmountUnit::Yuan,
    family: Family::Mof,
    fund_rows: FUND_ROWS,
    widths: OFFICIAL_WIDTHS,
    blocks: OFFICIAL_BLOCKS,
};

/// The table of 2023: no year, no side columns, a closing row for the grade.
const SHANGHAI_2023: &Layout = &Layout {
    name: "shanghai-2023",
    about: "上海市财政项目支出绩效自评价（2023年起）",
    title: "财政项目支出绩效自评价",
    amount_unit: AmountUnit::Yuan,
    family: Family::Mof,
    fund_rows: FUND_ROWS,
    widths: OFFICIAL_WIDTHS,
    blocks: &[
        Block::Title { with_year: false },
        Block::Fields(PROJECT),
        Block::Fields(DEPARTMENT_AND_UNIT),
        Block::HeaderExtras(LABELLED),
        Block::Funds(FUNDS),
        Block::Goals(GoalsBlock {
            heading: named(Side::Above),
            expected: (Official, Columns(0, 4)),
            actual: (Official, Columns(5, 9)),
        }),
        Block::Indicators(IndicatorsBlock {
            heading: named(Side::Nowhere),
            columns: &[
                (Field(IndicatorField::Level1), Official, Columns(0, 1)),
                (Field(IndicatorField::Level2), Official, Columns(2, 2)),
                (Field(IndicatorField::Level3), Official, Columns(3, 3)),
                (Field(IndicatorField::Target), Official, Columns(4, 4)),
                (Field(IndicatorField::Actual), Official, Columns(5, 5)),
                (Field(IndicatorField::Weight), Official, Columns(6, 6)),
                (Field(IndicatorField::Score), Official, Columns(7, 7)),
                (Field(IndicatorField::Deviation), Spelled("偏差原因分析"), Columns(8, 9)),
            ],
        }),
        Block::Total(TotalBlock { holds_grade: false, ..TOTAL }),
        Block::Grade(LABELLED),
        Block::FootExtras(LABELLED),
    ],
};

const FUND_ROWS: &[&str] = &["年度资金总额", "当年财政拨款", "上年结转资金", "其他资金"];

const fn named(side: Side) -> Heading {
    Heading { caption: Official, side }
}

const OFFICIAL_WIDTHS: &[u16] = &[5, 10, 10, 18, 13, 13, 11, 8, 9, 11];

const OFFICIAL_BLOCKS: &[Block] = &[
    Block::Title { with_year: false },
    Block::Year,
    Block::Fields(PROJECT),
    Block::Fields(DEPARTMENT_AND_UNIT),
    Block::HeaderExtras(LABELLED),
    Block::Funds(FUNDS),
    Block::Goals(GoalsBlock {
        heading: named(Side::Left(Columns(0, 0))),
        expected: (Official, Columns(1, 5)),
        actual: (Official, Columns(6, 9)),
    }),
    Block::Indicators(IndicatorsBlock {
        heading: named(Side::Left(Columns(0, 0))),
        columns: &[
            (Field(IndicatorField::Level1), Official, Columns(1, 1)),
            (Field(IndicatorField::Level2), Official, Columns(2, 2)),
            (Field(IndicatorField::Level3), Official, Columns(3, 3)),
            (Field(IndicatorField::Target), Official, Columns(4, 4)),
            (Field(IndicatorField::Actual), Official, Columns(5, 5)),
            (Field(IndicatorField::Weight), Official, Columns(6, 6)),
            (Field(IndicatorField::Score), Official, Columns(7, 7)),
            (Field(IndicatorField::Deviation), Official, Columns(8, 9)),
        ],
    }),
    Block::Total(TOTAL),
    Block::FootExtras(LABELLED),
];

const LABELLED: Pair = Pair { label: Columns(0, 1), value: Columns(2, 9) };

const PROJECT: &[FieldSlot] = &[FieldSlot { label: Label::ProjectName, caption: Official, place: LABELLED }];

const DEPARTMENT_AND_UNIT: &[FieldSlot] = &[
    FieldSlot {
        label: Label::Department,
        caption: Official,
        place: Pair { label: Columns(0, 1), value: Columns(2, 4) },
    },
    FieldSlot { label: Label::Unit, caption: Official, place: Pair { label: Columns(5, 6), value: Columns(7, 9) } },
];

const FUNDS: FundsBlock = FundsBlock {
    heading: named(Side::Left(Columns(0, 1))),
    labels: Columns(2, 3),
    corner: None,
    columns: &[
        (FundField::InitialBudget, Official, Columns(4, 4)),
        (FundField::AnnualBudget, Official, Columns(5, 5)),
        (FundField::Executed, Official, Columns(6, 6)),
        (FundField::Weight, Official, Columns(7, 7)),
        (FundField::ExecutionRate, Official, Columns(8, 8)),
        (FundField::Score, Official, Columns(9, 9)),
    ],
    extra: None,
    dashed: (&[FundField::Weight, FundField::ExecutionRate, FundField::Score], "—"),
};

const TOTAL: TotalBlock = TotalBlock {
    caption: Official,
    label: Columns(0, 5),
    weight: Columns(6, 6),
    score: Columns(7, 7),
    rest: Columns(8, 9),
    holds_grade: true,
};
