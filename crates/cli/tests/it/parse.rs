//! `jixiao parse`.

use insta::assert_snapshot;

use crate::world::{LAMPS, World};

#[test]
fn the_table_shows_the_whole_form() {
    let run = World::new().file("路灯.json", LAMPS).run(&["parse", "路灯.json", "--format", "table"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    滨河路路灯节能改造（路灯.json，第1张表）
    表名：项目支出绩效自评表（2023年度）
    项目名称：滨河路路灯节能改造
    主管部门：市政管理局
    实施单位：路灯管理所
    项目资金（万元）
    ┌──────────────┬────────────┬────────────┬────────────┬──────┬────────┬──────┐
    │ 资金来源     ┆ 年初预算数 ┆ 全年预算数 ┆ 全年执行数 ┆ 分值 ┆ 执行率 ┆ 得分 │
    ╞══════════════╪════════════╪════════════╪════════════╪══════╪════════╪══════╡
    │ 年度资金总额 ┆     400.00 ┆     500.00 ┆     380.00 ┆   10 ┆ 76.00% ┆ 9.50 │
    └──────────────┴────────────┴────────────┴────────────┴──────┴────────┴──────┘
    预期目标：更换路灯六百盏
    实际完成情况：已更换六百二十盏
    绩效指标
    ┌────────────┬────────────────────┬────────────────┬────────────┬────────────┬──────┬───────┬────────────────────────┐
    │ 一级指标   ┆ 二级指标           ┆ 三级指标       ┆ 年度指标值 ┆ 实际完成值 ┆ 分值 ┆ 得分  ┆ 偏差原因分析及改进措施 │
    ╞════════════╪════════════════════╪════════════════╪════════════╪════════════╪══════╪═══════╪════════════════════════╡
    │ 产出指标   ┆ 数量指标           ┆ 更换路灯数量   ┆ ≥600盏     ┆ 620盏      ┆   50 ┆ 50.00 ┆                        │
    │ 效益指标   ┆ 社会效益指标       ┆ 夜间投诉下降率 ┆ ≥20%       ┆ 22%        ┆   30 ┆ 30.00 ┆                        │
    │ 满意度指标 ┆ 服务对象满意度指标 ┆ 居民满意度     ┆ ≥90%       ┆ 93%        ┆   10 ┆ 10.00 ┆                        │
    └────────────┴────────────────────┴────────────────┴────────────┴────────────┴──────┴───────┴────────────────────────┘
    总分：99.50（满分 100）

    --- stderr
    ");
}

#[test]
fn json_is_the_default_away_from_a_terminal() {
    let run = World::new().file("路灯.json", LAMPS).run(&["parse", "路灯.json"]);
    let records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let form: serde_json::Value = serde_json::from_str(LAMPS).unwrap();
    assert_eq!(records[0]["path"], "路灯.json");
    assert_eq!(records[0]["form"]["project_name"], form["project_name"]);
    assert_eq!(records[0]["form"]["funds"]["rows"][0]["executed"], "380.00");
}

#[test]
fn import_is_another_name_of_parse() {
    let world = World::new().file("路灯.json", LAMPS);
    assert_eq!(world.run(&["import", "路灯.json"]).stdout, world.run(&["parse", "路灯.json"]).stdout);
}

#[test]
fn provenance_is_printed_where_asked_for() {
    let world = World::new().fixture("mof-2022-initial-budget-basis.txt");
    let provenance = |args: &[&str]| {
        let run = world.run(&[&["parse", "mof-2022-initial-budget-basis.txt"], args].concat());
        let mut records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        records[0]["provenance"].take()
    };
    assert_eq!(provenance(&[]), serde_json::Value::Null);
    let score = &provenance(&["--provenance"])["funds.rows[0].score"];
    assert_eq!(score, &serde_json::json!([{"line_start": 17, "column_start": 46, "line_end": 17, "column_end": 49}]));
}

#[test]
fn remarks_show_the_line_they_speak_of() {
    let world = World::new().fixture("mof-2022-cut-off.txt");
    let run = world.run(&["parse", "mof-2022-cut-off.txt", "--format", "table"]);
    assert_eq!(run.status, 0, "a form that is cut off is still read: {run}");
    assert!(run.stderr.contains("--> mof-2022-cut-off.txt:"), "{run}");
}
