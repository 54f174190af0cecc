//! Which layout family a form belongs to: the marks of each family as data.
//!
//! A family is recognised by labels and columns that no other family prints, or by its title. A further family is a
//! further entry.

use std::borrow::Cow;

use jixiao_core::Family;
use jixiao_core::fold::{squeeze, squeezed};

/// What tells a family from the others. Any one mark is enough.
struct Marks {
    family: Family,
    /// Words of the title.
    titles: &'static [&'static str],
    /// Beginnings of labels, folded and without white space.
    labels: &'static [&'static str],
}

/// In the order of trial: a family whose marks are narrower comes before the families it could be taken for.
const FAMILIES: &[Marks] = &[
    Marks {
        family: Family::Department,
        titles: &["部门整体", "单位整体"],
        labels: &["部门预算执行情况", "年度预算申请", "省级预算单位名称", "市级预算单位名称", "县级预算单位名称"],
    },
    Marks {
        family: Family::Sichuan, titles: &["部门预算项目支出"], labels: &["调整后预算数", "报表编号"]
    },
    Marks { family: Family::CountySpecial, titles: &["县级专项资金"], labels: &["县级主管部门"] },
    Marks {
        family: Family::Transfer,
        titles: &["转移支付"],
        labels: &["转移支付(项目)名称", "中央主管部门", "地方主管部门", "资金投入情况", "专项名称", "资金使用单位"],
    },
    Marks {
        family: Family::Hubei,
        titles: &["项目自评表"],
        labels: &["年初目标值", "年度财政资金总额", "年度绩效目标1"],
    },
    Marks {
        family: Family::Other,
        titles: &[],
        labels: &["参考分值", "参考指标值", "项目决策", "项目管理", "项目产出", "财政审核评分"],
    },
    Marks {
        family: Family::Rural,
        titles: &[],
        labels: &["年度总体目标完成情况综述", "未完成原因及拟采取的改进措施", "项目负责人及电话"],
    },
];

/// Titles that name a family only when they are the whole title.
const WHOLE_TITLES: &[(&str, Family)] = &[("绩效目标自评表", Family::Rural)];

/// The family of a form with this title and these printed labels (of columns, fields, blocks and level-1 names).
pub(crate) fn recognise<'a>(title: &str, labels: impl IntoIterator<Item = &'a str>) -> Family {
    let title = squeeze(title);
    let labels: Vec<Cow<'_, str>> = labels.into_iter().map(squeezed).collect();
    let printed = |mark: &&str| labels.iter().any(|label| label.starts_with(*mark));
    let fits =
        |marks: &&Marks| marks.titles.iter().any(|word| title.contains(word)) || marks.labels.iter().any(printed);
    let whole = || WHOLE_TITLES.iter().find(|(name, _)| title == *name).map(|(_, family)| *family);
    FAMILIES.iter().find(fits).map(|marks| marks.family).or_else(whole).unwrap_or(Family::Mof)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_is_known_by_its_marks() {
        for (title, labels, family) in [
            ("项目支出绩效自评表", &["项目名称", "全年预算数", "年度指标值"][..], Family::Mof),
            ("部门预算项目支出绩效自评表", &[], Family::Sichuan),
            ("绩效目标自评表", &["年初设定目标"], Family::Rural),
            ("文化活动补助资金绩效自评表", &["资金投入情况（万元）"], Family::Transfer),
            ("2022年度县级专项资金绩效目标自评表", &["县级主管部门"], Family::CountySpecial),
            ("部门整体支出绩效自评表", &["年度预算申请（万元）"], Family::Department),
            ("2022年度灯塔维护项目自评表", &["年初目标值（A）"], Family::Hubei),
            ("2022年度灯塔维护项目自评表", &["年度指标值"], Family::Hubei),
            ("项目支出绩效自评表", &["项 目 决 策"], Family::Other),
        ] {
            assert_eq!(recognise(title, labels.iter().copied()), family, "{title}");
        }
    }
}
