//! How each family's table is headed: its printed labels, column by column.

use jixiao_core::{Family, FundField, IndicatorField};

/// What a column of the indicators holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Field(IndicatorField),
    /// 指标性质.
    Nature,
    /// 度量单位.
    Unit,
    /// Nothing that is kept.
    Other,
}

/// The printed labels of a family.
#[derive(Debug)]
pub(crate) struct FamilyLabels {
    pub(crate) family: Family,
    pub(crate) title: &'static str,
    pub(crate) project: Option<&'static str>,
    pub(crate) department: Option<&'static str>,
    pub(crate) unit: Option<&'static str>,
    pub(crate) funds: &'static str,
    pub(crate) fund_columns: &'static [(&'static str, FundField)],
    pub(crate) fund_rows: [&'static str; 2],
    pub(crate) goals: Option<[&'static str; 3]>,
    pub(crate) indicators: &'static str,
    pub(crate) columns: &'static [(&'static str, Holds)],
    /// The row of the total; its weight is printed where indicators have one.
    pub(crate) total: Option<&'static str>,
    /// A field in the header that prints the total score.
    pub(crate) total_in_header: Option<&'static str>,
}

use FundField::{AnnualBudget, Executed, ExecutionRate, InitialBudget, Score as Points, Weight as Share};
use Holds::{Field, Nature, Other, Unit};
use IndicatorField::{Actual, Deviation, Level1, Level2, Level3, Score, Target, Weight};

const LEVELS: [(&str, Holds); 3] =
    [("一级指标", Field(Level1)), ("二级指标", Field(Level2)), ("三级指标", Field(Level3))];

const MOF_FUNDS: &[(&str, FundField)] = &[
    ("年初预算数", InitialBudget),
    ("全年预算数", AnnualBudget),
    ("全年执行数", Executed),
    ("分值", Share),
    ("执行率", ExecutionRate),
    ("得分", Points),
];

const MOF_COLUMNS: &[(&str, Holds)] = &[
    LEVELS[0],
    LEVELS[1],
    LEVELS[2],
    ("年度指标值", Field(Target)),
    ("实际完成值", Field(Actual)),
    ("分值", Field(Weight)),
    ("得分", Field(Score)),
    ("偏差原因分析及改进措施", Field(Deviation)),
];

pub(crate) const FAMILIES: &[FamilyLabels] = &[
    FamilyLabels {
        family: Family::Mof,
        title: "项目支出绩效自评表",
        project: Some("项目名称"),
        department: Some("主管部门"),
        unit: Some("实施单位"),
        funds: "项目资金\n（万元）",
        fund_columns: MOF_FUNDS,
        fund_rows: ["年度资金总额", "其中：当年财政拨款"],
        goals: Some(["年度总体目标", "预期目标", "实际完成情况"]),
        indicators: "绩效指标",
        columns: MOF_COLUMNS,
        total: Some("总分"),
        total_in_header: None,
    },
    FamilyLabels {
        family: Family::Sichuan,
        title: "部门预算项目支出绩效自评表",
        project: Some("项目名称"),
        department: Some("主管部门"),
        unit: Some("实施单位（盖章）"),
        funds: "年度预算数（万元）",
        fund_columns: &[
            ("年初预算", InitialBudget),
            ("调整后预算数", AnnualBudget),
            ("预算执行数", Executed),
            ("预算执行率", ExecutionRate),
            ("权重", Share),
            ("得分", Points),
        ],
        fund_rows: ["总额", "其中：财政资金"],
        goals: Some(["1.项目年度目标完成情况", "项目年度目标", "年度目标完成情况"]),
        indicators: "绩效指标（90分）",
        columns: &[
            LEVELS[0],
            LEVELS[1],
            LEVELS[2],
            ("指标性质", Nature),
            ("指标值", Field(Target)),
            ("度量单位", Unit),
            ("完成值", Field(Actual)),
            ("权重", Field(Weight)),
            ("得分", Field(Score)),
            ("未完成原因分析", Field(Deviation)),
        ],
        total: Some("合计"),
        total_in_header: None,
    },
    FamilyLabels {
        family: Family::Rural,
        title: "绩效目标自评表",
        project: Some("项目名称"),
        department: Some("主管部门"),
        unit: Some("实施单位"),
        funds: "资金情况（万元）",
        fund_columns: &[
            ("全年预算数（A）", AnnualBudget),
            ("全年执行数（B）", Executed),
            ("分值", Share),
            ("执行率（B/A）", ExecutionRate),
            ("得分", Points),
        ],
        fund_rows: ["年度资金总额", "其中：本年财政拨款"],
        goals: Some(["年度总体目标", "年初设定目标", "年度总体目标完成情况综述"]),
        indicators: "绩效指标",
        columns: &[
            LEVELS[0],
            LEVELS[1],
            LEVELS[2],
            ("分值", Field(Weight)),
            ("年度指标值", Field(Target)),
            ("全年实际值", Field(Actual)),
            ("得分", Field(Score)),
            ("未完成原因及拟采取的改进措施", Field(Deviation)),
        ],
        total: Some("总分"),
        total_in_header: None,
    },
    FamilyLabels {
        family: Family::Transfer,
        title: "转移支付区域（项目）绩效目标自评表",
        project: Some("转移支付（项目）名称"),
        department: Some("地方主管部门"),
        unit: Some("资金使用单位"),
        funds: "资金投入情况\n（万元）",
        fund_columns: &[
            ("全年预算数（A）", AnnualBudget),
            ("全年执行数（B）", Executed),
            ("预算执行率（B/A×100%）", ExecutionRate),
        ],
        fund_rows: ["年度资金总额", "其中：中央财政资金"],
        goals: Some(["总体目标完成情况", "总体目标", "全年实际完成情况"]),
        indicators: "绩效指标",
        columns: &[
            LEVELS[0],
            LEVELS[1],
            LEVELS[2],
            ("指标值", Field(Target)),
            ("全年实际完成值", Field(Actual)),
            ("未完成原因和改进措施", Field(Deviation)),
        ],
        total: None,
        total_in_header: None,
    },
    FamilyLabels {
        family: Family::CountySpecial,
        title: "县级专项资金绩效目标自评表",
        project: Some("专项资金名称"),
        department: Some("县级主管部门"),
        unit: Some("实施单位"),
        funds: "项目资金（万元）",
        fund_columns: &[
            ("全年预算数（A）", AnnualBudget),
            ("全年执行数（B）", Executed),
            ("执行率（B/A）", ExecutionRate),
        ],
        fund_rows: ["年度资金总额", "其中：县级资金"],
        goals: Some(["年度总体目标", "年初设定目标", "全年实际完成情况"]),
        indicators: "绩效指标",
        columns: &[
            LEVELS[0],
            LEVELS[1],
            LEVELS[2],
            ("年度指标值", Field(Target)),
            ("全年完成值", Field(Actual)),
            ("未完成原因和改进措施", Field(Deviation)),
        ],
        total: None,
        total_in_header: None,
    },
    FamilyLabels {
        family: Family::Department,
        title: "部门整体支出绩效自评表",
        project: None,
        department: None,
        unit: Some("县级预算单位名称"),
        funds: "年度预算申请（万元）",
        fund_columns: MOF_FUNDS,
        fund_rows: ["年度资金总额", "其中：财政拨款"],
        goals: Some(["年度总体目标", "预期目标", "实际完成情况"]),
        indicators: "绩效指标",
        columns: MOF_COLUMNS,
        total: Some("总分"),
        total_in_header: None,
    },
    FamilyLabels {
        family: Family::Hubei,
        title: "行道树补植项目自评表",
        project: Some("项目名称"),
        department: Some("主管部门"),
        unit: Some("项目实施单位"),
        funds: "预算执行情况（万元）\n（20分）",
        fund_columns: &[
            ("预算数（A）", AnnualBudget),
            ("执行数（B）", Executed),
            ("执行率（B/A）", ExecutionRate),
            ("得分（20分*执行率）", Points),
        ],
        fund_rows: ["年度财政资金总额", ""],
        goals: None,
        indicators: "年度绩效目标1\n（80分）",
        columns: &[
            LEVELS[0],
            LEVELS[1],
            LEVELS[2],
            ("年初目标值（A）", Field(Target)),
            ("实际完成值（B）", Field(Actual)),
            ("得分", Field(Score)),
        ],
        total: Some("总分"),
        total_in_header: None,
    },
    FamilyLabels {
        family: Family::Other,
        title: "项目支出绩效自评表",
        project: Some("项目名称"),
        department: Some("主管部门"),
        unit: Some("实施单位"),
        funds: "项目资金（万元）",
        fund_columns: &[
            ("年初预算数", InitialBudget),
            ("调整预算数（A）", AnnualBudget),
            ("全年执行数（B）", Executed),
            ("执行率（B/A）", ExecutionRate),
        ],
        fund_rows: ["年度资金总额", "其中：财政拨款"],
        goals: Some(["年度总体目标", "预期目标", "实际完成情况"]),
        indicators: "绩效指标",
        columns: &[
            LEVELS[0],
            LEVELS[1],
            LEVELS[2],
            ("参考分值", Field(Weight)),
            ("参考指标值（A）", Field(Target)),
            ("全年实际值（B）", Field(Actual)),
            ("得分", Field(Score)),
            ("佐证资料", Other),
            ("未完成原因分析及改进措施", Field(Deviation)),
        ],
        total: None,
        total_in_header: Some("自评得分"),
    },
];

impl FamilyLabels {
    /// True where the indicators have a column of that field.
    pub(crate) fn has(&self, field: IndicatorField) -> bool {
        self.columns.iter().any(|(_, holds)| *holds == Field(field))
    }

    /// True where the funds have a column of that field.
    pub(crate) fn has_fund(&self, field: FundField) -> bool {
        self.fund_columns.iter().any(|(_, own)| *own == field)
    }
}
