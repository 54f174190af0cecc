//! What happens around the program while it works: full disks, vanishing files, signals, strange names.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::world::{LAMPS, World};

fn program(world: &World) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("jixiao"));
    command.current_dir(world.path(".")).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A shell around the program, to set its limits: `$0` is the program.
fn shell(world: &World, script: &str) -> (i32, String) {
    let program = assert_cmd::cargo::cargo_bin!("jixiao");
    let output = Command::new("sh").arg("-c").arg(script).arg(program).current_dir(world.path(".")).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// The names in the world's folder, hidden ones included.
fn names(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.path(".")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Waits until the program has begun to write a result.
fn wait_for_temporary(world: &World) {
    while !names(world).iter().any(|name| name.starts_with(".jixiao-")) {
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn stderr_of(child: Child) -> (Option<i32>, String, String) {
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_said() {
    let world = World::new().file("甲.json", LAMPS);
    let (status, stderr) = shell(&world, "\"$0\" parse 甲.json > /dev/full");
    assert_eq!(status, 2);
    assert!(stderr.contains("无法写入「标准输出」") && stderr.contains("磁盘空间已满"), "{stderr}");
}

#[test]
fn a_file_that_does_not_fit_is_not_there_at_all() {
    let world = World::new().file("甲.json", LAMPS);
    for output in ["出.xlsx", "出.json"] {
        let command = if output.ends_with("xlsx") { "export" } else { "parse" };
        let script = format!("trap '' XFSZ; ulimit -f 1; exec \"$0\" {command} 甲.json 甲.json 甲.json -o {output}");
        let (status, stderr) = shell(&world, &script);
        assert_eq!(status, 2, "{stderr}");
        assert!(stderr.contains(&format!("无法写入「{output}」")), "{stderr}");
        assert_eq!(names(&world), ["甲.json"]);
    }
}

#[test]
fn a_folder_that_is_none_is_said() {
    let world = World::new().file("甲.json", LAMPS);
    for (output, cause) in [("没有/出.json", "不存在"), ("甲.json/出.json", "不是文件夹")] {
        let run = world.run(&["parse", "甲.json", "-o", output]);
        assert_eq!(run.status, 2, "{run}");
        assert!(run.stderr.contains(output) && run.stderr.contains(cause), "{run}");
    }
    assert_eq!(names(&world), ["甲.json"]);
}

#[test]
fn a_polite_kill_leaves_neither_result_nor_temporary_file() {
    for name in ["-INT", "-TERM"] {
        let world = World::new();
        let mut child = program(&world).args(["parse", "-", "-o", "出.json"]).spawn().unwrap();
        let stdin = child.stdin.take();
        wait_for_temporary(&world);
        signal(&child, name);
        let (status, _, stderr) = stderr_of(child);
        drop(stdin);
        assert_eq!(status, Some(130), "{stderr}");
        assert!(stderr.contains("已中断"), "{stderr}");
        assert_eq!(names(&world), [""; 0]);
    }
}

#[test]
fn a_hard_kill_leaves_no_result_and_what_it_leaves_is_never_read() {
    let world = World::new().file("甲.json", LAMPS);
    let mut child = program(&world).args(["parse", "甲.json", "-", "-o", "出.json"]).spawn().unwrap();
    let stdin = child.stdin.take();
    wait_for_temporary(&world);
    signal(&child, "-KILL");
    child.wait().unwrap();
    drop(stdin);
    assert!(!world.path("出.json").exists());
    let run = world.run(&["parse", ".", "--format", "ndjson"]);
    assert_eq!((run.status, run.stdout.lines().count()), (0, 1), "{run}");
}

#[test]
fn an_interrupted_batch_says_how_far_it_came_and_ends_with_a_whole_line() {
    let world = (0..16).fold(World::new(), |world, number| world.file(&format!("{number:02}.json"), LAMPS));
    let files: Vec<String> = (0..16).map(|number| format!("{number:02}.json")).collect();
    let mut child = program(&world)
        .args(["parse", "--format", "ndjson", "--jobs", "1"])
        .args(&files)
        .args(["-", "00.json", "01.json"])
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    signal(&child, "-INT");
    std::thread::sleep(Duration::from_millis(100));
    // Where the program has given up waiting for it, this fails, and nothing is lost by that.
    let _ = child.stdin.take().unwrap().write_all(LAMPS.as_bytes());
    let rest: Vec<String> = lines.map(Result::unwrap).collect();
    let (status, _, stderr) = stderr_of(child);
    assert_eq!(status, Some(130), "{stderr}");
    assert!(stderr.contains("已中断"), "{stderr}");
    for line in std::iter::once(&first).chain(&rest) {
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    assert!((15..=16).contains(&rest.len()), "{} lines, and the last inputs were not begun", rest.len() + 1);
}

#[test]
fn a_file_that_vanishes_during_the_run_is_named_and_the_rest_is_done() {
    let world = World::new().file("甲.json", LAMPS).file("乙.json", LAMPS);
    let mut child = program(&world).args(["parse", "--jobs", "1", "-", "甲.json", "乙.json"]).spawn().unwrap();
    fs::remove_file(world.path("甲.json")).unwrap();
    child.stdin.take().unwrap().write_all(LAMPS.as_bytes()).unwrap();
    let (status, stdout, stderr) = stderr_of(child);
    assert_eq!(status, Some(2));
    assert!(stderr.contains("无法读取「甲.json」") && stderr.contains("不存在"), "{stderr}");
    assert_eq!(stdout.matches("\"form\"").count(), 2);
}

#[test]
fn a_broken_link_is_named_and_the_rest_is_done() {
    let world = World::new().file("甲.json", LAMPS);
    symlink("没有.json", world.path("断.json")).unwrap();
    let run = world.run(&["parse", ".", "--format", "ndjson"]);
    assert_eq!((run.status, run.stdout.lines().count()), (2, 1), "{run}");
    assert!(run.stderr.contains("断.json"), "{run}");
}

#[test]
fn what_is_no_file_takes_the_results_and_stays() {
    let world = World::new().file("甲.json", LAMPS);
    for command in ["parse", "export"] {
        let script =
            format!("mkfifo 管; cat 管 > 收 2>/dev/null & \"$0\" {command} 甲.json -o 管 && wait && test -p 管");
        let (status, stderr) = shell(&world, &script);
        assert_eq!(status, 0, "{stderr}");
        assert!(fs::metadata(world.path("收")).unwrap().len() > 500);
        assert_eq!(names(&world), ["收", "甲.json", "管"]);
        fs::remove_file(world.path("管")).unwrap();
    }
}

#[test]
fn a_link_stays_and_its_file_is_replaced() {
    let world = World::new().file("甲.json", LAMPS).file("里/真.json", "旧");
    symlink("里/真.json", world.path("名.json")).unwrap();
    let run = world.run(&["parse", "甲.json", "-o", "名.json"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(world.path("名.json").is_symlink());
    assert!(fs::read_to_string(world.path("里/真.json")).unwrap().contains("\"form\""));
    assert_eq!(names(&world), ["名.json", "甲.json", "里"]);
}

#[test]
fn a_folder_named_like_a_file_is_walked() {
    let world = World::new().file("表.xlsx/甲.json", LAMPS).file("乙/丙.xlsx/.占位", "");
    let run = world.run(&["parse", "表.xlsx", "--format", "ndjson"]);
    assert_eq!((run.status, run.stdout.lines().count()), (0, 1), "{run}");
    let run = world.run(&["export", "表.xlsx", "-o", "乙/丙.xlsx", "--force"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("是一个文件夹"), "{run}");
}

#[test]
fn a_name_that_is_not_utf8_is_read() {
    let world = World::new().file("甲.json", LAMPS);
    fs::rename(world.path("甲.json"), world.path(".").join(OsStr::from_bytes(b"\xb1\xed.json"))).unwrap();
    let run = world.run(&["check", ".", "--format", "ndjson"]);
    assert_eq!((run.status, run.stdout.lines().count()), (1, 1), "{run}");
}

#[test]
fn a_file_above_the_limit_is_not_read_and_the_limit_can_be_raised() {
    let world = World::new().file("甲.json", LAMPS).file("乙.json", format!("{LAMPS}{}", " ".repeat(3000)));
    let run = world.run(&["parse", ".", "--format", "ndjson", "--max-file-size", "4K"]);
    assert_eq!((run.status, run.stdout.lines().count()), (2, 1), "{run}");
    assert!(run.stderr.contains("「./乙.json」太大") && run.stderr.contains("超过 4 KB"), "{run}");
    let run = world.run(&["parse", ".", "--format", "ndjson", "--max-file-size", "1M"]);
    assert_eq!((run.status, run.stdout.lines().count()), (0, 2), "{run}");
    let run = world.run(&["parse", ".", "--max-file-size", "很大"]);
    assert!(run.status == 2 && run.stderr.contains("512M"), "{run}");
}
