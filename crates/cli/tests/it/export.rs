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
fn a_blank_form_is_a_workbook() {
    let world = World::new();
    let run = world.run(&["template", "-o", "空白.xlsx", "--year", "2024", "--indicators", "12"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(std::fs::read(world.path("空白.xlsx")).unwrap().starts_with(b"PK"));
}
