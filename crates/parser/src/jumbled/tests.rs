//! Texts in jumbled order, all invented.

use jixiao_core::Form;

use super::*;
use crate::assemble::assemble;

/// The forms of `text`.
fn forms(text: &str) -> Vec<Form> {
    let text = Text::new(text);
    let mut ledger = Ledger::new(text.chars.len());
    read(&text, &mut ledger).iter().map(|raw| assemble(raw, 0).form).collect()
}

const JUMBLED: &str = "财政项目支出绩效自评表 （2024 年度） 灯塔镜片养 护费 项目名称 主管部门 雾港区海事局 年初预算数 全年预算数 \
    全年执行数 分值 执行率 得分 50000 40000 8 年度资金总额 项目资金 （元） 雾港灯塔管理站 实施单位 其中：当年财政拨款 50000 40000 \
    32000 — 32000 预期目标 年度 总体 目标 10 80% 实际完成情况 完成镜片养护。 养护已完成。 一级指标 二级指标 数量指标 三级指标 \
    镜片养护数量 年度 指标值 实际 完成值 分值 得分 >=20片 18片 50 45 及时 及时 40 40 100 93 产出指标 绩 效 指 标 时效指标 养护及时 率 总分 \
    -1- 偏差原因分析及 改进措施";

#[test]
fn columns_apart_from_their_labels_are_put_together() {
    let forms = forms(JUMBLED);
    let [form] = forms.as_slice() else { panic!("{forms:?}") };
    assert_eq!(form.project_name.as_deref(), Some("灯塔镜片养 护费"));
    assert_eq!(form.department.as_deref(), Some("雾港区海事局"));
    assert_eq!(form.unit.as_deref(), Some("雾港灯塔管理站"));
    let funds: Vec<_> =
        form.funds.rows.iter().map(|row| (row.label.as_str(), row.executed.map(|n| n.to_string()))).collect();
    assert_eq!(funds, [("年度资金总额", Some("32000".to_owned())), ("当年财政拨款", Some("32000".to_owned()))]);
    assert_eq!(form.goals.actual.as_deref(), Some("养护已完成。"));
    let names: Vec<_> =
        form.indicators.iter().map(|row| (row.level2.as_deref(), row.level3.replace(' ', ""))).collect();
    assert_eq!(names, [(Some("数量指标"), "镜片养护数量".to_owned()), (Some("时效指标"), "养护及时率".to_owned())]);
    assert_eq!(form.total.score.map(|score| score.to_string()).as_deref(), Some("93"));
}

#[test]
fn labels_first_and_values_behind_them_are_a_form() {
    let text = "项目支出绩效自评表 项目名称 主管部门 实施单位 观鸟台维护 湿地办 观测站 年初预算数 全年预算数 全年执行数 分值 执行率 得分 \
        年度资金总额 60 60 60 10 100% 10 预期目标 实际完成情况 维护观鸟台。 已维护。 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 \
        产出指标 质量指标 验收合格率 100% 100% 90 90 总分 100 100";
    let forms = forms(text);
    assert_eq!(forms.len(), 1);
    assert_eq!(forms[0].unit.as_deref(), Some("观测站"));
    assert_eq!(forms[0].indicators[0].level3, "验收合格率");
}

#[test]
fn a_text_about_forms_is_none() {
    let talk = "项目支出绩效自评表 各单位逐项核对 项目名称 主管部门 实施单位 年初预算数 全年预算数 全年执行数 分值 执行率 得分 后报送 \
        共 37 个 项目";
    assert!(forms(talk).is_empty());
}

#[test]
fn columns_of_values_are_rows_where_they_are_as_many_as_the_names() {
    let text = JUMBLED.replace(">=20片 18片 50 45 及时 及时 40 40 100 93", ">=20片 及时 18片 及时 50 40 45 40");
    let forms = forms(&text);
    let rows: Vec<_> = forms[0].indicators.iter().map(|row| row.actual.text.as_deref().unwrap()).collect();
    assert_eq!(rows, ["18片", "及时"]);
}

#[test]
fn names_side_by_side_on_a_long_line_show_columns_apart() {
    let names = " 产出指标 效益指标 满意度指标 数量指标 质量指标 时效指标";
    assert!(has_columns_apart(&Text::new(&(JUMBLED.to_owned() + names))));
    assert!(!has_columns_apart(&Text::new(&JUMBLED.replace(' ', "\n"))));
    assert!(!has_columns_apart(&Text::new(&"产出指标 数量指标 修缮数量 ".repeat(40))));
}
