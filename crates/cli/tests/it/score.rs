//! `jixiao score`.

use insta::assert_snapshot;

use crate::world::{LAMPS, World};

/// The form with a qualitative indicator that nobody has scored yet.
fn unscored() -> String {
    let quantity = r#"{"text": "≥20%", "comparator": "≥", "value": "20", "unit": "%"}"#;
    let result = r#"{"text": "22%", "value": "22", "unit": "%"}"#;
    let lamps = LAMPS.replace(quantity, r#"{"text": "明显下降"}"#).replace(result, r#"{"text": "有所下降"}"#);
    lamps.replace(r#""score": "30.00""#, r#""score": null"#)
}

#[test]
fn what_the_rules_determine_is_computed_and_explained() {
    let run = World::new().file("路灯.json", LAMPS).run(&["score", "路灯.json"]);
    let records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(records[0]["form"]["funds"]["rows"][0]["score"], "7.60");
    assert_eq!(records[0]["form"]["total"]["score"], "97.60");
    assert_snapshot!(run.stderr, @r"
    滨河路路灯节能改造（路灯.json，第1张表）
      项目资金第1行「得分」：执行率得分：380.00 ÷ 500.00 × 10，以分值为限 = 7.60（原填 9.50）
      总分「得分」：总分：7.60 + 50 + 30 + 10 = 97.6（原填 99.50）
      评分等级：总分 97.60，评分等级为「优」
      另有 4 个数与表上一致
    ");
}

#[test]
fn a_qualitative_score_is_left_to_people() {
    let run = World::new().file("路灯.json", unscored()).run(&["score", "路灯.json"]);
    let records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(records[0]["form"]["indicators"][1]["score"], serde_json::Value::Null);
    assert_snapshot!(run.stderr, @r"
    滨河路路灯节能改造（路灯.json，第1张表）
      项目资金第1行「得分」：执行率得分：380.00 ÷ 500.00 × 10，以分值为限 = 7.60（原填 9.50）
      绩效指标第2行「得分」：定性指标，得分留给人工判断：达成 24–30 分，部分达成 18–24 分，未达成 0–18 分
      总分「得分」：还有 1 项得分待定，总分和等级未计算；原填 99.50，与现有得分之和 67.6 不符，已清空
      另有 3 个数与表上一致
    ");
}

#[test]
fn json_tells_how_each_number_came_about() {
    let run = World::new().file("路灯.json", unscored()).run(&["score", "路灯.json"]);
    let records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let computations = records[0]["computations"].as_array().unwrap();
    let of = |field: &str| computations.iter().find(|note| note["field"] == field).unwrap();
    let score = of("funds.rows[0].score");
    assert_eq!(score["computed"], "7.60");
    assert_eq!(score["message"], "执行率得分：380.00 ÷ 500.00 × 10，以分值为限 = 7.60（原填 9.50）");
    let left_open = of("indicators[1].score");
    assert_eq!(left_open["computed"], serde_json::Value::Null);
    assert!(left_open["message"].as_str().unwrap().contains("达成 24–30 分"), "{left_open}");
}

#[test]
fn scored_forms_can_be_checked() {
    let world = World::new().file("路灯.json", LAMPS);
    let scored = world.run(&["score", "路灯.json"]).stdout;
    assert_eq!(world.run_with(&["check", "-"], &scored).status, 0);
}

#[test]
fn a_workbook_is_written_and_the_input_never() {
    let world = World::new().file("路灯.json", LAMPS);
    assert_eq!(
        world.run(&["score", "路灯.json", "-o", "评分.xlsx", "--quiet"]).to_string(),
        "status: 0\n--- stdout\n--- stderr\n"
    );
    assert!(std::fs::read(world.path("评分.xlsx")).unwrap().starts_with(b"PK"));
    assert_eq!(world.run(&["score", "路灯.json", "-o", "路灯.json"]).status, 2);
    assert_eq!(std::fs::read_to_string(world.path("路灯.json")).unwrap(), LAMPS);
}

#[test]
fn every_computation_can_be_asked_for() {
    let world = World::new().file("路灯.json", LAMPS);
    let run = world.run(&["score", "路灯.json", "--explain"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    滨河路路灯节能改造（路灯.json，第1张表）
      项目资金第1行「执行率」：执行率：380.00 ÷ 500.00 × 100% = 76.00%
      项目资金第1行「得分」：执行率得分：380.00 ÷ 500.00 × 10，以分值为限 = 7.60（原填 9.50）
      绩效指标第1行「得分」：实际 620，目标 ≥600，达标得满分 50
      绩效指标第2行「得分」：实际 22，目标 ≥20，达标得满分 30
      绩效指标第3行「得分」：实际 93，目标 ≥90，达标得满分 10
      总分「得分」：总分：7.60 + 50 + 30 + 10 = 97.6（原填 99.50）
      评分等级：总分 97.60，评分等级为「优」
    --- stderr
    ");
    let json = world.run(&["score", "路灯.json", "--explain", "--format", "json"]);
    assert!(json.stdout.starts_with('[') && json.stderr.contains("达标得满分 50"), "{json}");
}
