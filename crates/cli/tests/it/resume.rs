//! Folders of results, and going on where an earlier run stopped.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use crate::world::{LAMPS, World};

const SPLIT: [&str; 4] = ["parse", "入", "--split", "出"];

fn world() -> World {
    World::new().file("入/甲.json", LAMPS).file("入/乙.json", LAMPS).file("入/子/甲.json", LAMPS)
}

fn written(world: &World) -> Vec<(String, SystemTime)> {
    let entries = fs::read_dir(world.path("出")).unwrap().map(Result::unwrap);
    let visible = entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    let mut files: Vec<_> = visible
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.metadata().unwrap().modified().unwrap()))
        .collect();
    files.sort();
    files
}

fn names(world: &World) -> Vec<String> {
    written(world).into_iter().map(|(name, _)| name).collect()
}

/// Changes a file so that both its content and its stamp differ.
fn change(path: &Path) {
    fs::write(path, LAMPS.replace("滨河路", "环城南路")).unwrap();
}

#[test]
fn every_input_gets_a_file_of_its_own() {
    let world = world();
    let run = world.run(&SPLIT);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run}");
    assert_eq!(names(&world), ["乙.json", "甲.json", "甲（2）.json"]);
    let read = world.run(&["parse", "出", "--format", "ndjson"]);
    assert_eq!((read.status, read.stdout.lines().count()), (0, 3), "{read}");
}

#[test]
fn a_second_run_writes_over_nothing_unless_asked_to() {
    let world = world();
    world.run(&SPLIT);
    let before = written(&world);
    let run = world.run(&SPLIT);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("已存在") && run.stderr.contains("--force"), "{run}");
    assert_eq!(written(&world), before);
    assert_eq!(world.run(&[&SPLIT[..], &["--force"]].concat()).status, 0);
    assert_eq!(names(&world), ["乙.json", "甲.json", "甲（2）.json"]);
}

#[test]
fn a_resumed_run_does_only_what_is_new_changed_or_lost() {
    let world = world();
    let resume = [&SPLIT[..], &["--resume"]].concat();
    world.run(&resume);
    let before = written(&world);
    let run = world.run(&resume);
    assert!(run.status == 0 && run.stderr.contains("3 个输入上次已做完"), "{run}");
    assert_eq!(written(&world), before);

    change(&world.path("入/乙.json"));
    fs::remove_file(world.path("出/甲（2）.json")).unwrap();
    let world = world.file("入/丙.json", LAMPS);
    let run = world.run(&resume);
    assert!(run.status == 0 && run.stderr.contains("1 个输入上次已做完"), "{run}");
    assert_eq!(names(&world), ["丙.json", "乙.json", "甲.json", "甲（2）.json"]);
    assert_eq!(written(&world)[2], before[1], "甲 was left alone");
    assert!(fs::read_to_string(world.path("出/乙.json")).unwrap().contains("环城南路"));
}

#[test]
fn what_failed_is_tried_again() {
    let world = world().file("入/坏.txt", "没有表");
    let resume = [&SPLIT[..], &["--resume"]].concat();
    assert_eq!(world.run(&resume).status, 2);
    let run = world.run(&resume);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("坏.txt") && run.stderr.contains("3 个输入上次已做完"), "{run}");
}

#[test]
fn a_journal_that_was_cut_short_loses_one_input_only() {
    let world = world();
    let resume = [&SPLIT[..], &["--resume"]].concat();
    world.run(&resume);
    let journal = world.path("出/.jixiao-done.ndjson");
    let bytes = fs::read(&journal).unwrap();
    fs::write(&journal, &bytes[..bytes.len() - 9]).unwrap();
    let run = world.run(&[&resume[..], &["--force"]].concat());
    assert!(run.status == 0 && run.stderr.contains("2 个输入上次已做完"), "{run}");
    let run = world.run(&resume);
    assert!(run.status == 0 && run.stderr.contains("3 个输入上次已做完"), "{run}");
}
