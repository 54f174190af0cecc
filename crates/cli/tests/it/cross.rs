//! `jixiao check` on several forms: what it finds between them.

use insta::assert_snapshot;

use crate::world::{LAMPS, World};

/// A text long enough to be no coincidence.
const SHARED: &str = "按计划更换老旧路灯并接入监控平台，夜间照明明显改善。";

/// The form of another project, with the goal text that all of them share.
fn form(project: &str) -> String {
    LAMPS.replace("滨河路路灯节能改造", project).replace("更换路灯六百盏", SHARED)
}

fn two_projects() -> World {
    World::new().file("乙.json", form("学府路路灯节能改造")).file("甲.json", form("滨河路路灯节能改造"))
}

fn json(run: &crate::world::Run) -> serde_json::Value {
    serde_json::from_str(&run.stdout).unwrap()
}

#[test]
fn a_text_shared_by_two_projects_is_told_at_the_end() {
    let run = two_projects().run(&["check", "甲.json", "乙.json", "--select", "X"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    滨河路路灯节能改造（甲.json，第1张表）
    没有发现问题

    学府路路灯节能改造（乙.json，第1张表）
    没有发现问题

    表与表之间
    警告[X201 shared-goal]: 「预期目标」与「滨河路路灯节能改造」的表一字不差（「按计划更换老旧路灯并接入监控平台，夜间照明明显…」），请核实是否为本项目的实际内容
    --> 乙.json
     = 位置: 年度总体目标「预期目标」
     = 项目: 学府路路灯节能改造
     = 对照: 2023年度「滨河路路灯节能改造」年度总体目标「预期目标」（甲.json，第1张表）
     = 依据: 自评表的表间比对：每张表应如实反映本项目、本年度的情况；参数取自评分方案「mof-2020」

    共审核 2 张表，没有发现问题；表与表之间：错误 0，警告 1，提示 0
    --- stderr
    ");
}

#[test]
fn json_keeps_findings_between_forms_under_a_key_of_their_own() {
    let run = two_projects().run(&["check", "甲.json", "乙.json", "--format", "json", "--fail-on", "never"]);
    let records = json(&run);
    let alone = json(&two_projects().run(&["check", "乙.json", "--format", "json"]));
    assert_eq!(records[1]["findings"], alone[0]["findings"]);
    assert_eq!(records[1]["summary"], alone[0]["summary"]);
    assert!(records[0].get("cross_findings").is_none() && alone[0].get("cross_findings").is_none());
    let found = &records[1]["cross_findings"][0];
    assert_eq!((&found["code"], &found["location"]["field"]), (&"X201".into(), &"expected".into()));
    assert_eq!((&found["elsewhere"][0]["path"], &found["elsewhere_count"]), (&"甲.json".into(), &1.into()));
}

#[test]
fn the_place_in_the_source_is_named_on_both_sides() {
    let copied = |name: &str| {
        let text = include_str!("../../../../fixtures/mof-2022-initial-budget-basis.txt");
        text.replace("海雾预警声号建设", name)
    };
    let world = World::new().file("甲.txt", copied("海雾预警声号建设")).file("乙.txt", copied("渔港灯浮建设"));
    let run = world.run(&["check", "甲.txt", "乙.txt", "--select", "X201", "--quiet"]);
    assert!(run.stdout.contains("--> 乙.txt 第") && run.stdout.contains("（甲.txt，第1张表，第"), "{run}");
}

#[test]
fn findings_between_forms_count_for_the_status() {
    let world = two_projects();
    let status = |args: &[&str]| world.run(&[&["check", "甲.json", "乙.json", "--select", "X"], args].concat()).status;
    assert_eq!(status(&[]), 0);
    assert_eq!(status(&["--fail-on", "warning"]), 1);
    assert_eq!(status(&["--fail-on", "warning", "--ignore", "X201"]), 0);
}

#[test]
fn the_order_of_the_inputs_decides_and_not_the_threads() {
    let names: Vec<String> = (0..60).map(|number| format!("路灯改造{number:02}")).collect();
    let world = names.iter().fold(World::new(), |world, name| world.file(&format!("{name}.json"), form(name)));
    let run = |jobs| world.run(&["check", ".", "--format", "ndjson", "--jobs", jobs]);
    let one = run("1");
    assert_eq!(one.stdout, run("5").stdout);
    let with: Vec<_> = one.stdout.lines().filter(|line| line.contains("cross_findings")).collect();
    assert_eq!(with.len(), 1, "one finding for one text");
    let record: serde_json::Value = serde_json::from_str(with[0]).unwrap();
    let found = &record["cross_findings"][0];
    assert_eq!((&found["path"], &found["code"]), (&"./路灯改造59.json".into(), &"X201".into()));
    assert_eq!(found["elsewhere"].as_array().unwrap().len(), 10);
    assert_eq!(found["elsewhere_count"], 59);
    assert_eq!(record["summary"]["warning"], 1);
}

/// A pipe that nobody has written into yet is the last input: the lines of the first ones are there all the same.
#[cfg(unix)]
#[test]
fn lines_do_not_wait_for_the_last_input() {
    use std::io::{BufRead, BufReader, Write};
    use std::process::{Command, Stdio};

    let names: Vec<String> = (0..40).map(|number| format!("路灯改造{number:02}.json")).collect();
    let world = names.iter().fold(World::new(), |world, name| world.file(name, form(name)));
    let pipe = world.path("后到.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("jixiao"));
    command.args(["check", "--format", "ndjson", "--jobs", "1", "--fail-on", "never"]).args(&names).arg("后到.json");
    let mut child = command.current_dir(world.path(".")).stdout(Stdio::piped()).spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (send, received) = std::sync::mpsc::channel();
    std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| send.send(line)));
    let early = received.recv_timeout(std::time::Duration::from_secs(60));
    std::fs::File::options().write(true).open(&pipe).unwrap().write_all(form("学府路").as_bytes()).unwrap();
    assert!(early.unwrap().contains("路灯改造00.json"));
    let rest: Vec<String> = received.iter().collect();
    assert_eq!(rest.len(), 41, "39 forms, the late one, and the line of what is between them");
    assert!(rest[39].contains("后到.json") && rest[40].starts_with("{\"cross_findings\":"));
    assert!(child.wait().unwrap().success());
}

#[test]
fn records_come_at_once_where_no_rule_between_forms_is_on() {
    let run = two_projects().run(&["check", "甲.json", "乙.json", "--ignore", "X", "--format", "ndjson"]);
    assert_eq!(run.stdout.lines().count(), 2);
    assert!(!run.stdout.contains("cross_findings"), "{run}");
}

#[test]
fn the_year_before_is_compared_with() {
    let before = LAMPS.replace("\"year\": 2023", "\"year\": 2022").replace("≥90%", "≥92%").replace("\"90\"", "\"92\"");
    let world = World::new().file("今年.json", LAMPS).file("往年/去年.json", before);
    let run = world.run(&["check", "今年.json", "--select", "X401", "--previous", "往年"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    滨河路路灯节能改造（今年.json，第1张表）
    没有发现问题

    表与表之间
    警告[X401 target-lowered]: 指标「居民满意度」的年度指标值由上年的 ≥92% 降为 ≥90%，低于上年实际完成值 93% 的水平
    --> 今年.json
     = 位置: 绩效指标第3行「年度指标值」
     = 项目: 滨河路路灯节能改造
     = 对照: 2022年度「滨河路路灯节能改造」绩效指标第3行「实际完成值」（往年/去年.json，第1张表）
     = 依据: 自评表的年度间比对：目标值和分值应与往年的实际水平相衔接

    共审核 1 张表，没有发现问题；表与表之间：错误 0，警告 1，提示 0
    --- stderr
    说明：上年的表 1 张；1 张表中有 1 张找到了上年的同一项目（项目名称、实施单位相同，年度早一年）
    ");
    let run = world.run(&["check", "今年.json", "--select", "X", "--previous", "没有.json"]);
    assert_eq!(run.status, 2, "{run}");
    let run = world.run(&["check", "今年.json", "--previous", "往年/去年.json", "-o", "往年/去年.json"]);
    assert_eq!(run.status, 2, "an earlier form is an input too: {run}");
}
