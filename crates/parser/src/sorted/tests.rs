use jixiao_core::IndicatorField;

use crate::ledger::Ledger;
use crate::raw::{RawCell, RawForm, RawIndicator};
use crate::text::Text;

const FUNDS: &str = "项目支出绩效自评表\n（2023年度）\n项目名称 灯塔维护\n年初预算数 全年预算数 全年执行数 分值 执行率 得分\n\
                     年度资金总额 10 10 10 10 100% 10\n";

fn read(text: &str) -> RawForm {
    let text = Text::new(text);
    let mut ledger = Ledger::new(text.chars.len());
    super::read(&text, &mut ledger).forms.remove(0)
}

fn text(cell: Option<&RawCell>) -> &str {
    cell.map_or("", |cell| cell.text.as_str())
}

fn row(row: &RawIndicator) -> String {
    IndicatorField::ALL.map(|field| text(row.get(field))).join("|")
}

fn rows(form: &RawForm) -> Vec<String> {
    form.indicators.iter().map(row).collect()
}

#[test]
fn lines_of_neighbouring_cells_are_told_apart_by_their_evenness() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n灯塔全部亮灯。 已全部亮灯。\n年度 实际\n一级指标 二级指标 三级指标 分值 得分\n指标值 完成值\n\
         塔身除锈刷漆面积 按照养护规程刷漆\n产出指标 数量指标 已全部刷漆 40 40\n达到验收的要求 并通过两次验收检\n查\n\
         效益指标 社会效益指标 渔民夜航次数 ≥200次 230次 50 50\n总分 100 100\n"
    ));
    assert_eq!(form.indicators.len(), 2);
    assert!(row(&form.indicators[1]).starts_with("效益指标|社会效益指标|渔民夜航次数|≥200次|230次|50|50|"));
}

#[test]
fn wrapped_cells_and_labels_are_joined_line_by_line() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n灯塔全部亮灯。 已全部亮灯。\n年度 实际\n一级指标 二级指标 三级指标 分值 得分\n指标值 完成值\n\
         塔身除锈刷漆的\n产出指标 数量指标 ≥90平方米 95平方米 40 40\n面积\n\
         社会效益 渔民夜航安全 渔民夜航更加的\n效益指标 已有提高 50 50\n指标 感的提高 安全\n总分 100 100\n"
    ));
    assert_eq!(
        rows(&form),
        [
            "产出指标|数量指标|塔身除锈刷漆的面积|≥90平方米|95平方米|40|40|",
            "效益指标|社会效益指标|渔民夜航安全感的提高|渔民夜航更加的安全|已有提高|50|50|"
        ]
    );
}

#[test]
fn a_label_down_the_side_leaves_the_goals_and_each_goes_on_below() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n年 更换岸线上的全部旧灯，让夜里进 全年更换旧灯三十座，\n度 港的渔船都看得见航道。 渔船夜里进港安全。\n总\n体\n目\n标\n\
         一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 更换旧灯 ≥30座 30座 90 90\n总分 100 100\n"
    ));
    assert_eq!(text(form.expected.as_ref()), "更换岸线上的全部旧灯，让夜里进港的渔船都看得见航道。");
    assert_eq!(text(form.actual.as_ref()), "全年更换旧灯三十座，渔船夜里进港安全。");
}

#[test]
fn a_wrapped_value_goes_behind_its_label() {
    let form = read(
        "项目支出绩效自评表\n（2023年度）\n云汀市外海灯塔和航标的维护\n项目名称\n与更换\n年初预算数 全年预算数 全年执行数 分值 执行率 得分\n\
         年度资金总额 10 10 10 10 100% 10\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n\
         产出指标 数量指标 更换旧灯 ≥30座 30座 90 90\n总分 100 100\n",
    );
    assert_eq!(text(form.project_name.as_ref()), "云汀市外海灯塔和航标的维护与更换");
}

#[test]
fn the_weight_may_come_before_the_target() {
    let form = read(
        "绩效目标自评表\n项目名称 蓄水池\n全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 10 10 10 100% 10\n\
         年度 全年\n一级指标 二级指标 三级指标 分值 得分\n指标值 实际值\n\
         产出指标 数量指标 铺设管网 50 ≥30米 30米 50\n效益指标 社会效益指标 受益户数 40 ≥20户 20户 40\n总分 100 100\n",
    );
    assert_eq!(rows(&form)[0], "产出指标|数量指标|铺设管网|≥30米|30米|50|50|");
}

#[test]
fn names_at_the_top_of_their_rows_are_no_targets() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n灯塔全部亮灯。 已全部亮灯。\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n\
         灯器更换数量\n产出指标 数量指标 ≥30座 30座 20 20\n更换的进度\n年底前换完 已换完 20 20\n时效指标\n停用的期限\n\
         第四季度前 11月30日 20 20\n渔民夜航的次数\n效益指标 社会效益指标 ≥200次 230次 30 30\n总分 100 100\n"
    ));
    let names: Vec<&str> = form.indicators.iter().map(|row| text(row.get(IndicatorField::Level3))).collect();
    assert_eq!(names, ["灯器更换数量", "更换的进度", "停用的期限", "渔民夜航的次数"]);
    assert_eq!(text(form.indicators[1].get(IndicatorField::Target)), "年底前换完");
}

#[test]
fn the_pieces_of_a_level_make_no_name() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n灯塔全部亮灯。 已全部亮灯。\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n\
         产出指标 数量指标 更换旧灯 ≥30座 30座 50 50\n社会效益指\n渔民夜航次数 ≥200次 230次 20 20\n标\n效益指标\n\
         可持续影响指\n航标知晓度 逐年提高 有所提高 20 20\n标\n总分 100 100\n"
    ));
    let last = form.indicators.last().map(row).unwrap_or_default();
    assert_eq!(last, "效益指标|可持续影响指标|航标知晓度|逐年提高|有所提高|20|20|");
}

#[test]
fn a_bound_and_what_is_asked_of_a_completion_tell_name_and_target_apart() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n灯塔全部亮灯。 已全部亮灯。\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n\
         第四季度 2023年11\n产出指标 时效指标 完成时限 50 50\n前 月30日\n\
         不超过批复\n效益指标 成本指标 换灯费用 86.5万元 40 40\n预算\n总分 100 100\n"
    ));
    assert_eq!(
        rows(&form),
        [
            "产出指标|时效指标|完成时限|第四季度前|2023年11月30日|50|50|",
            "效益指标|成本指标|换灯费用|不超过批复预算|86.5万元|40|40|"
        ]
    );
}

#[test]
fn a_goal_that_stands_alone_may_be_either() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n年度 更换岸线上的全部旧灯，让夜里\n总体 进港的渔船都看得见航道。\n目标\n\
         一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 数量指标 更换旧灯 ≥30座 30座 90 90\n总分 100 100\n"
    ));
    let doubted = [&form.expected, &form.actual].map(|goal| goal.as_ref().is_some_and(|goal| goal.doubt.is_some()));
    assert_eq!(doubted, [true, true]);
}

#[test]
fn a_name_that_may_have_lost_its_end_to_the_level_is_doubted() {
    let form = read(&format!(
        "{FUNDS}预期目标 实际完成情况\n灯塔全部亮灯。 已全部亮灯。\n一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分\n\
         产出指标 数量指标 更换旧灯 ≥30座 30座 50 50\n满意度指标 服务对象满意度指标 夜航渔民 ≥90% 95% 20 20\n\
         满意度指标 服务对象满意度指标 船主满意度 ≥90% 95% 20 20\n总分 100 100\n"
    ));
    let doubted: Vec<bool> = form
        .indicators
        .iter()
        .map(|row| row.get(IndicatorField::Level3).is_some_and(|name| name.doubt.is_some()))
        .collect();
    assert_eq!(doubted, [false, true, false]);
    assert!(form.indicators.iter().all(|row| row.doubt.is_none()));
}

#[test]
fn a_text_with_a_cell_a_line_is_not_sorted_by_height() {
    let row = "产出指标\n数量指标\n更换旧灯\n≥30座\n30座\n90\n90\n";
    let head = "一级指标\n二级指标\n三级指标\n年度指标值\n实际完成值\n分值\n得分\n";
    let text = format!("{FUNDS}预期目标\n实际完成情况\n灯塔全部亮灯。\n已全部亮灯。\n{head}{row}总分 100 100\n");
    assert!(read(&text).indicators.is_empty());
    let read = crate::parse(&text).records.remove(0).form.indicators;
    let names: Vec<&str> = read.iter().map(|row| row.level3.as_str()).collect();
    assert_eq!(names, ["更换旧灯"]);
}
