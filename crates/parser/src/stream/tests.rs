//! Small tables, one idea each. A row is written as its printed cells with `|` between them.

use jixiao_core::{Form, Indicator};

use crate::parse;

const HEAD: &str = "项目支出绩效自评表\n（2023年度）\n项目名称 灯塔值守\n\
    年初预算数 全年预算数 全年执行数 分值 执行率 得分\n年度资金总额 20 20 20 10 100% 10\n预期目标 实际完成情况\n\
    一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施\n";

/// The form whose indicator table is `table`.
fn form(table: &str, total: &str) -> Form {
    let mut records = parse(&format!("{HEAD}{table}\n总分 {total}\n")).records;
    assert_eq!(records.len(), 1);
    records.remove(0).form
}

fn row(indicator: &Indicator) -> String {
    let text = |cell: &Option<String>| cell.clone().unwrap_or_default();
    let points = |points: Option<jixiao_core::Decimal>| points.map(|points| points.to_string()).unwrap_or_default();
    [
        text(&indicator.level1),
        text(&indicator.level2),
        indicator.level3.clone(),
        text(&indicator.target.text),
        text(&indicator.actual.text),
        points(indicator.weight),
        points(indicator.score),
        text(&indicator.deviation),
    ]
    .join("|")
}

/// Checks that `table` reads as `expected`.
fn check(table: &str, total: &str, expected: &[&str]) {
    let rows: Vec<String> = form(table, total).indicators.iter().map(row).collect();
    assert_eq!(rows, expected);
}

#[test]
fn cells_that_wrap_at_their_width_are_joined() {
    check(
        "产出指标\n数量指标 灯塔值守天数 ≥360天 365天 30 30\n\
         质量指标 灯器与备用电源\n巡检合格率\n≥95% 98% 30 30\n\
         效益指标\n社会效益指标 过往渔船夜航安\n全保障\n夜航事故较上年\n明显减少\n夜航事故明显减\n少\n30 30",
        "100 100",
        &[
            "产出指标|数量指标|灯塔值守天数|≥360天|365天|30|30|",
            "产出指标|质量指标|灯器与备用电源巡检合格率|≥95%|98%|30|30|",
            "效益指标|社会效益指标|过往渔船夜航安全保障|夜航事故较上年明显减少|夜航事故明显减少|30|30|",
        ],
    );
}

#[test]
fn a_deviation_is_not_the_name_of_the_next_row() {
    check(
        "产出指标\n数量指标\n巡灯次数 ≥50次 40次 45 36\n台风停航，巡灯\n改在下年补足\n\n换灯数量 ≥6座 6座 45 45",
        "100 91",
        &[
            "产出指标|数量指标|巡灯次数|≥50次|40次|45|36|台风停航，巡灯改在下年补足",
            "产出指标|数量指标|换灯数量|≥6座|6座|45|45|",
        ],
    );
}

#[test]
fn a_page_break_may_cut_a_name_from_its_row() {
    check(
        "产出指标\n数量指标\n岸基雾号与灯器\n完好率\n≥90% 95% 40 40\n\
         满意度指标\n服务对象满意度指标\n渔船与班轮船员\n≥90% 92% 50 50\n 满意度",
        "100 100",
        &[
            "产出指标|数量指标|岸基雾号与灯器完好率|≥90%|95%|40|40|",
            "满意度指标|服务对象满意度指标|渔船与班轮船员满意度|≥90%|92%|50|50|",
        ],
    );
}

#[test]
fn a_name_a_little_wider_than_its_column_is_one_cell() {
    check(
        "产出指标\n数量指标\n指标1：雾号岸基\n灯器巡检\n≥90% 95% 20 20\n指标2：备用电池\n更换\n≥90% 95% 20 20\n\
         指标3：夜航事故率 95% 95% 20 20\n满意度指标\n服务对象满意度指标\n指标1：渔船船员\n满意度\n≥90% 92% 30 30",
        "100 100",
        &[
            "产出指标|数量指标|指标1：雾号岸基灯器巡检|≥90%|95%|20|20|",
            "产出指标|数量指标|指标2：备用电池更换|≥90%|95%|20|20|",
            "产出指标|数量指标|指标3：夜航事故率|95%|95%|20|20|",
            "满意度指标|服务对象满意度指标|指标1：渔船船员满意度|≥90%|92%|30|30|",
        ],
    );
}

#[test]
fn a_number_too_many_is_settled_by_the_sums() {
    check("产出指标\n数量指标 值守率 =100% 90 90 90", "100 100", &["产出指标|数量指标|值守率|=100%|90|90|90|"]);
}

#[test]
fn blank_fund_cells_leave_the_others_in_their_columns() {
    let cells = |line: &str| {
        let head = HEAD.replace("年度资金总额 20 20 20 10 100% 10", line);
        let mut records = parse(&format!("{head}产出指标 数量指标 值守率 =100% 100 90 90\n总分 100 100\n")).records;
        let row = records.remove(0).form.funds.rows.remove(0);
        let cells = [row.initial_budget, row.annual_budget, row.executed, row.weight, row.execution_rate, row.score];
        cells.map(|cell| cell.map(|cell| cell.to_string()).unwrap_or_default()).join("|")
    };
    assert_eq!(cells("年度资金总额 640 640 592 10 9.25"), "640|640|592|10||9.25");
    assert_eq!(cells("年度资金总额 55.20 46.00 41.40 10 90.00% 9"), "55.20|46.00|41.40|10|90.00|9");
    assert_eq!(cells("其他资金 0 0.00 —"), "0|0.00||||");
}

#[test]
fn rows_out_of_drawing_order_are_doubted() {
    let shuffled = "30 ≥360天\n数量指标 灯塔\n45% 30 产出\n98% 值守天\n365天 质量\n数 30\n巡检 30 合格率\n≥95%";
    let records = parse(&format!("{HEAD}{shuffled}\n总分 100 100\n")).records;
    let doubted = records[0].diagnostics.iter().filter(|diagnostic| diagnostic.code == "uncertain-row").count();
    assert_eq!(doubted, records[0].form.indicators.len());
}
