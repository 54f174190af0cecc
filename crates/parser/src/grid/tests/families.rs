//! One invented form of each family beside the official one.

use jixiao_core::Family;

use super::*;

#[test]
fn targets_over_three_columns_are_joined() {
    let record = only(&grid(&[
        &[(0, 11, 1, "项目支出绩效自评表")],
        &[(0, 2, 1, "项目名称"), (2, 9, 1, "湖堤绿化")],
        &[
            (0, 3, 1, "绩效指标"),
            (3, 3, 1, "年度指标值"),
            (6, 1, 1, "实际完成值"),
            (7, 1, 1, "分值"),
            (8, 1, 1, "得分"),
        ],
        &[
            (0, 1, 1, "一级指标"),
            (1, 1, 1, "二级指标"),
            (2, 1, 1, "三级指标"),
            (3, 1, 1, "指标性质"),
            (4, 1, 1, "指标值"),
            (5, 1, 1, "度量单位"),
        ],
        &[
            (0, 1, 2, "产出指标"),
            (1, 1, 1, "数量指标"),
            (2, 1, 1, "栽种柳树"),
            (3, 1, 1, "≥"),
            (4, 1, 1, "800"),
            (5, 1, 1, "株"),
            (6, 1, 1, "820"),
            (7, 1, 1, "50"),
            (8, 1, 1, "50"),
        ],
        &[
            (1, 1, 1, "质量指标"),
            (2, 1, 1, "栽种质量"),
            (3, 1, 1, "定性"),
            (4, 1, 1, "优良中低差"),
            (6, 1, 1, "优"),
            (7, 1, 1, "50"),
        ],
    ]));
    assert_eq!(row(&record, 0), "产出指标 数量指标 栽种柳树 ≥800株 820 50 50 -");
    assert_eq!(record.form.indicators[0].target.unit.as_deref(), Some("株"));
    assert_eq!(row(&record, 1), "产出指标 质量指标 栽种质量 定性优良中低差 优 50 - -");
    assert_eq!(record.form.indicators[1].target.value, None);
}

#[test]
fn sichuan_forms() {
    let record = only(&plain(
        "报表编号：A-07|\n部门预算项目支出绩效自评表（2023年度）\n项目名称|510-湖堤绿化\n主管部门|湖州乡|实施单位（盖章）|湖州乡林站\n\
         项目基本情况|1.项目年度目标完成情况|项目年度目标|年度目标完成情况\n||栽柳树。|栽好了。\n\
         |2.项目实施内容及过程概述|春季栽种。\n预算执行情况（10分）|年度预算数（万元）|年初预算|调整后预算数|预算执行数|预算执行率|权重|得分|原因\n\
         |总额|5.00|6.00|6.00|100%|10|10|追加一万元。\n|其中：财政资金|5.00|6.00|6.00|100%|/|/|\n\
         绩效指标（90分）|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析\n\
         |产出指标|数量指标|栽种柳树|≥|800|株|790|90|88|缺苗\n合计||||||||100|98\n评价结论|较好。\n项目负责人：贾某|财务负责人：",
    ));
    assert_eq!((record.form.family, record.form.year), (Family::Sichuan, Some(2023)));
    assert_eq!(fund(&record, 0), "总额 5.00 6.00 6.00 10 100 10");
    assert_eq!(fund(&record, 1), "财政资金 5.00 6.00 6.00 - 100 -");
    assert_eq!(record.form.goals.actual.as_deref(), Some("栽好了。"));
    assert_eq!(row(&record, 0), "产出指标 数量指标 栽种柳树 ≥800株 790 90 88 缺苗");
    assert_eq!((record.form.total.weight, record.form.total.score), (Some(100.into()), Some(98.into())));
    let expected = [
        ("报表编号", "A-07"),
        ("2.项目实施内容及过程概述", "春季栽种。"),
        ("原因", "追加一万元。"),
        ("评价结论", "较好。"),
        ("项目负责人", "贾某"),
    ];
    assert_eq!(extra(&record), expected);
    assert_eq!(codes(&record), [""; 0]);
}

#[test]
fn rural_forms_print_the_weight_before_the_target() {
    let record = only(&plain(
        "绩效目标自评表\n（2022年度）\n项目名称|修渠|项目负责人及电话|冯某\n主管部门|水利站|实施单位|上河村\n\
         资金情况（万元）||全年预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分\n|年度资金总额|9|9|10|100%|10\n\
         |其中：本年财政拨款|9|9|||\n年度总体目标|年初设定目标|年度总体目标完成情况综述\n|修渠两里。|修成。\n\
         绩效指标|一级指标|二级指标|三级指标|分值|年度指标值|全年实际值|得分|未完成原因及拟采取的改进措施\n\
         |产出指标|数量指标|★修渠长度|90|≥1000米|≥1000米|90|\n总分||||100|||100|\n注：1.分值自定。\n2.据实填写。",
    ));
    assert_eq!(record.form.family, Family::Rural);
    assert_eq!(row(&record, 0), "产出指标 数量指标 ★修渠长度 ≥1000米 ≥1000米 90 90 -");
    assert_eq!(fund(&record, 1), "本年财政拨款 - 9 9 - - -");
    assert_eq!((record.form.total.weight, record.form.total.score), (Some(100.into()), Some(100.into())));
    assert_eq!(extra(&record), [("项目负责人及电话", "冯某"), ("注", "1.分值自定。2.据实填写。")]);
}

#[test]
fn transfer_forms_have_rows_of_texts_and_no_points() {
    let record = only(&plain(
        "文化活动补助资金绩效自评表\n转移支付（项目）名称|文化活动补助\n中央主管部门|某部\n地方主管部门|某县文化馆|资金使用单位|下河乡\n\
         资金投入情况（万元）||全年预算数（A）|全年执行数（B）|预算执行率（B/A×100%）\n|年度资金总额：|8|4|50%\n|其中：中央财政资金|8|4|50%\n\
         资金管理情况||情况说明|存在问题和改进措施\n|分配科学性|按人口分配。|\n|下达及时性|三十日内下达。|第二批较晚。\n\
         总体目标完成情况|总体目标|全年实际完成情况\n|办好两场演出。|办了一场。\n\
         绩效指标|一级指标|二级指标|三级指标|指标值|全年实际完成值|未完成原因和改进措施\n|产⏎出⏎指⏎标|数量指标|演出|2场|1场|场地未修好\n\
         ||质量指标|……||\n说明|无",
    ));
    assert_eq!(record.form.family, Family::Transfer);
    assert_eq!(record.form.project_name.as_deref(), Some("文化活动补助"));
    assert_eq!(record.form.department.as_deref(), Some("某县文化馆"));
    assert_eq!(record.form.unit.as_deref(), Some("下河乡"));
    assert_eq!(record.form.goals.expected.as_deref(), Some("办好两场演出。"));
    assert_eq!(fund(&record, 1), "中央财政资金 - 8 4 - 50 -");
    assert_eq!(row(&record, 0), "产出指标 数量指标 演出 2场 1场 - - 场地未修好");
    assert_eq!(record.form.indicators.len(), 1);
    let expected = [
        ("中央主管部门", "某部"),
        ("分配科学性", "按人口分配。"),
        ("下达及时性", "三十日内下达。"),
        ("下达及时性/存在问题和改进措施", "第二批较晚。"),
        ("说明", "无"),
    ];
    assert_eq!(extra(&record), expected);
    assert_eq!(codes(&record), [""; 0]);
}

#[test]
fn county_forms() {
    let record = only(&plain(
        "县级专项资金绩效目标自评表\n专项资金名称|路灯专项|负责人及电话|高某\n县级主管部门|住建局|实施单位|路灯所\n\
         项目资金（万元）||全年预算数（A）|全年执行数（B）|执行率（B/A）\n|年度资金总额|3|3|100%\n|其中：中央、省、市补助|/|/|\n|县级资金|3|3|100%\n\
         绩效指标|一级指标|二级指标|三级指标|年度指标值|全年完成值|未完成原因和改进措施\n|效益指标|社会效益|夜间照明|改善|改善|",
    ));
    assert_eq!((record.form.family, record.form.project_name.as_deref()), (Family::CountySpecial, Some("路灯专项")));
    assert_eq!(fund(&record, 1), "中央、省、市补助 - - - - - -");
    assert_eq!(row(&record, 0), "效益指标 社会效益 夜间照明 改善 改善 - - -");
}

#[test]
fn flat_department_forms_have_no_levels_and_class_their_indicators() {
    let record = only(&plain(
        "部门整体绩效自评表\n主管部门|某区气象局|自评总分（分）|97.5\n财政处室|农业处\n\
         部门预算执行情况（万元）||年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率权重|执行率得分（分）\n|年度总金额|7|8|8|100|10|10\n\
         当年绩效目标|年初绩效目标|全年（调整）绩效目标|全年目标实际完成情况\n|测好雨量。|测好雨雪量。|测好了。\n\
         指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|得分系数（%）|指标权重（分）|指标得分（分）|是否核心指标\n\
         雨量站|个|定量指标|≥20|≥21|21|100|90|87.5|是",
    ));
    assert_eq!((record.form.family, record.form.unit.as_deref()), (Family::Department, None));
    assert_eq!(record.form.total.score.map(|score| score.to_string()).as_deref(), Some("97.5"));
    assert_eq!(fund(&record, 0), "年度总金额 7 8 8 10 100 10");
    assert_eq!(record.form.goals.actual.as_deref(), Some("测好了。"));
    assert_eq!(row(&record, 0), "- - 雨量站 ≥20 21 90 87.5 -");
    assert_eq!(
        extra(&record),
        [("财政处室", "农业处"), ("全年(调整)绩效目标", "测好雨雪量。")]
            .map(|(label, text)| (if label.starts_with('全') { "全年（调整）绩效目标" } else { label }, text))
    );
    assert_eq!(codes(&record), ["unkept-column"; 5]);
}

#[test]
fn three_level_department_forms_list_their_income() {
    let record = only(&plain(
        "部门整体支出绩效自评表\n县级预算单位名称|某县气象局\n年度预算申请（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分\n\
         |年度资金总额|7|8|8|10|100%|10\n|按收入性质分：||按支出性质分：\n|其中：一般公共预算：8万元||其中：基本支出：6万元\n|政府性基金拨款：||项目支出：2万元\n\
         绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分\n|产出指标|数量指标|雨量站|20个|20个|90|90\n总分|||||100||100",
    ));
    assert_eq!((record.form.family, record.form.unit.as_deref()), (Family::Department, Some("某县气象局")));
    assert_eq!(record.form.funds.rows.len(), 1);
    assert_eq!(extra(&record), [("一般公共预算", "8万元"), ("基本支出", "6万元"), ("项目支出", "2万元")]);
}

#[test]
fn hubei_forms_take_the_fund_weight_from_the_heading() {
    let record = only(&plain(
        "2022年度古桥修缮项目自评表\n项目单位（盖章）：文物所 主要领导签字：\n填报日期：3月2日\n项目名称|古桥修缮\n主管部门|文旅局|项目实施单位|文物所\n\
         项目类别|1、常年项目 ☑ 2、一次性项目 □\n预算执行情况（万元）（20分）||预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）\n\
         |年度财政资金总额|18|9|50%|10\n年度绩效目标1（40分）|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分\n\
         |产出指标（40分）|数量指标|修桥|2座|2座|40\n年度绩效目标2（40分）|一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分\n\
         |效益指标（40分）|社会效益|游客|1万人|1万人|40\n总分||||||90\n偏差大或⏎目标未完成⏎原因分析|石料晚到。\n备注：1.据实填写。",
    ));
    assert_eq!((record.form.family, record.form.year), (Family::Hubei, Some(2022)));
    assert_eq!(fund(&record, 0), "年度财政资金总额 - 18 9 20 50 10");
    assert_eq!(row(&record, 0), "产出指标 数量指标 修桥 2座 2座 - 40 -");
    assert_eq!(row(&record, 1), "效益指标 社会效益 游客 1万人 1万人 - 40 -");
    assert_eq!((record.form.total.weight, record.form.total.score), (None, Some(90.into())));
    let expected = [
        ("项目单位（盖章）", "文物所"),
        ("填报日期", "3月2日"),
        ("项目类别", "1、常年项目 ☑ 2、一次性项目 □"),
        ("偏差大或目标未完成原因分析", "石料晚到。"),
        ("备注", "1.据实填写。"),
    ];
    assert_eq!(extra(&record), expected);
    assert_eq!(codes(&record), [""; 0]);
}

#[test]
fn process_forms() {
    let record = only(&plain(
        "项目支出绩效自评表\n项目名称|古桥修缮\n主管部门|文旅局|实施单位|文物所\n自评得分|95|财政审核评分|94\n\
         项目资金（万元）||年初预算数|调整预算数（A）|全年执行数（B）|执行率（B/A）\n|年度资金总额|18|18|9|0.5\n\
         绩效指标|一级指标|二级指标|三级指标|参考分值|参考指标值（A）|全年实际值（B）|得分|未完成原因分析及改进措施\n\
         |项目决策|决策过程|决策依据|5|—|充分|5|\n|项目管理|资金管理|预算执行率|95|100%|50%|90|石料晚到",
    ));
    assert_eq!(record.form.family, Family::Other);
    assert_eq!(fund(&record, 0), "年度资金总额 18 18 9 - 0.5 -");
    assert_eq!(row(&record, 0), "项目决策 决策过程 决策依据 - 充分 5 5 -");
    assert_eq!(record.form.total.score, Some(95.into()));
    assert_eq!(extra(&record), [("财政审核评分", "94")]);
}

#[test]
fn forms_of_departments_that_follow_each_other_are_told_apart() {
    let flat = "主管部门|某区气象局|自评总分（分）|97.5\n\
        部门预算执行情况（万元）||年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率权重|执行率得分（分）\n|年度总金额|7|8|8|100|10|10\n\
        指标名称|计量单位|指标性质|年初指标值|调整指标值|全年完成值|得分系数（%）|指标权重（分）|指标得分（分）|是否核心指标\n\
        雨量站|个|定量指标|≥20|≥21|21|100|90|87.5|是\n";
    let titled = format!("部门整体绩效自评表\n{flat}");
    assert_eq!(read(&plain(&titled.repeat(2))).records.len(), 2);
    let staged = "县级预算单位名称|某县气象局\n年度预算申请（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分\n|年度资金总额|7|8|8|10|100%|10\n\
        绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分\n|产出指标|数量指标|雨量站|20个|20个|90|90\n总分|||||100||100\n";
    let found = read(&plain(&format!("部门整体支出绩效自评表\n{}", staged.repeat(2)))).records;
    let indicators: Vec<usize> = found.iter().map(|record| record.form.indicators.len()).collect();
    assert_eq!(indicators, [1, 1]);
}
