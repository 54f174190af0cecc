//! Folders, standard input, order of results, pipes.

use std::io::Read;
use std::process::{Command, Stdio};

use crate::world::{LAMPS, World};

/// The forms named `names`, one file each.
fn named(names: &[&str]) -> World {
    names.iter().fold(World::new(), |world, name| {
        world.file(&format!("{name}.json"), LAMPS.replace("滨河路路灯节能改造", name))
    })
}

fn paths(ndjson: &str) -> Vec<String> {
    let path = |line| serde_json::from_str::<serde_json::Value>(line).unwrap()["path"].as_str().unwrap().to_owned();
    ndjson.lines().map(path).collect()
}

#[test]
fn results_keep_the_order_of_the_inputs_for_any_number_of_jobs() {
    let names: Vec<String> = (0..120).map(|number| format!("项目{number:03}")).collect();
    let world = named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let one = world.run(&["parse", ".", "--format", "ndjson", "--jobs", "1"]).stdout;
    let many = world.run(&["parse", ".", "--format", "ndjson", "--jobs", "7"]).stdout;
    assert_eq!(one, many);
    let expected: Vec<String> = names.iter().map(|name| format!("./{name}.json")).collect();
    assert_eq!(paths(&one), expected);
}

/// What the program leaves behind, to the byte: what it says, and every file it writes but its journal, which tells
/// the time.
fn left_behind(args: &[&str]) -> (String, Vec<(String, Vec<u8>)>) {
    let world = ["mof-pipe-rows.txt", "rural-tabs-web.txt", "mof-2022-full-width.txt", "bad/no-form.txt"]
        .into_iter()
        .fold(World::new(), World::fixture)
        .file("甲.json", LAMPS)
        .file("出/.占位", "");
    let run = world.run(args);
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(world.path("出"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).unwrap()))
        .filter(|(name, _)| !name.starts_with('.'))
        .collect();
    files.sort();
    (run.to_string(), files)
}

#[test]
fn every_output_is_the_same_for_any_number_of_jobs() {
    let inputs = ["bad/no-form.txt", "甲.json", "mof-pipe-rows.txt", "rural-tabs-web.txt", "mof-2022-full-width.txt"];
    for command in [
        ["parse", "--provenance", "--format", "json"].as_slice(),
        &["parse", "--format", "ndjson", "--split", "出"],
        &["check", "--fail-on", "info"],
        &["check", "--format", "html", "-o", "出/报告.html"],
        &["check", "--format", "xlsx", "-o", "出/意见.xlsx"],
        &["score", "--explain"],
        &["export", "-o", "出/表.xlsx"],
        &["export", "--split", "出"],
    ] {
        let with = |jobs| left_behind(&[command, &["--jobs", jobs], &inputs].concat());
        let one = with("1");
        assert!(one.0.contains("bad/no-form.txt"), "{}", one.0);
        for jobs in ["2", "5"] {
            assert!(with(jobs) == one, "{command:?} with {jobs} jobs");
        }
    }
}

#[test]
fn folders_are_walked_without_hidden_and_lock_files() {
    let world = named(&["乙", "甲"])
        .file("子/丙.json", LAMPS)
        .file(".隐藏.json", LAMPS)
        .file("~$甲.json", LAMPS)
        .file("扫描.png", b"\x89PNG\r\n\x1a\n....")
        .file("图标.ico", [0_u8; 64]);
    let run = world.run(&["parse", ".", "--format", "ndjson"]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(paths(&run.stdout), ["./乙.json", "./子/丙.json", "./甲.json"]);
    assert!(run.stderr.contains("扫描.png") && !run.stderr.contains("图标.ico"), "{run}");
}

#[test]
fn an_empty_folder_is_an_input_that_could_not_be_read() {
    let world = World::new().file("空/.占位", "");
    let run = world.run(&["parse", "空"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout, "[]\n");
    assert!(run.stderr.contains("文件夹「空」里没有可读的文件"), "{run}");
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let run = World::new().run_with(&["parse", "-", "--format", "ndjson"], LAMPS);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(paths(&run.stdout), ["-"]);
}

#[test]
fn records_keep_the_path_of_their_first_source() {
    let world = named(&["甲"]);
    let parsed = world.run(&["parse", "甲.json"]).stdout;
    let checked = world.run_with(&["check", "-", "--format", "ndjson"], &parsed).stdout;
    assert_eq!(paths(&checked), ["甲.json"]);
}

#[cfg(unix)]
#[test]
fn a_cycle_of_links_ends() {
    let world = named(&["甲"]);
    std::os::unix::fs::symlink(world.path("."), world.path("圈")).unwrap();
    let run = world.run(&["parse", ".", "--format", "ndjson"]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(paths(&run.stdout), ["./甲.json"]);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let names: Vec<String> = (0..400).map(|number| format!("项目{number:03}")).collect();
    let world = named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("jixiao"))
        .args(["parse", ".", "--jobs", "1"])
        .current_dir(world.path("."))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0_u8; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[test]
fn an_output_file_is_written_whole_and_never_over_an_input() {
    let world = named(&["甲"]);
    let run = world.run(&["parse", "甲.json", "-o", "出.json"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run}");
    assert!(std::fs::read_to_string(world.path("出.json")).unwrap().ends_with("\n]\n"));
    let run = world.run(&["parse", "甲.json", "-o", "./甲.json"]);
    assert_eq!(run.status, 2);
    assert_eq!(std::fs::read_to_string(world.path("甲.json")).unwrap(), LAMPS.replace("滨河路路灯节能改造", "甲"));
    let left: Vec<_> = std::fs::read_dir(world.path(".")).unwrap().collect();
    assert_eq!(left.len(), 2, "no temporary file stays");
}
