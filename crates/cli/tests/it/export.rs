//! `jixiao export` and `template`.

use insta::assert_snapshot;

use crate::world::{LAMPS, World};

#[test]
fn a_workbook_reads_back_as_the_same_form() {
    let world = World::new().file("路灯.json", LAMPS);
    let run = world.run(&["export", "路灯.json", "-o", "路灯.xlsx"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    --- stderr
    说明：已写入「路灯.xlsx」：1 张表
    ");
    let form = |path: &str| {
        let run = world.run(&["parse", path]);
        let mut records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        records[0]["form"].take()
    };
    let (from_json, from_workbook) = (form("路灯.json"), form("路灯.xlsx"));
    assert_eq!(from_workbook["project_name"], from_json["project_name"]);
    assert_eq!(from_workbook["indicators"], from_json["indicators"]);
}

#[test]
fn an_existing_file_is_kept_without_force() {
    let world = World::new().file("路灯.json", LAMPS).file("出.xlsx", "旧");
    assert_snapshot!(world.run(&["export", "路灯.json", "-o", "出.xlsx"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：「出.xlsx」已存在，没有覆盖它
      提示：要覆盖请加 --force，或换一个文件名
    ");
    assert_eq!(std::fs::read(world.path("出.xlsx")).unwrap(), "旧".as_bytes());
    assert_eq!(world.run(&["template", "-o", "出.xlsx"]).status, 2);
    assert_eq!(std::fs::read(world.path("出.xlsx")).unwrap(), "旧".as_bytes());
    assert_eq!(world.run(&["export", "路灯.json", "-o", "出.xlsx", "--force"]).status, 0);
    assert!(std::fs::read(world.path("出.xlsx")).unwrap().starts_with(b"PK"));
}

#[test]
fn every_form_can_have_a_file_of_its_own() {
    let world = World::new().file("两张.json", format!("[{LAMPS},{LAMPS}]"));
    let run = world.run(&["export", "两张.json", "--split", "输出"]);
    assert_eq!(run.status, 0, "{run}");
    for name in ["滨河路路灯节能改造.xlsx", "滨河路路灯节能改造（2）.xlsx"] {
        assert!(world.path("输出").join(name).exists(), "{name}");
    }
    assert_eq!(world.run(&["export", "两张.json", "--split", "输出"]).status, 2);
}

#[test]
fn a_resumed_export_does_only_what_is_new_or_changed() {
    let other = LAMPS.replace("滨河路", "学府路");
    let world = World::new().file("入/两张.json", format!("[{LAMPS},{LAMPS}]")).file("入/一张.json", &other);
    let export = ["export", "入", "--split", "出", "--resume"];
    assert_eq!(world.run(&export).status, 0);
    let run = world.run(&export);
    assert!(run.status == 0 && run.stderr.contains("2 个输入上次已做完"), "{run}");
    assert!(!run.stderr.contains("已写入"), "{run}");
    let world = world.file("入/一张.json", other.replace("更换路灯六百盏", "更换路灯六百余盏"));
    let run = world.run(&export);
    assert!(run.status == 0 && run.stderr.contains("1 个输入上次已做完"), "{run}");
    assert_eq!(run.stderr.matches("已写入").count(), 1, "{run}");
    let back = form(&world, "出/学府路路灯节能改造.xlsx");
    assert_eq!(back["goals"]["expected"], "更换路灯六百余盏");
}

#[test]
fn results_never_fall_on_inputs() {
    let world = World::new().file("入/滨河路路灯节能改造.xlsx", LAMPS).file("入/路灯.json", LAMPS);
    let run = world.run(&["export", "入", "--split", "入", "--force"]);
    assert!(run.status == 2 && run.stderr.contains("不能覆盖它"), "{run}");
    assert_eq!(std::fs::read_to_string(world.path("入/滨河路路灯节能改造.xlsx")).unwrap(), LAMPS);
    let run = world.run(&["parse", "入", "--split", "入", "--force"]);
    assert!(run.status == 2 && run.stderr.contains("不能覆盖它"), "{run}");
    assert_eq!(std::fs::read_to_string(world.path("入/路灯.json")).unwrap(), LAMPS);
}

#[test]
fn an_unknown_layout_names_the_known_ones() {
    let run = World::new().file("路灯.json", LAMPS).run(&["export", "路灯.json", "-o", "a.xlsx", "--layout", "mof"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("mof-2020"), "{run}");
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let run = World::new().file("路灯.json", LAMPS).run(&["export", "路灯.json", "-o", "没有/a.xlsx"]);
    assert_snapshot!(run, @r"
    status: 2
    --- stdout
    --- stderr
    错误：无法写入「没有/a.xlsx」
      原因：文件或文件夹不存在
      提示：请先建立输出文件所在的文件夹
    ");
}

#[test]
fn a_template_of_ones_own_is_filled() {
    let world = World::new().file("路灯.json", LAMPS);
    assert_eq!(world.run(&["template", "-o", "模板.xlsx", "--indicators", "2"]).status, 0);
    let blank = std::fs::read(world.path("模板.xlsx")).unwrap();
    let run = world.run(&["export", "路灯.json", "--template", "模板.xlsx", "-o", "出.xlsx"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    --- stderr
    说明：「滨河路路灯节能改造」：工作表「自评表」I6：模板有公式的 4 格保留公式，打开文件时重新计算，结果可能与填报数不同：I6（填报为「76.00%」）、J6（填报为「9.50」）、G16（填报为「100」）、H16（填报为「99.50」）
    说明：已写入「出.xlsx」：1 张表
    ");
    assert_eq!(std::fs::read(world.path("模板.xlsx")).unwrap(), blank);
    let form = |path: &str| -> serde_json::Value {
        serde_json::from_str::<serde_json::Value>(&world.run(&["parse", path]).stdout).unwrap()[0]["form"].take()
    };
    let (from_json, from_workbook) = (form("路灯.json"), form("出.xlsx"));
    for key in ["project_name", "department", "unit", "year", "goals"] {
        assert_eq!(from_workbook[key], from_json[key], "{key}");
    }
    for (row, wanted) in from_json["indicators"].as_array().unwrap().iter().enumerate() {
        let found = &from_workbook["indicators"][row];
        for key in ["level1", "level2", "level3", "target", "actual"] {
            assert_eq!(found[key], wanted[key], "{row} {key}");
        }
    }
    let again = world.run(&["export", "路灯.json", "--template", "模板.xlsx", "-o", "出.xlsx"]);
    assert_eq!(again.status, 2, "{again}");
}

#[test]
fn a_template_for_one_form_is_filled_once_a_form() {
    let world = World::new().file("两张.json", format!("[{LAMPS},{LAMPS}]"));
    assert_eq!(world.run(&["template", "-o", "模板.xlsx"]).status, 0);
    assert_snapshot!(world.run(&["export", "两张.json", "--template", "模板.xlsx", "-o", "出.xlsx"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：无法导出「出.xlsx」
      原因：有 2 张自评表要填，模板里只有 1 张表；请用 --split 文件夹，每张表单独填成一个文件
    ");
    assert!(!world.path("出.xlsx").exists());
    let run = world.run(&["--quiet", "export", "两张.json", "--template", "模板.xlsx", "--split", "输出"]);
    assert_eq!(run.status, 0, "{run}");
    for name in ["滨河路路灯节能改造.xlsx", "滨河路路灯节能改造（2）.xlsx"] {
        assert!(world.path("输出").join(name).exists(), "{name}");
    }
}

#[test]
fn a_template_that_cannot_be_filled_is_refused_before_anything_is_read() {
    let xls = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 600]].concat();
    let world = World::new().file("路灯.json", LAMPS).file("旧.xls", xls);
    assert_snapshot!(world.run(&["export", "路灯.json", "--template", "旧.xls", "-o", "出.xlsx"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：不能用「旧.xls」作模板
      原因：模板是 .xls 工作簿，不能在其中填写；请先用 Excel 或 WPS 另存为 .xlsx，再用另存的文件作模板
    ");
    assert_eq!(world.run(&["template", "-o", "模板.xlsx"]).status, 0);
    assert_snapshot!(world.run(&["export", "路灯.json", "--template", "模板.xlsx", "-o", "出.xlsm"]), @r"
    status: 2
    --- stdout
    --- stderr
    错误：输出文件「出.xlsm」的扩展名与模板不符
      原因：模板不含宏
      提示：请把输出文件的扩展名改为 .xlsx
    ");
    let onto_itself = world.run(&["export", "路灯.json", "--template", "模板.xlsx", "-o", "模板.xlsx", "--force"]);
    assert_eq!(onto_itself.status, 2, "{onto_itself}");
    assert!(!world.path("出.xlsx").exists() && !world.path("出.xlsm").exists());
}

#[test]
fn a_blank_form_is_a_workbook() {
    let world = World::new();
    let run = world.run(&["template", "-o", "空白.xlsx", "--year", "2024", "--indicators", "12"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(std::fs::read(world.path("空白.xlsx")).unwrap().starts_with(b"PK"));
}

/// The form that the program reads in `path`.
fn form(world: &World, path: &str) -> serde_json::Value {
    let run = world.run(&["parse", path, "--format", "json"]);
    let mut records: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    records[0]["form"].take()
}

#[test]
fn a_form_of_another_family_is_printed_in_its_own_table() {
    let world = World::new().fixture("sichuan-pipe-cells.txt");
    let run = world.run(&["export", "sichuan-pipe-cells.txt", "-o", "川.xlsx"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    --- stderr
    说明：已写入「川.xlsx」：1 张表
    ");
    assert_eq!(form(&world, "川.xlsx"), form(&world, "sichuan-pipe-cells.txt"));
}

#[test]
fn what_a_table_has_no_place_for_is_said() {
    let world = World::new().file("路灯.json", LAMPS);
    let run = world.run(&["export", "路灯.json", "-o", "沪.xlsx", "--layout", "shanghai-2023"]);
    assert_snapshot!(run, @r"
    status: 0
    --- stdout
    --- stderr
    警告：「滨河路路灯节能改造」：表式 shanghai-2023 没有「年度」一栏，「2023」没有写入工作簿
    说明：已写入「沪.xlsx」：1 张表
    ");
    assert_eq!(form(&world, "沪.xlsx")["year"], serde_json::Value::Null);
}

#[test]
fn the_same_forms_give_the_same_file() {
    let world = World::new().file("两张.json", format!("[{LAMPS},{LAMPS}]"));
    for path in ["一.xlsx", "二.xlsx"] {
        assert_eq!(world.run(&["export", "两张.json", "-o", path]).status, 0);
    }
    assert_eq!(std::fs::read(world.path("一.xlsx")).unwrap(), std::fs::read(world.path("二.xlsx")).unwrap());
}

#[test]
fn a_workbook_of_many_forms_is_written_as_they_come() {
    let lamps = |from: usize, to: usize| {
        let forms = (from..to).map(|number| LAMPS.replace("滨河路", &format!("第{number}路"))).collect::<Vec<_>>();
        format!("[{}]", forms.join(","))
    };
    let world = World::new().file("入/1.json", lamps(0, 150)).file("入/2.json", lamps(150, 300));
    let world = world.file("入/3.json", lamps(300, 403));
    let export = |name: &str, jobs: &str| world.run(&["export", "入", "-o", name, "--jobs", jobs]);
    assert_snapshot!(export("多.xlsx", "1"), @r"
    status: 0
    --- stdout
    --- stderr
    说明：已写入「多.xlsx」：403 张表
    ");
    assert_eq!(export("又.xlsx", "3").status, 0);
    assert!(std::fs::read(world.path("多.xlsx")).unwrap() == std::fs::read(world.path("又.xlsx")).unwrap());
    let names = |path: &str| -> Vec<serde_json::Value> {
        let records: Vec<serde_json::Value> = serde_json::from_str(&world.run(&["parse", path]).stdout).unwrap();
        records.into_iter().map(|record| record["form"]["project_name"].clone()).collect()
    };
    assert_eq!(names("多.xlsx"), names("入"));
    assert_eq!(names("多.xlsx").len(), 403);
}
