//! `jixiao check`.

use insta::assert_snapshot;

use crate::world::{LAMPS, World};

#[test]
fn a_score_on_the_wrong_budget_is_found() {
    let run = World::new().file("路灯.json", LAMPS).run(&["check", "路灯.json", "--select", "F105"]);
    assert_snapshot!(run, @r"
    status: 1
    --- stdout
    滨河路路灯节能改造（路灯.json，第1张表）
    错误[F105 execution-score-mismatch]: 执行率得分填为 9.50，应为 380.00 ÷ 500.00 × 10 = 7.6；所填得分与按年初预算数 400.00 计算的结果一致
    --> 路灯.json
     = 位置: 项目资金第1行「得分」
     = 差额: +1.90
     = 可能: 380.00 ÷ 400.00 × 10 = 9.50
     = 依据: 财预〔2020〕10号：预算执行得分为分值乘以执行数与预算数之比，以分值为限；参数取自评分方案「mof-2020」

    本表：错误 1，警告 0，提示 0

    共审核 1 张表，1 张有问题：错误 1，警告 0，提示 0
    --- stderr
    ");
}

#[test]
fn json_has_the_keys_of_the_contract() {
    let run =
        World::new().file("路灯.json", LAMPS).run(&["check", "路灯.json", "--select", "F105", "--format", "json"]);
    assert_snapshot!(run, @r#"
    status: 1
    --- stdout
    [
      {
        "path": "路灯.json",
        "index": 0,
        "span": null,
        "project_name": "滨河路路灯节能改造",
        "findings": [
          {
            "code": "F105",
            "name": "execution-score-mismatch",
            "severity": "error",
            "message": "执行率得分填为 9.50，应为 380.00 ÷ 500.00 × 10 = 7.6；所填得分与按年初预算数 400.00 计算的结果一致",
            "location": {
              "section": "funds",
              "row": 0,
              "field": "score"
            },
            "reported": "9.50",
            "expected": "7.60",
            "explanation": "initial_budget_basis",
            "basis": "财预〔2020〕10号：预算执行得分为分值乘以执行数与预算数之比，以分值为限；参数取自评分方案「mof-2020」",
            "difference": "1.90",
            "arithmetic": "380.00 ÷ 500.00 × 10 = 7.6",
            "related": [],
            "hypotheses": [
              {
                "kind": "initial_budget_basis",
                "message": "所填得分与按年初预算数 400.00 计算的结果一致",
                "arithmetic": "380.00 ÷ 400.00 × 10 = 9.50",
                "places": []
              }
            ]
          }
        ],
        "summary": {
          "error": 1,
          "warning": 0,
          "info": 0
        }
      }
    ]
    --- stderr
    "#);
}

#[test]
fn the_status_follows_fail_on() {
    let world = World::new().file("路灯.json", LAMPS);
    let status = |args: &[&str]| world.run(&[&["check", "路灯.json"], args].concat()).status;
    assert_eq!(status(&[]), 1);
    assert_eq!(status(&["--fail-on", "never"]), 0);
    assert_eq!(status(&["--ignore", "F105"]), 0);
    assert_eq!(status(&["--ignore", "F105", "--fail-on", "warning"]), 1);
    assert_eq!(status(&["--select", "G", "--fail-on", "info"]), 0);
    assert_eq!(status(&["没有.txt"]), 2);
}

#[test]
fn rules_are_selected_by_prefix() {
    let world = World::new().file("路灯.json", LAMPS);
    let codes = |args: &[&str]| -> Vec<String> {
        let run = world.run(&[&["check", "路灯.json", "--format", "json"], args].concat());
        let records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let findings = records[0]["findings"].as_array().unwrap();
        findings.iter().map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(codes(&["--select", "F1"]), ["F105", "F106", "F107"]);
    assert_eq!(codes(&["--select", "f", "--ignore", "F106,F107"]), ["F105"]);
    let run = world.run(&["check", "路灯.json", "--select", "Z9"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("没有以「Z9」开头的规则"), "{run}");
}

#[test]
fn the_command_line_goes_before_the_profile() {
    let rules = "[rules]\nselect = [\"F\"]\nignore = [\"F107\"]\n";
    let profile = format!("{rules}[rules.severity]\nF105 = \"warning\"\nF106 = \"info\"\n");
    let world = World::new().file("路灯.json", LAMPS).file("我的.toml", profile);
    let found = |args: &[&str]| -> Vec<String> {
        let run = world.run(&[&["check", "路灯.json", "--profile", "我的.toml", "--format", "json"], args].concat());
        let records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let findings = records[0]["findings"].as_array().unwrap();
        let told = |key: &str, finding: &serde_json::Value| finding[key].as_str().unwrap().to_owned();
        findings.iter().map(|finding| told("code", finding) + " " + &told("severity", finding)).collect()
    };
    assert_eq!(found(&[]), ["F105 warning", "F106 info"]);
    assert_eq!(found(&["--severity", "f105=error,F106=warning"]), ["F105 error", "F106 warning"]);
    assert_eq!(found(&["--select", "F107"]), ["F107 warning"]);
    assert_eq!(found(&["--select", "F1"]), ["F105 warning", "F106 info"]);
    assert_eq!(found(&["--select", "F1", "--ignore", "F105"]), ["F106 info"]);
}

#[test]
fn the_severity_decides_the_status() {
    let world = World::new().file("路灯.json", LAMPS);
    let status = |severity: &str| world.run(&["check", "路灯.json", "--severity", severity]).status;
    assert_eq!((status("F105=warning"), status("F105=warning,F106=error")), (0, 1));
}

#[test]
fn a_severity_that_is_wrong_is_named() {
    let world = World::new().file("路灯.json", LAMPS);
    for (given, told) in [
        ("F106", "--severity：「F106」应写成 规则代码=级别"),
        ("F1=info", "--severity：没有规则「F1」"),
        ("F106=loud", "--severity：没有级别「loud」"),
    ] {
        let run = world.run(&["check", "路灯.json", "--severity", given]);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains(told), "{run}");
    }
}

#[test]
fn an_unknown_key_of_a_profile_is_named_with_its_line() {
    let world = World::new().file("路灯.json", LAMPS).file("我的.toml", "[weights]\n\"产出\" = 50\n");
    let run = world.run(&["check", "路灯.json", "--profile", "我的.toml"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("第 2 行：没有「weights.产出」这个参数，可用的是：execution、产出指标"), "{run}");
}

#[test]
fn a_profile_that_is_wrong_is_named_with_its_line() {
    let world = World::new().file("路灯.json", LAMPS).file("我的.toml", "\nbudget_adjustment = \"很多\"\n");
    assert_snapshot!(world.run(&["check", "路灯.json", "--profile", "我的.toml"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：评分方案「我的.toml」有误
      原因：第 2 行：参数「budget_adjustment」应为不小于 0 的数
      提示：可运行 jixiao profile mof-2020 得到一份完整的样例
    ");
    assert_snapshot!(world.run(&["check", "路灯.json", "--profile", "mof-2021"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：没有名为「mof-2021」的评分方案
      提示：内置的有 mof-2020、hubei、sichuan；auto 按表的种类选择；也可以写自己的 TOML 文件的路径
    ");
}

#[test]
fn a_text_form_shows_the_line_and_the_spot() {
    let world = World::new().fixture("mof-2022-initial-budget-basis.txt");
    let run = world.run(&["check", "mof-2022-initial-budget-basis.txt", "--select", "F105", "--quiet"]);
    assert_snapshot!(run, @r"
    status: 1
    --- stdout
    海雾预警声号建设（mof-2022-initial-budget-basis.txt，第1张表，第2–81行）
    错误[F105 execution-score-mismatch]: 执行率得分填为 7.13，应为 285000 ÷ 300000.00 × 10 = 9.5；所填得分与按年初预算数 400000.00 计算的结果一致
      --> mof-2022-initial-budget-basis.txt:17:46
       |
    17 | 年度资金总额 400000.00 300000.00 285,000 10 95.00% 7.13
       |                                                    ^^^^
       |
       = 位置: 项目资金第1行「得分」
       = 差额: -2.37
       = 可能: 285000 ÷ 400000.00 × 10 = 7.13
       = 依据: 财预〔2020〕10号：预算执行得分为分值乘以执行数与预算数之比，以分值为限；参数取自评分方案「mof-2020」

    本表：错误 1，警告 0，提示 0

    共审核 1 张表，1 张有问题：错误 1，警告 0，提示 0
    --- stderr
    ");
}

#[test]
fn findings_can_be_written_to_a_workbook() {
    let world = World::new().file("路灯.json", LAMPS);
    let run = world.run(&["check", "路灯.json", "--format", "xlsx", "-o", "问题.xlsx"]);
    assert_eq!(run.status, 1, "{run}");
    assert!(std::fs::read(world.path("问题.xlsx")).unwrap().starts_with(b"PK"));
    let run = world.run(&["check", "路灯.json", "--format", "xlsx", "-o", "问题.xlsx"]);
    assert_eq!(run.status, 2, "an existing workbook is kept: {run}");
    let run = world.run(&["check", "路灯.json", "--format", "xlsx"]);
    assert_eq!(run.status, 2, "a workbook needs a file: {run}");
}

#[test]
fn a_finding_in_a_workbook_names_sheet_and_cell() {
    let world = World::new().file("路灯.json", LAMPS);
    assert_eq!(world.run(&["export", "路灯.json", "-o", "路灯.xlsx"]).status, 0);
    let run = world.run(&["check", "路灯.xlsx", "--select", "F105"]);
    assert!(run.stdout.contains("--> 路灯.xlsx 工作表「滨河路路灯节能改造」J6"), "{run}");
}

#[test]
fn colours_are_used_only_where_asked_for() {
    let world = World::new().file("路灯.json", LAMPS);
    let coloured = |args: &[&str]| world.run(&[&["check", "路灯.json"], args].concat()).stdout.contains('\u{1b}');
    assert!(!coloured(&[]));
    assert!(coloured(&["--color", "always"]));
    assert!(!coloured(&["--color", "never"]));
}

#[test]
fn what_a_file_says_cannot_steer_the_terminal() {
    let world = World::new().file("路灯.json", LAMPS.replace("滨河路", "\\u001b[31m滨河路"));
    for command in [["check", "--format=text"], ["parse", "--format=table"]] {
        let run = world.run(&[&command[..], &["路灯.json"]].concat());
        assert!(!run.to_string().contains('\u{1b}'), "{run}");
    }
}

#[test]
fn no_file_of_an_input_folder_is_written_over() {
    let world = World::new().file("自评表/路灯.json", LAMPS);
    for args in [
        &["check", "自评表", "--format", "json", "-o", "自评表/路灯.json"][..],
        &["check", "自评表", "--format", "html", "-o", "./自评表/../自评表/路灯.json"],
        &["check", ".", "--format", "xlsx", "--force", "-o", "自评表/路灯.json"],
        &["check", "自评表/路灯.json", "--previous", ".", "-o", "自评表/路灯.json"],
        &["parse", "自评表", "-o", "自评表/路灯.json"],
        &["score", "自评表", "-o", "自评表/路灯.json"],
        &["export", "自评表", "--force", "-o", "自评表/路灯.json"],
    ] {
        let run = world.run(args);
        assert_eq!(run.status, 2, "{run}");
        assert!(run.stderr.contains("不能覆盖它"), "{run}");
        assert_eq!(std::fs::read_to_string(world.path("自评表/路灯.json")).unwrap(), LAMPS, "{args:?}");
    }
    let run = world.run(&["check", "自评表", "--format", "json", "-o", "自评表/新的.json", "--fail-on", "never"]);
    assert_eq!(run.status, 0, "a new file changes no input: {run}");
}
