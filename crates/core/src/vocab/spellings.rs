//! The spellings of the labels, scope by scope.

use super::{Label, Scope};
use crate::{FundField, IndicatorField};

/// The column of 资金管理情况 whose text stands under the row's own label; that of the other carries the column's name.
pub const MAIN_COLUMN: &str = "情况说明";

/// A label and its spellings.
pub(super) type Entry = (Label, &'static [&'static str]);

const HEADER: &[Entry] = &[
    (Label::ProjectName, &["项目名称", "转移支付(项目)名称", "专项名称", "专项资金名称"]),
    (
        Label::Department,
        &["主管部门", "主管部门及代码", "地方主管部门", "县级主管部门", "省级主管部门", "市级主管部门"],
    ),
    (
        Label::Unit,
        &[
            "实施单位",
            "项目实施单位",
            "资金使用单位",
            "预算单位名称",
            "省级预算单位名称",
            "市级预算单位名称",
            "县级预算单位名称",
        ],
    ),
    (Label::TotalScore, &["自评总分", "自评得分"]),
    (
        Label::Extra,
        &[
            "项目负责人",
            "项目负责人及电话",
            "负责人及电话",
            "联系电话",
            "联系人",
            "中央主管部门",
            "财政处室",
            "部门联系人",
            "报表编号",
            "单位名称",
            "项目单位",
            "填报日期",
            "填报单位",
            "填报人",
            "主要领导签字",
            "项目类别",
            "项目属性",
            "项目类型",
            "财政审核评分",
            "2.项目实施内容及过程概述",
            "项目实施内容及过程概述",
            "一般公共预算",
            "政府性基金拨款",
            "纳入专户管理的非税收入拨款",
            "基本支出",
            "项目支出",
            "项目编码",
            "项目代码",
            "起止时间",
            "项目起止时间",
        ],
    ),
];

const BLOCK: &[Entry] = &[
    (
        Label::Funds,
        &[
            "项目资金",
            "资金情况",
            "资金投入情况",
            "预算执行情况",
            "部门预算执行情况",
            "年度预算申请",
            "年度预算数",
            "项目资金情况",
        ],
    ),
    (
        Label::Goals,
        &[
            "年度总体目标",
            "年度总体目标完成情况",
            "总体目标完成情况",
            "当年绩效目标",
            "项目年度目标完成情况",
            "1.项目年度目标完成情况",
        ],
    ),
    (
        Label::Indicators,
        &[
            "绩效指标",
            "年度绩效指标",
            "年度绩效指标完成情况",
            "年度绩效目标",
            "年度绩效目标1",
            "年度绩效目标2",
            "年度绩效目标3",
        ],
    ),
    (
        Label::Heading,
        &[
            "项目基本情况",
            "按收入性质分",
            "按支出性质分",
            "资金管理情况",
            "资金来源",
            MAIN_COLUMN,
            "存在问题和改进措施",
        ],
    ),
];

const FUND_COLUMN: &[Entry] = &[
    (Label::FundColumn(FundField::InitialBudget), &["年初预算数", "年初预算"]),
    (
        Label::FundColumn(FundField::AnnualBudget),
        &["全年预算数", "预算数", "调整后预算数", "调整预算数", "全年(调整)预算数"],
    ),
    (Label::FundColumn(FundField::Executed), &["全年执行数", "执行数", "预算执行数"]),
    (Label::FundColumn(FundField::Weight), &["分值", "分值权重", "权重", "执行率权重", "分数"]),
    (Label::FundColumn(FundField::ExecutionRate), &["执行率", "预算执行率"]),
    (Label::FundColumn(FundField::Score), &["得分", "执行率得分"]),
    (Label::Unkept, &["资金来源"]),
    (Label::Extra, &["原因"]),
];

const FUND_ROW: &[Entry] = &[
    (Label::FundRow { total: true }, &["年度资金总额", "年度总金额", "年度财政资金总额", "总额", "资金总额"]),
    (
        Label::FundRow { total: false },
        &[
            "当年财政拨款",
            "上年结转资金",
            "其他资金",
            "本年财政拨款",
            "财政拨款",
            "上年结转",
            "财政资金",
            "财政专户管理资金",
            "单位资金",
            "中央财政资金",
            "中央补助",
            "中央资金",
            "省级资金",
            "省级财政资金",
            "市级资金",
            "县级资金",
            "地方财政资金",
            "地方资金",
            "中央、省、市补助",
        ],
    ),
];

const GOAL: &[Entry] = &[
    (Label::Expected, &["预期目标", "总体目标", "年初设定目标", "项目年度目标", "年初绩效目标"]),
    (
        Label::Actual,
        &[
            "实际完成情况",
            "全年实际完成情况",
            "总体目标完成情况",
            "年度总体目标完成情况综述",
            "年度目标完成情况",
            "全年目标实际完成情况",
        ],
    ),
    (Label::Extra, &["全年(调整)绩效目标"]),
];

const INDICATOR_COLUMN: &[Entry] = &[
    (Label::IndicatorColumn(IndicatorField::Level1), &["一级指标"]),
    (Label::IndicatorColumn(IndicatorField::Level2), &["二级指标"]),
    (Label::IndicatorColumn(IndicatorField::Level3), &["三级指标", "指标名称"]),
    (
        Label::IndicatorColumn(IndicatorField::Target),
        &["年度指标值", "指标值", "年初目标值", "年初指标值", "年度目标指标值", "参考指标值"],
    ),
    (
        Label::IndicatorColumn(IndicatorField::Actual),
        &["实际完成值", "全年实际值", "全年实际完成值", "全年完成值", "完成值", "指标实际完成值"],
    ),
    (Label::IndicatorColumn(IndicatorField::Weight), &["分值", "权重", "指标分值权重", "指标权重", "参考分值"]),
    (Label::IndicatorColumn(IndicatorField::Score), &["得分", "自评得分", "指标得分"]),
    (
        Label::IndicatorColumn(IndicatorField::Deviation),
        &[
            "偏差原因分析及改进措施",
            "偏差原因分析",
            "未完成原因分析",
            "未完成原因分析及改进措施",
            "未完成原因和改进措施",
            "未完成原因及拟采取的改进措施",
            "偏差原因及改进措施",
            "说明",
        ],
    ),
    (Label::TargetNature, &["指标性质"]),
    (Label::TargetUnit, &["度量单位", "计量单位"]),
    (
        Label::Unkept,
        &[
            "指标值设置依据",
            "上年完成值",
            "指标赋分规则",
            "佐证资料",
            "完成率",
            "得分系数",
            "是否核心指标",
            "复核分",
            "调整指标值",
            "序号",
        ],
    ),
];

const LEVEL1: &[Entry] = &[(
    Label::Level,
    &[
        "产出指标",
        "效益指标",
        "满意度指标",
        "服务对象满意度指标",
        "成本指标",
        "产出",
        "效益",
        "满意度",
        "成本",
        "项目决策",
        "项目管理",
        "项目产出",
        "项目效益",
        "决策",
        "过程",
    ],
)];

const LEVEL2: &[Entry] = &[(
    Label::Level,
    &[
        "数量指标",
        "质量指标",
        "时效指标",
        "进度指标",
        "成本指标",
        "经济成本指标",
        "社会成本指标",
        "生态环境成本指标",
        "经济效益指标",
        "社会效益指标",
        "生态效益指标",
        "环境效益指标",
        "可持续影响指标",
        "可持续发展指标",
        "服务对象满意度指标",
        "满意度指标",
        "产出数量指标",
        "产出质量指标",
        "产出时效指标",
        "产出成本指标",
        "数量",
        "质量",
        "时效",
        "进度",
        "成本",
        "经济成本",
        "社会成本",
        "生态环境成本",
        "经济效益",
        "社会效益",
        "生态效益",
        "环境效益",
        "可持续影响",
        "服务对象满意度",
        "满意度",
        "项目立项",
        "绩效目标",
        "资金投入",
        "资金管理",
        "财务管理",
        "业务管理",
        "组织实施",
        "产出数量",
        "产出质量",
        "产出时效",
        "产出成本",
    ],
)];

const FOOT: &[Entry] = &[
    (Label::Total, &["总分", "合计", "总计", "总得分"]),
    (Label::Grade, &["评分等级", "自评等级", "评价等级", "等级", "绩效等级"]),
    (
        Label::Extra,
        &[
            "其他需要说明事项",
            "其他需要说明的事项",
            "说明",
            "评价结论",
            "存在问题",
            "改进措施",
            "项目负责人",
            "财务负责人",
            "填表人",
            "联系电话",
            "偏差大或目标未完成原因分析",
            "改进措施及结果应用方案",
            "单位主要负责人签批意见",
        ],
    ),
    (Label::Note, &["注", "备注", "填表说明"]),
];

const SUB_ROW: &[Entry] = &[(
    Label::Extra,
    &["分配科学性", "下达及时性", "拨付合规性", "使用规范性", "执行准确性", "预算绩效管理情况", "支出责任履行情况"],
)];

/// The labels of `scope` with their spellings, the official one first.
pub(super) const fn table(scope: Scope) -> &'static [Entry] {
    match scope {
        Scope::Header => HEADER,
        Scope::Block => BLOCK,
        Scope::FundColumn => FUND_COLUMN,
        Scope::FundRow => FUND_ROW,
        Scope::Goal => GOAL,
        Scope::IndicatorColumn => INDICATOR_COLUMN,
        Scope::Level1 => LEVEL1,
        Scope::Level2 => LEVEL2,
        Scope::Foot => FOOT,
        Scope::SubRow => SUB_ROW,
    }
}
